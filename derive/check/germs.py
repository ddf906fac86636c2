"""How an expression behaves near t = 0+, proved: e(t) = exp(E) · t^p · L^q · b(t), where L = −log t and b(t) lies in a ball for
every t in (0, e^(−U)].

This is the reading of derive.algebra.asymptotics at one point of the parameters, with a proved interval in place of a leading
coefficient. Bounds of tails and signs near the ends of a support come from it. E is an expression that grows without bound
(or 0), p and q are rational.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import mul

import sympy as sp
from flint import acb, arb
from sympy import Expr, Rational, S

from derive.check.ball_functions import between
from derive.check.balls import NoBall, compile_ball
from derive.check.neighbourhoods import Bound, Germ, Near, ball_of, moving, t, y
from derive.check.taylor import by_derivatives
from derive.check.tidied import expanded, joined, split_log

LOG = sp.log(t)


def germ(e: Expr, near: Near) -> Germ:
    """The germ of an expression in t. Raises NoBall where none is proved on this neighbourhood."""
    if e not in near.known:
        near.known[e] = find(e, near)
    return near.known[e]


def find(e: Expr, near: Near) -> Germ:
    if not moving(e):
        return Germ(ball_of(e))
    if e == t:
        return Germ(arb(1), p=S.One)
    if isinstance(e, sp.Add):
        return total(e, near)
    if isinstance(e, sp.Mul):
        return product([germ(x, near) for x in e.args], near)
    if isinstance(e, (sp.Pow, sp.exp)):
        base, exponent = e.as_base_exp()
        return power(base, exponent, near)
    if isinstance(e, sp.log):
        return logarithm(e, near)
    return function(e, near)


def product(factors: Sequence[Germ], near: Near) -> Germ:
    """The product of germs. What grows in it is looked at anew where it comes from more than one."""
    growing = [g.E for g in factors if g.E != 0]
    both = exponential(sp.Add(*growing), near) if len(growing) > 1 else Germ(arb(1), E=sp.Add(*growing))
    ball = reduce(mul, (g.ball for g in factors), both.ball)
    return Germ(ball, sum((g.p for g in factors), both.p), sum((g.q for g in factors), both.q), both.E, all(g.nonnegative for g in factors))


def times(a: Germ, b: Germ, near: Near) -> Germ:
    return product((a, b), near)


def to_the(a: Germ, w: Rational) -> Germ:
    """A germ to a rational power."""
    if w.is_Integer:
        n = int(w)
        if n < 0 and a.ball.contains(0):
            raise NoBall("a divisor may vanish")
        ball = compile_ball(y**n, (y,))([acb(a.ball)], False).real
    elif a.ball > 0:
        ball = a.ball ** ball_of(w)
    elif a.nonnegative and w > 0:
        ball = between(arb(0), arb(a.ball.upper()) ** ball_of(w))
    else:
        raise NoBall("the base of a power may be negative or vanish")
    if not ball.is_finite():
        raise NoBall("the base of a power may vanish")
    return Germ(ball, a.p * w, a.q * w, expanded(a.E * w), a.nonnegative or bool(w.is_even))


def power(base: Expr, w: Expr, near: Near) -> Germ:
    if base is S.Exp1:
        return exponential(w, near)
    if moving(w):
        if near.whole and base.is_number and base.is_negative:  # (−a)^k is a^k up to its sign
            return times(Germ(arb(0, 1)), exponential(w * sp.log(-base), near), near)
        return exponential(joined(w * sp.log(base)) if not moving(base) else joined(w) * split_log(base), near)
    if not w.is_Rational:
        return exponential(w * split_log(base), near)
    return to_the(germ(base, near), w)


def exponential(h: Expr, near: Near) -> Germ:
    """e^h: what stays bounded goes into the ball, c · log t into the power, and the rest is E."""
    ball, p, growing = arb(1), S.Zero, []
    for part in sp.Add.make_args(expanded(h)):
        c, rest = part.as_coeff_Mul()
        if rest == LOG and c.is_Rational:
            p += c
            continue
        bounded = as_ball(germ(part, near), near)
        if bounded is None:
            growing.append(part)
        else:
            ball *= bounded.exp()
    return Germ(ball, p, S.Zero, sp.Add(*growing))


def as_ball(g: Germ, near: Near) -> arb | None:
    """The interval that the germ's values lie in, or None where it is not bounded or that is not proved."""
    if g.flat:
        return g.ball
    top = supremum(g.E, g.p, g.q, near)
    return None if top is None else g.ball * between(arb(0), top)


def supremum(E: Expr, p: Rational, q: Rational, near: Near) -> arb | None:
    """An upper bound of exp(E) · t^p · L^q on the neighbourhood."""
    U = near.u()
    if E != 0:
        try:
            fall = decay(E, near)
        except NoBall:
            return None
        bound = Bound(p, q, *fall)
        return bound.value(U) if bound.slope(U) >= 0 else None
    if p < 0 or (p == 0 and q > 0):
        return None
    peak = ball_of(q / p) if p > 0 and q > 0 else U
    at = peak if peak > U else U
    return Bound(p, q).value(at)


