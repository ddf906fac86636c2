"""Equality of two terms in a whole number by induction: the same first value, and the same ratio of neighbours."""

from __future__ import annotations

from sympy import Expr, S, Symbol

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.language.totals import Total, substitute
from derive.rules.terms import ratio_of


def by_steps(a: Expr, b: Expr, facts: Facts) -> bool:
    """Whether a = b by induction over a whole number k ≥ 0 in both, where neither ratio a(k + 1)/a(k) has a pole at such a k.

    >>> from sympy import Rational, binomial
    >>> k = Symbol("k", integer=True, nonnegative=True)
    >>> by_steps(binomial(2*k, k), (-4)**k*binomial(-Rational(1, 2), k), Facts())
    True
    """
    if a.has(Total) or b.has(Total):
        return False
    letters = [x for x in a.free_symbols & b.free_symbols if isinstance(x, Symbol) and x.is_integer and facts.nonnegative(x)]
    return any(inductive(a, b, k, facts) for k in sorted(letters, key=str))


def inductive(a: Expr, b: Expr, k: Symbol, facts: Facts) -> bool:
    one, two = ratio_of(a, k, facts), ratio_of(b, k, facts)
    if one is None or two is None or one.upper != two.upper or one.lower != two.lower or not equal(one.z, two.z, facts):
        return False
    first = [substitute(e, {k: S.Zero}) for e in (a, b)]
    regular = all(facts.positive(c) for c in one.lower) and all(e.is_finite is not False for e in first)
    return regular and equal(first[0], first[1], facts)
