"""Where the lemmas come from that exchange the order of integrals and sums (Tonelli): a factor is written as an integral or a series."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sympy import Expr, Lambda, S, Symbol, atan, cos, erf, exp, expint, gamma, log, oo, pi, sin, sqrt

from derive.language.claims import Claim, Derivation, Rule
from derive.language.totals import POSITIVE, UNIT, Lebesgue, Total
from derive.rules import (
    bessel,
    exponential,
    incomplete,
    kernels,
    kummer,
    measure,
    oscillations,
    solving,
    tables,
    transforms,
)
from derive.rules import beta as betas
from derive.rules.letters import A, B, F, L, M, N, R, b, c, end, f, h, hi, lo, p, s, start, x, y
from derive.rules.proofs import Move, ending, follow, proved
from derive.rules.proofs_substitution import change, scaled, v, without_power

t_ = Symbol("y", positive=True)
FROM_ONE = Lebesgue(1, oo)


def exchanged(total: Total, inner: Expr, variable: Symbol, over: Expr, *moves: Move) -> tuple[Move, ...]:
    """The integrand is the total of `inner` over another variable, as `moves` find; then the other variable comes outside."""
    double = Total(inner, variable, over)
    known = ending(follow(double, *moves), total.body)
    return ((solving.SOLVED_FOR, {L: double, R: total.body, c: S.One, A: S.Zero}, (known,)),
            (measure.TONELLI, {x: total.x, y: variable, f: Lambda((total.x, variable), inner), M: total.measure, N: over}))  # fmt: skip


def table(total: Total, F_: Expr, low: Expr, high: Expr) -> Move:
    """An antiderivative and its limits."""
    m = total.measure
    return (measure.ANTIDERIVATIVE, {x: total.x, lo: m.lo, hi: m.hi, f: Lambda(total.x, total.body), F: Lambda(total.x, F_), A: low, B: high})


def pulled(variable: Symbol, over: Expr, constant: Expr, rest: Expr, rule: Rule, values: dict) -> tuple[Move, Move]:
    """A constant in front, and a rule for the rest."""
    return scaled(variable, over, constant, rest), (rule, {x: variable, **values})


def euler(exponent: Expr, rate: Expr, variable: Symbol = v) -> Expr:
    return variable ** (exponent - 1) * exp(-rate * variable)


def gamma_of(variable: Symbol, exponent: Expr, rate: Expr, constant: Expr) -> tuple[Move, Move]:
    """∫ constant · x^(exponent − 1) e^(−rate x) dx."""
    return pulled(variable, POSITIVE, constant, euler(exponent, rate, variable), exponential.GAMMA_INTEGRAL, {s: exponent, b: rate, p: S.One})


@dataclass(frozen=True)
class Written:
    """A function of z as z^front ∫ y^power e^(−zy) dy over a range: what `rule` says with these values and z for b."""

    front: Expr
    power: Expr
    over: Lebesgue
    rule: Rule
    values: dict


def upper(t: Symbol) -> Written:
    """Γ(t, z) = z^t ∫₁^∞ y^(t−1) e^(−zy) dy"""
    return Written(t, t - 1, FROM_ONE, incomplete.UPPER_GAMMA, {incomplete.t: t, incomplete.h: S.One, p: S.One})


def lower(t: Symbol) -> Written:
    """γ(t, z) = z^t ∫₀¹ y^(t−1) e^(−zy) dy"""
    return Written(t, t - 1, UNIT, incomplete.LOWER_GAMMA, {s: t, incomplete.h: S.One, p: S.One})


def integral(t: Symbol) -> Written:
    """E_t(z) = ∫₁^∞ y^(−t) e^(−zy) dy"""
    return Written(S.Zero, -t, FROM_ONE, incomplete.EXPONENTIAL_INTEGRAL, {incomplete.nu: t})


def by_integral(says: Claim, m: Symbol, written: Written, exponent: Expr, scale: Expr, decay: Expr) -> tuple[Move, ...]:
    """v = x^m; in v^(exponent−1) e^(−decay v) F(scale v) the function F is written as an integral, whose variable then comes outside."""
    power, plain = without_power(says, m)
    inside, kernel = v ** (exponent - 1) * exp(-decay * v) * (scale * v) ** written.front, t_**written.power * exp(-scale * v * t_)
    return (power, *exchanged(plain, inside * kernel, t_, written.over, *pulled(
        t_, written.over, inside, kernel, written.rule, {**written.values, b: scale * v})),
        *gamma_of(v, exponent + written.front, decay + scale * t_, scale**written.front * t_**written.power))  # fmt: skip


def mellin(rule: Rule, written: Written, exponent: Expr) -> Derivation:
    """What is left is a power of y."""
    constant, fall = b ** (-exponent) * gamma(exponent + written.front), exponent + written.front - written.power - 1
    after, at_one = Total(t_ ** (-fall - 1) * constant, t_, written.over), -constant / fall
    low, high = (at_one, S.Zero) if written.over == FROM_ONE else (S.Zero, at_one)
    return proved(rule.says, *by_integral(rule.says, incomplete.m, written, exponent, b, S.Zero), table(after, t_ ** (-fall) * at_one, low, high))


def laplace(rule: Rule, written: Written, inner: Expr, ends: tuple[Expr, Expr], q: Expr, slope: Expr) -> Derivation:
    """What is left is Euler's integral of u = inner(y)."""
    t, a, w = transforms.t, transforms.a, Symbol("w", positive=True)
    after = Total(t_ ** (t - 1) * a**t * gamma(s + t) * (b + a * t_) ** (-s - t), t_, written.over)
    return proved(rule.says, *by_integral(rule.says, transforms.m, written, s, a, b),
                  *change(after, inner, a**t * gamma(s + t), (1 - w) ** (q - 1) * (a + b - slope * w) ** (-s - t), ends, w),
                  (kummer.EULER_HYPERGEOMETRIC, {x: w, s: S.One, kummer.q: q, end: S.One,
                                                 kummer.d: a + b, kummer.e: -slope, kummer.r: s + t}))  # fmt: skip


