"""Maps from the line to an interval, at the working precision of Arb (flint.ctx.prec); and when to give up."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from flint import arb, ctx

End = Callable[[], arb]  # an end of an interval, as sharp as the working precision makes it
Value = Callable[[arb], arb]  # a function of x at the working precision; its radius tells how many digits were lost


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
    """How many digits are wanted, and the time (of a clock) at which to give up.

    With `known` the value is known by other means, and what is found is held against it: an error estimate from the speed at
    which the last three settings draw together then does, where else two settings have to agree to all digits.
    """

    digits: int
    end: float
    known: bool = False
    clock: Callable[[], float] = time.monotonic

    def check(self) -> None:
        """Raise OutOfTime when the time is up."""
        if self.clock() > self.end:
            raise OutOfTime("the time given was used up")


@dataclass(frozen=True)
class Chart:
    """A map from the line to an interval, u to x.

    `exact(u)` is (x, dx/du), where the distance of x to the nearest end keeps all its digits. `rough(u)` is (x, log dx/du) in floats,
    with x = None where a float is too coarse. `natural` says that u is x itself, so that singularities may lie at any distance and
    tails may fade like powers.
    """

    exact: Callable[[arb], tuple[arb, arb]]
    rough: Callable[[float], tuple[float | None, float]]
    grid: tuple[float, ...]
    natural: bool = False


def grid(reach: float, step: float) -> tuple[float, ...]:
    """Points from -reach to reach, off centre so that a zero of the function in the middle is not all that is seen."""
    count = int(reach / step)
    return tuple(k * step + 0.01 * step for k in range(-count, count + 1))


SINH_GRID = tuple(math.sinh(u) for u in grid(10, 0.5))
ONE = arb(1)


def whole_line() -> Chart:
    """x = u."""
    return Chart(lambda u: (u, ONE), lambda u: (u, 0.0), SINH_GRID, natural=True)


def wide(centre: float, width: float) -> Chart:
    """The line, for tails that fade like a power: x = centre + width sinh u."""
    m, half = arb(centre), arb(width) / 2

    def exact(u: arb) -> tuple[arb, arb]:
        e = u.exp()
        d = 1 / e
        return m + half * (e - d), half * (e + d)

    def rough(u: float) -> tuple[float | None, float]:
        slope = math.log(width / 2) + abs(u) + math.log1p(math.exp(-2 * abs(u)))
        return (centre + width * math.sinh(u) if abs(u) < 300 else None), slope

    return Chart(exact, rough, grid(12, 0.75))


def ray(end: End, sign: int) -> Chart:
    """The half-line above `end` (sign 1) or below it (sign -1): x = end + sign e**u."""
    near = float(end())

    def exact(u: arb) -> tuple[arb, arb]:
        d = u.exp()
        return beside(end(), d if sign > 0 else -d, u), d

    def rough(u: float) -> tuple[float | None, float]:
        fine = abs(u) < 300 and (not near or math.exp(u) > 1e-4 * abs(near))
        return (near + sign * math.exp(u) if fine else None), u

    return Chart(exact, rough, grid(16, 1.0))


def segment(lo: End, hi: End) -> Chart:
    """The interval from lo to hi: x = lo + (hi - lo)/(1 + e**-u)."""
    a, b = float(lo()), float(hi())
    if not hi() > lo():
        raise Unusable(f"the interval from {a:.6g} to {b:.6g} is empty")
    log_length = float((hi() - lo()).log())

    def exact(u: arb) -> tuple[arb, arb]:
        low, high, left = lo(), hi(), u < 0
        q = (u if left else -u).exp()
        r = 1 / (1 + q)
        d = (high - low) * q * r
        return beside(low, d, u) if left else beside(high, -d, u), d * r

    def rough(u: float) -> tuple[float | None, float]:
        q = math.exp(-abs(u))
        d, near = (b - a) * q / (1 + q), a if u < 0 else b
        x = (near + d if u < 0 else near - d) if (d > 1e-4 * abs(near) and d > 1e-300) else None
        return x, log_length - abs(u) - 2 * math.log1p(q)

    return Chart(exact, rough, grid(12, 1.0))


def beside(end: arb, d: arb, u: arb) -> arb:
    """end + d, with bits to spare for a d of the size e**-|u|, so that no digit of it is lost beside the end."""
    if end.is_zero():
        return d
    bits = ctx.prec
    ctx.prec = bits + 32 + int(1.5 * abs(float(u)))
    x = end + d
    ctx.prec = bits
    return x


def chart(lo: End | None, hi: End | None) -> Chart:
    """The chart for an interval."""
    if lo and hi:
        return segment(lo, hi)
    return ray(lo, 1) if lo else ray(hi, -1) if hi else whole_line()
