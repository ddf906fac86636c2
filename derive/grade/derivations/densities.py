"""What lines say of densities up to a factor: f ∝ g, the kernel of a Gamma(a, b), X ∼ N(μ, σ²), a prior density and a likelihood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from sympy import Basic, Derivative, Expr, Function, S, Symbol, Tuple, expand, expand_log, log, oo
from sympy.core.function import AppliedUndef

from derive.algebra.equality import equal
from derive.grade.chance.chances import IMAGE_DENSITY, MARGINAL, marginal_of, turned
from derive.grade.chance.images import image_of, image_range, of_variable, shift_of
from derive.grade.chance.laws import GAP, kernels_of
from derive.grade.chance.margins import density_at, moving_in
from derive.grade.chance.named import DRAWN_FROM, judge_named
from derive.grade.chance.samples import densities_of_one
from derive.grade.derivations.bayes import DATA, EVIDENCE, LIKELY, PRIOR, by_bayes, ranges_of
from derive.grade.derivations.course import Course
from derive.grade.derivations.inequalities import judge_proportion
from derive.grade.derivations.known import known
from derive.grade.derivations.related import run_through, same
from derive.grade.derivations.stated import NAMED, PREMISE, Stated
from derive.grade.equal.quotients import reduced
from derive.grade.equal.values import evaluated
from derive.grade.handed import CORRECT, UNDECIDED, WRONG
from derive.grade.writing.heads import given_event
from derive.grade.writing.reading import DENSITIES
from derive.language.problem import Problem
from derive.language.totals import Counting, Lebesgue, Measure, Total, substitute
from derive.read.latex_heads import Blank, Given

UNKNOWN_PREMISE = "the problem does not say what the prior density and the likelihood are, and those of the lines do not make up its kernel"


def elsewhere(head: Basic, course: Course) -> bool:
    """Whether a density stands at another place than the variable, as in p(2x) or at a parameter."""
    own = {v.symbol.name for v in course.truth.problem.variables}
    named = {q.symbol.name for q in course.truth.problem.parameters}
    at = [a for a in head.args if not isinstance(a, (Given, Tuple))] if isinstance(head, AppliedUndef) else []
    places = {str(a) for a in at}
    return any(a.args and own & {x.name for x in a.free_symbols} for a in at) or bool(places & named) and not places & own


def judge_proportional(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """Each side held against the density that stands on the left, which a line beginning with ∝ takes from the line before it."""
    head, *sides = s.sides
    course.shape = head = course.shape if isinstance(head, Blank) else head
    if elsewhere(head, course):
        return UNDECIDED, "it speaks of the density at another place than the variable"
    if head is not None and head.has(Derivative):  # p'(x) ∝ …
        shape, moving = known(head, course).doit(), {v.symbol for v in course.truth.problem.variables}
    else:
        shape, moving = shape_of(head, course)
    if shape is None:
        return UNDECIDED, "it could not be established what this density is"
    found = [proportional(known(side, course), shape, moving, course) for side in sides]
    course.started, course.aside = True, course.aside or (course.last, course.about)
    course.last, course.about, course.lost, course.shaped = known(sides[-1], course), None, False, True
    return min(found, key=lambda pair: (WRONG, UNDECIDED, CORRECT).index(pair[0]))


def shape_of(head: Basic | None, course: Course) -> tuple[Expr | None, set[Symbol]]:
    """What a density is proportional to, and in which variables."""
    problem = course.truth.problem
    own = {v.symbol for v in problem.variables}
    if len(own) == 1 or not isinstance(head, AppliedUndef) or head.func.__name__ not in (*DENSITIES, MARGINAL):
        return problem.kernel, own
    if head.func.__name__ == MARGINAL:
        place, at = head.args
        shape = marginal_of(int(place), at, problem, S.One) if at in own else None
        closed = None if shape is None else evaluated(shape, course.truth.inside.facts, course.bench)
        return closed if closed is not None else shape, {at}
    moving = moving_in(head, problem)
    if moving in (own, set()):
        return problem.kernel, own
    shape = density_at(head, problem)
    closed = None if shape is None else evaluated(shape, course.truth.inside.facts, course.bench)
    return closed if closed is not None else shape, moving


def proportional(side: Expr, shape: Expr, moving: set[Symbol], course: Course) -> tuple[str, str]:
    closed = evaluated(side, course.truth.inside.facts, course.bench)
    return judge_proportion(side if closed is None else closed, shape, moving, course.truth.inside)


def judge_density(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """A density that words name, held against the totals that stand before it and the problem's own."""
    sides = tuple(known(side, course) for side in s.sides)
    drawn = s.text.startswith(DRAWN_FROM)
    if drawn:
        return judge_law_of(s, sides, course)
    last = course.last.atoms(Total) if course.last is not None else set()
    verdict, detail = judge_named(s.text, sides, [*last, *course.truth.problem.total.atoms(Total)], course.truth.ground)
    sure = not s.loose and (bool(last) or not course.started or course.shaped)
    return (UNDECIDED, detail) if verdict == WRONG and not sure else (verdict, detail)


