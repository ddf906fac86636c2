"""A density that claims to be normalized: what it is, where it stands, and how to put numbers into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sympy import Expr, Symbol

from derive.language.problem import Problem
from derive.language.totals import Measure

Point = Mapping[Symbol, Expr]
Instance = tuple[Expr, Measure]  # a density and its support, where the parameters have values


class Refusal(ValueError):
    """A density that cannot be looked at, and why: a sentence."""


@dataclass(frozen=True)
class Published:
    """A density with its support as a problem whose kernel claims the total 1.

    `instance` gives the density and the support at a point of the parameters as their author's own program gives them; it raises
    Refusal where that program refuses the point. `notes` say what was taken for granted. `values` are numbers that the
    author's program gives for the density, as (point, x, value).
    """

    problem: Problem
    instance: Callable[[Point], Instance] | None = None
    notes: tuple[str, ...] = ()
    values: tuple[tuple[Mapping[Symbol, Expr], float], ...] = field(default=())
