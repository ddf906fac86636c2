"""The modified Bessel function I: Poisson's integral, and I under the integral sign; Airy functions."""

from collections.abc import Iterator
from functools import partial

from sympy import Abs, Expr, Rational, S, Symbol, airyai, airyaiprime, besseli, cos, exp, gamma, hyper, oo, pi, sin, sqrt

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import POSITIVE, Lebesgue, Total
from derive.rules.letters import b, c, s, x
from derive.rules.letters import start as lo
from derive.rules.shapes import Shape, ends_of, monomial, shape_of

a = Symbol("a", positive=True)
nu, e, kappa = (Symbol(name, real=True) for name in ("nu", "e", "kappa"))
h, m = (Symbol(name, real=True, nonzero=True) for name in "hm")


def equal_ends(total: Total, facts: Facts) -> Iterator[Values]:
    """((x − lo)(hi − x))^(s−1) e^(hx) between finite ends; written with the middle c and half the length a."""
    found = ends_of(total, facts)
    if found is None:
        return
    low, high, rate = found
    measure = total.measure
    if low == high and rate != 0:
        yield {x: total.x, s: low + 1, h: rate, c: (measure.lo + measure.hi) / 2, a: (measure.hi - measure.lo) / 2}


POISSON_INTEGRAL = Rule(
    "poisson_integral",
    Claim(
        Total((a - (x - c)) ** (s - 1) * (a + (x - c)) ** (s - 1) * exp(h * x), x, Lebesgue(c - a, c + a)),
        exp(c * h) * sqrt(pi) * gamma(s) * (2 * a / Abs(h)) ** (s - Rational(1, 2)) * besseli(s - Rational(1, 2), a * Abs(h)),
    ),
    kind="cited",
    find=equal_ends,
    source="DLMF 10.32.2",
)


def cosine_and_sine(total: Total, facts: Facts) -> Iterator[Values]:
    """exp(κ cos x) sin(x)^(2s − 1) on (0, π)."""
    shape = shape_of(total, facts) if total.measure == Lebesgue(0, pi) else None
    if shape is not None and set(shape.exps) == {cos(total.x)} and set(shape.rest) <= {sin(total.x)} and shape.power == 0:
        yield {x: total.x, h: shape.exps[cos(total.x)], s: (shape.rest.get(sin(total.x), S.Zero) + 1) / 2}


POISSON_ON_CIRCLE = Rule(
    "poisson_integral_on_circle",
    Claim(
        Total(exp(h * cos(x)) * sin(x) ** (2 * s - 1), x, Lebesgue(0, pi)),
        sqrt(pi) * gamma(s) * (2 / Abs(h)) ** (s - Rational(1, 2)) * besseli(s - Rational(1, 2), Abs(h)),
    ),
    kind="lemma",
    find=cosine_and_sine,
    source="DLMF 10.32.2",
)


def tilted_cosine(total: Total, facts: Facts) -> Iterator[Values]:
    """exp(κ cos x + e sin x) over a full circle."""
    measure = total.measure
    shape = shape_of(total, facts) if isinstance(measure, Lebesgue) and measure.hi - measure.lo == 2 * pi else None
    if shape is not None and not shape.rest and set(shape.exps) == {cos(total.x), sin(total.x)} and shape.power == 0:
        yield {x: total.x, lo: measure.lo, kappa: shape.exps[cos(total.x)], e: shape.exps[sin(total.x)]}


TILTED_BESSEL_INTEGRAL = Rule(
    "tilted_bessel_integral",
    Claim(Total(exp(kappa * cos(x) + e * sin(x)), x, Lebesgue(lo, lo + 2 * pi)), 2 * pi * besseli(0, sqrt(kappa**2 + e**2))),
    kind="cited",
    find=tilted_cosine,
    source="DLMF 10.32.1, one cosine with a phase",
)


