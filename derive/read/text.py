"""Formulas in SymPy's syntax to SymPy expressions. The text is parsed by our own grammar; nothing in it is ever run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sympy import Expr, IndexedBase
from sympy.logic.boolalg import Boolean

from derive.read import functions
from derive.read.builder import Builder, kind, means_something
from derive.read.functions import BINDERS
from derive.read.names import ReadError, Scope
from derive.read.syntax import Node, parse, parse_list


def expression(text: str, scope: Scope) -> Expr:
    """The value of a formula, exactly: decimals become rationals.

    Raises ReadError, with the position, where the text is not one formula for a number in the names of `scope`.

    >>> from sympy.abc import x
    >>> expression("0.5 x^2", Scope({"x": x}))
    x**2/2
    """
    return read(text, scope, lambda: number(Builder(text, scope).build(tree(text, scope)), text))


def expressions(text: str, scope: Scope) -> tuple[Expr, ...]:
    """The values of formulas separated by commas. Raises ReadError as `expression` does."""
    return read(text, scope, lambda: tuple(
        number(Builder(text, scope).build(node), text) for node in parse_list(text, applies(scope))))


def written(text: str, scope: Scope) -> Expr | None:
    """The formula as it was written, before SymPy rearranges it; None where SymPy cannot hold it in that form."""
    try:
        return read(text, scope, lambda: number(Builder(text, scope, evaluate=False).build(tree(text, scope)), text))
    except ReadError:
        return None


def relation(text: str, scope: Scope) -> tuple[Boolean, ...]:
    """The relations that a text states, joined by & or commas; a chain gives one for each of its signs.

    Raises ReadError as `expression` does.

    >>> from sympy.abc import p
    >>> relation("0 < p < 1", Scope({"p": p}))
    (0 < p, p < 1)
    """
    return read(text, scope, lambda: tuple(
        part for node in parse_list(text, applies(scope)) for part in Builder(text, scope).relations(node)))


def free_names(text: str, scope: Scope) -> tuple[str, ...]:
    """The names in a formula or in relations that nobody declared and that mean nothing by themselves, in their order."""
    nodes = read(text, scope, lambda: parse_list(text, applies(scope)))
    found = (name for node in nodes for name in undeclared(node, scope))
    return tuple(dict.fromkeys(found))


def unknown_functions(text: str, scope: Scope) -> dict[str, int]:
    """The functions that a text applies and nobody declared, with the number of their arguments."""
    nodes = list(read(text, scope, lambda: parse_list(text, applies(scope))))
    found = {}
    while nodes:
        node = nodes.pop()
        nodes += node.parts
        if node.kind == "call" and not functions.known(node.text) and node.text not in scope.functions:
            found[node.text] = len(node.parts)
    return found


def read(text: str, scope: Scope, work: Callable[[], Any]) -> Any:
    """What `work` reads from `text`; whatever goes wrong in it becomes a ReadError, for the text is a stranger's."""
    try:
        return work()
    except ReadError as error:
        raise error if error.source else ReadError(error.message, text, error.position) from None
    except RecursionError:
        raise ReadError("the formula is nested too deeply", text) from None
    except Exception as error:  # SymPy refuses in many ways what makes no sense
        raise ReadError(f"the formula makes no sense to SymPy: {str(error)[:200]}", text) from None


def applies(scope: Scope) -> Callable[[str], bool]:
    """Whether name(…) is an application: of a known or declared function, or (an error later) of a name that is not declared."""
    return lambda name: functions.known(name) or name in scope.functions or name not in scope.symbols


def tree(text: str, scope: Scope) -> Node:
    return parse(text, applies(scope))


def undeclared(node: Node, scope: Scope, bound: frozenset[str] = frozenset()) -> Iterator[str]:
    """The free names below a node."""
    if node.kind == "call" and node.text in BINDERS:
        bound |= {limit.parts[0].text for limit in node.parts[1:] if limit.kind == "tuple" and limit.parts}
    if node.kind in ("name", "index") and not (node.text in bound or node.text in scope.symbols or means_something(node.text)):
        yield node.text
    for part in node.parts:
        yield from undeclared(part, scope, bound)


def number(value: Any, text: str) -> Expr:
    """The value itself, if it is one that a formula for a number may have."""
    if not isinstance(value, Expr) or isinstance(value, IndexedBase):
        raise ReadError(f"{kind(value)} stands where a number should", text, 0)
    return value
