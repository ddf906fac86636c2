"""Values of expressions in machine numbers, to see at once that a quotient is no constant: no proof is begun that cannot end well."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import mpmath
from flint import acb, arb, ctx
from sympy import (
    Abs,
    Add,
    Basic,
    Expr,
    Max,
    Min,
    Mul,
    Pow,
    S,
    Symbol,
    atan,
    besseli,
    besselk,
    beta,
    cos,
    cosh,
    erf,
    erfc,
    erfi,
    exp,
    expint,
    factorial,
    gamma,
    hyper,
    log,
    loggamma,
    lowergamma,
    polygamma,
    polylog,
    sin,
    sinh,
    tan,
    tanh,
    uppergamma,
    zeta,
)

from derive.language.parts import free

if TYPE_CHECKING:
    from derive.algebra.signs import Facts

Pair = tuple[Any, float]
EPS = 2.0**-52
CLEARLY = 1e-3  # what differs by less may be equal
STEP = 2.0**-14  # of difference quotients
PRECISION = 80  # bits, so that most values of special functions have those of a machine number
NUMBERS: dict[Basic, float | complex] = {S.Pi: math.pi, S.Exp1: math.e, S.ImaginaryUnit: 1j}


class Unknown(ValueError):
    """There is no value of this kind."""


def real(z: complex) -> float:
    z = complex(z)
    if z.imag:
        raise Unknown
    return z.real


def either(on_line: Callable[[float], float], off_it: Callable[[complex], Any]) -> Callable[[Any], Any]:
    """A function that is quick, and stays real, where its argument is a real number in its real domain."""

    def call(z: Any) -> Any:
        if isinstance(z, float):
            try:
                return on_line(z)
            except ValueError:
                pass
        return off_it(z)

    return call


def small_exp(z: float) -> float:
    if abs(z) > 30:  # products of such stay in the range of machine numbers
        raise ValueError
    return math.exp(z)


def on_balls(f: Callable[..., Any]) -> Callable[..., float]:
    """A function of real numbers by Arb, where its value is a real number in the range of machine numbers."""

    def call(*args: complex) -> float:
        with ctx.workprec(PRECISION):
            ball = f(*(arb(real(z)) for z in args))
        middle = float(ball.real.mid())
        if not (ball.is_finite() and math.isfinite(middle)) or ball.rel_accuracy_bits() < 53 or not ball.imag.contains(0):
            raise Unknown
        return middle

    return call


FUNCTIONS: dict[type, Callable[..., Any]] = {
    exp: either(small_exp, mpmath.exp), log: either(math.log, cmath.log), sin: either(math.sin, cmath.sin), cos: either(math.cos, cmath.cos),
    tan: either(math.tan, cmath.tan), sinh: either(math.sinh, cmath.sinh), cosh: either(math.cosh, cmath.cosh),
    tanh: either(math.tanh, cmath.tanh), atan: either(math.atan, cmath.atan), Abs: abs, Max: max, Min: min,
    erf: lambda z: math.erf(real(z)), erfc: lambda z: math.erfc(real(z)), gamma: lambda z: math.gamma(real(z)),
    factorial: lambda z: math.gamma(real(z) + 1), loggamma: on_balls(arb.lgamma), erfi: on_balls(arb.erfi),
    polygamma: on_balls(lambda n, z: acb(z).polygamma(acb(n))), beta: on_balls(lambda a, b: a.gamma() * b.gamma() / (a + b).gamma()),
    zeta: on_balls(lambda s, a=1: s.zeta(a)), expint: on_balls(lambda s, z: z.expint(s)), polylog: on_balls(lambda s, z: z.polylog(s)),
    uppergamma: on_balls(lambda s, z: z.gamma_upper(s)), lowergamma: on_balls(lambda s, z: z.gamma_lower(s)),
    besselk: on_balls(lambda n, z: z.bessel_k(n)), besseli: on_balls(lambda n, z: z.bessel_i(n))}  # fmt: skip


@lru_cache(maxsize=100)
def hypergeometric(upper: int) -> Callable[..., float]:
    """ₚF_q of its upper letters, its lower ones and its argument."""
    return on_balls(lambda *args: acb(args[-1]).hypgeom([*args[:upper]], [*args[upper:-1]]))


def value(e: Basic, point: Mapping[Symbol, float], known: dict[Basic, Pair]) -> Pair:
    """The value of an expression where its symbols have the values of a point, and how far rounding may have put it off.

    Raises ArithmeticError or ValueError where there is none.
    """
    if e.is_Symbol:
        if e not in point:  # bound by a sum or an integral
            raise Unknown
        return point[e], 0.0  # type: ignore[index]
    if e.is_Rational:
        v = e.p / e.q  # type: ignore[attr-defined]
        return v, EPS * abs(v)
    try:
        return known[e]
    except KeyError:
        known[e] = pair = found(e, point, known)
        return pair


@lru_cache(maxsize=20_000)
def has_value(e: Basic) -> bool:
    """Whether an expression is made of what has values here alone."""
    if not e.args:
        return isinstance(e, Symbol) or e.is_Rational or e in NUMBERS
    return (isinstance(e, (Add, Mul, Pow, hyper)) or type(e) in FUNCTIONS) and all(map(has_value, arguments(e)))


def arguments(e: Basic) -> tuple[Basic, ...]:
    return (*e.args[0], *e.args[1], e.args[2]) if isinstance(e, hyper) else e.args  # type: ignore[misc]


def found(e: Basic, point: Mapping[Symbol, float], known: dict[Basic, Pair]) -> Pair:
    if not e.args and e in NUMBERS:
        return NUMBERS[e], EPS
    parts = [value(a, point, known) for a in arguments(e)]
    if isinstance(e, Add):
        return sum(v for v, _ in parts), sum(d + EPS * abs(v) for v, d in parts)
    v: Any
    if isinstance(e, Mul):
        v, share = math.prod(v for v, _ in parts), sum(d / abs(v) + EPS for v, d in parts if v)
        return v, abs(v) * share if all(v for v, _ in parts) else math.inf
    f = pow if isinstance(e, Pow) else hypergeometric(len(e.args[0].args)) if isinstance(e, hyper) else FUNCTIONS.get(type(e))
    if f is None:
        raise Unknown
    v = f(*(z for z, _ in parts))
    moved = [f(*(z + (d + EPS * abs(z)) * (i == j) for j, (z, d) in enumerate(parts))) for i in range(len(parts))]
    return v, EPS * abs(v) + 2 * sum(abs(m - v) for m in moved)


@dataclass(frozen=True)
class Place:
    """A point, what was found there, and what was found where one of the symbols has another value, by the symbol and that value."""

    point: Mapping[Symbol, float]
    known: dict[Basic, Pair]
    beside: dict[tuple[Symbol, float], dict[Basic, Pair]]

    def moved(self, x: Symbol, to: float) -> Place:
        """The place that differs in x alone."""
        return Place({**self.point, x: to}, self.beside.setdefault((x, to), {}), self.beside)


def sure(e: Expr, place: Place) -> Any:
    """The value, where it has digits enough and is in the range of machine numbers."""
    v, error = value(e, place.point, place.known)
    tiny = isinstance(v, (float, complex)) and abs(v) < 1e-250  # an exponential, by mpmath, is of any size
    if tiny or not (v and error < CLEARLY / 1000 * abs(v)):
        raise Unknown
    return v


def change(e: Expr, x: Symbol, one: Place, other: Place) -> Any:
    """The value at one point over that at another that differs in x alone, factor by factor: a product of many may be out of range."""
    return math.prod([sure(f, one) / sure(f, other) for f in Mul.make_args(e) if x in free(f)])


def slope(e: Expr, x: Symbol, place: Place) -> Any:
    """The derivative of e by x at a point, from the values beside it; half the step has to give the same, as it does not near a zero of e."""
    found, at = [], place.point[x]
    for step in (STEP * (1 + abs(at)), STEP * (1 + abs(at)) / 2):
        (above, up), (below, down) = [value(e, there.point, there.known) for there in (place.moved(x, at + h) for h in (step, -step))]
        if not up + down < CLEARLY / 100 * abs(above - below):
            raise Unknown
        found.append((above - below) / (2 * step))
    if not abs(found[0] - found[1]) < CLEARLY / 10 * abs(found[1]):
        raise Unknown
    return found[1]


def apart(a: Any, b: Any) -> bool:
    return bool(abs(a - b) > CLEARLY * (abs(a) + abs(b)))


def varies(quotient: tuple[Expr, Expr], x: Symbol, facts: Facts) -> bool:
    """Whether a quotient clearly depends on x: it differs at two points that differ in x alone, where the facts hold.

    >>> from sympy.abc import a, x
    >>> from derive.algebra.signs import Facts
    >>> varies((x**2 + a*x, x), x, Facts([x > 1])), varies(((x + a)**2, x**2 + 2*a*x + a**2), x, Facts([x > 1]))
    (True, False)
    """
    return differ(free(quotient[0]) | free(quotient[1]), x, facts, lambda *pair: [change(e, x, *pair) for e in quotient])


def differ(symbols: frozenset[Symbol], x: Symbol, facts: Facts, two: Callable[..., Sequence[Any]]) -> bool:
    """Whether two numbers that are made of a pair of points are apart, at the first pair at which they are known."""
    for pair in facts.samples().pairs(symbols, x):
        try:
            return apart(*two(*pair))
        except (ArithmeticError, ValueError):
            continue
    return False


def changes(e: Expr, x: Symbol, other: Expr, facts: Facts) -> bool:
    """Whether e clearly changes where another expression takes the place of x, found without writing it out.

    >>> from sympy.abc import x
    >>> from derive.algebra.signs import Facts
    >>> [changes(e, x, -x, Facts([x > 1])) for e in (x**2, x**3)]
    [False, True]
    """
    return differ(free(e) | free(other), x, facts,
                  lambda place, _: (sure(e, place), sure(e, place.moved(x, value(other, place.point, place.known)[0]))))  # fmt: skip


def no_multiple_of_slope(e: Expr, inner: Expr, x: Symbol, facts: Facts) -> bool:
    """Whether e/φ′ clearly depends on x, for φ = `inner`, found without deriving φ.

    >>> from sympy.abc import x
    >>> from derive.algebra.signs import Facts
    >>> [no_multiple_of_slope(e, x**3, x, Facts([x > 1])) for e in (5*x**2, x)]
    [False, True]
    """
    return differ(free(e) | free(inner), x, facts,
                  lambda one, other: (change(e, x, one, other), slope(inner, x, one) / slope(inner, x, other)))  # fmt: skip
