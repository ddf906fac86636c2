"""Where lines give the density: p(x) = … for x ≥ 1 leaves out a part of the support (0, ∞), unless another line gives it there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sympy import Basic, Eq, Expr, Gt, Integer, Lt, Mod, Ne, Symbol
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from derive.check.points import Point, holds
from derive.grade.chance.chances import MARGINAL
from derive.grade.chance.margins import spoken_of
from derive.grade.derivations.course import Course
from derive.grade.derivations.stated import CASE, DEFINITION, EQUATION, POINT, PROPORTION, Line, Stated
from derive.grade.derivations.told import ranges_told, shadow
from derive.grade.equal.ground import Ground
from derive.grade.handed import CORRECT, UNDECIDED, Claim, LineVerdict
from derive.grade.supports import beyond
from derive.grade.writing.assertions import wording
from derive.grade.writing.heads import in_latex
from derive.grade.writing.reading import DENSITIES, scope_of
from derive.grade.writing.spellings import customary
from derive.language.totals import Atoms, Counting, Lebesgue
from derive.read.latex import expression
from derive.read.names import ReadError

CASES = re.compile(r"\\begin\{d?cases\}|\\mathbf\s*\{?\s*1|\\mathbb\s*\{?\s*[1I]|\\mathbbm|\\mathds|\\chi")
ON = re.compile(  # on the interval (0, 1)
    r"\b(?:on|in|over|interval|range|support)\s*(?:\}|\$)\s*(?:\\left)?[\[(](?P<lo>[^,()\[\]]+),(?P<hi>[^,()\[\]]+?)(?:\\right)?[\])]", re.IGNORECASE
)  # fmt: skip
AT = r"\b(?:for|at|when|if|near|where)\s+(?:\w+\s+)?"
SOME = re.compile(rf"{AT}(?:large|small|big|tiny|some|most|many|certain|typical|prime)\b", re.IGNORECASE)
WHOLE = re.compile(rf"{AT}(?:integers?|whole|rational|odd|even)\b", re.IGNORECASE)
COUNTED = re.compile(r"(?<![A-Za-z\\])[a-z]\s*(?:=|\\in\s*\\\{)\s*-?\d+\s*,[^=]*(?:\\[lc]?dots|\.\.\.|…)")  # x = 0, 1, 2, …
FEW = 6
Place = dict[Symbol, Basic]  # the variables of a density, and at what it is taken


@dataclass(frozen=True)
class Region:
    """Where a line gives the density of some variables: the relations that bound it within the support, none of them where it is all of it."""

    line: int
    of: frozenset[Symbol]
    bounds: tuple[Relational, ...]
    single: bool = False  # p(0) = … speaks of one place, and does not say what the density is

    def has(self, at: Point, together: bool) -> bool:
        """Whether a point lies there; relations that never hold together are those of several cases."""
        return all(holds(r, at) for r in self.bounds) if together else any(holds(r, at) for r in self.bounds)


def with_coverage(verdicts: list[LineVerdict], lines: Iterable[Line], course: Course) -> list[LineVerdict]:
    """The verdicts, where a density that lines give on a part of the support alone, or outside of it too, is left open."""
    read = list(lines)
    regions = [region for line in read for region in regions_of(line, course)]
    found = outside(read, course)
    for of in {region.of for region in regions if not region.single}:
        found |= left_out([region for region in regions if region.of == of], course)
    return [LineVerdict(one.line, UNDECIDED, found[one.line]) if one.verdict == CORRECT and one.line in found else one for one in verdicts]


def left_out(regions: list[Region], course: Course) -> dict[int, str]:
    """The last line that gives a density, with a point of the support at which none of them does."""
    inside, names = ground_of(regions[0].of, course), set(regions[0].of)
    together = {r: len(r.bounds) < 2 or bool(inside.with_(*(b for b in r.bounds if not b.has(Mod))).points(names)) for r in regions}
    for at in candidates({b for region in regions for b in region.bounds}, names, inside, course):
        if not any(region.has(at, together[region]) for region in regions):
            where = ", ".join(f"{x} = {at[x]}" for x in sorted(names, key=str) if x in at)
            return {regions[-1].line: f"it gives the density on a part of the support alone, and nothing says what it is at {where}"}
    return {}


def candidates(bounds: Iterable[Relational], names: set[Symbol], inside: Ground, course: Course) -> Iterator[Point]:
    """Points of the support beyond a bound, and the first ones of a support of whole numbers."""
    first = next((v for v in course.truth.problem.variables if names == {v.symbol} and isinstance(v.measure, Counting)), None)
    for r in bounds:
        free = {x for x in r.free_symbols if isinstance(x, Symbol)}
        if not r.has(Mod):
            yield from (at for at in inside.with_(r.negated).points(names | free)[:FEW] if not holds(r, at))
        elif first is not None and first.measure.lo.is_Integer:
            yield from ({**at, first.symbol: first.measure.lo + Integer(k)} for at in inside.points(names | free)[:1] for k in range(FEW))


def ground_of(of: frozenset[Symbol], course: Course) -> Ground:
    """The support of some of the variables."""
    variables = course.truth.problem.variables
    if len(of) == len(variables):
        return course.truth.inside
    return course.truth.ground.with_(variables=[(v.symbol, shadow(v, course)) for v in variables if v.symbol in of])


def regions_of(line: Line, course: Course) -> Iterator[Region]:
    """Where a line gives a density, for each statement that does."""
    counted = {v.symbol for v in course.truth.problem.variables if not isinstance(v.measure, Lebesgue)}
    for s in line.stated:
        places = place_of(s, course)
        if not places:
            continue
        own = set(places)
        told = [r for r in ranges_told(line, course)[0] if r.free_symbols & own and not (isinstance(r, (Eq, Ne)) and not r.free_symbols & counted)]
        told += [r for other in line.stated if (r := valued(other, own & counted)) is not None] + list(interval(line.text, course))
        facts = ground_of(frozenset(own), course).facts
        at = tuple(at_place(x, place) for x, place in places.items() if x != place)
        single = bool(at) and not any(r.has(Mod) for r in at)
        yield Region(line.number, frozenset(own), at or tuple(r for r in told if not facts.follows(r)), single)


def valued(s: Stated, own: set[Symbol]) -> Relational | None:
    """v = 1 beside a density, for a variable that is counted."""
    at = s.sides[0] if s.kind in (DEFINITION, EQUATION, POINT, CASE) and len(s.sides) == 2 else None
    return Eq(at, s.sides[1], evaluate=False) if at in own and s.sides[1].is_number else None


def interval(text: str, course: Course) -> Iterator[Relational]:
    """The interval of "on the interval (0, 1)", for the one variable that there is."""
    match, (v, *more) = ON.search(text), course.truth.problem.variables
    if match is None or more:
        return
    for end, relation in ((match["lo"], Gt), (match["hi"], Lt)):
        try:
            bound = expression(customary(end), scope_of(course.truth))
        except ReadError:
            continue
        if bound.is_infinite is not True:
            yield relation(v.symbol, bound, evaluate=False)


def at_place(x: Symbol, place: Basic) -> Relational:
    """p(0) speaks of x = 0, and p(2ℓ + 1) of odd x."""
    letters = [s for s in place.free_symbols if isinstance(s, Symbol)]
    step = place.diff(letters[0]) if letters and isinstance(place, Expr) else None
    if step is None or not step.is_Integer:
        return Eq(x, place, evaluate=False)
    return Eq(Mod(x, step), place.subs(letters[0], 0) % step, evaluate=False)


def place_of(s: Stated, course: Course) -> Place:
    """The variables of the density that a statement gives, each with its place: x of p(x), 0 of p(0) for whole numbers; none where it gives none."""
    heads = [side for side in s.sides if isinstance(side, AppliedUndef)] if s.kind in (EQUATION, PROPORTION) and len(s.sides) > 1 else []
    first = heads[0] if heads else None
    own = [v.symbol for v in course.truth.problem.variables]
    if not isinstance(first, AppliedUndef):
        return {}
    if first.func.__name__ == MARGINAL:
        return {own[int(first.args[0])]: first.args[1]} if first.args[1] == own[int(first.args[0])] else {}
    at, given = spoken_of(first)
    if first.func.__name__ not in DENSITIES or given or not at:
        return {}
    if set(at) <= set(own):
        return {x: x for x in own if x in at}
    if len(at) != len(own):
        return {}
    letters = at[0].free_symbols - {p.symbol for p in course.truth.problem.parameters}
    whole = isinstance(course.truth.problem.variables[0].measure, Counting)
    return {own[0]: at[0]} if len(own) == 1 and (at[0].is_number or whole and len(letters) == 1 and not at[0].is_Symbol) else {}


def other_points(text: str, course: Course) -> str:
    """A variable that is said to lie in another finite set than its own."""
    for v in course.truth.problem.variables:
        match = re.search(rf"(?<![A-Za-z]){re.escape(in_latex(v))}\s*\\in\s*\\\{{(?P<set>\s*[-+]?\d+(?:\s*,\s*[-+]?\d+)*\s*)\\\}}", text)
        if match and isinstance(v.measure, Atoms) and {int(one) for one in match["set"].split(",")} != set(v.measure.points):
            return in_latex(v)
    return ""


def outside(lines: list[Line], course: Course) -> dict[int, str]:
    """Lines that give the density by cases, or with an indicator, and not as 0 outside the support, or in words at some places only."""
    found = {}
    continuous = all(isinstance(v.measure, Lebesgue) for v in course.truth.problem.variables)
    for line in lines:
        gives = any(place_of(s, course) for s in line.stated)
        if gives and (SOME.search(wording(line.text)) or continuous and (WHOLE.search(wording(line.text)) or COUNTED.search(line.text))):
            found[line.number] = "its words give the density at some places of the support only"
        if gives and (name := other_points(line.text, course)):
            found[line.number] = f"the values that it gives {name} are not those of the problem"
        if CASES.search(line.text) and any(place_of(s, course) for s in line.stated):
            place = beyond(Claim("", "", "p", line.text), course.truth)
            if place is not None and not place.loosely:
                found[line.number] = f"at {place.x} = {place.at}, outside the support, it gives the density the value {place.value}"
    return found
