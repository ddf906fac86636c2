"""The modified Bessel function K: exponentials of x and 1/x, roots of quadratics, and K itself under the integral sign."""

from collections.abc import Iterator

from sympy import Abs, Add, Expr, Rational, S, Symbol, acos, besseli, besselk, exp, factorial, gamma, gammasimp, hyper, log, pi, powsimp, sqrt

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Values
from derive.language.totals import NATURALS, POSITIVE, REALS, Total
from derive.rules.letters import b, k, p, s, x
from derive.rules.shapes import monomial, shape_of

a = Symbol("a", positive=True)
nu, mu, e, at = (Symbol(name, real=True) for name in ("nu", "mu", "e", "at"))
m = Symbol("m", real=True, nonzero=True)


def two_exponentials(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(νp − 1) exp(−a x^p − b x^(−p)) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    rates = shape.powers_in_exps() if shape and not shape.rest else None
    if shape is None or rates is None or len(rates) != 2:
        return
    for power, rate in rates.items():
        if facts.positive(power) and -power in rates:
            yield {x: total.x, p: power, nu: (shape.power + 1) / power, a: -rate, b: -rates[-power]}


def plain_two_exponentials(total: Total, facts: Facts) -> Iterator[Values]:
    for values in two_exponentials(total, facts):
        if values[p] == 1 == values[a]:
            yield {x: values[x], nu: -values[nu], b: values[b]}


BESSEL_K_DEFINITION = Rule(
    "bessel_k_definition",
    Claim(Total(x ** (-nu - 1) * exp(-x - b / x), x, POSITIVE), 2 * b ** (-nu / 2) * besselk(nu, 2 * sqrt(b))),
    kind="definition",
    find=plain_two_exponentials,
    source="DLMF 10.32.10",
)
BESSEL_K_INTEGRAL = Rule(
    "bessel_k_integral",
    Claim(
        Total(x ** (nu * p - 1) * exp(-a * x**p - b * x ** (-p)), x, POSITIVE),
        2 / p * (b / a) ** (nu / 2) * besselk(nu, 2 * sqrt(a * b)),
    ),
    kind="lemma",
    find=two_exponentials,
    source="DLMF 10.32.10, u = a x^p",
)


def generated(total: Total, facts: Facts) -> Iterator[Values]:
    """t^k/k! K_(k + ν)(a) for k = 0, 1, …"""
    waves = [e_ for e_ in total.body.args if isinstance(e_, besselk) and e_.has(total.x)]
    if total.measure != NATURALS or len(waves) != 1 or waves[0].args[1].has(total.x):
        return
    order, z = waves[0].args
    rate = (total.body.subs(total.x, total.x + 1) / waves[0].subs(total.x, total.x + 1)) / (total.body / waves[0]) * (total.x + 1)
    rate = gammasimp(powsimp(rate.rewrite(gamma)))
    if not rate.has(total.x) and not (order - total.x).has(total.x):
        yield {k: total.x, at: rate, a: z, nu: order - total.x}


NARROWER = sqrt(a**2 - 2 * a * at)
BESSEL_K_GENERATING = Rule(
    "bessel_k_generating",
    Claim(
        Total(at**k / factorial(k) * besselk(k + nu, a), k, NATURALS),
        (a / NARROWER) ** nu * besselk(nu, NARROWER),
        given=(at >= 0, a - 2 * at > 0),
    ),
    kind="lemma",
    find=generated,
    source="DLMF 10.44.1 (the multiplication theorem); Willmot, ASTIN Bulletin 17 (1987) 113",
)


def half_order(size: int, sign: int) -> tuple[Claim, tuple[Claim, ...]]:
    """The same for ν = ±(n + 1/2), where K_ν is elementary (DLMF 10.49.12)."""
    n, root = size - 1, sqrt(a * b)
    order = sign * (n + Rational(1, 2))
    series = Add(*(factorial(n + i) / (factorial(i) * factorial(n - i) * (4 * root) ** i) for i in range(n + 1)))
    value = (b / a) ** (order / 2) * sqrt(pi / root) * exp(-2 * root) * series / p
    return Claim(Total(x ** (order * p - 1) * exp(-a * x**p - b * x ** (-p)), x, POSITIVE), value), ()


def half_orders(total: Total, facts: Facts, sign: int) -> Iterator[Values]:
    for values in two_exponentials(total, facts):
        n = sign * values[nu] - Rational(1, 2)
        if n.is_Integer and 0 <= n <= 8:
            yield {**{letter: value for letter, value in values.items() if letter != nu}, SIZE: n + 1}


BESSEL_K_HALF = Rule(
    "bessel_k_half_order",
    half_order(2, 1)[0],
    kind="cited",
    schema=lambda size: half_order(size, 1),
    find=lambda total, facts: half_orders(total, facts, 1),
    source="DLMF 10.32.10, 10.49.12",
)
BESSEL_K_MINUS_HALF = Rule(
    "bessel_k_negative_half_order",
    half_order(2, -1)[0],
    kind="cited",
    schema=lambda size: half_order(size, -1),
    find=lambda total, facts: half_orders(total, facts, -1),
    source="DLMF 10.32.10, 10.49.12",
)


def double_exponential(total: Total, facts: Facts) -> Iterator[Values]:
    """exp(νpx − a e^(px) − b e^(−px)) on the line, as exp(νx − a cosh x)."""
    shape = shape_of(total, facts) if total.measure == REALS else None
    if shape is None or shape.rest or shape.power != 0:
        return
    inner = [(linear(t.args[0], total.x), r) for t, r in shape.exps.items() if isinstance(t, exp)]
    rates = {parts[0]: -r * exp(parts[1]) for parts, r in inner if parts is not None}
    if len(rates) != 2 or len(shape.exps) != 2 + (total.x in shape.exps):
        return
    for scale, rate in rates.items():
        if facts.positive(scale) and -scale in rates:
            yield {x: total.x, p: scale, nu: shape.exps.get(total.x, S.Zero) / scale, a: rate, b: rates[-scale]}


BESSEL_K_ON_LINE = Rule(
    "bessel_k_on_line",
    Claim(
        Total(exp(nu * p * x - a * exp(p * x) - b * exp(-p * x)), x, REALS),
        2 / p * (b / a) ** (nu / 2) * besselk(nu, 2 * sqrt(a * b)),
    ),
    kind="lemma",
    find=double_exponential,
    source="DLMF 10.32.10, u = e^(px)",
)


def power_times_k(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) K_ν(a x^m) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    found = shape.only(besselk) if shape and not shape.exps else None
    scale = monomial(found.args[1], total.x, shape.facts) if found is not None and shape else None
    if shape is not None and found is not None and scale is not None:
        yield {x: total.x, nu: found.args[0], a: scale[0], m: scale[1], s: (shape.power + 1) / scale[1]}


BESSEL_K_MELLIN = Rule(
    "bessel_k_mellin",
    Claim(
        Total(x ** (m * s - 1) * besselk(nu, a * x**m), x, POSITIVE),
        (2 / a) ** s * gamma((s - nu) / 2) * gamma((s + nu) / 2) / (4 * Abs(m)),
        given=(s - nu > 0, s + nu > 0),
    ),
    kind="lemma",
    find=power_times_k,
    source="DLMF 10.43.19",
)


def power_times_two_k(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) K_μ(a x^m) K_ν(a x^m) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    if shape is None or shape.exps or not all(isinstance(base, besselk) for base in shape.rest):
        return
    both = [base for base, n in shape.rest.items() for _ in range(int(n) if n in (1, 2) else 3)]
    if len(both) != 2 or both[0].args[1] != both[1].args[1]:
        return
    scale = monomial(both[0].args[1], total.x, shape.facts)
    if scale is not None:
        yield {x: total.x, mu: both[0].args[0], nu: both[1].args[0], a: scale[0], m: scale[1], s: (shape.power + 1) / scale[1]}


BESSEL_K_PRODUCT = Rule(
    "bessel_k_product",
    Claim(
        Total(x ** (m * s - 1) * besselk(mu, a * x**m) * besselk(nu, a * x**m), x, POSITIVE),
        (2 / a) ** s
        / (8 * gamma(s) * Abs(m))
        * gamma((s + mu + nu) / 2)
        * gamma((s + mu - nu) / 2)
        * gamma((s - mu + nu) / 2)
        * gamma((s - mu - nu) / 2),
        given=(s + mu + nu > 0, s + mu - nu > 0, s - mu + nu > 0, s - mu - nu > 0),
    ),
    kind="cited",
    find=power_times_two_k,
    source="Gradshteyn-Ryzhik 6.576.4",
)


def exponential_times_k(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) exp(−e x^m) K_ν(a x^m) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    found = shape.only(besselk) if shape else None
    rates = shape.powers_in_exps() if shape else None
    scale = monomial(found.args[1], total.x, shape.facts) if found is not None and shape else None
    if shape is not None and found is not None and scale is not None and rates and set(rates) == {scale[1]}:
        yield {x: total.x, nu: found.args[0], a: scale[0], m: scale[1], s: (shape.power + 1) / scale[1], e: -rates[scale[1]]}


def plain_k_laplace(total: Total, facts: Facts, above: bool) -> Iterator[Values]:
    """x^(m − 1) exp(−e x^m) K₀(a x^m), e below a or above."""
    for values in exponential_times_k(total, facts):
        if values[nu] == 0 and values[s] == 1 and facts.positive(values[e] - values[a] if above else values[a] - values[e]):
            yield {x: total.x, a: values[a], m: values[m], e: values[e]}


K_LAPLACE = Total(x ** (m - 1) * exp(-e * x**m) * besselk(0, a * x**m), x, POSITIVE)
BESSEL_K_LAPLACE_BELOW, BESSEL_K_LAPLACE_ABOVE = (
    Rule(name, Claim(K_LAPLACE, value, given=given), kind="cited",
         find=lambda total, facts, above=above: plain_k_laplace(total, facts, above), source="Gradshteyn-Ryzhik 6.611.9; DLMF 10.43.22")  # fmt: skip
    for name, value, given, above in (
        ("bessel_k_laplace_below", acos(e / a) / (sqrt(a**2 - e**2) * Abs(m)), (a - e > 0, a + e > 0), False),
        ("bessel_k_laplace_above", log((e + sqrt(e**2 - a**2)) / a) / (sqrt(e**2 - a**2) * Abs(m)), (e > a,), True),
    )
)


BESSEL_K_LAPLACE = Rule(
    "bessel_k_laplace",
    Claim(
        Total(x ** (m * s - 1) * exp(-e * x**m) * besselk(nu, a * x**m), x, POSITIVE),
        sqrt(pi)
        * (2 * a) ** nu
        / (a + e) ** (s + nu)
        * gamma(s + nu)
        * gamma(s - nu)
        / (gamma(s + Rational(1, 2)) * Abs(m))
        * hyper([s + nu, nu + Rational(1, 2)], [s + Rational(1, 2)], (e - a) / (e + a)),
        given=(s - nu > 0, s + nu > 0, a + e > 0),
    ),
    kind="cited",
    find=exponential_times_k,
    source="DLMF 10.43.22, Gradshteyn-Ryzhik 6.621.3",
)


def quartic_well(total: Total, facts: Facts, sign: int) -> Iterator[Values]:
    """x^(p/2 − 1) exp(−a x^(2p) ∓ b x^p) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    rates = shape.powers_in_exps() if shape and not shape.rest else None
    for power in rates or ():
        if shape is not None and rates and set(rates) == {power, 2 * power} and shape.power == power / 2 - 1 and facts.positive(-sign * rates[power]):
            yield {x: total.x, p: power, a: -rates[2 * power], b: -sign * rates[power]}


def quartic(name: str, sign: int, functions: Expr, source: str) -> Rule:
    left = Total(x ** (p / 2 - 1) * exp(-a * x ** (2 * p) - sign * b * x**p), x, POSITIVE)
    return Rule(name, Claim(left, sqrt(b / a) / (2 * p) * exp(b**2 / (8 * a)) * functions), kind="cited",
                find=lambda total, facts: quartic_well(total, facts, sign), source=source)  # fmt: skip


QUARTER, ARGUMENT = Rational(1, 4), b**2 / (8 * a)
QUARTIC = quartic("quartic_integral", 1, besselk(QUARTER, ARGUMENT), "Gradshteyn-Ryzhik 3.469.1, x → x^(p/2)")
DOUBLE_WELL = quartic("double_well_integral", -1, pi / sqrt(2) * (besseli(QUARTER, ARGUMENT) + besseli(-QUARTER, ARGUMENT)),
                      "Gradshteyn-Ryzhik 3.462.1 with DLMF 12.7.10, 10.27.4, x → x^(p/2)")  # fmt: skip
