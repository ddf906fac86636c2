"""Whole numbers and small models: derivations and final answers of many hands; none accepted or rejected wrongly, most decided."""

from functools import cache
from pathlib import Path

import pytest
from judged_claims import judged

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.read.asked import problem
from derive.read.files import loads

DATA = Path(__file__).parent / "data"
SETS = {  # file, where its problems are, right ones accepted, wrong ones refuted at their line
    "chains_discrete_authors": ("chains_discrete_authors", 0.8, 1),
    "chains_discrete_second": ("chains_discrete_second", 0.8, 1),
    "chains_discrete_third": ("chains_discrete_third", 0.7, 1),
    "answers_small_models": ("chains_discrete_authors", 0.95, 1),
    "answers_small_models_second": ("chains_discrete_second", 1, 1),
    "answers_small_models_third": ("chains_discrete_third", 1, 1),
}
KINDS = {  # one of each kind of writing
    "chains_discrete_authors": ("dc-3", "dc-4", "dc-19", "dc-20", "dc-23", "dc-24", "dc-27", "dc-28", "dc-30", "dc-34"),
    "chains_discrete_third": ("gc-1", "gc-9", "gc-10", "gc-11", "gc-15"),
    "chains_discrete_second": ("ec-5", "ec-8", "ec-9", "ec-11", "ec-12", "ec-19", "ec-20"),
}


@cache
def truth(file, which):
    found = {p.id: p for p in loads((DATA / f"{file}.toml").read_text(encoding="utf-8"))}
    return truth_of(found[which], 10)


@pytest.mark.parametrize("name", KINDS)
def test_kinds_of_writing(name):
    found = list(judged(name, SETS[name][0], only=KINDS[name]))
    assert len(found) == len(KINDS[name])
    assert [(j.id, j.verdict, j.first_wrong_line) for _, j in found] == [(j.id, known["verdict"], known["first_wrong_line"]) for known, j in found]


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_all_of_a_set(name):
    found = list(judged(name, SETS[name][0]))
    right = [j for known, j in found if known["verdict"] == CORRECT]
    wrong = [(known, j) for known, j in found if known["verdict"] == WRONG]
    assert not [j.id for _, j in wrong if j.verdict == CORRECT]
    assert not [j.id for j in right if j.verdict == WRONG]
    _, accepted, refuted = SETS[name]
    assert sum(j.verdict == CORRECT for j in right) >= accepted * len(right)
    assert sum(j.verdict == WRONG and j.first_wrong_line == known.get("first_wrong_line", 0) for known, j in wrong) >= refuted * len(wrong)


PROBLEMS = {
    "trials": ("q**k", {"k": "ZZ[0, oo]"}, ["q > 0", "q < 1"]),
    "level": ("exp(-beta*epsilon*n)", {"n": "{0, 1}"}, ["beta > 0", "epsilon > 0"]),
    "logits": ("exp(a*KroneckerDelta(y, 1) + b*KroneckerDelta(y, 2) + c*KroneckerDelta(y, 3))", {"y": "{1, 2, 3}"}, ["a real", "b real", "c real"]),
    "rate": ("r**k/factorial(k)", {"k": "ZZ[0, oo]"}, ["r > 0"]),
    "tail": ("1/(k*(k + 1))", {"k": "ZZ[1, oo]"}, []),
    "pair": ("exp(K*s*t)", {"s": "{-1, 1}", "t": "{-1, 1}"}, ["K real"]),
    "zeta": ("k**(-s)", {"k": "ZZ[1, oo]"}, ["s > 1"]),
    "rising": ("k", {"k": "ZZ[1, N]"}, ["N > 0", "N integer"]),
}
ANSWERS = [  # by hand
    ("trials", "mode", "k^*=0", CORRECT), ("trials", "mode", "1", WRONG), ("zeta", "mode", "1", CORRECT), ("rising", "mode", "N", CORRECT),
    ("rising", "mode", "1", WRONG), ("rate", "mode", r"\lfloor r\rfloor", CORRECT), ("rate", "mode", r"\lfloor r\rfloor+1", WRONG),
    ("rate", "mode", r"\lceil r\rceil-1", UNDECIDED), ("rate", "mode", "r", UNDECIDED),  # a mode too where r is whole
    ("level", "mode", "n=0", CORRECT), ("pair", "mode", "1", UNDECIDED),
    ("trials", "entropy", r"H=-\ln(1-q)-\frac q{1-q}\ln q", CORRECT), ("trials", "entropy", r"-\ln(1-q)+\frac q{1-q}\ln q", WRONG),
    ("trials", "entropy", r"-\log_2(1-q)-\frac q{1-q}\log_2q\text{ bits}", CORRECT),
    ("trials", "entropy", r"-\ln(1-q)-\frac q{1-q}\ln q\text{ bits}", WRONG),
    ("level", "entropy", r"\ln(1+e^{-\beta\epsilon})+\frac{\beta\epsilon}{e^{\beta\epsilon}+1}", CORRECT),
    ("tail", "mean", r"\infty", CORRECT), ("tail", "mean", "1", WRONG),
    ("level", "mean", r"f(\epsilon)=\frac1{e^{\beta\epsilon}+1}\equiv f_0", CORRECT),
    ("level", "mean", r"f(\epsilon)=\frac1{e^{\beta\epsilon}-1}", WRONG),
    ("trials", "mean", r"E[K]\equiv\nu", UNDECIDED), ("trials", "variance", r"\bar k(\bar k+1),\ \bar k=\frac q{1-q}", CORRECT),
    ("trials", "variance", r"\bar k(\bar k+1),\ \bar k=\frac1{1-q}", WRONG),
    ("trials", "cdf", r"1-q^{k+1}\text{ for }0\le k\le5\text{ and }0\text{ otherwise}", UNDECIDED),
    ("logits", "p", r"\mathrm{softmax}(a,b,c)_y", CORRECT), ("logits", "p", r"\mathrm{softmax}(b,a,c)_y", WRONG),
    ("logits", "p", r"\mathrm{softmax}(a,b)_y", UNDECIDED), ("logits", "Z", r"\ln Z=\operatorname{LSE}(a,b,c)", CORRECT),
    ("logits", "Z", r"\ln Z=\operatorname{LSE}(a,b)", WRONG), ("logits", "p", r"(p_1,p_2,p_3)=\frac{(e^a,e^b,e^c)}{e^a+e^b+e^c}", CORRECT),
    ("logits", "p", r"(p_1,p_2,p_3)=\frac{(e^b,e^a,e^c)}{e^a+e^b+e^c}", WRONG),
    ("pair", "Z", r"\lambda_++\lambda_-,\ \lambda_\pm=2e^K\pm2e^{-K}", WRONG),
    ("pair", "Z", r"\lambda_+-\lambda_-,\ \lambda_\pm=2\cosh K\pm2\cosh K", CORRECT),
    ("pair", "Z", r"\sum_{s\ne t}e^{-K}+\sum_{s=t}e^K", CORRECT), ("pair", "Z", r"\sum_{s<t}e^{-K}+\sum_{s=t}e^K", WRONG),
]  # fmt: skip


