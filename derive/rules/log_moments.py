"""Squared logarithms under gamma and beta kernels: the second derivatives of Γ(s) and B(s, q)."""

from collections.abc import Iterator

from sympy import Abs, Expr, Symbol, beta, digamma, exp, gamma, log, polygamma

from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import POSITIVE, Total
from derive.rules.beta import beta_prime_kernel, d, e, q
from derive.rules.letters import b, p, s, x
from derive.rules.logarithms import split_log
from derive.rules.shapes import monomial, shape_of

a, m = Symbol("a", positive=True), Symbol("m", real=True, nonzero=True)


def squared_log(total: Total, facts: Facts) -> tuple[Expr, Total] | None:
    """(a, the rest) where the integrand is log(ax)² times a rest without logarithms."""
    found = split_log(total.body, total.x) if total.measure == POSITIVE and contains(total.body, log) else None
    if found is None or found[1] != 2 or found[2].has(log):
        return None
    scale = monomial(found[0], total.x, facts.within(total.x, POSITIVE))
    return (scale[0], Total(found[2], total.x, POSITIVE)) if scale is not None and scale[1] == 1 else None


def under_gamma(total: Total, facts: Facts) -> Iterator[Values]:
    """log(ax)² x^(ms−1) e^(−b x^m)."""
    found = squared_log(total, facts)
    shape = shape_of(found[1], facts) if found is not None else None
    rates = shape.powers_in_exps() if shape is not None and not shape.rest else None
    if found is not None and shape is not None and rates and len(rates) == 1:
        ((power, rate),) = rates.items()
        yield {x: total.x, a: found[0], m: power, s: (shape.power + 1) / power, b: -rate}


def under_beta(total: Total, facts: Facts) -> Iterator[Values]:
    """log(ax)² x^(ps−1) (d + e x^p)^(−s−q)."""
    found = squared_log(total, facts)
    for values in beta_prime_kernel(found[1], facts) if found is not None else ():
        first = values[s] / values[p]
        yield {x: total.x, a: found[0] if found else a, d: values[d], e: values[e], p: values[p], s: first, q: values[q] - first}


LOG_SQUARED_GAMMA = Rule(
    "log_squared_under_gamma",
    Claim(
        Total(log(a * x) ** 2 * x ** (m * s - 1) * exp(-b * x**m), x, POSITIVE),
        gamma(s) / (b**s * Abs(m) ** 3) * ((digamma(s) - log(b) + m * log(a)) ** 2 + polygamma(1, s)),
    ),
    kind="cited",
    find=under_gamma,
    source="Gradshteyn-Ryzhik 4.358.2: Γ(s)/b^s differentiated twice in s",
)
LOG_SQUARED_BETA = Rule(
    "log_squared_under_beta_prime",
    Claim(
        Total(log(a * x) ** 2 * x ** (p * s - 1) * (d + e * x**p) ** (-s - q), x, POSITIVE),
        beta(s, q) / (d**q * e**s * p**3) * ((digamma(s) - digamma(q) + log(d / e) + p * log(a)) ** 2 + polygamma(1, s) + polygamma(1, q)),
    ),
    kind="cited",
    find=under_beta,
    source="Gradshteyn-Ryzhik 4.261.21, u = x/(1 − x): B(s, q) differentiated along s − q",
)
