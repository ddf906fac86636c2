"""Functions that are written with others: factorials and their kin with Γ, hyperbolic ones with exp, tan and sec with sin and cos."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sympy import (
    Add,
    Expr,
    Mul,
    S,
    acos,
    acosh,
    asech,
    asin,
    asinh,
    atan,
    atanh,
    beta,
    binomial,
    catalan,
    cos,
    cosh,
    cot,
    coth,
    csc,
    csch,
    dirichlet_eta,
    erf,
    erfc,
    exp,
    factorial,
    ff,
    gamma,
    log,
    pi,
    polygamma,
    polylog,
    rf,
    sec,
    sech,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
    zeta,
)

if TYPE_CHECKING:
    from derive.algebra.signs import Facts

MOST = 50  # half-integers up to which ψ′, ψ″, … are written out
REWRITES: dict[type, Callable[..., Expr]] = {
    factorial: lambda n: gamma(n + 1),
    beta: lambda a, b: gamma(a) * gamma(b) / gamma(a + b),
    rf: lambda a, n: gamma(a + n) / gamma(a),
    ff: lambda a, n: gamma(a + 1) / gamma(a - n + 1),
    catalan: lambda n: 4**n * gamma(n + S.Half) / (sqrt(pi) * gamma(n + 2)),
    binomial: lambda n, k: gamma(n + 1) / (gamma(k + 1) * gamma(n - k + 1)),
    sinh: lambda x: (exp(x) - exp(-x)) / 2,
    cosh: lambda x: (exp(x) + exp(-x)) / 2,
    tanh: lambda x: (exp(x) - exp(-x)) / (exp(x) + exp(-x)),
    coth: lambda x: (exp(x) + exp(-x)) / (exp(x) - exp(-x)),
    sech: lambda x: 2 / (exp(x) + exp(-x)),
    csch: lambda x: 2 / (exp(x) - exp(-x)),
    tan: lambda x: sin(x) / cos(x),
    cot: lambda x: cos(x) / sin(x),
    sec: lambda x: 1 / cos(x),
    csc: lambda x: 1 / sin(x),
    erfc: lambda x: 1 - erf(x),
    acos: lambda x: pi / 2 - asin(x),
    asinh: lambda x: log(x + sqrt(x**2 + 1)),
    acosh: lambda x: log(x + sqrt(x**2 - 1)),
    asech: lambda x: log((1 + sqrt(1 - x**2)) / x),
    atanh: lambda x: log((1 + x) / (1 - x)) / 2,
}


def rewritten(e: Expr, facts: Facts) -> Expr | None:
    """e in terms of Γ and exp, where it is a product or sum of such."""
    if isinstance(e, atan) and (leg := one_leg(e.args[0])) is not None:  # arctan(c/√(d² − c²)) = arcsin(c/d)
        return asin(leg)
    if isinstance(e, asin) and isinstance(e.args[0], cos) and facts.nonnegative(z := e.args[0].args[0]) and facts.nonnegative(pi - z):
        return pi / 2 - z
    if isinstance(e, polylog) and e.args[0] == 1:
        return -log(1 - e.args[1])
    if isinstance(e, dirichlet_eta) and e.args[0].is_Integer and e.args[0] > 1:
        return (1 - 2 ** (1 - e.args[0])) * zeta(e.args[0])
    if isinstance(e, polygamma) and (gap := e.args[1] - S.Half).is_Integer and 0 < gap < MOST and e.args[0].is_Integer:
        return above_half(*e.args)
    make = REWRITES.get(e.func)
    if make is None or (e.func is binomial and not facts.positive(e.args[0] + 1)):  # Γ(n + 1) has no pole there
        return None
    return make(*e.args)


def above_half(m: Expr, z: Expr) -> Expr:
    """ψ⁽ᵐ⁾(n + ½) = ψ⁽ᵐ⁾(½) + (−1)^m m! Σ_(k<n) (k + ½)^(−m−1), DLMF 5.15.5; ψ′(½) = π²/2.

    >>> above_half(S.One, S(3)/2)
    -4 + pi**2/2
    """
    return polygamma(m, S.Half) + (-1) ** m * factorial(m) * Add(*((k + S.Half) ** (-m - 1) for k in range(z - S.Half)))


def one_leg(ratio: Expr) -> Expr | None:
    """c/d in c/√(d² − c²) for a number d > 0: the sine of the angle whose tangent it is.

    >>> from sympy.abc import c
    >>> one_leg(c/sqrt(1 - c**2)), one_leg(2*c/sqrt(4 - 4*c**2)), one_leg(c/sqrt(1 + c**2))
    (c, c, None)
    """
    below = [p for p in Mul.make_args(ratio) if p.is_Pow and p.exp == -S.Half]
    c = ratio / below[0] if len(below) == 1 else S.Zero
    square = (below[0].base + c**2).expand() if c.free_symbols else S.Zero
    return c / sqrt(square) if square.is_number and square.is_positive else None
