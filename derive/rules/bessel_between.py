"""Bessel functions beside the power of x that makes them a derivative, cut at a point: x^(ν + 1) K_ν, I_ν and J_ν."""

from collections.abc import Iterator

from sympy import Expr, S, Symbol, besseli, besselj, besselk, gamma, oo

from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import Lebesgue, Total
from derive.rules.letters import x
from derive.rules.shapes import monomial, shape_of

a, b, h, e = (Symbol(name, positive=True) for name in "abhe")
nu = Symbol("nu", real=True)


def cut(total: Total, facts: Facts, kind: type, lo: Expr | None, hi: Expr | None) -> Iterator[Values]:
    """x^(ν + 1) times a Bessel function of order ν of ax, from `lo` to `hi` or between any ends; K has both signs of its order."""
    measure = total.measure
    if not isinstance(measure, Lebesgue) or lo not in (None, measure.lo) or hi not in (None, measure.hi) or not contains(total.body, kind):
        return
    shape = shape_of(total, facts)
    base = shape.only(kind) if shape is not None and not shape.exps else None
    scale = monomial(base.args[1], total.x, shape.facts) if shape is not None and base is not None else None
    if shape is None or base is None or scale is None or scale[1] != 1:
        return
    for order in {base.args[0], -base.args[0]} if kind is besselk else {base.args[0]}:
        if shape.power == order + 1:
            yield {x: total.x, a: scale[0], nu: order, **({} if lo is not None else {h: measure.lo}), **({} if hi is not None else {e: measure.hi})}


def whole(kind: type, end: Expr) -> Expr:
    """h^(ν + 1) times the function of the next order at ah, over a."""
    return end ** (nu + 1) * kind(nu + 1, a * end) / a


def rule(name: str, kind: type, lo: Expr | None, hi: Expr | None, value: Expr, source: str) -> Rule:
    ends = Lebesgue(h if lo is None else lo, e if hi is None else hi)
    return Rule(
        name,
        Claim(Total(x ** (nu + 1) * kind(nu, a * x), x, ends), value, given=(nu > -1,) if lo == 0 else ()),
        kind="cited",
        find=lambda total, facts: cut(total, facts, kind, lo, hi),
        source=source,
    )


FULL = 2**nu * gamma(nu + 1) / a ** (nu + 2)
RULES = (
    rule("bessel_k_beyond", besselk, None, oo, whole(besselk, h), "DLMF 10.29.4"),
    rule("bessel_k_up_to", besselk, S.Zero, None, FULL - whole(besselk, e), "DLMF 10.29.4, 10.30.2"),
    rule("bessel_i_up_to", besseli, S.Zero, None, whole(besseli, e), "DLMF 10.29.4"),
    rule("bessel_j_up_to", besselj, S.Zero, None, whole(besselj, e), "DLMF 10.6.6"),
)
