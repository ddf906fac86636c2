r"""A final answer for what a density says of itself: its mean, its variance, its distribution function P(X ≤ x) on the support."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sympy import Abs, Basic, Expr, Piecewise, S, Symbol, betainc, sqrt
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.algebra.monomials import TooLarge
from derive.algebra.reading import linear
from derive.check.points import holds
from derive.families import recognise
from derive.grade.chance.moments import MEAN, is_mean, mean_of, with_moments
from derive.grade.claims import judged, spoken
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
from derive.grade.wider import by_symbol, overstated
from derive.grade.writing.heads import in_latex, spelled
from derive.grade.writing.quantifiers import ALL, as_signs, everywhere
from derive.grade.writing.reading import Said, is_name, said
from derive.language.claims import PROVED
from derive.language.totals import Counting, Lebesgue, Total, substitute, variable
from derive.moments import agreement
from derive.moments.law import Law
from derive.moments.tails import NO
from derive.moments.values import Found, exists, mean, raw, variance
from derive.read.latex_heads import Blank
from derive.read.names import ReadError

MEAN_OF, VARIANCE, CDF = "mean", "variance", "cdf"
QUANTITIES = {MEAN_OF: "the mean", VARIANCE: "the variance", CDF: "the distribution function"}
SECONDS = 8.0
QUICK = 1.0  # for what a slip may have computed
GAP = r"(?:\\[,;:! ]|\s)*"
PR = r"(?:P|\\Pr|\\(?:mathbb|mathrm|operatorname)\s*\{?(?:Pr|P)\}?)"
BELOW = rf"{PR}{GAP}(?:\\left)?[(\[]{GAP}[A-Z]{GAP}(?:\\leq?(?:slant)?(?![A-Za-z])|<=|≤)[^()=]*?(?:\\right)?[)\]]"
HEADS = {
    MEAN_OF: rf"(?:\\mu_\{{?[A-Z]\}}?|\\bar\s*\{{?\s*\w\s*\}}?|(?:\\text\s*\{{)?\s*mean\s*\}}?){GAP}=",
    VARIANCE: rf"(?:\\sigma_\{{?[A-Z]\}}?\s*\^\s*\{{?2\}}?|\\sigma\s*\^\s*\{{?2\}}?(?:_\{{?[A-Z]\}}?)?|(?:\\text\s*\{{)?\s*[Vv]ariance\s*\}}?){GAP}=",
    CDF: rf"(?:F{GAP}(?:_\{{?\w\}}?)?{GAP}\([^()=]*\)|{BELOW}){GAP}=",
}


@dataclass(frozen=True)
class Wanted:
    """The true value, None where it was not established, with the conditions under which it exists; `missing`: it is proved not to exist."""

    value: Expr | None
    conditions: tuple[Boolean, ...] = ()
    missing: bool = False


def wanted(kind: str, truth: Truth, bench: Bench) -> Wanted:
    """What a quantity of the problem's density is. It is worked out once for each problem."""
    key = ("quantity", kind)
    if key not in truth.variants:
        truth.variants[key] = worked_out(kind, truth, bench)
    found: Wanted = truth.variants[key]
    return found


def worked_out(kind: str, truth: Truth, bench: Bench) -> Wanted:
    (v,), Z, density = truth.problem.variables, truth.Z, truth.density
    if Z is None or density is None:
        return Wanted(None)
    facts = truth.ground.facts
    family = recognise(truth.problem.kernel, density, v.symbol, v.measure, facts)
    law = Law(v.symbol, v.measure, truth.problem.kernel, Z, density, facts, time.monotonic() + SECONDS, family)
    try:
        return below(law, truth, bench) if kind == CDF else moment(1 if kind == MEAN_OF else 2, law)
    except (TooLarge, RecursionError, ArithmeticError, ValueError, TypeError, NotImplementedError, AttributeError):
        return Wanted(None)


def below(law: Law, truth: Truth, bench: Bench) -> Wanted:
    """P(X ≤ x) for x in the support."""
    if not isinstance(law.measure, (Lebesgue, Counting)):
        return Wanted(None)
    t = Symbol(f"{law.x.name}′", **law.x._assumptions_orig)
    total = Total(law.kernel.xreplace({law.x: t}), t, law.measure.func(law.measure.lo, law.x))
    value = evaluated(total, truth.inside.facts, bench)
    if value is None and (at := kink(law)) is not None:  # on either side of it by itself
        sides = [evaluated(total, truth.inside.with_(side).facts, bench) for side in (law.x < at, law.x > at)]
        value = None if None in sides else Piecewise((sides[0], law.x < at), (sides[1], True))
    return Wanted((total if value is None or value.has(betainc) else value) / law.Z)  # an incomplete beta function has no enclosure


