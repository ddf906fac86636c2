"""Where readers differ, the front end decides or refuses, before either reader does any arithmetic.

A function without brackets takes the product of numbers and names behind it (sin 2x, log 2πσ²); a/b c is refused unless a and b
are plain numbers; braces that hide a sum are refused as factors, since the sum is printed without them.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import log

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

SIMPLE = ("number", "constant", "symbol")
UNCLEAR = "it is not clear how far the argument of this function goes; use brackets"


def is_op(node: Node, *texts: str) -> bool:
    """Whether `node` is one of these operators."""
    return isinstance(node, Op) and node.text in texts


def settled(row: Row, ctx: Context) -> Row:
    """`row` with every bracketless argument bracketed; raises ReadError for what has no certain meaning."""
    doubled(row, ctx)
    row = quotients(differentials_last(with_arguments(row, ctx)), ctx)
    hidden_sums(row, ctx)
    bars(row, ctx)
    return row


def doubled(row: Row, ctx: Context) -> None:
    """Refuse x^y^z."""
    for before, node in zip(row, row[1:], strict=False):
        if isinstance(before, Sup) and isinstance(node, Sup):
            raise ctx.error("two exponents on one value; put brackets around what the second belongs to", node.position)


def with_arguments(row: Row, ctx: Context) -> Row:
    out: list[Node] = []
    at = 0
    while at < len(row):
        node = row[at]
        if isinstance(node, Call) and not node.argument:
            node, at = taken(row, at, ctx)
        else:
            at += 1
        out.append(node)
    return tuple(out)


def taken(row: Row, at: int, ctx: Context) -> tuple[Call, int]:
    """The call at row[at] with its argument, and where the next node stands."""
    call = row[at]
    assert isinstance(call, Call)
    first = row[at + 1] if at + 1 < len(row) else None
    if first is None or not starts(first):
        raise ctx.error("a function stands here without an argument; write it with brackets", call.position)
    if isinstance(first, Call) and not first.argument:
        inner, end = taken(row, at + 1, ctx)
        argument: Row = (inner,)
    elif isinstance(first, (Big, Int, Lim, Der)):
        end = term_end(row, at + 1)
        argument = with_arguments(row[at + 1 : end], ctx)
    else:
        end = extent(row, at + 1, call.head is log, ctx)
        argument = row[at + 1 : end]
    if end < len(row) and isinstance(after := row[end], Op) and after.text == "/":
        raise ctx.error(
            "it is not clear where the argument of this function ends before /; use brackets or \\frac", after.position
        )
    return replace(call, argument=argument), end


def term_end(row: Row, at: int) -> int:
    """Where the term at row[at] ends: at a sign outside every integral, or at the differential of an outer integral."""
    depth = 0
    while at < len(row):
        node = row[at]
        depth += isinstance(node, Int) and not node.first
        if isinstance(node, Diff):
            if depth == 0:
                break
            depth -= 1
        if depth == 0 and isinstance(node, Op) and node.text in "+-" and not isinstance(row[at - 1], (Op, Big, Int, Lim)):
            break
        at += 1
    return at


def unit_end(row: Row, at: int) -> int:
    """Behind the value at row[at], its exponents and factorials."""
    at += 1
    while at < len(row) and (isinstance(row[at], Sup) or is_op(row[at], "!", "!!", "T")):
        at += 1
    return at


def extent(row: Row, at: int, logarithm: bool, ctx: Context) -> int:
    """Where an argument without brackets ends: a product of numbers and names, or one value of another sort."""
    first = row[at]
    end = unit_end(row, at)
    simple = isinstance(first, Value) and first.kind in SIMPLE or not logarithm and of_numbers(first)
    named = isinstance(first, Value) and first.kind == "symbol"
    while simple and end < len(row) and isinstance(node := row[end], Value) and node.kind in SIMPLE:
        next_end = unit_end(row, end)
        if named and (node.kind == "number" or node.spaced or next_end > end + 1):
            raise ctx.error(UNCLEAR, node.position)
        named, end = named or node.kind == "symbol", next_end
    after = row[end] if end < len(row) else None
    if (simple and not named and starts(after)) or unclear(after, named, logarithm):
        raise ctx.error(UNCLEAR, after.position if after else None)
    return end


def of_numbers(node: Node) -> bool:
    """Whether a node is a fraction of two numbers, which stands before names as a number does: sin ½ x."""
    return isinstance(node, Frac) and all(len(row) == 1 and isinstance(row[0], Value) and row[0].kind == "number" for row in (node.top, node.bottom))


def unclear(after: Node | None, named: bool, logarithm: bool) -> bool:
    """Whether `after` may or may not belong to the argument before it: log f(x) y, log x/y z in a fraction, ln a e^x, sin x √y.

    What people read as a factor of its own: another function (log x log y), and after sin θ also a power of e or a fraction.
    """
    if isinstance(after, (Paren, Root)):
        return True
    if isinstance(after, Value) and after.kind == "base":
        return logarithm
    return isinstance(after, (Value, Frac)) and (logarithm or not named)


def differentials_last(row: Row) -> Row:
    """∫ dx f(x) as ∫ f(x) dx."""
    for at, node in enumerate(row):
        if isinstance(node, Int) and node.first:
            end = term_end(row, at + 1)
            body = differentials_last(row[at + 1 : end])
            closing = Diff(node.var, position=node.position)
            return (*row[:at], replace(node, first=False), *body, closing, *differentials_last(row[end:]))
    return row


def quotients(row: Row, ctx: Context) -> Row:
    """Refuse a/b c, which some read as (a/b)c and others as a/(bc); 1/2 (x + y) and 1/2 e^x have one meaning, a number in front."""
    at = 1
    while at < len(row):
        below = at + 1 + (at + 1 < len(row) and isinstance(row[at + 1], Op))
        end = unit_end(row, below) if below < len(row) else below
        if is_op(row[at], "/") and end < len(row) and starts(row[end]):
            alone = at < 2 or is_op(row[at - 2], "+", "-", "*")
            numbers = alone and is_number(row[at - 1]) and is_number(row[below]) and end == below + 1
            if not numbers or belongs_below(row[end]):
                raise ctx.error("a/b c is read in two ways; write \\frac{a}{b} c or \\frac{a}{b c}", row[end].position)
            number = Frac((row[at - 1],), (row[below],), position=row[at - 1].position)
            row = (*row[: at - 1], number, *row[end:])
        at += 1
    return row


def belongs_below(node: Node) -> bool:
    """Whether what follows 1/2 may be meant to stand below with the 2, as in 1/2σ² and 1/2√π, unless a visible space parts them."""
    plain = isinstance(node, Value) and node.kind in SIMPLE and not (node.kind == "symbol" and node.spaced)
    return plain or isinstance(node, Root)


def is_number(node: Node) -> bool:
    return isinstance(node, Value) and node.kind == "number"


def hidden_sums(row: Row, ctx: Context) -> None:
    """Refuse {a + b}c, which prints as a + bc."""
    for at, node in enumerate(row):
        if isinstance(node, Paren) and node.braces and any(isinstance(n, Op) and n.text in ("+", "-") for n in node.nodes):
            before = at > 0 and not is_op(row[at - 1], "+")
            after = at + 1 < len(row) and not is_op(row[at + 1], "+", "-")
            if before or after:
                raise ctx.error("braces are not printed; put visible brackets around this sum", node.position)


def bars(row: Row, ctx: Context) -> None:
    """Refuse F + G|_a^b, where the bar may reach over one term or both."""
    for at, node in enumerate(row):
        before = row[at - 1] if isinstance(node, Bar) and at else None
        bracketed = isinstance(before, Paren) and not before.braces
        if before is not None and not bracketed and any(is_op(n, "+", "-") for n in row[1:at]):
            raise ctx.error("put [...] around what this evaluation bar belongs to", node.position)
