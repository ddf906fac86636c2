"""What a program or a notebook uses: `normalize`, `load`, and a Result that shows itself."""

from __future__ import annotations

import time
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sympy import Expr

from derive import engine
from derive.engine import CATALOGUE
from derive.language import problem as language
from derive.language.problem import Problem
from derive.moments import moments
from derive.read import asked, files
from derive.report.formula import formula
from derive.report.json import to_dict
from derive.report.render import render

MOMENTS = 10.0  # seconds for the moments of one density


@dataclass(frozen=True)
class Result(language.Result):
    """What was established about a problem, with its derivation and checks as SymPy objects, able to show itself.

    `outcome` is one of "normalized", "diverges", "not-a-kernel", "open", "undecided"; `Z` and `density` are None where there is
    none; `conditions` hold beyond what the problem assumed; `reason` is one sentence for every outcome but "normalized".
    The methods that write documents take `detail`: "brief" (problem, result, checks), "standard" (every step in a sentence) or
    "full" (the rules' equations and the proofs of lemmas too); they raise ValueError for any other.

    >>> result = normalize("1/x", over={"x": "(0, oo)"})
    >>> result.outcome, result.Z, result.reason
    ('diverges', None, 'By comparison near x = 0, its total is infinite there.')
    """

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data, numbers and formulas as text: the object that `derive report --json` prints.

        >>> normalize("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]).to_dict()["density"]
        'b*exp(-b*x)'
        """
        return to_dict(self, CATALOGUE)

    @cached_property
    def told(self) -> Result:
        """The same result with its moments, which documents of standard and full detail show; derived when first asked for."""
        return self if self.moments else replace(self, moments=moments(self, time.monotonic() + MOMENTS))

    def document(self, form: str, detail: str) -> str:
        """The report in one format."""
        return render(self if detail == "brief" else self.told, form, detail, CATALOGUE)

    def to_latex(self, detail: str = "standard") -> str:
        r"""A LaTeX article, preamble included.

        >>> normalize("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]).to_latex("brief").splitlines()[0]
        '\\documentclass[11pt,a4paper]{article}'
        """
        return self.document("tex", detail)

    def to_markdown(self, detail: str = "standard") -> str:
        """Markdown with `$$` blocks.

        >>> normalize("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]).to_markdown("brief").splitlines()[2]
        '## Problem'
        """
        return self.document("md", detail)

    def to_text(self, detail: str = "standard") -> str:
        """Plain text for a terminal.

        >>> print(*normalize("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]).to_text("brief").splitlines()[6:8], sep="\\n")
        Result
            Z = 1/b
        """
        return self.document("text", detail)

    def to_html(self, detail: str = "standard") -> str:
        """A page with MathML that needs neither network nor script.

        >>> normalize("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]).to_html("brief").splitlines()[0]
        '<!DOCTYPE html>'
        """
        return self.document("html", detail)

    def _repr_mimebundle_(self, include: Container[str] | None = None, exclude: Container[str] = ()) -> dict[str, str]:
        """What a notebook shows: the derivation as HTML, Markdown or plain text; as one formula where it is exported to LaTeX."""
        shown = {"text/html": lambda: self.document("part", "standard"), "text/latex": lambda: formula(self),
                 "text/markdown": self.to_markdown, "text/plain": self.to_text}
        wanted = [kind for kind in shown if (include is None or kind in include) and kind not in (exclude or ())]
        return {kind: shown[kind]() for kind in wanted}


def showing(result: language.Result) -> Result:
    """The same result, able to show itself."""
    return Result(**{field.name: getattr(result, field.name) for field in fields(result)})


def normalize(kernel: str | Expr | Problem, over: Mapping[Any, str] | None = None, given: Iterable[Any] = (), *,
              latex: bool = False, energy: bool = False, budget: float = 20.0) -> Result:
    """Derive Z and the density of a kernel, check every step, and say what was established.

    kernel: SymPy syntax, LaTeX with `latex`, a SymPy expression, or a Problem from `load`. `over` gives the domain of each
    variable, outermost first; `given` what is known of the parameters. With `energy` the kernel is exp(-E) for the E given.
    budget: seconds after which the outcome is "undecided". It is looked at between moves: one call of SymPy's that hangs is not
    interrupted here, while the command line ends the process that hangs.

    Never raises for what a kernel may be: a divergent or a negative one is an outcome with its reason. Raises ReadError (a
    ValueError), one sentence with the place, where the input cannot be read.

    >>> result = normalize("x**(a - 1)*exp(-b*x)", over={"x": "(0, oo)"}, given=["a > 0", "b > 0"])
    >>> result.outcome, [check.verdict for check in result.checks]
    ('normalized', ['proved', 'agrees', 'enclosed'])
    """
    if not isinstance(kernel, Problem):
        kernel = asked.problem(kernel, over=over or {}, given=tuple(given), latex=latex, energy=energy)
    return showing(engine.solve(kernel, budget))


def load(path: str | Path) -> list[Problem]:
    """The problems of a TOML file, in its order, each ready for `normalize`.

    Raises ReadError (a ValueError), one sentence that names the file, the problem and the key, where the file cannot be read.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
    ...     _ = file.write('[[problem]]\\nid = "sum"\\nkernel = "2**(-k)"\\nvariables = [{name = "k", domain = "ZZ[0, oo]"}]')
    ...     _ = file.seek(0)
    ...     problems = load(file.name)
    >>> [(problem.id, normalize(problem).Z) for problem in problems]
    [('sum', 2)]
    """
    return files.load(Path(path))
