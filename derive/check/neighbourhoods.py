"""Germs, the neighbourhoods of 0 on which they hold, and functions that bound them: what they are, without how they are found."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from flint import arb, fmpq
from sympy import Basic, Expr, Rational, S, Symbol

from derive.check.ball_functions import between
from derive.check.balls import NoBall, compile_ball

t = Symbol("τ·", positive=True)  # tends to 0; no reader can produce this name
y = Symbol("y·", positive=True)


@lru_cache(maxsize=20_000)
def moving(e: Basic) -> bool:
    """Whether e depends on t."""
    return e == t or any(map(moving, e.args))


@dataclass(frozen=True)
class Germ:
    """exp(E) · t^p · L^q · b(t), b(t) in `ball`. `up` says that b ≥ 0 is known: a ball from 0 on spills a little below 0."""

    ball: arb
    p: Rational = S.Zero
    q: Rational = S.Zero
    E: Expr = S.Zero
    up: bool = False

    @property
    def nonnegative(self) -> bool:
        return self.up or bool(self.ball.lower() >= 0)

    @property
    def flat(self) -> bool:
        return self.p == 0 and self.q == 0 and self.E == 0


@dataclass
class Near:
    """The neighbourhood (0, e^(−U)] of 0, and the germs found on it. With `whole`, 1/t is a whole number."""

    U: Rational
    whole: bool = False
    known: dict[Expr, Germ] = field(default_factory=dict)

    def u(self) -> arb:
        return ball_of(self.U)

    def reach(self, power: Rational = S.One) -> arb:
        """The interval [0, e^(−U·power)] that t^power ranges over."""
        return between(arb(0), (-self.u() * ball_of(power)).exp())


def ball_of(number: Expr) -> arb:
    if isinstance(number, Rational):
        return arb(fmpq(int(number.p), int(number.q)))
    found = compile_ball(number)((), False)
    if not found.is_finite() or not found.imag.contains(0):
        raise NoBall(f"{number} is not a real number")
    return found.real


@dataclass(frozen=True)
class Bound:
    """The function exp(−p u + q log u − γ e^(αu) u^b) of u = L, with γ ≥ 0."""

    p: Rational
    q: Rational = S.Zero
    gamma: arb = arb(0)
    alpha: Rational = S.Zero
    b: Rational = S.Zero

    def value(self, u: arb) -> arb:
        """An upper bound of the function at u, as an exact number."""
        exponent = -ball_of(self.p) * u
        if self.q is not S.Zero:
            exponent += ball_of(self.q) * u.log()
        if self.gamma > 0:
            exponent -= self.gamma * self.fall(u)
        return arb(exponent.exp().upper())

    def fall(self, u: arb) -> arb:
        return (ball_of(self.alpha) * u).exp() * u ** ball_of(self.b) if not (self.alpha is S.Zero and self.b is S.Zero) else arb(1)

    def slope(self, u: arb) -> arb:
        """λ such that the logarithm of the function falls at least as fast as −λ on [u, ∞): −p + q/v − γ m(v) ≤ −λ, where
        m(v) = e^(αv) v^(b−1) (αv + b) does not decrease on [u, ∞) for α u ≥ 1 − b, or for α = 0 and b ≥ 1.
        """
        grown = arb(0)
        rising = ball_of(self.alpha) * u >= ball_of(1 - self.b) if self.alpha.p > 0 else self.alpha is S.Zero and self.b >= 1
        if self.gamma > 0 and rising:
            grown = self.gamma * self.fall(u) / u * (ball_of(self.alpha) * u + ball_of(self.b))
        up = ball_of(self.q) / u if self.q.p > 0 else arb(0)
        return arb((ball_of(self.p) - up + grown).lower())
