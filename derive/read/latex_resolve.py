"""Items to nodes: what each command, bracket and number means where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import sympy as sp
from sympy import Rational

from derive.read import latex_words as w
from derive.read.latex_apply import name
from derive.read.latex_bound import differential, end_differential
from derive.read.latex_commands import COMMANDS, chosen, evaluation, hypergeometric
from derive.read.latex_conditions import cases, condition, has_relation, indicator
from derive.read.latex_heads import Norm
from derive.read.latex_known import is_event, transposes
from derive.read.latex_names import Spelled, argument, bracket_after, find, read_name
from derive.read.latex_nodes import Context, Frac, Line, Op, Paren, Row, Sup, Value
from derive.read.latex_tokens import Group, Items, Token, split, text_of
from derive.read.names import ReadError

SIGN_OPERATORS = {"+": "+", "-": "-", "*": "*", r"\cdot": "*", r"\cdotp": "*", r"\times": "*", r"\ast": "*", "/": "/", r"\div": "/"}


def resolve(items: Items, ctx: Context) -> Row:
    """The nodes that `items` stand for. Raises ReadError where they mean nothing, or nothing certain."""
    line = Line(tuple(items), ctx)
    while line.at < len(line.items):
        item = line.items[line.at]
        try:
            group(line, item) if isinstance(item, Group) else token(line, item)
        except ReadError as error:
            raise (
                error if error.source else ctx.error(error.message, item.position if error.position is None else error.position)
            ) from None
    if any(kind == "integral" for kind, _ in line.open):
        raise ctx.error("this integral has no differential such as dx", items[0].position)
    return tuple(line.out)


def token(line: Line, item: Token) -> None:
    """One token, with what belongs to it."""
    if item.kind == "number":
        return number(line, item)
    if line.in_integral and (found := differential(line.items, line.at, line.ctx)) is not None:
        return end_differential(line, found)
    if item.kind == "command" and (handler := COMMANDS.get(item.text)) is not None:
        return handler(line)
    if item.text in SIGN_OPERATORS and item.kind in ("mark", "command"):
        return operator(line, item)
    if item.text == "_" and item.kind == "mark" and hypergeometric(line, line.at + 1):
        return
    if item.text == "^" and item.kind == "mark":
        return superscript(line, item)
    if item.text == "!" and item.kind == "mark":
        return factorials(line, item)
    if item.text == "evaluated":
        line.at += 1
        return evaluation(line, item.position)
    spelled = read_name(line.items, line.at)
    if spelled is None:
        raise line.ctx.error(meaningless(item), item.position)
    name(line, spelled)


def meaningless(item: Token) -> str:
    """Why a token cannot stand in an expression."""
    if item.text in w.RELATIONS or item.text in (w.PROPORTIONAL, w.MEMBER):
        return "a relation stands inside an expression"
    if item.text in (",", ";"):
        return "a list stands where one value is expected"
    if item.text in w.DOTS:
        return "an ellipsis cannot be read; write the sum or product with \\sum or \\prod"
    if item.text in (r"\pm", r"\mp"):
        return f"{item.text} stands for two values; write them separately"
    if item.text in ("_", "'"):
        return f"{item.text} stands on nothing that can carry it"
    return f"'{item.text}' cannot be read here"


def number(line: Line, item: Token) -> None:
    """A number; 1{x > 0} and 1_{x > 0} are indicators, and 1e-5 is refused."""
    items, at = line.items, line.at
    after = items[at + 1] if at + 1 < len(items) else None
    if item.text == "1" and after is not None:
        spelled = read_name((replace(item, kind="letter", text="I"), *items[at + 1 :]), 0)
        assert spelled is not None
        bracket = bracket_after(items, at + spelled.end)
        if (spelled.sub is not None and is_event(spelled, bracket)) or (
            isinstance(after, Group) and bracket is after and has_relation(after.items)
        ):
            return name(line, replace(spelled, base="bb1", end=at + spelled.end))
    if isinstance(after, Token) and after.text == "e" and after.glued and exponent_like(items, at + 2):
        raise line.ctx.error("write a power of ten as 10^{...}; here e is Euler's number", after.position)
    if (
        line.out
        and isinstance(line.out[-1], Value)
        and line.out[-1].kind in ("symbol", "number")
        and text_of(after or item) != "^"
    ):
        raise line.ctx.error(
            f"{item.text} stands behind a {line.out[-1].kind}; is it an exponent or a subscript? Write ^, _ or \\cdot",
            item.position,
        )
    line.out.append(Value(Rational(item.text), "number", position=item.position, spaced=item.spaced))
    line.at += 1


def exponent_like(items: Items, at: int) -> bool:
    """Whether a number follows without a gap, perhaps after a sign, as in 1e-5."""
    rest = [i for i in items[at : at + 2] if isinstance(i, Token) and i.glued]
    return bool(rest) and (rest[0].kind == "number" or (rest[0].text in "+-" and len(rest) == 2 and rest[1].kind == "number"))


def operator(line: Line, item: Token) -> None:
    """An operator; + and - end a sum."""
    sign = SIGN_OPERATORS[item.text]
    if sign in "+-" and line.out and not isinstance(line.out[-1], Op):
        line.end_sums()
    line.out.append(Op(sign, position=item.position))
    line.at += 1


def superscript(line: Line, item: Token) -> None:
    """An exponent, or the sign of a transpose."""
    if not line.out:
        raise line.ctx.error("an exponent stands on nothing", item.position)
    found, line.at = argument(line.items, line.at + 1, "the exponent")
    sign = transposes(found)
    if sign and (sign != "T" or not is_declared("T", line)):
        line.out.append(Op("T", position=item.position))
    else:
        line.out.append(Sup(line.ctx.row(found), position=item.position))


def is_declared(letter: str, line: Line) -> bool:
    return find("symbol", Spelled(letter, 0, 0), line.ctx) is not None or not line.ctx.scope.strict


def factorials(line: Line, item: Token) -> None:
    """n! and n!!."""
    double = line.at + 1 < len(line.items) and text_of(line.items[line.at + 1]) == "!"
    if line.out and isinstance(line.out[-1], Sup):
        raise line.ctx.error("put brackets around what this factorial belongs to", item.position)
    if line.out and isinstance(line.out[-1], Op) and line.out[-1].text in ("!", "!!"):
        raise line.ctx.error("three or more ! have no certain meaning; use brackets", item.position)
    line.out.append(Op("!!" if double else "!", position=item.position))
    line.at += 1 + double


def group(line: Line, item: Group) -> None:
    """A bracket, an absolute value, cases, a binomial coefficient in the old spelling."""
    ctx, after = line.ctx, text_of(line.items[line.at + 1]) if line.at + 1 < len(line.items) else ""
    if item.kind == "{":
        return braces(line, item, after)
    line.at += 1
    if item.kind == "evaluated" or (item.kind in ("(", "[") and after == "_"):
        line.ctx = at_place(line) if item.kind == "evaluated" else ctx
        line.out.append(Paren(line.ctx.row(item.items), position=item.position, spaced=item.spaced))
        evaluation(line, item.position, bracket=True)
        line.ctx = ctx
        return
    if item.kind == "[" and has_relation(item.items):
        line.out.append(Value(indicator(condition(item.items, ctx)), position=item.position))
    elif item.kind in ("(", "[", r"\{"):
        refuse_multiset(item, ctx)
        if item.close != w.BRACKETS[item.kind]:
            raise ctx.error(f"the bracket {item.kind} is closed by {item.close}", item.position)
        line.out.append(Paren(ctx.row(item.items), position=item.position, spaced=item.spaced))
    elif item.kind in ENCLOSED:
        value = ctx.build(item.position, ENCLOSED[item.kind], ctx.value(item.items))
        line.out.append(Value(value, position=item.position, spaced=item.spaced))
        if item.kind == r"\|" and after == "_":
            order_of_norm(line, value)
    elif item.kind == "cases":
        line.out.append(Value(cases(item, ctx), position=item.position))
    else:
        raise ctx.error(f"the environment {item.kind} cannot be read here", item.position)


def at_place(line: Line) -> Context:
    """The context inside of a bar that puts in a place, as in |_{t=0}: a name that nobody declared is bound by it."""
    if line.at + 1 >= len(line.items) or text_of(line.items[line.at]) != "_":
        return line.ctx
    sides = split(argument(line.items, line.at + 1, "the place")[0], "=")
    name = read_name(sides[0], 0) if len(sides) == 2 and sides[0] else None
    if name is None or name.end != len(sides[0]) or not name.keys or name.sup is not None or find("symbol", name, line.ctx) is not None:
        return line.ctx
    return line.ctx.binding(name.keys[0], sp.Symbol(name.shown, real=True))


def refuse_multiset(bracket: Group, ctx: Context) -> None:
    """(\\!\\binom{n}{k}\\!), with brackets drawn close together, counts multisets: it is not a binomial coefficient."""
    first = bracket.items[0] if bracket.items else None
    if isinstance(first, Token) and first.text in w.BINOMIALS and first.spaced and len(bracket.items) == 3:
        raise ctx.error("double brackets may count multisets; write \\binom{n+k-1}{k}, or \\binom{n}{k} alone", bracket.position)


def size(value: sp.Basic) -> sp.Basic:
    """|x|, or the determinant of a matrix."""
    return sp.Determinant(value) if getattr(value, "is_Matrix", False) else sp.Abs(value)


def norm(value: sp.Basic) -> sp.Basic:
    """‖x‖, which is |x| for a number."""
    return Norm(value) if getattr(value, "is_Matrix", False) else sp.Abs(value)


ENCLOSED: dict[str, Callable[..., sp.Basic]] = {"|": size, r"\|": norm, r"\lfloor": sp.floor, r"\lceil": sp.ceiling}


def order_of_norm(line: Line, value: sp.Basic) -> None:
    """The 2 of ‖x‖₂. Every norm of a number is its size; of a vector only the Euclidean one is read."""
    order, end = argument(line.items, line.at + 1, "the order of a norm")
    if isinstance(value, Norm) and [text_of(i) for i in order] != ["2"]:
        raise line.ctx.error("of the norms of a vector only the one without an order, or with the order 2, is read", line.items[line.at].position)
    line.at = end


def braces(line: Line, item: Group, after: str) -> None:
    """Braces: {n \\choose k}, {a \\over b}, the {} of {}_1F_1, or just a part."""
    ctx = line.ctx
    for sign in (r"\choose", r"\over"):
        if any(text_of(i) == sign for i in item.items):
            top, _, bottom = item.items[: index(item.items, sign)], sign, item.items[index(item.items, sign) + 1 :]
            line.at += 1
            line.out.append(
                chosen(top, bottom, line, item)
                if sign == r"\choose"
                else Frac(ctx.row(top), ctx.row(bottom), position=item.position)
            )
            return
    if not item.items and after == "_" and hypergeometric(line, line.at + 2):
        return
    inner = bracket_after(line.items, line.at)
    if inner is not None and after != "_":
        line.items = (*line.items[: line.at], inner, *line.items[line.at + 1 :])
        return group(line, inner)
    spelled = read_name(item.items, 0) if item.items else None
    if spelled is not None and spelled.end == len(item.items):  # braces around one name are invisible
        line.items = (*line.items[: line.at], *item.items, *line.items[line.at + 1 :])
        return
    line.at += 1
    if item.items:
        line.out.append(Paren(ctx.row(item.items), braces=True, position=item.position, spaced=item.spaced))


def index(items: Items, sign: str) -> int:
    return next(i for i, item in enumerate(items) if text_of(item) == sign)
