"""Where the lemmas come from that a change of variable takes to another rule."""

from collections.abc import Callable

from sympy import Expr, Lambda, S, Symbol, atan, beta, cos, exp, gamma, hyper, log, oo, pi, sqrt

from derive.language.claims import Claim, Derivation, Rule
from derive.language.totals import POSITIVE, UNIT, Lebesgue, Total
from derive.rules import (
    bessel,
    bose,
    hyperbola,
    incomplete,
    kernels,
    kummer,
    logarithms,
    measure,
    oscillations,
    periods,
    quadratics,
    sines,
    solving,
    tables,
)
from derive.rules import beta as betas
from derive.rules.letters import A, B, F, L, M, R, b, c, end, f, g, h, hi, lo, p, s, start, u, x
from derive.rules.proofs import Move, ending, follow, known, substitution

v = Symbol("u", positive=True)


def scaled(variable: Expr, over: Expr, constant: Expr, rest: Expr) -> Move:
    """The constant in front of `rest`."""
    return (measure.CONSTANT_FACTOR, {x: variable, M: over, c: constant, f: Lambda(variable, rest)})


def rewritten(total: Total, body: Expr) -> Move:
    """The integrand in another form."""
    return (measure.ALGEBRA, {x: total.x, M: total.measure, f: Lambda(total.x, total.body), h: Lambda(total.x, body)})


def changed(says: Claim, inner: Expr, constant: Expr, outer: Expr, ends: tuple[Expr, Expr], *moves: Move, new: Symbol = v) -> Derivation:
    """u = inner(x) takes the left side to `constant` times the integral of `outer` from one end to the other, which `moves` evaluate."""
    return ending(follow(says.left, *change(says.left, inner, constant, outer, ends, new), *moves, given=says.given), says.right)


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
    return (solving.SUBSTITUTE_POWER, {x: x, u: v, solving.m: m, f: Lambda(x, says.left.body), h: Lambda(v, plain)}), Total(plain, v, POSITIVE)


# Bessel functions K


def two_lines() -> Derivation:
    """u = x + d/2 completes the square."""
    d = hyperbola.d
    outer = (v**2 - (d / 2) ** 2) ** (s - 1) * exp(-b * v)
    return changed(hyperbola.BESSEL_K_SHIFTED.says, x + d / 2, exp(b * d / 2), outer, (d / 2, oo),
                   (hyperbola.BESSEL_K_THRESHOLD, {x: v, d: d / 2}))  # fmt: skip


def two_lines_moment() -> Derivation:
    """u = x + d/2 completes the square."""
    d = hyperbola.d
    outer = v * (v**2 - (d / 2) ** 2) ** (s - 1) * exp(-b * v)
    return changed(hyperbola.BESSEL_K_SHIFTED_MOMENT.says, x + d / 2, exp(b * d / 2), outer, (d / 2, oo),
                   (hyperbola.BESSEL_K_THRESHOLD_MOMENT, {x: v, d: d / 2}))  # fmt: skip


def threshold_moment() -> Derivation:
    """By parts: x (x² − d²)^(s−1) is the derivative of (x² − d²)^s/(2s)."""
    says, d = hyperbola.BESSEL_K_THRESHOLD_MOMENT.says, hyperbola.d
    whole, fading, over = (x**2 - d**2) ** s, exp(-b * x), Lebesgue(d, oo)
    rest = follow(Total(whole / (2 * s) * fading.diff(x), x, over), scaled(x, over, -b / (2 * s), whole * fading),
                  (hyperbola.BESSEL_K_THRESHOLD, {s: s + 1}))  # fmt: skip
    parts = {x: x, lo: d, hi: oo, f: Lambda(x, whole.diff(x) / (2 * s)), F: Lambda(x, whole / (2 * s)), g: Lambda(x, fading),
             A: S.Zero, B: S.Zero, c: rest.claim.right}  # fmt: skip
    return ending(follow(says.left, (measure.BY_PARTS, parts, (rest,)), given=says.given), says.right)


def energy() -> Derivation:
    """u = √(x² + d²) makes the exponent linear."""
    a, d = hyperbola.a, hyperbola.d
    outer = v * (v**2 - d**2) ** (s / 2 - 1) * exp(-a * v)
    return changed(hyperbola.BESSEL_K_ENERGY.says, sqrt(x**2 + d**2), S.One, outer, (d, oo),
                   (hyperbola.BESSEL_K_THRESHOLD_MOMENT, {x: v, s: s / 2, b: a}))  # fmt: skip


