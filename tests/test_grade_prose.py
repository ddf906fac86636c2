"""Derivations with many words: what the words say is not taken on trust, and what they may mean otherwise is not called wrong."""


from functools import cache

import pytest
from judged_claims import judged, otherwise, shares

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.read.asked import problem

FEW = {
    "chains_wordy_models": ("hm-3", "hm-9", "hm-23", "hm-37", "hm-13", "hm-15", "hm-16", "hm-26", "hm-54", "hm-57"),
    "chains_wordy_models_second": ("hn-4", "hn-8", "hn-9", "hn-13", "hn-20", "hn-55"),
}
NEAR = ("hq-3", "hq-4", "hq-10", "hq-14", "hq-17", "hq-22", "hq-35", "hq-56")


def falsely_refuted(found):
    return {j.id for known, j in found if known["verdict"] == CORRECT and j.verdict == WRONG}


def at_the_right_line(found):
    wrong = [(known["first_wrong_line"], j) for known, j in found if known["verdict"] == WRONG]
    return [j.verdict == WRONG and j.first_wrong_line == line for line, j in wrong]


@pytest.mark.slow
@pytest.mark.parametrize("name", FEW)
def test_a_right_line_in_words_is_not_called_wrong(name):
    found = list(judged(name, only=FEW[name]))
    assert len(found) == len(FEW[name]) and falsely_refuted(found) == set() and all(at_the_right_line(found))
    assert not [j.id for known, j in found if known["verdict"] == WRONG and j.verdict == CORRECT]


def test_words_that_say_more_than_a_right_formula_are_not_accepted():
    found = list(judged("attacks_wordy_models", "chains_wordy_models", only=NEAR))
    assert [j.verdict for _, j in found] == [UNDECIDED] * len(NEAR)


@pytest.mark.slow
def test_near_misses_in_words():
    assert not [j.id for _, j in judged("attacks_wordy_models", "chains_wordy_models") if j.verdict == CORRECT]


@pytest.mark.slow
def test_a_set_in_words():
    found = list(judged("chains_wordy_models"))
    assert falsely_refuted(found) == set()
    right = at_the_right_line(found)
    assert sum(right) >= 0.75 * len(right)


SENTENCES = {  # one of each kind of sentence that stands between formulas, right and wrong
    "chains_fresh_i_first": (
        "fi-ln-1", "fi-ek-1", "fi-bl-2", "fi-ek-3", "fi-ek-4", "fi-st-3", "fi-ra-3", "fi-ek-6", "fi-ek-7", "fi-tb-4", "fi-ln-4", "fi-ln-5", "fi-ek-8",
        "fi-ln-6", "fi-st-7", "fi-tb-7", "fi-tb-9", "fi-st-9", "fi-st-10", "fi-ln-9", "fi-bl-9", "fi-tb-12", "fi-ek-12", "fi-bl-11", "fi-bl-12",
        "fi-tb-13",
    ),
    "chains_fresh_i_second": ("fj-tb-1", "fj-ln-1", "fj-ra-1", "fj-tb-3", "fj-ek-3", "fj-ek-5"),
}  # fmt: skip
BARS = {"chains_fresh_i_first": (0.55, 0.75), "chains_fresh_i_second": (0.45, 0.6)}  # right ones accepted, wrong ones refuted at their line
FALSE = ("attacks_i_false_sentences", "chains_fresh_i_first", "chains_fresh_i_second")


@pytest.mark.parametrize("name", SENTENCES)
def test_sentences_between_formulas(name):
    found = list(judged(name, only=SENTENCES[name]))
    assert len(found) == len(SENTENCES[name]) and otherwise(found) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", BARS)
def test_whole_sets_in_sentences(name):
    accepted, refuted = shares(list(judged(name)))
    assert accepted >= BARS[name][0] and refuted >= BARS[name][1]


def test_false_sentences_are_not_accepted():
    found = list(judged(*FALSE, part=2, parts=8))
    assert found and not [j.id for _, j in found if j.verdict == CORRECT]


@pytest.mark.slow
def test_no_false_sentence_is_accepted():
    assert not [j.id for _, j in judged(*FALSE) if j.verdict == CORRECT]


