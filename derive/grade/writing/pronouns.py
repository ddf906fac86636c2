r"""Words that speak of the value before them, as in "as L → ∞ this tends to 1/λ", "if c → ∞ we get 1/λ": the limit of the last side."""

from __future__ import annotations

import re

from derive.grade.truth import Truth
from derive.grade.writing.segments import MATHS, parts
from derive.grade.writing.spellings import customary
from derive.read.names import ReadError

POINT = r"(?P<x>[A-Za-z]|\\[A-Za-z]+)\s*\\(?:to|rightarrow)(?![A-Za-z])\s*(?P<at>[-+]?\s*(?:\\infty|\d+|[A-Za-z](?![A-Za-z]))(?:\s*\^\s*\{?[+-]\}?)?)"
GAP = r"(?:\\[,;:! ]|\\q?quad(?![A-Za-z])|[\s,])*"
BEFORE = r"(?:this|it|which|that|the\s+(?:last\s+)?(?:result|expression|value|limit|answer|right[- ]hand\s+side))"
GOES = r"(?:tends|goes|converges|reduces|approaches|becomes|gives|is)\s*(?:to)?"
GETS = r"(?:we|one|I)\s+(?:also\s+|again\s+|just\s+)?(?:gets?|obtains?|recovers?|finds?|haves?)(?:\s+back)?"
TENDING = rf"\s*,?\s*(?:{BEFORE}\s+{GOES}|{GETS})\s*"
LED = r"(?:[Aa]s|[Ff]or|[Ww]hen|[Ii]f|[Ll]etting|[Tt]aking|[Ss]ending|[Ii]n\s+the\s+limit)"
VALUE = r"(?:\\(?!text|q?quad|to(?![A-Za-z]))[A-Za-z]+|\\[!]|[^=\\,;]|(?<=\d),(?=\d))+?"
SAID = re.compile(
    rf"\\text\s*\{{(?P<words>[^{{}}]*(?<![A-Za-z]))?{LED}\s*\}}{GAP}{POINT}{GAP}\\text\s*\{{{TENDING}\}}{GAP}(?P<value>{VALUE})(?P<end>[\s.]*(?:$|(?=,|;|\\text)))",
    re.DOTALL,
)


TURNED = re.compile(  # "…, which tends to 1/λ as L → ∞"
    rf"\\text\s*\{{\s*,?\s*(?:and\s+)?(?:which|this|it)\s+(?:tends|goes|converges|reduces)\s+to\s*\}}{GAP}(?P<value>{VALUE})\s*"
    rf"\\text\s*\{{\s*(?:as|when|for|in\s+the\s+limit)\s*\}}{GAP}{POINT}(?P<end>[\s.]*(?:$|(?=,|;|\\text)))", re.DOTALL
)  # fmt: skip


def with_tending(lines: tuple[str, ...]) -> tuple[str, ...]:
    r"""The lines with such words as an equation for the limit of the last side of the line before.

    >>> with_tending((r"E[X] = \frac{1}{b} + e^{-L}", r"\text{As } L\to\infty \text{ this tends to } \frac1b."))[1]
    '\\text{}\\lim_{L\\to \\infty}\\left(\\frac{1}{b} + e^{-L}\\right)=\\frac1b.'
    >>> with_tending((r"Z = b + e^{-L}", r"if $L\to\infty$ we get $b$, fine"))[1]
    '\\text{}\\lim_{L\\to \\infty}\\left(b + e^{-L}\\right)=b\\text{, fine}'
    """
    done: list[str] = []
    for line in lines:
        found = worded(line) if r"\to" in line or r"\rightarrow" in line else line
        if (turned := TURNED.search(found)) and (side := last_side([found[: turned.start()], *reversed(done)])):
            limit = rf"\lim_{{{turned['x']}\to {turned['at'].strip()}}}\left({side}\right)={turned['value'].strip()}"
            done.append(rf"{found[: turned.start()].rstrip(' ,')},\quad {limit}{found[turned.end('at') :]}")
            continue
        match = SAID.search(found)
        side = last_side([found[: match.start()], *reversed(done)]) if match else ""
        if match and side:
            line = SAID.sub(lambda m, s=side: limit_of(m, s), found)  # type: ignore[misc]
        done.append(line)
    return tuple(done)


def limit_of(match: re.Match[str], side: str) -> str:
    said = rf"\lim_{{{match['x']}\to {match['at'].strip()}}}\left({side}\right)={match['value'].strip()}"
    return rf"\text{{{match['words'] or ''}}}{said}{match['end']}"


def worded(line: str) -> str:
    r"""A line of prose with formulas between dollar signs as formulas with words between them.

    >>> worded(r"if $c\to 0$ we get $1$"), worded(r"Z = 1")
    ('\\text{if }c\\to 0\\text{ we get }1', 'Z = 1')
    """
    found = list(MATHS.finditer(line))
    between = [line[a:b] for a, b in zip([0, *(m.end() for m in found)], [*(m.start() for m in found), len(line)], strict=True)]
    if not found or any(re.search(r"[\\{}]", words) for words in between):
        return line
    inside = [next(g for g in m.groups() if g is not None) for m in found]
    said = [rf"\text{{{words}}}" if words else "" for words in between]
    return "".join(words + formula for words, formula in zip(said, [*inside, ""], strict=True))


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


DATA = re.compile(
    r"(?P<bar>\\mid(?![A-Za-z])|\\vert(?![A-Za-z])|(?<!\\)\|)\s*"
    r"\\(?:text|mathrm|textrm)\s*\{\s*(?:the\s+)?(?:data|observations|sample)\s*\}", re.IGNORECASE
)


def with_data_named(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""θ | data as θ | D, where nothing is called D.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> with_data_named((r"\theta\mid\text{data}\sim\mathrm{Beta}(a,b)",), truth_of(problem("exp(-theta)", over={"theta": "(0, oo)"})))
    ('\\theta\\mid D\\sim\\mathrm{Beta}(a,b)',)
    """
    if "D" in truth.named or any(re.search(r"(?<![A-Za-z\\])D(?![A-Za-z])", line) for line in lines):
        return lines
    return tuple(DATA.sub(r"\g<bar> D", line) for line in lines)
