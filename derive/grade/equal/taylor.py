"""Whether (f − g)/xⁿ stays finite as x → 0, by the derivatives of f − g at 0 up to the order n − 1, where it is smooth there."""

from __future__ import annotations

from sympy import Expr, Limit, Mul, Pow, S, Symbol, cos, cosh, exp, log, sin, sinh, tan, tanh

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.language.totals import Total, substitute

SMOOTH = (exp, sin, cos, sinh, cosh, tanh)  # all over the line
MOST_ORDER, LARGEST = 6, 400


def stays_finite(limit: Expr, facts: Facts) -> bool | None:
    """True and False where it is proved, None where nothing is found.

    >>> x = Symbol("x", real=True)
    >>> stays_finite(Limit((log(1 + x) - x)/x**2, x, 0), Facts()), stays_finite(Limit((log(1 + x) - x)/x**3, x, 0), Facts())
    (True, False)
    """
    if not isinstance(limit, Limit) or limit.args[2] != 0 or not isinstance(limit.args[1], Symbol):
        return None
    x = limit.args[1]
    power = next((-f.exp for f in Mul.make_args(limit.args[0]) if isinstance(f, Pow) and f.base == x), S.Zero)
    power = power if power != 0 else S.One if Pow(x, -1) in Mul.make_args(limit.args[0]) else S.Zero
    e = limit.args[0] * x**power
    if not power.is_Integer or not 0 < power <= MOST_ORDER or not smooth(e, x, facts):
        return None
    for _ in range(int(power)):
        if e.count_ops() > LARGEST:
            return None
        at = substitute(e, {x: S.Zero})
        if not equal(at, S.Zero, facts):
            return False if facts.nonzero(at) else None
        e = e.diff(x)
    return True


def smooth(e: Expr, x: Symbol, facts: Facts) -> bool:
    """Whether an expression has all derivatives at x = 0, as it is put together of functions that have."""
    if not e.has(x) or e == x:
        return not e.has(Total)
    if isinstance(e, Pow) and not (e.exp.is_Integer and e.exp > 0) and not isinstance(e, exp):
        base = substitute(e.base, {x: S.Zero})
        settled = facts.positive(base) or bool(e.exp.is_Integer) and facts.nonzero(base)
        return settled and smooth(e.base, x, facts) and smooth(e.exp, x, facts)
    if isinstance(e, log):
        return facts.positive(substitute(e.args[0], {x: S.Zero})) and smooth(e.args[0], x, facts)
    if isinstance(e, tan):
        return substitute(e.args[0], {x: S.Zero}) == 0 and smooth(e.args[0], x, facts)
    known = e.is_Add or e.is_Mul or e.is_Pow or isinstance(e, SMOOTH)
    return known and all(smooth(a, x, facts) for a in e.args)
