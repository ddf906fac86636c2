"""The range that a line states beside a formula, as t < 0 beside P(X > t) = e^(−λt): the formula has to hold all over it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sympy import Basic, Expr, Lt, Piecewise, S, Symbol
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from derive.algebra.signs import Facts
from derive.check.convergence import FINITE, INFINITE, convergence
from derive.check.points import Point
from derive.grade.chance.chances import BEYOND, CHANCE, IMAGES, MARGINAL, functional_of
from derive.grade.chance.images import image_range
from derive.grade.chance.margins import spoken_of
from derive.grade.chance.moments import is_mean
from derive.grade.derivations.course import Course
from derive.grade.derivations.stated import INEQUALITY, PREMISE, WORDS, Line, Stated
from derive.grade.equal.ground import Ground
from derive.grade.supports import LINE
from derive.grade.writing.reading import DENSITIES
from derive.language.problem import Variable
from derive.language.totals import Counting, Lebesgue, Measure, Total, substitute

OUTSIDE = "the range that stands beside it goes beyond the support"
ENDLESS = "in the range that stands beside it there are values for which the mean is infinite"
OTHER = "where the mean is finite is not where the cases say"
FEW = 8  # points that are looked at


def ranges_told(line: Line, course: Course) -> tuple[tuple[Relational, ...], frozenset[str]]:
    """The relations between variables, new letters and parameters that stand in a line, and the names whose range the line states."""
    own = {v.symbol for v in course.truth.problem.variables} | line.letters
    known = own | {p.symbol for p in course.truth.problem.parameters}
    found = [s.relation for s in line.stated if s.kind == INEQUALITY and s.relation is not None and s.relation.free_symbols <= known]
    told = tuple(r for r in found if r.free_symbols & own and not r.atoms(AppliedUndef, Total))
    real = {x.name for x in own for s in line.stated if s.kind == WORDS and re.search(rf"(?<![A-Za-z]){re.escape(x.name)}\s*{LINE}", s.text)}
    return told, frozenset({x.name for r in told for x in r.free_symbols & own} | real)


def overreaching(s: Stated, course: Course) -> str:
    """Why a statement does not hold all over the range that its line states for it; empty where it does, or none is stated."""
    relations, names = course.told
    applied = [f for side in s.sides for f in side.atoms(AppliedUndef)] if s.kind != PREMISE else []
    cases = any(side.has(Piecewise) for side in s.sides)
    if names and not cases and any(outside(d, relations, names, course) for f in applied for d in distances(f, course)):
        return OUTSIDE
    means = [f for f in applied if is_mean(f)]
    if names and not cases and any(endless(f, at, course) for f in means for at in places(relations, f.free_symbols, course)):
        return ENDLESS
    pieces = {p for side in s.sides for p in side.atoms(Piecewise)} if means else set()
    return OTHER if any(misplaced(f, p, course) for f in means for p in pieces) else ""


def distances(f: AppliedUndef, course: Course) -> Iterator[Expr]:
    """What is negative where a probability or a density is taken outside the support."""
    problem, name = course.truth.problem, f.func.__name__
    measure: Measure | None
    if name in (CHANCE, BEYOND):
        lo, hi, place = f.args
        measure, ends = problem.variables[int(place)].measure, [e for e in (lo, hi) if e.is_infinite is not True]
    elif name in IMAGES:
        g, at = f.args
        found = image_range(g, course.truth)
        measure, ends = (Lebesgue(*found) if found is not None else None), [at]
    elif name == MARGINAL:
        place, at = f.args
        v, own = problem.variables[int(place)], {v.symbol for v in problem.variables}
        yield from where_bounded(v, course.told[0]) if at == v.symbol and not v.measure.free_symbols & own else ()
        return
    elif name in DENSITIES or name == "F":
        at = spoken_of(f)[0]
        if len(problem.variables) > 1 and set(at) == {v.symbol for v in problem.variables}:
            yield from (d for v in problem.variables for d in where_bounded(v, course.told[0]))
            return
        variable = next((v for v in problem.variables if at == (v.symbol,)), None)
        measure, ends = (variable.measure if variable is not None else None), list(at)
    else:
        return
    yield from within_ends(measure, ends)


def where_bounded(v: Variable, relations: Iterable[Relational]) -> Iterator[Expr]:
    """How far a variable of several lies inside its range, from the ends on whose side a bound is stated: 0 < y < x says nothing above x."""
    measure = v.measure
    if isinstance(measure, (Lebesgue, Counting)):
        below, above = ({getattr(r, side, None) for r in relations} for side in ("gts", "lts"))
        found = [d for said, d in ((below, v.symbol - measure.lo), (above, measure.hi - v.symbol)) if v.symbol in said]
        yield from (d for d in found if d.is_infinite is not True)


def within_ends(measure: Measure | None, places: Iterable[Expr]) -> Iterator[Expr]:
    """How far places lie inside a range, from either end."""
    if isinstance(measure, (Lebesgue, Counting)):
        yield from (d for e in places for d in (e - measure.lo, measure.hi - e) if d.is_infinite is not True)


def outside(d: Expr, relations: Iterable[Relational], names: frozenset[str], course: Course) -> bool:
    """Whether a distance is negative somewhere in a stated range; where some letter's range is not stated, it is meant to lie inside."""
    own = {v.symbol for v in course.truth.problem.variables} | course.letters
    moving = d.free_symbols & own
    if not moving or not {x.name for x in moving} <= names:
        return False
    return bool(places([*relations, Lt(d, 0, evaluate=False)], d.free_symbols, course))


