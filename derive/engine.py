"""From a problem to a result: search, check, and nothing claimed that was not established."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations

from sympy import Eq, Expr, Gt, Lambda, Lt, Mul, Ne, S, StrictGreaterThan, StrictLessThan, Symbol, cancel, digamma, factor, gamma, oo, pi, sin
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import Boolean

from derive.algebra.equality import equal
from derive.algebra.relations import isolated
from derive.algebra.samples import clearly_negative
from derive.algebra.signs import Facts
from derive.check.convergence import FINITE, INFINITE, Convergence, convergence, excluded
from derive.check.enclosure import check_enclosure, numeric_value
from derive.check.kernel import check, verdict_of
from derive.check.numeric import DISAGREES, check_density
from derive.check.sign import Sign, sign_of
from derive.families import recognise
from derive.first import searched
from derive.garbage import rarely_collected
from derive.language.claims import AGREES, PROVED, REFUTED, UNDECIDED, Claim, Derivation, Rule, Step, denominators
from derive.language.parts import every, multiplied, operations
from derive.language.problem import Check, Family, Problem, Result
from derive.language.totals import Lebesgue, Total
from derive.positive import total_positive, variables
from derive.rules import CATALOGUE as RULES
from derive.rules.letters import L, M, R, c, f, x
from derive.search.engine import OutOfTime
from derive.search.needed import unequal
from derive.search.presentable import presentable
from derive.second import symbolic_check, total_of

WHOLES = range(-3, 4)  # between which the zeros of sin(πu) are named one by one
SHORT_POLYNOMIAL = 30  # operations of a closed form that is factored for a condition


def proved(rule: Rule) -> Rule:
    """The rule with a proof that the checker has been over."""
    own = rule.proof
    return replace(rule, proof=lambda: check(own(), RULES)) if own else rule


CATALOGUE: dict[str, Rule] = {name: proved(rule) for name, rule in RULES.items()}


SECOND_WAY = 6.0  # seconds, far beyond what the limit in moves allows a usual kernel
ENCLOSURE = 6.0  # seconds, beyond what the limit in values of the integrand allows where each is quick


def solve(problem: Problem, budget: float = 20.0) -> Result:
    """Derive Z and p for a problem, check every step and ∫p = 1, and say what was established.

    `budget` is in seconds; past it the outcome is "undecided". Never raises for what a kernel may be.
    """
    start = time.perf_counter()
    timings: dict[str, float] = {}
    try:
        with rarely_collected():
            result = theorem(problem) if every(problem.kernel, AppliedUndef) else normalized(problem, time.monotonic() + budget, timings)
    except OutOfTime:
        result = Result(problem, "undecided", reason=f"The budget of {budget:g} seconds was spent before anything was established.")
    except RecursionError:
        result = Result(problem, "undecided", reason="The kernel is nested too deeply.")
    return replace(result, seconds=time.perf_counter() - start, timings=timings)


def normalized(problem: Problem, deadline: float, timings: dict[str, float]) -> Result:
    """The result for a concrete kernel."""
    facts = Facts(problem.conditions)
    if not clearly_negative(-problem.kernel, facts.samples()) and equal(problem.kernel, S.Zero, facts):  # what is > 0 somewhere needs no proof
        return Result(problem, "not-a-kernel", reason="The kernel is zero everywhere on its support.")
    derivation = None
    with timed(timings, "check"):  # what no parameter can save needs no search
        sign = None if problem.parameters else sign_of(problem.kernel, variables(problem), facts)
    if sign is None or sign.verdict != REFUTED:
        with timed(timings, "search"):
            derivation = searched(problem, facts, deadline)
    with timed(timings, "check"):
        sign = sign or sign_of(problem.kernel, variables(problem), facts.and_(*(derivation.claim.given if derivation else ())))
        if sign.verdict == REFUTED:
            return Result(problem, "not-a-kernel", reason=negative(sign))
        if derivation is None:
            return without_closed_form(problem, sign, facts)
        result = judged(problem, check(derivation, RULES, facts), sign, facts, deadline)
        return established(result, problem, sign, facts)


def established(result: Result, problem: Problem, sign: Sign, facts: Facts) -> Result:
    """The result; where a step was not established because there is nothing finite to find, that the total diverges."""
    if result.outcome == "normalized" or result.derivation is None or verdict_of(result.derivation) in (PROVED, AGREES):
        return result
    other = without_closed_form(problem, sign, facts)
    return other if other.outcome == "diverges" else result


@contextmanager
def timed(table: dict[str, float], name: str) -> Iterator[None]:
    """Adds the seconds that a piece of work takes to a table."""
    start = time.perf_counter()
    try:
        yield
    finally:
        table[name] = table.get(name, 0.0) + time.perf_counter() - start


def judged(problem: Problem, derivation: Derivation, sign: Sign, facts: Facts, deadline: float) -> Result:
    """The result that a checked derivation amounts to."""
    assumed = derivation.claim.given
    inside = facts.and_(*assumed)
    verdict, Z = verdict_of(derivation), derivation.claim.right
    base = Result(problem, "undecided", derivation=derivation, conditions=irredundant(assumed, facts), facts=facts_used(derivation))
    if verdict not in (PROVED, AGREES):
        bad = next(step for step in derivation.walk() if step.verdict not in (PROVED, AGREES))
        why = bad.detail.removeprefix("not established: ")
        return replace(base, reason=f"A candidate for Z was found, but its step {bad.rule} was not established: {why}.")
    if excluded(assumed, facts):  # what holds nowhere says nothing
        needed = " and ".join(map(str, assumed))
        return replace(base, conditions=(), reason=f"A candidate for Z was found, but its conditions exclude each other: {needed}.")
    if equal(Z, S.Zero, inside):
        said = "zero almost everywhere on its support" if sign.verdict == PROVED else "zero almost everywhere on its support, or negative somewhere"
        return Result(problem, "not-a-kernel", reason=f"The kernel is {said}: its total is 0.")
    if sign.verdict != PROVED:
        return replace(base, reason="A closed form was derived, but it could not be established that the kernel is nowhere negative.")
    density = presentable(multiplied(problem.kernel, 1 / Z), inside)
    checks = all_checks(problem, density, derivation, inside, deadline)
    against = next((ch for ch in checks if ch.verdict == REFUTED or ch.detail.startswith(DISAGREES)), None)
    if against is not None:
        return replace(base, checks=checks, reason=f"A closed form was derived, but {against.detail}.")
    more = holes(Z, inside)
    if not total_positive(problem, Z, inside):  # 0 < Z is what licenses the division
        more = (*more, *positive_where(problem, Z, inside))
    base = replace(base, conditions=irredundant((*base.conditions, *more), facts) if more else base.conditions)
    return replace(base, outcome="normalized", Z=Z, density=density, checks=checks, family=family_of(problem, density, inside))


def positive_where(problem: Problem, Z: Expr, facts: Facts) -> tuple[Boolean, ...]:
    """Where Z > 0: where a < b for ends a ≤ b, if that is all that is needed."""
    gaps = [v.measure.hi - v.measure.lo for v in problem.variables if isinstance(v.measure, Lebesgue)]
    open_ = (gap for gap in gaps if gap.is_infinite is not True and facts.nonnegative(gap) and not facts.positive(gap))
    apart = tuple(isolated(Gt(gap, 0, evaluate=False)) for gap in open_)
    return apart if apart and total_positive(problem, Z, facts.and_(*apart)) else (isolated(Gt(doubtful_part(Z, facts), 0, evaluate=False)),)


def doubtful_part(Z: Expr, facts: Facts) -> Expr:
    """The factors of Z that are not proved to be positive, of a polynomial in few letters."""
    factors = Mul.make_args(factor(Z) if Z.is_polynomial() and operations(Z) < SHORT_POLYNOMIAL else Z)
    rest = Mul(*(part for part in factors if not facts.positive(part)))
    return Z if rest.is_number else rest


def holes(Z: Expr, facts: Facts) -> tuple[Boolean, ...]:
    """That nothing is 0 at which the closed form says nothing, though the total may have a value there: n in √π Γ(n + ½)/(n Γ(n))."""
    divisors = {d for d in denominators(Z)[0] if not d.has(gamma)}
    poles = {g.args[0] for g in every(Z, gamma, digamma) if g.free_symbols and facts.nonnegative(g.args[0])}
    return tuple(unequal(d) for d in sorted(divisors | poles, key=str) if not facts.nonzero(d))


def irredundant(conditions: tuple[Boolean, ...], facts: Facts) -> tuple[Boolean, ...]:
    """The conditions without those that follow from the others: a ≠ 0 says nothing beside a > 0."""
    inside = facts.and_(*conditions)
    conditions = tuple(dict.fromkeys(plain for condition in conditions for plain in at_wholes(condition, inside)))
    kept = list(conditions)
    for condition in conditions:
        rest = [other for other in kept if other != condition]
        if condition in kept and (facts.and_(*rest).follows(condition) or is_mean(condition, rest)):
            kept = rest
    return tuple(kept)


def at_wholes(condition: Boolean, facts: Facts) -> tuple[Boolean, ...]:
    """sin(πu) ≠ 0 as u ≠ 1 where only one or two whole numbers lie between the bounds of u.

    >>> from sympy import Symbol
    >>> a = Symbol("a", positive=True)
    >>> at_wholes(Ne(sin(pi*a), 0), Facts([a < 2])), at_wholes(Ne(sin(pi*a), 0), Facts())
    ((Ne(a, 1),), (Ne(sin(pi*a), 0),))
    """
    wave = condition.lhs if isinstance(condition, Ne) and condition.rhs == 0 else None
    if not isinstance(wave, sin):
        return (condition,)
    u = wave.args[0] / pi
    above = max((n for n in WHOLES if facts.nonnegative(u - n)), default=None)
    below = min((n for n in WHOLES if facts.nonnegative(n - u)), default=None)
    if above is None or below is None or below - above > len(WHOLES) // 2:
        return (condition,)
    left = [n for n in range(above, below + 1) if not facts.nonzero(u - n)]
    return tuple(unequal(u - n) for n in left) if len(left) <= 2 else (condition,)


def is_mean(condition: Boolean, others: list[Boolean]) -> bool:
    """Whether a condition d > 0 follows from two others p > 0 and q > 0 as p + q is a multiple of d: a > 0 from a > b and a + b > 0.

    >>> from sympy import symbols
    >>> a, b = symbols("a b", real=True)
    >>> is_mean(a > 0, [a > b, a + b > 0]), is_mean(b > 0, [a > b, a + b > 0])
    (True, False)
    """
    if not isinstance(condition, StrictGreaterThan | StrictLessThan):
        return False
    d = condition.gts - condition.lts
    pairs = combinations((r.gts - r.lts for r in others if isinstance(r, StrictGreaterThan | StrictLessThan)), 2)
    return any((m := cancel((p + q) / d)).is_Rational and m > 0 for p, q in pairs if (p + q).is_rational_function() and d.is_rational_function())


def family_of(problem: Problem, density: Expr, facts: Facts) -> Family | None:
    """The name of a density of one variable, where it has one."""
    if len(problem.variables) != 1:
        return None
    ((x, measure),) = variables(problem)
    return recognise(problem.kernel, density, x, measure, facts)


def all_checks(problem: Problem, density: Expr, derivation: Derivation, facts: Facts, deadline: float) -> tuple[Check, ...]:
    """∫p = 1, symbolically by another way, numerically and, for one variable, by enclosures."""
    left = max(0.1, min(5.0, deadline - time.monotonic()))
    total = total_of(density, problem.variables)
    symbolic = symbolic_check(total, derivation, facts, min(deadline, time.monotonic() + SECOND_WAY))
    numeric = check_density(density, variables(problem), facts.relations, seconds=left / 2)
    if len(problem.variables) != 1:
        return symbolic, numeric
    time_left = max(0.1, min(ENCLOSURE, deadline - time.monotonic()))
    return symbolic, numeric, check_enclosure(density, variables(problem), facts.relations, seconds=time_left)


def without_closed_form(problem: Problem, sign: Sign, facts: Facts) -> Result:
    """What can be said where no closed form was found: divergence, or that Z is finite."""
    result = Result(problem, "undecided", reason="No closed form was found, and the convergence of the total was not decided.")
    if len(problem.variables) != 1:
        return result
    ((variable, measure),) = variables(problem)
    found = convergence(problem.kernel, variable, measure, facts)
    if sign.verdict != PROVED:
        return replace(result, reason="No closed form was found, and it could not be established that the kernel is nowhere negative.")
    if found.verdict == INFINITE:
        return replace(result, outcome="diverges", reason=divergence(found, variable), conditions=() if found.end is None else found.conditions)
    if found.verdict == FINITE:
        number = numeric_value(problem.kernel, variable, measure) if not problem.total.free_symbols else ""
        return replace(result, outcome="open", density=problem.kernel / problem.total, numeric_Z=number or None,
                       conditions=irredundant(found.conditions, facts),
                       reason="Z is finite, by comparison at both ends of the support, but no closed form was found.")  # fmt: skip
    return result


def divergence(found: Convergence, variable: Symbol) -> str:
    """Why a total is infinite."""
    if found.end is None:
        needed = " and ".join(map(str, found.conditions))
        return f"Convergence would need {needed}, which cannot hold at once: the total is infinite for all parameter values."
    end = {oo: "∞", -oo: "-∞"}.get(found.end, found.end)
    where = "".join(f" for {c.gts} > {c.lts}" for c in found.conditions)
    return f"By comparison near {variable} = {end}, its total is infinite there{where}."


def theorem(problem: Problem) -> Result:
    """∫ g/Z = Z/Z = 1 for an abstract g ≥ 0, under 0 < Z < ∞: linearity and the definition of Z."""
    total, Z = problem.total, Symbol(free_name(problem), positive=True)
    facts = Facts((*problem.conditions, Eq(total, Z, evaluate=False)))
    if len(problem.variables) != 1:
        return Result(problem, "undecided", reason="Abstract kernels of several variables are not handled yet.")
    if not facts.within(total.x, total.measure).nonnegative(problem.kernel):
        return Result(problem, "undecided", reason=f"Nothing says that {problem.kernel} is nowhere negative; declare it, as in 'g(x) >= 0'.")
    start = Total(problem.kernel / Z, total.x, total.measure)
    scaled = total / Z
    steps = (Step("constant_factor", {x: total.x, c: 1 / Z, f: Lambda(total.x, problem.kernel), M: total.measure}, start, scaled, start),
             Step("hypothesis", {L: total, R: Z}, scaled, S.One, total))  # fmt: skip
    derivation = check(Derivation(Claim(start, S.One, ()), steps), RULES, facts)
    verdict = verdict_of(derivation)
    finite: tuple[Boolean, ...] = (Gt(total, 0, evaluate=False), Lt(total, oo, evaluate=False))
    proof = Check("symbolic", verdict, "∫p = Z/Z = 1 by linearity and the definition of Z, for 0 < Z < ∞")
    outcome = "open" if verdict == PROVED else UNDECIDED
    return Result(problem, outcome, density=problem.kernel / total, conditions=finite, derivation=derivation, checks=(proof,),
                  reason="The kernel is abstract: p = g/Z is normalized wherever 0 < Z < ∞, and Z has no closed form.")  # fmt: skip


def free_name(problem: Problem) -> str:
    """Z, or a longer name where the problem uses that one."""
    taken = {s.name for s in problem.total.atoms(Symbol)}
    return next(name for name in ("Z", "Z_0", "Z_00") if name not in taken)


def negative(sign: Sign) -> str:
    where = ", ".join(f"{s} = {v}" for s, v in (sign.witness or {}).items())
    return f"The kernel is {sign.kind} at {where}: its value there is {sign.value}."


def facts_used(derivation: Derivation) -> tuple[str, ...]:
    """The names of the rules beyond the primitive ones, in the order in which they were used."""
    return tuple(dict.fromkeys(s.rule for s in derivation.walk() if CATALOGUE[s.rule].kind != "primitive"))


