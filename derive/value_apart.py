"""Conditions that the closed form does not need: at the one value that they leave out, the total is derived by itself and agrees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sympy import Expr, Gt, Lambda, Lt, Mul, Ne, S, Symbol, factor
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.algebra.equality import equal
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Derivation, Step
from derive.language.totals import Total
from derive.rules import measure
from derive.rules.apart_from import BY_RELATION
from derive.rules.letters import F, L, M, R, c, f, t, x

Search = Callable[[Total, Facts], Derivation | None]


def without_exceptions(found: Derivation, facts: Facts, search: Search) -> Derivation:
    """The derivation without those of its conditions that leave out one value of a letter, where a derivation at that value agrees."""
    for condition in found.claim.given:
        for letter, value, kind in left_out(condition, facts):
            whole = with_value(found, condition, (letter, value, kind), facts, search)
            if whole is not None:
                found = whole
                break
    return found


def left_out(condition: Boolean, facts: Facts) -> Iterator[tuple[Symbol, Expr, type[Relational]]]:
    """(p, v, kind) where the condition says p ≠ v, or p < v or p > v beside what is known, p ≤ v or p ≥ v."""
    if not isinstance(condition, (Ne, Gt, Lt)):
        return
    gap = condition.lhs - condition.rhs
    if not isinstance(condition, Ne) and not facts.nonnegative(gap if isinstance(condition, Gt) else -gap):
        return
    moving = [part for part in Mul.make_args(factor(gap)) if part.free_symbols and not facts.nonzero(part)]
    for p in sorted(moving[0].free_symbols, key=str) if len(moving) == 1 else ():
        parts = linear(moving[0], p)
        if parts is not None and facts.nonzero(parts[0]):
            rising = facts.positive(parts[0]) == isinstance(condition, Gt)
            yield p, -parts[1] / parts[0], Ne if isinstance(condition, Ne) else Gt if rising else Lt


def with_value(found: Derivation, condition: Boolean, at: tuple[Symbol, Expr, type[Relational]], facts: Facts, search: Search) -> Derivation | None:
    """The derivation that rests on `found` away from one value, and on one of its own there."""
    (p, value, kind), total, right = at, found.claim.left, found.claim.right
    if not isinstance(total, Total) or p in total.measure.free_symbols or p not in total.body.free_symbols:
        return None
    there, wanted = valued(total.body, p, value), valued(right, p, value)
    if any(e.has(S.NaN, S.ComplexInfinity, S.Infinity, S.NegativeInfinity) for e in (there, wanted)):
        return None
    inner = search(Total(there, total.x, total.measure), facts)
    if inner is None or inner.claim.given or not equal(inner.claim.right, wanted, facts):
        return None
    last = Step(measure.VALUE.name, {L: inner.claim.right, R: wanted}, inner.claim.right, wanted, inner.claim.right)
    steps = inner.steps if inner.claim.right == wanted else (*inner.steps, last)
    elsewhere = replace(found.claim, given=tuple(kind(p, value) if c_ == condition else c_ for c_ in found.claim.given))
    values = {x: total.x, t: p, c: value, M: total.measure, f: Lambda((total.x, p), total.body), F: Lambda(p, right)}
    because = (replace(found, claim=elsewhere), Derivation(replace(inner.claim, right=wanted), steps))
    given = tuple(c_ for c_ in found.claim.given if c_ != condition)
    return Derivation(Claim(total, right, given), (Step(BY_RELATION[kind].name, values, total, right, total, because),))


def valued(e: Expr, p: Symbol, value: Expr) -> Expr:
    """`e` at a value of p; no number where SymPy divides by 0 there, as it does for the digits of betainc(a, b, 0, 1)."""
    try:
        return e.subs(p, value)
    except ZeroDivisionError:
        return S.NaN
