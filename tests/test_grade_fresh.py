"""Answers and derivations about continuous kernels as several hands write them, and what is next to each way of writing that was learnt from them."""


import pytest
from judged_claims import judged, judged_set, known_truth, otherwise, shares

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge

KINDS = {  # one of each kind of writing
    "c1": ("fc1-17", "fc1-21", "fc1-28", "fc1-35", "fc1-39", "fc1-41", "fc1-42", "fc1-54", "fc1-57", "fc1-66", "fc1-71"),
    "c2": ("fc2-3", "fc2-6", "fc2-10"),
    "e_first": (
        "e1-3", "e1-5", "e1-7", "e1-14", "e1-18", "e1-20", "e1-24", "e1-28", "e1-32", "e1-33", "e1-35", "e1-36", "e1-38", "e1-40", "e1-41", "e1-42",
    ),
    "e_second": ("e2-6", "e2-7", "e2-9", "e2-10", "e2-15", "e2-w8"),
    "g_first": ("g1-ph3", "g1-ph4", "g1-ph11", "g1-ug3", "g1-ug-l6", "g1-al27", "g1-a7"),
    "g_second": ("g2-8", "g2-11", "g2-23", "g2-24", "g2-60"),
    "g_third": ("g3-19",),
}
BARS = {  # right ones accepted, wrong ones refuted at their line
    "c1": (1, 1), "c2": (0.93, 1), "e_first": (0.92, 0.97), "e_second": (0.89, 1),
}
PARTS = ("g_first", "g_second", "g_third")  # every eighth claim; of all, 97 % of the right ones are accepted, 99 % of the wrong ones refuted
MISTAKES = {
    "c1": ("fc1-24", "fc1-28", "fc1-34", "fc1-37", "fc1-40", "fc1-43", "fc1-58", "fc1-60", "fc1-65"),
    "c2": ("fc2-2", "fc2-4", "fc2-9"),
    "e_first": ("e1-w1", "e1-w5", "e1-w16", "e1-w24", "e1-w26", "e1-b5"),
    "e_second": ("e2-w1", "e2-w4", "e2-w8"),
    "g_first": ("g1-ph2", "g1-ug6", "g1-ex2", "g1-a5"),
    "g_second": ("g2-7", "g2-44", "g2-48", "g2-a27"),
}


@pytest.mark.parametrize("name", KINDS)
def test_kinds_of_writing(name):
    found = judged_set(f"fresh_{name}", KINDS[name])
    assert len(found) == len(KINDS[name]) and otherwise(found) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes(name):
    found = judged_set(f"fresh_{name}", MISTAKES[name])
    assert len(found) == len(MISTAKES[name])
    assert not [j.id for known, j in found if j.mistake is None or j.mistake.kind not in known["mistake"].split("|")]


@pytest.mark.slow
@pytest.mark.parametrize("name", BARS)
def test_whole_sets(name):
    accepted, refuted = shares(judged_set(f"fresh_{name}"))
    assert accepted >= BARS[name][0] and refuted >= BARS[name][1]


@pytest.mark.slow
@pytest.mark.parametrize("name", PARTS)
def test_parts_of_sets(name):
    chains, answers = f"chains_fresh_{name}", f"answers_fresh_{name}"
    assert shares([*judged(chains, part=3, parts=8), *judged(answers, chains, part=3, parts=8)]) == (1, 1)