def places(relations: Iterable[Relational], symbols: Iterable[Basic], course: Course) -> list[Point]:
    """Points in a stated range, on either side of the support."""
    own = {v.symbol: isinstance(v.measure, Counting) for v in course.truth.problem.variables}
    free = {x: Symbol(x.name, **({"integer": True} if whole else {"real": True})) for x, whole in own.items()}
    told = [r.func(*(side.xreplace(free) for side in r.args)) for r in relations]
    if S.false in told:
        return []
    kept = [r for r in told if r != S.true]
    wanted = {free.get(x, x) for x in {*symbols, *(x for r in relations for x in r.free_symbols)} if isinstance(x, Symbol)}
    ground = Ground([*course.truth.ground.outside.relations, *course.assumed, *kept])
    back = {there: x for x, there in free.items()}
    return [{back.get(x, x): value for x, value in at.items()} for at in ground.points(wanted)[:FEW]]


def converging(f: AppliedUndef, at: Point, course: Course) -> str:
    """Whether the total that a mean is converges at a point."""
    value = functional_of(f, course.truth.problem, course.Z)
    totals = list(value.atoms(Total)) if value is not None and len(course.truth.problem.variables) == 1 else []
    found = [substitute(t, {x: v for x, v in at.items() if x != t.x}) for t in totals]
    verdicts = {convergence(t.body, t.x, t.measure, Facts()).verdict for t in found if not t.free_symbols}
    return INFINITE if INFINITE in verdicts else FINITE if verdicts == {FINITE} else ""


def endless(f: AppliedUndef, at: Point, course: Course) -> bool:
    return bool(f.free_symbols & course.letters & at.keys()) and converging(f, at, course) == INFINITE


def misplaced(f: AppliedUndef, cases: Piecewise, course: Course) -> bool:
    """Whether cases say that a mean is finite where it is not, or the other way round."""
    letters = f.free_symbols & course.letters & cases.free_symbols
    conditions = [c for _, c in cases.args if isinstance(c, Relational)]
    drawn = [at for c in conditions for at in places([c], cases.free_symbols, course)] if letters else []
    for at in drawn:
        found, value = converging(f, at, course), cases.xreplace(at)
        if found and isinstance(value, Expr) and (value.is_infinite is True) == (found == FINITE):
            return True
    return False
