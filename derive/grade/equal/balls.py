"""The value of an expression at a point as a ball, where totals in it are enclosed too."""

from __future__ import annotations

from flint import acb, arb, ctx
from sympy import Expr, Product, Symbol, factorial2

from derive.check.balls import NoBall, build, compile_ball, undefined
from derive.check.enclosure import Missing, enclose_total
from derive.check.points import Point
from derive.language.totals import Total, substitute

MOST_FACTORS = 100
FAULTS = (NoBall, ArithmeticError, ValueError, TypeError, NotImplementedError, AttributeError, RecursionError, SystemError)


class Unknown(ArithmeticError):
    """An expression has no ball at a point: it is undefined there, or not real, or nothing encloses it."""


def ball_of(expr: Expr, point: Point, bits: int) -> arb:
    """A ball that provably holds the value of `expr` at a point. Raises Unknown where there is none."""
    try:
        with ctx.workprec(bits):
            if expr.has(Total):
                expr, point = without_totals(expr, point)
            if expr.has(factorial2, Product):
                expr = written_out(expr, point)
            return real_ball(expr, point)
    except FAULTS as problem:
        raise Unknown(str(problem)) from None


def without_totals(expr: Expr, point: Point) -> tuple[Expr, dict]:
    """The expression with a letter for each outermost total, and the letters' balls beside the point's values."""
    values: dict = dict(point)
    letters: dict[Expr, Symbol] = {}
    for total in outermost(expr):
        letter = Symbol(f"∫{len(letters)}")
        found = enclose_total(total.body, total.x, total.measure, point)
        if isinstance(found, Missing):
            raise NoBall(found.reason)
        letters[total], values[letter] = letter, acb(found)
    return expr.xreplace(letters), values


def written_out(expr: Expr, point: dict) -> Expr:
    """The expression with the double factorials and products in it as numbers, where they have whole arguments and short ranges."""
    table: dict[Expr, Expr] = {}
    for f in expr.atoms(factorial2, Product):
        ends = [f.args[0]] if isinstance(f, factorial2) else [end for _, *limits in f.limits for end in limits]
        values = {s: v for s, v in point.items() if isinstance(v, Expr)}
        at = [substitute(end, values) for end in ends]
        if not all(end.is_Integer and abs(end) <= MOST_FACTORS for end in at):
            raise NoBall("a double factorial or a product has whole numbers for its ends")
        table[f] = substitute(f, values).doit()
    return expr.xreplace(table)


def outermost(expr: Expr) -> list[Total]:
    if isinstance(expr, Total):
        return [expr]
    return list(dict.fromkeys(t for arg in expr.args for t in outermost(arg)))


def real_ball(expr: Expr, point: dict) -> arb:
    symbols = tuple(sorted(expr.free_symbols, key=lambda s: (s.name, str(s.assumptions0))))
    values = [
        v if isinstance(v := point.get(s), acb) else build(v, {})((), False) if v is not None else undefined() for s in symbols
    ]
    found = compile_ball(expr, symbols)(values, False)
    if not found.is_finite() or not found.imag.contains(0):
        raise NoBall("it has no real value there")
    return found.real
