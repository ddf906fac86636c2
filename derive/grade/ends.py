"""Limits that a hand-in takes: by continuity, of powers 1^∞ as in (1 + λ/n)ⁿ, of incomplete gamma functions, of products."""

from __future__ import annotations

from sympy import Add, Expr, Mul, Pow, S, Symbol, acos, asin, atan, cos, cosh, erf, exp, gamma, log, lowergamma, sin, sinh, tanh, uppergamma

from derive.algebra.limits import summed_limit
from derive.algebra.signs import Facts

ENTIRE = (exp, sin, cos, sinh, cosh, tanh, atan, erf)  # continuous on the real line


def limit_at(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """lim e as x → end from one side; None where it is not decided.

    >>> n, z = Symbol("n", positive=True), Symbol("z", real=True)
    >>> limit_at((1 + z/n)**n, n, S.Infinity, -1, Facts()), limit_at(asin(z**2), z, S.One, -1, Facts())
    (exp(z), pi/2)
    """
    if not e.has(x):
        return e
    for way in (lambda: summed_limit(e, x, end, side, facts), lambda: continued(e, x, end, facts),
                lambda: power_of_one(e, x, end, side, facts), lambda: incomplete(e, x, end, side, facts),
                lambda: by_parts(e, x, end, side, facts)):  # fmt: skip
        found = way()
        if found is not None:
            return found
    return None


def continued(e: Expr, x: Symbol, end: Expr, facts: Facts) -> Expr | None:
    """The value at a finite end, where e is continuous there."""
    return e.xreplace({x: end}) if end.is_finite is not False and continuous(e, x, end, facts) else None


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
    return facts.positive(at[0]) if isinstance(e, log) else isinstance(e, ENTIRE) and facts.real(at[0])


def power_of_one(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """b^c → e^L where b → 1 and (b − 1) c → L, since log(1 + u) ~ u for u → 0."""
    if not isinstance(e, Pow) or not (e.base.has(x) and e.exp.has(x)) or summed_limit(e.base, x, end, side, facts) != 1:
        return None
    found = summed_limit((e.base - 1) * e.exp, x, end, side, facts)
    return exp(found) if found is not None and found.is_finite is not False else None


def incomplete(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """Γ(s, z) → 0 and γ(s, z) → Γ(s) for z → ∞, γ(s, z) → 0 and Γ(s, z) → Γ(s) for z → 0 where s > 0, DLMF 8.2."""
    if not isinstance(e, (lowergamma, uppergamma)) or e.args[0].has(x) or not facts.real(e.args[0]):
        return None
    s, z = e.args
    to = summed_limit(z, x, end, side, facts)
    if to not in (S.Zero, S.Infinity) or not facts.positive(s) and not (to is S.Infinity and isinstance(e, uppergamma)):
        return None
    return gamma(s) if (to is S.Infinity) == isinstance(e, lowergamma) else S.Zero


def by_parts(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """The limit of a sum or product as the sum or product of finite limits."""
    if not isinstance(e, (Add, Mul)):
        return None
    found = [limit_at(a, x, end, side, facts) for a in e.args]
    return e.func(*found) if all(f is not None and f.is_finite is not False for f in found) else None
