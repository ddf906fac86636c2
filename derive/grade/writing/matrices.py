r"""Determinants of matrices that lines introduce by name: A = \begin{pmatrix} a & b \\ b & c \end{pmatrix}, and then \det A or |A|."""

from __future__ import annotations

import re
from collections.abc import Collection

ENTRY = r"[^&\\]*(?:\\(?!\\|end(?![A-Za-z]))[^&\\]*)*"
MATRIX = rf"\\begin\{{[pb]?matrix\}}(?P<a>{ENTRY})&(?P<b>{ENTRY})\\\\(?P<c>{ENTRY})&(?P<d>{ENTRY})(?:\\\\\s*)?\\end\{{[pb]?matrix\}}"
SCALE = r"(?P<factor>(?:\\[dt]?frac\s*(?:\{[^{}]*\}|\d)(?:\{[^{}]*\}|\d)|\d)?)"
NAMED = re.compile(rf"(?P<name>(?<![A-Za-z\\])[A-Z]|\\(?:Sigma|Lambda|Omega))\s*:?=\s*{SCALE}\s*{MATRIX}"
                   r"(?:\\[,;: ]|\\q?quad(?![A-Za-z])|[,.;]|\s)*")  # fmt: skip


def with_determinants_of_names(lines: tuple[str, ...], known: Collection[str]) -> tuple[str, ...]:
    r"""The lines with the determinants of named matrices of two rows written out, and without their definitions.

    >>> with_determinants_of_names((r"A=\begin{pmatrix}a&b\\b&c\end{pmatrix},\ \det A=ac-b^2", r"Z=\frac{\pi}{\sqrt{\det A}}"), ())
    ('\\left((a)(c)-(b)(b)\\right)=ac-b^2', 'Z=\\frac{\\pi}{\\sqrt{\\left((a)(c)-(b)(b)\\right)}}')
    """
    found: dict[str, str] = {}
    for match in (m for line in lines for m in NAMED.finditer(line)):
        if match["name"].lstrip("\\") not in known and match["name"] not in found:
            a, b, c, d = (match[key].strip() for key in "abcd")
            scale = rf"\left({match['factor']}\right)^2" if match["factor"] else ""
            found[match["name"]] = rf"{scale}\left(({a})({d})-({b})({c})\right)"
    for name, value in found.items():
        lines = tuple(written(line, name, value) for line in lines)
    return lines


def written(line: str, name: str, value: str) -> str:
    """A line with the determinant of one matrix written out: \\det A, det(A), |A|."""
    own = re.escape(name)
    line = NAMED.sub(lambda m: r"\text{ }" if m["name"] == name and m.end() == len(line) else "" if m["name"] == name else m[0], line)
    det = r"(?:\\det|\\operatorname\s*\{\s*det\s*\}|\\mathrm\s*\{\s*det\s*\})"
    bars = rf"(?:\\left\s*)?(?:\||\\[lr]?vert(?![A-Za-z]))\s*{own}\s*(?:\\right\s*)?(?:\||\\[lr]?vert(?![A-Za-z]))"
    called = rf"{det}\s*(?:\\left)?\(\s*{own}\s*(?:\\right)?\)|{det}\s*(?:\{{\s*{own}\s*\}}|{own})(?![A-Za-z])"
    return re.sub(rf"{called}|{bars}", lambda _: value, line)
