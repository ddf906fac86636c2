"""Samples, sums, extremes, modes, quantiles and conditional means in derivations: what is established counts, and what is wrong nearby does not."""

from pathlib import Path

import pytest

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.read.files import load

DATA = Path(__file__).parent / "data"
GAMMA, PARETO, SPEED = r"Z=\frac{\Gamma(\alpha)}{\beta^\alpha}", r"Z=\frac{m^{-\alpha}}\alpha", r"Z=a^3\sqrt{\pi/2}"
SUM = r"S=X_1+\dots+X_n \text{ with } X_i\sim"
MADE = (
    ("gamma", (GAMMA, r"p'(x)=0 \text{ gives the mode } \hat x=\frac{\alpha+1}\beta"), WRONG),
    ("maxwell", (SPEED, r"p'(x)=0", r"\text{so the mode is } x=0"), UNDECIDED),  # an end of the support
    ("maxwell", (SPEED, r"p'(x)=0"), UNDECIDED),  # where?
    ("maxwell", (SPEED, r"p'(x)\propto\left(2x-\frac{x^3}{a^2}\right)e^{-x^2/2a^2}=0", r"x_{\max}=\sqrt2a"), CORRECT),
    ("maxwell", (SPEED, r"p'(x)\propto\left(2x-\frac{x^3}{a^2}\right)e^{-x^2/2a^2}=0", r"x_{\max}=2a"), WRONG),
    ("pareto", (PARETO, r"E[X]=\frac{\alpha m}{\alpha-1}\text{ if } \alpha>2,\quad E[X]=\infty\text{ otherwise}"), UNDECIDED),
    ("c15-minimum", (r"X_i\sim\mathrm{Exp}(2\lambda),\quad M=\min(X_1,\dots,X_n)", r"f_M(x)=n\lambda e^{-n\lambda x}"), UNDECIDED),
    ("c15-minimum", (r"X_i\sim\mathrm{Exp}(\lambda),\quad M=\min(X_1,\dots,X_n)", r"f_M(x)=n\lambda e^{-n\lambda x}"), CORRECT),
    ("c15-maximum", (r"M=\max(X_1,\dots,X_n)", r"P(M>x)=\prod_{i=1}^nP(X_i>x)", r"f_M(x)=nx^{n-1}/\theta^n"), UNDECIDED),  # no: of the minimum
    ("c15-sum", (r"X,Y\sim\mathrm{Exp}(2\lambda),\ Z=X+Y", r"f_Z(z)=\lambda^2ze^{-\lambda z}"), UNDECIDED),
    ("c15-erlang", (r"Z=\frac{(n-1)!}{\lambda^n}", rf"{SUM}\mathrm{{Exp}}(\lambda),\quad E[S]=nE[X_1]=n\lambda"), WRONG),
    ("c15-erlang", (r"Z=\frac{(n-1)!}{\lambda^n}", rf"{SUM}\mathrm{{Exp}}(3\lambda),\quad E[S]=nE[X_1]=\frac n\lambda"), UNDECIDED),
    ("c15-erlang", (r"M_{X_1}(t)=\frac\lambda{\lambda+t}",
                    r"M_S(t)=E[e^{t(X_1+\cdots+X_n)}]=M_{X_1}(t)^n=\left(\frac\lambda{\lambda-t}\right)^n"), WRONG),
    ("c15-wedge", (r"f_X(x)=e^{-x}", r"\operatorname{Var}(Y\mid X=x)=x"), WRONG),
    ("c15-wedge", (r"f_X(x)=e^{-x}", r"E[Y]=E[E[Y\mid X]]=E[X]+1=2"), CORRECT),
    ("c15-plane", (r"Z=3/2", r"E[Y\mid X=2]=1"), UNDECIDED),  # outside of the square
    ("c15-coins", (r"p(x_1,\dots,x_n\mid\theta)=\prod_i\theta^{x_i}(1-\theta)^{1-x_i}=\theta^s(1-\theta)^{s-n},\ s=\sum_ix_i",
                   r"\theta\mid x\sim\mathrm{Beta}(a+s,b+n-s)"), WRONG),
    ("c15-flat-mean", (r"m=\frac1n\sum_{i=1}^nx_i", r"\sum_{i=1}^n(x_i-\mu)^2=\sum_{i=1}^n(x_i-m)^2+(m-\mu)^2", r"Z=\sigma\sqrt{2\pi/n}"), WRONG),
    ("c15-coins", (r"p(\theta\mid x)\propto p(\theta)\,\theta^s(1-\theta)^{n-s}", r"Z=B(a+s,b+n-s)"), UNDECIDED),  # of the prior nothing is said
    ("c15-coins", (r"p(\theta\mid x)=p(x\mid\theta)p(\theta)", r"Z=B(a+s,b+n-s)"), UNDECIDED),  # p(x) is missing
    ("c15-flat-mean", (r"\sum_{i=1}^nx_i=0", r"Z=\sigma\sqrt{2\pi/n}"), UNDECIDED),  # nobody says what m is
    ("c15-poisson-data", (r"p(x\mid\theta)=\prod_{i=1}^n\frac{\theta^{x_i}}{x_i!}=\frac{\theta^s}{\prod_ix_i!},\quad s=\sum_{i=1}^nx_i",
                          r"p(\theta\mid x)\propto\theta^{\alpha+s-1}e^{-(\beta+n)\theta}"), UNDECIDED),  # no density of the data
)  # fmt: skip


@pytest.fixture(scope="module")
def truths():
    names = {name for name, _, _ in MADE}
    return {p.id: truth_of(p, 10) for file in ("textbook", "chains_samples") for p in load(DATA / f"{file}.toml") if p.id in names}


@pytest.mark.parametrize(("problem", "lines", "verdict"), MADE)
def test_what_is_made_of_observations(problem, lines, verdict, truths):
    assert judge(Claim("a", problem, "steps", lines=lines), truths[problem]).verdict == verdict
