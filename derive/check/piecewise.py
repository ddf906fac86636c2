"""Enclosures of integrals, piece by piece between the places where an integrand bends."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import sympy as sp
from flint import acb, arb, ctx
from sympy import Expr, Rational, S, Symbol, oo

from derive.algebra.reading import linear
from derive.check.balanced import balanced, balanced_pieces, unbalanced
from derive.check.balls import NoBall, compile_ball, compile_in_log
from derive.check.neighbourhoods import ball_of, t
from derive.check.pieces import less
from derive.check.rounded import rounded, u
from derive.check.tails import End, Tail, localised, reach, tail
from derive.check.tidied import times
from derive.check.vanishing import divided

NEAR = 150  # an infinite range whose rest is negligible beyond this is integrated in x itself, else in log x
MOST_BITS = 1200
SEEN = 24  # bits of a value without which balls around it say nothing
SEEN_PART, PLACES = 0.09, (0.9, 0.95, 0.99)  # the end of a range at which it is seen that waves become too short
MOST_SIZE = arb(10) ** 40
MOST_VALUES = 100_000  # values of integrands and terms of one enclosure
MOST_TESTS = 5000  # balls on which an integrand is asked for its bound: far more are asked only where it oscillates without end


class Spent(NoBall):
    """The work that was given is used up; with more there might be a ball."""


@dataclass(frozen=True)
class Work:
    """How many digits are wanted, and when to give up: after so many values of integrands and terms, which are counted in `spent`, or,
    where each takes too long, at a time of a clock.
    """

    digits: int
    deadline: float = field(compare=False)
    clock: Callable[[], float] = field(default=time.monotonic, compare=False)
    spent: list[int] = field(default_factory=lambda: [0], compare=False)

    @property
    def bits(self) -> int:
        """The working precision."""
        return int(self.digits * 3.33) + 16

    def tolerance(self) -> arb:
        return arb(10) ** -(self.digits + 1)

    @property
    def over(self) -> bool:
        return self.spent[0] > MOST_VALUES or self.clock() > self.deadline

    def check(self) -> None:
        if self.over:
            raise Spent("the time given was used up" if self.spent[0] <= MOST_VALUES else f"more than {MOST_VALUES} values of it are needed")


def integral(f: Expr, x: Symbol, a: Expr, b: Expr, work: Work) -> arb:
    """A ball around ∫ f from a to b. Raises NoBall, saying which bound is missing."""
    work.check()
    if a is -oo and b is oo:
        c = centre(f, x)
        left, right = far_part(f, x, End(c, -1, True), work), far_part(f, x, End(c, 1, True), work)
        return left.outer + right.outer + straight(f, x, c - left.start, c + right.start, work)
    if b is oo or a is -oo:
        at, side = (a, 1) if b is oo else (b, -1)
        far = far_part(f, x, End(at, side, True), work)
        if regular(f, x, at):
            return far.outer + straight(f, x, *ordered(at, at + side * far.start), work)
        middle = straight(f, x, *ordered(at + side, at + side * far.start), work) if far.start > 1 else arb(0)
        return far.outer + near_part(f, x, End(at, side), work) + middle
    ends = [regular(f, x, c) for c in (a, b)]
    if all(ends):
        return straight(f, x, a, b, work)
    if ends[1]:
        return near_part(f, x, End(a, 1, scale=b - a), work)
    if ends[0]:
        return near_part(f, x, End(b, -1, scale=b - a), work)
    half = (b - a) / 2
    return near_part(f, x, End(a, 1, scale=half), work) + near_part(f, x, End(b, -1, scale=half), work)


def centre(f: Expr, x: Symbol) -> Expr:
    """The one zero that all the linear forms in f share, if they do: seen from there, x − m is a power of t. Else 0."""
    forms = (linear(e, x) for e in f.atoms(sp.Add))
    found = {-shift / slope for slope, shift in filter(None, forms)}
    only = found.pop() if len(found) == 1 else S.Zero
    return only if only.is_Rational else S.Zero


def ordered(a: Expr, b: Expr) -> tuple[Expr, Expr]:
    return (a, b) if less(a, b) else (b, a)


def regular(f: Expr, x: Symbol, c: Expr) -> bool:
    """Whether f is analytic at c, shown by a finite value on a small disc."""
    small = arb(0, 2.0**-24)
    at = ball_of(c) * (1 + small) + small
    return bool(compile_ball(f, (x,))([acb(at, small)], True).is_finite())


@dataclass(frozen=True)
class Far:
    """A far part of the range: from `start` on it gives `outer`; up to there it is for others."""

    outer: arb
    start: Rational


def far_part(f: Expr, x: Symbol, end: End, work: Work) -> Far:
    """The integral near an infinite end: a bound alone where the integrand fades soon, else by x = at ± e^u up to a bound."""
    bound, far = cut_off(f, x, end, work)
    if far < 5 and (edge := int(float(ball_of(far).exp().upper())) + 1) <= NEAR:
        return Far(spread(bound, bound.rest(arb(edge).log())), Rational(edge))
    inner = charted(f, x, end, far, work)
    return Far(inner + spread(bound, bound.rest(ball_of(far))), S.One)


def near_part(f: Expr, x: Symbol, end: End, work: Work) -> arb:
    """The integral near a finite end where the integrand may be singular, by x = at ± scale·e^(−u) up to a bound."""
    bound, far = cut_off(f, x, end, work)
    return charted(f, x, end, far, work) + spread(bound, bound.rest(ball_of(far)))


def cut_off(f: Expr, x: Symbol, end: End, work: Work) -> tuple[Tail, Rational]:
    try:
        bound = tail(f, x, end)
        return bound, reach(bound, work.tolerance())
    except NoBall as problem:
        what = "tail at" if end.far else "part near"
        raise NoBall(f"no proved bound for the {what} {end.name} ({problem})") from problem


def spread(bound: Tail, rest: arb) -> arb:
    """The ball of a part of which a bound of the size and perhaps the sign are known."""
    return arb(0, rest) if not bound.sign else bound.sign * arb(rest / 2, arb((rest / 2).abs_upper()))


def charted(f: Expr, x: Symbol, end: End, far: Rational, work: Work) -> arb:
    """The integral over 0 ≤ u ≤ far, where t = e^(−u) and |dx| = scale·e^(∓u) du."""
    slope = [end.scale, t ** (-1 if end.far else 1)]
    local = localised(f, x, end)
    local = balanced(local, t, Rational(1, 64)) if unbalanced(local) else local
    return walk(compile_in_log(times([*slope, divided(local)]), t), S.Zero, far, work)


def straight(f: Expr, x: Symbol, a: Expr, b: Expr, work: Work) -> arb:
    if found := rounded(f, x, a, b):
        g, lo, hi = found
        return walk(compile_ball(g, (u,)), lo, hi, work)
    return sum((walk(compile_ball(g, (x,)), lo, hi, work) for g, lo, hi in balanced_pieces(f, x, a, b)), arb(0))


def walk(F: Callable[..., acb], a: Expr, b: Expr, work: Work) -> arb:
    """Arb's integral of F between finite ends, at a precision that leaves digits enough near the ends."""
    steps = [work.bits, work.bits * 4 // 3]
    while steps[-1] < MOST_BITS:
        steps.append(2 * steps[-2])
    for bits in steps[:-1]:
        with ctx.workprec(bits):
            lo, hi = ball_of(a), ball_of(b)
            if enough(F, lo, hi, work):
                break
    else:
        bits = MOST_BITS
    with ctx.workprec(bits):
        lo, hi = ball_of(a), ball_of(b)
        found = arb.nan() if out_of_reach(F, lo, hi, work) else integrated(F, lo, hi, work)
    if not found.is_finite():
        work.check()
        where = f" of the integral from {a} to {b}" if a.is_Rational and b.is_Rational else ""
        raise NoBall(f"no finite enclosure{where}")
    return found


def out_of_reach(F: Callable[..., acb], lo: arb, hi: arb, work: Work) -> bool:
    """Whether at three places of the last tenth F has no bound of use even on balls so small that all tests would not cover that part."""
    part = (hi - lo) * SEEN_PART
    small = arb(0, (part / (2 * MOST_TESTS)).mid())

    def lost(share: float) -> bool:
        at = arb((lo + (hi - lo) * share).mid()) + small
        if F((acb(at),), False).abs_upper() * part < work.tolerance():
            return False
        return not F((acb(at, small / 4),), True).abs_upper() < MOST_SIZE

    return all(lost(share) for share in PLACES)


def enough(F: Callable[..., acb], lo: arb, hi: arb, work: Work) -> bool:
    """Whether F keeps its digits near both ends and half way: beside its size or, where it is small and not mere noise, beside the total."""
    for share in (arb(1) / 1024, arb(1) / 2, 1 - arb(1) / 1024):
        value = F([acb((lo + (hi - lo) * share).mid())], False)
        if not value.is_finite():
            return False
        lost = value.real.rad()
        beside = ctx.prec > work.bits and value.real.rel_accuracy_bits() > SEEN and lost * (hi - lo) < work.tolerance() / 10**6
        if not (beside or lost <= work.tolerance() * abs(value.real) / 100 or lost <= arb(2) ** (-4 * work.bits)):
            return False
    return True


def integrated(F: Callable[..., acb], lo: arb, hi: arb, work: Work) -> arb:
    tests, over = 0, False

    def f(z: acb, analytic: bool) -> acb:
        nonlocal tests, over
        work.spent[0] += 1
        if analytic:
            tests += 1
            over = tests > MOST_TESTS or work.over
        return acb(arb.nan(), arb.nan()) if over else F((z,), analytic)

    tolerance = arb(10) ** -(work.digits + 2)
    found = acb.integral(f, acb(lo), acb(hi), rel_tol=tolerance, abs_tol=tolerance, eval_limit=20000, depth_limit=400)
    if found.is_finite() and not found.imag.contains(0):
        raise NoBall("the integrand is not real")
    return found.real
