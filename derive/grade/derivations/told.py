"""The range that a line states beside a formula, as t < 0 beside P(X > t) = e^(−λt): the formula has to hold all over it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from sympy import Basic, Eq, Expr, Gt, Integral, Lt, Piecewise, Pow, S, Sum, Symbol, exp
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.algebra.signs import Facts
from derive.check.convergence import FINITE, INFINITE
from derive.check.points import Point
from derive.grade.chance.chances import BEYOND, CHANCE, IMAGES, MARGINAL, functional_of
from derive.grade.chance.images import image_range
from derive.grade.chance.margins import spoken_of
from derive.grade.chance.moments import is_mean
from derive.grade.derivations.course import Course, names_in
from derive.grade.derivations.meanings import CDF, CGF, FUNCTIONS, MGF, PGF, SURVIVAL
from derive.grade.derivations.stated import DEFINITION, EQUATION, INEQUALITY, NOTE, PREMISE, RECALLED, WORDS, Line, Stated
from derive.grade.equal.ground import Ground
from derive.grade.supports import LINE, apart_from_zero
from derive.grade.wider import as_relations, overstated, parameters_everywhere, reached, total_at
from derive.grade.writing.heads import in_latex, spelled
from derive.grade.writing.quantifiers import REAL, everywhere, quantified, throughout
from derive.grade.writing.reading import DENSITIES, scope_of
from derive.grade.writing.spellings import customary
from derive.language.problem import Variable
from derive.language.totals import Counting, Lebesgue, Measure, Total, substitute
from derive.read.latex import statement
from derive.read.latex_heads import Blank, Chain
from derive.read.names import ReadError

EQUATIONS = (EQUATION, DEFINITION, RECALLED, NOTE)
OUTSIDE = "the range that stands beside it goes beyond the support"
ENDLESS = "in the range that stands beside it there are values for which the mean is infinite"
OTHER = "where the mean is finite is not where the cases say"
CONVERGES = re.compile(  # "the integral converges for all a" says of Z where it is finite
    r"\b(?:integral|integrand|series|sum|it|Z|kernel|total)\b[^.;]*\b(?:converges?|finite|integrable|summable|exists?)\b", re.IGNORECASE
)
FEW = 8  # points that are looked at


def ranges_told(line: Line, course: Course) -> tuple[tuple[Relational, ...], frozenset[str]]:
    """The relations between variables, new letters and parameters that stand in a line, and the names whose range the line states."""
    problem = course.truth.problem
    own = {v.symbol for v in problem.variables} | line.letters
    known = own | {p.symbol for p in problem.parameters}
    found = [s.relation for s in line.stated if s.kind == INEQUALITY and s.relation is not None and s.relation.free_symbols <= known]
    told = tuple(r for r in found if r.free_symbols & own and not r.atoms(AppliedUndef, Total))
    real = {x.name for x in own for s in line.stated if s.kind == WORDS and re.search(rf"(?<![A-Za-z]){re.escape(x.name)}\s*{LINE}", s.text)}
    latex = {v.symbol: v.latex for v in problem.variables if v.latex}
    free = everywhere(line.text, [latex.get(x, spelled(x.name)) for x in own])
    kinds = {x: free[name] for x in own if (name := latex.get(x, spelled(x.name))) in free}
    if throughout(line.text):
        kinds |= {x: REAL for x in line.letters or own if x not in kinds}
    told = (*told, *as_relations(kinds))
    return told, frozenset({x.name for r in told for x in r.free_symbols & own} | real | {x.name for x in kinds})


def overreaching(s: Stated, course: Course) -> str:
    """Why a statement does not hold all over the range that its line states for it; empty where it does, or none is stated."""
    relations, names = course.told
    applied = [f for side in s.sides for f in side.atoms(AppliedUndef)] if s.kind != PREMISE else []
    cases = any(side.has(Piecewise) for side in s.sides)
    given = given_in(s, course)
    if names and not cases and any(outside(d, relations, names, course, given) for f in applied for d in distances(f, course)):
        return OUTSIDE
    if names and not (applied or cases) and s.kind in EQUATIONS and fails_outside(s, relations, names, course):
        return OUTSIDE
    means = [f for f in applied if totals_of(f, course)] if cases else []
    totals = {t for side in s.sides for t in side.atoms(Total)} | {t for f in applied for t in totals_of(f, course)}
    if names and not cases and any(endless(t, course) for t in totals):
        return ENDLESS
    pieces = {p for side in s.sides for p in side.atoms(Piecewise)} if means else set()
    return OTHER if any(misplaced(f, p, course) for f in means for p in pieces) else ""


def fails_outside(s: Stated, relations: Iterable[Relational], names: frozenset[str], course: Course) -> bool:
    """Whether an equation in a variable, as √(x²) = x, fails in a stated range outside the support, where x may have another sign."""
    own = [v for v in course.truth.problem.variables if v.symbol.name in names and isinstance(v.measure, (Lebesgue, Counting))]
    if len(own) != 1 or not re.search(rf"(?<![A-Za-z]){re.escape(in_latex(own[0]))}(?![A-Za-z])", s.text):
        return False
    (v,) = own
    free = Symbol(v.symbol.name, **({"integer": True} if isinstance(v.measure, Counting) else {"real": True}))
    wide = replace(course.truth, problem=replace(course.truth.problem, variables=(replace(v, symbol=free),)))
    try:
        found = statement(customary(s.text), scope_of(wide, {x.name: x for x in course.defined if x.name != v.symbol.name}, strict=False))
    except ReadError:
        return False
    sides = found.args if isinstance(found, (Chain, Eq)) else ()
    if len(sides) < 2 or any(not isinstance(side, Expr) or side.atoms(AppliedUndef, Total, Integral, Sum) for side in sides):
        return False
    letters = {x for side in sides for x in side.free_symbols} - {free} | {v.symbol}
    drawn = [at for d in within_ends(v.measure, [v.symbol]) for at in places([*relations, Lt(d, 0, evaluate=False)], letters, course)]
    return any(apart_from_zero(a - b, {**at, free: at[v.symbol]}) for at in drawn if v.symbol in at for a, b in pairwise(sides))


def for_every(line: Line, course: Course) -> frozenset[Symbol]:
    """The variables of which a line speaks for all values."""
    own = {in_latex(v): v.symbol for v in course.truth.problem.variables}
    return frozenset(own[name] for name in quantified(line.text, own))


def beyond_parameters(line: Line, conditions: Iterable[Boolean], course: Course) -> str:
    """Why what a line says does not hold all over the range that it states for parameters; `conditions` are those that it needs.

    A reason that follows from what the problem declares, as "since b ≠ 0" where b > 0, states no range.
    """
    facts = Facts(course.truth.problem.conditions)
    found = [s for s in line.stated if s.kind == INEQUALITY and s.relation is not None]
    stated = [s.relation for s in found if not (s.reason and facts.follows(s.relation))]
    speaks = bool(CONVERGES.search(line.text)) or any(gives_total(s, course) for s in line.stated)
    needed = [*conditions, *(course.truth.conditions if speaks else ())]
    return overstated(stated, parameters_everywhere(line.text, course.truth), needed, course.truth)


def gives_total(s: Stated, course: Course) -> bool:
    """Whether a statement speaks of Z or p by name, or of the total itself, or goes on from that: it holds where that is finite."""
    total, goes_on = course.truth.problem.total, course.claimed is not None and course.about is not None
    return s.kind == EQUATION and any(names_in(side) or total in side.atoms(Total) or goes_on and isinstance(side, Blank) for side in s.sides[:1])


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
        alone = shadow(v, course)
        yield from where_bounded(replace(v, measure=alone), course) if at == v.symbol and not alone.free_symbols & own else ()
        return
    elif name in DENSITIES or of_a_place(name):
        at = spoken_of(f)[0]
        if len(problem.variables) > 1 and set(at) == {v.symbol for v in problem.variables}:
            yield from (d for v in problem.variables for d in where_bounded(v, course))
            return
        only = problem.variables[0] if len(problem.variables) == 1 and len(at) == 1 and at[0] in course.letters else None
        variable = next((v for v in problem.variables if at == (v.symbol,)), only)
        measure, ends = (variable.measure if variable is not None else None), list(at)
    else:
        return
    yield from within_ends(measure, ends)


def of_a_place(name: str) -> bool:
    """Whether a letter stands for a distribution function or a survival function, which say something of each place of the line."""
    return bool({CDF, SURVIVAL} & set(FUNCTIONS.get(name, ())))


def shadow(v: Variable, course: Course) -> Measure:
    """Over what a variable ranges by itself: y of 0 < y < x < 1 lies in (0, 1)."""
    measure, facts = v.measure, course.truth.inside.facts
    if not isinstance(measure, (Lebesgue, Counting)):
        return measure
    lo, hi = measure.args
    for u in reversed(course.truth.problem.variables):
        if u.symbol == v.symbol or not isinstance(u.measure, (Lebesgue, Counting)):
            continue
        lo, hi = extreme(lo, u, facts, -1), extreme(hi, u, facts, 1)
    return measure.func(lo, hi)


def extreme(e: Expr, u: Variable, facts: Facts, sign: int) -> Expr:
    """The largest value (sign 1) or the smallest one (−1) of an end that moves one way with another variable; the end itself where that is open."""
    slope = sign * e.diff(u.symbol) if u.symbol in e.free_symbols else S.Zero
    lo, hi = u.measure.args
    at = hi if facts.nonnegative(slope) else lo if facts.nonnegative(-slope) else None
    found = e if at is None or slope == 0 else substitute(e, {u.symbol: at})
    return e if found.has(S.NaN, S.ComplexInfinity) else found


def where_bounded(v: Variable, course: Course) -> Iterator[Expr]:
    """How far a variable of several lies inside its range, from the ends on whose side a bound is stated: 0 < y < x says nothing above x.

    "For all x > 0" says something of both sides.
    """
    measure = v.measure
    if not isinstance(measure, (Lebesgue, Counting)):
        return
    below, above = ({getattr(r, side, None) for r in course.told[0]} for side in ("gts", "lts"))
    below, above = below | course.every, above | course.every
    for d in (v.symbol - measure.lo, measure.hi - v.symbol):
        signs = {x: d.diff(x) for x in d.free_symbols}
        stated = any(x in below and slope.is_positive or x in above and slope.is_negative for x, slope in signs.items())
        if d.is_infinite is not True and stated:
            yield d


def within_ends(measure: Measure | None, places: Iterable[Expr]) -> Iterator[Expr]:
    """How far places lie inside a range, from either end."""
    if isinstance(measure, (Lebesgue, Counting)):
        yield from (d for e in places for d in (e - measure.lo, measure.hi - e) if d.is_infinite is not True)


def given_in(s: Stated, course: Course) -> set[Symbol]:
    """The variables that are given in a conditional density: x of f(y | x), or of f(x, y)/f_X(x)."""
    own = [v.symbol for v in course.truth.problem.variables]
    applied = {f for side in s.sides for f in side.atoms(AppliedUndef)}
    below = {p.base for side in s.sides for p in side.atoms(Pow) if p.exp == -1 and isinstance(p.base, AppliedUndef)}
    placed = {own[int(f.args[0])] for f in below if f.func.__name__ == MARGINAL}
    return placed | {x for f in applied if f.func.__name__ in DENSITIES for x in spoken_of(f)[1] if x in own}


def outside(d: Expr, relations: Iterable[Relational], names: frozenset[str], course: Course, given: Iterable[Symbol] = ()) -> bool:
    """Whether a distance is negative somewhere in a stated range; where some letter's range is not stated, it is meant to lie inside.

    A variable of several whose range is not stated, or which is given, lies where it lies by itself.
    """
    own = {v.symbol for v in course.truth.problem.variables} | course.letters
    moving = d.free_symbols & own
    if not moving or not {x.name for x in moving} & names:
        return False
    reached_by = moving | {x for r in relations for x in r.free_symbols}
    others = [v for v in course.truth.problem.variables if v.symbol in reached_by and (v.symbol.name not in names or v.symbol in given)]
    missing = {x.name for x in moving} - names - {v.symbol.name for v in others}
    if missing or others and len(course.truth.problem.variables) == 1:
        return False
    alone = [(v.symbol, end, sign) for v in others for end, sign in zip(shadow(v, course).args[:2], (Gt, Lt), strict=False)]
    inside = [sign(x, end, evaluate=False) for x, end, sign in alone if isinstance(end, Expr) and end.is_infinite is not True]
    return bool(places([*relations, *inside, Lt(d, 0, evaluate=False)], d.free_symbols, course))


def places(relations: Iterable[Relational], symbols: Iterable[Basic], course: Course, letters: Iterable[Symbol] = ()) -> list[Point]:
    """Points in a stated range, on either side of the support; for `letters` those at its ends and far out too."""
    own = {v.symbol: isinstance(v.measure, Counting) for v in course.truth.problem.variables}
    free = {x: Symbol(x.name, **({"integer": True} if whole else {"real": True})) for x, whole in own.items()}
    told = [r.func(*(side.xreplace(free) for side in r.args)) for r in relations]
    if S.false in told:
        return []
    kept = [r for r in told if r != S.true]
    wanted = {free.get(x, x) for x in {*symbols, *(x for r in relations for x in r.free_symbols)} if isinstance(x, Symbol)}
    ground = Ground([*course.truth.ground.outside.relations, *course.assumed])
    back = {there: x for x, there in free.items()}
    found = reached(kept, letters, wanted, ground) if letters else ground.with_(*kept).points(wanted)[:FEW]
    return [{back.get(x, x): value for x, value in at.items()} for at in found]


def totals_of(f: AppliedUndef, course: Course) -> list[Total]:
    """The totals that a mean is, or a function of a letter by what it was introduced for."""
    problem, name = course.truth.problem, f.func.__name__
    if len(problem.variables) != 1:
        return []
    if is_mean(f):
        value = functional_of(f, problem, course.Z)
        return list(value.atoms(Total)) if value is not None else []
    if name not in course.meant or len(f.args) != 1:
        return []
    argument, side = course.meant[name]
    meant = substitute(side, {argument: f.args[0]}) if isinstance(f.args[0], Expr) else side
    means = [t for g in meant.atoms(AppliedUndef) if is_mean(g) for t in totals_of(g, course)]
    return [*means, *meant.atoms(Total), *([] if means or meant.has(Total) else generated(name, f.args[0], course))]


def generated(name: str, t: Expr, course: Course) -> list[Total]:
    """E[e^{tX}] or E[t^X] for a letter that stands for a generating function by custom."""
    (v,), kinds = course.truth.problem.variables, FUNCTIONS.get(name, ())
    body = exp(t * v.symbol) if MGF in kinds or CGF in kinds else t**v.symbol if PGF in kinds and isinstance(v.measure, Counting) else None
    return [] if body is None else [Total(body * course.truth.problem.kernel, v.symbol, v.measure)]


def converging(f: AppliedUndef, at: Point, course: Course) -> str:
    """Whether the total that a mean is converges at a point."""
    verdicts = {total_at(t, at) for t in totals_of(f, course)}
    return INFINITE if INFINITE in verdicts else FINITE if verdicts == {FINITE} else ""


def endless(total: Total, course: Course) -> bool:
    """Whether a total with a letter in it is infinite somewhere in the range that the line states for the letter."""
    relations, names = course.told
    letters = [x for x in total.free_symbols & course.letters if x.name in names]
    if not letters or course.turned & {x.name for x in letters}:
        return False
    return any(total_at(total, at) == INFINITE for at in places(relations, total.free_symbols, course, letters))


def misplaced(f: AppliedUndef, cases: Piecewise, course: Course) -> bool:
    """Whether cases say that a mean is finite where it is not, or the other way round."""
    letters = f.free_symbols & course.letters & cases.free_symbols
    conditions = [c for _, c in cases.args if isinstance(c, Relational)]
    regions = [r for c in conditions for r in (c, c.negated)]
    drawn = [at for r in regions for at in places([r], cases.free_symbols, course, letters)] if letters else []
    for at in drawn:
        found, value = converging(f, at, course), cases.xreplace(at)
        if found and isinstance(value, Expr) and (value.is_infinite is True) == (found == FINITE):
            return True
    return False
