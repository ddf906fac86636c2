"""The modified Bessel function K of a distance or a hypotenuse, exponentials of hyperbolas, and thresholds."""

from collections.abc import Iterator

from sympy import Abs, Expr, Mul, Pow, Rational, S, Symbol, besselk, exp, gamma, oo, pi, sqrt

from derive.algebra.equality import equal
from derive.algebra.reading import linear, polynomial, read
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import POSITIVE, REALS, Lebesgue, Total
from derive.rules.letters import b, c, k, s, x
from derive.rules.shapes import line, shape_of

a, d = (Symbol(name, positive=True) for name in "ad")
nu, mu, e, at = (Symbol(name, real=True) for name in ("nu", "mu", "e", "at"))
m = Symbol("m", real=True, nonzero=True)


def k_of_distance(total: Total, facts: Facts) -> Iterator[Values]:
    """c |x − m|^ν K_ν(a|x − m|) e^(ex) on the line, before the bars split it."""
    form = read(total.body, total.x, facts) if total.measure == REALS and contains(total.body, besselk) else None
    found = next((f for f in form.powers if isinstance(f, besselk)), None) if form else None
    bars = sorted(found.args[1].atoms(Abs), key=str) if found is not None else []
    inner = linear(bars[0].args[0], total.x) if bars else None
    if form is None or found is None or inner is None or not set(form.exps) <= {total.x}:
        return
    scale = found.args[1] / bars[0]
    if not scale.has(total.x):
        yield {
            x: total.x,
            nu: found.args[0],
            a: scale * abs(inner[0]),
            at: -inner[1] / inner[0],
            e: form.exps.get(total.x, S.Zero),
            c: form.coefficient,
        }


VARIANCE_GAMMA = Rule(
    "variance_gamma_integral",
    Claim(
        Total(c * Abs(x - at) ** nu * besselk(nu, a * Abs(x - at)) * exp(e * x), x, REALS),
        c * exp(e * at) * sqrt(pi) * gamma(nu + Rational(1, 2)) * (2 * a) ** nu * (a**2 - e**2) ** (-nu - Rational(1, 2)),
        given=(nu + Rational(1, 2) > 0, a - e > 0, a + e > 0),
    ),
    kind="cited",
    find=k_of_distance,
    source="Gradshteyn-Ryzhik 6.699.4 at imaginary frequency; DLMF 10.43.22",
)


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


GENERALIZED_HYPERBOLIC = Rule(
    "generalized_hyperbolic_integral",
    Claim(
        Total((d**2 + x**2) ** (nu / 2) * besselk(nu, a * sqrt(d**2 + x**2)) * exp(e * x), x, REALS),
        sqrt(2 * pi)
        * a**nu
        * (d / sqrt(a**2 - e**2)) ** (nu + Rational(1, 2))
        * besselk(nu + Rational(1, 2), d * sqrt(a**2 - e**2)),
        given=(a - e > 0, a + e > 0),
    ),
    kind="lemma",
    find=k_of_hypotenuse,
    source="Gradshteyn-Ryzhik 6.596.3, 6.726.4; Barndorff-Nielsen 1977",
)


