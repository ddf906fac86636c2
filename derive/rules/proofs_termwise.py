"""Where the lemmas come from that integrate a series term by term, or sum what is under an integral sign (Tonelli)."""

from collections.abc import Callable
from functools import partial

from sympy import Expr, Integer, Lambda, S, Symbol, besseli, binomial, exp, factorial, gamma, log, oo, sqrt, zeta

from derive.language.claims import SIZE, Claim, Derivation
from derive.language.totals import NATURALS, POSITIVE, UNIT, Counting, Total
from derive.rules import bessel, bessel_i, bose, exponential, hypergeometric, lattice, ranges, series, solving, terminating
from derive.rules import beta as betas
from derive.rules.letters import A, L, R, b, c, f, h, hi, j, k, p, s, x
from derive.rules.proofs import Move, ending, follow, known, proved
from derive.rules.proofs_exchange import exchanged, gamma_of, pulled, table
from derive.rules.proofs_substitution import rewritten, scaled, v, without_power

i, o = (Symbol(name, integer=True, nonnegative=True) for name in "kj")
t_ = Symbol("y", positive=True)


# Series in standard form, their terms as integrals


def binomial_series() -> Derivation:
    """Γ(k + s) = ∫₀^∞ y^(k+s−1) e^(−y) dy, and Σ (zy)^k/k! = e^(zy)."""
    says, z = hypergeometric.BINOMIAL_SERIES.says, hypergeometric.z
    inside, kernel = z**k / (factorial(k) * gamma(s)), t_ ** (k + s - 1) * exp(-t_)
    rest = t_ ** (s - 1) * exp(-t_) / gamma(s)
    summed = Total((z * t_) ** k / factorial(k), k, NATURALS)
    return proved(
        says, *exchanged(says.left, inside * kernel, t_, POSITIVE, scaled(t_, POSITIVE, inside, kernel),
                         (exponential.GAMMA_DEFINITION, {x: t_, s: k + s})),
        scaled(k, NATURALS, rest, summed.body), (series.EXPONENTIAL_SERIES, {series.z: z * t_}),
        *gamma_of(t_, s, 1 - z, 1 / gamma(s)))  # fmt: skip


def gauss_theorem() -> Derivation:
    """Γ(q + k) Γ(b − q)/Γ(b + k) as a beta integral on the half line, and the binomial series under it."""
    says, q = hypergeometric.GAUSS_THEOREM.says, hypergeometric.q
    front = gamma(b) / (gamma(q) * gamma(b - q))
    inside, kernel = front * gamma(k + s) / (factorial(k) * gamma(s)), t_ ** (k + q - 1) * (1 + t_) ** (-k - b)
    rest, z = front * t_ ** (q - 1) * (1 + t_) ** (-b), t_ / (1 + t_)
    return proved(
        says, *exchanged(says.left, inside * kernel, t_, POSITIVE, scaled(t_, POSITIVE, inside, kernel),
                         (betas.BETA_ON_HALF_LINE, {x: t_, s: k + q, betas.q: b - q}), (betas.BETA_GAMMA, {s: k + q, betas.q: b - q})),
        scaled(k, NATURALS, rest, z**k * gamma(k + s) / (factorial(k) * gamma(s))), (hypergeometric.BINOMIAL_SERIES, {hypergeometric.z: z}),
        scaled(t_, POSITIVE, front, t_ ** (q - 1) * (1 + t_) ** (s - b)),
        (betas.BETA_ON_HALF_LINE, {x: t_, s: q, betas.q: b - q - s}), (betas.BETA_GAMMA, {s: q, betas.q: b - q - s}))  # fmt: skip


def vandermonde_beta() -> Derivation:
    """Γ(s + k) Γ(q + n − k) as a beta integral on the half line, and the binomial theorem under it."""
    says, q, n = terminating.VANDERMONDE_BETA.says, terminating.q, terminating.n
    over, front = Counting(0, n), gamma(n + q + s) / (gamma(s) * gamma(n + q))
    inside, kernel = binomial(n, k) * front, t_ ** (k + s - 1) * (1 + t_) ** (-n - q - s)
    return proved(
        says, *exchanged(says.left, inside * kernel, t_, POSITIVE, scaled(t_, POSITIVE, inside, kernel),
                         (betas.BETA_ON_HALF_LINE, {x: t_, s: k + s, betas.q: n - k + q}), (betas.BETA_GAMMA, {s: k + s, betas.q: n - k + q})),
        scaled(k, over, front * t_ ** (s - 1) * (1 + t_) ** (-n - q - s), binomial(n, k) * t_**k),
        (terminating.BINOMIAL_THEOREM, {terminating.z: t_}),
        scaled(t_, POSITIVE, front, t_ ** (s - 1) * (1 + t_) ** (-q - s)),
        (betas.BETA_ON_HALF_LINE, {x: t_}), (betas.BETA_GAMMA, {}))  # fmt: skip


