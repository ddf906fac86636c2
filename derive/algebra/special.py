"""Special functions as the normal form and the signs see them: one way of writing each, and where they are real or positive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import (
    Add,
    Expr,
    Mul,
    Rational,
    S,
    airyai,
    airyaiprime,
    airybi,
    airybiprime,
    asin,
    asinh,
    assoc_laguerre,
    atan,
    atanh,
    bell,
    besseli,
    besselj,
    besselk,
    betainc,
    chebyshevt,
    chebyshevu,
    dirichlet_eta,
    elliptic_k,
    euler,
    exp,
    expand,
    factorial,
    fibonacci,
    gamma,
    gegenbauer,
    hermite,
    hyper,
    jacobi,
    laguerre,
    legendre,
    lerchphi,
    loggamma,
    lowergamma,
    lucas,
    pi,
    rf,
    sqrt,
    subfactorial,
    zeta,
)

from derive.algebra.hyper_names import shorter_name

if TYPE_CHECKING:
    from derive.algebra.signs import Facts

COUNTING = (fibonacci, lucas, bell, subfactorial)  # numbers that count something: whole and ≥ 0
POLYNOMIALS = (assoc_laguerre, laguerre, hermite, legendre, chebyshevt, chebyshevu, gegenbauer, jacobi)
REAL = (*POLYNOMIALS, besselj, airyai, airybi, airyaiprime, airybiprime)
POSITIVE = (assoc_laguerre, laguerre, legendre, hyper, airyai, airybi, lowergamma, betainc, dirichlet_eta, elliptic_k, loggamma, *COUNTING)
HALF = Rational(1, 2)
FEW = 4  # terms up to which a series that ends is written out


def plainly(e: Expr) -> Expr | None:
    """Another way of writing a function whose arguments are in normal form, where that is the customary one; None where `e` is.

    >>> from sympy.abc import a, z
    >>> plainly(besselk(-a, z)), plainly(hyper([a], [a], z)), plainly(betainc(a, 1, 0, z))
    (besselk(a, z), exp(z), z**a/a)
    """
    if isinstance(e, besselk):  # K_(-ν) = K_ν
        order, z = e.args
        if (n := abs(order) - HALF).is_Integer and n <= FEW:  # DLMF 10.49.12
            parts = (factorial(n + k) / (factorial(k) * factorial(n - k) * (2 * z) ** k) for k in range(int(n) + 1))
            return sqrt(pi / (2 * z)) * exp(-z) * Add(*parts)
        return besselk(-order, z) if order.could_extract_minus_sign() else None
    if isinstance(e, besseli):  # I_(-n) = I_n for integers n
        order, z = e.args
        return besseli(-order, z) if order.is_integer and order.could_extract_minus_sign() else None
    if isinstance(e, (zeta, lerchphi)):
        return series_from(e)
    if isinstance(e, betainc):  # ∫ x^(s−1) dx and ∫ (1 − x)^(q−1) dx; arcsines for half-integers
        s, q, low, high = e.args
        if all((p - HALF).is_Integer and 0 < p < FEW for p in (s, q)):
            return by_arcsines(s, q, high) - by_arcsines(s, q, low)
        return (high**s - (low**s if low != 0 else 0)) / s if q == 1 else ((1 - low) ** q - (1 - high) ** q) / q if s == 1 else None
    return without_common_parameters(e) if isinstance(e, hyper) else None


def by_arcsines(s: Expr, q: Expr, u: Expr) -> Expr:
    """∫_0^u x^(s−1) (1 − x)^(q−1) dx for s, q = ½, 3/2, …: 2 arcsin √u for s = q = ½, the others by (DLMF 8.17.20, 8.17.21)
    (s + q) B_u(s + 1, q) = s B_u(s, q) − u^s (1 − u)^q and (s + q) B_u(s, q + 1) = q B_u(s, q) + u^s (1 − u)^q.

    >>> from sympy.abc import u
    >>> by_arcsines(S(3) / 2, HALF, u)
    -sqrt(u)*sqrt(1 - u) + asin(sqrt(u))
    """
    if s > HALF:
        return ((s - 1) * by_arcsines(s - 1, q, u) - u ** (s - 1) * (1 - u) ** q) / (s + q - 1)
    if q > HALF:
        return ((q - 1) * by_arcsines(s, q - 1, u) + u**s * (1 - u) ** (q - 1)) / (s + q - 1)
    return 2 * asin(sqrt(u))


def series_from(e: Expr) -> Expr | None:
    """ζ(s, a) and Φ(−1, s, a) for a = 1, 2, 3, 4, where they are ζ and η without their first terms, and at a = ½, 3/2, … (DLMF 25.11.11).

    >>> from sympy.abc import s
    >>> series_from(lerchphi(-1, s, 2)), series_from(zeta(s, HALF))
    (1 - dirichlet_eta(s), (2**s - 1)*zeta(s))
    >>> series_from(zeta(s, S(3) / 2))
    -2**s + (2**s - 1)*zeta(s)
    """
    if len(e.args) != (2 if isinstance(e, zeta) else 3) or isinstance(e, lerchphi) and e.args[0] != -1:
        return None
    (s, a), sign = e.args[-2:], 1 if isinstance(e, zeta) else -1
    if (a - HALF).is_Integer and 0 < a <= FEW:
        found = (2**s - 1) * zeta(s) if sign == 1 else alternating_odd(s)
        for j in range(int(a)) if found is not None else ():
            found = sign * (found - (j + HALF) ** -s)
        return found
    if not (a.is_Integer and 0 < a <= FEW):
        return None
    head = Add(*(sign ** (j - 1) * S(j) ** -s for j in range(1, int(a))))
    return (zeta(s) if sign == 1 else dirichlet_eta(s)) * sign ** (a - 1) - sign ** (a - 1) * head


def alternating_odd(s: Expr) -> Expr | None:
    """Φ(−1, s, ½) = 2^s Σ (−1)^k/(2k + 1)^s: Catalan's constant for s = 2, and a power of π for odd s (DLMF 24.8.4)."""
    if s == 2:
        return 4 * S.Catalan
    if not (s.is_Integer and s % 2 == 1 and 0 < s <= 2 * FEW):
        return None
    n = s - 1
    return 2**s * abs(euler(n)) * pi**s / (2 ** (s + 1) * factorial(n))


