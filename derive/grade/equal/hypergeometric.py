"""Hypergeometric functions with few parameters as the functions that they are, where the conditions are proved."""

from __future__ import annotations

from sympy import Add, Expr, Rational, asin, atan, besseli, binomial, exp, factorial, ff, gamma, hyper, log, lowergamma, sqrt

from derive.algebra.signs import Facts

HALF = Rational(1, 2)
MOST = 9  # of a lower parameter whose function is written out by powers and exponentials


def hypergeometric(e: Expr, facts: Facts) -> Expr | None:
    """A hypergeometric function by simpler ones; SymPy's own table is not proved here."""
    above, below, z = e.args
    shared = next((a for a in above if a in below), None)
    if shared is not None:  # equal parameters above and below cancel
        return hyper(without(above, shared), without(below, shared), z)
    match len(above), len(below):
        case 0, 0:
            return exp(z)
        case 1, 0:  # DLMF 15.4.6
            return (1 - z) ** (-above[0])
        case 0, 1:
            return bessel(below[0], z, facts)
        case 1, 1:
            return kummer(above[0], below[0], z, facts)
        case 2, 1:
            return gauss(tuple(above), below[0], z, facts)
    return None


def without(values: tuple[Expr, ...], one: Expr) -> list[Expr]:
    left = list(values)
    left.remove(one)
    return left


def bessel(b: Expr, z: Expr, facts: Facts) -> Expr | None:
    """₀F₁(; b; z) = Γ(b) z^((1−b)/2) I_{b−1}(2√z) for z > 0, DLMF 10.39.9.

    >>> bessel(Rational(1), Rational(4), Facts())
    besseli(0, 4)
    """
    return gamma(b) * z ** ((1 - b) / 2) * besseli(b - 1, 2 * sqrt(z)) if facts.positive(z) else None


def kummer(a: Expr, b: Expr, z: Expr, facts: Facts) -> Expr | None:
    """₁F₁(a; b; z) = e^z ₁F₁(b − a; b; −z), and ₁F₁(1; b; z) = (b − 1) z^(1−b) e^z γ(b − 1, z) for b > 1, z > 0, DLMF 13.2.39, 8.5.1."""
    if (a, b) == (1, 2) and facts.nonzero(z):  # by its series
        return (exp(z) - 1) / z
    if a.is_Integer and b.is_Integer and 0 < a < b < MOST and facts.nonzero(z):
        return kummer_of_whole(int(a), int(b), z)
    if z.could_extract_minus_sign():
        return exp(z) * hyper([(b - a).expand()], [b], -z)
    if a == 1 and facts.positive(z) and facts.positive(b - 1):
        s = (b - 1).expand()
        return s * z**-s * exp(z) * lowergamma(s, z)
    return None


def kummer_of_whole(a: int, b: int, z: Expr) -> Expr:
    """Γ(b)/(Γ(a) Γ(b − a)) ∫₀¹ e^(zt) t^(a−1) (1 − t)^(b−a−1) dt for whole 0 < a < b, written out, DLMF 13.4.1.

    >>> from sympy.abc import z
    >>> kummer_of_whole(1, 2, z)
    exp(z)/z - 1/z
    """
    def moment(m: int) -> Expr:  # ∫₀¹ t^m e^(zt) dt, by parts
        return Add(*((-1) ** k * ff(m, k) * exp(z) / z ** (k + 1) for k in range(m + 1)), -((-1) ** m) * factorial(m) / z ** (m + 1))

    scale = gamma(b) / (gamma(a) * gamma(b - a))
    return Add(*((-1) ** j * binomial(b - a - 1, j) * moment(a - 1 + j) for j in range(b - a))).expand() * scale


def gauss(above: tuple[Expr, ...], c: Expr, z: Expr, facts: Facts) -> Expr | None:
    """₂F₁ at 1 for c > a + b, and the logarithms, arctangents and arcsines among them, DLMF 15.4.20, 15.4.1, 15.4.2-4."""
    a, b = above
    if z == 1:
        rest = (c - a - b).expand()
        return gamma(c) * gamma(rest) / (gamma((c - a).expand()) * gamma((c - b).expand())) if facts.positive(rest) else None
    kind, inside = (*sorted(above, key=str), c), facts.positive(z) and facts.positive(1 - z)
    if kind == (1, 1, 2) and facts.positive(1 - z) and facts.nonzero(z):
        return -log(1 - z) / z
    if kind == (1, HALF, Rational(3, 2)) and facts.positive(-z):
        return atan(sqrt(-z)) / sqrt(-z)
    if kind == (1, HALF, Rational(3, 2)) and inside:
        return (log(1 + sqrt(z)) - log(1 - sqrt(z))) / (2 * sqrt(z))
    if kind == (HALF, HALF, Rational(3, 2)) and inside:
        return asin(sqrt(z)) / sqrt(z)
    return None
