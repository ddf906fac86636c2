"""Agreement of digits: evidence where no proof was found, and a witness where two expressions clearly differ."""

from __future__ import annotations

import random

import mpmath
from sympy import Expr

from derive.algebra.signs import Facts
from derive.language.claims import AGREES, REFUTED, UNDECIDED

DIGITS = 30
POINTS = 3


def agreement(a: Expr, b: Expr, facts: Facts) -> str:
    """Compare two expressions at generic points that satisfy `facts`: they agree, they differ, or nothing could be evaluated."""
    from derive.check.numeric import value
    from derive.check.points import points

    symbols = sorted(a.free_symbols | b.free_symbols, key=lambda s: s.name)
    compared = 0
    for point in points(symbols, facts.relations, POINTS, seed=random.Random(7).randrange(10**6)):
        try:
            left, right = value(a, point, DIGITS), value(b, point, DIGITS)
        except (ArithmeticError, ValueError, TypeError, NotImplementedError):
            continue
        if not mpmath.almosteq(left, right, rel_eps=mpmath.mpf(10) ** (8 - DIGITS)):
            return REFUTED
        compared += 1
    return AGREES if compared else UNDECIDED
