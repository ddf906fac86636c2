"""Answers for means, variances and distribution functions, held against N. L. Johnson, S. Kotz and N. Balakrishnan; laws by name, p by points."""

from pathlib import Path

import pytest

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.read.files import load

DATA = Path(__file__).parent / "data"
RIGHT = [
    ("gamma", "mean", r"E[X]=\frac{\alpha}{\beta}", ()),
    ("gamma", "variance", r"\operatorname{Var}(X)=E[X^2]-E[X]^2=\frac{\alpha}{\beta^2}", ()),
    ("gaussian", "mean", r"\mu", ()),
    ("gaussian", "variance", r"\mathrm{Var}(X)=\sigma^2", ()),
    ("exponential", "cdf", r"P(X\le x)=1-e^{-\lambda x},\ x\ge0", ()),
    ("semicircle", "cdf", r"\frac12+\frac{x\sqrt{R^2-x^2}}{\pi R^2}+\frac1\pi\arcsin\frac xR", ()),
    ("uniform", "cdf", r"\begin{cases}0&x<a\\\frac{x-a}{b-a}&a\le x\le b\\1&x>b\end{cases}", ()),
    ("exponential", "p", r"X\sim\mathrm{Exp}(1/\lambda)", ()),
    ("pareto", "mean", r"\frac{\alpha m}{\alpha-1}", ("alpha > 1",)),
    ("geometric", "cdf", r"F(k)=1-(1-p)^k", ()),
    ("gaussian", "cdf", r"\Phi\left(\frac{x-\mu}{\sigma}\right)", ()),
    ("ising-spin", "mean", r"\langle s\rangle=\tanh h", ()),
    ("gaussian", "p", r"X\sim\mathcal N(\mu,\sigma^2)", ()),
    ("gamma", "p", r"X\sim\operatorname{Gamma}(\text{shape}=\alpha,\ \text{scale}=1/\beta)", ()),
    ("poisson", "p", r"K\sim\mathrm{Poisson}(\lambda)", ()),
    ("chi-squared", "p", r"X\sim\chi^2_{k}", ()),
    ("student-t", "p", r"t_\nu", ()),
    ("ising-spin", "p", r"P(S=\pm 1)=\frac{1}{1+e^{\mp 2h}}", ()),
    ("bernoulli", "p", r"p(1)=\frac{e^b}{1+e^b},\quad p(0)=1-p(1)", ()),
]
MISTAKEN = [
    ("gamma", "variance", r"\frac{\alpha(\alpha+1)}{\beta^2}", "algebra"),
    ("gamma", "mean", r"\alpha\beta", "reciprocal"),
    ("gaussian", "variance", r"\sigma", "variance-vs-standard-deviation"),
    ("exponential", "cdf", r"F_X(x)=e^{-\lambda x}", "wrong-domain"),
    ("geometric", "mean", r"\frac{1-p}{p}", "off-by-one-index"),
    ("geometric", "cdf", r"1-(1-p)^{k-1}", "off-by-one-index"),
    ("cauchy", "mean", r"x_0", None),
    ("exponential", "cdf", r"\begin{cases}1-e^{-\lambda x}&x\ge0\\1&x<0\end{cases}", "wrong-domain"),
    ("exponential", "cdf", r"1-e^{-\lambda x},\ x\in\mathbb{R}", "wrong-domain"),
    ("exponential", "p", r"X\sim\mathrm{Exp}(2\lambda)", "lost-constant"),
    ("uniform", "p", r"X\sim U(0,b)", "wrong-domain"),
    ("arcsine", "cdf", r"\frac1\pi\arcsin\sqrt x", "lost-constant"),
    ("gamma", "p", r"X\sim\operatorname{Gamma}(\text{shape}=\alpha,\ \text{scale}=\beta)", "reciprocal"),
    ("half-normal", "p", r"X\sim\mathcal N(0,\sigma^2)", "wrong-domain"),
    ("exponential", "p", r"\lambda e^{-x/\lambda}", "reciprocal"),
    ("gaussian", "p", r"\frac{1}{\sqrt{2\pi\sigma^2}}\exp\left(-\frac{(x-\mu)^2}{2\sigma}\right)", "variance-vs-standard-deviation"),
    ("ising-spin", "p", r"P(S=\pm 1)=\frac{1}{1+e^{\pm 2h}}", None),
]
OPEN = [
    ("gaussian", "p", r"X\sim\mathcal N(\mu,\sigma)"),  # some mean the standard deviation by it
    ("bernoulli", "p", r"p(1)=\frac{e^b}{1+e^b}"),
    ("bernoulli", "p", r"p(1)=1-p(0),\ p(0)=1-p(1)"),
    ("gaussian", "p", r"Y\mid X\sim\mathcal M(\mu,\sigma^2)"),
]


@pytest.fixture(scope="module")
def truths():
    wanted = {which for which, *_ in (*RIGHT, *MISTAKEN, *OPEN)}
    return {p.id: truth_of(p, 10) for p in load(DATA / "textbook.toml") if p.id in wanted}


@pytest.mark.parametrize(("which", "kind", "text", "conditions"), RIGHT)
def test_right_ones(truths, which, kind, text, conditions):
    found = judge(Claim("a", which, kind, text), truths[which])
    assert (found.verdict, found.conditions) == (CORRECT, conditions), found.detail


@pytest.mark.parametrize(("which", "kind", "text", "mistake"), MISTAKEN)
def test_wrong_ones(truths, which, kind, text, mistake):
    found = judge(Claim("a", which, kind, text), truths[which])
    assert (found.verdict, found.mistake and found.mistake.kind) == (WRONG, mistake), found.detail


@pytest.mark.parametrize(("which", "kind", "text"), OPEN)
def test_open_ones(truths, which, kind, text):
    assert judge(Claim("a", which, kind, text), truths[which]).verdict == UNDECIDED
