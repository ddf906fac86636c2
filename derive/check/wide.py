"""Wide sums, which are integrated term by term: each term peaks and turns at few places, the sum at many."""

from __future__ import annotations

from sympy import Add, Expr, Mul

WIDE = 4  # terms; a sum of no more is taken as a whole


def wide(body: Expr) -> tuple[list[Expr], tuple[Expr, ...]] | None:
    """The other factors and the terms of the wide sum in a product, or None where there is none.

    >>> from sympy import exp
    >>> from sympy.abc import x
    >>> factors, terms = wide(exp(-x)*sum(x**i for i in range(10)))
    >>> factors, len(terms), wide(exp(-x)*(1 + x))
    ([exp(-x)], 10, None)
    """
    factors = Mul.make_args(body)
    found = next((f for f in factors if isinstance(f, Add) and len(f.args) > WIDE), None)
    return None if found is None else ([f for f in factors if f is not found], found.args)
