"""Bars, signs and cases, where the facts decide them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Abs, Eq, Expr, Heaviside, KroneckerDelta, Max, Min, Ne, Piecewise, S, sign
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Or

if TYPE_CHECKING:
    from derive.algebra.signs import Facts

CASES = (Abs, Piecewise, sign, Heaviside, Max, Min, KroneckerDelta)


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
        flip = 1 if isinstance(e, Max) else -1
        return next((a for a in e.args if all(facts.nonnegative(flip * (a - o)) for o in e.args if o is not a)), e)
    (z, *_) = e.args
    if facts.nonnegative(z):
        return z if isinstance(e, Abs) else S.One if facts.positive(z) else e
    if facts.nonnegative(-z):
        below = S.Zero if isinstance(e, Heaviside) else S.NegativeOne
        return -z if isinstance(e, Abs) else below if facts.positive(-z) else e
    return e


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
