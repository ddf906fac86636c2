"""Lagrange's expansion: Abel's and Rothe's series, which sum the Borel and the generalized Poisson and binomial families."""


from sympy import Expr, Symbol, factorial

from derive.algebra.normal import TooLarge, canonical
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.totals import Total

q, a, w, z, m = (Symbol(name, positive=True) for name in "qawzm")
r = Symbol("r", nonnegative=True)


def geometric_part(rest: Expr, index: Symbol, facts: Facts) -> tuple[Expr, Expr] | None:
    """(c, u) with rest = c u^k, or None."""
    try:
        u = canonical(rest.subs(index, index + 1) / rest, facts)
        c = canonical(rest / u**index, facts)
    except TooLarge:
        return None
    return None if u.has(index) or c.has(index) else (c, u)


def abel_shape(total: Total, facts: Facts) -> tuple[Expr, Expr, Expr] | None:
    """(q, r, u) of terms (q + rk)^(k−1) u^k/k!."""
    inside, index = facts.within(total.x, total.measure), total.x
    for base, exponent in sorted(((p.base, p.exp) for p in total.body.atoms(type(index**index)) if p.exp.has(index)), key=str):
        found = linear(base, index)
        if found is not None and linear(exponent, index) and linear(exponent, index)[0] == 1:  # type: ignore[index]
            part = geometric_part(total.body * factorial(index) / base ** (index - 1), index, inside)
            if part is not None and part[0] == 1:
                return found[1], found[0], part[1]
    return None
