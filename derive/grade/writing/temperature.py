r"""A temperature where a problem has β: k_B T ln 2, with or without β = 1/(k_B T) beside it."""

from __future__ import annotations

import re

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.segments import GAP

K = r"(?<![A-Za-z\\])k(?:\s*_\s*(?:\{\s*(?:\\(?:mathrm|rm|text)\s*)?\{?\s*B\s*\}?\s*\}|B|\\mathrm\s*(?:B|\{\s*B\s*\})))?"
PRODUCT = rf"{K}{GAP}(?:\\cdot)?{GAP}T(?![A-Za-z_])"
HEAT = re.compile(PRODUCT)
SAID = re.compile(  # , β = 1/(k_B T)
    rf"(?:[,;]|\\text\s*\{{\s*,?\s*(?:where|with|and)?\s*\}}|\\q?quad(?![A-Za-z])|\(|\s|\\[,;: ])*\\beta{GAP}(?:=|:=|\\equiv){GAP}"
    rf"(?:1/\(?{PRODUCT}\)?|\\[dt]?frac\s*(?:1|\{{\s*1\s*\}})\s*\{{\s*{PRODUCT}\s*\}}|\({PRODUCT}\)\^\{{-1\}}){GAP}\)?[\s.]*$"
)


def with_inverse_temperature(text: str, truth: Truth) -> str:
    r"""A text with 1/β for k T or k_B T, where the problem has a β, and no T and no k.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-beta*x)", over={"x": "(0, oo)"}, given=["beta > 0"]))
    >>> with_inverse_temperature(r"Z = k_B T, \quad \beta = \frac{1}{k_B T}", truth)
    'Z = (1/\\beta)'
    """
    own = {in_latex(p) for p in truth.problem.parameters}
    if r"\beta" not in own or {"T", "k", "k_B", "kB"} & set(truth.named):
        return text
    return HEAT.sub(r"(1/\\beta)", SAID.sub("", text))
