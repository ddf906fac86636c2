"""Gamma functions whose arguments belong together, at rational arguments, and binomials as quotients of them."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr, Mul, Pow, Rational, S, Symbol, binomial, expand, factor_terms, floor, gamma, pi, powsimp, sin, sqrt

from derive.algebra.signs import Facts
from derive.language.totals import Total

MOST_ORDER = 12  # steps of a recurrence that are written out


def gamma_table(found: Iterable[gamma]) -> dict[Expr, Expr]:
    """Duplication and reflection for gamma functions whose arguments belong together.

    >>> from sympy.abc import a
    >>> gamma_table([gamma(a), gamma(1 - a)])
    {gamma(1 - a): pi/(sin(pi*a)*gamma(a))}
    """
    table: dict[Expr, Expr] = {}
    arguments = sorted({g.args[0] for g in found if not g.args[0].is_number}, key=lambda z: (len(str(z)), str(z)))
    for z in arguments:
        half = next((w for w in arguments if w != z and gamma(w) not in table and whole(2 * w - z) is not None), None)
        if half is not None and gamma(z) not in table:  # Γ(2w − n) by Γ(w) and Γ(w + 1/2), DLMF 5.5.5
            n = whole(2 * half - z)
            assert n is not None
            double = Pow(2, 2 * half - 1) / sqrt(pi) * gamma(half) * gamma(half + S.Half)
            table[gamma(z)] = shifted(double, 2 * half, -n)
    for i, z in enumerate(arguments):
        for w in arguments[:i]:
            n = whole(z + w)
            if n is not None and gamma(w) not in table and gamma(z) not in table:  # Γ(z)Γ(1 − z) = π/sin πz, DLMF 5.5.3
                table[gamma(z)] = shifted(pi / sin(pi * w).expand(trig=False) / gamma(w), 1 - w, n - 1)
    return table


def whole(e: Expr) -> int | None:
    """The integer that an expression is, if it is one."""
    e = e.expand()
    return int(e) if e.is_Integer and abs(e) <= MOST_ORDER else None


def shifted(value: Expr, z: Expr, n: int) -> Expr:
    """Γ(z + n) where `value` is Γ(z)."""
    for i in range(min(n, 0), max(n, 0)):
        value = value * (z + i) if n > 0 else value / (z + i)
    return value


def gamma_of_rational(z: Expr) -> Expr | None:
    """Γ(p/q) by those with 0 < p/q ≤ 1/2 that neither the recurrence, reflection nor duplication relates: DLMF 5.5.1, 5.5.3, 5.5.5.

    >>> gamma_of_rational(Rational(5, 4)), gamma_of_rational(Rational(3, 4))
    (gamma(1/4)/4, sqrt(2)*pi/gamma(1/4))
    """
    if not z.is_Rational or z.q <= 2 or abs(z) > MOST_ORDER:
        return None
    if z > 1 or z < 0:
        n = int(floor(z))
        return shifted(gamma(z - n), z - n, n)
    if z.q % 4 == 2:  # an odd number of halves of 1/m: Γ(z) Γ(z + 1/2) = 2^(1−2z) √π Γ(2z)
        return Pow(2, 1 - 2 * z) * sqrt(pi) * gamma(2 * z) / gamma(z + S.Half)
    return pi / (sin(pi * z) * gamma(1 - z)) if z > Rational(1, 2) else None


def with_upper_above_zero(total: Total, facts: Facts) -> Expr | None:
    """A sum over C(−r, k) as one over (−1)^k C(r + k − 1, k), with (−1)^k taken into the powers beside it."""
    if not total.body.has(binomial):
        return None
    k, inside = total.x, facts.within(total.x, total.measure)
    body = total.body.replace(binomial, lambda n, j: binomial_below_zero(binomial(n, j), inside) or binomial(n, j))
    if body == total.body:
        return None
    apart = body.replace(lambda e: isinstance(e, Pow) and e.exp == k and (-e.base).is_positive, lambda e: (-1) ** k * (-e.base) ** k)
    return Total(powsimp(apart).xreplace({(-1) ** (2 * k): S.One}), k, total.measure)


def binomial_below_zero(e: Expr, facts: Facts) -> Expr | None:
    """C(−r, k) = (−1)^k C(r + k − 1, k) for whole k ≥ 0, as both are (−r)(−r − 1)⋯(−r − k + 1)/k!."""
    n, k = e.args
    if not (k.is_integer and facts.nonnegative(k) and facts.positive(-n)):
        return None
    return (-1) ** k * binomial(k - n - 1, k)


def product_by_gammas(body: Expr, j: Symbol, lo: Expr, hi: Expr, facts: Facts) -> Expr | None:
    """∏ c (a j + a b)^e over lo ≤ j ≤ hi as cⁿ (aⁿ Γ(hi + b + 1)/Γ(lo + b))^e with n = hi − lo + 1 ≥ 0, for a > 0 and lo + b > 0."""
    count = hi - lo + 1
    if not (hi.is_integer and lo.is_integer and facts.nonnegative(count)):
        return None
    value: Expr = S.One
    for factor in Mul.make_args(factor_terms(body)):
        base, power = factor.as_base_exp()
        slope = base.diff(j) if facts.positive(base.diff(j)) else S.One
        b = expand(base / slope - j)
        if not factor.has(j):
            value *= factor**count
        elif not b.has(j) and not power.has(j) and facts.positive(lo + b):
            value *= (slope**count * gamma(hi + b + 1) / gamma(lo + b)) ** power
        else:
            return None
    return value
