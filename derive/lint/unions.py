r"""Supports with a gap, |x| > a and (−∞, −1) ∪ (1, ∞): the density in cases, which is 0 in the gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, permutations

from sympy import Abs, Expr, Ge, Gt, Le, Lt, Piecewise, S, Symbol, oo
from sympy.logic.boolalg import Boolean

from derive.algebra.signs import Facts
from derive.language.totals import Lebesgue
from derive.lint.published import Refusal
from derive.lint.sentences import sentence

UNION = re.compile(r"\\cup(?![A-Za-z])")
MOST = 4  # parts of a support
Intervals = list[tuple[Expr, Expr]]


def parted(texts: Iterable[str], variable: str) -> tuple[list[str], list[str]]:
    r"""The conditions that state no union, and the parts of the one that does, as conditions.

    >>> parted([r"x \in (-\infty,-1)\cup(1,\infty)", "a > 0"], "x")
    (['a > 0'], ['x \\in (-\\infty,-1)', 'x \\in (1,\\infty)'])
    """
    kept, found = [], []
    for text in texts:
        head, sign, rest = text.partition(r"\in")
        if sign and head.strip() == variable and UNION.search(rest):
            found += [rf"{variable} \in {part.strip()}" for part in UNION.split(rest)]
        else:
            kept.append(text)
    return kept, found


def interval(relations: Sequence[Boolean], x: Symbol) -> tuple[Expr, Expr]:
    """The ends that relations state, which are free of the variable. Raises Refusal where they state no interval."""
    lo: Expr = -oo
    hi: Expr = oo
    for one in relations:
        low, high = one.args if isinstance(one, (Lt, Le)) else reversed(one.args) if isinstance(one, (Gt, Ge)) else (S.NaN, S.NaN)
        if x not in (low, high) or (high if low == x else low).has(x):
            raise Refusal(sentence("support", text=str(one)))
        lo, hi = (lo, high) if low == x else (low, hi)
    return lo, hi


def outside(relations: Sequence[Boolean], x: Symbol) -> Intervals:
    """The two intervals of |x| > a, or of a < |x| < b, where nothing else is said of x."""
    lows: list[Expr] = []
    highs: list[Expr] = []
    for one in relations:
        low, high = one.args if isinstance(one, (Lt, Le)) else reversed(one.args) if isinstance(one, (Gt, Ge)) else (S.NaN, S.NaN)
        if Abs(x) not in (low, high) or (high if low == Abs(x) else low).has(x):
            return []
        (lows if high == Abs(x) else highs).append(low if high == Abs(x) else high)
    if len(lows) != 1 or len(highs) > 1:
        return []
    end = highs[0] if highs else oo
    return [(-end, -lows[0]), (lows[0], end)]


def in_order(parts: Intervals, facts: Facts) -> bool:
    """Whether each part is proved to end before the next one begins, and none to be empty."""
    after = all(facts.positive(c - b) or b == c for (_, b), (c, _) in pairwise(parts))
    return after and all(a == -oo or b == oo or facts.positive(b - a) for a, b in parts)


def ordered(found: Intervals, facts: Facts) -> Intervals:
    """The parts of a union from left to right. Raises Refusal where their order is not proved."""
    parts = next((list(order) for order in permutations(found) if in_order(list(order), facts)), None) if len(found) <= MOST else None
    if parts is None:
        raise Refusal(sentence("support", text=" and ".join(map(str, found))))
    return parts


def gapped(density: Expr, x: Symbol, parts: Intervals) -> tuple[Expr, Lebesgue]:
    """The density in cases, with the interval from the first end to the last."""
    rows: list[tuple[Expr, Boolean]] = []
    for lo, hi in parts:
        rows += [(S.Zero, x < lo)] if rows else []
        rows.append((density, x < hi if hi != parts[-1][1] else S.true))
    return Piecewise(*rows), Lebesgue(parts[0][0], parts[-1][1])
