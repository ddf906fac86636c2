"""What a name means where it stands: a bound variable, a declared symbol or function; what else it may mean is in latex_known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp
from sympy import Basic, IndexedBase

from derive.read import latex_heads as heads
from derive.read import latex_words as w
from derive.read.latex_conditions import argument_values, has_relation
from derive.read.latex_functions import GREEK_AND_LETTERS, WORDS
from derive.read.latex_known import given, is_single_name, known_function, letter_constant, put, refuse_inverse, special
from derive.read.latex_names import Spelled, bracket_after, find, with_scripts
from derive.read.latex_nodes import Context, Line
from derive.read.latex_tokens import Group, Item, Token, split, text_of
from derive.read.names import obvious

LONGEST_NAME = 12


def name(line: Line, spelled: Spelled) -> None:
    """Put what `spelled` means onto the line. Raises ReadError for a name that nobody declared."""
    bracket = bracket_after(line.items, spelled.end)
    for attempt in (
        function_in_letters,
        declared_function,
        declared_symbol,
        indexed,
        longer_name,
        special,
        known_function,
        letter_constant,
    ):
        if attempt is letter_constant and spelled.base == "e" and not spelled.upright:
            refuse_words(line, spelled)
        if attempt(line, spelled, bracket):
            return
    undeclared(line, spelled, bracket)


def declared_function(line: Line, spelled: Spelled, bracket: Group | None) -> bool:
    """A declared function, applied: f(x), f²(x), F′(x), f(x; θ), p(x | θ)."""
    function = find("function", spelled, line.ctx) or find("function", replace(spelled, primes=0), line.ctx)
    if function is None:
        return False
    if bracket is None:
        if find("symbol", spelled, line.ctx) is not None:
            return False
        raise line.ctx.error(f"the function {spelled.shown} is not applied to anything", spelled.position)
    if is_number_too(line, spelled, bracket):
        return False
    values, marks = argument_values(bracket, line.ctx)
    if w.GIVEN in marks:
        values = [given(values, marks)]
    applied = line.ctx.build(spelled.position, function, *values)
    orders = 0 if find("function", spelled, line.ctx) is not None else spelled.primes
    order = raised_order(spelled, line.ctx)
    if order is not None:
        orders, spelled = order, replace(spelled, sup=None)
    put(line, refuse_inverse(spelled, line.ctx), differentiated(applied, orders, line, spelled), end=spelled.end + 1)
    return True


def is_number_too(line: Line, spelled: Spelled, bracket: Group) -> bool:
    """Whether a name of a function stands for a number: p in p(1 − p), which is no argument of its own, and in p^k (1 − p)^{n − k}."""
    if len(split(bracket.items, ",", ";", w.GIVEN)) > 1 or is_single_name(bracket):
        return False
    after = text_of(line.items[spelled.end + 1]) if spelled.end + 1 < len(line.items) else ""
    name = spelled.base.lstrip("\\")
    beside = any(is_letter(item, name) for item in bracket.items)
    itself = spelled.sub is None and (beside or holds(bracket, name) and find("symbol", spelled, line.ctx) is not None)
    return not spelled.primes and (itself or after == "^" and spelled.sup is not None)


def holds(group: Group, name: str) -> bool:
    """Whether a name stands in a bracket, at any depth."""
    return any(holds(item, name) if isinstance(item, Group) else is_letter(item, name) for item in group.items)


def is_letter(item: Item, name: str) -> bool:
    return text_of(item).lstrip("\\") == name


def raised_order(spelled: Spelled, ctx: Context) -> int | None:
    """The order n in f^{(n)}(x)."""
    sup = spelled.sup or ()
    if len(sup) == 1 and isinstance(sup[0], Group) and sup[0].kind == "(":
        order = ctx.value(sup[0].items)
        if not (order.is_Integer and 0 <= order <= 20):
            raise ctx.error("only a derivative whose order is a number can be read", spelled.position)
        return int(order)
    return None


def differentiated(applied: Any, orders: int, line: Line, spelled: Spelled) -> Basic:
    """The derivative of a function of one argument, taken at that argument."""
    if orders and len(applied.args) != 1:
        raise line.ctx.error("a prime needs a function of one argument", spelled.position)
    if orders == 0:
        return applied  # type: ignore[no-any-return]
    if applied.args[0].is_Symbol:
        return sp.Derivative(applied, (applied.args[0], orders))
    u = sp.Symbol("u", real=True)
    body = applied.func(u) if u not in applied.free_symbols else applied.func(sp.Symbol("u_1", real=True))
    u = body.args[0]
    return sp.Subs(sp.Derivative(body, (u, orders)), u, applied.args[0])


def declared_symbol(line: Line, spelled: Spelled, bracket: Group | None) -> bool:
    """A bound variable or a declared symbol; before a bracket it is a factor, unless the bracket holds a list."""
    symbol = find("symbol", spelled, line.ctx)
    if symbol is None or spelled.upright and spelled.base in ("e", "d") and not spelled.sub:
        return False
    if spelled.base == "e" and not spelled.sub and spelled.sup is not None and not all(text_of(t).isdigit() for t in spelled.sup):
        raise line.ctx.error("e is declared, so e^{…} may be its power or the exponential; write \\exp(…) or \\mathrm{e}^{…}, or (e)^{…}",
                             spelled.position)
    if bracket is not None and len(split(bracket.items, ",", ";", w.GIVEN)) > 1 and bracket.close != "evaluated":
        if spelled.base not in GREEK_AND_LETTERS or spelled.sub is not None:
            raise line.ctx.error(
                f"{spelled.shown} is declared as a symbol, but stands before a list as a function would", spelled.position
            )
        return False
    if isinstance(symbol, IndexedBase):
        raise line.ctx.error(f"{spelled.shown} is indexed and needs an index, as in {spelled.shown}_i", spelled.position)
    put(line, spelled, symbol, "symbol")
    return True


def indexed(line: Line, spelled: Spelled, bracket: Group | None) -> bool:
    """x_i or x_{i+1} of an indexed name, and p_i of several."""
    if spelled.sub is None or spelled.primes:
        return False
    base = find("symbol", replace(spelled, sub=None), line.ctx)
    if not isinstance(base, IndexedBase) and is_family(spelled, line.ctx):
        base = heads.Family(spelled.base)
    if not isinstance(base, IndexedBase):
        return False
    parts = split(spelled.sub, ",")
    if any(len(names_in(part)) > 1 and not any(text_of(i) in ("+", "-") for i in part) for part in parts):
        raise line.ctx.error("put a comma between two indices", spelled.position)
    put(line, spelled, base[tuple(line.ctx.value(part) for part in parts)])
    return True


def is_family(spelled: Spelled, ctx: Context) -> bool:
    """Whether a_i with a bound index i can mean the declared names a1, a2, …"""
    numbered = any(f"symbol {spelled.base}{number}" in ctx.table for number in range(3))
    return numbered and any(part in ctx.bound for part in spelled.parts or [text_of(i) for i in spelled.sub or ()])


def names_in(items: tuple[Item, ...]) -> list[Item]:
    return [i for i in items if isinstance(i, Token) and (i.kind == "letter" or i.text in w.GREEK)]


def function_in_letters(line: Line, spelled: Spelled, bracket: Group | None) -> bool:
    """A function such as cosh( … without its backslash, unless all of its letters are declared; in xlog( … the x is a factor."""
    run = letters_from(line.items, line.at)
    for length in range(len(run), 1, -1):
        joined = "".join(run[:length])
        if joined not in WORDS or (length < 3 and joined != "ln") or (after := bracket_after(line.items, line.at + length)) is None:
            continue
        declared = [find("symbol", Spelled(letter, 0, 0), line.ctx) is not None for letter in joined]
        if not all(declared) and not (declared[0] and joined[1:] in WORDS):
            longer = Spelled(joined, spelled.position, line.at + length, upright=True, spaced=spelled.spaced)
            return known_function(line, longer, after)
    return False


def longer_name(line: Line, spelled: Spelled, bracket: Group | None) -> bool:
    """A declared name of several plain letters, such as df_1, whose first letter is not declared itself."""
    run = letters_from(line.items, line.at)
    for length in range(len(run), 1, -1):
        longer = with_scripts(
            Spelled("".join(run[:length]), spelled.position, line.at + length, spaced=spelled.spaced), line.items
        )
        after = bracket_after(line.items, longer.end)
        if find("symbol", longer, line.ctx) is not None:
            return declared_symbol(line, longer, after)
        if find("function", longer, line.ctx) is not None:
            return declared_function(line, longer, after)
    return False


def letters_from(items: tuple[Item, ...], at: int) -> list[str]:
    """The letters that stand at items[at] without a gap."""
    run: list[str] = []
    for item in items[at : at + LONGEST_NAME]:
        if not isinstance(item, Token) or item.kind != "letter" or (run and not item.glued):
            break
        run.append(item.text)
    return run


def refuse_words(line: Line, spelled: Spelled) -> None:
    """Refuse sin x and pi without a backslash, which are s·i·n·x and p·i, unless all letters are declared."""
    run = "".join(letters_from(line.items, line.at))
    for length in range(len(run), 1, -1):
        word = run[:length]
        if all(letter == "e" or find("symbol", Spelled(letter, 0, 0), line.ctx) is not None for letter in word):
            return
        if f"\\{word}" in w.ELEMENTARY or f"\\{word}" in w.GREEK or word in WORDS or word == "sqrt":
            raise line.ctx.error(f"{word} is read as letters that are multiplied; write \\{word}", spelled.position)


def undeclared(line: Line, spelled: Spelled, bracket: Group | None) -> None:
    """Refuse a name that nobody declared, or where the scope is not strict take it as a real symbol."""
    ctx = line.ctx
    refuse_words(line, spelled)
    if spelled.base == "i" and spelled.sub is None:
        raise ctx.error("the name i is not declared; write \\mathrm{i} for the imaginary unit", spelled.position)
    if ctx.scope.strict or spelled.parts is None or spelled.primes or not spelled.base.isascii():
        raise ctx.error(f"the name {spelled.shown} is not declared", spelled.position)
    if bracket is not None and (
        len(split(bracket.items, ",", ";", w.GIVEN)) > 1 or is_single_name(bracket) or has_relation(bracket.items)
    ):
        raise ctx.error(
            f"{spelled.shown} is not declared and may be a function here; declare it, or write \\cdot for a product",
            spelled.position,
        )
    put(line, spelled, obvious(spelled.shown), "symbol")
