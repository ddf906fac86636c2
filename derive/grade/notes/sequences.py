r"""A letter with an index that a document defines by a formula in the index, as in p_k = p(1 − p)^k: a function of it, p_{k+1} too."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from derive.grade.writing.indexed import at_indices
from derive.grade.writing.pieces import Statement

MARK = "seq"  # the subscript under which such a letter is read, as p_seq(k)
HEAD = re.compile(r"\s*(?P<base>\\?[A-Za-z]+)\s*_\s*(?:\{\s*(?P<long>[k-np-z])\s*\}|(?P<short>[k-np-z]))\s*")
SUBSCRIPT = re.compile(r"_\s*(?:\{[^{}]*\}|\\?[A-Za-z0-9]+)")
SPELLED = rf"_{{\mathrm{{{MARK}}}}}"
READ = re.compile(re.escape(SPELLED) + r"\(([^()]*)\)")


def sequences(chains: Iterable[Statement], inner: bool) -> list[str]:
    r"""The letters that equations define by their index; the index stands outside of subscripts, and the letter itself does not. A name
    of what is summed or observed, as x_i = a + b z_i, is none. `inner`: of a display, where an equation may only be a step.

    >>> from derive.grade.writing.documents import Formula
    >>> from derive.grade.writing.pieces import statements
    >>> sequences(statements(Formula(r"p_k = p(1-p)^k", 1, False))[0], False)
    ['p']
    """
    found = []
    for chain in chains:
        head = HEAD.fullmatch(chain.sides[0].text) if chain.signs[:1] == ("=",) else None
        if head is None or (inner and len(chain.signs) > 1):
            continue
        value, index = chain.sides[1].text, head["long"] or head["short"]
        itself = re.search(rf"{re.escape(head['base'])}\s*_", value)
        bare = SUBSCRIPT.sub("", value)
        if not itself and re.search(rf"(?<![A-Za-z\\]){index}(?![A-Za-z])", bare) and not re.search(rf"_\s*\{{?\s*{index}", value):
            found.append(head["base"])
    return found


def applied(text: str, letters: Collection[str]) -> str:
    r"""A formula in which these letters are functions of their index.

    >>> applied(r"\frac{p_{k+1}}{p_k} = p_0 p_{ij}", ["p"])
    '\\frac{p_{\\mathrm{seq}}(k+1)}{p_{\\mathrm{seq}}(k)} = p_{\\mathrm{seq}}(0) p_{ij}'
    """
    for letter in letters:
        text = at_indices(text, letter, f"{letter}{SPELLED}")
    return text


def numbered(letter: str, condition: str) -> bool:
    r"""Whether a condition declares members by their numbers, as λ_1, λ_2 > 0 does: then these are names of their own from here on."""
    return re.search(rf"{re.escape(letter)}\s*_\s*\{{?\s*\d", condition) is not None


def shown(text: str) -> str:
    """The formula as it was written."""
    return READ.sub(lambda m: f"_{m[1]}" if len(m[1]) == 1 else f"_{{{m[1]}}}", text).replace(f"_{MARK}", "")
