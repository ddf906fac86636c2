"""The value of a term at a point of its parameters, where totals become quadrature or sums, also inside one another.

What does not move — the constant in front, and so 1/Z, above all — is mpmath's; values of the moving part are Arb's where it has
the functions, else mpmath's. A total is a ball whose radius estimates its error.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import pairwise
from typing import Any

from flint import arb, ctx
from mpmath import mp, mpf
from sympy import Expr, Symbol, oo

from derive.check.ball_parts import Constant
from derive.check.charts import Aim, Chart, End, Unusable, Vanishes, chart
from derive.check.compiled import Compiled
from derive.check.integrand import Integrand, settled
from derive.check.programs import Program, ends
from derive.check.quadrature import integrate
from derive.check.series import add_range, add_series
from derive.check.trapezoid import turn
from derive.language.totals import Atoms, Counting

Numbers = Callable[[], Any]  # numbers of mpmath, at the working precision

GUARD = 12  # digits beyond those asked for
ROUNDING = 8  # bits that mpmath may have got wrong in a constant


def run_at(program: Program, parameters: Sequence[Symbol], point: Mapping[Symbol, Expr], aim: Aim) -> tuple[mpf, mpf]:
    """The program's value where the parameters have the (rational) values of a point, and an estimate of its absolute error."""
    def values() -> tuple[mpf, ...]:
        return tuple(mpf(v.p) / v.q if v.is_Rational else mpf(v.n(mp.dps)) for v in (point[s] for s in parameters))

    with mp.workdps(aim.digits + GUARD), ctx.workprec(mp.prec):
        found = run(program, values, aim)
        return mpf(found.mid()), mpf(found.rad())


def run(program: Program, values: Numbers, aim: Aim) -> arb:
    """The same for values that are functions of the precision."""
    still = [run(p, values, aim) for p in program.still]
    known = [mpf(r.mid()) for r in still]
    lost = sum((r.rad() / abs(r.mid()) if r.mid() != 0 else r.rad() for r in still), arb(0))
    front = ball_of(real(program.compiled.front(*values(), *known), None)) * arb(1, lost.mid())
    if program.measure is None:
        return front
    constants = by_precision(lambda: program.compiled.constants(*values(), *known))
    body = integrand(program, constants, values, aim)
    zeros = [by_precision(partial(lambda c: c.constants(*values(), *known), c)) for c in program.crooked]
    return front * arb(1, lost.mid()) * measure_out(program, body, constants, zeros, aim)


def by_precision(compute: Callable[[], Any]) -> Constant:
    """What mpmath computes at the working precision, remembered for each."""
    def computed() -> Any:
        with mp.workprec(ctx.prec):
            return compute()

    return Constant(computed)


def ball_of(number: mpf) -> arb:
    """A number of mpmath with its rounding; one of few bits is taken for exact."""
    found = arb(number)
    return found if found.bits() < ctx.prec // 2 else found + arb(0, abs(found).mid() * arb(2) ** (ROUNDING - ctx.prec))


def balls_of(numbers: Sequence[Any]) -> tuple[arb, ...] | None:
    """The numbers as balls; None where one of them is complex."""
    return None if any(isinstance(n, mp.mpc) for n in numbers) else tuple(map(ball_of, map(mpf, numbers)))


def real(number: Any, x: Any) -> mpf:
    """A finite real number, or Unusable. What rounding leaves of an imaginary part is dropped."""
    if type(number) is not mpf:
        number = mp.mpmathify(number)
        if isinstance(number, mp.mpc):
            if abs(number.imag) > abs(number.real) * mpf(2) ** (16 - mp.prec):
                raise Unusable("the density is not real" + where(x))
            number = number.real
        number = mpf(number)
    if not mp.isfinite(number):
        raise Unusable("the density is not finite" + where(x))
    return number


def where(x: Any) -> str:
    return "" if x is None else f" where the variable is {mp.nstr(x, 6)}"


def integrand(program: Program, constants: Numbers, values: Numbers, aim: Aim) -> Integrand:
    """The body as a function of x alone."""
    skip = len(list(ends(program.measure))) + program.cuts  # type: ignore[arg-type]
    exact, rough, ball = program.compiled.exact, program.compiled.rough, program.compiled.ball
    balls = by_precision(lambda: balls_of(constants()[skip:]))

    def inner(x: arb) -> list[arb]:
        return [run(p, lambda: (*values(), mpf(x.mid())), aim) for p in program.moving]

    def by_arb(x: arb) -> arb:
        try:
            return ball(x, *inner(x), *balls.at[ctx.prec]) if program.moving else ball(x, *balls.at[ctx.prec])  # type: ignore[misc]
        except (TypeError, ValueError, OverflowError, ZeroDivisionError, AttributeError):  # what mpmath's numbers do and balls do not
            return arb.nan()

    def by_mpmath(x: arb) -> arb:
        found = inner(x)
        one, two = (once(mpf(place), [mpf(r.mid()) for r in found], bits) for place, bits in ((x.mid(), 0), (x.upper(), 32)))
        return arb(two, abs(arb(two - one)).mid()) + sum((r.rad() for r in found), arb(0))

    def once(x: mpf, found: Sequence[mpf], bits: int) -> mpf:
        try:
            with mp.workprec(ctx.prec + bits):
                return real(exact(x, *found, *constants()[skip:]), x)
        except (ZeroDivisionError, ValueError, OverflowError, TypeError) as error:
            raise Unusable(f"the density cannot be computed{where(x)} ({error})") from error

    coarse = floats(constants()[skip:])

    def log_at(x: float) -> float:
        if rough is None or coarse is None or program.moving:
            return math.nan
        try:
            size = abs(rough(x, *coarse))
            return math.log(size) if 1e-280 < size < 1e280 else math.nan
        except (ArithmeticError, ValueError, TypeError, NameError):
            return math.nan

    return Integrand(by_mpmath if ball is None or balls() is None else by_arb, by_mpmath, log_at)


