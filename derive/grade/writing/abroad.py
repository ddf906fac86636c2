r"""Habits of other countries: \operatorname{tg} and \operatorname{ch}, and a substitution noted between bars inside a chain of equations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.grade.writing.segments import GAP

NAMES = {
    "tg": r"\tan", "tng": r"\tan", "ctg": r"\cot", "cotg": r"\cot", "cotan": r"\cot", "cosec": r"\csc", "sen": r"\sin", "arctg": r"\arctan",
    "arcsen": r"\arcsin", "sh": r"\sinh", "senh": r"\sinh", "ch": r"\cosh", "th": r"\tanh", "tgh": r"\tanh", "cth": r"\coth", "ctgh": r"\coth",
    "arsh": r"\operatorname{arsinh}", "arch": r"\operatorname{arcosh}", "arth": r"\operatorname{artanh}", "argsh": r"\operatorname{arsinh}",
    "argch": r"\operatorname{arcosh}", "argth": r"\operatorname{artanh}",
}  # fmt: skip
ONE = "|".join(sorted(NAMES, key=len, reverse=True))
FUNCTION = re.compile(  # \mathrm{th} x, and no v_{\mathrm{th}}
    rf"\\operatorname\*?\s*\{{\s*(?P<operator>[Aa]r(?:sh|ch|th)|{ONE})\s*\}}|\\(?P<macro>{ONE})(?![A-Za-z])"
    rf"|\\(?:mathrm|text)\s*\{{\s*(?P<upright>{ONE})\s*\}}(?!\s*\}})"
)
ENVIRONMENT = r"\\begin\{(?P<env>[vbpB]?matrix|array|aligned|split|gathered|cases|smallmatrix)\}(?:\{[^{}]*\})?"
GREEK = r"\\(?:xi|eta|tau|zeta|theta|phi|varphi|rho|omega|sigma|alpha|lambda|nu|psi|chi)"
NOTED = rf"(?:d|\\mathrm\s*\{{?d\}}?)?{GAP}(?:[A-Za-z]|{GREEK})(?:_\w)?{GAP}&?{GAP}="
SIZED = r"(?:\\left|\\[bB]igg?l?)\s*"
OPENED = re.compile(
    rf"(?:^|(?P<before>&?=))(?P<gap>{GAP})(?:(?:{SIZED})"
    r"(?:\||\\[rl]?vert(?![A-Za-z])|\\langle|\\lbrace|\\\{|\[)|(?P<bare>\[|\\\{|\\langle|(?<==)\||(?<== )\|)"
    rf"|(?=\\begin\{{[vbB]matrix\}})){GAP}(?P<begin>(?:{ENVIRONMENT})?){GAP}(?={NOTED})"
)
CLOSED = re.compile(r"(?:\\right|\\[bB]igg?r?)\s*(?:\||\\[rl]?vert(?![A-Za-z])|\\rangle|\\rbrace|\\\}|\])|\||\\rangle|\\\}|\]")
ROW = re.compile(r"\\\\(?:\s*\[[^\]]*\])?")
CLAUSE = re.compile(rf"{GAP}(?:{NOTED}|(?:[a-z]|\\[a-z]+){GAP}(?::|\\to|\\in))")


def at_home(text: str) -> str:
    r"""A text with such functions by their usual names, and such notes behind the equation that they stand in.

    >>> at_home(r"\operatorname{tg}^2 x + \ch y"), at_home(r"v_{\mathrm{th}}")
    ('\\tan^2 x + \\cosh y', 'v_{\\mathrm{th}}')
    >>> at_home(r"= \left| t = x^2,\ dt = 2x\,dx \right| = \frac12\int_0^1 e^{-t}\,dt")
    '= \\frac12\\int_0^1 e^{-t}\\,dt,\\quad t = x^2,\\quad dt = 2x\\,dx'
    """
    return noted_behind(FUNCTION.sub(named, text))


def named(match: re.Match[str]) -> str:
    name = NAMES[(match["operator"] or match["macro"] or match["upright"]).lower()]
    return f"{name} " if re.match(r"[A-Za-z]", match.string[match.end() :]) else name


def noted_behind(text: str) -> str:
    """The text with what stands between bars in a chain, and says only what is substituted, as clauses at its end."""
    while (opened := OPENED.search(text)) is not None:
        found = inside(text, opened)
        if found is None:
            return text
        clauses, end = found
        before, rest = text[: opened.start()], text[end:].strip()
        rest = rest if not rest.startswith("=") or not opened["before"] else rest[1:].lstrip()
        main = f"{before}{opened['before'] or ''} {rest}".strip() if rest.strip(".,; ") else before.rstrip("&= ").strip()
        text = ",\\quad ".join([*([main] if main else []), *clauses])
    return text


def inside(text: str, opened: re.Match[str]) -> tuple[list[str], int] | None:
    """The clauses of a note that opens there, and where it ends; None where something else stands there too."""
    for close in closings(text, opened):
        body = text[opened.end() : close[0]]
        clauses = [c for row in ROW.split(body) for c in split(re.sub(r"&\s*=", "=", row))]
        behind = text[close[1] :].lstrip(" .,;")
        enough = len(clauses) > 1 or not re.search(r"\[|\{\s*$|brace", opened[0])  # {x = 1} is an event, [k = 0] is 1 or 0
        if clauses and enough and all(CLAUSE.match(c) for c in clauses) and (not behind or behind[0] in "=&" or behind.startswith(r"\\")):
            return clauses, close[1]
    return None


def closings(text: str, opened: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Where the note may end: where its environment does and its bracket behind that, or at a closing bracket."""
    if opened["begin"]:
        env = opened["env"]
        end = re.compile(rf"\\end\{{{env}\}}").search(text, opened.end())
        if end is not None:
            bar = CLOSED.match(text, re.compile(r"\s*").match(text, end.end()).end())  # type: ignore[union-attr]
            yield end.start(), bar.end() if bar else end.end()
        return
    yield from ((m.start(), m.end()) for m in CLOSED.finditer(text, opened.end()))


def split(row: str) -> list[str]:
    r"""The parts of a row between commas, \quad, ; and &, as they stand in no bracket."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(r"\\q?quad(?![A-Za-z])|\\[,;:! {}]|[{}()\[\],;&]", row):
        token = match[0]
        depth += token in "{([" and token != "" or token == r"\{"
        depth -= token in "})]" or token == r"\}"
        if depth == 0 and (token in ",;&" or token.endswith("quad")):
            parts.append(row[start : match.start()])
            start = match.end()
    return [p for p in (re.sub(rf"^{GAP}|{GAP}$", "", part).strip() for part in (*parts, row[start:])) if p]
