"""Where the lemmas on hyperbolic functions and hyperbolas come from: sums of exponentials, each a known integral."""

from collections.abc import Callable
from functools import partial

from sympy import Expr, Integer, Lambda, Rational, S, Symbol, besselk, beta, cosh, erf, erfc, exp, gamma, oo, pi, sqrt

from derive.language.claims import SIZE, Derivation, Rule
from derive.language.totals import POSITIVE, REALS, Lebesgue, Total
from derive.rules import (
    bessel,
    cosh_exponents,
    exponential,
    fourier,
    hyperbola,
    incomplete,
    measure,
    moving,
    oscillations,
    quadratics,
    sines,
    solving,
    splitting,
    tables,
    transforms,
)
from derive.rules import beta as betas
from derive.rules.letters import A, B, L, M, R, b, c, end, f, g, p, s, start, u, x
from derive.rules.proofs import Move, ending, follow, proved
from derive.rules.proofs_exchange import exchanged, pulled, table
from derive.rules.proofs_substitution import change, rewritten, scaled, v, without_power

t_ = Symbol("y", positive=True)
line = Symbol("w", real=True)
FROM_ONE = Lebesgue(1, oo)


def pieces(total: Total, *parts: tuple[Expr, Expr, tuple[Move, ...], Expr]) -> Move:
    """The sum of (weight, kernel, how it is found, its value)."""
    functions, weights, values = splitting.piece_letters(len(parts))
    given = {x: total.x, M: total.measure, SIZE: Integer(len(parts))}
    for name, weight, value, (constant, kernel, _, found) in zip(functions, weights, values, parts, strict=True):
        given |= {name: Lambda(total.x, kernel), weight: constant, value: found}
    because = (ending(follow(Total(kernel, total.x, total.measure), *moves), found) for _, kernel, moves, found in parts)
    return splitting.ADD_PIECES, given, tuple(because)


def unfolded(total: Total) -> tuple[Move, Total]:
    """Half of the integral over the line."""
    both = Total(total.body.subs(x, line), line, REALS)
    return (fourier.UNFOLDED, {x: x, u: line, f: Lambda(x, total.body)}), both


def bessel_k_of_cosh() -> Derivation:
    """Over the line, with cosh ex = (e^(ex) + e^(−ex))/2."""
    says, a, e = cosh_exponents.BESSEL_K_COSH.says, cosh_exponents.a, cosh_exponents.e
    half, both = unfolded(says.left)
    found = 2 * besselk(e / a, b) / a
    kernels = [exp(-b / 2 * exp(a * line) - b / 2 * exp(-a * line) + sign * e * line) for sign in (1, -1)]
    parts = [(S.Half, kernel, ((bessel.BESSEL_K_ON_LINE, {x: line, bessel.a: b / 2, b: b / 2, bessel.nu: sign * e / a, p: a}),), found)
             for sign, kernel in zip((1, -1), kernels, strict=True)]  # fmt: skip
    return proved(says, half, rewritten(both, kernels[0] / 2 + kernels[1] / 2), pieces(both, *parts))


def cosh_over_cosh() -> Derivation:
    """Over the line, with cosh ex = (e^(ex) + e^(−ex))/2 and u = e^(2ax)."""
    says, a, e = sines.COSH_OVER_COSH.says, sines.a, sines.e
    half, both = unfolded(says.left)
    found = 2**s * beta((s + e / a) / 2, (s - e / a) / 2) / (2 * a)
    parts = []
    for sign in (1, -1):
        kernel = exp(sign * e * line) * cosh(a * line) ** (-s)
        one, other = (s + sign * e / a) / 2, (s - sign * e / a) / 2
        outer = v ** (one - 1) * (1 + v) ** (-one - other)
        parts.append((S.Half, kernel, (*change(Total(kernel, line, REALS), exp(2 * a * line), 2**s / (2 * a), outer, (S.Zero, oo)),
                                       (betas.BETA_ON_HALF_LINE, {x: v, s: one, betas.q: other})), found))  # fmt: skip
    return proved(says, half, rewritten(both, parts[0][1] / 2 + parts[1][1] / 2), pieces(both, *parts))


