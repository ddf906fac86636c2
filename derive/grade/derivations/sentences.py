"""What the words beside a formula say of it: that it is the result, a mean, a variance, a limit of integration."""

from __future__ import annotations

import re
from dataclasses import replace

from sympy import S

from derive.grade.chance.energies import TRACE
from derive.grade.chance.moments import mean, variance
from derive.grade.truth import Truth
from derive.grade.writing.bars import reach
from derive.grade.writing.heads import in_latex
from derive.grade.writing.segments import Part
from derive.grade.writing.spellings import HALF
from derive.language.totals import Atoms, Counting, Measure

CONCLUDING = re.compile(  # words after which an expression is what was asked for
    r"(?:\W|\d|\b(?:so|hence|thus|therefore|then|we|i|get|gets|gives?|giving|obtain\w*|yields?|equals?|is|are|becomes?|be|the|a|our|final|finally|result|answer|"
    r"value|total|constant|normali[sz]ing|normali[sz]ation|integral|sum|which|that|this|it|have|find|means?|reads?|evaluates?|simplif\w+|to|and|as|now|of|in|for|"
    r"also|somit|folgt|ergibt|wir|erhalten|daher|donc|d|ainsi|obtient|on|by|because|since|parts|symmetry|definition|using|substitution)\b)*",
    re.IGNORECASE)
IS = (
    r"(?:(?:is|equals|of|=|must\s+be|has\s+to\s+be|should\s+be|becomes|comes\s+out\s+(?:as|to)|turns\s+out\s+to\s+be)"
    r"(?:\s+(?:then|thus|therefore|hence|just|simply|again|now|also))?)?"
)
VALUE_OF = (  # words before a formula that say of what it is the value
    (re.compile(r"\b(?:with|has|have|and|the|its|a)?\s*(?:mean|average|expectation|expected value)\s*" + IS + r"[\s:]*$",
                re.IGNORECASE), "mean"),
    (re.compile(r"\b(?:density|p\.?d\.?f\.?|p\.?m\.?f\.?|mass function)(?:\s+function)?\s*(?:is|becomes|reads|=|:)\s*(?:thus|then|therefore)?\s*$",
                re.IGNORECASE), "density"),
    (re.compile(r"\b(?:with|has|have|and|the|its|a)?\s*variance\s*" + IS + r"[\s:]*$", re.IGNORECASE), "variance"),
    (re.compile(r"\b(?:with|has|have|and|the|its|a)?\s*(?:standard\s+deviation)\s*(?:is|equals|of|=)?[\s:]*$", re.IGNORECASE), "deviation"),
)
SUBJECT = re.compile(
    r"\W*(?:the\s+)?(?:mean|variance|average|expectation|expected value|median|mode|area|probability|entropy|energy|standard deviation)\W*",
    re.IGNORECASE,
)
SOLVED = re.compile(r"\b(?:median|mode|quantile|percentile|solve|solving|root|maximum|maxim\w+)\b", re.IGNORECASE)  # for something unknown
WHEN = re.compile(r"\b(?:when|if|at|for|as|bei|für|quand|si)\b", re.IGNORECASE)
LIMIT = re.compile(r"\b(?:upper|lower)\s+(?:limit|bound|end)", re.IGNORECASE)  # the integral with these ends is looked at itself


def with_subject(part: Part, truth: Truth) -> Part:
    """"with mean A and variance B" as E[x] = A and Var[x] = B, where there is one variable."""
    found = next((kind for words, kind in VALUE_OF if words.search(part.words)), "")
    if not found or len(truth.problem.variables) != 1 or re.search(r"[=<>]|\\(?:leq?|geq?|in|propto|sim)(?![A-Za-z])", part.formula):
        return part
    (v,) = truth.problem.variables
    x = in_latex(v)
    if found == "density":
        return part if "p" in truth.named else replace(part, formula=f"p({x}) = {part.formula}")
    value = {"mean": mean(x), "variance": variance(x), "deviation": rf"\sqrt{{{variance(x)}}}"}[found]
    return replace(part, formula=f"{value} = {part.formula}")


def lowered(formula: str, truth: Truth, known: set[str]) -> str:
    """U = X + Y with the variables by their own letters."""
    for name in (v.symbol.name for v in truth.problem.variables if len(v.symbol.name) == 1 and v.symbol.name.upper() not in known):
        formula = re.sub(rf"(?<![A-Za-z\\_{{]){name.upper()}(?![A-Za-z_(}}'])", name, formula)
    return formula


def names_of_variables(truth: Truth) -> list[str]:
    return [in_latex(v) for v in truth.problem.variables]


def drawn(truth: Truth) -> set[str]:
    """How a problem's variables are written in X ∼ …: by their own letters or as capitals."""
    own = names_of_variables(truth)
    return {*own, *(x.upper() for x in own if len(x) == 1), *("XYKNT" if len(own) == 1 else "")} - set(truth.named) | set(own)


def over_support(formula: str, truth: Truth) -> str:
    """Σ_s f(s) with the range of the problem's variable s, where that has plain ends or points."""
    for v in truth.problem.variables:
        x = in_latex(v)
        below = bounds(x, v.measure)
        formula = over_parity(formula, x, v.measure)
        if below and "Tr" not in truth.named:
            formula = TRACE.sub(rf"\sum{below}".replace("\\", r"\\"), formula)
        if below:
            index = rf"(?:\{{\s*{re.escape(x)}\s*\}}|{re.escape(x)}{'' if len(x) == 1 else '(?![A-Za-z])'})"
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
