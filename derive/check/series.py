"""Sums over ranges of integers, finite or not, with an estimate of the error."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from itertools import count, pairwise

from mpmath import mp, mpf

from derive.check.charts import Aim, Unusable
from derive.check.quadrature import SPARE

Term = Callable[[int], mpf]
Tail = Callable[[int], tuple[mpf, mpf]]  # the integral of the term from N to infinity, and its error

MOST = 100_000  # terms of a finite sum
PROBES = (1, 40, 1000, 2**20)  # how far beyond a term its ratios are looked at
WINDOW = 8  # neighbouring terms that are negligible together: some of a series are 0 at most of the indices
NEAR_ONE = 0.8
SLOW = 1 - 2.0**-12  # a ratio far out above this is taken for a tail that fades like a power


def add_range(term: Term, lo: int, hi: int, aim: Aim) -> tuple[mpf, mpf]:
    """term(lo) + … + term(hi), and the rounding error."""
    if hi - lo > MOST:
        raise Unusable(f"a sum of {hi - lo + 1} terms is too long")
    terms = []
    for k in range(lo, hi + 1):
        aim.check()
        terms.append(term(k))
    total = mp.fsum(terms)
    return total, mp.eps * mp.fsum(terms, absolute=True) * 16


def add_series(term: Term, start: int, tail: Tail, aim: Aim) -> tuple[mpf, mpf]:
    """term(start) + term(start + 1) + …, and an estimate of its error.

    Ends where the terms that remain are negligible by comparison with a geometric series; where the ratio tends to 1, by
    Gregory's formula from the integral of the tail. Raises Unusable where neither works.
    """
    total, size, small, recent = mp.zero, mp.zero, mpf(10) ** -(aim.digits + SPARE), deque([mp.zero], maxlen=WINDOW)
    for k in count(start):
        aim.check()
        last = term(k)
        recent.append(abs(last))
        total, size, now = total + last, max(size, abs(total), abs(last)), mp.fsum(recent)
        if k - start == 24 and slow(term, k):
            return gregory(term, start, tail, aim)
        if now <= small * size and k - start >= WINDOW:
            worst = max(ratio(term, k + p) for p in PROBES[: 3 if ratio(term, k) < NEAR_ONE else 4])
            if worst < 1 and now * worst / (1 - worst) <= small * size:
                return total, small * size
        if k - start > MOST:
            raise Unusable("the series converges too slowly")
    raise AssertionError("unreachable")


def slow(term: Term, k: int) -> bool:
    """Whether the terms fade like a power. Far terms, which can be dear, are asked for only when near ones leave it open."""
    return all(ratio(term, k + p) > bound for p, bound in zip(PROBES, (0.5, NEAR_ONE, 0.98, SLOW), strict=True))


def ratio(term: Term, k: int) -> mpf:
    """By how much the terms shrink at each step near k, seen over two pairs of terms; 0 where that cannot be told."""
    try:
        here, there = abs(term(k)) + abs(term(k + 1)), abs(term(k + 2)) + abs(term(k + 3))
    except Unusable:
        return mp.zero
    return mp.sqrt(there / here) if here else (mp.inf if there else mp.zero)


def gregory(term: Term, start: int, tail: Tail, aim: Aim) -> tuple[mpf, mpf]:
    """Gregory's formula from N, doubled until orders 3m and 4m of differences agree.

    The sum of f(k) from N on is the integral of f from N on plus f(N)/2 - Δf(N)/12 + Δ²f(N)/24 - …
    """
    tiny, order, n = mpf(10) ** -(aim.digits + 1), 48, 64
    with mp.workprec(mp.prec + 64):  # differences of order j lose j bits
        while True:
            head = [term(start + k) for k in range(n)]
            row = [term(start + n + k) for k in range(order)]
            aim.check()
            parts = []
            for c in gregory_coefficients(order):
                parts.append(row[0] * c.numerator / c.denominator)
                row = [b - a for a, b in pairwise(row)]
            integral, error = tail(start + n)
            total = mp.fsum(head) + integral + mp.fsum(parts)
            error += abs(mp.fsum(parts[order * 3 // 4:]))
            if error <= tiny * abs(total) or n > 2000:
                break
            n *= 2
    if error > abs(total) / 1000:
        raise Unusable("the series converges too slowly")
    return total, error


@lru_cache(maxsize=8)
def gregory_coefficients(order: int) -> tuple[Fraction, ...]:
    """1/2, -1/12, 1/24, …: the coefficients of 1/log(1 + z) - 1/z.

    >>> [str(c) for c in gregory_coefficients(4)]
    ['1/2', '-1/12', '1/24', '-19/720']
    """
    g = [Fraction(1)]
    for n in range(1, order + 1):
        g.append(-sum((Fraction((-1) ** i, i + 1) * g[n - i] for i in range(1, n + 1)), Fraction(0)))
    return tuple(g[1:])
