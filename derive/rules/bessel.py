"""The modified Bessel function K: exponentials of x and 1/x, roots of quadratics, and K itself under the integral sign."""

from collections.abc import Iterator

from sympy import Abs, Add, Expr, Mul, Pow, Rational, S, Symbol, besselk, exp, factorial, gamma, hyper, oo, pi, sqrt

from derive.algebra.normal import equal
from derive.algebra.reading import linear, polynomial, read
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Values
from derive.language.totals import POSITIVE, REALS, Lebesgue, Total
from derive.rules.letters import b, c, k, p, s, x
from derive.rules.shapes import monomial, shape_of

a, d = (Symbol(name, positive=True) for name in "ad")
nu, mu, e, l = (Symbol(name, real=True) for name in ("nu", "mu", "e", "l"))
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


BESSEL_K_DEFINITION = Rule("bessel_k_definition", Claim(
    Total(x ** (-nu - 1) * exp(-x - b / x), x, POSITIVE), 2 * b ** (-nu / 2) * besselk(nu, 2 * sqrt(b))), kind="definition",
    find=plain_two_exponentials, source="DLMF 10.32.10")  # fmt: skip
BESSEL_K_INTEGRAL = Rule("bessel_k_integral", Claim(
    Total(x ** (nu * p - 1) * exp(-a * x**p - b * x ** (-p)), x, POSITIVE), 2 / p * (b / a) ** (nu / 2) * besselk(nu, 2 * sqrt(a * b))),
    kind="lemma", find=two_exponentials, source="DLMF 10.32.10, u = a x^p")  # fmt: skip


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


BESSEL_K_HALF = Rule("bessel_k_half_order", half_order(2, 1)[0], kind="cited", schema=lambda size: half_order(size, 1),
                     find=lambda total, facts: half_orders(total, facts, 1), source="DLMF 10.32.10, 10.49.12")  # fmt: skip
BESSEL_K_MINUS_HALF = Rule("bessel_k_negative_half_order", half_order(2, -1)[0], kind="cited", schema=lambda size: half_order(size, -1),
                           find=lambda total, facts: half_orders(total, facts, -1), source="DLMF 10.32.10, 10.49.12")  # fmt: skip


def double_exponential(total: Total, facts: Facts) -> Iterator[Values]:
    """exp(νpx − a e^(px) − b e^(−px)) on the line, as exp(νx − a cosh x)."""
    shape = shape_of(total, facts) if total.measure == REALS else None
    if shape is None or shape.rest or shape.power != 0:
        return
    inner = [(linear(t.args[0], total.x), r) for t, r in shape.exps.items() if isinstance(t, exp)]
    rates = {parts[0]: -r * exp(parts[1]) for parts, r in inner if parts is not None}
    if len(rates) != 2 or not len(shape.exps) - 2 == (total.x in shape.exps):
        return
    for k, rate in rates.items():
        if facts.positive(k) and -k in rates:
            yield {x: total.x, p: k, nu: shape.exps.get(total.x, S.Zero) / k, a: rate, b: rates[-k]}


BESSEL_K_ON_LINE = Rule("bessel_k_on_line", Claim(
    Total(exp(nu * p * x - a * exp(p * x) - b * exp(-p * x)), x, REALS), 2 / p * (b / a) ** (nu / 2) * besselk(nu, 2 * sqrt(a * b))),
    kind="lemma", find=double_exponential, source="DLMF 10.32.10, u = e^(px)")  # fmt: skip


def power_times_k(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) K_ν(a x^m) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    found = shape.only(besselk) if shape and not shape.exps else None
    scale = monomial(found.args[1], total.x, shape.facts) if found is not None and shape else None
    if shape is not None and found is not None and scale is not None:
        yield {x: total.x, nu: found.args[0], a: scale[0], m: scale[1], s: (shape.power + 1) / scale[1]}


BESSEL_K_MELLIN = Rule("bessel_k_mellin", Claim(
    Total(x ** (m * s - 1) * besselk(nu, a * x**m), x, POSITIVE),
    (2 / a) ** s * gamma((s - nu) / 2) * gamma((s + nu) / 2) / (4 * Abs(m)), given=(s - nu > 0, s + nu > 0)),
    kind="cited", find=power_times_k, source="DLMF 10.43.19")  # fmt: skip


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


BESSEL_K_PRODUCT = Rule("bessel_k_product", Claim(
    Total(x ** (m * s - 1) * besselk(mu, a * x**m) * besselk(nu, a * x**m), x, POSITIVE),
    (2 / a) ** s / (8 * gamma(s) * Abs(m)) * gamma((s + mu + nu) / 2) * gamma((s + mu - nu) / 2) * gamma((s - mu + nu) / 2)
    * gamma((s - mu - nu) / 2), given=(s + mu + nu > 0, s + mu - nu > 0, s - mu + nu > 0, s - mu - nu > 0)),
    kind="cited", find=power_times_two_k, source="Gradshteyn-Ryzhik 6.576.4")  # fmt: skip