def kink(law: Law) -> Expr | None:
    """The one place at which a kernel changes its form, as |x − μ| does at μ."""
    inside = [a.args[0] for a in law.kernel.atoms(Abs)] + [r.lhs - r.rhs for r in law.kernel.atoms(Relational)]
    found = {-line[1] / line[0] for e in inside if e.has(law.x) and (line := linear(e, law.x)) is not None}
    return found.pop() if len(found) == 1 else None


def moment(n: int, law: Law) -> Wanted:
    """E X, or Var X = E X² − (E X)²: each integral by a checked derivation, else from log Z(t) where an integral agrees in digits."""
    found = exists(law, n)
    if found.verdict == NO:
        return Wanted(None, missing=True)
    average = mean(law)
    if average is None or average.verdict != PROVED:
        own = raw(law.counted, 1, exists(law, 1))
        average = average if own is None else replace(own, value=law.origin + own.value)
    if average is None:
        return Wanted(None)
    if n == 1:
        return confirmed(average, law, law.x)
    square = raw(law.counted, 2, found)
    if square is None or average.verdict != PROVED:
        width = variance(law, average)
        return Wanted(None) if width is None else confirmed(width, law, (law.x - average.value) ** 2)
    return Wanted(square.value - (average.value - law.origin) ** 2, tuple(dict.fromkeys((*average.conditions, *square.conditions))))


def confirmed(found: Found, law: Law, of: Expr) -> Wanted:
    """A value that is proved, or that E `of` by quadrature agrees with."""
    sure = found.verdict == PROVED or agreement(found, law, of) is not None
    return Wanted(found.value, found.conditions) if sure else Wanted(None)


def judge_quantity(claim: Claim, truth: Truth, bench: Bench) -> tuple[Judgement, Expr | None]:
    """The verdict on a claim for a mean, a variance or a distribution function, and the value that it gives where that is wrong."""
    base = Judgement(claim.id, UNDECIDED)
    if len(truth.problem.variables) != 1:
        return replace(base, detail="The problem has more than one variable."), None
    try:
        read = read_claim(claim, truth)
    except ReadError as error:
        plain = error.message.endswith("is not declared")
        return replace(base, detail=f"This cannot be read: {error.message if plain else error}."), None
    base = replace(base, read_as=str(read.value))
    found = wanted(claim.kind, truth, bench)
    if found.missing and read.value is S.Infinity and claim.kind == MEAN_OF and bounded_below(truth):
        return replace(base, verdict=CORRECT, detail="This is right: the variable is bounded below, and its mean is infinite."), None
    if found.missing:
        infinite = isinstance(read.value, Expr) and read.value.has(S.Infinity)
        said_so = f"{QUANTITIES[claim.kind][0].upper()}{QUANTITIES[claim.kind][1:]} does not exist: its integral does not converge absolutely."
        return replace(base, verdict=UNDECIDED if infinite else WRONG, detail=said_so, witness=None if infinite else {}), None
    if found.value is None:
        return replace(base, detail=f"There is nothing to hold this against: {QUANTITIES[claim.kind]} could not be derived."), None
    extra = tuple(c for c in found.conditions if not truth.ground.facts.follows(c))
    narrowed = replace(truth, conditions=(*truth.conditions, *extra), ground=truth.ground.with_(*extra), inside=truth.inside.with_(*extra))
    narrowed = narrowed if claim.kind == CDF else replace(narrowed, inside=narrowed.ground)
    judgement = judged(base, read, QUANTITIES[claim.kind], found.value, narrowed, bench)
    more = overstated(read.conditions, by_symbol(read.unbounded, truth), extra, truth) if judgement.verdict == CORRECT else ""
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


def bounded_below(truth: Truth) -> bool:
    """Whether the support begins at a finite place: then a mean that does not exist is +∞."""
    (v,) = truth.problem.variables
    return isinstance(v.measure, (Lebesgue, Counting)) and bool(v.measure.lo.is_finite)


