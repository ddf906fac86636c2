"""Antiderivatives of the root of a quadratic, of its reciprocal, and of polynomials beside them."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Expr, Mul, Poly, Pow, S, Symbol, asin, asinh, cancel, degree, log, sqrt

from derive.algebra.rational import short
from derive.algebra.reading import linear, polynomial
from derive.algebra.signs import Facts
from derive.language.claims import Values
from derive.language.parts import factors_free_of
from derive.language.totals import Total
from derive.rules import measure
from derive.rules.antiderivatives import evaluated

HIGHEST = 6  # degree of a polynomial beside the root


def by_root(total: Total, facts: Facts) -> Iterator[Values]:
    """F for the root of a quadratic and its reciprocal; between its two zeros they are beta integrals."""
    roots = [p for p in Mul.make_args(total.body) if is_root(p, total.x)]
    if len(roots) == 1 and not all(roots[0].base.xreplace({total.x: end}) == 0 for end in total.measure.args):
        yield from evaluated(total, facts, antiderivative_of_root)
        yield from evaluated(total, facts, polynomial_and_root, whole=True)
    two = [p.base for p in Mul.make_args(total.body) if isinstance(p, Pow) and p.exp == -S.Half and p.base.has(total.x)]
    if len(two) == 2 and not all(any(line.xreplace({total.x: end}) == 0 for line in two) for end in total.measure.args):
        yield from evaluated(total, facts, antiderivative_of_two_roots)


def is_root(p: Expr, x: Symbol) -> bool:
    """Whether p is √Q or 1/√Q for a sum Q."""
    return isinstance(p, Pow) and p.exp in (S.Half, -S.Half) and isinstance(p.base, Add) and p.base.has(x)


def antiderivative_of_root(body: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """∫ dx/√Q = G and ∫ √Q dx = (y √Q + d G)/2 for Q = αy² + d with y = x + β/(2α): G = arcsin(√(−α/d) y)/√−α, or arsinh for α > 0; for
    α > 0 > d it is log(√α y + √Q)/√α on the branch with y > 0.

    >>> x = Symbol("x", real=True)
    >>> antiderivative_of_root(1/sqrt(1 + x**2), x, Facts()), antiderivative_of_root(sqrt(4 - x**2), x, Facts())
    (asinh(x), x*sqrt(4 - x**2)/2 + 2*asin(x/2))
    """
    c, root = factors_free_of(body, [x])
    found = polynomial(root.base, x, 2, facts) if is_root(root, x) else None
    if found is None:
        return None
    a, b, rest = found
    y, d = x + b / (2 * a), rest - b**2 / (4 * a)
    if facts.positive(d) and facts.negative(a):
        g = asin(sqrt(-a / d) * y) / sqrt(-a)
    elif facts.positive(d) and facts.positive(a):
        g = asinh(sqrt(a / d) * y) / sqrt(a)
    elif facts.negative(d) and facts.positive(a) and facts.positive(y):
        g = log(sqrt(a) * y + sqrt(root.base)) / sqrt(a)
    else:
        return None
    return c * (g if root.exp < 0 else y * root / 2 + d * g / 2)


def antiderivative_of_two_roots(body: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """∫ dx/√((x − c)(D − x)) = 2 arcsin √((x − c)/(D − c)).

    >>> x = Symbol("x", positive=True)
    >>> antiderivative_of_two_roots(1/sqrt(x)/sqrt(2 - x), x, Facts())
    2*asin(sqrt(2)*sqrt(x)/2)
    """
    c, roots = factors_free_of(body, [x])
    lines = [linear(p.base, x) for p in Mul.make_args(roots) if isinstance(p, Pow) and p.exp == -S.Half]
    known = [line for line in lines if line is not None]
    if len(known) != 2 or len(Mul.make_args(roots)) != 2:
        return None
    (up, low), (down, high) = known if facts.positive(known[0][0]) else known[::-1]
    if not (facts.positive(up) and facts.negative(down)):
        return None
    start, width = -low / up, low / up - high / down
    return c * 2 * asin(sqrt(x - start) / sqrt(width)) / sqrt(-up * down) if facts.positive(width) else None


def polynomial_and_root(body: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """∫ P dx/√Q = R √Q + λ ∫ dx/√Q for a polynomial P and a quadratic Q, and ∫ P √Q dx = ∫ P Q dx/√Q: the coefficients of R from the top down.

    >>> x = Symbol("x", real=True)
    >>> polynomial_and_root(x**2/sqrt(1 - x**2), x, Facts())
    -x*sqrt(1 - x**2)/2 + asin(x)/2
    """
    roots = [p for p in Mul.make_args(body) if is_root(p, x)]
    if len(roots) != 1 or not (rest := body / roots[0]).is_polynomial(x) or not short(rest) or not 0 < degree(rest, x) <= HIGHEST:
        return None
    base = roots[0].base
    plain = antiderivative_of_root(1 / sqrt(base), x, facts)
    left, square = Poly(rest * (base if roots[0].exp > 0 else 1), x), Poly(base, x)
    found = Poly(0, x)
    for n in range(left.degree() - 1, -1, -1):  # (x^n √Q)′ = (n x^(n − 1) Q + x^n Q′/2)/√Q
        part = Poly(x**n, x) * cancel(left.coeff_monomial(x ** (n + 1)) / (square.LC() * (n + 1)))
        found += part
        left = (left - part.diff(x) * square - part * square.diff(x) / 2).set_domain("EX")
    return None if plain is None else found.as_expr() * sqrt(base) + left.as_expr() * plain


ROOT_OF_QUADRATIC = replace(measure.ANTIDERIVATIVE, find=by_root)
