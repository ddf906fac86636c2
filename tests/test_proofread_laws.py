"""Documents: the density under which a mean is taken, laws by their names, conventions, characteristic functions, conditional laws."""

import pytest

from derive.grade.notes.conventions import settled
from derive.grade.notes.declared import jobs
from derive.grade.notes.proofread import proofread
from derive.grade.writing.documents import formulas_of

PROVED, REFUTED, UNREAD, AGREES, UNDECIDED = "proved", "refuted", "unread", "agrees", "undecided"


def verdicts(text: str, name: str = "a.md") -> list[str]:
    return [found.verdict for job in jobs(formulas_of(text, name)) for found in proofread(job)]


EXP = r"Let $X\sim\mathrm{Exp}(\lambda)$ with rate $\lambda>0$. "
WELL = r"For $a>0$ the density is $p(x) = \sqrt{\frac{a}{\pi}}\,e^{-ax^2}$ and $U(x) = ax^2$. "


@pytest.mark.parametrize(("text", "expected"), [  # values by hand
    (WELL + r"$$\langle x^2\rangle = \frac{1}{2a}$$", [PROVED]),
    (WELL + r"$$\langle U\rangle = \frac{1}{4}$$", [REFUTED]),
    (r"For $a>0$ the weight is $p(x) = e^{-ax^2}$. $$\langle x^2\rangle = \frac{1}{2a}$$", [UNREAD]),  # no density
    (r"With $q(x) = \mathcal N(x;0,1)$ and $p(x) = \mathcal N(x;1,1)$, $$\langle x\rangle = 0$$", [UNREAD]),  # under which?
    (r"The sum has the density $f_S(x) = x e^{-x}$, $x>0$. $$E[S] = 2,\qquad E[S^2] = 5$$", [PROVED, REFUTED]),
    (r"For $0<q<1$ $$P(X=k) = (1-q)q^k,\quad k=0,1,2,\dots$$ $$E[X] = \frac{q}{1-q}$$", [PROVED]),
    (EXP + r"$$E[e^{itX}] = \frac{\lambda}{\lambda-it}$$", [PROVED]),
    (EXP + r"$$E[e^{itX}] = \frac{\lambda}{\lambda+it}$$", [REFUTED]),
    (r"$$\int_{-\infty}^\infty e^{itx}\tfrac12 e^{-|x|}\,dx = \frac{1}{1+t^2}$$", [PROVED]),
    (r"Let $X\sim\mathrm{Cauchy}(0,1)$. $$E[e^{itX}] = e^{-|t|}$$", [PROVED]),
    (EXP + r"$$E[X\mid X>c] = c+\frac1\lambda\quad (c>0)$$", [PROVED]),
    (EXP + r"Let $Y\sim\mathrm{Exp}(\mu)$, rate $\mu>0$. $$P(X<Y) = \int_0^\infty\lambda e^{-(\lambda+\mu)x}\,dx$$", [UNREAD]),
    (r"Let $N\sim\mathrm{Poisson}(\lambda)$ and, given $N=n$, $X\sim\mathrm{Bin}(n,p)$. $$P(X=0) = e^{-\lambda p}$$", [UNREAD]),
    (r"Let $X\sim N(0,1)$. For $Y=X^2$ $$E[Y]=1.$$ For $Y=e^X$ $$E[Y]=\sqrt e.$$", [PROVED, PROVED]),
    (r"Let $X\sim N(0,1)$. $$P(Y\le y) = P(-\sqrt y\le X\le\sqrt y) = 1$$", [UNREAD, UNDECIDED]),
    (r"Let $p(z)=\mathcal N(z;0,1)$ and $p(x\mid z)=\mathcal N(x;z,1)$. "
     r"$$\int_{-\infty}^\infty p(x\mid z)p(z)\,dz = \frac{e^{-x^2/4}}{\sqrt{4\pi}}$$", [PROVED]),
    pytest.param(r"For $0<w<1$ $$\int_{-\infty}^\infty x\left(w\,\mathcal N(x;a,1)+(1-w)\,\mathcal N(x;b,1)\right)dx = wa+(1-w)b.$$",
                 [PROVED], marks=pytest.mark.slow),
    (r"Here $\mathrm{Exp}(\theta)$ has mean $\theta$. Let $T\sim\mathrm{Exp}(2\theta)$, $\theta>0$. $$E[T]=\frac{1}{2\theta}$$", [REFUTED]),
    (r"For a whole number $n\ge1$ we have $$\frac{n}{n+2} = \frac{n}{n+1}.$$", [REFUTED]),  # for no n: there is nothing to solve
    (r"Let $X\sim\mathrm{Gamma}(a,b)$, rate $b$. $$E[1/X] = \frac ba$$", [REFUTED]),  # also where it has a mean
    (r"Let $X \sim N(\mu, \tau^{-1})$ have precision $\tau$. $$E[(X-\mu)^2] = \tau$$", [REFUTED]),
    (r"A density is $p(v) = v e^{-v^2/2}$, $v>0$; another is $g(v) = e^{-v}$, $v>0$. $$\langle v\rangle = 1$$", [UNREAD]),  # under which?
    (r"Let $Z\sim N(0,1)$ and $W=Z^2$. $$E[e^{-uW}] = \frac{1}{\sqrt{1+2u}}\quad(u>0)$$", [PROVED]),
])  # fmt: skip
def test_of_what_a_mean_is_taken(text, expected):
    assert verdicts(text) == expected


def step(line, way, verdict=PROVED):
    return {"line": line, "verdict": verdict, "detail": "", "ways": {"exp": way} if way else {}}


def test_one_way_to_count_parameters_is_kept_through_a_document():
    records = [step(1, ""), step(2, "(mean)"), step(3, "(mean)"), step(4, "(rate)"), step(5, "", REFUTED)]
    found = list(settled(records))
    assert [r["verdict"] for r in found] == [PROVED, PROVED, PROVED, UNDECIDED, REFUTED] and "line 2 reads" in found[3]["detail"]
    assert [r["verdict"] for r in settled([step(1, "(mean)"), step(2, "(rate)")])] == [UNDECIDED] * 2
