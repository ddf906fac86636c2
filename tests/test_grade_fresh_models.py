"""Fresh derivations about small models and whole numbers that argue in words between the formulas; wrong lines beside each new way of writing."""


import pytest
from judged_claims import judged_set, known_truth, otherwise, shares

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge

KINDS = {  # one of each kind of writing
    "first": ("ff-co-1", "ff-ge-1", "ff-ge-4", "ff-ge-5", "ff-pr-1", "ff-ph-2", "ff-al-3", "ff-co-3", "ff-ge-6", "ff-pr-2", "ff-pr-4", "ff-pr-6",
              "ff-md-6", "ff-md-7", "ff-co-4", "ff-co-6", "ff-a-5", "ff-a-37"),
    "second": ("fg-1", "fg-5", "fg-7", "fg-13", "fg-w-2", "fg-w-3"),
}  # fmt: skip
BARS = {"first": (0.91, 1), "second": (0.68, 1)}  # right ones accepted, wrong ones refuted at their line


@pytest.mark.parametrize("name", KINDS)
def test_kinds_of_writing(name):
    found = judged_set(f"fresh_f_{name}", KINDS[name])
    assert len(found) == len(KINDS[name]) and otherwise(found) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", BARS)
def test_whole_sets(name):
    accepted, refuted = shares(judged_set(f"fresh_f_{name}"))
    assert accepted >= BARS[name][0] and refuted >= BARS[name][1]


