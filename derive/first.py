"""The first derivation of Z: under what the problem assumes where that is enough, else under conditions that it lists."""

from __future__ import annotations

import time
from dataclasses import replace

from sympy import Abs, Add, Expr, Ge, Gt, Lambda, Ne, Poly, Pow, S, Symbol, appellf1, cosh, factor, hyper, sign
from sympy.logic.boolalg import Boolean, Not

from derive.algebra.cases import settle
from derive.algebra.relations import isolated
from derive.algebra.signs import Facts
from derive.check.convergence import INFINITE, UNKNOWN, Convergence, convergence
from derive.check.points import holds, points
from derive.language.claims import Claim, Derivation, Step, denominators
from derive.language.parts import every
from derive.language.problem import Problem
from derive.language.totals import Lebesgue, Total
from derive.rules.letters import M, N, f, hi, t, x, y
from derive.search.apart import replaced
from derive.search.engine import MOVES, Context, OutOfTime, allowance, derive
from derive.search.needed import narrowed
from derive.search.presentable import presentable
from derive.value_apart import without_exceptions

SOON = 12, 6  # moves, and more for each term of a sum, within which nearly all are found: else convergence is asked before more are tried
MOST_OFF_ZERO = 3  # letters that are taken for positive one at a time
WITNESSES = 6  # values of the parameters at which a condition is looked at


def searched(problem: Problem, facts: Facts, deadline: float) -> Derivation | None:
    """The first derivation; where the ends of an interval are in no known order, (a, b) is taken for a < b, and the derivation says so."""
    given = (*in_order(problem, facts), *defined(problem, facts))
    known = facts.and_(*given)
    found = within(problem, known, deadline)
    found = found and without_exceptions(found, known, lambda total, facts: attempted(total, facts, deadline))
    if found is None:
        return None
    more = (*found.claim.given, *given, *finite_powers(found.claim.right, known))
    return shown(replace(found, claim=replace(found.claim, given=tuple(dict.fromkeys(more)))), facts)


def finite_powers(right: Expr, facts: Facts) -> tuple[Boolean, ...]:
    """p ≥ 0 for 0^p: it is infinite for p < 0."""
    powers = sorted((e.exp for e in every(right, Pow) if e.base is S.Zero and not facts.nonnegative(e.exp)), key=str)
    return tuple(Ge(p, 0) for p in dict.fromkeys(powers) if p.is_real)


def shown(found: Derivation, facts: Facts) -> Derivation:
    """The derivation with no bars in its result that its conditions settle: 1/b for 1/|b| beside b > 0."""
    right = found.claim.right
    if not found.claim.given or not right.has(Abs, sign):
        return found
    known = facts.and_(*found.claim.given)
    best = presentable(right.replace(lambda e: isinstance(e, (Abs, sign)), lambda e: settle(e, known)), known)
    return replace(found, claim=replace(found.claim, right=best), steps=(*found.steps[:-1], replace(found.steps[-1], after=best)))


def in_order(problem: Problem, facts: Facts) -> tuple[Boolean, ...]:
    """That the ends of intervals are in order, where parameters alone decide it and nothing that is known does."""
    own = {p.symbol for p in problem.parameters}
    ends = [(v.measure.lo, v.measure.hi) for v in problem.variables if isinstance(v.measure, Lebesgue)]
    open_ = [(lo, hi) for lo, hi in ends if lo.is_finite and hi.is_finite and (hi - lo).free_symbols <= own and not facts.nonnegative(hi - lo)]
    return tuple(isolated(Gt(hi - lo, 0, evaluate=False)) for lo, hi in open_ if not facts.nonnegative(lo - hi))


def defined(problem: Problem, facts: Facts) -> tuple[Boolean, ...]:
    """That no parameter by which the kernel divides is 0: where it is, there is no kernel to speak of."""
    own = {p.symbol for p in problem.parameters}
    below = denominators(problem.kernel)[0] & own
    return tuple(Gt(p, 0) if facts.nonnegative(p) else Ne(p, 0) for p in sorted(below, key=str) if p.is_real and not facts.nonzero(p))


def within(problem: Problem, facts: Facts, deadline: float) -> Derivation | None:
    """A derivation under the problem's own assumptions, quickly and then with care, else one that assumes more of the parameters.

    What holds where something is not 0 is preferred to a hypergeometric function that holds there too: (e^a − 1)/a to ₁F₁(1; 2; a).
    """
    total = problem.total
    if not isinstance(total, Total):
        return None
    own, more = started(total, facts.quick(), deadline)
    known = Convergence(UNKNOWN) if own else converges(problem, facts)
    if known.verdict == INFINITE:
        return None
    own = own or (looked_for(total, facts.quick(), deadline) if more else None)
    found = under_conditions(problem, total, own, known.conditions, facts, deadline)
    return of_either_sign(total, found, facts, deadline) or found or off_zero(total, facts, deadline) or by_discriminant(total, facts, deadline)


