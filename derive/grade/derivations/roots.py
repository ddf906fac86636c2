r"""Equations that are solved: "median: F(m) = 1/2 ⟺ m = σ√(2 ln 2)" holds where the value put in makes each of them hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sympy import Basic, Expr, Function, Rational, Symbol, exp, oo, tanh
from sympy.core.function import AppliedUndef

from derive.algebra.reading import inverse
from derive.grade.chance.chances import CHANCE
from derive.grade.derivations.meanings import OF_A_LAW
from derive.grade.derivations.stated import DEFINITION, EQUATION, HELPER, NOTE, RECALLED, STATIONARY, WORDS, Line, Stated
from derive.grade.equal.equality import compare
from derive.grade.truth import Truth
from derive.grade.writing.reading import QUANTITIES
from derive.language.claims import PROVED, REFUTED, UNDECIDED
from derive.language.totals import Lebesgue, Total
from derive.read.latex_heads import Blank

SOLVED = re.compile(r"\b(?:median|quantile|percentile|quartile|solv\w*)\b", re.IGNORECASE)

MEDIAN = re.compile(r"\bmedian\b", re.IGNORECASE)


def with_roots(found: tuple[Stated, ...], text: str, truth: Truth) -> tuple[Stated, ...]:
    """The statements of a line about a median or a quantile with its value in the equations before it; half of the mass lies below a median."""
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
            below = [one for one in found[:j] if any(side.atoms(AppliedUndef) for side in one.sides)]  # F(m) = ½ says so itself
            own = len(truth.problem.variables) == 1 and isinstance(truth.problem.variables[0].measure, Lebesgue) and not OF_A_LAW.search(text)
            if MEDIAN.search(text) and own and not below:
                solved.append(Stated(NOTE, (Function(CHANCE)(-oo, s.sides[1], 0), Rational(1, 2))))
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
            told = [(n, one) for n in range(at, len(done)) for one in done[n].stated if defines(one, m)]
            early = [one for n, one in told if n == at and one.put]
            if len(early) < len(told):  # what a later line says was put here too, so that this one could be read
                n, one = next((n, one) for n, one in told if one not in early)
                done[at] = replace(done[at], stated=tuple(other for other in done[at].stated if other not in early))
                known_ = replace(one, kind=DEFINITION, put=True)
                done[n] = replace(done[n], stated=tuple(known_ if other is one else other for other in done[n].stated))
            place = next((n for n in range(at, len(done)) if any(defines(one, m) for one in done[n].stated)), None)
            if place is None:
                done[at] = put(done[at], s, Stated(STATIONARY, text=s.text))
                continue
            here = done[at].stated.index(s)
            solved = [(n, one) for n in range(at, place + 1) for i, one in enumerate(done[n].stated)
                      if one is s or (n > at or i > here) and rearranged(one, m)]  # fmt: skip
            value = next(one.sides[1] for one in done[place].stated if defines(one, m))
            own = any(one.kind == HELPER and one.sides[0].func == s.sides[0].func for before in done[:at] for one in before.stated)
            for n, one in solved:
                done[n] = put(done[n], one)
            sides = [one.sides[-2:] if own else tuple(map(as_chance, one.sides[-2:])) for _, one in solved]
            root, found = solved_at(m, sides, truth)
            agreed = compare(value, root, truth.ground).verdict if root is not None else UNDECIDED
            if agreed in (PROVED, REFUTED):
                there = root if agreed == REFUTED else value
                for i, pair in enumerate(sides):  # what stands before the one that is solved has to lead to it
                    at_line = solved[max(i, found)][0]
                    done[at_line] = noted(done[at_line], *(side.xreplace({m: there}) for side in pair))
                if agreed == REFUTED:  # where the slip is
                    done[place] = noted(done[place], there, value)
                continue
            notes = (Stated(NOTE, tuple(side.xreplace({m: value}) for side in pair)) for pair in sides)
            done[place] = replace(done[place], stated=(*notes, *done[place].stated))
    return done


def with_medians(lines: Sequence[Line], truth: Truth) -> list[Line]:
    """"Median: 1 − e^(−λm) = ½ ⟹ λm = ln 2 ⟹ m = …", which names no F: P(X ≤ m) = ½ at the root of the first equation, and so on."""
    done = list(lines)
    if len(truth.problem.variables) != 1 or not isinstance(truth.problem.variables[0].measure, Lebesgue):
        return done
    for at, line in enumerate(done):
        asked = [s for s in line.stated if equation(s, truth)] if MEDIAN.search(line.text) else []
        for m in dict.fromkeys(x for s in asked[:1] for x in unnamed(s, truth)):
            if any(defines(one, m) for before in done[:at] for one in before.stated) or len(unnamed(asked[0], truth)) != 1:
                continue
            told = [(n, one) for n in range(at, len(done)) for one in done[n].stated if defines(one, m) and not (n == at and one.put)]
            if not told:
                continue
            place, last = told[0]
            solved = [(n, one) for n in range(at, place + 1) for one in done[n].stated if equation(one, truth) and unnamed(one, truth) == {m}]
            early = [one for one in done[at].stated if defines(one, m) and one.put]
            for n, one in [*solved, *((at, one) for one in early), (place, last)]:
                done[n] = replace(done[n], stated=tuple(s for s in done[n].stated if s is not one))
            value, pairs = last.sides[1], [one.sides for _, one in solved]
            root = solved_for(m, pairs[:1], truth)
            there = value if root is None else root
            places = [place if root is None else n for n, _ in solved]
            half = Function(CHANCE)(-oo, there, 0)
            done[places[0]] = noted(done[places[0]], Rational(1, 2), half)
            for n, pair in zip(places[0 if root is None else 1 :], pairs[0 if root is None else 1 :], strict=True):
                done[n] = noted(done[n], *(side.xreplace({m: there}) for side in pair))
            done[place] = noted(done[place], there, value)
            done[place] = replace(done[place], stated=(*done[place].stated, Stated(DEFINITION, last.sides, text=last.text, put=True)))
    return done


def equation(s: Stated, truth: Truth) -> bool:
    """Whether a statement is an equation without functions that are not known, totals or the problem's variable."""
    x = truth.problem.variables[0].symbol
    plain = s.kind == EQUATION and len(s.sides) == 2 and not any(isinstance(e, Blank) or e.has(Total, AppliedUndef, x) for e in s.sides)
    return plain and bool(unnamed(s, truth)) and not (isinstance(s.sides[0], Symbol) and s.sides[0] in unnamed(s, truth))


