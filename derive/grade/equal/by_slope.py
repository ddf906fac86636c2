"""A distribution function proved by its slope: F′ = p on the support, F continuous there, and F → 0 at the lower end."""

from __future__ import annotations

from sympy import Add, Expr, Mul, Pow, Symbol, acos, asin, atan, cos, cosh, erf, erfc, exp, log, sin, sinh, tanh

from derive.algebra.signs import Facts
from derive.grade.equal.ends import limit_at
from derive.grade.equal.equality import compare
from derive.grade.equal.ground import Ground
from derive.language.claims import PROVED
from derive.language.totals import Lebesgue

SMOOTH = (exp, erf, erfc, atan, sin, cos, sinh, cosh, tanh)  # continuous wherever their arguments are


def is_distribution(value: Expr, density: Expr, x: Symbol, measure: Lebesgue, inside: Ground, from_above: bool = False) -> bool:
    """Whether F is the distribution function of a density on an interval, by the fundamental theorem of calculus.

    >>> from sympy import pi, sqrt
    >>> x = Symbol("x", positive=True)
    >>> ground = Ground([x < 1], [(x, Lebesgue(0, 1))])
    >>> is_distribution(2*asin(sqrt(x))/pi, 1/(pi*sqrt(x*(1 - x))), x, Lebesgue(0, 1), ground)
    True
    """
    facts = inside.facts
    if not continuous(value, x, facts) or compare(value.diff(x), density, inside).verdict != PROVED:
        return False
    if from_above:  # on a part of the support that reaches to its upper end, where F → 1
        top = limit_at(1 - value, x, measure.hi, -1, facts)
        return compare_with_zero(top, inside)
    return compare_with_zero(limit_at(value, x, measure.lo, 1, facts), inside)


def compare_with_zero(found: Expr | None, inside: Ground) -> bool:
    return found is not None and (found == 0 or compare(found, found * 0, inside).verdict == PROVED)


def continuous(e: Expr, x: Symbol, facts: Facts) -> bool:
    """Whether an expression is proved to be continuous in x where the facts hold."""
    if not e.has(x) or e == x:
        return True
    if not all(continuous(a, x, facts) for a in e.args):
        return False
    if isinstance(e, (Add, Mul, *SMOOTH)):
        return True
    if isinstance(e, log):
        return facts.positive(e.args[0])
    if isinstance(e, (asin, acos)):
        return facts.nonnegative(1 - e.args[0]) and facts.nonnegative(1 + e.args[0])
    if isinstance(e, Pow):
        base, power = e.args
        if power.has(x):
            return facts.positive(base)
        if power.is_positive:
            return bool(power.is_integer) or facts.nonnegative(base)
        return facts.positive(base) or bool(power.is_integer) and facts.nonzero(base)
    return False
