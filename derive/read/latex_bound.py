"""What binds a variable: sums, products, integrals, limits, and the d of a differential or a derivative."""

from __future__ import annotations

from sympy import Expr, Symbol, oo

from derive.read import latex_words as w
from derive.read.latex_names import Spelled, argument, find, read_name, two_arguments
from derive.read.latex_nodes import MAX_BOUND, Big, Context, Der, Diff, Int, Lim, Line
from derive.read.latex_ranges import ends, span, variable
from derive.read.latex_tokens import Group, Item, Items, Token, text_of

SIGNS = {r"\int": 1, r"\iint": 2, r"\iiint": 3}


def scripts(line: Line) -> dict[str, tuple[Item, ...]]:
    """What stands below (_) and above (^) a sign."""
    found: dict[str, tuple[Item, ...]] = {}
    while line.at < len(line.items) and (mark := text_of(line.items[line.at])) in ("_", "^"):
        if mark in found:
            raise line.ctx.error(f"a second {mark} follows the same sign", line.items[line.at].position)
        found[mark], line.at = argument(line.items, line.at + 1, "a bound")
    return found


def bound_symbol(name: Spelled, lo: Expr | None, hi: Expr | None, ctx: Context, integer: bool = False) -> Symbol:
    """The symbol for a bound variable: what it ranges over decides what is known of it, not what is declared of the name outside.

    The declared symbol is kept where its range implies everything that is declared of it.
    """
    facts = {"integer": True} if integer else {"real": True}
    ends = [e for e in (lo, hi) if e is not None]
    if integer and lo is not None:  # a sum whose upper end is below its lower end is empty
        ends = [lo]
    if ends and all(e.is_extended_positive for e in ends):
        facts["positive"] = True
    elif ends and all(e.is_extended_nonnegative for e in ends):
        facts["nonnegative" if integer else "positive"] = True
    elif not integer and ends and all(e.is_extended_nonpositive for e in ends):
        facts["negative"] = True
    made = Symbol(name.shown, **facts)
    declared = find("symbol", name, ctx)
    if isinstance(declared, Symbol):
        made = Symbol(declared.name, **facts)
        if all(made.assumptions0.get(k) == v for k, v in declared.assumptions0.items()):
            return declared
    return made


def big(line: Line, kind: str) -> None:
    """A sum or product sign with its bounds."""
    position, ctx = line.items[line.at].position, line.ctx
    line.at += 1
    if len(line.open) > MAX_BOUND:
        raise ctx.error("too many sums and integrals are nested", position)
    below = scripts(line)
    if "_" not in below:
        raise ctx.error(f"the bounds of this {kind} are missing", position)
    name, lo, hi, points, step = span(below["_"], below.get("^"), ctx, position, kind)
    symbol = bound_symbol(name, lo, hi, ctx, integer=not points)
    line.open.append(("sum", ctx))
    line.ctx = ctx.binding(name.keys[0], symbol)
    line.out.append(Big(kind, symbol, lo, hi, points, step, position=position))


def differential(items: Items, at: int, ctx: Context) -> Spelled | None:
    """The variable of a dx at items[at]. Where d is a declared name, only an upright d, or a last dx, is a differential."""
    item = items[at]
    if not isinstance(item, Token) or item.text != "d" or item.kind not in ("letter", "word") or at + 1 >= len(items):
        return None
    name = read_name(items, at + 1)
    if name is None or not name.keys or name.sup is not None or name.upright and len(name.base) > 1:
        return None
    if item.kind == "letter" and find("symbol", Spelled("d", 0, 0), ctx) is not None and name.end < len(items):
        return name if differential(items, name.end, ctx) else None
    return name


def differentials(items: Items, at: int, own: int, ctx: Context) -> list[tuple[Spelled, int]]:
    """The differentials that close the `own` integral signs in front of items[at], the innermost first, each with its place."""
    stack = [True] * own
    found: list[tuple[Spelled, int]] = []
    while at < len(items) and any(stack):
        if (more := SIGNS.get(text_of(items[at]))) is not None:
            stack += [False] * more
        if text_of(items[at]) in w.FRACTIONS:
            top, _, after = two_arguments(items, at)
            names = [(name, at) for i in range(len(top)) if (name := differential(top, i, ctx))]
            at = after - 1
        else:
            name = differential(items, at, ctx)
            names = [(name, at)] if name else []
            at = name.end - 1 if name else at
        for pair in names:
            if stack.pop():
                found.append(pair)
            if not stack:
                return found
        at += 1
    return found


