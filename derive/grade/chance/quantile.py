r"""Quantile functions, F⁻¹(u) = … and Q(p) = …, as P(X ≤ F⁻¹(u)) = u for 0 < u < 1."""

from __future__ import annotations

import re

from derive.grade.chance.chances import CHANCE
from derive.grade.truth import Truth
from derive.grade.writing.segments import unbracketed
from derive.language.totals import Lebesgue

LEVEL = r"\\[dt]?frac\s*(?:\{\d+\}|\d)\s*(?:\{\d+\}|\d)|\d*\.\d+|\d+/\d+|\\?[A-Za-z]+"
INVERSE = r"(?<![A-Za-z\\])(?:F\s*(?:_\s*\{?[A-Z]\}?)?\s*\^\s*\{\s*-\s*1\s*\}\s*(?:_\s*\{?[A-Z]\}?)?|Q)"
QUANTILE = re.compile(rf"(?:(?<![A-Za-z\\])[a-z]\s*(?:_\s*\{{?\w\}}?)?\s*=\s*)?{INVERSE}\s*(?:\\left)?\(\s*(?P<u>{LEVEL})\s*(?:\\right)?\)\s*:?=")
AGAIN = re.compile(rf"\s*{INVERSE}\s*(?:\\left)?\([^()]*\)\s*$")
NAMED = r"(?:(?:[a-zA-Z]|\\[a-z]+)\s*(?:_\s*(?:\{[^{}]*\}|\w))?\s*=\s*)?"
QUARTILE = re.compile(
    rf"(?P<said>\\text\s*\{{[^{{}}]*\b(?P<which>lower|first|upper|third)\s+quartile\s+(?:is|equals|=)\s*\}})\s*{NAMED}", re.IGNORECASE
)
QUARTILES = re.compile(  # a and b, ±a or c ± a
    rf"(?P<said>\\text\s*\{{[^{{}}]*\bquartiles\s+are\s*\}})\s*{NAMED}(?:(?P<about>(?:[^,;.\\=]|\\(?!text|q?quad|pm))*)\\pm\s*(?P<both>(?:[^,;.\\]|\\(?!text|q?quad))+)"
    r"|(?P<one>(?:[^,;.\\]|\\(?!text|q?quad|pm))+)\\text\s*\{\s*and\s*\}\s*(?P<other>(?:[^,;.\\]|\\(?!text|q?quad|pm))+))", re.IGNORECASE
)  # fmt: skip
END = re.compile(r",|;|\\(?:q?quad|text|implies|Rightarrow|iff|therefore)(?![A-Za-z])|\\\\")
BESIDE = re.compile(r",\s*(?:\\q?quad(?![A-Za-z])|\\ )\s*(?=(?:F|Q)\s*(?:_\s*\{?[A-Z]\}?)?\s*(?:\^\s*\{\s*-1\s*\})?\s*\([^()]*\)\s*=)")


def with_quantiles(line: str, truth: Truth) -> str:
    r"""A line with what F⁻¹(u) is as the chance of being below it.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x)", over={"x": "(0, oo)"}))
    >>> with_quantiles(r"F^{-1}(u) = -\ln(1-u)", truth)
    '\\operatorname{ChanceOf}(-\\infty,-\\ln(1-u),0) = u,\\quad 0<u<1'
    """
    variables = truth.problem.variables
    if len(variables) != 1 or not isinstance(variables[0].measure, Lebesgue) or {"F", "Q"} & set(truth.named):
        return line
    line = BESIDE.sub(r"\\text{ and }", with_quartiles(line))
    while (match := QUANTILE.search(line)) is not None:
        u = match["u"]
        if u.lstrip("\\") in truth.named:
            return line
        end = next((at for at in unbracketed(line, match.end()) if END.match(line, at)), len(line))
        letter = next((c for c in "uwv" if c == u or c not in truth.named and not re.search(rf"(?<![A-Za-z\\]){c}(?![A-Za-z])", line)), u)
        values = [v for v in re.split(r"=", line[match.end() : end]) if not AGAIN.fullmatch(v)]
        known = not u[0].isalpha() if not u.startswith("\\") else u.startswith((r"\frac", r"\tfrac", r"\dfrac"))
        level = u if known else letter
        put = [rf"\operatorname{{{CHANCE}}}(-\infty,{renamed(v.strip(' .'), u, level)},0) = {level}" for v in values]
        before = re.sub(rf"F\s*\(\s*[a-z]\s*\)\s*=\s*{re.escape(u)}(?![A-Za-z+\-^_(])", r"\\text{ }", line[: match.start()])
        within = "" if known else rf",\quad 0<{level}<1"
        rest = line[end:] if known else re.sub(rf"^[,\s]*(?:\\q?quad|\\[,;: ]|\s)*0\s*<\s*{re.escape(u)}\s*<\s*1", "", line[end:])
        line = before + r",\quad ".join(put) + within + rest
    return line


def with_quartiles(line: str) -> str:
    r"""The quartiles of which words speak as Q(1/4) and Q(3/4).

    >>> with_quartiles(r"\text{The lower quartile is } a \text{ and the upper quartile is } q_3 = b.")
    '\\text{The lower quartile is }Q(\\tfrac14) = a \\text{ and the upper quartile is }Q(\\tfrac34) = b.'
    >>> with_quartiles(r"\text{The quartiles are } x = \pm a")
    '\\text{The quartiles are }Q(\\tfrac14) = -a\\text{ and }Q(\\tfrac34) = a'
    """
    line = QUARTILE.sub(lambda m: rf"{m['said']}Q(\tfrac{'1' if m['which'].lower() in ('lower', 'first') else '3'}4) = ", line)
    match = QUARTILES.search(line)
    if match is None:
        return line
    about, both = (match["about"] or "").strip(), match["both"]
    one, other = (f"{about}-{both}", f"{about}+{both}" if about else both) if both else (match["one"].strip(), match["other"].strip())
    return rf"{line[: match.start()]}{match['said']}Q(\tfrac14) = {one}\text{{ and }}Q(\tfrac34) = {other}{line[match.end() :]}"


def renamed(value: str, u: str, letter: str) -> str:
    """A value with another letter for u."""
    return value if u == letter else re.sub(rf"(?<![A-Za-z\\]){re.escape(u)}(?![A-Za-z(])", lambda _: letter, value)
