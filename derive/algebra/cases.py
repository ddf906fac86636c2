"""Bars, signs and cases, where the facts decide them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Abs, Eq, Expr, Heaviside, KroneckerDelta, Max, Min, Mod, Ne, Piecewise, S, ceiling, floor, frac, sign
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Or

if TYPE_CHECKING:
    from derive.algebra.signs import Facts

CASES = (Abs, Piecewise, sign, Heaviside, Max, Min, KroneckerDelta)
JUMPS = (Piecewise, sign, Heaviside, KroneckerDelta, floor, ceiling, frac, Mod)  # what need not be continuous


def settle(e: Expr, facts: Facts) -> Expr:
    """|z|, sign z, a Piecewise … without cases, where `facts` decide them."""
    if isinstance(e, Piecewise):
        for value, condition in e.args:
            if condition == True or facts.follows(condition):  # noqa: E712 (SymPy's true)
                return value
            if not excluded(condition, facts):
                return e
        return e
    if isinstance(e, KroneckerDelta):
        return S.Zero if facts.nonzero(e.args[0] - e.args[1]) else e
    if isinstance(e, (Max, Min)):
        return e.func(*undominated(e, facts))
    (z, *_) = e.args
    if facts.nonnegative(z):
        return z if isinstance(e, Abs) else S.One if facts.positive(z) else e
    if facts.nonnegative(-z):
        below = S.Zero if isinstance(e, Heaviside) else S.NegativeOne
        return -z if isinstance(e, Abs) else below if facts.positive(-z) else e
    return e


def undominated(e: Max | Min, facts: Facts) -> list[Expr]:
    """The arguments that no other is proved to reach, also by a third: 3 − x < 1 < x/a.

    >>> from sympy import Symbol, symbols
    >>> from derive.algebra.signs import Facts
    >>> x, a = symbols("x a", positive=True)
    >>> undominated(Min(1, x/a, 3 - x), Facts([x > a, x > 2]))
    [3 - x]
    """
    flip = 1 if isinstance(e, Max) else -1
    args, beaten_by = sorted(e.args, key=str), dict[Expr, Expr]()
    for one in args:
        for other in args:
            if winner(other, beaten_by) is not one and facts.nonnegative(flip * (other - one)):
                beaten_by[one] = other
                break
    return [a for a in args if a not in beaten_by]


def winner(a: Expr, beaten_by: dict[Expr, Expr]) -> Expr:
    """Who beats a in the end."""
    while a in beaten_by:
        a = beaten_by[a]
    return a


def borders(e: Expr) -> list[Expr]:
    """The expressions whose sign decides which case of e holds."""
    if isinstance(e, Piecewise):
        parts = [part for _, condition in e.args if condition is not S.true for part in sorted(condition.atoms(Relational), key=str)]
        return [part.lhs - part.rhs for part in parts]
    if isinstance(e, (Max, Min)):
        return [a - b for i, a in enumerate(e.args) for b in e.args[:i]]
    return [e.args[0] - e.args[1]] if isinstance(e, KroneckerDelta) else [e.args[0]]


def excluded(condition: Expr, facts: Facts) -> bool:
    """Whether the facts rule a case out."""
    if isinstance(condition, (And, Or)):
        return (any if isinstance(condition, And) else all)(excluded(part, facts) for part in condition.args)
    if isinstance(condition, Eq):
        return facts.nonzero(condition.lhs - condition.rhs)
    return (isinstance(condition, Ne) and condition.lhs == condition.rhs) or facts.contradicts(condition)