def off_zero(total: Total, facts: Facts, deadline: float) -> Derivation | None:
    """A derivation that takes one letter for positive which may be 0 or less, or all of them, where none was found otherwise."""
    letters = [p for p in sorted(total.free_symbols, key=str) if not facts.positive(p) and not facts.negative(p)]
    groups = [(p,) for p in letters] + ([tuple(letters)] if len(letters) > 1 else [])
    for group in groups if len(letters) <= MOST_OFF_ZERO else groups[-1:]:
        given = tuple(Gt(p, 0) for p in group)
        known = facts.and_(*given)
        weaker = all(map(facts.nonnegative, group))
        found = attempted(total, known, deadline, moves=SOON) or (None if weaker else attempted(total, known, deadline, True, SOON))
        if found is not None:
            return replace(found, claim=replace(found.claim, given=tuple(dict.fromkeys((*found.claim.given, *given)))))
    return None


def by_discriminant(total: Total, facts: Facts, deadline: float) -> Derivation | None:
    """A derivation beside a quadratic whose discriminant may have either sign, where none was found otherwise: for one without real roots first."""
    for discriminant in discriminants(total):
        for d in (-discriminant, discriminant):
            given = isolated(narrowed(Gt(d, 0, evaluate=False), facts))
            if d.is_number or facts.nonnegative(-d):
                continue
            found = attempted(total, facts.and_(given), deadline, moves=SOON)
            if found is not None:
                return replace(found, claim=replace(found.claim, given=tuple(dict.fromkeys((*found.claim.given, given)))))
    return None


def discriminants(total: Total) -> list[Expr]:
    """b² − ac of a x² + 2bx + c, and b² − a² of a cosh kx + b, in denominators."""
    found = []
    for base in sorted((d for d in denominators(total.body)[0] if isinstance(d, Add)), key=str):
        waves = [w for w in every(base, cosh) if w.has(total.x)]
        letter = waves[0] if len(waves) == 1 else total.x
        parts = Poly(base, letter).all_coeffs() if base.is_polynomial(letter) else []
        if len(parts) == 2 and waves and not any(part.has(total.x) for part in parts):
            found.append(factor(parts[1] ** 2 - parts[0] ** 2))
        if len(parts) == 3 and not waves:
            found.append(factor((parts[1] / 2) ** 2 - parts[0] * parts[2]))
    return found


def of_either_sign(total: Total, found: Derivation | None, facts: Facts, deadline: float) -> Derivation | None:
    """A derivation for |p| where none was found or it needs the sign of p, and the total is the same for p and −p."""
    wider = facts.and_(*found.claim.given) if found is not None and found.claim.given else facts
    if found is not None and wider is facts:
        return None
    for p in sorted(total.body.free_symbols - {total.x}, key=str):
        open_sign = p.is_real and not any((facts.nonnegative(p), facts.nonnegative(-p)))
        if not open_sign or found is not None and not (wider.nonnegative(p) or wider.nonnegative(-p)):
            continue
        turns = {"even_parameter": {p: -p}, **({"even_parameter_together": {p: -p, total.x: -total.x}} if symmetric(total) else {})}
        rule = next((name for name, turn in turns.items() if total.body == total.body.xreplace(turn)), None)
        if rule is not None and not total.measure.has(p):
            return from_size(total, p, rule, facts, deadline)
    return None


def symmetric(total: Total) -> bool:
    return isinstance(total.measure, Lebesgue) and total.measure.lo == -total.measure.hi


def from_size(total: Total, p: Symbol, rule: str, facts: Facts, deadline: float) -> Derivation | None:
    """The derivation that begins by writing |p| for p: found for a letter q > 0 in place of |p|."""
    q = Symbol(p.name, positive=True, **({"integer": True} if p.is_integer else {}))
    known = Facts(c.xreplace({p: q}) for c in facts.relations if c == c.xreplace({p: -p}))  # what says the same of p and −p
    within = Total(total.body.xreplace({p: q}), total.x, total.measure)
    inner = attempted(within, known, deadline) or attempted(within, known, deadline, assume=True)
    if inner is None:
        return None
    found, sized = replaced(inner, {q: Abs(p)}), Total(total.body.xreplace({p: Abs(p)}), total.x, total.measure)
    values = {x: total.x, t: p, f: Lambda((total.x, p), total.body)}
    values |= {M: total.measure} if rule == "even_parameter" else {hi: total.measure.hi}
    first = Step(rule, values, total, sized, total)
    given = (*found.claim.given, *(() if facts.nonzero(p) else (Ne(p, 0),)))
    return Derivation(Claim(total, found.claim.right, given), (first, *found.steps))


