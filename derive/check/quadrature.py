"""Integrals and sums of positive functions by mpmath, with an error estimate from two settings. Evidence, never a proof.

Every integral is brought to the whole line by x = X(u) (a Chart), where the peak and the tails of F(u) = f(X(u)) X'(u) are
located with cheap values of log F. Then u = u(t) makes F fade doubly exponentially in t, where the trapezoid rule with steps h and
h/2 converges exponentially (Takahasi and Mori 1974).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mpmath import mp, mpf

Rough = Callable[[float], float]
Exact = Callable[[mpf], mpf]
End = Callable[[int], mpf]  # an end of an interval, with so many bits beyond the working precision

DROPS = (0.7, 25.0, 55.0)  # natural logarithms below the peak: half its height, and the tails as far as 10**-24 of it
FAR = 4000.0  # in u, where x is e**4000: a function that has not faded there is not going to
LEVELS = 8
SPARE = 6  # digits beyond those asked for, at which a term is negligible
SLOWEST = 0.8  # in u, where x is e**u or sinh u, singularities lie as near as that
GOLDEN = 0.381966


class Unusable(ArithmeticError):
    """A number cannot be had; the message says why, as the end of a sentence."""


class OutOfTime(Unusable):
    """The time that was given is used up."""


@dataclass(frozen=True)
class Clock:
    """A point in time (of time.monotonic) at which to give up."""

    end: float

    def check(self) -> None:
        """Raise OutOfTime when the time is up."""
        if time.monotonic() > self.end:
            raise OutOfTime("the time given was used up")


@dataclass(frozen=True)
class Care:
    """Whether x needs more bits near the lower end, near the upper end or far out, for the function not to lose digits there."""

    lo: bool = True
    hi: bool = True


@dataclass(frozen=True)
class Chart:
    """A map from the line to an interval, u to x.

    `exact(u)` is (x, bits, dx/du): x is given with so many bits beyond the working precision that its distance to the nearest end
    keeps all its digits. `rough(u)` is (x, log dx/du) in floats, with x = None where a float is too coarse. `natural` says that u
    is x itself, so that singularities may lie at any distance and tails may fade like powers.
    """

    exact: Callable[[mpf], tuple[mpf, int, mpf]]
    rough: Callable[[float], tuple[float | None, float]]
    grid: tuple[float, ...]
    natural: bool = False


def grid(reach: float, step: float) -> tuple[float, ...]:
    """Points from -reach to reach, off centre so that a zero of the function in the middle is not all that is seen."""
    count = int(reach / step)
    return tuple(k * step + 0.01 * step for k in range(-count, count + 1))


SINH_GRID = tuple(math.sinh(u) for u in grid(10, 0.5))


def whole_line(care: Care = Care()) -> Chart:
    """x = u."""
    return Chart(lambda u: (u, far_bits(u, care), mp.one), lambda u: (u, 0.0), SINH_GRID, natural=True)


def wide(centre: float, width: float, care: Care = Care()) -> Chart:
    """The line, for tails that fade like a power: x = centre + width sinh u."""
    m, w = mpf(centre), mpf(width)

    def exact(u: mpf) -> tuple[mpf, int, mpf]:
        e = mp.exp(u)
        x = m + w * (e - 1 / e) / 2
        return x, far_bits(x, care), w * (e + 1 / e) / 2

    def rough(u: float) -> tuple[float | None, float]:
        slope = math.log(width / 2) + abs(u) + math.log1p(math.exp(-2 * abs(u)))
        return (centre + width * math.sinh(u) if abs(u) < 300 else None), slope

    return Chart(exact, rough, grid(12, 0.75))


def ray(end: End, sign: int, care: Care = Care()) -> Chart:
    """The half-line above `end` (sign 1) or below it (sign -1): x = end + sign e**u."""
    near, careful = float(end(0)), care.lo if sign > 0 else care.hi

    def exact(u: mpf) -> tuple[mpf, int, mpf]:
        d = mp.exp(u)
        x, bits = beside(end, d, sign, careful) if u < 0 else (end(0) + sign * d, far_bits(d, care, sign))
        return x, bits, d

    def rough(u: float) -> tuple[float | None, float]:
        fine = abs(u) < 300 and (not near or math.exp(u) > 1e-4 * abs(near))
        return (near + sign * math.exp(u) if fine else None), u

    return Chart(exact, rough, grid(16, 1.0))


def segment(lo: End, hi: End, care: Care = Care()) -> Chart:
    """The interval from lo to hi: x = lo + (hi - lo)/(1 + e**-u)."""
    a, b = float(lo(0)), float(hi(0))
    length = hi(64) - lo(64)
    if not length > 0:
        raise Unusable(f"the interval from {a:.6g} to {b:.6g} is empty")
    log_length = float(mp.log(length))

    def exact(u: mpf) -> tuple[mpf, int, mpf]:
        q = mp.exp(-abs(u))
        d = length * q / (1 + q)
        x, bits = beside(lo, d, 1, care.lo) if u < 0 else beside(hi, d, -1, care.hi)
        return x, bits, d / (1 + q)

    def rough(u: float) -> tuple[float | None, float]:
        q = math.exp(-abs(u))
        d, near = (b - a) * q / (1 + q), a if u < 0 else b
        x = (near + d if u < 0 else near - d) if (d > 1e-4 * abs(near) and d > 1e-300) else None
        return x, log_length - abs(u) - 2 * math.log1p(q)

    return Chart(exact, rough, grid(12, 1.0))


def beside(end: End, d: mpf, sign: int, careful: bool) -> tuple[mpf, int]:
    """end + sign d, and the extra bits that keep the digits of d in it and in what is computed from it."""
    base = end(0)
    bits = (mp.mag(base) if base else 0) - mp.mag(d)
    if bits < 12 or (not careful and (not base or bits < mp.prec - 12)):
        return base + sign * d, 0
    bits = 64 * (bits // 64 + 1)
    with mp.workprec(mp.prec + bits):
        return end(bits) + sign * d, bits


def far_bits(x: mpf, care: Care, sign: int = 0) -> int:
    """The extra bits for a large x, where functions like (x + 1)/x - 1 lose digits."""
    if not (care.hi if (sign or x) > 0 else care.lo) or not x or (bits := mp.mag(x)) < 24:
        return 0
    return int(64 * (bits // 64 + 1))


def care_for(value: Callable[[mpf, int], mpf], lo: End | None, hi: End | None) -> Care:
    """Where more bits make a difference, seen at points very near to the ends or very far out."""
    def differs(x: Callable[[int], mpf]) -> bool:
        try:
            with mp.workprec(mp.prec + 128):
                fine = x(128)
            one, two = value(x(0), 0), value(fine, 128)
        except Unusable:
            return True
        return bool(abs(one - two) > abs(two) * mp.eps * 4096)

    with mp.workprec(mp.prec + 128):
        small = mp.ldexp(hi(0) - lo(0) if lo and hi else 1, -48) / 3
        far = mp.ldexp(mp.one, 60) / 3
    return Care(differs(lambda bits: lo(bits) + small if lo else -far), differs(lambda bits: hi(bits) - small if hi else far))


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


def shape(rough: Rough, start: Sequence[float], far: float, clock: Clock) -> tuple[Shape, float, float]:
    """The shape of F and the outermost points of `start` where it is not negligible."""
    values = [rough(u) for u in start]
    peak, top, width = summit(rough, list(start), values, far, clock)
    seen = [u for u, v in zip(start, values, strict=True) if v > top - DROPS[-1]] or [peak]
    left, right = (reach(rough, peak, top, sign * width, far, clock) for sign in (-1, 1))
    return Shape(peak, top, left, right), min(seen), max(seen)


def summit(rough: Rough, us: list[float], values: list[float], far: float, clock: Clock) -> tuple[float, float, float]:
    """A peak of F by golden section from the best of the points tried: where, log F there, the width of the last bracket."""
    if max(values) == -math.inf:
        raise Unusable("the density vanishes wherever it was tried")
    while (best := values.index(max(values))) in (0, len(us) - 1):
        clock.check()
        at, beyond = (0, 2 * us[0] - us[len(us) // 2]) if best == 0 else (len(us), 2 * us[-1] - us[len(us) // 2])
        if abs(beyond) > far:
            raise Unusable(f"the density does not fade towards {'the left' if best == 0 else 'the right'}")
        us.insert(at, beyond)
        values.insert(at, rough(beyond))
    (a, b, c), (fa, fb, fc) = us[best - 1 : best + 2], values[best - 1 : best + 2]
    for _ in range(100):
        if fb - min(fa, fc) < 0.5:
            break
        clock.check()
        t = b + GOLDEN * (c - b) if c - b > b - a else b - GOLDEN * (b - a)
        ft = rough(t)
        if ft > fb:
            a, fa, b, fb, c, fc = (b, fb, t, ft, c, fc) if t > b else (a, fa, t, ft, b, fb)
        elif t > b:
            c, fc = t, ft
        else:
            a, fa = t, ft
    return b, fb, max(c - b, b - a)


def reach(rough: Rough, peak: float, top: float, step: float, far: float, clock: Clock) -> tuple[float, ...]:
    """How far from the peak, in the direction of `step`, F has dropped by each of DROPS."""
    while rough(peak + step / 2) < top - DROPS[0] and abs(step) > 1e-14 * abs(peak):
        step /= 2
    distances, before, value_before = [], 0.0, top
    value = rough(peak + step)
    for drop in DROPS:
        while value > top - drop:
            clock.check()
            before, value_before, step = step, value, step * 1.5
            if abs(peak + step) > far:
                return (*distances, *[math.inf] * (3 - len(distances)))
            value = rough(peak + step)
        share = (value_before - top + drop) / (value_before - value) if value > -math.inf else 1.0
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
    core = 0.0 if right and left else 0.8 * (s.left[0] if right else s.right[0]) if right or left else 1.2 * (s.left[0] + s.right[0])
    return Stretch(mpf(s.peak), mpf(core), mpf(right), mpf(left))


@lru_cache(maxsize=8192)
def growth(j: int, level: int, prec: int) -> tuple[mpf, mpf, mpf]:
    """t, e**t and e**-t at t = j/2**level."""
    with mp.workprec(prec):
        t = mp.ldexp(mpf(j), -level)
        e = mp.exp(t)
        return t, e, 1 / e


def integrate(lo: End | None, hi: End | None, value: Callable[[mpf, int], mpf], log_value: Rough, digits: int,
              clock: Clock) -> tuple[mpf, mpf]:
    """The integral from lo to hi (None: without end) and an estimate of its absolute error.

    `value(x, bits)` is the function with `bits` beyond the working precision, `log_value(x)` the logarithm of its size in floats,
    or NaN where floats do not do. Raises Unusable where the function is not finite, does not fade, or converges too slowly.
    """
    care = care_for(value, lo, hi)
    return over(chart(lo, hi, care), care, value, log_value, digits, clock)


def chart(lo: End | None, hi: End | None, care: Care = Care()) -> Chart:
    """The chart for an interval."""
    if lo and hi:
        return segment(lo, hi, care)
    return ray(lo, 1, care) if lo else ray(hi, -1, care) if hi else whole_line(care)


def over(chart: Chart, care: Care, value: Callable[[mpf, int], mpf], log_value: Rough, digits: int, clock: Clock) -> tuple[mpf, mpf]:
    """The integral in a chart."""
    def exact(u: mpf) -> mpf:
        x, bits, slope = chart.exact(u)
        return value(x, bits) * slope

    def rough(u: float) -> float:
        x, slope = chart.rough(u)
        found = math.nan if x is None else log_value(x)
        return found + slope if found == found else log_of(exact, u)

    s, first, last = shape(rough, chart.grid, 1e60 if chart.natural else FAR, clock)
    if chart.natural and s.powerlike():
        half = (s.right[0] - s.left[0]) / 2, (s.left[0] + s.right[0]) / 2
        return over(wide(s.peak + half[0], half[1], care), care, value, log_value, digits, clock)
    if math.inf in s.left + s.right:
        raise Unusable("the density does not fade fast enough")
    return trapezoid(exact, stretch(s, math.inf if chart.natural else SLOWEST), (first, last), digits, clock)


def log_of(exact: Exact, u: float) -> float:
    """log |F(u)| by mpmath; minus infinity where F is not finite either, so that no search goes there."""
    try:
        found = abs(exact(mpf(u)))
    except Unusable:
        return -math.inf
    return float(mp.log(found)) if found else -math.inf


def trapezoid(exact: Exact, s: Stretch, seen: tuple[float, float], digits: int, clock: Clock) -> tuple[mpf, mpf]:
    """The trapezoid rule in t with steps 1/2, 1/4, … until two in a row agree to `digits` digits."""
    def term(j: int, level: int) -> mpf:
        clock.check()
        t, e, d = growth(j, level, mp.prec)
        u = s.centre + s.core * t + s.right * (e - 1) - s.left * (d - 1)
        return exact(u) * (s.core + s.right * e + s.left * d), u

    small, tiny = mpf(10) ** -(digits + SPARE), mpf(10) ** -(digits + 1)
    total, (first, last) = walk(term, seen, small)
    before = total / 2
    for level in range(2, LEVELS):
        total += mp.fsum(term(j, level)[0] for j in range(first * 2**(level - 1) + 1, last * 2**(level - 1), 2))
        now = mp.ldexp(total, -level)
        error, before = abs(now - before), now
        if error <= tiny * abs(now):
            return now, error + small * abs(now)
    if error > abs(now) / 1000:
        raise Unusable("the integral does not settle")
    return now, error


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


def turn(f: Exact, lo: mpf, hi: mpf, digits: int, clock: Clock) -> tuple[mpf, mpf]:
    """The integral of a periodic function over a whole period: the trapezoid rule, its points doubled until two results agree."""
    def mean(n: int, shift: mpf) -> mpf:
        clock.check()
        return mp.fsum(f(lo + (hi - lo) * (k + shift) / n) for k in range(n)) / n

    tiny, now, n = mpf(10) ** -(digits + 1), mean(16, mp.zero), 16
    while n <= 4096:
        before, now, n = now, (now + mean(n, mpf(0.5))) / 2, 2 * n
        if abs(now - before) <= tiny * abs(now):
            break
    if abs(now - before) > abs(now) / 1000:
        raise Unusable("the integral does not settle")
    return now * (hi - lo), abs(now - before) * (hi - lo) + mp.eps
