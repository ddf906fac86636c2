"""Does a condition hold where a step stands? Proved, refuted, or not decided; agreement of digits is called that and no more."""

from __future__ import annotations

from collections.abc import Callable

from sympy import (
    Abs,
    Add,
    Expr,
    Mul,
    Pow,
    S,
    Symbol,
    acos,
    acosh,
    asech,
    asin,
    asinh,
    atan,
    besseli,
    besselj,
    besselk,
    cos,
    cosh,
    erf,
    erfc,
    exp,
    expand_trig,
    gamma,
    harmonic,
    log,
    loggamma,
    sech,
    sin,
    sinh,
    tan,
    tanh,
)  # fmt: skip
from sympy.logic.boolalg import Boolean

from derive.algebra.equality import equal
from derive.algebra.limits import summed_limit
from derive.algebra.signs import Facts
from derive.language.claims import PROVED, REFUTED, UNDECIDED, Finite, Same, Smooth, Tends, Whole
from derive.language.totals import Total


def verdict(condition: Boolean, facts: Facts) -> str:
    """The verdict on one condition, given `facts`.

    >>> from sympy.abc import a
    >>> verdict(a > 0, Facts([a > 1])), verdict(a > 2, Facts([a < 1])), verdict(a > 2, Facts([a > 1]))
    ('proved', 'refuted', 'undecided')
    """
    if condition is S.true:
        return PROVED
    if condition is S.false:
        return REFUTED
    judge = JUDGES.get(condition.func)
    if judge is not None:
        return judge(*condition.args, facts)
    if facts.follows(condition):
        return PROVED
    return REFUTED if facts.contradicts(condition) else UNDECIDED


def same(a: Expr, b: Expr, facts: Facts) -> str:
    """Equality by normal forms, else by digits."""
    if equal(a, b, facts) or a.has(sin, cos) and b.has(sin, cos) and equal(expand_trig(a), expand_trig(b), facts):  # by the addition formulas
        return PROVED
    from derive.check.agreement import agreement

    return agreement(a, b, facts)


def smooth(f: Expr, x: Symbol, facts: Facts) -> str:
    return PROVED if is_smooth(f, x, facts) else UNDECIDED


def tends(f: Expr, x: Symbol, end: Expr, side: Expr, value: Expr, facts: Facts) -> str:
    """The limit of f at an end, against the value that it is said to have."""
    found = summed_limit(f, x, end, int(side), facts)
    if found is None:
        return UNDECIDED
    if found.is_infinite or value.is_infinite:
        return PROVED if found == value else REFUTED
    return same(found, value, facts.without(x))


def whole(n: Expr, facts: Facts) -> str:
    if n.is_integer:
        return PROVED
    return REFUTED if n.is_integer is False and n.is_number else UNDECIDED


def finite(e: Expr, facts: Facts) -> str:
    """A closed form without totals or infinities in it. That it is defined is what the steps that led to it had to prove."""
    return UNDECIDED if e.has(S.Infinity, S.NegativeInfinity, S.ComplexInfinity, S.NaN, Total) else PROVED


JUDGES: dict[type, Callable[..., str]] = {Same: same, Smooth: smooth, Tends: tends, Whole: whole, Finite: finite}

ENTIRE = (exp, sin, cos, sinh, cosh, tanh, sech, asinh, atan, erf, erfc)  # real and smooth at every real argument
ON_POSITIVE = (log, gamma, loggamma)  # smooth where the argument is positive


def is_smooth(f: Expr, x: Symbol, facts: Facts) -> bool:
    """Whether f is proved real and continuously differentiable in x where `facts` hold."""
    if not f.has(x):
        return bool(f.is_extended_real is not False and not f.has(S.Infinity, S.ComplexInfinity, S.NaN)) and is_divided_well(f, facts)
    if f == x:
        return True
    if isinstance(f, (Add, Mul)):
        return all(is_smooth(a, x, facts) for a in f.args)
    if isinstance(f, Pow) and f.base is not S.Exp1:
        return smooth_power(f.base, f.exp, x, facts)
    args = [a for a in f.args if a.has(x)]
    if not all(is_smooth(a, x, facts) for a in args):
        return False
    if isinstance(f, (Pow, *ENTIRE)):
        return True
    if isinstance(f, ON_POSITIVE):
        return facts.positive(f.args[0])
    if isinstance(f, harmonic):  # ψ(z + 1) + γ
        return len(f.args) == 1 and facts.positive(f.args[0] + 1)
    if isinstance(f, (Abs, tan)):
        return facts.nonzero(cos(f.args[0]) if isinstance(f, tan) else f.args[0])
    if isinstance(f, (asin, acos)):
        return facts.positive(1 - f.args[0]) and facts.positive(1 + f.args[0])
    if isinstance(f, (acosh, asech)):
        return facts.positive(f.args[0] - 1) if isinstance(f, acosh) else facts.positive(f.args[0]) and facts.positive(1 - f.args[0])
    if isinstance(f, (besseli, besselj, besselk)):
        return not f.args[0].has(x) and facts.positive(f.args[1])
    return False


def is_divided_well(c: Expr, facts: Facts) -> bool:
    """Whether no divisor in a constant can be 0, as the n in sin(n t)/n can for an integer n."""
    divisors = [p.base for p in c.atoms(Pow) if p.base is not S.Exp1 and not facts.nonnegative(p.exp)]
    return all(map(facts.nonzero, divisors))


def smooth_power(base: Expr, exponent: Expr, x: Symbol, facts: Facts) -> bool:
    if not (is_smooth(base, x, facts) and is_smooth(exponent, x, facts)):
        return False
    if exponent.is_Integer and not exponent.has(x):
        return bool(exponent > 0) or facts.nonzero(base)
    return facts.positive(base)
