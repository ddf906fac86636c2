"""Where the lemmas on sines and cosines come from: halves of what is symmetric, squares by the double angle, u = sin²."""

from collections.abc import Callable
from functools import partial

from sympy import Abs, Expr, Lambda, S, Symbol, cos, exp, log, pi, sin, sqrt

from derive.language.claims import Derivation, Rule
from derive.language.totals import Lebesgue, Total
from derive.rules import (
    bessel_i,
    circular,
    kummer,
    legendre,
    logarithms,
    measure,
    moving,
    periods,
    sines,
    solving,
    trigonometric,
    wave_sums,
)
from derive.rules import beta as betas
from derive.rules.letters import A, L, R, c, end, f, hi, lo, s, start, u, x
from derive.rules.proofs import Move, follow, proved
from derive.rules.proofs_substitution import change, rewritten, scaled, v

new = Symbol("u", real=True)


def half(rule: Rule, whole: Rule) -> Derivation:
    """The kernel is even: half of the integral over both halves."""
    says = rule.says
    both = Total(says.left.body.subs(x, new), new, Lebesgue(-says.left.measure.hi, says.left.measure.hi))
    even = follow(both, (moving.EVEN_INTEGRAND, {x: new, u: x, hi: both.measure.hi, f: Lambda(new, both.body)}), given=says.given)
    return proved(says, (solving.SOLVED_FOR, {L: both, R: says.left, c: S(2), A: S.Zero}, (even,)), (whole, {x: new, start: both.measure.lo}))


def doubled_angle(rule: Rule, plain: Rule) -> Derivation:
    """cos² z = (1 + cos 2z)/2."""
    says, constant, e, t = rule.says, wave_sums.c, wave_sums.e, wave_sums.t
    angle = next(iter(says.left.body.atoms(cos))).args[0]
    doubled = {constant: constant + e / 2, e: e / 2, t: 2 * t}
    return proved(says, (solving.DOUBLE_ANGLE, {A: angle}),
                  rewritten(says.left.xreplace({cos(angle) ** 2: (1 + cos(2 * angle)) / 2}), plain.says.left.body.subs(doubled, simultaneous=True)),
                  (plain, doubled))  # fmt: skip


def pythagoras(wave: Expr, other: Expr) -> Move:
    """|cos| = √(1 − sin²), and the other way round."""
    square = follow(abs(wave) ** 2, (measure.VALUE, {L: abs(wave) ** 2, R: 1 - other**2}))
    return measure.POSITIVE_ROOT, {L: abs(wave), R: 1 - other**2}, (square,)


def by_squared_sine(rule: Rule, constant: Expr, outer: Expr, *moves: Move) -> Derivation:
    """u = sin²(ax): `outer` is what stands under the sign then."""
    says, a = rule.says, sines.a
    up, down = sin(a * x), cos(a * x)
    barred = (2 * a * up * down * constant * outer.subs(v, up**2)).xreplace({1 - up**2: down**2})
    last = Total(barred.xreplace({Abs(down): sqrt(1 - up**2)}), x, says.left.measure)
    return proved(says, rewritten(says.left, barred), pythagoras(down, up), *change(last, up**2, constant, outer, (S.Zero, S.One)), *moves)


def euler(one: Expr, other: Expr) -> Expr:
    return v ** (one - 1) * (1 - v) ** (other - 1)


def beta_of_sines() -> Derivation:
    a, q = sines.a, sines.q
    return by_squared_sine(sines.BETA_OF_SINES, 1 / (2 * a), euler(s / 2, q / 2), (betas.BETA_DEFINITION, {x: v, s: s / 2, q: q / 2}))


def euler_of_sines() -> Derivation:
    a, d, e, q, r = (getattr(trigonometric, name) for name in "adeqr")
    outer = euler(s, q) * (d + e * v) ** (-r)
    return by_squared_sine(trigonometric.SINE_EULER, 1 / (2 * a), outer, (kummer.EULER_HYPERGEOMETRIC, {x: v, end: S.One}))


def log_of_sine(rule: Rule, to: Rule, order: int) -> Derivation:
    """log sin = ½ log sin²."""
    outer = (-log(v)) ** order * euler(s, logarithms.q)
    return by_squared_sine(rule, 1 / (2 ** (order + 1) * logarithms.a), outer, (to, {x: v}))


def log_of_cosine(rule: Rule, to: Rule) -> Derivation:
    """x = π/(2a) − u exchanges sine and cosine."""
    says, quarter = rule.says, pi / (2 * logarithms.a)
    turned = {x: x, u: v, c: quarter, lo: S.Zero, hi: quarter, f: Lambda(x, says.left.body)}
    mirrored = moving.MIRROR.says.at(turned).right
    return proved(says, (moving.MIRROR, turned), rewritten(mirrored, to.says.left.body.xreplace({x: v})), (to, {x: v}))


def quarter_of_sine() -> Derivation:
    """x = π/2 − u exchanges sine and cosine."""
    says, quarter = circular.QUARTER_OF_SINE.says, pi / 2
    turned = {x: x, u: v, c: quarter, lo: S.Zero, hi: quarter, f: Lambda(x, says.left.body)}
    mirrored = moving.MIRROR.says.at(turned).right
    return proved(says, (moving.MIRROR, turned), rewritten(mirrored, exp(circular.kappa * cos(v))), (circular.QUARTER_OF_COSINE, {x: v}))


