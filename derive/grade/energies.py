"""The energy of which a kernel is the Boltzmann factor, e^{−βE}."""

from __future__ import annotations

from sympy import Expr, expand, expand_log, log

from derive.language.problem import Problem

INVERSE_TEMPERATURES = ("b", "beta", "bet")


def energy_of(problem: Problem) -> Expr | None:
    """E where an energy was given, or where the kernel is e^{−βE} for the one parameter that is written as β."""
    if problem.energy is not None:
        return problem.energy
    betas = [p.symbol for p in problem.parameters if p.latex == r"\beta" or (not p.latex and p.symbol.name in INVERSE_TEMPERATURES)]
    if len(betas) != 1:
        return None
    exponent = expand(expand_log(log(problem.kernel)))
    energy = -exponent.diff(betas[0])
    own = {v.symbol for v in problem.variables}
    linear = not energy.has(betas[0]) and expand(exponent + betas[0] * energy) == 0 and not energy.has(log)
    return energy if linear and energy.free_symbols & own else None
