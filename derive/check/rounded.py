"""Integrands with powers of one quadratic without real zeros, in the variable in which these are powers of cosh: x = m + s sinh u.

Such powers are singular at x = m ± is, near which an integral in x takes many short steps; in u nothing is singular within π/2 of the line.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Symbol

from derive.check.neighbourhoods import ball_of
from derive.check.tidied import planted, plus, raised, times

u = Symbol("υ·", real=True)
LONG = 8  # ranges of so many times the distance of the singular points are worth it


def rounded(f: Expr, x: Symbol, a: Expr, b: Expr) -> tuple[Expr, Expr, Expr] | None:
    """(integrand in u, lo, hi), or None where there is no such quadratic, or more than one, or the range is short.

    >>> x = Symbol("x", real=True)
    >>> rounded(1/sp.sqrt(x**2 + 1), x, sp.S(-5), sp.S(5))
    (1, -asinh(5), asinh(5))
    """
    bases = {p.base for p in f.atoms(sp.Pow) if x in p.base.free_symbols and p.base.is_Add and not (p.exp.is_Integer and p.exp > 0)}
    form = quadratic(bases.pop(), x) if len(bases) == 1 else None
    if form is None:
        return None
    base, c, m, s = form
    if not ball_of(b - a) > LONG * ball_of(s):
        return None
    cosh = sp.cosh(u)
    values = {p: times([raised(c, p.exp), raised(s, 2 * p.exp), raised(cosh, 2 * p.exp)]) for p in f.atoms(sp.Pow) if p.base == base}
    g = times([planted(f, {**values, x: plus([m, times([s, sp.sinh(u)])])}), s, cosh])
    return g, *(sp.asinh((end - m) / s) for end in (a, b))


def quadratic(base: Expr, x: Symbol) -> tuple[Expr, Expr, Expr, Expr] | None:
    """(base, c, m, s) with base = c ((x − m)² + s²), c, s > 0, for rational coefficients."""
    if not base.is_polynomial(x):
        return None
    coefficients = sp.Poly(base, x).all_coeffs()
    if len(coefficients) != 3 or not all(k.is_Rational for k in coefficients):
        return None
    c, linear, constant = coefficients
    m = -linear / (2 * c)
    square = constant / c - m**2
    return (base, c, m, sp.sqrt(square)) if c > 0 and square > 0 else None
