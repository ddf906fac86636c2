"""exp(−b cosh ax) with powers of hyperbolic functions beside it: the modified Bessel function K."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Mul, Rational, S, Symbol, besselk, cosh, exp, gamma, pi, sinh, sqrt

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains, factors_free_of
from derive.language.totals import POSITIVE, REALS, Total
from derive.rules.letters import b, s, x
from derive.rules.moving import EVEN_INTEGRAND

a, e = Symbol("a", positive=True), Symbol("e", real=True)


def hyperbolic_cosine_exponent(total: Total) -> Iterator[tuple[Values, set[Expr]]]:
    """exp(−b cosh ax) on the half line, and the other factors, before cosh comes apart into exponentials."""
    factors = Mul.make_args(total.body) if total.measure == POSITIVE and contains(total.body, cosh) else ()
    for factor in factors:
        rate, wave = factors_free_of(factor.args[0], [total.x]) if isinstance(factor, exp) else (S.Zero, S.One)
        parts = linear(wave.args[0], total.x) if isinstance(wave, cosh) else None
        if parts is not None and parts[1] == 0:
            yield {x: total.x, a: parts[0], b: -rate}, {other for other in factors if other != factor}


def cosh_of_cosh(total: Total, facts: Facts) -> Iterator[Values]:
    for values, others in hyperbolic_cosine_exponent(total):
        rates = [other.args[0] / total.x for other in others if isinstance(other, cosh)]
        if len(rates) == len(others) < 2:
            yield {**values, e: rates[0] if rates else S.Zero}


def sinh_of_cosh(total: Total, facts: Facts) -> Iterator[Values]:
    for values, others in hyperbolic_cosine_exponent(total):
        rates = {other.args[0] / total.x for other in others if isinstance(other, sinh)}
        if len(others) == len(rates) == 2 and values[a] in rates:
            yield {**values, e: (rates - {values[a]}).pop()}


BESSEL_K_COSH = Rule(
    "bessel_k_of_cosh",
    Claim(Total(cosh(e * x) * exp(-b * cosh(a * x)), x, POSITIVE), besselk(e / a, b) / a),
    kind="lemma",
    find=cosh_of_cosh,
    source="DLMF 10.32.9; Gradshteyn-Ryzhik 3.547.4",
)
BESSEL_K_SINH = Rule(
    "bessel_k_of_cosh_by_parts",
    Claim(Total(sinh(e * x) * sinh(a * x) * exp(-b * cosh(a * x)), x, POSITIVE), e * besselk(e / a, b) / (a**2 * b)),
    kind="cited",
    find=sinh_of_cosh,
    source="Gradshteyn-Ryzhik 3.547.2",
)


def power_of_sinh(total: Total, facts: Facts, power: int) -> Iterator[Values]:
    """sinh(ax)^(2s−1) exp(−b cosh ax) with a factor cosh(ax)^power."""
    for values, others in hyperbolic_cosine_exponent(total):
        angle = values[a] * total.x
        found = dict(other.as_base_exp() for other in others)
        if set(found) - {cosh(angle)} == {sinh(angle)} and found.get(cosh(angle), 0) == power:
            yield {**values, s: (found[sinh(angle)] + 1) / 2}


SINH_POWER, MACDONALD = sinh(a * x) ** (2 * s - 1) * exp(-b * cosh(a * x)), gamma(s) / (a * sqrt(pi)) * (2 / b) ** (s - Rational(1, 2))
BESSEL_K_POWER_OF_SINH, BESSEL_K_POWER_OF_SINH_MOMENT = (
    Rule(name, Claim(Total(SINH_POWER * cosh(a * x) ** power, x, POSITIVE), MACDONALD * besselk(s - Rational(1, 2) + power, b)), kind="cited",
         find=lambda total, facts, power=power: power_of_sinh(total, facts, power), source=source)  # fmt: skip
    for name, power, source in (("bessel_k_power_of_sinh", 0, "DLMF 10.32.8, t = ax; Gradshteyn-Ryzhik 3.547.9"),
                                ("bessel_k_power_of_sinh_moment", 1, "DLMF 10.32.8 differentiated in b, 10.29.4"))
)


def even_in_cosh(total: Total, facts: Facts) -> Iterator[Values]:
    """Twice the half line, where one of the rules on exp(−b cosh ax) has that."""
    half = Total(total.body, total.x, POSITIVE)
    if total.measure == REALS and any(values for power in (0, 1) for values in power_of_sinh(half, facts, power)):
        yield from EVEN_INTEGRAND.find(total, facts)


EVEN_IN_COSH = replace(EVEN_INTEGRAND, find=even_in_cosh)