def over_shifted() -> Derivation:
    """1/(d + x) = ∫₀^∞ e^(−(d + x) y) dy."""
    says, q, d = incomplete.OVER_SHIFTED.says, incomplete.q, incomplete.d
    power, plain = without_power(says, incomplete.m)
    inside, kernel = v ** (s - 1) * exp(-b * v) / q, exp(-(d + v) * t_)
    after = Total((b + t_) ** (-s) * exp(-d * t_) * gamma(s) / q, t_, POSITIVE)
    return proved(says, power,
                  *exchanged(plain, inside * kernel, t_, POSITIVE, *pulled(t_, POSITIVE, inside, kernel, exponential.GAMMA_INTEGRAL,
                                                                           {s: S.One, b: d + v, p: S.One})),
                  *gamma_of(v, s, b + t_, exp(-d * t_) / q), scaled(t_, POSITIVE, gamma(s) / q, after.body / gamma(s) * q),
                  (incomplete.SHIFTED_POWER, {x: t_, start: S.Zero, q: S.One, incomplete.nu: b, incomplete.t: 1 - s, b: d}))  # fmt: skip


def e1_laplace() -> Derivation:
    """E₁(ax) = ∫₁^∞ e^(−axy)/y dy."""
    says, a = tables.E1_LAPLACE.says, tables.a
    kernel = t_ ** (-S.One) * exp(-a * x * t_)
    after = Total(1 / (t_ * (b + a * t_)), t_, FROM_ONE)
    return proved(says, *exchanged(says.left, exp(-b * x) * kernel, t_, FROM_ONE, *pulled(
        t_, FROM_ONE, exp(-b * x), kernel, incomplete.EXPONENTIAL_INTEGRAL, {incomplete.nu: S.One, b: a * x})),
        *gamma_of(x, S.One, b + a * t_, 1 / t_), *change(after, 1 / t_, S.One, 1 / (a + b * v), (S.One, S.Zero)),
        table(Total(1 / (a + b * v), v, UNIT), log(a + b * v) / b, log(a) / b, log(a + b) / b))  # fmt: skip


