r"""Sums whose range is the problem's own: \\sum_s over the spins, Σ over odd k, Tr over all states."""

from __future__ import annotations

import re

from sympy import S

from derive.grade.truth import Truth
from derive.grade.writing.bars import reach
from derive.grade.writing.heads import in_latex
from derive.grade.writing.parity import HALF
from derive.language.totals import Atoms, Counting, Measure

TRACE = re.compile(r"\\(?:operatorname|mathrm|text|mathop)\s*\{\s*[Tt]r(?:ace)?\s*\}(?:\s*_\s*(?:\{[^{}]*\}|\w))?|\\[Tt]r(?![A-Za-z])")


def over_support(formula: str, truth: Truth) -> str:
    """Σ_s f(s) with the range of the problem's variable s, where that has plain ends or points."""
    for v in truth.problem.variables:
        x = in_latex(v)
        below = bounds(x, v.measure)
        formula = over_parity(formula, x, v.measure)
        if below and "Tr" not in truth.named:
            formula = TRACE.sub(rf"\sum{below}".replace("\\", r"\\"), formula)
        if below:
            name = re.sub(r"_\\\{(\w)\\\}$", r"_(?:\\{\1\\}|\1)", re.escape(x))  # s_1 beside s_{1}
            index = rf"(?:\{{\s*{name}\s*\}}|{name}{'' if len(x) == 1 else '(?![A-Za-z])'})"
            formula = re.sub(rf"\\sum\s*(?:\\limits)?\s*_\s*{index}(?!\s*\^)", rf"\sum{below}".replace("\\", r"\\"), formula)
    return formula


def over_parity(formula: str, x: str, measure: Measure) -> str:
    r"""Σ over odd or even k of f(k) as Σ_j f(2j + 1) or f(2j), where the support goes from 0 or 1 to ∞."""
    if not isinstance(measure, Counting) or measure.lo not in (0, 1) or measure.hi is not S.Infinity:
        return formula
    k = re.escape(x)
    evens = r"0\s*,\s*2" if measure.lo == 0 else r"2\s*,\s*4"
    list_of = {"odd": r"1\s*,\s*3\s*(?:,\s*5\s*)?", "even": rf"{evens}\s*(?:,\s*\d\s*)?"}
    for kind, listed in list_of.items():
        said = rf"\\sum\s*(?:\\limits)?\s*_\s*\{{\s*{k}\s*(?:\\(?:text|mathrm)\s*\{{\s*(?:is\s+)?{kind}\s*\}}|=\s*{listed},?\s*\\[cl]?dots)\s*\}}"
        while match := re.search(said, formula):
            end = reach(formula, match.end())
            put = rf"(2{HALF}+1)" if kind == "odd" else rf"(2{HALF})"
            body = re.sub(rf"\\[A-Za-z]+|{k}", lambda m, p=put: p if m[0] == x else m[0], formula[match.end() : end])  # type: ignore[misc]
            first = 1 if kind == "even" and measure.lo == 1 else 0
            formula = rf"{formula[: match.start()]}\sum_{{{HALF}={first}}}^{{\infty}}{body}{formula[end:]}"
    return formula


def bounds(x: str, measure: Measure) -> str:
    """The range of a sum in LaTeX, for whole numbers, ∞ and single letters as ends."""
    if isinstance(measure, Atoms) and all(p.is_Integer for p in measure.points):
        return rf"_{{{x}\in\{{{','.join(map(str, measure.points))}\}}}} "
    ends = [r"\infty" if e is S.Infinity else str(e) for e in measure.args] if isinstance(measure, Counting) else []
    plain = all(re.fullmatch(r"\\infty|-?\d+|[A-Za-z]", e) for e in ends)
    return rf"_{{{x}={ends[0]}}}^{{{ends[1]}}} " if ends and plain else ""