RING = r"Z=2e^{3K}+6e^{-K}"
MATRIX = r"T=\begin{pmatrix}e^K&e^{-K}\\e^{-K}&e^K\end{pmatrix},\qquad Z=\operatorname{tr}T^3"
FIELD = r"T=\begin{pmatrix}e^{J+2h}&e^{-J}\\e^{-J}&e^{J-2h}\end{pmatrix},\quad u=\begin{pmatrix}1\\1\end{pmatrix}"
RBM = r"Z=4+e^c(1+e^{w_1})(1+e^{w_2})"
ATTACKS = [  # set, problem, lines, verdict, first wrong line
    ("first", "ff-ring3", (r"Two have equal spins (weight $e^{3K}$), six do not (weight $e^{-K}$).", RING), CORRECT, 0),
    ("first", "ff-ring3", (r"Two have equal spins (weight $e^{3K}$), six do not (weight $e^{K}$).", RING), UNDECIDED, 0),
    ("first", "ff-ring3", (r"Three have equal spins (weight $e^{3K}$), six do not (weight $e^{-K}$).", RING), UNDECIDED, 0),
    ("first", "ff-ring3", (MATRIX, r"\det(T-\lambda I)=(e^K+\lambda)^2-e^{-2K}=0", r"\lambda_\pm=e^K\pm e^{-K}", RING), UNDECIDED, 0),
    ("first", "ff-ring3", (MATRIX, r"T^2=\begin{pmatrix}2\cosh2K&2\\2&2\cosh2K\end{pmatrix}", RING), CORRECT, 0),
    ("first", "ff-ring3", (MATRIX, r"T^2=\begin{pmatrix}2\cosh2K&1\\1&2\cosh2K\end{pmatrix}", RING), WRONG, 2),
    ("first", "ff-pair", (FIELD, r"Z=u^TTu=e^{J+2h}+e^{-J}+e^{J-2h}"), WRONG, 2),
    ("first", "ff-rbm", (r"for $h=0$ we get $4$ and for $h=1$ we get $e^c(1+e^{w_1})(1+e^{w_2})$", RBM), CORRECT, 0),
    ("first", "ff-rbm", (r"for $h=0$ we get $2$ and for $h=1$ we get $e^c(1+e^{w_1})(1+e^{w_2})$", RBM), UNDECIDED, 0),
    ("first", "ff-rbm", (RBM, r"p(h=1\mid v)=\frac1{1+e^{c-w_1v_1-w_2v_2}}"), WRONG, 2),
    ("first", "ff-rbm", (RBM, r"p(h=1\mid\mathbf v)=\frac1{1+e^{-c-w_1v_1-w_2v_2}}"), CORRECT, 0),
    ("first", "ff-markov", ("Z=1", r"P(y=1)=pb+(1-p)a"), WRONG, 2),
    ("first", "ff-markov", ("Z=1", r"p(x,y)=p^x(1-p)^{1-x}", r"P(y=1)=pa+(1-p)b"), WRONG, 2),
    ("first", "ff-para3", (r"Z=8\cosh^3h", r"M=s_1+s_2+s_3", r"\langle M\rangle=2\tanh h"), WRONG, 3),
    ("first", "ff-para3", (r"Z=8\cosh^3h", r"M=s_1+s_2+s_3", r"\langle M^2\rangle=3+6\tanh^2h"), CORRECT, 0),
    ("first", "ff-negbin", ("Z(q)=(1-q)^{-r}", r"\frac{Z'}Z=\frac r{1-q}"), CORRECT, 0),
    ("first", "ff-negbin", ("Z=(1-q)^{-r}", r"\frac{Z'}Z=\frac r{1-q}"), UNDECIDED, 0),  # by which parameter is not said
    ("first", "ff-negbin", ("Z(q)=(1-q)^{-r}", r"\frac{Z'}Z=\frac r{1+q}"), WRONG, 2),
    ("first", "ff-k2geo", (r"f(x)=\sum_{k\ge0}x^k=\frac1{1-x}", r"x\bigl(xf'(x)\bigr)'=\frac{x}{(1-x)^3}"), WRONG, 2),
    ("first", "ff-k2geo", (r"f(x)=\sum_{k\ge0}x^k=\frac1{1-x}", r"xf'(x)=\frac1{(1-x)^2}"), WRONG, 2),
    ("first", "ff-central", (r"\binom{2k}k=4^k\binom{-1/2}k", r"Z=(1-4z)^{-1/2}"), WRONG, 1),
    ("first", "ff-cut", (r"Z_N=1+q+\dots+q^{N-1},\quad Z_1=1,\quad Z_{N+1}=q+qZ_N", r"Z_N=\frac{1-q^N}{1-q}"), WRONG, 1),
    ("first", "ff-binom", (r"With $x=e^\eta$ the log-partition function is $A(\eta)=n\log(1-e^\eta)$.", "Z=(1+x)^n"), WRONG, 1),
    ("first", "ff-binom", (r"With $x=e^\eta$ the log-partition function is $A(\eta)=n\log(1+e^\eta)$.", r"A'(\eta)=\frac{n}{1+e^\eta}"), WRONG, 2),
    ("first", "ff-coin", (r"\text{The likelihood is } \theta^s(1-\theta)^n \text{ and the prior is proportional to } \theta^{a-1}(1-\theta)^{b-1}.",
                          "Z=B(a+s,b+n-s)"), UNDECIDED, 0),
    ("first", "ff-kgeo", (r"\text{Write } k=\sum_{i=0}^k1.", r"Z=\frac q{(1-q)^2}"), UNDECIDED, 0),
    ("first", "ff-even", (r"\text{Adding } e^\lambda \text{ and } e^{-\lambda} \text{ we get } 2e^\lambda", r"Z=\cosh\lambda"), WRONG, 1),
    ("first", "ff-sign", (r"\text{Shifting } x \text{ by } ms \text{ gives } \sqrt{\pi}", r"Z=2\sqrt{2\pi}"), WRONG, 1),
    ("first", "ff-first", ("Z=1", r"p(k)=p(1-p)^{k-1}\text{ for } k \text{ between } 2 \text{ and } 5"), UNDECIDED, 0),
    ("first", "ff-first", ("Z=1", r"p(k)=p(1-p)^{k-1}\text{ when } k \text{ exceeds } 1"), UNDECIDED, 0),
    ("first", "ff-negbin", (r"Z=(1-q)^{-r}\text{ up to a factor of } 2",), UNDECIDED, 0),
    ("first", "ff-negbin", (r"Z=(1-q)^{-r}\text{, no wait, }(1-q)^r",), UNDECIDED, 0),
    ("second", "fg-odd", (r"Z=\sinh\lambda", r"The mean of $2k+1$ is $\lambda\tanh\lambda$."), WRONG, 2),
    ("second", "fg-odd", (r"Z=\sinh\lambda", r"\text{The mean of } 2k+1 \text{ is } \lambda\coth\lambda."), CORRECT, 0),
    ("second", "fg-two", (r"Z=1+e^{-\beta\Delta}",
                          r"\langle E\rangle=\frac\Delta{e^{\beta\Delta}+1}\text{, which tends to }\Delta\text{ as }\beta\to0"), WRONG, 2),
    ("second", "fg-half", (r"Choose $n$ people out of $n$ men and $n$ women. That is $\binom{2n}{n+1}$.", r"Z=\binom{2n}n"), UNDECIDED, 0),
]  # fmt: skip


@pytest.mark.parametrize(("name", "which", "lines", "verdict", "first"), ATTACKS)
def test_wrong_lines_beside_them(name, which, lines, verdict, first):
    truth = known_truth(f"chains_fresh_f_{name}", which)
    found = judge(Claim("a", which, "steps", lines=lines), truth)
    assert (found.verdict, found.first_wrong_line) == (verdict, first), found.detail


@pytest.mark.parametrize("words", ["After some algebra,", "Simplifying,", "This collapses to", "After some algebra", "The whole is off by"])
def test_values_behind_words_are_no_mentions(words):
    truth = known_truth("chains_fresh_f_first", "ff-even")
    assert judge(Claim("a", "ff-even", "steps", lines=(rf"{words} $\sinh\lambda$.", r"Z=\cosh\lambda")), truth).verdict != CORRECT
