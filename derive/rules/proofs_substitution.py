"""Where the lemmas come from that a change of variable takes to another rule."""

from collections.abc import Callable
from functools import partial

from sympy import Expr, Lambda, S, Symbol, atan, beta, cos, exp, gamma, hyper, log, oo, pi, sinh, sqrt

from derive.language.claims import Claim, Derivation, Rule
from derive.language.totals import POSITIVE, UNIT, Lebesgue, Total
from derive.rules import beta as betas
from derive.rules import (
    bose,
    kernels,
    kummer,
    logarithms,
    measure,
    oscillations,
    periods,
    quadratics,
    sines,
    solving,
    struve,
    tables,
)
from derive.rules.letters import A, B, F, L, M, R, b, c, end, f, h, hi, lo, p, s, u, x
from derive.rules.proofs import Move, ending, follow, known, proved, substitution

v = Symbol("u", positive=True)


def scaled(variable: Expr, over: Expr, constant: Expr, rest: Expr) -> Move:
    """The constant in front of `rest`."""
    return (measure.CONSTANT_FACTOR, {x: variable, M: over, c: constant, f: Lambda(variable, rest)})


def rewritten(total: Total, body: Expr) -> Move:
    """The integrand in another form."""
    return (measure.ALGEBRA, {x: total.x, M: total.measure, f: Lambda(total.x, total.body), h: Lambda(total.x, body)})


def changed(says: Claim, inner: Expr, constant: Expr, outer: Expr, ends: tuple[Expr, Expr], *moves: Move, new: Symbol = v) -> Derivation:
    """u = inner(x) takes the left side to `constant` times the integral of `outer` from one end to the other, which `moves` evaluate."""
    return proved(says, *change(says.left, inner, constant, outer, ends, new), *moves)


def change(total: Total, inner: Expr, constant: Expr, outer: Expr, ends: tuple[Expr, Expr], new: Symbol = v) -> tuple[Move, ...]:
    """The change of variable, and `constant` in front. It falls where it takes the upper end to the lower one."""
    falling = ends[0] == oo or ends[1] == 0 or (ends[0] - ends[1]).is_extended_positive
    rule = measure.SUBSTITUTE_DECREASING if falling else measure.SUBSTITUTE_INCREASING
    low, high = total.measure.args
    values = substitution(total.x, low, high, total.body, inner, new, constant * outer, ends)
    out = () if constant == 1 else (scaled(new, Lebesgue(*(reversed(ends) if falling else ends)), constant, outer),)
    return ((rule, values), *out)


def without_power(says: Claim, m: Symbol) -> tuple[Move, Total]:
    """u = x^m takes the half line to itself; what is left there."""
    plain = says.left.body.subs({m: S.One, x: v})
    return (solving.SUBSTITUTE_POWER, {x: x, u: v, solving.POWER: m, f: Lambda(x, says.left.body), h: Lambda(v, plain)}), Total(plain, v, POSITIVE)


# Hypergeometric functions


def power_tail() -> Derivation:
    """u = (h/x)^p."""
    a, d, q, H = tables.a, tables.d, tables.q, tables.h
    outer = v ** (s - 1) * (a * H**p + d * v) ** (-q)
    return changed(tables.POWER_TAIL.says, (H / x) ** p, H ** (p * (q - s)) / p, outer, (S.One, S.Zero),
                   (kummer.EULER_HYPERGEOMETRIC, {x: v, end: S.One, kummer.q: S.One, kummer.d: a * H**p, kummer.e: d, kummer.r: q}))  # fmt: skip


def on_half_line() -> Derivation:
    """y = x^m, then u = hy/(d + hy)."""
    says = kummer.HALF_LINE_HYPERGEOMETRIC.says
    q, d, f_, H, r, power = kummer.q, kummer.d, kummer.f_, kummer.h, kummer.r, kummer.w
    first, plain = without_power(says, kummer.m)
    y = Symbol("y", positive=True)
    outer = y ** (s - 1) * (1 - y) ** (r + power - s - 1) * (q + (d * f_ / H - q) * y) ** (-power)
    return proved(says, first, *change(plain, H * v / (d + H * v), (d / H) ** s * d ** (-r), outer, (S.Zero, S.One), y),
                  (kummer.EULER_HYPERGEOMETRIC, {x: y, end: S.One, kummer.q: r + power - s, kummer.d: q, kummer.e: d * f_ / H - q,
                                                 kummer.r: power}))  # fmt: skip


