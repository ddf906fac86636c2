"""Identities between special functions, used to bring two expressions into one form before they are compared.

Each rewrite is an identity where its conditions are proved; what is not proved is left as it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from math import comb

from sympy import (
    Add,
    Basic,
    Dummy,
    Ei,
    Expr,
    I,
    Mul,
    Pow,
    Rational,
    S,
    besseli,
    besselk,
    beta,
    betainc,
    binomial,
    cos,
    cosh,
    cot,
    csc,
    dirichlet_eta,
    erf,
    erfc,
    exp,
    expint,
    factor_terms,
    factorial,
    factorial2,
    gamma,
    harmonic,
    hyper,
    lerchphi,
    log,
    loggamma,
    lowergamma,
    pi,
    polygamma,
    polylog,
    sec,
    sech,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
    uppergamma,
    zeta,
)  # fmt: skip

from derive.algebra.monomials import ONE, ZERO, rational
from derive.algebra.normal import canonical, terms
from derive.algebra.signs import Facts
from derive.grade.equal.falling import half_beta
from derive.grade.equal.gammas import MOST_ORDER, binomial_below_zero, gamma_of_rational, gamma_table
from derive.grade.equal.hypergeometric import hypergeometric
from derive.language.totals import Total


def rewritten_together(a: Expr, b: Expr, facts: Facts) -> tuple[Expr, Expr]:
    """Both expressions after every rewrite, where gamma functions of both are matched with each other."""
    a, b = rewritten(a, facts), rewritten(b, facts)
    if not (a.has(*RELATED) or b.has(*RELATED)):
        return a, b
    a, b = (e.replace(beta, lambda p, q: gamma(p) * gamma(q) / gamma(p + q)) for e in (a, b))
    a, b = (e.replace(factorial, lambda n: gamma(n + 1)) for e in (a, b))
    a, b = canonical(a, facts), canonical(b, facts)
    table = gamma_table([*a.atoms(gamma), *b.atoms(gamma)])
    return a.xreplace(table), b.xreplace(table)


TRIGONOMETRIC = (sin, cos)
RELATED = (gamma, factorial, *TRIGONOMETRIC)


def as_exponentials(e: Expr, facts: Facts) -> Expr:
    """`e` with sines and cosines by Euler's formula, where e is rational in them: no root sees a complex number."""
    found = [f for f in e.atoms(*TRIGONOMETRIC) if not f.args[0].is_number and facts.real(f.args[0])]
    letters = {f: Dummy() for f in found}
    if not found or not e.xreplace(letters).is_rational_function(*letters.values()):
        return e
    for f in found:
        up, down = (Mul(*(exp(s * I * t) for t in Add.make_args(f.args[0].expand()))) for s in (1, -1))
        e = e.xreplace({f: (up - down) / (2 * I) if isinstance(f, sin) else (up + down) / 2})
    return e


def rewritten(e: Expr, facts: Facts) -> Expr:
    """`e` with each rewrite carried out, from the inside out."""
    if not e.args or isinstance(e, Total):
        return e
    args = [rewritten(a, facts) if isinstance(a, Expr) else a for a in e.args]
    again = e.func(*args) if tuple(args) != e.args else e
    rule = RULES.get(again.func)
    found = rule(again, facts) if rule is not None and again.args else None
    return again if found is None or found == again else rewritten(found, facts)


Rewrite = Callable[[Basic, Facts], Expr | None]


def bessel_k(e: Expr, facts: Facts) -> Expr | None:
    """K_{n+1/2}(z) = √(π/2z) e^(−z) Σ (n+k)!/(k! (n−k)! (2z)^k), DLMF 10.49.12; K_{−ν} = K_ν."""
    nu, z = e.args
    if nu.could_extract_minus_sign():
        return besselk(-nu, z)
    n = nu - S.Half
    if not (n.is_Integer and 0 <= n <= MOST_ORDER and facts.positive(z)):
        return None
    series = Add(*(factorial(n + k) / (factorial(k) * factorial(n - k) * (2 * z) ** k) for k in range(int(n) + 1)))
    return sqrt(pi / (2 * z)) * exp(-z) * series


