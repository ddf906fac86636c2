"""A derivation with the lemmas that it used replaced by their own derivations: a way that does not rest on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from sympy import Basic, Dummy, Lambda, S, Symbol

from derive.language.claims import Claim, Derivation, Step, Values, filled, put
from derive.language.totals import Total, names
from derive.rules import CATALOGUE
from derive.rules.letters import M, c, f, h, x
from derive.rules.measure import ALGEBRA, CONSTANT_FACTOR

OF_NUMBERS = ("beta_gamma", "beta_reflection", "beta_reflected")  # they rewrite a closed form and evaluate no total


def unfolded_route(density: Total, first: Derivation) -> Derivation | None:
    """∫p = 1 by p = g/Z, the constant in front, and the derivation of ∫g with its lemmas unfolded; None where it used none that has a proof."""
    g, Z = first.claim.left, first.claim.right
    if not isinstance(g, Total) or not any(map(has_proof, first.walk())):
        return None
    start = Step(CONSTANT_FACTOR.name, {x: g.x, M: g.measure, c: 1 / Z, f: Lambda(g.x, g.body)}, density, g / Z, density)
    steps = [start]
    for step in unfolded(first).steps:
        before, after = step.before / Z, step.after / Z
        if before.has(step.at):
            steps.append(replace(step, before=before, after=after))
        else:  # a closed form that is rewritten once more has gone into the constant
            steps[-1] = replace(steps[-1], after=after)
    return Derivation(Claim(density, S.One), (*steps[:-1], replace(steps[-1], after=S.One)))


def effort(first: Derivation) -> int:
    """How many steps the lemmas that a derivation used have in their own derivations."""
    return sum(len(list(proof_of(name).walk())) for name in {step.rule for step in first.walk() if has_proof(step)})


def has_proof(step: Step) -> bool:
    rule = CATALOGUE[step.rule]
    return rule.kind == "lemma" and rule.proof is not None and rule.name not in OF_NUMBERS


def unfolded(derivation: Derivation) -> Derivation:
    """The same claim, with the steps of each lemma's proof where the lemma stood."""
    steps: list[Step] = []
    for step in derivation.steps:
        step = replace(step, because=tuple(map(unfolded, step.because)))
        steps += inside(step) if has_proof(step) else [step]
    return replace(derivation, steps=tuple(steps))


def inside(step: Step) -> Iterator[Step]:
    """The steps of the lemma's proof, for the values that the step gives its letters, at the place where the step stands."""
    proof = proof_of(step.rule)
    taken = names(step.before, step.after, *(v for v in step.values.values() if isinstance(v, Basic)))
    own = {s: Symbol(f"{s.name}_{len(taken)}", **s._assumptions_orig) for s in inner_letters(step.rule) if s.name in taken}
    values = {**own, **step.values}
    steps = [instance(one, values) for one in proof.steps]
    if isinstance(step.at, Total) and steps[0].before != step.at:
        before, same = step.before, steps[0].before
        given = {x: step.at.x, M: step.at.measure, f: Lambda(step.at.x, step.at.body), h: Lambda(step.at.x, same.body)}
        yield Step(ALGEBRA.name, given, before, before.xreplace({step.at: same}), step.at)
        step = replace(step, before=before.xreplace({step.at: same}), at=same)
    hole = Dummy()
    outer = step.before.xreplace({step.at: hole})
    for one in steps:
        after = step.after if one is steps[-1] else outer.xreplace({hole: one.after})
        yield replace(one, before=outer.xreplace({hole: one.before}), after=after)


@lru_cache(maxsize=200)
def proof_of(name: str) -> Derivation:
    """A lemma's proof with its letters."""
    proof = CATALOGUE[name].proof
    assert proof is not None
    return proof()


@lru_cache(maxsize=200)
def inner_letters(name: str) -> frozenset[Symbol]:
    """The variables that a lemma's proof brings in."""
    brought = {s for step in proof_of(name).walk() for term in (step.before, step.after) for s in term.atoms(Symbol)}
    return frozenset(brought - CATALOGUE[name].says.letters())


def instance(step: Step, values: Values) -> Step:
    """A step of a proof with values for the lemma's letters."""
    meant = {letter: letter for letter in CATALOGUE[step.rule].says.letters() & values.keys()}  # a letter without a value stands for itself
    own = {letter: put(value, values) if isinstance(value, Basic) else value for letter, value in {**meant, **step.values}.items()}
    because = tuple(Derivation(Claim(put(d.claim.left, values), put(d.claim.right, values), tuple(put(c_, values) for c_ in d.claim.given)),
                               tuple(instance(one, values) for one in d.steps)) for d in step.because)  # fmt: skip
    before, after, at = (filled(e, frozenset(values.items())) for e in (step.before, step.after, step.at))  # one step's end is the next one's start
    return replace(step, values=own, before=before, after=after, at=at, because=because)
