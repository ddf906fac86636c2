r"""∫₀¹ x^a (1 − x)^b logᵐ x logⁿ(1 − x) dx by the derivatives of the beta function in its arguments."""

from __future__ import annotations

from sympy import Add, Expr, Mul, S, Symbol, expand, expand_log, gamma, log

from derive.algebra.signs import Facts
from derive.language.totals import Lebesgue, Total, substitute

MOST, LARGEST = 4, 60  # logarithms in a term, operations in an integrand


def by_exponents(total: Total, facts: Facts) -> Expr | None:
    """The value where each term is such a product with a, b > −1: B(a + 1 + s, b + 1 + t) is analytic at s = t = 0, DLMF 5.12.1.

    >>> from sympy import log
    >>> x = Symbol("x", positive=True)
    >>> by_exponents(Total(log(x/(1 - x))**2, x, Lebesgue(0, 1)), Facts())
    pi**2/3
    """
    x = total.x
    if not isinstance(total.measure, Lebesgue) or total.measure.args != (S.Zero, S.One) or not total.body.has(log):
        return None
    if total.body.count_ops() > LARGEST:
        return None
    own = Symbol(x.name, positive=True)
    one, two = Symbol("log(x)"), Symbol("log(1-x)")
    plain = expand_log(total.body.xreplace({x: own}), force=True)  # products of powers of x and 1 − x, which are positive here
    plain = expand(plain.xreplace({log(own): one, log(1 - own): two}))
    if plain.has(log):
        return None
    found = [of_term(term, own, one, two, facts) for term in Add.make_args(plain)]
    return None if any(value is None for value in found) else Add(*(value for value in found if value is not None)).expand()


def of_term(term: Expr, x: Symbol, one: Symbol, two: Symbol, facts: Facts) -> Expr | None:
    """One product c x^a (1 − x)^b uᵐ vⁿ."""
    c, powers = S.One, {x: S.Zero, 1 - x: S.Zero, one: S.Zero, two: S.Zero}
    for factor in Mul.make_args(term):
        base, exponent = factor.as_base_exp()
        if base in powers and not exponent.has(x):
            powers[base] += exponent
        elif not factor.has(x, one, two):
            c *= factor
        else:
            return None
    a, b, m, n = powers.values()
    if not (m.is_Integer and n.is_Integer and 0 <= m and 0 <= n and m + n <= MOST) or not (facts.positive(a + 1) and facts.positive(b + 1)):
        return None
    s, t = Symbol("s′", real=True), Symbol("t′", real=True)
    value = gamma(a + 1 + s) * gamma(b + 1 + t) / gamma(a + b + 2 + s + t)
    found = substitute(value.diff(s, int(m)).diff(t, int(n)) if m or n else value, {s: S.Zero, t: S.Zero})
    return None if found.has(S.NaN, S.ComplexInfinity) else c * found
