"""The name that a side of a formula consists of, and the letters that are functions in a document."""

from __future__ import annotations

import re

from derive.grade.writing.documents import Formula
from derive.read.latex_brackets import tree
from derive.read.latex_names import Spelled, read_name
from derive.read.latex_tokens import Group, split
from derive.read.names import ReadError

NUMBER = re.compile(r"(?:[-\d./{}()\s]|\\(?:[dt]?frac|sqrt|pi|infty)(?![A-Za-z]))+")


def head_of(text: str) -> tuple[str, tuple[str, ...]] | None:
    r"""The name that a side consists of, with the names of its arguments; None where it is more than that.

    >>> head_of(r"Z(\theta)"), head_of("p(x \\mid a)"), head_of("u"), head_of("2u")
    (('Z', ('theta',)), ('p', ('x', 'a')), ('u', ()), None)
    """
    if len(text) > 100:
        return None
    try:
        items = tree(text)
        found = read_name(items, 0) if items else None
        if found is None or not found.keys or found.sup is not None or found.primes:
            return None
        if found.end == len(items):
            return name_of(found), ()
        group = items[found.end]
        if found.end != len(items) - 1 or not isinstance(group, Group) or group.kind not in ("(", "["):
            return None
        args = [read_name(part, 0) if part else None for part in split(group.items, ",", ";", r"\mid")]
    except (ReadError, RecursionError):
        return None
    whole = [
        a for a, part in zip(args, split(group.items, ",", ";", r"\mid"), strict=True) if a is not None and a.end == len(part) and a.sup is None
    ]
    return (name_of(found), tuple(name_of(a) for a in whole)) if len(whole) == len(args) else None


def bare(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The name that a side consists of, without arguments."""
    head = head_of(text)
    return head if head is not None and not head[1] else None


def name_of(spelled: Spelled) -> str:
    return spelled.shown


def functions_in(formulas: list[Formula]) -> dict[str, set[str]]:
    """The letters that stand before a bracket with a name or a list in it somewhere, and so are functions in this document: with these names."""
    found: dict[str, set[str]] = {}  # x^n (1 − x) has an exponent in front of its bracket
    applied = re.compile(
        r"((?:(?<![_^])\\[A-Za-z]+|(?<![A-Za-z\\^])[A-Za-z])(?:_(?:\{[^{}]{1,12}\}|[A-Za-z0-9]|\\[A-Za-z]+))?)\s*(?:\\left|\\[bB]igg?l?)?\(([^()]{1,40})\)"
    )
    for formula in formulas:
        for match in applied.finditer(formula.text):
            inner = match[2].replace(r"\right", "")
            value = NUMBER.fullmatch(inner)  # f(0) is no product
            head = head_of(match[1] if value else f"{match[1]}({inner})")
            if head is not None and text_of_name(match[1]):
                found.setdefault(head[0], set()).update(head[1])
    return found


KNOWN = r"\Gamma \gamma \exp \log \ln \sin \cos \tan \sinh \cosh \tanh \sqrt \left \right \zeta \quad \qquad \pi".split()


def text_of_name(text: str) -> bool:
    head = head_of(text)
    return head is not None and not any(text.startswith(k) for k in KNOWN) and text != "B" and not re.match(r"[IKJY]_", text)
