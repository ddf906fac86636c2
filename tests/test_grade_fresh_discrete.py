"""Fresh derivations and final answers about whole numbers and small models; wrong or unclear lines beside each new way of writing."""

import tomllib

import pytest
from judged_claims import DATA, judged_set, known_truth, otherwise, shares

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge

SETS = {"first": "d_first", "second": "d_second", "third": "h_first", "fourth": "h_second"}
KINDS = {  # one of each kind of writing
    "first": ("fd-le-1", "fd-te-2", "fd-ra-1", "fd-ra-3", "fd-ph-1", "fd-ml-1", "fd-ml-5", "fd-ph-5", "fd-te-13", "fd-ph-9", "fd-ph-10",
              "fd-ml-8", "fd-ml-11", "fd-ml-12", "fd-ml-13", "fd-a-4", "fd-a-6", "fd-a-8"),
    "second": ("fe-6", "fe-9", "fe-14", "fe-15"),
    "third": ("fh-ph-5", "fh-ph-12", "fh-st-9", "fh-cs-6", "fh-cs-15", "fh-ek-1", "fh-ek-7", "fh-ek-12", "fh-pl-3", "fh-pl-5", "fh-mx-5",
              "fh-a-29"),
    "fourth": ("fi-1", "fi-2", "fi-27", "fi-a-7"),
}  # fmt: skip
BARS = {  # right ones accepted, wrong ones refuted at their line
    "first": (0.95, 1), "second": (0.93, 1), "third": (0.9, 0.95), "fourth": (0.8, 0.9),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_kinds_of_writing(name):
    found = judged_set(f"fresh_{SETS[name]}", KINDS[name])
    assert len(found) == len(KINDS[name]) and otherwise(found) == []


EVERY = {"third": 5, "fourth": 4}  # of longer sets not each one


def some_of(name):
    files = [DATA / f"{kind}_fresh_{SETS[name]}.toml" for kind in ("chains", "answers")]
    ids = [c["id"] for file in files for c in tomllib.loads(file.read_text(encoding="utf-8"))["claim"]]
    return tuple(ids[:: EVERY.get(name, 1)])


@pytest.mark.slow
@pytest.mark.parametrize("name", BARS)
def test_whole_sets(name):
    accepted, refuted = shares(judged_set(f"fresh_{SETS[name]}", some_of(name)))
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
    ("third", "fh-tele3", (r"S_n=\frac13\left[\frac12-\frac1{3n+5}\right]", r"Z=\lim_{n\to\infty}S_n=\frac16"), UNDECIDED, 0),  # no partial sums
    ("third", "fh-tele3", (r"S_N=\frac13\left[\frac12-\frac1{3N+2}\right]", r"Z=\lim S_N=\frac16"), CORRECT, 0),
    ("third", "fh-facttele", (r"S_n=1-\frac1{(n+1)!}", r"S_n\to2"), WRONG, 2),
    ("third", "fh-mixgeo", ("Z=1", r"P(z=1\mid k)=\frac{w\,a(1-a)^k}{w\,a(1-a)^k+(1-w)\,b(1-b)^k}"), UNDECIDED, 0),  # what z is, nobody says
    ("third", "fh-mm2", (r"Z=\frac{1+r}{1-r}", r"p_0=\frac{1-r}{1+r},\ p_k=r^kp_0"), WRONG, 2),
    ("third", "fh-mm2", (r"Z=\frac{1+r}{1-r}", r"p_0=\frac{1}{1+r},\ p_k=2r^kp_0"), WRONG, 2),
    ("third", "fh-mm2", (r"Z=\frac{1+r}{1-r}", r"p_0=\frac{1-r}{1+r},\quad p_k=2r^kp_0\quad(k\ge0)"), WRONG, 2),
    ("third", "fh-ring3h", (r"Z=\sum_{\mathbf s}\exp\Big(J\sum_{i<j}s_is_j+h\sum_is_i\Big)",), CORRECT, 0),
    ("third", "fh-hardring", (r"Z=\sum_{n_1,n_2,n_3\in\{0,1\}}z^{\sum_in_i}\prod_{i<j}(1-n_in_j)=1+3z+z^3",), WRONG, 1),
    ("third", "fh-artanh", (r"Z=\sum_{n\text{ even}}\frac{\theta^{n+1}}{n+1}=\frac12\ln\frac{1-\theta}{1+\theta}",), WRONG, 1),
    ("third", "fh-clock3", (r"Z=e^J+2e^{-J/2}", r"\ln Z=\ln3+\frac{J^2}{2}+O(J^3)"), WRONG, 2),
    ("third", "fh-clock3", (r"Z=e^J+2e^{-J/2}=3+\frac34J^2+O(J^4)",), WRONG, 1),
    ("third", "fh-halfrow", (r"Z=\sum_{k=0}^n\binom{2n}{2n-k}=\frac{4^n-\binom{2n}n}2",), WRONG, 1),
    ("third", "fh-flip", (r"p(x,y)=p(x)p(y\mid x)", r"p(x=y)=a"), WRONG, 2),
    ("third", "fh-postgeo", (r"\theta\mid x\sim\mathrm{Beta}(a+n,b+S)", r"\hat\theta_{\mathrm{MAP}}=\frac{a+n-1}{a+b+n+S-1}"), WRONG, 2),
    ("third", "fh-sizebin", (r"(p+q)^n=\sum_k\binom nkp^kq^{n-k},\quad q=1-p", r"p\,\partial_p(p+q)^n=np(p+q)^{n-1}", r"Z=np"), CORRECT, 0),
    ("third", "fh-sizebin", (r"(p+q)^n=\sum_k\binom nkp^kq^{n-k},\quad q=1-p", r"p\,\partial_p(p+q)^n=np^2(p+q)^{n-1}", r"Z=np"), WRONG, 2),
    ("third", "fh-shiftlap", (r"Z=\sum_{k\le m}q^{m-k}+1+\sum_{k>m}q^{k-m}",), WRONG, 1),
    ("third", "fh-plus2", (r"Z=\sum(k+1)q^k=\frac{1}{(1-q)^2}",), WRONG, 1),
    ("fourth", "fi-levels", (r"\ln Z=2\ln(1+e^{-\beta\epsilon})", r"\langle E\rangle=\frac{2\epsilon}{e^{\beta\epsilon}+1}",
                             r"S=\ln Z+\beta\langle E\rangle=2\ln(1+e^{-\beta\epsilon})+\frac{2\beta\epsilon}{e^{\beta\epsilon}+1}"), CORRECT, 0),
    ("fourth", "fi-levels", (r"Z=(1+e^{-\beta\epsilon})^2",
                             r"S=\ln Z+\beta\langle E\rangle=2\ln(1+e^{-\beta\epsilon})+\frac{\beta\epsilon}{e^{\beta\epsilon}+1}"),
     WRONG, 2),
    ("fourth", "fi-levels", (r"Z=\sum_{N=0}^2\binom2Ne^{-\beta\epsilon N}=(1+e^{-\beta\epsilon})^2",
                             r"P(N=1)=\frac{2e^{-\beta\epsilon}}{(1+e^{-\beta\epsilon})^2}"), UNDECIDED, 0),  # this N is no n
    ("fourth", "fi-geo2", (r"We write $q=1-p$. The sum is $\sum_{k=0}^\infty q^{2k}$.",
                           r"This is a geometric series with ratio $q$, so $Z=\frac1{1-q^2}$."), UNDECIDED, 0),
    ("third", "fh-sizebin", (r"q=1-p", r"\frac{d}{dp}(p^2+q)=2p", r"Z=np"), UNDECIDED, 0),  # as a partial derivative it is
    ("third", "fh-sizebin", (r"q=1-p", r"\partial_p(x\log p+(n-x)\log q)=\frac xp", r"Z=np"), WRONG, 2),
    ("third", "fh-sizebin", (r"\sum_{j\text{ odd}}\binom nj=2^{n-1}", r"Z=np"), UNDECIDED, 0),  # where it ends is not said
]
LONGER = [  # those that take more time
    ("third", "fh-tele3", (r"\sum_{k=1}^n\frac1{(3k-1)(3k+2)}=\frac13\left[\frac12-\frac1{3n+2}\right]\to\frac13", r"Z=\frac16"), WRONG, 1),
    ("third", "fh-ring3h", (r"Z=\sum_{\{s\}}\prod_{i<j}e^{Js_is_j}\prod_ie^{2hs_i}",), WRONG, 1),
    ("third", "fh-oblong", (r"Z=2\sum_{k=1}^NC(k+1,2)=2\,C(N+1,3)",), WRONG, 1),
    ("third", "fh-modes", (r"Z=\sum_{m,n}e^{-\beta E_{m,n}}=\frac1{1-e^{-3\beta}}",), WRONG, 1),
    ("third", "fh-nb3", (r"Z=\sum_{i,j,l\ge1}q^{i+j+l}=(1-q)^{-3}",), WRONG, 1),
    ("third", "fh-pairs", (r"Z=\frac{x^2}{(1-x)^3}", r"\mathbb E[K]=\frac{xZ'}{Z}=\frac{2-x}{1-x}"), WRONG, 2),
    ("fourth", "fi-dist", (r"Z=\sum_{i=j}q^i+2\sum_{i<j}q^j", r"=\frac1{1-q}+2\cdot\frac{q}{(1-q)^2}"), CORRECT, 0),
    ("fourth", "fi-dist", (r"Z=\sum_{i=j}q^i+2\sum_{i\le j}q^j",), WRONG, 1),
    ("fourth", "fi-squares", (r"Z=\sum_{k=1}^nk\cdot n\binom{n-1}{k-1}=n\sum_{j=0}^{n-1}j\binom{n-1}j",), WRONG, 1),
]