def over_root() -> Derivation:
    """u = x + √(x² + d²), with which √(x² + d²) = (u + d²/u)/2, x = (u − d²/u)/2 and dx/√(x² + d²) = du/u."""
    a, d, e = hyperbola.a, hyperbola.d, hyperbola.e
    one, other = (a - e) / 2, (a + e) * d**2 / 2
    outer = v**-1 * exp(-one * v - other / v)
    return changed(hyperbola.HYPERBOLIC_OVER_ROOT.says, x + sqrt(x**2 + d**2), S.One, outer, (S.Zero, oo),
                   (bessel.BESSEL_K_INTEGRAL, {x: v, bessel.nu: S.Zero, bessel.a: one, b: other, p: S.One}))  # fmt: skip


# Incomplete gamma functions and exponential integrals


def shifted_power() -> Derivation:
    """u = b (x + ν/q)."""
    q, nu, t = incomplete.q, incomplete.nu, incomplete.t
    constant = q ** (t - 1) * b ** (-t) * exp(b * nu / q)
    return changed(incomplete.SHIFTED_POWER.says, b * (x + nu / q), constant, v ** (t - 1) * exp(-v), (b * (start + nu / q), oo),
                   (incomplete.UPPER_GAMMA, {x: v, incomplete.h: b * (start + nu / q), b: S.One, p: S.One}))  # fmt: skip


def over_shifted_once() -> Derivation:
    """y = x^m, then u = 1 + y/d."""
    says, q, d, m = incomplete.OVER_SHIFTED_ONCE.says, incomplete.q, incomplete.d, incomplete.m
    power, plain = without_power(says, m)
    w = Symbol("w", positive=True)
    return ending(follow(says.left, power, *change(plain, 1 + v / d, exp(b * d) / q, exp(-b * d * w) * w ** (-S.One), (S.One, oo), w),
                         (incomplete.EXPONENTIAL_INTEGRAL, {x: w, incomplete.nu: S.One, b: b * d})), says.right)  # fmt: skip


def cut(rule: Rule, to: Rule, letter: Symbol, power: Expr) -> Callable[[], Derivation]:
    def proof() -> Derivation:
        """u = b x^p, or u = b x^(−p)."""
        end = b * incomplete.h**power
        ends = [b * low_end(edge, power) for edge in rule.says.left.measure.args]
        return changed(rule.says, b * x**power, b ** (-letter) / p, v ** (letter - 1) * exp(-v), (ends[0], ends[1]),
                       (to, {x: v, letter: letter, incomplete.h: end}))  # fmt: skip

    return proof


def low_end(edge: Expr, power: Expr) -> Expr:
    """edge^power for p > 0, at 0 and ∞ as well."""
    if edge in (S.Zero, oo):
        return edge if power == p else oo if edge == 0 else S.Zero
    return edge**power


def cut_beta() -> Derivation:
    """u = x/d."""
    q, d = incomplete.q, incomplete.d
    return changed(incomplete.CUT_BETA.says, x / d, d ** (s + q - 1), v ** (s - 1) * (1 - v) ** (q - 1), (start / d, end / d),
                   (incomplete.CUT_BETA_DEFINITION, {x: v, start: start / d, end: end / d}))  # fmt: skip


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
    return ending(follow(
        says.left, first, *change(plain, H * v / (d + H * v), (d / H) ** s * d ** (-r), outer, (S.Zero, S.One), y),
        (kummer.EULER_HYPERGEOMETRIC, {x: y, end: S.One, kummer.q: r + power - s, kummer.d: q, kummer.e: d * f_ / H - q, kummer.r: power}),
        given=says.given), says.right)  # fmt: skip


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


def log_exponentials(rule: Rule, to: Rule, order: int) -> Callable[[], Derivation]:
    def proof() -> Derivation:
        """u = e^(−bx)."""
        q = logarithms.q
        outer = (-log(v)) ** order * v ** (s - 1) * (1 - v) ** (q - 1)
        return changed(rule.says, exp(-b * x), b ** (-order - 1), outer, (S.One, S.Zero), (to, {x: v}))

    return proof


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


