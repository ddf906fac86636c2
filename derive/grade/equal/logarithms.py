r"""Logarithms beside powers: ∫₀¹ x^a (1 − x)^b logᵐ x logⁿ(1 − x) dx and ∫₀^∞ x^a e^(−b xᵖ) logᵐ x dx as derivatives in the exponents."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Abs, Add, Expr, Mul, S, Symbol, exp, expand, expand_log, gamma, log

from derive.algebra.rational import short
from derive.algebra.reading import power_of
from derive.algebra.signs import Facts
from derive.language.parts import factors_free_of
from derive.language.totals import POSITIVE, UNIT, Total, substitute

MOST, LARGEST = 4, 60  # logarithms in a term, operations in an integrand
S_, T_ = Symbol("s′", real=True), Symbol("t′", real=True)


def by_exponents(total: Total, facts: Facts) -> Expr | None:
    """The value where each term is such a product with a, b > −1, or (a + 1)/p, b > 0.

    B(a + 1 + s, b + 1 + t) and Γ((a + 1 + s)/p) are analytic at s = t = 0, and so are the integrals, DLMF 5.12.1 and 5.9.1.

    >>> from sympy import exp, log
    >>> x = Symbol("x", positive=True)
    >>> by_exponents(Total(log(x/(1 - x))**2, x, UNIT), Facts())
    pi**2/3
    >>> by_exponents(Total(exp(-x)*log(x), x, POSITIVE), Facts())
    -EulerGamma
    """
    x = total.x
    if total.measure not in (UNIT, POSITIVE) or not total.body.has(log) or total.body.count_ops() > LARGEST:
        return None
    own = Symbol(x.name, positive=True)
    one, two = Symbol("log(x)"), Symbol("log(1-x)")
    plain = taken_apart(total.body.xreplace({x: own}), own, facts)
    if not short(plain):
        return None
    plain = expand(plain.xreplace({log(own): one, log(1 - own): two}))
    if any(inner.has(own) for inner in plain.atoms(log)):
        return None
    of_term = beta_term if total.measure == UNIT else gamma_term
    found = [of_term(term, own, one, two, facts) for term in Add.make_args(plain)]
    return None if any(value is None for value in found) else Add(*(value for value in found if value is not None)).expand()


def taken_apart(e: Expr, x: Symbol, facts: Facts) -> Expr:
    """`e` with its logarithms taken apart, x and 1 − x being positive; as it is, where a letter would stand in one that may not be positive.

    >>> from sympy.abc import a, b
    >>> x, c = Symbol("x", positive=True), Symbol("c", positive=True)
    >>> taken_apart(log(c*x**2), x, Facts()), taken_apart(log(a*b*x), x, Facts())
    (log(c) + 2*log(x), log(a*b*x))
    """
    plain = expand_log(e, force=True)
    new = plain.atoms(log) - e.atoms(log)
    return plain if all(facts.positive(one.args[0]) for one in new if not one.has(x)) else e


def beta_term(term: Expr, x: Symbol, one: Symbol, two: Symbol, facts: Facts) -> Expr | None:
    """One product c x^a (1 − x)^b uᵐ vⁿ on (0, 1)."""
    read = split(term, (x, 1 - x, one, two), x)
    if read is None or read[2]:
        return None
    c, (a, b, m, n), _ = read
    if not counted(m, n) or not (facts.positive(a + 1) and facts.positive(b + 1)):
        return None
    return slope(gamma(a + 1 + S_) * gamma(b + 1 + T_) / gamma(a + b + 2 + S_ + T_), c, m, n)


def gamma_term(term: Expr, x: Symbol, one: Symbol, two: Symbol, facts: Facts) -> Expr | None:
    """One product c x^a e^(−b xᵖ) uᵐ on (0, ∞)."""
    read = split(term, (x, one), x)
    if read is None:
        return None
    c, (a, m), exponent = read
    rate, power = factors_free_of(exponent, [x])
    p = power_of(power, x)
    if p is None or not counted(m) or not (facts.positive(-rate) and facts.positive((a + 1) / p)):
        return None
    return slope(gamma((a + 1 + S_) / p) * (-rate) ** (-(a + 1 + S_) / p), c / Abs(p), m, S.Zero)


def split(term: Expr, bases: Sequence[Expr], x: Symbol) -> tuple[Expr, list[Expr], Expr] | None:
    """c, the exponents of the bases, and η, where a term is c ∏ baseⁿ e^η and c is free of them."""
    c, eta, powers = S.One, S.Zero, dict.fromkeys(bases, S.Zero)
    for factor in Mul.make_args(term):
        base, exponent = factor.as_base_exp()
        if base in powers and not exponent.has(x):
            powers[base] += exponent
        elif isinstance(factor, exp):
            eta += factor.args[0]
        elif not factor.has(x, *bases):
            c *= factor
        else:
            return None
    return c, list(powers.values()), eta


def counted(*orders: Expr) -> bool:
    """Whether logarithms stand in whole powers, not too many of them."""
    return all(n.is_Integer and n >= 0 for n in orders) and sum(orders) <= MOST


def slope(value: Expr, c: Expr, m: Expr, n: Expr) -> Expr | None:
    """c times the derivative of a value in its exponents, where these are what they are."""
    found = substitute(value.diff((S_, int(m)), (T_, int(n))), {S_: S.Zero, T_: S.Zero})
    return None if found.has(S.NaN, S.ComplexInfinity) else c * found
