"""Relations, membership in sets, and the indicators and cases that are made of them."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import And, Basic, Contains, Expr, KroneckerDelta, Or, Piecewise, S
from sympy.logic.boolalg import Boolean, BooleanFalse, BooleanTrue

from derive.read import latex_words as w
from derive.read.latex_nodes import Context
from derive.read.latex_ranges import number_set
from derive.read.latex_tokens import Group, Item, Items, Token, split, text_of

SETS = {"N": None, "Z": S.Integers, "R": S.Reals, "C": S.Complexes, "Q": S.Rationals}


def is_word(item: Item, words: frozenset[str]) -> bool:
    """Whether `item` is upright text that begins with one of `words`."""
    return isinstance(item, Token) and item.kind == "word" and item.text.lower().split(" ")[0] in words


def has_relation(items: Items) -> bool:
    """Whether a relation stands at the top of `items`."""
    return any(text_of(item) in w.RELATIONS or text_of(item) == w.MEMBER for item in items)


def condition(items: Items, ctx: Context, evaluate: bool = True) -> Boolean:
    """A condition: relations joined by commas, "and" or "or", with a leading "if" or "for"; "otherwise" is true."""
    items = stripped(items)
    if not items or (len(items) == 1 and is_word(items[0], w.ELSE_WORDS)):
        return S.true
    if any(is_word(item, frozenset(["or"])) or text_of(item) == r"\lor" for item in items):
        return Or(*(condition(part, ctx, evaluate) for part in parted(items, "or", r"\lor")))
    parts = [part for part in parted(items, "and", r"\land", ",") if part]
    if any(text_of(item) in w.DOTS for item in items):
        return enumerated(parts, ctx, evaluate)
    return And(*(relation(part, ctx, evaluate) for part in shared(parts)))


def shared(parts: list[tuple[Item, ...]]) -> Iterator[tuple[Item, ...]]:
    """x, y > 0 as x > 0 and y > 0: a name without a relation has the one of the next part."""
    for at, part in enumerate(parts):
        ahead = next((p for p in parts[at + 1 :] if has_relation(p)), ())
        first = next((i for i, item in enumerate(ahead) if text_of(item) in w.RELATIONS or text_of(item) == w.MEMBER), 0)
        yield part if has_relation(part) or not ahead or text_of(ahead[first]) in ("=", ":=") else (*part, *ahead[first:])


def stripped(items: Items) -> tuple[Item, ...]:
    """`items` without words like "if" at the front and points at the end; brackets around all of it are opened."""
    items = tuple(items)
    while items and is_word(items[0], w.IF_WORDS):
        items = items[1:]
    while items and text_of(items[-1]) in (",", ".", ";"):
        items = items[:-1]
    if (
        len(items) == 1
        and isinstance(items[0], Group)
        and items[0].kind in ("(", "{", "[", r"\{")
        and has_relation(items[0].items)
    ):
        return stripped(items[0].items)
    return items


def parted(items: Items, word: str, *marks: str) -> list[tuple[Item, ...]]:
    """`items` split at a word and at marks."""
    mark = Token("mark", marks[0], 0)
    return split([mark if is_word(item, frozenset([word])) else item for item in items], *marks)


def relation(items: Items, ctx: Context, evaluate: bool) -> Boolean:
    """One relation, or a chain of them such as 0 < x < 1."""
    items = stripped(items)
    sides = split(items, *w.RELATIONS)
    signs = [text_of(item) for item in items if text_of(item) in w.RELATIONS]
    if any(text_of(item) == w.MEMBER for item in items):
        return member(items, ctx, evaluate)
    if not signs:
        raise ctx.error("a condition is missing a relation such as x > 0", items[0].position if items else None)
    values = [ctx.value(side) for side in sides]
    found = [compared(sign, values[i], values[i + 1], evaluate) for i, sign in enumerate(signs)]
    return found[0] if len(found) == 1 else And(*found)


def compared(sign: str, left: Expr, right: Expr, evaluate: bool) -> Boolean:
    made = w.RELATIONS[sign](left, right, evaluate=evaluate)
    assert isinstance(made, Boolean)
    return made


def member(items: Items, ctx: Context, evaluate: bool) -> Boolean:
    """x ∈ an interval, a finite set or a set of numbers."""
    sides = split(items, w.MEMBER)
    if len(sides) != 2 or has_relation(sides[0]) or not sides[1]:
        raise ctx.error("a membership is read in the form x \\in (a, b)", items[0].position)
    return inside(ctx.value(sides[0]), sides[1], ctx, evaluate)


def inside(x: Expr, items: Items, ctx: Context, evaluate: bool = True) -> Boolean:
    """x ∈ the set that `items` describe."""
    group = items[0]
    if isinstance(group, Group) and len(items) == 1:
        return within(x, group, ctx, evaluate)
    found = number_set(items, ctx)
    if found is not None and found.power == 1 and found.lo is not None:
        whole = S.true if found.letter == "R" or x.is_integer else Contains(x, S.Integers)
        return And(compared("<" if found.strict else r"\le", found.lo, x, evaluate), whole)
    if found is not None and found.power == 1 and SETS[found.letter] is not None:
        return Contains(x, SETS[found.letter])
    raise ctx.error("this set cannot be read; write (a, b), [a, b], \\{a, b\\} or \\mathbb{Z}", group.position)


def within(x: Expr, group: Group, ctx: Context, evaluate: bool = True) -> Boolean:
    """x inside an interval with the brackets of `group`, or among the points of a set in braces."""
    parts = split(group.items, ",", ";")
    if group.kind == r"\{" and any(text_of(item) in w.DOTS for item in group.items):
        return ranged(x, parts, ctx, evaluate)
    values = [ctx.value(part) for part in parts]
    if group.kind == r"\{":
        return Contains(x, sp.FiniteSet(*values))
    if len(values) != 2 or group.kind not in ("(", "["):
        raise ctx.error("an interval has two ends", group.position)
    lower = compared("<" if group.kind == "(" else r"\le", values[0], x, evaluate) if values[0] != -sp.oo else S.true
    upper = compared("<" if group.close == ")" else r"\le", x, values[1], evaluate) if values[1] != sp.oo else S.true
    return And(lower, upper)


def enumerated(parts: list[tuple[Item, ...]], ctx: Context, evaluate: bool) -> Boolean:
    """k = 2, …, n."""
    sides = split(parts[0], "=")
    if len(sides) != 2 or any(has_relation(part) for part in parts[1:]):
        raise ctx.error("an enumeration is read in the form k = a, \\dots, b", parts[0][0].position)
    return ranged(ctx.value(sides[0]), [sides[1], *parts[1:]], ctx, evaluate)


def ranged(x: Expr, parts: list[tuple[Item, ...]], ctx: Context, evaluate: bool) -> Boolean:
    """x among a, a + 1, …, b, or a, a + 1, … without end."""
    dots = next(i for i, part in enumerate(parts) if len(part) == 1 and text_of(part[0]) in w.DOTS)
    first = [ctx.value(part) for part in parts[:dots]]
    last = [ctx.value(part) for part in parts[dots + 1 :] if part]
    if not first or len(last) > 1 or any(b - a != 1 for a, b in zip(first, first[1:], strict=False)):
        raise ctx.error("only enumerations in steps of one can be read, as 0, 1, \\dots, n", None)
    whole = S.true if x.is_integer else Contains(x, S.Integers)
    upper = compared(r"\le", x, last[0], evaluate) if last and last[0] != sp.oo else S.true
    return And(compared(r"\ge", x, first[0], evaluate), upper, whole)


def indicator(event: Boolean) -> Expr:
    """1 where `event` holds and 0 elsewhere.

    >>> indicator(sp.Symbol("x", real=True) > 0)
    Piecewise((1, x > 0), (0, True))
    """
    if isinstance(event, (BooleanTrue, BooleanFalse)):
        return S.One if event else S.Zero
    if isinstance(event, sp.Eq):
        return KroneckerDelta(event.lhs, event.rhs)
    return Piecewise((1, event), (0, True))


def cases(group: Group, ctx: Context) -> Expr:
    """The rows of a cases environment."""
    rows = [row for row in split(group.items, "\\\\") if row]
    if not rows:
        raise ctx.error("these cases have no rows", group.position)
    pieces = [case(row, ctx) for row in rows]
    made = Piecewise(*pieces)
    if made is S.NaN:
        raise ctx.error("none of these cases can occur", group.position)
    return made


def case(row: tuple[Item, ...], ctx: Context) -> tuple[Expr, Boolean]:
    """One row: a value and its condition, separated by & or by a word such as "if"."""
    columns = split(row, "&")
    if len(columns) == 1:
        at = next((i for i, item in enumerate(row) if is_word(item, w.IF_WORDS | w.ELSE_WORDS)), None)
        if at is None:
            raise ctx.error("a row of cases needs a condition after &", row[0].position)
        columns = [row[:at], row[at:]]
    value, event = columns[0], tuple(item for column in columns[1:] for item in column)
    while value and text_of(value[-1]) in (",", ";"):
        value = value[:-1]
    if not event:
        raise ctx.error("a row of cases needs a condition after &", row[0].position)
    return ctx.value(value), condition(event, ctx)


def argument_values(group: Group, ctx: Context) -> tuple[list[Basic], list[str]]:
    """What stands in the bracket of a function, and the separators between."""
    marks = (",", ";", w.GIVEN)
    found = [text_of(item) for item in group.items if text_of(item) in marks]
    values: list[Basic] = []
    for part in split(group.items, *marks):
        values.append(condition(part, ctx, evaluate=False) if has_relation(part) else ctx.value(part))
    return values, found
