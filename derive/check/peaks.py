"""Where a positive function on the whole line peaks, and how far its tails reach: by cheap values of its logarithm."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flint import arb

from derive.check.charts import Aim, Unusable, Value, Vanishes

Rough = Callable[[float], float]

DROPS = (0.7, 25.0, 55.0)  # natural logarithms below the peak: half its height, and the tails as far as 10**-24 of it
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
