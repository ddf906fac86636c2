"""Sines, hyperbolic sines and arcsines of a closed form under the names that make it short: cot, coth, tan, arccos."""

from sympy import Add, Expr, Mul, Pow, S, acos, asin, cos, cosh, cot, coth, sin, sinh, tan, tanh

from derive.algebra.signs import Facts
from derive.language.parts import every


def half_arguments(e: Expr) -> Expr:
    """sinh(2z)/(cosh(2z) − 1) as coth z, sinh(2z)/(cosh(2z) + 1) as tanh z, and sin(2z)/(1 − cos(2z)) as cot z.

    >>> from sympy import cosh, sinh
    >>> from sympy.abc import z
    >>> half_arguments(2*sinh(2*z)/(cosh(2*z) - 1)), half_arguments(sinh(z)/(cosh(z) + 1))
    (2*coth(z), tanh(z/2))
    """
    for wave in [f for f in Mul.make_args(e) if isinstance(f, (sinh, sin))]:
        z = wave.args[0]
        if isinstance(wave, sinh) and 1 / (cosh(z) + 1) in Mul.make_args(e):
            e = e / wave * (cosh(z) + 1) * tanh(z / 2)
            continue
        below = cosh(z) - 1 if isinstance(wave, sinh) else 1 - cos(z)
        if 1 / below in Mul.make_args(e):
            e = e / wave * below * (coth(z / 2) if isinstance(wave, sinh) else cot(z / 2))
    return e


def tangents(e: Expr) -> Expr:
    """c sin z/cos z as c tan z.

    >>> from sympy.abc import c, z
    >>> tangents(c*sin(z)/cos(z))
    c*tan(z)
    """
    for wave in [f for f in Mul.make_args(e) if isinstance(f, sin)]:
        if 1 / cos(wave.args[0]) in Mul.make_args(e):
            e = e / wave * cos(wave.args[0]) * tan(wave.args[0])
    return e


def falling_arcs(e: Expr) -> Expr:
    """c π/2 − c arcsin z as c arccos z.

    >>> from sympy import pi
    >>> from sympy.abc import z
    >>> falling_arcs(pi - 2*asin(z))
    2*acos(z)
    """
    if isinstance(e, Mul):
        return Mul(*(falling_arcs(part) if isinstance(part, Add) else part for part in e.args))
    arcs = [part for part in Add.make_args(e) if part.has(asin)]
    c, arc = arcs[0].as_independent(asin, as_Add=False) if len(arcs) == 1 else (S.Zero, S.Zero)
    return -c * acos(arc.args[0]) if isinstance(arc, asin) and e - arcs[0] == -c * S.Pi / 2 else e


def roots_of_waves(e: Expr, facts: Facts) -> Expr:
    """√(1 − cos² z) as sin z and √(1 − sin² z) as cos z, where these are positive.

    >>> from sympy import Symbol, cos, pi, sqrt
    >>> t = Symbol("t", real=True)
    >>> roots_of_waves(t/sqrt(1 - cos(t)**2), Facts([t > 0, t < pi]))
    t/sin(t)
    """
    roots = [p for p in every(e, Pow) if isinstance(p.base, Add) and (2 * p.exp).is_odd]
    for root in roots:
        for wave in every(root.base, cos, sin):
            other = (sin if isinstance(wave, cos) else cos)(*wave.args)
            if root.base == 1 - wave**2 and facts.positive(other):
                e = e.xreplace({root: other ** (2 * root.exp)})
    return e