def floats(numbers: Sequence[Any]) -> tuple[float, ...] | None:
    try:
        return tuple(map(float, numbers))
    except (TypeError, OverflowError):
        return None


def measure_out(program: Program, body: Integrand, constants: Numbers, zeros: Sequence[Numbers], aim: Aim) -> arb:
    """The total of a body against the program's measure."""
    measure = program.measure
    marks = iter(range(len(constants())))
    if isinstance(measure, Atoms):
        return sum((term(body, mark(constants, i)) for i, _ in zip(marks, measure.points, strict=False)), arb(0))
    lo, hi = (None if e in (oo, -oo) else mark(constants, next(marks)) for e in measure.args)  # type: ignore[union-attr]
    if isinstance(measure, Counting):
        return count_up(body, lo, hi, aim)
    if program.periodic and lo and hi and not program.cuts and not program.crooked:
        return turn(lambda x: term(body, lambda: x), lo(), hi(), aim)
    cuts = [mark(constants, next(marks)) for _ in range(program.cuts)]
    cuts += [root for c, z in zip(program.crooked, zeros, strict=True) for root in roots(c, z, chart(lo, hi))]
    return sum((piece(a, b, body, aim, bool(cuts)) for a, b in pairwise([lo, *inside(cuts, lo, hi), hi])), arb(0))


def term(body: Integrand, x: End) -> arb:
    """The body's value."""
    return settled(lambda: arb(body.value(x())), lambda: body.other(x()))


def piece(lo: End | None, hi: End | None, body: Integrand, aim: Aim, part: bool) -> arb:
    """The integral over a piece of the range; between two cuts the function may well be 0."""
    try:
        return integrate(lo, hi, body, aim)
    except Vanishes:
        if part:
            return arb(0)
        raise


def mark(constants: Numbers, index: int) -> End:
    return by_precision(lambda: ball_of(real(constants()[index], None)))


def inside(cuts: Sequence[End], lo: End | None, hi: End | None) -> list[End]:
    """The cuts strictly between the ends, in order, without repetition (up to rounding)."""
    taken: list[arb] = [e() for e in (lo, hi) if e]
    kept = []
    for cut in cuts:
        try:
            c = cut()
        except Unusable:
            continue
        if (lo and c < lo()) or (hi and c > hi()) or any(not abs(c - t) > abs(t) * arb(10) ** -GUARD for t in taken):
            continue
        taken.append(c)
        kept.append((c.mid(), cut))
    return [cut for _, cut in sorted(kept, key=lambda pair: pair[0])]


def roots(edge: Compiled, constants: Numbers, over: Chart) -> list[End]:
    """Where a function changes its sign, as far as the chart's grid shows it."""
    if edge.rough is None or (coarse := floats(constants())) is None:
        return []
    signs = []
    for x in (over.rough(u)[0] for u in over.grid):
        if x is not None:
            with suppress(ArithmeticError, ValueError, TypeError):
                if size := edge.rough(x, *coarse):  # 0 may be all that a float can tell of a small value
                    signs.append((x, size > 0))
    return [root_between(edge, constants, a, b) for (a, s), (b, t) in pairwise(signs) if s is not t]


def root_between(edge: Compiled, constants: Numbers, a: float, b: float) -> End:
    def solve() -> arb:
        def f(x: mpf) -> Any:
            return edge.exact(x, *constants())

        try:
            root = mp.findroot(f, (a, b), solver="anderson", tol=mp.eps**2, verify=False)
            if a < root < b and abs(f(root)) < abs(f(mpf(a))) * mp.sqrt(mp.eps):  # else a pole
                return ball_of(root)
        except (ArithmeticError, ValueError, TypeError):
            pass
        raise Unusable(f"the zero between {a} and {b} cannot be found")

    return by_precision(solve)


def count_up(body: Integrand, lo: End | None, hi: End | None, aim: Aim) -> arb:
    """The sum over the integers from lo to hi."""
    first, last = (whole(e) if e else None for e in (lo, hi))
    if first is not None and last is not None:
        return add_range(lambda k: term(body, lambda: arb(k)), first, last, aim)
    start = first if first is not None else last if last is not None else 0
    found = arb(0)
    if last is None:
        found += one_way(body, start, 1, aim)
    if first is None:
        found += one_way(body, start if last is not None else start - 1, -1, aim)
    return found


def one_way(body: Integrand, start: int, sign: int, aim: Aim) -> arb:
    """The sum over start, start + sign, start + 2 sign, …"""
    turned = Integrand(lambda x: body.value(sign * x), lambda x: body.other(sign * x), lambda x: body.log_value(sign * x))

    def tail(n: int) -> arb:
        return integrate(lambda: arb(n), None, turned, aim)

    return add_series(lambda k: term(turned, lambda: arb(k)), sign * start, tail, aim)


def whole(end: End) -> int:
    found = end().unique_fmpz()
    if found is None:
        raise Unusable(f"a sum cannot end at {end().str(6, radius=False)}, which is not an integer")
    return int(found)
