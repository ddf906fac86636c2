"""Signs of sums that contain a bounded function, or two terms with a simpler product: proved where true, never where false."""

import pytest
from sympy import Symbol, atan, besselj, cos, cosh, erf, exp, log, pi, sin, sqrt, symbols, tanh

from derive.algebra.signs import Facts

x, c, q = symbols("x c q", real=True)
p, h = symbols("p h", positive=True)
k = symbols("k", negative=True)
w, v = symbols("w v", nonnegative=True)
even = Symbol("n", even=True, positive=True)
POSITIVE = [
    ((c < 1, c > -1), 1 + c**2 - 2 * c * cos(x)),
    ((c > -2,), exp(x) + c + exp(-x)),
    ((abs(c) < 1,), cosh(p * x) + c),
    ((p < 1,), 1 - p**2 * sin(x) ** 2),
    ((), 1 - tanh(x)),
    ((), 1 - tanh(x) ** 2),
    ((x > 1 / k,), 1 - k * x),
    ((x > log(h),), 1 - h * exp(-x)),
    ((q < 1, x > -1 / sqrt(1 - q), x < 1 / sqrt(1 - q)), 1 - (1 - q) * x**2),
    ((w <= 1,), w / h + (1 - w) / p),
    ((w < 1,), 1 - w**h),
    ((abs(c) > 1,), 1 - abs(c) ** (-p)),
    ((v > w,), p * v**h - p * w**h),
    ((v > w,), v**h / (p + v**h) - w**h / (p + w**h)),
    ((x > c - h, x < c + h), 1 - abs(x - c) / h),
    ((h < pi,), x**2 + 2 * x * p * cos(h) + p**2),
    ((c > -1, x > 0), x**2 + 2 * c * x + 1),
    ((c > -2,), 4 + 9 * x**4 + 6 * c * x**2),
]
NOT_POSITIVE = [1 - cos(x), p + p * sin(x), p * erf(x) ** 2 + erf(x) ** 2, exp(x) - 2 + exp(-x), cosh(x) - 1]
NOT_PROVED = [((w <= 1,), 1 - w**h), ((v >= w,), v**h - w**h), ((v > w,), v**c - w**c), ((x > c - 2 * h, x < c + h), 1 - abs(x - c) / h),
              ((w <= 1,), w * h + (1 - w) * q), ((c >= -1, x > 0), x**2 + 2 * c * x + 1), ((c > -1,), x**2 + 2 * c * x + 1)]  # fmt: skip


@pytest.mark.parametrize("facts, e", POSITIVE)
def test_what_is_positive_at_its_extremes_is_positive(facts, e):
    assert Facts(facts).positive(e)


@pytest.mark.parametrize("e", NOT_POSITIVE)
def test_what_vanishes_somewhere_is_not_proved_positive(e):
    assert not Facts().positive(e)


@pytest.mark.parametrize("facts, e", NOT_PROVED)
def test_what_may_vanish_or_be_negative_is_not_proved_positive(facts, e):
    assert not Facts(facts).positive(e)


def test_relations_with_bars_and_unknown_signs_say_no_more_than_they_do():
    assert not Facts([exp(abs(c)) - abs(c) > 2]).positive(exp(c) - c - 2)  # at c = −2
    assert not Facts([abs(c) ** p > abs(c)]).positive(c**p - c)  # at c = −2 that is no real number
    assert not Facts([p * c**even > 1]).positive(p ** (1 / even) * c - 1)  # c may be negative
    assert not Facts([besselj(0, c) > -2]).positive(2 * atan(c) - atan(c - 1))  # −π/2 far to the left


@pytest.mark.parametrize("facts, proved", [((x >= 0, x <= 1), False), ((x > 0, x <= 1), False), ((x >= 0, x < 1), True)])
def test_what_vanishes_at_an_end_that_may_be_reached_is_not_proved_positive(facts, proved):
    assert Facts(facts).positive(1 - x) is proved and Facts(facts).nonnegative(1 - x)
    assert Facts((*facts, p > 1)).positive(p - p * x) is proved
