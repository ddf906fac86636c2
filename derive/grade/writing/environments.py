r"""Environments that open on one line and close on another, as when a whole align is handed in row by row."""

from __future__ import annotations

import re

NAMES = r"(?:aligned|alignedat|align|alignat|flalign|split|gathered|gather|eqnarray|multline|multlined|equation|displaymath)\*?"
MARK = re.compile(rf"\\(?P<which>begin|end)\s*\{{(?P<name>{NAMES})\}}(?:\{{\d+\}}|\[[tbc]\])?")


def without_open_ends(lines: tuple[str, ...]) -> tuple[str, ...]:
    r"""The lines without the marks of environments that do not open and close on the same line.

    >>> without_open_ends((r"\begin{align*}", r"Z &= a \\", r"&= b \end{align*}"))
    ('', 'Z &= a \\\\', '&= b ')
    >>> without_open_ends((r"\begin{aligned} Z &= a \end{aligned}",))
    ('\\begin{aligned} Z &= a \\end{aligned}',)
    """
    return tuple(bare(line) if MARK.search(line) else line for line in lines)


def bare(line: str) -> str:
    opened: list[re.Match[str]] = []
    single: list[re.Match[str]] = []
    for mark in MARK.finditer(line):
        if mark["which"] == "begin":
            opened.append(mark)
        elif opened and opened[-1]["name"] == mark["name"]:
            opened.pop()
        else:
            single.append(mark)
    for mark in sorted((*opened, *single), key=lambda m: -m.start()):
        line = line[: mark.start()] + line[mark.end() :]
    return line


ARRAY = re.compile(
    r"\\left\s*\\(?:\{|lbrace(?![A-Za-z]))\s*\\begin\{array\}\s*(?:\[[tbc]\])?\{[lcr@{}|\s]*?\}(?P<rows>(?:(?!\\begin).)*?)\\end\{array\}\s*\\right\s*\.",
    re.DOTALL
)  # fmt: skip


def with_cases(line: str) -> str:
    r"""A line with an array behind one brace as the cases that it is.

    >>> with_cases(r"F(x) = \left\{\begin{array}{ll} 0 & x < 0 \\ x & x > 0 \end{array}\right.")
    'F(x) = \\begin{cases} 0 & x < 0 \\\\ x & x > 0 \\end{cases}'
    """
    return ARRAY.sub(lambda m: rf"\begin{{cases}}{m['rows']}\end{{cases}}", line)
