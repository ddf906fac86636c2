"""What lines say of where a new variable lies, θ ∈ (0, π/2) or u: 0 → ∞, held against the range that the next integral over it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sympy import Expr, S, Symbol
from sympy.core.relational import Relational

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.check.points import holds
from derive.grade.derivations.course import Course
from derive.grade.derivations.ranges import sides
from derive.grade.derivations.stated import ENDS, INEQUALITY, Line
from derive.grade.equal.ends import limit_at
from derive.grade.handed import CORRECT, UNDECIDED, LineVerdict
from derive.grade.writing.heads import spelled
from derive.grade.writing.quantifiers import REAL, everywhere
from derive.grade.writing.reading import scope_of
from derive.language.totals import Counting, Lebesgue, Total, support
from derive.read.latex import expression
from derive.read.names import ReadError

Span = tuple[Expr, Expr]
MANY = 12  # points that are looked at
RUNS = re.compile(  # "x runs from 0 to y", in \\text or beside dollars
    r"(?P<name>(?<![A-Za-z\\])[a-z](?![A-Za-z])|\\[a-z]+)\s*\$?\s*(?:\\text(?:rm)?\s*\{)?\s*(?:now\s+|then\s+)?(?:runs|ranges|varies|goes)\s+from\s*\}?\s*\$?"
    r"(?P<lo>[^{}$=<>]{1,40}?)\$?\s*(?:\\text(?:rm)?\s*\{)?\s*to\s*\}?\s*\$?(?P<hi>[^{}$=<>,;:.]{1,40}?)(?=\$|[,;:.]|\\text|\\q?quad|$)"
)
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
    for line in read:
        run = [(str(s.sides[0]), (s.sides[1], s.sides[2])) for s in line.stated if s.kind == ENDS]
        for name, ends in [*run, *in_words(line.text, course)]:
            if why := elsewhere(name, ends, read, course) if name in own else not_over(name, ends, line.number, read, course):  # type: ignore[arg-type]
                found[line.number] = why
    return [LineVerdict(one.line, UNDECIDED, found[one.line]) if one.verdict == CORRECT and one.line in found else one for one in verdicts]


def in_words(text: str, course: Course) -> Iterator[tuple[str, Span]]:
    r"""What words say of where a name runs, "x \text{ runs from } 0 \text{ to } y", where both ends can be read."""
    for match in RUNS.finditer(text):
        try:
            yield match["name"].lstrip("\\"), tuple(expression(match[end].strip(" $.,;"), scope_of(course.truth)) for end in ("lo", "hi"))  # type: ignore[misc]
        except ReadError:
            continue


def not_over(name: str, ends: Span, number: int, lines: list[Line], course: Course) -> str:
    """Why a new variable does not run between these ends: the next integral over it has others, and so has what it was introduced for."""
    there = integrated_over(name, number, lines) or integrated_over(name, number - 1, lines)
    carried = [image(n, value, course) for _, n, value in course.substitutions if n.name == name]
    facts = course.truth.ground.facts
    if there is None or not apart(ends, True, there, facts) or any(span is not None and not apart(ends, True, span, facts) for span in carried):
        return ""
    return f"{name} is said to run from {ends[0]} to {ends[1]}, and the integral over it goes from {there[0]} to {there[1]}"


def elsewhere(name: str, ends: Span, lines: list[Line], course: Course) -> str:
    """Why "x runs from 0 to y" is not where a variable of the problem lies: no integral over it goes so far, and it goes beyond the support."""
    v = next((v for v in course.truth.problem.variables if v.symbol.name == name), None)
    if v is None or not isinstance(v.measure, (Lebesgue, Counting)):
        return ""
    totals = [t for line in lines for one in line.stated for side in one.sides for t in side.atoms(Total)]
    spans = [t.measure.args[:2] for t in (*totals, course.truth.problem.total, *course.truth.problem.total.atoms(Total)) if t.x.name == v.symbol.name]
    facts = course.truth.ground.facts
    if any(alike(a, c, facts) and alike(b, d, facts) for a, b in spans for c, d in (ends, ends[::-1])):
        return ""
    lo, hi = ends
    if len(course.truth.problem.variables) > 1 and not outside(v.symbol, lo, hi, course):
        return ""
    return f"no integral or sum over {name} goes from {lo} to {hi}"


def outside(x: Symbol, lo: Expr, hi: Expr, course: Course) -> bool:
    """Whether x between two ends, which speak of the other variables, is outside the support somewhere."""
    variables = course.truth.problem.variables
    free = {v.symbol: Symbol(v.symbol.name, real=True) for v in variables}
    told = [r for end, r in ((lo, lo.xreplace(free) < free[x]), (hi, free[x] < hi.xreplace(free))) if end.is_infinite is not True]
    bounds = [r.xreplace(free) for v in variables for r in support(v.symbol, v.measure) if isinstance(r, Relational)]
    others = [r for r in bounds if free[x] not in r.free_symbols]
    ground = course.truth.ground.with_(*told, *others)
    return any(not holds(r, at) for at in ground.points(set(free.values()))[:MANY] for r in bounds)


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