KERNELS = {  # kernel, range, what is known, and a first line that is right
    "speeds": ("v**2*exp(-m*v**2/(2*T))", {"v": "(0, oo)"}, ["m > 0", "T > 0"], r"Z=\sqrt{\frac\pi2}\left(\frac Tm\right)^{3/2}"),
    "pareto": ("x**(-a - 1)", {"x": "(m, oo)"}, ["a > 0", "m > 0"], r"Z=\int_m^\infty x^{-a-1}dx=\frac{m^{-a}}a"),
    "beta": ("x**(a - 1)*(1 - x)**(b - 1)", {"x": "(0, 1)"}, ["a > 0", "b > 0"], "Z=B(a,b)"),
    "normal": ("exp(-(x - mu)**2/(2*sigma**2))", {"x": "RR"}, ["mu real", "sigma > 0"], r"Z=\sigma\sqrt{2\pi}"),
    "gamma": ("x**(k - 1)*exp(-x/theta)", {"x": "(0, oo)"}, ["k > 0", "theta > 0"], r"Z=\theta^k\Gamma(k)"),
    "cauchy": ("1/(1 + x**2)", {"x": "RR"}, [], r"Z=\pi"),
    "weibull": ("x**(k - 1)*exp(-(x/s)**k)", {"x": "(0, oo)"}, ["k > 0", "s > 0"], r"Z=\frac{s^k}k"),
    "exponential": ("exp(-lambda*t)", {"t": "(0, oo)"}, ["lambda > 0"], r"Z=1/\lambda"),
    "spins": ("exp(K*s1*s2 + h*(s1 + s2))", {"s1": "{-1, 1}", "s2": "{-1, 1}"}, ["K real", "h real"], r"Z=2e^K\cosh2h+2e^{-K}"),
}
MODE = r"For $a,b>1$ the mode follows from setting the derivative of $\ln p(x)=(a-1)\ln x+(b-1)\ln(1-x)-\ln B(a,b)$ equal to zero:"
MGF = r"The moment generating function is $M(t)=E[e^{tX}]=e^{\mu t+\sigma^2t^2/2}$,"
SHIFTED = r"With $y=x-\mu$ we have $Z=\int_{-\infty}^\infty e^{-y^2/2\sigma^2}dy$."
PLAIN = [  # kernel, lines behind the first, verdict; values by hand
    ("speeds", [r"The most probable speed is $\sqrt{2T/m}$, the rms speed is $\sqrt{3T/m}$ and the mean speed is $\sqrt{8T/(\pi m)}$."], CORRECT),
    ("speeds", [r"The most probable speed is $v_{\max}=\sqrt{2T/m}$."], CORRECT),
    ("speeds", [r"The most probable speed is $\sqrt{T/m}$."], WRONG),
    ("speeds", [r"The rms speed is $\sqrt{2T/m}$."], WRONG),
    ("speeds", [r"The mean speed is $\sqrt{3T/m}$."], WRONG),
    ("speeds", [r"The mean time is $\sqrt{8T/(\pi m)}$."], UNDECIDED),
    ("speeds", [r"With $u=\frac{mv^2}{2T}$ we have $v=\sqrt{2Tu/m}$ and $dv=\sqrt{\frac T{2mu}}\,du$."], CORRECT),  # no integration by parts
    ("speeds", [r"With $u=\frac{mv^2}{2T}$ we have $v=\sqrt{2Tu/m}$ and $dv=\sqrt{\frac{2T}{mu}}\,du$."], WRONG),
    ("pareto", [r"The mean is $\frac{am}{a-1}$ for $a>1$."], CORRECT),
    ("pareto", [r"The mean exists only if $a>1$ and then equals $\frac{am}{a-1}$."], CORRECT),
    ("pareto", [r"The mean exists only if $a>1$ and then equals $\frac{am}{a+1}$."], WRONG),
    ("pareto", [r"E[X]=\frac{am}{a-1}"], CORRECT),  # where a > 1
    ("pareto", [r"E[X]=\frac{am}{a-1}\text{ for all }a>0"], UNDECIDED),
    ("pareto", [r"E[X]=\frac{am}{a+1}"], WRONG),
    ("pareto", [r"\mathrm{Var}(X)=\frac{am^2}{(a-1)^2(a-2)}"], CORRECT),
    ("pareto", [r"This shows that $\ln(X/m)$ has an exponential distribution with rate $1/a$."], WRONG),
    ("beta", [MODE, r"\frac{a-1}{x}-\frac{b-1}{1-x}=0", r"Solving for $x$ gives $x^*=\frac{a-1}{a+b-2}$."], CORRECT),
    ("beta", [MODE, r"\frac{a-1}{x}-\frac{b-1}{1-x}=0", r"Solving for $x$ gives $x^*=\frac{a-1}{a+b-1}$."], WRONG),
    ("beta", [MODE, r"\frac{a-1}{x}-\frac{b}{1-x}=0", r"Solving for $x$ gives $x^*=\frac{a-1}{a+b-2}$."], WRONG),
    ("normal", [MGF, r"whose logarithm is $K(t)=\mu t+\frac12\sigma^2t^2$.", r"The mean is $K^\prime(0)=\mu$; higher cumulants vanish."], CORRECT),
    ("normal", [MGF, r"whose logarithm is $K(t)=\mu t+\frac13\sigma^2t^2$."], WRONG),
    ("normal", [r"The cumulant generating function is $K(t)=\mu t+\frac12\sigma^2t^2$."], CORRECT),
    ("normal", [r"The second moment about the mean is $\sigma^2$."], CORRECT),
    ("normal", [r"The second moment is $\sigma^2$."], WRONG),
    ("normal", [r"The third moment about the mean is $0$."], UNDECIDED),
    ("normal", [SHIFTED, r"$Z^2=\iint e^{-(x^2+y^2)/2\sigma^2}dx\,dy=2\pi\sigma^2$."], CORRECT),  # this y is that of an integral
    ("normal", [SHIFTED, r"$Z^2=\iint e^{-(x^2+y^2)/\sigma^2}dx\,dy$."], WRONG),
    ("normal", [r"With $y=x-\mu$ we have $Z=\int_{-\infty}^\infty e^{-y^2/2\sigma^2}dy$, which does not depend on $\mu$."], CORRECT),
    ("normal", [r"With $y=x-\mu$ we have $Z=\int_{-\infty}^\infty e^{-y^2/2\sigma^2}dy$, which does not depend on $\sigma$."], UNDECIDED),
    ("gamma", [r"K(t)=-k\ln(1-\theta t)", r"The mean is $K'(0)=k\theta$; all higher cumulants vanish."], UNDECIDED),
    ("gamma", ["The mean does not exist."], UNDECIDED),
    ("gamma", ["The distribution has no memory."], UNDECIDED),
    ("cauchy", ["The mean does not exist."], CORRECT),
    ("cauchy", ["The mean is infinite."], UNDECIDED),
    ("weibull", [r"The cdf is $1-e^{-(x/s)^k}$ for $x>0$."], CORRECT),
    ("weibull", [r"Its distribution function is $1-e^{-x/s}$."], WRONG),
    ("weibull", [r"The survival function is $e^{-(x/s)^k}$."], CORRECT),
    ("weibull", [r"The hazard rate is $\frac ks(x/s)^{k-1}$."], CORRECT),
    ("weibull", [r"The hazard rate is $\frac ks(x/s)^k$."], WRONG),
    ("weibull", [r"Its median is $s(\ln2)^{1/k}$ and its mean is $s\Gamma(1+1/k)$."], CORRECT),
    ("weibull", [r"Its median is $s(\ln3)^{1/k}$ and its mean is $s\Gamma(1+1/k)$."], WRONG),
    ("exponential", [r"It follows that $P(T>s+t\mid T>s)=e^{-\lambda t}$: the distribution has no memory."], CORRECT),
    ("spins", [r"The two aligned ones have weights $e^{K+2h}$ and $e^{K-2h}$; the other two have weight $e^{-K}$ each."], CORRECT),
    ("spins", [r"The two aligned ones have weights $e^{K+2h}$ and $e^{K-h}$."], UNDECIDED),
    ("spins", [r"The three aligned ones have weights $e^{K+2h}$ and $e^{K-2h}$."], UNDECIDED),
]  # fmt: skip


@cache
def truth(name):
    kernel, over, given, _ = KERNELS[name]
    return truth_of(problem(kernel, over=over, given=given), 10)


@pytest.mark.parametrize(("name", "lines", "verdict"), PLAIN)
def test_plain_sentences(name, lines, verdict):
    found = judge(Claim("a", name, "steps", lines=(KERNELS[name][3], *lines)), truth(name))
    assert found.verdict == verdict, found.detail


def test_what_a_mean_needs_is_listed():
    found = judge(Claim("a", "pareto", "steps", lines=(KERNELS["pareto"][3], r"E[X]=\frac{am}{a-1}")), truth("pareto"))
    assert [str(c) for c in found.conditions] == ["a > 1"]
