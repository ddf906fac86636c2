"""Special functions that mpmath computes slowly for some arguments, at the working precision."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import mpmath
from mpmath import mp, mpf


def besseli(order: Any, z: Any) -> Any:
    """I_n(z), by I_(-n) = I_n for integers n."""
    return mpmath.besseli(abs(order) if mp.isint(order) else order, z)


def airyaiprime(z: Any) -> Any:
    """Ai′(z)."""
    return mpmath.airyai(z, derivative=1)


def airybiprime(z: Any) -> Any:
    """Bi′(z)."""
    return mpmath.airybi(z, derivative=1)


def besselk(order: Any, z: Any) -> Any:
    """K_ν(z). For real ν and z > 0.3 by the integral of exp(-z cosh t) cosh(νt) over (0, ∞) (DLMF 10.32.9).

    The integrand is even and entire, so the trapezoid rule with step h is off by exp(-2πη/h + z(1 - cos η)) for every η < π/2.
    """
    order, z = mp.mpmathify(order), mp.mpmathify(z)
    real = isinstance(order, mpf) and isinstance(z, mpf)
    if not (real and 0.3 < z < 1e12 and abs(order) < 50) or mp.isint(order - 0.5):
        return mpmath.besselk(order, z)
    nats, size = (mp.prec + 10) * math.log(2), float(z)
    step = min(math.pi**2 / nats * 0.9, math.sqrt(2 * math.pi**2 / nats / size) * 0.9)
    level = math.ceil(-math.log2(step))
    farthest = math.acosh(1 + (nats + abs(float(order)) * math.acosh(1 + nats / size)) / size)
    with mp.workprec(mp.prec + 10 + max(0, mp.mag(z))):
        total = mp.exp(-z) / 2
        for j in range(1, int(farthest * 2**level) + 2):
            near, far = cosh_pair(j, level, order, mp.prec)
            total += mp.exp(-z * near) * far
        return mp.ldexp(total, -level)


def choose(n: Any, k: Any) -> Any:
    """C(n, k), exactly for whole numbers: gamma functions have poles there."""
    if mp.isint(n) and mp.isint(k) and 0 <= n < 10**4:
        return mpf(math.comb(int(n), int(k))) if k >= 0 else mp.zero
    return mpmath.binomial(n, k)


def harmonic(n: Any, s: Any = 1) -> Any:
    """The generalized harmonic number 1 + 2^(-s) + … + n^(-s), by the Hurwitz zeta function where s is not 1."""
    return mpmath.harmonic(n) if s == 1 else mpmath.zeta(s) - mpmath.zeta(s, n + 1)


@lru_cache(maxsize=8192)
def cosh_pair(j: int, level: int, order: mpf, prec: int) -> tuple[mpf, mpf]:
    """cosh t and cosh νt at t = j/2**level."""
    with mp.workprec(prec):
        t = mp.ldexp(mpf(j), -level)
        return mp.cosh(t), mp.cosh(order * t)