def binomial_with_factorials() -> Derivation:
    """1/(k! (n − k)!) is C(n, k)/n!."""
    says, n = terminating.BINOMIAL_FACTORIALS.says, terminating.n
    powers = terminating.BINOMIAL_POWERS.says.left
    return proved(says, scaled(k, powers.measure, 1 / factorial(n), powers.body), (terminating.BINOMIAL_POWERS, {}))


def log_series() -> Derivation:
    """1/(k + 1) = ∫₀¹ y^k dy, and the geometric series under it."""
    says, z = hypergeometric.LOG_SERIES.says, hypergeometric.z
    power = Total(t_**k, t_, UNIT)
    after = Total(1 / (1 - z * t_), t_, UNIT)
    return proved(
        says, *exchanged(says.left, z**k * t_**k, t_, UNIT, scaled(t_, UNIT, z**k, t_**k),
                         table(power, t_ ** (k + 1) / (k + 1), S.Zero, 1 / (k + 1))),
        rewritten(Total(z**k * t_**k, k, NATURALS), (z * t_) ** k), (series.GEOMETRIC_SERIES, {series.w: z * t_}),
        table(after, -log(1 - z * t_) / z, S.Zero, -log(1 - z) / z))  # fmt: skip


def atanh_series() -> Derivation:
    """1/(2k + 1) = ∫₀¹ y^(2k) dy, and the geometric series under it."""
    says, z = hypergeometric.ATANH_SERIES.says, hypergeometric.z
    power = Total(t_ ** (2 * k), t_, UNIT)
    after, root = Total(1 / (1 - z * t_**2), t_, UNIT), sqrt(z)
    end = (log(1 + root) - log(1 - root)) / (2 * root)
    return proved(
        says, *exchanged(says.left, z**k * t_ ** (2 * k), t_, UNIT, scaled(t_, UNIT, z**k, t_ ** (2 * k)),
                         table(power, t_ ** (2 * k + 1) / (2 * k + 1), S.Zero, 1 / (2 * k + 1))),
        rewritten(Total(z**k * t_ ** (2 * k), k, NATURALS), (z * t_**2) ** k), (series.GEOMETRIC_SERIES, {series.w: z * t_**2}),
        table(after, (log(1 + root * t_) - log(1 - root * t_)) / (2 * root), S.Zero, end))  # fmt: skip


def bessel_k_generating() -> Derivation:
    """K_(ν+k)(a) = ½ (a/2)^(ν+k) ∫₀^∞ y^(−ν−k−1) e^(−y − a²/(4y)) dy, and the exponential series under it."""
    says, a, nu, at = bessel.BESSEL_K_GENERATING.says, bessel.a, bessel.nu, bessel.at
    inside, kernel = at**k * (a / 2) ** (nu + k) / (2 * factorial(k)), t_ ** (-nu - k - 1) * exp(-t_ - a**2 / 4 / t_)
    rest = (a / 2) ** nu / 2 * t_ ** (-nu - 1) * exp(-t_ - a**2 / 4 / t_)
    rate = (a**2 - 2 * a * at) / 4
    return proved(
        says, *exchanged(says.left, inside * kernel, t_, POSITIVE, *pulled(t_, POSITIVE, inside, kernel, bessel.BESSEL_K_DEFINITION,
                                                                           {nu: nu + k, b: a**2 / 4})),
        scaled(k, NATURALS, rest, (at * a / (2 * t_)) ** k / factorial(k)), (series.EXPONENTIAL_SERIES, {series.z: at * a / (2 * t_)}),
        *pulled(t_, POSITIVE, (a / 2) ** nu / 2, t_ ** (-nu - 1) * exp(-t_ - rate / t_), bessel.BESSEL_K_DEFINITION, {b: rate}))  # fmt: skip


# Integrals, a factor as a series


def bessel_series(total: Total) -> tuple[Move, ...]:
    """I_ν(ax) = Σ (ax/2)^(2k+ν)/(k! Γ(k + ν + 1)) beside the rest of the integrand, and the sum comes outside."""
    a, nu = bessel_i.a, bessel_i.nu
    constant = total.body / besseli(nu, a * v) * (a * v / 2) ** nu / gamma(nu + 1)
    z = a**2 * v**2 / 4
    term = z**i * gamma(nu + 1) / (factorial(i) * gamma(nu + 1 + i))
    return exchanged(total, constant * term, i, NATURALS, scaled(i, NATURALS, constant, term),
                     (hypergeometric.BESSEL_SERIES, {k: i, b: nu + 1, hypergeometric.z: z}))  # fmt: skip


