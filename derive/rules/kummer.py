"""Confluent and Gaussian hypergeometric functions: beta kernels times exponentials or further powers."""

from collections.abc import Iterator

from sympy import Abs, Expr, Ne, S, Symbol, appellf1, beta, cancel, exp, gamma, hyper, meijerg, oo, pi, sin, sqrt

from derive.algebra.reading import binomial_base
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import POSITIVE, Lebesgue, Total
from derive.rules.letters import b, c, s, x
from derive.rules.letters import end as hi
from derive.rules.letters import start as lo
from derive.rules.shapes import ends_of, line, shape_of

q, d, f_, h = (Symbol(name, positive=True) for name in ("q", "d", "f", "h"))
e, g_, r, v, w = (Symbol(name, real=True) for name in ("e", "g", "r", "v", "w"))
m = Symbol("m", real=True, nonzero=True)


def beta_times_exponential(total: Total, facts: Facts) -> Iterator[Values]:
    """(x − lo)^(s−1) (hi − x)^(q−1) e^(cx)."""
    found = ends_of(total, facts)
    if found is not None and found[2] != 0:
        yield {x: total.x, lo: total.measure.lo, hi: total.measure.hi, s: found[0] + 1, q: found[1] + 1, c: found[2]}


KUMMER_INTEGRAL = Rule(
    "kummer_integral",
    Claim(
        Total((x - lo) ** (s - 1) * (hi - x) ** (q - 1) * exp(c * x), x, Lebesgue(lo, hi)),
        (hi - lo) ** (s + q - 1) * beta(s, q) * exp(c * lo) * hyper([s], [s + q], c * (hi - lo)),
        given=(hi > lo,),
    ),
    kind="cited",
    find=beta_times_exponential,
    source="DLMF 13.4.1",
)


def shifted_power_times_exponential(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) (d + h x^m)^(w) exp(−b x^m) on the half line; the second parameter of U is v = s + w + 1."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    rates = shape.powers_in_exps() if shape else None
    if shape is None or not rates or len(rates) != 1 or len(shape.rest) != 1:
        return
    ((power, rate),), ((base, n),) = rates.items(), shape.rest.items()
    parts = binomial_base(base, total.x)
    if parts is not None and parts[2] == power and not (n.is_Integer and n > 0):
        first = (shape.power + 1) / power
        yield {x: total.x, m: power, b: -rate, d: parts[0], h: parts[1], s: first, v: first + n + 1}


def tricomi(upper: Expr, lower: Expr, z: Expr) -> Expr:
    """Γ(a) U(a, b, z) by Kummer's functions, for b no integer (DLMF 13.2.42)."""
    return gamma(upper) * gamma(1 - lower) / gamma(upper - lower + 1) * hyper([upper], [lower], z) + gamma(lower - 1) * z ** (
        1 - lower
    ) * hyper([upper - lower + 1], [2 - lower], z)


TRICOMI_INTEGRAL = Rule(
    "tricomi_integral",
    Claim(
        Total(x ** (m * s - 1) * (d + h * x**m) ** (v - s - 1) * exp(-b * x**m), x, POSITIVE),
        d ** (v - 1) * h ** (-s) / Abs(m) * tricomi(s, v, b * d / h),
        given=(Ne(sin(pi * v), 0),),
    ),
    kind="cited",
    find=shifted_power_times_exponential,
    source="DLMF 13.4.4, 13.2.42",
)


def tricomi_by_contour(upper: Expr, lower: Expr, z: Expr) -> Expr:
    """Γ(a) U(a, b, z) as a Meijer function, for any b (DLMF 13.4.17, 16.17.1)."""
    return meijerg([[1 - upper], []], [[S.Zero, 1 - lower], []], z) / gamma(upper - lower + 1)


TRICOMI_ANY = Rule(
    "tricomi_integral_by_contour",
    Claim(
        Total(x ** (m * s - 1) * (d + h * x**m) ** (v - s - 1) * exp(-b * x**m), x, POSITIVE),
        d ** (v - 1) * h ** (-s) / Abs(m) * tricomi_by_contour(s, v, b * d / h),
        given=(s + 1 - v > 0,),
    ),
    kind="cited",
    find=shifted_power_times_exponential,
    source="DLMF 13.4.4, 13.4.17",
)


def quadratic_and_power(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) exp(−b x^(2m) + c x^m) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    rates = shape.powers_in_exps() if shape and not shape.rest else None
    if shape is None or not rates or len(rates) != 2:
        return
    for power in rates:
        if 2 * power in rates:
            yield {x: total.x, m: power, b: -rates[2 * power], c: rates[power], s: (shape.power + 1) / power}


PARABOLIC_INTEGRAL = Rule(
    "parabolic_integral",
    Claim(
        Total(x ** (m * s - 1) * exp(-b * x ** (2 * m) + c * x**m), x, POSITIVE),
        (
            b ** (-s / 2) * gamma(s / 2) * hyper([s / 2], [S.Half], c**2 / (4 * b))
            + c * b ** (-(s + 1) / 2) * gamma((s + 1) / 2) * hyper([(s + 1) / 2], [S(3) / 2], c**2 / (4 * b))
        )
        / (2 * Abs(m)),
    ),
    kind="cited",
    find=quadratic_and_power,
    source="DLMF 12.5.1, 12.7.12-12.7.14, termwise in c",
)