def bessel_i(e: Expr, facts: Facts) -> Expr | None:
    """I_{±1/2} by sinh and cosh, others by I_{ν+1} = I_{ν−1} − (2ν/z) I_ν, DLMF 10.47.7, 10.29.1; I_{−n} = I_n."""
    nu, z = e.args
    if nu.is_integer and nu.could_extract_minus_sign():
        return besseli(-nu, z)
    if nu.is_Integer or not (nu - S.Half).is_Integer or abs(nu) > MOST_ORDER or not facts.positive(z):
        return None
    low, high = sqrt(2 / (pi * z)) * cosh(z), sqrt(2 / (pi * z)) * sinh(z)  # orders −1/2 and 1/2
    order = S.Half
    while order < nu:
        low, high, order = high, low - 2 * order / z * high, order + 1
    while order > nu + 1:
        low, high, order = high + 2 * (order - 1) / z * low, low, order - 1
    return high if order == nu else low


def incomplete(e: Expr, facts: Facts) -> Expr | None:
    """Γ(s, z): by erfc for s = 1/2, and Γ(s + 1, z) = s Γ(s, z) + z^s e^(−z) down to 0 < s ≤ 1 or the least shift, DLMF 8.8.2."""
    s, z = e.args
    if s == 1:
        return exp(-z)
    if s == S.Half and facts.nonnegative(z):
        return sqrt(pi) * erfc(sqrt(z))
    constant = constant_part(s, facts)
    if constant > 1:
        return (s - 1) * uppergamma(s - 1, z) + z ** (s - 1) * exp(-z) if constant <= MOST_ORDER else None
    if constant <= -1 or (constant <= 0 and s.is_Rational and s < 0):
        return (uppergamma(s + 1, z) - z**s * exp(-z)) / s if constant >= -MOST_ORDER else None
    return None


def constant_part(s: Expr, facts: Facts) -> Rational:
    return rational(terms(s, facts).get(ONE, ZERO))


def exponential_integral(e: Expr, facts: Facts) -> Expr | None:
    """E_{n+1}(z) = (e^(−z) − z E_n(z))/n down to E₁, and E_ν(z) = z^(ν−1) Γ(1 − ν, z), DLMF 8.19.12, 8.19.1."""
    nu, z = e.args
    if nu.is_Integer and 1 < nu <= MOST_ORDER:
        return (exp(-z) - z * expint(nu - 1, z)) / (nu - 1)
    return z ** (nu - 1) * uppergamma(1 - nu, z) if facts.positive(z) else None


def ei(e: Expr, facts: Facts) -> Expr | None:
    """Ei(−z) = −E₁(z) = −Γ(0, z) for z > 0, DLMF 6.2.6."""
    (z,) = e.args
    return -uppergamma(0, -z) if facts.positive(-z) else None


def hurwitz(e: Expr, facts: Facts) -> Expr | None:
    """ζ(s, 1/2) = (2^s − 1) ζ(s), ζ(s, n + 1) = ζ(s, n) − n^(−s), DLMF 25.11.3, 25.11.11; ζ(s, 1) = ζ(s)."""
    if len(e.args) == 1:
        return None
    s, a = e.args
    if a == 1:
        return zeta(s)
    if a == S.Half:
        return (2**s - 1) * zeta(s)
    if a.is_Rational and 1 < a <= MOST_ORDER:
        return zeta(s, a - 1) - (a - 1) ** (-s)
    return None


def poly_log(e: Expr, facts: Facts) -> Expr | None:
    """Li_s(1) = ζ(s), Li_s(−1) = −η(s), Li_1(z) = −log(1 − z), Li_0(z) = z/(1 − z), DLMF 25.12."""
    s, z = e.args
    if z == 1:
        return zeta(s)
    if z == -1:
        return -dirichlet_eta(s)
    if s == 1:
        return -log(1 - z)
    if s.is_Integer and -4 <= s <= 0:
        return eulerian(int(-s), z)
    return None


def eulerian(n: int, z: Expr) -> Expr:
    """Li_{−n}(z) = Σ_k k! S(n, k) z^k/(1 − z)^(k+1), S the Stirling numbers of the second kind."""

    def stirling(m: int, k: int) -> Rational:
        return Add(*((-1) ** (k - j) * comb(k, j) * j**m for j in range(k + 1))) / factorial(k)

    if n == 0:
        return z / (1 - z)
    return Add(*(factorial(k) * stirling(n, k) * z**k / (1 - z) ** (k + 1) for k in range(1, n + 1)))


def lerch(e: Expr, facts: Facts) -> Expr | None:
    """Φ(1, s, a) = ζ(s, a), Φ(z, s, 1) = Li_s(z)/z, DLMF 25.14."""
    z, s, a = e.args
    if z == 1:
        return zeta(s, a)
    return polylog(s, z) / z if a == 1 and facts.nonzero(z) else None


