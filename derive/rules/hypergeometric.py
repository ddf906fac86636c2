"""Hypergeometric series, known by the ratio of their terms: theorems that sum them, and the functions ₚF_q named after them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

from sympy import Expr, S, Symbol, asin, atanh, besseli, beta, binomial, cosh, factorial, gamma, hyper, log, sinh, sqrt

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Same, Values
from derive.language.parts import contains
from derive.language.totals import NATURALS, Counting, Total
from derive.rules.letters import b, c, f, h, hi, k, s
from derive.rules.terminating import finite_parts
from derive.rules.terms import (
    Ratio,
    finite_term,
    in_gammas,
    infinite_term,
    polynomial_part,
    ratio_of,
    rational_part,
    series_ratio,
)
from derive.rules.values import function

z, q, d = (Symbol(name, positive=True) for name in "zqd")


def standard_form(total: Total, facts: Facts) -> Expr | None:
    """The terms with the same ratio that begin with 1, written with Γ at positive arguments only."""
    ratio = series_ratio(total, facts)
    if ratio is None:
        return None
    if total.measure == NATURALS or not (ratio.upper or ratio.lower):  # z^k/k! is known up to any end
        known = all(map(facts.positive, (*ratio.upper, *ratio.lower)))
        return infinite_term(ratio.z, ratio.upper, ratio.lower, total.x) if known else None
    parts = finite_parts(ratio, total.measure.hi, facts)
    return cut_standard_form(ratio, total, facts) if parts is None else finite_term(parts[0], total.measure.hi, parts[1], total.x)


def cut_standard_form(ratio: Ratio, total: Total, facts: Facts) -> Expr | None:
    """C(n, k) z^k or Γ(k + r)/(Γ(r) k!) z^k up to an end that is not theirs."""
    if ratio.lower or len(ratio.upper) != 1 or ratio.upper[0].is_Integer:
        return None
    (a,) = ratio.upper
    if facts.positive(a):
        return infinite_term(ratio.z, (a,), (), total.x)
    return binomial(-a, total.x) * (-ratio.z) ** total.x if facts.nonnegative(-a - total.measure.hi) else None


def plain_polynomial(total: Total, facts: Facts) -> bool:
    """Whether the terms are a polynomial, or a rational function with letters in it, times z^k: others sum these."""
    ratio = ratio_of(total.body, total.x, facts.within(total.x, total.measure)) if isinstance(total.measure, Counting) else None
    if ratio is None:
        return False
    factor, rest = polynomial_part(ratio, total.x)
    if factor != 1 and not (rest.upper or rest.lower):
        return True
    rational = not contains(total.body, gamma, factorial, binomial, beta)
    return rational and not all(a.is_number for a in (*ratio.upper, *ratio.lower))


def whole_binomial(total: Total, facts: Facts) -> bool:
    """Whether the terms are a constant times C(k + m, m) z^k, written as a product of m > 1 neighbours."""
    ratio = series_ratio(total, facts) if total.measure == NATURALS else None
    return ratio is not None and not ratio.lower and len(ratio.upper) == 1 and ratio.upper[0].is_Integer and ratio.upper[0] > 2


def same_ratio(total: Total, facts: Facts) -> Iterator[Values]:
    """Terms that are a constant times those of a hypergeometric series in standard form."""
    if plain_polynomial(total, facts) and not whole_binomial(total, facts):
        return
    wanted = None if total.body.is_rational_function(total.x) else standard_form(total, facts)
    known = wanted is not None and (wanted.has(gamma, factorial, binomial) or whole_binomial(total, facts))
    wanted = wanted if known else None
    first = total.body.subs(total.x, 0) if wanted is not None else None
    if wanted is None or first is None or first.is_finite is False or equal(wanted, total.body, facts):
        return
    body = in_gammas(total.body, total.x, facts.within(total.x, total.measure))
    yield {k: total.x, f: function(total.x, body), h: function(total.x, wanted), c: first, hi: total.measure.hi}


SAME_RATIO = Rule(
    "same_ratio",
    Claim(
        Total(f(k), k, Counting(0, hi)),
        c * Total(h(k), k, Counting(0, hi)),
        given=(Same(f(0), c * h(0)), Same(f(k + 1) * h(k), f(k) * h(k + 1)), h(k) > 0),
    ),
    find=same_ratio,
)


def infinite(total: Total, facts: Facts, upper: int, lower: int) -> Iterator[Ratio]:
    """The ratio of a series in standard form with so many roots."""
    ratio = series_ratio(total, facts) if total.measure == NATURALS else None
    if ratio is None or (len(ratio.upper), len(ratio.lower)) != (upper, lower):
        return
    if equal(total.body, infinite_term(ratio.z, ratio.upper, ratio.lower, total.x), facts):
        yield ratio


def negative_binomial(total: Total, facts: Facts) -> Iterator[Values]:
    yield from ({k: total.x, z: r.z, s: r.upper[0]} for r in infinite(total, facts, 1, 0) if r.upper[0] != 1)


BINOMIAL_SERIES = Rule(
    "binomial_series",
    Claim(Total(infinite_term(z, (s,), (), k), k, NATURALS), (1 - z) ** (-s), given=(z < 1,)),
    kind="lemma",
    find=negative_binomial,
    source="DLMF 4.6.7",
)


def bessel(total: Total, facts: Facts, order: Expr | None = None) -> Iterator[Values]:
    for r in infinite(total, facts, 0, 1):
        if order is None:
            yield {k: total.x, z: r.z, b: r.lower[0]}
        elif r.lower[0] == order:
            yield {k: total.x, z: r.z}


COSH_SERIES = Rule(
    "cosh_series",
    Claim(Total(infinite_term(z, (), (S.Half,), k), k, NATURALS), cosh(2 * sqrt(z))),
    kind="definition",
    find=lambda total, facts: bessel(total, facts, S.Half),
    source="DLMF 4.33.2, (2k)! by duplication",
)
SINH_SERIES = Rule(
    "sinh_series",
    Claim(Total(infinite_term(z, (), (S(3) / 2,), k), k, NATURALS), sinh(2 * sqrt(z)) / (2 * sqrt(z))),
    kind="definition",
    find=lambda total, facts: bessel(total, facts, S(3) / 2),
    source="DLMF 4.33.1, (2k + 1)! by duplication",
)
BESSEL_SERIES = Rule(
    "bessel_series",
    Claim(Total(infinite_term(z, (), (b,), k), k, NATURALS), gamma(b) * z ** ((1 - b) / 2) * besseli(b - 1, 2 * sqrt(z))),
    kind="definition",
    find=bessel,
    source="DLMF 10.25.2",
)


def two_over_one(total: Total, facts: Facts, upper: tuple[Expr, Expr], lower: Expr) -> Iterator[Values]:
    """₂F₁ with given numbers for roots."""
    for r in infinite(total, facts, 2, 1):
        if set(r.upper) == set(upper) and r.upper.count(S.One) == upper.count(S.One) and r.lower == (lower,):
            yield {k: total.x, z: r.z}


def elementary(name: str, upper: tuple[Expr, Expr], lower: Expr, value: Expr, source: str, kind: str) -> Rule:
    """₂F₁(upper; lower; z) as an elementary function, for z < 1."""
    return Rule(name, Claim(Total(infinite_term(z, upper, (lower,), k), k, NATURALS), value, given=(z < 1,)), kind=kind, source=source,
                find=lambda total, facts: two_over_one(total, facts, upper, lower))  # fmt: skip


LOG_SERIES = elementary("log_series", (S.One, S.One), S(2), -log(1 - z) / z, "DLMF 4.6.1, 15.4.1", "lemma")
ATANH_SERIES = elementary("atanh_series", (S.Half, S.One), S(3) / 2, atanh(sqrt(z)) / sqrt(z), "DLMF 15.4.2", "lemma")
ASIN_SERIES = elementary("asin_series", (S.Half, S.Half), S(3) / 2, asin(sqrt(z)) / sqrt(z), "DLMF 15.4.4", "cited")


def catalan(total: Total, facts: Facts, shift: int) -> Iterator[Values]:
    """₂F₁(s/2, (s + 1)/2; s + shift; z)."""
    for r in infinite(total, facts, 2, 1):
        size = r.lower[0] - shift
        if {a - size / 2 for a in r.upper} == {S.Zero, S.Half} and facts.positive(size):
            yield {k: total.x, z: r.z, s: size}


CATALAN_SERIES = Rule(
    "catalan_series",
    Claim(Total(infinite_term(z, (s / 2, (s + 1) / 2), (s + 1,), k), k, NATURALS), (2 / (1 + sqrt(1 - z))) ** s, given=(z <= 1,)),
    kind="cited",
    find=lambda total, facts: catalan(total, facts, 1),
    source="DLMF 15.4.17",
)
BALLOT_SERIES = Rule(
    "ballot_series",
    Claim(
        Total(infinite_term(z, (s / 2, (s + 1) / 2), (s,), k), k, NATURALS),
        (2 / (1 + sqrt(1 - z))) ** (s - 1) / sqrt(1 - z),
        given=(z < 1,),
    ),
    kind="cited",
    find=lambda total, facts: catalan(total, facts, 0),
    source="DLMF 15.4.18",
)


def gauss(total: Total, facts: Facts) -> Iterator[Values]:
    for r in infinite(total, facts, 2, 1):
        if r.z == 1:
            yield {k: total.x, s: r.upper[0], q: r.upper[1], b: r.lower[0]}


GAUSS_THEOREM = Rule(
    "gauss_theorem",
    Claim(
        Total(infinite_term(S.One, (s, q), (b,), k), k, NATURALS),
        gamma(b) * gamma(b - s - q) / (gamma(b - s) * gamma(b - q)),
        given=(b - s - q > 0,),
    ),
    kind="lemma",
    find=gauss,
    source="DLMF 15.4.20",
)


def dixon(total: Total, facts: Facts) -> Iterator[Values]:
    for r in infinite(total, facts, 3, 2):
        for a, e, g in permutations(r.upper) if r.z == 1 else ():
            if {1 + a - e, 1 + a - g} == set(r.lower) and (e != g or r.lower[0] == r.lower[1]):
                yield {k: total.x, s: a, q: e, d: g}
                return


DIXON_THEOREM = Rule(
    "dixon_theorem",
    Claim(
        Total(infinite_term(S.One, (s, q, d), (1 + s - q, 1 + s - d), k), k, NATURALS),
        gamma(1 + s / 2)
        * gamma(1 + s - q)
        * gamma(1 + s - d)
        * gamma(1 + s / 2 - q - d)
        / (gamma(1 + s) * gamma(1 + s / 2 - q) * gamma(1 + s / 2 - d) * gamma(1 + s - q - d)),
        given=(1 + s / 2 - q - d > 0,),
    ),
    kind="cited",
    find=dixon,
    source="DLMF 16.4.4",
)


def named(total: Total, facts: Facts, at_one: bool, whole: bool = False) -> Iterator[Values]:
    """The name of a series; where a polynomial is a factor of its terms only if `whole`, for others sum these more simply."""
    ratio = series_ratio(total, facts) if total.measure == NATURALS else None
    if ratio is None or len(ratio.upper) > len(ratio.lower) + 1 or max(len(ratio.upper), len(ratio.lower)) > 9:
        return
    if whole_steps(ratio) != whole or rational_part(total.body, total.x) is not None:
        return
    balanced = len(ratio.upper) == len(ratio.lower) + 1
    if (ratio.z == 1 and balanced) == at_one:
        for r in infinite(total, facts, len(ratio.upper), len(ratio.lower)):
            upper, lower = pfq_letters(len(r.upper), len(r.lower))
            letters = dict(zip((*upper, *lower), (*r.upper, *r.lower), strict=True))
            yield {k: total.x, z: r.z, SIZE: S(10 * len(r.upper) + len(r.lower)), **letters}


def whole_steps(ratio: Ratio) -> bool:
    """Whether a polynomial is a factor of the terms, or they are but a rational function and a power: others sum these."""
    steps = [a - b_ for a in ratio.upper for b_ in (*ratio.lower, S.One) if (a - b_).is_Integer and a != 1]
    shifted = S.One in ratio.upper and any(b_.is_Integer for b_ in ratio.lower)  # a simpler series without its first terms
    return shifted or any(d_ > 0 for d_ in steps) or (len(steps) >= len(ratio.upper) - 1 > 0)


def pfq_letters(p: int, r: int) -> tuple[tuple[Symbol, ...], tuple[Symbol, ...]]:
    return (
        tuple(Symbol(f"a{i}", positive=True) for i in range(1, p + 1)),
        tuple(Symbol(f"b{i}", positive=True) for i in range(1, r + 1)),
    )


def pfq(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    """The series that defines ₚF_q, for z < 1 where it needs that."""
    upper, lower = pfq_letters(*divmod(size, 10))
    given = (z < 1,) if len(upper) == len(lower) + 1 else ()
    return Claim(Total(infinite_term(z, upper, lower, k), k, NATURALS), hyper(upper, lower, z), given=given), ()


def pfq_at_one(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    upper, lower = pfq_letters(*divmod(size, 10))
    given = (sum(lower) - sum(upper) > 0,) if upper else ()
    return Claim(Total(infinite_term(S.One, upper, lower, k), k, NATURALS), hyper(upper, lower, S.One), given=given), ()


HYPERGEOMETRIC_DEFINITION = Rule(
    "hypergeometric_definition",
    pfq(21)[0],
    kind="definition",
    schema=pfq,
    find=lambda total, facts: named(total, facts, False),
    source="DLMF 16.2.1",
)
HYPERGEOMETRIC_AT_ONE = Rule(
    "hypergeometric_at_one",
    pfq_at_one(32)[0],
    kind="definition",
    schema=pfq_at_one,
    find=lambda total, facts: named(total, facts, True),
    source="DLMF 16.2.1, 16.2.2",
)
HYPERGEOMETRIC_AFTER_ALL = replace(HYPERGEOMETRIC_DEFINITION, find=lambda total, facts: named(total, facts, False, whole=True))
HYPERGEOMETRIC_AT_ONE_AFTER_ALL = replace(HYPERGEOMETRIC_AT_ONE, find=lambda total, facts: named(total, facts, True, whole=True))
