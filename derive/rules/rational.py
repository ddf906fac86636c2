"""Rational functions by partial fractions: powers of linear factors, and quadratic factors without real zeros."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sympy import Add, Expr, Poly, PolynomialError, S, Symbol, apart, atan, factor_list, fraction, log, sqrt, together

from derive.algebra.limits import summed_limit
from derive.algebra.rational import short
from derive.algebra.signs import Facts
from derive.language.claims import Values
from derive.language.parts import operations
from derive.language.totals import Lebesgue, Total
from derive.rules.letters import A, B, F, f
from derive.rules.measure import ANTIDERIVATIVE
from derive.rules.values import function, measure_values

HIGHEST = 8  # degree of a numerator or denominator


@dataclass(frozen=True)
class Piece:
    """c log(base) for the bases, and what is algebraic or an arctangent: an antiderivative in two parts."""

    logs: tuple[tuple[Expr, Expr], ...] = ()
    rest: Expr = S.Zero


def partial_fractions(total: Total, facts: Facts) -> Iterator[Values]:
    """F for a rational function whose denominator has linear and quadratic factors."""
    m, v = total.measure, total.x
    if not isinstance(m, Lebesgue) or not total.body.is_rational_function(v) or total.body.is_polynomial(v) or not short(total.body):
        return
    inside = facts.within(v, m)
    found = antiderivative(total.body, v, inside, m.lo.is_infinite or m.hi.is_infinite)
    if found is None:
        return
    low, high = summed_limit(found, v, m.lo, 1, inside), summed_limit(found, v, m.hi, -1, inside)
    if low is not None and high is not None and low.is_finite is not False and high.is_finite is not False:
        yield {**measure_values(total), f: function(v, total.body), F: function(v, found), A: low, B: high}


def antiderivative(body: Expr, x: Symbol, facts: Facts, far: bool) -> Expr | None:
    """F with F′ = body; with `far` its logarithms are those of quotients, which have limits at infinity.

    >>> x = Symbol("x", positive=True)
    >>> antiderivative(1/(x*(x + 1)), x, Facts(), True).diff(x).equals(1/(x*(x + 1)))
    True
    """
    above, below = fraction(together(body))
    try:
        factors = [b for b, _ in factor_list(below, x)[1]]
        if any(Poly(e, x).degree() > HIGHEST for e in (above, below)) or any(Poly(b, x).degree() > 2 for b in factors):
            return None
        parts = [piece(term, x, facts) for term in Add.make_args(apart(body, x))]
    except (PolynomialError, NotImplementedError):
        return None
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    logs = logarithms([pair for part in known for pair in part.logs], x, far)
    return None if logs is None else logs + Add(*(part.rest for part in known))


def logarithms(pairs: list[tuple[Expr, Expr]], x: Symbol, far: bool) -> Expr | None:
    """Σ c log(base); with `far` as Σ c log(base/other^n) with one of the bases, where the c and the degrees allow it."""
    if not far or not pairs:
        return Add(*(c * log(base) for c, base in pairs))
    degrees = [Poly(base, x).degree() for _, base in pairs]
    if Add(*(c * n for (c, _), n in zip(pairs, degrees, strict=True))).together().cancel() != 0:
        return None
    at = max(range(len(pairs)), key=lambda i: (-degrees[i], operations(pairs[i][1])))
    other, n = pairs[at][1], degrees[at]
    return Add(*(c * log(base / other ** (S(d) / n)) for i, ((c, base), d) in enumerate(zip(pairs, degrees, strict=True)) if i != at))


def piece(term: Expr, x: Symbol, facts: Facts) -> Piece | None:
    """The antiderivative of c x^n, c/(αx + β)^n or (px + q)/(αx² + βx + γ)^n."""
    above, below = fraction(together(term))
    if not below.has(x):
        poly = Poly(above, x)
        return Piece(rest=Add(*(c / below * x ** (n + 1) / (n + 1) for (n,), c in poly.terms())))
    constant, [(base, n), *more] = factor_list(below, x)
    if more:
        return None
    coefficients = Poly(base, x).all_coeffs()
    top = above / constant
    if len(coefficients) == 2:
        return over_linear(top, base, coefficients[0], n, facts)
    p, q = Poly(top, x).nth(1), Poly(top, x).nth(0)
    return over_quadratic(p, q, base, tuple(coefficients), n, x, facts)


def over_linear(c: Expr, base: Expr, slope: Expr, n: int, facts: Facts) -> Piece | None:
    if n > 1:
        return Piece(rest=-c / (slope * (n - 1) * base ** (n - 1)))
    side = upright(base, facts)
    return None if side is None else Piece(((c / slope, side),))


def upright(base: Expr, facts: Facts) -> Expr | None:
    """The base or its negative, whichever is positive on the support."""
    return base if facts.positive(base) else (-base).expand() if facts.negative(base) else None


def over_quadratic(p: Expr, q: Expr, base: Expr, abc: tuple[Expr, ...], n: int, x: Symbol, facts: Facts) -> Piece | None:
    """∫ (px + q)/Q^n = p/(2α) ∫ Q′/Q^n + (q − pβ/(2α)) ∫ 1/Q^n with Q = αx² + βx + γ, 4αγ − β² > 0."""
    a, b, c = abc
    gap = 4 * a * c - b**2
    if not facts.positive(gap) or not facts.positive(a):
        return None
    share = p / (2 * a)
    slope = Piece(((share, base),)) if n == 1 else Piece(rest=-share / ((n - 1) * base ** (n - 1)))
    plain = (q - share * b) * reciprocal(base, (a, b, gap), n, x)
    return Piece(slope.logs if share != 0 else (), slope.rest + plain)


def reciprocal(base: Expr, abd: tuple[Expr, Expr, Expr], n: int, x: Symbol) -> Expr:
    """∫ dx/Q^n = (2αx + β)/((n − 1) D Q^(n−1)) + 2α(2n − 3)/((n − 1) D) ∫ dx/Q^(n−1), D = 4αγ − β² (Gradshteyn-Ryzhik 2.171.4)."""
    a, b, gap = abd
    if n == 1:
        return 2 / sqrt(gap) * atan((2 * a * x + b) / sqrt(gap))
    return (2 * a * x + b) / ((n - 1) * gap * base ** (n - 1)) + 2 * a * (2 * n - 3) / ((n - 1) * gap) * reciprocal(base, abd, n - 1, x)


def no_beta_integral(total: Total, facts: Facts) -> Iterator[Values]:
    """The same where it is the plain way: on a bounded interval, and with two linear factors besides x on an unbounded one."""
    m, v = total.measure, total.x
    if not isinstance(m, Lebesgue) or not total.body.is_rational_function(v) or not short(total.body):
        return
    bases = [b for b, _ in factor_list(fraction(together(total.body))[1], v)[1] if b != v]
    bounded = not (m.lo.is_infinite or m.hi.is_infinite)
    if bounded or len(bases) > 1 and all(Poly(b, v).degree() == 1 for b in bases):
        yield from partial_fractions(total, facts)


EARLY_FRACTIONS = replace(ANTIDERIVATIVE, find=no_beta_integral)
PARTIAL_FRACTIONS = replace(ANTIDERIVATIVE, find=partial_fractions)
