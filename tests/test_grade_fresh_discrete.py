"""Fresh derivations and final answers about whole numbers and small models; wrong or unclear lines beside each new way of writing."""


import pytest
from judged_claims import judged_set, known_truth, otherwise, shares

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge

KINDS = {  # one of each kind of writing
    "first": ("fd-le-1", "fd-te-2", "fd-ra-1", "fd-ra-3", "fd-ph-1", "fd-ml-1", "fd-ml-5", "fd-ph-5", "fd-te-13", "fd-ph-9", "fd-ph-10",
              "fd-ml-8", "fd-ml-11", "fd-ml-12", "fd-ml-13", "fd-a-4", "fd-a-6", "fd-a-8"),
    "second": ("fe-6", "fe-9", "fe-14", "fe-15"),
}  # fmt: skip
BARS = {"first": (0.95, 1), "second": (0.93, 1)}  # right ones accepted, wrong ones refuted at their line


@pytest.mark.parametrize("name", KINDS)
def test_kinds_of_writing(name):
    found = judged_set(f"fresh_d_{name}", KINDS[name])
    assert len(found) == len(KINDS[name]) and otherwise(found) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", BARS)
def test_whole_sets(name):
    accepted, refuted = shares(judged_set(f"fresh_d_{name}"))
    assert accepted >= BARS[name][0] and refuted >= BARS[name][1]


RBM = r"Z=(1+e^{b_1})(1+e^{b_2})+e^a(1+e^{b_1+w_1})(1+e^{b_2+w_2})"
HALVES = r"Z=\frac12\sum_{k=1}^\infty\left(\frac1{2k-1}-\frac1{2k+1}\right)"
ATTACKS = [  # set, problem, lines, verdict, first wrong line
    ("first", "fd-potts3", (r"Z=\sum_{a,b,c=1}^2e^{K(\delta_{ab}+\delta_{bc}+\delta_{ca})}",), WRONG, 1),
    ("first", "fd-halfint", (r"\text{Put } q=x^2.", r"\text{Integrate from } 1 \text{ to } x\text{: } xZ=\int_0^x\frac{du}{1-u^2}"), UNDECIDED, 0),
    ("first", "fd-rbm21", (RBM, r"\mathbb E[h_j\mid v]=\sigma(b_j+w_jv),\quad j=1,2"), CORRECT, 0),
    ("first", "fd-rbm21", (RBM, r"\mathbb E[h_j\mid v]=\sigma(b_j-w_jv),\quad j=1,2"), WRONG, 2),
    ("first", "fd-rbm21", (RBM, r"\mathbb E[h_j\mid v]=\sigma(b_1+w_1v),\quad j=1,2"), WRONG, 2),
    ("first", "fd-rbm21", (RBM, r"p(h_1,h_2\mid v)=\prod_jp(h_j\mid v)"), CORRECT, 0),
    ("first", "fd-rbm21", (RBM, r"p(h_1,h_2)=\prod_jp(h_j)"), WRONG, 2),
    ("first", "fd-rbm21", (RBM, r"p(v=1\mid h_1,h_2)=\sigma\Big(a+\sum_jw_jh_j\Big)"), CORRECT, 0),
    ("first", "fd-rbm21", (RBM, r"p(v=1\mid h_1,h_2)=\sigma\Big(a+\prod_jw_jh_j\Big)"), WRONG, 2),
    ("first", "fd-rbmspin", (r"Z=8\cosh w_1\cosh w_2", r"\langle v_1h\rangle=\tanh w_2"), WRONG, 2),
    ("first", "fd-autoreg", ("Z=1", r"\mathbb E[y\mid x]=\frac1{1+e^{-b}}"), WRONG, 2),
    ("first", "fd-autoreg", ("Z=1", r"\mathbb E[y\mid x=1]=\frac1{1+e^{-b-w}}"), CORRECT, 0),
    ("first", "fd-autoreg", ("Z=1", r"\mathbb E[y\mid x=2]=\frac1{1+e^{-b-2w}}"), UNDECIDED, 0),  # x is never 2
    ("first", "fd-autoreg", ("Z=1", r"P(y=1\mid x)\propto e^{b+wx}"), UNDECIDED, 0),  # with a factor that is that of y = 0 too
    ("first", "fd-autoreg", ("Z=1", r"P(y=1\mid x)\propto e^{b+wx},\quad P(y=0\mid x)\propto1"), CORRECT, 0),
    ("first", "fd-autoreg", ("Z=1", r"P(y=1\mid x)\propto e^{b+wx},\quad P(y=0\mid x)\propto w"), WRONG, 2),
    ("first", "fd-latent", (r"Z=\sqrt{2\pi}", r"P(z=1\mid x)=\frac{w}{w+(1-w)e^{-mx}}"), WRONG, 2),
    ("first", "fd-twobits", (r"Z=\frac{\Gamma(a)\Gamma(b)}{\Gamma(a+b)}", r"P(x=1,y=1)=\left(\frac a{a+b}\right)^2"), WRONG, 2),
    ("first", "fd-twobits", (r"Z=\frac{\Gamma(a)\Gamma(b)}{\Gamma(a+b)}", r"P(x=1\mid\theta)=\theta"), CORRECT, 0),
    ("first", "fd-twobits", (r"Z=\frac{\Gamma(a)\Gamma(b)}{\Gamma(a+b)}", r"P(\theta=\frac12)=0"), UNDECIDED, 0),
    ("first", "fd-ising4", (r"e^{Kss'}=\cosh K\,(1-ss'\tanh K)", r"Z=16\cosh^4K\left(1+\tanh^4K\right)"), WRONG, 1),
    ("first", "fd-ising4", (r"e^{Kss'}=\cosh K\,(1+ss'\tanh K)", r"Z=16\cosh^4K\left(1+\tanh^4K\right)"), CORRECT, 0),
    ("first", "fd-ising4", (r"Z=16\left(\cosh^4K+\sinh^4K\right)", r"\mathbb E[s_is_j]=\tanh K"), UNDECIDED, 0),  # for neighbours or for all
    ("first", "fd-gaussar", (r"Z=2\pi st", r"p(y)=\mathcal N(0,a^2s^2+t)"), WRONG, 2),
    ("first", "fd-odd2", (HALVES, r"=\frac12\left(1-\frac13+\frac13-\frac15+\cdots\right)=\frac12"), CORRECT, 0),
    ("first", "fd-odd2", (HALVES, r"=\frac12\left[\left(1-\frac13\right)+\left(\frac13-\frac15\right)+\cdots\right]=\frac12"), CORRECT, 0),
    ("first", "fd-odd2", (HALVES, r"=\frac12\left(1-\frac13+\frac13-\frac14+\cdots\right)=\frac12"), UNDECIDED, 0),
    ("first", "fd-odd2", (HALVES, r"=\frac14\left(1-\frac13+\frac13-\frac15+\cdots\right)"), WRONG, 2),
    ("first", "fd-geopost", (r"p(t\mid k_1,\ldots,k_n)\propto\prod_{i=1}^nt(1-t)^{k_i}\cdot t^{a}(1-t)^{b-1}", r"S=\sum_{i=1}^nk_i"), WRONG, 1),
    ("second", "fe-poisgam", (r"\lambda\mid\text{data}\sim\mathrm{Gamma}(a+S,b+n)", r"\mathbb E[\lambda\mid\text{data}]=\frac{a+S}b"), WRONG, 2),
    ("second", "fe-binodd", (r"(1-z)^n=\sum_{k=0}^n\binom nk(-1)^{k+1}z^k",), WRONG, 1),
]


