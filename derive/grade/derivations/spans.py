"""What lines say of where a new variable lies, θ ∈ (0, π/2) or u: 0 → ∞, held against the range that the next integral over it has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sympy import Expr, S, Symbol
from sympy.core.relational import Relational

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.grade.derivations.course import Course
from derive.grade.derivations.ranges import sides
from derive.grade.derivations.stated import INEQUALITY, Line
from derive.grade.equal.ends import limit_at
from derive.grade.handed import CORRECT, UNDECIDED, LineVerdict
from derive.grade.writing.heads import spelled
from derive.grade.writing.quantifiers import REAL, everywhere
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
            carried = image(name, value, course) if new == name.name else None
            fits = carried is not None and told is not None and not apart(told[0], True, carried, course.truth.ground.facts)
            if told is not None and there is not None and not fits and apart(*told, there, course.truth.ground.facts):
                (low, high), (lo, hi) = told[0], there
                found[number] = f"{new} is said to lie between {low} and {high}, and the integral over it goes from {lo} to {hi}"
    return [LineVerdict(one.line, UNDECIDED, found[one.line]) if one.verdict == CORRECT and one.line in found else one for one in verdicts]


def image(name: Symbol, value: Expr, course: Course) -> Span | None:
    """Where u = φ(x) goes at the ends of the support of x; the integral over u may be twice one over a half of that."""
    (v, *more) = course.truth.problem.variables
    if more or not isinstance(v.measure, Lebesgue) or v.symbol.name not in {s.name for s in value.free_symbols}:
        return None
    x = Symbol(v.symbol.name, real=True)
    free = value.xreplace({s: x for s in value.free_symbols if s.name == x.name})
    ends = [limit_at(free, x, end, side, course.truth.ground.facts) for end, side in zip(v.measure.args, sides(v.measure.args), strict=True)]
    return None if None in ends else (ends[0], ends[1])


def told_of(name: str, course: Course, lines: list[Line]) -> tuple[Span, bool] | None:
    """The ends between which lines say that a name lies, and whether they give both: y > 0 leaves one open, y ∈ (0, ∞) and y ∈ ℝ none."""
    for x, ends in course.ranges.items():
        if x.name == name:
            return ends, True
    if any(everywhere(line.text, [spelled(name)]).get(spelled(name)) == REAL for line in lines):
        return (S.NegativeInfinity, S.Infinity), True
    told = [*course.assumed, *members(name, lines)]
    lows = {bound for r in told if (bound := bound_of(r, name, "gts")) is not None}
    highs = {bound for r in told if (bound := bound_of(r, name, "lts")) is not None}
    if not (lows or highs) or len(lows) > 1 or len(highs) > 1:
        return None
    both = bool(lows and highs) or any(re.search(MEMBER.format(re.escape(spelled(name))), line.text) for line in lines)
    return (lows.pop() if lows else S.NegativeInfinity, highs.pop() if highs else S.Infinity), both


def members(name: str, lines: Iterable[Line]) -> list[Relational]:
    """The relations of u ∈ (e^{-c}, ∞), which says what the range of u is, even where they follow from what u is."""
    said = [line for line in lines if re.search(MEMBER.format(re.escape(spelled(name))), line.text)]
    return [s.relation for line in said for s in line.stated if s.kind == INEQUALITY and s.relation is not None]


def bound_of(relation: Relational, name: str, side: str) -> Expr | None:
    """The end that a relation puts below a name ("gts": the name is the greater side) or above it ("lts")."""
    x, other = getattr(relation, side, None), getattr(relation, "lts" if side == "gts" else "gts", None)
    return other if isinstance(x, Symbol) and x.name == name and isinstance(other, Expr) else None


def integrated_over(name: str, number: int, lines: list[Line]) -> Span | None:
    """The range of the first integral over a name from a line on."""
    for line in lines:
        totals = [t for s in line.stated for side in s.sides for t in side.atoms(Total) if t.x.name == name] if line.number >= number else []
        spans = {t.measure.args[:2] for t in totals if isinstance(t.measure, Lebesgue)}
        if totals:
            (lo, hi), *more = spans or {(None, None)}
            return (lo, hi) if not more and lo is not None else None
    return None


def apart(told: Span, both: bool, there: Span, facts: Facts) -> bool:
    """Whether a range that is told, whichever end comes first, is not the one there; with one end alone it need only hold the one there."""
    if both:
        return not any(alike(a, c, facts) and alike(b, d, facts) for (a, b), (c, d) in ((told, there), (told, there[::-1])))
    if not all(end.is_number for end in (*told, *there)):
        return False
    (low, high), (lo, hi) = told, ordered(there)
    return bool(lo < low) or bool(hi > high)


def alike(one: Expr, other: Expr, facts: Facts) -> bool:
    """Whether two ends are the same, by proof."""
    return one == other or one.is_finite is not False and other.is_finite is not False and equal(one, other, facts)


def ordered(ends: Span) -> Span:
    """Both ends, the smaller one first."""
    lo, hi = ends
    return (hi, lo) if bool(hi < lo) else ends
