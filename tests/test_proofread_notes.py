"""Documents: displays that hide their equations, pairs of independent variables, averages over states, rates said of several laws at once."""

import pytest

from derive.grade.notes.declared import jobs
from derive.grade.notes.proofread import proofread
from derive.grade.writing.documents import formulas_of

PAIR = r"Let $X \sim \mathrm{Exp}(\lambda)$ and $Y \sim \mathrm{Exp}(\mu)$ be independent, with rates $\lambda, \mu > 0$. Then "
STATES = r"The states $s=\pm1$ have the probabilities $p(s)=\frac{e^{hs}}{2\cosh h}$. Then "
WRONG = r"\int_0^\infty e^{-ax}dx = \frac2a"  # 1/a


def verdicts(text, name="a.md"):
    return [step.verdict for job in jobs(formulas_of(text, name)) for step in proofread(job)]


@pytest.mark.parametrize(("display", "found"), [
    (rf"$$\begin{{align}} {WRONG.replace('=', '&=')} \end{{align}}$$", "refuted"), (rf"$$\boxed{{{WRONG}}}$$", "refuted"),
    (rf"$$\textcolor{{red}}{{{WRONG}}}$$", "refuted"), (rf"\begin{{dmath}} {WRONG} \end{{dmath}}", "refuted"),
    (rf"\begin{{empheq}}[box=\fbox]{{align}} {WRONG.replace('=', '&=')} \end{{empheq}}", "refuted"),
    (rf"\begin{{IEEEeqnarray}}{{rCl}} {WRONG.replace('=', '&=&')} \end{{IEEEeqnarray}}", "refuted"),
    (rf"$$\begin{{array}}{{rcl}} {WRONG.replace('=', '&=&')} \end{{array}}$$", "refuted"),
    (rf"$$\begin{{cases}} {WRONG} \end{{cases}}$$", "unread"), (rf"$$\underbrace{{{WRONG}}}_{{\text{{so}}}}$$", "unread"),
])  # fmt: skip
def test_an_equation_inside_of_something_is_judged_or_counted_as_unread(display, found):
    assert verdicts(f"Let $a > 0$. {display}", "a.tex") == [found]


@pytest.mark.parametrize(("text", "found"), [
    (PAIR + r"$$P(X<Y)=\frac{\lambda}{\lambda+\mu},\quad P(X>Y)=\frac{\lambda}{\lambda+\mu}$$", ["proved", "refuted"]),
    (PAIR + r"$$E[X]=\lambda,\quad E[Y]=\frac1\mu$$", ["refuted", "proved"]),
    (PAIR.replace("be independent, ", "") + r"$$P(X<Y)=\frac{\lambda}{\lambda+\mu}$$", ["unread"]),
    (PAIR.replace("independent", "not independent") + r"$$P(X<Y)=\frac{\lambda}{\lambda+\mu}$$", ["unread"]),
    (r"Let $X, Y \sim \mathrm{Exp}(\lambda)$ be independent with rate $\lambda>0$. For $z>0$ "
     r"$$f_{X+Y}(z)=\lambda^2ze^{-\lambda z},\quad f_{X+Y}(z)=\lambda ze^{-\lambda z}$$", ["proved", "refuted"]),
    pytest.param(r"Let $X\sim N(0,1)$ and $Y\sim N(0,1)$ be independent. $$f_{X+Y}(z)=\frac{1}{2\sqrt\pi}e^{-z^2/4}$$", ["proved"],
                 marks=pytest.mark.slow),
    (r"Let $X+Y\sim N(0,2)$. $$E[Y^2]=2$$", ["unread"]),  # the law of the sum, and not of Y
    (STATES + r"$$\langle s\rangle=\tanh h,\quad\langle s^2\rangle-\langle s\rangle^2=1+\tanh^2h$$", ["proved", "refuted"]),
    (STATES.replace("cosh", "sinh") + r"$$\langle s\rangle=\tanh h$$", ["unread"]),  # its mass is not 1
    (r"Let $n$ be a positive integer and $P(X=k)=\binom nkp^kq^{n-k}$. $$\sum_{k=0}^n(-1)^k\binom nk=0,\quad\sum_{k=0}^n(-1)^k\binom nk=1$$",
     ["proved", "refuted"]),  # no function n of −1
    (r"Let $\hbar\omega=\epsilon>0$ and $\beta>0$. $$\int_0^\infty e^{-\beta x}dx=\frac1\beta$$", ["undecided", "unread", "proved"]),
    (r"Let $0<q<1$. For an integer $m\ge0$ $$\sum_{k=m+1}^\infty q^{k-1}=\frac{q^m}{1-q}=\frac{q^{m+1}}{1-q}$$", ["proved", "refuted"]),
    (r"Numerically $\sqrt{\pi/2}\approx1.2533$, $\sqrt{2\pi}\approx2.51$, $\ln2\approx0.7$ and $\sqrt\pi\approx1.7742$; $f(1)\approx0.2$.",
     ["proved", "proved", "proved", "refuted"]),
    (r"Let $H>0$. For the column up to the height $H$ $$\int_0^He^{-z}dz=1-e^{-H}=1-e^H.$$", ["proved", "refuted"]),
    (r"For $\sigma>0$ $$\int_{-\infty}^\infty e^{-x^2/2\sigma^2}dx=\sqrt{2\pi}\sigma=\sqrt{2\pi}\sigma^2$$", ["proved", "refuted"]),
    (r"Let $a<0$. $$\int_{-\infty}^\infty e^{ay^2}dy=\sqrt{\frac{\pi}{-a}}=\sqrt{\frac{\pi}{a^2}}$$", ["proved", "refuted"]),
    (r"Let $\eta<0$. $$\frac{d}{d\eta}\bigl(-\log(-\eta)\bigr)=-\frac1\eta=\frac1\eta$$", ["proved", "refuted"]),
    (r"$a$, $b$ and $c$ are all positive. $$\int_0^\infty e^{-abcx}dx=\frac1{abc}=\frac{1}{ab}$$", ["proved", "refuted"]),
    (r"For a positive integer $j$ $$\sum_{m=-j}^j1=2j+1=2j$$", ["proved", "refuted"]),  # and no imaginary unit
    (r"The density of $U_{(k)}$ is $f_{(k)}(x)=2x$ on $(0,1)$. $$\int_0^1f_{(k)}(x)dx=1,\quad\int_0^1xf_{(k)}(x)dx=1$$", ["proved", "refuted"]),
    ('We write "$\\propto$" and "$=$" a lot.', []),
])  # fmt: skip
def test_what_documents_say_of_pairs_states_and_rates(text, found):
    assert verdicts(text) == found


