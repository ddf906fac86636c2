"""Is Z > 0? From its form, or because the kernel is positive on part of its support: what licenses the division by Z."""

from __future__ import annotations

from sympy import Abs, Dummy, E, Expr, Max, Mul, Poly, Pow, S, Symbol, airyai, airybi, cos, log, oo, pi, sin

from derive.algebra.cases import JUMPS
from derive.algebra.limits import limit
from derive.algebra.monomials import label
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.check.sign import splits, uncased
from derive.language.problem import Problem
from derive.language.totals import Atoms, Counting, Lebesgue, Measure


def total_positive(problem: Problem, Z: Expr, facts: Facts) -> bool:
    """Whether Z > 0 is proved: from its form, or because the kernel is positive throughout a support that is not empty."""
    if facts.positive(Z):
        return True
    inside = facts
    for variable, measure in variables(problem):
        if not isinstance(measure, Atoms) and not (measure.lo.is_infinite or measure.hi.is_infinite):
            gap = measure.hi - measure.lo
            if not (inside.nonnegative(gap) if isinstance(measure, Counting) else inside.positive(gap)):
                return False
        inside = inside.within(variable, measure)
    return inside.positive(problem.kernel) or positive_nearly_everywhere(problem, inside) or (
        positive_in_part(problem, facts) or positive_somewhere(problem, facts) or positive_near_an_end(problem, facts))


def positive_nearly_everywhere(problem: Problem, inside: Facts) -> bool:
    """Whether a kernel of one variable that has a length is positive but for zeros that weigh nothing: of |P| and P² for a polynomial P, and of
    the squares of sines and Airy functions."""
    if len(problem.variables) != 1 or not isinstance(problem.variables[0].measure, Lebesgue):
        return False
    x, known = problem.variables[0].symbol, problem.kernel.free_symbols

    def weighs_nothing(e: Expr) -> bool:  # bars within bars may be 0 all along a range: |x − |x|| for x > 0
        return bool(e.has(x) and e.free_symbols <= known and e.is_polynomial(x) and inside.nonzero(Poly(e, x).LC()))

    def bars(e: Expr) -> bool:
        return isinstance(e, Abs) and weighs_nothing(e.args[0])

    def wave(e: Expr) -> bool:  # an entire function of a line in x has zeros that lie apart
        found = linear(e.args[-1], x) if isinstance(e, (airyai, airybi, sin, cos)) else None
        return found is not None and e.free_symbols <= known and inside.nonzero(found[0])

    def square(e: Expr) -> bool:
        return isinstance(e, Pow) and bool(e.exp.is_even) and bool(e.exp.is_positive) and (weighs_nothing(e.base) or wave(e.base))

    barred = Mul(*(e for e in Mul.make_args(problem.kernel) if not square(e)))
    return inside.positive(barred.replace(bars, lambda e: Dummy("u", positive=True)))


def positive_in_part(problem: Problem, facts: Facts) -> bool:
    """Whether a kernel of one variable is positive on one side of a point at which a bar or a case changes its meaning."""
    if len(problem.variables) != 1:
        return False
    ((x, m),) = variables(problem)
    at = next(splits(problem.kernel, x, m, facts.within(x, m)), None)
    halves = (Lebesgue(m.lo, at), Lebesgue(at, m.hi)) if at is not None and isinstance(m, Lebesgue) else ()
    return any(known.positive(uncased(problem.kernel, known)) for known in (facts.within(x, half) for half in halves))


def positive_somewhere(problem: Problem, facts: Facts) -> bool:
    """Whether a kernel of one variable without jumps is positive at a point of its support, and for integrals by continuity around it."""
    if len(problem.variables) != 1 or problem.kernel.has(*JUMPS):
        return False
    ((x, m),) = variables(problem)
    if isinstance(m, Counting):  # one term is enough
        ends = (*((m.lo,) if m.lo.is_finite is not False else ()), *((S.Zero, S.One) if m.lo.is_number else ()))
        return any(facts.positive(problem.kernel.xreplace({x: at})) for at in ends if facts.nonnegative(at - m.lo) and reached(at, m, facts))
    waves = sorted(problem.kernel.atoms(sin, cos, log), key=label) if isinstance(m, Lebesgue) else []
    lines = [(linear(w.args[0], x), E if isinstance(w, log) else angle) for w in waves for angle in (pi / 2, pi, S.Zero)]
    places = [(value - line[1]) / line[0] for line, value in lines if line is not None]
    between = [at for at in places if (m.lo.is_infinite or facts.positive(at - m.lo)) and (m.hi.is_infinite or facts.positive(m.hi - at))]
    return any(facts.positive(problem.kernel.xreplace({x: at})) for at in between)


def positive_near_an_end(problem: Problem, facts: Facts) -> bool:
    """Whether every max(0, f) in a kernel of one variable is positive close to one end, beside factors that are positive throughout."""
    if len(problem.variables) != 1:
        return False
    ((x, m),) = variables(problem)
    cut = sorted((e for e in problem.kernel.atoms(Max) if S.Zero in e.args and len(e.args) == 2), key=label)
    inside = facts.within(x, m)
    if not cut or isinstance(m, Atoms) or not inside.positive(problem.kernel.xreplace({e: Dummy("u", positive=True) for e in cut})):
        return False
    heights = [next(f for f in e.args if f != 0) for e in cut]
    ends = [(end, side) for end, side in ((m.hi, -1), (m.lo, 1)) if isinstance(m, Lebesgue) or end.is_infinite]
    limits = ([limit(f, x, end, side, inside) for f in heights] for end, side in ends)
    return any(all(to is not None and (to is oo or inside.positive(to)) for to in found) for found in limits)


def reached(at: Expr, m: Counting, facts: Facts) -> bool:
    """Whether a point lies below the end of a range."""
    return m.hi is oo or facts.nonnegative(m.hi - at)


def variables(problem: Problem) -> list[tuple[Symbol, Measure]]:
    """The variables of a problem with their measures, outermost first."""
    return [(v.symbol, v.measure) for v in problem.variables]
