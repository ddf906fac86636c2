r"""Tables of integration by parts: the column D is differentiated downwards, the column I integrated, as many students write it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex

TABLE = re.compile(r"\\begin\{(?P<kind>array|tabular)\}\s*\{[^{}]*\}(?P<rows>.*?)\\end\{(?P=kind)\}", re.DOTALL)
ROW = re.compile(r"\\\\(?:\s*\[[^\]]*\])?")
RULE = re.compile(r"\\(?:hline|toprule|midrule|bottomrule|cline\s*\{[^{}]*\})")
SIGN = re.compile(r"\s*(?:\$?\s*[+-]?\s*\$?|\(\s*[+-]\s*\))\s*")
PARTS = re.compile(r"\s*(?:d\s*)?[uvfgw]'?\s*=(?![^=]*=)")
HEAD = re.compile(r"\s*\$?(?:\\(?:text|mathrm|textbf)\s*\{[^{}]*\}|[DISudv]|\\pm|dv|\\int|\\frac\{d\}\{dx\})?\$?\s*")


def without_tables(line: str, x: str) -> tuple[str, tuple[str, ...]]:
    r"""The line without tables of parts, and what they state: each entry of D is the derivative of the one above, each of I leads back to it.

    >>> without_tables(r"\begin{array}{c|c} D & I \\ x & e^{x} \\ 1 & e^{x} \end{array}", "x")
    ('', ('\\frac{d}{dx}\\left(x\\right) = 1', '\\frac{d}{dx}\\left(e^{x}\\right) = e^{x}'))
    """
    line = TABLE.sub(lambda m: listed(m["rows"]) or m[0], line)
    stated = [one for match in TABLE.finditer(line) for one in statements(match["rows"], x)]
    return (TABLE.sub("", line).strip(), tuple(stated)) if stated else (line, ())


def listed(text: str) -> str:
    r"""u = x & dv = … \\\\ du = dx & v = … with commas; nothing for a table of another kind.

    >>> listed(r"u=x & dv=e^{x}dx \\\\ \hline du=dx & v=e^{x}")
    'u=x,\\quad dv=e^{x}dx,\\quad du=dx,\\quad v=e^{x}'
    """
    cells = [cell.strip().strip("$").strip() for row in ROW.split(text) for cell in RULE.sub("", row).split("&") if RULE.sub("", cell).strip()]
    return ",\\quad ".join(cells) if cells and all(PARTS.match(cell) for cell in cells) else ""


def statements(text: str, x: str) -> Iterator[str]:
    rows = [[cell.strip().strip("$").strip() for cell in RULE.sub("", row).split("&")] for row in ROW.split(text) if RULE.sub("", row).strip()]
    signs = [row[0].strip("()$ ") if len(row) == 3 and SIGN.fullmatch(row[0]) else "" for row in rows]
    rows = [row[1:] if len(row) == 3 else row for row in rows]
    if len(rows) < 2 or any(len(row) != 2 for row in rows):
        return
    if all(HEAD.fullmatch(cell) for cell in rows[0]) and not SIGN.fullmatch(rows[0][0]):
        rows, signs = rows[1:], signs[1:]
    alternate = signed_within([row[0] for row in rows]) if not any(signs) else False
    for above, below in zip(rows, rows[1:], strict=False):
        if above[0] and below[0]:
            yield rf"\frac{{d}}{{d{x}}}\left({above[0]}\right) = {'-' if alternate else ''}\left({below[0]}\right)" if alternate else (
                rf"\frac{{d}}{{d{x}}}\left({above[0]}\right) = {below[0]}"
            )
        if above[1] and below[1]:
            yield rf"\frac{{d}}{{d{x}}}\left({below[1]}\right) = {above[1]}"


def signed_within(column: list[str]) -> bool:
    """Whether a column carries the alternating signs itself: + x², − 2x, + 2."""
    written = [cell.lstrip()[:1] for cell in column]
    return written[0] == "+" and all(c == "+-"[i % 2] for i, c in enumerate(written[:-1]))


PRIMED = re.compile(
    r"(?<![A-Za-z\\\d])(?P<v>[a-z])\s*'\s*(?:\(\s*[a-z]\s*\))?\s*=\s*(?P<value>(?:\\[,;:! ]|[^,;=:])*?)"
    r"(?=(?:\s|\\[,;:! ])*(?:(?<!\\)[,;:.]|\\text|\\q?quad|\\Rightarrow|\\implies|$))"
)
ONE = re.compile(r"(?:\s|\\[,;:! ])*[uvfgw]\s*(?P<prime>'?)\s*(?:\(\s*[a-z]\s*\))?\s*=[^=]*")
APART = re.compile(r"(?<!\\)[,;]|\\q?quad(?![A-Za-z])")


def with_primed_parts(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""u = x, v' = e^{−x} beside "parts" with dv = e^{−x} dx, where the problem has one variable.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> with_primed_parts((r"u = x, v' = e^{-x}, u' = 1",), truth_of(problem("x*exp(-x)", over={"x": "(0, oo)"})))
    ('u = x, dv = e^{-x}\\,dx, du = 1\\,dx',)
    """
    (x, *more) = [in_latex(v) for v in truth.problem.variables]
    return lines if more else tuple(PRIMED.sub(lambda m: rf"d{m['v']} = {m['value']}\,d{x}", one) if by_parts(one) else one for one in lines)


def by_parts(line: str) -> bool:
    """Whether a line speaks of parts, or has nothing but three or four of u, u', v and v'."""
    found = [ONE.fullmatch(piece) for piece in APART.split(line) if re.sub(r"\s|\\[,;:! ]", "", piece)]
    return "parts" in line or len(found) > 2 and None not in found and any(m["prime"] for m in found if m is not None)
