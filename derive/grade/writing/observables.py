r"""A capital for a sum of several variables, M = s_1 + s_2 + s_3, of which lines take the mean or the variance: ⟨M⟩, E[M²], Var(M)."""

from __future__ import annotations

import re

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex

NAMED = re.compile(r"(?<![A-Za-z\\])(?P<M>[A-Z])\s*:?=\s*(?P<value>[^=,;:$]+?)(?=\s*(?:\\text\s*\{|[,;:$]|\.\s|\.?$|\\q?quad))")
POWER = r"(?P<power>\s*\^\s*(?:\d|\{\s*\d\s*\}))?"


def with_observables(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""The lines with such a sum in the brackets of a mean or a variance; where it is introduced it stands as it is said.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(h*(s + t))", over={"s": "{-1, 1}", "t": "{-1, 1}"}, given=["h real"]))
    >>> with_observables((r"M=s+t", r"\langle M^2\rangle=\operatorname{Var}(M)"), truth)
    ('M=s+t', '\\langle (s+t)^2\\rangle=\\operatorname{Var}(s+t)')
    """
    own = [in_latex(v) for v in truth.problem.variables]
    if len(own) < 2:
        return lines
    plain = [re.sub(r"[{}\s]", "", x) for x in own]
    for match in (m for line in lines for m in NAMED.finditer(line)):
        terms = [re.sub(r"[{}\s]|^\d+", "", t) for t in re.split(r"[+-]", match["value"]) if t.strip()]
        if match["M"] in truth.named or match["M"] in ("Z", "E", "P") or not terms or not all(t in plain for t in terms):
            continue
        lines = tuple(put_in(line, match["M"], match["value"].strip()) for line in lines)
    return lines


def put_in(line: str, name: str, value: str) -> str:
    """A line with the value for a name that stands alone in the brackets of a mean or a variance."""
    def inside(m: re.Match[str]) -> str:
        raised = f"({value}){m['power'].strip()}" if m["power"] else value
        return f"{m['before']}{raised}{m['after']}"

    mean = r"(?:(?<![A-Za-z\\])(?:E|Var)|\\(?:mathbb|mathrm|operatorname|mathsf|text)\s*\{?\s*(?:E|Var|V)\s*\}?|\\Var)\s*(?:\\left)?[\[(]\s*"
    brackets = rf"(?P<before>\\langle\s*|{mean}){name}{POWER}(?P<after>\s*(?:\\rangle|(?:\\right)?[\])]))"
    return re.sub(brackets, inside, line)
