"""Expressions in t > 0 written so that their powers of t stand in front: t^r · rest."""

from __future__ import annotations

import sympy as sp
from flint import acb, arb
from sympy import Expr, Rational, S

from derive.check.balls import compile_ball
from derive.check.neighbourhoods import t


def tidy(e: Expr) -> tuple[Rational, Expr]:
    """(r, rest) with e = t^r · rest, where sums have lost their lowest power of t and logarithms of powers are taken apart."""
    if not e.has(t):
        return S.Zero, e
    if e == t:
        return S.One, S.One
    if isinstance(e, sp.Mul):
        parts = [tidy(x) for x in e.args]
        return sp.Add(*(r for r, _ in parts)), sp.Mul(*(x for _, x in parts))
    if isinstance(e, sp.Add):
        parts = [tidy(x) for x in sp.Add.make_args(sp.expand(e) if e.is_polynomial(t) else e)]
        low = min(r for r, _ in parts)
        rest = sp.Add(*(t ** (r - low) * x for r, x in parts))
        return low, rest
    if isinstance(e, (sp.Pow, sp.exp)):
        return tidy_power(*e.as_base_exp())
    if isinstance(e, sp.log):
        return S.Zero, split_log(e.args[0])
    if isinstance(e, (sp.erf, sp.erfc)):
        return S.Zero, by_complement(e)
    return S.Zero, e.func(*map(joined, e.args))


def by_complement(e: Expr) -> Expr:
    """erf and erfc of what grows by erfc of a positive argument, so that 2 − erfc(−z) and 1 − erf(z) show how they fall."""
    z = joined(e.args[0])
    value = compile_ball(z, (t,))([acb(arb(2) ** -60)], False).real
    if not abs(value) > 10**6:
        return e.func(z)
    small = sp.erfc(z, evaluate=False) if value > 0 else 2 - sp.erfc(sp.expand(-z), evaluate=False)
    return small if isinstance(e, sp.erfc) else 1 - small


def joined(e: Expr) -> Expr:
    """The expression tidied."""
    r, rest = tidy(e)
    return t**r * rest


def split_log(z: Expr) -> Expr:
    r, rest = tidy(z)
    return r * sp.log(t) + sp.log(rest)


def tidy_power(base: Expr, w: Expr) -> tuple[Rational, Expr]:
    if base is S.Exp1:
        return S.Zero, sp.exp(joined(w))
    if w.has(t):
        return S.Zero, base ** joined(w) if not base.has(t) else sp.exp(joined(w) * split_log(base))
    r, rest = tidy(base)
    return (r * w, rest**w) if w.is_Rational else (S.Zero, (t**r) ** w * rest**w)
