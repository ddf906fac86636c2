"""Polynomials that vanish at both zeros of a sine, over the sine: x (π − x)/sin x."""

from collections.abc import Iterator

from sympy import Add, Expr, Mul, Poly, S, Symbol, csc, pi, sin, zeta

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Values
from derive.language.totals import Lebesgue, Total
from derive.rules.letters import x
from derive.rules.shapes import heads

h = Symbol("h", positive=True)
MOST = 5  # coefficients beside the two zeros


def coefficients(n: int) -> list[Symbol]:
    return [Symbol(f"c{i}", real=True) for i in range(n)]


def over_sine(n: int) -> tuple[Claim, tuple[Claim, ...]]:
    """∫ P(x)/sin(πx/h) dx = −2 Σ_i (−1)^i (P^(2i+2)(0) + P^(2i+2)(h)) (h/π)^(2i+3) (1 − 2^(−2i−3)) ζ(2i + 3) where P(0) = P(h) = 0."""
    p = x * (h - x) * Add(*(c * x**i for i, c in enumerate(coefficients(n))))
    terms = []
    for i in range((n + 1) // 2):
        bent = p.expand().diff(x, 2 * i + 2)
        odd = 2 * i + 3
        terms.append(-2 * (-1) ** i * (bent.subs(x, 0) + bent.subs(x, h)) * (h / pi) ** odd * (1 - S(2) ** -odd) * zeta(odd))
    return Claim(Total(p / sin(pi * x / h), x, Lebesgue(0, h)), Add(*terms)), ()


def polynomial_over_sine(total: Total, facts: Facts) -> Iterator[Values]:
    """x (h − x) (c₀ + c₁x + …)/sin(πx/h) on (0, h)."""
    m = total.measure
    if not isinstance(m, Lebesgue) or m.lo != 0 or not m.hi.is_finite or heads(total.body) not in ({sin}, {csc}):
        return
    factors = Mul.make_args(total.body)
    waves = [f for f in factors if isinstance(f, csc) or f.is_Pow and isinstance(f.base, sin) and f.exp == -1]
    above = Mul(*(f for f in factors if f not in waves))
    line = linear(waves[0].args[0] if isinstance(waves[0], csc) else waves[0].base.args[0], total.x) if len(waves) == 1 else None
    if line is not None and line[1] == 0 and (line[0] * m.hi - pi).expand() == 0 and above.is_polynomial(total.x):
        yield from between_zeros(above, total.x, m.hi)


def between_zeros(above: Expr, v: Symbol, end: Expr) -> Iterator[Values]:
    """The coefficients of P(v)/(v (end − v)), where that is a polynomial."""
    rest, left = Poly(above, v).div(Poly(v * (end - v), v))
    found = rest.all_coeffs()[::-1]
    if all(c.expand() == 0 for c in left.all_coeffs()) and len(found) <= MOST:
        yield {x: v, h: end, SIZE: S(len(found)), **dict(zip(coefficients(len(found)), found, strict=True))}


POLYNOMIAL_OVER_SINE = Rule("polynomial_over_sine", over_sine(1)[0], kind="cited", schema=over_sine, find=polynomial_over_sine,
                            source="By parts and DLMF 4.26, 25.2.2; Gradshteyn-Ryzhik 3.747")  # fmt: skip
