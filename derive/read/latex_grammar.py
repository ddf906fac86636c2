"""Nodes to a SymPy expression, by precedence; and before any arithmetic, the refusal of what readers read differently.

sum      = [sign] product { (+|-) product }
product  = factor { [*|/] factor }
factor   = value { ^exponent | ! | !! | transpose }
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import sympy as sp
from sympy import Add, Basic, Expr, Indexed, IndexedBase, Integer, Integral, Limit, Mul, Product, Rational, S, Sum, Symbol
from sympy.core.function import AppliedUndef

from derive.read.latex_functions import double_factorial, raised
from derive.read.latex_heads import EvalBar, Family
from derive.read.latex_nodes import (
    Bar,
    Big,
    Call,
    Context,
    Der,
    Diff,
    Frac,
    Int,
    Lim,
    Node,
    Op,
    Paren,
    Root,
    Row,
    Sup,
    Value,
    starts,
)
from derive.read.latex_words import INVERSES
from derive.read.names import factorial

MAX_PRODUCT = 20_000  # bits
MAX_TERMS = 100


@dataclass(slots=True)
class Cursor:
    """A place in a row."""

    row: Row
    ctx: Context
    at: int = 0

    def peek(self) -> Node | None:
        return self.row[self.at] if self.at < len(self.row) else None

    def op(self, *texts: str) -> str:
        """The operator here if it is one of `texts`, taken."""
        node = self.peek()
        if isinstance(node, Op) and node.text in texts:
            self.at += 1
            return node.text
        return ""

    def position(self) -> int | None:
        node = self.peek() or (self.row[-1] if self.row else None)
        return node.position if node else None


def evaluate(row: Row, ctx: Context) -> Expr:
    """The value of a row (already made unambiguous by latex_ambiguity). Raises ReadError for one that is no expression."""
    if not row:
        raise ctx.error("a value is missing here", None)
    cursor = Cursor(row, ctx)
    value = total(cursor)
    if cursor.at < len(row):
        raise ctx.error("this does not belong to the expression before it", cursor.position())
    return value


def total(c: Cursor) -> Expr:
    """Terms joined by + and -."""
    terms: list[Expr] = []
    sign = c.op("+", "-")
    while True:
        term = product(c)
        terms.append(-term if sign == "-" else term)
        if not (sign := c.op("+", "-")):
            return joined(terms, Add, operator.add)


def joined(values: list[Expr], head: Callable[..., Expr], join: Callable[..., Expr]) -> Expr:
    """head(*values), by the operator for matrices."""
    if len(values) == 1:
        return values[0]
    return reduce(join, values) if any(getattr(v, "is_Matrix", False) for v in values) else head(*values)


def product(c: Cursor) -> Expr:
    return multiplied(factors(c), c)


def multiplied(values: list[Expr], c: Cursor) -> Expr:
    """The product of the values, refused where their numbers make too large a number."""
    if sum(max(abs(v.p).bit_length(), v.q.bit_length()) for v in values if isinstance(v, Rational)) > MAX_PRODUCT:
        raise c.ctx.error("the numbers in this product make too large a number", c.position())
    return joined(values, Mul, operator.mul)


def factors(c: Cursor, points: bool = True) -> list[Expr]:
    """Factors joined by nothing, * or /. An evaluation bar takes all that stand before it, that of a bracket the bracket alone; without
    `points` none at one point is read."""
    found = [factor(c)]
    while True:
        if c.op("*"):
            found.append(signed(c))
        elif c.op("/"):
            position = c.position()
            found.append(inverse(signed(c), c.ctx, position))
        elif starts(node := c.peek()):
            found.append(factor(c))
        elif isinstance(node, Bar) and (points or node.hi is not None):
            c.at += 1
            found = [*found[:-1], evaluated(found[-1], node, c.ctx)] if node.own else [evaluated(multiplied(found, c), node, c.ctx)]
        else:
            return found


def evaluated(value: Expr, bar: Bar, ctx: Context) -> Expr:
    """[F]_a^b, or F|_{x=a}, where derivatives in F are worked out first."""
    if bar.var is not None and not bar.var.is_Symbol:
        raise ctx.error(f"what is put in has to stand in the place of a letter, not of {bar.var}", bar.position)
    if bar.hi is not None:
        return EvalBar(value, bar.lo, bar.hi, *((bar.var,) if bar.var is not None else ()))
    if bar.var is not None and bar.var.is_nonnegative and bar.lo.is_negative:
        raise ctx.error(f"{bar.var} = {bar.lo} is not among the values that {bar.var} can take", bar.position)
    if any(d.has(sp.Integral, sp.Sum, AppliedUndef) for d in value.atoms(sp.Derivative)):
        raise ctx.error("a derivative of an integral or a sum at a point is not read", bar.position)
    found = value.replace(lambda e: isinstance(e, sp.Derivative), lambda d: d.doit()).subs(bar.var, bar.lo)
    if found.has(S.NaN, S.ComplexInfinity):
        raise ctx.error(f"at {bar.var} = {bar.lo} this has no value", bar.position)
    return found


def signed(c: Cursor) -> Expr:
    """A factor that may have a sign of its own, as in a/-b."""
    return -factor(c) if c.op("-") else factor(c)


def inverse(value: Expr, ctx: Context, position: int | None) -> Expr:
    if value.is_zero:
        raise ctx.error("division by zero", position)
    return value**-1


def factor(c: Cursor) -> Expr:
    """One value with its exponents and factorials."""
    node = c.peek()
    if node is None or not starts(node):
        what = "a value is missing here" if node is None or isinstance(node, Op) else "this has nothing to stand on"
        raise c.ctx.error(what, c.position())
    c.at += 1
    return postfix(c, VALUES[type(node)](node, c))


def postfix(c: Cursor, value: Expr) -> Expr:
    while True:
        node = c.peek()
        if isinstance(node, Sup):
            c.at += 1
            value = c.ctx.build(node.position, raised, value, c.ctx.evaluate(node.nodes, c.ctx))
        elif isinstance(node, Op) and node.text in ("!", "!!"):
            c.at += 1
            value = c.ctx.build(node.position, factorial if node.text == "!" else double_factorial, value)
        elif c.op("T"):
            if not getattr(value, "is_Matrix", False):
                raise c.ctx.error("only a matrix or vector can be transposed", c.position())
            value = value.T
        else:
            return value


def fraction(node: Frac, c: Cursor) -> Expr:
    top, bottom = c.ctx.evaluate(node.top, c.ctx), c.ctx.evaluate(node.bottom, c.ctx)
    return top * inverse(bottom, c.ctx, node.position)


def root(node: Root, c: Cursor) -> Expr:
    degree = c.ctx.evaluate(node.degree, c.ctx) if node.degree else S(2)
    return c.ctx.build(node.position, raised, c.ctx.evaluate(node.nodes, c.ctx), inverse(degree, c.ctx, node.position))


def call(node: Call, c: Cursor) -> Expr:
    """f x, f^p x; f^{-1} is the inverse function where it has a name."""
    argument = c.ctx.evaluate(node.argument, c.ctx)
    power = c.ctx.evaluate(node.power, c.ctx) if node.power else None
    if power == -1:
        if node.head not in INVERSES:
            raise c.ctx.error(
                "an exponent -1 on this function may mean its inverse; write \\frac{1}{...} for one over it", node.position
            )
        return c.ctx.build(node.position, INVERSES[node.head], argument)  # type: ignore[index]
    value = c.ctx.build(node.position, node.head, argument)
    if node.base:
        value = value / c.ctx.build(node.position, sp.log, c.ctx.evaluate(node.base, c.ctx))
    return c.ctx.build(node.position, raised, value, power) if power is not None else value


def big(node: Big, c: Cursor) -> Expr:
    """A sum or product of the term that follows."""
    parts = factors(c)
    if node.kind == "product" and len(parts) > 1 and node.var not in parts[-1].free_symbols:
        raise c.ctx.error(
            f"it is not clear whether the last factor belongs into this product over {node.var}; use brackets", node.position
        )
    body = multiplied(parts, c)
    if any(isinstance(base, Family) for base in body.atoms(IndexedBase)):
        return written_out(body, node, c.ctx)
    if node.points:
        values = [body.subs(node.var, point) for point in node.points]
        return Add(*values) if node.kind == "sum" else Mul(*values)
    head = Sum if node.kind == "sum" else Product
    if node.step != 1:
        index = Symbol(node.var.name, integer=True, nonnegative=True)
        return head(body.subs(node.var, node.lo + node.step * index), (index, 0, S.Infinity))
    return head(body, (node.var, node.lo, node.hi))


def written_out(body: Expr, node: Big, ctx: Context) -> Expr:
    """A sum or product of a_i where a1, a2, … are declared one by one, over numbers i."""
    if not (isinstance(node.lo, Integer) and isinstance(node.hi, Integer) and node.hi - node.lo < MAX_TERMS):
        raise ctx.error("names such as a_i of which a_1, a_2, ... are declared need numbers as bounds", node.position)
    terms = [named(body.subs(node.var, i), ctx, node.position) for i in range(int(node.lo), int(node.hi) + 1)]
    return Add(*terms) if node.kind == "sum" else Mul(*terms)


def named(term: Expr, ctx: Context, position: int) -> Expr:
    """`term` with the declared name for every a_i whose index is a number."""
    found: dict[Basic, Basic] = {}
    for entry in term.atoms(Indexed):
        if isinstance(entry.base, Family) and entry.indices[0].is_Integer:
            name = f"{entry.base.label}{entry.indices[0]}"
            if (symbol := ctx.table.get(f"symbol {name}")) is None:
                raise ctx.error(f"the name {name} is not declared", position)
            found[entry] = symbol
    return term.xreplace(found)


def integral(node: Int, c: Cursor) -> Expr:
    body = S.One if isinstance(c.peek(), Diff) else total(c)
    if not isinstance(end := c.peek(), Diff):
        raise c.ctx.error("this integral has no differential such as dx", node.position)
    if end.var != node.var:
        raise c.ctx.error(f"the differential of {node.var} is missing here", end.position)
    c.at += 1
    return Integral(body, node.var) if node.lo is None else Integral(body, (node.var, node.lo, node.hi))


def limit(node: Lim, c: Cursor) -> Expr:
    return Limit(product(c), node.var, node.to, node.direction)


def derivative(node: Der, c: Cursor) -> Expr:
    body = c.ctx.evaluate(node.nodes, c.ctx) if node.nodes else multiplied(factors(c, points=False), c)
    return sp.Derivative(body, *node.vars)


VALUES: dict[type[Node], Callable[..., Expr]] = {
    Value: lambda node, c: node.expr, Paren: lambda node, c: c.ctx.evaluate(node.nodes, c.ctx),
    Frac: fraction, Root: root, Call: call, Big: big, Int: integral, Lim: limit, Der: derivative,
}  # fmt: skip