def exponential_of_hypotenuse(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(s − 1) (d² + x²)^(−k/2) exp(−a √(d² + x²) + ex), with the statistics √(d² + x²) and x."""
    shape = shape_of(total, facts)
    roots = {t: r for t, r in shape.exps.items() if isinstance(t, Pow)} if shape else {}
    if shape is None or len(roots) != 1 or not set(shape.exps) <= {total.x, *roots}:
        return
    ((root, rate),) = roots.items()
    inner = root_of_quadratic(root, total.x, shape.facts)
    if inner is not None and set(shape.rest) <= {root.base}:
        yield {
            x: total.x,
            s: shape.power + 1,
            a: -rate * inner[0],
            d: sqrt(inner[1]),
            e: shape.exps.get(total.x, S.Zero),
            k: -2 * shape.rest.get(root.base, S.Zero),
        }


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


HYPERBOLIC = Rule(
    "hyperbolic_integral",
    Claim(
        Total(exp(-a * sqrt(d**2 + x**2) + e * x), x, REALS),
        2 * a * d / sqrt(a**2 - e**2) * besselk(1, d * sqrt(a**2 - e**2)),
        given=(a - e > 0, a + e > 0),
    ),
    kind="lemma",
    find=hyperbolic_kernel,
    source="Gradshteyn-Ryzhik 3.547.4; DLMF 10.32.9, x = d sinh t",
)
HYPERBOLIC_OVER_ROOT = Rule(
    "hyperbolic_over_root",
    Claim(
        Total(exp(-a * sqrt(d**2 + x**2) + e * x) / sqrt(d**2 + x**2), x, REALS),
        2 * besselk(0, d * sqrt(a**2 - e**2)),
        given=(a - e > 0, a + e > 0),
    ),
    kind="lemma",
    find=lambda total, facts: hyperbolic_kernel(total, facts, 1),
    source="Gradshteyn-Ryzhik 3.547.4; DLMF 10.32.9, x = d sinh t",
)
BESSEL_K_ENERGY = Rule(
    "bessel_k_energy",
    Claim(
        Total(x ** (s - 1) * exp(-a * sqrt(d**2 + x**2)), x, POSITIVE),
        d**s * gamma(s / 2) / sqrt(pi) * (2 / (a * d)) ** ((s - 1) / 2) * besselk((s + 1) / 2, a * d),
    ),
    kind="lemma",
    find=energy_kernel,
    source="DLMF 10.32.8 differentiated, x = d √(t² − 1)",
)


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


BESSEL_K_THRESHOLD = Rule(
    "bessel_k_threshold",
    Claim(
        Total((x**2 - d**2) ** (s - 1) * exp(-b * x), x, Lebesgue(d, oo)),
        gamma(s) / sqrt(pi) * (2 * d / b) ** (s - Rational(1, 2)) * besselk(s - Rational(1, 2), b * d),
    ),
    kind="cited",
    find=lambda total, facts: threshold(total, facts, 0),
    source="DLMF 10.32.8",
)
BESSEL_K_THRESHOLD_MOMENT = Rule(
    "bessel_k_threshold_moment",
    Claim(
        Total(x * (x**2 - d**2) ** (s - 1) * exp(-b * x), x, Lebesgue(d, oo)),
        d * gamma(s) / sqrt(pi) * (2 * d / b) ** (s - Rational(1, 2)) * besselk(s + Rational(1, 2), b * d),
    ),
    kind="lemma",
    find=lambda total, facts: threshold(total, facts, 1),
    source="DLMF 10.32.8 differentiated, 10.29.4",
)


def product_of_lines(total: Total, facts: Facts) -> Iterator[Values]:
    """(x(x + d))^(s − 1) e^(−bx) on the half line, and k = 1 for a further factor x + d/2."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    if shape is None or set(shape.exps) != {total.x} or not 1 <= len(shape.rest) <= 2:
        return
    for base, n in shape.rest.items():
        others = {other: power for other, power in shape.rest.items() if other != base}
        parts = line(base, total.x, shape.facts)
        if parts is None or parts[0] != 1 or not equal(n, shape.power, facts):
            continue
        middle = all(power == 1 and equal(2 * other, 2 * total.x + parts[1], shape.facts) for other, power in others.items())
        if middle:
            yield {x: total.x, d: parts[1], s: n + 1, b: -shape.exps[total.x], k: S(len(others))}


def shifted_threshold(total: Total, facts: Facts, power: int) -> Iterator[Values]:
    for values in product_of_lines(total, facts):
        if values[k] == power:
            yield {letter: value for letter, value in values.items() if letter != k}


LINES = x ** (s - 1) * (x + d) ** (s - 1) * exp(-b * x)
SHIFTED = gamma(s) / sqrt(pi) * (d / b) ** (s - Rational(1, 2)) * exp(b * d / 2)
BESSEL_K_SHIFTED = Rule(
    "bessel_k_of_two_lines",
    Claim(Total(LINES, x, POSITIVE), SHIFTED * besselk(s - Rational(1, 2), b * d / 2)),
    kind="lemma",
    find=lambda total, facts: shifted_threshold(total, facts, 0),
    source="Gradshteyn-Ryzhik 3.383.8; DLMF 10.32.8, x → x + d/2",
)
BESSEL_K_SHIFTED_MOMENT = Rule(
    "bessel_k_of_two_lines_moment",
    Claim(Total(LINES * (x + d / 2), x, POSITIVE), SHIFTED * d / 2 * besselk(s + Rational(1, 2), b * d / 2)),
    kind="lemma",
    find=lambda total, facts: shifted_threshold(total, facts, 1),
    source="Gradshteyn-Ryzhik 3.366.2; DLMF 10.32.8 differentiated, 10.29.4",
)


def unequal_lines(total: Total, facts: Facts, above: int) -> Iterator[Values]:
    """x^(s − 1) (x + d)^s e^(−bx) on the half line (above = 1), or x^s (x + d)^(s − 1) e^(−bx) (above = −1)."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    if shape is None or set(shape.exps) != {total.x} or len(shape.rest) != 1:
        return
    ((base, n),) = shape.rest.items()
    parts = line(base, total.x, shape.facts)
    if parts is not None and parts[0] == 1 and n - shape.power == above:
        yield {x: total.x, d: parts[1], s: (n if above == -1 else shape.power) + 1, b: -shape.exps[total.x]}


def of_unequal_lines(name: str, power: Expr, other: Expr, sign: int) -> Rule:
    found = SHIFTED * d / 2 * (besselk(s + Rational(1, 2), b * d / 2) + sign * besselk(s - Rational(1, 2), b * d / 2))
    return Rule(name, Claim(Total(x**power * (x + d) ** other * exp(-b * x), x, POSITIVE), found), kind="lemma",
                find=lambda total, facts: unequal_lines(total, facts, sign), source="Gradshteyn-Ryzhik 3.383.3, 3.383.5; DLMF 10.32.8")  # fmt: skip


BESSEL_K_UNEQUAL_ABOVE = of_unequal_lines("bessel_k_of_unequal_lines", s - 1, s, 1)
BESSEL_K_UNEQUAL_BELOW = of_unequal_lines("bessel_k_of_unequal_lines_below", s, s - 1, -1)
