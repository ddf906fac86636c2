"""The trapezoid rule: on the whole line after a map that makes a function fade doubly exponentially, and over a period.

Its step is halved until two results in a row agree; how far the last one is off is an estimate, not a proof.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from flint import arb, ctx

from derive.check.charts import Aim, Unsettled, Unusable, Value
from derive.check.peaks import DROPS, Shape

LEVELS = 8
HOPELESS = 0.2  # one more halving brings 1e-3 only if it raises a relative error to its fourth power, as for a Gaussian, or more
SPARE = 6  # digits beyond those asked for, at which a term is negligible
PRIMES = ((17, 23), (37, 47), (79, 101), (163, 211), (331, 431), (1361, 1753))


@dataclass(frozen=True)
class Stretch:
    """u(t) = centre + core t + right (e**t - 1) - left (e**-t - 1)."""

    centre: arb
    core: arb
    right: arb
    left: arb


def stretch(s: Shape, slowest: float) -> Stretch:
    """The map that makes both tails of F fade at least doubly exponentially, or like a Gaussian.

    A tail e**(-c |u|) takes e**|t|/c, with 1/c no larger than `slowest`: F has singularities at that distance from the real line.
    """
    def rate(side: tuple[float, ...]) -> float:
        return min(slowest, (side[2] - side[1]) / (DROPS[2] - DROPS[1])) if side[2] > 1.8 * side[1] else 0.0
    right, left = rate(s.right), rate(s.left)
    halves = 1.2 * (s.left[0] + s.right[0])
    core = 0.0 if right and left else 0.8 * s.left[0] if right else 0.8 * s.right[0] if left else halves
    return Stretch(arb(s.peak), arb(core), arb(right), arb(left))


@lru_cache(maxsize=8192)
def growth(j: int, level: int, prec: int) -> tuple[arb, arb, arb]:
    """t, e**t and e**-t at t = j/2**level, where `prec` is the working precision."""
    t = arb(j) / 2**level
    return t, t.exp(), (-t).exp()


def trapezoid(exact: Value, s: Stretch, seen: tuple[float, float], aim: Aim) -> arb:
    """The trapezoid rule in t with steps 1/2, 1/4, … until two in a row agree to as many digits as are asked for."""
    prec, centre, core, right, left = ctx.prec, s.centre, s.core, s.right, s.left
    to_right, to_left = right > 0, left > 0

    def term(j: int, level: int) -> tuple[arb, arb]:
        aim.check()
        t, e, d = growth(j, level, prec)
        u, slope = centre + core * t, core
        if to_right:
            u, slope = u + right * (e - 1), slope + right * e
        if to_left:
            u, slope = u - left * (d - 1), slope + left * d
        u = u.mid()
        return exact(u) * slope, u

    small, tiny = arb(10) ** -(aim.digits + SPARE), 10.0 ** -(aim.digits + 1)
    total, (first, last) = walk(term, seen, small)
    before, error = total / 2, math.inf
    for level in range(2, LEVELS):
        for j in range(first * 2**(level - 1) + 1, last * 2**(level - 1), 2):
            total += term(j, level)[0]
        now = total / 2**level
        slack, error, before = error, relative(now - before, now), now
        if aim.known and error and (left_over := extrapolated(slack, error)) <= tiny:
            return spread(now, left_over, small)
        if error <= tiny:
            return spread(now, error, small)
        if level == LEVELS - 2 and error > HOPELESS:
            break
    if not error <= 1e-3:
        raise Unsettled("the integral does not settle")
    return spread(now, max(error, slack), small)  # not settled, so the last difference alone is no measure


def relative(difference: arb, now: arb) -> float:
    """The size of a difference in units of what is found, rounding left aside."""
    found = float(abs(difference.mid()) / abs(now.mid())) if now.mid() != 0 else math.inf
    return found if found == found else math.inf


def spread(now: arb, error: float, small: arb) -> arb:
    """What is found, with a relative error on top of its rounding, and with what negligible terms left out."""
    return now + arb(0, (abs(now.mid()) * (arb(error) + small)).mid())


def extrapolated(slack: float, error: float) -> float:
    """What is left of a relative error after differences `slack` and `error`, where each halving of the step squares it.

    log error / log slack is 2 then; it has to be nearly that, and no more than 3/2 is counted on.
    """
    regular = slack < 0.01 and error < slack**1.7
    return error**1.5 if regular else math.inf


def walk(term: Callable[[int, int], tuple[arb, arb]], seen: tuple[float, float], small: arb) -> tuple[arb, tuple[int, int]]:
    """The sum of the terms at the coarsest level, from the middle outwards until they are negligible, and how far that was."""
    total, _ = term(0, 1)
    size, ends = abs(total.mid()), [0, 0]
    for side, sign in enumerate((-1, 1)):
        j, quiet = 0, 0
        while quiet < 2:
            j += sign
            value, u = term(j, 1)
            total, height = total + value, value.abs_upper()
            size = size.max(height)
            quiet = quiet + 1 if height <= small * size and not seen[0] <= float(u) <= seen[1] else 0
            if abs(j) > 4000:
                raise Unusable("the density does not fade fast enough")
        ends[side] = j - sign  # between the last two, both negligible, nothing is looked for
    return total, (ends[0], ends[1])


def turn(f: Value, lo: arb, hi: arb, aim: Aim) -> arb:
    """The integral of a periodic function over a whole period, by the trapezoid rule with two prime numbers of points.

    A frequency that is taken for a constant by both is a multiple of both primes, where doubling would be misled by one.
    """
    def mean(n: int) -> arb:
        aim.check()
        return sum((f(lo + (hi - lo) * (3 * k + 1) / (3 * n)) for k in range(n)), arb(0)) / n

    tiny = 10.0 ** -(aim.digits + 1)
    for one, two in PRIMES:
        now = mean(two)
        error = relative(now - mean(one), now)
        if error <= tiny:
            break
    if not error <= 1e-3:
        raise Unsettled("the integral does not settle")
    return spread(now, error, arb(0)) * (hi - lo)