def beta_times_linear(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(s−1) (hi − x)^(q−1) (d + e x)^(−r) (h + g x)^(−w) on (0, hi); the last two factors nowhere zero."""
    measure = total.measure
    shape = shape_of(total, facts) if isinstance(measure, Lebesgue) and measure.lo == 0 and measure.hi.is_finite else None
    if shape is None or shape.exps or not 1 <= len(shape.rest) <= 3:
        return
    second, others = S.Zero, []
    for base, n in shape.rest.items():
        parts = line(base, total.x, shape.facts)
        if parts is None:
            return
        if -parts[1] / parts[0] == measure.hi:
            second = n
        else:
            others.append((*parts, -n))
    if 1 <= len(others) <= 2:
        others = others if len(others) == 2 else [*others, (S.Zero, S.One, S.Zero)]
        (e_, d_, r_), (g2, h_, w_) = others
        yield {x: total.x, hi: measure.hi, s: shape.power + 1, q: second + 1, d: d_, e: e_, r: r_, h: h_, g_: g2, w: w_}


def one_linear(total: Total, facts: Facts) -> Iterator[Values]:
    for values in beta_times_linear(total, facts):
        if values[w] == 0:
            yield {letter: value for letter, value in values.items() if letter not in (w, g_, h)}


def two_linear(total: Total, facts: Facts) -> Iterator[Values]:
    yield from (values for values in beta_times_linear(total, facts) if values[w] != 0)


EULER_HYPERGEOMETRIC = Rule(
    "euler_hypergeometric_integral",
    Claim(
        Total(x ** (s - 1) * (hi - x) ** (q - 1) * (d + e * x) ** (-r), x, Lebesgue(0, hi)),
        hi ** (s + q - 1) * d ** (-r) * beta(s, q) * hyper([r, s], [s + q], -e * hi / d),
        given=(hi > 0, d + e * hi > 0),
    ),
    kind="cited",
    find=one_linear,
    source="DLMF 15.6.1",
)
APPELL_INTEGRAL = Rule(
    "appell_integral",
    Claim(
        Total(x ** (s - 1) * (hi - x) ** (q - 1) * (d + e * x) ** (-r) * (h + g_ * x) ** (-w), x, Lebesgue(0, hi)),
        hi ** (s + q - 1) * d ** (-r) * h ** (-w) * beta(s, q) * appellf1(s, r, w, s + q, -e * hi / d, -g_ * hi / h),
        given=(hi > 0, d + e * hi > 0, h + g_ * hi > 0),
    ),
    kind="cited",
    find=two_linear,
    source="DLMF 16.15.1",
)


def square_power(total: Total, facts: Facts) -> Iterator[Values]:
    """(d + h x²)^(−r) from an end on that may have any sign."""
    base, power = total.body.as_base_exp()
    found = binomial_base(base, total.x) if isinstance(total.measure, Lebesgue) and total.measure.lo.is_finite else None
    if found is not None and found[2] == 2 and not power.has(total.x):
        yield {x: total.x, d: found[0], h: found[1], r: -power, lo: total.measure.lo, hi: total.measure.hi}


def from_middle(end: Expr) -> Expr:
    """∫ (d + h x²)^(−r) dx from 0 to an end of any sign."""
    return d**-r * end * hyper([S.Half, r], [S(3) / 2], -h * end**2 / d)


PEARSON_VII_BETWEEN = Rule(
    "power_of_square_between",
    Claim(Total((d + h * x**2) ** (-r), x, Lebesgue(lo, hi)), from_middle(hi) - from_middle(lo), given=(hi >= lo,)),
    kind="cited",
    find=lambda total, facts: square_power(total, facts) if total.measure.hi.is_finite else iter(()),
    source="DLMF 15.6.1 with t = (x/hi)²",
)
PEARSON_VII_BEYOND = Rule(
    "power_of_square_beyond",
    Claim(
        Total((d + h * x**2) ** (-r), x, Lebesgue(lo, oo)),
        d ** (S.Half - r) * sqrt(pi / h) * gamma(r - S.Half) / (2 * gamma(r)) - from_middle(lo),
        given=(r > S.Half,),
    ),
    kind="cited",
    find=lambda total, facts: ({k: v for k, v in found.items() if k != hi} for found in square_power(total, facts) if total.measure.hi == oo),
    source="DLMF 15.6.1, 5.12.3",
)


def two_binomials(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) (d + h x^m)^(−r) (q + f x^m)^(−w) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    if shape is None or shape.exps or len(shape.rest) != 2:
        return
    (first, n), (second, k_) = shape.rest.items()
    left, right = binomial_base(first, total.x), binomial_base(second, total.x)
    if left is not None and right is not None and left[2] == right[2]:
        yield {
            x: total.x,
            m: left[2],
            s: (shape.power + 1) / left[2],
            d: left[0],
            h: left[1],
            r: -n,
            q: right[0],
            f_: right[1],
            w: -k_,
        }


HALF_LINE_HYPERGEOMETRIC = Rule(
    "half_line_hypergeometric_integral",
    Claim(
        Total(x ** (m * s - 1) * (d + h * x**m) ** (-r) * (q + f_ * x**m) ** (-w), x, POSITIVE),
        d ** (s - r) * h ** (-s) * q ** (-w) * beta(s, r + w - s) / Abs(m) * hyper([w, s], [r + w], 1 - f_ * d / (h * q)),
        given=(r + w - s > 0,),
    ),
    kind="lemma",
    find=two_binomials,
    source="DLMF 15.6.1 with u = x/(1 + x), Gradshteyn-Ryzhik 3.197.5",
)


def power_times_hyper(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) e^(−b x^m) ₚF_q(…; c x^m) on the half line with p ≤ q ≤ 1."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    found = shape.only(hyper) if shape else None
    rates = shape.powers_in_exps() if shape else None
    if shape is None or found is None or not rates or len(rates) != 1 or len(found.bq) != 1 or len(found.ap) > 1:
        return
    ((power, rate),) = rates.items()
    scale = found.argument / total.x**power
    if not scale.has(total.x):
        upper = found.ap[0] if found.ap else None
        yield {
            x: total.x,
            m: power,
            b: -rate,
            c: scale,
            s: (shape.power + 1) / power,
            v: found.bq[0],
            **({r: upper} if found.ap else {}),
        }


def by_upper(total: Total, facts: Facts, count: int) -> Iterator[Values]:
    yield from (values for values in power_times_hyper(total, facts) if (r in values) == count)


HYPER_0F1_LAPLACE = Rule(
    "hyper_0f1_laplace",
    Claim(
        Total(x ** (m * s - 1) * exp(-b * x**m) * hyper([], [v], c * x**m), x, POSITIVE),
        gamma(s) / (b**s * Abs(m)) * hyper([s], [v], c / b),
        given=(v > 0,),
    ),
    kind="cited",
    find=lambda total, facts: by_upper(total, facts, 0),
    source="DLMF 16.5.3",
)
HYPER_1F1_LAPLACE = Rule(
    "hyper_1f1_laplace",
    Claim(
        Total(x ** (m * s - 1) * exp(-b * x**m) * hyper([r], [v], c * x**m), x, POSITIVE),
        gamma(s) / (b**s * Abs(m)) * hyper([r, s], [v], c / b),
        given=(v > 0, b - c > 0, b + c > 0),
    ),
    kind="cited",
    find=lambda total, facts: by_upper(total, facts, 1),
    source="DLMF 13.10.3",
)


def noncentral_ratio(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(s−1) (d + hx)^(−s−q) ₁F₁(s + q; s; cx/(d + hx)) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    found = next((base for base in shape.rest if isinstance(base, hyper)), None) if shape else None
    if shape is None or found is None or shape.exps or len(shape.rest) != 2 or len(found.ap) != 1 or len(found.bq) != 1:
        return
    ((base, n),) = ((base, n) for base, n in shape.rest.items() if base != found)
    parts = line(base, total.x, shape.facts)
    if parts is not None:
        scale = cancel(found.argument * base / total.x)
        yield {x: total.x, s: shape.power + 1, q: -n - shape.power - 1, d: parts[1], h: parts[0], c: scale}


NONCENTRAL_F = Rule(
    "noncentral_f_integral",
    Claim(
        Total(x ** (s - 1) * (d + h * x) ** (-s - q) * hyper([s + q], [s], c * x / (d + h * x)), x, POSITIVE),
        d ** (-q) * h ** (-s) * beta(s, q) * exp(c / h),
    ),
    kind="lemma",
    find=noncentral_ratio,
    source="DLMF 16.5.2 with u = hx/(d + hx): ₂F₂(α, β; α, β; z) = e^z",
)


def noncentral_beta(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(s−1) (1 − x)^(q−1) ₁F₁(s + q; s; cx) on (0, 1)."""
    shape = shape_of(total, facts) if total.measure == Lebesgue(0, 1) else None
    found = next((base for base in shape.rest if isinstance(base, hyper)), None) if shape else None
    if (
        shape is None
        or found is None
        or shape.exps
        or len(found.ap) != 1
        or len(found.bq) != 1
        or not found.argument.has(total.x)
    ):
        return
    second = sum((n for base, n in shape.rest.items() if base != found), S.Zero)
    yield {x: total.x, s: shape.power + 1, q: second + 1, c: cancel(found.argument / total.x)}


NONCENTRAL_BETA = Rule(
    "noncentral_beta_integral",
    Claim(Total(x ** (s - 1) * (1 - x) ** (q - 1) * hyper([s + q], [s], c * x), x, Lebesgue(0, 1)), beta(s, q) * exp(c)),
    kind="cited",
    find=noncentral_beta,
    source="DLMF 16.5.2: ₂F₂(α, β; α, β; z) = e^z",
)