def scaled_e1() -> Derivation:
    """E₁(ax) = ∫₁^∞ e^(−axy)/y dy, then u = y − 1."""
    says, a = transforms.SCALED_E1.says, transforms.a
    power, plain = without_power(says, transforms.m)
    inside, kernel = v ** (s - 1) * exp(a * v), t_ ** (-S.One) * exp(-a * v * t_)
    after = Total(gamma(s) * (a * (t_ - 1)) ** (-s) / t_, t_, FROM_ONE)
    w = Symbol("w", positive=True)
    outer = w ** (-s) * (1 + w) ** (-S.One)
    return proved(says, power, *exchanged(plain, inside * kernel, t_, FROM_ONE, *pulled(
        t_, FROM_ONE, inside, kernel, incomplete.EXPONENTIAL_INTEGRAL, {incomplete.nu: S.One, b: a * v})),
        *gamma_of(v, s, a * (t_ - 1), 1 / t_), *change(after, t_ - 1, a ** (-s) * gamma(s), outer, (S.Zero, oo), w),
        (betas.BETA_ON_HALF_LINE, {x: w, s: 1 - s, betas.q: s}), (betas.BETA_REFLECTION, {s: 1 - s}))  # fmt: skip


def e1_product() -> Derivation:
    """E₁(bx) = ∫₁^∞ e^(−bxy)/y dy."""
    says, a = tables.E1_PRODUCT.says, tables.a
    kernel = t_ ** (-S.One) * exp(-b * x * t_)
    after = Total(log(1 + b * t_ / a) / (b * t_**2), t_, FROM_ONE)
    under = log(1 + b / (a * v)) / b
    G = v * log(1 + b / (a * v)) / b + log(a * v + b) / a
    return proved(says, *exchanged(says.left, expint(1, a * x) * kernel, t_, FROM_ONE, *pulled(
        t_, FROM_ONE, expint(1, a * x), kernel, incomplete.EXPONENTIAL_INTEGRAL, {incomplete.nu: S.One, b: b * x})),
        scaled(x, POSITIVE, 1 / t_, exp(-b * t_ * x) * expint(1, a * x)), (tables.E1_LAPLACE, {b: b * t_}),
        *change(after, 1 / t_, S.One, under, (S.One, S.Zero)),
        table(Total(under, v, UNIT), G, log(b) / a, log(1 + b / a) / b + log(a + b) / a))  # fmt: skip


def erf_under_gaussian() -> Derivation:
    """erf(ax) = 2ax/√π ∫₀¹ e^(−a²x²y²) dy."""
    says, a = transforms.ERF_UNDER_GAUSSIAN.says, transforms.a
    kernel, inside = exp(-(a**2) * x**2 * t_**2), 2 * a * x / sqrt(pi) * exp(-b * x**2)
    rate = b + a**2 * t_**2
    over_x = Total(kernel, t_, UNIT)
    after = Total(a / (sqrt(pi) * rate), t_, UNIT)
    return proved(says, *exchanged(says.left, inside * kernel, t_, UNIT, scaled(t_, UNIT, inside, kernel),
                                   table(over_x, sqrt(pi) * erf(a * x * t_) / (2 * a * x), S.Zero, sqrt(pi) * erf(a * x) / (2 * a * x))),
                  scaled(x, POSITIVE, 2 * a / sqrt(pi), x * exp(-rate * x**2)), (exponential.GAMMA_INTEGRAL, {s: S(2), p: S(2), b: rate}),
                  table(after, atan(a * t_ / sqrt(b)) / sqrt(pi * b), S.Zero, atan(a / sqrt(b)) / sqrt(pi * b)))  # fmt: skip


