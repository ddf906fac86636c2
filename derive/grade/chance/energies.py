r"""The energy of which a kernel is the Boltzmann factor, e^{−βE}."""

from __future__ import annotations

import re

from sympy import Expr, Mul, expand, expand_log, latex, log

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.supported import TRACE
from derive.language.problem import Parameter, Problem

INVERSE_TEMPERATURES = ("b", "beta", "bet")
HAMILTONIAN = re.compile(r"\\(?:hat|mathcal|widehat)\s*(?:\{\s*H\s*\}|H)|(?<![A-Za-z\\])H(?![A-Za-z(_])")
MEAN_ENERGY = re.compile(r"\\langle\s*(?:E|H)\s*(?:\^\s*\{?(?P<power>\d)\}?)?\s*\\rangle(?![A-Za-z])")


def energy_of(problem: Problem) -> Expr | None:
    """E where the kernel is e^{−βE} for the one parameter that is written as β, or else the energy that was given."""
    found = boltzmann(problem)
    return found[1] if found is not None else problem.energy if problem.energy is not None else thermal(problem)


def thermal(problem: Problem) -> Expr | None:
    """E where the kernel is e^{−E/(k T)}, or e^{−E/T}, for parameters of these names."""
    own = {p.symbol.name: p.symbol for p in problem.parameters}
    units = [own[name] for name in ("k", "k_B") if name in own]
    if "T" not in own or len(units) > 1:
        return None
    energy = expand(-expand_log(log(problem.kernel)) * Mul(own["T"], *units))
    return energy if not energy.has(own["T"], *units, log) and energy.free_symbols & {v.symbol for v in problem.variables} else None


def boltzmann(problem: Problem) -> tuple[Parameter, Expr] | None:
    """β and E where the kernel is e^{−βE} for the one parameter that is written as β."""
    betas = [p for p in problem.parameters if p.latex == r"\beta" or (not p.latex and p.symbol.name in INVERSE_TEMPERATURES)]
    if len(betas) != 1:
        return None
    (beta,) = betas
    exponent = expand(expand_log(log(problem.kernel)))
    energy = -exponent.diff(beta.symbol)
    own = {v.symbol for v in problem.variables}
    linear = not energy.has(beta.symbol) and expand(exponent + beta.symbol * energy) == 0 and not energy.has(log)
    return (beta, energy) if linear and energy.free_symbols & own else None


def with_hamiltonian(text: str, problem: Problem) -> str:
    r"""Tr e^{−βH} with the energy for H, where nothing declares H."""
    energy = energy_of(problem)
    if energy is None or not TRACE.search(text) or "H" in {s.name for s in problem.kernel.free_symbols}:
        return text
    own = {p.symbol: p.latex for p in problem.parameters if p.latex} | {v.symbol: v.latex for v in problem.variables if v.latex}
    return HAMILTONIAN.sub(lambda _: rf"\left({latex(energy, symbol_names=own)}\right)", text)


def with_given_energy(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""E(v, h) as the energy that the problem gives, where no line says what E is; the E of \beta E(x) has no β in it.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("-w*v*h", energy=True, over={"v": "{0, 1}", "h": "{0, 1}"}, given=["w real"]))
    >>> with_given_energy(("Z = \\sum_{v,h} e^{-E(v,h)}",), truth)
    ('Z = \\sum_{v,h} e^{-\\left(- h v w\\right)}',)
    """
    problem = truth.problem
    names = "|".join(re.escape(in_latex(v)) for v in problem.variables)
    of = rf"\s*(?:\\left)?\(\s*(?:{names})(?:\s*,\s*(?:{names}))*\s*(?:\\right)?\)"
    told = re.compile(rf"(?<![A-Za-z\\_{{-])(?<!- )E(?:{of})?\s*(?::?=|\\equiv)")
    if problem.energy is None or len(problem.variables) == 1 or "E" in truth.named or any(told.search(line) for line in lines):
        return lines
    found = boltzmann(problem)
    symbols = {p.symbol: p.latex for p in problem.parameters if p.latex} | {v.symbol: v.latex for v in problem.variables if v.latex}

    def put(match: re.Match[str]) -> str:
        energy = found[1] if match["beta"] and found is not None else problem.energy
        return rf"{match['beta'] or ''}\left({latex(energy, symbol_names=symbols)}\right)"

    return tuple(re.sub(rf"(?P<beta>\\beta\s*)?(?<![A-Za-z\\_{{])E{of}", put, line) for line in lines)


def reduced(text: str, problem: Problem) -> str:
    r"""⟨E⟩ as β⟨E⟩ where the energy that was given has the factor β in it: that energy may be what is meant by E."""
    found = boltzmann(problem)
    if problem.energy is None or found is None:
        return text
    beta = found[0].latex or ("\\beta" if found[0].symbol.name != "b" else "b")
    return MEAN_ENERGY.sub(lambda m: rf"{beta}^{{{m['power'] or 1}}}{m[0]}", text)
