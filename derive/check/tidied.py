"""Expressions in t > 0 written so that their powers of t stand in front: t^r · rest; and values put in, without a question to SymPy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp
from flint import acb, arb
from sympy import Basic, Expr, Rational, S

from derive.check.balls import compile_ball
from derive.check.neighbourhoods import t
from derive.language.totals import Total, substitute


def planted(e: Basic, values: Mapping[Basic, Basic]) -> Basic:
    """`e` with values for symbols. Powers of sums and exponentials of what still moves stay as they are written: SymPy would ask
    whether sums are 0 or infinite, and look for roots to tell.
    """
    if e in values:
        return sp.sympify(values[e])
    if not e.args or values.keys().isdisjoint(e.free_symbols):
        return e
    if e.has(Total):
        return substitute(e, values)
    args = [planted(arg, values) for arg in e.args]
    if isinstance(e, sp.exp):
        return exponential(args[0])
    if isinstance(e, sp.Pow) and args[0].is_Add and args[0].free_symbols:
        return sp.Pow(*args, evaluate=False)
    return times(args) if isinstance(e, sp.Mul) else e.func(*args)


def times(factors: Sequence[Expr]) -> Expr:
    """A product, whose exponentials are not asked whether they are 1."""
    moving = [f for f in factors if isinstance(f, sp.exp) and f.free_symbols]
    rest = sp.Mul(*(f for f in factors if f not in moving))
    if not moving or rest == 0:
        return rest
    whole = moving[0] if len(moving) == 1 else exponential(sp.Add(*(f.args[0] for f in moving)))
    return sp.Mul._from_args([*(sp.Mul.make_args(rest) if rest != 1 else ()), whole])


def exponential(w: Expr) -> Expr:
    """e^w; evaluated where w is a number or where logarithms in it make powers."""
    return sp.exp(w, evaluate=not w.free_symbols or w.has(sp.log))


def tidy(e: Expr) -> tuple[Rational, Expr]:
    """(r, rest) with e = t^r · rest, where sums have lost their lowest power of t and logarithms of powers are taken apart."""
    if not e.has(t):
        return S.Zero, e
    if e == t:
        return S.One, S.One
    if isinstance(e, sp.Mul):
        parts = [tidy(x) for x in e.args]
        return sp.Add(*(r for r, _ in parts)), times([f for _, x in parts for f in sp.Mul.make_args(x)])
    if isinstance(e, sp.Add):
        parts = [tidy(x) for x in sp.Add.make_args(sp.expand(e) if e.is_polynomial(t) else e)]
        low = min(r for r, _ in parts)
        rest = sp.Add(*(front(r - low, x) for r, x in parts))
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
    return front(r, rest)


def front(r: Rational, rest: Expr) -> Expr:
    """t^r · rest."""
    return times([t**r, *sp.Mul.make_args(rest)]) if r != 0 else rest


def split_log(z: Expr) -> Expr:
    r, rest = tidy(z)
    return r * sp.log(t) + sp.log(rest)


def tidy_power(base: Expr, w: Expr) -> tuple[Rational, Expr]:
    if base is S.Exp1:
        return S.Zero, exponential(joined(w))
    if w.has(t):
        return S.Zero, base ** joined(w) if not base.has(t) else sp.exp(joined(w) * split_log(base))
    r, rest = tidy(base)
    if w.is_Rational and rest.is_Add and rest.free_symbols:
        return r * w, sp.Pow(rest, w, evaluate=False)
    return (r * w, rest**w) if w.is_Rational else (S.Zero, (t**r) ** w * rest**w)
