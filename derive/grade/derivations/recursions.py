r"""Sequences of integrals that a derivation introduces, I_n with I_{n−1} and I_0, as functions of their index."""

from __future__ import annotations

import re
from collections.abc import Collection

from derive.grade.writing.indexed import at_indices, indices_of, plain

HEAD = re.compile(r"(?:^|[^A-Za-z\\}])(?P<letter>[A-HJ-Z]|I)\s*_\s*(?:\{\s*(?P<long>[a-zA-Z])\s*\}|(?P<index>[a-zA-Z]))\s*(?::?=|\\coloneqq)")
FREE = "JHFGSTUV"


def indexed(lines: tuple[str, ...], known: Collection[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    r"""The lines with I_n as a function of n, where I stands with other indices too, and the functions with their index.

    >>> indexed((r"I_n = \int_0^\infty x^n e^{-x}\,dx", "I_n = n I_{n-1}"), {"n", "x"})
    (('J(n) = \\int_0^\\infty x^n e^{-x}\\,dx', 'J(n) = n J(n-1)'), {'J': 'n'})
    """
    made: dict[str, str] = {}
    for line in lines:
        for match in HEAD.finditer(line):
            letter, index = match["letter"], match["long"] or match["index"]
            found = {index for one in lines for index in indices_of(letter, one)}
            alone = index not in known and re.search(rf"(?<![A-Za-z\\]){index}(?![A-Za-z])", line[match.end() :])  # S_n = 1 + q + ⋯ + qⁿ
            several = {m["long"] or m["index"] for one in lines for m in HEAD.finditer(one) if m["letter"] == letter}  # Z_q = … and Z_p = …
            capital = index if index.isupper() else ""
            tends = capital not in known and any(re.search(rf"(?<![A-Za-z\\]){capital}\s*\\to\s*\\infty", one) for one in lines)  # S_N as N → ∞
            if letter in known or capital and capital not in known and not tends or len(several) > 1 or len(found) < 2 and not alone:
                continue
            if not all(plain(one, capital) for one in found):
                continue
            new = letter if letter in FREE and not applied(letter, lines) else next((c for c in FREE if not used(c, lines) and c not in known), "")
            if new and new not in made:
                lines = tuple(at_indices(one, letter, new, capital) for one in lines)
                made[new] = index
    return lines, made


def used(letter: str, lines: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])", line) for line in lines)


def applied(letter: str, lines: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<![A-Za-z\\]){letter}\s*\(", line) for line in lines)
