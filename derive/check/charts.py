"""Maps from the line to an interval, with as many digits of x as its nearness to an end takes; and when to give up."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from mpmath import mp, mpf

End = Callable[[int], mpf]  # an end of an interval, with so many bits beyond the working precision
Value = Callable[[mpf, int], mpf]  # a function of x, computed with so many bits beyond the working precision


class Unusable(ArithmeticError):
    """A number cannot be had; the message says why, as the end of a sentence."""


class Vanishes(Unusable):
    """The function is 0 wherever it was tried."""


class Unsettled(Unusable):
    """Ever smaller steps do not agree."""


class OutOfTime(Unusable):
    """The time that was given is used up."""


@dataclass(frozen=True)
class Aim:
    """How many digits are wanted, and the time (of time.monotonic) at which to give up.

    With `known` the value is known by other means, and what is found is held against it: an error estimate from the speed at
    which the last three settings draw together then does, where else two settings have to agree to all digits.
    """

    digits: int
    end: float
    known: bool = False

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
    bits = 64 * (bits * (1 if base else 3) // 64 + 1)  # near 0 to spare, for the likes of 1 - exp(-x**3)
    with mp.workprec(mp.prec + bits):
        return end(bits) + sign * d, bits


def far_bits(x: mpf, care: Care, sign: int = 0) -> int:
    """The extra bits for a large x, where functions like (x + 1)/x - 1 lose digits."""
    if not (care.hi if (sign or x) > 0 else care.lo) or not x or (bits := mp.mag(x)) < 24:
        return 0
    return int(64 * (bits // 64 + 1))


def care_for(value: Value, lo: End | None, hi: End | None) -> Care:
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
        small = mp.ldexp(hi(0) - lo(0) if lo and hi else 1, -48) * mp.euler  # a number that nothing rational makes round
        far = mp.ldexp(mp.euler, 60)
    return Care(differs(lambda bits: lo(bits) + small if lo else -far), differs(lambda bits: hi(bits) - small if hi else far))


def chart(lo: End | None, hi: End | None, care: Care = Care()) -> Chart:
    """The chart for an interval."""
    if lo and hi:
        return segment(lo, hi, care)
    return ray(lo, 1, care) if lo else ray(hi, -1, care) if hi else whole_line(care)
