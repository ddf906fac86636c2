"""F'(c) where F is a series or an integral that need not be known on both sides of c."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Abs, Expr, Heaviside, Max, Min, Piecewise, Symbol, ceiling, exp, floor, sign

from derive.algebra.signs import Facts
from derive.grade.equal.quotients import reduced
from derive.language.totals import Counting, Total


def one_side(f: Expr, u: Symbol, at: Expr, facts: Facts) -> Iterator[tuple[Expr, Facts, Symbol, Expr]]:
    """f on one side of `at` as (f in v, what is known of v, v, v in u), for power series ∑ cₖ uᵏ and transforms ∫ e^(u h(x)) c(x) dx.

    These have no kinks: the derivative at `at`, where there is one, is its limit from either side. At the end of a series or transform whose
    terms are nowhere negative it converges where that limit is finite (monotone convergence), and the derivative is the one from inside.
    A transform at 0 is looked at for u = −v < 0, a series for 0 < u < `at`, or 0 < u < 1.
    """
    v = Symbol(u.name, positive=True)
    totals = f.atoms(Total)
    if not totals or f.has(Abs, Piecewise, Max, Min, sign) or not all(smooth(total, u) for total in totals):
        return
    series = all(isinstance(total.measure, Counting) for total in totals)
    if not series and at != 0:
        return
    w, back = (v, u) if series else (-v, -u)
    inside = facts.and_(v < (at if facts.positive(at) else 1)) if series else facts
    grown = (inside.within(total.x, total.measure).nonnegative(total.body.xreplace({u: w})) for total in totals)
    if (series and at == 0) or all(grown):
        yield f.xreplace({u: w}), inside, v, back


def bent(f: Expr, u: Symbol, at: Expr) -> bool:
    """Whether f may have a kink or a step at a number: |u| has one at 0, and no derivative there."""
    turns = [node for node in f.atoms(Abs, sign, Max, Min, Piecewise, floor, ceiling, Heaviside) if u in node.free_symbols]
    return any(not isinstance(node, (Abs, sign)) or node.args[0].xreplace({u: at}).is_nonzero is not True for node in turns)


def smooth(total: Total, u: Symbol) -> bool:
    """Whether u stands in a total only as uᵏ in a sum, or as e^(u h(x))."""
    if u not in total.body.free_symbols or u in total.measure.free_symbols:
        return u not in total.measure.free_symbols
    slope = total.body.diff(u) / total.body * (u if isinstance(total.measure, Counting) and not total.body.has(exp(u * total.x)) else 1)
    return u not in reduced(slope, Facts()).free_symbols
