"""What a name means that nobody declared: indicators, expectations, the functions of the usual letters, constants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sympy as sp
from sympy import Basic, Expr

from derive.read import latex_heads as heads
from derive.read import latex_words as w
from derive.read.latex_conditions import argument_values, condition, has_relation, indicator, inside
from derive.read.latex_functions import GREEK_AND_LETTERS, INVERSE, RAISED, SUBSCRIPTED, WORDS, builder
from derive.read.latex_names import Spelled, find, read_name
from derive.read.latex_nodes import Call, Context, Line, Op, Sup, Value
from derive.read.latex_tokens import Group, Items, split, text_of
from derive.read.names import ReadError

TRANSPOSES = (r"\top", r"\intercal")
OPERATORS = {
    "bbE": heads.Expectation,
    "bbP": heads.Probability,
    "Pr": heads.Probability,
    "Var": heads.Variance,
    "bbV": heads.Variance,
    "Cov": heads.Covariance,
}


def put(line: Line, spelled: Spelled, value: Basic, kind: str = "other", end: int | None = None) -> None:
    """Put a value onto the line, with the exponent that the name was spelled with."""
    line.out.append(Value(value, kind, position=spelled.position, spaced=spelled.spaced))
    if spelled.sup is not None:
        line.out.append(exponent(spelled, value, line.ctx))
    line.at = spelled.end if end is None else end


def exponent(spelled: Spelled, value: Basic, ctx: Context) -> Op | Sup:
    """The exponent of a name; on a matrix, T and ⊤ transpose."""
    sup = spelled.sup or ()
    if getattr(value, "is_Matrix", False) and transposes(sup):
        return Op("T", position=spelled.position)
    refuse_marked(sup, spelled, ctx)
    return Sup(ctx.row(sup), position=spelled.position)


def transposes(sup: Items) -> str:
    """The sign of a transpose that an exponent is: ⊤, or T in any font; else nothing."""
    if len(sup) == 1 and text_of(sup[0]) in TRANSPOSES:
        return text_of(sup[0])
    name = read_name(sup, 0) if sup else None
    return "T" if name is not None and name.end == len(sup) and (name.base, name.sub, name.sup, name.primes) == ("T", None, None, 0) else ""


def refuse_marked(sup: Items, spelled: Spelled, ctx: Context) -> None:
    """x^{(n)} numbers, differentiates or rises more often than it is a power; n with a bar or a line below it is a factorial power."""
    first = sup[0] if len(sup) == 1 else None
    if isinstance(first, Group) and first.kind == "(" and is_single_name(first) and spelled.base != "e":
        raise ctx.error(f"a bracket in the exponent of {spelled.shown} may be an index; leave it out for a power", first.position)
    if sup and text_of(sup[0]) == r"\overline" and ((named := read_name(sup, 0)) is None or find("symbol", named, ctx) is None):
        raise ctx.error("a rising factorial cannot be read; write it with \\Gamma", sup[0].position)


def refuse_inverse(spelled: Spelled, ctx: Context) -> Spelled:
    """f^{-1}(x) may mean the inverse function or 1/f(x)."""
    if spelled.sup is not None and [text_of(i) for i in spelled.sup] == ["-", "1"]:
        raise ctx.error(
            f"{spelled.base}^{{-1}} may mean an inverse function; write \\frac{{1}}{{...}} for one over it", spelled.position
        )
    return spelled


def given(values: list[Basic], marks: list[str]) -> Basic:
    """p(x | θ): what stands before the bar, and what is given."""
    at = marks.index(w.GIVEN) + 1
    before = values[0] if at == 1 else sp.Tuple(*values[:at])
    return heads.Given(before, *values[at:])


def is_single_name(bracket: Group) -> bool:
    """Whether nothing but a name stands in the bracket."""
    found = read_name(bracket.items, 0) if bracket.items else None
    return found is not None and found.end == len(bracket.items)


def special(line: Line, spelled: Spelled, bracket: Group | None) -> bool:
    """Indicators, expectations, Kronecker's delta, harmonic numbers."""
    ctx = line.ctx
    if spelled.base == "calN" and bracket is not None and spelled.sub is None and spelled.sup is None:
        put(line, spelled, normal_density(bracket, ctx), end=spelled.end + 1)
        return True
    events = spelled.base == "I" or spelled.base == "chi" and spelled.sub is not None
    if spelled.base in ("bb1", "bbI") or events and is_event(spelled, bracket):
        return indicators(line, spelled, bracket)
    operator = OPERATORS.get(spelled.base) or (heads.Expectation if spelled.base == "E" and spelled.upright else None)
    if operator and bracket is not None and spelled.sub is None:
        values, marks = argument_values(bracket, ctx)
        values = [given(values, marks)] if w.GIVEN in marks else values
        put(line, spelled, operator(*values), end=spelled.end + 1)
        return True
    if find("symbol", replace(spelled, sub=None), ctx) is not None:
        return False
    if spelled.base == "delta" and spelled.sub is not None and bracket is None:
        parts = split(spelled.sub, ",") if any(text_of(i) == "," for i in spelled.sub) else [(i,) for i in spelled.sub]
        if len(parts) == 2:
            put(line, spelled, sp.KroneckerDelta(*(ctx.value(part) for part in parts)))
            return True
    if spelled.base == "H" and spelled.sub is not None and bracket is None and not spelled.primes:
        return harmonic(line, spelled)
    return False