def decay(E: Expr, near: Near) -> tuple[arb, Rational, Rational]:
    """(γ, α, b) with E ≤ −γ e^(αu) u^b on the neighbourhood. Raises NoBall where E is not proved to fall."""
    g = germ(E, near)
    if not g.ball < 0:
        raise NoBall("an exponent is not proved to fall")
    gamma = -arb(g.ball.upper())
    if g.E == 0:
        if g.p > 0 or (g.p == 0 and g.q <= 0):
            raise NoBall("an exponent is not proved to fall without bound")
        return gamma, -g.p, g.q
    inner, alpha, b = decay(-g.E, near)  # exp(z) ≥ z⁴/24
    return gamma * inner**4 / 24, 4 * alpha - g.p, 4 * b + g.q


def total(e: sp.Add, near: Near) -> Germ:
    """A sum: every term against the largest; where those cancel, by the mean value theorem."""
    found = [g for g in (germ(x, near) for x in e.args) if not g.ball.is_zero()]
    for lead in leaders(found, near):
        ball = measured(found, lead, near)
        if ball is not None:
            if ball.contains(0) and sum(same_scale(g, lead) for g in found) > 1 and lead.E == 0 and lead.q == 0:
                for power in dict.fromkeys((S.Zero, lead.p)):
                    finer = by_derivatives(sp.Add(*(x * t**-power for x in e.args)), near)
                    if finer is not None:
                        return Germ(finer.ball, finer.p + power)
            return Germ(ball, lead.p, lead.q, lead.E, all(g.nonnegative for g in found))
    raise NoBall("the sizes of terms of a sum could not be compared")


def leaders(found: list[Germ], near: Near) -> Iterator[Germ]:
    """The germs, first the one that is left when each is held against the largest of those before it: most likely the largest of all."""
    champion = next(iter(found), None)
    for g in found[1:]:
        if champion is not None and share(g, champion, near) is None:
            champion = g
    if champion is not None:
        yield champion
    yield from (g for g in found if g is not champion)


def share(g: Germ, lead: Germ, near: Near) -> arb | None:
    """The interval that the values of a germ over the scale of another lie in, or None where none is proved."""
    return as_ball(times(g, Germ(arb(1), -lead.p, -lead.q, -lead.E), near), near)


def measured(found: list[Germ], lead: Germ, near: Near) -> arb | None:
    """The sum of germs over the scale of one of them, or None where one of them is not proved to be of that scale."""
    ball = arb(0)
    for g in found:
        part = share(g, lead, near)
        if part is None:
            return None
        ball += part
    return ball


def same_scale(a: Germ, b: Germ) -> bool:
    return (a.p, a.q, a.E) == (b.p, b.q, b.E)


def logarithm(e: sp.log, near: Near) -> Germ:
    """log(exp(E) t^p L^q b) = E − p L + q log L + log b."""
    g = germ(e.args[0], near)
    if not g.ball > 0:
        raise NoBall("the argument of a logarithm may not be positive")
    if g.flat:
        ball = g.ball.log()
        return (ball.contains(0) and by_derivatives(e, near)) or Germ(ball)
    U = near.u()
    parts = [Germ(g.ball.log())]
    if g.E != 0:
        parts.append(germ(g.E, near))
    if g.p != 0:
        parts.append(Germ(-ball_of(g.p), q=S.One))
    if g.q != 0:
        if not U > 3:
            raise NoBall("the neighbourhood is too large for a logarithm of a logarithm")
        parts.append(Germ(ball_of(g.q) * between(arb(0), U.log() / U), q=S.One))  # (log L)/L falls for L > e
    return added(parts, near)


def added(parts: list[Germ], near: Near) -> Germ:
    for lead in leaders(parts, near):
        ball = measured(parts, lead, near)
        if ball is not None:
            return Germ(ball, lead.p, lead.q, lead.E)
    raise NoBall("the sizes of terms of a sum could not be compared")


def least(g: Germ, near: Near) -> arb:
    """A lower bound of |value| on the neighbourhood, for a germ that grows without bound."""
    inverse = supremum(-g.E, -g.p, -g.q, near)
    if inverse is None or g.ball.contains(0):
        raise NoBall("an argument is not proved to grow")
    return arb((arb(g.ball.abs_lower()) / inverse).lower())


def function(e: Expr, near: Near) -> Germ:
    """A function: by what is known of it near its singular points, else by its values on the ball of its arguments."""
    special = SPECIAL.get(type(e))
    found = special(e, near) if special else None
    if found is not None:
        return found
    if isinstance(e, sp.hyper):
        return hypergeometric(e, near)
    balls = [b for a in e.args if (b := as_ball(germ(a, near), near)) is not None]
    if len(balls) < len(e.args):
        raise NoBall(f"nothing is proved of {e.func.__name__} at an argument that grows without bound")
    dummies = tuple(sp.Dummy(real=True) for _ in balls)
    value = compile_ball(e.func(*dummies), dummies)([acb(b) for b in balls], False)
    if not value.is_finite() or not value.imag.is_zero():
        raise NoBall(f"{e.func.__name__} has no bound there")
    return (value.real.contains(0) and by_derivatives(e, near)) or Germ(value.real)


def hypergeometric(e: sp.hyper, near: Near) -> Germ:
    at = as_ball(germ(e.argument, near), near)
    if at is None or any(moving(x) for x in (*e.ap, *e.bq)):
        raise NoBall("nothing is proved of a hypergeometric function at an argument that grows without bound")
    value = compile_ball(sp.hyper(e.ap, e.bq, y), (y,))([acb(at)], False)
    if not value.is_finite():
        raise NoBall("a hypergeometric function has no bound there")
    return Germ(value.real)


from derive.check.germs_special import SPECIAL  # noqa: E402 - the two files are one recursion, split by meaning
