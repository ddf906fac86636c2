"""What the words beside a formula say of it: that it is the result, a mean, a variance, a limit of integration."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.grade.chance.moments import mean, variance
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.mentions import MADE_OF
from derive.grade.writing.segments import Part

CONCLUDING = re.compile(  # words after which an expression is what was asked for
    r"(?:\W|\d|\b(?:so|hence|thus|therefore|then|we|i|get|gets|gives?|giving|obtain\w*|yields?|equals?|is|are|becomes?|be|the|a|our|final|finally|result|answer|"
    r"value|total|constant|normali[sz]ing|normali[sz]ation|integral|sum|which|that|this|it|have|find|means?|reads?|evaluates?|simplif\w+|to|and|as|now|of|in|for|"
    r"also|written\s+out|explicitly|altogether|somit|folgt|ergibt|wir|erhalten|daher|donc|d|ainsi|obtient|on|by|because|since|parts|symmetry|definition|using|substitution)\b)*",
    re.IGNORECASE)
COUNTING = re.compile(r"\b(?:in|for|among|there\s+are|out\s+of)\s*$", re.IGNORECASE)  # "in 18 of them": no result, though such words may lead to one
IS = (
    r"(?:(?:is|equals|of|=|must\s+be|has\s+to\s+be|should\s+be|becomes|comes\s+out\s+(?:as|to)|turns\s+out\s+to\s+be)"
    r"(?:\s+(?:then|thus|therefore|hence|just|simply|again|now|also))?)?"
)
ABOUT_MEAN = r"\b(?P<nth>second|third|fourth)\s+(?:central\s+moment|moment\s+about\s+the\s+mean)\s*"
VALUE_OF = (  # words before a formula that say of what it is the value
    (re.compile(ABOUT_MEAN.replace("|third|fourth", "") + IS + r"[\s:]*$", re.IGNORECASE), "variance"),
    (re.compile(ABOUT_MEAN.replace("second|", "") + IS + r"[\s:]*$", re.IGNORECASE), ""),
    (re.compile(r"\bsecond\s+(?:raw\s+)?moment\s*" + IS + r"[\s:]*$", re.IGNORECASE), "square"),
    (re.compile(r"\b(?:with|has|have|and|the|its|a)?\s*(?:mean|average|expectation|expected value)\s*" + IS + r"[\s:]*$",
                re.IGNORECASE), "mean"),
    (re.compile(r"(?<!log[- ])\b(?:density|p\.?d\.?f\.?|p\.?m\.?f\.?|mass function)(?:\s+function)?"
                r"\s*(?:is|becomes|reads|=|:)\s*(?:thus|then|therefore)?\s*$",
                re.IGNORECASE), "density"),
    (re.compile(r"\b(?:with|has|have|and|the|its|a)?\s*variance\s*" + IS + r"[\s:]*$", re.IGNORECASE), "variance"),
    (re.compile(r"\b(?:with|has|have|and|the|its|a)?\s*(?:standard\s+deviation)\s*(?:is|equals|of|=)?[\s:]*$", re.IGNORECASE), "deviation"),
)
SUBJECT = re.compile(
    r"\W*(?:the\s+)?(?:mean|variance|average|expectation|expected value|median|mode|area|probability|entropy|energy|standard deviation)\W*",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"(?:\\[,;: ]|\\q?quad(?![A-Za-z])|[\s,])*\\(?:text|textrm|mbox)\s*\{\s*,?\s*"
    r"(?:for|if|when|whenever|provided(?:\s+that)?|as\s+long\s+as)\s*(?:all\s+)?\}"
)
RANDOM_Z = re.compile(r"(?<![A-Za-z\\_{])[XYUVW]\s*[-+]|[-+]\s*[XYUVW](?![A-Za-z_(])|[\[(]\s*Z\s*(?:[\])<>=]|\\(?:leq?|geq?|right))|Z\s*\\sim")
SOLVED = re.compile(r"\b(?:median|mode|quantile|percentile|solve|solving|root|maximum|maxim\w+)\b", re.IGNORECASE)  # for something unknown
WHEN = re.compile(r"\b(?:when|if|at|for|as|bei|für|quand|si)\b", re.IGNORECASE)
LIMIT = re.compile(  # the integral with these ends is looked at itself, what they contribute is not
    r"\b(?:upper|lower)\s+(?:limit|bound|end)(?!.*\b(?:contribut\w*|gives?|get|yields?|obtain\w*|terms?|values?|equals?)\b)", re.IGNORECASE)


def value_of(words: str) -> str:
    """Of what words before a formula say that it is the value.

    >>> [value_of(w) for w in ("so the density is", "the mean of this density is", "the log of the density is", "with variance")]
    ['density', 'mean', '', 'variance']
    """
    for pattern, kind in VALUE_OF:
        match = pattern.search(words)
        made = MADE_OF.search(words[: match.start()]) if match and kind == "density" else None
        if made:
            return value_of(f"{words[: made.end('what')]} is")
        if match:
            return kind
    return ""


def with_subject(part: Part, truth: Truth) -> Part:
    """"with mean A and variance B" as E[x] = A and Var[x] = B, where there is one variable."""
    found = value_of(part.words)
    value = CONDITION.split(part.formula, maxsplit=1)[0]  # "the mean is a/(a − 1) for a > 1"
    if not found or len(truth.problem.variables) != 1 or re.search(r"[=<>]|\\(?:leq?|geq?|in|propto|sim)(?![A-Za-z])", value):
        return part
    (v,) = truth.problem.variables
    x = in_latex(v)
    if found == "density":
        return part if "p" in truth.named else replace(part, formula=f"p({x}) = {part.formula}")
    head = {"mean": mean(x), "square": mean(f"{x}^2"), "variance": variance(x), "deviation": rf"\sqrt{{{variance(x)}}}"}[found]
    return replace(part, formula=f"{head} = {part.formula}")


def lowered(formula: str, truth: Truth, known: set[str]) -> str:
    """U = X + Y with the variables by their own letters."""
    for name in (v.symbol.name for v in truth.problem.variables if len(v.symbol.name) == 1 and v.symbol.name.upper() not in known):
        if name != "z" or RANDOM_Z.search(formula):  # else it is the total
            formula = re.sub(rf"(?<![A-Za-z\\_{{]){name.upper()}(?![A-Za-z_(}}'])", name, formula)
    return formula


def names_of_variables(truth: Truth) -> list[str]:
    return [in_latex(v) for v in truth.problem.variables]


def drawn(truth: Truth) -> set[str]:
    """How a problem's variables are written in X ∼ …: by their own letters or as capitals."""
    own = names_of_variables(truth)
    return {*own, *(x.upper() for x in own if len(x) == 1), *("XYKNT" if len(own) == 1 else "")} - set(truth.named) | set(own)
