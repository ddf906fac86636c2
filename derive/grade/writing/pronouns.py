r"""Words that speak of the value before them, as in "as L → ∞ this tends to 1/λ": the limit of the last side."""

from __future__ import annotations

import re

from derive.grade.writing.segments import parts
from derive.grade.writing.spellings import customary
from derive.read.names import ReadError

POINT = r"(?P<x>[A-Za-z]|\\[A-Za-z]+)\s*\\(?:to|rightarrow)(?![A-Za-z])\s*(?P<at>[-+]?\s*(?:\\infty|\d+)(?:\s*\^\s*\{?[+-]\}?)?)"
GAP = r"(?:\\[,;:! ]|\\q?quad(?![A-Za-z])|[\s,])*"
BEFORE = r"(?:this|it|which|that|the\s+(?:last\s+)?(?:result|expression|value|limit|right[- ]hand\s+side))"
TENDING = rf"\s*,?\s*{BEFORE}\s+(?:tends|goes|converges|reduces|approaches|becomes|gives|is)\s*(?:to)?\s*"
SAID = re.compile(
    rf"(?P<before>.*)\\text\s*\{{(?P<words>[^{{}}]*\b)?(?:[Aa]s|[Ff]or|[Ww]hen|[Ii]n\s+the\s+limit)\s*\}}{GAP}{POINT}{GAP}\\text\s*\{{{TENDING}\}}{GAP}(?P<value>[^=]*?)[\s.]*$",
    re.DOTALL,
)


def with_tending(lines: tuple[str, ...]) -> tuple[str, ...]:
    r"""The lines with such words as an equation for the limit of the last side of the line before.

    >>> with_tending((r"E[X] = \frac{1}{b} + e^{-L}", r"\text{As } L\to\infty \text{ this tends to } \frac1b."))[1]
    '\\text{}\\lim_{L\\to \\infty}\\left(\\frac{1}{b} + e^{-L}\\right)=\\frac1b'
    """
    done: list[str] = []
    for line in lines:
        match = SAID.fullmatch(line) if r"\to" in line and r"\text" in line else None
        side = last_side([match["before"], *reversed(done)]) if match else ""
        if match and side:
            lim = rf"\lim_{{{match['x']}\to {match['at'].strip()}}}\left({side}\right)={match['value'].strip()}"
            line = rf"{match['before']}\text{{{match['words'] or ''}}}{lim}"
        done.append(line)
    return tuple(done)


def last_side(texts: list[str]) -> str:
    """The last side of the last equation in the first text that has one."""
    for text in texts:
        try:
            found = [part.formula for part in parts(customary(text)) if "=" in part.formula] if text.strip() else []
        except ReadError:
            return ""
        if found:
            side = found[-1].rsplit("=", 1)[1].strip().rstrip(".,;")
            return side if side.count("}") == side.count("{") else ""
    return ""
