"""Supports in words, and what their being there says of the parameters."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Max, Min
from sympy.logic.boolalg import Boolean

from derive.language.totals import Atoms, Counting, Lebesgue, Measure


def spelled(measure: Measure) -> str:
    """A support as problem files write it."""
    if isinstance(measure, Lebesgue):
        return f"({measure.lo}, {measure.hi})"
    return f"ZZ[{measure.lo}, {measure.hi}]" if isinstance(measure, Counting) else "{" + ", ".join(map(str, measure.args)) + "}"


def filled(measure: Measure) -> Iterator[Boolean]:
    """That a support is not empty: nobody claims a density on nothing."""
    finite = not isinstance(measure, Atoms) and measure.lo.is_finite is not False and measure.hi.is_finite is not False
    if finite and measure.free_symbols and not measure.has(Max, Min):
        yield (measure.hi >= measure.lo if isinstance(measure, Counting) else measure.hi > measure.lo).canonical
