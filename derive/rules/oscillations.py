"""1 − cos over a power, damped by an exponential or not; a quadratic under a Gaussian about any centre."""

from collections.abc import Iterator

from sympy import Expr, Mul, Ne, Symbol, atan, cos, exp, gamma, log, pi, sin, sqrt

from derive.algebra.reading import linear, polynomial
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains, factors_free_of
from derive.language.totals import POSITIVE, REALS, Total
from derive.rules.letters import b, s, x
from derive.rules.shapes import shape_of
from derive.rules.sines import gap

a, d = (Symbol(name, positive=True) for name in "ad")
A, B, L, c, t = (Symbol(name, real=True) for name in "ABLct")


def damped(total: Total, facts: Facts, order: int) -> Iterator[Values]:
    """(1 − cos bx) x^(−order) e^(−ax)."""
    found = gap(total, facts)
    if found is not None and set(found[0].exps) == {total.x} and found[0].power == -order:
        yield {x: total.x, b: found[1], a: -found[0].exps[total.x]}


DAMPED = (1 - cos(b * x)) * exp(-a * x)
COSINE_OVER_X = Rule(
    "damped_cosine_over_x",
    Claim(Total(DAMPED / x, x, POSITIVE), log(1 + b**2 / a**2) / 2),
    kind="lemma",
    find=lambda total, facts: damped(total, facts, 1),
    source="Gradshteyn-Ryzhik 3.943",
)
COSINE_OVER_SQUARE = Rule(
    "damped_cosine_over_square",
    Claim(Total(DAMPED / x**2, x, POSITIVE), b * atan(b / a) - a * log(1 + b**2 / a**2) / 2),
    kind="lemma",
    find=lambda total, facts: damped(total, facts, 2),
    source="Gradshteyn-Ryzhik 3.948.3, integrated in b",
)


def damped_over_power(total: Total, facts: Facts) -> Iterator[Values]:
    """(1 − cos bx) x^(−s − 1) e^(−ax), s ≠ 0, 1."""
    found = gap(total, facts)
    if found is not None and set(found[0].exps) == {total.x} and found[0].power not in (-1, -2):
        yield {x: total.x, b: found[1], a: -found[0].exps[total.x], t: -found[0].power - 1}


COSINE_OVER_DAMPED_POWER = Rule(
    "damped_cosine_over_power",
    Claim(
        Total(DAMPED * x ** (-t - 1), x, POSITIVE),
        gamma(2 - t) / (t * (t - 1)) * (a**t - (a**2 + b**2) ** (t / 2) * cos(t * atan(b / a))),
        given=(t < 2, Ne(t, 0), Ne(t, 1)),
    ),
    kind="cited",
    find=damped_over_power,
    source="Gradshteyn-Ryzhik 3.944.6: the real part of Γ(−t) (a + ib)^t",
)


def plain_over_power(total: Total, facts: Facts) -> Iterator[Values]:
    """(1 − cos bx) x^(−s − 1), s ≠ 1."""
    found = gap(total, facts)
    if found is not None and not found[0].exps and found[0].power != -2:
        yield {x: total.x, b: found[1], s: -found[0].power - 1}


def square_over_power(total: Total, facts: Facts) -> Iterator[Values]:
    """sin² bx · x^(−s − 1), s ≠ 1: the same with half the weight and twice the frequency."""
    shape = shape_of(total, facts) if total.measure == POSITIVE and contains(total.body, sin) else None
    if shape is None or shape.exps or len(shape.rest) != 1 or shape.power == -2:
        return
    ((base, n),) = shape.rest.items()
    parts = linear(base.args[0], total.x) if isinstance(base, sin) and n == 2 else None
    if parts is not None and parts[1] == 0:
        yield {x: total.x, b: parts[0], s: -shape.power - 1}


def over_power(frequency: Expr) -> Expr:
    """∫ (1 − cos ωx) x^(−s − 1) dx, by parts from the Mellin transform of the sine."""
    return pi * frequency**s / (2 * s * gamma(s) * sin(pi * s / 2))


COSINE_OVER_POWER = Rule(
    "cosine_over_power",
    Claim(Total((1 - cos(b * x)) * x ** (-s - 1), x, POSITIVE), over_power(b), given=(s < 2,)),
    kind="lemma",
    find=plain_over_power,
    source="Gradshteyn-Ryzhik 3.823",
)
SINE_SQUARED_OVER_POWER = Rule(
    "squared_sine_over_power",
    Claim(Total(sin(b * x) ** 2 * x ** (-s - 1), x, POSITIVE), over_power(2 * b) / 2, given=(s < 2,)),
    kind="lemma",
    find=square_over_power,
    source="Gradshteyn-Ryzhik 3.823",
)


def quadratic_times_gaussian(total: Total, facts: Facts) -> Iterator[Values]:
    """(A x² + B x + L) exp(−d (x − c)²)."""
    exponents = [part.args[0] for part in Mul.make_args(total.body) if isinstance(part, exp)] if total.measure == REALS else []
    square = factors_free_of(exponents[0], [total.x]) if len(exponents) == 1 else None
    middle = linear(square[1].base, total.x) if square is not None and square[1].is_Pow and square[1].exp == 2 else None
    rest = polynomial(total.body / exp(exponents[0]), total.x, 2, facts) if middle is not None else None
    if square is not None and middle is not None and rest is not None and rest[0] != 0:
        yield {x: total.x, A: rest[0], B: rest[1], L: rest[2], d: -square[0] * middle[0] ** 2, c: -middle[1] / middle[0]}


QUADRATIC_GAUSS = Rule(
    "quadratic_times_gaussian",
    Claim(Total((A * x**2 + B * x + L) * exp(-d * (x - c) ** 2), x, REALS), sqrt(pi / d) * (A * (c**2 + 1 / (2 * d)) + B * c + L)),
    kind="lemma",
    find=quadratic_times_gaussian,
    source="The first two moments of the normal law; Johnson-Kotz-Balakrishnan 13.3",
)
RULES = (
    COSINE_OVER_X,
    COSINE_OVER_SQUARE,
    COSINE_OVER_DAMPED_POWER,
    COSINE_OVER_POWER,
    SINE_SQUARED_OVER_POWER,
    QUADRATIC_GAUSS,
)