def atan_over_line() -> Derivation:
    """atan(ax)/x = ∫₀¹ a/(1 + a²x²y²) dy."""
    says, a, r, t = tables.ATAN_OVER_LINE.says, tables.a, tables.r, tables.t
    kernel, inside = a / (1 + a**2 * x**2 * t_**2), 1 / (r + t * x**2)
    square = Total(kernel, t_, UNIT)
    quartic = a**2 * t * t_**2 * x**4 + (a**2 * r * t_**2 + t) * x**2 + r
    root = a * sqrt(r) * t_ + sqrt(t)
    after = Total(pi * a / (2 * sqrt(r) * root), t_, UNIT)
    return proved(says, *exchanged(says.left, inside * kernel, t_, UNIT, scaled(t_, UNIT, inside, kernel),
                                   table(square, atan(a * x * t_) / x, S.Zero, atan(a * x) / x)),
                  (measure.ALGEBRA, {x: x, M: POSITIVE, f: Lambda(x, inside * kernel), h: Lambda(x, a / quartic)}),
                  scaled(x, POSITIVE, a, 1 / quartic),
                  (kernels.BIQUADRATIC_RISING, {kernels.a: a**2 * t * t_**2, kernels.e: a**2 * r * t_**2 + t, kernels.d: r}),
                  (measure.VALUE, {L: 2 * sqrt(a**2 * t * t_**2) * sqrt(r) + a**2 * r * t_**2 + t, R: root**2}),
                  table(after, pi * log(root) / (2 * r), pi * log(t) / (4 * r), pi * log(a * sqrt(r) + sqrt(t)) / (2 * r)))  # fmt: skip


def frullani() -> Derivation:
    """The difference of two exponentials over x is ∫ₐ^b x^(m−1) e^(−x^m y) dy."""
    says, a, m = transforms.FRULLANI.says, transforms.a, transforms.m
    kernel = x ** (m - 1) * exp(-(x**m) * t_)
    between = Total(kernel, t_, Lebesgue(a, b))
    F_ = -exp(-(x**m) * t_) / x
    after = Total(1 / (m * t_), t_, Lebesgue(a, b))
    return proved(says, *exchanged(says.left, kernel, t_, Lebesgue(a, b), table(between, F_, F_.subs(t_, a), F_.subs(t_, b))),
                  (exponential.GAMMA_INTEGRAL, {s: m, p: m, b: t_}), table(after, log(t_) / m, log(a) / m, log(b) / m))  # fmt: skip


def cosine_over_power() -> Derivation:
    """x^(−s−1) = 1/Γ(s + 1) ∫₀^∞ y^s e^(−xy) dy."""
    says = oscillations.COSINE_OVER_POWER.says
    inside, kernel = (1 - cos(b * x)) / gamma(s + 1), t_**s * exp(-x * t_)
    wave = Total((1 - cos(b * x)) * exp(-x * t_), x, POSITIVE)
    F_ = exp(-x * t_) * (t_ * cos(b * x) - b * sin(b * x)) / (t_**2 + b**2) - exp(-x * t_) / t_
    last = t_ ** (s - 1) * (b**2 + t_**2) ** (-S.One)
    return proved(says, *exchanged(says.left, inside * kernel, t_, POSITIVE, *pulled(t_, POSITIVE, inside, kernel, exponential.GAMMA_INTEGRAL,
                                                                                     {s: s + 1, b: x, p: S.One})),
                  scaled(x, POSITIVE, t_**s / gamma(s + 1), wave.body), table(wave, F_, t_ / (t_**2 + b**2) - 1 / t_, S.Zero),
                  scaled(t_, POSITIVE, b**2 / gamma(s + 1), last),
                  (betas.BETA_PRIME_INTEGRAL, {x: t_, p: S(2), betas.q: S.One, betas.d: b**2, betas.e: S.One}),
                  (betas.BETA_REFLECTION, {s: s / 2}))  # fmt: skip


