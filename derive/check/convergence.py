"""Does the integral converge? Decided at both ends by comparison with Hardy's scale, where g is bounded in between."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Symbol

from derive.algebra.asymptotics import integrable
from derive.algebra.signs import Facts
from derive.check.conditions import is_smooth
from derive.language.totals import Lebesgue, Measure

FINITE, INFINITE, UNKNOWN = "finite", "infinite", "unknown"


@dataclass(frozen=True)
class Convergence:
    """Whether ∫ g is finite, and at which end it is not."""

    verdict: str
    end: Expr | None = None


def convergence(kernel: Expr, x: Symbol, measure: Measure, facts: Facts) -> Convergence:
    """Convergence of the integral of a kernel that is known to be ≥ 0.

    >>> x = Symbol("x", positive=True)
    >>> convergence(1/x, x, Lebesgue(0, 1), Facts()), convergence(1/(1 + x**2), x, Lebesgue(0, 1), Facts()).verdict
    (Convergence(verdict='infinite', end=0), 'finite')
    """
    if not isinstance(measure, Lebesgue):
        return Convergence(UNKNOWN)
    verdicts = [integrable(kernel, x, end, side, facts) for end, side in ((measure.lo, 1), (measure.hi, -1))]
    for end, found in zip((measure.lo, measure.hi), verdicts, strict=True):
        if found is False:
            return Convergence(INFINITE, end)
    bounded = is_smooth(kernel, x, facts.within(x, measure))
    return Convergence(FINITE if bounded and all(verdicts) else UNKNOWN)
