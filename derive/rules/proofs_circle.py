"""Where the lemmas on sines and cosines come from: halves of what is symmetric, squares by the double angle, u = sin²."""

from collections.abc import Callable

from sympy import Abs, Expr, Lambda, S, Symbol, cos, exp, log, pi, sin, sqrt

from derive.language.claims import Derivation, Rule, Values
from derive.language.totals import Lebesgue, Total
from derive.rules import (
    bessel_i,
    circular,
    kummer,
    legendre,
    logarithms,
    measure,
    periods,
    sines,
    solving,
    trigonometric,
    wave_sums,
)
from derive.rules import beta as betas
from derive.rules.letters import A, L, R, c, end, f, hi, lo, s, start, u, x
from derive.rules.proofs import Move, ending, follow
from derive.rules.proofs_substitution import change, rewritten, scaled, v

new = Symbol("u", real=True)


def half(rule: Rule, whole: Rule, values: Values) -> Callable[[], Derivation]:
    def proof() -> Derivation:
        """The kernel is even: half of the integral over both halves."""
        says = rule.says
        both = Total(says.left.body.subs(x, new), new, Lebesgue(-says.left.measure.hi, says.left.measure.hi))
        even = follow(both, (measure.EVEN_INTEGRAND, {x: new, u: x, hi: both.measure.hi, f: Lambda(new, both.body)}), given=says.given)
        halved = (solving.SOLVED_FOR, {L: both, R: says.left, c: S(2), A: S.Zero}, (even,))
        return ending(follow(says.left, halved, (whole, {x: new, start: both.measure.lo, **values}), given=says.given), says.right)

    return proof


def doubled_angle(rule: Rule, plain: Rule, double: Expr) -> Callable[[], Derivation]:
    def proof() -> Derivation:
        """cos² z = (1 + cos 2z)/2."""
        says, c_, e = rule.says, wave_sums.c, wave_sums.e
        wave = next(iter(says.left.body.atoms(cos)))
        total = says.left.xreplace({wave**2: (1 + cos(2 * wave.args[0])) / 2})
        gathered = plain.says.left.body.subs({c_: c_ + e / 2, e: e / 2, wave_sums.t: double}, simultaneous=True)
        return ending(follow(
            says.left, (solving.DOUBLE_ANGLE, {A: wave.args[0]}), rewritten(total, gathered),
            (plain, {c_: c_ + e / 2, e: e / 2, wave_sums.t: double}), given=says.given), says.right)  # fmt: skip

    return proof


def pythagoras(wave: Expr, other: Expr) -> Move:
    """|cos| = √(1 − sin²), and the other way round."""
    square = follow(abs(wave) ** 2, (measure.VALUE, {L: abs(wave) ** 2, R: 1 - other**2}))
    return measure.POSITIVE_ROOT, {L: abs(wave), R: 1 - other**2}, (square,)


def by_squared_sine(rule: Rule, constant: Expr, outer: Expr, *moves: Move) -> Callable[[], Derivation]:
    """u = sin²(ax): `outer` is what stands under the sign then."""

    def proof() -> Derivation:
        says, a = rule.says, sines.a
        up, down = sin(a * x), cos(a * x)
        ready = 2 * a * up * down * constant * outer.subs(v, up**2)
        barred = ready.xreplace({1 - up**2: down**2})
        last = says.left.xreplace({says.left.body: barred.xreplace({Abs(down): sqrt(1 - up**2)})})
        return ending(follow(
            says.left, rewritten(says.left, barred), pythagoras(down, up),
            *change(last, up**2, constant, outer, (S.Zero, S.One)), *moves, given=says.given), says.right)  # fmt: skip

    return proof


def euler(s_: Expr, q_: Expr) -> Expr:
    return v ** (s_ - 1) * (1 - v) ** (q_ - 1)


def log_of_cosine(rule: Rule, to: Rule) -> Callable[[], Derivation]:
    def proof() -> Derivation:
        """x = π/(2a) − u exchanges sine and cosine."""
        says, a = rule.says, logarithms.a
        turned = {x: x, u: v, c: pi / (2 * a), lo: S.Zero, hi: pi / (2 * a), f: Lambda(x, says.left.body)}
        after = to.says.left.xreplace({x: v})
        mirrored = measure.MIRROR.says.at(turned).right
        return ending(follow(says.left, (measure.MIRROR, turned), rewritten(mirrored, after.body), (to, {x: v})), says.right)

    return proof


def power_of_sine() -> Derivation:
    """Half of it, to π/(2a), is the beta integral with q = 1."""
    says, a = sines.POWER_OF_SINE.says, sines.a
    return ending(follow(
        says.left, (periods.SYMMETRIC, {x: x, lo: S.Zero, hi: pi / a, f: Lambda(x, says.left.body)}),
        (sines.BETA_OF_SINES, {sines.q: S.One})), says.right)  # fmt: skip


