"""Functions that rise or fall all the way: which of two values is the larger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Expr, asinh, atan, erf, erfc, lowergamma, sinh, tanh, uppergamma, zeta

if TYPE_CHECKING:
    from derive.algebra.signs import Facts

RISING, FALLING = (atan, asinh, sinh, tanh, erf, lowergamma), (erfc, uppergamma)  # in their last argument


def larger(f: Expr, g: Expr, facts: Facts) -> bool:
    """Whether f = F(A) > F(B) = g is proved: F rises and A > B, or falls and A < B; in Γ(a, z) and γ(a, z) a > 0 and z ≥ 0.

    >>> from sympy import Symbol
    >>> from derive.algebra.signs import Facts
    >>> a, k = Symbol("a", positive=True), Symbol("k", nonnegative=True)
    >>> larger(lowergamma(a, k + 1), lowergamma(a, k), Facts()), larger(erfc(k + 1), erfc(k), Facts())
    (True, False)
    """
    if f.func is not g.func or not isinstance(f, (*RISING, *FALLING)) or f.args[:-1] != g.args[:-1]:
        return False
    above, below = (f, g) if isinstance(f, RISING) else (g, f)
    incomplete = isinstance(f, (lowergamma, uppergamma))
    defined = facts.positive(f.args[0]) and facts.nonnegative(below.args[1]) if incomplete else facts.real(below.args[0])
    return defined and facts.positive(above.args[-1] - below.args[-1])


def zeta_exceeds_one(e: Expr, facts: Facts) -> bool:
    """ζ(s) = 1 + 2^(−s) + … > 1 for s > 1."""
    return isinstance(e, zeta) and len(e.args) == 1 and facts.positive(e.args[0] - 1)
