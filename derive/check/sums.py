"""Sums in balls: finite ones term by term; series up to a proved bound of what is left out."""

from __future__ import annotations

from flint import acb, arb
from sympy import Expr, Mul, S, Symbol, oo

from derive.algebra.reading import linear
from derive.check.balls import NoBall, compile_ball
from derive.check.neighbourhoods import ball_of
from derive.check.piecewise import Work
from derive.check.tails import End, beyond, tail, whole_reach
from derive.language.parts import factors_free_of
from derive.language.totals import Counting

MOST = 20_000  # terms that are added up


def finite_sum(body: Expr, k: Symbol, measure: Counting, work: Work) -> arb:
    if not (measure.lo.is_Integer and measure.hi.is_Integer):
        raise NoBall("a sum must end at whole numbers")
    return added(body, k, int(measure.lo), int(measure.hi), work)


def added(body: Expr, k: Symbol, lo: int, hi: int, work: Work) -> arb:
    """body(lo) + … + body(hi)."""
    if hi - lo > MOST:
        raise NoBall(f"a sum of {hi - lo + 1} terms is too long")
    f, sum_ = compile_ball(body, (k,)), acb(0)
    work.spent[0] += hi - lo
    for n in range(lo, hi + 1):
        if n % 64 == 0:
            work.check()
        term = f((acb(n),), False)
        if not term.is_finite():
            term = term_at(body, k, n)
        sum_ += term
    if not sum_.imag.contains(0):
        raise NoBall("the terms are not real")
    return sum_.real


def term_at(body: Expr, k: Symbol, n: int) -> acb:
    """A term that has a value only after simplification, as where a gamma function's pole is divided out."""
    found = compile_ball(body.xreplace({k: S(n)}))((), False)
    if not found.is_finite():
        raise NoBall(f"the term at {k} = {n} has no enclosure")
    return found


def series(body: Expr, k: Symbol, measure: Counting, work: Work) -> arb:
    """An infinite series, both ways where both ends are infinite."""
    if measure.lo is -oo and measure.hi is oo:
        return one_way(body, k, 0, 1, work) + one_way(body, k, -1, -1, work)
    start, side = (measure.lo, 1) if measure.hi is oo else (measure.hi, -1)
    if not start.is_Integer:
        raise NoBall("a sum must start at a whole number")
    return one_way(body, k, int(start), side, work)


def one_way(body: Expr, k: Symbol, start: int, side: int, work: Work) -> arb:
    """The sum over start, start + side, start + 2 side, …"""
    known = zeta_series(body, k, start) if side > 0 else None
    if known is not None:
        return known
    end = End(S.Zero, side, far=True)
    try:
        bound = tail(body, k, end, weight=False, whole=True)
    except NoBall as problem:
        raise NoBall(f"no proved bound for the tail at {end.name} ({problem})") from problem
    last = whole_reach(bound, work.tolerance(), MOST)
    if last is None:
        raise NoBall(f"no proved bound for the tail at {end.name} (the terms fade too slowly)")
    lo, hi = (start, max(last, start)) if side > 0 else (min(-last, start), start)
    rest = beyond(bound, arb(max(last, abs(start))).log())
    return added(body, k, lo, hi, work) + arb(0, rest)


def zeta_series(body: Expr, k: Symbol, start: int) -> arb | None:
    """C ∑ (k + q)^(−s) = C c^(−s) ζ(s, start + q), by the definition of Hurwitz's zeta function (DLMF 25.11.1)."""
    constant, rest = factors_free_of(body, [k])
    if isinstance(rest, Mul):
        return None
    base, s = rest.as_base_exp()
    form = linear(base, k)
    if form is None or s.has(k) or form[0] != 1:
        return None
    order, q = -ball_of(s), ball_of(form[1]) + start
    return ball_of(constant) * order.zeta(q) if order > 1 and q > 0 else None
