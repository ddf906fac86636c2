r"""LaTeX as homework and papers print it, to SymPy, for declared names.

The order of decisions: tokens and brackets (latex_tokens, latex_brackets); statements before arithmetic (latex_statements, latex_conditions);
every name against the scope (latex_apply, latex_known), so that an undeclared one is an error that names it; what readers read
differently is settled or refused (latex_ambiguity); only then arithmetic, by our grammar (latex_grammar) or by the library
latex2sympy2 (latex_second). Nothing of the text is ever run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sympy import Basic, Expr, IndexedBase, nan, zoo

from derive.read.latex_ambiguity import settled
from derive.read.latex_brackets import tree
from derive.read.latex_grammar import evaluate
from derive.read.latex_heads import Family
from derive.read.latex_names import table
from derive.read.latex_nodes import Context, Row
from derive.read.latex_resolve import resolve
from derive.read.latex_statements import state, trimmed, unrowed
from derive.read.latex_tokens import Items
from derive.read.names import ReadError, Scope

READERS = ("own", "latex2sympy2")
T = TypeVar("T")


def expression(text: str, scope: Scope, reader: str = "own") -> Expr:
    r"""The expression that `text` stands for, with the scope's symbols, evaluated as SymPy does.

    Names mean what the scope declares; the usual letters of functions (Γ, B, I_ν, ζ, Φ, …) mean these where they are applied and
    not declared otherwise. Where the scope is not strict, undeclared names become real symbols and appear as free symbols.
    `reader` is "own", or "latex2sympy2" to let that library do the arithmetic (the extra of that name).

    Raises ReadError, with the position in the text, for anything that cannot be read with certainty.

    >>> from sympy import Symbol
    >>> scope = Scope({"sigma": Symbol("sigma", positive=True)})
    >>> expression(r"\sqrt{2\pi}\,\sigma", scope)
    sqrt(2)*sqrt(pi)*sigma
    >>> expression(r"\sigma+\mu", scope)
    Traceback (most recent call last):
    derive.read.names.ReadError: the name mu is not declared (at position 8 of '\sigma+\mu')
    """
    return guarded(text, scope, reader, lambda items, ctx: ctx.value(trimmed(unrowed(items, ctx))))


def statement(text: str, scope: Scope, reader: str = "own") -> Basic:
    r"""What `text` states: an expression, a relation (not evaluated), a Chain, a Propto, several conditions.

    A line that starts with "=" gives Chain(Blank(), …). A value with its conditions gives a Tuple, conditions alone an And.
    Raises ReadError as `expression` does.

    >>> from sympy import Symbol
    >>> statement(r"Z = \frac{1}{b}", Scope({"Z": Symbol("Z"), "b": Symbol("b")}))
    Eq(Z, 1/b)
    """
    return guarded(text, scope, reader, state)


def guarded(text: str, scope: Scope, reader: str, read: Callable[[Items, Context], T]) -> T:
    """Read with every error located in `text`, and nothing infinite in the answer."""
    try:
        value = read(tree(text), context(text, scope, reader))
    except ReadError as error:
        raise (
            error if error.source else ReadError(error.message, text[:200] if error.position is None else text, error.position)
        ) from None
    except RecursionError:
        raise ReadError("this formula is nested too deeply") from None
    if isinstance(value, Basic) and value.has(nan, zoo):
        raise ReadError("this formula has no value: it divides by zero or is an undefined form")
    if isinstance(value, Basic) and (left := [b for b in value.atoms(IndexedBase) if isinstance(b, Family)]):
        raise ReadError(f"names such as {left[0].label}_i need a sum or product over numbers")
    return value


def context(text: str, scope: Scope, reader: str) -> Context:
    """The context at the start of a formula."""
    if reader not in READERS:
        raise ReadError(f"there is no reader {reader!r}; there are {' and '.join(READERS)}")
    compute = evaluate
    if reader == "latex2sympy2":
        from derive.read.latex_second import evaluate as compute
    return Context(text, scope, table(scope), settled_row, compute)


def settled_row(items: Items, ctx: Context) -> Row:
    """The nodes of `items`, without ambiguities."""
    return settled(resolve(items, ctx), ctx)