TWO = r"Z=\int_0^\infty e^{-\theta x}\,dx+\int_0^\infty x\,e^{-\theta x}\,dx"
GAMMA = r"\int_0^\infty x^{2m-1}e^{-mx^2/w}\,dx"
OF_GAMMA = r"=\frac12\left(\frac wm\right)^m\Gamma(m)"
F_LEFT, TAIL = r"F(x)=e^{k(x-c)}", r"F(x)=\frac12\left(1+\frac{x}{\sqrt{1+x^2}}\right)"
NEAR = [  # set, problem, lines, verdict, first wrong line
    # by a β that no line has said, or that only a line says which cannot be read
    ("c1", "three-halves-gamma", (r"\beta\between 1/T", r"\langle x\rangle=-\frac{\partial\ln Z}{\partial\beta}=\frac52T"), UNDECIDED, 0),
    ("c1", "three-halves-gamma", (r"\ln Z=-\frac32\ln\beta+\text{const},\quad\beta=1/T",), WRONG, 1),
    # the slip before a median stands where an equation does not lead to the next one
    ("c1", "to-the-left", (F_LEFT, r"F(m)=\frac12", r"k(m-c)=-\ln 3", r"m=c-\frac{\ln 3}{k}"), WRONG, 3),
    ("c1", "to-the-left", (F_LEFT, r"F(m)=\frac12", r"k(m-c)=-\ln 3", r"m=c-\frac{\ln 4}{k}"), WRONG, 3),
    ("c1", "to-the-left", (F_LEFT, r"F(m)=\frac12\Rightarrow k(m-c)=-\ln 2", r"m=c+\frac{\ln 2}{k}"), WRONG, 3),
    ("c1", "square-beta", (r"Z=\frac1{2b}", r"\text{Median: } (1-m^2)^b=\frac13\Rightarrow m=\sqrt{1-3^{-1/b}}"), WRONG, 2),
    # a constant of a substitution, named before it or after it
    ("c1", "quadratic", (r"k=\sqrt{c-b^2}", r"x+b=k\tan t,\ dx=\frac{k^2}{\cos^2t}\,dt"), WRONG, 2),
    ("c1", "quadratic", (r"x=k\tan t-b,\ dx=\frac{k}{\cos^2t}\,dt", r"k=\sqrt{c-b^2}", r"Z=\frac1k\int_{-\pi/2}^{\pi/2}dt"), CORRECT, 0),
    ("c1", "quadratic", (r"x=k\tan t-b,\ dx=\frac{k}{\cos^2t}\,dt", r"k=\sqrt{c+b^2}", r"Z=\frac1k\int_{-\pi/2}^{\pi/2}dt"), WRONG, 3),
    # which integral words speak of, and how much of it
    ("c1", "lindley", (TWO, r"\text{The first integral is } \frac1\theta", r"Z=\frac{\theta+1}{\theta^2}"), CORRECT, 0),
    ("c1", "lindley", (TWO, r"\text{The first integral is } \frac1{\theta^2}", r"Z=\frac{\theta+1}{\theta^2}"), UNDECIDED, 0),
    ("c1", "nakagami", (rf"\text{{So }} Z \text{{ is twice }} {GAMMA}", f"Z{OF_GAMMA}"), UNDECIDED, 0),
    ("c1", "nakagami", (rf"\text{{We need half of }} {GAMMA}", f"Z{OF_GAMMA}"), UNDECIDED, 0),
    ("c1", "nakagami", (rf"\text{{We need }} {GAMMA} \text{{, call it }} J.", f"J{OF_GAMMA}"), CORRECT, 0),
    ("c1", "nakagami", (rf"\text{{We need }} {GAMMA.replace('-1', '')} \text{{, call it }} J.", f"J{OF_GAMMA}"), WRONG, 2),
    ("c1", "three-halves", (TAIL, r"\text{Since } F(0)=\frac12, \text{ the median is } 0"), CORRECT, 0),
    ("c1", "three-halves", (TAIL, r"\text{the median is } 1"), WRONG, 2),
    ("c1", "three-halves", (TAIL, r"\text{the median is } 0\text{ for large samples}"), UNDECIDED, 0),
    ("c1", "x-sine", (r"Z=\pi", r"\int_0^\pi x\cos x\,dx=2"), WRONG, 2),
    ("c1", "skewed", (r"Z=\sqrt{2\pi}", r"E[X]=\sqrt{\frac2\pi}\frac{a}{\sqrt{1+2a^2}}"), WRONG, 2),
    ("c2", "log-times", (r"Z=\frac19", r"p(x)=-9x^2\ln x \text{ on } (\frac12,1)"), UNDECIDED, 0),
    ("c2", "log-times", (r"Z=\frac19", r"p(x)=-9x^2\ln x \text{ on } (0,2)"), UNDECIDED, 0),
]


@pytest.mark.parametrize(("name", "which", "lines", "verdict", "first"), NEAR)
def test_what_is_next_to_them(name, which, lines, verdict, first):
    truth = known_truth(f"chains_fresh_{name}", f"{name}-{which}")
    found = judge(Claim("a", which, "steps", lines=lines), truth)
    assert (found.verdict, found.first_wrong_line) == (verdict, first), found.detail


