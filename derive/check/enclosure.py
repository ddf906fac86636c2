"""The third check: ∫p in a ball at rational points of the parameters. A ball without 1 refutes, a small one around 1 supports."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from flint import arb, ctx
from sympy import Expr, Symbol
from sympy.logic.boolalg import Boolean

from derive.check.balls import NoBall, compile_ball
from derive.check.conjugates import conjugates_together
from derive.check.pieces import pieces
from derive.check.piecewise import Spent, Work, integral
from derive.check.points import at
from derive.check.points import points as draw_points
from derive.check.sums import finite_sum, series
from derive.check.tidied import held, planted, times
from derive.check.wide import wide
from derive.language.claims import REFUTED, UNDECIDED
from derive.language.problem import Check
from derive.language.totals import Atoms, Counting, Lebesgue, Measure, substitute

ENCLOSED = "enclosed"
GOOD = 1e-10  # a larger radius does not count as enclosed
DIGITS = 21
SECONDS = 5.0

Point = Mapping[Symbol, Expr]


@dataclass(frozen=True)
class Missing:
    """There is no enclosure, and why: the end of a sentence."""

    reason: str


def enclose_total(body: Expr, x: Symbol, measure: Measure, point: Point, digits: int = DIGITS,
                  deadline: float | None = None) -> arb | Missing:
    """A ball that provably holds ∫ body over x against `measure`, where the parameters have the values of `point`.

    The radius is about 10^(−digits) where all goes well, absolutely, so that a density is what it is made for.
    Without a deadline (of time.monotonic) it may take SECONDS of the processor's time.

    >>> from sympy import exp, oo, pi, sqrt
    >>> x, s = Symbol("x", real=True), Symbol("s", positive=True)
    >>> ball = enclose_total(exp(-x**2/(2*s**2)), x, Lebesgue(-oo, oo), {s: 3})
    >>> ball.overlaps((arb(2)*arb.pi()).sqrt()*3), float(ball.rad()) < 1e-18
    (True, True)
    """
    body, measure = held(planted(conjugates_together(body), point), x), substitute(measure, dict(point))
    work = Work(digits, time.process_time() + SECONDS, clock=time.process_time) if deadline is None else Work(digits, deadline)
    try:
        return enclosed(body, x, measure, work)
    except Spent as problem:
        return Missing(str(problem))


@lru_cache(maxsize=256)
def enclosed(body: Expr, x: Symbol, measure: Measure, work: Work) -> arb | Missing:
    """The ball, or why there is none. A judge asks for the same one at every line of a derivation. Raises Spent."""
    try:
        with ctx.workprec(work.bits):
            found = total(body, x, measure, work)
    except Spent:
        raise
    except NoBall as problem:
        return Missing(str(problem))
    except (ArithmeticError, ValueError, TypeError, NotImplementedError, AttributeError, RecursionError, SystemError) as problem:
        return Missing(f"the enclosure failed ({type(problem).__name__}: {problem})")
    return found if found.is_finite() else Missing("no finite enclosure was found")


def total(body: Expr, x: Symbol, measure: Measure, work: Work) -> arb:
    if (body.free_symbols | measure.free_symbols) - {x}:
        raise NoBall("parameters without values are left in it")
    if isinstance(measure, Atoms):
        return sum((real_at(body, x, p) for p in measure.points), arb(0))
    if isinstance(measure, Counting):
        if measure.lo.is_finite and measure.hi.is_finite:
            return finite_sum(body, x, measure, work)
        return series(body, x, measure, work)
    if not isinstance(measure, Lebesgue):
        raise NoBall("this measure has no enclosure")
    if found := wide(body):
        with suppress(NoBall):  # terms of which one has no finite integral
            return sum((over_pieces(times([*found[0], part]), x, measure, work) for part in found[1]), arb(0))
    return over_pieces(body, x, measure, work)


def over_pieces(body: Expr, x: Symbol, measure: Lebesgue, work: Work) -> arb:
    return sum((integral(f, x, a, b, work) for f, a, b in pieces(body, x, measure)), arb(0))


def real_at(body: Expr, x: Symbol, p: Expr) -> arb:
    found = compile_ball(substitute(body, {x: p}))((), False)
    if not found.is_finite() or not found.imag.contains(0):
        raise NoBall(f"it is not a real number at {p}")
    return found.real


def check_enclosure(density: Expr, variables: Sequence[tuple[Symbol, Measure]], conditions: Sequence[Boolean] = (),
                    points: int = 2, seconds: float = 6.0, seed: int = 0, digits: int = DIGITS) -> Check:
    """Whether a ball around ∫p holds 1 at `points` rational points that meet the parameters' assumptions and `conditions`.

    The verdict is "enclosed" (every ball holds 1, with a radius of at most 1e-10), "refuted" (a ball does not hold 1), or
    "undecided", and then the detail says which bound is missing.

    >>> from sympy import exp, oo
    >>> b, x = Symbol("b", positive=True), Symbol("x", positive=True)
    >>> [check_enclosure(c*b*exp(-b*x), [(x, Lebesgue(0, oo))]).verdict for c in (1, 2)]
    ['enclosed', 'refuted']
    """
    deadline = time.monotonic() + seconds
    if len(variables) != 1:
        return Check("enclosure", UNDECIDED, "enclosures are made for one variable only", None, 0)
    ((x, measure),) = variables
    symbols = sorted((density.free_symbols | measure.free_symbols) - {x}, key=str)
    drawn = draw_points(symbols, conditions, points, seed)
    if not drawn:
        return Check("enclosure", UNDECIDED, "no parameter values were found that meet the conditions", None, 0)
    return judge([(p, enclose_total(density, x, measure, p, digits, deadline)) for p in drawn])


def judge(found: Sequence[tuple[Point, arb | Missing]]) -> Check:
    """The check that the balls amount to."""
    for point, ball in found:
        if isinstance(ball, arb) and not ball.contains(1):
            detail = f"the mass{at(point)} is proved to lie in {shown(ball)}, which does not hold 1"
            return Check("enclosure", REFUTED, detail, None, len(found), rounded_up(ball))
    for point, ball in found:
        if isinstance(ball, Missing):
            return Check("enclosure", UNDECIDED, f"no enclosure{at(point)}: {ball.reason}", None, len(found))
    widest = max((ball for _, ball in found if isinstance(ball, arb)), key=lambda ball: float(ball.rad()))
    said = rounded_up(widest)
    if not widest.rad() < GOOD:
        return Check("enclosure", UNDECIDED, f"the enclosures hold 1, but no closer than {said}", None, len(found), said)
    return Check("enclosure", ENCLOSED, f"the mass is proved to lie within {said} of 1{at(*(p for p, _ in found))}", None, len(found), said)


def rounded_up(ball: arb) -> str:
    """The next power of ten above the largest distance in a ball, its width: the same on every machine."""
    width = 2 * ball.rad()
    return f"1e{math.ceil(float(width.log().upper()) / math.log(10))}" if width > 0 else "0"


def shown(ball: arb) -> str:
    """A ball with digits enough to tell it from 1."""
    return str(ball.str(25))


def numeric_value(body: Expr, x: Symbol, measure: Measure, seconds: float = 2.0, digits: int = 20) -> str:
    """∫ body as text with its error, where there are no free parameters: "1.2345 ± 1e-19" with a proved error; else quadrature's
    value with its estimated error, named as such; "" where there is neither.

    >>> from sympy import exp, oo
    >>> x = Symbol("x", real=True)
    >>> numeric_value(exp(-x**4), x, Lebesgue(-oo, oo))[:18]  # Γ(1/4)/2
    '1.8128049541109541'
    """
    deadline = time.monotonic() + seconds
    found = sized(body, x, measure, digits, deadline)
    if isinstance(found, arb) and not found.contains(0):
        return proved_text(found)
    return estimated_text(body, x, measure, digits, max(0.1, deadline - time.monotonic()))


def sized(body: Expr, x: Symbol, measure: Measure, digits: int, deadline: float) -> arb | Missing:
    """A ball with `digits` correct digits, however small or large the total is: the tolerance follows what is found."""
    asked, found = digits + 2, enclose_total(body, x, measure, {}, digits + 2, deadline)
    for _ in range(4):
        if isinstance(found, Missing) or found.is_zero() or found.rad() <= abs(found) * arb(10) ** -digits:
            break
        size = arb(found.abs_upper()).log() / arb(10).log()
        needed = max(8, digits + 2 - int(float(size.lower())))
        if needed == asked or needed > 3000:
            break
        asked, finer = needed, enclose_total(body, x, measure, {}, needed, deadline)
        if isinstance(finer, Missing):
            break
        found = finer
    return found


def proved_text(ball: arb) -> str:
    """value ± error, with the digits that the error leaves."""
    import mpmath

    with mpmath.workdps(60):
        middle, radius = mpmath.mpf(ball.mid()), mpmath.mpf(ball.rad())
        digits = 20 if not radius else max(1, min(30, int(mpmath.floor(mpmath.log10(abs(middle) / radius))) if middle else 1))
        text = mpmath.nstr(middle, digits, strip_zeros=False)
        error = radius + abs(middle - mpmath.mpf(text))
        return f"{text} ± {mpmath.nstr(error * mpmath.mpf('1.05'), 2)}"


def estimated_text(body: Expr, x: Symbol, measure: Measure, digits: int, seconds: float) -> str:
    import mpmath

    from derive.check.charts import Unusable
    from derive.check.numeric import mass

    try:
        value, error = mass(body, [(x, measure)], {}, digits, seconds)
    except (Unusable, ArithmeticError, ValueError, TypeError, NotImplementedError):
        return ""
    return f"{mpmath.nstr(value, digits)} ± {mpmath.nstr(error, 2)} (quadrature; its error is an estimate)"