def exponential_times_i(total: Total, facts: Facts) -> Iterator[tuple[Shape, Expr, Expr, Expr, Expr, Expr]]:
    """(shape, ν, scale c, power m of x inside I, power in the exponent, its rate) for x^… exp(−b x^…) I_ν(c x^m)."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    found = shape.only(besseli) if shape else None
    inner = monomial(found.args[1], total.x, shape.facts) if found is not None and shape else None
    rates = shape.powers_in_exps() if shape else None
    if shape is not None and found is not None and inner is not None and rates and len(rates) == 1:
        ((power, rate),) = rates.items()
        yield shape, found.args[0], inner[0], inner[1], power, -rate


def power_and_exponential_times_i(total: Total, facts: Facts, n: int, which: str) -> Iterator[Values]:
    """x^(ms − 1) exp(−b x^(nm)) I_ν(a x^m) on the half line: any, that with s = ν + n, or of these the one with ν = 0, in the letter e."""
    for shape, order, scale, inner, outer, rate in exponential_times_i(total, facts):
        values = {x: total.x, nu: order, a: scale, e: scale, m: inner, b: rate, s: (shape.power + 1) / inner}
        if outer == n * inner and (which == "any" or values[s] == order + n and (which == "fitting" or order == 0)):
            yield {letter: values[letter] for letter in WRITTEN_IN[which]}


WRITTEN_IN = {"any": (x, nu, a, m, b, s), "fitting": (x, nu, a, m, b), "plain": (x, e, m, b)}

RICE_INTEGRAL = Rule(
    "rice_integral",
    Claim(
        Total(x ** (2 * m - 1) * exp(-b * x ** (2 * m)) * besseli(0, e * x**m), x, POSITIVE),
        exp(e**2 / (4 * b)) / (2 * b * Abs(m)),
    ),
    kind="cited",
    find=partial(power_and_exponential_times_i, n=2, which="plain"),
    source="DLMF 10.43.23",
)
BESSEL_I_GAUSSIAN = Rule(
    "bessel_i_gaussian",
    Claim(
        Total(x ** (m * (nu + 2) - 1) * exp(-b * x ** (2 * m)) * besseli(nu, a * x**m), x, POSITIVE),
        a**nu / (2 * b) ** (nu + 1) * exp(a**2 / (4 * b)) / Abs(m),
        given=(nu > -1,),
    ),
    kind="lemma",
    find=partial(power_and_exponential_times_i, n=2, which="fitting"),
    source="DLMF 10.43.23",
)
BESSEL_I_GAUSSIAN_MELLIN = Rule(
    "bessel_i_gaussian_mellin",
    Claim(
        Total(x ** (m * s - 1) * exp(-b * x ** (2 * m)) * besseli(nu, a * x**m), x, POSITIVE),
        gamma((s + nu) / 2)
        * (a / (2 * sqrt(b))) ** nu
        / (2 * Abs(m) * b ** (s / 2) * gamma(nu + 1))
        * hyper([(s + nu) / 2], [nu + 1], a**2 / (4 * b)),
        given=(nu > -1, s + nu > 0),
    ),
    kind="lemma",
    find=partial(power_and_exponential_times_i, n=2, which="any"),
    source="Gradshteyn-Ryzhik 6.631.1, at imaginary argument",
)


HOYT_INTEGRAL = Rule(
    "hoyt_integral",
    Claim(
        Total(x ** (m - 1) * exp(-b * x**m) * besseli(0, e * x**m), x, POSITIVE),
        1 / (Abs(m) * sqrt(b**2 - e**2)),
        given=(b - e > 0, b + e > 0),
    ),
    kind="cited",
    find=partial(power_and_exponential_times_i, n=1, which="plain"),
    source="Gradshteyn-Ryzhik 6.611.4",
)
BESSEL_I_LAPLACE = Rule(
    "bessel_i_laplace",
    Claim(
        Total(x ** (m * (nu + 1) - 1) * exp(-b * x**m) * besseli(nu, a * x**m), x, POSITIVE),
        (2 * a) ** nu * gamma(nu + Rational(1, 2)) / (sqrt(pi) * Abs(m)) * (b**2 - a**2) ** (-nu - Rational(1, 2)),
        given=(nu + Rational(1, 2) > 0, b - a > 0),
    ),
    kind="lemma",
    find=partial(power_and_exponential_times_i, n=1, which="fitting"),
    source="Gradshteyn-Ryzhik 6.623.1, at imaginary argument",
)
BESSEL_I_LAPLACE_MELLIN = Rule(
    "bessel_i_laplace_mellin",
    Claim(
        Total(x ** (m * s - 1) * exp(-b * x**m) * besseli(nu, a * x**m), x, POSITIVE),
        (a / 2) ** nu
        * gamma(s + nu)
        / (b ** (s + nu) * gamma(nu + 1) * Abs(m))
        * hyper([(s + nu) / 2, (s + nu + 1) / 2], [nu + 1], a**2 / b**2),
        given=(nu > -1, s + nu > 0, b - a > 0),
    ),
    kind="lemma",
    find=partial(power_and_exponential_times_i, n=1, which="any"),
    source="Gradshteyn-Ryzhik 6.621.1, at imaginary argument",
)


def two_of_them(total: Total, facts: Facts) -> Iterator[Values]:
    """x exp(−b x²) I_ν(ax) I_ν(hx) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, besseli) else None
    if shape is None or shape.power != 1 or set(shape.exps) != {total.x**2}:
        return
    factors = [base for base, n in shape.rest.items() for _ in range(int(n) if n in (1, 2) else 3)]
    orders = {base.args[0] for base in factors if isinstance(base, besseli)}
    scales = [monomial(base.args[1], total.x, shape.facts) for base in factors if isinstance(base, besseli)]
    if len(factors) == len(scales) == 2 and len(orders) == 1 and all(scale is not None and scale[1] == 1 for scale in scales):
        yield {x: total.x, a: scales[0][0], s: scales[1][0], nu: orders.pop(), b: -shape.exps[total.x**2]}  # type: ignore[index]


