"""Squares of the classical orthogonal polynomials under their weights (DLMF 18.3.1)."""

from collections.abc import Callable, Iterator

from sympy import (
    Expr,
    S,
    Symbol,
    assoc_laguerre,
    chebyshevt,
    chebyshevu,
    exp,
    factorial,
    gamma,
    gegenbauer,
    hermite,
    laguerre,
    legendre,
    pi,
    sqrt,
)

from derive.algebra.equality import equal
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import POSITIVE, REALS, Lebesgue, Total
from derive.rules.letters import b, x
from derive.rules.shapes import shape_of

n = Symbol("n", integer=True, nonnegative=True)
k = Symbol("k", integer=True, positive=True)
e = Symbol("e", real=True)
Finder = Callable[[Total, Facts], Iterator[Values]]

TABLE = Lebesgue(-1, 1)


def squared(total: Total, facts: Facts, kind: type) -> Expr | None:
    """The polynomial whose square is a factor of the integrand."""
    shape = shape_of(total, facts) if contains(total.body, kind) else None
    return next((base for base, power in shape.rest.items() if isinstance(base, kind) and power == 2), None) if shape else None


def finder(kind: type, letters: tuple[Symbol, ...], scaled: bool, claim: Claim) -> Finder:
    """Values for the polynomial's degree and parameters, and b where its argument is bx; the claim has to fit as a whole."""

    def find(total: Total, facts: Facts) -> Iterator[Values]:
        found = squared(total, facts, kind) if total.measure == claim.left.measure else None
        parts = linear(found.args[-1], total.x) if found is not None else None
        if found is None or parts is None or parts[1] != 0:
            return
        values = {x: total.x, **dict(zip(letters, found.args, strict=False)), **({b: parts[0]} if scaled else {})}
        if (scaled or parts[0] == 1) and equal(claim.at(values).left, total, facts):
            yield values

    return find


def square(name: str, kind: type, letters: tuple[Symbol, ...], claim: Claim, scaled: bool = False) -> Rule:
    return Rule(name, claim, kind="cited", find=finder(kind, letters, scaled, claim), source="DLMF 18.3.1")


LAGUERRE_NORM = gamma(n + e + 1) / (factorial(n) * b ** (e + 1))
ASSOCIATED_LAGUERRE = square(
    "associated_laguerre_square",
    assoc_laguerre,
    (n, e),
    Claim(Total(x**e * exp(-b * x) * assoc_laguerre(n, e, b * x) ** 2, x, POSITIVE), LAGUERRE_NORM, given=(e > -1,)),
    True,
)
LAGUERRE = square(
    "laguerre_square", laguerre, (n,), Claim(Total(exp(-b * x) * laguerre(n, b * x) ** 2, x, POSITIVE), 1 / b), True
)
HYDROGEN = square(
    "laguerre_square_moment",
    assoc_laguerre,
    (n, e),
    Claim(
        Total(x ** (e + 1) * exp(-b * x) * assoc_laguerre(n, e, b * x) ** 2, x, POSITIVE),
        LAGUERRE_NORM * (2 * n + e + 1) / b,
        given=(e > -1,),
    ),
    True,
)
HERMITE = square(
    "hermite_square",
    hermite,
    (n,),
    Claim(Total(exp(-(b**2) * x**2) * hermite(n, b * x) ** 2, x, REALS), sqrt(pi) * 2**n * factorial(n) / b),
    True,
)
LEGENDRE = square("legendre_square", legendre, (n,), Claim(Total(legendre(n, x) ** 2, x, TABLE), 2 / (2 * n + 1)))
CHEBYSHEV_T = square(
    "chebyshev_t_square", chebyshevt, (k,), Claim(Total(chebyshevt(k, x) ** 2 / sqrt(1 - x**2), x, TABLE), pi / 2)
)
CHEBYSHEV_U = square(
    "chebyshev_u_square", chebyshevu, (n,), Claim(Total(chebyshevu(n, x) ** 2 * sqrt(1 - x**2), x, TABLE), pi / 2)
)
GEGENBAUER = square(
    "gegenbauer_square",
    gegenbauer,
    (n, e),
    Claim(
        Total(gegenbauer(n, e, x) ** 2 * (1 - x**2) ** (e - S.Half), x, TABLE),
        2 ** (1 - 2 * e) * pi * gamma(n + 2 * e) / ((n + e) * gamma(e) ** 2 * factorial(n)),
        given=(e > 0,),
    ),
)
