r"""Determinants and traces of matrices that lines introduce by name: A = \begin{pmatrix} a & b \\ b & c \end{pmatrix}, then \det A, |A|, Tr A³."""

from __future__ import annotations

import re
from collections.abc import Collection

from derive.grade.writing.bars import fractions

ENTRY = r"[^&\\]*(?:\\(?!\\|end(?![A-Za-z]))[^&\\]*)*"
MATRIX = rf"\\begin\{{[pb]?matrix\}}(?P<a>{ENTRY})&(?P<b>{ENTRY})\\\\(?P<c>{ENTRY})&(?P<d>{ENTRY})(?:\\\\\s*)?\\end\{{[pb]?matrix\}}"
FRACTION = r"\\[dt]?frac\s*(?:\{[^{}]*\}|\d)\s*(?:\{[^{}]*\}|\d)"
POWER = r"\\?[A-Za-z]+(?:\s*\^\s*(?:\{[^{}]*\}|\d))?"
SCALE = rf"(?P<factor>(?:\{{\s*{FRACTION}\s*\}}|{FRACTION}|\d|{POWER})?)"
TRACE = r"\\(?:operatorname|mathrm|text)\s*\{\s*[Tt]r(?:ace)?\s*\}|\\[Tt]r(?![A-Za-z])"
INVERSE = r"\s*\^\s*\{\s*-\s*1\s*\}"
INVERTED = rf"(?:{INVERSE})?"  # of Σ⁻¹, which is the matrix that is written down
NAMED = re.compile(rf"(?P<name>(?:(?<![A-Za-z\\])[A-Z]|\\(?:Sigma|Lambda|Omega)){INVERTED})\s*:?=\s*{SCALE}\s*{MATRIX}"
                   r"(?:\\[,;: ]|\\q?quad(?![A-Za-z])|[,.;]|\s)*")  # fmt: skip


def with_determinants_of_names(lines: tuple[str, ...], known: Collection[str]) -> tuple[str, ...]:
    r"""The lines with the determinants of named matrices of two rows written out, and without their definitions.

    >>> with_determinants_of_names((r"A=\begin{pmatrix}a&b\\b&c\end{pmatrix},\ \det A=ac-b^2", r"Z=\frac{\pi}{\sqrt{\det A}}"), ())
    ('\\left((a)(c)-(b)(b)\\right)=ac-b^2', 'Z=\\frac{\\pi}{\\sqrt{\\left((a)(c)-(b)(b)\\right)}}')
    >>> with_determinants_of_names((r"A={1 \over t}\begin{pmatrix}a&b\\b&c\end{pmatrix}, det A = 1",), ())
    ('\\left({\\frac{1 }{ t}}\\right)^2\\left((a)(c)-(b)(b)\\right) = 1',)
    """
    lines = tuple(fractions(line) if r"matrix" in line and r"\over" in line else line for line in lines)
    found: dict[str, str] = {}
    traces: dict[str, tuple[str, ...]] = {}
    written_as: dict[str, str] = {}
    for match in (m for line in lines for m in NAMED.finditer(line)):
        if match["name"].lstrip("\\") not in known and match["name"] not in found:
            a, b, c, d = (match[key].strip() for key in "abcd")
            scale = rf"\left({match['factor']}\right)^2" if match["factor"] else ""
            traces[match["name"]] = tuple(rf"\left({e}\right)" for e in (a, b, c, d)) if not match["factor"] else ()
            found[match["name"]] = rf"{scale}\left(({a})({d})-({b})({c})\right)"
    for name, value in [*found.items()]:  # det Σ, where Σ⁻¹ is written down
        if (base := re.sub(INVERSE, "", name)) != name and base not in found and base.lstrip("\\") not in known:
            found[base], traces[base], written_as[base] = rf"\frac{{1}}{{{value}}}", (), name
    for name, value in found.items():
        without = tuple(traced(line, name, traces[name]) for line in lines)
        put = tuple(with_determinant(line, name, value, traces[name]) for line in without)
        if put != lines:  # what nothing uses is not held against anything
            lines = tuple(without_definition(line, written_as.get(name, name)) for line in put)
    return lines