def normal_density(bracket: Group, ctx: Context) -> Expr:
    """𝒩(x; μ, σ²), where the square shows that the last argument is the variance.

    Raises ReadError for 𝒩(μ, σ²), which is a law, and for 𝒩(x; μ, s), whose s is a variance to some and its root to others.
    """
    values, marks = argument_values(bracket, ctx)
    if len(values) != 3 or marks not in ([";", ","], [w.GIVEN, ","]):
        raise ReadError("the density of a normal law is read in the form \\mathcal{N}(x; \\mu, \\sigma^2)")
    x, mean, variance = values
    terms = [term for term in sp.Add.make_args(variance) if not term.is_Number]
    squares = all(any(isinstance(f, sp.Pow) and abs(f.exp) == 2 for f in sp.Mul.make_args(term)) for term in terms)
    if not (squares and terms or variance == 1):
        raise ReadError("it is not clear whether \\mathcal{N}(x; m, v) has the variance v or its root; write the variance as a square")
    return sp.exp(-((x - mean) ** 2) / (2 * variance)) / sp.sqrt(2 * sp.pi * variance)


def is_event(spelled: Spelled, bracket: Group | None) -> bool:
    """Whether I(…) or I_{…} holds an event or a set, and so is an indicator."""
    if spelled.sub is not None:
        inner = spelled.sub
        interval = (
            len(inner) == 1
            and isinstance(inner[0], Group)
            and inner[0].kind in ("(", "[", r"\{")
            and len(split(inner[0].items, ",")) == 2
        )
        return (
            has_relation(inner) or interval or (len(inner) == 1 and isinstance(inner[0], Group) and has_relation(inner[0].items))
        )
    return bracket is not None and has_relation(bracket.items)


def indicators(line: Line, spelled: Spelled, bracket: Group | None) -> bool:
    """1{x > 0}, 1_{x > 0}, 1_{(0, 1)}(x)."""
    sub, end = spelled.sub, spelled.end
    if sub is not None and (has_relation(sub) or (len(sub) == 1 and isinstance(sub[0], Group) and has_relation(sub[0].items))):
        event = condition(sub, line.ctx)
    elif sub is not None and bracket is not None:
        event, end = inside(line.ctx.value(bracket.items), sub, line.ctx), end + 1
    elif sub is None and bracket is not None:
        event, end = condition(bracket.items, line.ctx), end + 1
    else:
        raise line.ctx.error("an indicator needs an event, as in \\mathbf{1}\\{x > 0\\}", spelled.position)
    put(line, spelled, indicator(event), end=end)
    return True


def harmonic(line: Line, spelled: Spelled) -> bool:
    """H_n, H_{n,m} and H_n^{(m)}."""
    ctx, subs = line.ctx, [line.ctx.value(part) for part in split(spelled.sub or (), ",")]
    sup = spelled.sup or ()
    if len(sup) == 1 and isinstance(sup[0], Group) and sup[0].kind == "(":
        subs, spelled = [*subs, ctx.value(sup[0].items)], replace(spelled, sup=None)
    if len(subs) > 2:
        return False
    make = RAISED["H"][2]
    put(line, spelled, ctx.build(spelled.position, make, subs[0], subs[1] if len(subs) > 1 else sp.S.One))
    return True