def integral(line: Line, count: int) -> None:
    """Integral signs with their ends, their differentials looked up ahead."""
    position, ctx = line.items[line.at].position, line.ctx
    line.at += 1
    if len(line.open) > MAX_BOUND:
        raise ctx.error("too many sums and integrals are nested", position)
    bounds = scripts(line)
    found = differentials(line.items, line.at, count, ctx)
    if len(found) < count:
        raise ctx.error("this integral has no differential such as dx", position)
    lo, hi = ends(bounds, found[0][0], ctx, count, position)
    for name, place in reversed(found):
        symbol = bound_symbol(name, lo, hi, ctx)
        alone = name.end < len(line.items) and text_of(line.items[name.end]) in ("+", "-")  # ∫₀¹ dx + …
        first = count == 1 and place == line.at and text_of(line.items[place]) not in w.FRACTIONS and not alone
        line.open.append(("sum" if first else "integral", line.ctx))
        line.ctx = line.ctx.binding(name.keys[0], symbol, 1)
        line.out.append(Int(symbol, lo, hi, first, position=position))
        if first:
            line.at = name.end


def end_differential(line: Line, name: Spelled) -> None:
    """A dx closes its integral."""
    symbol = find("symbol", name, line.ctx)
    line.out.append(Diff(symbol, position=line.items[line.at].position))
    line.end_integral()
    line.at = name.end


def limit(line: Line) -> None:
    """\\lim_{x\\to a}."""
    position, ctx = line.items[line.at].position, line.ctx
    line.at += 1
    below = scripts(line).get("_", ())
    arrow = next(
        (i for i, item in enumerate(below) if text_of(item) in w.ARROWS or text_of(item) in (r"\downarrow", r"\uparrow")), None
    )
    if not arrow:
        raise ctx.error("a limit is read in the form \\lim_{x\\to a}", position)
    name, target = variable(below[:arrow], ctx, position), below[arrow + 1 :]
    direction = {r"\downarrow": "+", r"\uparrow": "-"}.get(text_of(below[arrow]), "+-")
    if len(target) > 2 and text_of(target[-2]) == "^":
        side = target[-1].items[0] if isinstance(target[-1], Group) and target[-1].items else target[-1]
        direction, target = text_of(side), target[:-2]
    to = ctx.value(target)
    if direction not in ("+", "-", "+-"):
        raise ctx.error("a limit comes from + or -", position)
    declared = find("symbol", name, ctx)
    gets_there = isinstance(declared, Symbol) and reaches(declared, to, direction)
    symbol = declared if gets_there else Symbol(name.shown, real=True)
    line.open.append(("sum", ctx))
    line.ctx = ctx.binding(name.keys[0], symbol)
    line.out.append(Lim(symbol, to, {oo: "-", -oo: "+"}.get(to, direction), position=position))


def reaches(x: Symbol, to: Expr, direction: str) -> bool:
    """Whether what is declared of a name holds where its limit is taken: x > 0 is no x that comes to 0 from below, or to -oo."""
    below, above = to is oo or direction == "-", to is -oo or direction == "+"
    low = to.is_extended_negative or (to.is_zero and below)
    high = to.is_extended_positive or (to.is_zero and above)
    return not (x.is_nonnegative and low or x.is_nonpositive and high)


def derivative(top: Items, bottom: Items, line: Line, position: int) -> bool:
    """d/dx or ∂²/∂x∂y, if the fraction is one; reads what is differentiated where it stands in the numerator."""
    sign = text_of(top[0]) if top else ""
    upright = bool(top) and isinstance(top[0], Token) and top[0].kind == "word" and top[0].text == "d"
    declared = find("symbol", Spelled("d", 0, 0), line.ctx) is not None
    if not (sign == r"\partial" or upright or (sign == "d" and not declared)):
        return False
    names = derivative_names(bottom)
    if names is None:
        return False
    order, rest = 1, tuple(top[1:])
    if rest and text_of(rest[0]) == "^":
        power, end = argument(rest, 1, "the order")
        order, rest = int(text_of(power[0]) or 0) if text_of(power[0]).isdigit() else 0, rest[end:]
    if order != len(names):
        raise line.ctx.error("the orders above and below in this derivative differ", position)
    symbols = []
    for name in names:
        symbol = find("symbol", name, line.ctx)
        if not isinstance(symbol, Symbol):
            raise line.ctx.error(f"{name.shown} is not declared", name.position)
        symbols.append(symbol)
    line.out.append(Der(tuple(symbols), line.ctx.row(rest) if rest else (), position=position))
    return True


def derivative_names(bottom: Items) -> list[Spelled] | None:
    """The variables below a derivative, each as often as its order says."""
    at, names = 0, []
    while at < len(bottom):
        item = bottom[at]
        if not isinstance(item, Token) or item.text not in ("d", r"\partial") or at + 1 >= len(bottom):
            return None
        name = read_name(bottom, at + 1)
        if name is None or not name.keys:
            return None
        order = text_of(name.sup[0]) if name.sup else "1"
        if not order.isdigit() or int(order) > 20:
            return None
        names += [name] * int(order)
        at = name.end
    return names or None