# e^{itx} with i in any font; what is not analytic in t, and whole numbers in its place, by real and imaginary parts.
@pytest.mark.parametrize(("text", "found"), [
    (r"Let $\lambda>0$. $$\int_0^\infty\lambda\mathrm{e}^{-\lambda x}\mathrm{e}^{\mathrm{i}tx}dx=\frac{\lambda}{\lambda-\mathrm{i}t}$$", ["proved"]),
    (r"Let $\lambda>0$. $$\int_0^\infty\lambda e^{-\lambda x}e^{\mathrm i tx}dx=\frac{\lambda}{\lambda+\mathrm i t}$$", ["refuted"]),
    pytest.param(r"$$\frac{1}{2\pi}\int_{-\infty}^\infty\frac{e^{-itx}}{1+t^2}dt=\frac12e^{-|x|}=\frac12e^{-2|x|}$$", ["proved", "refuted"],
                 marks=pytest.mark.slow),
    (r"$$\int_{-1}^1(1-|x|)e^{itx}dx=\Bigl(\frac{\sin(t/2)}{t/2}\Bigr)^2=\frac{4\sin^2(t/2)}{t}$$", ["proved", "refuted"]),
    (r"Let $n\in\mathbb{N}$, $n>0$. The integral is $$\int_0^{2\pi}e^{in\theta}d\theta=0$$", ["proved"]),  # which it is not near n = 0
    (r"Let $n\in\mathbb{N}$, $n>0$. The integral is $$\int_0^{\pi}e^{in\theta}d\theta=0$$", ["undecided"]),  # for even n
    (r"$$\int_0^1e^{\mathrm ix}dx=\sin1+\mathrm i(1-\cos1)=2$$", ["proved", "refuted"]),
    (r"Let $X\sim\mathrm{Cauchy}(0,1)$. $$E[e^{itX}]=e^{-|t|},\quad E[e^{itX}]=e^{-2|t|}$$", ["proved", "refuted"]),
])  # fmt: skip
def test_complex_exponentials(text, found):
    assert verdicts(text) == found


# h(n) is a value of h(t) = t − n ln t and no new h, of which h''(n) would be another: 1/n by hand.
@pytest.mark.parametrize(("text", "found"), [
    (r"Let $n>0$ and $h(t)=t-n\ln t$. $$h(n)=n-n\ln n,\qquad h''(n)=\frac1n=\frac{1}{n^2}$$", ["proved", "proved", "refuted"]),
    (r"Let $n>0$ and $f(t)=t-n\ln t$. At $n$ it is $$f(n)=n-n\ln n$$ and $$f''(n)=\frac{1}{n}$$", ["proved"]),
    (r"Let $\phi(x)=\ln x-x$ and $x_0=1$. Then $\phi(x_0)=-1$ and $$\phi''(x_0)=-1,\quad\phi''(x_0)=1$$", ["proved", "proved", "refuted"]),
    (r"Let $\hat x=1$ and $g(x)=x^2$. Then $$g(\hat x)=1$$ and $$g'(\hat x)=2$$", ["proved", "proved"]),
    (r"For $N>0$ let $h(\theta)=\theta^N(1-\theta)$ and $\theta^*=\frac{N}{N+1}$. $$h'(\theta^*)=0$$", ["proved"]),  # and no vector
    (r"Let $g(x)=x^2$. Then $$g(y)=y^3$$ and $$g'(y)=3y^2$$", ["proved"]),  # a new g
])  # fmt: skip
def test_values_of_a_function_are_no_new_function(text, found):
    assert verdicts(text) == found


@pytest.mark.parametrize(("behind", "found"), [
    ("The Laplace approximation is next.", "refuted"), ("This approximation is crude.", "undecided"), ("Wrong!", "undecided"),
])  # fmt: skip
def test_what_the_next_sentence_doubts(behind, found):
    assert verdicts(rf"Let $a>0$. $$\int_0^\infty e^{{-ax}}dx=\frac2a.$$ {behind}") == [found]