BESIDE = [  # set, problem, lines, verdict, first wrong line: next to the ways of writing of the students of one course
    # words that say over which part of the range something is done, and of what a value is
    ("e_first", "e1-power-law-exp", (r"The integral over $x>0$ is $2a\,\Gamma(1+1/p)$.",), UNDECIDED, 0),
    ("e_first", "e1-power-law-exp", (r"It is enough to integrate over $x>0$, which gives $Z=a\,\Gamma(1+1/p)$.",), WRONG, 1),
    ("e_first", "e1-power-law-exp", (r"By symmetry we integrate over $x>0$ and double, so $Z=2a\,\Gamma(1+1/p)$.",), CORRECT, 0),
    ("e_first", "e1-inverse-gamma", (r"with $\alpha$ replaced by $\alpha-1$ and $Z=\Gamma(\alpha-1)/\beta^{\alpha}$",), WRONG, 1),
    ("e_first", "e1-gamma", (r"We get $Z=\frac{\Gamma(\alpha)}{\beta^\alpha}$, which is not right.",), UNDECIDED, 0),
    ("e_first", "e1-gamma", (r"$Z=\frac{\Gamma(\alpha)}{\beta^\alpha}$, so the mean is $\beta/\alpha$.",), WRONG, 1),
    ("e_second", "e2-sine", ("Z=2", r"E[X^2]=\frac12\left(\pi^2-4\right) \qquad\text{[by symmetry the mean is } 1]"), UNDECIDED, 0),
    ("e_first", "e1-raised-cosine", ("Z=2w", "The mean is 1 because the density is even."), WRONG, 2),
    ("e_first", "e1-cauchy", (r"Z=\frac\pi\gamma", r"\text{so the quartiles are } x_0\pm2\gamma"), WRONG, 2),
    ("e_first", "e1-pareto", (r"Z=\frac{x_m^{-\alpha}}{\alpha}", r"median: $x_m3^{1/\alpha}$"), WRONG, 2),
    ("e_first", "e1-wedge", ("Z=1", r"Marginal of X: f_X(x)=\int_x^\infty xe^{-y}\,dy=xe^{-x},\ x>0, i.e. Gamma(3,1)."), WRONG, 2),
    # a function in pieces, and on a part of the support
    ("e_first", "e1-two-rates", (r"$f(x)=\frac{ab}{a+b}e^{-ax}$ for $x\ge0$, $f(x)=\frac{ab}{a+b}e^{-bx}$ for $x<0$.",), WRONG, 1),
    ("e_first", "e1-two-rates", (r"$f(x)=\frac{ab}{a+b}e^{-ax}$ for $x\ge1$, $f(x)=\frac{ab}{a+b}e^{bx}$ for $x<0$.",), UNDECIDED, 0),
    ("e_first", "e1-laplace", ("Z=2b", r"\text{for } x\le\mu:\quad F(x)=1-\tfrac12e^{-(x-\mu)/b}"), UNDECIDED, 0),
    ("e_first", "e1-laplace", ("Z=2b", r"\text{for } x\ge\mu:\quad F(x)=1-e^{-(x-\mu)/b}"), UNDECIDED, 0),
    ("e_first", "e1-parabola", (r"Z=\frac{4h}{3}", r"K(x)=\frac{3}{2h}\left(1-\frac{x^2}{h^2}\right)"), UNDECIDED, 0),
    ("e_first", "e1-disc", (r"f(x,y)=\frac{1}{\pi R^4}(R^2-x^2-y^2)",), WRONG, 1),
    # ends of a substitution, medians by the survival function, modes by a power of x
    ("e_first", "e1-shifted-gamma", (r"$t=\frac{x-m}{s}$, $dx=s\,dt$, and $x=m\leftrightarrow t=1$", r"$Z=s^k\Gamma(k)$"), WRONG, 1),
    ("e_first", "e1-weibull", (r"S(x)=e^{-(x/\lambda)^k}", r"S(m)=\tfrac12 \iff m=\lambda(\ln 3)^{1/k}"), WRONG, 2),
    ("e_first", "e1-burr", (r"Z=\frac1{kc}", r"\text{Mode: } (\ln f)'=\frac{c-1}{x}-\frac{(k+1)cx^{c-1}}{1+x^c}=0\iff x^c=\frac{c-1}{ck}"), WRONG, 2),
    ("e_first", "e1-posterior", (r"Up to constants the exponent is $-\frac{\theta^2}{2\sigma^2}+\frac{y\theta}{\tau^2}$.",), WRONG, 1),
    # means without an integral: computed, or only said
    ("e_first", "e1-beta", (r"E[X]=\frac{B(a+1,b)}{B(a,b)}=\frac{a}{b}",), WRONG, 1),
    ("e_first", "e1-beta", (r"E[X]=\frac{a}{a+b}",), UNDECIDED, 0),
    ("e_first", "e1-gamma", (r"Z=\frac{\Gamma(\alpha)}{\beta^\alpha}", r"\text{with } r=1,2:\quad E[X^r]=\frac{\alpha^r}{\beta^r}"), WRONG, 2),
    ("e_second", "e2-lomax", (r"Z=\frac s\alpha", r"E[X]=\int_0^\infty\Pr(X>x)\,dx=\frac{s}{\alpha}"), WRONG, 2),
    # the density by its logarithm, a slope that is set to zero, π as no letter, ends in words
    ("e_first", "e1-beta", (r"Z=B(a,b)", r"\text{The log-density is } (a-1)\ln x+(b-1)\ln(1-x)-\ln B(a,b)"), CORRECT, 0),
    ("e_first", "e1-beta", (r"Z=B(a,b)", r"\text{The log-density is } (a-1)\ln x+(b-1)\ln(1-x)+\ln B(a,b)"), WRONG, 2),
    ("e_first", "e1-beta", (r"Z=B(a,b)", r"\text{Its derivative set to zero: } \frac{a-1}{x}=\frac{b-1}{1-x}", r"x=\frac{a-1}{a+b-1}"), WRONG, 3),
    ("e_second", "e2-sine", ("Z=2", r"\text{cdf:}\quad F(x)=\frac{1-\cos x}{2}", r"F(0)=0,\ F(\pi)=1"), CORRECT, 0),
    ("e_second", "e2-sine", ("Z=2", r"\text{cdf:}\quad F(x)=\frac{1-\cos x}{2}", r"F(0)=0,\ F(\pi)=\frac12"), WRONG, 3),
    ("e_second", "e2-wigner", (r"$x=R\cos\theta$, $dx=-R\sin\theta\,d\theta$, $\theta$ from $\pi$ to $0$", r"$Z=\frac{\pi R^2}{2}$"), CORRECT, 0),
    # limits of brackets, digits, transforms
    ("e_first", "e1-rational", (r"Z=\lim_{R\to\infty}\left[\ln(x+1)-\ln(2x+2)\right]_0^R",), WRONG, 1),
    ("e_first", "e1-rational", (r"Z=\lim_{R\to\infty}\left[\ln(x+1)+\ln(x+2)\right]_0^R",), UNDECIDED, 0),
    ("e_second", "e2-sine", ("Z=2", r"\sigma^2=\frac{\pi^2}{2}-2-\frac{\pi^2}{4} \approx 0.567"), WRONG, 2),
    ("e_second", "e2-laplace-two", ("Z=2", r"$\varphi(t)=\frac12\int_{-\infty}^\infty e^{itx-|x|}dx=\frac{1}{1-t^2}$"), WRONG, 2),
]


