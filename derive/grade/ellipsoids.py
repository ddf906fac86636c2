"""A kernel on a ball or an ellipsoid, as an iterated total with moving ends: ∫∫ g 1{x² + y² < R²} is ∫_{−R}^{R} ∫ g dy dx over |y| < √(R² − x²)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Expr, Piecewise, Poly, PolynomialError, S, Symbol, oo, sqrt
from sympy.core.relational import Relational

from derive.algebra.rational import short
from derive.algebra.signs import Facts
from derive.language.problem import Problem, Variable
from derive.language.totals import Lebesgue


def over_ball(problem: Problem) -> Problem:
    """The same total where the region is Σ aᵢ xᵢ² < C and lies in the box of the ranges, or in half of it; other problems as they are.

    >>> from derive.read.files import loads
    >>> text = '[[problem]]\\nid = "a"\\nkernel = "1"\\nvariables = [{name = "x", domain = "(-1, 1)"}, {name = "y", domain = "(0, 1)"}]\\n'
    >>> over_ball(loads(text + 'region = "x**2 + y**2 < 1"')[0]).total
    Integral(1, (y, 0, sqrt(1 - x**2)), (x, -1, 1))
    """
    kernel, facts = problem.kernel, Facts(problem.conditions)
    if not isinstance(kernel, Piecewise) or len(kernel.args) != 2 or kernel.args[1].expr != 0 or len(problem.variables) < 2:
        return problem
    body, inside = kernel.args[0]
    found = squares(inside, [v.symbol for v in problem.variables], facts) if isinstance(inside, Relational) else None
    if found is None:
        return problem
    rest, weights = found
    moved: list[Variable] = []
    for v, a in zip(problem.variables, weights, strict=True):
        measure = cut(v, found[0] / a, sqrt(rest / a), facts)
        if measure is None:
            return problem
        moved.append(v if v.measure == measure else replace(v, measure=measure, domain=f"({measure.lo}, {measure.hi})"))
        rest -= a * v.symbol**2
    return replace(problem, kernel=body, variables=tuple(moved), kernel_written=None)


def squares(inside: Relational, own: Sequence[Symbol], facts: Facts) -> tuple[Expr, list[Expr]] | None:
    """The C and the aᵢ of Σ aᵢ xᵢ² < C, all of them positive; None for another region."""
    if inside.rel_op not in ("<", "<=", ">", ">="):
        return None
    difference = inside.gts - inside.lts
    try:
        poly = Poly(difference, *own) if short(difference) else None
    except PolynomialError:
        return None
    if poly is None or any(sorted(powers) != [0] * (len(own) - 1) + [2] for powers in poly.monoms() if any(powers)):
        return None
    C, weights = poly.nth(*([0] * len(own))), [-poly.nth(*(2 * int(x == y) for y in own)) for x in own]
    return (C, weights) if all(not e.has(*own) and facts.positive(e) for e in (C, *weights)) else None


def cut(v: Variable, most: Expr, end: Expr, facts: Facts) -> Lebesgue | None:
    """The range of a variable inside the region, where v² reaches `most` at the most: its own has to hold that, or the half that is above 0."""
    m = v.measure
    if not isinstance(m, Lebesgue) or m.hi is not oo and not (facts.positive(m.hi) and facts.nonnegative((m.hi**2 - most).expand())):
        return None
    if m.lo == 0:
        return Lebesgue(S.Zero, end)
    wide = m.lo == -oo or facts.positive(-m.lo) and facts.nonnegative((m.lo**2 - most).expand())
    return Lebesgue(-end, end) if wide else None
