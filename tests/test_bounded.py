"""What is short to write and long to multiply out: no answer waits for it, and what cannot be established stays open."""

from time import process_time

import pytest
from sympy import Rational, S, Symbol, cos, exp, factorial, gamma, pi, sin, sqrt, symbols

from derive.algebra.rational import shortest, terms_of
from derive.algebra.signs import Facts
from derive.grade.equal.signed import signed_value
from derive.grade.equal.total_values import polynomial_sum
from derive.grade.equal.values import Bench
from derive.grade.handed import CORRECT, Claim
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.grade.writing.ellipsis import are_first
from derive.language.totals import NATURALS, POSITIVE, REALS, UNIT, Counting, Lebesgue, Total
from derive.read.agree import difference
from derive.read.asked import problem
from derive.rules import TACTICS
from derive.rules.antiderivatives import antiderivative_by_polynomial

x, y, q = symbols("x y q", real=True)
k = Symbol("k", integer=True, nonnegative=True)
a, b, c = symbols("a b c", positive=True)
n = Symbol("n", integer=True, positive=True)

BOUNDED = {  # what is asked; SymPy alone works on each for a minute or longer
    "the integral of a polynomial": lambda: signed_value(Total(x**300 * (1 - x + b) ** 300, x, UNIT), Facts()),
    "the integral of powers of a sum of letters": lambda: signed_value(Total((a + b + c + x) ** 60, x, UNIT), Facts()),
    "a polynomial and a Gaussian": lambda: signed_value(Total((x + a + b + c) ** 60 * exp(-(x**2)), x, REALS), Facts()),
    "a polynomial times an exponential": lambda: antiderivative_by_polynomial((x + a + b) ** 80 * exp(-(x**2) / 2), x, Facts()),
    "the sum of high powers": lambda: polynomial_sum(Total(k**400, k, Counting(1, n)), Facts(), Bench()),
    "the sum of powers of sums": lambda: polynomial_sum(Total((k + a + b + c) ** 40, k, Counting(1, n)), Facts(), Bench()),
    "a far term of a series": lambda: are_first((S.One, q**50_000), 1 / (1 - q)) or None,
    "the series of functions in functions": lambda: are_first((q, q**2), exp(exp(exp(q) - 1) - 1) / (1 - a * q) ** 3 * exp(q) ** a) or None,
}


@pytest.mark.parametrize("name", BOUNDED)
def test_what_is_long_when_multiplied_out_is_left(name):
    start = process_time()
    assert BOUNDED[name]() is None
    assert process_time() - start < 5


P, Q = (x + b) ** 50, (x + a + c) ** 40  # on the finders below each of these took more than fifteen seconds
KERNELS = {
    "a series": Total((P * Q).xreplace({x: k}) * exp(-k), k, NATURALS),
    "a series over factorials": Total((P * (x + 1) ** 40).xreplace({x: k}) / factorial(k), k, NATURALS),
    "a finite sum": Total((P * Q).xreplace({x: k}), k, Counting(0, n)),
    "a rational function": Total(P * Q / (1 + x + a) ** 120, x, POSITIVE),
    "whole turns": Total(P * Q * (1 + cos(x)), x, Lebesgue(0, 2 * pi)),
    "powers of waves": Total((sin(x) + b) ** 50 * (cos(x) + a + c) ** 40, x, Lebesgue(0, 2 * pi)),
    "a root": Total(P * Q / sqrt(x**2 + a), x, UNIT),
    "gamma functions": Total(gamma(k + 300) / gamma(k + 2) * (k + b) ** 40 * exp(-k), k, NATURALS),
}


@pytest.mark.parametrize("name", KERNELS)
def test_no_finder_multiplies_out_what_is_long(name):
    start = process_time()
    for rule in TACTICS:
        list(rule.find(KERNELS[name], Facts()))
        assert process_time() - start < 10, rule.name


def test_what_is_short_is_worked_out():
    assert signed_value(Total(x * (1 - x) ** 2, x, UNIT), Facts()) == Rational(1, 12)
    assert polynomial_sum(Total(k, k, Counting(1, n)), Facts(), Bench()) == n * (n + 1) / 2
    assert are_first((S.One, q, q**2), 1 / (1 - q))


def test_a_power_of_a_sum_counts_as_its_terms():
    long = (a + b + c + 1) ** 60 / ((a + b) ** 50 + (b + c + 2) ** 40)
    start = process_time()
    assert shortest(long) is long and terms_of((a + b) ** 9) == terms_of((a + b) ** -9) == 10
    assert process_time() - start < 1


def test_two_spellings_of_a_kernel_are_held_against_each_other_by_values():
    start = process_time()
    assert difference((x + y + a) ** 90 * (x + b) ** 90, (b + x) ** 90 * (a + x + y) ** 90, (), ()) is None
    assert difference(((x + y + a) ** 2) ** 45 * (x + b) ** 90, (x**2 + b**2 + 2 * b * x) ** 45 * (a + x + y) ** 90, (), ()) in (None, "")
    assert process_time() - start < 5


LINES = (  # derivations about e^(−bx), which end right
    r"\sum_{k=1}^{n}k^{400}=1", r"\int_0^1x^{300}(1-x+b)^{300}dx=2", r"\frac{1}{1-b}=1+b+b^2+\cdots+b^{100000}",
    r"e^{e^{b}-1}\ln(1+\sin b)/\cos b=b+b^2+\cdots", r"u=(x+b)^{50}e^{-x},\ du=dx",
)  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_is_long_when_multiplied_out_is_soon_judged(line):
    truth = truth_of(problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]))
    start = process_time()
    assert judge(Claim("a", "a", "steps", lines=(line, r"Z=\frac1b")), truth).verdict != CORRECT
    assert process_time() - start < 10
