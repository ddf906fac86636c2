"""A problem as the reader understood it, and the result as every output shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import Expr, Symbol
from sympy.logic.boolalg import Boolean

from derive.language.claims import Derivation
from derive.language.totals import Measure, Total


@dataclass(frozen=True)
class Variable:
    """A variable x, the measure it ranges over, its domain as written, and how LaTeX spells it ("" for the obvious spelling)."""

    symbol: Symbol
    measure: Measure
    domain: str
    latex: str = ""


@dataclass(frozen=True)
class Parameter:
    """A parameter; `symbol` carries the declared assumptions. `declared` is False where a kernel named it and nobody declared it."""

    symbol: Symbol
    latex: str = ""
    declared: bool = True


@dataclass(frozen=True)
class Problem:
    """A kernel g over its variables (outermost first), its parameters, and the conditions that they satisfy.

    `kernel` is g itself; where an energy E was given, `energy` is E and `kernel` is exp(-E). `kernel_written` is the kernel before
    any evaluation, for printing it in the form in which it was given. `conditions` are relations beyond the symbols' own
    assumptions. `known` holds the author's own answers (expect, Z, …), which only `report --compare` looks at.
    """

    id: str
    kernel: Expr
    variables: tuple[Variable, ...]
    parameters: tuple[Parameter, ...] = ()
    conditions: tuple[Boolean, ...] = ()
    title: str = ""
    energy: Expr | None = None
    kernel_written: Expr | None = None
    notes: tuple[str, ...] = ()
    known: Mapping[str, Any] = field(default_factory=dict)

    @property
    def total(self) -> Expr:
        """Z as the problem states it: the kernel's total over all variables."""
        total = self.kernel
        for v in reversed(self.variables):
            total = Total(total, v.symbol, v.measure)
        return total


@dataclass(frozen=True)
class Check:
    """One check of ∫p = 1: its name ("symbolic", "numeric", "enclosure"), its verdict, a detail in words, and figures if any."""

    name: str
    verdict: str
    detail: str
    digits: int | None = None
    points: int | None = None
    radius: str | None = None


@dataclass(frozen=True)
class Family:
    """A named family that a density belongs to, with its parameters by their customary names."""

    name: str
    parameters: Mapping[str, Expr]


@dataclass(frozen=True)
class Moment:
    """A quantity derived from log Z (or by an integral of its own), the conditions under which it exists, and how it was checked."""

    name: str
    value: Expr | None
    conditions: tuple[Boolean, ...] = ()
    verdict: str = "undecided"
    detail: str = ""


@dataclass(frozen=True)
class Result:
    """What was established about a problem. `outcome` is one of normalized, diverges, not-a-kernel, open, undecided."""

    problem: Problem
    outcome: str
    Z: Expr | None = None
    density: Expr | None = None
    conditions: tuple[Boolean, ...] = ()
    derivation: Derivation | None = None
    checks: tuple[Check, ...] = ()
    facts: tuple[str, ...] = ()
    oracle: bool = False
    numeric_Z: str | None = None
    family: Family | None = None
    moments: tuple[Moment, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    timings: Mapping[str, float] = field(default_factory=dict)
