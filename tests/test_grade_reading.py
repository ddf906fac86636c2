"""Claims as people write them: heads, supports, definitions beside a formula; and what must not be taken for one of these."""

import pytest

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.read.asked import problem


@pytest.fixture(scope="module")
def truths():
    return {
        "exponential": truth_of(problem("exp(-b*x)", over={"x": "[0, oo)"}, given=["b > 0"])),
        "normal": truth_of(problem("exp(-(x - mu)**2/(2*sigma**2))", over={"x": "RR"}, given=["sigma > 0"])),
        "spin": truth_of(problem("exp(h*s)", over={"s": "{-1, 1}"})),
        "geometric": truth_of(problem("(1 - p)**(k - 1)", over={"k": "ZZ[1, oo]"}, given=["p > 0", "p < 1"])),
        "poisson": truth_of(problem("a**k/factorial(k)", over={"k": "ZZ[0, oo]"}, given=["a > 0"])),
        "beta": truth_of(problem("x**(a - 1)*(1 - x)**(b - 1)", over={"x": "(0, 1)"}, given=["a > 0", "b > 0"])),
    }


TABLE = [
    # heads
    ("exponential", "p", r"X\sim\mathrm{Exp}(b):\quad f_X(x)=be^{-bx}\ (x\ge 0).", CORRECT),
    ("exponential", "p", r"X\sim\mathrm{Exp}(b), f(x)=2be^{-bx}", WRONG),
    ("exponential", "p", r"\mathrm{Exp}(x\mid b)=be^{-bx}", CORRECT),
    ("exponential", "p", r"L(b)=be^{-bx}", CORRECT),
    ("exponential", "p", r"F(x)=be^{-bx}", UNDECIDED),  # a distribution function is no density
    ("exponential", "p", r"P(X\le x)=be^{-bx}", UNDECIDED),
    ("exponential", "p", r"f(0)=b", UNDECIDED),  # p at one place only
    ("exponential", "p", r"f(0)=1", WRONG),
    ("normal", "p", r"\mathcal N(x;\mu,\sigma^2)=\frac{1}{\sigma\sqrt{2\pi}}e^{-\frac{(x-\mu)^2}{2\sigma^2}}", CORRECT),
    ("poisson", "p", r"\Pr\{N=k\}=e^{-a}a^k/k!\quad(k=0,1,\dots).", CORRECT),
    ("spin", "p", r"P(s=-1)=\frac{e^{h}}{2\cosh h}", WRONG),
    # supports and conditions
    ("exponential", "p", r"f(x)=be^{-bx}\quad\forall x\ge 0", CORRECT),
    ("exponential", "p", r"f(x)=be^{-bx}\text{ for }x\ge 0\text{ and }0\text{ otherwise.}", CORRECT),
    ("exponential", "p", r"f(x)=be^{-bx}\,I(x\ge 0)", CORRECT),
    ("exponential", "p", r"f(x)=be^{-bx}\,I(x>1)", WRONG),
    ("exponential", "p", r"f(x)=be^{-bx}\mathbf 1_{\mathbb R_+}(x)", CORRECT),
    ("exponential", "p", r"f(x)=be^{-bx}\ (x>1)", UNDECIDED),
    ("exponential", "p", r"f(x)=be^{-bx},\quad x,b>0", CORRECT),
    ("spin", "p", r"P(s)=\frac{e^{hs}}{2\cosh h},\ s=\pm1", CORRECT),
    ("spin", "p", r"P(s)=\frac{e^{hs}}{2\cosh h},\ s\in\{0,1\}", UNDECIDED),
    ("poisson", "p", r"e^{-a}a^k/k!,\ k\in\mathbb{N}_0", CORRECT),
    ("poisson", "p", r"e^{-a}a^k/k!,\ k\in\mathbb{N}_+", UNDECIDED),
    ("poisson", "p", r"\frac{e^{-a}a^k}{k\,\Gamma(k)}", UNDECIDED),  # no value at k = 0
    ("normal", "Z", r"\sqrt{2\pi}\,\sigma\quad(\sigma>0).", CORRECT),
    # definitions beside the formula
    ("normal", "p", r"\frac1\sigma\varphi(z),\ z=\frac{x-\mu}\sigma\text{ and }\varphi(t)=\frac{1}{\sqrt{2\pi}}e^{-t^2/2}", CORRECT),
    ("normal", "p", r"\frac1\sigma\varphi(z),\ z=\frac{x-\mu}{2\sigma}\text{ and }\varphi(t)=\frac{1}{\sqrt{2\pi}}e^{-t^2/2}", WRONG),
    ("geometric", "p", r"\Pr(K=k)=pq^{k-1},\ q=1-p", CORRECT),
    ("geometric", "p", r"\Pr(K=k)=pq^{k-1},\ q=p", WRONG),
    ("geometric", "p", r"\Pr(K=k)=pq^{k-1},\ q=q", UNDECIDED),
    ("geometric", "p", r"\Pr(K=k)=p(1-p)^{k-1},\ M=1/p^2", UNDECIDED),  # another claim
    ("geometric", "p", r"\Pr(K=k)=p(1-p)^{k-1},\ p=1", UNDECIDED),
    ("exponential", "Z", r"\int_0^\infty e^{-z}\,dx,\ z=bx", UNDECIDED),  # which x?
    ("exponential", "Z", r"\frac1b\int_0^\infty e^{-u}\,du,\ u=bx", CORRECT),
    # brackets over names of their own
    ("exponential", "Z", r"\frac1b\Bigl[-e^{-u}\Bigr]_{u=0}^{u=\infty}", CORRECT),
    ("exponential", "Z", r"\frac1b\Bigl[-e^{-u}\Bigr]_0^{\infty}", CORRECT),
    ("exponential", "Z", r"\frac1b\Bigl[-ve^{-u}\Bigr]_0^{\infty}", UNDECIDED),
    # limits
    ("poisson", "Z", r"\lim_{n\to\infty}\left(1+\frac an\right)^{n+1}", CORRECT),
    ("poisson", "Z", r"\lim_{n\to\infty}\left(1-\frac an\right)^n", WRONG),
    # a quotient that is read in two ways is right as a/(bc), and wrong where it is wrong both ways
    ("normal", "p", r"\frac{1}{\sigma\sqrt{2\pi}}e^{-(x-\mu)^2/2\sigma^2}", CORRECT),
    ("normal", "p", r"\frac{1}{\sigma\sqrt{2\pi}}e^{-(x-\mu)^2/4\sigma^2}", WRONG),
    # binomials of real numbers
    ("beta", "Z", r"\frac{1}{a\binom{a+b-1}{a}}", CORRECT),
    ("beta", "Z", r"\frac{1}{a\binom{a+b}{a}}", WRONG),
]


