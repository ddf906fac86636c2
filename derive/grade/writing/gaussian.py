r"""φ(x) beside Φ(x): the density of the standard normal law, which the reader of LaTeX knows as \phi."""

from __future__ import annotations

import re

from derive.grade.truth import Truth

APPLIED = re.compile(r"\\varphi(?=\s*(?:\\left|\\[bB]igg?l?)?\()")
SAID = re.compile(r"\\varphi\s*(?:_\s*\{?\w\}?)?\s*(?:\\left)?\([^()=]*(?:\\right)?\)\s*:?=|d\s*\\varphi")  # another function, or an angle


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
