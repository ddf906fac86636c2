"""What an expression is made of, gone through once and remembered: hundreds of finders ask the same of the same expression."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cmp_to_key, lru_cache
from typing import Any

from sympy import (
    AccumBounds,
    Basic,
    Derivative,
    Expr,
    Integral,
    Mul,
    Pow,
    S,
    Sum,
    Symbol,
    exp,
    factorial,
    fraction,
    gamma,
    log,
    polylog,
    sympify,
)
from sympy.core.operations import LatticeOp
from sympy.utilities.iterables import sift

SPECIAL = log, type(S.ImaginaryUnit), type(S.Infinity), type(S.NegativeInfinity), type(S.NaN), type(S.ComplexInfinity)
NO_NUMBERS = type(S.NaN), type(S.ComplexInfinity)
ENDLESS = SPECIAL[2:]
LARGEST = 1_500  # of which a factorial is written out: it has 4115 digits, and Python prints 4300
CANONICAL = cmp_to_key(Basic.compare)  # the order of SymPy's factors


@lru_cache(maxsize=5000)
def parts(e: Basic) -> dict[type, list[Any]]:
    """Everything that stands in `e`, itself included, by its kind."""
    met: set[Basic] = set()
    left = [e]
    for part in left:  # which grows meanwhile
        before = len(met)
        met.add(part)
        if len(met) > before:
            left += part.args
    found: dict[type, list[Any]] = {}
    for part in met:
        found.setdefault(type(part), []).append(part)
    return found


def contains(e: Basic, *kinds: type) -> bool:
    """Whether something of one of these kinds stands in `e`, itself and not by inheritance: what `e.has(*kinds)` says of sines and sums.

    >>> from sympy import Symbol, cos, log, sin
    >>> contains(1 + cos(Symbol("x")), sin, cos), contains(1 + cos(Symbol("x")), log)
    (True, False)
    """
    return not parts(e).keys().isdisjoint(kinds)


def every(e: Basic, *kinds: type) -> set[Any]:
    """All that is of one of these kinds in `e`: what `e.atoms(*kinds)` says.

    >>> from sympy import Symbol, cos
    >>> x = Symbol("x")
    >>> every(2*cos(x) + cos(2*x), cos) == {cos(x), cos(2*x)}
    True
    """
    return {part for kind, found in parts(e).items() if issubclass(kind, kinds) for part in found}


@lru_cache(maxsize=20_000)
def operations(e: Basic) -> int:
    """How many operations stand in `e`: what `e.count_ops()` says, which goes through all of `e` each time.

    >>> from sympy.abc import a, x
    >>> operations(-a*x**2 + 1/x)
    4
    """
    if e.is_Rational:
        return (e.p < 0) + (e.q != 1)  # type: ignore[attr-defined]
    if e.is_Symbol or e is S.Exp1:
        return int(e is S.Exp1)
    if e.is_Add:
        terms = [(-a if falls(a) else a) for a in e.args]
        return sum(map(operations, terms)) + len(terms) - 1 + all(map(falls, e.args))
    own = 0
    if e.is_Mul:
        if falls(e):
            own, e = 1, e.as_two_terms()[1] if e.args[0] is S.NegativeOne else -e  # type: ignore[attr-defined, operator]
        above, below = above_and_below(e)  # type: ignore[arg-type]
        if above.is_Integer:
            return own + 1 + (above.p < 0) + operations(below)
        if below is not S.One:
            return own + 1 + operations(above) + (0 if below.is_Integer else operations(below))
    if e.is_Pow and e.exp is S.NegativeOne:  # type: ignore[attr-defined]
        return own + 1 + operations(e.base)  # type: ignore[attr-defined]
    if e.is_Pow and e.base is S.Exp1:  # type: ignore[attr-defined]
        return 1 + operations(e.exp)  # type: ignore[attr-defined]
    if e.is_Mul or isinstance(e, LatticeOp):
        own += len(e.args) - 1
    elif e.args and (e.is_Pow or e.is_Function or isinstance(e, (Derivative, Integral, Sum))):
        own += 1
    return own + sum(map(operations, e.args))


def above_and_below(e: Expr) -> tuple[Expr, Expr]:
    """The numerator and the denominator of a product, as SymPy's `fraction` finds them.

    >>> from sympy.abc import a, x
    >>> above_and_below(2*x**-a*exp(-x)*(a + 1)/3)
    (2*a + 2, 3*x**a*exp(x))
    """
    above, below = [], []
    for f in Mul.make_args(e):
        n = f.exp if f.is_Pow else f.args[0] if isinstance(f, exp) else S.One  # type: ignore[attr-defined]
        if f.is_Rational or f.is_Pow and f.base.is_Rational or n.is_Mul and not isinstance(f, exp):  # type: ignore[attr-defined]
            up, down = fraction(f)
            above.append(up)
            below.append(down)
        elif n.is_negative or n.is_Mul and not n.is_positive and n.could_extract_minus_sign():
            below.append(exponential(-n) if isinstance(f, exp) else power(f.base, -n))  # type: ignore[attr-defined]
        else:
            above.append(f)
    return multiplied(*above), multiplied(*below)


def falls(e: Basic) -> bool:
    """Whether a term has a number < 0 in front."""
    return bool(e.is_Number and e.is_extended_negative or e.is_Mul and e.args[0].is_Number and e.args[0].is_extended_negative)


@lru_cache(maxsize=20_000)
def free(e: Basic) -> frozenset[Symbol]:
    """The free symbols of `e`, put together from those of its arguments where `e` binds none."""
    return frozenset().union(*map(free, e.args)) if e.args and type(e).free_symbols is Basic.free_symbols else frozenset(e.free_symbols)


@lru_cache(maxsize=20_000)
def exponential(x: Expr) -> Expr:
    """e^x. SymPy looks for logarithms and multiples of πi in x; where nothing of the kind stands in it, it does without.

    >>> from sympy.abc import a, b
    >>> exponential(a - 2*b) == exp(a - 2*b), exponential(2*log(b))
    (True, b**2)
    """
    plain = (x.is_Add or x.is_Mul or x.is_Pow) and free(x) and not contains(x, *SPECIAL)
    return Expr.__new__(exp, x) if plain else exp(x)


@lru_cache(maxsize=20_000)
def power(b: Expr, e: Expr) -> Expr:
    """b^e. SymPy looks for logarithms in e and for what is infinite in b; where nothing of the kind stands in a letter or a sum, it
    does without.

    >>> from sympy.abc import a, b, x
    >>> power(a + x, b - 1) == (a + x)**(b - 1), power(x, 1/log(x))
    (True, E)
    """
    if b is S.Exp1:
        return exponential(e)
    plain = b.is_Symbol or b.is_Add and free(b) and not contains(b, *ENDLESS)
    if not plain or e is S.Zero or e is S.One or contains(e, *SPECIAL) or not (b.is_commutative and e.is_commutative):
        return Pow(b, e)
    made = Expr.__new__(Pow, b, e)
    made.is_commutative = True
    return made


@lru_cache(maxsize=20_000)
def multiplied(*factors: Expr) -> Expr:
    """What `Mul(*factors)` builds. SymPy asks of every exponent whether it is 0; powers of different bases need no such question.

    >>> from sympy.abc import a, b, x
    >>> multiplied(a*exp(-b*x), b, x**2)
    a*b*x**2*exp(-b*x)
    """
    return joined(factors) or Mul(*factors)


def joined(factors: Sequence[Expr], once: bool = False) -> Expr | None:
    """The product of powers of different bases. What shares a base is left to SymPy, and joined once with the rest."""
    number, plain = S.One, []
    for f in (part for factor in factors for part in (factor.args if factor.is_Mul else (factor,))):
        if f.is_Rational:
            number *= f
        else:
            plain.append(f)
    bases = [base_of(f) for f in plain]
    if not number or None in bases or len(plain) == 1 and plain[0].is_Add:
        return None
    if len(set(bases)) < len(bases):
        shared, others = sift(zip(bases, plain, strict=True), lambda pair: bases.count(pair[0]) > 1, binary=True)
        return joined([number, Mul(*(f for _, f in shared)), *(f for _, f in others)], True) if others and not once else None
    plain.sort(key=CANONICAL)
    return Mul._from_args(plain if number is S.One else [number, *plain], is_commutative=True)


def base_of(f: Expr) -> Expr | None:
    """The base of a power, e of an exponential, 1 of a root of a number (of which two would be brought together), and the factor itself
    where it is no power; None where a product with it takes a closer look."""
    exponent = f.exp if f.is_Pow else f.args[0] if isinstance(f, exp) else S.One
    distributes = exponent.is_Mul and exponent.args[0].is_Rational and exponent.args[1].is_Add
    if distributes or not f.is_commutative or f.is_Mul or isinstance(f, AccumBounds):
        return None
    if f.is_Pow:
        plain_root = f.base.is_Integer and f.base.is_positive and f.exp.is_Rational
        return S.One if plain_root else None if f.base.is_Number else f.base
    if isinstance(f, exp) or f is S.Exp1:
        return S.Exp1
    return f if f.args or f.is_Symbol or f.is_NumberSymbol else None


def factors_free_of(e: Expr, letters: Collection[Symbol]) -> tuple[Expr, Expr]:
    """(c, r) with e = c·r, c of the factors in which none of the letters stands: `e.as_independent(*letters, as_Add=False)`.

    >>> from sympy.abc import a, b, x
    >>> factors_free_of(2*a*x*(x + b), [x])
    (2*a, x*(b + x))
    """
    still, moving = sift(Mul.make_args(e), lambda f: free(f).isdisjoint(letters), binary=True)
    return multiplied(*still), Mul._from_args(moving)


def exchanged(e: Any, values: Mapping[Any, Any]) -> Any:
    """`e.xreplace(values)`, where exponentials, products and powers are built by the functions above.

    >>> from sympy.abc import a, b, x
    >>> exchanged(b*exp(-a*x), {x: b, a: 2})
    b*exp(-2*b)
    """
    if e in values:
        return sympify(values[e])
    arguments = [exchanged(arg, values) for arg in e.args]
    if all(new is old for new, old in zip(arguments, e.args, strict=True)):
        return e
    return built(e.func, *arguments)


def built(func: Any, *arguments: Any) -> Any:
    """A function, a sum, a product … of arguments."""
    return BUILDERS.get(func, func)(*arguments)


def li(order: Expr, z: Expr) -> Expr:
    """The polylogarithm of any argument that moves, as it stands: SymPy asks `simplify` whether it is 1, a quarter of the time that loading takes."""
    return polylog(order, z, evaluate=order in (0, -1) or not z.free_symbols)


class TooLong(ValueError):
    """A whole number would be written out that has more digits than anyone waits for, as 1000000!"""


def of_whole(func: Any) -> Callable[..., Expr]:
    """Γ or the factorial, for no whole number above LARGEST. What it gives raises TooLong there."""

    def made(z: Expr) -> Expr:
        if z.is_Integer and z > LARGEST:
            raise TooLong(f"{func.__name__}({z})")
        return func(z)  # type: ignore[no-any-return]

    return made


BUILDERS: dict[Any, Callable[..., Expr]] = {
    exp: exponential, Mul: multiplied, Pow: power, polylog: li, gamma: of_whole(gamma), factorial: of_whole(factorial)}  # fmt: skip
