"""Names that a derivation uses before it says what they are: Z = σ C, and C = √(2π) on the next line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derive.grade.derivations.stated import Line
from derive.grade.truth import Truth
from derive.grade.writing.asides import clauses
from derive.grade.writing.segments import parts
from derive.grade.writing.spellings import customary
from derive.read.names import ReadError

MISSING = re.compile(r"(?:the name |^)(?P<name>[A-Za-z]+)(?:_(?P<sub>\w+))? is not declared(?! and)")
FUNCTION = re.compile(r"(?<![\w\\])(?P<name>[A-Za-z]) is not declared and may be a function here")
UNAPPLIED = re.compile(r"the function (?P<name>[A-Za-z])(?:_(?P<sub>\w+))? is not applied to anything")  # q, which is 1 - p as will be said
MOST_EARLY = 4  # definitions that are looked up


@dataclass(frozen=True)
class Early:
    """A definition by the formula that says it, and the line on which it stands."""

    formula: str
    line: int


def said_by_custom(line: Line, truth: Truth) -> Early | None:
    """β = 1/(k T), where a line speaks of k T or k_B T and the problem has a parameter that is written as β."""
    if (line_missing := MISSING.search(line.unread)) is not None and line_missing["name"] == "beta" and not line_missing["sub"]:
        units = [name for name in ("k", "k_B") if name in truth.named]
        if "T" in truth.named and len(units) < 2:  # where k and T are given, β is 1/(k T)
            return Early(rf"\beta = \frac{{1}}{{{''.join(units)} T}}", line.number)
    beta = next((p for p in truth.problem.parameters if (p.latex or f"\\{p.symbol.name}") == r"\beta"), None)
    missing = MISSING.search(line.unread)
    k = re.search(r"(?<![A-Za-z\\])k(?:_\{?B\}?)?\s*T(?![A-Za-z])", line.text)
    if beta is None or k is None or missing is None or missing["name"] not in ("T", "k"):
        return None
    return Early(rf"\beta = \frac{{1}}{{{k[0]}}}", line.number)


def said_later(line: Line, texts: Sequence[str]) -> Early | None:
    r"""The definition of the name for which a line could not be read, on this line or a later one.

    >>> said_later(Line(1, unread="the name C is not declared"), ("Z = s C", r"C = \int_0^1 u\,du = \frac12"))
    Early(formula='C = \\frac12', line=2)
    """
    missing = MISSING.search(line.unread) or UNAPPLIED.search(line.unread)
    if missing is None and (function := FUNCTION.search(line.unread)) is not None:
        return function_later(function["name"], line, texts)
    if missing is None:
        return None
    name = missing["name"] if len(missing["name"]) == 1 else rf"\\{missing['name']}"
    sub = rf"\s*_\s*\{{?\s*{missing['sub']}\s*\}}?" if missing["sub"] else r"(?!\s*_)"
    square = r"(?P<square>\s*\^\s*(?:2|\{\s*2\s*\}))?"
    head = re.compile(rf"(?:\\[,;:! ]|\\q?quad(?![A-Za-z])|\s)*(?P<head>{name}{sub}){square}\s*:?=(?P<value>.+)", re.DOTALL)
    for number, match in matches(head, line, texts):
        value = match["value"].split("=")[-1].strip().rstrip(".,;")
        value = rf"\sqrt{{{value}}}" if match["square"] else value
        if value and not re.search(rf"(?<![A-Za-z\\]){name}(?![A-Za-z])", value):
            return Early(f"{match['head']} = {value}", number)
    return None


def function_later(name: str, line: Line, texts: Sequence[str]) -> Early | None:
    r"""The definition A(η) = … of a function that was used before it.

    >>> function_later("A", Line(1), (r"p(k) = e^{k\eta - A(\eta)}", r"A(\eta) = e^\eta = b"))
    Early(formula='A(\\eta) = e^\\eta', line=2)
    """
    head = re.compile(rf"(?:\\[,;:! ]|\\q?quad(?![A-Za-z])|\s)*(?P<head>{name}\s*\(\s*(?:[A-Za-z]|\\[A-Za-z]+)\s*\))\s*:?=(?P<value>.+)", re.DOTALL)
    for number, match in matches(head, line, texts):
        value = match["value"].split("=")[0].strip()
        if not re.search(rf"(?<![A-Za-z\\]){name}(?![A-Za-z])", value):
            return Early(f"{match['head']} = {value}", number)
    return None


def matches(head: re.Pattern[str], line: Line, texts: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """The formulas of this line and of later ones that are wholly of a form, each with its line."""
    for number, text in enumerate(texts[line.number - 1 :], line.number):
        try:
            found = [head.fullmatch(one) for part in parts(customary(text)) for one in clauses(part.formula)]
        except ReadError:
            continue
        yield from ((number, match) for match in found if match is not None)
