"""Quotients of what people write, without SymPy's simplify: the project's normal form, and the cancelling of small fractions."""

from __future__ import annotations

from sympy import Expr, cancel

from derive.algebra.monomials import TooLarge, rebuild
from derive.algebra.normal import canonical, multiplied_out, terms
from derive.algebra.rational import small
from derive.algebra.signs import Facts


def reduced(e: Expr, facts: Facts) -> Expr:
    """`e` in normal form, and where it is a small fraction with common factors cancelled; `e` itself where it is too large.

    >>> from sympy import exp, symbols
    >>> n, x = symbols("n x", positive=True)
    >>> reduced(x**(n + 1)*exp(-x)/(x**n*exp(-x)), Facts()), reduced((x**2 - 1)/(x - 1), Facts())
    (x, x + 1)
    """
    try:
        found = canonical(e, facts)
    except TooLarge:
        return e
    return cancel(found) if small(found) else found


def without_squares(e: Expr, facts: Facts) -> Expr:
    """`e` multiplied out with cos² = 1 − sin², as a Jacobian determinant is read.

    >>> from sympy import cos, sin, symbols
    >>> r, t = symbols("r t", positive=True)
    >>> without_squares(r*cos(t)**2 + r*sin(t)**2, Facts())
    r
    """
    try:
        return rebuild(multiplied_out(terms(e, facts), facts))
    except TooLarge:
        return e
