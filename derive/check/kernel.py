"""The trusted core: is every step an instance of an accepted rule, at a place where its conditions hold?

It knows no rule and never searches. It instantiates the rule's equation with the step's values, compares both sides with the
step, discharges the conditions from what is known at that place, checks what the rule rests on, and goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sympy import Expr, Symbol, beta
from sympy.logic.boolalg import Boolean

from derive.algebra.signs import Facts
from derive.check.binding import at_a_pole, distinct, divided_by_zero, not_numbers, refuse_capture, scope, unfit
from derive.check.conditions import same, verdict
from derive.language.claims import PROVED, REFUTED, UNDECIDED, VERDICTS, Capture, Claim, Condition, Derivation, Rule, Step, divisors, put
from derive.language.parts import NO_NUMBERS, contains, exchanged, free
from derive.language.totals import Total

Rules = Mapping[str, Rule]


MALFORMED = (KeyError, ValueError, TypeError, AttributeError, AssertionError, NotImplementedError)  # values that fit no rule


class Refused(Exception):
    """A step is not what it says it is."""


class Open(Exception):
    """Something that a step needs was not established."""


def check(derivation: Derivation, rules: Rules, facts: Facts | None = None) -> Derivation:
    """The derivation with the verdict on each step. What it may assume is `facts` and its own claim's `given`.

    A step that fails is marked, and so is everything that rests on it: `verdict_of` tells the whole's.
    """
    facts = (facts or Facts()).and_(*derivation.claim.given)
    term, steps = derivation.claim.left, []
    for step in derivation.steps:
        steps.append(check_step(step, term, rules, facts))
        term = step.after
    ends = same(term, derivation.claim.right, facts)
    if steps:
        steps[-1] = replace(steps[-1], verdict=worst(steps[-1].verdict, ends))
    elif ends != PROVED:
        raise Refused("the derivation has no steps and its two sides differ")
    return replace(derivation, steps=tuple(steps))


def verdict_of(derivation: Derivation) -> str:
    """The worst verdict of any step; no steps prove only what is equal by itself."""
    return worst(PROVED, *(s.verdict for s in derivation.walk()))


def worst(*verdicts: str) -> str:
    return max(verdicts, key=VERDICTS.index)


def check_step(step: Step, term: Expr, rules: Rules, facts: Facts) -> Step:
    """The step with its verdict, the conditions it needed, and its inner derivations checked."""
    try:
        return accepted(step, term, rules, facts)
    except (Refused, Capture) as why:
        return replace(step, verdict=REFUTED, detail=str(why))
    except Open as why:
        return replace(step, verdict=UNDECIDED, detail=f"not established: {why}")
    except RecursionError:
        return replace(step, verdict=UNDECIDED, detail="the expression is nested too deeply")
    except MALFORMED as why:
        return replace(step, verdict=UNDECIDED, detail=f"the step cannot be read ({type(why).__name__}: {why})")


def accepted(step: Step, term: Expr, rules: Rules, facts: Facts) -> Step:
    require(step.rule in rules, f"there is no rule called {step.rule}")
    require(step.before == term, "the step does not start where the one before it ended")
    says, premises = rules[step.rule].instance(step.values)
    refuse_capture(says, step.values)
    claim = says.at(step.values)
    place = scope(term, step.at, facts)
    if place is None or isinstance(step.at, Symbol):
        raise Refused("what is rewritten does not stand there")
    well_formed(facts, step.before, step.after)
    well_formed(place, claim.left, claim.right)
    inside = place.within(claim.left.x, claim.left.measure) if isinstance(claim.left, Total) else place
    rewritten = replaced(step.before, step.at, claim.right)
    verdicts = [same(claim.left, step.at, place), same(rewritten, step.after, facts)]
    require(verdicts[0] != REFUTED, "what is rewritten is not an instance of the rule")
    require(verdicts[1] != REFUTED, "the outcome is not what the rule gives")
    for letter, surely in not_numbers(says, step.values, place):
        require(not surely, f"{letter} = {step.values[letter]} is not a real number")
        raise Open(f"{letter} = {step.values[letter]} is a real number")
    for divisor in divisors(step.values, step.at):
        if not place.nonzero(divisor):
            raise Open(f"that {divisor} is not 0")
    # that a variable lies in its support tells of the variable alone: the support may be empty
    bound = claim.bound()
    conditions = tuple(discharged(c, inside if free(c) & bound else place, verdicts) for c in claim.given)
    because = check_premises(step, premises, rules, place, verdicts)
    failed = next((c for c in conditions if c.open), None)
    detail = f"not established: {failed.relation}" if failed else ""
    return replace(step, because=because, verdict=worst(*verdicts), detail=detail, conditions=conditions)


def well_formed(facts: Facts, *terms: Expr) -> None:
    """Every name has one meaning, every variable is what its range makes it, and the terms are numbers."""
    for term in (term for term in terms if term not in facts.well_formed):
        require(distinct(term, facts), "a name is both bound and free")
        require(not contains(term, *NO_NUMBERS), "it is not a number")
        if fault := unfit(term, facts):
            raise Open(f"that {fault}")
        if contains(term, beta) and (fault := at_a_pole(term, facts)):
            raise Open(f"that {fault} has no pole in the range of the sum")
        if contains(term, Total) and (fault := divided_by_zero(term)):
            raise Open(f"that {fault} is nowhere 0 in the range of the sum")
        facts.well_formed.add(term)


def check_premises(step: Step, premises: tuple[Claim, ...], rules: Rules, place: Facts, verdicts: list[str]
                   ) -> tuple[Derivation, ...]:  # fmt: skip
    """What the rule rests on, each derived from no more than is known at the place where it is used and what the premise itself supposes."""
    require(len(premises) == len(step.because), "a premise has no derivation")
    checked = []
    for premise, inner in zip(premises, step.because, strict=True):
        wanted = premise.at(step.values)
        require(same(wanted.left, inner.claim.left, place) == PROVED and same(wanted.right, inner.claim.right, place) == PROVED,
                "an inner derivation is not about what the rule rests on")  # fmt: skip
        supposed = tuple(put(c, step.values) for c in premise.given)  # a premise may be needed in a case alone, which the rule names
        inside = place.and_(*supposed)
        for assumed in inner.claim.given:
            if verdict(assumed, inside) != PROVED:
                raise Refused(f"an inner derivation assumes {assumed}, which does not hold here")
        for condition in wanted.given:
            if condition not in supposed:
                verdicts.append(verdict(condition, place))
        inner = check(inner, rules, inside)
        verdicts.append(verdict_of(inner))
        checked.append(inner)
    return tuple(checked)


def discharged(condition: Boolean, facts: Facts, verdicts: list[str]) -> Condition:
    found = verdict(condition, facts)
    if found == REFUTED:  # the sentence is written where it is needed alone: printing takes longer than deciding
        raise Refused(f"it needs {condition}, which is false here")
    verdicts.append(found)
    return Condition(condition, relevant(condition, facts), open=found == UNDECIDED)


def relevant(condition: Boolean, facts: Facts) -> tuple[Boolean, ...]:
    """The facts that share a symbol with the condition: what it can follow from."""
    return tuple(r for r in facts.relations if free(r) & free(condition))


def replaced(term: Expr, at: Expr, new: Expr) -> Expr:
    """`term` with `new` in place of `at`."""
    return exchanged(term, {at: new})


def require(truth: bool, message: str) -> None:
    if not truth:
        raise Refused(message)
