r"""Γ'(1), Γ''(a + b) by digammas, γ as Euler's constant, and ln Z = f(β) + const as an equation of slopes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.grade.truth import Truth
from derive.grade.writing.bars import reach
from derive.grade.writing.heads import in_latex, spelled
from derive.grade.writing.helpers import ORDER
from derive.grade.writing.segments import bracket_end
from derive.grade.writing.spellings import CONST

SLOPE = re.compile(r"\\Gamma\s*(?P<n>'{1,2}|\^\s*\{?\s*(?:\\prime\s*){1,2}\}?)\s*(?:\\left)?\(")
EULER = re.compile(r"\\gamma(?![A-Za-z])(?!\s*(?:\(|\\left|_|\^\s*\{?\())")
BROUGHT_IN = re.compile(  # γ := …, dγ, γ → 0, γ > 0: a name of the student's own
    r"(?:^|[,;.}$]|\\q?quad(?![A-Za-z])|\\[,;: ])\s*\\gamma\s*(?::?=|\\equiv|\\in)(?![^,;]*0\.5772)|d\s*\\gamma(?![A-Za-z])"
    r"|\\gamma\s*(?:\\to|\\mapsto|[<>]|\\[lg]eq?)(?![A-Za-z])|[<>]\s*\\gamma|_\s*\{?\s*\\gamma|\\gamma\s*(?:\\left)?\("
)
BESIDE = re.compile(r"(?:,|\\q?quad(?![A-Za-z]))(?:\s|\\[,;: ])*(\\?[A-Za-z]+)\s*:?=")
LOG_Z = re.compile(r"\s*\\(?:ln|log)\s*(?:Z|\\mathcal\s*\{?Z\}?)\s*(?:\([^()]*\))?\s*")


def with_constants(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    """The lines with Γ' written out, and with γ as Euler's constant where nothing else is called so."""
    lines = tuple(DEFINED.sub(r"\g<head>=", line) for line in without_indices(lines, truth))
    lines = tuple(without_slopes(line) for line in lines) if "psi" not in truth.named else lines
    spelled = {*(v.latex for v in truth.problem.variables), *(p.latex for p in truth.problem.parameters)}
    taken = "gamma" in truth.named or r"\gamma" in spelled
    if taken or any(BROUGHT_IN.search(line) for line in lines):
        return lines
    return tuple(EULER.sub(r"\\gamma_{E}", line) for line in lines)


def without_slopes(line: str) -> str:
    r"""Γ' = Γ ψ and Γ'' = Γ (ψ² + ψ'), DLMF 5.2.2.

    >>> without_slopes(r"-\Gamma'(1)"), without_slopes(r"\Gamma''(a+1)=1")
    ('-\\left(\\Gamma(1)\\psi(1)\\right)', '\\left(\\Gamma(a+1)\\left(\\psi(a+1)^2+\\psi^{(1)}(a+1)\\right)\\right)=1')
    """
    while (match := SLOPE.search(line)) is not None:
        end = bracket_end(line, match.end(), "(")
        if end is None:
            return line
        at = line[match.end() : end[0]].strip()
        once = match["n"].count("'") + match["n"].count("prime") == 1
        value = rf"\psi({at})" if once else rf"\left(\psi({at})^2+\psi^{{(1)}}({at})\right)"
        line = rf"{line[: match.start()]}\left(\Gamma({at}){value}\right){line[end[1] :]}"
    return line


def with_slopes(formula: str, truth: Truth, defined: Iterable[str] = ()) -> str:
    r"""ln Z = f + const, for an f that names parameters, as ∂ ln Z/∂β = ∂f/∂β for each of these, or for a β that lines have defined.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-b*x**2)", over={"x": "(-oo, oo)"}, given=["b > 0"]))
    >>> with_slopes(r"\ln Z = -\tfrac12\ln b+\text{const}", truth)
    '\\frac{\\partial}{\\partial b}\\left(\\ln Z\\right)=\\frac{\\partial}{\\partial b}\\left(-\\tfrac12\\ln b\\right)'
    """
    whole, (formula, *beside) = formula, re.split(r"(?=,\s*\\q?quad(?![A-Za-z]))", formula, maxsplit=1)
    first, *rest = re.split(r"(?<![:<>])=(?![^{}]*\})", formula)
    if not rest or not LOG_Z.fullmatch(first) or not all(CONST.search(side) for side in rest):
        return whole
    sides = [first.strip(), *(CONST.sub("", side).strip() for side in rest)]
    own = [x for p in truth.problem.parameters if named(x := in_latex(p), sides[-1])]
    own = own or [x for x in (*map(spelled, defined), *BESIDE.findall("".join(beside))) if named(x, sides[-1])][:1]
    slopes = r",\quad ".join("=".join(rf"\frac{{\partial}}{{\partial {x}}}\left({side}\right)" for side in sides) for x in own)
    return slopes + "".join(beside) if slopes else whole


ORDERED = re.compile(
    r"\\[dt]?frac\s*\{\s*(?:d|\\partial)\s*\^\s*\{?(?P<n>[a-z])\}?\s*\}\s*\{\s*(?:d|\\partial)\s*(?P<t>[A-Za-z]|\\[a-z]+)\s*\^\s*\{?(?P=n)\}?\s*\}"
)


def with_orders(formula: str) -> str:
    r"""dⁿ/daⁿ of the term behind it as the function that stands for a derivative of that order.

    >>> with_orders(r"(-1)^n\frac{d^n}{da^n}\sqrt{\frac\pi a} = 1")
    '(-1)^n\\operatorname{DerivativeOfOrder}(\\sqrt{\\frac\\pi a} ,a,n)= 1'
    """
    match = ORDERED.search(formula)
    if match is None:
        return formula
    end = reach(formula, match.end())
    inner = rf"\operatorname{{{ORDER}}}({formula[match.end() : end]},{match['t']},{match['n']})"
    return formula[: match.start()] + inner + formula[end:]


DEFINED = re.compile(  # J(a) ≡ … at the beginning
    r"(?P<head>^(?:\\[,;: ]|\s)*[A-Z]\s*\(\s*(?:[a-z]|\\[a-z]+)\s*\)\s*)\\(?:equiv|coloneqq|triangleq)(?![A-Za-z])"
)
OWN = re.compile(  # I_0(a) ≡ ∫ …
    r"(?:^|[,;$}])(?:\\[,;: ]|\\q?quad(?![A-Za-z])|\s)*"
    r"(?P<f>[IJKYH])\s*_\s*\{?(?P<i>\w)\}?\s*\(\s*(?:[a-z]|\\[a-z]+)\s*\)\s*(?::?=|\\equiv(?![A-Za-z]))\s*\\int"
)


def without_indices(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""A function such as I_0(a) that a line introduces as an integral by a letter of its own: it is no Bessel function.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x)", over={"x": "(0, oo)"}))
    >>> without_indices((r"I_0(a)\equiv\int_0^\infty e^{-ax}dx = 1/a", "-I_0'(a) = 1/a^2"), truth)
    ('G(a)\\equiv\\int_0^\\infty e^{-ax}dx = 1/a', "-G'(a) = 1/a^2")
    """
    for line in lines:
        for match in OWN.finditer(line):
            free = [c for c in "GHVWQRUS" if c not in truth.named and not any(re.search(rf"(?<![A-Za-z\\]){c}(?![A-Za-z])", one) for one in lines)]
            name = rf"(?<![A-Za-z\\]){match['f']}\s*_\s*(?:{match['i']}(?!\w)|\{{{match['i']}\}})(?=\s*(?:'+\s*)?\()"
            lines = tuple(re.sub(name, free[0], one) for one in lines) if free else lines
    return lines


def named(x: str, side: str) -> bool:
    """Whether a parameter stands in a side."""
    bare = side if x.startswith("\\") else re.sub(r"\\[A-Za-z]+", " ", side)
    return re.search(rf"{re.escape(x)}(?![A-Za-z])" if x.startswith("\\") else re.escape(x), bare) is not None
