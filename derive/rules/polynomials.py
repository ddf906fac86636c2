"""Polynomials among the terms, in falling factorials, which leave terms of the same series; rational functions in partial fractions."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Expr, Mul, Poly, S, Symbol, apart, degree, fraction, together

from derive.algebra.rational import short
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Values
from derive.language.totals import NATURALS, Counting, Total
from derive.rules.letters import M, f, h, x
from derive.rules.measure import ALGEBRA
from derive.rules.terms import HIGHEST, Ratio, constant_ratio, finite_term, infinite_term, polynomial_part, ratio_of, rational_part, sorted_roots
from derive.rules.values import function


def falling_terms(polynomial: Expr, index: Symbol) -> list[Expr]:
    """c_j k (k − 1) … (k − j + 1) for j = 0, 1, …, which add up to the polynomial.

    >>> from sympy.abc import k
    >>> falling_terms(k**2, k)
    [k, k*(k - 1)]
    """
    rest, basis, found = Poly(polynomial, index), S.One, []
    for j in range(Poly(polynomial, index).degree() + 1):
        c = rest.eval(j)
        found.append(c * basis)
        rest = (rest - c).quo(Poly(index - j, index))
        basis *= index - j
    return [part for part in found if part != 0]


def base_terms(ratio: Ratio, total: Total, facts: Facts) -> Expr | None:
    """The terms in standard form of a series with this ratio, over the range of `total`."""
    if S.One not in ratio.lower:
        return None
    lower = list(ratio.lower)
    lower.remove(S.One)
    if total.measure == NATURALS:
        return infinite_term(ratio.z, ratio.upper, tuple(lower), total.x)
    end, upper = total.measure.hi, list(ratio.upper)
    if -end not in upper:
        return None
    upper.remove(-end)
    up, down = sorted_roots(upper, end, facts), sorted_roots(lower, end, facts)
    if up is None or down is None:
        return None
    z = ratio.z * S.NegativeOne ** (1 + len(up[1]) + len(down[1]))
    return finite_term(z, end, (up[0], down[0], down[1], up[1]), total.x)


def written_polynomial(body: Expr, index: Symbol, facts: Facts) -> tuple[Expr, Ratio | None]:
    """A polynomial with any roots that stands among the factors of the terms, and the ratio of the others: (k − a)² and λ^k/k!."""
    found = [e for e in Mul.make_args(body) if e.has(index) and e.is_polynomial(index)]
    factor = Mul(*found)
    if not short(factor) or not 1 < degree(factor, index) <= HIGHEST:
        return S.One, None
    return factor, ratio_of(body / factor, index, facts)


def in_falling_factorials(total: Total, facts: Facts) -> Iterator[Values]:
    """p(k) times terms in standard form, with p written in falling factorials."""
    if not isinstance(total.measure, Counting) or total.measure.lo != 0:
        return
    inside = facts.within(total.x, total.measure)
    factor, rest = written_polynomial(total.body, total.x, inside)
    if rest is None:
        ratio = ratio_of(total.body, total.x, inside)
        factor, rest = polynomial_part(ratio, total.x) if ratio is not None else (S.One, None)
    base = base_terms(rest, total, facts) if rest is not None and factor != 1 and short(factor) else None
    constant = constant_ratio(total.body, factor * base, total.x, inside) if base is not None else None
    if base is None or constant is None:
        return
    parts = falling_terms(factor, total.x)
    if len(parts) > 1:
        wanted = Add(*(Mul(constant, part, base) for part in parts))
        yield {x: total.x, f: function(total.x, total.body), h: function(total.x, wanted), M: total.measure}


FALLING_FACTORIALS = replace(ALGEBRA, find=in_falling_factorials)


def in_partial_fractions(total: Total, facts: Facts) -> Iterator[Values]:
    """Rational terms, with z^k where it stands; without it, simple fractions stay together, for their sums diverge one by one."""
    found = rational_part(total.body, total.x) if isinstance(total.measure, Counting) else None
    if found is None or not short(found[0]) or degree(fraction(together(found[0]))[1], total.x) < 2:
        return
    rational, power = found
    parts = list(Add.make_args(apart(rational, total.x)))
    simple = [p for p in parts if degree(fraction(together(p))[1], total.x) == 1]
    if power == 1 and total.measure.hi is S.Infinity:
        parts = [*(p for p in parts if p not in simple), *([together(Add(*simple))] if simple else [])]
    if len(parts) > 1:
        wanted = Add(*(Mul(p, power) for p in parts))
        yield {x: total.x, f: function(total.x, total.body), h: function(total.x, wanted), M: total.measure}


PARTIAL_FRACTIONS = replace(ALGEBRA, find=in_partial_fractions)


def in_logarithms(total: Total, facts: Facts) -> Iterator[Values]:
    """z^k times a rational function of k with whole poles alone, on an endless range: simple fractions beside z^k are logarithms."""
    endless = isinstance(total.measure, Counting) and total.measure.hi is S.Infinity and total.measure.lo.is_Integer
    found = rational_part(total.body, total.x) if endless else None
    if found is None or found[1] == 1 or not short(found[0]):
        return
    parts = Add.make_args(apart(found[0], total.x))
    below = [fraction(together(part))[1] for part in parts]
    poles = [linear(e.as_base_exp()[0], total.x) for e in below if e.has(total.x)]
    if len(parts) > 1 and poles and all(line is not None and (line[1] / line[0]).is_Integer for line in poles):
        wanted = Add(*(Mul(part, found[1]) for part in parts))
        yield {x: total.x, f: function(total.x, total.body), h: function(total.x, wanted), M: total.measure}


LOGARITHMIC_FRACTIONS = replace(ALGEBRA, find=in_logarithms)
