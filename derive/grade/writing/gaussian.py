r"""φ(x) beside Φ(x): the density of the standard normal law, which the reader of LaTeX knows as \phi."""

from __future__ import annotations

import re

from derive.grade.truth import Truth
from derive.grade.writing.segments import bracket_end, split

APPLIED = re.compile(r"\\varphi(?=\s*(?:\\left|\\[bB]igg?l?)?\()")
SAID = re.compile(r"\\varphi\s*(?:_\s*\{?\w\}?)?\s*(?:\\left)?\([^()=]*(?:\\right)?\)\s*:?=|d\s*\\varphi")  # another function, or an angle


NORMAL = re.compile(  # p(x | y) = N(
    r"(?<![A-Za-z\\_])[pf]\s*\((?P<what>[^()=;,]*)\)\s*=\s*(?P<law>\\(?:mathcal|mathrm|operatorname|text|mathsf)\s*(?:\{\s*(?:N|Normal)\s*\}|N(?![A-Za-z])))"
    r"(?:\s|\\[,;:!])*(?P<open>(?:\\left|\\[bB]igg?l?)?\()"
)
GIVEN = re.compile(r"[;|]|\\mid(?![A-Za-z])")


def as_laws(line: str, truth: Truth) -> str:
    r"""p(x | y) = N(m, v) as x | y ∼ N(m, v), where nothing says at which place the density is taken.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x**2/2)", over={"x": "RR"}))
    >>> as_laws(r"p(x)=\mathcal N(0,1)", truth), as_laws(r"p(x)=\mathcal N(x;0,1)", truth)
    ('x\\sim\\mathcal N(0,1)', 'p(x)=\\mathcal N(x;0,1)')
    """
    if {"p", "N"} & set(truth.named):
        return line
    for match in reversed(list(NORMAL.finditer(line))):
        end = bracket_end(line, match.end(), "(")
        inside = list(split(line[match.end() : end[0]], ",")) if end else []
        goes_on = end is not None and re.match(r"\s*(?:[-+*/=\w(]|\\(?:cdot|times|propto|left)(?![A-Za-z]))", line[end[1] :])
        if len(inside) == 2 and not goes_on and not GIVEN.search(line[match.end() : end[0] if end else 0]):
            line = f"{line[: match.start()]}{match['what']}\\sim{match['law']}{line[match.start('open') :]}"
    return line


def with_normal_density(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""The lines with \phi for \varphi where Φ stands beside it, and nothing says that φ is anything else.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x**2/2)", over={"x": "(c, oo)"}, given=["c real"]))
    >>> with_normal_density((r"p(x) = \frac{\varphi(x)}{1-\Phi(c)}",), truth), with_normal_density((r"\varphi(x) = 1", r"\Phi(c)"), truth)
    (('p(x) = \\frac{\\phi(x)}{1-\\Phi(c)}',), ('\\varphi(x) = 1', '\\Phi(c)'))
    """
    beside = any(re.search(r"\\Phi\s*(?:\\left)?\(", line) for line in lines)
    if not beside or {"phi", "varphi"} & set(truth.named) or any(SAID.search(line) for line in lines):
        return lines
    return tuple(APPLIED.sub(r"\\phi", line) for line in lines)
