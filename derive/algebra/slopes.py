"""Sums of exponentials and hyperbolic functions that are ≥ 0 because they rise from where they are 0: x cosh x > sinh x, coth x > 1/x, x > tanh x."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Add, Dummy, Expr, Mul, Pow, S, Symbol, cosh, coth, exp, expand_mul, fraction, sinh, tanh, together

from derive.algebra.monomials import label

if TYPE_CHECKING:
    from derive.algebra.signs import Facts

MOST_TERMS, MOST_SLOPES = 4, 3
PLAIN = {tanh: lambda z: sinh(z) / cosh(z), coth: lambda z: cosh(z) / sinh(z)}


def positive_by_slopes(e: Add, facts: Facts, strict: bool) -> bool:
    """Whether a sum of powers, exponentials and hyperbolic functions is > 0 (or ≥ 0) since it is ≥ 0 at x = 0 and its slope is on all of x > 0.

    >>> from derive.algebra.signs import Facts
    >>> x = Symbol("x", positive=True)
    >>> [positive_by_slopes(f, Facts(), True) for f in (coth(x) - 1/x, x - tanh(x), x - sinh(x))]
    [True, True, False]
    """
    if len(e.args) > MOST_TERMS or not e.has(exp, sinh, cosh, tanh, coth):
        return False
    top, bottom = fraction(together(e.replace(lambda f: f.func in PLAIN, lambda f: PLAIN[f.func](*f.args))))
    if not facts.positive(bottom):
        return False
    return any(rises_from_zero(expand_mul(top), v, facts, strict) for v in sorted(top.free_symbols, key=label) if v.is_positive)


def rises_from_zero(f: Expr, v: Symbol, facts: Facts, strict: bool, more: int = MOST_SLOPES) -> bool:
    """Whether f(0) ≥ 0 and f′ > 0 for all v > 0, whatever else is known of v: f(v) = f(0) + ∫ f′."""
    rest = facts.without(v)
    if not entire(f, v) or not rest.nonnegative(f.xreplace({v: S.Zero})):
        return False
    u = Dummy("u", positive=True)
    slope = expand_mul(f.diff(v)).xreplace({v: u})
    if rest.positive(slope) if strict else rest.nonnegative(slope):
        return True
    return more > 1 and isinstance(slope, Add) and rises_from_zero(slope, u, rest, strict, more - 1)


def entire(f: Expr, v: Symbol) -> bool:
    """Whether f is written as a polynomial in v and in exp, cosh and sinh of polynomials in v."""
    if v not in f.atoms(Symbol) or f == v:  # where v is bound, nothing is put for it
        return True
    if isinstance(f, (Add, Mul, exp, sinh, cosh)):
        return all(entire(arg, v) for arg in f.args)
    return isinstance(f, Pow) and bool(f.exp.is_Integer and f.exp > 0) and entire(f.base, v)
