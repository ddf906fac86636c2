"""Places at which a closed form says nothing, though what it is a form of has a value there: a = b in (b − a) Γ(−a/b)."""

from __future__ import annotations

from sympy import Expr, Ne, cancel, gamma, log, polygamma, prod
from sympy.logic.boolalg import Boolean

from derive.algebra.rational import short
from derive.algebra.signs import Facts
from derive.language.claims import denominators
from derive.language.parts import every

MOST_STEPS = 3


def without_poles(value: Expr, facts: Facts) -> Expr:
    """The value with Γ(z + n)/(z ⋯ (z + n − 1)) for Γ(z), where z may be a pole and z + n is positive: what is doubtful may cancel.

    >>> from sympy import symbols
    >>> a, b = symbols("a b", positive=True)
    >>> without_poles(log((a - b)*gamma(-a/b)*a/b**2), Facts((2*b > a,)))
    log(gamma(-a/b + 2))
    """
    doubtful = {g: steps for g in every(value, gamma) if (steps := steps_up(g.args[0], facts))}
    if not doubtful:
        return value
    raised = value.xreplace({g: gamma(g.args[0] + n) / prod(g.args[0] + i for i in range(n)) for g, n in doubtful.items()})
    return raised.replace(log, lambda e: log(cancel(e)) if short(e) else log(e))


def steps_up(z: Expr, facts: Facts) -> int:
    """The least n for which z + n is proved to be positive, where z itself is not; 0 where z is, or none is found."""
    if not z.free_symbols or facts.positive(z):
        return 0
    return next((n for n in range(1, MOST_STEPS + 1) if facts.positive(z + n)), 0)


def holes(value: Expr, facts: Facts) -> tuple[Boolean, ...]:
    """That nothing is 0 by which the value divides, or at which a gamma function in it has its first pole."""
    divisors = {d for d in denominators(value)[0] if not d.has(gamma)}
    poles = {z + i for g in every(value, gamma) for z in g.args[:1] for i in range(steps_up(z, facts))}
    poles |= {z + i for g in every(value, polygamma) for z in g.args[1:] for i in range(steps_up(z, facts))}
    return tuple(Ne(d, 0) for d in sorted(divisors | poles, key=str) if not facts.nonzero(d))
