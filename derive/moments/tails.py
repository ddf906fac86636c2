"""Does E|X|ⁿ exist? Decided at the infinite ends of the support by comparison: at finite ones xⁿ is bounded."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, S, Symbol, oo
from sympy.logic.boolalg import Boolean

from derive.algebra.limits import near
from derive.algebra.normal import canonical
from derive.algebra.scales import Scale, direction, times
from derive.algebra.signs import Facts
from derive.language.totals import Atoms, Measure
from derive.moments.neat import above_zero

EPSILON = Symbol("ε·", positive=True)
YES, NO, UNKNOWN = "exists", "does not exist", "unknown"


@dataclass(frozen=True)
class Existence:
    """Whether a moment exists, under which conditions, or at which end it does not."""

    verdict: str
    conditions: tuple[Boolean, ...] = ()
    end: Expr | None = None


def existence(density: Expr, x: Symbol, measure: Measure, n: int, facts: Facts) -> Existence:
    """Whether E|X|ⁿ is finite.

    >>> from sympy import pi, oo
    >>> from derive.language.totals import REALS
    >>> x = Symbol("x", real=True)
    >>> existence(1/(pi*(1 + x**2)), x, REALS, 1, Facts()).verdict
    'does not exist'
    """
    conditions: list[Boolean] = []
    ends = [] if isinstance(measure, Atoms) else [e for e in ((measure.lo, 1), (measure.hi, -1)) if e[0] in (oo, -oo)]
    for end, side in ends:
        found = at(density, x, end, side, n, facts)
        if found.verdict != YES:
            return found
        conditions += [c for c in found.conditions if c not in conditions]
    return Existence(YES, tuple(conditions))


def heavy(density: Expr, x: Symbol, measure: Measure, facts: Facts) -> bool:
    """Whether p falls more slowly than every exponential at an end, so that E exp(t X) is infinite for t on one side of 0."""
    if isinstance(measure, Atoms):
        return False
    tilt = Scale(exps=((EPSILON, Scale(power=S.One)),))
    for end, side in ((measure.lo, 1), (measure.hi, -1)):
        found = near(density, x, end, side, facts) if end in (oo, -oo) else None
        if found is not None and found.sure and direction(times(found.scale, tilt, facts), facts) == 1:
            return True
    return False


def at(density: Expr, x: Symbol, end: Expr, side: int, n: int, facts: Facts) -> Existence:
    """|x|ⁿ p(x) ~ exp(…) t^power (log t)^log as t = |x| → ∞ is integrable where it falls faster than 1/t."""
    behaviour = near(density, x, end, side, facts)
    if behaviour is None or not behaviour.sure:
        return Existence(UNKNOWN)
    scale = times(behaviour.scale, Scale(power=S(n)), facts)
    if scale.exps:
        heading = direction(scale, facts)
        return Existence(YES if heading == -1 else UNKNOWN if heading is None else NO, end=end)
    excess = canonical(scale.power + 1, facts)
    if facts.negative(excess):
        return Existence(YES)
    if excess == 0:
        return Existence(YES if facts.negative(scale.log + 1) else NO if facts.nonnegative(scale.log + 1) else UNKNOWN, end=end)
    return Existence(NO, end=end) if facts.nonnegative(excess) else Existence(YES, (above_zero(-excess, facts),))
