"""What lines say of where a new variable lies, θ ∈ (0, π/2) or u: 0 → ∞, held against the range that the next integral over it has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sympy import Expr, S, Symbol
from sympy.core.relational import Relational

from derive.grade.derivations.course import Course
from derive.grade.derivations.stated import Line
from derive.grade.handed import CORRECT, UNDECIDED, LineVerdict
from derive.language.totals import Lebesgue, Total

Span = tuple[Expr, Expr]
MEMBER = r"(?<![A-Za-z]){}\s*(?:\\in(?![A-Za-z])|∈)\s*(?:\\left\s*)?[(\[]"  # y ∈ (0, ∞)


def with_spans(verdicts: list[LineVerdict], lines: Iterable[Line], course: Course) -> list[LineVerdict]:
    """The verdicts, where a substitution whose new variable is said to lie elsewhere than the integral over it has it is left open."""
    read, own = list(lines), {v.symbol.name for v in course.truth.problem.variables}
    parameters = {p.symbol.name for p in course.truth.problem.parameters}
    found: dict[int, str] = {}
    for number, name, value in course.substitutions:
        for new in {name.name, *(s.name for s in value.free_symbols)} - own - parameters:
            told, there = told_of(new, course, read), integrated_over(new, number, read)
            if told is not None and there is not None and apart(*told, there):
                (low, high), (lo, hi) = told[0], there
                found[number] = f"{new} is said to lie between {low} and {high}, and the integral over it goes from {lo} to {hi}"
    return [LineVerdict(one.line, UNDECIDED, found[one.line]) if one.verdict == CORRECT and one.line in found else one for one in verdicts]


def told_of(name: str, course: Course, lines: list[Line]) -> tuple[Span, bool] | None:
    """The ends between which lines say that a name lies, in numbers, and whether they give both: y > 0 leaves one open, y ∈ (0, ∞) none."""
    for x, ends in course.ranges.items():
        if x.name == name and all(e.is_number for e in ends):
            return ends, True
    lows = {bound for r in course.assumed if (bound := bound_of(r, name, "gts")) is not None}
    highs = {bound for r in course.assumed if (bound := bound_of(r, name, "lts")) is not None}
    if not (lows or highs) or len(lows) > 1 or len(highs) > 1:
        return None
    both = bool(lows and highs) or any(re.search(MEMBER.format(name), line.text) for line in lines)
    return (lows.pop() if lows else S.NegativeInfinity, highs.pop() if highs else S.Infinity), both


def bound_of(relation: Relational, name: str, side: str) -> Expr | None:
    """The number that a relation puts below a name ("gts": the name is the greater side) or above it ("lts")."""
    x, other = getattr(relation, side, None), getattr(relation, "lts" if side == "gts" else "gts", None)
    return other if isinstance(x, Symbol) and x.name == name and isinstance(other, Expr) and other.is_number else None


def integrated_over(name: str, number: int, lines: list[Line]) -> Span | None:
    """The range of the first integral over a name from a line on, where its ends are numbers."""
    for line in lines:
        totals = [t for s in line.stated for side in s.sides for t in side.atoms(Total) if t.x.name == name] if line.number >= number else []
        spans = {t.measure.args[:2] for t in totals if isinstance(t.measure, Lebesgue)}
        if totals:
            (lo, hi), *more = spans or {(None, None)}
            return (lo, hi) if not more and lo is not None and lo.is_number and hi.is_number else None
    return None


def apart(told: Span, both: bool, there: Span) -> bool:
    """Whether a range that is told, whichever end comes first, is not the one there; with one end alone it need only hold the one there."""
    if both:
        return {*told} != {*there}
    (low, high), (lo, hi) = told, ordered(there)
    return bool(lo < low) or bool(hi > high)


def ordered(ends: Span) -> Span:
    """Both ends, the smaller one first."""
    lo, hi = ends
    return (hi, lo) if bool(hi < lo) else ends
