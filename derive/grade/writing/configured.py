r"""Sums over the configurations of a small model: \sum_{a,b}, \sum_{a \ne b}, \sum_{a = b}, \sum_{s = \pm}, over the problem's own variables."""

from __future__ import annotations

import re

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.supported import bounds
from derive.language.totals import Atoms

SUM = r"\\sum\s*(?:\\limits\s*)?_\s*"
NAME = r"(?:[A-Za-z]|\\[a-z]+)(?:_\{?\w\}?)?"
LIST = re.compile(rf"{SUM}\{{\s*(?P<names>{NAME}(?:\s*,\s*{NAME})+)\s*\}}(?!\s*\^)")
RELATED = re.compile(rf"{SUM}\{{\s*(?P<a>{NAME})\s*(?P<sign>=|\\neq?(?![A-Za-z])|<|>|\\not\s*=)\s*(?P<b>{NAME})\s*\}}(?!\s*\^)")
SIGNS = re.compile(
    rf"(?P<sum>\\(?:sum|prod)\s*(?:\\limits\s*)?_\s*)\{{\s*(?P<x>{NAME}(?:\s*,\s*{NAME})*)\s*"
    r"(?:=\s*(?:\\pm|(?:\+\s*1?|1)\s*,\s*-\s*1?|-\s*1?\s*,\s*(?:\+\s*1?|1))|\\in\s*\\\{\s*(?:-\s*,\s*\+|\+\s*,\s*-|\\pm)\s*\\\})\s*\}"
)
EITHER = re.compile(
    rf"(?<!_)(?<!\{{)(?P<before>^|[,;}}]|\\[,;: ]|\\q?quad(?![A-Za-z])|\s)(?P<x>{NAME})\s*(?:=\s*\\pm\s*1|\^\s*\{{?2\}}?\s*=\s*1)"
    r"(?!\d|\.\d|\})"
)
STATES = re.compile(  # over all there are
    rf"{SUM}\{{\s*(?:\\(?:text|mathrm|rm)\s*\{{?\s*)?(?:all\s+)?(?:states|configs?\.?|configurations|microstates|spins|all)\s*\}}?\s*\}}(?!\s*\^)"
)


def with_configurations(text: str, truth: Truth) -> str:
    r"""A text in which the ranges of such sums are written out.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(J*KroneckerDelta(a, b))", over={"a": "{1, 2}", "b": "{1, 2}"}, given=["J real"]))
    >>> with_configurations(r"\sum_{a\ne b}1", truth)
    '\\sum_{a\\in\\{1,2\\}} \\sum_{b\\in\\{1,2\\}} \\mathbf{1}\\{a\\ne b\\}1'
    >>> with_configurations(r"\sum_{s=\pm}e^{s}+\sum_{a,b}1", truth)
    '\\sum_{s=\\pm1}e^{s}+\\sum_{a\\in\\{1,2\\}} \\sum_{b\\in\\{1,2\\}} 1'
    """
    text = without_signs(text, truth)
    if r"\sum" not in text and r"\prod" not in text:
        return text
    text = SIGNS.sub(r"\g<sum>{\g<x>=\\pm1}", text)
    symbols = {v.symbol for v in truth.problem.variables}
    ranges = {in_latex(v): bounds(in_latex(v), v.measure) for v in truth.problem.variables if not v.measure.free_symbols & symbols}

    ranges |= {re.sub(r"_\{(\w)\}$", r"_\1", name): told for name, told in ranges.items()}  # s_1 beside s_{1}

    def signs(names: list[str]) -> str:
        return "".join(rf"\sum{ranges[name]}" for name in names)

    def listed(m: re.Match[str]) -> str:
        names = [n.strip() for n in m["names"].split(",")]
        return signs(names) if all(ranges.get(n) for n in names) else m[0]

    def related(m: re.Match[str]) -> str:
        names = [m["a"], m["b"]]
        if not all(ranges.get(n) for n in names) or m["a"] == m["b"]:
            return m[0]
        sign = {"=": "=", "<": "<", ">": ">"}.get(m["sign"], r"\ne ")
        return rf"{signs(names)}\mathbf{{1}}\{{{m['a']}{sign}{m['b']}\}}"

    text = RELATED.sub(related, LIST.sub(listed, text))
    every = [in_latex(v) for v in truth.problem.variables if in_latex(v) in ranges]
    return STATES.sub(lambda m: signs(every) if len(every) == len(symbols) and all(ranges.values()) else m[0], text)


def without_signs(text: str, truth: Truth) -> str:
    r"""A text without "s = ±1" and "s² = 1", which hold for a spin s.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(h*s)", over={"s": "{-1, 1}"}, given=["h real"]))
    >>> without_signs(r"\cosh(hs)=\cosh h\text{ since } s=\pm1.", truth), without_signs(r"\sum_{s=\pm1}e^{hs}", truth)
    ('\\cosh(hs)=\\cosh h\\text{ since } .', '\\sum_{s=\\pm1}e^{hs}')
    """
    spins = {in_latex(v) for v in truth.problem.variables if isinstance(v.measure, Atoms) and set(v.measure.points) == {-1, 1}}
    return EITHER.sub(lambda m: m["before"] if m["x"] in spins else m[0], text) if spins else text
