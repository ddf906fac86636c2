"""Final answers for E[e^{tX}] and E[s^X]. The values are those of the tables in Johnson, Kotz and others, and of Feller for whole numbers."""

from functools import cache

import pytest

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.read.asked import problem

PROBLEMS = {
    "rate": ("exp(-a*x)", {"x": "(0, oo)"}, ["a > 0"]),
    "laplace": ("exp(-Abs(x)/b)", {"x": "RR"}, ["b > 0"]),
    "normal": ("exp(-(x - m)**2/(2*v))", {"x": "RR"}, ["m real", "v > 0"]),
    "poisson": ("r**k/factorial(k)", {"k": "ZZ[0, oo]"}, ["r > 0"]),
    "trials": ("q**k", {"k": "ZZ[1, oo]"}, ["q > 0", "q < 1"]),
    "below": ("exp(c*x)", {"x": "(-oo, 0)"}, ["c > 0"]),
}
TABLE = [
    ("rate", "mgf", r"M_X(t) = \frac{a}{a-t},\quad t<a", CORRECT), ("rate", "mgf", r"(1-t/a)^{-1}", CORRECT),
    ("rate", "mgf", r"\frac{a}{a+t}", WRONG), ("rate", "mgf", r"\frac{1}{a-t}", WRONG), ("rate", "mgf", "5", WRONG),
    ("laplace", "mgf", r"\frac12\left(\frac1{1-bt}+\frac1{1+bt}\right)", CORRECT), ("laplace", "mgf", r"\frac{1}{1-bt}", WRONG),
    ("normal", "mgf", r"E[e^{sX}] = e^{ms+vs^2/2}", CORRECT), ("normal", "mgf", r"e^{ms+v^2s^2/2}", WRONG),
    ("poisson", "pgf", r"G(s) = e^{r(s-1)}", CORRECT), ("poisson", "pgf", r"e^{rs}", WRONG), ("poisson", "mgf", r"\exp(r(e^t-1))", CORRECT),
    ("trials", "pgf", r"\frac{(1-q)s}{1-qs}", CORRECT), ("trials", "pgf", r"\frac{1-q}{1-qs}", WRONG),
    ("below", "mgf", r"\frac{c}{c+t}", CORRECT), ("below", "mgf", r"\frac{c}{c-t}", WRONG),
    ("poisson", "pgf", r"M(s) = e^{r(s-1)}", UNDECIDED), ("poisson", "pgf", r"E[e^{sX}] = e^{r(s-1)}", UNDECIDED),
    ("normal", "pgf", "G(s) = s", UNDECIDED), ("rate", "mgf", "M(t) = ua", UNDECIDED),
]  # fmt: skip


@cache
def truth(name):
    kernel, over, given = PROBLEMS[name]
    return truth_of(problem(kernel, over=over, given=given), 10)


SLOWER = ("laplace", "trials", "below")


@pytest.mark.parametrize(
    ("which", "kind", "text", "verdict"), [pytest.param(*one, marks=pytest.mark.slow if one[0] in SLOWER else ()) for one in TABLE]
)
def test_generating_functions(which, kind, text, verdict):
    found = judge(Claim("a", which, kind, text), truth(which))
    assert found.verdict == verdict, found.detail
