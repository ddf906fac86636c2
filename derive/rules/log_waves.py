"""Logarithms of waves, and waves over a Lorentzian and a square."""

from collections.abc import Iterator

from sympy import Expr, Mul, Symbol, atan, cos, exp, log, pi, sin, sqrt

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import POSITIVE, Lebesgue, Total
from derive.rules.letters import b, lo, p, x
from derive.rules.shapes import shape_of
from derive.rules.sines import gap
from derive.rules.tables import pure_quadratic

a, r, t = (Symbol(name, positive=True) for name in "art")
e = Symbol("e", real=True)
WAVE = Symbol("wave·", real=True)  # no reader can produce this name


def log_of_wave(total: Total, wave: Expr) -> tuple[Expr, Expr] | None:
    """(p, e) where the integrand is log(p + e·wave)."""
    body = total.body
    if not isinstance(body, log) or not isinstance(total.measure, Lebesgue):
        return None
    found = linear(body.args[0].expand().xreplace({wave: WAVE}), WAVE)
    return (found[1], found[0]) if found is not None and not any(part.has(total.x) for part in found) else None


def log_of_square(total: Total, facts: Facts, kind: type) -> Iterator[Values]:
    """log(p + e sin² x) over a quarter turn, or with the cosine."""
    found = log_of_wave(total, kind(total.x) ** 2)
    if found is not None and total.measure == Lebesgue(0, pi / 2):
        yield {x: total.x, p: found[0], e: found[1]}


SQUARED_WAVE = pi * log((sqrt(p) + sqrt(p + e)) / 2)
LOG_OF_SQUARED_SINE, LOG_OF_SQUARED_COSINE = (
    Rule(name, Claim(Total(log(p + e * kind(x) ** 2), x, Lebesgue(0, pi / 2)), SQUARED_WAVE, given=(p + e > 0,)), kind="cited",
         find=lambda total, facts, kind=kind: log_of_square(total, facts, kind), source="Gradshteyn-Ryzhik 4.226.1, 4.399.1")  # fmt: skip
    for name, kind in (("log_of_squared_sine", sin), ("log_of_squared_cosine", cos))
)


def log_of_cosine(total: Total, facts: Facts, length: Expr) -> Iterator[Values]:
    """log(p + e cos x) over a half turn from 0, or a full one from anywhere."""
    found = log_of_wave(total, cos(total.x))
    m = total.measure
    if found is not None and m.hi - m.lo == length and (length == 2 * pi or m.lo == 0):
        yield {x: total.x, p: found[0], e: found[1], **({lo: m.lo} if length == 2 * pi else {})}


JENSEN = log((p + sqrt(p**2 - e**2)) / 2)
LOG_OVER_CIRCLE = Rule("log_over_circle", Claim(
    Total(log(p + e * cos(x)), x, Lebesgue(lo, lo + 2 * pi)), 2 * pi * JENSEN, given=(p - e > 0, p + e > 0)), kind="cited",
    find=lambda total, facts: log_of_cosine(total, facts, 2 * pi), source="Gradshteyn-Ryzhik 4.224.9; Jensen's formula")  # fmt: skip
LOG_OVER_HALF_CIRCLE = Rule("log_over_half_circle", Claim(
    Total(log(p + e * cos(x)), x, Lebesgue(0, pi)), pi * JENSEN, given=(p - e > 0, p + e > 0)), kind="cited",
    find=lambda total, facts: log_of_cosine(total, facts, pi), source="Gradshteyn-Ryzhik 4.224.9; Jensen's formula")  # fmt: skip


def serret(total: Total, facts: Facts) -> Iterator[Values]:
    """log(1 + ax)/(1 + x²) on (0, a)."""
    m = total.measure
    if isinstance(m, Lebesgue) and m.lo == 0 and m.hi.is_finite and total.body == log(1 + m.hi * total.x) / (1 + total.x**2):
        yield {x: total.x, a: m.hi}


SERRET = Rule("serret_integral", Claim(
    Total(log(1 + a * x) / (1 + x**2), x, Lebesgue(0, a)), atan(a) * log(1 + a**2) / 2), kind="cited",
    find=serret, source="Gradshteyn-Ryzhik 4.291.8, 4.291.9 (Serret; Bertrand), u = (a − x)/(1 + ax)")  # fmt: skip


def over_squares(total: Total, facts: Facts) -> Iterator[tuple[Expr, Expr, Expr]]:
    """(r, t, the wave) where the integrand is the wave over x² (r + t x²)."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, sin, cos) else None
    if shape is None or shape.exps or shape.power != -2 or len(shape.rest) != 2:
        return
    for base, n in shape.rest.items():
        below = pure_quadratic(base, total.x, facts) if n == -1 and not base.has(sin, cos) else None
        if below is not None:
            yield below[1], below[0], Mul(*(other**k for other, k in shape.rest.items() if other != base))


def sine_over_squares(total: Total, facts: Facts) -> Iterator[Values]:
    for below, above, wave in over_squares(total, facts):
        base, n = wave.as_base_exp()
        parts = linear(base.args[0], total.x) if isinstance(base, sin) and n == 2 else None
        if parts is not None and parts[1] == 0:
            yield {x: total.x, b: parts[0], r: below, t: above}


def gap_over_squares(total: Total, facts: Facts) -> Iterator[Values]:
    for below, above, wave in over_squares(total, facts):
        found = gap(Total(wave, total.x, POSITIVE), facts)
        if found is not None:
            yield {x: total.x, b: found[1] / 2, r: below, t: above}


ROOT = sqrt(r / t)
OVER_SQUARES = pi / (4 * r) * (2 * b - (1 - exp(-2 * b * ROOT)) / ROOT)
SINE_OVER_SQUARES = Rule("squared_sine_over_squares", Claim(
    Total(sin(b * x) ** 2 / (x**2 * (r + t * x**2)), x, POSITIVE), OVER_SQUARES), kind="cited",
    find=sine_over_squares, source="Gradshteyn-Ryzhik 3.826.1")  # fmt: skip
COSINE_OVER_SQUARES = Rule("cosine_over_squares", Claim(
    Total((1 - cos(2 * b * x)) / (x**2 * (r + t * x**2)), x, POSITIVE), 2 * OVER_SQUARES), kind="cited",
    find=gap_over_squares, source="Gradshteyn-Ryzhik 3.826.1 with 1 − cos 2bx = 2 sin² bx")  # fmt: skip

RULES = (LOG_OF_SQUARED_SINE, LOG_OF_SQUARED_COSINE, LOG_OVER_CIRCLE, LOG_OVER_HALF_CIRCLE, SERRET, SINE_OVER_SQUARES, COSINE_OVER_SQUARES)
