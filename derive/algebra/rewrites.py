"""Functions that are written with others: factorials and their kin with Γ, hyperbolic ones with exp, tan and sec with sin and cos."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sympy import (
    Abs,
    Add,
    Expr,
    Mul,
    Pow,
    Rational,
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
    hyper,
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
THREE_HALVES = Rational(3, 2)
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
    if isinstance(e, asin) and (leg := other_leg(e.args[0], facts)) is not None:  # arcsin(c/√(c² + d²)) = arctan(c/d)
        return atan(leg)
    if isinstance(e, polylog) and e.args[0] == 1:
        return -log(1 - e.args[1])
    if isinstance(e, dirichlet_eta) and e.args[0].is_Integer and e.args[0] > 1:
        return (1 - 2 ** (1 - e.args[0])) * zeta(e.args[0])
    if isinstance(e, polygamma) and (gap := e.args[1] - S.Half).is_Integer and 0 < gap < MOST and e.args[0].is_Integer:
        return above_half(*e.args)
    if isinstance(e, asin) and (wave := other_wave(e.args[0], facts)) is not None:  # arcsin √(1 − c²) = arccos c
        return pi / 2 - asin(wave)
    if isinstance(e, hyper) and tuple(e.bq) == (THREE_HALVES,) and (arc := arc_over_root(e, facts)) is not None:
        return arc
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


def other_wave(sine: Expr, facts: Facts) -> Expr | None:
    """c ≥ 0 in √(1 − c²), where it is no root.

    >>> from sympy import symbols
    >>> from derive.algebra.signs import Facts
    >>> a, b = symbols("a b", positive=True)
    >>> other_wave(sqrt(1 - a**2/b**2), Facts()), other_wave(sqrt(1 - a), Facts())
    (a/b, None)
    """
    if not (sine.is_Pow and sine.exp == S.Half and sine.base.is_Add and sine.free_symbols):
        return None
    c = sqrt((1 - sine.base).expand())
    return c if not any(p.exp.is_Rational and not p.exp.is_Integer for p in c.atoms(Pow)) and not c.has(Abs) and facts.nonnegative(c) else None


def arc_over_root(e: Expr, facts: Facts) -> Expr | None:
    """₂F₁(½, ½; 3/2; z) and ₂F₁(½, 1; 3/2; z) as an arc over √|z|, where the facts know the sign of z (DLMF 15.4.2-15.4.5).

    >>> from sympy import symbols
    >>> from derive.algebra.signs import Facts
    >>> a, b = symbols("a b", positive=True)
    >>> arc_over_root(hyper([S.Half, S.Half], [THREE_HALVES], 1 - a/b), Facts([b > a]))
    asin(sqrt(-a/b + 1))/sqrt(-a/b + 1)
    """
    z = e.argument
    arcs = {frozenset({S.Half}): (asin, asinh), frozenset({S.Half, S.One}): (atanh, atan)}.get(frozenset(e.ap)) if len(e.ap) == 2 else None
    up = facts.positive(z) if arcs and z.free_symbols else False
    if arcs is None or not up and not (z.free_symbols and facts.negative(z)):
        return None
    root = sqrt(z if up else -z)
    return arcs[0 if up else 1](root) / root  # type: ignore[no-any-return]


def other_leg(sine: Expr, facts: Facts) -> Expr | None:
    """c/d in c/√(c² + d²) for d > 0: the tangent of the angle whose sine it is.

    >>> from sympy.abc import c
    >>> from derive.algebra.signs import Facts
    >>> other_leg(c/sqrt(c**2 + 3), Facts()), other_leg(c/sqrt(2*c**2 + 3), Facts())
    (sqrt(3)*c/3, None)
    """
    below = [p for p in Mul.make_args(sine) if p.is_Pow and p.exp == -S.Half and p.base.is_Add]
    c = sine / below[0] if len(below) == 1 else S.Zero
    square = (below[0].base - c**2).expand() if c.free_symbols else S.Zero
    return c / sqrt(square) if not square.is_Add and square != 0 and facts.positive(square) else None


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
