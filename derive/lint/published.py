"""A density that claims to be normalized: what it is, where it stands, and how to put numbers into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from derive.language.problem import Problem
from derive.language.totals import Measure, substitute

NORMALIZED, AGREES, WRONG, UNDECIDED, UNREAD = "normalized", "agrees", "not-normalized", "undecided", "unread"

Point = Mapping[Symbol, Expr]
Instance = tuple[Expr, Symbol, Measure]  # a density, its variable and its support, where the parameters have values


class Refusal(ValueError):
    """A density that cannot be looked at, and why: a sentence without its full stop."""


@dataclass(frozen=True)
class Published:
    """A density with its support, as a problem whose kernel claims the total 1.

    `instance` gives the density and the support at a point of the parameters as their author's own program gives them; it raises
    Refusal where that program refuses the point. `only` says for which parameters the problem stands where it does not stand for
    all of them. `notes` say what was taken for granted. `doubt`: why an error is not claimed, whatever is found. With `loose` the
    conditions on the parameters may be incomplete: an error is claimed only where the mass is nowhere found to be 1, for the
    parameters of `wider` neither.
    `line` is where it stands in a document. `program` gives places and the density there as the author's own program computes it, for comparison.
    """

    problem: Problem
    instance: Callable[[Point], Instance] | None = None
    only: str = ""
    notes: tuple[str, ...] = ()
    line: int = 0
    doubt: str = ""
    loose: bool = False
    wider: Problem | None = None
    program: Callable[[Point], Sequence[tuple[Expr, float]]] | None = None

    @property
    def id(self) -> str:
        return self.problem.id

    def at(self, point: Point) -> Instance:
        """The density with numbers for its parameters. Raises Refusal where there is none."""
        if self.instance is not None:
            return self.instance(point)
        if len(self.problem.variables) != 1:
            raise Refusal("it has several variables")
        (v,) = self.problem.variables
        return substitute(self.problem.kernel, point), v.symbol, substitute(v.measure, point)


@dataclass(frozen=True)
class Cause:
    """What is likely to be wrong: "wrong-support", "exponent", "missing-factor" or "sign", with what would be right in SymPy syntax."""

    kind: str
    right: str
    detail: str


@dataclass(frozen=True)
class Finding:
    """What was found of one density.

    `mass` is its total in SymPy syntax or as a ball, "" where there is no number; `point` are parameters (and, where the density
    itself is at fault, the place) at which the claim fails.
    """

    id: str
    verdict: str
    detail: str
    mass: str = ""
    point: Mapping[str, str] | None = None
    cause: Cause | None = None
    density: str = ""
    support: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    line: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of one density."""
        cause = {"kind": self.cause.kind, "right": self.cause.right, "detail": self.cause.detail} if self.cause else None
        return {"id": self.id, "verdict": self.verdict, "mass": self.mass or None, "point": dict(self.point) if self.point else None,
                "cause": cause, "density": self.density, "support": list(self.support), "assumed": list(self.assumed),
                "notes": list(self.notes), "detail": self.detail, "line": self.line or None, "seconds": round(self.seconds, 3)}  # fmt: skip
