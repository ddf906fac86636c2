"""Short derivations about a continuous variable: medians, characteristic functions, limits, small values, constants beside ln Z."""

import pytest
from sympy import Symbol, exp, oo

from derive.algebra.signs import Facts
from derive.grade.equal.boundary import equal_by_parts
from derive.grade.equal.changes import equal_by_substitution
from derive.grade.handed import CORRECT, WRONG, Claim
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.language.totals import Lebesgue, Total
from derive.read.files import loads


def test_a_bound_name_outside_of_its_integral_is_another_one():
    x, b = Symbol("x", positive=True), Symbol("b", positive=True)
    whole, half = Total(exp(-b * x), x, Lebesgue(0, oo)), Lebesgue(0, oo)
    outside = x * exp(-b * x) * Total(b, x, half)  # its x is free, and ∫ b dx is infinite
    assert not equal_by_parts(whole, outside, Facts())
    assert not equal_by_substitution(whole, outside, {}, Facts())


EXPONENTIAL = """
[[problem]]
id = "e"
kernel = "exp(-lambda*x)"
variables = [{name = "x", domain = "(0, oo)"}]
parameters = [{name = "lambda", assumptions = "positive"}]
"""


@pytest.mark.parametrize(
    ("lines", "verdict", "first"),
    [
        ((r"Z=1/\lambda", r"\text{Median: } 1-e^{-\lambda m}=\frac12", r"\Rightarrow m=\frac{\ln 2}{\lambda}"), CORRECT, 0),
        ((r"Z=1/\lambda", r"\text{Median: } e^{-\lambda m}=\frac13", r"\Rightarrow m=\frac{\ln 3}{\lambda}"), WRONG, 2),
        ((r"Z=1/\lambda", r"\text{Median: } e^{-\lambda m}=\frac12", r"\lambda m=\ln\frac12", r"m=-\frac{\ln 2}{\lambda}"), WRONG, 3),
        ((r"\varphi(t)=E[e^{itX}]=\frac{\lambda}{\lambda-it}", r"E[X^2]=-\varphi''(0)=\frac{2}{\lambda^2}"), CORRECT, 0),
        ((r"\varphi(t)=E[e^{itX}]=\frac{\lambda}{\lambda-it}", r"E[X^2]=\varphi''(0)=\frac{2}{\lambda^2}"), WRONG, 2),
        ((r"E[X]=\int_0^\infty x\lambda e^{-\lambda x}dx=1/\lambda \to 0 \text{ as } \lambda\to\infty",), CORRECT, 0),
        ((r"E[X]=\int_0^\infty x\lambda e^{-\lambda x}dx=1/\lambda \to 1 \text{ as } \lambda\to\infty",), WRONG, 1),
        ((r"Z=1/\lambda", r"e^{\lambda}\approx 1+\lambda\quad(\lambda\ll 1)"), CORRECT, 0),
        ((r"Z=1/\lambda", r"e^{\lambda}\approx 1+2\lambda\quad(\lambda\ll 1)"), WRONG, 2),
        ((r"Z=1/\lambda", r"\ln Z=-\ln\lambda+\text{const}"), CORRECT, 0),
        ((r"Z=1/\lambda", r"\ln Z=-2\ln\lambda+\text{const}"), WRONG, 2),
    ],
)
def test_short_ones(lines, verdict, first):
    (problem,) = loads(EXPONENTIAL)
    found = judge(Claim("c", "e", "steps", lines=lines), truth_of(problem, 10))
    assert (found.verdict, found.first_wrong_line) == (verdict, first)