BESSEL_I_TWICE = Rule(
    "two_bessel_i_gaussian",
    Claim(
        Total(x * exp(-b * x**2) * besseli(nu, a * x) * besseli(nu, s * x), x, POSITIVE),
        exp((a**2 + s**2) / (4 * b)) / (2 * b) * besseli(nu, a * s / (2 * b)),
        given=(nu > -1,),
    ),
    kind="cited",
    find=two_of_them,
    source="DLMF 10.22.67 (Weber's second exponential integral), at imaginary argument",
)


def airy_squared(total: Total, facts: Facts) -> Iterator[Values]:
    """Ai(ax + e)² to the right of a point."""
    measure = total.measure
    shape = shape_of(total, facts) if isinstance(measure, Lebesgue) and measure.hi == oo and measure.lo != -oo else None
    if shape is None or shape.exps or shape.power != 0 or len(shape.rest) != 1:
        return
    ((base, n),) = shape.rest.items()
    inner = linear(base.args[0], total.x) if isinstance(base, airyai) and n == 2 else None
    if inner is not None:
        yield {x: total.x, a: inner[0], e: inner[1], lo: measure.lo}


AIRY_SQUARED = Rule(
    "airy_squared",
    Claim(
        Total(airyai(a * x + e) ** 2, x, Lebesgue(lo, oo)),
        (airyaiprime(a * lo + e) ** 2 - (a * lo + e) * airyai(a * lo + e) ** 2) / a,
    ),
    kind="cited",
    find=airy_squared,
    source="DLMF 9.11.5: z Ai(z)² − Ai'(z)² is an antiderivative of Ai(z)²",
)


def airy_power(total: Total, facts: Facts, n: int) -> Iterator[Values]:
    """x^(s − 1) Ai(ax)^n on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    if shape is None or shape.exps or len(shape.rest) != 1:
        return
    ((base, power),) = shape.rest.items()
    inner = monomial(base.args[0], total.x, shape.facts) if isinstance(base, airyai) and power == n else None
    if inner is not None and inner[1] == 1:
        yield {x: total.x, a: inner[0], s: shape.power + 1}


AIRY_MELLIN = Rule(
    "airy_mellin",
    Claim(Total(x ** (s - 1) * airyai(a * x), x, POSITIVE), gamma(s) / (3 ** ((s + 2) / 3) * gamma((s + 2) / 3) * a**s)),
    kind="cited",
    find=lambda total, facts: airy_power(total, facts, 1),
    source="DLMF 9.10.17",
)
AIRY_SQUARED_MELLIN = Rule(
    "airy_squared_mellin",
    Claim(
        Total(x ** (s - 1) * airyai(a * x) ** 2, x, POSITIVE),
        2 * gamma(s) / (sqrt(pi) * 12 ** ((2 * s + 5) / 6) * gamma((2 * s + 5) / 6) * a**s),
    ),
    kind="cited",
    find=lambda total, facts: airy_power(total, facts, 2),
    source="DLMF 9.11.15",
)