def traced(line: str, name: str, entries: tuple[str, ...]) -> str:
    r"""A line with Tr Tⁿ written out, for n up to 4.

    >>> traced(r"Z=\operatorname{Tr}T^2", "T", ("a", "b", "c", "d"))
    'Z=\\left(a^2+2bc+d^2\\right)'
    """
    if not entries:
        return line
    a, b, c, d = entries
    powers = {
        "1": f"{a}+{d}", "2": f"{a}^2+2{b}{c}+{d}^2", "3": f"{a}^3+3{b}{c}({a}+{d})+{d}^3",
        "4": f"{a}^4+4{b}{c}({a}^2+{a}{d}+{d}^2)+2{b}^2{c}^2+{d}^4",
    }  # fmt: skip
    own = rf"{re.escape(name)}(?![A-Za-z_])(\s*\^\s*(?:\{{\s*\d\s*\}}|\d))?(?!\s*\^)"
    bracket = rf"(?:\\left\s*)?[(\[]\s*{own}\s*(?:\\right\s*)?[)\]]"
    pattern = re.compile(rf"(?:{TRACE})\s*(?:{bracket}|(?:\\[,;:! ]|\s)*{own})")

    def put(m: re.Match[str]) -> str:
        power = re.sub(r"\D", "", m[1] or m[2] or "1")
        return rf"\left({powers[power]}\right)" if power in powers else m[0]

    return pattern.sub(put, line)


def without_definition(line: str, name: str) -> str:
    return NAMED.sub(lambda m: r"\text{ }" if m["name"] == name and m.end() == len(line) else "" if m["name"] == name else m[0], line)


def characteristic(match: re.Match[str], entries: tuple[str, ...]) -> str:
    """det(A - x I) written out; an equation det(A - x I) = … = 0 for x as far as it holds for all x."""
    (a, b, c, d), x = entries, match["x"]
    if match["zero"] and not match["middle"]:
        return r"\text{ }"
    return f"{written(a, b, c, d, x)}{match['middle'] or ''}"


def written(a: str, b: str, c: str, d: str, x: str) -> str:
    return rf"\left(\left({a}-{x}\right)\left({d}-{x}\right)-{b}{c}\right)"


def with_determinant(line: str, name: str, value: str, entries: tuple[str, ...] = ()) -> str:
    """A line with the determinant of one matrix written out: \\det A, det(A), |A|, det(A - λI)."""
    own = re.escape(name)
    det = r"(?:\\det|\\operatorname\s*\{\s*det\s*\}|\\mathrm\s*\{\s*det\s*\})"
    bars = rf"(?:\\left\s*)?(?:\||\\[lr]?vert(?![A-Za-z]))\s*{own}\s*(?:\\right\s*)?(?:\||\\[lr]?vert(?![A-Za-z]))"
    unit = r"(?:I|E|1|\\math(?:bb|bf)\s*\{?\s*[1I]\s*\}?)(?:_\{?[2n]\}?)?"
    moved = rf"{det}\s*(?:\\left)?\(\s*{own}\s*-\s*(?P<x>\\?[A-Za-z]+)\s*(?:\\,)?\s*{unit}\s*(?:\\right)?\)"
    if entries:
        line = re.sub(rf"{moved}(?P<zero>(?P<middle>(?:=[^=,;]+?)?)\s*=\s*0(?![\d.]))?", lambda m: characteristic(m, entries), line)
    called = rf"{det}\s*(?:\\left)?\(\s*{own}\s*(?:\\right)?\)|(?:{det}|(?<![A-Za-z\\])det)\s*(?:\{{\s*{own}\s*\}}|{own})(?![A-Za-z])"
    return re.sub(rf"{called}|{bars}", lambda _: value, line)
