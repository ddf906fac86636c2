r"""A final answer for what a density says of itself: its mean, its variance, its distribution function P(X ≤ x) on the support."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Piecewise, S, Symbol, sqrt
from sympy.core.function import AppliedUndef

from derive.check.points import holds
from derive.grade.answers.asked import CDF, MEAN_OF, QUANTITIES, VARIANCE, read_answer
from derive.grade.answers.established import FAILURES, beyond, bounded_below, moment, under, wanted, where_asked
from derive.grade.claims import judged
from derive.grade.conditions import shortest
from derive.grade.diagnose.diagnosis import same, tried
from derive.grade.diagnose.mistakes import VALUES
from derive.grade.diagnose.neighbours import found_value, ranges_near
from derive.grade.diagnose.slips import Case
from derive.grade.equal.by_slope import is_distribution
from derive.grade.equal.values import Bench, evaluated
from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim, Judgement, Mistake
from derive.grade.supports import apart_from_zero, outside, stated_everywhere
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.quantifiers import ALL, as_signs, everywhere
from derive.grade.writing.reading import Said
from derive.language.totals import Counting, Lebesgue, Total, substitute, variable
from derive.moments.law import Law
from derive.read.names import ReadError

QUICK = 1.0  # for what a slip may have computed


def judge_quantity(claim: Claim, truth: Truth, bench: Bench) -> tuple[Judgement, Expr | None]:
    """The verdict on a claim for a mean, a variance or a distribution function, and the value that it gives where that is wrong."""
    base = Judgement(claim.id, UNDECIDED)
    if len(truth.problem.variables) != 1:
        return replace(base, detail="The problem has more than one variable."), None
    try:
        read = read_answer(claim, truth)
    except ReadError as error:
        plain = error.message.endswith("is not declared")
        return replace(base, detail=f"This cannot be read: {error.message if plain else error}."), None
    base = replace(base, read_as=str(read.value))
    truth, found, extra = where_asked(claim.kind, read, truth, bench)
    if found.missing and read.value is S.Infinity and claim.kind == MEAN_OF and bounded_below(truth):
        detail = "This is right: the variable is bounded below, and its mean is infinite."
        return replace(base, verdict=CORRECT, conditions=tuple(map(str, truth.conditions)), detail=detail), None
    if found.missing:
        infinite = isinstance(read.value, Expr) and read.value.has(S.Infinity)
        said_so = f"{QUANTITIES[claim.kind][0].upper()}{QUANTITIES[claim.kind][1:]} does not exist: its integral does not converge absolutely."
        return replace(base, verdict=UNDECIDED if infinite else WRONG, detail=said_so, witness=None if infinite else {}), None
    if found.value is None:
        return replace(base, detail=f"There is nothing to hold this against: {QUANTITIES[claim.kind]} could not be derived."), None
    narrowed = under(truth, extra)
    narrowed = narrowed if claim.kind == CDF else replace(narrowed, inside=narrowed.ground)
    judgement = judged(base, read, QUANTITIES[claim.kind], found.value, narrowed, bench)
    more = beyond(claim.kind, read, extra, truth, bench) if judgement.verdict == CORRECT else ""
    if more:
        return replace(base, detail=f"The formula is right, but {more}."), None
    if claim.kind == CDF and judgement.verdict == UNDECIDED and by_its_slope(read, narrowed):
        conditions = shortest([*narrowed.conditions])
        detail = "This is right: its slope is p, and it begins at 0."
        judgement = replace(base, verdict=CORRECT, conditions=tuple(map(str, conditions)), detail=detail)
    (v,) = truth.problem.variables
    if claim.kind == CDF and judgement.verdict == CORRECT and ALL in everywhere(claim.text, [in_latex(v)]).values():
        return replace(base, detail="The formula is right on the support; it is not clear that it is meant there alone."), None
    if claim.kind == CDF and judgement.verdict == CORRECT and (place := off_the_support(claim, truth)) is not None:
        said_there = f"The formula is right on the support, but it is stated for {place[0]} = {place[1]} too, where it is not {place[2]}."
        outside = Mistake("wrong-domain", "", "what is stated beyond the support is not 0 below it, or not 1 above")
        return replace(base, verdict=WRONG, witness={str(place[0]): str(place[1])}, detail=said_there, mistake=outside), None
    if judgement.verdict != WRONG:
        return judgement, None
    return judgement, evaluated(read.value, narrowed.inside.facts, bench)


def by_its_slope(read: Said, truth: Truth) -> bool:
    """Whether the one side of a claim is proved to be the distribution function by its derivative."""
    (v,), density = truth.problem.variables, truth.density
    value = read.value
    alone = len(read.sides) == 1 and isinstance(value, Expr) and not value.atoms(AppliedUndef) and isinstance(v.measure, Lebesgue)
    stated = all(truth.inside.facts.follows(c) for c in read.conditions)
    return alone and stated and density is not None and is_distribution(value, density, v.symbol, v.measure, truth.inside)


def off_the_support(claim: Claim, truth: Truth) -> tuple[Symbol, Expr, int] | None:
    """A place below the support at which a distribution function that is stated there too is not 0, or above it where it is not 1."""
    (v,) = truth.problem.variables
    if not isinstance(v.measure, (Lebesgue, Counting)):
        return None
    x = Symbol(v.symbol.name, integer=True) if isinstance(v.measure, Counting) else Symbol(v.symbol.name, real=True)
    wide = replace(truth.problem, kernel=truth.problem.kernel.xreplace({v.symbol: x}), variables=(replace(v, symbol=x),))
    try:
        read = read_answer(claim, replace(truth, problem=wide, inside=truth.ground))
    except ReadError:
        return None
    value, conditions = read.sides[-1], [c for c in read.conditions if x in c.free_symbols]
    name = in_latex(v)
    conditions += as_signs(x, everywhere(claim.text, [name]).get(name, ""))
    told = conditions or stated_everywhere(claim.text, v.latex or x.name) or any(x in f.free_symbols for f in value.atoms(Piecewise))
    if not told or not isinstance(value, Expr) or value.atoms(AppliedUndef):
        return None
    for point in truth.ground.points((value.free_symbols | v.measure.free_symbols) - {x})[:3]:
        for at in outside(v.measure, point):
            wanted_there = 0 if at < substitute(v.measure.lo, point) else 1
            if all(holds(c, {**point, x: at}) for c in conditions) and apart_from_zero(value - wanted_there, {**point, x: at}):
                return x, at, wanted_there
    return None


def diagnosed_quantity(value: Expr, kind: str, truth: Truth, bench: Bench) -> Mistake | None:
    """The likely mistake in a wrong mean, variance or distribution function."""
    found = wanted(kind, truth, bench)
    if found.value is None:
        return None
    ground = (truth.inside if kind == CDF else truth.ground).with_(*found.conditions)
    for mistake, other in neighbours(kind, found.value, truth, bench):
        if same(value, other, ground):
            return mistake
    case = Case(found.value, ground.facts, truth, "line", value, totals=False)
    algebra = [usual for usual in VALUES if usual.kind == "algebra"]
    near = remembered_ranges(kind, truth) if kind != CDF else []
    first = tried(case, ground, [usual for usual in VALUES if usual not in algebra])
    return first or next((mistake for mistake, other in near if same(value, other, ground)), None) or tried(case, ground, algebra)


def neighbours(kind: str, value: Expr, truth: Truth, bench: Bench) -> Iterator[tuple[Mistake, Expr]]:
    """Quantities that are given in place of the one that is asked."""
    (x,) = (v.symbol for v in truth.problem.variables)
    if kind == CDF:
        assert truth.density is not None
        yield Mistake("wrong-domain", "", "this is P(X > x), the other side"), 1 - value
        yield Mistake("used-kernel-as-density", "", "this is the density, and not its integral"), truth.density
        if x.is_integer:
            yield Mistake("off-by-one-index", "", f"this is P(X < {x}): the last term is left out"), substitute(value, {x: x - 1})
            yield Mistake("off-by-one-index", "", f"this is P(X ≤ {x + 1}): there is a term too many"), substitute(value, {x: x + 1})
    if kind == VARIANCE:
        yield Mistake("variance-vs-standard-deviation", "", "this is the standard deviation, the root of the variance"), sqrt(value)
        average = wanted(MEAN_OF, truth, bench).value
        if average is not None:
            yield Mistake("algebra", "", "this is E[X²]: the square of the mean has not been subtracted"), value + average**2
            yield Mistake("algebra", "", "this is the mean"), average
    if kind == MEAN_OF and truth.Z is not None:
        yield Mistake("missing-factor", "", "the integral has not been divided by Z"), value * truth.Z
    if kind != CDF and x.is_integer:
        lo = getattr(truth.problem.variables[0].measure, "lo", S.Zero)
        for step in dict.fromkeys((S.One, S.NegativeOne, *([-lo] if lo.is_finite and lo != 0 else []))) if kind == MEAN_OF else ():
            yield Mistake("off-by-one-index", "", "the values are counted from another place than the support begins at"), value + step
    for s in sorted(value.free_symbols - {x}, key=str):
        if s.is_positive:
            yield Mistake("reciprocal", "", f"this is the value with {1 / s} in place of {s}"), substitute(value, {s: 1 / s})


def remembered_ranges(kind: str, truth: Truth) -> list[tuple[Mistake, Expr]]:
    """The means or variances of the kernel on the ranges next door, and by an integral in place of a sum."""
    key = ("ranges of", kind)
    if key not in truth.variants:
        truth.variants[key] = list(on_other_ranges(kind, truth))
    found: list[tuple[Mistake, Expr]] = truth.variants[key]
    return found


def on_other_ranges(kind: str, truth: Truth) -> Iterator[tuple[Mistake, Expr]]:
    (v,), facts = truth.problem.variables, truth.ground.facts
    near = [(measure, Mistake("wrong-domain", "", said.format(x=v.symbol))) for measure, said in ranges_near(v.measure, truth)]
    if isinstance(v.measure, Counting):
        near.append((Lebesgue(*v.measure.args), Mistake("sum-vs-integral", "", "an integral stands in place of the sum")))
    for measure, mistake in near:
        x = variable(v.symbol.name, measure)
        kernel = truth.problem.kernel.xreplace({v.symbol: x})
        Z = found_value(Total(kernel, x, measure), truth)
        if Z is None or Z == 0:
            continue
        law = Law(x, measure, kernel, Z, kernel / Z, facts, time.process_time() + QUICK)
        try:
            found = moment(1 if kind == MEAN_OF else 2, law)
        except FAILURES:
            continue
        if found.value is not None:
            yield mistake, found.value
