"""Powers of sines and cosines over a quarter of a period with a quadratic form of them below: u = sin² leads to Euler's integral."""

from collections.abc import Iterator

from sympy import Add, Expr, Mul, S, Symbol, beta, cos, hyper, pi, sin

from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import Lebesgue, Total
from derive.rules.letters import s, x
from derive.rules.shapes import shape_of

a, d, q = (Symbol(name, positive=True) for name in "adq")
e, r = Symbol("e", real=True), Symbol("r", real=True)
QUARTER = Lebesgue(0, pi / (2 * a))


def quadratic_form(base: Expr, wave: Expr) -> tuple[Expr, Expr, Expr] | None:
    """(constant, coefficient of sin² u, coefficient of cos² u) of a sum of the three, else None."""
    squares = [sin(wave) ** 2, cos(wave) ** 2]
    found = [base.expand().coeff(t) for t in squares]
    rest = base.expand() - sum(c * t for c, t in zip(found, squares, strict=True))
    rest = rest.expand()
    return None if rest.has(sin, cos) or any(c.has(sin, cos) for c in found) else (rest, *found)


def over_a_quadratic_form(total: Total, facts: Facts) -> Iterator[tuple[Values, tuple[Expr, Expr, Expr]]]:
    """sin^(2s−1) cos^(2q−1) (…)^(−r) of ax on (0, π/(2a)), and the quadratic form."""
    measure = total.measure
    if not isinstance(measure, Lebesgue) or measure.lo != 0 or measure.hi.is_infinite or not contains(total.body, sin, cos):
        return
    shape, scale = shape_of(total, facts), pi / (2 * measure.hi)
    sums = [base for base in shape.rest if isinstance(base, Add)] if shape else []  # 1 − k² sin² stands as (1 − k sin)(1 + k sin)
    if shape is None or shape.exps or shape.power != 0 or not sums or len({shape.rest[base] for base in sums}) > 1:
        return
    waves = {sin(scale * total.x): S.Zero, cos(scale * total.x): S.Zero}
    for base, n in shape.rest.items():
        if base not in (*waves, *sums):
            return
        waves = {wave: n if wave == base else k for wave, k in waves.items()}
    form, (up, over) = quadratic_form(Mul(*sums), scale * total.x), waves.values()
    if form is not None and not any(c.has(total.x) for c in form):
        yield {x: total.x, a: scale, s: (up + 1) / 2, q: (over + 1) / 2, r: -shape.rest[sums[0]]}, form


def with_sine(total: Total, facts: Facts) -> Iterator[Values]:
    for values, (constant, sines, cosines) in over_a_quadratic_form(total, facts):
        if constant != 0 or cosines == 0:  # cos² = 1 − sin²
            yield {**values, d: constant + cosines, e: sines - cosines}


def with_both(total: Total, facts: Facts) -> Iterator[Values]:
    for values, (constant, sines, cosines) in over_a_quadratic_form(total, facts):
        if constant == 0:
            yield {**values, d: cosines, e: sines}


WAVES = sin(a * x) ** (2 * s - 1) * cos(a * x) ** (2 * q - 1)
EULER = beta(s, q) / (2 * a * d**r)
SINE_EULER = Rule("euler_integral_of_sines", Claim(
    Total(WAVES * (d + e * sin(a * x) ** 2) ** (-r), x, QUARTER), EULER * hyper([r, s], [s + q], -e / d), given=(d + e > 0,)),
    kind="lemma", find=with_sine, source="Gradshteyn-Ryzhik 3.681.1; DLMF 15.6.1, u = sin²(ax)")  # fmt: skip
ELLIPSE_EULER = Rule("euler_integral_of_an_ellipse", Claim(
    Total(WAVES * (d * cos(a * x) ** 2 + e * sin(a * x) ** 2) ** (-r), x, QUARTER), EULER * hyper([r, s], [s + q], 1 - e / d),
    given=(e > 0,)), kind="lemma", find=with_both, source="Gradshteyn-Ryzhik 3.642.1, 3.681.1; DLMF 15.6.1, u = sin²(ax)")  # fmt: skip
