"""Sums of integrals that are equal range by range: ∫₀¹ f + ∫₁^∞ f = ∫₀^∞ f, ∫f + ∫g = ∫(f + g), and x → 1/x between (0, 1) and (1, ∞)."""

from __future__ import annotations

from sympy import Add, Expr, S, Symbol, expand, oo

from derive.algebra.equality import equal
from derive.algebra.rational import short
from derive.algebra.signs import Facts
from derive.check.convergence import FINITE, convergence
from derive.language.totals import Lebesgue, Total, substitute

MOST = 6  # integrals that are looked at
Ranges = dict[tuple[Expr, Expr], Expr]


def equal_by_ranges(a: Expr, b: Expr, facts: Facts) -> bool:
    """Whether two sums of convergent integrals have the same integrand on each part of their ranges, up to x → 1/x.

    >>> from sympy import exp
    >>> x, s = Symbol("x", positive=True), Symbol("s", positive=True)
    >>> whole = Total(x**s*exp(-x), x, Lebesgue(0, oo))
    >>> parts = [Total(x**s*exp(-x), x, Lebesgue(*ends)) for ends in ((0, 1), (1, oo))]
    >>> equal_by_ranges(whole, Add(*parts), Facts()), equal_by_ranges(whole, parts[0] + 2*parts[1], Facts())
    (True, False)
    """
    x = Symbol("x′", positive=True)
    found = {side: gathered(side, x, facts) for side in (a, b)}
    one, two = found[a], found[b]
    if one is None or two is None or len(one[0]) + len(two[0]) < 2 or not equal(one[1], two[1], facts):
        return False
    cuts = {end for ranges in (one[0], two[0]) for ends in ranges for end in ends}
    left: Ranges = {}
    for ranges, sign in ((one[0], S.One), (two[0], S.NegativeOne)):
        for ends, f in ranges.items():
            for part in cut(ends, cuts, facts):
                left[part] = left.get(part, S.Zero) + sign * f
    left = {part: f for part, f in left.items() if not vanishes(f, part, x, facts)}
    far, near = (S.One, oo), (S.Zero, S.One)
    if set(left) == {far, near}:
        return vanishes(left[near] + substitute(left[far], {x: 1 / x}) / x**2, near, x, facts)
    return not left


def gathered(side: Expr, x: Symbol, facts: Facts) -> tuple[Ranges, Expr] | None:
    """The integrands of a sum of finite integrals over x > 0, by their ranges, and what stands beside them; None for other sums."""
    ranges: Ranges = {}
    rest = S.Zero
    for term in Add.make_args(side.expand() if side.is_Mul and any(f.is_Add for f in side.args) else side):
        factor, total = term.as_independent(Total, as_Add=False)
        if not isinstance(total, Total):
            rest += term
            continue
        m = total.measure
        alone = isinstance(m, Lebesgue) and not total.body.has(Total) and not factor.has(total.x) and facts.nonnegative(m.lo)
        if not alone or len(ranges) == MOST or not converges(total, facts):
            return None
        ends = (m.lo, m.hi)
        ranges[ends] = ranges.get(ends, S.Zero) + factor * substitute(total.body, {total.x: x})
    return ranges, rest


def converges(total: Total, facts: Facts) -> bool:
    """Whether an integral of what is ≥ 0 is known to be finite, whatever the parameters are."""
    if not facts.within(total.x, total.measure).nonnegative(total.body):
        return False
    found = convergence(total.body, total.x, total.measure, facts)
    if found.verdict == FINITE and all(facts.follows(c) for c in found.conditions):
        return True
    terms = Add.make_args(expand(total.body)) if short(total.body) else ()
    return len(terms) > 1 and all(converges(Total(t, total.x, total.measure), facts) for t in terms)


def cut(ends: tuple[Expr, Expr], places: set[Expr], facts: Facts) -> list[tuple[Expr, Expr]]:
    """A range in parts, at the places that are known to lie inside of it, in their order; whole where that is not known."""
    lo, hi = ends
    inside = [p for p in places if p.is_finite and facts.positive(p - lo) and (hi is oo or facts.positive(hi - p))]
    ordered = sorted(inside, key=lambda p: sum(facts.positive(p - q) for q in inside))
    if any(not facts.positive(q - p) for p, q in zip(ordered, ordered[1:], strict=False)):
        return [ends]
    points = [lo, *ordered, hi]
    return list(zip(points, points[1:], strict=False))


def vanishes(f: Expr, ends: tuple[Expr, Expr], x: Symbol, facts: Facts) -> bool:
    return f == 0 or equal(f, S.Zero, facts.within(x, Lebesgue(*ends)))
