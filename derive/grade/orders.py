r"""f = O(g) and f ∼ g as x → a, as limits of f/g."""

from __future__ import annotations

import re

AS = r"(?:\\text\s*\{\s*,?\s*(?:as|for|when)\s*\}|\\q?quad(?![A-Za-z])|\\[,;: ]|[\s(])*"
POINT = r"(?P<x>[A-Za-z]|\\[A-Za-z]+)\s*\\(?:to|rightarrow)(?![A-Za-z])\s*(?P<at>[-+]?\s*(?:\\infty|\d+|[A-Za-z])(?:\s*\^\s*\{?[+-]\}?)?)\)?"
INSIDE = r"(?:[^()]|\((?:[^()]|\([^()]*\))*\))*"
WORDS = re.compile(r"(\\(?:text|textrm|mbox)\s*\{(?!\s*,?\s*(?:as|for|when)\s*\})[^{}]*\})")
SIDE = r"(?P<f>[^=,;$&\s][^=,;$&]*?)"
ORDER = re.compile(rf"{SIDE}\s*=\s*(?:\\mathcal\s*\{{?O\}}?|O)\s*(?:\\left)?\((?P<g>{INSIDE}?)(?:\\right)?\)\s*{AS}{POINT}")
ALIKE = re.compile(rf"{SIDE}\s*\\sim(?![A-Za-z])\s*(?P<g>[^=,;$&]+?)\s*{AS}{POINT}")


def without_orders(line: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    r"""The line without such statements, the limits that have to be finite, and those with their value 1.

    >>> without_orders(r"\text{since } \sin x=O(x) \text{ as } x\to0.")
    ('\\text{since } .', ('\\lim_{x\\to 0}\\left(\\frac{\\sin x}{x}\\right)',), ())
    """
    pieces = WORDS.split(line)
    bounded = tuple(limit(m) for piece in pieces for m in ORDER.finditer(piece))
    pieces = [ORDER.sub("", piece) for piece in pieces]
    alike = tuple(f"{limit(m)}=1" for piece in pieces for m in ALIKE.finditer(piece))
    return "".join(ALIKE.sub("", piece) for piece in pieces), bounded, alike


def limit(match: re.Match[str]) -> str:
    return rf"\lim_{{{match['x']}\to {match['at'].strip()}}}\left(\frac{{{match['f'].strip()}}}{{{match['g'].strip()}}}\right)"
