"""A mistake by its kind, with the factor claim/truth where that tells something."""

from __future__ import annotations

from sympy import Expr, Rational

from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical
from derive.grade.equal.ground import Ground
from derive.grade.handed import Mistake
from derive.language.totals import Total
from derive.search.presentable import presentable

LARGEST = 9999  # number in a factor that is worth telling
MOST_OPERATIONS = 6  # of a factor that is worth telling


def named(kind: str, wrong: Expr, right: Expr, ground: Ground, said: str) -> Mistake:
    return Mistake(kind, factor(wrong, right, ground), said)


def factor(wrong: Expr, right: Expr, ground: Ground) -> str:
    """claim/truth, where it is short enough to tell something."""
    try:
        ratio = presentable(canonical(wrong / right, ground.facts), ground.facts)
    except (TooLarge, ZeroDivisionError):
        return ""
    long = ratio.count_ops() > MOST_OPERATIONS * 2 or any(abs(q.p) > LARGEST or q.q > LARGEST for q in ratio.atoms(Rational))
    return "" if long or ratio.has(Total) else str(ratio)
