"""Integrals of positive functions as balls whose radius estimates the error, from two settings. Evidence, never a proof.

The values of a function are Arb's, whose own radius tells where digits are lost and more bits are needed; how well the rule
converges is an estimate all the same.

Every integral is brought to the whole line by x = X(u) (a Chart), where the peak and the tails of F(u) = f(X(u)) X'(u) are
located with cheap values of log F. Then u = u(t) makes F fade doubly exponentially in t, where the trapezoid rule converges
exponentially in 1/h as its step h is halved (Takahasi and Mori 1974).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from flint import arb, ctx

from derive.check.charts import Aim, Chart, End, Unsettled, Unusable, Value, chart, wide
from derive.check.integrand import LOSS, Integrand, settled
from derive.check.peaks import Rough, shape
from derive.check.trapezoid import stretch, trapezoid

FAR = 4000.0  # in u, where x is e**4000: a function that has not faded there is not going to
SLOWEST = 0.8  # in u, where x is e**u or sinh u, singularities lie as near as that
DEEP = 30.0  # natural logarithms from a peak down to a valley that parts it from the next


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
