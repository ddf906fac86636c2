"""Kernels of analysis: quartic denominators, Fejér and sinc powers, Glasser's substitution, logarithms of ratios, sines by the beta function."""

from collections.abc import Iterator

from sympy import Add, Expr, Mul, Rational, S, Symbol, beta, binomial, cos, cosh, factorial, log, pi, sech, sin, sinh, sqrt

from derive.algebra.normal import TooLarge, canonical, equal
from derive.algebra.reading import linear, polynomial
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Same, Values
from derive.language.totals import POSITIVE, REALS, Lebesgue, Total, fresh, names
from derive.rules.letters import b, f, lo, s, u, x
from derive.rules.shapes import monomial, shape_of
from derive.rules.values import function

a, d, h, q = (Symbol(name, positive=True) for name in "adhq")
e = Symbol("e", real=True)
v, w = (Symbol(name, nonnegative=True) for name in "vw")
k = Symbol("k", integer=True, positive=True)


def quartic_denominator(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(0 or 2)/(a x⁴ + e x² + d) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    if shape is None or shape.exps or not shape.rest or any(n != -1 for n in shape.rest.values()):
        return
    found = polynomial(Mul(*shape.rest), total.x, 4, shape.facts)
    if found is not None and found[1] == 0 == found[3] and found[4] != 0:
        yield {x: total.x, a: found[0], e: found[2], d: found[4], v: shape.power}


def quartic(total: Total, facts: Facts, power: int) -> Iterator[Values]:
    for values in quartic_denominator(total, facts):
        if values[v] == power:
            yield {letter: value for letter, value in values.items() if letter != v}


BELOW = a * x**4 + e * x**2 + d
ROOT = sqrt(e + 2 * sqrt(a * d))
NO_ROOTS, RISING = (4 * a * d - e**2 > 0,), (e >= 0,)
BIQUADRATIC = Rule("biquadratic_integral", Claim(Total(1 / BELOW, x, POSITIVE), pi / (2 * sqrt(d) * ROOT), given=NO_ROOTS), kind="cited",
                   find=lambda total, facts: quartic(total, facts, 0), source="Gradshteyn-Ryzhik 3.112.1, 3.242.1")  # fmt: skip
BIQUADRATIC_RISING = Rule("biquadratic_integral_rising", Claim(Total(1 / BELOW, x, POSITIVE), pi / (2 * sqrt(d) * ROOT), given=RISING),
                          kind="cited", find=lambda total, facts: quartic(total, facts, 0), source="Gradshteyn-Ryzhik 3.112.1")  # fmt: skip
BIQUADRATIC_MOMENT = Rule("biquadratic_moment", Claim(Total(x**2 / BELOW, x, POSITIVE), pi / (2 * sqrt(a) * ROOT), given=NO_ROOTS), kind="cited",
                          find=lambda total, facts: quartic(total, facts, 2), source="Gradshteyn-Ryzhik 3.112.1, x → 1/x")  # fmt: skip
BIQUADRATIC_MOMENT_RISING = Rule("biquadratic_moment_rising", Claim(
    Total(x**2 / BELOW, x, POSITIVE), pi / (2 * sqrt(a) * ROOT), given=RISING), kind="cited",
    find=lambda total, facts: quartic(total, facts, 2), source="Gradshteyn-Ryzhik 3.112.1, x → 1/x")  # fmt: skip


def sinc_power(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    n = 2 * size
    total = Add(*((-1) ** i * binomial(n, i) * S(n - 2 * i) ** (n - 1) for i in range(size)))
    return Claim(Total(sin(a * x) ** n / x**n, x, POSITIVE), pi * a ** (n - 1) * total / (2**n * factorial(n - 1))), ()


def even_sinc_power(total: Total, facts: Facts) -> Iterator[Values]:
    """(sin(ax)/x)^(2n) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    if shape is None or shape.exps or len(shape.rest) != 1:
        return
    ((base, n),) = shape.rest.items()
    parts = linear(base.args[0], total.x) if isinstance(base, sin) else None
    if parts is not None and parts[1] == 0 and n == -shape.power and n.is_Integer and n % 2 == 0 and 0 < n <= 24:
        yield {x: total.x, a: parts[0], SIZE: n / 2}


SINC_POWER = Rule("sinc_power", sinc_power(1)[0], kind="cited", schema=sinc_power, find=even_sinc_power,
                  source="Gradshteyn-Ryzhik 3.821.9, 3.836.2")  # fmt: skip


def one_minus_cosine(total: Total, facts: Facts) -> Iterator[Values]:
    """(1 − cos ax)/x² on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and total.body.has(cos) else None
    base = shape.only(Add) if shape and not shape.exps and shape.power == -2 else None
    cosine = next((t for t in base.args if t.has(total.x)), None) if base is not None else None
    if cosine is not None and base == 1 + cosine and isinstance(-cosine, cos):
        parts = linear((-cosine).args[0], total.x)
        if parts is not None and parts[1] == 0:
            yield {x: total.x, a: parts[0]}


ONE_MINUS_COSINE = Rule("one_minus_cosine", Claim(Total((1 - cos(a * x)) / x**2, x, POSITIVE), pi * a / 2), kind="cited",
                        find=one_minus_cosine, source="Gradshteyn-Ryzhik 3.782.2; DLMF 6.2.10 by parts")  # fmt: skip


def ratio_of_sines(total: Total, facts: Facts) -> Iterator[Values]:
    """(sin(kax)/sin(ax))^n; a, k and the length of the interval in periods π/a."""
    measure = total.measure
    shape = shape_of(total, facts) if isinstance(measure, Lebesgue) and total.body.has(sin) else None
    if shape is None or shape.exps or shape.power != 0 or len(shape.rest) != 2:
        return
    (top, n), (bottom, n_below) = sorted(shape.rest.items(), key=lambda item: item[1] != abs(item[1]))
    if isinstance(top, sin) and isinstance(bottom, sin) and n == -n_below:
        inner, outer = linear(bottom.args[0], total.x), linear(top.args[0], total.x)
        if inner and outer and inner[1] == 0 == outer[1]:
            yield {x: total.x, a: inner[0], k: outer[0] / inner[0], lo: measure.lo, s: n, h: (measure.hi - measure.lo) * inner[0] / pi}


def on_period(total: Total, facts: Facts, power: int, length: Expr) -> Iterator[Values]:
    for values in ratio_of_sines(total, facts):
        if values[s] == power and values[h] == length and (length == 1 or values[lo] == 0):
            yield {letter: values[letter] for letter in (x, a, k, *((lo,) if length == 1 else ()))}


FEJER, JACKSON = (sin(k * a * x) / sin(a * x)) ** 2, (sin(k * a * x) / sin(a * x)) ** 4
PERIOD, HALF_PERIOD = Lebesgue(lo, lo + pi / a), Lebesgue(0, pi / (2 * a))
FEJER_KERNEL = Rule("fejer_kernel", Claim(Total(FEJER, x, PERIOD), pi * k / a), kind="cited",
                    find=lambda total, facts: on_period(total, facts, 2, S.One), source="DLMF 1.8.10; Gradshteyn-Ryzhik 3.624.6")  # fmt: skip
FEJER_HALF = Rule("fejer_kernel_half", Claim(Total(FEJER, x, HALF_PERIOD), pi * k / (2 * a)), kind="cited",
                  find=lambda total, facts: on_period(total, facts, 2, S.Half), source="Gradshteyn-Ryzhik 3.624.6")  # fmt: skip
JACKSON_KERNEL = Rule("jackson_kernel", Claim(Total(JACKSON, x, PERIOD), pi * k * (2 * k**2 + 1) / (3 * a)), kind="cited",
                      find=lambda total, facts: on_period(total, facts, 4, S.One), source="Parseval on the Fejér kernel: Σ (k − |j|)²")  # fmt: skip
JACKSON_HALF = Rule("jackson_kernel_half", Claim(Total(JACKSON, x, HALF_PERIOD), pi * k * (2 * k**2 + 1) / (6 * a)), kind="cited",
                    find=lambda total, facts: on_period(total, facts, 4, S.Half), source="Parseval on the Fejér kernel: Σ (k − |j|)²")  # fmt: skip


def glasser_sums(total: Total, facts: Facts) -> Iterator[tuple[Expr, Expr, Expr, Expr]]:
    """(F(y), a, b, y) where the integrand is F(ax − b/x)."""
    for part in sorted(total.body.atoms(Add), key=str):
        scale, rest = part.coeff(total.x, 1), part.coeff(total.x, -1)
        if scale == 0 or rest == 0 or part - scale * total.x - rest / total.x != 0:
            continue
        y = fresh(total.measure, names(total, *facts.relations))
        outer = total.body.xreplace({part: y, -part: -y})
        if not outer.has(total.x):
            yield outer, scale, -rest, y


def glasser(total: Total, facts: Facts) -> Iterator[Values]:
    if total.measure in (REALS, POSITIVE):
        for outer, scale, pole, y in glasser_sums(total, facts):
            if facts.positive(-scale):
                outer, scale, pole = outer.xreplace({y: -y}), -scale, -pole
            yield {x: total.x, f: function(y, outer), a: scale, b: pole, u: y}


GLASSER = Rule("glasser_substitution", Claim(
    Total(f(a * x - b / x), x, REALS), Total(f(u), u, REALS) / a, given=(f(u) >= 0,)), kind="cited",
    find=lambda total, facts: glasser(total, facts) if total.measure == REALS else iter(()),
    source="Cauchy-Schlömilch; M. L. Glasser, Math. Comp. 40 (1983) 561")  # fmt: skip
GLASSER_EVEN = Rule("glasser_substitution_even", Claim(
    Total(f(a * x - b / x), x, POSITIVE), Total(f(u), u, POSITIVE) / a, given=(f(u) >= 0, Same(f(-u), f(u)))), kind="cited",
    find=lambda total, facts: glasser(total, facts) if total.measure == POSITIVE else iter(()),
    source="Cauchy-Schlömilch; DLMF 7.7.3 for the Gaussian")  # fmt: skip


def log_ratio(total: Total, facts: Facts) -> Iterator[Values]:
    """log((x² + v)/(x² + w)), also written as a difference of logarithms."""
    logs = {t: n for t, n in total.body.as_coefficients_dict().items() if isinstance(t, log)} if total.measure == POSITIVE else {}
    if not logs or set(logs) != set(total.body.as_coefficients_dict()) or not set(logs.values()) <= {1, -1}:
        return
    inside = facts.within(total.x, total.measure)
    try:
        whole = canonical(Mul(*(t.args[0] ** n for t, n in logs.items())), inside)
    except TooLarge:
        return
    top, bottom = whole.as_numer_denom()
    up, down = polynomial(top, total.x, 2, inside), polynomial(bottom, total.x, 2, inside)
    if up and down and up[1] == 0 == down[1] and equal(up[0], down[0], facts):
        yield {x: total.x, v: up[2] / up[0], w: down[2] / down[0]}


LOG_RATIO = Rule("log_ratio_integral", Claim(
    Total(log((x**2 + v) / (x**2 + w)), x, POSITIVE), pi * (sqrt(v) - sqrt(w))), kind="cited", find=log_ratio,
    source="Gradshteyn-Ryzhik 4.222.1, 4.295.2")  # fmt: skip


def powers_of_sines(total: Total, facts: Facts) -> Iterator[Values]:
    """sin(ax)^(s−1) cos(ax)^(q−1) from 0, and the end."""
    measure = total.measure
    shape = shape_of(total, facts) if isinstance(measure, Lebesgue) and measure.lo == 0 and total.body.has(sin, cos) else None
    if shape is None or shape.exps or shape.power != 0 or not 1 <= len(shape.rest) <= 2:
        return
    arguments = {base.args[0] for base in shape.rest if isinstance(base, (sin, cos))}
    scale = monomial(arguments.pop(), total.x, shape.facts) if len(arguments) == 1 and len(shape.rest) == len(
        {base.func for base in shape.rest if isinstance(base, (sin, cos))}) else None  # fmt: skip
    if scale is not None and scale[1] == 1:
        exponents = {base.func: n for base, n in shape.rest.items()}
        yield {x: total.x, a: scale[0], s: exponents.get(sin, S.Zero) + 1, q: exponents.get(cos, S.Zero) + 1, h: measure.hi * scale[0]}


def quarter_turn(total: Total, facts: Facts) -> Iterator[Values]:
    for values in powers_of_sines(total, facts):
        if values[h] == pi / 2:
            yield {letter: value for letter, value in values.items() if letter != h}


def half_turn(total: Total, facts: Facts) -> Iterator[Values]:
    for values in powers_of_sines(total, facts):
        if values[h] == pi and values[q] == 1:
            yield {letter: value for letter, value in values.items() if letter not in (h, q)}


BETA_OF_SINES = Rule("beta_of_sines", Claim(
    Total(sin(a * x) ** (s - 1) * cos(a * x) ** (q - 1), x, Lebesgue(0, pi / (2 * a))), beta(s / 2, q / 2) / (2 * a)), kind="cited",
    find=quarter_turn, source="DLMF 5.12.2, u = sin²(ax)")  # fmt: skip
POWER_OF_SINE = Rule("power_of_sine", Claim(
    Total(sin(a * x) ** (s - 1), x, Lebesgue(0, pi / a)), beta(s / 2, Rational(1, 2)) / a), kind="cited",
    find=half_turn, source="DLMF 5.12.2, symmetry about π/(2a)")  # fmt: skip


def cosh_over_cosh(total: Total, facts: Facts) -> Iterator[Values]:
    """cosh(ex) cosh(ax)^(−s) on the half line, before it comes apart into exponentials."""
    if total.measure != POSITIVE or not total.body.has(cosh):
        return
    powers: dict[Expr, Expr] = {}
    for factor in Mul.make_args(total.body):
        base, n = factor.as_base_exp()
        base, n = (cosh(base.args[0]), -n) if isinstance(base, sech) else (base, n)
        powers[base] = powers.get(base, S.Zero) + n
    scales = {base: linear(base.args[0], total.x) for base in powers if isinstance(base, cosh)}
    if len(scales) < len(powers) or len(powers) > 2 or any(parts is None or parts[1] != 0 for parts in scales.values()):
        return
    for base, n in powers.items():
        others = [(other, k) for other, k in powers.items() if other != base]
        if all(k == 1 for _, k in others):
            yield {x: total.x, a: scales[base][0], s: -n, e: scales[others[0][0]][0] if others else S.Zero}


COSH_OVER_COSH = Rule("cosh_over_power_of_cosh", Claim(
    Total(cosh(e * x) * cosh(a * x) ** (-s), x, POSITIVE), 2 ** (s - 2) * beta((s + e / a) / 2, (s - e / a) / 2) / a,
    given=(s + e / a > 0, s - e / a > 0)), kind="cited", find=cosh_over_cosh, source="DLMF 5.12.7; Gradshteyn-Ryzhik 3.512.1")  # fmt: skip


def powers_of_sinh(total: Total, facts: Facts) -> Iterator[Values]:
    """sinh(ax)^(s−1) cosh(ax)^(−q) on the half line."""
    factors = {}
    for factor in Mul.make_args(total.body) if total.measure == POSITIVE and total.body.has(sinh) else ():
        base, n = factor.as_base_exp()
        factors[base.func] = (base, n)
    if set(factors) - {sinh, cosh} or sinh not in factors or len(factors) != len(Mul.make_args(total.body)):
        return
    parts = linear(factors[sinh][0].args[0], total.x)
    if parts is not None and parts[1] == 0:
        yield {x: total.x, a: parts[0], s: factors[sinh][1] + 1, q: -factors[cosh][1] if cosh in factors else S.Zero}


BETA_OF_SINH = Rule("beta_of_hyperbolic_sines", Claim(
    Total(sinh(a * x) ** (s - 1) * cosh(a * x) ** (-q), x, POSITIVE), beta(s / 2, (q - s + 1) / 2) / (2 * a), given=(q - s + 1 > 0,)),
    kind="cited", find=powers_of_sinh, source="DLMF 5.12.3, u = sinh²(ax); Gradshteyn-Ryzhik 3.512.2")  # fmt: skip