@pytest.mark.parametrize(("which", "kind", "text", "verdict"), TABLE, ids=[f"{row[0]}: {row[2]}" for row in TABLE])
def test_claims_as_people_write_them(truths, which, kind, text, verdict):
    found = judge(Claim("c", which, kind, text), truths[which])
    assert found.verdict == verdict, found


def test_a_binomial_that_need_not_be_defined_is_right_under_a_condition(truths):
    found = judge(Claim("c", "beta", "Z", r"\frac{1}{(a+b-1)\binom{a+b-2}{a-1}}"), truths["beta"])
    assert found.verdict == CORRECT and found.conditions == ("a + b - 1 > 0",)


CHAINS = [
    ("exponential", (r"f(x)=ce^{-bx},\quad x\ge 0", r"1=\int_0^\infty ce^{-bx}\,dx=\frac cb", r"c=b"), CORRECT, 0),
    ("exponential", (r"\int_0^\infty ce^{-bx}\,dx=1", r"c=\frac1b"), WRONG, 2),
    ("exponential", (r"\int_0^\infty 2ce^{-bx}\,dx=1", r"c=\frac b2"), UNDECIDED, 0),  # c is not 1/Z
    ("geometric", (r"q:=1-p", r"Z=\sum_{k=1}^\infty q^{k-1}=\frac1{1-q}", r"=\frac1p"), CORRECT, 0),
    ("geometric", (r"q=p", r"Z=\sum_{k=1}^\infty q^{k-1}=\frac1{1-q}"), WRONG, 2),
    ("spin", (r"Z=2\cosh h", r"P(s=+1)=\frac{1}{1+e^{-2h}}"), CORRECT, 0),
    ("spin", (r"Z=2\cosh h", r"P(s=-1)=\frac{1}{1+e^{-2h}}"), WRONG, 2),
    ("beta", (r"Z=\int_0^1x^{a-1}(1-x)^{b-1}\,dx=B(a,b)", r"f(x)=\frac{x^{a-1}(1-x)^{b-1}}{B(a,b)},\quad 0<x<1"), CORRECT, 0),
    ("exponential", (r"\text{Let } u=bx\ \Rightarrow\ du=b\,dx", r"Z=\frac1b\int_0^\infty e^{-u}\,du=\frac1b\quad\checkmark"), CORRECT, 0),
    ("geometric", (r"Z=\sum_{k=1}^\infty(1-p)^{k-1}", r"=1+(1-p)+(1-p)^2+\cdots", r"=\frac1p"), CORRECT, 0),
    ("geometric", (r"Z=\sum_{k=1}^\infty(1-p)^{k-1}", r"=1+(1-p)+(1-p)^3+\cdots", r"=\frac1p"), UNDECIDED, 0),
    ("geometric", (r"Z=1+(1-p)+(1-p)^2+\dots=\frac1{1-p}",), WRONG, 1),
    ("spin", (r"Z=\sum_{s=-1,+1}e^{hs}=2\cosh h",), CORRECT, 0),
    ("spin", (r"Z=\sum_{s=0,1}e^{hs}",), WRONG, 1),
    ("normal", (r"Z=\int_{-\infty}^\infty e^{-x^2/(2\sigma^2)}\,dx\quad\text{(shift }x\to x+\mu\text{)}", r"=\sqrt{2\pi}\,\sigma"), CORRECT, 0),
    ("geometric", (r"Z=\lim_{N\to\infty}\sum_{k=1}^N(1-p)^{k-1}=\frac1p",), CORRECT, 0),
]


@pytest.mark.parametrize(("which", "lines", "verdict", "first"), CHAINS, ids=[" ".join(row[1]) for row in CHAINS])
def test_derivations_as_people_write_them(truths, which, lines, verdict, first):
    found = judge(Claim("c", which, "steps", lines=lines), truths[which])
    assert (found.verdict, found.first_wrong_line) == (verdict, first), found