def by_its_slope(read: Said, truth: Truth) -> bool:
    """Whether the one side of a claim is proved to be the distribution function by its derivative."""
    (v,), density = truth.problem.variables, truth.density
    value = read.value
    alone = len(read.sides) == 1 and isinstance(value, Expr) and not value.atoms(AppliedUndef) and isinstance(v.measure, Lebesgue)
    stated = all(truth.inside.facts.follows(c) for c in read.conditions)
    return alone and stated and density is not None and is_distribution(value, density, v.symbol, v.measure, truth.inside)


def read_claim(claim: Claim, truth: Truth) -> Said:
    """What a claim says, without its head and with means as integrals. Raises ReadError where it cannot be read."""
    return read_quantity(claim, re.compile(rf"{GAP}{HEADS[claim.kind]}"), truth)


def read_quantity(claim: Claim, heads: re.Pattern[str], truth: Truth) -> Said:
    """The same for any head."""
    if claim.sympy:
        return said(claim.text, truth, "Z", True)
    head_ = heads.match(claim.text)
    if head_ and claim.kind == CDF:
        refuse_elsewhere(head_[0], truth)
    text = claim.text[head_.end() :] if head_ else claim.text
    read = said(with_moments(text, truth, ()), truth, "p", helpers=(MEAN,))  # as in p, "where Z = …" may stand beside
    sides = [s for s in read.sides if not isinstance(s, Blank) and not of_parameters(s, truth)] or list(read.sides)
    sides = sides[1:] if len(sides) > 1 and head(sides[0], claim.kind, truth) else sides
    return replace(read, sides=tuple(in_full(s, truth) for s in sides))


def of_parameters(side: Basic, truth: Truth) -> bool:
    """Whether a side is a name for the answer such as f(ε), as a function of parameters: no density of the variable."""
    names = {p.symbol for p in truth.problem.parameters}
    return isinstance(side, AppliedUndef) and not is_mean(side) and bool(side.args) and set(side.args) <= names


def refuse_elsewhere(head: str, truth: Truth) -> None:
    """Raises ReadError for F(2x) = … and P(X ≤ a) = …, which say what F is at another place than x."""
    (v,) = truth.problem.variables
    place = re.sub(rf"{GAP}(?:\\right)?[)\]]{GAP}=$", "", re.split(r"[(\[]|\\leq?(?:slant)?(?![A-Za-z])|<=|≤", head)[-1])
    place = re.split(r"[;|]|\\mid", re.sub(GAP, "", place))[0]
    if place not in (v.latex, spelled(v.symbol.name)):
        raise ReadError(f"F is taken at {place}; a distribution function is read as F({v.symbol.name}) = …")


def off_the_support(claim: Claim, truth: Truth) -> tuple[Symbol, Expr, int] | None:
    """A place below the support at which a distribution function that is stated there too is not 0, or above it where it is not 1."""
    (v,) = truth.problem.variables
    if not isinstance(v.measure, (Lebesgue, Counting)):
        return None
    x = Symbol(v.symbol.name, integer=True) if isinstance(v.measure, Counting) else Symbol(v.symbol.name, real=True)
    wide = replace(truth.problem, kernel=truth.problem.kernel.xreplace({v.symbol: x}), variables=(replace(v, symbol=x),))
    try:
        read = read_claim(claim, replace(truth, problem=wide, inside=truth.ground))
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


def head(side: Basic, kind: str, truth: Truth) -> bool:
    """Whether a side is only the name of what is asked: E[X], E[X²] − E[X]² for Var(X), any other name."""
    (x,) = (v.symbol for v in truth.problem.variables)
    means = {f.args[0] for f in side.atoms(AppliedUndef) if is_mean(f)}
    if kind == VARIANCE and means == {x, x**2} and side.is_Add:
        return True
    return is_name(side) and (not means or kind == MEAN_OF and means == {x})


def in_full(side: Basic, truth: Truth) -> Basic:
    """A side with E[g(X)] as an integral, and p by its true value."""
    assert truth.Z is not None
    side = side.xreplace({f: mean_of(f, truth.problem, truth.Z) for f in side.atoms(AppliedUndef) if is_mean(f)})
    return spoken(side, truth)


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
        law = Law(x, measure, kernel, Z, kernel / Z, facts, time.monotonic() + QUICK)
        try:
            found = moment(1 if kind == MEAN_OF else 2, law)
        except (TooLarge, RecursionError, ArithmeticError, ValueError, TypeError, NotImplementedError, AttributeError):
            continue
        if found.value is not None:
            yield mistake, found.value
