r"""Where partial sums tend to, for an index of which nothing says where it goes: S_N → c, \lim S_N, and A = B_N → c."""

from __future__ import annotations

import re
from collections.abc import Collection

LETTER = r"(?<![A-Za-z\\])[A-HJ-Y]"  # Z_N has a meaning of its own
INDEX = r"\s*_\s*(?:\{\s*(?P<long>[A-Za-z])\s*\}|(?P<short>[A-Za-z]))"
NAMED = re.compile(rf"(?:^|[^A-Za-z\\}}])[A-HJ-Y]{INDEX}\s*(?::?=|\\to(?![A-Za-z]))")
UP_TO = re.compile(r"\\sum\s*(?:\\limits)?\s*_\s*\{[^{}]*=[^{}]*\}\s*\^\s*(?:\{\s*(?P<long>[A-Za-z])\s*\}|(?P<short>[A-Za-z]))")
BARE = re.compile(rf"\\lim(?![A-Za-z])(?!\s*(?:\\limits)?\s*_)(?P<what>(?:\s|\\[,;:! ])*{LETTER}\s*_)")
ARROW = re.compile(r"\\x?(?:long)?(?:to|rightarrow)(?![A-Za-z])")
GOES = re.compile(r"(?P<side>[^=,;]*[^=,;\s])\s*\\(?:long)?(?:to|rightarrow)(?![A-Za-z])\s*(?P<to>[^=,;]+?)(?P<end>[\s.,;]*)")


def with_partial_sums(lines: tuple[str, ...], known: Collection[str]) -> tuple[str, ...]:
    r"""The lines with n → ∞ where they say no more than where a sequence tends to, and nothing declares its index n.

    >>> with_partial_sums((r"S_n = 1-\frac1{n}", r"Z = \lim S_n = 1"), {"k"})
    ('S_n = 1-\\frac1{n}', 'Z = \\lim_{n\\to\\infty} S_n = 1')
    >>> with_partial_sums((r"\sum_{k=1}^N a_k = 1-\frac1N \to 1",), {"k"}), with_partial_sums((r"S_n = 1-q \to 1",), {"q"})
    (('\\sum_{k=1}^N a_k = 1-\\frac1N \\to 1\\quad(N\\to\\infty)',), ('S_n = 1-q \\to 1',))
    """
    found = dict.fromkeys(m["long"] or m["short"] for pattern in (NAMED, UP_TO) for line in lines for m in pattern.finditer(line))
    free = [index for index in found if index not in known]
    return tuple(tending(line, free[0]) for line in lines) if len(free) == 1 else lines


def tending(line: str, index: str) -> str:
    line = BARE.sub(lambda m: rf"\lim_{{{index}\to\infty}}{m['what']}", line)
    last = line.rpartition("=")[2]
    goes = GOES.fullmatch(last) if len(ARROW.findall(line)) == 1 else None
    shown = goes is not None and re.search(rf"(?<![A-Za-z\\]){index}(?![A-Za-z])", re.sub(r"\\[A-Za-z]+", " ", goes["side"]))
    if goes is None or not shown or r"\text" in last or re.search(r"\\lim|\\frac\s*\{?\s*d(?![A-Za-z])", last):
        return line
    return rf"{line[: len(line) - len(goes['end'])]}\quad({index}\to\infty)"


def taken_to_its_limit(function: str, index: str, lines: tuple[str, ...]) -> bool:
    r"""Whether some line takes the limit of a function of its index.

    >>> taken_to_its_limit("S", "n", (r"Z = \lim_{n\to\infty} S(n)",)), taken_to_its_limit("S", "n", ("S(n) = n",))
    (True, False)
    """
    limit = rf"\\lim\s*(?:\\limits)?\s*_\s*\{{\s*{index}\s*\\(?:to|rightarrow)\s*\+?\s*\\infty\s*\}}"
    goes = rf"(?<![A-Za-z\\]){function}\s*\(\s*{index}\s*\)\s*\\(?:to|rightarrow|xrightarrow)"
    return any(re.search(rf"{limit}.*?(?<![A-Za-z\\]){function}\s*\(|{goes}|{index}\s*\\to\s*\\infty", line, re.DOTALL) for line in lines)