@pytest.mark.parametrize(("name", "which", "lines", "verdict", "first"), ATTACKS)
def test_wrong_lines_beside_them(name, which, lines, verdict, first):
    truth = known_truth(f"chains_fresh_{SETS[name]}", which)
    found = judge(Claim("a", which, "steps", lines=lines), truth)
    assert (found.verdict, found.first_wrong_line) == (verdict, first), found.detail


@pytest.mark.slow
@pytest.mark.parametrize(("name", "which", "lines", "verdict", "first"), LONGER)
def test_longer_lines_beside_them(name, which, lines, verdict, first):
    test_wrong_lines_beside_them(name, which, lines, verdict, first)


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
    ((_, found),) = judged_set(f"fresh_{SETS[name]}", (which,))
    assert found.mistake is not None and found.mistake.kind == kind


FINAL = [
    ("first", "fd-harm", "p", r"\frac1{k\,H_N},\quad H_N=\sum_{j=1}^{N-1}\frac1j", WRONG),
    ("first", "fd-binexp", "mean", r"n\,\sigma(\eta),\quad\sigma(\eta)=\frac1{1+e^{\eta}}", WRONG),
    ("first", "fd-poisson2", "Z", r"\frac{1+(\lambda-1)e^\lambda}{\lambda}", WRONG),
    ("third", "fh-mm2", "p", r"p_0=\frac{1-r}{1+r},\quad p_k=2r^k\frac{1-r}{1+r}\ (k\ge1)", CORRECT),
    ("third", "fh-mm2", "p", r"p_0=\frac{1-r}{1+r},\quad p_k=r^k\frac{1-r}{1+r}\ (k\ge1)", WRONG),
    ("third", "fh-mm2", "p", r"p_k=\begin{cases}\frac{1-r}{1+r}&k=0\\2r^k\frac{1-r}{1+r}&k\ge2\end{cases}", UNDECIDED),
]


@pytest.mark.parametrize(("name", "which", "kind", "text", "verdict"), FINAL)
def test_wrong_answers_beside_them(name, which, kind, text, verdict):
    found = judge(Claim("a", which, kind, text), known_truth(f"chains_fresh_{SETS[name]}", which))
    assert found.verdict == verdict, found.detail
