"""What stands near a step: the sides of the formulas, their totals, the raw text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sympy import Expr, Symbol

from derive.grade.truth import Truth
from derive.grade.writing.ellipsis import are_terms
from derive.language.totals import Lebesgue, Total

LARGE = 400  # operations of an expression that is looked at


@dataclass(frozen=True)
class Near:
    """The sides of the formulas near a step, its raw text, and what is true of the problem."""

    sides: tuple[Expr, ...]
    text: str
    truth: Truth
    defined: Mapping[Symbol, Expr] = field(default_factory=dict)  # names that the lines have brought in, as q = 1 − p
    totals: tuple[Total, ...] = field(init=False)

    def __post_init__(self) -> None:
        found = (t for side in self.sides for t in sorted(side.atoms(Total), key=str))
        object.__setattr__(self, "totals", tuple(dict.fromkeys(found)))

    def sums(self) -> list[Total]:
        return [t for t in self.totals if not isinstance(t.measure, Lebesgue)]

    def integrals(self) -> list[Total]:
        return [t for t in self.totals if isinstance(t.measure, Lebesgue)]

    def has(self, *kinds: object) -> bool:
        return any(side.has(*kinds) for side in self.sides)

    def dotted(self) -> bool:
        """Whether terms of a series are written out."""
        return any(are_terms(side) for side in self.sides)
