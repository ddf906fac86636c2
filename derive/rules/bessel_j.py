"""Squares of Bessel functions J over a power and under an exponential, sums of them, and I under a full exponential: first passage times."""

from collections.abc import Iterator

from sympy import S, Symbol, besseli, besselj, cosh, elliptic_k, exp, gamma, oo, pi, sqrt

from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import POSITIVE, Counting, Total
from derive.rules.letters import b, k, s, x
from derive.rules.shapes import monomial, shape_of

a, d = (Symbol(name, positive=True) for name in "ad")
nu = Symbol("nu", nonnegative=True)
z = Symbol("z", real=True)


def squared_over_power(total: Total, facts: Facts) -> Iterator[Values]:
    """J_ν(ax)² x^(−s) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, besselj) else None
    if shape is None or shape.exps or len(shape.rest) != 1:
        return
    ((base, n),) = shape.rest.items()
    scale = monomial(base.args[1], total.x, shape.facts) if isinstance(base, besselj) and n == 2 else None
    if scale is not None and scale[1] == 1 and not base.args[0].has(total.x):
        yield {x: total.x, a: scale[0], nu: base.args[0], s: -shape.power}


BESSEL_J_SQUARED = Rule(
    "bessel_j_squared_over_power",
    Claim(
        Total(besselj(nu, a * x) ** 2 * x ** (-s), x, POSITIVE),
        (a / 2) ** s / a * gamma(s) * gamma(nu + (1 - s) / 2) / (gamma((1 + s) / 2) ** 2 * gamma(nu + (1 + s) / 2)),
        given=(2 * nu + 1 - s > 0,),
    ),
    kind="cited",
    find=squared_over_power,
    source="DLMF 10.22.57 (Weber, Schafheitlin)",
)


def squared_under_exponential(total: Total, facts: Facts) -> Iterator[Values]:
    """e^(−bx) J₀(ax)² on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and total.body.has(besselj) else None
    if shape is None or shape.power != 0 or set(shape.exps) != {total.x} or len(shape.rest) != 1:
        return
    ((base, n),) = shape.rest.items()
    scale = monomial(base.args[1], total.x, shape.facts) if isinstance(base, besselj) and n == 2 and base.args[0] == 0 else None
    if scale is not None and scale[1] == 1:
        yield {x: total.x, a: scale[0], b: -shape.exps[total.x]}


BESSEL_J_SQUARED_LAPLACE = Rule(
    "bessel_j_squared_laplace",
    Claim(
        Total(exp(-b * x) * besselj(0, a * x) ** 2, x, POSITIVE),
        2 / (pi * sqrt(b**2 + 4 * a**2)) * elliptic_k(4 * a**2 / (b**2 + 4 * a**2)),
    ),
    kind="cited",
    find=squared_under_exponential,
    source="Gradshteyn-Ryzhik 6.612.4",
)


def over_variable(total: Total, facts: Facts) -> Iterator[Values]:
    """e^(−bx) I_ν(ax)/x on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, besseli) else None
    base = shape.only(besseli) if shape is not None and shape.power == -1 and set(shape.exps) == {total.x} else None
    scale = monomial(base.args[1], total.x, shape.facts) if shape is not None and base is not None else None
    if shape is not None and base is not None and scale is not None and scale[1] == 1:
        yield {x: total.x, a: scale[0], d: base.args[0], b: -shape.exps[total.x]}


BESSEL_I_OVER_X = Rule(
    "bessel_i_over_variable",
    Claim(
        Total(exp(-b * x) * besseli(d, a * x) / x, x, POSITIVE),
        ((b - sqrt(b**2 - a**2)) / a) ** d / d,
        given=(b - a >= 0,),
    ),
    kind="cited",
    find=over_variable,
    source="Gradshteyn-Ryzhik 6.623.3 at an imaginary argument; Feller, vol. II, II.7",
)


def even_orders(total: Total, facts: Facts) -> Iterator[Values]:
    body = total.body
    if isinstance(body, besseli) and body.args[0] ** 2 == 4 * total.x**2 and not body.args[1].has(total.x):
        yield {k: total.x, z: body.args[1]}


def squares(total: Total, facts: Facts) -> Iterator[Values]:
    base, n = total.body.as_base_exp()
    if isinstance(base, besselj) and n == 2 and base.args[0] == total.x and not base.args[1].has(total.x):
        yield {k: total.x, z: base.args[1]}


INTEGERS = Counting(-oo, oo)
BESSEL_I_EVEN = Rule(
    "bessel_i_even_orders",
    Claim(Total(besseli(2 * k, z), k, INTEGERS), cosh(z)),
    kind="cited",
    find=even_orders,
    source="DLMF 10.35.6",
)
BESSEL_J_NEUMANN = Rule(
    "bessel_j_squares",
    Claim(Total(besselj(k, z) ** 2, k, INTEGERS), S.One),
    kind="cited",
    find=squares,
    source="DLMF 10.23.3 (Neumann)",
)
