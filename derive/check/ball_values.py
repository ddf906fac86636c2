"""Closed forms at points: their values in balls, and whether two of them differ."""

from __future__ import annotations

from collections.abc import Mapping

from flint import arb, ctx
from sympy import Expr, Symbol

from derive.check.ball_functions import undefined
from derive.check.balls import NoBall, build, compile_ball

MOST_BITS = 2000  # where expressions that could not be told apart are given up


def value_ball(expr: Expr, point: Mapping[Symbol, Expr], digits: int = 20) -> arb:
    """A ball that holds the value of a closed form at a point, at a precision of `digits` and some more.

    Raises NoBall where it has none or is not real. The ball is as wide as the expression makes it: see `sharp_ball`.

    >>> from sympy import Rational, gamma
    >>> x = Symbol("x")
    >>> value_ball(gamma(x), {x: Rational(1, 2)}).overlaps(arb.pi().sqrt())
    True
    """
    with ctx.workprec(int(digits * 3.33) + 16):
        return real_value(expr, point)


def real_value(expr: Expr, point: Mapping[Symbol, Expr]) -> arb:
    """The value at the current precision."""
    symbols = tuple(sorted(expr.free_symbols, key=lambda s: (s.name, str(s.assumptions0)))) if expr.free_symbols else ()
    values = [build(point[s], {})((), False) if s in point else undefined() for s in symbols]
    found = compile_ball(expr, symbols)(values, False)
    if not found.is_finite():
        raise NoBall("a function in it has no finite value there")
    if not found.imag.contains(0):
        raise NoBall("its value there is not real")
    return found.real


def sharp_ball(expr: Expr, point: Mapping[Symbol, Expr], digits: int = 20) -> arb:
    """A ball with `digits` correct digits, by raising the precision. Raises NoBall where 2000 bits do not give them."""
    bits = int(digits * 3.33) + 16
    trouble = "its digits cancel"
    while bits <= MOST_BITS:
        try:
            with ctx.workprec(bits):
                found = real_value(expr, point)
                if found.is_zero() or found.rel_accuracy_bits() > digits * 3.32:
                    return found
        except NoBall as problem:
            trouble = str(problem)
        bits *= 2
    raise NoBall(trouble)


def differ(a: Expr, b: Expr, point: Mapping[Symbol, Expr], bits: int = MOST_BITS) -> bool | None:
    """Whether two closed forms differ at a point: True where disjoint balls prove it, False where `bits` do not separate them,
    None where one of them cannot be evaluated there.

    >>> from sympy import S, sqrt
    >>> x = Symbol("x", positive=True)
    >>> differ(sqrt(x**2 + 1), x + 1, {x: S(2)}), differ(sqrt(x**2), x, {x: S(2)})
    (True, False)
    """
    precision, seen = 64, False
    while precision <= bits:
        try:
            with ctx.workprec(precision):
                left, right = real_value(a, point), real_value(b, point)
            if not left.overlaps(right):
                return True
            seen = True
        except NoBall:
            pass
        precision *= 2
    return False if seen else None
