"""Values as a textbook prints them, and derivatives of logarithms."""

from __future__ import annotations

from sympy import Expr, Mul, PolynomialError, Pow, S, Symbol, count_ops, exp, expand_log, factor, gamma, log, loggamma, polygamma

from derive.algebra.normal import TooLarge, canonical
from derive.algebra.signs import Facts
from derive.search.presentable import presentable


def neat(e: Expr, facts: Facts) -> Expr:
    """The shortest of a few equal forms.

    >>> from sympy import symbols
    >>> a, b = symbols("a b", positive=True)
    >>> neat(a*(a + 1)/b**2 - a**2/b**2, Facts())
    a/b**2
    """
    forms = [e]
    try:
        forms.append(canonical(e, facts))
        forms.append(presentable(e, facts))
    except TooLarge:
        return e
    for form in tuple(dict.fromkeys(forms)):
        try:
            if count_ops(form) < 80:
                forms.append(factor(form))
        except (PolynomialError, ValueError):
            continue
    return min(forms, key=lambda f: (length(f), str(f).count("-"), str(f)))


def length(e: Expr) -> int:
    """How long an expression looks."""
    return int(count_ops(e)) + 2 * len(e.atoms(gamma, loggamma, polygamma))


def log_derivative(e: Expr, t: Symbol) -> Expr:
    """d log e / dt, factor by factor.

    >>> from sympy.abc import a, b, t
    >>> log_derivative(gamma(a + t)*(b - t)**(-a), t)
    a/(b - t) + polygamma(0, a + t)
    """
    if not e.has(t):
        return S.Zero
    if isinstance(e, Mul):
        return sum((log_derivative(f, t) for f in e.args), S.Zero)
    if isinstance(e, exp):
        return e.args[0].diff(t)
    if isinstance(e, Pow):
        slope = e.exp.diff(t)
        return e.exp * log_derivative(e.base, t) + (slope * log(e.base) if slope != 0 else 0)
    if isinstance(e, gamma):
        return polygamma(0, e.args[0]) * e.args[0].diff(t)
    return e.diff(t) / e


def log_of(e: Expr) -> Expr:
    """log e with logarithms of products taken apart, where the signs of the factors allow it."""
    return expand_log(log(e))
