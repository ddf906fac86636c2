"""Hypergeometric functions with a shorter name: square roots, logarithms, arcsines and error functions."""

from __future__ import annotations

from sympy import Expr, Rational, S, asin, asinh, exp, expand, hyper, log, lowergamma, sqrt

HALF = Rational(1, 2)
MOST = 5  # twice the largest half-integer below, of which an error function is written


def shorter_name(e: hyper) -> Expr | None:
    """₂F₁(a, a + ½; 2a or 2a + 1; z) by a root, ₂F₁(1, 1; 2; z) by a logarithm, ₂F₁(1, 1; ½ or 3/2; z) by an arcsine (DLMF 15.4.1,
    15.4.17, 15.4.18), ₁F₁(1; 3/2 or 5/2; z) by an error function (DLMF 13.6.5).

    >>> from sympy import Symbol
    >>> z = Symbol("z", positive=True)
    >>> [shorter_name(hyper(*p, z)) for p in (([1, 1], [2]), ([HALF, 1], [2]), ([1], [3*HALF]))]
    [-log(1 - z)/z, 2/(sqrt(1 - z) + 1), sqrt(pi)*exp(z)*erf(sqrt(z))/(2*sqrt(z))]
    """
    z = e.argument
    if len(e.bq) != 1 or z == 0:
        return None
    (c,) = e.bq
    if len(e.ap) == 1:
        half = e.ap[0] == 1 and (c - HALF).is_Integer and 1 < 2 * c <= MOST and z.is_positive
        return (c - 1) * z ** (1 - c) * exp(z) * lowergamma(c - 1, z) if half else None
    if tuple(e.ap) == (1, 1):
        return -log(1 - z) / z if c == 2 else by_arcsine(c, z)
    return by_root(e, c, z) if len(e.ap) == 2 else None


def by_arcsine(c: Expr, z: Expr) -> Expr | None:
    """₂F₁(1, 1; 3/2; z) = arcsin √z/√(z(1 − z)), and ₂F₁(1, 1; ½; z) = (1 + z ₂F₁(1, 1; 3/2; z))/(1 − z)."""
    if c not in (HALF, 3 * HALF) or not (z.is_positive or z.is_negative):
        return None
    root = sqrt(z if z.is_positive else -z)
    found: Expr = (asin if z.is_positive else asinh)(root) / (root * sqrt(1 - z))
    return found if c != HALF else (1 + z * found) / (1 - z)


def by_root(e: hyper, c: Expr, z: Expr) -> Expr | None:
    """₂F₁(a, a + ½; 2a + 1; z) = (2/(1 + √(1 − z)))^(2a), and with 2a below the same to the power 2a − 1 over √(1 − z)."""
    for a, b in (tuple(e.ap), tuple(e.ap)[::-1]):
        if expand(b - a - HALF) == 0 and expand(c - 2 * a) in (S.Zero, S.One):
            root = sqrt(1 - z)
            return (2 / (1 + root)) ** (2 * a) if expand(c - 2 * a) == 1 else (2 / (1 + root)) ** (2 * a - 1) / root
    return None
