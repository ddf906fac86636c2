"""Expressions in t > 0 written so that their powers of t stand in front: t^r · rest; and values put in, without a question to SymPy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cmp_to_key

import sympy as sp
from flint import acb, arb
from sympy import Basic, Expr, Rational, S

from derive.check.balls import compile_ball
from derive.check.neighbourhoods import t
from derive.language.totals import Total, substitute


def planted(e: Basic, values: Mapping[Basic, Basic]) -> Basic:
    """`e` with values for symbols or other parts. Powers of sums, exponentials and numbers stay as they are written: SymPy would ask
    whether sums are 0 or infinite, and look for roots to tell.
    """
    if e.has(Total):
        return substitute(e, values)
    touched: set[Basic] = set().union(*(key.free_symbols for key in values))

    def walk(e: Basic) -> Basic:
        if e in values:
            return sp.sympify(values[e])
        if not e.args or touched.isdisjoint(e.free_symbols):
            return e
        args = [walk(arg) for arg in e.args]
        if isinstance(e, (sp.Mul, sp.Add)):
            return times(args) if e.is_Mul else plus(args)
        if isinstance(e, sp.exp):
            return exponential(args[0])
        return raised(*args) if isinstance(e, sp.Pow) else e.func(*args)

    return walk(e)


def times(factors: Sequence[Expr]) -> Expr:
    """A product in which powers of one base are brought together, and nothing is asked of the factors."""
    number: Expr = S.One
    powers: dict[Expr, Expr] = {}
    exponents: list[Expr] = []
    for f in (part for factor in factors for part in sp.Mul.make_args(factor)):
        if f.is_Rational:
            number *= f
        elif isinstance(f, sp.exp) and f.free_symbols:
            exponents.append(f.args[0])
        else:
            base, exponent = (f.base, f.exp) if isinstance(f, sp.Pow) else (f, S.One)
            powers[base] = powers.get(base, S.Zero) + exponent
    if number == 0:  # beside which something infinite may stand
        return sp.Mul(*factors)
    args = [raised(base, exponent) for base, exponent in powers.items() if exponent != 0]
    args += [exponential(exponents[0] if len(exponents) == 1 else sp.Add(*exponents))] if exponents else []
    if any(a.is_Rational for a in args):
        return times([number, *args])
    args.sort(key=cmp_to_key(Basic.compare))
    args = [number, *args] if number != 1 else args
    return sp.Mul._from_args(args)


def plus(terms: Sequence[Expr]) -> Expr:
    """A sum in which multiples of one term are brought together, and nothing is asked of the terms."""
    number: Expr = S.Zero
    parts: dict[Expr, Expr] = {}
    for term in (part for given in terms for part in sp.Add.make_args(given)):
        if term.is_Rational:
            number += term
        elif term.is_number and not term.is_finite:
            return sp.Add(*terms)
        else:
            c, rest = term.as_coeff_Mul()
            parts[rest] = parts.get(rest, S.Zero) + c
    args = [rest if c == 1 else sp.Mul._from_args([c, *sp.Mul.make_args(rest)]) for rest, c in parts.items() if c != 0]
    args.sort(key=cmp_to_key(Basic.compare))
    return sp.Add._from_args([number, *args] if number != 0 else args)


def raised(base: Expr, exponent: Expr) -> Expr:
    """base^exponent, worked out where that is soon done."""
    if exponent == 1:
        return base
    plain = base.is_Mul or isinstance(base, sp.Pow) or (base.is_Rational and exponent.is_Integer)
    if plain or exponent == 0 or base in (S.Zero, S.One, S.Exp1):
        return sp.Pow(base, exponent)
    made: Expr = Expr.__new__(sp.Pow, base, exponent)
    made.is_commutative = True
    return made


def exponential(w: Expr) -> Expr:
    """e^w; evaluated where logarithms in it make powers."""
    return sp.exp(w) if w == 0 or w.has(sp.log) else Expr.__new__(sp.exp, w)


def tidy(e: Expr) -> tuple[Rational, Expr]:
    """(r, rest) with e = t^r · rest, where sums have lost their lowest power of t and logarithms of powers are taken apart."""
    if not e.has(t):
        return S.Zero, e
    if e == t:
        return S.One, S.One
    if isinstance(e, sp.Mul):
        parts = [tidy(x) for x in e.args]
        return sp.Add(*(r for r, _ in parts)), times([x for _, x in parts])
    if isinstance(e, sp.Add):
        parts = [tidy(x) for x in sp.Add.make_args(sp.expand(e) if e.is_polynomial(t) else e)]
        low = min(r for r, _ in parts)
        rest = plus([front(r - low, x) for r, x in parts])
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
    return times([t**r, rest]) if r != 0 else rest


def split_log(z: Expr) -> Expr:
    r, rest = tidy(z)
    return plus([r * sp.log(t), sp.log(rest)])


def tidy_power(base: Expr, w: Expr) -> tuple[Rational, Expr]:
    if base is S.Exp1:
        return S.Zero, exponential(joined(w))
    if w.has(t):
        return S.Zero, raised(base, joined(w)) if not base.has(t) else exponential(times([joined(w), split_log(base)]))
    r, rest = tidy(base)
    return (r * w, raised(rest, w)) if w.is_Rational else (S.Zero, times([t ** (r * w), raised(rest, w)]))
