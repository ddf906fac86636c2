"""A kernel without parameters proved to be nowhere negative: germs near the ends and the zeros, balls over a cover in between."""

from __future__ import annotations

import time
from itertools import pairwise

from flint import acb, arb, ctx
from sympy import Expr, Pow, S, Symbol, ceiling, floor, oo

from derive.algebra.limits import entire
from derive.check.balls import BallFunction, NoBall, compile_ball
from derive.check.germs import germ
from derive.check.neighbourhoods import Near, ball_of
from derive.check.pieces import less, pieces
from derive.check.tails import STARTS, End, localised
from derive.check.witness import cuts
from derive.language.totals import Counting, Lebesgue, Measure

MOST = 3000  # balls of a cover, terms that are looked at one by one
FAILURES = (NoBall, ArithmeticError, ValueError, TypeError, AttributeError, NotImplementedError, RecursionError)


def nowhere_negative(kernel: Expr, variables: list[tuple[Symbol, Measure]], deadline: float) -> bool:
    """Whether g ≥ 0 on the support is proved (except at single points of an interval). False says nothing."""
    if len(variables) != 1:
        return False
    ((x, measure),) = variables
    if (kernel.free_symbols | measure.free_symbols) - {x}:
        return False
    try:
        with ctx.workprec(80):
            if isinstance(measure, Counting):
                return terms(kernel, x, measure)
            return isinstance(measure, Lebesgue) and all(
                stretch(f, x, a, b, deadline) for f, lo, hi in pieces(kernel, x, measure) for a, b in between_zeros(f, x, lo, hi))
    except FAILURES:
        return False


def stretch(f: Expr, x: Symbol, a: Expr, b: Expr, deadline: float) -> bool:
    """g ≥ 0 between a and b, from its values or from its slope."""
    try:
        if piece(f, x, a, b, deadline):
            return True
    except FAILURES:
        pass
    return climbs(f, x, a, b, deadline)


def climbs(f: Expr, x: Symbol, a: Expr, b: Expr, deadline: float, depth: int = 4) -> bool:
    """g ≥ 0 since it is so at one end and g′ does not lead below: sin x − x + x³/6 and its first three slopes are 0 at 0."""
    if depth == 0 or not entire(f, x):
        return False
    for end, slope in ((a, f.diff(x)), (b, -f.diff(x))):
        if end.is_finite and f.xreplace({x: end}).is_nonnegative:
            try:
                if piece(slope, x, a, b, deadline):
                    return True
            except FAILURES:
                pass
            if climbs(slope, x, a, b, deadline, depth - 1):
                return True
    return False


def between_zeros(f: Expr, x: Symbol, lo: Expr, hi: Expr) -> list[tuple[Expr, Expr]]:
    inside = [c for c in cuts(f, x) if less(lo, c) and less(c, hi)]
    return list(pairwise([lo, *inside, hi]))


def piece(f: Expr, x: Symbol, a: Expr, b: Expr, deadline: float) -> bool:
    """g ≥ 0 between a and b."""
    g = compile_ball(f, (x,))
    side = -1 if a is -oo else 1
    anchor = a if b is oo else b if a is -oo else None
    if a is -oo and b is oo:
        return piece(f, x, a, S.Zero, deadline) and piece(f, x, S.Zero, b, deadline)
    if anchor is not None:  # from the finite end to one beyond it, and from there on
        near, far = reach(f, x, End(anchor, side)), reach(f, x, End(anchor, side, far=True))
        at = ball_of(anchor)
        return covered(g, *ordered(at + side * near, at + side / far), deadline)
    half = (b - a) / 2
    left, right = reach(f, x, End(a, 1, scale=half)), reach(f, x, End(b, -1, scale=half))
    lo, hi, size = ball_of(a), ball_of(b), ball_of(half)
    return covered(g, lo + size * left, hi - size * right, deadline)


def ordered(a: arb, b: arb) -> tuple[arb, arb]:
    return (a, b) if a < b else (b, a)


def reach(f: Expr, x: Symbol, end: End) -> arb:
    """The t = e^(−U) up to which g ≥ 0 is proved near an end. Raises NoBall where there is none."""
    local = localised(f, x, end)
    for U in STARTS:
        near = Near(U)
        try:
            found = germ(local, near)
        except FAILURES:
            continue
        if found.ball.is_finite() and found.nonnegative:
            return (-near.u()).exp()
    raise NoBall(f"the sign near {end.name} is not proved")


def covered(g: BallFunction, lo: arb, hi: arb, deadline: float) -> bool:
    """g ≥ 0 from lo to hi, by halving intervals until each is settled."""
    todo = [(arb(lo.lower()), arb(hi.upper()))]
    for _ in range(MOST):
        if not todo:
            return True
        if time.monotonic() > deadline:
            return False
        a, b = todo.pop()
        value = g((acb(a.union(b)),), False)
        if value.is_finite() and value.imag.is_zero() and value.real.lower() >= 0:
            continue
        if value.is_finite() and value.real < 0:
            return False
        middle = arb(((a + b) / 2).mid())
        todo += [(a, middle), (middle, b)]
    return False


def terms(kernel: Expr, k: Symbol, measure: Counting) -> bool:
    """Each of the first terms, and all that follow by their germ."""
    if any(e.base == -1 and e.exp.has(k) for e in kernel.atoms(Pow)):
        return all(terms(kernel.xreplace({k: 2 * k + r}), k, halved(measure, r)) for r in (0, 1))
    g = compile_ball(kernel, (k,))
    first, last = (int(e) if e.is_finite else None for e in (measure.lo, measure.hi))
    if first is None:
        first = -far(kernel, k, -1)
    if last is None:
        last = far(kernel, k, 1)
    if last - first > MOST:
        return False
    values = [g((acb(n),), False) for n in range(first, last + 1)]
    return all(v.is_finite() and v.imag.is_zero() and v.real.lower() >= 0 for v in values)


def halved(measure: Counting, r: int) -> Counting:
    """The k for which 2k + r is in a range."""
    return Counting(ceiling((measure.lo - r) / 2), floor((measure.hi - r) / 2))


def far(kernel: Expr, k: Symbol, side: int) -> int:
    """A number beyond which all terms are proved ≥ 0."""
    local = localised(kernel, k, End(S.Zero, side, far=True))
    for U in STARTS[:4]:
        near = Near(U, whole=True)
        try:
            found = germ(local, near)
        except FAILURES:
            continue
        if found.ball.is_finite() and found.nonnegative:
            return int(float(near.u().exp().upper())) + 1
    raise NoBall("the sign of far terms is not proved")
