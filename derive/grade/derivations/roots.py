r"""Equations that are solved: "median: F(m) = 1/2 ⟺ m = σ√(2 ln 2)" holds where the value put in makes each of them hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sympy import Basic, Function, Rational, Symbol, oo
from sympy.core.function import AppliedUndef

from derive.grade.chance.chances import CHANCE
from derive.grade.derivations.stated import DEFINITION, EQUATION, HELPER, NOTE, RECALLED, STATIONARY, WORDS, Line, Stated
from derive.grade.truth import Truth
from derive.language.totals import Total

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


def with_solutions(lines: Sequence[Line], truth: Truth) -> list[Line]:
    """F(m) = 1 − e^(−λm) = ½ for a new name m, and m = … on a later line: there the value is put into the equations between.

    What stands before ½ is said for every m. Without a later line the equation is one that nothing solves.
    """
    done = list(lines)
    for at, line in enumerate(done):
        for s in line.stated:
            m = unknown(s, truth)
            if m is None or any(defines(one, m) for before in done[:at] for one in before.stated):
                continue
            place = next((n for n in range(at, len(done)) if any(defines(one, m) for one in done[n].stated)), None)
            if place is None:
                done[at] = put(done[at], s, Stated(STATIONARY, text=s.text))
                continue
            solved = [(n, one) for n in range(at, place + 1) for one in done[n].stated if one is s or n > at and rearranged(one, m)]
            value = next(one.sides[1] for one in done[place].stated if defines(one, m))
            own = any(one.kind == HELPER and one.sides[0].func == s.sides[0].func for before in done[:at] for one in before.stated)
            for n, one in solved:
                done[n] = put(done[n], one)
            sides = [one.sides[-2:] if own else tuple(map(as_chance, one.sides[-2:])) for _, one in solved]
            notes = (Stated(NOTE, tuple(side.xreplace({m: value}) for side in pair)) for pair in sides)
            done[place] = replace(done[place], stated=(*notes, *done[place].stated))
    return done


def unknown(s: Stated, truth: Truth) -> Symbol | None:
    """The new name m of F(m) = … = ½."""
    if s.kind not in (EQUATION, HELPER, RECALLED) or len(s.sides) < 2 or not isinstance(s.sides[-1], Rational) or not 0 < s.sides[-1] < 1:
        return None
    head = s.sides[0]
    if not isinstance(head, AppliedUndef) or head.func.__name__ not in ("F", CHANCE):
        return None
    new = [e for e in head.free_symbols if isinstance(e, Symbol) and e.name not in truth.named]
    return new[0] if len(new) == 1 and all(new[0] in side.free_symbols for side in s.sides[:-1]) else None


def as_chance(e: Basic) -> Basic:
    """F(m) as P(X ≤ m)."""
    return e.replace(lambda f: isinstance(f, AppliedUndef) and f.func.__name__ == "F", lambda f: Function(CHANCE)(-oo, f.args[0], 0))


def defines(s: Stated, m: Symbol) -> bool:
    """Whether a statement says what m is."""
    return s.kind in (DEFINITION, EQUATION) and len(s.sides) == 2 and s.sides[0] == m and m not in s.sides[1].free_symbols


def rearranged(s: Stated, m: Symbol) -> bool:
    """Whether an equation in m may be the one that is solved, written anew."""
    plain = s.kind == EQUATION and len(s.sides) == 2 and not any(side.has(Total, AppliedUndef) for side in s.sides)
    return plain and s.sides[0] != m and any(m in side.free_symbols for side in s.sides)


def put(line: Line, s: Stated, *more: Stated) -> Line:
    """The line with what an equation says for every m, and more, in its place."""
    kept: Iterator[Stated] = iter((replace(s, sides=s.sides[:-1]),) if len(s.sides) > 2 else ())
    stated = [new for one in line.stated for new in ((*kept, *more) if one is s else (one,))]
    return replace(line, stated=tuple(stated) or (Stated(WORDS, text=s.text),))
