"""Where the lemmas on special functions come from: Bessel functions K and incomplete gamma and beta functions."""

from collections.abc import Callable
from functools import partial

from sympy import Expr, Lambda, S, Symbol, exp, oo, sqrt

from derive.language.claims import Derivation, Rule
from derive.language.totals import POSITIVE, Lebesgue, Total
from derive.rules import bessel, hyperbola, incomplete, incomplete_beta, measure
from derive.rules.bessel import a, nu
from derive.rules.letters import A, B, F, M, b, c, end, f, g, hi, lo, p, s, start, x
from derive.rules.proofs import ending, follow, proved, substitution
from derive.rules.proofs_substitution import change, changed, scaled, v, without_power


def bessel_k_integral() -> Derivation:
    """u = a x^p leaves the integral that defines K_ν."""
    rule = bessel.BESSEL_K_INTEGRAL.says
    constant, standard = a ** (-nu) / p, v ** (nu - 1) * exp(-v - a * b / v)
    return ending(
        follow(
            rule.left,
            (
                measure.SUBSTITUTE_INCREASING,
                substitution(x, S.Zero, oo, rule.left.body, a * x**p, v, constant * standard, (S.Zero, oo)),
            ),
            (measure.CONSTANT_FACTOR, {x: v, M: POSITIVE, c: constant, f: Lambda(v, standard)}),
            (bessel.BESSEL_K_DEFINITION, {x: v, nu: -nu, b: a * b}),
        ),
        rule.right,
    )


def bessel_k_on_line() -> Derivation:
    """u = e^(px) maps the line to the half-line."""
    rule = bessel.BESSEL_K_ON_LINE.says
    standard = v ** (nu - 1) * exp(-a * v - b / v)
    return ending(
        follow(
            rule.left,
            (measure.SUBSTITUTE_INCREASING, substitution(x, -oo, oo, rule.left.body, exp(p * x), v, standard / p, (S.Zero, oo))),
            (measure.CONSTANT_FACTOR, {x: v, M: POSITIVE, c: 1 / p, f: Lambda(v, standard)}),
            (bessel.BESSEL_K_INTEGRAL, {x: v, nu: nu, a: a, b: b, p: S.One}),
        ),
        rule.right,
    )


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
    return proved(says, (measure.BY_PARTS, parts, (rest,)))


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
    return proved(says, power, *change(plain, 1 + v / d, exp(b * d) / q, exp(-b * d * w) * w ** (-S.One), (S.One, oo), w),
                         (incomplete.EXPONENTIAL_INTEGRAL, {x: w, incomplete.nu: S.One, b: b * d}))  # fmt: skip


def cut(rule: Rule, to: Rule, letter: Symbol, power: Expr) -> Derivation:
    """u = b x^p, or u = b x^(−p)."""
    end = b * incomplete.h**power
    ends = [b * low_end(edge, power) for edge in rule.says.left.measure.args]
    return changed(rule.says, b * x**power, b ** (-letter) / p, v ** (letter - 1) * exp(-v), (ends[0], ends[1]),
                   (to, {x: v, letter: letter, incomplete.h: end}))  # fmt: skip


def low_end(edge: Expr, power: Expr) -> Expr:
    """edge^power for p > 0, at 0 and ∞ as well."""
    if edge in (S.Zero, oo):
        return edge if power == p else oo if edge == 0 else S.Zero
    return edge**power


def cut_beta() -> Derivation:
    """u = (x − c)/(D − c)."""
    q, low, width = incomplete_beta.q, incomplete_beta.c, incomplete_beta.D - incomplete_beta.c
    ends = (start - low) / width, (end - low) / width
    return changed(incomplete_beta.CUT_BETA.says, (x - low) / width, width ** (s + q - 1), v ** (s - 1) * (1 - v) ** (q - 1), ends,
                   (incomplete_beta.CUT_BETA_DEFINITION, {x: v, start: ends[0], end: ends[1]}))  # fmt: skip


def cut_beta_prime(rule: Rule, top: Expr) -> Derivation:
    """u = b x^p/(d + b x^p)."""
    q, d = incomplete_beta.q, incomplete_beta.d
    ends = incomplete_beta.part_below(start), top
    return changed(rule.says, incomplete_beta.part_below(x), b ** (-s) * d ** (-q) / p, v ** (s - 1) * (1 - v) ** (q - 1), ends,
                   (incomplete_beta.CUT_BETA_DEFINITION, {x: v, start: ends[0], end: ends[1]}))  # fmt: skip


PROOFS: dict[str, Callable[[], Derivation]] = {
    "bessel_k_integral": bessel_k_integral,
    "bessel_k_on_line": bessel_k_on_line,
    "bessel_k_of_two_lines": two_lines,
    "bessel_k_of_two_lines_moment": two_lines_moment,
    "bessel_k_threshold_moment": threshold_moment,
    "bessel_k_energy": energy,
    "hyperbolic_over_root": over_root,
    "shifted_power_integral": shifted_power,
    "exponential_over_shifted_power": over_shifted_once,
    "lower_gamma_integral": partial(cut, incomplete.LOWER_GAMMA, incomplete.LOWER_GAMMA_DEFINITION, s, p),
    "upper_gamma_integral": partial(cut, incomplete.UPPER_GAMMA, incomplete.UPPER_GAMMA_DEFINITION, incomplete.t, p),
    "inverse_lower_gamma_integral": partial(cut, incomplete.INVERSE_LOWER_GAMMA, incomplete.LOWER_GAMMA_DEFINITION, s, -p),
    "inverse_upper_gamma_integral": partial(cut, incomplete.INVERSE_UPPER_GAMMA, incomplete.UPPER_GAMMA_DEFINITION, incomplete.t, -p),
    "incomplete_beta_integral": cut_beta,
    "beta_prime_between": lambda: cut_beta_prime(incomplete_beta.BETA_PRIME_BETWEEN, incomplete_beta.part_below(end)),
    "beta_prime_tail": lambda: cut_beta_prime(incomplete_beta.BETA_PRIME_TAIL, S.One),
}
