"""The symbolic check of ∫p = 1 by a second derivation, which avoids the rules that the first one rested on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import islice

from sympy import Expr, S

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.check.kernel import check, verdict_of
from derive.language.claims import PROVED, UNDECIDED, Derivation, Rule
from derive.language.problem import Check
from derive.language.totals import Total
from derive.rules import CATALOGUE, SECOND_TACTICS
from derive.rules.antiderivatives import COMPOSITE
from derive.search.engine import Context, OutOfMoves, OutOfTime, allowance, derivations
from derive.unfolding import OF_NUMBERS, effort, has_proof, unfolded_route

ROUTINE = {"constant_factor", "hidden_constant", "algebra", "add_pieces", "split_support", "mirror", "shift", "shift_index", "value",
           "full_period_shift", "even_integrand", "complete_square", "same_ratio", "split_range", "special_point", "mirror_index",
           "without_head", "without_tail", "without_endless_tail", "by_remainder", "later_start", "half_of_even"}  # fmt: skip
MOVES = 24, 12  # moves that a second derivation may try, and more for each term of a sum; of 111 that were found 107 took fewer than 22
FEW = 10, 0  # where more is avoided than what the first one rested on: a sum makes each of them dear
FEWER = 7, 0  # and before an easier way is taken, by what the first one's lemmas say derived anew
SHORT = 4  # steps: proofs of lemmas that are no longer are looked into before another way is searched for
BY_VALUES = {"finite_sum", "short_range", "constant_factor", "hidden_constant"}  # the points of the support are gone through


def symbolic_check(density: Total, first: Derivation, facts: Facts, deadline: float) -> Check:
    """Derive ∫p = 1 once more, by other rules where there are any, and say how far it differs from the first derivation.

    `density` is the total of p. Where Z is a special function by its definition alone, there is no second way, and that is said.
    """
    used = {step.rule for step in first.walk()}
    facts_used = {name for name in used if CATALOGUE[name].kind != "primitive"}
    definitions = {name for name in facts_used if CATALOGUE[name].kind == "definition"}
    avoided = facts_used | told_together(facts_used)
    lemmas = {step.rule for step in first.walk() if has_proof(step)}
    by_rules = partial(by_other_rules, density, first, avoided or used - ROUTINE, avoided, definitions, facts, deadline)
    ways: list[Callable[[], str | None]] = [by_rules]
    if lemmas and facts_used - definitions <= lemmas | set(OF_NUMBERS):
        soon = [partial(by_rules, FEWER)] if effort(first) > max(SHORT, len(list(first.walk()))) else []
        ways = [*soon, lambda: by_unfolding(density, first, lemmas, facts), by_rules]
    try:
        if used <= BY_VALUES and next(checked(density, facts, deadline), None):
            return Check("symbolic", PROVED, "the values of p at the points of its support add up to 1")
        for way in ways:
            told = way()
            if told is not None:
                return Check("symbolic", PROVED, told)
        if definitions and not facts_used - definitions - {"beta_gamma", "beta_reflection"}:
            return by_definition(density, definitions, facts, deadline)
    except OutOfTime:
        return Check("symbolic", UNDECIDED, "no second derivation was found in time")
    return Check("symbolic", UNDECIDED, "no derivation by other rules was found")


@lru_cache(maxsize=1)
def told_at() -> dict[str, set[str]]:
    """The cited rules by the place that each names first: those of one place say the same fact in different letters."""
    found: dict[str, set[str]] = {}
    for rule in CATALOGUE.values():
        if rule.kind == "cited" and rule.name not in ROUTINE:
            found.setdefault(place(rule), set()).add(rule.name)
    return found


def place(rule: Rule) -> str:
    return rule.source.split(",")[0].split(";")[0]


def told_together(names: set[str]) -> set[str]:
    """The cited rules that say in other letters what these rest on, as the binomial theorem with two powers."""
    cited = (CATALOGUE[name] for name in names - ROUTINE if CATALOGUE[name].kind == "cited")
    return set().union(*(told_at()[place(rule)] for rule in cited))


def by_unfolding(density: Total, first: Derivation, lemmas: set[str], facts: Facts) -> str | None:
    """The first derivation with what its lemmas say derived anew."""
    route = unfolded_route(density, first)
    if route is None or verdict_of(check(route, CATALOGUE, facts)) != PROVED:
        return None
    return f"{words(route)}, which derive {', '.join(sorted(lemmas))} anew"


def by_other_rules(density: Total, first: Derivation, rested: set[str], facts_used: set[str], definitions: set[str], facts: Facts, deadline: float,
                   most: tuple[int, int] | None = None) -> str | None:  # fmt: skip
    """A derivation that avoids what the first one rested on, or as much of it as can be done without; within so many moves a search."""
    if not facts_used and {COMPOSITE.name} < rested:  # where the first one found F after a substitution, an F of p itself needs none
        route = next(checked(density, facts, deadline, known=signature(first), tactics=(COMPOSITE,)), None)
        if route is not None:
            return words(route)
    for avoided, moves in allowances(rested, facts_used, facts_used - definitions).items():
        route = another_route(density, first, avoided, facts, deadline, most or moves)
        if route is not None:
            shared = definitions & {step.rule for step in route.walk()}
            return words(route) + (f"; both rest on the definition {', '.join(sorted(shared))}" if shared else "")
    return None


def allowances(rested: set[str], facts_used: set[str], undefined: set[str]) -> dict[frozenset[str], tuple[int, int]]:
    """The sets of rules to do without, the largest first, and how many moves each is given: few for one that goes beyond the facts used."""
    return {frozenset(avoided): MOVES if avoided <= facts_used else FEW for avoided in (rested, facts_used, undefined)}


def another_route(density: Total, first: Derivation, avoided: frozenset[str], facts: Facts, deadline: float, moves: tuple[int, int]
                  ) -> Derivation | None:  # fmt: skip
    """A checked derivation of ∫p = 1 without the avoided rules that is not the first one over again."""
    return next(checked(density, facts, deadline, avoided, moves, signature(first)), None)


def by_definition(density: Total, definitions: set[str], facts: Facts, deadline: float) -> Check:
    """Where the only way leads through the definition of a special function, that is what the check says."""
    names = ", ".join(sorted(f"{name} ({CATALOGUE[name].source})" for name in definitions))
    for _ in checked(density, facts, deadline):
        return Check("symbolic", PROVED, f"∫p = 1 holds by definition: Z is a special function by its very definition, {names}")
    return Check("symbolic", UNDECIDED, f"the definition {names} could not be applied to p itself")


@dataclass(frozen=True)
class Unseen(Context):
    """A search of which nobody sees the closed forms: all that counts is that the last one is 1."""

    def show(self, value: Expr) -> Expr:
        """The closed form as it came."""
        return value


def checked(density: Total, facts: Facts, deadline: float, avoided: frozenset[str] = frozenset(), moves: tuple[int, int] = MOVES, known: tuple = (),
            most: int = 3, tactics: tuple[Rule, ...] = SECOND_TACTICS) -> Iterator[Derivation]:  # fmt: skip
    """Up to a few derivations of ∫p = 1 that the checker accepts as proved."""
    for kind in (Unseen, Context):  # a closed form that is not proved to be 1 as it came may be so in its best form
        context, left_open = kind(facts.quick(), tactics, avoided, deadline, depth=6, moves=allowance(density, moves)), False
        with suppress(OutOfMoves):
            for found in islice(derivations(density, context), most):
                found = replace(found, claim=replace(found.claim, given=()))
                if signature(found) == known:
                    continue
                if not equal(found.claim.right, S.One, facts):
                    left_open = True
                elif verdict_of(check(found, CATALOGUE, facts)) == PROVED:
                    yield found
        if not left_open:
            return


def signature(derivation: Derivation) -> tuple[tuple[str, str], ...]:
    """What makes a derivation itself: its rules, but for taking out constants, which p has and g has not."""
    return tuple((step.rule, "") for step in derivation.walk() if step.rule not in ("constant_factor", "hidden_constant", "value"))


def words(route: Derivation) -> str:
    """The second route in words."""
    names = list(dict.fromkeys(step.rule for step in route.walk() if step.rule not in ("constant_factor", "hidden_constant")))
    return f"a second derivation of ∫p = 1 by {', '.join(names)}"


def total_of(density: Expr, variables: tuple) -> Expr:
    """∫p as a total."""
    for v in reversed(variables):
        density = Total(density, v.symbol, v.measure)
    return density