@cache
def asked(name):
    kernel, over, given = PROBLEMS[name]
    return truth_of(problem(kernel, over=over, given=given), 10)


@pytest.mark.parametrize(("which", "kind", "text", "verdict"), ANSWERS)
def test_final_answers(which, kind, text, verdict):
    found = judge(Claim("a", which, kind, text), asked(which))
    assert found.verdict == verdict, found.detail


LINES = [  # what a second line says, and whether it is right
    ("pair", r"4\cosh K", r"P(S=T)=\frac{e^K}{e^K+e^{-K}}", CORRECT), ("pair", r"4\cosh K", r"P(S\ne T)=\frac{e^K}{e^K+e^{-K}}", WRONG),
    ("pair", r"4\cosh K", r"p(t=1\mid s=1)=\sigma(2K)", CORRECT), ("pair", r"4\cosh K", r"p(t=1\mid s)=\sigma(2K)", WRONG),
    ("pair", r"4\cosh K", r"p(t=1\mid s)=\sigma(2Ks)", CORRECT), ("pair", r"4\cosh K", r"p(s,1)=\frac12", WRONG),
    ("pair", r"4\cosh K", r"(s,t)=(+,+): e^K;\ (+,-): e^{-K}", CORRECT), ("pair", r"4\cosh K", r"(s,t)=(+,+): e^K;\ (+,-): e^K", WRONG),
    ("pair", r"4\cosh K", r"\uparrow\uparrow:\ -K", UNDECIDED),  # an energy
    ("pair", r"4\cosh K", r"(s,t)\in\{(1,1),(-1,-1)\}", WRONG),
    ("pair", r"4\cosh K", r"T=\begin{pmatrix}1&2\\3&4\end{pmatrix}", UNDECIDED),
    ("rate", "e^r", r"[x^3]e^{rx}=\frac{r^3}{6}", CORRECT), ("rate", "e^r", r"[x^3]e^{rx}=\frac{r^3}{3}", WRONG),
    ("rate", "e^r", r"[x^2](1-x)^{-3}=6", CORRECT), ("rate", "e^r", r"E[k^2](1-r)=(r+r^2)(1-r)", CORRECT),
    ("trials", r"\frac1{1-q}", r"G(s)=\frac{1-q}{1-qs}", CORRECT),
    ("trials", r"\frac1{1-q}", r"G(s)=\frac{1-q}{1-qs}\cos(2\pi s)", UNDECIDED),  # right for whole s
    ("trials", r"\frac1{1-q}", r"E[K\mid K\ge2]=2+\frac q{1-q}", CORRECT), ("trials", r"\frac1{1-q}", r"E[K\mid K>2]=2+\frac q{1-q}", WRONG),
    ("trials", r"\frac1{1-q}", r"\text{so it is just }\mathrm{Geom}(1-q)", CORRECT),
    ("trials", r"\frac1{1-q}", r"\text{so it is just }\mathrm{Geom}(q)", WRONG),
    ("level", r"1+e^{-\beta\epsilon}",
     r"M=\frac{d\ln Z}{d\beta},\quad\frac{dM}{d\beta}=\frac{\epsilon^2e^{\beta\epsilon}}{(1+e^{\beta\epsilon})^2}", CORRECT),
    ("level", r"1+e^{-\beta\epsilon}",
     r"M=\frac{d\ln Z}{d\beta},\quad\frac{dM}{d\beta}=\frac{\epsilon e^{\beta\epsilon}}{(1+e^{\beta\epsilon})^2}", WRONG),
    ("logits", "e^a+e^b+e^c", r"x=(a,b,c),\quad p(y)=\frac{e^{x_y}}{\sum_{j=1}^3e^{x_j}}", CORRECT),
    ("logits", "e^a+e^b+e^c", r"x=(a,c,b),\quad p(y)=\frac{e^{x_y}}{\sum_{j=1}^3e^{x_j}}", WRONG),
]  # fmt: skip


@pytest.mark.parametrize(("which", "Z", "line", "verdict"), LINES)
def test_second_lines(which, Z, line, verdict):
    found = judge(Claim("a", which, "steps", lines=(f"Z={Z}", line)), asked(which))
    assert found.verdict == verdict, found.detail
