r"""A letter that is a function in one place and a number in the next: p(x) = p^x (1 - p)^{1-x}, and then p(1 - p)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from derive.grade.writing.segments import bracket_end
from derive.read.names import ReadError

RAISED = re.compile(r"[_^]\s*$")  # \sum_{k=0}^n (−1)^k
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[A-Za-z]", re.DOTALL)
GAP = r"(?:\s|\\[,;:!> ]|~)*"
SUP = rf"{GAP}\^\s*(?:\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}}|\\[A-Za-z]+|[A-Za-z0-9])"
NEXT = re.compile(rf"(?P<sup>(?:{SUP})?){GAP}(?P<bracket>(?:\\left|\\[bB]igg?l?)?\s*[(\[])?")
ARGUMENTS = re.compile(r"(?:\\[A-Za-z]+|[A-Za-z0-9_{}\s,;|.]|\\[,;:!> ])*")  # names and numbers, and no operation
OPERATIONS = re.compile(r"\\(?:frac|[dt]frac|sqrt|cdot|times|sum|int|log|ln|exp)(?![A-Za-z])")
INTEGRAL = re.compile(r"\\i*int(?![A-Za-z])")
OVER = re.compile(r"(?:(?<![A-Za-z\\])d|\\mathrm\s*\{d\}|\\dd)\s*(\\[A-Za-z]+|[A-Za-z])")


APPLIED, TIMES = "applied", "times"


class Either(ReadError):
    """A letter before a bracket may be a function or a factor."""


def apart(text: str, doubles: Mapping[str, Collection[str]], reading: str = "") -> str:
    r"""A formula in which such a letter stands before a bracket only where it is applied; elsewhere there is a product.

    `doubles` has the names of its arguments too. It is applied to names and numbers; a bracket that it occurs in itself is left to the
    reader, who takes that for a factor. Raises ReadError where neither is the case, and where the letter stands alone under an integral
    over one of its arguments, or in the logarithm of a summand: there p may be short for p(x).

    >>> apart(r"\sum_x x\,p(x) = p(1-p)", {"p": {"x"}}), apart("p(x + 1)", {"p": {"x"}}, TIMES)
    ('\\sum_x x\\,p(x) = p(1-p)', 'p\\cdot (x + 1)')
    """
    out, at = [], 0
    for match in TOKEN.finditer(text):
        name = match[0].lstrip("\\")
        after = NEXT.match(text, match.end())
        assert after is not None  # everything in it is optional
        if name not in doubles or text[match.end() : match.end() + 1] == "_" or RAISED.search(text, 0, match.start()):
            continue
        inner = inside(text, after.end()) if after["bracket"] else None
        if inner is not None and match[0] in TOKEN.findall(inner):
            refuse_short(text, match, doubles[name])
            continue  # p(1 − p), which the reader of LaTeX takes for a product
        if inner is not None:
            plain = ARGUMENTS.fullmatch(inner) and not OPERATIONS.search(inner)
            if not plain and not reading:
                raise Either(f"{name} is a function and a number here, and before this bracket it may be either")
            if plain or reading == APPLIED:
                continue
        refuse_short(text, match, doubles[name])
        if inner is not None and reading == TIMES:
            end = after.end("sup")
            out += [text[at:end], r"\cdot "]
            at = end
    return "".join([*out, text[at:]])


def inside(text: str, start: int) -> str:
    """What stands in the bracket that opens just before `start`."""
    found = bracket_end(text, start, text[start - 1])
    return text[start : found[0]] if found else text[start:]


def refuse_short(text: str, match: re.Match[str], arguments: Collection[str]) -> None:
    logged = re.search(rf"\\(?:log|ln)\s*(?:\\left)?[({{]?\s*{re.escape(match[0])}(?![A-Za-z])", text)
    over = {name.lstrip("\\") for name in OVER.findall(text)} if INTEGRAL.search(text) else set()
    if over & set(arguments) or (r"\sum" in text and logged):
        raise ReadError(f"{match[0].lstrip(chr(92))} is a function and a number here, and it may be short for its values")