I_OF = r"I(\lambda)=\int_0^\infty e^{-\lambda p}\,dp=\frac1\lambda"
HALVES = r"Z=\int_0^1\frac{x^{s-1}}{1+x}dx+\int_1^\infty\frac{x^{s-1}}{1+x}dx"
OF_THETA = r"p(\theta\mid y)\propto\exp\left(-\frac{(y-\theta)^2}{2s^2}-\frac{\theta^2}{2t^2}\right)"
INVERSE = r"\Sigma^{-1}=\begin{pmatrix}1&-r\\-r&1\end{pmatrix}"
F_OF = r"F(x)=\frac2\pi\arctan\frac xc"
BESIDE += [  # I of a letter that is no parameter, a chance by the variable's letter, a colon, a determinant by the inverse, a quantile in two forms
    ("g_first", "g1-photon", (I_OF, r"I''(\lambda)=\int_0^\infty p^2e^{-\lambda p}\,dp=-\frac{2}{\lambda^3}"), WRONG, 2),
    ("g_first", "g1-photon", (I_OF, r"Z=I''(\beta c)=\frac{1}{(\beta c)^3}"), WRONG, 2),
    ("g_first", "g1-frullani", (r"Z=\int_0^\infty\frac{e^{-ax}}{x}dx-\int_0^\infty\frac{e^{-bx}}{x}dx",), UNDECIDED, 0),
    ("g_first", "g1-bound", (r"Z=\frac{1}{nm^n}", r"P(t>c)=\left(\frac cm\right)^n,\quad c\ge m"), WRONG, 2),
    ("g_first", "g1-bound", (r"Z=\frac{1}{nm^n}", r"\Pr(c<t<d)=(m/c)^n-(m/d)^n,\quad m<c<d"), CORRECT, 0),
    ("g_second", "g2-gamma3", (r"u=(x/c)^m: x=cu^{1/m},\ dx=\frac cm u^{1/m+1}du", r"Z=\frac{c^k}{m}\Gamma\Big(\frac km\Big)"), WRONG, 1),
    ("g_second", "g2-corr", (INVERSE + r",\ \det\Sigma=1-r^2", r"Z=2\pi\sqrt{\det\Sigma}"), WRONG, 1),
    ("g_second", "g2-halfcauchy", (F_OF, r"F(m)=\frac34\iff m=c\tan\frac{3\pi}{8}=c(2+\sqrt2)"), WRONG, 2),
]
MORE_BESIDE = [
    ("g_third", "g3-trunc", (r"Z=e^{-a}-e^{-b}", r"E[X]=\frac{(a+1)e^{-a}-(b-1)e^{-b}}{e^{-a}-e^{-b}}"), WRONG, 2),
    # an equation beside an integral holds where that integral runs; an integral of a series that is infinite; names behind their use, 1/v = …;
    # determinants by the inverse matrix, a derivative by a product; a cut range, x → 1/x, integrands together; a disc
    ("g_first", "g1-planck", (r"Z=T^4\int_0^\infty u^3\sum_{n=0}^\infty e^{-nu}\,du",), WRONG, 1),
    ("g_first", "g1-cauchy2", (r"Z=\int_0^{2\pi}\int_0^\infty\frac{r^2drd\theta}{(a^2+r^2)^{\frac{3}{2}}}",), WRONG, 1),
    ("g_second", "g2-post", (OF_THETA, r"\propto e^{-(\theta-m)^2/(2v)},\quad v=\left(s^{-2}+t^{-2}\right)^{-1},\ m=\frac{vy}{t^2}"), WRONG, 2),
    ("g_second", "g2-post", (OF_THETA, r"\frac{1}{v}=\frac1{s^2}+\frac1{t^2}=\frac{s^2+t^2}{st}"), WRONG, 2),
    ("g_second", "g2-corr", (INVERSE + r",\ \det\Sigma=\frac{1}{1-r^2}", r"Z=2\pi\sqrt{\det\Sigma}"), CORRECT, 0),
    ("g_second", "g2-rod", (r"\langle\cos\theta\rangle=\frac{\partial\ln Z}{\partial(\beta F)}=L\coth(\beta FL)-\frac1{\beta F}",), WRONG, 1),
    ("g_second", "g2-reflect", (HALVES, r"=\int_0^1\frac{x^{s-1}+x^{-s}}{1+x}dx", r"=\frac{\pi}{\sin\pi s}"), CORRECT, 0),
    ("g_second", "g2-reflect", (HALVES, r"=\int_0^1\frac{x^{s-1}+x^{s}}{1+x}dx"), WRONG, 2),
    ("g_second", "g2-disc", (r"p(x,y)=\frac{3}{2\pi c^3}\sqrt{c^2-x^2-y^2},\quad x^2+y^2<c^2", r"f_X(x)=\frac{3}{4c^3}(c^2-x^2)"), CORRECT, 0),
]


@pytest.mark.parametrize(("name", "which", "lines", "verdict", "first"), BESIDE)
def test_what_is_beside_them(name, which, lines, verdict, first):
    found = judge(Claim("a", which, "steps", lines=lines), known_truth(f"chains_fresh_{name}", which))
    assert (found.verdict, found.first_wrong_line) == (verdict, first), found.detail


@pytest.mark.slow
@pytest.mark.parametrize(("name", "which", "lines", "verdict", "first"), MORE_BESIDE)
def test_what_is_further_beside_them(name, which, lines, verdict, first):
    test_what_is_beside_them(name, which, lines, verdict, first)