def coefficient() -> Expr:
    """Of x^(2k+ν) in I_ν(ax)."""
    return (bessel_i.a / 2) ** (2 * i + bessel_i.nu) / (factorial(i) * gamma(bessel_i.nu + 1 + i))


def bessel_i_gaussian() -> Derivation:
    says, a, nu = bessel_i.BESSEL_I_GAUSSIAN.says, bessel_i.a, bessel_i.nu
    power, plain = without_power(says, bessel_i.m)
    z = a**2 / (4 * b)
    return proved(says, power, *bessel_series(plain),
                  *pulled(v, POSITIVE, coefficient(), v ** (2 * nu + 2 * i + 1) * exp(-b * v**2), exponential.GAMMA_INTEGRAL,
                          {s: 2 * nu + 2 * i + 2, p: S(2)}),
                  scaled(i, NATURALS, (a / 2) ** nu / (2 * b ** (nu + 1)), z**i / factorial(i)),
                  (series.EXPONENTIAL_SERIES, {k: i, series.z: z}))  # fmt: skip


def bessel_i_gaussian_mellin() -> Derivation:
    says, a, nu = bessel_i.BESSEL_I_GAUSSIAN_MELLIN.says, bessel_i.a, bessel_i.nu
    power, plain = without_power(says, bessel_i.m)
    z, half = a**2 / (4 * b), (s + nu) / 2
    first = (a / 2) ** nu * gamma(half) / (2 * b**half * gamma(nu + 1))
    return proved(says, power, *bessel_series(plain),
                  *pulled(v, POSITIVE, coefficient(), v ** (s + nu + 2 * i - 1) * exp(-b * v**2), exponential.GAMMA_INTEGRAL,
                          {s: s + nu + 2 * i, p: S(2)}),
                  scaled(i, NATURALS, first, hypergeometric.infinite_term(z, (half,), (nu + 1,), i)), named((half,), (nu + 1,), z))  # fmt: skip


def named(upper: tuple[Expr, ...], lower: tuple[Expr, ...], z: Expr) -> Move:
    """The series with these parameters has its name."""
    above, below = hypergeometric.pfq_letters(len(upper), len(lower))
    letters = dict(zip((*above, *below), (*upper, *lower), strict=True))
    return (hypergeometric.HYPERGEOMETRIC_DEFINITION, {SIZE: Integer(10 * len(upper) + len(lower)), k: i, hypergeometric.z: z, **letters})


def bessel_i_laplace_mellin() -> Derivation:
    """Then neighbouring terms have the ratio of a Gaussian hypergeometric series."""
    says, a, nu = bessel_i.BESSEL_I_LAPLACE_MELLIN.says, bessel_i.a, bessel_i.nu
    power, plain = without_power(says, bessel_i.m)
    z, upper = a**2 / b**2, ((s + nu) / 2, (s + nu + 1) / 2)
    terms = coefficient() * gamma(s + nu + 2 * i) * b ** (-s - nu - 2 * i)
    return proved(says, power, *bessel_series(plain),
                  *pulled(v, POSITIVE, coefficient(), v ** (s + nu + 2 * i - 1) * exp(-b * v), exponential.GAMMA_INTEGRAL,
                          {s: s + nu + 2 * i, p: S.One}),
                  (hypergeometric.SAME_RATIO, {k: i, hi: oo, f: Lambda(i, terms), c: terms.subs(i, 0),
                                               h: Lambda(i, hypergeometric.infinite_term(z, upper, (nu + 1,), i))}),
                  named(upper, (nu + 1,), z))  # fmt: skip


def bessel_i_laplace() -> Derivation:
    """Then neighbouring terms have the ratio of a binomial series."""
    says, a, nu = bessel_i.BESSEL_I_LAPLACE.says, bessel_i.a, bessel_i.nu
    power, plain = without_power(says, bessel_i.m)
    z, n = a**2 / b**2, nu + S.Half
    terms = coefficient() * gamma(2 * nu + 2 * i + 1) * b ** (-2 * nu - 2 * i - 1)
    return proved(says, power, *bessel_series(plain),
                  *pulled(v, POSITIVE, coefficient(), v ** (2 * nu + 2 * i) * exp(-b * v), exponential.GAMMA_INTEGRAL,
                          {s: 2 * nu + 2 * i + 1, p: S.One}),
                  (hypergeometric.SAME_RATIO, {k: i, hi: oo, f: Lambda(i, terms), c: terms.subs(i, 0),
                                               h: Lambda(i, z**i * gamma(i + n) / (factorial(i) * gamma(n)))}),
                  (hypergeometric.BINOMIAL_SERIES, {k: i, s: n, hypergeometric.z: z}), (solving.GAMMA_DUPLICATION, {s: n}))  # fmt: skip


