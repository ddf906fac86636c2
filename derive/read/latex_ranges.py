"""Ranges below the signs of sums and integrals: bounds, sets of numbers, points, progressions, regions."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Expr, S, oo

from derive.read import latex_words as w
from derive.read.latex_names import Spelled, read_name
from derive.read.latex_nodes import Context
from derive.read.latex_tokens import Group, Item, Items, split, text_of

Ends = tuple[Expr | None, Expr | None]
Span = tuple[Spelled, Expr | None, Expr | None, tuple[Expr, ...], Expr]  # the last is the step


@dataclass(frozen=True)
class NumberSet:
    """ℕ, ℤ, ℝ, ℂ or ℚ by its letter, from `lo` on where one is said (`strict` without it), and its power, 2 in ℝ²."""

    letter: str
    lo: Expr | None = None
    strict: bool = False
    power: int = 1


def number_set(items: Items, ctx: Context) -> NumberSet | None:
    r"""The set of numbers that `items` spell: \mathbb{R}, \mathbb{R}^2, \mathbb{R}_+, \mathbb{R}_{>0}, \mathbb{N}_0, \mathbb{Z}_{\ge 1}."""
    name = read_name(items, 0) if items else None
    if name is None or name.end != len(items) or name.primes or name.base[:2] != "bb" or name.base[2:3] not in "NZRCQ":
        return None
    letter, scripts = name.base[2:3], [part for part in (name.sub, name.sup) if part is not None]
    if name.base == "bbNstar" and not scripts:
        return NumberSet("N", S.One)
    if len(name.base) > 3 or len(scripts) > 1:
        return None
    if not scripts:
        return NumberSet(letter)
    texts = [text_of(item) for item in scripts[0]]
    if texts == ["+"] and letter == "R":
        return NumberSet("R", S.Zero)
    if name.sup is not None:
        return NumberSet(letter, power=int(texts[0])) if len(texts) == 1 and texts[0].isdigit() else None
    if texts == ["0"] and letter == "N":
        return NumberSet("N", S.Zero)
    if len(texts) > 1 and w.RELATIONS.get(texts[0]) in (sp.Gt, sp.Ge) and letter in "NZR":
        return NumberSet(letter, ctx.value(scripts[0][1:]), w.RELATIONS[texts[0]] is sp.Gt)
    return None


def variable(items: Items, ctx: Context, position: int) -> Spelled:
    """The one name that `items` spell."""
    name = read_name(items, 0) if items else None
    if name is None or name.end != len(items) or not name.keys or name.sup is not None:
        raise ctx.error("a variable is expected here", items[0].position if items else position)
    return name


def span(
    below: Items, above: Items | None, ctx: Context, position: int, kind: str
) -> Span:
    """The variable of a sum and its range: k=a with an upper bound, k≥a, a≤k≤b, k∈ℤ, points, s∈{−1,1} and s=−1,1, or k=0,2,4,…"""
    signs = [text_of(item) for item in below if text_of(item) in w.RELATIONS or text_of(item) == w.MEMBER]
    sides = split(below, *w.RELATIONS, w.MEMBER)
    if signs == ["="] and above is not None:
        return variable(sides[0], ctx, position), ctx.value(sides[1]), ctx.value(above), (), S.One
    if signs == ["="] and len(sides[1]) == 2 and text_of(sides[1][0]) == r"\pm":
        value = ctx.value(sides[1][1:])
        return variable(sides[0], ctx, position), None, None, (-value, value), S.One
    listed = split(sides[1], ",") if signs == ["="] and above is None else []
    if len(listed) > 1 and not any(text_of(item) in w.DOTS for item in sides[1]) and len(set(map(ctx.value, listed))) == len(listed):
        return variable(sides[0], ctx, position), None, None, tuple(map(ctx.value, listed)), S.One
    if len(listed) > 1 and (progress := progression(listed, ctx)) is not None:
        return (variable(sides[0], ctx, position), *progress)
    if signs == [w.MEMBER] and above is None:
        return (variable(sides[0], ctx, position), *collection(sides[1], ctx, position), S.One)
    if above is None and len(signs) == 1 and signs[0] != "=":
        lo = ctx.value(sides[1])
        step = {sp.Gt: 1, sp.Ge: 0}.get(w.RELATIONS[signs[0]])
        if step is not None:
            return variable(sides[0], ctx, position), lo + step, oo, (), S.One
    if above is None and len(signs) == 2 and all(w.RELATIONS.get(s) in (sp.Le, sp.Lt) for s in signs):
        gaps = [1 if w.RELATIONS[s] is sp.Lt else 0 for s in signs]
        return variable(sides[1], ctx, position), ctx.value(sides[0]) + gaps[0], ctx.value(sides[2]) - gaps[1], (), S.One
    raise ctx.error(f"the bounds of this {kind} are read in the form _{{k=a}}^{{b}}", position)


def collection(items: Items, ctx: Context, position: int) -> tuple[Expr | None, Expr | None, tuple[Expr, ...]]:
    """ℤ, or a finite set of points, or a, …, b."""
    group = items[0] if items else None
    if isinstance(group, Group) and group.kind == r"\{" and len(items) == 1:
        parts = split(group.items, ",")
        dots = [i for i, part in enumerate(parts) if len(part) == 1 and text_of(part[0]) in w.DOTS]
        if not dots:
            return None, None, tuple(ctx.value(part) for part in parts)
        values = [ctx.value(part) for part in parts[: dots[0]]]
        if values and dots == [len(parts) - 2] and all(b - a == 1 for a, b in zip(values, values[1:], strict=False)):
            return values[0], ctx.value(parts[-1]), ()
    found = number_set(items, ctx)
    if found is not None and found.letter in "NZ" and (found.lo is not None or found.letter == "Z"):
        return (-oo, oo, ()) if found.lo is None else (found.lo + found.strict, oo, ())
    raise ctx.error("this set cannot be summed over; write the bounds in the form _{k=a}^{b}", position)


def progression(parts: list[tuple[Item, ...]], ctx: Context) -> tuple[Expr | None, Expr | None, tuple[Expr, ...], Expr] | None:
    """0, 2, 4, … without end, or 0, 1, …, n: at least two terms before the dots, and steps of one size."""
    dots = [at for at, part in enumerate(parts) if len(part) == 1 and text_of(part[0]) in w.DOTS]
    if len(dots) != 1 or dots[0] < 2 or dots[0] < len(parts) - 2:
        return None
    terms = [ctx.value(part) for part in parts[: dots[0]]]
    steps = {b - a for a, b in zip(terms, terms[1:], strict=False)}
    step = steps.pop()
    last = ctx.value(parts[-1]) if dots[0] == len(parts) - 2 else oo
    if steps or not (step.is_Integer and step > 0) or (step != 1 and (last != oo or len(terms) < 3)):
        return None
    return terms[0], last, (), step


def ends(found: dict[str, tuple[Item, ...]], name: Spelled, ctx: Context, count: int, position: int) -> Ends:
    """The ends of an integral over a name: two, none, an interval, the whole line or half of it, or a region such as |x| < 1."""
    below, above = found.get("_"), found.get("^")
    if below is None and above is None:
        return None, None
    if below is not None and above is not None and count == 1:
        return ctx.value(split(below, "=")[-1]), ctx.value(split(above, "=")[-1])  # \\int_{x=0}^{1} too
    if below is not None and above is None:
        space = number_set(below, ctx)
        if space is not None and space.letter == "R" and space.power == count:
            return -oo if space.lo is None else space.lo, oo
        if len(below) == 1 and isinstance(below[0], Group) and below[0].kind in ("(", "[") and count == 1:
            parts = split(below[0].items, ",")
            if len(parts) == 2:
                return ctx.value(parts[0]), ctx.value(parts[1])
        if count == 1 and (bounds := region(below, name, ctx)) is not None:
            return bounds
    raise ctx.error("the ends of this integral cannot be read; write _{a}^{b}", position)


def region(items: Items, name: Spelled, ctx: Context) -> tuple[Expr, Expr] | None:
    """The ends of x > a, a < x < b, |x| < a and x ∈ (a, b) for the variable that is integrated over."""
    signs = [text_of(item) for item in items if text_of(item) in w.RELATIONS or text_of(item) == w.MEMBER]
    sides = split(items, *w.RELATIONS, w.MEMBER)
    upwards = [w.RELATIONS.get(sign) in (sp.Lt, sp.Le) for sign in signs]
    bars = sides[0][0] if len(sides[0]) == 1 else None
    if len(signs) == 1 and isinstance(bars, Group) and bars.kind == "|" and is_named(bars.items, name) and upwards[0]:
        return -ctx.value(sides[1]), ctx.value(sides[1])
    at = next((i for i, side in enumerate(sides) if is_named(side, name)), None)
    if at is None or any(w.RELATIONS.get(sign) not in (sp.Lt, sp.Le, sp.Gt, sp.Ge) for sign in signs if sign != w.MEMBER):
        return None
    if signs == [w.MEMBER] and at == 0:
        set_of = sides[1][0] if len(sides[1]) == 1 else None
        parts = split(set_of.items, ",") if isinstance(set_of, Group) and set_of.kind in ("(", "[") else []
        return (ctx.value(parts[0]), ctx.value(parts[1])) if len(parts) == 2 else None
    if len(signs) == 1:
        other = ctx.value(sides[1 - at])
        return (-oo, other) if upwards[0] == (at == 0) else (other, oo)
    if len(signs) == 2 and at == 1 and upwards[0] == upwards[1]:
        first, last = ctx.value(sides[0]), ctx.value(sides[2])
        return (first, last) if upwards[0] else (last, first)
    return None


def is_named(items: Items, name: Spelled) -> bool:
    """Whether `items` are the name that is integrated over, and no more."""
    found = read_name(items, 0) if items else None
    return found is not None and found.end == len(items) and found.keys == name.keys and found.sup is None
