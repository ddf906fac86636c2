"""Special functions that mpmath computes slowly for some arguments, at the working precision."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from typing import Any

import mpmath
import sympy
from flint import acb, arb, ctx
from mpmath import mp, mpf

from derive.check.bessel_balls import k_at

NEAR_ONE = 0.9  # ratios of a series' terms up to which it is added up
MOST_TERMS = 2000

MOST_BELL = 400  # Bell's numbers are computed up to this one


def besseli(order: Any, z: Any) -> Any:
    """I_n(z), by I_(-n) = I_n for integers n."""
    return mpmath.besseli(abs(order) if mp.isint(order) else order, z)


def GammaSize(p: Any, q: Any) -> Any:
    """|Γ(p + iq)|²."""
    return abs(mpmath.gamma(mpmath.mpc(p, q))) ** 2


def airyaiprime(z: Any) -> Any:
    """Ai′(z)."""
    return mpmath.airyai(z, derivative=1)


def airybiprime(z: Any) -> Any:
    """Bi′(z)."""
    return mpmath.airybi(z, derivative=1)


def besselk(order: Any, z: Any) -> Any:
    """K_ν(z). For real ν and z > 0 by Arb, which is much the quickest, where its ball has the digits; else by mpmath."""
    order, z = mp.mpmathify(order), mp.mpmathify(z)
    if not (isinstance(order, mpf) and isinstance(z, mpf) and 0 < z < 1e12 and abs(order) < 50):
        return mpmath.besselk(order, z)
    nu = acb(order)
    with ctx.workprec(mp.prec + 10):
        found = k_at(lambda: nu, acb(z)).real
    return +mpf(found.mid()) if found.rel_accuracy_bits() >= mp.prec else mpmath.besselk(order, z)


def by_arb(*numbers: Any, value: Callable[..., acb]) -> Any:
    """A function of real numbers by Arb, where its ball has the digits; else None."""
    found = [mp.mpmathify(number) for number in numbers]
    if not all(isinstance(number, mpf) and mp.isfinite(number) for number in found):
        return None
    with ctx.workprec(mp.prec + 20):
        ball = value(*map(acb, found))
        return +mpf(ball.real.mid()) if ball.imag.contains(0) and ball.real.rel_accuracy_bits() >= mp.prec else None


def polylog(order: Any, z: Any) -> Any:
    """Li_s(z)."""
    found = by_arb(order, z, value=lambda s, z: z.polylog(s)) if z < 1 else None
    return mpmath.polylog(order, z) if found is None else found


def lerchphi(z: Any, s: Any, q: Any) -> Any:
    """Φ(z, s, q), as ∑ z^k (k + q)^(−s)."""
    found = by_arb(z, s, q, value=acb.lerch_phi) if z < 1 and q > 0 else None
    return mpmath.lerchphi(z, s, q) if found is None else found


def appellf1(a: Any, b: Any, d: Any, c: Any, x: Any, y: Any) -> Any:
    """F₁(a; b, d; c; x, y), where x or y is small enough as ∑ (a)_m (b)_m/((c)_m m!) x^m ₂F₁(a + m, d; c + m; y) (DLMF 16.13.1)."""
    if abs(x) > abs(y):
        b, d, x, y = d, b, y, x
    found = by_arb(a, b, d, c, x, y, value=appell_series) if abs(x) < NEAR_ONE and y < 1 else None
    return mpmath.appellf1(a, b, d, c, x, y) if found is None else found


def appell_series(a: acb, b: acb, d: acb, c: acb, x: acb, y: acb) -> acb:
    total, front, m, small = acb(0), acb(1), 0, 0
    while small < 3:
        term = front * y.hypgeom_2f1(a + m, d, c + m)
        total += term
        small = small + 1 if term.abs_upper() < total.abs_lower() * arb(2) ** -ctx.prec else 0
        if not total.is_finite() or m > MOST_TERMS:
            return acb(arb.nan())
        front, m = front * (a + m) * (b + m) * x / ((c + m) * (m + 1)), m + 1
    return total


def choose(n: Any, k: Any) -> Any:
    """C(n, k), exactly for whole numbers: gamma functions have poles there."""
    if mp.isint(n) and mp.isint(k) and 0 <= n < 10**4:
        return mpf(math.comb(int(n), int(k))) if k >= 0 else mp.zero
    return mpmath.binomial(n, k)


def harmonic(n: Any, s: Any = 1) -> Any:
    """The generalized harmonic number 1 + 2^(-s) + … + n^(-s), by the Hurwitz zeta function where s is not 1."""
    return mpmath.harmonic(n) if s == 1 else mpmath.zeta(s) - mpmath.zeta(s, n + 1)


def fibonacci(n: Any) -> Any:
    """Fibonacci's number F_n."""
    return mpf(int(sympy.fibonacci(counted(n))))


def lucas(n: Any) -> Any:
    """Lucas's number L_n."""
    return mpf(int(sympy.lucas(counted(n))))


def subfactorial(n: Any) -> Any:
    """The number of derangements of n things."""
    return mpf(int(sympy.subfactorial(counted(n))))


def bell(n: Any) -> Any:
    """Bell's number B_n."""
    return mpf(bell_numbers()[counted(n, MOST_BELL)])


def counted(n: Any, most: int = 10**4) -> int:
    """n as a whole number that is not too large."""
    if not mp.isint(n) or not 0 <= n < most:
        raise ValueError(f"{mpmath.nstr(n, 5)} is out of reach")
    return int(n)


@lru_cache(maxsize=1)
def bell_numbers() -> list[int]:
    """The first of Bell's numbers, from the triangle of Peirce."""
    row, found = [1], [1]
    while len(found) < MOST_BELL:
        row = list(accumulate(row, initial=row[-1]))
        found.append(row[0])
    return found
