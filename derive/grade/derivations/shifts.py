"""Notes on a change of an index beside a sum, as j = k − 1 or k → k + 1, where no line sums over a new letter: held against the sums beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from sympy import Add, Dummy, Expr, Integer, Symbol, factorial, gamma

from derive.grade.derivations.course import Course
from derive.grade.derivations.leads import UNUSED, used
from derive.grade.derivations.stated import SHIFT, Line, Stated
from derive.grade.equal.equality import compare
from derive.grade.handed import CORRECT, UNDECIDED, LineVerdict
from derive.language.claims import PROVED
from derive.language.totals import Counting, Total
from derive.read.latex_heads import Blank

MOVED = re.compile(r"\s*\\?(?P<name>[A-Za-z]+)\s*\\(?:to|mapsto|rightarrow)(?![A-Za-z])\s*\\?(?P<again>[A-Za-z]+)\s*(?P<by>[-+]\s*\d{1,3})\s*")


def moved_by(formula: str) -> Stated | None:
    r"""k → k + 1 as a statement, for an index k.

    >>> moved_by(r"k \to k+1").sides, moved_by(r"x \to x + \mu")
    ((k, 1), None)
    """
    match = MOVED.fullmatch(formula)
    if match is None or match["name"] != match["again"]:
        return None
    return Stated(SHIFT, (Symbol(match["name"]), Integer(int(match["by"].replace(" ", "")))), text=formula)


def with_index_notes(verdicts: list[LineVerdict], lines: Iterable[Line], course: Course) -> list[LineVerdict]:
    """The verdicts, where a note that goes with no sum beside it leaves its line open; one that does needs no remark."""
    read = {line.number: line for line in lines}
    return [noted(one, read, course) for one in verdicts]


def noted(line: LineVerdict, read: dict[int, Line], course: Course) -> LineVerdict:
    notes = list(notes_on(line.line, read, course)) if line.verdict == CORRECT else []
    for x, steps, said in notes:
        found = sums_near(x, line.line, read)
        if found and not any(fits(step, found, course) for step in steps):
            return replace(line, verdict=UNDECIDED, detail=f"{said} does not go with a sum beside it, as far as could be established")
        if found and line.detail.startswith(UNUSED):
            line = replace(line, detail="")
    return line


def notes_on(number: int, read: dict[int, Line], course: Course) -> Iterator[tuple[str, tuple[int, ...], str]]:
    """The changes of an index in a line: its name, by how much the index grows (k → k + 1 is said for either), and what is said."""
    for at, name, value in course.substitutions:
        own = [s for s in value.free_symbols if isinstance(value - s, Integer)] if at == number else []
        if len(own) == 1 and not used(name.name, read.values()):
            yield own[0].name, (int(value - own[0]),), f"{name} = {value}"
    for s in read[number].stated:
        if s.kind == SHIFT:
            step = int(s.sides[1])  # type: ignore[arg-type]
            yield str(s.sides[0]), (step, -step), s.text.strip()


def sums_near(x: str, number: int, read: dict[int, Line]) -> list[Total]:
    """The sums over an index in a line, with those of the line before where it goes on with that; else those of its neighbours."""
    own = list(sums_over(x, read[number]))
    first = next((s.sides[0] for s in read[number].stated if s.sides and s.kind != SHIFT), None)
    before, after = (list(sums_over(x, read[at])) if at in read else [] for at in (number - 1, number + 1))
    return own if own and not isinstance(first, Blank) else [*before, *own] if own else [*before, *after]


def sums_over(x: str, line: Line) -> Iterator[Total]:
    """The sums of a line over an index."""
    for s in line.stated:
        for side in s.sides:
            yield from (t for t in side.atoms(Total) if t.x.name == x and isinstance(t.measure, Counting))


def fits(step: int, sums: list[Total], course: Course) -> bool:
    """Whether j = k + step leads from a sum over k to another one, or to one that begins at 0, or has j alone where k + step stood."""
    return any(carries(step, t, u, course) for t, u in combinations(sums, 2)) or any(plainer(step, t) for t in sums)


def carries(step: int, one: Total, other: Total, course: Course) -> bool:
    """Whether Σ f(k), with k = j − step, is Σ g(j) up to a constant."""
    if any((end + step - image).expand() != 0 for end, image in zip(one.measure.args, other.measure.args, strict=True) if end.is_finite):
        return False
    x, y = (Dummy(name, integer=True, nonnegative=True) for name in "jk")
    f = [one.body.xreplace({one.x: z - step}) for z in (x, y)]
    g = [other.body.xreplace({other.x: z}) for z in (x, y)]
    there = course.truth.ground.with_(variables=[(x, other.measure), (y, other.measure)])
    return compare(f[0] * g[1], f[1] * g[0], there).verdict == PROVED


def plainer(step: int, total: Total) -> bool:
    """Whether a sum begins at 0 after the change, and not before it, or its terms have no k + step left."""
    x = total.x
    body = total.body.replace(gamma, lambda e: factorial(e - 1))
    before, after = (shifted(e, x) for e in (body, body.xreplace({x: x - step})))
    return step != 0 and (total.measure.lo == -step or after < before)


def shifted(e: Expr, x: Symbol) -> int:
    """How many sums k + c stand in a formula, for a number c."""
    return len([a for a in e.atoms(Add) if isinstance(a - x, Integer)])
