"""Formulas with cases for the first whole numbers of a range are held one number at a time there, and without cases behind them."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, Integer, Piecewise, Symbol
from sympy.core.relational import Relational

from derive.grade.equal.ground import Ground
from derive.language.totals import Counting, substitute

MOST = 6  # numbers that are looked at one at a time


def by_first_points(a: Expr, b: Expr, ground: Ground, proved: Callable[[Expr, Expr, Ground], bool]) -> bool:
    """Whether a = b at each of the first numbers that cases name, and for all numbers behind them.

    >>> from derive.grade.equal.equality import proved
    >>> k = Symbol("k", integer=True)
    >>> one, two = Piecewise((1, k <= 0), (2**k, True)), Piecewise((1, k < 1), (2 * 2**(k - 1), k >= 1))
    >>> by_first_points(one, two, Ground(variables=[(k, Counting(0, Symbol("n", integer=True, positive=True)))]), proved)
    True
    """
    for k, measure in ground.variables:
        if isinstance(measure, Counting) and measure.lo.is_Integer and (last := last_named(k, a, b)) is not None:
            lo, others = int(measure.lo), [v for v in ground.variables if v[0] != k]
            if not lo <= last < lo + MOST or any(m.has(k) for _, m in others):
                continue
            behind = ground.with_(k >= last + 1, variables=[*others, (k, Counting(Integer(last + 1), measure.hi))])
            first = ground.with_(variables=others)
            points = [{k: Integer(n)} for n in range(lo, last + 1)]
            if not all(proved(substitute(a, p), substitute(b, p), first) for p in points):
                return False
            return proved(decided(a, k, last), decided(b, k, last), behind)
    return False


def last_named(k: Symbol, *sides: Expr) -> int | None:
    """The last number at which the cases of some side change; None where they hang on something else than k and whole numbers."""
    named = [r for e in sides for p in e.atoms(Piecewise) for _, c in p.args for r in c.atoms(Relational) if r.free_symbols == {k}]
    numbers = [r.rhs if r.lhs == k else r.lhs if r.rhs == k else None for r in named]
    whole = [int(n) for n in numbers if n is not None and n.is_Integer]
    return max(whole, default=None) if len(whole) == len(numbers) else None


def decided(e: Expr, k: Symbol, last: int) -> Expr:
    """The side with the cases that hold for all k > last: each is held at the number behind it and far away, as none changes there."""
    near, far = Integer(last + 1), Integer(last + 2)
    table = {r: r.xreplace({k: far}) for p in e.atoms(Piecewise) for _, c in p.args for r in c.atoms(Relational)
             if r.free_symbols == {k} and r.xreplace({k: near}) == r.xreplace({k: far})}  # fmt: skip
    return e.xreplace({p: Piecewise(*((v, c.xreplace(table)) for v, c in p.args)) for p in e.atoms(Piecewise)})
