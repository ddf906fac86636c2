"""Integrals and sums of positive functions by mpmath, with an error estimate from two settings. Evidence, never a proof.

Every integral is brought to the whole line by x = X(u) (a Chart), where the peak and the tails of F(u) = f(X(u)) X'(u) are
located with cheap values of log F. Then u = u(t) makes F fade doubly exponentially in t, where the trapezoid rule converges
exponentially in 1/h as its step h is halved (Takahasi and Mori 1974).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from mpmath import mp, mpf

from derive.check.charts import Aim, Care, Chart, End, Unsettled, Unusable, Value, Vanishes, care_for, chart, wide

Rough = Callable[[float], float]
Exact = Callable[[mpf], mpf]

DROPS = (0.7, 25.0, 55.0)  # natural logarithms below the peak: half its height, and the tails as far as 10**-24 of it
FAR = 4000.0  # in u, where x is e**4000: a function that has not faded there is not going to
LEVELS = 8
SPARE = 6  # digits beyond those asked for, at which a term is negligible
SLOWEST = 0.8  # in u, where x is e**u or sinh u, singularities lie as near as that
DEEP = 30.0  # natural logarithms from a peak down to a valley that parts it from the next
PRIMES = ((17, 23), (37, 47), (79, 101), (163, 211), (331, 431), (1361, 1753))
GOLDEN = 0.381966


@dataclass(frozen=True)
class Integrand:
    """A function of x: `value(x, bits)` by mpmath, `log_value(x)` the logarithm of its size, NaN where floats do not do."""

    value: Value
    log_value: Rough


@dataclass(frozen=True)
class Shape:
    """Where F peaks in u, how high log F is there, and how far it is to the DROPS below on the left and on the right."""

    peak: float
    top: float
    left: tuple[float, ...]
    right: tuple[float, ...]

    def powerlike(self) -> bool:
        """Whether a tail fades much slower than an exponential."""
        return any(side[2] > 6 * side[1] for side in (self.left, self.right))


def shape(exact: Exact, rough: Rough, start: Sequence[float], far: float, aim: Aim) -> tuple[Shape, float, float]:
    """The shape of F and the outermost points of `start` where it is not negligible."""
    values = [rough(u) for u in start]
    if max(values) == -math.inf:
        if any(exact(mpf(u)) for u in start):  # raises Unusable with the reason where there is one
            raise Unusable("the density is too small wherever it was tried")
        raise Vanishes("the density vanishes wherever it was tried")
    peak, top, width = summit(rough, list(start), list(values), far, aim)
    seen = [u for u, v in zip(start, values, strict=True) if v > top - DROPS[-1]] or [peak]
    left, right = (reach(rough, peak, top, sign * width, far, aim) for sign in (-1, 1))
    return Shape(peak, top, left, right), min(seen), max(seen)


def summit(rough: Rough, us: list[float], values: list[float], far: float, aim: Aim) -> tuple[float, float, float]:
    """A peak of F by golden section from the best of the points tried: where, log F there, the width of the last bracket."""
    while (best := values.index(max(values))) in (0, len(us) - 1):
        aim.check()
        at, beyond = (0, 2 * us[0] - us[len(us) // 2]) if best == 0 else (len(us), 2 * us[-1] - us[len(us) // 2])
        if abs(beyond) > far:
            raise Unusable(f"the density does not fade towards {'the left' if best == 0 else 'the right'}")
        us.insert(at, beyond)
        values.insert(at, rough(beyond))
    (a, b, c), (fa, fb, fc) = us[best - 1 : best + 2], values[best - 1 : best + 2]
    for _ in range(100):
        if fb - min(fa, fc) < 0.5:
            break
        aim.check()
        t = b + GOLDEN * (c - b) if c - b > b - a else b - GOLDEN * (b - a)
        ft = rough(t)
        if ft > fb:
            a, fa, b, fb, c, fc = (b, fb, t, ft, c, fc) if t > b else (a, fa, t, ft, b, fb)
        elif t > b:
            c, fc = t, ft
        else:
            a, fa = t, ft
    return b, fb, max(c - b, b - a)


def reach(rough: Rough, peak: float, top: float, step: float, far: float, aim: Aim) -> tuple[float, ...]:
    """How far from the peak, in the direction of `step`, F has dropped by each of DROPS."""
    while rough(peak + step / 2) < top - DROPS[0] and abs(step) > 1e-14 * abs(peak):
        step /= 2
    distances: list[float] = []
    before, value_before = 0.0, top
    value = rough(peak + step)
    for drop in DROPS:
        while value > top - drop:
            aim.check()
            before, value_before, step = step, value, step * 1.5
            if abs(peak + step) > far:
                return (*distances, *[math.inf] * (3 - len(distances)))
            value = rough(peak + step)
        share = (value_before - top + drop) / (value_before - value) if value_before > value > -math.inf else 1.0
        distances.append(abs(before + share * (step - before)))
    return tuple(distances)


@dataclass(frozen=True)
class Stretch:
    """u(t) = centre + core t + right (e**t - 1) - left (e**-t - 1)."""

    centre: mpf
    core: mpf
    right: mpf
    left: mpf


def stretch(s: Shape, slowest: float) -> Stretch:
    """The map that makes both tails of F fade at least doubly exponentially, or like a Gaussian.

    A tail e**(-c |u|) takes e**|t|/c, with 1/c no larger than `slowest`: F has singularities at that distance from the real line.
    """
    def rate(side: tuple[float, ...]) -> float:
        return min(slowest, (side[2] - side[1]) / (DROPS[2] - DROPS[1])) if side[2] > 1.8 * side[1] else 0.0
    right, left = rate(s.right), rate(s.left)
    halves = 1.2 * (s.left[0] + s.right[0])
    core = 0.0 if right and left else 0.8 * s.left[0] if right else 0.8 * s.right[0] if left else halves
    return Stretch(mpf(s.peak), mpf(core), mpf(right), mpf(left))


@lru_cache(maxsize=8192)
def growth(j: int, level: int, prec: int) -> tuple[mpf, mpf, mpf]:
    """t, e**t and e**-t at t = j/2**level."""
    with mp.workprec(prec):
        t = mp.ldexp(mpf(j), -level)
        e = mp.exp(t)
        return t, e, 1 / e


def integrate(lo: End | None, hi: End | None, f: Integrand, aim: Aim) -> tuple[mpf, mpf]:
    """The integral from lo to hi (None: without end) and an estimate of its absolute error.

    Raises Unusable where the function is not finite, does not fade, or converges too slowly.
    """
    care = care_for(f.value, lo, hi)
    whole = laid(chart(lo, hi, care), f)
    cuts, best, trouble = valleys(whole, aim), None, None
    for more in (lambda: [], lambda: middles(whole, aim)):
        try:
            places = pairwise([lo, *(cuts or more()), hi])
            parts = [within(whole if (a, b) == (lo, hi) else laid(chart(a, b, care), f), care, f, aim) for a, b in places]
        except Unsettled as error:
            trouble = error
            continue
        found = mp.fsum(p[0] for p in parts), mp.fsum(p[1] for p in parts)
        if cuts or found[1] <= mpf(10) ** -aim.digits * abs(found[0]):
            return found
        best = found if best is None else better(best, found)
    if best is None:
        raise trouble or Unsettled("the integral does not settle")
    return best


def better(one: tuple[mpf, mpf], two: tuple[mpf, mpf]) -> tuple[mpf, mpf]:
    """Of two unsettled results the one with the smaller error, which is no smaller than how far they are apart."""
    best = one if one[1] < two[1] else two
    return best[0], max(best[1], abs(one[0] - two[0]))


def middles(over: Laid, aim: Aim) -> list[End]:
    """Cuts at the peak, and on the whole line at 0: from there, scales that differ much are alike in the logarithm of x."""
    c = over.chart
    found = shape(over.exact, over.rough, c.grid, 1e60 if c.natural else FAR, aim)[0]
    peak = c.exact(mpf(found.peak))[0]
    if c.natural and abs(peak) > (found.left[0] + found.right[0]) / 64:
        return [fixed(x) for x in sorted((mp.zero, peak))]
    return [fixed(mp.zero if c.natural else peak)]


def fixed(x: mpf) -> End:
    """An end that is the same at every precision."""
    return lambda bits: x


def valleys(over: Laid, aim: Aim) -> list[End]:
    """Cuts between peaks that are far apart: between them the function is negligible, and no one stretch suits them all."""
    c, seen = over.chart, []
    for u in c.grid:
        aim.check()
        seen.append(over.rough(u))
    heights, floor, cuts = iter(seen), math.inf, []
    peak, low = next(heights), 0
    for k, height in enumerate(heights, 1):
        if height < floor:
            floor, low = height, k
        if height > floor + DEEP and peak > floor + DEEP and floor > -math.inf:
            cuts.append(c.exact(mpf(c.grid[low]))[0])
            peak, floor = height, math.inf
        elif height > peak:
            peak, floor = height, math.inf
    return [fixed(cut) for cut in cuts] if len(cuts) < 6 else []


def within(over: Laid, care: Care, f: Integrand, aim: Aim) -> tuple[mpf, mpf]:
    """The integral in a chart."""
    natural = over.chart.natural
    s, first, last = shape(over.exact, over.rough, over.chart.grid, 1e60 if natural else FAR, aim)
    if natural and s.powerlike():
        half = (s.right[0] - s.left[0]) / 2, (s.left[0] + s.right[0]) / 2
        return within(laid(wide(s.peak + half[0], half[1], care), f), care, f, aim)
    if math.inf in s.left + s.right:
        raise Unusable("the density does not fade fast enough")
    return trapezoid(over.exact, stretch(s, math.inf if natural else SLOWEST), (first, last), aim)


@dataclass(frozen=True)
class Laid:
    """A function laid out in a chart: F(u) = f(X(u)) X'(u) by mpmath, and log |F(u)| as a float, by floats where they do."""

    chart: Chart
    exact: Exact
    rough: Rough


