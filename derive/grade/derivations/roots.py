r"""Equations that a line solves: "median: F(m) = 1/2 ⟺ m = σ√(2 ln 2)" holds where the value put in makes each of them hold."""

from __future__ import annotations

import re
from dataclasses import replace

from sympy import Symbol

from derive.grade.derivations.stated import DEFINITION, EQUATION, HELPER, NOTE, RECALLED, WORDS, Stated

SOLVED = re.compile(r"\b(?:median|quantile|percentile|quartile|solv\w*)\b", re.IGNORECASE)


def with_roots(found: tuple[Stated, ...], text: str) -> tuple[Stated, ...]:
    """The statements of a line about a median or a quantile with its value in the equations before it."""
    if not SOLVED.search(text):
        return found
    for j, s in enumerate(found):
        name = s.sides[0] if s.kind in (DEFINITION, EQUATION) and len(s.sides) == 2 else None
        if not isinstance(name, Symbol) or name in s.sides[1].free_symbols:
            continue
        before = {i for i, one in enumerate(found[:j]) if one.kind in (EQUATION, HELPER, RECALLED) and len(one.sides) > 1 and any(
            name in side.free_symbols for side in one.sides)}  # fmt: skip
        if before:
            value = {name: s.sides[1]}
            solved = [replace(one, kind=NOTE, sides=tuple(side.xreplace(value) for side in one.sides), loose=False) if i in before else one
                      for i, one in enumerate(found)]  # fmt: skip
            solved[j] = Stated(WORDS, text=s.text)
            return tuple(solved)
    return found
