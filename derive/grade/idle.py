"""Names that a derivation brings in and makes nothing of: what such a name stands for is nowhere said, so that its value cannot be right."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Symbol
from sympy.core.function import AppliedUndef

from derive.grade.course import Course
from derive.grade.cumulative import NAME
from derive.grade.handed import CORRECT, UNDECIDED, LineVerdict
from derive.grade.related import same
from derive.grade.stated import DEFINITION, HELPER, Line, Stated
from derive.language.totals import Total

UNUSED = "no line says what {} is, and none makes use of it"


def without_idle(verdicts: list[LineVerdict], lines: Iterable[Line], course: Course) -> list[LineVerdict]:
    """The verdicts, where "T = 5" alone is left open: a name with one value, a constant or a function, that nothing else speaks of."""
    read = {line.number: line for line in lines}
    found = [s for line in read.values() for s in line.stated]
    named = {one.line: idle_in(read[one.line], found, course) for one in verdicts if one.verdict == CORRECT}
    return [LineVerdict(one.line, UNDECIDED, UNUSED.format(named[one.line])) if named.get(one.line) else one for one in verdicts]


def idle_in(line: Line, found: list[Stated], course: Course) -> str:
    """Such a name in a line; "" where there is none."""
    lone = (alone(s, course, line.number == 1) for s in line.stated)
    return next((name for s, name in zip(line.stated, lone, strict=True) if name and not any(speaks(o, name) for o in found if o is not s)), "")


def alone(s: Stated, course: Course, first: bool) -> str:
    """The name that a statement without "let" gives to one constant, other than 1/Z, or Z on the `first` line, or to a function other than F."""
    if s.kind not in (DEFINITION, HELPER) or len(s.sides) != 2 or s.called or s.let:
        return ""
    left, value = s.sides
    own = {v.symbol for v in course.truth.problem.variables}
    if isinstance(left, AppliedUndef):
        name = left.func.__name__
        return "" if value.has(Total, AppliedUndef) or name == NAME or any(name == told for told, _ in course.cumulative.values()) else name
    moving = value.free_symbols - {p.symbol for p in course.truth.problem.parameters}
    if not isinstance(left, Symbol) or left in own or moving or value.has(Total, AppliedUndef):
        return ""
    names_Z = value != 0 and same(1 / value, course.true, course) or first and same(value, course.true, course)
    return "" if names_Z else left.name


def speaks(s: Stated, name: str) -> bool:
    """Whether a statement has a name in it."""
    sides = (*s.sides, *([s.relation] if s.relation is not None else []))
    names = {x.name for side in sides for x in side.free_symbols if isinstance(x, Symbol)}
    return name in names or any(f.func.__name__ == name for side in sides for f in side.atoms(AppliedUndef))