def power_of_sine() -> Derivation:
    """Half of it, to π/(2a), is the beta integral with q = 1."""
    says, a = sines.POWER_OF_SINE.says, sines.a
    return proved(says, (periods.SYMMETRIC, {x: x, lo: S.Zero, hi: pi / a, f: Lambda(x, says.left.body)}),
        (sines.BETA_OF_SINES, {sines.q: S.One}))  # fmt: skip


def ellipse() -> Derivation:
    """cos² = 1 − sin²."""
    says, a, d, e = trigonometric.ELLIPSE_EULER.says, trigonometric.a, trigonometric.d, trigonometric.e
    base = d * cos(a * x) ** 2 + e * sin(a * x) ** 2
    return proved(says, (measure.VALUE, {L: base, R: d + (e - d) * sin(a * x) ** 2}),
                         (trigonometric.SINE_EULER, {e: e - d}))  # fmt: skip


def squared_cosine() -> Derivation:
    """cos² x = (1 + cos 2x)/2, and n/2 · 2 periods of the exponential of cos 2x."""
    says, H, n = periods.COSINE_SQUARED.says, periods.h, periods.n
    body = exp(H / 2 * cos(2 * x))
    return proved(says, (solving.DOUBLE_ANGLE, {A: x}),
        rewritten(says.left.xreplace({cos(x) ** 2: (1 + cos(2 * x)) / 2}), exp(H / 2) * body), scaled(x, says.left.measure, exp(H / 2), body),
        (periods.WHOLE_PERIODS, {x: x, u: new, periods.a: S(2), c: S.Zero, n: n, f: Lambda(x, exp(H / 2 * cos(x)))}),
        (circular.BESSEL_INTEGRAL, {x: new, circular.kappa: H / 2, lo: S.Zero}))  # fmt: skip


def poisson_on_circle() -> Derivation:
    """u = cos x."""
    says, H = bessel_i.POISSON_ON_CIRCLE.says, bessel_i.h
    outer = (1 + new) ** (s - 1) * (1 - new) ** (s - 1) * exp(H * new)
    barred = Abs(sin(x)) ** (2 * s - 2) * exp(H * cos(x)) * sin(x)
    last = Total(barred.xreplace({Abs(sin(x)): sqrt(1 - cos(x) ** 2)}), x, Lebesgue(0, pi))
    return proved(says, rewritten(says.left, barred), pythagoras(sin(x), cos(x)), *change(last, cos(x), S.One, outer, (S.One, -S.One), new),
        (bessel_i.POISSON_INTEGRAL, {x: new, bessel_i.a: S.One, c: S.Zero}))  # fmt: skip


SQUARES = {
    rule.name: partial(doubled_angle, rule, plain)
    for rule, plain in (
        (wave_sums.OVER_SQUARE_SQUARED, wave_sums.OVER_SQUARE),
        (wave_sums.OVER_FOURTH_SQUARED, wave_sums.OVER_FOURTH),
        (wave_sums.GEOMETRIC_SQUARED, wave_sums.GEOMETRIC),
        (wave_sums.POISSON_SQUARED, wave_sums.POISSON),
        (wave_sums.EXPONENTIAL_SQUARED, wave_sums.EXPONENTIAL),
        (wave_sums.LOGARITHMIC_SQUARED, wave_sums.LOGARITHMIC),
        (wave_sums.ROOTS_OF_UNITY_SQUARED, wave_sums.ROOTS_OF_UNITY),
        (wave_sums.DIRICHLET_SQUARED, wave_sums.DIRICHLET_KERNEL),
    )
}
PROOFS: dict[str, Callable[[], Derivation]] = {
    **SQUARES,
    "cosine_power_on_half_circle": partial(half, legendre.COSINE_POWER_HALF_CIRCLE, legendre.COSINE_POWER_CIRCLE),
    "fejer_kernel_half": partial(half, sines.FEJER_HALF, sines.FEJER_KERNEL),
    "jackson_kernel_half": partial(half, sines.JACKSON_HALF, sines.JACKSON_KERNEL),
    "beta_of_sines": beta_of_sines,
    "euler_integral_of_sines": euler_of_sines,
    "log_of_sine": partial(log_of_sine, logarithms.LOG_SINE, logarithms.LOG_BETA, 1),
    "log_of_sine_squared": partial(log_of_sine, logarithms.LOG_SINE_SQUARED, logarithms.LOG_BETA_SQUARED, 2),
    "log_of_cosine": partial(log_of_cosine, logarithms.LOG_COSINE, logarithms.LOG_SINE),
    "log_of_cosine_squared": partial(log_of_cosine, logarithms.LOG_COSINE_SQUARED, logarithms.LOG_SINE_SQUARED),
    "bessel_and_struve_of_sine": quarter_of_sine,
    "power_of_sine": power_of_sine,
    "euler_integral_of_an_ellipse": ellipse,
    "bessel_integral_of_squared_cosine": squared_cosine,
    "poisson_integral_on_circle": poisson_on_circle,
}