def noncentral_f() -> Derivation:
    """u = hx/(d + hx)."""
    q, d, H = kummer.q, kummer.d, kummer.h
    outer = v ** (s - 1) * (1 - v) ** (q - 1) * hyper((q + s,), (s,), c / H * v)
    return changed(kummer.NONCENTRAL_F.says, H * x / (d + H * x), d ** (-q) * H ** (-s), outer, (S.Zero, S.One),
                   (kummer.NONCENTRAL_BETA, {x: v, c: c / H}))  # fmt: skip


# Logarithms, denominators, oscillations, duplication


def duplication() -> Derivation:
    """B(s, s) is twice its half to 1/2, where u = 4x(1 − x) leads to B(s, 1/2)."""
    left = solving.GAMMA_DUPLICATION.says.left
    whole = Total(x ** (s - 1) * (1 - x) ** (s - 1), x, UNIT)
    half = Total(whole.body, x, Lebesgue(0, S.Half))
    return ending(follow(
        left, (measure.VALUE, {L: left, R: gamma(s) ** 2 / beta(s, s)}), known(beta(s, s), whole, (betas.BETA_DEFINITION, {betas.q: s})),
        (periods.SYMMETRIC, {x: x, lo: S.Zero, hi: S.One, f: Lambda(x, whole.body)}),
        *change(half, 4 * x * (1 - x), 4 ** (-s), v ** (s - 1) * (1 - v) ** (-S.Half), (S.Zero, S.One)),
        (betas.BETA_DEFINITION, {x: v, betas.q: S.Half}), (betas.BETA_GAMMA, {betas.q: S.Half})), solving.GAMMA_DUPLICATION.says.right)  # fmt: skip


def log_exponentials(rule: Rule, to: Rule, order: int) -> Derivation:
    """u = e^(−bx)."""
    q = logarithms.q
    outer = (-log(v)) ** order * v ** (s - 1) * (1 - v) ** (q - 1)
    return changed(rule.says, exp(-b * x), b ** (-order - 1), outer, (S.One, S.Zero), (to, {x: v}))


def digamma_gap() -> Derivation:
    """u = e^(−hx)."""
    q, H = logarithms.q, logarithms.h
    outer = (v ** (s / H - 1) - v ** (q / H - 1)) / (1 - v)
    return changed(logarithms.DIGAMMA_GAP.says, exp(-H * x), 1 / H, outer, (S.One, S.Zero),
                   (logarithms.DIGAMMA_GAP_UNIT, {x: v, s: s / H, q: q / H}))  # fmt: skip


def biquadratic_rising() -> Derivation:
    """u = 1/x leaves a function of √d u − √a/u, which Glasser's substitution makes the Lorentzian."""
    a, d, e = kernels.a, kernels.d, kernels.e
    k, y = e + 2 * sqrt(a) * sqrt(d), Symbol("y", real=True)
    return changed(kernels.BIQUADRATIC_RISING.says, 1 / x, S.One, 1 / ((sqrt(d) * v - sqrt(a) / v) ** 2 + k), (oo, S.Zero),
                   (kernels.GLASSER_EVEN, {x: v, f: Lambda(y, 1 / (y**2 + k)), kernels.a: sqrt(d), b: sqrt(a), u: y}),
                   (measure.ANTIDERIVATIVE, {x: y, lo: S.Zero, hi: oo, f: Lambda(y, 1 / (y**2 + k)), F: Lambda(y, atan(y / sqrt(k)) / sqrt(k)),
                                             A: S.Zero, B: pi / (2 * sqrt(k))}))  # fmt: skip


def biquadratic_moment(rule: Rule, to: Rule) -> Derivation:
    """u = 1/x exchanges a and d."""
    a, d, e = kernels.a, kernels.d, kernels.e
    return changed(rule.says, 1 / x, S.One, 1 / (d * v**4 + e * v**2 + a), (oo, S.Zero), (to, {x: v, a: d, d: a}))


