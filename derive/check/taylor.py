"""Germs of functions that vanish at 0, by the mean value theorem."""

from __future__ import annotations

from functools import reduce
from math import gcd, lcm

import sympy as sp
from flint import acb
from sympy import Expr, Rational, S

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.check.balls import NoBall, compile_ball
from derive.check.neighbourhoods import Germ, Near, moving, t, y
from derive.language.claims import slope

MOST_DERIVATIVES = 6


def by_derivatives(e: Expr, near: Near) -> Germ | None:
    """Where e and n − 1 derivatives vanish at 0, e = t^n e⁽ⁿ⁾(ξ)/n! for a ξ in between; in a power of t that makes e smooth."""
    if e.has(sp.log(t)):
        return None
    step = common_step(e)
    if step is None:
        return None
    over = near.reach(step)
    d = e.xreplace({t: y ** (1 / step)})
    for n in range(1, MOST_DERIVATIVES + 1):
        if not vanishes(d.xreplace({y: S.Zero})):
            return None
        d = slope(d, y)
        try:
            ball = compile_ball(d, (y,))([acb(over)], False)
        except NoBall:
            return None
        if not ball.is_finite() or not ball.imag.is_zero():
            return None
        if not ball.real.contains(0):
            return Germ(ball.real / int(sp.factorial(n)), n * step)
    return None


def common_step(e: Expr) -> Rational | None:
    """The largest r such that every power of t in e is a multiple of r."""
    powers = {x.exp for x in e.atoms(sp.Pow) if x.base == t} | ({S.One} if bare(e) else set())
    if not powers or not all(p.is_Rational and p > 0 for p in powers):
        return None
    return Rational(reduce(gcd, (int(p.p) for p in powers)), reduce(lcm, (int(p.q) for p in powers)))


def bare(e: Expr) -> bool:
    """Whether t stands in e other than as the base of a power."""
    if e == t:
        return True
    if e.is_Pow and e.base == t:
        return moving(e.exp)
    return any(bare(x) for x in e.args)


def vanishes(value: Expr) -> bool:
    if value.has(S.NaN, S.ComplexInfinity, S.Infinity, S.NegativeInfinity):
        return False
    return bool(value == 0 or value.is_zero) or (value.is_number and value.is_zero is None and equal(value, S.Zero, Facts()))
