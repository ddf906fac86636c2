"""Exponentials of powers: the square completed, the Gaussian integral, and Euler's gamma integral."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Expr, Mul, Ne, Symbol, exp, gamma, pi, sqrt

from derive.algebra.rational import shortest
from derive.algebra.reading import bare, linear, polynomial, power_of
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import factors_free_of
from derive.language.totals import POSITIVE, REALS, Total
from derive.rules.letters import A as a1
from derive.rules.letters import B as b1
from derive.rules.letters import L, M, b, c, f, h, p, s, x
from derive.rules.measure import ALGEBRA
from derive.rules.values import function


def quadratic_exponent(total: Total, facts: Facts) -> Iterator[Values]:
    """exp(−a x² + b x) with b ≠ 0."""
    form = bare(total, facts)
    if form is not None and not form.powers and set(form.exps) == {total.x, total.x**2}:
        yield {x: total.x, a1: -form.exps[total.x**2], b1: form.exps[total.x], M: total.measure}


COMPLETE_SQUARE = Rule("complete_square", Claim(
    Total(exp(-a1 * x**2 + b1 * x), x, M), exp(b1**2 / (4 * a1)) * Total(exp(-a1 * (x - b1 / (2 * a1)) ** 2), x, M),
    given=(Ne(a1, 0),)), kind="lemma", find=quadratic_exponent)  # fmt: skip


def several_squares(total: Total, facts: Facts) -> Iterator[Values]:
    """A polynomial times exp of a quadratic that is written as no −a (x − c)² and no −a x² + b x: Σ −aᵢ (x − cᵢ)², with t x besides."""
    if total.measure != REALS:
        return
    v, factors = total.x, Mul.make_args(total.body)
    exponents = [factor.args[0] for factor in factors if isinstance(factor, exp) and factor.has(v)]
    rest = Mul(*(factor for factor in factors if not (isinstance(factor, exp) and factor.has(v))))
    pieces = [piece for piece in Add.make_args(Add(*exponents)) if piece.has(v)]
    if not any(piece.has(Add) for piece in pieces) or len(pieces) < 2 or not rest.is_polynomial(v):
        return
    found = polynomial(Add(*exponents), v, 2, facts)
    if found is not None and facts.negative(found[0]):
        a, middle = -shortest(found[0]), shortest(-found[1] / (2 * found[0]))
        yield {x: v, a1: a, c: middle, L: shortest(found[2] + a * middle**2), f: function(v, rest), M: total.measure}


GATHER_SQUARES = Rule("gather_squares", Claim(
    Total(f(x) * exp(L - a1 * (x - c) ** 2), x, M), exp(L) * Total(f(x) * exp(-a1 * (x - c) ** 2), x, M)), kind="lemma",
    find=several_squares)  # fmt: skip


def one_exponential_out(total: Total, facts: Facts) -> Iterator[Values]:
    """(c e^(kx) + d e^(lx))^n with k < l as e^(nkx) (c + d e^((l − k)x))^n, but for l = −k, which has ways of its own."""
    v, exponents, rest, moved = total.x, [], [], False
    for part in Mul.make_args(total.body):
        base, n = part.as_base_exp()
        found = None if n.has(v) or isinstance(part, exp) else lower_out(base, v, facts)
        if found is not None:
            moved = True
            exponents.append(n * found[0] * v)
            rest.append(found[1] ** n)
        elif isinstance(part, exp):
            exponents.append(part.args[0])
        else:
            rest.append(part)
    if moved:
        plain = exp(shortest(Add(*exponents))) * Mul(*rest)
        yield {x: v, f: function(v, total.body), h: function(v, plain), M: total.measure}


def lower_out(base: Expr, v: Symbol, facts: Facts) -> tuple[Expr, Expr] | None:
    """(k, c + d e^((l − k)x)) for c e^(kx) + d e^(lx) with k < l, k + l ≠ 0 and neither 0."""
    parts = [factors_free_of(term, [v]) for term in Add.make_args(base)]
    lines = [linear(tail.args[0], v) if isinstance(tail, exp) else None for _, tail in parts]
    if len(lines) != 2 or lines[0] is None or lines[1] is None or (k := lines[0][0]) + (other := lines[1][0]) == 0:
        return None
    lower = k if facts.positive(other - k) else other if facts.positive(k - other) else None
    if lower is None:
        return None
    return lower, Add(*(c * exp(shortest(line[0] - lower) * v + line[1]) for (c, _), line in zip(parts, lines, strict=True) if line))


ONE_EXPONENTIAL_OUT = replace(ALGEBRA, find=one_exponential_out)


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