def laid(over: Chart, f: Integrand) -> Laid:
    """f in a chart; what is asked of its size is kept, since the same places are looked at more than once."""
    def exact(u: mpf) -> mpf:
        x, bits, slope = over.exact(u)
        return f.value(x, bits) * slope

    def rough(u: float) -> float:
        x, slope = over.rough(u)
        found = math.nan if x is None else f.log_value(x)
        return found + slope if found == found else log_of(exact, u)

    return Laid(over, exact, cache(rough))


def log_of(exact: Exact, u: float) -> float:
    """log |F(u)| by mpmath; minus infinity where F is not finite either, so that no search goes there."""
    try:
        found = abs(exact(mpf(u)))
    except Unusable:
        return -math.inf
    return float(mp.log(found)) if found else -math.inf


def trapezoid(exact: Exact, s: Stretch, seen: tuple[float, float], aim: Aim) -> tuple[mpf, mpf]:
    """The trapezoid rule in t with steps 1/2, 1/4, … until two in a row agree to as many digits as are asked for."""
    def term(j: int, level: int) -> mpf:
        aim.check()
        t, e, d = growth(j, level, mp.prec)
        u, slope = s.centre + s.core * t, s.core
        if s.right:
            u, slope = u + s.right * (e - 1), slope + s.right * e
        if s.left:
            u, slope = u - s.left * (d - 1), slope + s.left * d
        return exact(u) * slope, u

    small, tiny = mpf(10) ** -(aim.digits + SPARE), mpf(10) ** -(aim.digits + 1)
    total, (first, last) = walk(term, seen, small)
    before, error = total / 2, mp.inf
    for level in range(2, LEVELS):
        total += mp.fsum(term(j, level)[0] for j in range(first * 2**(level - 1) + 1, last * 2**(level - 1), 2))
        now = mp.ldexp(total, -level)
        slack, error, before = error, abs(now - before), now
        if aim.known and error and (left := extrapolated(slack / abs(now), error / abs(now))) <= tiny:
            return now, (left + small) * abs(now)
        if error <= tiny * abs(now):
            return now, error + small * abs(now)
    if error > abs(now) / 1000:
        raise Unsettled("the integral does not settle")
    return now, max(error, slack)  # not settled, so the last difference alone is no measure


