"""Series with a name, found by the ratio of neighbouring terms: geometric, exponential, binomial, logarithmic, zeta."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Ne, S, Symbol, binomial, exp, factorial, gamma, log, oo, zeta

from derive.algebra.asymptotics import limit
from derive.algebra.reading import bare, ratio_roots, term_ratio
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Finite, Rule, Same, Tends, Values
from derive.language.totals import NATURALS, Counting, Total
from derive.rules.letters import B, F, M, c, f, hi, k, lo, s, x
from derive.rules.measure import CONSTANT_FACTOR
from derive.rules.values import function

z = Symbol("z", real=True)
n = Symbol("n", integer=True, nonnegative=True)


def roots_of(total: Total, facts: Facts) -> tuple[Expr, list[Expr], list[Expr]] | None:
    """(z, [a…], [b…]) of a sum from 0 whose terms have the ratio z ∏(k + a)/∏(k + b)."""
    if not isinstance(total.measure, Counting) or total.measure.lo != 0:
        return None
    ratio = term_ratio(total.body, total.x, facts.within(total.x, total.measure))
    return None if ratio is None else ratio_roots(ratio, total.x)


def series(total: Total, facts: Facts, upper: int, lower: list[int]) -> Iterator[tuple[Values, list[Expr]]]:
    found = roots_of(total, facts) if total.measure == NATURALS else None
    if found is not None and len(found[1]) == upper and found[2] == lower:
        yield {k: total.x, z: found[0]}, found[1]


def first_term(total: Total, facts: Facts) -> Iterator[Values]:
    """Terms of a hypergeometric series, divided by the first of them."""
    found = roots_of(total, facts)
    first = total.body.subs(total.x, 0) if found is not None else S.One
    if found is not None and found[1:] != ([], []) and first != 1 and facts.nonzero(first):
        yield {x: total.x, c: first, f: function(total.x, total.body / first), M: total.measure}


FIRST_TERM = replace(CONSTANT_FACTOR, find=first_term)


def geometric(total: Total, facts: Facts) -> Iterator[Values]:
    for values, _ in series(total, facts, 0, []):
        yield values


def exponential(total: Total, facts: Facts) -> Iterator[Values]:
    for values, _ in series(total, facts, 0, [1]):
        yield values


def negative_binomial(total: Total, facts: Facts) -> Iterator[Values]:
    for values, (a,) in series(total, facts, 1, [1]):
        yield {**values, s: a}


GEOMETRIC_SERIES = Rule("geometric_series", Claim(
    Total(z**k, k, NATURALS), 1 / (1 - z), given=(z > -1, z < 1)), kind="lemma", find=geometric, source="DLMF 4.6.5")  # fmt: skip
EXPONENTIAL_SERIES = Rule("exponential_series", Claim(
    Total(z**k / factorial(k), k, NATURALS), exp(z)), kind="definition", find=exponential, source="DLMF 4.2.19")  # fmt: skip
BINOMIAL_SERIES = Rule("binomial_series", Claim(
    Total(gamma(k + s) / (gamma(s) * factorial(k)) * z**k, k, NATURALS), (1 - z) ** (-s), given=(z > -1, z < 1)), kind="cited",
    find=negative_binomial, source="DLMF 4.6.7")  # fmt: skip


def logarithmic(total: Total, facts: Facts) -> Iterator[Values]:
    """z^k/k from 1."""
    m = total.measure
    if m == Counting(1, oo):
        form = bare(total, facts)
        if form is not None and form.powers == {total.x: -1} and set(form.exps) == {total.x}:
            yield {k: total.x, z: exp(form.exps[total.x])}


LOGARITHMIC_SERIES = Rule("logarithmic_series", Claim(
    Total(z**k / k, k, Counting(1, oo)), -log(1 - z), given=(z > -1, z < 1)), kind="cited", find=logarithmic, source="DLMF 4.6.1")  # fmt: skip


def power_sequence(total: Total, facts: Facts) -> Iterator[Values]:
    if total.measure == Counting(1, oo):
        form = bare(total, facts)
        if form is not None and set(form.powers) == {total.x} and not form.exps:
            yield {k: total.x, s: -form.powers[total.x]}


ZETA_DEFINITION = Rule("zeta_definition", Claim(
    Total(k ** (-s), k, Counting(1, oo)), zeta(s), given=(s > 1,)), kind="definition", find=power_sequence, source="DLMF 25.2.1")  # fmt: skip


def binomial_terms(total: Total, facts: Facts) -> Iterator[Values]:
    """Terms with the ratio z (N − k)/(k + 1)."""
    found = roots_of(total, facts)
    if found is not None and found[2] == [1] and found[1] == [-total.measure.hi]:
        yield {k: total.x, n: total.measure.hi, z: -found[0]}


BINOMIAL_THEOREM = Rule("binomial_theorem", Claim(
    Total(binomial(n, k) * z**k, k, Counting(0, n)), (1 + z) ** n), kind="cited", find=binomial_terms, source="DLMF 1.2.2")  # fmt: skip


def finite_geometric(total: Total, facts: Facts) -> Iterator[Values]:
    found = roots_of(total, facts)
    if found is not None and total.measure.hi is not oo and found[1:] == ([], []):
        yield {k: total.x, n: total.measure.hi, z: found[0]}


FINITE_GEOMETRIC_SUM = Rule("finite_geometric_sum", Claim(
    Total(z**k, k, Counting(0, n)), (1 - z ** (n + 1)) / (1 - z), given=(Ne(z, 1),)), kind="cited",
    find=finite_geometric, source="DLMF 4.6.5, differences")  # fmt: skip


def telescopes(total: Total, facts: Facts) -> Iterator[Values]:
    """F with F(k + 1) − F(k) = f(k): F = k f for a constant f, and F = f/(z − 1) for terms of constant ratio z."""
    m = total.measure
    if not isinstance(m, Counting) or m.lo.is_infinite:
        return
    inside = facts.within(total.x, m)
    ratio = S.One if not total.body.has(total.x) else term_ratio(total.body, total.x, inside)
    if ratio is None or ratio.has(total.x):
        return
    found = total.body * total.x if ratio == 1 else total.body / (ratio - 1)
    values = {k: total.x, f: function(total.x, total.body), F: function(total.x, found), lo: m.lo}
    if m.hi is not oo:
        yield {**values, hi: m.hi}
        return
    end = limit(found, total.x, oo, -1, inside)
    if end is not None and end.is_finite is not False:
        yield {**values, B: end}


def finite_telescopes(total: Total, facts: Facts) -> Iterator[Values]:
    yield from (values for values in telescopes(total, facts) if hi in values)


def infinite_telescopes(total: Total, facts: Facts) -> Iterator[Values]:
    yield from (values for values in telescopes(total, facts) if B in values)


DIFFERENCE = (f(k) >= 0, Same(F(k + 1) - F(k), f(k)))
TELESCOPING_SUM = Rule("telescoping_sum", Claim(
    Total(f(k), k, Counting(lo, hi)), F(hi + 1) - F(lo), given=(hi - lo + 1 >= 0, *DIFFERENCE)), find=finite_telescopes)  # fmt: skip
TELESCOPING_SERIES = Rule("telescoping_series", Claim(
    Total(f(k), k, Counting(lo, oo)), B - F(lo), given=(*DIFFERENCE, Tends(F(k), k, oo, -1, B), Finite(B))),
    find=infinite_telescopes)  # fmt: skip
