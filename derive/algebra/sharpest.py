"""Conditions without those that others say better."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.logic.boolalg import Boolean

from derive.algebra.signs import differences


def sharpest(conditions: Sequence[Boolean]) -> tuple[Boolean, ...]:
    """The conditions without repetitions, and without those that differ from another by a number and follow from it.

    >>> from sympy import Symbol
    >>> s, t = Symbol("s", real=True), Symbol("t", real=True)
    >>> sharpest([s > 0, s > 1, s + t > 1, s < 3, s >= 1])
    (s > 1, s + t > 1, s < 3)
    """
    unique = tuple(dict.fromkeys(conditions))
    return tuple(c for c in unique if not any(other != c and implies(other, c) for other in unique))


def implies(stronger: Boolean, weaker: Boolean) -> bool:
    """Whether d > 0 (or d ≥ 0) follows from another difference that is smaller by a number."""
    ours, theirs = differences(weaker), differences(stronger)
    if len(ours) != 1 or len(theirs) != 1:
        return False
    (need, strict), (have, sharp) = ours[0], theirs[0]
    gap = (need - have).expand()
    return bool(gap.is_number and (gap.is_positive or (gap.is_zero and (sharp or not strict))))
