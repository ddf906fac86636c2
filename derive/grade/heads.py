r"""What stands around a formula in a hand-in: heads such as P(K = k) = or f_X(x) =, and supports such as k = 0, 1, 2, \dots"""

from __future__ import annotations

import re

from sympy import oo

from derive.grade.truth import Truth
from derive.language.totals import Counting

SUBSCRIPT = r"(?:_(?:\{[^{}]*\}|\\[A-Za-z]+|[A-Za-z0-9]))"
LETTER = r"(?:[pPfq]|\\Pr|\\(?:mathbb|mathrm|mathsf|operatorname)\s*\{?(?:Pr|[pPf])\}?)"
INSIDE = r"(?:\\left|\\[bB]igl?)?[(\[][^()=]*(?:=[^()=]*)?(?:\\right|\\[bB]igr?)?[)\]]"
DENSITY = re.compile(rf"\s*{LETTER}\s*(?:{SUBSCRIPT}\s*{INSIDE}|{INSIDE})\s*:?=")
POINT = re.compile(rf"\s*[pPf](?P<sub>{SUBSCRIPT})\s*:?=")
CONSTANT = re.compile(rf"\s*(?:Z|\\mathcal\s*\{{?Z\}}?)\s*(?:{SUBSCRIPT}\s*(?:\([^()]*\))?|\([^()]*\))\s*:?=")
APPROXIMATELY = re.compile(r"\\(?:approx|simeq|doteq)(?![A-Za-z])|≈")  # digits after it are not judged
BETWEEN = r"(?:\\text\{\s*(?:for|where|if)?\s*\}|\\[,;:!> ]|\\q?quad(?![A-Za-z])|~|\s|[,;(])*"
ENUMERATION = re.compile(
    rf"{BETWEEN}(?P<name>\\?[A-Za-z]+)\s*(?:=|\\in)\s*(?:\\\{{)?\s*(?P<first>-?\d+)\s*(?:,\s*-?\d+\s*)*,\s*\\[cl]?dots[bco]?\s*"
    r"(?:,\s*(?P<last>\\?[A-Za-z]+|\d+)\s*)?(?:\\\})?[\s.)]*$"
)


def plain(formula: str, truth: Truth) -> str:
    r"""A formula with a customary head written as p(x) = or Z =, and without an enumeration that only repeats the support.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.files import problem
    >>> truth = truth_of(problem("q**k", over={"k": "ZZ[0, oo]"}, given=["q > 0", "q < 1"]))
    >>> plain(r"P(K = k) = (1-q)q^k, \quad k = 0, 1, 2, \dots", truth), plain(r"(1-q)q^k, k = 1, 2, \dots", truth)
    ('p(k)= (1-q)q^k', '(1-q)q^k, k = 1, 2, \\dots')
    """
    return headed(APPROXIMATELY.split(without_support(formula, truth), maxsplit=1)[0] if "=" in formula else formula, truth)


def headed(formula: str, truth: Truth) -> str:
    """The formula with its head in the form that the reader knows."""
    own = truth.named
    names = ", ".join(v.latex or spelled(v.symbol.name) for v in truth.problem.variables)
    free = next((letter for letter in "pfPq" if letter not in own), None)
    match = DENSITY.match(formula) or POINT.match(formula)
    if match and free and not set(re.findall(r"[pPfq]", match[0])[:1]) & set(own):
        subscript = (match.groupdict().get("sub") or "").strip("_{} ")
        if not subscript or subscript == names:
            return f"{free}({names})={formula[match.end() :]}"
    if "Z" not in own and (match := CONSTANT.match(formula)):
        return f"Z={formula[match.end() :]}"
    return formula


def spelled(name: str) -> str:
    """A variable's name as LaTeX writes it."""
    match = re.fullmatch(r"([A-Za-z]+?)_?(\d+)", name)
    base, index = match.groups() if match else (name, "")
    return (base if len(base) == 1 else f"\\{base}") + (f"_{{{index}}}" if index else "")


def without_support(formula: str, truth: Truth) -> str:
    if len(truth.problem.variables) != 1:
        return formula
    (variable,) = truth.problem.variables
    match = ENUMERATION.search(formula)
    names = (variable.latex, spelled(variable.symbol.name))
    if not match or not isinstance(variable.measure, Counting) or match["name"] not in names:
        return formula
    lo, hi = variable.measure.args
    ends = str(hi) if hi is not oo else None
    same = str(lo) == match["first"] and (match["last"] or "").lstrip("\\") == (ends or "")
    return formula[: match.start()] if same and match.start() else formula