def over_root_and_line() -> Derivation:
    """u = (x − lo)/(hi − x)."""
    says, w_ = quadratics.OVER_ROOT_AND_LINE.says, quadratics.w
    low, high = says.left.measure.args
    return changed(says, (x - low) / (high - x), S.One, v ** (-S.Half) * (low + w_ + (high + w_) * v) ** (-S.One), (S.Zero, oo),
                   (betas.BETA_PRIME_INTEGRAL, {x: v, s: S.Half, betas.q: S.One, betas.d: low + w_, betas.e: high + w_, p: S.One}),
                   (betas.BETA_REFLECTION, {s: S.Half}))  # fmt: skip


def pearson_four() -> Derivation:
    """u = atan(x √(a/d))."""
    a, d, v_ = quadratics.a, quadratics.d, quadratics.v
    y = Symbol("u", real=True)
    outer = exp(-v_ * y) * cos(y) ** (2 * s - 2)
    return changed(quadratics.PEARSON_IV.says, atan(sqrt(a) * x / sqrt(d)), sqrt(d) / sqrt(a) * d ** (-s), outer, (-pi / 2, pi / 2),
                   (quadratics.TILTED_COSINE, {x: y}), new=y)  # fmt: skip


def one_minus_cosine() -> Derivation:
    """The case s = 1 of the powers."""
    says = sines.ONE_MINUS_COSINE.says
    return proved(says, (oscillations.COSINE_OVER_POWER, {x: x, b: sines.a, s: S.One}))


def squared_sine() -> Derivation:
    """sin² bx = (1 − cos 2bx)/2."""
    says = oscillations.SINE_SQUARED_OVER_POWER.says
    plain = x ** (-s - 1) * (1 - cos(2 * b * x))
    by_cosine = Total(x ** (-s - 1) * (1 - cos(b * x) ** 2), x, POSITIVE)
    doubled = by_cosine.xreplace({cos(b * x) ** 2: (1 + cos(2 * b * x)) / 2})
    return proved(says, rewritten(says.left, by_cosine.body), (solving.DOUBLE_ANGLE, {A: b * x}),
                  rewritten(doubled, S.Half * plain), scaled(x, POSITIVE, S.Half, plain),
                  (oscillations.COSINE_OVER_POWER, {b: 2 * b}))  # fmt: skip


def fermi(rule: Rule, to: Rule) -> Derivation:
    """The case z = −1 of the polylogarithm."""
    return proved(rule.says, (to, {bose.z: S.NegativeOne}))


def struve_of_sinh() -> Derivation:
    """u = sinh ax."""
    outer = exp(-b * v) / sqrt(1 + v**2)
    return changed(struve.STRUVE_SINH.says, sinh(struve.a * x), 1 / struve.a, outer, (S.Zero, oo),
                   (struve.STRUVE_LAPLACE, {x: v, struve.a: S.One, struve.nu: S.Zero, b: b}))  # fmt: skip


PROOFS: dict[str, Callable[[], Derivation]] = {
    "gamma_duplication": duplication,
    "tail_of_power": power_tail,
    "half_line_hypergeometric_integral": on_half_line,
    "noncentral_f_integral": noncentral_f,
    "log_under_beta_of_exponentials": partial(log_exponentials, logarithms.LOG_BETA_EXP, logarithms.LOG_BETA, 1),
    "log_squared_under_beta_of_exponentials": partial(log_exponentials, logarithms.LOG_BETA_SQUARED_EXP, logarithms.LOG_BETA_SQUARED, 2),
    "digamma_of_exponentials": digamma_gap,
    "biquadratic_integral_rising": biquadratic_rising,
    "biquadratic_moment": partial(biquadratic_moment, kernels.BIQUADRATIC_MOMENT, kernels.BIQUADRATIC),
    "biquadratic_moment_rising": partial(biquadratic_moment, kernels.BIQUADRATIC_MOMENT_RISING, kernels.BIQUADRATIC_RISING),
    "over_root_and_line": over_root_and_line,
    "pearson_four_integral": pearson_four,
    "one_minus_cosine": one_minus_cosine,
    "squared_sine_over_power": squared_sine,
    "fermi_integral": partial(fermi, bose.FERMI_INTEGRAL, bose.POLYLOG_INTEGRAL),
    "struve_of_sinh": struve_of_sinh,
    "fermi_squared_integral": partial(fermi, bose.FERMI_SQUARED, bose.POLYLOG_SQUARED),
}
