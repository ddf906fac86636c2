"""Sums of a polynomial in k times r^k/(k + c)!, by falling factorials of k + c; the incomplete beta function at 1/2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Add, Expr, Integer, Mul, Poly, PolynomialError, Pow, S, Symbol, beta, cancel, exp, factorial, gamma

from derive.algebra.signs import Facts
from derive.language.totals import Counting, Total

if TYPE_CHECKING:
    from derive.grade.equal.values import Bench

MOST_POWERS, MOST_TERMS = 8, 12


def by_falling_factorials(total: Total, facts: Facts, bench: Bench) -> Expr | None:
    """Σ P(k) r^k/(k + c)! from a number on: k + c to the falling j over (k + c)! is 1/(k + c − j)!, DLMF 26.8.10 and 4.2.19.

    >>> from sympy import oo
    >>> from derive.grade.equal.values import Bench
    >>> k = Symbol("k", integer=True, positive=True)
    >>> by_falling_factorials(Total(k**2/factorial(k + 1), k, Counting(1, oo)), Facts(), Bench())
    -1 + E
    """
    k, m = total.x, total.measure
    if not isinstance(m, Counting) or m.hi is not S.Infinity or not m.lo.is_Integer:
        return None
    below = [f for f in Mul.make_args(total.body) if isinstance(f, Pow) and f.exp == -1 and isinstance(f.base, (factorial, gamma)) and f.has(k)]
    if len(below) != 1:
        return None
    shift = below[0].base.args[0] - k - (1 if isinstance(below[0].base, gamma) else 0)
    powers = [f for f in Mul.make_args(total.body) if isinstance(f, Pow) and f.exp.has(k)]
    ratio = Mul(*(f.base ** f.exp.coeff(k) for f in powers))
    outside = Mul(*(f.base ** f.exp.coeff(k, 0) for f in powers))
    polynomial = Mul(*(f for f in Mul.make_args(total.body) if f not in (below[0], *powers)))
    if not shift.is_Integer or ratio.has(k) or outside.has(k) or any(f.exp.expand() != f.exp.coeff(k) * k + f.exp.coeff(k, 0) for f in powers):
        return None
    if not polynomial.is_polynomial(k) or not polynomial.has(k) or ratio == 0:
        return None
    parts = falling(polynomial, k, shift)
    if parts is None or not -MOST_TERMS <= m.lo <= MOST_TERMS:
        return None
    return outside * Add(*(a * tail(ratio, j - int(shift), int(m.lo) + int(shift) - j) for j, a in enumerate(parts) if a != 0))


def falling(polynomial: Expr, k: Symbol, shift: Expr) -> list[Expr] | None:
    """The a_j with P(k) = Σ a_j (k + c)(k + c − 1)⋯(k + c − j + 1), by dividing by k + c, k + c − 1, …"""
    try:
        rest = Poly(polynomial, k)
    except (PolynomialError, NotImplementedError):
        return None
    if rest.degree() > MOST_POWERS:
        return None
    found = []
    for j in range(rest.degree() + 1):
        rest, remainder = rest.div(Poly(k + shift - j, k))
        found.append(remainder.as_expr())
    return found


def tail(ratio: Expr, power: int, first: int) -> Expr:
    """r^power Σ r^m/m! over m ≥ first, as 1/m! is 0 for m < 0."""
    return ratio ** Integer(power) * (exp(ratio) - Add(*(ratio ** Integer(i) / factorial(i) for i in range(max(first, 0)))))


def half_beta(e: Expr, facts: Facts) -> Expr | None:
    """B_{1/2}(a, a) = B(a, a)/2, and B_{1/2}(a, a ± 1) = B(a, a ± 1)/2 ± the term at the middle, as t^(a−1) (1 − t)^(a−1) (1 − 2t) is a derivative.

    >>> a = Symbol("a", positive=True)
    >>> from sympy import betainc
    >>> half_beta(betainc(a, a + 1, 0, S.Half), Facts())
    beta(a, a)/4 + 1/(2*4**a*a)
    """
    a, b, lo, hi = e.args
    apart = cancel(b - a)
    if lo != 0 or hi != S.Half or apart not in (-1, 0, 1) or not (facts.positive(a) and facts.positive(b)):
        return None
    if apart == 0:
        return beta(a, a) / 2
    c = a if apart == 1 else b
    return beta(c, c) / 4 + apart * Integer(4) ** -c / (2 * c)
