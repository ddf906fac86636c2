"""Exponentials of powers: the square completed, the Gaussian integral, and Euler's gamma integral."""

from collections.abc import Iterator

from sympy import Ne, exp, gamma, pi, sqrt

from derive.algebra.reading import bare, power_of
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import POSITIVE, REALS, Total
from derive.rules.letters import A as a1
from derive.rules.letters import B as b1
from derive.rules.letters import M, b, p, s, x


def quadratic_exponent(total: Total, facts: Facts) -> Iterator[Values]:
    """exp(−a x² + b x) with b ≠ 0."""
    form = bare(total, facts)
    if form is not None and not form.powers and set(form.exps) == {total.x, total.x**2}:
        yield {x: total.x, a1: -form.exps[total.x**2], b1: form.exps[total.x], M: total.measure}


COMPLETE_SQUARE = Rule("complete_square", Claim(
    Total(exp(-a1 * x**2 + b1 * x), x, M), exp(b1**2 / (4 * a1)) * Total(exp(-a1 * (x - b1 / (2 * a1)) ** 2), x, M),
    given=(Ne(a1, 0),)), kind="lemma", find=quadratic_exponent)  # fmt: skip


def gaussian_kernel(total: Total, facts: Facts) -> Iterator[Values]:
    if total.measure == REALS:
        form = bare(total, facts)
        if form is not None and not form.powers and set(form.exps) == {total.x**2}:
            yield {x: total.x, b: -form.exps[total.x**2]}


GAUSSIAN_INTEGRAL = Rule("gaussian_integral", Claim(Total(exp(-b * x**2), x, REALS), sqrt(pi / b)), kind="lemma",
                         find=gaussian_kernel, source="DLMF 7.7.1 (Gauss, Poisson's polar trick)")  # fmt: skip


def gamma_kernel(total: Total, facts: Facts, sign: int) -> Iterator[Values]:
    """x^(s−1) exp(−b x^(±p)) on the half line."""
    form = bare(total, facts) if total.measure == POSITIVE else None
    if form is None or not set(form.powers) <= {total.x} or len(form.exps) != 1:
        return
    ((statistic, rate),) = form.exps.items()
    exponent = power_of(statistic, total.x)
    if exponent is not None and (facts.positive(sign * exponent) or sign > 0 and not facts.negative(exponent)):
        yield {x: total.x, s: sign * (form.powers.get(total.x, 0) + 1), p: sign * exponent, b: -rate}


def plain_gamma(total: Total, facts: Facts) -> Iterator[Values]:
    for values in gamma_kernel(total, facts, 1):
        if values[p] == 1 == values[b]:
            yield {x: values[x], s: values[s]}


GAMMA_DEFINITION = Rule("gamma_definition", Claim(Total(x ** (s - 1) * exp(-x), x, POSITIVE), gamma(s)), kind="definition",
                        find=plain_gamma, source="DLMF 5.2.1")  # fmt: skip
GAMMA_INTEGRAL = Rule("gamma_integral", Claim(
    Total(x ** (s - 1) * exp(-b * x**p), x, POSITIVE), gamma(s / p) / (p * b ** (s / p))), kind="lemma",
    find=lambda total, facts: gamma_kernel(total, facts, 1), source="DLMF 5.9.1")  # fmt: skip
INVERSE_GAMMA_INTEGRAL = Rule("inverse_gamma_integral", Claim(
    Total(x ** (-s - 1) * exp(-b * x ** (-p)), x, POSITIVE), gamma(s / p) / (p * b ** (s / p))), kind="lemma",
    find=lambda total, facts: gamma_kernel(total, facts, -1), source="DLMF 5.9.1")  # fmt: skip