def known_function(line: Line, spelled: Spelled, bracket: Group | None) -> bool:
    """Γ(a), B(a, b), I_ν(x), ψ^{(n)}(x), Φ^{-1}(p), erf x, …"""
    base, ctx = spelled.base, line.ctx
    if not any(base in tables for tables in (GREEK_AND_LETTERS, SUBSCRIPTED, WORDS if spelled.upright else {})):
        return False
    if bracket is None:
        return spelled.upright and spelled.sub is None and bracketless(line, spelled)
    values, marks = argument_values(bracket, ctx)
    subs = [ctx.value(part) for part in split(spelled.sub, ",")] if spelled.sub is not None else []
    made, spelled = chosen(spelled, subs, values, marks, ctx)
    value = ctx.build(spelled.position, made, *subs, *values) if made is not None else None
    if value is None:
        raise ctx.error(
            f"{spelled.shown} with {len(values)} argument{'s' * (len(values) != 1)} is not a function that is known here; "
            "declare it, or write a product with \\cdot",
            spelled.position,
        )
    if spelled.primes:
        value = ctx.build(
            spelled.position, lambda: value.diff(values[0]) if value.func(*value.args) == value and values[0].is_Symbol else None
        )
        if value is None:
            raise ctx.error("a prime on a known function needs a single symbol as argument", spelled.position)
    put(line, spelled, value, end=spelled.end + 1)
    return True


def chosen(
    spelled: Spelled, subs: list[Expr], values: list[Any], marks: list[str], ctx: Context
) -> tuple[Callable[..., Any] | None, Spelled]:
    """The function meant, and the name without the part of its exponent that belongs to the function."""
    base, count, sup = spelled.base, len(subs) + len(values), spelled.sup or ()
    if len(sup) == 1 and isinstance(sup[0], Group) and sup[0].kind == "(" or (base == "L" and sup):
        order = ctx.value(sup[0].items if isinstance(sup[0], Group) and len(sup) == 1 else sup)
        subs.append(order)
        return builder(RAISED, base, count + 1), replace(spelled, sup=None)
    if [text_of(i) for i in sup] == ["-", "1"] and not subs:
        if base in INVERSE and count == 1:
            return INVERSE[base], replace(spelled, sup=None)
        refuse_inverse(spelled, ctx)
    if subs or (base == "B" and marks == [";", ","]):
        return builder(SUBSCRIPTED, base, count), spelled
    if spelled.upright and (made := builder(WORDS, base, count)) is not None:
        return made, spelled
    return builder(GREEK_AND_LETTERS, base, count), spelled


def bracketless(line: Line, spelled: Spelled) -> bool:
    """erf x, sech² x."""
    make = builder(WORDS, spelled.base, 1)
    if make is None:
        return False
    power = line.ctx.row(spelled.sup) if spelled.sup is not None else ()
    line.out.append(Call(make, power=power, position=spelled.position, spaced=spelled.spaced))
    line.at = spelled.end
    return True


def letter_constant(line: Line, spelled: Spelled, bracket: Group | None) -> bool:
    """e, π, an upright i, Euler's γ_E."""
    if spelled.primes or (spelled.sub is not None and not (spelled.base == "gamma" and spelled.parts == ("E",))):
        return False
    if spelled.base == "gamma" and spelled.sub is not None:
        put(line, spelled, sp.EulerGamma, "constant")
    elif spelled.base == "e":
        put(line, spelled, sp.E, "base")
    elif spelled.base == "pi":
        if bracket is not None and is_single_name(bracket):
            raise line.ctx.error(
                "π before a bracket may be a function here; declare it, or write \\cdot for a product", spelled.position
            )
        put(line, spelled, sp.pi, "constant")
    elif spelled.base == "i" and spelled.upright:
        put(line, spelled, sp.I, "symbol")
    else:
        return False
    return True
