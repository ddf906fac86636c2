"""Proved bounds of what an integral or a sum leaves out near an end of its range.

Near an end the variable is x = c ± h·t or x = c ± h/t with t = e^(−u), and the germ of the integrand bounds its size by
B · exp(−p u + q u^… − γ e^(αu) u^b), whose integral from u on is bounded by its value over its rate of falling.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from flint import arb
from sympy import Expr, Integer, Rational, S, Symbol

from derive.check.balls import NoBall
from derive.check.germs import decay, germ
from derive.check.neighbourhoods import Bound, Near, ball_of, t
from derive.check.tidied import joined, planted

STARTS = tuple(map(Integer, (1, 2, 4, 8, 16, 40)))  # neighbourhoods e^(−U) that are tried
MOST_U = 10**5


@dataclass(frozen=True)
class End:
    """An end of an interval: x = at + side·scale·t where it is finite (`far` False), x = at + side·scale/t where it is not."""

    at: Expr
    side: int
    far: bool = False
    scale: Expr = S.One

    def place(self, u: Expr) -> Expr:
        """x where t = u."""
        return self.at + self.side * self.scale * (1 / u if self.far else u)

    @property
    def name(self) -> str:
        """The end as a person writes it."""
        return ("oo" if self.side > 0 else "-oo") if self.far else str(self.at)


@dataclass(frozen=True)
class Tail:
    """A bound of the integrand's size beyond U: `size` times `bound`, a function of u."""

    size: arb
    bound: Bound
    start: Rational
    sign: int  # of the integrand there, 0 where that is not proved

    def rest(self, u: arb) -> arb:
        """An upper bound of the integral of the integrand's size from u on, as an exact number."""
        b = self.bound
        if not b.gamma > 0:
            return arb((self.size * power_tail(b, u)).upper())
        rate = b.slope(u)
        return arb((self.size * b.value(u) / rate).upper()) if rate > 0 else arb.pos_inf()

    def falls_from(self, u: arb) -> bool:
        """Whether the bound falls from u on."""
        return bool(self.bound.slope(u) >= 0)


def power_tail(b: Bound, u: arb) -> arb:
    """∫ from u of e^(−pv) v^q: p^(−q−1) Γ(q + 1, pu); for p = 0 and q < −1 the power of u."""
    p, q = ball_of(b.p), ball_of(b.q)
    if b.p.p > 0:
        return (-p * u).exp() / p if b.q is S.Zero else p ** (-q - 1) * (p * u).gamma_upper(q + 1)
    if b.p is S.Zero and b.q < -1:
        return u ** (q + 1) / (-q - 1)
    return arb.pos_inf()


def tail(f: Expr, x: Symbol, end: End, weight: bool = True, whole: bool = False) -> Tail:
    """The bound of f near an end. With `weight` the factor |dx/du| is in it. Raises NoBall, saying what is missing.

    >>> from sympy import exp
    >>> x = Symbol("x", real=True)
    >>> found = tail(exp(-x**2/2), x, End(S.Zero, 1, far=True))
    >>> bool(found.rest(arb(2)) < 1e-10), found.sign
    (True, 1)
    """
    local = localised(f, x, end)
    trouble = "nothing is proved of the integrand there"
    for U in STARTS:
        try:
            found = tail_from(local, end, Near(U, whole), weight)
        except NoBall as problem:
            trouble = str(problem)
            continue
        except (ArithmeticError, ValueError, TypeError, AttributeError, NotImplementedError, RecursionError) as problem:
            trouble = f"the asymptotic reading failed ({type(problem).__name__})"
            continue
        if found is not None:
            return found
        trouble = "the integrand is not proved to fall fast enough"
    raise NoBall(trouble)


@lru_cache(maxsize=64)
def localised(f: Expr, x: Symbol, end: End) -> Expr:
    """f as a function of t."""
    return joined(planted(f, {x: end.place(t)}))


def tail_from(local: Expr, end: End, near: Near, weight: bool) -> Tail | None:
    g = germ(local, near)
    if not g.ball.is_finite():
        raise NoBall("the integrand is not bounded there")
    p = g.p + ((-1 if end.far else 1) if weight else 0)
    fall = decay(g.E, near) if g.E != 0 else (arb(0), S.Zero, S.Zero)
    bound = Bound(p, g.q, *fall)
    size = arb(g.ball.abs_upper()) * (ball_of(end.scale) if weight else 1)
    sign = 1 if g.nonnegative else -1 if g.ball.upper() <= 0 else 0
    found = Tail(size, bound, near.U, sign)
    if weight and fall[0] > 0 and not any(bound.slope(near.u() * k) > 0 for k in (1, 2, 8, 64)):
        return None
    if weight and not fall[0] > 0 and not power_tail(bound, near.u()).is_finite():
        return None
    return found


def reach(found: Tail, tolerance: arb) -> Rational:
    """A u beyond which no more than `tolerance` is left; raises NoBall where that is too far."""
    low, high = found.start, found.start
    while not found.rest(ball_of(high)) < tolerance:
        low, high = high, high * 2
        if high > MOST_U:
            raise NoBall("the tail fades too slowly to be cut off")
    steps = math.floor(8 * float(low)), math.ceil(8 * float(high))  # in eighths
    while steps[1] - steps[0] > max(1, steps[1] // 32):  # a little further than needed costs less than a closer look
        middle = sum(steps) // 2
        steps = (steps[0], middle) if found.rest(arb(middle) / 8) < tolerance else (middle, steps[1])
    return Rational(steps[1], 8)


def beyond(found: Tail, u: arb) -> arb:
    """An upper bound of the sum of the terms beyond e^u, where the bound falls: the integral of the bound from there."""
    b = found.bound
    return Tail(found.size, Bound(b.p - 1, b.q, b.gamma, b.alpha, b.b), found.start, found.sign).rest(u)


def whole_reach(found: Tail, tolerance: arb, most: int) -> int | None:
    """A number N up to `most` such that the terms beyond N add up to less than `tolerance`; None where there is none."""
    n = 8
    while n <= most:
        at = arb(n).log()
        if at > ball_of(found.start) and found.falls_from(at) and beyond(found, at) < tolerance:
            return n
        n += max(2, n // 4)
    return None
