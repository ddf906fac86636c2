"""Agreement of digits: evidence where no proof was found, and a witness where two expressions clearly differ."""

from __future__ import annotations

import random

import mpmath
from sympy import Expr, ceiling, floor

from derive.algebra.cases import CASES
from derive.algebra.signs import Facts
from derive.language.claims import AGREES, REFUTED, UNDECIDED
from derive.language.totals import Total

DIGITS = 60  # of closed forms, of which nearly all have to be the same
DIGITS_OF_TOTALS = 30  # of what is found by quadrature
LOST = 8  # digits that cancellation may cost
POINTS, POINTS_OF_TOTALS = 5, 2
SECONDS = 1.0  # for one value
DRAWN = 40  # points to choose from: the first ones are moderate, later ones large and small


def agreement(a: Expr, b: Expr, facts: Facts) -> str:
    """Compare two expressions at generic points that satisfy `facts`: they agree, they differ, or that cannot be said.

    Digits are evidence for analytic functions alone: cases and bars may change their meaning where nobody looked. A point at
    which one side has no real value, or at which a total's quadrature differs, or both sides are next to 0 and differ, says nothing.
    """
    from derive.check.numeric import value
    from derive.check.points import points

    symbols = sorted(a.free_symbols | b.free_symbols, key=lambda s: s.name)
    measured = a.has(Total) or b.has(Total)
    digits, count = (DIGITS_OF_TOTALS, POINTS_OF_TOTALS) if measured else (DIGITS, POINTS)
    verdict = UNDECIDED if a.has(*CASES, floor, ceiling) or b.has(*CASES, floor, ceiling) else AGREES
    drawn = points(symbols, facts.relations, DRAWN, seed=random.Random(7).randrange(10**6))
    for point in drawn[:: max(1, len(drawn) // count)]:
        try:
            left, right = value(a, point, digits, SECONDS), value(b, point, digits, SECONDS)
        except (ArithmeticError, ValueError, TypeError, NotImplementedError, MemoryError):
            verdict = UNDECIDED
            continue
        near = mpmath.mpf(10) ** (LOST - digits)
        if not mpmath.almosteq(left, right, rel_eps=near, abs_eps=0):
            if measured:
                return UNDECIDED
            if max(abs(left), abs(right)) > near:
                return REFUTED
            verdict = UNDECIDED  # of what may be 0, as cos(πm/2) at odd m, the digits may all be lost
    return verdict if drawn else UNDECIDED