def exponential_times_k(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) exp(−e x^m) K_ν(a x^m) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    found = shape.only(besselk) if shape else None
    rates = shape.powers_in_exps() if shape else None
    scale = monomial(found.args[1], total.x, shape.facts) if found is not None and shape else None
    if shape is not None and found is not None and scale is not None and rates and set(rates) == {scale[1]}:
        yield {x: total.x, nu: found.args[0], a: scale[0], m: scale[1], s: (shape.power + 1) / scale[1], e: -rates[scale[1]]}


BESSEL_K_LAPLACE = Rule("bessel_k_laplace", Claim(
    Total(x ** (m * s - 1) * exp(-e * x**m) * besselk(nu, a * x**m), x, POSITIVE),
    sqrt(pi) * (2 * a) ** nu / (a + e) ** (s + nu) * gamma(s + nu) * gamma(s - nu) / (gamma(s + Rational(1, 2)) * Abs(m))
    * hyper([s + nu, nu + Rational(1, 2)], [s + Rational(1, 2)], (e - a) / (e + a)), given=(s - nu > 0, s + nu > 0, a + e > 0)),
    kind="cited", find=exponential_times_k, source="DLMF 10.43.22, Gradshteyn-Ryzhik 6.621.3")  # fmt: skip


def k_of_distance(total: Total, facts: Facts) -> Iterator[Values]:
    """c |x − l|^ν K_ν(a|x − l|) e^(ex) on the line, before the bars split it."""
    form = read(total.body, total.x, facts) if total.measure == REALS and total.body.has(besselk) else None
    found = next((f for f in form.powers if isinstance(f, besselk)), None) if form else None
    bars = sorted(found.args[1].atoms(Abs), key=str) if found is not None else []
    inner = linear(bars[0].args[0], total.x) if bars else None
    if form is None or found is None or inner is None or not set(form.exps) <= {total.x}:
        return
    scale = found.args[1] / bars[0]
    if not scale.has(total.x):
        yield {x: total.x, nu: found.args[0], a: scale * abs(inner[0]), l: -inner[1] / inner[0], e: form.exps.get(total.x, S.Zero),
               c: form.coefficient}  # fmt: skip


VARIANCE_GAMMA = Rule("variance_gamma_integral", Claim(
    Total(c * Abs(x - l) ** nu * besselk(nu, a * Abs(x - l)) * exp(e * x), x, REALS),
    c * exp(e * l) * sqrt(pi) * gamma(nu + Rational(1, 2)) * (2 * a) ** nu * (a**2 - e**2) ** (-nu - Rational(1, 2)),
    given=(nu + Rational(1, 2) > 0, a - e > 0, a + e > 0)), kind="cited", find=k_of_distance,
    source="Gradshteyn-Ryzhik 6.699.4 at imaginary frequency; DLMF 10.43.22")  # fmt: skip


def root_of_quadratic(argument: Expr, variable: Symbol, facts: Facts) -> tuple[Expr, Expr] | None:
    """(a, d²) where the argument is a √(d² + x²)."""
    form = read(argument, variable, facts)
    if form is None or form.exps or len(form.powers) != 1:
        return None
    ((base, n),) = form.powers.items()
    square = polynomial(base, variable, 2, facts) if n == Rational(1, 2) else None
    if square is None or square[1] != 0:
        return None
    return form.coefficient * sqrt(square[0]), square[2] / square[0]


def k_of_hypotenuse(total: Total, facts: Facts) -> Iterator[Values]:
    """(d² + x²)^(ν/2) K_ν(a √(d² + x²)) e^(ex) on the line."""
    shape = shape_of(total, facts) if total.measure == REALS else None
    found = next((f for f in shape.rest if isinstance(f, besselk)), None) if shape else None
    inner = root_of_quadratic(found.args[1], total.x, facts) if found is not None else None
    if shape is None or found is None or inner is None or shape.power != 0 or not set(shape.exps) <= {total.x}:
        return
    power = next((n for base, n in shape.rest.items() if base != found), S.Zero)
    order = -found.args[0] if equal(2 * power, -found.args[0], facts) else found.args[0]
    yield {x: total.x, nu: order, a: inner[0], d: sqrt(inner[1]), e: shape.exps.get(total.x, S.Zero)}


GENERALIZED_HYPERBOLIC = Rule("generalized_hyperbolic_integral", Claim(
    Total((d**2 + x**2) ** (nu / 2) * besselk(nu, a * sqrt(d**2 + x**2)) * exp(e * x), x, REALS),
    sqrt(2 * pi) * a**nu * (d / sqrt(a**2 - e**2)) ** (nu + Rational(1, 2)) * besselk(nu + Rational(1, 2), d * sqrt(a**2 - e**2)),
    given=(a - e > 0, a + e > 0)), kind="cited", find=k_of_hypotenuse, source="Gradshteyn-Ryzhik 6.596.3, 6.726.4; Barndorff-Nielsen 1977")  # fmt: skip


