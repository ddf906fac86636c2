"""Integrals of positive functions as balls whose radius estimates the error, from two settings. Evidence, never a proof.

The values of a function are Arb's, whose own radius tells where digits are lost and more bits are needed; how well the rule
converges is an estimate all the same.

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

from flint import arb, ctx

from derive.check.charts import Aim, Chart, End, Unsettled, Unusable, Value, Vanishes, chart, wide
from derive.check.integrand import LOSS, Integrand, settled

Rough = Callable[[float], float]

DROPS = (0.7, 25.0, 55.0)  # natural logarithms below the peak: half its height, and the tails as far as 10**-24 of it
FAR = 4000.0  # in u, where x is e**4000: a function that has not faded there is not going to
LEVELS = 8
SPARE = 6  # digits beyond those asked for, at which a term is negligible
SLOWEST = 0.8  # in u, where x is e**u or sinh u, singularities lie as near as that
DEEP = 30.0  # natural logarithms from a peak down to a valley that parts it from the next
PRIMES = ((17, 23), (37, 47), (79, 101), (163, 211), (331, 431), (1361, 1753))
GOLDEN = 0.381966


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


def shape(exact: Value, rough: Rough, start: Sequence[float], far: float, aim: Aim) -> tuple[Shape, float, float]:
    """The shape of F and the outermost points of `start` where it is not negligible."""
    values = [rough(u) for u in start]
    if max(values) == -math.inf:
        if any(not exact(arb(u)).contains(0) for u in start):  # raises Unusable with the reason where there is one
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


def integrate(lo: End | None, hi: End | None, f: Integrand, aim: Aim) -> arb:
    """The integral from lo to hi (None: without end).

    Raises Unusable where the function is not finite, does not fade, or converges too slowly.
    """
    whole = laid(chart(lo, hi), f)
    cuts, best, trouble = valleys(whole, aim), None, None
    for more in (lambda: [], lambda: middles(whole, aim)):
        try:
            places = pairwise([lo, *(cuts or more()), hi])
            parts = [within(whole if (a, b) == (lo, hi) else laid(chart(a, b), f), f, aim) for a, b in places]
        except Unsettled as error:
            trouble = error
            continue
        found = sum(parts, arb(0))
        if cuts or found.rad() <= arb(10) ** -aim.digits * abs(found.mid()):
            return found
        best = found if best is None else better(best, found)
    if best is None:
        raise trouble or Unsettled("the integral does not settle")
    return best


def better(one: arb, two: arb) -> arb:
    """Of two unsettled results the one with the smaller error, which is no smaller than how far they are apart."""
    best = one if one.rad() < two.rad() else two
    return arb(best.mid(), best.rad().max(abs(one.mid() - two.mid())))


def middles(over: Laid, aim: Aim) -> list[End]:
    """Cuts at the peak, and on the whole line at 0: from there, scales that differ much are alike in the logarithm of x."""
    c = over.chart
    found = shape(over.exact, over.rough, c.grid, 1e60 if c.natural else FAR, aim)[0]
    peak = c.exact(arb(found.peak))[0].mid()
    if c.natural and abs(peak) > (found.left[0] + found.right[0]) / 64:
        return [fixed(x) for x in ((arb(0), peak) if peak > 0 else (peak, arb(0)))]
    return [fixed(arb(0) if c.natural else peak)]


def fixed(x: arb) -> End:
    """An end that is the same at every precision."""
    return lambda: x


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
            cuts.append(c.exact(arb(c.grid[low]))[0].mid())
            peak, floor = height, math.inf
        elif height > peak:
            peak, floor = height, math.inf
    return [fixed(cut) for cut in cuts] if len(cuts) < 6 else []


def within(over: Laid, f: Integrand, aim: Aim) -> arb:
    """The integral in a chart."""
    natural = over.chart.natural
    s, first, last = shape(over.exact, over.rough, over.chart.grid, 1e60 if natural else FAR, aim)
    if natural and s.powerlike():
        half = (s.right[0] - s.left[0]) / 2, (s.left[0] + s.right[0]) / 2
        return within(laid(wide(s.peak + half[0], half[1]), f), f, aim)
    if math.inf in s.left + s.right:
        raise Unusable("the density does not fade fast enough")
    return trapezoid(over.exact, stretch(s, math.inf if natural else SLOWEST), (first, last), aim)


@dataclass(frozen=True)
class Laid:
    """A function laid out in a chart: F(u) = f(X(u)) X'(u), and log |F(u)| as a float, by floats where they do."""

    chart: Chart
    exact: Value
    rough: Rough


def laid(over: Chart, f: Integrand) -> Laid:
    """f in a chart; what is asked of its size is kept, since the same places are looked at more than once."""
    place, value = over.exact, f.value

    def exact(u: arb) -> arb:
        x, slope = place(u)
        found = value(x) * slope
        return found if found.rel_accuracy_bits() >= ctx.prec - LOSS else finer(u)

    def finer(u: arb) -> arb:
        return settled(lambda: product(value, u), lambda: product(f.other, u))

    def product(g: Value, u: arb) -> arb:
        x, slope = place(u)
        return g(x) * slope

    def rough(u: float) -> float:
        x, slope = over.rough(u)
        found = math.nan if x is None else f.log_value(x)
        return found + slope if found == found else log_of(exact, u)

    return Laid(over, exact, cache(rough))


def log_of(exact: Value, u: float) -> float:
    """log |F(u)| by Arb; minus infinity where F is not finite either, so that no search goes there."""
    try:
        found = abs(exact(arb(u)).mid())
    except Unusable:
        return -math.inf
    return float(found.log()) if found > 0 else -math.inf


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
        ends[side] = j
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
