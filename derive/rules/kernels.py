"""Kernels of analysis: quartic denominators, Glasser's substitution, logarithms of ratios."""

from collections.abc import Iterator

from sympy import Add, Expr, Mul, Pow, Symbol, log, pi, sqrt

from derive.algebra.equality import equal
from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical
from derive.algebra.reading import polynomial
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Same, Values
from derive.language.parts import every
from derive.language.totals import POSITIVE, REALS, Total, fresh, names
from derive.rules.letters import b, f, u, x
from derive.rules.shapes import shape_of
from derive.rules.values import function

a, d = (Symbol(name, positive=True) for name in "ad")
e = Symbol("e", real=True)
v, w = (Symbol(name, nonnegative=True) for name in "vw")


def quartic_denominator(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(0 or 2)/(a x⁴ + e x² + d) on the half line."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    if shape is None or shape.exps or not shape.rest or any(n != -1 for n in shape.rest.values()):
        return
    found = polynomial(Mul(*shape.rest), total.x, 4, shape.facts)
    if found is not None and found[1] == 0 == found[3] and found[4] != 0:
        yield {x: total.x, a: found[0], e: found[2], d: found[4], v: shape.power}


def quartic(total: Total, facts: Facts, power: int) -> Iterator[Values]:
    for values in quartic_denominator(total, facts):
        if values[v] == power:
            yield {letter: value for letter, value in values.items() if letter != v}


BELOW = a * x**4 + e * x**2 + d
ROOT = sqrt(e + 2 * sqrt(a * d))
NO_ROOTS, RISING = (e + 2 * sqrt(a * d) > 0,), (e >= 0,)  # no roots x² ≥ 0


def biquadratic(name: str, power: int, given: tuple, kind: str, source: str) -> Rule:
    """1 or x² over a x⁴ + e x² + d."""
    value = pi / (2 * sqrt(d if power == 0 else a) * ROOT)
    return Rule(name, Claim(Total(x**power / BELOW, x, POSITIVE), value, given=given), kind=kind, source=source,
                find=lambda total, facts: quartic(total, facts, power))  # fmt: skip


BIQUADRATIC = biquadratic("biquadratic_integral", 0, NO_ROOTS, "cited", "Gradshteyn-Ryzhik 3.112.1, 3.242.1")
BIQUADRATIC_RISING = biquadratic("biquadratic_integral_rising", 0, RISING, "lemma", "Gradshteyn-Ryzhik 3.112.1")
BIQUADRATIC_MOMENT = biquadratic("biquadratic_moment", 2, NO_ROOTS, "lemma", "Gradshteyn-Ryzhik 3.112.1, x → 1/x")
BIQUADRATIC_MOMENT_RISING = biquadratic("biquadratic_moment_rising", 2, RISING, "lemma", "Gradshteyn-Ryzhik 3.112.1, x → 1/x")


def glasser_sums(total: Total, facts: Facts) -> Iterator[tuple[Expr, Expr, Expr, Expr]]:
    """(F(y), a, b, y) where the integrand is F(ax − b/x)."""
    for part in sorted((e for e in every(total.body, Add) if 1 / total.x in e.atoms(Pow)), key=str):
        scale, rest = part.coeff(total.x, 1), part.coeff(total.x, -1)
        if scale == 0 or rest == 0 or part - scale * total.x - rest / total.x != 0:
            continue
        y = fresh(total.measure, names(total, *facts.relations))
        outer = total.body.xreplace({part: y, -part: -y})
        if not outer.has(total.x):
            yield outer, scale, -rest, y
            if facts.positive(scale * rest):  # (ax + b/x)² = (ax − b/x)² + 4ab
                raised = outer.xreplace({y**2: y**2 + 4 * scale * rest})
                if raised != outer and raised.subs(y, -y) == raised:
                    yield raised, scale, rest, y
    yield from squares_of_sums(total, facts)


def squares_of_sums(total: Total, facts: Facts) -> Iterator[tuple[Expr, Expr, Expr, Expr]]:
    """The same for a sum ax² + b/x² + c with a, b > 0, which is (√a x − √b/x)² + 2√(ab) + c."""
    v = total.x
    for part in sorted((e for e in every(total.body, Add) if v**-2 in e.atoms(Pow)), key=str):
        scale, rest = part.coeff(v, 2), part.coeff(v, -2)
        constant = part - scale * v**2 - rest / v**2
        if not constant.has(v) and facts.positive(scale) and facts.positive(rest):
            y = fresh(total.measure, names(total, *facts.relations))
            outer = total.body.xreplace({part: y**2 + 2 * sqrt(scale * rest) + constant})
            if not outer.has(v):
                yield outer, sqrt(scale), sqrt(rest), y


def glasser(total: Total, facts: Facts) -> Iterator[Values]:
    if total.measure in (REALS, POSITIVE):
        for outer, scale, pole, y in glasser_sums(total, facts):
            if facts.positive(-scale):
                outer, scale, pole = outer.xreplace({y: -y}), -scale, -pole
            yield {x: total.x, f: function(y, outer), a: scale, b: pole, u: y}


GLASSER = Rule(
    "glasser_substitution",
    Claim(Total(f(a * x - b / x), x, REALS), Total(f(u), u, REALS) / a, given=(f(u) >= 0,)),
    kind="cited",
    find=lambda total, facts: glasser(total, facts) if total.measure == REALS else iter(()),
    source="Cauchy-Schlömilch; M. L. Glasser, Math. Comp. 40 (1983) 561",
)
GLASSER_EVEN = Rule(
    "glasser_substitution_even",
    Claim(Total(f(a * x - b / x), x, POSITIVE), Total(f(u), u, POSITIVE) / a, given=(f(u) >= 0, Same(f(-u), f(u)))),
    kind="cited",
    find=lambda total, facts: glasser(total, facts) if total.measure == POSITIVE else iter(()),
    source="Cauchy-Schlömilch; DLMF 7.7.3 for the Gaussian",
)


def log_ratio(total: Total, facts: Facts) -> Iterator[Values]:
    """log((x² + v)/(x² + w)), also written as a difference of logarithms."""
    logs = {t: n for t, n in total.body.as_coefficients_dict().items() if isinstance(t, log)} if total.measure == POSITIVE else {}
    if not logs or set(logs) != set(total.body.as_coefficients_dict()) or not set(logs.values()) <= {1, -1}:
        return
    inside = facts.within(total.x, total.measure)
    try:
        whole = canonical(Mul(*(t.args[0] ** n for t, n in logs.items())), inside)
    except TooLarge:
        return
    top, bottom = whole.as_numer_denom()
    up, down = polynomial(top, total.x, 2, inside), polynomial(bottom, total.x, 2, inside)
    if up and down and up[1] == 0 == down[1] and equal(up[0], down[0], facts):
        yield {x: total.x, v: up[2] / up[0], w: down[2] / down[0]}


LOG_RATIO = Rule(
    "log_ratio_integral",
    Claim(Total(log((x**2 + v) / (x**2 + w)), x, POSITIVE), pi * (sqrt(v) - sqrt(w))),
    kind="cited",
    find=log_ratio,
    source="Gradshteyn-Ryzhik 4.222.1, 4.295.2",
)
