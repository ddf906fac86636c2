"""F'(c) where F is a series or an integral that need not be known on both sides of c."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Abs, Expr, Max, Min, Piecewise, Symbol, exp, sign, simplify

from derive.algebra.signs import Facts
from derive.language.totals import Counting, Total


def one_side(f: Expr, u: Symbol, at: Expr, facts: Facts) -> Iterator[tuple[Expr, Facts, Symbol, Expr]]:
    """f on one side of `at` as (f in v, what is known of v, v, v in u), for power series ∑ cₖ uᵏ and transforms ∫ e^(u h(x)) c(x) dx.

    These have no kinks: the derivative at `at`, where there is one, is its limit from either side, at the end of a power series by Abel's
    theorem. A transform at 0 is looked at for u = −v < 0, a series for 0 < u < `at`, or 0 < u < 1.
    """
    v = Symbol(u.name, positive=True)
    totals = f.atoms(Total)
    if not totals or f.has(Abs, Piecewise, Max, Min, sign) or not all(smooth(total, u) for total in totals):
        return
    if all(isinstance(total.measure, Counting) for total in totals):
        yield f.xreplace({u: v}), facts.and_(v < (at if facts.positive(at) else 1)), v, u
    elif at == 0:
        yield f.xreplace({u: -v}), facts, v, -u


def smooth(total: Total, u: Symbol) -> bool:
    """Whether u stands in a total only as uᵏ in a sum, or as e^(u h(x))."""
    if u not in total.body.free_symbols or u in total.measure.free_symbols:
        return u not in total.measure.free_symbols
    slope = total.body.diff(u) / total.body * (u if isinstance(total.measure, Counting) and not total.body.has(exp(u * total.x)) else 1)
    return u not in simplify(slope).free_symbols