def biquadratic_moment(rule: Rule, to: Rule) -> Callable[[], Derivation]:
    def proof() -> Derivation:
        """u = 1/x exchanges a and d."""
        a, d, e = kernels.a, kernels.d, kernels.e
        return changed(rule.says, 1 / x, S.One, 1 / (d * v**4 + e * v**2 + a), (oo, S.Zero), (to, {x: v, a: d, d: a}))

    return proof


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
    return ending(follow(says.left, (oscillations.COSINE_OVER_POWER, {x: x, b: sines.a, s: S.One})), says.right)


def squared_sine() -> Derivation:
    """sin² bx = (1 − cos 2bx)/2."""
    says = oscillations.SINE_SQUARED_OVER_POWER.says
    plain = x ** (-s - 1) * (1 - cos(2 * b * x))
    by_cosine = Total(x ** (-s - 1) * (1 - cos(b * x) ** 2), x, POSITIVE)
    doubled = by_cosine.xreplace({cos(b * x) ** 2: (1 + cos(2 * b * x)) / 2})
    return ending(follow(says.left, rewritten(says.left, by_cosine.body), (solving.DOUBLE_ANGLE, {A: b * x}),
                         rewritten(doubled, S.Half * plain), scaled(x, POSITIVE, S.Half, plain),
                         (oscillations.COSINE_OVER_POWER, {b: 2 * b}), given=says.given), says.right)  # fmt: skip


def fermi(rule: Rule, to: Rule) -> Callable[[], Derivation]:
    def proof() -> Derivation:
        """The case z = −1 of the polylogarithm."""
        return ending(follow(rule.says.left, (to, {bose.z: S.NegativeOne}), given=rule.says.given), rule.says.right)

    return proof


PROOFS: dict[str, Callable[[], Derivation]] = {
    "gamma_duplication": duplication,
    "bessel_k_of_two_lines": two_lines,
    "bessel_k_of_two_lines_moment": two_lines_moment,
    "bessel_k_threshold_moment": threshold_moment,
    "bessel_k_energy": energy,
    "hyperbolic_over_root": over_root,
    "shifted_power_integral": shifted_power,
    "exponential_over_shifted_power": over_shifted_once,
    "lower_gamma_integral": cut(incomplete.LOWER_GAMMA, incomplete.LOWER_GAMMA_DEFINITION, s, p),
    "upper_gamma_integral": cut(incomplete.UPPER_GAMMA, incomplete.UPPER_GAMMA_DEFINITION, incomplete.t, p),
    "inverse_lower_gamma_integral": cut(incomplete.INVERSE_LOWER_GAMMA, incomplete.LOWER_GAMMA_DEFINITION, s, -p),
    "inverse_upper_gamma_integral": cut(incomplete.INVERSE_UPPER_GAMMA, incomplete.UPPER_GAMMA_DEFINITION, incomplete.t, -p),
    "incomplete_beta_integral": cut_beta,
    "tail_of_power": power_tail,
    "half_line_hypergeometric_integral": on_half_line,
    "noncentral_f_integral": noncentral_f,
    "log_under_beta_of_exponentials": log_exponentials(logarithms.LOG_BETA_EXP, logarithms.LOG_BETA, 1),
    "log_squared_under_beta_of_exponentials": log_exponentials(logarithms.LOG_BETA_SQUARED_EXP, logarithms.LOG_BETA_SQUARED, 2),
    "digamma_of_exponentials": digamma_gap,
    "biquadratic_integral_rising": biquadratic_rising,
    "biquadratic_moment": biquadratic_moment(kernels.BIQUADRATIC_MOMENT, kernels.BIQUADRATIC),
    "biquadratic_moment_rising": biquadratic_moment(kernels.BIQUADRATIC_MOMENT_RISING, kernels.BIQUADRATIC_RISING),
    "over_root_and_line": over_root_and_line,
    "pearson_four_integral": pearson_four,
    "one_minus_cosine": one_minus_cosine,
    "squared_sine_over_power": squared_sine,
    "fermi_integral": fermi(bose.FERMI_INTEGRAL, bose.POLYLOG_INTEGRAL),
    "fermi_squared_integral": fermi(bose.FERMI_SQUARED, bose.POLYLOG_SQUARED),
}
