"""Limits and convergence at an end, read off the behaviour there: an end x → c is moved to t → ∞ by x = c ± 1/t, x → −∞ by x = −t."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sympy import Add, Expr, Mul, Pow, S, Symbol, acos, acosh, asech, asin, asinh, atan, cos, cosh, erf, exp, expand_mul, log, oo, sin, sinh, tanh
from sympy.logic.boolalg import Boolean

from derive.algebra.asymptotics import behaviour
from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical
from derive.algebra.relations import isolated
from derive.algebra.scales import LOG, Behaviour, Scale, T, direction, dominant, sign, times
from derive.algebra.signs import Facts
from derive.language.parts import exchanged, factors_free_of

SMOOTH = (exp, sin, cos, sinh, cosh, tanh, asinh, atan, erf)  # continuous on the real line


def at_end(e: Expr, x: Symbol, end: Expr, side: int) -> Expr:
    """e as a function of T, where T → ∞ is x → end (from above for side +1, from below for side −1)."""
    if end is S.Infinity:
        return exchanged(e, {x: T})
    if end is S.NegativeInfinity:
        return exchanged(e, {x: -T})
    return exchanged(e, {x: end + side / T})


def near(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Behaviour | None:
    """The behaviour of e as x → end; None where it is not decided.

    >>> from sympy import exp, log
    >>> from sympy.abc import x, a
    >>> near(x**(a - 1)*exp(-1/x), x, S.Zero, 1, Facts([a > 0])).scale.exps
    ((-1, Scale(exps=(), power=1, log=0, loglog=0)),)
    """
    outside = facts.without(x)
    try:
        return behaviour(at_end(e, x, end, side), outside)
    except TooLarge:
        return None


def fades(e: Expr, facts: Facts) -> bool:
    """Whether e is c b^(αt + β) with 0 ≤ b < 1 and α > 0: b may be 0, where it has no logarithm."""
    _, power = factors_free_of(e, [T])
    if not isinstance(power, Pow) or power.base.has(T) or not power.exp.has(T):
        return False
    slope = power.exp.diff(T)
    return not slope.has(T) and facts.positive(slope) and facts.nonnegative(power.base) and facts.positive(1 - power.base)


def limit(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """lim e as x → end, possibly ±∞; None where it is not decided.

    >>> from sympy import atan, log
    >>> from sympy.abc import x
    >>> limit(x*log(x), x, S.Zero, 1, Facts()), limit(atan(x), x, oo, -1, Facts())
    (0, pi/2)
    """
    if not e.has(x):
        return e
    outside = facts.without(x)
    if end.is_finite and (entire(e, x) or continuous(e, x, end, outside)):
        return exchanged(e, {x: end})
    found = near(e, x, end, side, facts)
    if found is None:
        return S.Zero if fades(at_end(e, x, end, side), outside) or squeezed(e, x, end, side, facts) else None
    if found.coefficient == 0:
        return S.Zero
    match direction(found.scale, outside):
        case 0:
            return None if found.rough else found.coefficient
        case -1:
            return S.Zero
        case 1 if found.sure:
            up = sign(found.coefficient, outside)
            return None if up is None else up * oo
    return None


def entire(e: Expr, x: Symbol) -> bool:
    """Whether e is made of sums, products, whole powers, exponentials, sines and cosines of x, and so continuous on the line."""
    if not e.has(x) or e == x:
        return True
    whole = isinstance(e, (Add, Mul, exp, sin, cos)) or isinstance(e, Pow) and e.exp.is_Integer and e.exp > 0
    return whole and all(entire(a, x) for a in e.args)


def continuous(e: Expr, x: Symbol, end: Expr, facts: Facts) -> bool:
    """Whether e is made of functions that are continuous at the values which their arguments take at the end."""
    if not e.has(x) or e == x:
        return True
    if not all(continuous(a, x, end, facts) for a in e.args):
        return False
    if isinstance(e, (Add, Mul)):
        return True
    at = [a.xreplace({x: end}) for a in e.args]
    if isinstance(e, Pow):
        return facts.positive(at[0]) and facts.real(at[1]) or facts.nonnegative(at[0]) and not e.exp.has(x) and facts.positive(e.exp) or (
            e.exp.is_Integer and facts.real(at[0]) and (e.exp > 0 or facts.nonzero(at[0])))  # fmt: skip
    if isinstance(e, (asin, acos)):
        return facts.nonnegative(1 - at[0]) and facts.nonnegative(1 + at[0])
    if isinstance(e, (acosh, asech)):
        return facts.nonnegative(at[0] - 1) if isinstance(e, acosh) else facts.positive(at[0]) and facts.nonnegative(1 - at[0])
    return facts.positive(at[0]) if isinstance(e, log) else isinstance(e, SMOOTH) and facts.real(at[0])


def squeezed(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> bool:
    """Whether e = s·r with r → 0 and s a product of sines and cosines of what is real, so that |e| ≤ |r|."""
    waves = [f for f in Mul.make_args(e) if isinstance(f.as_base_exp()[0], (sin, cos)) and f.has(x)]
    bounded = all(f.as_base_exp()[1].is_nonnegative and facts.real(f.as_base_exp()[0].args[0]) for f in waves)
    return bool(waves) and bounded and limit(e / Mul(*waves), x, end, side, facts) == 0


def summed_limit(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """The limit of a sum taken term by term, where the leading terms of `near` cancel or do not compare."""
    whole = limit(e, x, end, side, facts)
    e = expand_mul(e) if whole is None and e.has(sin, cos) else e
    if whole is not None or not isinstance(e, Add):
        return whole
    parts = [limit(arg, x, end, side, facts) for arg in e.args]
    known = [p for p in parts if p is not None]
    infinite = {p for p in known if p.is_infinite}
    if len(known) < len(parts) or len(infinite) > 1:
        return None
    return infinite.pop() if infinite and all(p.is_infinite or facts.real(p) for p in known) else Add(*known)


def integrability(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Boolean | None:
    """When |e| has a finite integral near `end`, by comparison with its scale: true, false, a relation between the parameters,
    or None where that is not decided. With x = c ± 1/t, dx = dt/t², so a finite end shifts the power by −2.

    >>> from sympy import log
    >>> from sympy.abc import x
    >>> a = Symbol("a", real=True)
    >>> integrability(x**(a - 1), x, S.Zero, 1, Facts()), integrability(1/(x*log(x)), x, oo, -1, Facts())
    (a > 0, False)
    """
    outside = facts.without(x)
    found = near(e, x, end, side, facts)
    if found is None or not found.sure and found.coefficient != 0:
        return None
    if found.coefficient == 0:
        return S.true
    shift = S.One if end.is_infinite else S.NegativeOne
    return summable(times(found.scale, Scale(power=shift), outside), found.rough, outside)


def summable(scale: Scale, rough: bool, facts: Facts) -> Boolean | None:
    """When ∫ f dt/t is finite at ∞ for f of this scale: f decays faster than any (log t)^(−1−ε), or like (log t)^r with r < −1, or like
    (log t)^(−1) (log log t)^q with q < −1."""
    if scale.exps:
        powers = ((scale.power, LOG),) if scale.power != 0 else ()
        top = dominant((*scale.exps, *powers), facts)
        if top is None:
            return None
        rest = replace(scale, power=S.Zero) if top[1] == LOG else replace(scale, exps=tuple(e for e in scale.exps if e != top))
        return decided(top[0], lambda: summable(rest, rough, facts), facts)
    if scale.power != 0:
        return decided(scale.power, lambda: None if rough else summable(replace(scale, power=S.Zero), rough, facts), facts)
    slower = canonical(scale.loglog + 1, facts)
    return None if rough else decided(canonical(scale.log + 1, facts), lambda: decided(slower, lambda: S.false, facts), facts)


def decided(leading: Expr, otherwise: Callable[[], Boolean | None], facts: Facts) -> Boolean | None:
    """Convergence where the leading exponent is negative, divergence where it is positive; where it is 0 the rest decides."""
    up = sign(leading, facts)
    if up is None and facts.nonzero(leading):
        return isolated(leading < 0)
    if up is not None:
        return otherwise() if up == 0 else S.true if up < 0 else S.false
    match otherwise():
        case None:
            return None
        case rest if rest == S.true:
            return isolated(leading <= 0)
        case rest if rest == S.false:
            return isolated(leading < 0)
    return None
