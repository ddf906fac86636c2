"""What is likely to be wrong with a density whose mass is not 1: another support, a factor, a sign gives the mass 1."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Expr, Pow, S, Symbol, exp, log, oo

from derive.algebra.signs import Facts
from derive.check.kernel import verdict_of
from derive.engine import solve
from derive.grade.equality import compare
from derive.grade.ground import Ground
from derive.language.claims import PROVED
from derive.language.problem import Problem, Variable
from derive.language.totals import Counting, Lebesgue, Measure, variable
from derive.lint.published import Cause
from derive.lint.sentences import sentence
from derive.search.presentable import presentable

SECONDS = 3.0  # for one attempt
MOST_OPERATIONS = 12  # of a factor that is worth telling
MOST_SUPPORTS = 14


def likely_cause(problem: Problem, mass: Expr | None, deadline: float) -> Cause | None:
    """The likely cause, each proved to give the mass 1; None where none was found. `mass` is None where there is no formula for it.

    >>> from derive.read.files import problem
    >>> cause = likely_cause(problem("2*x", over={"x": "(0, 2)"}), S(4), float("inf"))
    >>> cause.kind, cause.right
    ('wrong-support', '(0, 1)')
    """
    return other_support(problem, deadline) or other_factor(problem, mass) or other_sign(problem, deadline)


def other_support(problem: Problem, deadline: float) -> Cause | None:
    """Another support on which the mass is 1."""
    if len(problem.variables) != 1:
        return None
    (v,) = problem.variables
    for measure in list(supports(problem.kernel, v.symbol, v.measure))[:MOST_SUPPORTS]:
        x = variable(v.symbol.name, measure)
        moved = replace(problem, kernel=problem.kernel.xreplace({v.symbol: x}), variables=(Variable(x, measure, str(measure)),), kernel_written=None)
        if normalized(moved, deadline):
            return Cause("wrong-support", f"({measure.lo}, {measure.hi})", sentence("cause_support", spelled=spelled(measure)))
    return None


def spelled(measure: Measure) -> str:
    """An interval or a range of integers in words."""
    return f"({measure.lo}, {measure.hi})" if isinstance(measure, Lebesgue) else sentence("integers", lo=measure.lo, hi=measure.hi)


def supports(kernel: Expr, x: Symbol, measure: Measure) -> Iterator[Measure]:
    """Supports that differ in one end first: between the points where the kernel turns, 0, 1 and infinity."""
    if isinstance(measure, Lebesgue):
        ends = list(dict.fromkeys([*turns(kernel, x), S.Zero, S.One, -oo, oo]))
        pairs = [(lo, measure.hi) for lo in ends] + [(measure.lo, hi) for hi in ends] + [(lo, hi) for lo in ends for hi in ends]
    elif isinstance(measure, Counting):
        pairs = [(measure.lo + d, measure.hi) for d in (-1, 1)] + [(measure.lo, measure.hi + d) for d in (-1, 1)]
        pairs += [(S.Zero, measure.hi), (S.One, measure.hi), (measure.lo, oo)]
    else:
        return
    seen = {(measure.lo, measure.hi)}
    for lo, hi in pairs:
        if (lo, hi) not in seen and lo not in (oo,) and hi not in (-oo,) and (hi - lo).is_nonpositive is not True:
            seen.add((lo, hi))
            yield type(measure)(lo, hi)


def turns(kernel: Expr, x: Symbol) -> Iterator[Expr]:
    """Where the base of a power, or what stands in a logarithm, is 0: the ends that a formula itself suggests."""
    bases = [e.base for e in kernel.atoms(Pow) if e.base.has(x)] + [e.args[0] for e in kernel.atoms(log)]
    for base in sorted(bases, key=str):
        for part in base.as_numer_denom():
            constant, rest = part.expand().as_independent(x, as_Add=True)
            factor, power = rest.as_independent(x, as_Add=False)
            if isinstance(rest, Add) or power == 1:
                continue
            b, e = power.as_base_exp()
            if b == x and not e.has(x):
                yield -constant / factor if e == 1 else (-constant / factor) ** (1 / e)


def normalized(problem: Problem, deadline: float) -> bool:
    """Whether the mass is proved to be 1."""
    left = deadline - time.monotonic()
    if left < 0.2:
        return False
    result = solve(problem, min(SECONDS, left))
    if result.outcome != "normalized" or result.Z is None or result.derivation is None or result.conditions:
        return False
    return verdict_of(result.derivation) == PROVED and compare(result.Z, S.One, Ground(problem.conditions), deep=False).verdict == PROVED


def other_factor(problem: Problem, mass: Expr | None) -> Cause | None:
    """The factor that is missing, where the mass has a short formula."""
    if mass is None or mass.is_infinite:
        return None
    factor = presentable(1 / mass, Facts(problem.conditions))
    if factor.count_ops() > MOST_OPERATIONS:
        return None
    return Cause("missing-factor", str(factor), sentence("cause_factor", factor=factor))


def other_sign(problem: Problem, deadline: float) -> Cause | None:
    """An exponent with the other sign that gives the mass 1."""
    own = {v.symbol for v in problem.variables}
    for e in sorted((e for e in problem.kernel.atoms(exp) if e.free_symbols & own), key=str)[:4]:
        turned = replace(problem, kernel=problem.kernel.xreplace({e: exp(-e.args[0])}), kernel_written=None)
        if normalized(turned, deadline):
            return Cause("sign", f"exp({-e.args[0]})", sentence("cause_sign", old=e, new=f"exp({-e.args[0]})"))
    return None