def without_common_parameters(e: hyper) -> Expr | None:
    """A parameter that stands above and below cancels; what is left may be elementary. At 0 the series is its first term."""
    if e.args[2] == 0:
        return S.One
    common = next((p for p in e.ap if p in e.bq and (p.is_positive or not p.is_integer)), None)
    if common is None:
        return elementary(e)
    above, below = list(e.ap), list(e.bq)
    above.remove(common)
    below.remove(common)
    left = hyper(above, below, e.argument)
    return (elementary(left) or left) if isinstance(left, hyper) else left


def elementary(e: hyper) -> Expr | None:
    """₀F₀(z) = e^z and ₁F₀(a; z) = (1 − z)^(−a) (DLMF 15.4.6), polynomials, and ₂F₁ where it is a product of gamma functions."""
    if not e.bq and len(e.ap) <= 1:
        return (1 - e.argument) ** -e.ap[0] if e.ap else exp(e.argument)
    if any(few(-p) for p in e.ap):
        return short_series(list(e.ap), list(e.bq), e.argument)
    return transformed(e) or gauss_at_half(e) or named_by_gauss(e) or shorter_name(e) if len(e.bq) == 1 else None


def named_by_gauss(e: hyper) -> Expr | None:
    """₂F₁(½, 1; 3/2; ∓z²) = arctan z/z and artanh z/z, ₂F₁(½, ½; 3/2; ±z²) = arcsin z/z and arsinh z/z (DLMF 15.4.2-15.4.5).

    >>> from sympy import Symbol
    >>> a = Symbol("a", positive=True)
    >>> named_by_gauss(hyper([HALF, HALF], [3*HALF], -1/a**2))
    a*asinh(1/a)
    """
    if e.bq[0] != 3 * HALF or sorted(e.ap, key=str) not in ([S.One, HALF], [HALF, HALF]):
        return None
    falls = e.argument.is_negative
    if not falls and not e.argument.is_positive:
        return None
    z = sqrt(-e.argument if falls else e.argument)
    return (asinh if falls else asin)(z) / z if S.One not in e.ap else (atan if falls else atanh)(z) / z


def few(n: Expr) -> bool:
    return bool(n.is_Integer) and 0 <= n <= FEW


def short_series(above: list[Expr], below: list[Expr], z: Expr) -> Expr | None:
    """ₚF_q with a small whole −n above: a polynomial of degree n."""
    n = int(min(-p for p in above if few(-p)))
    if any(q.is_Integer and q <= 0 for q in below):
        return None
    return Add(*(Mul(*(rf(p, k) for p in above), *(1 / rf(q, k) for q in below)) * z**k / factorial(k) for k in range(n + 1)))


