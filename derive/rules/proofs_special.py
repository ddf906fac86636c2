"""Where the lemmas on special functions come from."""

from collections.abc import Callable

from sympy import Lambda, S, Symbol, exp, oo

from derive.language.claims import Derivation
from derive.language.totals import POSITIVE
from derive.rules import bessel, measure
from derive.rules.bessel import a, nu
from derive.rules.letters import M, b, c, f, p, x
from derive.rules.proofs import ending, follow, substitution

v = Symbol("u", positive=True)


def bessel_k_integral() -> Derivation:
    """u = a x^p leaves the integral that defines K_ν."""
    rule = bessel.BESSEL_K_INTEGRAL.says
    constant, standard = a ** (-nu) / p, v ** (nu - 1) * exp(-v - a * b / v)
    return ending(
        follow(
            rule.left,
            (
                measure.SUBSTITUTE_INCREASING,
                substitution(x, S.Zero, oo, rule.left.body, a * x**p, v, constant * standard, (S.Zero, oo)),
            ),
            (measure.CONSTANT_FACTOR, {x: v, M: POSITIVE, c: constant, f: Lambda(v, standard)}),
            (bessel.BESSEL_K_DEFINITION, {x: v, nu: -nu, b: a * b}),
        ),
        rule.right,
    )


def bessel_k_on_line() -> Derivation:
    """u = e^(px) maps the line to the half-line."""
    rule = bessel.BESSEL_K_ON_LINE.says
    standard = v ** (nu - 1) * exp(-a * v - b / v)
    return ending(
        follow(
            rule.left,
            (measure.SUBSTITUTE_INCREASING, substitution(x, -oo, oo, rule.left.body, exp(p * x), v, standard / p, (S.Zero, oo))),
            (measure.CONSTANT_FACTOR, {x: v, M: POSITIVE, c: 1 / p, f: Lambda(v, standard)}),
            (bessel.BESSEL_K_INTEGRAL, {x: v, nu: nu, a: a, b: b, p: S.One}),
        ),
        rule.right,
    )


PROOFS: dict[str, Callable[[], Derivation]] = {
    "bessel_k_integral": bessel_k_integral,
    "bessel_k_on_line": bessel_k_on_line,
}