def psi(e: Expr, facts: Facts) -> Expr | None:
    """ψ(z + 1) = ψ(z) + 1/z, DLMF 5.5.2."""
    n, z = e.args
    if n != 0 or z.is_number:
        return None
    shift = int(constant_part(z, facts) // 1)
    if shift == 0 or abs(shift) > MOST_ORDER:
        return None
    base = z - shift
    return polygamma(0, base) + (
        Add(*(1 / (base + i) for i in range(shift))) if shift > 0 else -Add(*(1 / (z + i) for i in range(-shift)))
    )


def log_of_product(e: Expr, facts: Facts) -> Expr | None:
    """log ∏ b^c = Σ c log b for b > 0 and real c."""
    parts = [f.as_base_exp() for f in Mul.make_args(e.args[0])]
    if parts == [(e.args[0], S.One)] or not all(facts.positive(b) and facts.real(c) for b, c in parts):
        return None
    return Add(*(c * log(b) for b, c in parts))


PYTHAGORAS = (  # a + b f² = c g² for the functions f and g of one argument
    (sin, 1, -1, 1, cos), (cos, 1, -1, 1, sin), (tan, 1, 1, 1, sec), (cot, 1, 1, 1, csc), (sec, -1, 1, 1, tan), (csc, -1, 1, 1, cot),
    (sinh, 1, 1, 1, cosh), (cosh, -1, 1, 1, sinh), (tanh, 1, -1, 1, sech),
)  # fmt: skip


def under_root(e: Expr, facts: Facts) -> Expr | None:
    """√(R² − R² sin² u) as √(R² cos² u), and the like, DLMF 4.21.12, 4.35.11: for a power that is not whole."""
    base, power = e.as_base_exp()
    if power.is_integer or not base.has(*{row[0] for row in PYTHAGORAS}):
        return None
    done = Mul(*(squared(f) for f in Mul.make_args(factor_terms(base))))
    return None if done == base else done**power


def squared(f: Expr) -> Expr:
    """A factor a + b sin² u as the one term that it is; itself where it is none."""
    for inner, a, b, c, outer in PYTHAGORAS if isinstance(f, Add) and len(f.args) == 2 else ():
        for one in f.atoms(inner):
            scale = f.coeff(one, 2) / b
            if not scale.has(one) and f - scale * (a + b * one**2) == 0:
                return scale * c * outer(one.args[0]) ** 2
    return f


def double_factorial(m: Expr) -> Expr | None:
    """(2n)!! = 2^n n! and (2n − 1)!! = 2^n Γ(n + 1/2)/√π, DLMF 5.4.2."""
    half = m / 2
    if half.is_integer:
        return 2**half * gamma(half + 1)
    return 2 ** (half + S.Half) * gamma(half + 1) / sqrt(pi) if (half + S.Half).is_integer else None


RULES: dict[type, Rewrite] = {
    besselk: bessel_k, besseli: bessel_i, uppergamma: incomplete, expint: exponential_integral, Ei: ei,
    lowergamma: lambda e, f: gamma(e.args[0]) - uppergamma(*e.args),
    zeta: hurwitz, polylog: poly_log, lerchphi: lerch, polygamma: psi, hyper: hypergeometric,
    gamma: lambda e, f: gamma_of_rational(e.args[0]), binomial: lambda e, f: binomial_below_zero(e, f),
    dirichlet_eta: lambda e, f: (1 - 2 ** (1 - e.args[0])) * zeta(e.args[0]) if e.args[0] != 1 else log(2),
    loggamma: lambda e, f: log(gamma(e.args[0])) if f.positive(e.args[0]) else None,
    harmonic: lambda e, f: polygamma(0, e.args[0] + 1) + S.EulerGamma if len(e.args) == 1 else None,
    factorial: lambda e, f: gamma(e.args[0] + 1) if e.args[0].is_Rational else None,
    csc: lambda e, f: 1 / sin(e.args[0]), sec: lambda e, f: 1 / cos(e.args[0]), cot: lambda e, f: cos(e.args[0]) / sin(e.args[0]),
    betainc: half_beta, Pow: under_root, erfc: lambda e, f: 1 - erf(e.args[0]), log: log_of_product,
    factorial2: lambda e, f: double_factorial(e.args[0]),
}  # fmt: skip
