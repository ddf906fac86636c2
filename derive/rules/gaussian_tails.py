"""Tails of the Gaussian beside e^(−bx²) and squared, and Weber's integral of a squared Bessel function under a Gaussian."""

from collections.abc import Iterator

from sympy import Abs, Add, Expr, S, Symbol, atan, besseli, besselj, erf, erfc, exp, gamma, hyper, pi, sqrt

from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import POSITIVE, Total
from derive.rules.letters import b, s, x
from derive.rules.shapes import Shape, monomial, shape_of

a, q = Symbol("a", positive=True), Symbol("a", real=True)
m, nu = Symbol("m", real=True, nonzero=True), Symbol("nu", nonnegative=True)


def tail_in(total: Total, facts: Facts, power: int) -> tuple[Shape, Expr, Expr] | None:
    """(shape, a, m) where erfc(a x^m) to this power is what stands beside powers and exponentials on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, erf, erfc) else None
    if shape is None or len(shape.rest) != 1:
        return None
    ((base, n),) = shape.rest.items()
    inside = base - 1 if isinstance(base, Add) and n == power else S.Zero
    turned = -inside.args[0] if isinstance(inside, erf) else (-inside).args[0] if isinstance(-inside, erf) else None
    inner = monomial(turned, total.x, shape.facts) if turned is not None else None
    return (shape, *inner) if inner is not None else None


def under_gaussian(total: Total, facts: Facts) -> Iterator[Values]:
    """erfc(ax) e^(−bx²)."""
    found = tail_in(total, facts, 1)
    if found is not None and found[2] == 1 and found[0].power == 0 and set(found[0].exps) == {total.x**2}:
        yield {x: total.x, q: found[1], b: -found[0].exps[total.x**2]}


def power_under_gaussian(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) e^(−b x^(2m)) erfc(a x^m)."""
    found = tail_in(total, facts, 1)
    rates = found[0].powers_in_exps() if found is not None else None
    if found is not None and rates and set(rates) == {2 * found[2]}:
        yield {x: total.x, a: found[1], m: found[2], s: (found[0].power + 1) / found[2], b: -rates[2 * found[2]]}


def squared(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) erfc(a x^m)²."""
    found = tail_in(total, facts, 2)
    if found is not None and not found[0].exps:
        yield {x: total.x, a: found[1], m: found[2], s: (found[0].power + 1) / found[2]}


TAIL_UNDER_GAUSSIAN = Rule(
    "erfc_under_gaussian",
    Claim(Total((1 - erf(q * x)) * exp(-b * x**2), x, POSITIVE), (pi / 2 - atan(q / sqrt(b))) / sqrt(pi * b)),
    kind="cited",
    find=under_gaussian,
    source="Gradshteyn-Ryzhik 6.285.1",
)
POWER_UNDER_GAUSSIAN = Rule(
    "erfc_and_gaussian_mellin",
    Claim(Total(x ** (m * s - 1) * exp(-b * x ** (2 * m)) * (1 - erf(a * x**m)), x, POSITIVE),
          gamma((s + 1) / 2) / (sqrt(pi) * s * a**s * Abs(m)) * hyper([s / 2, (s + 1) / 2], [s / 2 + 1], -b / a**2)),
    kind="cited",
    find=power_under_gaussian,
    source="Gradshteyn-Ryzhik 6.286.1",
)  # fmt: skip
SQUARED = Rule(
    "erfc_squared_mellin",
    Claim(Total(x ** (m * s - 1) * (1 - erf(a * x**m)) ** 2, x, POSITIVE),
          4 * gamma(s / 2 + 1) / (pi * s * (s + 1) * a**s * Abs(m)) * hyper([(s + 1) / 2, s / 2 + 1], [(s + 3) / 2], -S.One)),
    kind="cited",
    find=squared,
    source="Gradshteyn-Ryzhik 6.286.1, by parts",
)  # fmt: skip


def squared_bessel(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(2m − 1) e^(−b x^(2m)) J_ν(a x^m)²."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, besselj) else None
    rates = shape.powers_in_exps() if shape is not None and len(shape.rest) == 1 else None
    if shape is None or not rates or len(rates) != 1:
        return
    ((base, n),) = shape.rest.items()
    inner = monomial(base.args[1], total.x, shape.facts) if isinstance(base, besselj) and n == 2 else None
    if inner is not None and set(rates) == {2 * inner[1]} and shape.power == 2 * inner[1] - 1 and not base.args[0].has(total.x):
        yield {x: total.x, a: inner[0], m: inner[1], nu: base.args[0], b: -rates[2 * inner[1]]}


WEBER_SQUARED = Rule(
    "weber_integral_squared",
    Claim(Total(x ** (2 * m - 1) * exp(-b * x ** (2 * m)) * besselj(nu, a * x**m) ** 2, x, POSITIVE),
          exp(-(a**2) / (2 * b)) * besseli(nu, a**2 / (2 * b)) / (2 * b * Abs(m))),
    kind="cited",
    find=squared_bessel,
    source="DLMF 10.22.67 with both arguments the same",
)  # fmt: skip
HYPERGEOMETRIC = (POWER_UNDER_GAUSSIAN, SQUARED)