@pytest.mark.parametrize(("name", "which", "lines", "verdict", "first"), ATTACKS)
def test_wrong_lines_beside_them(name, which, lines, verdict, first):
    truth = known_truth(f"chains_fresh_d_{name}", which)
    found = judge(Claim("a", which, "steps", lines=lines), truth)
    assert (found.verdict, found.first_wrong_line) == (verdict, first), found.detail


MISTAKES = [  # set, id, kind of its mistake
    ("first", "fd-te-3", "lost-constant"),  # of one term
    ("first", "fd-te-8", "off-by-one-index"),  # in a binomial coefficient
    ("first", "fd-te-9", "sign"),  # of the exponent of a number
    ("first", "fd-le-12", "off-by-one-gamma"),  # a + b + 2 for a + b + 1
    ("first", "fd-ml-2", "missing-factor"),  # names left out
    ("first", "fd-ml-3", "algebra"),  # tanh(ab) for tanh a tanh b
    ("first", "fd-ml-7", "wrong-power"),  # in one term
    ("first", "fd-te-13", "lost-constant"),  # of a series by its first terms
    ("second", "fe-6", "wrong-special-function"),
    ("second", "fe-16", "sign"),  # in a line about the variables
]


@pytest.mark.parametrize(("name", "which", "kind"), MISTAKES)
def test_mistakes(name, which, kind):
    ((_, found),) = judged_set(f"fresh_d_{name}", (which,))
    assert found.mistake is not None and found.mistake.kind == kind


FINAL = [
    ("first", "fd-harm", "p", r"\frac1{k\,H_N},\quad H_N=\sum_{j=1}^{N-1}\frac1j", WRONG),
    ("first", "fd-binexp", "mean", r"n\,\sigma(\eta),\quad\sigma(\eta)=\frac1{1+e^{\eta}}", WRONG),
    ("first", "fd-poisson2", "Z", r"\frac{1+(\lambda-1)e^\lambda}{\lambda}", WRONG),
]


@pytest.mark.parametrize(("name", "which", "kind", "text", "verdict"), FINAL)
def test_wrong_answers_beside_them(name, which, kind, text, verdict):
    found = judge(Claim("a", which, kind, text), known_truth(f"chains_fresh_d_{name}", which))
    assert found.verdict == verdict, found.detail
