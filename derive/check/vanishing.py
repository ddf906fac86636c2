"""Powers of what vanishes at t = 0, written so that a ball around t need not be small: b(t)^w = t^(rw) (b(t)/t^r)^w.

Where t = e^(−u) runs around 0, as for a u with a wide imaginary part, a ball around b(t) holds 0 and its power has no bound; b(t)/t^r is
near b′(0) all the same.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, S

from derive.check.ball_functions import Slope
from derive.check.neighbourhoods import t, y
from derive.check.taylor import common_step, vanishes
from derive.check.tidied import times
from derive.language.claims import slope


def divided(e: Expr) -> Expr:
    """A product in t with the vanishing bases of its powers divided by their power of t.

    >>> divided(1/sp.sqrt(1 - sp.cos(t) + t))
    1/(sqrt(τ·)*sqrt(Slope(y· - cos(y·) + 1, y·, τ·)))
    """
    return times([apart(factor) for factor in sp.Mul.make_args(e)])


def monomial(term: Expr) -> bool:
    """Whether a term is a number or a power of t times a number."""
    return all(not f.has(t) or f.as_base_exp()[0] == t for f in sp.Mul.make_args(term))


def apart(factor: Expr) -> Expr:
    base, w = factor.as_base_exp()
    if not (isinstance(factor, sp.Pow) and base.has(t) and not w.has(t)) or base == t or (w.is_Integer and w > 0) or base.has(sp.log(t)):
        return factor
    if all(monomial(term) for term in sp.Add.make_args(base)):  # its lowest power stands in front already
        return factor
    step = common_step(base)
    if step is None:
        return factor
    b = base.xreplace({t: y ** (1 / step)})
    if not vanishes(b.xreplace({y: S.Zero})) or vanishes(slope(b, y).xreplace({y: S.Zero})):
        return factor
    return times([t ** (step * w), sp.Pow(Slope(b, y, t**step), w, evaluate=False)])
