"""Sums over ranges of integers, finite or not, as balls whose radius estimates the error."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from itertools import count, pairwise

from flint import arb, ctx, fmpq

from derive.check.charts import Aim, Unusable
from derive.check.trapezoid import SPARE

Term = Callable[[int], arb]
Tail = Callable[[int], arb]  # the integral of the term from N to infinity

MOST = 100_000  # terms of a finite sum
PROBES = (1, 40, 1000, 2**20)  # how far beyond a term its ratios are looked at
WINDOW = 8  # neighbouring terms that are negligible together: some of a series are 0 at most of the indices
NEAR_ONE = 0.8
SLOW = 1 - 2.0**-12  # a ratio far out above this is taken for a tail that fades like a power


def add_range(term: Term, lo: int, hi: int, aim: Aim) -> arb:
    """term(lo) + … + term(hi)."""
    if hi - lo > MOST:
        raise Unusable(f"a sum of {hi - lo + 1} terms is too long")
    total = arb(0)
    for k in range(lo, hi + 1):
        aim.check()
        total += term(k)
    return total


def add_series(term: Term, start: int, tail: Tail, aim: Aim) -> arb:
    """term(start) + term(start + 1) + …

    Ends where the terms that remain are negligible by comparison with a geometric series; where the ratio tends to 1, by
    Gregory's formula from the integral of the tail. Raises Unusable where neither works.
    """
    total, size, small, recent = arb(0), arb(0), arb(10) ** -(aim.digits + SPARE), deque([arb(0)], maxlen=WINDOW)
    for k in count(start):
        aim.check()
        last = term(k)
        recent.append(last.abs_upper())
        total, now = total + last, sum(recent, arb(0))
        size = size.max(abs(total.mid())).max(recent[-1])
        if k - start == 24 and slow(term, k):
            return gregory(term, start, tail, aim)
        if k - start >= WINDOW and now <= small * size:
            worst = max(ratio(term, k + p) for p in PROBES[: 3 if ratio(term, k) < NEAR_ONE else 4])
            if worst < 1 and now * worst / (1 - worst) <= small * size:
                return total + arb(0, (small * size).mid())
        if k - start > MOST:
            raise Unusable("the series converges too slowly")
    raise AssertionError("unreachable")


def slow(term: Term, k: int) -> bool:
    """Whether the terms fade like a power. Far terms, which can be dear, are asked for only when near ones leave it open."""
    return all(ratio(term, k + p) > bound for p, bound in zip(PROBES, (0.5, NEAR_ONE, 0.98, SLOW), strict=True))


def ratio(term: Term, k: int) -> float:
    """By how much the terms shrink at each step near k, seen over two pairs of terms; 0 where that cannot be told."""
    try:
        here, there = (abs(term(n).mid()) + abs(term(n + 1).mid()) for n in (k, k + 2))
    except Unusable:
        return 0.0
    return float((there / here).mid()) ** 0.5 if here > 0 else math.inf if there > 0 else 0.0


def gregory(term: Term, start: int, tail: Tail, aim: Aim) -> arb:
    """Gregory's formula from N, doubled until orders 3m and 4m of differences agree.

    The sum of f(k) from N on is the integral of f from N on plus f(N)/2 - Δf(N)/12 + Δ²f(N)/24 - …
    """
    tiny, order, n = arb(10) ** -(aim.digits + 1), 48, 64
    while True:
        with ctx.workprec(ctx.prec + 64):  # differences of order j lose j bits
            head = sum((term(start + k) for k in range(n)), arb(0))
            row = [term(start + n + k) for k in range(order)]
            parts = []
            for c in gregory_coefficients(order):
                parts.append(row[0] * c)
                row = [b - a for a, b in pairwise(row)]
        aim.check()
        total = head + tail(start + n) + sum(parts, arb(0)) + arb(0, sum(parts[order * 3 // 4:], arb(0)).abs_upper())
        if total.rad() <= tiny * abs(total.mid()) or n > 2000:
            break
        n *= 2
    if not total.rad() <= abs(total.mid()) / 1000:
        raise Unusable("the series converges too slowly")
    return total


@lru_cache(maxsize=8)
def gregory_coefficients(order: int) -> tuple[fmpq, ...]:
    """1/2, -1/12, 1/24, …: the coefficients of 1/log(1 + z) - 1/z.

    >>> [str(c) for c in gregory_coefficients(4)]
    ['1/2', '-1/12', '1/24', '-19/720']
    """
    g = [fmpq(1)]
    for n in range(1, order + 1):
        g.append(-sum((g[n - i] * fmpq((-1) ** i, i + 1) for i in range(1, n + 1)), fmpq(0)))
    return tuple(g[1:])
