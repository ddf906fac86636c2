"""How functions behave at an end: erf, arctan, tanh by their limits, K, I, Γ and E by the leading terms of the books.

One half of a recursion whose other half, for sums, products and powers, is asymptotics.py.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import (
    Abs,
    Expr,
    Function,
    S,
    acos,
    asin,
    asinh,
    atan,
    besseli,
    besselk,
    ceiling,
    cos,
    erf,
    erfc,
    exp,
    expint,
    floor,
    gamma,
    harmonic,
    log,
    lowergamma,
    pi,
    sin,
    sqrt,
    tan,
    tanh,
    uppergamma,
    zeta,
)

from derive.algebra import asymptotics
from derive.algebra.normal import canonical
from derive.algebra.rewrites import REWRITES
from derive.algebra.scales import Behaviour, T, direction, sign
from derive.algebra.signs import Facts

TAIL = Function("erfc·")  # erfc of what tends to +∞, by its tail alone


def by_tail(f: Expr, facts: Facts) -> Expr:
    """erf, erfc and arctan of a large argument as their limit and a tail, as in erfc(−z) = 2 − erfc z."""
    (z,) = f.args
    b = asymptotics.behaviour(z, facts)
    up = b and direction(b.scale, facts) == 1 and sign(b.coefficient, facts)
    if not up:
        return f
    if isinstance(f, atan):
        return up * pi / 2 - atan(1 / z)
    return {(erfc, 1): TAIL(z), (erfc, -1): 2 - TAIL(-z), (erf, 1): 1 - TAIL(z), (erf, -1): TAIL(-z) - 1}[f.func, up]


LINEAR_AT_ZERO = {asinh: S.One, sin: S.One, tan: S.One, tanh: S.One, atan: S.One, asin: S.One, erf: 2 / sqrt(pi), harmonic: pi**2 / 6}
AT_INFINITY = {atan: pi / 2, tanh: S.One, erf: S.One}


def two_argument_behaviour(e: Expr, facts: Facts) -> Behaviour | None:
    """K_ν, I_ν, Γ(s, z), γ(s, z) and E_ν at ∞ and at 0 (DLMF 10.25.3, 10.30.1–5, 8.11.2, 8.2.3, 8.7.1, 8.20.2)."""
    order, z = e.args
    inner = asymptotics.behaviour(z, facts)
    heading = inner and direction(inner.scale, facts)
    if order.has(T) or inner is None or not heading or not facts.positive(inner.coefficient):
        return None
    if isinstance(e, lowergamma):
        if not facts.positive(order):
            return None
        return Behaviour(gamma(order)) if heading == 1 else asymptotics.behaviour(z**order / order, facts)
    if heading == 1:
        return asymptotics.behaviour(LARGE[e.func](order, z), facts)
    if isinstance(e, besselk):
        order = order if facts.nonnegative(order) else -order
        small = gamma(order) * (2 / z) ** order / 2 if facts.positive(order) else -log(z) if order == 0 else None
    elif isinstance(e, besseli):
        small = (z / 2) ** order / gamma(order + 1) if facts.nonnegative(order) else None
    elif isinstance(e, expint):  # DLMF 6.6.2, 8.19.6, 8.19.8
        small = -log(z) if order == 1 else 1 / (order - 1) if facts.positive(order - 1) else None
    else:
        small = None
    return None if small is None else asymptotics.behaviour(small, facts)


LARGE: dict[type, Callable[[Expr, Expr], Expr]] = {
    besselk: lambda order, z: sqrt(pi / (2 * z)) * exp(-z),
    besseli: lambda order, z: exp(z) / sqrt(2 * pi * z),
    uppergamma: lambda s, z: z ** (s - 1) * exp(-z),
    expint: lambda order, z: exp(-z) / z,
}


def function_behaviour(e: Expr, facts: Facts) -> Behaviour | None:
    """Odd functions with limits at infinity, erfc by its tail, and continuous functions at a finite argument."""
    if e.func is TAIL:
        return asymptotics.behaviour(exp(-(e.args[0] ** 2)) / (e.args[0] * sqrt(pi)), facts)
    if isinstance(e, tan) and (found := asymptotics.behaviour(REWRITES[tan](*e.args), facts)) is not None:
        return found  # at its poles
    if e.func in REWRITES and e.func not in (tanh, erfc, tan, acos, asinh):
        return asymptotics.behaviour(REWRITES[e.func](*e.args), facts)
    if isinstance(e, (besselk, besseli, uppergamma, lowergamma, expint)):
        return two_argument_behaviour(e, facts)
    if isinstance(e, gamma):
        return gamma_behaviour(e.args[0], facts)
    if len(e.args) != 1:
        return None
    (z,) = e.args
    inner = asymptotics.behaviour(z, facts)
    heading = inner and direction(inner.scale, facts)
    if inner is None or heading is None:
        return None
    up = sign(inner.coefficient, facts)
    if e.func is Abs and up:
        return Behaviour(up * inner.coefficient, inner.scale, inner.sure, inner.rough)
    if heading == 1 and up:
        if isinstance(e, (floor, ceiling)):
            return inner  # ⌊z⌋ ~ z
        if isinstance(e, asinh):
            return asymptotics.behaviour(up * REWRITES[asinh](up * z), facts)
        if isinstance(e, zeta):
            return Behaviour(S.One) if up > 0 else None  # ζ(z) = 1 + 2^(−z) + …
        if isinstance(e, harmonic):
            return asymptotics.behaviour(log(z), facts) if up > 0 else None  # H_z ~ log z
        if e.func in AT_INFINITY:
            return Behaviour(up * AT_INFINITY[e.func])
        if e.func is erfc:  # DLMF 7.12.1: erfc z ~ exp(−z²)/(z √π)
            return Behaviour(S(2)) if up < 0 else asymptotics.behaviour(exp(-(z**2)) / (z * sqrt(pi)), facts)
        return None
    if heading == -1:
        if e.func in LINEAR_AT_ZERO:
            return Behaviour(LINEAR_AT_ZERO[e.func] * inner.coefficient, inner.scale, inner.sure, inner.rough)
        return Behaviour(e.func(S.Zero)) if e.func in (cos, erfc, acos) else None
    if heading == 0 and e.func in (*LINEAR_AT_ZERO, cos, erfc, acos) and e.func is not tan:
        if isinstance(e, (asin, acos)) and not facts.nonnegative(1 - inner.coefficient**2) or isinstance(e, harmonic) and up != 1:
            return None
        value = e.func(inner.coefficient)
        return at_a_zero(e, inner.coefficient, facts) if value == 0 else Behaviour(value, sure=facts.nonzero(value))
    return None


def at_a_zero(e: Expr, at: Expr, facts: Facts) -> Behaviour | None:
    """sin z ~ cos(c) (z − c) and cos z ~ −sin(c) (z − c) at their zeros c, acos z ~ √(2 − 2z) at 1 (DLMF 4.24.2)."""
    (z,) = e.args
    if isinstance(e, acos):
        return asymptotics.behaviour(sqrt(canonical(2 - 2 * z, facts)), facts)
    return asymptotics.behaviour(e.func(at + pi / 2) * canonical(z - at, facts), facts) if isinstance(e, (sin, cos)) else None


def gamma_behaviour(z: Expr, facts: Facts) -> Behaviour | None:
    """Γ(z) ~ 1/z at 0, and Stirling's Γ(αt + β) ~ √(2π) e^(−αt) (αt)^(αt + β − 1/2) for α > 0 (DLMF 5.11.7)."""
    inner = asymptotics.behaviour(z, facts)
    if inner is not None and direction(inner.scale, facts) == -1:
        return asymptotics.behaviour(1 / z, facts)
    slope = z.diff(T)
    if slope.has(T) or not facts.positive(slope):
        return None
    return asymptotics.behaviour(sqrt(2 * pi) * exp(-slope * T) * exp((z - S.Half) * log(slope * T)), facts)
