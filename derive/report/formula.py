"""A result as one formula: what a notebook's export to LaTeX prints of it."""

from __future__ import annotations

from collections.abc import Iterator

from derive.language.problem import Result
from derive.report.latex import tex
from derive.report.latex_functions import BREAK
from derive.report.names import names_of
from derive.report.view import bound_names, heads
from derive.report.words import Voice


def formula(result: Result) -> str:
    """Z = … = …, one line a step, and the density; where there is no Z, the kernel and the outcome. LaTeX between dollar signs.

    >>> from sympy.abc import x
    >>> from derive.language.problem import Problem
    >>> print(formula(Result(Problem("one", 1/x, ()), "diverges")))
    $\\displaystyle \\begin{aligned} g() &= \\frac{1}{x} \\\\ &\\quad \\text{diverges} \\end{aligned}$
    """
    return rf"$\displaystyle \begin{{aligned}} {BREAK.join(rows(result))} \end{{aligned}}$"


def rows(result: Result) -> Iterator[str]:
    """The lines of the formula."""
    g, p, z, _ = heads(result.problem)
    names, written = names_of(result.problem), result.problem.kernel_written
    yield f"{g} &= {tex(result.problem.kernel if written is None else written, names, written is not None)}"
    if result.Z is None or result.density is None:
        yield rf"&\quad \text{{{Voice('latex').escape(result.outcome)}}}"
        return
    derivation = result.derivation
    if derivation and derivation.steps:
        wide = bound_names(derivation, names)
        terms = (derivation.claim.left, *(step.after for step in derivation.steps))
        yield from (f"{'' if i else z} &= {tex(term, wide)}" for i, term in enumerate(terms))
    else:
        yield f"{z} &= {tex(result.Z, names)}"
    yield f"{p} &= {tex(result.density, names)}"
