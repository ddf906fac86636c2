r"""Sums over states as books write them, Σ_r e^{−βE_r}: the weight of a state is the problem's kernel, where that is e^{−βE}."""

from __future__ import annotations

import re

from sympy import expand, expand_log, latex, log

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.supported import bounds

GAP = r"(?:\\[,;:! ]|\s)*"
ENERGY = r"(?:E|H|\\mathcal\s*(?:\{\s*[EH]\s*\}|[EH])|\\(?:var)?epsilon)"
AT = r"(?:_\s*(?:\{(?P<sub>[^{}]*)\}|(?P<one>\w))|\((?P<at>[^()]*)\))?"
SIGN = r"\\sum\s*(?:\\limits\s*)?_\s*(?:\{(?P<over>(?:[^{}]|\{[^{}]*\})*)\}|(?P<short>[a-z]))(?!\s*\^)"
WEIGHT = rf"(?:e\s*\^\s*\{{|\\exp\s*(?:\\left)?[(\[]){GAP}-{GAP}(?P<theta>\\[A-Za-z]+|[a-z])?{GAP}{ENERGY}{AT}{GAP}(?:\\right)?[)\]}}]"
SUM = re.compile(rf"{SIGN}{GAP}{WEIGHT}")
WORDS = re.compile(r"\\(?:text|mathrm|rm)\s*\{?\s*(?:all\s+)?(?:states|microstates|configurations|levels)\s*\}?")
DEFINED = re.compile(rf"{ENERGY}\s*(?:_\s*(?:\{{[^{{}}]*\}}|\w)|\([^()]*\))\s*(?::?=|\\equiv)")


def with_states(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""The lines with the kernel for e^{−βE_j} behind a sum over all states, where no line says what E_j is.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-beta*n)", over={"n": "ZZ[0, oo]"}, given=["beta > 0"]))
    >>> with_states((r"Z=\sum_je^{-\beta E_j}", r"Z=\sum_je^{-E_j}"), truth)
    ('Z=\\sum_{n=0}^{\\infty} \\left(e^{- \\beta n}\\right)', 'Z=\\sum_je^{-E_j}')
    """
    own = truth.problem.variables
    ranges = [bounds(in_latex(v), v.measure) for v in own]
    moving = {v.symbol for v in own}
    if not all(ranges) or any(v.measure.free_symbols & moving for v in own) or any(DEFINED.search(line) for line in lines):
        return lines
    names = [in_latex(v) for v in own]
    symbols = {v.symbol: in_latex(v) for v in own} | {p.symbol: in_latex(p) for p in truth.problem.parameters}
    kernel = rf"\left({latex(truth.problem.kernel, symbol_names=symbols)}\right)"

    def put(match: re.Match[str]) -> str:
        index = (match["sub"] or match["one"] or match["at"] or "").strip()
        if not over_all(match["over"] or match["short"], index, names, truth) or not is_boltzmann(match["theta"] or "", truth):
            return match[0]
        return "".join(rf"\sum{one}" for one in ranges) + kernel

    return tuple(SUM.sub(put, line) for line in lines)


def over_all(over: str, index: str, names: list[str], truth: Truth) -> bool:
    """Whether a sum goes over all states: over the variables by their names, over states by a word, or over one letter that nothing declares."""
    said = [one.strip() for one in over.split(",")]
    letters = sorted(re.findall(r"\\?[A-Za-z]+", index))
    if WORDS.fullmatch(over.strip()):
        return not index
    if said == names:
        return not index or letters == sorted(names) or index.replace(" ", "") == "".join(names)
    (one, *more) = said
    return not more and re.fullmatch(r"[a-z]", one) is not None and one not in truth.named and index == one


def is_boltzmann(theta: str, truth: Truth) -> bool:
    """Whether the kernel is e^{−θE} for an energy without this parameter θ; or for an energy that was given, e^{−E}."""
    kernel = truth.problem.kernel
    parameter = next((p.symbol for p in truth.problem.parameters if in_latex(p) == theta), None)
    if not theta:
        return truth.problem.energy is not None
    if parameter is None:
        return False
    exponent = expand(expand_log(log(kernel)))
    energy = -exponent.diff(parameter)
    return not energy.has(parameter, log) and expand(exponent + parameter * energy) == 0
