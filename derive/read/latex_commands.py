"""The commands that build something: fractions, roots, binomial coefficients, functions, hypergeometric series."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from derive.read import latex_words as w
from derive.read.latex_bound import SIGNS, big, derivative, differential, end_differential, integral, limit, scripts
from derive.read.latex_conditions import argument_values
from derive.read.latex_functions import GREEK_AND_LETTERS, builder
from derive.read.latex_heads import Probability
from derive.read.latex_names import argument, bracket_after, two_arguments
from derive.read.latex_nodes import Bar, Call, Frac, Line, Paren, Root, Row, Value
from derive.read.latex_tokens import Group, Item, Items, Token, split, text_of
from derive.read.names import binomial


def chosen(top: Items, bottom: Items, line: Line, item: Item) -> Value:
    """A binomial coefficient."""
    value = line.ctx.build(item.position, binomial, line.ctx.value(top), line.ctx.value(bottom))
    return Value(value, position=item.position)


def hypergeometric(line: Line, below: int) -> bool:
    """{}_pF_q(a, …; b, …; z), or _pF_q(…) with nothing before it; items[below] is p."""
    items, at, ctx = line.items, line.at, line.ctx
    p, end = argument(items, below, "the subscript")
    letter = items[end] if end < len(items) else None
    if not isinstance(letter, Token) or letter.text != "F" or end + 1 >= len(items) or text_of(items[end + 1]) != "_":
        return False
    q, end = argument(items, end + 2, "the subscript")
    bracket = bracket_after(items, end)
    parts = split(bracket.items, ";", w.GIVEN) if bracket is not None else []
    if len(parts) == 2 and (stacked := rows_of(parts[0])):
        parts = [*stacked, parts[1]]
    if len(parts) == 2 and [text_of(i) for i in p] == ["0"]:  # the list of no parameters is left out
        parts = [(), *parts]
    if len(parts) != 3:
        raise ctx.error("a hypergeometric function is read in the form {}_1F_1(a; b; z)", items[at].position)
    upper, lower = ([ctx.value(part) for part in split(side, ",") if part] for side in parts[:2])
    if [text_of(p[0]), text_of(q[0])] != [str(len(upper)), str(len(lower))]:
        raise ctx.error("the hypergeometric function has other numbers of parameters than its subscripts say", items[at].position)
    value = ctx.build(items[at].position, sp.hyper, upper, lower, ctx.value(parts[2]))
    line.out.append(Value(value, position=items[at].position))
    line.at = end + 1
    return True


def rows_of(items: Items) -> list[tuple[Item, ...]]:
    r"""The two lists of \begin{matrix}a,b\\c\end{matrix} and of {a,b \atop c}."""
    only = items[0] if len(items) == 1 else None
    rows = split(only.items, "\\\\" if only.kind == "matrix" else r"\atop") if isinstance(only, Group) and only.kind in ("matrix", "{") else []
    return rows if len(rows) == 2 else []


def evaluation(line: Line, position: int, bracket: bool = False) -> None:
    """The ends of an evaluation bar, [F]_a^b or F|_{x=a}^{b}, or the place of F|_{x=a}."""
    found = scripts(line)
    if set(found) == {"_"} and len(sides := split(found["_"], "=")) == 2 and isinstance(x := line.ctx.value(sides[0]), sp.Symbol):
        line.out.append(Bar(line.ctx.value(sides[1]), None, x, position=position))
        return
    if set(found) != {"_", "^"}:
        if bracket and set(found) == {"_"}:
            raise line.ctx.error(
                "a subscript on a bracket has no certain meaning; write (a)_n, which rises to some and falls to others, with \\Gamma", position
            )
        raise line.ctx.error("an evaluation bar needs both ends; write [F]_a^b for F at b minus F at a", position)
    sides = split(found["_"], "=")
    variable = line.ctx.value(sides[0]) if len(sides) == 2 else None
    upper = split(found["^"], "=")[-1]
    line.out.append(Bar(line.ctx.value(sides[-1]), line.ctx.value(upper), variable, bracket, position=position))


def fraction(line: Line) -> None:
    r"""\frac and its kin: a quotient, a derivative, or in an integral a differential over something."""
    item, ctx = line.items[line.at], line.ctx
    top, bottom, end = two_arguments(line.items, line.at)
    if derivative(top, bottom, line, item.position):
        line.at = end
        return
    found = [(i, d) for i in range(len(top)) if (d := differential(top, i, ctx))] if line.in_integral else []
    if found:
        i, d = found[0]
        top = (*top[:i], *top[d.end :])
    spaced = isinstance(item, Token) and item.spaced
    one: Row = (Value(sp.S.One, "number", position=item.position),)
    line.out.append(Frac(ctx.row(top) if top or not found else one, ctx.row(bottom), position=item.position, spaced=spaced))
    if found:
        end_differential(line, found[0][1])
    line.at = end


def binomials(line: Line) -> None:
    item = line.items[line.at]
    top, bottom, line.at = two_arguments(line.items, line.at)
    line.out.append(chosen(top, bottom, line, item))


def root(line: Line) -> None:
    r"""\sqrt x and \sqrt[n]{x}."""
    item, at = line.items[line.at], line.at + 1
    degree: Row = ()
    bracket = line.items[at] if at < len(line.items) else None
    if isinstance(bracket, Group) and bracket.kind == "[":
        degree, at = line.ctx.row(bracket.items), at + 1
    inside, line.at = argument(line.items, at, "what stands under the root")
    line.out.append(Root(line.ctx.row(inside), degree, position=item.position, spaced=isinstance(item, Token) and item.spaced))


def elementary(line: Line) -> None:
    r"""\sin and its kin, with a power or base before the argument; an argument without brackets is found later."""
    item = line.items[line.at]
    assert isinstance(item, Token)
    line.at += 1
    found = scripts(line)
    rows = {mark: line.ctx.row(items) for mark, items in found.items()}
    if "_" in rows and w.ELEMENTARY[item.text] is not sp.log:
        raise line.ctx.error(f"{item.text} takes no subscript", item.position)
    inside: Row = ()
    after = line.items[line.at] if line.at < len(line.items) else None
    if isinstance(after, Group) and after.kind in ("(", "[", r"\{", "{"):
        bracket = bracket_after(line.items, line.at) or after
        if bracket.kind != "{" and bracket.close != w.BRACKETS[bracket.kind]:
            raise line.ctx.error(f"the bracket {bracket.kind} is closed by {bracket.close}", bracket.position)
        inside = (Paren(line.ctx.row(bracket.items), position=bracket.position),)
        line.at += 1
    line.out.append(
        Call(
            w.ELEMENTARY[item.text],
            item.text,
            rows.get("^", ()),
            rows.get("_", ()),
            inside,
            position=item.position,
            spaced=item.spaced,
        )
    )


def extreme(line: Line) -> None:
    r"""\max(a, b), \min\{a, b\}, \Pr(X > t), \Re(s)."""
    item = line.items[line.at]
    bracket = bracket_after(line.items, line.at + 1)
    if bracket is None:
        raise line.ctx.error(f"{text_of(item)} is read with a bracket after it", item.position)
    values, _ = argument_values(bracket, line.ctx)
    head = {r"\Pr": Probability, r"\Re": sp.re, r"\Im": sp.im}.get(text_of(item)) or builder(
        GREEK_AND_LETTERS, text_of(item)[1:], len(values)
    )
    if head is None:
        raise line.ctx.error(f"{text_of(item)} cannot be read with these arguments", item.position)
    line.out.append(Value(line.ctx.build(item.position, head, *values), position=item.position))
    line.at += 2


def laid_out(line: Line) -> None:
    r"""\underbrace{x}_{remark}, \smash[b]{x}, \mathrlap{x}: what is printed is x; a remark such as "= 2" claims something."""
    item, at = line.items[line.at], line.at + 1
    shift = line.items[at] if at < len(line.items) else None
    if text_of(item) == r"\smash" and isinstance(shift, Group) and shift.kind == "[":
        at += 1
    inside, at = argument(line.items, at, "what stands there")
    if text_of(item) in w.BRACED and at < len(line.items) and text_of(line.items[at]) in ("_", "^"):
        remark, at = argument(line.items, at + 1, "the remark")
        if any(text_of(one) in {*w.RELATIONS, w.MEMBER, w.PROPORTIONAL, r"\approx", r"\sim", r"\to"} for one in remark):
            raise line.ctx.error("what stands at this brace claims something, and is not read here", item.position)
    line.items = (*line.items[: line.at], Group("{", inside, item.position, "}"), *line.items[at:])


def infinity(line: Line) -> None:
    line.out.append(Value(sp.oo, "constant", position=line.items[line.at].position))
    line.at += 1


COMMANDS: dict[str, Callable[[Line], None]] = {
    **dict.fromkeys(w.FRACTIONS, fraction),
    **dict.fromkeys(w.BINOMIALS, binomials),
    **dict.fromkeys(w.ELEMENTARY, elementary),
    **dict.fromkeys(w.INVISIBLE | w.BRACED, laid_out),
    **{sign: (lambda line, count=count: integral(line, count)) for sign, count in SIGNS.items()},  # type: ignore[misc]
    **dict.fromkeys((r"\max", r"\min", r"\Pr", r"\Re", r"\Im"), extreme),
    r"\sum": lambda line: big(line, "sum"),
    r"\prod": lambda line: big(line, "product"),
    r"\lim": limit,
    r"\sqrt": root,
    r"\infty": infinity,
}
