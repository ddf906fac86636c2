"""Exponentials under a power of x² + c², and of a hyperbolic sine: Struve's function less Bessel's of the second kind."""

from collections.abc import Iterator

from sympy import Add, Expr, Rational, S, Symbol, bessely, exp, gamma, hyper, pi, sinh, sqrt

from derive.algebra.reading import linear, polynomial
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains, factors_free_of
from derive.language.totals import POSITIVE, Total
from derive.rules.letters import b, x
from derive.rules.shapes import shape_of

a = Symbol("a", positive=True)
nu = Symbol("nu", real=True)
HALF = Rational(1, 2)


def struve(order: Expr, z: Expr) -> Expr:
    """H_ν(z), by its power series."""
    return (z / 2) ** (order + 1) / (gamma(Rational(3, 2)) * gamma(order + Rational(3, 2))) * hyper(
        [1], [Rational(3, 2), order + Rational(3, 2)], -(z**2) / 4)  # fmt: skip


def root_under_exponential(total: Total, facts: Facts) -> Iterator[Values]:
    """(x² + a²)^(ν − ½) e^(−bx) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    if shape is None or shape.power != 0 or set(shape.exps) != {total.x} or len(shape.rest) != 1:
        return
    ((base, n),) = shape.rest.items()
    found = polynomial(base, total.x, 2, facts) if isinstance(base, Add) else None
    if found is not None and found[0] == 1 and found[1] == 0 and not n.is_integer and facts.positive(n + 1):
        yield {x: total.x, a: sqrt(found[2]), nu: n + HALF, b: -shape.exps[total.x]}


STRUVE_LAPLACE = Rule(
    "struve_laplace",
    Claim(
        Total((x**2 + a**2) ** (nu - HALF) * exp(-b * x), x, POSITIVE),
        sqrt(pi) / 2 * gamma(nu + HALF) * (2 * a / b) ** nu * (struve(nu, a * b) - bessely(nu, a * b)),
        given=(nu + HALF > 0,),
    ),
    kind="cited",
    find=root_under_exponential,
    source="DLMF 11.5.2 with 11.2.5",
)


def exponential_of_sinh(total: Total, facts: Facts) -> Iterator[Values]:
    """e^(−b sinh ax) on the half line."""
    if total.measure != POSITIVE or not isinstance(total.body, exp) or not contains(total.body, sinh):
        return
    rate, wave = factors_free_of(total.body.args[0], [total.x])
    found = linear(wave.args[0], total.x) if isinstance(wave, sinh) else None
    if found is not None and found[1] == 0:
        yield {x: total.x, a: found[0], b: -rate}


STRUVE_SINH = Rule(
    "struve_of_sinh",
    Claim(Total(exp(-b * sinh(a * x)), x, POSITIVE), pi / (2 * a) * (struve(S.Zero, b) - bessely(0, b))),
    kind="lemma",
    find=exponential_of_sinh,
    source="Gradshteyn-Ryzhik 3.547.6; DLMF 11.5.2",
)
RULES = (STRUVE_LAPLACE, STRUVE_SINH)