def exponential_of_hypotenuse(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(s − 1) (d² + x²)^(−k/2) exp(−a √(d² + x²) + ex), with the statistics √(d² + x²) and x."""
    shape = shape_of(total, facts)
    roots = {t: r for t, r in shape.exps.items() if isinstance(t, Pow)} if shape else {}
    if shape is None or len(roots) != 1 or not set(shape.exps) <= {total.x, *roots}:
        return
    ((root, rate),) = roots.items()
    inner = root_of_quadratic(root, total.x, shape.facts)
    if inner is not None and set(shape.rest) <= {root.base}:
        yield {x: total.x, s: shape.power + 1, a: -rate * inner[0], d: sqrt(inner[1]), e: shape.exps.get(total.x, S.Zero),
               k: -2 * shape.rest.get(root.base, S.Zero)}  # fmt: skip


def hyperbolic_kernel(total: Total, facts: Facts, power: int = 0) -> Iterator[Values]:
    if total.measure == REALS:
        for values in exponential_of_hypotenuse(total, facts):
            if values[s] == 1 and values[k] == power:
                yield {letter: value for letter, value in values.items() if letter not in (s, k)}


def energy_kernel(total: Total, facts: Facts) -> Iterator[Values]:
    if total.measure == POSITIVE:
        for values in exponential_of_hypotenuse(total, facts):
            if values[e] == 0 == values[k]:
                yield {letter: value for letter, value in values.items() if letter not in (e, k)}


HYPERBOLIC = Rule("hyperbolic_integral", Claim(
    Total(exp(-a * sqrt(d**2 + x**2) + e * x), x, REALS), 2 * a * d / sqrt(a**2 - e**2) * besselk(1, d * sqrt(a**2 - e**2)),
    given=(a - e > 0, a + e > 0)), kind="cited", find=hyperbolic_kernel, source="Gradshteyn-Ryzhik 3.547.4; DLMF 10.32.9, x = d sinh t")  # fmt: skip
HYPERBOLIC_OVER_ROOT = Rule("hyperbolic_over_root", Claim(
    Total(exp(-a * sqrt(d**2 + x**2) + e * x) / sqrt(d**2 + x**2), x, REALS), 2 * besselk(0, d * sqrt(a**2 - e**2)),
    given=(a - e > 0, a + e > 0)), kind="cited", find=lambda total, facts: hyperbolic_kernel(total, facts, 1),
    source="Gradshteyn-Ryzhik 3.547.4; DLMF 10.32.9, x = d sinh t")  # fmt: skip
BESSEL_K_ENERGY = Rule("bessel_k_energy", Claim(
    Total(x ** (s - 1) * exp(-a * sqrt(d**2 + x**2)), x, POSITIVE),
    d**s * gamma(s / 2) / sqrt(pi) * (2 / (a * d)) ** ((s - 1) / 2) * besselk((s + 1) / 2, a * d)),
    kind="cited", find=energy_kernel, source="DLMF 10.32.8 differentiated, x = d √(t² − 1)")  # fmt: skip


def beyond_a_threshold(total: Total, facts: Facts) -> Iterator[Values]:
    """(x² − d²)^(s − 1) e^(−bx) on (d, ∞), with a factor x or without."""
    measure, variable = total.measure, total.x
    if not isinstance(measure, Lebesgue) or measure.hi != oo or not facts.positive(measure.lo):
        return
    shape = shape_of(total, facts)
    if shape is None or set(shape.exps) != {variable} or not shape.rest:
        return
    power = next(iter(shape.rest.values()))
    if equal(Mul(*(base**n for base, n in shape.rest.items())), (variable**2 - measure.lo**2) ** power, shape.facts):
        yield {x: variable, d: measure.lo, s: power + 1, b: -shape.exps[variable], k: shape.power}


def threshold(total: Total, facts: Facts, power: int) -> Iterator[Values]:
    for values in beyond_a_threshold(total, facts):
        if values[k] == power:
            yield {letter: value for letter, value in values.items() if letter != k}


BESSEL_K_THRESHOLD = Rule("bessel_k_threshold", Claim(
    Total((x**2 - d**2) ** (s - 1) * exp(-b * x), x, Lebesgue(d, oo)),
    gamma(s) / sqrt(pi) * (2 * d / b) ** (s - Rational(1, 2)) * besselk(s - Rational(1, 2), b * d)), kind="cited",
    find=lambda total, facts: threshold(total, facts, 0), source="DLMF 10.32.8")  # fmt: skip
BESSEL_K_THRESHOLD_MOMENT = Rule("bessel_k_threshold_moment", Claim(
    Total(x * (x**2 - d**2) ** (s - 1) * exp(-b * x), x, Lebesgue(d, oo)),
    d * gamma(s) / sqrt(pi) * (2 * d / b) ** (s - Rational(1, 2)) * besselk(s + Rational(1, 2), b * d)), kind="cited",
    find=lambda total, facts: threshold(total, facts, 1), source="DLMF 10.32.8 differentiated, 10.29.4")  # fmt: skip