def unnamed(s: Stated, truth: Truth) -> set[Symbol]:
    """The names in an equation that the problem does not declare."""
    return {e for side in s.sides for e in side.free_symbols if isinstance(e, Symbol) and e.name not in (*truth.named, *QUANTITIES)}


def solved_for(m: Symbol, pairs: Sequence[Sequence[Basic]], truth: Truth) -> Expr | None:
    """The m of the first equation that says it without functions that are not known; None where none of them is solved by peeling."""
    return solved_at(m, pairs, truth)[0]


def solved_at(m: Symbol, pairs: Sequence[Sequence[Basic]], truth: Truth) -> tuple[Expr | None, int]:
    """The m of the first equation that says it without functions that are not known, and which one that is."""
    lo = truth.problem.variables[0].measure.args[0]
    own = Symbol(m.name, positive=True) if isinstance(lo, Expr) and truth.ground.facts.nonnegative(lo) else Symbol(m.name, real=True)
    u = Symbol("u′", positive=True)
    for at, (one, two) in enumerate(pairs):
        if isinstance(one, Expr) and isinstance(two, Expr) and not one.atoms(AppliedUndef) | two.atoms(AppliedUndef) | one.atoms(Total):
            a, b = (one, two) if one.has(m) else (two, one)
            a, b = (exp(2 * a.args[0]), (1 + b) / (1 - b)) if isinstance(a, tanh) and not b.has(m) else (a, b)
            back = inverse(a.xreplace({m: own}), own, u, truth.ground.facts) if a.has(m) and not b.has(m) else None
            return (None if back is None else back.xreplace({u: b})), at
    return None, 0


def noted(line: Line, one: Basic, two: Basic) -> Line:
    return replace(line, stated=(*(s for s in line.stated if s.kind != WORDS), Stated(NOTE, (one, two))))


def unknown(s: Stated, truth: Truth) -> Symbol | None:
    """The new name m of F(m) = … = ½."""
    if s.kind not in (EQUATION, HELPER, RECALLED) or len(s.sides) < 2 or not isinstance(s.sides[-1], Rational) or not 0 < s.sides[-1] < 1:
        return None
    head = s.sides[0]
    if not isinstance(head, AppliedUndef) or head.func.__name__ not in ("F", "S", CHANCE):
        return None
    known_ = {p.symbol.name for p in truth.problem.parameters}  # F(x) = 3/4 asks for an x too
    new = [e for e in head.free_symbols if isinstance(e, Symbol) and e.name not in known_]
    return new[0] if len(new) == 1 and all(new[0] in side.free_symbols for side in s.sides[:-1]) else None


def as_chance(e: Basic) -> Basic:
    """F(m) as P(X ≤ m), and S(m) as P(X > m)."""
    ends = {"F": lambda m: (-oo, m), "S": lambda m: (m, oo)}
    spoken = {f: Function(CHANCE)(*ends[f.func.__name__](f.args[0]), 0) for f in e.atoms(AppliedUndef) if f.func.__name__ in ends}
    return e.xreplace(spoken)


def defines(s: Stated, m: Symbol) -> bool:
    """Whether a statement says what m is."""
    return s.kind in (DEFINITION, EQUATION) and len(s.sides) > 1 and s.sides[0] == m and not any(m in side.free_symbols for side in s.sides[1:])


def rearranged(s: Stated, m: Symbol) -> bool:
    """Whether an equation in m may be the one that is solved, written anew."""
    plain = s.kind == EQUATION and len(s.sides) == 2 and not any(side.has(Total, AppliedUndef) for side in s.sides)
    return plain and s.sides[0] != m and any(m in side.free_symbols for side in s.sides)


def put(line: Line, s: Stated, *more: Stated) -> Line:
    """The line with what an equation says for every m, and more, in its place."""
    kept: Iterator[Stated] = iter((replace(s, sides=s.sides[:-1]),) if len(s.sides) > 2 else ())
    stated = [new for one in line.stated for new in ((*kept, *more) if one is s else (one,))]
    return replace(line, stated=tuple(stated) or (Stated(WORDS, text=s.text),))
