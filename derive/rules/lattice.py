"""Powers and exponentials summed over the integers from some place on: zeta, Hurwitz zeta, Lerch, polylogarithm, harmonic numbers."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Function, Mul, Ne, S, Symbol, digamma, exp, factor_list, fraction, harmonic, lerchphi, log, oo, together, zeta

from derive.algebra.reading import bare, linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import every, li
from derive.language.totals import NATURALS, Counting, Total
from derive.rules.extended import ENDLESS
from derive.rules.letters import M, c, f, hi, k, lo, s, x
from derive.rules.measure import CONSTANT_FACTOR
from derive.rules.ranges import new_indices
from derive.rules.values import function

z, v = (Symbol(name, positive=True) for name in "zv")
order = Symbol("s", real=True)
n = Symbol("n", integer=True, nonnegative=True)
m, first, last = (Symbol(name, integer=True) for name in ("m", "lo", "hi"))

Powers = tuple[Expr, Expr, Expr, Expr | None]


def powers_of(total: Total, facts: Facts) -> Powers | None:
    """(slope, shift, s, z) of terms (slope·k + shift)^(−s) z^k; z is None where there is no exponential."""
    if not isinstance(total.measure, Counting) or any(e.has(total.x) for e in every(total.body, Function) if not isinstance(e, exp)):
        return None
    return as_written(total) or in_normal_form(total, facts)


def as_written(total: Total) -> Powers | None:
    """The powers that stand as factors of the terms."""
    shape, exponent, rate = None, S.Zero, S.Zero
    for factor in Mul.make_args(total.body):
        base, n_ = factor.as_base_exp()
        if not base.has(total.x) and (found := linear(n_, total.x)) is not None and found[1] == 0:
            rate += found[0] * (1 if base is S.Exp1 else log(base))
        elif not n_.has(total.x) and (found := linear(base, total.x)) is not None and shape in (None, found):
            shape, exponent = found, exponent + n_
        else:
            return None
    return None if shape is None else (*shape, -exponent, exp(rate) if rate != 0 else None)


def in_normal_form(total: Total, facts: Facts) -> Powers | None:
    form = bare(total, facts)
    if form is None or len(form.powers) != 1 or not set(form.exps) <= {total.x}:
        return None
    ((base, exponent),) = form.powers.items()
    found = linear(base, total.x)
    return (*found, -exponent, exp(form.exps[total.x]) if form.exps else None) if found is not None else None


def unit_slope(total: Total, facts: Facts) -> Iterator[Values]:
    """(ck + d)^(−s) as c^(−s) (k + d/c)^(−s)."""
    found = powers_of(total, facts)
    if found is not None and found[0] != 1 and facts.positive(found[0]):
        slope, shift, n_, _ = found
        constant = slope ** (-n_)
        yield {
            x: total.x,
            c: constant,
            f: function(total.x, total.body * (slope * total.x + shift) ** n_ * (total.x + shift / slope) ** (-n_)),
            M: total.measure,
        }


UNIT_SLOPE = replace(CONSTANT_FACTOR, find=unit_slope)


def from_one(total: Total, facts: Facts, exponential: bool) -> Iterator[tuple[Expr, Expr | None]]:
    """(s, z) of terms k^(−s) z^k that start at 1; whole negative s are left to others."""
    found = powers_of(total, facts) if isinstance(total.measure, Counting) and total.measure.lo == 1 else None
    if found is not None and found[:2] == (1, 0) and (found[3] is not None) == exponential and not polynomial_power(found[2]):
        yield found[2], found[3]


def polynomial_power(s_: Expr) -> bool:
    return bool(s_.is_Integer and s_ < 0)


def zeta_terms(total: Total, facts: Facts) -> Iterator[Values]:
    yield from ({k: total.x, s: s_} for s_, _ in from_one(total, facts, False) if total.measure.hi is oo)


def harmonic_terms(total: Total, facts: Facts) -> Iterator[Values]:
    yield from ({k: total.x, order: s_, n: total.measure.hi} for s_, _ in from_one(total, facts, False) if total.measure.hi is not oo)


def harmonic_terms_elsewhere(total: Total, facts: Facts) -> Iterator[Values]:
    """(k + m)^(−s) on a finite range that starts where k + m is 1."""
    if not isinstance(total.measure, Counting) or total.measure.lo in (1, -oo) or total.measure.hi is oo:
        return
    found = powers_of(total, facts)
    if found is not None and found[0] == 1 and found[1] + total.measure.lo == 1 and found[3] is None and not polynomial_power(found[2]):
        yield {k: total.x, order: found[2], m: found[1], n: total.measure.hi + found[1]}


def polylog_terms(total: Total, facts: Facts) -> Iterator[Values]:
    yield from ({k: total.x, order: s_, z: z_} for s_, z_ in from_one(total, facts, True) if total.measure.hi is oo)


ZETA_DEFINITION = Rule(
    "zeta_definition",
    Claim(Total(k ** (-s), k, Counting(1, oo)), zeta(s), given=(s > 1,)),
    kind="definition",
    find=zeta_terms,
    source="DLMF 25.2.1",
)
HARMONIC_DEFINITION = Rule(
    "harmonic_definition",
    Claim(Total(k ** (-order), k, Counting(1, n)), harmonic(n, order)),
    kind="definition",
    find=harmonic_terms,
    source="generalized harmonic numbers, DLMF 25.11.33",
)
HARMONIC_ELSEWHERE = Rule(
    "harmonic_numbers_elsewhere",
    Claim(Total((k + m) ** (-order), k, Counting(1 - m, n - m)), harmonic(n, order)),
    kind="definition",
    find=harmonic_terms_elsewhere,
    source="generalized harmonic numbers, DLMF 25.11.33, from another place on",
)


def reciprocals_down(total: Total, facts: Facts) -> Iterator[Values]:
    """1/(m − k) up to an end below m."""
    measure = total.measure
    base, n_ = total.body.as_base_exp()
    found = linear(base, total.x) if n_ == -1 and isinstance(measure, Counting) and measure.hi is not oo else None
    if found is not None and found[0] == -1 and found[1].is_integer:
        yield {k: total.x, m: found[1], first: measure.lo, last: measure.hi}


HARMONIC_DOWNWARDS = Rule(
    "harmonic_downwards",
    Claim(Total(1 / (m - k), k, Counting(first, last)), harmonic(m - first) - harmonic(m - last - 1), given=(last - first + 1 >= 0, m - last > 0)),
    kind="definition",
    find=reciprocals_down,
    source="harmonic numbers, from m − lo down to m − hi",
)
POLYLOG_DEFINITION = Rule(
    "polylog_definition",
    Claim(Total(k ** (-order) * z**k, k, Counting(1, oo)), li(order, z), given=(z < 1,)),
    kind="definition",
    find=polylog_terms,
    source="DLMF 25.12.10",
)


def from_zero(total: Total, facts: Facts, exponential: bool) -> Iterator[tuple[Expr, Expr, Expr | None]]:
    """(s, shift, z) of terms (k + shift)^(−s) z^k that start at 0."""
    found = powers_of(total, facts) if isinstance(total.measure, Counting) and total.measure.lo == 0 else None
    if found is not None and found[0] == 1 and (found[3] is not None) == exponential and not polynomial_power(found[2]):
        yield found[2], found[1], found[3]


def hurwitz_terms(total: Total, facts: Facts) -> Iterator[Values]:
    yield from ({k: total.x, s: s_, v: v_} for s_, v_, _ in from_zero(total, facts, False) if total.measure.hi is oo)


def hurwitz_finite(total: Total, facts: Facts) -> Iterator[Values]:
    yield from ({k: total.x, order: s_, v: v_, n: total.measure.hi} for s_, v_, _ in from_zero(total, facts, False) if total.measure.hi is not oo)


def reciprocals(total: Total, facts: Facts) -> Iterator[Values]:
    finite = isinstance(total.measure, Counting) and total.measure.hi is not oo
    found = from_zero(total, facts, False) if finite else iter(())
    yield from ({k: total.x, v: v_, n: total.measure.hi} for s_, v_, _ in found if s_ == 1)


def lerch_terms(total: Total, facts: Facts) -> Iterator[Values]:
    yield from ({k: total.x, order: s_, v: v_, z: z_} for s_, v_, z_ in from_zero(total, facts, True) if total.measure.hi is oo)


HURWITZ_DEFINITION = Rule(
    "hurwitz_definition",
    Claim(Total((k + v) ** (-s), k, NATURALS), zeta(s, v), given=(s > 1,)),
    kind="definition",
    find=hurwitz_terms,
    source="DLMF 25.11.1",
)
HURWITZ_DIFFERENCE = Rule(
    "hurwitz_difference",
    Claim(Total((k + v) ** (-order), k, Counting(0, n)), zeta(order, v) - zeta(order, v + n + 1), given=(Ne(order, 1),)),
    kind="cited",
    find=hurwitz_finite,
    source="DLMF 25.11.4",
)
DIGAMMA_DIFFERENCE = Rule(
    "digamma_difference",
    Claim(Total(1 / (k + v), k, Counting(0, n)), digamma(v + n + 1) - digamma(v)),
    kind="cited",
    find=reciprocals,
    source="DLMF 5.5.2",
)


def two_reciprocals(total: Total, facts: Facts) -> Iterator[Values]:
    """c/((k + a)(k + b)) from 0, as the difference of two reciprocals."""
    if total.measure != NATURALS or not total.body.is_rational_function(total.x):
        return
    top, bottom = fraction(together(total.body))
    lead, factors = factor_list(bottom, total.x)
    lines = [found for e, n_ in factors if n_ == 1 and (found := linear(e, total.x)) is not None]
    if len(lines) == len(factors) == 2 and not top.has(total.x):
        (one, low), (other, high) = lines
        gap = one * high - other * low
        yield {k: total.x, c: top / (lead * gap), v: low / one, z: high / other}


DIGAMMA_SERIES = Rule(
    "digamma_series",
    Claim(Total(c / (k + v) - c / (k + z), k, NATURALS), c * (digamma(z) - digamma(v))),
    kind="cited",
    find=two_reciprocals,
    source="DLMF 5.7.6",
)
LERCH_DEFINITION = Rule(
    "lerch_definition",
    Claim(Total((k + v) ** (-order) * z**k, k, NATURALS), lerchphi(z, order, v), given=(z < 1,)),
    kind="definition",
    find=lerch_terms,
    source="DLMF 25.14.1",
)


def cut_off(total: Total, facts: Facts) -> Iterator[Values]:
    """Powers times exponentials up to a finite end: the whole series without its tail."""
    m = total.measure
    found = powers_of(total, facts) if isinstance(m, Counting) and m.hi is not oo and m.lo.is_finite is not False else None
    if found is not None and found[3] is not None and not polynomial_power(found[2]) and facts.positive(1 - found[3]):
        whole, tail = Counting(m.lo, oo), Counting(m.hi + 1, oo)
        yield {k: total.x, f: function(total.x, total.body), lo: m.lo, hi: m.hi, **new_indices(total, facts, whole, tail)}


CUT_OFF = replace(ENDLESS, find=cut_off)
