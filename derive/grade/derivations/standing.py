"""Names of a standing meaning, held against what the density gives: κ₃, γ₁, H, I(θ), M(t), S(x), h(x), Q(u), a median, F = −log Z/β."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sympy import Add, Expr, Function, I, Piecewise, Rational, S, Symbol, expand, expand_log, log, sqrt

from derive.families import recognise
from derive.grade.chance.chances import chance_of
from derive.grade.chance.energies import INVERSE_TEMPERATURES, energy_of
from derive.grade.chance.moments import MEAN
from derive.grade.derivations import meanings as of
from derive.grade.derivations.course import Course, moving
from derive.grade.derivations.cumulative import rises_to_one, small
from derive.grade.derivations.known import known
from derive.grade.derivations.leads import integrated, used
from derive.grade.derivations.meanings import Meaning
from derive.grade.derivations.related import described, related
from derive.grade.derivations.stated import Line
from derive.grade.handed import CORRECT, UNDECIDED, WRONG, LineVerdict
from derive.grade.writing.reading import in_closed_form
from derive.language.claims import PROVED, REFUTED
from derive.language.problem import Moment
from derive.language.totals import Atoms, Counting, Lebesgue, Total, substitute
from derive.moments.law import Law
from derive.moments.mode import mode

UNCHECKED = "taken as a definition, not checked"
Pair = tuple[Expr, Expr]  # what should be, and what the line makes of it


def judged_meaning(meaning: Meaning, value: Expr, argument: Expr | None, course: Course) -> tuple[str, str] | None:
    """The verdict on a value by what its name stands for; None where nothing is known of that, or it may stand for something else."""
    variables = course.truth.problem.variables
    if not meaning.kinds or len(variables) != 1 and not {kind for kind, _ in meaning.kinds} <= {of.FREE, of.HEAT, of.ENERGY}:
        return None
    before, found = course.local, list[tuple[str, str, str]]()
    for kind, order in meaning.kinds:
        for expected, got in wanted(kind, order, value, argument, course):
            held = related(expected, got, course)
            if held.equality.verdict == PROVED or held.equality.verdict != REFUTED and by_slope(kind, value, argument, course):
                own = {p.symbol for p in course.truth.problem.parameters}
                more = (*held.conditions, *(r for r in course.local if r not in before and r.free_symbols <= own))
                course.conditions += [c for c in more if c not in course.conditions]
                course.local = before
                return CORRECT, f"this is the {kind}"
            what = "the chance of X ≤ it" if kind in (of.MEDIAN, of.QUANTILE) else "it"
            found.append((held.equality.verdict, kind, described(held, what, "is what it should be")[1]))
        course.local = before
    if not found or not meaning.sure:
        return None
    if all(verdict == REFUTED for verdict, _, _ in found) and not course.foreign and not course.made and not (course.posterior and course.prior):
        return WRONG, f"This is not the {found[0][1]}. {found[0][2]}"
    return UNDECIDED, f"it could not be established that this is the {found[0][1]}"


def by_slope(kind: str, value: Expr, argument: Expr | None, course: Course) -> bool:
    """Whether a value is the distribution or survival function by its derivative and its limit."""
    (v,) = course.truth.problem.variables
    if kind not in (of.CDF, of.SURVIVAL) or argument != v.symbol or not isinstance(v.measure, Lebesgue) or value.has(Total, Piecewise):
        return False
    return rises_to_one(value if kind == of.CDF else 1 - value, course)


def wanted(kind: str, order: int, value: Expr, argument: Expr | None, course: Course) -> Iterator[Pair]:
    """The equations that hold if a value is what it is called; several where the name is used in several ways."""
    v = course.truth.problem.variables[0]
    if kind in SIMPLE and not moving(value, course):
        yield from ((each, value) for each in SIMPLE[kind](order, course))
    elif kind in (of.CDF, of.SURVIVAL, of.HAZARD) and isinstance(argument, Symbol):
        yield from ((each, value) for each in at_argument(kind, argument, course))
    elif kind in (of.MGF, of.CGF, of.PGF, of.CF) and isinstance(argument, Symbol) and not moving(value, course):
        yield from ((each, value) for each in transformed(kind, argument, course))
    elif kind in (of.FISHER, of.SCORE):
        yield from ((each, value) for each in by_parameter(kind, argument, course))
    elif kind == of.MODE and isinstance(v.measure, Lebesgue) and (top := mode_of(course)) is not None and top.value is not None:
        course.local = [*course.local, *top.conditions]
        yield top.value, value
    elif kind in (of.MEDIAN, of.QUANTILE) and isinstance(v.measure, Lebesgue) and not moving(value, course):
        level = S.Half if kind == of.MEDIAN else argument
        if isinstance(level, Symbol):
            course.local = [*course.local, level > 0, level < 1]
        below = chance_of(-S.Infinity, value, 0, course.truth.problem, course.Z) if level is not None else None
        if below is not None and inside(value, course):
            yield level, below


def inside(value: Expr, course: Course) -> bool:
    """Whether a place is proved to lie in the support."""
    (v,) = course.truth.problem.variables
    facts = course.truth.ground.with_(*course.assumed, *course.local).facts
    return all(d.is_infinite or facts.nonnegative(d) for d in (value - v.measure.lo, v.measure.hi - value))


def mode_of(course: Course) -> Moment | None:
    """The one place at which the density is proved to be largest."""
    (v,), truth = course.truth.problem.variables, course.truth
    if truth.Z is None or truth.density is None or course.Z.has(Total):
        return None
    facts = truth.ground.facts
    family = recognise(truth.problem.kernel, truth.density, v.symbol, v.measure, facts)
    found = mode(Law(v.symbol, v.measure, truth.problem.kernel, truth.Z, truth.density, facts, course.bench.deadline, family))
    return found if found is not None and found.verdict == PROVED else None


def average(g: Expr, course: Course) -> Expr:
    """E g(X) under the density that the lines have arrived at."""
    return known(Function(MEAN)(g), course)


def raw(n: int, course: Course) -> Expr:
    return average(course.truth.problem.variables[0].symbol ** n, course)


def central(n: int, course: Course) -> Expr:
    """E (X − m)ⁿ by raw moments."""
    m, t = raw(1, course), Symbol("t·")
    powers = expand((t - m) ** n).as_poly(t)
    return sum((c * (raw(k, course) if k else S.One) for (k,), c in powers.terms()), S.Zero)


def cumulant(n: int, course: Course) -> Expr:
    """κ₁ = m, κ₂ and κ₃ are central moments, κ₄ = μ₄ − 3 μ₂²."""
    if n == 1:
        return raw(1, course)
    return central(n, course) - (3 * central(2, course) ** 2 if n == 4 else 0)


def entropy(course: Course) -> Expr:
    """−E log p = log Z − E log g."""
    terms = expand(expand_log(log(course.truth.problem.kernel), force=True))
    return log(course.Z) - sum((average(t, course) for t in Add.make_args(terms)), S.Zero)


def inverse_temperature(course: Course) -> Symbol | None:
    problem = course.truth.problem
    betas = [p.symbol for p in problem.parameters if p.latex == r"\beta" or p.symbol.name in INVERSE_TEMPERATURES]
    return betas[0] if len(betas) == 1 and problem.kernel.has(betas[0]) and energy_of(problem) is not None else None


def thermal(kind: str, course: Course) -> list[Expr]:
    """F = −log Z/β, ⟨E⟩ and β² Var E, in units of k_B."""
    beta, energy = inverse_temperature(course), energy_of(course.truth.problem)
    if beta is None or energy is None:
        return []
    if kind == of.FREE:
        return [-log(course.Z) / beta]
    first = average(energy, course)
    return [first] if kind == of.ENERGY else [beta**2 * (average(energy**2, course) - first**2)]


SIMPLE = {
    of.MEAN_OF: lambda n, c: [raw(1, c)], of.VARIANCE: lambda n, c: [central(2, c)], of.DEVIATION: lambda n, c: [sqrt(central(2, c))],
    of.RAW: lambda n, c: [raw(n, c)] if n else [], of.CENTRAL: lambda n, c: [central(n, c)] if n else [],
    of.CUMULANT: lambda n, c: [cumulant(n, c)] if n else [],
    of.SKEWNESS: lambda n, c: [central(3, c) / central(2, c) ** Rational(3, 2)],
    of.KURTOSIS: lambda n, c: [central(4, c) / central(2, c) ** 2, central(4, c) / central(2, c) ** 2 - 3],
    of.EXCESS: lambda n, c: [central(4, c) / central(2, c) ** 2 - 3],
    of.ENTROPY: lambda n, c: [entropy(c), entropy(c) / log(2)],
    of.FREE: lambda n, c: thermal(of.FREE, c), of.ENERGY: lambda n, c: thermal(of.ENERGY, c), of.HEAT: lambda n, c: thermal(of.HEAT, c),
}  # fmt: skip


def at_argument(kind: str, t: Symbol, course: Course) -> Iterator[Expr]:
    """P(X ≤ t), P(X > t) and p(t)/P(X > t), for t in the support; P(X ≥ k) too for whole numbers."""
    problem = course.truth.problem
    (v,) = problem.variables
    if isinstance(v.measure, Atoms):
        return
    if t != v.symbol:
        if t not in course.letters:
            return
        course.local = [*course.local, *(r for r in (t > v.measure.lo, t < v.measure.hi) if r not in (True, False))]
    whole = isinstance(v.measure, Counting)
    below = chance_of(-S.Infinity, t, 0, problem, course.Z)
    above = [chance_of(t + step, S.Infinity, 0, problem, course.Z) for step in ((1, 0) if whole else (0,))]
    if kind == of.CDF and below is not None:
        yield below
    if kind == of.SURVIVAL:
        yield from (a for a in above if a is not None)
    if kind == of.HAZARD:
        yield from (substitute(problem.kernel / course.Z, {v.symbol: t}) / a for a in above if a is not None)


def transformed(kind: str, t: Symbol, course: Course) -> Iterator[Expr]:
    """E e^{tX} for small t > 0, its logarithm, E z^X for 0 < z < 1; a t that is turned stands for i t."""
    (v,) = course.truth.problem.variables
    turned = t.name in course.turned
    if t not in course.letters or kind == of.CF and not turned:
        return
    near = small(t, course)
    ways = (True, False) if kind == of.PGF and not isinstance(v.measure, Lebesgue) else (False,)
    before = course.local
    for power in ways:
        course.local = [*before, t > 0, *([t < 1] if power else near)]
        factor = t**v.symbol if power else (S.Exp1 ** (t * v.symbol))
        total = Total(course.truth.problem.kernel * factor, v.symbol, v.measure) / course.Z
        yield log(total) if kind == of.CGF else total


def by_parameter(kind: str, argument: Expr | None, course: Course) -> Iterator[Expr]:
    """The score ∂ log p/∂θ and the mean of its square, where the support does not depend on θ."""
    problem = course.truth.problem
    (v,) = problem.variables
    thetas = [p.symbol for p in problem.parameters if problem.kernel.has(p.symbol)]
    thetas = [argument] if argument in thetas else thetas
    if len(thetas) != 1 or v.measure.has(thetas[0]) or thetas[0].is_integer or course.Z.has(Total):
        return
    score = expand((expand_log(log(problem.kernel), force=True) - log(course.Z)).diff(thetas[0]))
    yield score if kind == of.SCORE else average(expand(score**2), course)


def unchecked(name: str, value: Expr, course: Course, number: int) -> None:
    """Remember a name for a closed value of which no line and no custom says what it is; a formula in Z, p or means does."""
    if in_closed_form(value, {}) and not value.has(I):
        course.unchecked.append((number, name))


def with_definitions(verdicts: list[LineVerdict], lines: Iterable[Line], course: Course) -> list[LineVerdict]:
    """The verdicts, where a value that only has a name, and that no other line uses, is open: nothing says what it should be."""
    read = list(lines)
    idle = {number: name for number, name in course.unchecked
            if not any(integrated(name, one) if one.number == number else used(name.split("_")[0], [one]) for one in read)}  # fmt: skip
    return [LineVerdict(one.line, UNDECIDED, f"{idle[one.line]} is {UNCHECKED}") if one.verdict == CORRECT and one.line in idle else one
            for one in verdicts]  # fmt: skip
