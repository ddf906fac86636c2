"""Angles over sines on a quarter turn: Catalan's constant and log 2."""

from collections.abc import Iterator

from sympy import Catalan, Expr, Symbol, cos, log, pi, sin

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import Lebesgue, Total
from derive.rules.letters import x

a = Symbol("a", positive=True)
QUARTER = Lebesgue(0, pi / (2 * a))


def over_sine(total: Total, facts: Facts, body: Expr) -> Iterator[Values]:
    """The body with the angle of the sine that the integrand is over."""
    m = total.measure
    if not isinstance(m, Lebesgue) or m.lo != 0 or not total.body.is_Mul or total.x not in (f.as_base_exp()[0] for f in total.body.args):
        return
    for base, n in (f.as_base_exp() for f in total.body.args):
        parts = linear(base.args[0], total.x) if isinstance(base, sin) and n in (-1, -2) else None
        if parts is not None and parts[1] == 0 and m.hi == pi / (2 * parts[0]) and total.body == body.xreplace({a: parts[0], x: total.x}):
            yield {x: total.x, a: parts[0]}


def log_of_wave(total: Total, facts: Facts, wave: type[Expr]) -> Iterator[Values]:
    """log of a sine or cosine of an angle that goes up to an eighth of a turn."""
    m, body = total.measure, total.body
    if isinstance(body, log) and isinstance(body.args[0], wave) and isinstance(m, Lebesgue) and m.lo == 0:
        parts = linear(body.args[0].args[0], total.x)
        if parts is not None and parts[1] == 0 and m.hi == pi / (4 * parts[0]):
            yield {x: total.x, a: parts[0]}


EIGHTHS = tuple(
    Rule(name, Claim(Total(log(wave(a * x)), x, Lebesgue(0, pi / (4 * a))), (-pi * log(2) / 4 + side * Catalan / 2) / a), kind="cited",
         find=lambda total, facts, wave=wave: log_of_wave(total, facts, wave), source=source)
    for name, wave, side, source in (("log_sine_eighth", sin, -1, "Gradshteyn-Ryzhik 4.224.2"),
                                     ("log_cosine_eighth", cos, 1, "Gradshteyn-Ryzhik 4.224.5"))
)  # fmt: skip
RULES = EIGHTHS + tuple(
    Rule(name, Claim(Total(body, x, QUARTER), value), kind="cited", find=lambda total, facts, body=body: over_sine(total, facts, body), source=source)
    for name, body, value, source in (
        ("angle_over_sine", x / sin(a * x), 2 * Catalan / a**2, "Gradshteyn-Ryzhik 3.747.2"),
        ("angle_times_cotangent", x * cos(a * x) / sin(a * x), pi * log(2) / (2 * a**2), "Gradshteyn-Ryzhik 3.747.7"),
        ("squared_angle_over_squared_sine", x**2 / sin(a * x) ** 2, pi * log(2) / a**3, "Gradshteyn-Ryzhik 3.837.1"),
        ("squared_angle_times_cosine", x**2 * cos(a * x) / sin(a * x) ** 2, (4 * Catalan - pi**2 / 4) / a**3, "Gradshteyn-Ryzhik 4.524.1"),
    )
)