def over_exponentials(says: Claim, a: Expr, order: Expr, rate: Expr = b, last: tuple[Move, ...] = ()) -> Derivation:
    """x^(s−1) e^(−abx) (1 − e^(−bx))^(−n) is Σ Γ(k + n)/(k! Γ(n)) x^(s−1) e^(−(k + a)bx), and each term is a gamma integral."""
    power, plain = without_power(says, bose.m)
    constant = v ** (s - 1) * exp(-a * rate * v)
    z, weight = exp(-rate * v), gamma(i + order) / (factorial(i) * gamma(order))
    return proved(says, power,
                  *exchanged(plain, constant * z**i * weight, i, NATURALS, scaled(i, NATURALS, constant, z**i * weight),
                             (hypergeometric.BINOMIAL_SERIES, {k: i, s: order, hypergeometric.z: z})),
                  rewritten(Total(constant * z**i * weight, v, POSITIVE), weight * v ** (s - 1) * exp(-(i + a) * rate * v)),
                  *gamma_of(v, s, (i + a) * rate, weight),
                  scaled(i, NATURALS, gamma(s) * rate ** (-s), (i + a) ** (order - 1 - s)),
                  (lattice.HURWITZ_DEFINITION, {k: i, lattice.v: a, s: s + 1 - order}), *last)  # fmt: skip


def sinh_integral() -> Derivation:
    """The same at twice the rate with a = 1/2; and ζ(s) = 2^(−s) ζ(s, 1/2) + 2^(−s) ζ(s), its odd terms and its even ones."""
    parts = (2 ** (-s) * zeta(s, S.Half), 2 ** (-s) * zeta(s))
    letters = [premise.right for premise in ranges.BY_REMAINDER.rests_on]
    classes = tuple(ending(follow(
        Total((2 * o + r + 1) ** (-s), o, NATURALS), scaled(o, NATURALS, 2 ** (-s), (o + S(r + 1) / 2) ** (-s)),
        (lattice.HURWITZ_DEFINITION, {k: o, lattice.v: S(r + 1) / 2})), part) for r, part in enumerate(parts))  # fmt: skip
    whole = Total((i + 1) ** (-s), i, NATURALS)
    sorted_ = {SIZE: Integer(2), k: i, j: o, f: Lambda(i, whole.body), **dict(zip(letters, parts, strict=True))}
    both = ending(follow(zeta(s), known(zeta(s), whole, (lattice.HURWITZ_DEFINITION, {k: i, lattice.v: S.One})),
                         (ranges.BY_REMAINDER, sorted_, classes)), sum(parts))  # fmt: skip
    solved = (solving.SOLVED_FOR, {L: zeta(s), R: zeta(s, S.Half), c: 2 ** (-s), A: parts[1]}, (both,))
    return over_exponentials(bose.SINH_INTEGRAL.says, S.Half, S.One, 2 * b, (solved,))


PROOFS: dict[str, Callable[[], Derivation]] = {
    "binomial_series": binomial_series,
    "binomial_theorem_with_factorials": binomial_with_factorials,
    "gauss_theorem": gauss_theorem,
    "vandermonde_beta": vandermonde_beta,
    "log_series": log_series,
    "atanh_series": atanh_series,
    "bessel_k_generating": bessel_k_generating,
    "bessel_i_gaussian": bessel_i_gaussian,
    "bessel_i_gaussian_mellin": bessel_i_gaussian_mellin,
    "bessel_i_laplace_mellin": bessel_i_laplace_mellin,
    "bessel_i_laplace": bessel_i_laplace,
    "bose_integral": partial(over_exponentials, bose.BOSE_INTEGRAL.says, S.One, S.One),
    "sinh_integral": sinh_integral,
    "hurwitz_integral": partial(over_exponentials, bose.HURWITZ_INTEGRAL.says, bose.a, S.One),
    "bose_squared_integral": partial(over_exponentials, bose.BOSE_SQUARED.says, S.One, S(2)),
}
