"""Answers and derivations about continuous kernels as five hands write them, and what is next to each way of writing that was learnt from them."""

import runpy
from pathlib import Path

import pytest

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge
from derive.grade.truth import truth_of

JUDGED = runpy.run_path(str(Path(__file__).with_name("judged_claims.py")))
judged_set, otherwise, shares, problems_of = (JUDGED[name] for name in ("judged_set", "otherwise", "shares", "problems_of"))
KINDS = {  # one of each kind of writing
    "c1": ("fc1-17", "fc1-21", "fc1-28", "fc1-35", "fc1-39", "fc1-41", "fc1-42", "fc1-54", "fc1-57", "fc1-66", "fc1-71"),
    "c2": ("fc2-3", "fc2-6", "fc2-10"),
}
BARS = {"c1": (1, 1), "c2": (0.93, 1)}  # right ones accepted, wrong ones refuted at their line
MISTAKES = {
    "c1": ("fc1-24", "fc1-28", "fc1-34", "fc1-37", "fc1-40", "fc1-43", "fc1-58", "fc1-60", "fc1-65"),
    "c2": ("fc2-2", "fc2-4", "fc2-9"),
}


@pytest.mark.parametrize("name", KINDS)
def test_kinds_of_writing(name):
    found = judged_set(f"fresh_{name}", KINDS[name])
    assert len(found) == len(KINDS[name]) and otherwise(found) == []


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
    truth = truth_of(problems_of(f"chains_fresh_{name}")[f"{name}-{which}"], 10)
    found = judge(Claim("a", which, "steps", lines=lines), truth)
    assert (found.verdict, found.first_wrong_line) == (verdict, first), found.detail
