"""Γ(z) Γ(z̄) = |Γ(z)|² as one function of the real and the imaginary part of z, for checks by numbers that know of real functions alone."""

from __future__ import annotations

from flint import acb
from sympy import Expr, Function, I, Mul, conjugate, gamma, re


class GammaSize(Function):  # type: ignore[misc]
    """GammaSize(p, q) = |Γ(p + iq)|² = Γ(p + iq) Γ(p − iq)."""

    nargs = 2
    is_extended_real = True


def conjugates_together(body: Expr) -> Expr:
    """The product with |Γ(z)|² for each Γ(z) Γ(z̄) in it.

    >>> from sympy import Symbol
    >>> a, x = Symbol("a", positive=True), Symbol("x", real=True)
    >>> conjugates_together(x*gamma(a + I*x)*gamma(a - I*x))
    x*GammaSize(a, x)
    """
    if not body.has(I) or not body.has(gamma):
        return body
    factors = list(Mul.make_args(body))
    for factor in [e for e in factors if isinstance(e, gamma)]:
        other = gamma(conjugate(factor.args[0])) if re(factor.args[0]).is_positive else factor
        if other != factor and factor in factors and other in factors:
            factors.remove(factor)
            factors.remove(other)
            p, q = factor.args[0].as_real_imag()
            factors.append(GammaSize(p, -q if q.could_extract_minus_sign() else q))
    return Mul(*factors)


def gamma_size(p: acb, q: acb) -> acb:
    """The product on balls, analytic in p and q but for poles."""
    z = acb(0, 1) * q
    return (p + z).gamma() * (p - z).gamma()
