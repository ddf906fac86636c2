"""Right derivations with one thing changed, with or without what follows from it: what is accepted is true in numbers."""

import random
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import mpmath
import pytest
from sympy import Abs, E, Expr, Integer, Lambda, S, Symbol, exp, oo, pi, preorder_traversal, sqrt

from derive.algebra.signs import Facts
from derive.check.kernel import Refused, check, verdict_of
from derive.check.numeric import value
from derive.check.points import points
from derive.language.claims import AGREES, PROVED, REFUTED, Claim, Derivation
from derive.language.totals import Measure, Total, substitute, totals
from derive.read.files import load
from derive.rules import CATALOGUE
from derive.search.engine import Context, derive

TEXTBOOK = Path(__file__).parent / "data" / "textbook.toml"


def judge(derivation, *facts):
    """The checker's verdict."""
    try:
        return verdict_of(check(derivation, CATALOGUE, Facts(facts)))
    except Refused:
        return REFUTED


@cache
def textbook():
    found = []
    for problem in load(TEXTBOOK):
        derivation = derive(problem.total, Context(Facts(problem.conditions), deadline=time.monotonic() + 20))
        if derivation is not None:
            found.append((problem, derivation))
    return found


def edited(e, rnd, pool):
    """One random small edit of an expression."""
    nodes = [n for n in preorder_traversal(e) if isinstance(n, Expr) and not isinstance(n, Total)]
    if not nodes:
        return e
    node = rnd.choice(nodes)
    edits = (
        2 * node,
        -node,
        node + 1,
        node - 1,
        node / 2,
        node**2,
        1 / node if node != 0 else S.One,
        sqrt(node),
        Abs(node),
        rnd.choice(pool),
        S.Zero,
        S.One,
        node * rnd.choice(pool),
    )
    return e.xreplace({node: rnd.choice(edits)})


def another(v, rnd, pool):
    """Another value for a letter."""
    if isinstance(v, Lambda):
        return Lambda(v.variables, edited(v.expr, rnd, pool + list(v.variables)))
    if isinstance(v, Measure):
        args = list(v.args)
        i = rnd.randrange(len(args))
        args[i] = rnd.choice([args[i] + 1, -args[i], 2 * args[i], S.Zero, S.One, oo, -oo])
        return v.func(*args)
    return edited(v, rnd, pool)


def given_by_rule(one, values):
    return one.before.xreplace({one.at: CATALOGUE[one.rule].instance(values)[0].at(values).right})


def mutant(derivation, rnd, pool, facts):
    """The derivation with one thing changed, and the facts."""
    steps, claim = list(derivation.steps), derivation.claim
    i = rnd.randrange(len(steps))
    one = steps[i]
    match rnd.choice(("value", "consequence", "consequence", "after", "start", "premise", "at", "fact")):
        case "value":
            key = rnd.choice(list(one.values))
            steps[i] = replace(one, values={**one.values, key: another(one.values[key], rnd, pool)})
        case "consequence":
            values = dict(one.values)
            for key in rnd.sample(list(values), min(len(values), rnd.choice((1, 1, 2)))):
                values[key] = another(values[key], rnd, pool)
            instance = CATALOGUE[one.rule].instance(values)[0].at(values)
            if i == 0 and rnd.random() < 0.4:
                one, claim = replace(one, before=instance.left, at=instance.left), replace(claim, left=instance.left)
            steps[i] = replace(one, values=values, after=one.before.xreplace({one.at: instance.right}))
            follow(steps, i)
            claim = replace(claim, right=steps[-1].after)
        case "after":
            steps[i] = replace(one, after=edited(one.after, rnd, pool))
            if i + 1 < len(steps):
                steps[i + 1] = replace(steps[i + 1], before=steps[i].after)
            else:
                claim = replace(claim, right=steps[i].after)
        case "start":
            new = edited(claim.left, rnd, pool)
            steps[0], claim = replace(steps[0], before=new, at=new), replace(claim, left=new)
        case "premise" if one.because:
            j = rnd.randrange(len(one.because))
            inner, _ = mutant(one.because[j], rnd, pool, facts)
            right = CATALOGUE[one.rule].instance(one.values)[1][j].right
            values = {**one.values, right: inner.claim.right} if isinstance(right, Symbol) else one.values
            steps[i] = replace(
                one, because=(*one.because[:j], inner, *one.because[j + 1 :]), values=values, after=given_by_rule(one, values)
            )
            follow(steps, i)
            claim = replace(claim, right=steps[-1].after)
        case "at":
            steps[i] = replace(one, at=edited(one.at, rnd, pool))
        case "fact":
            free = sorted(claim.left.free_symbols, key=str)
            if free:
                old = rnd.choice(free)
                said = rnd.choice(({"real": True}, {"nonnegative": True}, {"negative": True}, {"integer": True}, {}))
                new = Symbol(old.name, **said)
                kept = [r for r in facts.relations if rnd.random() < 0.7]
                return renamed(Derivation(claim, tuple(steps)), old, new), Facts(substitute(r, {old: new}) for r in kept)
    return Derivation(claim, tuple(steps)), facts


