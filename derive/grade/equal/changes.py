"""Equality of two integrals by the substitution that a derivation has stated, where neither has a closed form that is found."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Add, Expr, Symbol, expand

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.grade.equal.branches import onto
from derive.language.totals import Lebesgue, Total, substitute

MOST = 6  # substitutions that nobody has stated


def equal_by_substitution(a: Expr, b: Expr, defined: Mapping[Symbol, Expr], facts: Facts) -> bool:
    """Whether c ∫f(x) dx = d ∫h(u) du by u = φ(x) or x = ψ(u): φ is one-to-one from range to range, and c f(x) = d h(φ(x)) |φ′(x)|.

    >>> from sympy import exp, oo, symbols
    >>> x, u = symbols("x u", positive=True)
    >>> left, right = Total(x*exp(-x**2), x, Lebesgue(0, oo)), Total(exp(-u), u, Lebesgue(0, oo))/2
    >>> equal_by_substitution(left, right, {u: x**2}, Facts()), equal_by_substitution(left, 2*right, {u: x**2}, Facts())
    (True, False)
    """
    (c, one), (d, two) = (e.as_independent(Total, as_Add=False) for e in (a, b))
    if not all(isinstance(t, Total) and isinstance(t.measure, Lebesgue) and not t.body.has(Total) for t in (one, two)):
        return False
    if {s.name for s in c.free_symbols | d.free_symbols} & {one.x.name, two.x.name}:  # an x outside of ∫ f(x) dx is another one
        return False
    there = any(carried(c * one.body, one, d * two.body, two, value, facts) for value in (*said(two.x, one.x, defined), *unsaid(one)))
    return there or any(carried(d * two.body, two, c * one.body, one, value, facts) for value in (*said(one.x, two.x, defined), *unsaid(two)))


def unsaid(total: Total) -> list[Expr]:
    """What a student may substitute without saying so: the straight parts of an integrand, as x − μ and (x − μ)/σ."""
    x = total.x
    sums = [e for e in total.body.atoms(Add) if e.is_polynomial(x) and e.as_poly(x).degree() == 1]
    straight = {e / e.coeff(x, 1) for e in map(expand, sums) if not e.coeff(x, 1).has(x)}
    divided = {e / s for e in {x, *straight} for s in total.body.free_symbols - {x} if s.is_positive}
    return sorted({*straight, *divided}, key=lambda e: (e.count_ops(), str(e)))[:MOST]


def said(new: Symbol, old: Symbol, defined: Mapping[Symbol, Expr]) -> list[Expr]:
    """What the lines say u is in terms of x alone."""
    return [v for s, v in defined.items() if s.name == new.name and old.name in {x.name for x in v.free_symbols}]


def carried(f: Expr, old: Total, h: Expr, new: Total, value: Expr, facts: Facts) -> bool:
    """Whether u = φ(x) carries f(x) dx on its range over into h(u) du."""
    x = old.x
    phi = value.xreplace({s: x for s in value.free_symbols if s.name == x.name})
    if not isinstance(new.measure, Lebesgue) or not isinstance(old.measure, Lebesgue) or not onto(phi, x, old.measure.args, new.measure, facts):
        return False
    inside = facts.within(x, old.measure)
    slope = phi.diff(x)
    sign = 1 if inside.nonnegative(slope) else -1
    return equal(f, sign * slope * substitute(h, {new.x: phi}), inside)
