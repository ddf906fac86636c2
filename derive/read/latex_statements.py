"""What a line of LaTeX states: a value, a relation, a chain of equations, a proportionality, conditions."""

from __future__ import annotations

import sympy as sp
from sympy import And, Basic
from sympy.logic.boolalg import Boolean

from derive.read import latex_words as w
from derive.read.latex_conditions import compared, condition, has_relation, is_word, member
from derive.read.latex_heads import Blank, Chain, Propto
from derive.read.latex_nodes import Context
from derive.read.latex_tokens import Group, Item, Items, Token, split, text_of

LEADING = (r"\therefore", r"\Rightarrow", r"\implies", r"\Longrightarrow", r"\iff")
ARROWS = (r"\Rightarrow", r"\implies", r"\iff", r"\Leftrightarrow", r"\Longrightarrow", r"\approx", r"\sim", r"\simeq", r"\to")


def state(items: Items, ctx: Context) -> Basic:
    """The statement that `items` make. Raises ReadError where they make none."""
    items = trimmed(unrowed(items, ctx))
    while items and text_of(items[0]) in LEADING:
        items = items[1:]
    if not items:
        raise ctx.error("there is no formula here", None)
    for item in items:
        if text_of(item) in ARROWS:
            raise ctx.error(f"{text_of(item)} cannot be read here; write one statement at a time, with =", item.position)
    parts = [trimmed(part) for part in clauses(items)]
    if any(text_of(item) in w.DOTS for item in items) and len(parts) > 1:
        return condition(items, ctx, evaluate=False)
    found = [clause(part, ctx) for part in parts if part]
    if len(found) == 1:
        return found[0]
    if not found:
        raise ctx.error("there is no formula here", None)
    conditions = all(isinstance(f, Boolean) and not isinstance(f, sp.Expr) for f in found) and not isinstance(found[0], sp.Eq)
    return And(*found) if conditions else sp.Tuple(*found)


def trimmed(items: Items) -> tuple[Item, ...]:
    """`items` without a comma or full stop at the end."""
    items = tuple(items)
    while items and text_of(items[-1]) in (",", ".", ";", "\\\\"):
        items = items[:-1]
    return items


def clauses(items: Items) -> list[tuple[Item, ...]]:
    """The parts between commas and words such as "for"."""
    comma = Token("mark", ",", 0)
    return split([comma if is_word(item, w.IF_WORDS) else item for item in items], ",")


def unrowed(items: Items, ctx: Context) -> tuple[Item, ...]:
    """Aligned rows as one line: a row that starts with a relation or an operator continues the one before it."""
    only = items[0] if len(items) == 1 else None
    if isinstance(only, Group) and (only.kind in w.ENVIRONMENTS_OF_ROWS or (only.kind == "{" and has_relation(only.items))):
        return unrowed(only.items, ctx)
    rows = [aligned(row, ctx) for row in split(items, "\\\\")]
    rows = [row for row in rows if row]
    for row in rows[1:]:
        if not (text_of(row[0]) in w.RELATIONS or text_of(row[0]) in ("+", "-", r"\cdot", r"\times", w.PROPORTIONAL)):
            raise ctx.error("a row that continues the one before it starts with =, + or \\cdot", row[0].position)
    return tuple(item for row in rows for item in row)


def aligned(row: Items, ctx: Context) -> tuple[Item, ...]:
    """The row without its &, which align and stand beside a sign; between two values & would be a mistake for "and"."""
    signs = {*w.RELATIONS, "+", "-", r"\cdot", r"\times", w.PROPORTIONAL, ",", "&"}
    for before, mark, after in zip(row, row[1:], row[2:], strict=False):
        if text_of(mark) == "&" and not {text_of(before), text_of(after)} & signs:
            raise ctx.error("& stands between two values; write \\cdot for a product", mark.position)
    return tuple(item for item in row if text_of(item) != "&")


def clause(items: Items, ctx: Context) -> Basic:
    """One statement without commas."""
    sides = split(items, w.PROPORTIONAL)
    if len(sides) > 1:
        return Propto(*(clause(side, ctx) if side else Blank() for side in sides))
    if any(text_of(item) == w.MEMBER for item in items):
        return member(items, ctx, evaluate=False)
    signs = [text_of(item) for item in items if text_of(item) in w.RELATIONS]
    if not signs:
        return ctx.value(items)
    return related(split(items, *w.RELATIONS), signs, ctx)


def related(sides: list[tuple[Item, ...]], signs: list[str], ctx: Context) -> Basic:
    """Sides joined by relations: one relation, a chain of equations, or all of them together."""
    equations = all(w.RELATIONS[sign] is sp.Eq for sign in signs)
    if not sides[0] and equations:
        return Chain(Blank(), *(ctx.value(side) for side in sides[1:]))
    values = [ctx.value(side) for side in sides]
    if len(signs) > 1 and equations:
        return Chain(*values)
    found = [compared(sign, values[i], values[i + 1], evaluate=False) for i, sign in enumerate(signs)]
    return found[0] if len(found) == 1 else And(*found)