def follow(steps, i):
    """What the steps after a changed one give, where they still fit."""
    for j in range(i + 1, len(steps)):
        before = steps[j - 1].after
        at = next((t for t in totals(before) if t.x == getattr(steps[j].at, "x", None)), steps[j].at)
        moved = replace(steps[j], before=before, at=at)
        steps[j] = replace(moved, after=given_by_rule(moved, moved.values))


def renamed(derivation, old, new):
    """The derivation with another symbol for a parameter."""

    def put(e):
        return Lambda(e.variables, substitute(e.expr, {old: new})) if isinstance(e, Lambda) else substitute(e, {old: new})

    steps = tuple(
        replace(
            s,
            values={k: put(v) for k, v in s.values.items()},
            before=put(s.before),
            after=put(s.after),
            at=put(s.at),
            because=tuple(renamed(d, old, new) for d in s.because),
        )
        for s in derivation.steps
    )
    return Derivation(
        Claim(put(derivation.claim.left), put(derivation.claim.right), tuple(map(put, derivation.claim.given))), steps
    )


def false_in_numbers(claim, facts):
    """Where the two sides of a claim clearly differ; None where they do not, or cannot be computed."""
    symbols_ = sorted(claim.left.free_symbols | claim.right.free_symbols, key=str)
    for point in points(symbols_, (*facts.relations, *claim.given), 2, seed=3):
        try:
            sides = [value(side.xreplace({E: exp(1)}), point, 12, 2.0) for side in (claim.left, claim.right)]
        except Exception:
            continue
        if not mpmath.almosteq(*sides, rel_eps=1e-9, abs_eps=0):
            return point, sides
    return None


def sweep(seed, count):
    """Try mutants; return how many were accepted with another claim than the original, and the false ones."""
    rnd, accepted, false = random.Random(seed), 0, []
    for _ in range(count):
        problem, derivation = rnd.choice(textbook())
        pool = [v.symbol for v in problem.variables] + [p.symbol for p in problem.parameters] + [Integer(2), Integer(-1), pi]
        try:
            changed, facts = mutant(derivation, rnd, pool, Facts(problem.conditions))
        except (ValueError, TypeError, ZeroDivisionError, AttributeError):
            continue  # the mutation itself makes no sense
        found = judge(changed, *facts.relations)
        if found in (PROVED, AGREES) and changed.claim != derivation.claim:
            accepted += 1
            if false_in_numbers(changed.claim, facts):
                false.append((problem.id, changed.claim, found))
    return accepted, false


def test_no_false_mutant_is_accepted():
    accepted, false = sweep(seed=2, count=120)
    assert not false
    assert accepted > 5, "the mutations are too wild to test anything"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 104))
def test_no_false_mutant_is_accepted_in_a_long_sweep(seed):
    accepted, false = sweep(seed, count=600)
    assert not false
    assert accepted > 5
