"""Sums of values of the zeta function, and Sibuya's digamma law."""

from collections.abc import Iterator

from sympy import Add, EulerGamma, Expr, Rational, S, Symbol, cot, digamma, gamma, oo, pi, polygamma, sqrt, zeta

from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import Counting, Total
from derive.rules.letters import k
from derive.rules.named_sums import power_beside, standard
from derive.rules.shapes import heads
from derive.rules.terms import constant_ratio, ratio_of

a, c, z = (Symbol(name, positive=True) for name in "acz")
C = Symbol("C", real=True)
FROM_ONE, FROM_TWO = Counting(1, oo), Counting(2, oo)


def zeta_power(total: Total, facts: Facts, weight: Expr, measure: Counting) -> Iterator[Values]:
    """z^k times a value of zeta."""
    if total.measure == measure and heads(total.body) == {zeta} and power_beside(total, facts, weight) is not None:
        yield from ({k: total.x, z: base} for base in standard(total, facts, weight))


ZETA_EVEN = Rule(
    "zeta_even_series",
    Claim(Total(zeta(2 * k) * z**k, k, FROM_ONE), (1 - pi * sqrt(z) * cot(pi * sqrt(z))) / 2, given=(z < 1,)),
    kind="cited",
    find=lambda total, facts: zeta_power(total, facts, zeta(2 * k), FROM_ONE),
    source="DLMF 25.8.8; the partial fractions of the cotangent, DLMF 4.22.3",
)
ZETA_ALL = Rule(
    "zeta_series",
    Claim(Total(zeta(k) * z**k, k, FROM_TWO), -z * (digamma(1 - z) + EulerGamma), given=(z < 1,)),
    kind="cited",
    find=lambda total, facts: zeta_power(total, facts, zeta(k), FROM_TWO),
    source="DLMF 25.8.5, 5.7.4",
)


def exactly(total: Total, facts: Facts, body: Expr, measure: Counting) -> Iterator[Values]:
    if total.measure == measure and heads(total.body) == {zeta} and total.body == body.xreplace({k: total.x}):
        yield {k: total.x}


ABOVE_ONE = tuple(
    Rule(name, Claim(Total(body, k, measure), value), kind="cited", source=source,
         find=lambda total, facts, body=body, measure=measure: exactly(total, facts, body, measure))  # fmt: skip
    for name, body, measure, value, source in (
        ("zeta_less_one_all", zeta(k) - 1, FROM_TWO, S.One, "DLMF 25.8.1"),
        ("zeta_less_one_even", zeta(2 * k) - 1, FROM_ONE, Rational(3, 4), "DLMF 25.8.2 and 25.8.1"),
        ("zeta_less_one_odd", zeta(2 * k + 1) - 1, FROM_ONE, Rational(1, 4), "DLMF 25.8.2 and 25.8.1"),
        ("zeta_less_one_over_k", (zeta(k) - 1) / k, FROM_TWO, 1 - EulerGamma, "DLMF 25.8.6"),
    )
)


def over_index(total: Total, facts: Facts) -> Iterator[Values]:
    """C Γ(k + a)/(k Γ(k + c)): neighbours in the ratio (k + a) k/((k + c)(k + 1))."""
    if total.measure != FROM_ONE:
        return
    inside = facts.within(total.x, FROM_ONE)
    found = ratio_of(total.body, total.x, inside)
    if found is None or found.z != 1 or len(found.upper) != 2 or len(found.lower) != 2 or S.Zero not in found.upper or S.One not in found.lower:
        return
    first, second = Add(*found.upper), Add(*found.lower) - 1
    size = constant_ratio(total.body, gamma(total.x + first) / (total.x * gamma(total.x + second)), total.x, inside)
    if size is not None:
        yield {k: total.x, a: first, c: second, C: size}


DIGAMMA_LAW = Rule(
    "digamma_law",
    Claim(Total(C * gamma(k + a) / (k * gamma(k + c)), k, FROM_ONE), C * gamma(a) / gamma(c) * (digamma(c) - digamma(c - a)), given=(c > a,)),
    kind="cited",
    find=lambda total, facts: (values for values in over_index(total, facts) if values[a] != 0),
    source="M. Sibuya (1979), Generalized hypergeometric, digamma and trigamma distributions; DLMF 15.4.20 as b → 0",
)
TRIGAMMA_LAW = Rule(
    "trigamma_law",
    Claim(Total(C * gamma(k) / (k * gamma(k + c)), k, FROM_ONE), C * polygamma(1, c) / gamma(c)),
    kind="cited",
    find=lambda total, facts: ({n: v for n, v in values.items() if n != a} for values in over_index(total, facts) if values[a] == 0),
    source="M. Sibuya (1979), Generalized hypergeometric, digamma and trigamma distributions",
)
RULES = (ZETA_EVEN, ZETA_ALL, *ABOVE_ONE, DIGAMMA_LAW, TRIGAMMA_LAW)