def transformed(e: hyper) -> Expr | None:
    """₁F₁(a; c; z) = e^z ₁F₁(c − a; c; −z) and ₂F₁(a, b; c; z) = (1 − z)^(c−a−b) ₂F₁(c − a, c − b; c; z) (DLMF 13.2.39, 15.8.1), where they end.

    >>> from sympy.abc import a, z
    >>> transformed(hyper([a + 1], [a], z))
    (1 + z/a)*exp(z)
    """
    (c,), z = e.bq, e.argument
    shifted = [expand(c - p) for p in e.ap]
    if len(shifted) > 2 or not any(few(-p) for p in shifted):
        return None
    series = short_series(shifted, [c], -z if len(shifted) == 1 else z)
    if series is None:
        return None
    return series * (exp(z) if len(shifted) == 1 else (1 - z) ** expand(c - Add(*e.ap)))


def gauss_at_half(e: hyper) -> Expr | None:
    """Gauss's and Bailey's theorems at ½ and Kummer's at −1 (DLMF 15.4.28-15.4.30)."""
    if len(e.ap) != 2 or e.argument not in (HALF, -1):
        return None
    (c,) = e.bq
    for a, b in (tuple(e.ap), tuple(e.ap)[::-1]):
        if e.argument == HALF and expand(2 * c - a - b) == 1:
            return sqrt(pi) * gamma(c) / (gamma((a + 1) / 2) * gamma((b + 1) / 2))
        if e.argument == HALF and expand(a + b) == 1:
            return 2 ** (1 - c) * sqrt(pi) * gamma(c) / (gamma((a + c) / 2) * gamma((c - a + 1) / 2))
        if e.argument == -1 and expand(c - 1 - a + b) == 0:
            return gamma(c) * gamma(1 + a / 2) / (gamma(1 + a) * gamma(1 + a / 2 - b))
    return None


def is_real(e: Expr, facts: Facts) -> bool:
    """Orthogonal polynomials of whole degree, Airy functions and J_ν (of whole order, or at z > 0), at real arguments."""
    if isinstance(e, POLYNOMIALS) and not (e.args[0].is_integer and e.args[0].is_nonnegative):
        return False
    if isinstance(e, besselj) and not (e.args[0].is_integer or facts.positive(e.args[1])):
        return False
    return all(facts.real(a) for a in e.args)


def is_positive(e: Expr, facts: Facts) -> bool:
    """ₚF_q with positive parameters at z ≥ 0, for p = q + 1 up to 1, where its series ends (DLMF 16.2); Ai and Bi at z ≥ 0; γ(s, z) for
    s, z > 0; η(s) for s ≥ 0; B(s, q) from u to v, 0 ≤ u < v ≤ 1; L_n at z ≤ 0, as ₁F₁(−n; b; z) for b > 0, and P_n at z ≥ 1."""
    if isinstance(e, COUNTING):  # F_0 = 0 and one derangement of 1 is missing
        least = {fibonacci: 1, subfactorial: 2}.get(e.func, 0)
        return bool(e.args[0].is_integer) and facts.nonnegative(e.args[0] - least)
    if isinstance(e, (assoc_laguerre, laguerre, legendre)):
        n, *order, z = e.args
        place = facts.nonnegative(z - 1) if isinstance(e, legendre) else facts.nonnegative(-z)
        return bool(n.is_integer) and facts.nonnegative(n) and place and all(facts.positive(a + 1) for a in order)
    if isinstance(e, hyper) and len(e.ap) == len(e.bq) == 1 and e.ap[0].is_integer and facts.nonnegative(-e.ap[0]):
        return facts.nonnegative(-e.argument) and facts.positive(e.bq[0])
    if isinstance(e, hyper) and len(e.ap) == len(e.bq) == 1 and facts.nonnegative(-e.argument):  # e^z ₁F₁(b − a; b; −z), DLMF 13.2.39
        return facts.positive(e.bq[0]) and facts.nonnegative(e.bq[0] - e.ap[0])
    if isinstance(e, hyper):
        within = len(e.ap) <= len(e.bq) or len(e.ap) == len(e.bq) + 1 and facts.nonnegative(1 - e.argument)
        return within and facts.nonnegative(e.argument) and all(facts.positive(p) for p in (*e.ap, *e.bq))
    if isinstance(e, loggamma):  # convex, and 0 at 1 and 2
        return facts.positive(e.args[0]) and (facts.positive(1 - e.args[0]) or facts.positive(e.args[0] - 2))
    if isinstance(e, (airyai, airybi, dirichlet_eta)):
        return facts.nonnegative(e.args[0])
    if isinstance(e, elliptic_k):  # K(m) is the integral of 1/√(1 − m sin² θ)
        return facts.positive(1 - e.args[0])
    if isinstance(e, betainc):
        s, q, low, high = e.args
        return all(map(facts.positive, (s, q, high - low))) and facts.nonnegative(low) and facts.nonnegative(1 - high)
    return all(facts.positive(a) for a in e.args)