def damped(rule: Rule, power: int) -> Derivation:
    """x^(−n) = ∫₀^∞ y^(n−1) e^(−xy) dy for n = 1, 2; then u = 1/(a + y)."""
    says, a = rule.says, oscillations.a
    inside, kernel = (1 - cos(b * x)) * exp(-a * x), t_ ** (power - 1) * exp(-x * t_)
    rate = a + t_
    wave = Total((1 - cos(b * x)) * exp(-rate * x), x, POSITIVE)
    F_ = exp(-rate * x) * (rate * cos(b * x) - b * sin(b * x)) / (rate**2 + b**2) - exp(-rate * x) / rate
    after = Total(t_ ** (power - 1) * b**2 / (rate * (rate**2 + b**2)), t_, POSITIVE)
    below = 1 + b**2 * v**2
    rest = Total(b**2 * (v if power == 1 else 1 - a * v) / below, v, Lebesgue(0, 1 / a))
    G = log(below) / 2 if power == 1 else b * atan(b * v) - a * log(below) / 2
    front = () if power == 1 else (scaled(x, POSITIVE, t_, wave.body),)
    return proved(says, *exchanged(says.left, inside * kernel, t_, POSITIVE, *pulled(
        t_, POSITIVE, inside, kernel, exponential.GAMMA_INTEGRAL, {s: S(power), b: x, p: S.One})),
        *front, table(wave, F_, rate / (rate**2 + b**2) - 1 / rate, S.Zero),
        *change(after, 1 / rate, S.One, rest.body, (1 / a, S.Zero)), table(rest, G, S.Zero, G.subs(v, 1 / a)))  # fmt: skip


def bessel_k_mellin() -> Derivation:
    """K_ν(ax) = (1/2) (ax/2)^ν ∫₀^∞ y^(−ν−1) e^(−y − a²x²/(4y)) dy."""
    says, a, nu = bessel.BESSEL_K_MELLIN.says, bessel.a, bessel.nu
    power, plain = without_power(says, bessel.m)
    kernel, inside = t_ ** (-nu - 1) * exp(-t_ - a**2 * v**2 / 4 / t_), v ** (s - 1) * (a * v / 2) ** nu / 2
    rest = v ** (s + nu - 1) * exp(-(a**2) / (4 * t_) * v**2)
    half = (s + nu) / 2
    last = t_ ** ((s - nu) / 2 - 1) * exp(-t_)
    constant = (a / 2) ** (-s) * gamma(half) / 4
    return proved(says, power,
                  *exchanged(plain, inside * kernel, t_, POSITIVE, *pulled(t_, POSITIVE, inside, kernel, bessel.BESSEL_K_DEFINITION,
                                                                           {nu: nu, b: a**2 * v**2 / 4})),
                  *pulled(v, POSITIVE, (a / 2) ** nu / 2 * t_ ** (-nu - 1) * exp(-t_), rest, exponential.GAMMA_INTEGRAL,
                          {s: s + nu, p: S(2), b: a**2 / (4 * t_)}),
                  scaled(t_, POSITIVE, constant, last), (exponential.GAMMA_DEFINITION, {x: t_, s: (s - nu) / 2}))  # fmt: skip


PROOFS: dict[str, Callable[[], Derivation]] = {
    "upper_gamma_mellin": partial(mellin, incomplete.UPPER_GAMMA_MELLIN, upper(incomplete.t), s),
    "exponential_integral_mellin": partial(mellin, incomplete.EXPONENTIAL_INTEGRAL_MELLIN, integral(incomplete.t), s),
    "lower_gamma_mellin": partial(mellin, incomplete.LOWER_GAMMA_MELLIN, lower(incomplete.q), -incomplete.t),
    "upper_gamma_laplace": partial(laplace, transforms.UPPER_GAMMA_LAPLACE, upper(transforms.t), 1 - 1 / t_, (S.Zero, S.One), s, b),
    "lower_gamma_laplace": partial(laplace, transforms.LOWER_GAMMA_LAPLACE, lower(transforms.t), 1 - t_, (S.One, S.Zero), transforms.t, transforms.a),
    "gamma_over_shifted_power": over_shifted,
    "exponential_integral_laplace": e1_laplace,
    "scaled_e1_mellin": scaled_e1,
    "product_of_exponential_integrals": e1_product,
    "erf_under_gaussian": erf_under_gaussian,
    "arctangent_over_line": atan_over_line,
    "frullani_integral": frullani,
    "cosine_over_power": cosine_over_power,
    "damped_cosine_over_x": partial(damped, oscillations.COSINE_OVER_X, 1),
    "damped_cosine_over_square": partial(damped, oscillations.COSINE_OVER_SQUARE, 2),
    "bessel_k_mellin": bessel_k_mellin,
}