def hyperbolic() -> Derivation:
    """Halves with the factors 1 ± x/√(x² + d²), the slopes of u = √(x² + d²) ± x; then x = ±(u − d²/u)/2."""
    says, a, d, e = hyperbola.HYPERBOLIC.says, hyperbola.a, hyperbola.d, hyperbola.e
    root, parts = sqrt(x**2 + d**2), []
    for sign in (1, -1):
        kernel = says.left.body * (1 + sign * x / root)
        one, other = (a - sign * e) / 2, (a + sign * e) * d**2 / 2
        found = 2 * d * sqrt(a + sign * e) / sqrt(a - sign * e) * besselk(1, d * sqrt(a - e) * sqrt(a + e))
        ends = (S.Zero, oo) if sign > 0 else (oo, S.Zero)
        parts.append((S.Half, kernel, (*change(Total(kernel, x, REALS), root + sign * x, S.One, exp(-one * v - other / v), ends),
                                       (bessel.BESSEL_K_INTEGRAL, {x: v, bessel.nu: S.One, bessel.a: one, b: other, p: S.One})), found))  # fmt: skip
    return proved(says, rewritten(says.left, parts[0][1] / 2 + parts[1][1] / 2), pieces(says.left, *parts))


def generalized_hyperbolic() -> Derivation:
    """K_ν(z) = ½ (z/2)^(−ν) ∫₀^∞ y^(ν−1) e^(−y − z²/(4y)) dy leaves a Gaussian in x."""
    says, a, d, e, nu = (hyperbola.GENERALIZED_HYPERBOLIC.says, *(getattr(hyperbola, name) for name in ("a", "d", "e", "nu")))
    square = d**2 + x**2
    inside = (a / 2) ** (-nu) / 2 * exp(e * x)
    kernel = t_ ** (nu - 1) * exp(-t_ - a**2 * square / 4 / t_)
    bell = exp(-(a**2) / (4 * t_) * x**2 + e * x)
    middle = 2 * e * t_ / a**2
    rate = 1 - e**2 / a**2
    constant = (a / 2) ** (-nu) * sqrt(pi) / a
    last = t_ ** (nu - S.Half) * exp(-rate * t_ - a**2 * d**2 / 4 / t_)
    return proved(
        says, *exchanged(says.left, inside * kernel, t_, POSITIVE, *pulled(t_, POSITIVE, inside, kernel, bessel.BESSEL_K_DEFINITION,
                                                                           {bessel.nu: -nu, b: a**2 * square / 4})),
        scaled(x, REALS, (a / 2) ** (-nu) / 2 * t_ ** (nu - 1) * exp(-t_ - a**2 * d**2 / 4 / t_), bell),
        (exponential.COMPLETE_SQUARE, {x: x, M: REALS, A: a**2 / (4 * t_), B: e}),
        (moving.SHIFT, {x: x, u: line, c: middle, measure.lo: -oo, measure.hi: oo,
                         f: Lambda(x, exp(-(a**2) / (4 * t_) * (x - middle) ** 2))}),
        (exponential.GAUSSIAN_INTEGRAL, {x: line, b: a**2 / (4 * t_)}), scaled(t_, POSITIVE, constant, last),
        (bessel.BESSEL_K_INTEGRAL, {x: t_, bessel.nu: nu + S.Half, bessel.a: rate, b: a**2 * d**2 / 4, p: S.One}))  # fmt: skip


def tail(rate: Expr, over: Symbol = t_) -> tuple[Expr, Move]:
    """erfc(z) = 2z/√π ∫₁^∞ e^(−z²y²) dy."""
    kernel = exp(-(rate**2) * over**2)
    half = sqrt(pi) / (2 * rate)
    return kernel, table(Total(kernel, over, FROM_ONE), half * erf(rate * over), half * erf(rate), half)


def erfc_mellin() -> Derivation:
    """1 − erf(bx) = 2bx/√π ∫₁^∞ e^(−b²x²y²) dy."""
    says = incomplete.ERFC_MELLIN.says
    power, plain = without_power(says, incomplete.m)
    kernel, found = tail(b * v)
    inside = v ** (s - 1) * 2 * b * v / sqrt(pi)
    size = (s + 1) / 2
    constant = b ** (-s) * gamma(size) / sqrt(pi)
    after = Total(constant * t_ ** (-s - 1), t_, FROM_ONE)
    return proved(says, power, *exchanged(plain, inside * kernel, t_, FROM_ONE, scaled(t_, FROM_ONE, inside, kernel), found),
                  *pulled(v, POSITIVE, 2 * b / sqrt(pi), v**s * kernel, exponential.GAMMA_INTEGRAL, {s: s + 1, p: S(2), b: b**2 * t_**2}),
                  table(after, -constant * t_ ** (-s) / s, -constant / s, S.Zero))  # fmt: skip