def ellipse() -> Derivation:
    """cos² = 1 − sin²."""
    says, a, d, e = trigonometric.ELLIPSE_EULER.says, trigonometric.a, trigonometric.d, trigonometric.e
    base = d * cos(a * x) ** 2 + e * sin(a * x) ** 2
    return ending(follow(says.left, (measure.VALUE, {L: base, R: d + (e - d) * sin(a * x) ** 2}),
                         (trigonometric.SINE_EULER, {e: e - d}), given=says.given), says.right)  # fmt: skip


def squared_cosine() -> Derivation:
    """cos² x = (1 + cos 2x)/2, and n/2 · 2 periods of the exponential of cos 2x."""
    says, H, n = periods.COSINE_SQUARED.says, periods.h, periods.n
    body = exp(H / 2 * cos(2 * x))
    return ending(follow(
        says.left, (solving.DOUBLE_ANGLE, {A: x}),
        rewritten(says.left.xreplace({cos(x) ** 2: (1 + cos(2 * x)) / 2}), exp(H / 2) * body), scaled(x, says.left.measure, exp(H / 2), body),
        (periods.WHOLE_PERIODS, {x: x, u: new, periods.a: S(2), c: S.Zero, n: n, f: Lambda(x, exp(H / 2 * cos(x)))}),
        (circular.BESSEL_INTEGRAL, {x: new, circular.kappa: H / 2, lo: S.Zero}), given=says.given), says.right)  # fmt: skip


def poisson_on_circle() -> Derivation:
    """u = cos x."""
    says, H = bessel_i.POISSON_ON_CIRCLE.says, bessel_i.h
    outer = (1 + new) ** (s - 1) * (1 - new) ** (s - 1) * exp(H * new)
    barred = Abs(sin(x)) ** (2 * s - 2) * exp(H * cos(x)) * sin(x)
    last = Total(barred.xreplace({Abs(sin(x)): sqrt(1 - cos(x) ** 2)}), x, Lebesgue(0, pi))
    return ending(follow(
        says.left, rewritten(says.left, barred), pythagoras(sin(x), cos(x)), *change(last, cos(x), S.One, outer, (S.One, -S.One), new),
        (bessel_i.POISSON_INTEGRAL, {x: new, bessel_i.a: S.One, c: S.Zero})), says.right)  # fmt: skip


HALVES = {
    "cosine_power_on_half_circle": half(legendre.COSINE_POWER_HALF_CIRCLE, legendre.COSINE_POWER_CIRCLE, {}),
}
SQUARES = {
    rule.name: doubled_angle(rule, plain, double)
    for rule, plain, double in (
        (wave_sums.GEOMETRIC_SQUARED, wave_sums.GEOMETRIC, 2 * wave_sums.t),
        (wave_sums.POISSON_SQUARED, wave_sums.POISSON, 2 * wave_sums.t),
        (wave_sums.EXPONENTIAL_SQUARED, wave_sums.EXPONENTIAL, 2 * wave_sums.t),
        (wave_sums.LOGARITHMIC_SQUARED, wave_sums.LOGARITHMIC, 2 * wave_sums.t),
        (wave_sums.ROOTS_OF_UNITY_SQUARED, wave_sums.ROOTS_OF_UNITY, 2 * wave_sums.t),
        (wave_sums.DIRICHLET_SQUARED, wave_sums.DIRICHLET_KERNEL, 2 * wave_sums.t),
    )
}
a_, q_ = sines.a, sines.q
ON_UNIT = (logarithms.LOG_BETA, {x: v}), (logarithms.LOG_BETA_SQUARED, {x: v})
EULER = (kummer.EULER_HYPERGEOMETRIC, {x: v, end: S.One})
SINES = {
    "beta_of_sines": by_squared_sine(sines.BETA_OF_SINES, 1 / (2 * a_), euler(s / 2, q_ / 2),
                                     (betas.BETA_DEFINITION, {x: v, s: s / 2, q_: q_ / 2})),
    "euler_integral_of_sines": by_squared_sine(
        trigonometric.SINE_EULER, 1 / (2 * a_), euler(s, q_) * (trigonometric.d + trigonometric.e * v) ** (-trigonometric.r), EULER),
    "log_of_sine": by_squared_sine(logarithms.LOG_SINE, 1 / (4 * a_), -log(v) * euler(s, q_), ON_UNIT[0]),
    "log_of_sine_squared": by_squared_sine(logarithms.LOG_SINE_SQUARED, 1 / (8 * a_), log(v) ** 2 * euler(s, q_), ON_UNIT[1]),
}  # fmt: skip
PROOFS: dict[str, Callable[[], Derivation]] = {
    **HALVES,
    **SQUARES,
    **SINES,
    "log_of_cosine": log_of_cosine(logarithms.LOG_COSINE, logarithms.LOG_SINE),
    "log_of_cosine_squared": log_of_cosine(logarithms.LOG_COSINE_SQUARED, logarithms.LOG_SINE_SQUARED),
    "power_of_sine": power_of_sine,
    "euler_integral_of_an_ellipse": ellipse,
    "bessel_integral_of_squared_cosine": squared_cosine,
    "poisson_integral_on_circle": poisson_on_circle,
}
