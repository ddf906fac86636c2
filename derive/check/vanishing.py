"""Powers of what vanishes at t = 0, written so that a ball around t need not be small: b(t)^w = t^(rw) (b(t)/t^r)^w.

Where t = e^(−u) runs around 0, as for a u with a wide imaginary part, a ball around b(t) holds 0 and its power has no bound; b(t)/t^r is
near b′(0) all the same.
"""

from __future__ import annotations

import sympy as sp
from flint import acb
from sympy import Expr, Rational, S

from derive.check.ball_functions import Slope
from derive.check.balls import compile_ball
from derive.check.neighbourhoods import moving, t, y
from derive.check.taylor import common_step, vanishes
from derive.check.tidied import applied, plus, rebuilt, times
from derive.language.claims import slope


def divided(e: Expr) -> Expr:
    """A product in t with the vanishing bases of its powers divided by their power of t.

    >>> divided(1/sp.sqrt(1 - sp.cos(t) + t))
    1/(sqrt(τ·)*sqrt(Slope(y· - cos(y·) + 1, y·, τ·)))
    """
    return walk(e)


def walk(e: Expr) -> Expr:
    """e with all that vanishes divided by its power of t, inside sums and functions too: there balls around it would lose their digits."""
    if not moving(e) or e == t or not e.args:
        return e
    found = logarithm(e) if isinstance(e, sp.log) else apart(e)
    return found if found is not e else rebuilt(e, [walk(arg) for arg in e.args])


def logarithm(e: sp.log) -> Expr:
    """log b(t) = r log t + log(b(t)/t^r)."""
    found = division(e.args[0])
    return plus([times([found[0], sp.log(t)]), applied(sp.log, [found[1]])]) if found else e


def monomial(term: Expr) -> bool:
    """Whether a term is a number or a power of t times a number."""
    return all(not moving(f) or f.as_base_exp()[0] == t for f in sp.Mul.make_args(term))


def apart(factor: Expr) -> Expr:
    """A power of a base that vanishes, divided; anything else as it is."""
    base, w = factor.as_base_exp()
    if not isinstance(factor, sp.Pow) or moving(w) or (w.is_Integer and w > 0):
        return factor
    found = division(base)
    return factor if found is None else times([t ** (found[0] * w), sp.Pow(found[1], w, evaluate=False)])


def division(base: Expr) -> tuple[Rational, Expr] | None:
    """(r, b(t)/t^r) for a sum b that vanishes at 0 as t^r, and is not written in powers of t alone; else None."""
    if not moving(base) or base == t or base.is_Mul or base.has(sp.log(t)):
        return None
    if all(monomial(term) for term in sp.Add.make_args(base)):  # its lowest power stands in front already
        return None
    step = common_step(base)
    if step is None:
        return None
    b = base.xreplace({t: y ** (1 / step)})
    if away(b) or not vanishes(b.xreplace({y: S.Zero})) or vanishes(slope(b, y).xreplace({y: S.Zero})):
        return None
    return step, Slope(b, y, t**step)


def away(b: Expr) -> bool:
    """Whether b(0) is seen at once not to be 0."""
    at = compile_ball(b, (y,))([acb(0)], False)
    return at.is_finite() and not at.contains(0)
