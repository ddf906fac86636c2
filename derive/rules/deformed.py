"""Powers of √(1 + x²) − x, which deform the exponential function: the laws of Kaniadakis and kernels like them."""

from collections.abc import Iterator

from sympy import Add, Expr, S, Symbol, beta, sqrt

from derive.algebra.equality import equal
from derive.algebra.reading import binomial_base
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import POSITIVE, Total
from derive.rules.letters import b, p, s, x
from derive.rules.shapes import monomial, shape_of

a, r = Symbol("a", positive=True), Symbol("r", positive=True)


def root_and_power(base: Expr, v: Symbol, facts: Facts) -> tuple[Expr, Expr, Expr, int] | None:
    """(a, b, p, ±1) where the base is √(a² + b² x^(2p)) ± b x^p."""
    roots = [part for part in Add.make_args(base) if part.has(v) and part.as_coeff_Mul()[1].is_Pow and part.as_coeff_Mul()[1].exp == S.Half]
    if len(roots) != 1 or len(Add.make_args(base)) != 2:
        return None
    size, root = roots[0].as_coeff_Mul()
    below, other = binomial_base(root.base, v), monomial(base - roots[0], v, facts)
    if below is None or other is None or size <= 0 or not equal(size**2 * below[1], other[0] ** 2, facts) or below[2] != 2 * other[1]:
        return None
    sign = 1 if facts.positive(other[0]) else -1
    return size * sqrt(below[0]), sign * other[0], other[1], sign


def powers_of_roots(total: Total, facts: Facts, sign: int) -> Iterator[Values]:
    """x^(ps−1) (√(a² + b² x^(2p)) − b x^p)^r, or with + and −r."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    if shape is None or shape.exps or len(shape.rest) != 1:
        return
    ((base, n),) = shape.rest.items()
    found = root_and_power(base, total.x, shape.facts) if isinstance(base, Add) else None
    if found is not None and found[3] == sign:
        yield {x: total.x, a: found[0], b: found[1], p: found[2], r: -sign * n, s: (shape.power + 1) / found[2]}


def falling(sign: int) -> Claim:
    """x^p = (a/b) sinh u leaves a beta function of e^(−2u)."""
    base = sqrt(a**2 + b**2 * x ** (2 * p)) + sign * b * x**p
    value = r * a ** (s - sign * r) / (s * p * b**s * 2 ** (s + 1)) * beta((r - s) / 2, s + 1)
    return Claim(Total(x ** (p * s - 1) * base ** (-sign * r), x, POSITIVE), value, given=(r > s,))


FALLING_ROOT, RISING_ROOT = (
    Rule(name, falling(sign), kind="cited", find=lambda total, facts, sign=sign: powers_of_roots(total, facts, sign), source=source)
    for name, sign, source in (
        ("power_of_falling_root", -1, "x^p = (a/b) sinh u by parts and Gradshteyn-Ryzhik 3.541.1; Kaniadakis, Physica A 296 (2001) 405"),
        ("power_of_rising_root", 1, "√(a² + b²x²) + bx = a²/(√(a² + b²x²) − bx), then as power_of_falling_root"),
    )
)
