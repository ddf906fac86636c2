r"""Means of a formula that words name, as in "the mean of 2k + 1 is …" and "its variance", as E[2k + 1] = …"""

from __future__ import annotations

import re

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex

WHAT = r"\b(?:the\s+)?(?P<what>mean|expectation|expected\s+value|average|variance)\s+of\s*"
IS = r"\s*,?\s*(?:is|equals)(?:\s+(?:then|therefore|thus|just|simply))?\s*"
DOLLARS = re.compile(rf"{WHAT}\$(?P<of>[^$=<>]+)\${IS}\$", re.IGNORECASE)
TEXT = re.compile(rf"{WHAT}\}}(?P<of>(?:(?!\\text)[^=<>$])+?)\\text\s*\{{{IS}\}}", re.IGNORECASE)


def with_means_of(line: str, truth: Truth) -> str:
    r"""A line with E[…] = or Var(…) = for such words, where the formula is one in the problem's variables.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("q**k", over={"k": "ZZ[0, oo]"}, given=["q > 0", "q < 1"]))
    >>> with_means_of("So the mean of $2k+1$ is $a$.", truth), with_means_of(r"\text{The variance of } k \text{ is } b", truth)
    ('So $\\mathbb{E}\\left[2k+1\\right]=a$.', '\\text{}\\operatorname{Var}\\left(k\\right)= b')
    """
    own = [in_latex(v) for v in truth.problem.variables]
    spelled = "|".join(re.escape(x) if len(x) > 1 else f"{re.escape(x)}|{x.upper()}" for x in own)

    named = re.compile(rf"(?<![A-Za-z\\])(?:{spelled})(?![A-Za-z])")

    def put(m: re.Match[str]) -> str:
        of = m["of"].strip()
        bare = re.sub(r"\\[A-Za-z]+", lambda c: c[0] if c[0] in own else " ", of)
        if not own or named.search(bare) is None:
            return m[0]
        head = rf"\operatorname{{Var}}\left({of}\right)=" if m["what"].lower() == "variance" else rf"\mathbb{{E}}\left[{of}\right]="
        return f"${head}" if m.re is DOLLARS else f"}}{head}"

    return TEXT.sub(put, DOLLARS.sub(put, line))
