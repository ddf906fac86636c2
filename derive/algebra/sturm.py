"""Polynomials in one variable with rational coefficients: their sign between rational bounds, by counting real roots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Add, Gt, Lt, Poly, Rational, S, Symbol
from sympy.core.relational import GreaterThan, LessThan

from derive.algebra.rational import short

if TYPE_CHECKING:
    from derive.algebra.signs import Facts

HIGHEST, TALLEST, MOST_TERMS = 12, 200, 100  # degree; digits base 2 of a coefficient; terms as it is written


def positive_by_roots(e: Add, facts: Facts, strict: bool) -> bool:
    """Whether a polynomial has no root inside the bounds of its variable (or, where it need not be strict, none of odd order), and is > 0 there.

    >>> from sympy import Symbol
    >>> from derive.algebra.signs import Facts
    >>> x = Symbol("x", real=True)
    >>> positive_by_roots(2*x**3 - 6*x + 5, Facts([x > -1, x < 3]), True), positive_by_roots(x**3 - x, Facts([x > 0]), True)
    (True, False)
    """
    if len(e.free_symbols) != 1:
        return False
    (x,) = e.free_symbols
    if not isinstance(x, Symbol) or not x.is_real or not short(e, MOST_TERMS) or not e.is_polynomial(x) or not e.is_commutative:
        return False
    whole = Poly(e, x)
    if not 2 < whole.degree() <= HIGHEST or not all(c.is_Rational and max(abs(c.p), c.q).bit_length() < TALLEST for c in whole.all_coeffs()):
        return False
    (lo, lo_open), (hi, hi_open) = bounds(x, facts)
    odd = Poly(1, x)
    for factor, n in whole.factor_list()[1]:
        odd = odd * factor if n % 2 or strict else odd
    at_ends = [end_open for end, end_open in ((lo, lo_open), (hi, hi_open)) if end is not None and odd.eval(end) == 0]
    empty = lo is not None and hi is not None and lo >= hi
    return not empty and (not strict or all(at_ends)) and odd.count_roots(lo, hi) == len(at_ends) and somewhere(whole, lo, hi)


def somewhere(whole: Poly, lo: Rational | None, hi: Rational | None) -> bool:
    """Whether the polynomial is positive at a point inside, which is no root of it."""
    width = hi - lo if lo is not None and hi is not None else S(2)
    start = lo if lo is not None else hi - width if hi is not None else S.Zero
    values = [whole.eval(start + width * Rational(i, 2 * HIGHEST + 1)) for i in range(1, 2 * HIGHEST + 1)]
    return next((bool(v > 0) for v in values if v != 0), False)


def bounds(x: Symbol, facts: Facts) -> tuple[tuple[Rational | None, bool], tuple[Rational | None, bool]]:
    """The greatest number that x is known to be at least, and the least that it is known to be at most, each with whether x is not that number."""
    lows: list[tuple[Rational, bool]] = [(S.Zero, bool(x.is_positive))] if x.is_nonnegative else []
    highs: list[tuple[Rational, bool]] = [(S.Zero, bool(x.is_negative))] if x.is_nonpositive else []
    for r in facts.relations:
        if isinstance(r, (Gt, Lt, GreaterThan, LessThan)) and x in (r.gts, r.lts):
            other = r.lts if r.gts == x else r.gts
            if other.is_Rational:
                (lows if r.gts == x else highs).append((other, isinstance(r, (Gt, Lt))))
    return max(lows, default=(None, False)), min(highs, key=lambda bound: (bound[0], not bound[1]), default=(None, False))