def judge_law_of(s: Stated, sides: tuple[Expr, ...], course: Course) -> tuple[str, str]:
    """X ∼ …, X | Y ∼ … or θ | data ∼ …, said of the problem's variables by name."""
    problem = course.truth.problem
    _, name, letter, given = s.text.split(DRAWN_FROM)
    if given_event(given, letter):
        return UNDECIDED, "it is the law given an event, which is not looked at"
    if letter in course.made:
        return judge_law_of_image(name, sides, course.made[letter], course)
    own = {v.symbol.name: v for v in problem.variables}
    v = own.get(letter) or own.get(letter.lower() if len(letter) == 1 else letter) or problem.variables[0]
    said = [re.sub(GAP, "", g.split("=")[-1]).lstrip("\\") for g in given.split(",")]
    after = [own[one].symbol for g in said for one in (g, g.lower()) if one in own]
    density = density_at(Function("p")(Given(v.symbol, *dict.fromkeys(after)) if after else v.symbol), problem)
    closed = None if density is None else evaluated(density, course.truth.inside.facts, course.bench)
    if closed is None:
        return UNDECIDED, "it could not be established what this density is"
    behind = [other for other in problem.variables if other.symbol in after and other.measure.has(v.symbol)]
    measure = turned(behind[0], v) if len(behind) == 1 else None if behind else v.measure  # 0 < y < x says where x lies, given y
    measure = projected(measure, problem) if measure is not None and not after else measure
    if measure is None or any(measure.has(other.symbol) and other.symbol not in after for other in problem.variables):
        return UNDECIDED, "it could not be established where this variable lies"
    ground = course.truth.ground.with_(variables=[(x, m) for x, m in course.truth.inside.variables if x in after and not m.has(v.symbol)])
    verdict, detail = judge_named(name, sides, [Total(closed, v.symbol, measure)], ground)
    if verdict == CORRECT and len(own) == 1:
        course.reached = course.closed = True
    if verdict != CORRECT and course.premises and not given and agreed(PRIOR, list(kernels(name, v.symbol, sides)), course):
        return CORRECT, "with the likelihood it makes up the kernel"
    of_data = bool(given.strip()) and course.posterior
    sure = not s.loose and (course.reached or course.shaped or len(own) > 1) and (of_data or not course.premises and not course.posterior)
    return (UNDECIDED, detail) if verdict == WRONG and not sure else (verdict, detail)


def projected(measure: Measure, problem: Problem) -> Measure:
    """0 ≤ k ≤ n as all k ≥ 0, where n itself has no upper end and k may be as large as n."""
    outer = next((v for v in problem.variables if isinstance(measure, (Counting, Lebesgue)) and measure.hi == v.symbol), None)
    wide = outer is not None and isinstance(outer.measure, type(measure)) and outer.measure.hi is oo and not outer.measure.free_symbols
    if wide and not measure.lo.free_symbols:
        return measure.func(measure.lo, oo)
    return between_ends(measure, problem)