def under_conditions(problem: Problem, total: Total, own: Derivation | None, needed: tuple[Boolean, ...], facts: Facts, deadline: float
                     ) -> Derivation | None:  # fmt: skip
    """A derivation under the problem's own assumptions, else under more; `own` was found quickly, `needed` is what convergence needs."""
    if lacking(needed, facts):
        found = attempted(total, facts, deadline, assume=True)
        if found is not None:
            return found
    again = attempted(total, facts, deadline) if own is None and facts.quick().gave_up() else None
    own = own or again or in_the_other_order(total, facts, deadline) or where_finite(total, needed, facts, deadline)
    if own is not None and not (problem.parameters and own.claim.right.has(hyper, appellf1)):
        return own
    wider = attempted(total, facts, deadline, assume=True)
    if own is None or wider is not None and not wider.claim.right.has(hyper, appellf1) and all(isinstance(c, Ne) for c in wider.claim.given):
        return wider
    return own


def where_finite(total: Total, needed: tuple[Boolean, ...], facts: Facts, deadline: float) -> Derivation | None:
    """A derivation that takes for granted what convergence needs, and says so: limits at the ends may rest on it."""
    known = facts.and_(*needed)
    found = attempted(total, known, deadline) or attempted(total, known, deadline, assume=True) if needed else None
    return found and replace(found, claim=replace(found.claim, given=tuple(dict.fromkeys((*found.claim.given, *needed)))))


def in_the_other_order(total: Total, facts: Facts, deadline: float) -> Derivation | None:
    """A derivation for two variables that takes the outer one first; the checker asks whether Tonelli's theorem allows it."""
    inner = total.body
    if not isinstance(inner, Total) or {total.x} & inner.measure.free_symbols:
        return None
    swapped = Total(Total(inner.body, total.x, total.measure), inner.x, inner.measure)
    found = attempted(swapped, facts, deadline)
    if found is None:
        return None
    values = {x: total.x, y: inner.x, M: total.measure, N: inner.measure, f: Lambda((total.x, inner.x), inner.body)}
    first = Step("tonelli", values, total, swapped, total)
    return Derivation(Claim(total, found.claim.right, found.claim.given), (first, *found.steps))


def converges(problem: Problem, facts: Facts) -> Convergence:
    """What is known of the convergence of a total of one variable before anything is derived."""
    if len(problem.variables) != 1:
        return Convergence(UNKNOWN)
    (variable,) = problem.variables
    return convergence(problem.kernel, variable.symbol, variable.measure, facts)


def lacking(needed: tuple[Boolean, ...], facts: Facts) -> bool:
    """Whether what is given does not imply the conditions, as some values of the parameters show."""
    letters = sorted({s for c in needed for s in c.free_symbols}, key=str)
    drawn = points(letters, facts.relations, WITNESSES) if needed else []
    return any(holds(Not(c), point) for c in needed for point in drawn)


def started(total: Total, facts: Facts, deadline: float) -> tuple[Derivation | None, bool]:
    """A derivation within a few moves, and, where there is none, whether more moves may find one."""
    try:
        return derive(total, Context(facts, deadline=soon(deadline), moves=allowance(total, SOON))), False
    except OutOfTime:
        return None, True


def attempted(total: Total, facts: Facts, deadline: float, assume: bool = False, moves: tuple[int, int] = MOVES) -> Derivation | None:
    """A derivation; with care only where quick facts leave a question open, since else it would be the same search once more."""
    found = None if facts.quick().gave_up() else looked_for(total, facts.quick(), deadline, assume, moves)
    return looked_for(total, facts, deadline, assume, moves) if facts.quick().gave_up() else found


def looked_for(total: Total, facts: Facts, deadline: float, assume: bool = False, moves: tuple[int, int] = MOVES) -> Derivation | None:
    """A derivation within a quarter of the time that is left. Raises OutOfTime where none is left."""
    try:
        return derive(total, Context(facts, deadline=soon(deadline), assume=assume, moves=allowance(total, moves)))
    except OutOfTime:
        if time.monotonic() > deadline:
            raise
        return None


def soon(deadline: float) -> float:
    """When a quarter of the time that is left is over."""
    return time.monotonic() + (deadline - time.monotonic()) / 4
