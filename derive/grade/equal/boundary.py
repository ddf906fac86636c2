"""Equality of two integrals by parts: ∫f = ∫g where f − g is the derivative of something that vanishes at both ends."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Derivative, Expr, S, Subs, Symbol, cos, expand, powsimp, sin

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.grade.equal.ends import limit_at
from derive.grade.equal.quotients import reduced
from derive.language.totals import Lebesgue, Total, support

SINE = Symbol("sin", positive=True)


def equal_by_parts(a: Expr, b: Expr, facts: Facts) -> bool:
    """Whether c ∫f = d ∫g on one range, as c f = d g, or c f − d g = F′ with F = 0 at both ends, for an F = (constant) φ(x) f of a few shapes.

    >>> from sympy import Symbol, exp, oo
    >>> x, n = Symbol("x", positive=True), Symbol("n", integer=True, positive=True)
    >>> left, right = Total(x**(n + 1)*exp(-x), x, Lebesgue(0, oo)), Total(x**n*exp(-x), x, Lebesgue(0, oo))
    >>> equal_by_parts(left, (n + 1)*right, Facts())
    True
    """
    (c, one), (d, two) = (e.as_independent(Total, as_Add=False) for e in (a, b))
    if not isinstance(one, Total) or not isinstance(two, Total) or not isinstance(one.measure, Lebesgue) or not isinstance(two.measure, Lebesgue):
        return False
    if {s.name for s in c.free_symbols | d.free_symbols} & {one.x.name, two.x.name}:  # an x outside of ∫ f(x) dx is another one
        return False
    if folded(c, one, d, two, facts) or folded(d, two, c, one, facts):
        return True
    if one.measure != two.measure:
        return False
    x = one.x
    difference = c * one.body - d * two.body.xreplace({two.x: x})
    inside = facts.and_(*support(x, one.measure))
    if equal(c * one.body, d * two.body.xreplace({two.x: x}), facts.within(x, one.measure)):
        return True
    for shape in shapes(one):
        slope = (one.body * shape).diff(x)
        factor = quotient(difference, slope, x, facts)
        if factor is None or not holds(factor * slope, difference, x, one.measure, facts):
            continue
        ends = [limit_at(one.body * shape, x, end, side, inside) for end, side in ((one.measure.hi, -1), (one.measure.lo, 1))]
        if all(end == 0 for end in ends):
            return True
    return False


def folded(c: Expr, whole: Total, d: Expr, half: Total, facts: Facts) -> bool:
    """Whether c ∫f over (−a, a) is d ∫g over (0, a), as c (f(x) + f(−x)) = d g(x)."""
    lo, hi = whole.measure.args
    if lo != -hi or half.measure.args != (S.Zero, hi):
        return False
    x = Symbol(half.x.name, positive=True)
    both = whole.body.xreplace({whole.x: x}) + whole.body.xreplace({whole.x: -x})
    return equal(c * both, d * half.body.xreplace({half.x: x}), facts.within(x, half.measure))


def quotient(difference: Expr, slope: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """The constant factor between two functions, as far as their quotient shows it."""
    y = Symbol("y", positive=True)
    above, below = (in_sine(e.xreplace({x: y}), y) for e in (difference, slope))
    found = reduced(above / below, facts) if below != 0 else S.NaN
    if found.has(y, SINE) and not found.has(Derivative, Subs):  # where it is a constant it is one at every point
        above, below = (e.xreplace({y: S.One, SINE: S.Half}) for e in (above, below))
        found = reduced(above / below, facts) if below != 0 else S.NaN
    return None if found.has(y, SINE, S.NaN, S.ComplexInfinity) else found


def in_sine(e: Expr, x: Symbol) -> Expr:
    """cos² x = 1 − sin² x"""
    return powsimp(expand(expand(e.xreplace({sin(x): SINE})).subs(cos(x) ** 2, 1 - SINE**2))) if e.has(sin(x), cos(x)) else e


def holds(a: Expr, b: Expr, x: Symbol, measure: Lebesgue, facts: Facts) -> bool:
    """Whether a = b to the right and to the left of 0, as far as the range goes."""
    y = Symbol("y", positive=True)
    signs = [sign for sign, free in ((1, measure.hi), (-1, -measure.lo)) if not facts.nonnegative(-free)]
    return all(equal(in_sine(a.xreplace({x: sign * y}), y), in_sine(b.xreplace({x: sign * y}), y), facts) for sign in signs)


def shapes(total: Total) -> Iterator[Expr]:
    x = total.x
    yield from (S.One, 1 / x, x)
    if total.body.has(sin, cos):
        yield from (cos(x) / sin(x), sin(x) / cos(x))