def two_tails() -> Derivation:
    """erfc(z) = 2z/√π ∫₁^∞ e^(−z²y²) dy, first for z = bx, then for z = ax."""
    says, a = transforms.TWO_ERROR_FUNCTIONS.says, transforms.a
    w = Symbol("z", positive=True)
    kernel, found = tail(b * x)
    inside = 2 * b * x / sqrt(pi) * erfc(a * x)
    again = Total(inside * kernel, x, POSITIVE)
    second, found_second = tail(a * x, w)
    rate = b**2 * t_**2 + a**2 * w**2
    front = 4 * a * b * x**2 / pi * kernel
    slope = a * b / sqrt(pi) * rate ** Rational(-3, 2)
    over_w = Total(slope, w, FROM_ONE)
    G = a * w / (b * t_**2 * sqrt(pi) * sqrt(rate))
    root = sqrt(b**2 * t_**2 + a**2)
    over_y = Total((1 - a / root) / (b * sqrt(pi) * t_**2), t_, FROM_ONE)
    H = (root / a - 1) / (b * sqrt(pi) * t_)
    return proved(
        says, *exchanged(says.left, inside * kernel, t_, FROM_ONE, scaled(t_, FROM_ONE, inside, kernel), found),
        *exchanged(again, front * second, w, FROM_ONE, scaled(w, FROM_ONE, front, second), found_second),
        *pulled(x, POSITIVE, 4 * a * b / pi, x**2 * exp(-rate * x**2), exponential.GAMMA_INTEGRAL, {s: S(3), p: S(2), b: rate}),
        table(over_w, G, a / (b * t_**2 * sqrt(pi) * root), 1 / (b * t_**2 * sqrt(pi))),
        table(over_y, H, (root.subs(t_, 1) / a - 1) / (b * sqrt(pi)), 1 / (a * sqrt(pi))))  # fmt: skip


def bessel_k_gaussian() -> Derivation:
    """K_ν(ax) = ½ (ax/2)^ν ∫₀^∞ y^(−ν−1) e^(−y − a²x²/(4y)) dy; what is left over y is a product of powers of two lines."""
    says, a, d, nu = tables.K_GAUSSIAN.says, tables.a, tables.d, tables.nu
    kernel, inside = t_ ** (-nu - 1) * exp(-t_ - a**2 * x**2 / 4 / t_), exp(-d * x**2) * (a * x / 2) ** nu / 2
    front, rate, half = (a / 2) ** nu / 2, d + a**2 / (4 * t_), (1 + nu) / 2
    constant = (a / 2) ** nu * gamma(half) * d ** (-half) / 4
    last = t_ ** (-half) * (a**2 / (4 * d) + t_) ** (-half) * exp(-t_)
    values = {bessel.nu: nu, b: a**2 * x**2 / 4}
    product = beta(half, (1 - nu) / 2)
    known_product = follow(product, (betas.BETA_GAMMA, {s: half, betas.q: (1 - nu) / 2}))
    return proved(
        says, *exchanged(says.left, inside * kernel, t_, POSITIVE, *pulled(t_, POSITIVE, inside, kernel, bessel.BESSEL_K_DEFINITION, values)),
        *pulled(x, POSITIVE, front * t_ ** (-nu - 1) * exp(-t_), x**nu * exp(-rate * x**2), exponential.GAMMA_INTEGRAL,
                {s: nu + 1, p: S(2), b: rate}),
        scaled(t_, POSITIVE, constant, last), (hyperbola.BESSEL_K_SHIFTED, {x: t_, s: (1 - nu) / 2, hyperbola.d: a**2 / (4 * d), b: S.One}),
        (solving.SOLVED_FOR, {L: product, R: gamma(half), c: gamma((1 - nu) / 2), A: S.Zero}, (known_product,)),
        (betas.BETA_REFLECTION, {s: half}))  # fmt: skip


