"""Final answers that hold for some parameters alone: a mode for a > 1, a mean for a > 1; and entropies with logarithms of the variable."""

import pytest

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.read.asked import problem

KERNELS = {
    "gamma": ("x**(a - 1)*exp(-b*x)", "(0, oo)", ["a > 0", "b > 0"]),
    "pareto": ("x**(-a - 1)", "(1, oo)", ["a > 0"]),
    "weibull": ("x**(c - 1)*exp(-x**c)", "(0, oo)", ["c > 0"]),
    "beta": ("x**(a - 1)*(1 - x)**(b - 1)", "(0, 1)", ["a > 0", "b > 0"]),
}


@pytest.fixture(scope="module")
def truths():
    return {name: truth_of(problem(kernel, over={"x": over}, given=given)) for name, (kernel, over, given) in KERNELS.items()}


@pytest.mark.parametrize(("which", "kind", "text", "verdict", "conditions"), [
    ("gamma", "mode", r"\frac{a-1}{b}", CORRECT, ("a > 1",)), ("gamma", "mode", r"\frac{a-1}{b},\ a>1", CORRECT, ("a > 1",)),
    ("gamma", "mode", r"\frac{a-1}{b},\ a>\frac12", UNDECIDED, ()),  # for a < 1 the density falls from 0 on
    ("gamma", "mode", r"\frac ab", WRONG, ()), ("gamma", "mode", r"\frac{a-1}{2b}", WRONG, ()), ("gamma", "mode", "0", WRONG, ()),
    ("gamma", "mode", r"0,\quad a<1", UNDECIDED, ()),
    ("gamma", "mode", r"\begin{cases}(a-1)/b&a>1\\5&a\le1\end{cases}", UNDECIDED, ()),
    ("pareto", "mean", r"\frac{a}{a-1}", CORRECT, ("a > 1",)), ("pareto", "mean", r"\infty,\ a\le1", CORRECT, ("a <= 1",)),
    ("pareto", "mean", r"3,\ a<1", WRONG, ()),
    ("pareto", "mean", r"\begin{cases}\frac{a}{a-1}&a>1\\\infty&a\le1\end{cases}", CORRECT, ("a > 1",)),
    ("pareto", "mean", r"\begin{cases}\frac{a}{a-1}&a>1\\5&a\le1\end{cases}", UNDECIDED, ()),
    ("pareto", "variance", r"\begin{cases}\frac{a}{(a-1)^2(a-2)}&a>2\\7&a\le2\end{cases}", UNDECIDED, ()),
    # NIST, Engineering Statistics Handbook 1.3.6.6; Cover and Thomas, Elements of Information Theory, table 17.1
    ("gamma", "entropy", r"a-\ln b+\ln\Gamma(a)+(1-a)\psi(a)", CORRECT, ()),
    ("gamma", "entropy", r"a+\ln b+\ln\Gamma(a)+(1-a)\psi(a)", WRONG, ()),
    ("weibull", "entropy", r"\gamma\left(1-\frac1c\right)-\ln c+1", UNDECIDED, ()),  # γ is not declared
    ("weibull", "entropy", r"-\psi(1)\left(1-\frac1c\right)-\ln c+1", CORRECT, ()),
    ("weibull", "entropy", r"\psi(1)\left(1-\frac1c\right)-\ln c+1", WRONG, ()),
    ("beta", "entropy", r"\ln B(a,b)-(a-1)\psi(a)-(b-1)\psi(b)+(a+b-2)\psi(a+b)", CORRECT, ()),
])  # fmt: skip
def test_answers_that_need_a_condition_or_logarithms(truths, which, kind, text, verdict, conditions):
    found = judge(Claim("a", which, kind, text), truths[which])
    assert (found.verdict, found.conditions) == (verdict, conditions), found.detail