def between_ends(measure: Measure, problem: Problem) -> Measure:
    """0 < y < x for 0 < x < 1 as 0 < y < 1, and x < y for x > 0 as y > 0: where one end is a variable that goes between ends of its own."""
    own = {v.symbol: v.measure for v in problem.variables}
    if not isinstance(measure, Lebesgue):
        return measure
    for at, end in enumerate((measure.lo, measure.hi)):
        outer, fixed = own.get(end), (measure.hi, measure.lo)[at]
        if not isinstance(outer, Lebesgue) or outer.free_symbols & set(own) or fixed.free_symbols & set(own):
            continue
        if fixed == (outer.hi, outer.lo)[at]:  # so that each place between them lies beyond some x
            return measure.func(outer.lo, fixed) if at == 0 else measure.func(fixed, outer.hi)
    return measure


def judge_law_of_image(name: str, sides: tuple[Expr, ...], text: str, course: Course) -> tuple[str, str]:
    """Y ∼ … for a Y = g(X)."""
    g, (v,) = of_variable(text, course.truth), course.truth.problem.variables
    if g is not None and (found := shift_of(g, v)) is not None and isinstance(v.measure, Counting):
        sign, c = found
        y = Symbol("y′", integer=True, **({"nonnegative": True} if course.truth.ground.facts.nonnegative(v.measure.lo + c) and sign > 0 else {}))
        measure = v.measure.func(v.measure.lo + c, v.measure.hi + c) if sign > 0 else v.measure.func(c - v.measure.hi, c - v.measure.lo)
        shifted = substitute(course.truth.problem.kernel, {v.symbol: sign * (y - c)})
        return judge_named(name, sides, [Total(shifted, y, measure)], course.truth.ground)
    ends = None if g is None else image_range(g, course.truth)
    y = Symbol("y′", positive=True) if ends is not None and ends[0] == 0 else Symbol("y′", real=True)
    density = None if ends is None else image_of(Function(IMAGE_DENSITY)(g, y), course.truth, S.One)
    if density is None or ends is None:
        return UNDECIDED, "it could not be established what this density is"
    return judge_named(name, sides, [Total(density, y, Lebesgue(*ends))], course.truth.ground)


def kernels(name: str, x: Symbol, sides: tuple[Expr, ...]) -> Iterator[Expr]:
    yield from (kernel for kernel, _ in kernels_of(name, x, sides))


