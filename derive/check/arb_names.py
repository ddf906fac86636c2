"""Arb's functions of real numbers under the names that mpmath has for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import methodcaller
from typing import Any

from flint import acb, arb
from mpmath import mpf

from derive.check.bessel_balls import right_k
from derive.check.conjugates import gamma_size


def real_part(z: acb) -> arb:
    """A number that should be real; nothing where it is not."""
    return z.real if z.imag.contains(0) else arb.nan()


def incomplete(s: Any, lo: Any, hi: Any = None) -> arb:
    """mpmath's gammainc: Γ(s, lo), and γ(s, hi) from 0 on."""
    if hi is None or hi == arb.pos_inf():
        return arb(lo).gamma_upper(s)
    return arb(hi).gamma_lower(s) if lo == 0 else arb.nan()


def of_arb(name: str) -> Callable[..., arb]:
    """Arb's function of that name, for numbers of Python too: called on one of these, a method of Arb itself would bring down the process."""
    call = methodcaller(name)
    return lambda z: call(z if type(z) is arb else arb(z))


def swapped(name: str) -> Callable[[Any, Any], arb]:
    """A function f(s, z) that Arb writes z.f(s)."""
    return lambda s, z: getattr(arb(z), name)(arb(s))


BALL: dict[str, Any] = {
    "power": pow, "abs": abs, "mpf": lambda n: arb(mpf(n) if isinstance(n, tuple) else n), "inf": arb.pos_inf(),
    **{name: of_arb(name) for name in "exp log sqrt sin cos tan sec csc cot sinh cosh tanh sech csch coth asin acos atan asinh acosh "
                                      "atanh gamma rgamma erf erfc erfi digamma ei si ci shi chi floor ceil lambertw".split()},
    "loggamma": of_arb("lgamma"), "sign": of_arb("sgn"), "acot": lambda z: (1 / arb(z)).atan(), "factorial": lambda z: arb(z + 1).gamma(),
    "max": lambda *zs: reduce(arb.max, map(arb, zs)), "min": lambda *zs: reduce(arb.min, map(arb, zs)),
    "choose": lambda n, k: arb(n + 1).gamma() * arb(k + 1).rgamma() * arb(n - k + 1).rgamma(),
    "beta": lambda p, q: arb(p).gamma() * arb(q).gamma() * arb(p + q).rgamma(),
    "zeta": lambda s, q=1: arb(s).zeta(arb(q)), "polylog": swapped("polylog"), "expint": swapped("expint"),
    "besseli": swapped("bessel_i"), "besselj": swapped("bessel_j"), "bessely": swapped("bessel_y"),
    "besselk": lambda s, z: right_k(lambda: acb(arb(s).mid()), acb(z)).real if z > 0 else arb.nan(),  # as sharp in s as mpmath is
    "psi": lambda n, z: real_part(acb(z).polygamma(acb(n))), "polygamma": lambda n, z: real_part(acb(z).polygamma(acb(n))),
    "gammainc": incomplete, "GammaSize": lambda p, q: real_part(gamma_size(acb(p), acb(q))), "airyai": of_arb("airy_ai"), "airybi": of_arb("airy_bi"),
    "hyper": lambda p, q, z: real_part(acb(z).hypgeom(list(map(acb, p)), list(map(acb, q)))),
    "legendre": swapped("legendre_p"), "hermite": swapped("hermite_h"), "chebyt": swapped("chebyshev_t"), "chebyu": swapped("chebyshev_u"),
    "laguerre": lambda n, m, z: arb(z).laguerre_l(arb(n), arb(m)),
    "ellipk": lambda m: real_part(acb(m).elliptic_k()), "ellipe": lambda m: real_part(acb(m).elliptic_e())}  # fmt: skip
