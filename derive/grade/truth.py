"""What is true of a problem: its Z, derived and checked once, and the places at which claims about it are compared."""

from __future__ import annotations

from dataclasses import dataclass, field

from sympy import Expr, Symbol, oo
from sympy.logic.boolalg import Boolean

from derive.engine import solve
from derive.grade.ellipsoids import over_ball
from derive.grade.equal.ground import Ground
from derive.grade.equal.values import evaluated, worked
from derive.language.problem import Problem
from derive.positive import variables

FIRST = 4.0  # seconds for the quick way to Z


@dataclass(frozen=True)
class Truth:
    """Z of a problem as far as it is known: a closed form, ∞, or None with a `reason`.

    `conditions` is what Z needs beyond the problem.
    `ground` is where claims about Z are compared, `inside` where those about p are: the variables range over their support.
    """

    problem: Problem
    Z: Expr | None
    ground: Ground
    inside: Ground
    conditions: tuple[Boolean, ...] = ()
    reason: str = ""
    variants: dict = field(default_factory=dict, compare=False)  # what diagnosis has derived of the problem's neighbours

    @property
    def density(self) -> Expr | None:
        return None if self.Z is None or self.Z is oo else self.problem.kernel / self.Z

    @property
    def named(self) -> dict[str, Symbol]:
        """The problem's symbols by their names."""
        own = [v.symbol for v in self.problem.variables] + [p.symbol for p in self.problem.parameters]
        return {s.name: s for s in own}


def truth_of(problem: Problem, budget: float = 20.0) -> Truth:
    """Derive Z: by evaluating the total from the inside out, else by the engine with all that it can assume.

    >>> from derive.read.asked import problem
    >>> truth_of(problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"])).Z
    1/b
    """
    problem = over_ball(problem)
    names = [s for s in problem.kernel.free_symbols if isinstance(s, Symbol)] + [p.symbol for p in problem.parameters]
    ground = Ground(problem.conditions, names=names)
    result = solve(problem, budget)
    Z, conditions, reason = result.Z, result.conditions, result.reason
    if result.outcome == "diverges":
        Z = oo
    elif result.outcome == "not-a-kernel":
        return placed(problem, None, ground, (), reason)
    elif result.outcome != "normalized" or Z is None:
        Z, conditions = evaluated(problem.total, ground.facts, worked(FIRST)), ()
    elif Z is not None and Z is not oo:
        Z = evaluated(Z, ground.facts, worked(FIRST)) or Z
    return placed(problem, Z, ground, conditions, reason if Z is None else "")


def placed(problem: Problem, Z: Expr | None, ground: Ground, conditions: tuple[Boolean, ...], reason: str) -> Truth:
    ground = ground.with_(*conditions) if conditions else ground
    inside = ground.with_(variables=variables(problem))
    return Truth(problem, Z, ground, inside, conditions, reason)