def judge_premise(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """A prior density or a likelihood: their product has to be proportional to the kernel, and where = stands, each be a density."""
    problem = course.truth.problem
    (v,) = problem.variables
    if s.text == EVIDENCE:
        sides = [side for side in s.sides[1:] if not (isinstance(side, Total) and by_bayes(side.body, course.truth))]
        return judge_evidence([known(side, course) for side in sides], s.loose, course, number)
    values = [known(side, course) for side in s.sides[1:]]
    if s.text == PRIOR and all(proportional(value, problem.kernel, {v.symbol}, course)[0] == CORRECT for value in values):
        density = problem.kernel / course.Z
        return (CORRECT, "it is proportional to the kernel") if s.loose else run_through(density, values, course, number)
    if not s.loose and len(values) > 1:
        found = run_through(values[0], values[1:], course, number)
        if found[0] != CORRECT:
            return found
    if s.loose and any(proportional(b, a, {v.symbol}, course)[0] != CORRECT for a, b in pairwise(values)):
        return UNDECIDED, "these sides could not be held against each other"
    exact = [known(o.sides[-1], course) for o in course.premises if s.loose and o.kind == PREMISE and o.text == s.text and not o.loose]
    if any(proportional(value, one, {v.symbol}, course)[0] == WRONG for one in exact for value in values):
        return WRONG, "It is not proportional to the likelihood that is stated."
    if not s.loose and not sums_to_one(s, values[-1], course):
        return UNDECIDED, "it could not be established that this is a density"
    if not s.loose and free_of_data(values[-1], problem.kernel, course):
        course.likelihood = values[-1]
        return CORRECT, "what it leaves of the kernel does not speak of the data"
    told = course.likelihood if s.loose and s.text.startswith(LIKELY) else None
    if told is not None and all(proportional(value, told, {v.symbol}, course)[0] == CORRECT for value in values):
        return CORRECT, "it is proportional to the likelihood"
    together = agreed(s.text.partition(DATA)[0], values[-1:], course)
    course.likelihood = values[-1] if together and s.text.startswith(LIKELY) else course.likelihood
    return (CORRECT, "the prior density and the likelihood make up the kernel") if together else (UNDECIDED, UNKNOWN_PREMISE)


def judge_evidence(values: list[Expr], loose: bool, course: Course, number: int) -> tuple[str, str]:
    """p(y) = ∫ p(y | θ) p(θ) dθ, of a prior density and a likelihood that the lines state."""
    (v,) = course.truth.problem.variables
    said = [s for s in course.premises if s.kind == PREMISE and not s.loose]
    exact = [[known(s.sides[-1], course) for s in said if s.text.startswith(role)] for role in (PRIOR, LIKELY)]
    if not exact[0]:
        totals = {one: evaluated(Total(one, v.symbol, v.measure), course.truth.ground.facts, course.bench) for one in named_priors(course)}
        exact[0] = [one / total for one, total in totals.items() if total is not None and total != 0]
    if loose or not all(exact):
        return UNDECIDED, UNKNOWN_PREMISE
    found = run_through(Total(exact[0][-1] * exact[1][-1], v.symbol, v.measure), values, course, number)
    course.trouble.pop(number, None)
    return found if found[0] == CORRECT else (UNDECIDED, UNKNOWN_PREMISE)


def free_of_data(likelihood: Expr, kernel: Expr, course: Course) -> bool:
    """Whether the kernel over the density of a sample speaks of nothing else that this does: then it may be a prior density."""
    (v,) = course.truth.problem.variables
    data = likelihood.free_symbols - {v.symbol}
    drawn = any(same(product, likelihood, course) for product, _ in course.drawn)
    slope = expand(reduced(expand_log(log(kernel / likelihood), force=True).diff(v.symbol), course.truth.inside.facts)) if drawn else kernel
    return drawn and bool(data) and not slope.free_symbols & data


def agreed(role: str, values: Iterable[Expr], course: Course) -> bool:
    """Whether one of these with what the lines say of the other makes up the kernel."""
    (v,) = course.truth.problem.variables
    other = list(others(LIKELY if role == PRIOR else PRIOR, course))
    return any(proportional(one * two, course.truth.problem.kernel, {v.symbol}, course)[0] == CORRECT for one in values for two in other)


def others(role: str, course: Course) -> Iterator[Expr]:
    """What the lines say of the prior density or the likelihood."""
    (v,) = course.truth.problem.variables
    for s in course.premises:
        if s.kind == PREMISE and s.text.partition(DATA)[0] == role:
            yield known(s.sides[-1], course)
        elif s.kind == NAMED and role == PRIOR and s.text.startswith(DRAWN_FROM) and not s.text.split(DRAWN_FROM)[3]:
            yield from kernels(s.text.split(DRAWN_FROM)[1], v.symbol, tuple(known(side, course) for side in s.sides))


def named_priors(course: Course) -> Iterator[Expr]:
    """The kernels of the prior density that a line names by its law, in the customary count of its parameters that makes up the kernel."""
    (v,) = course.truth.problem.variables
    for s in course.premises:
        if s.kind == NAMED and s.text.startswith(DRAWN_FROM) and not s.text.split(DRAWN_FROM)[3]:
            found = kernels(s.text.split(DRAWN_FROM)[1], v.symbol, tuple(known(side, course) for side in s.sides))
            yield from (one for one in found if agreed(PRIOR, [one], course))


def sums_to_one(s: Stated, value: Expr, course: Course) -> bool:
    """Whether a prior density has total 1, and a likelihood has as a function of some of the data."""
    (v,) = course.truth.problem.variables
    names = sorted(value.free_symbols - {v.symbol}, key=str)
    of = s.text.partition(DATA)[2].split(",")
    if s.text == PRIOR:
        totals = [Total(value, v.symbol, v.measure)]
    else:
        data = {x: Symbol(f"{x.name}′", **x._assumptions_orig) for x in names if isinstance(x, Symbol) and x.name in of}
        totals = [Total(value.xreplace({x: own}), own, m) for x, own in data.items() for m in ranges_of(x, names)]  # type: ignore[arg-type]
        totals += [t for product, factor in course.drawn if same(product, value, course) for t in densities_of_one(factor)]
    facts = course.truth.inside.facts
    return any(closed is not None and equal(closed, S.One, facts) for closed in (evaluated(total, facts, course.bench) for total in totals))