def extrapolated(slack: mpf, error: mpf) -> mpf:
    """What is left of a relative error after differences `slack` and `error`, where each halving of the step squares it.

    log error / log slack is 2 then; it has to be nearly that, and no more than 3/2 is counted on.
    """
    regular = slack < 0.01 and error < slack ** mpf(1.7)
    return error ** mpf(1.5) if regular else mp.inf


def walk(term: Callable[[int, int], tuple[mpf, mpf]], seen: tuple[float, float], small: mpf) -> tuple[mpf, tuple[int, int]]:
    """The sum of the terms at the coarsest level, from the middle outwards until they are negligible, and how far that was."""
    total, _ = term(0, 1)
    size, ends = abs(total), [0, 0]
    for side, sign in enumerate((-1, 1)):
        j, quiet = 0, 0
        while quiet < 2:
            j += sign
            value, u = term(j, 1)
            total, size = total + value, max(size, abs(value))
            quiet = quiet + 1 if abs(value) <= small * size and not seen[0] <= u <= seen[1] else 0
            if abs(j) > 4000:
                raise Unusable("the density does not fade fast enough")
        ends[side] = j
    return total, (ends[0], ends[1])


def turn(f: Exact, lo: mpf, hi: mpf, aim: Aim) -> tuple[mpf, mpf]:
    """The integral of a periodic function over a whole period, by the trapezoid rule with two prime numbers of points.

    A frequency that is taken for a constant by both is a multiple of both primes, where doubling would be misled by one.
    """
    def mean(n: int) -> mpf:
        aim.check()
        return mp.fsum(f(lo + (hi - lo) * (3 * k + 1) / (3 * n)) for k in range(n)) / n

    tiny = mpf(10) ** -(aim.digits + 1)
    for one, two in PRIMES:
        now = mean(two)
        error = abs(now - mean(one)) + mp.eps * 64 * abs(now)
        if error <= tiny * abs(now):
            break
    if error > abs(now) / 1000:
        raise Unsettled("the integral does not settle")
    return now * (hi - lo), error * (hi - lo)