def root_over_squares() -> Derivation:
    """Partial fractions, and x → −x in one of the two."""
    says, a, d = quadratics.ROOT_OVER_SQUARES.says, quadratics.a, quadratics.d
    root = sqrt((a - x) * (a + x))
    found = pi * (d - sqrt((a + d) * (d - a)))
    plain = (quadratics.ROOT_OVER_LINE, {start: -a, end: a, quadratics.w: d})
    mirrored = (moving.MIRROR, {x: x, u: line, measure.lo: -a, measure.hi: a, c: S.Zero, f: Lambda(x, root / (d - x))})
    parts = [(1 / (2 * d), root / (d + x), (plain,), found), (1 / (2 * d), root / (d - x), (mirrored, (plain[0], {**plain[1], x: line})), found)]
    return proved(says, rewritten(says.left, root / (d + x) / (2 * d) + root / (d - x) / (2 * d)), pieces(says.left, *parts))


def quadratic_gauss() -> Derivation:
    """About the centre the odd part has no share: (u + 1)² = (u² + 1) + 2u, and u = ((u + 1)² − u² − 1)/2."""
    says, a1, b1, l1, d, at = (oscillations.QUADRATIC_GAUSS.says, *(getattr(oscillations, name) for name in ("A", "B", "L", "d", "c")))
    bell = exp(-d * line**2)
    none, second = sqrt(pi / d), sqrt(pi) * d ** Rational(-3, 2) / 2
    plain = ((exponential.GAUSSIAN_INTEGRAL, {x: line, b: d}),)
    squared = ((moving.EVEN_INTEGRAND, {x: line, u: v, measure.hi: oo, f: Lambda(line, line**2 * bell)}),
               (exponential.GAMMA_INTEGRAL, {x: v, s: S(3), p: S(2), b: d}))  # fmt: skip
    even = Total((line**2 + 1) * bell, line, REALS)
    moments = ((S.One, line**2 * bell, squared, second), (S.One, bell, plain, none))
    both = ending(follow(even, rewritten(even, line**2 * bell + bell), pieces(even, *moments)), second + none)
    moved = Total((line + 1) ** 2 * bell, line, REALS)
    odd = {x: line, measure.hi: oo, f: Lambda(line, even.body), g: Lambda(line, 2 * line * bell), c: S.One, A: second + none}
    tilted = (rewritten(moved, even.body + 2 * line * bell), (splitting.ODD_PART, odd, (both,)))
    slope = 2 * a1 * at + b1
    parts = [(a1 - slope / 2, line**2 * bell, squared, second), (slope / 2, (line + 1) ** 2 * bell, tilted, second + none),
             (a1 * at**2 + b1 * at + l1 - slope / 2, bell, plain, none)]  # fmt: skip
    shifted = {x: x, u: line, c: at, measure.lo: -oo, measure.hi: oo, f: Lambda(x, says.left.body)}
    centred = Total(says.left.body.subs(x, line + at), line, REALS)
    return proved(says, (moving.SHIFT, shifted), rewritten(centred, sum(weight * kernel for weight, kernel, _, _ in parts)), pieces(centred, *parts))


def unequal_lines(rule: Rule, sign: int) -> Derivation:
    """x + d and x are x + d/2 ± d/2."""
    says, d = rule.says, hyperbola.d
    lines, front = hyperbola.LINES, hyperbola.SHIFTED
    values = {other: other for other in (b, d, s)}
    parts = [(S.One, lines * (x + d / 2), ((hyperbola.BESSEL_K_SHIFTED_MOMENT, values),), front * d / 2 * besselk(s + S.Half, b * d / 2)),
             (sign * d / 2, lines, ((hyperbola.BESSEL_K_SHIFTED, values),), front * besselk(s - S.Half, b * d / 2))]
    return proved(says, rewritten(says.left, lines * (x + d / 2) + sign * d / 2 * lines), pieces(says.left, *parts))


PROOFS: dict[str, Callable[[], Derivation]] = {
    "bessel_k_of_cosh": bessel_k_of_cosh,
    "cosh_over_power_of_cosh": cosh_over_cosh,
    "hyperbolic_integral": hyperbolic,
    "generalized_hyperbolic_integral": generalized_hyperbolic,
    "erfc_mellin": erfc_mellin,
    "two_error_functions": two_tails,
    "quadratic_times_gaussian": quadratic_gauss,
    "bessel_k_gaussian": bessel_k_gaussian,
    "root_over_difference_of_squares": root_over_squares,
    "bessel_k_of_unequal_lines": partial(unequal_lines, hyperbola.BESSEL_K_UNEQUAL_ABOVE, 1),
    "bessel_k_of_unequal_lines_below": partial(unequal_lines, hyperbola.BESSEL_K_UNEQUAL_BELOW, -1),
}
