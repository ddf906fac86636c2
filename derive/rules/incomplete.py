"""Incomplete gamma functions: truncated kernels, exponentials over x + c, these functions under the integral sign."""

from collections.abc import Iterator

from sympy import Abs, Add, Expr, S, Symbol, erf, exp, expint, gamma, lowergamma, oo, pi, sqrt, uppergamma

from derive.algebra.reading import binomial_base
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import POSITIVE, Lebesgue, Total
from derive.rules.letters import b, p, s, x
from derive.rules.letters import end as hi
from derive.rules.letters import start as lo
from derive.rules.shapes import Shape, line, monomial, shape_of

q, h, d = (Symbol(name, positive=True) for name in "qhd")
t, nu = (Symbol(name, real=True) for name in ("t", "nu"))
m = Symbol("m", real=True, nonzero=True)


def cut_gamma(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(tp − 1) exp(−b x^p) between any two ends, p > 0, or x^(−tp − 1) exp(−b x^(−p)) with sign −1."""
    measure = total.measure
    truncated = isinstance(measure, Lebesgue) and measure != POSITIVE and facts.nonnegative(measure.lo)
    shape = shape_of(total, facts) if truncated else None
    rates = shape.powers_in_exps() if shape and not shape.rest else None
    if shape is None or not rates or len(rates) != 1:
        return
    ((power, rate),) = rates.items()
    for sign in (1, -1):
        if facts.positive(sign * power):
            yield {
                x: total.x,
                p: sign * power,
                b: -rate,
                t: (shape.power + 1) / power,
                m: S(sign),
                lo: measure.lo,
                hi: measure.hi,
            }


def cut_below(total: Total, facts: Facts, sign: int) -> Iterator[Values]:
    """The part of the half line to the left of h."""
    for values in cut_gamma(total, facts):
        if values[m] == sign and values[lo] == 0 and values[hi] != oo:
            yield {x: values[x], p: values[p], b: values[b], s: values[t], t: values[t], h: values[hi]}


def cut_above(total: Total, facts: Facts, sign: int) -> Iterator[Values]:
    """The part of the half line to the right of h."""
    for values in cut_gamma(total, facts):
        if values[m] == sign and values[hi] == oo and values[lo] != 0:
            yield {x: values[x], p: values[p], b: values[b], s: values[t], t: values[t], h: values[lo]}


def without(letter: Symbol, found: Iterator[Values]) -> Iterator[Values]:
    yield from ({key: value for key, value in values.items() if key != letter} for values in found)


LOWER_GAMMA_DEFINITION = Rule(
    "lower_gamma_definition",
    Claim(Total(x ** (s - 1) * exp(-x), x, Lebesgue(0, h)), lowergamma(s, h)),
    kind="definition",
    source="DLMF 8.2.1",
)
UPPER_GAMMA_DEFINITION = Rule(
    "upper_gamma_definition",
    Claim(Total(x ** (t - 1) * exp(-x), x, Lebesgue(h, oo)), uppergamma(t, h)),
    kind="definition",
    source="DLMF 8.2.2",
)
LOWER_GAMMA = Rule(
    "lower_gamma_integral",
    Claim(Total(x ** (s * p - 1) * exp(-b * x**p), x, Lebesgue(0, h)), lowergamma(s, b * h**p) / (p * b**s)),
    kind="lemma",
    find=lambda total, facts: without(t, cut_below(total, facts, 1)),
    source="DLMF 8.2.1, u = b x^p",
)
UPPER_GAMMA = Rule(
    "upper_gamma_integral",
    Claim(Total(x ** (t * p - 1) * exp(-b * x**p), x, Lebesgue(h, oo)), uppergamma(t, b * h**p) / (p * b**t)),
    kind="lemma",
    find=lambda total, facts: without(s, cut_above(total, facts, 1)),
    source="DLMF 8.2.2, u = b x^p",
)
INVERSE_LOWER_GAMMA = Rule(
    "inverse_lower_gamma_integral",
    Claim(Total(x ** (-s * p - 1) * exp(-b * x ** (-p)), x, Lebesgue(h, oo)), lowergamma(s, b * h ** (-p)) / (p * b**s)),
    kind="lemma",
    find=lambda total, facts: without(t, cut_above(total, facts, -1)),
    source="DLMF 8.2.1, u = b x^(−p)",
)
INVERSE_UPPER_GAMMA = Rule(
    "inverse_upper_gamma_integral",
    Claim(Total(x ** (-t * p - 1) * exp(-b * x ** (-p)), x, Lebesgue(0, h)), uppergamma(t, b * h ** (-p)) / (p * b**t)),
    kind="lemma",
    find=lambda total, facts: without(s, cut_below(total, facts, -1)),
    source="DLMF 8.2.2, u = b x^(−p)",
)


def between_two(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(mt − 1) exp(−b x^m) between two positive ends; for m < 0 the lower end must not be 0, and a condition says so."""
    for values in cut_gamma(total, facts):
        if values[hi] != oo and (facts.positive(values[lo]) or values[m] == -1 and values[lo] != 0):
            yield {x: values[x], m: values[m] * values[p], b: values[b], t: values[t], lo: values[lo], hi: values[hi]}


GAMMA_BETWEEN = Rule(
    "gamma_between",
    Claim(
        Total(x ** (m * t - 1) * exp(-b * x**m), x, Lebesgue(lo, hi)),
        (uppergamma(t, b * lo**m) - uppergamma(t, b * hi**m)) / (m * b**t),
        given=(lo > 0, hi >= lo),
    ),
    kind="cited",
    find=between_two,
    source="DLMF 8.2.2, the difference of two tails",
)


def from_zero_or_beyond(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(sp − 1) exp(−b x^p) from an end that may be 0, where s > 0 is needed."""
    for values in cut_gamma(total, facts):
        if values[m] == 1 and values[lo] != 0 and not facts.positive(values[lo]):
            yield {x: values[x], p: values[p], b: values[b], s: values[t], lo: values[lo], hi: values[hi]}


LOWER_GAMMA_BETWEEN = Rule(
    "lower_gamma_between",
    Claim(
        Total(x ** (s * p - 1) * exp(-b * x**p), x, Lebesgue(lo, hi)),
        (lowergamma(s, b * hi**p) - lowergamma(s, b * lo**p)) / (p * b**s),
        given=(lo >= 0, hi >= lo),
    ),
    kind="cited",
    find=lambda total, facts: from_zero_or_beyond(total, facts) if total.measure.hi != oo else iter(()),
    source="DLMF 8.2.1, the difference of two heads",
)
UPPER_GAMMA_FROM = Rule(
    "upper_gamma_from",
    Claim(
        Total(x ** (s * p - 1) * exp(-b * x**p), x, Lebesgue(lo, oo)),
        uppergamma(s, b * lo**p) / (p * b**s),
        given=(lo >= 0,),
    ),
    kind="cited",
    find=lambda total, facts: without(hi, from_zero_or_beyond(total, facts)) if total.measure.hi == oo else iter(()),
    source="DLMF 8.2.2, u = b x^p; Γ(s, 0) = Γ(s)",
)


def beyond_one(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(−ν) e^(−bx) on (1, ∞) with ν no integer below 1, where the value is elementary."""
    for values in cut_above(total, facts, 1):
        if values[h] == 1 == values[p] and not (values[t].is_number and values[t].is_positive):
            yield {x: values[x], b: values[b], nu: 1 - values[t]}


EXPONENTIAL_INTEGRAL = Rule(
    "exponential_integral",
    Claim(Total(x ** (-nu) * exp(-b * x), x, Lebesgue(1, oo)), expint(nu, b)),
    kind="definition",
    find=beyond_one,
    source="DLMF 8.19.3",
)


def shifted_power(total: Total, facts: Facts) -> Iterator[Values]:
    """(d + qx)^(t−1) e^(−bx) on (lo, ∞) with d + q lo > 0, where moving the origin would only move the exponential."""
    shape = (
        shape_of(total, facts)
        if isinstance(total.measure, Lebesgue) and total.measure.hi == oo and total.measure.lo != -oo
        else None
    )
    if shape is None or shape.power != 0 or set(shape.exps) != {total.x} or len(shape.rest) != 1:
        return
    ((base, n),) = shape.rest.items()
    parts = line(base, total.x, shape.facts)
    if parts is not None and not (n.is_Integer and n > 0):
        yield {x: total.x, b: -shape.exps[total.x], q: parts[0], nu: parts[1], t: n + 1, lo: total.measure.lo}


SHIFTED_POWER = Rule(
    "shifted_power_integral",
    Claim(
        Total((nu + q * x) ** (t - 1) * exp(-b * x), x, Lebesgue(lo, oo)),
        q ** (t - 1) * b ** (-t) * exp(b * nu / q) * uppergamma(t, b * (lo + nu / q)),
        given=(nu + q * lo > 0,),
    ),
    kind="lemma",
    find=shifted_power,
    source="DLMF 8.2.2, u = b(x + ν/q); Gradshteyn-Ryzhik 3.382.4",
)


def over_shifted_power(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) exp(−b x^m)/(d + x^m) on the half line, the coefficient of x^m taken out."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    rates = shape.powers_in_exps() if shape else None
    if shape is None or not rates or len(rates) != 1 or list(shape.rest.values()) != [-1]:
        return
    ((power, rate),), (base,) = rates.items(), shape.rest
    parts = binomial_base(base, total.x)
    if parts is None:
        return
    constant, scale, n = parts
    if n == power:
        yield {x: total.x, m: power, b: -rate, d: constant / scale, q: scale, s: (shape.power + 1) / power}
    elif n == -power:  # 1/(constant + scale/y) = y/(constant y + scale) with y = x^m
        yield {x: total.x, m: power, b: -rate, d: scale / constant, q: constant, s: (shape.power + 1) / power + 1}


OVER_SHIFTED = Rule(
    "gamma_over_shifted_power",
    Claim(
        Total(x ** (m * s - 1) * exp(-b * x**m) / (q * (d + x**m)), x, POSITIVE),
        d ** (s - 1) * exp(b * d) * gamma(s) * uppergamma(1 - s, b * d) / (q * Abs(m)),
    ),
    kind="lemma",
    find=over_shifted_power,
    source="DLMF 8.6.4, Gradshteyn-Ryzhik 3.383.10",
)
OVER_SHIFTED_ONCE = Rule(
    "exponential_over_shifted_power",
    Claim(Total(x ** (m - 1) * exp(-b * x**m) / (q * (d + x**m)), x, POSITIVE), exp(b * d) * expint(1, b * d) / (q * Abs(m))),
    kind="lemma",
    find=lambda total, facts: without(s, (v for v in over_shifted_power(total, facts) if v[s] == 1)),
    source="DLMF 6.2.2, 8.19.1",
)


def one_special(total: Total, facts: Facts, kind: type) -> Iterator[tuple[Shape, Expr, Expr, Expr]]:
    """(shape, the function, c, m) where a power of x stands beside a function of c x^m on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    found = shape.only(kind) if shape and not shape.exps else None
    inner = monomial(found.args[-1], total.x, shape.facts) if shape and found is not None else None
    if shape is not None and found is not None and inner is not None:
        yield shape, found, *inner


def power_times_tail(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) erfc(b x^m) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    base = shape.only(Add) if shape and not shape.exps else None
    if shape is None or base is None:
        return
    inside = [e for e in base.args if isinstance(-e, erf)]
    inner = monomial((-inside[0]).args[0], total.x, shape.facts) if len(inside) == 1 and base == 1 + inside[0] else None
    if inner is not None:
        yield {x: total.x, m: inner[1], b: inner[0], s: (shape.power + 1) / inner[1]}


ERFC_MELLIN = Rule(
    "erfc_mellin",
    Claim(Total(x ** (m * s - 1) * (1 - erf(b * x**m)), x, POSITIVE), gamma((s + 1) / 2) / (sqrt(pi) * s * b**s * Abs(m))),
    kind="lemma",
    find=power_times_tail,
    source="DLMF 7.7 by parts, Gradshteyn-Ryzhik 6.281.1",
)


def power_times(total: Total, facts: Facts, kind: type) -> Iterator[Values]:
    for shape, found, scale, power in one_special(total, facts, kind):
        yield {x: total.x, t: found.args[0], b: scale, m: power, s: (shape.power + 1) / power}


UPPER_GAMMA_MELLIN = Rule(
    "upper_gamma_mellin",
    Claim(Total(x ** (m * s - 1) * uppergamma(t, b * x**m), x, POSITIVE), gamma(s + t) / (s * b**s * Abs(m)), given=(s + t > 0,)),
    kind="lemma",
    find=lambda total, facts: power_times(total, facts, uppergamma),
    source="DLMF 8.14.4",
)
EXPONENTIAL_INTEGRAL_MELLIN = Rule(
    "exponential_integral_mellin",
    Claim(
        Total(x ** (m * s - 1) * expint(t, b * x**m), x, POSITIVE), gamma(s) / ((s + t - 1) * b**s * Abs(m)), given=(s + t > 1,)
    ),
    kind="lemma",
    find=lambda total, facts: power_times(total, facts, expint),
    source="DLMF 8.19.1 with 8.14.4",
)


def falling_times_lower(total: Total, facts: Facts) -> Iterator[Values]:
    for shape, found, scale, power in one_special(total, facts, lowergamma):
        yield {x: total.x, q: found.args[0], b: scale, m: power, t: -(shape.power + 1) / power}


LOWER_GAMMA_MELLIN = Rule(
    "lower_gamma_mellin",
    Claim(
        Total(x ** (-m * t - 1) * lowergamma(q, b * x**m), x, POSITIVE), b**t * gamma(q - t) / (t * Abs(m)), given=(t > 0, q > t)
    ),
    kind="lemma",
    find=falling_times_lower,
    source="DLMF 8.14.3",
)
