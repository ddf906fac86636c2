"""Words, ranges and reasons beside a formula that say more than is true are not called correct, and what is true is not called wrong."""

from time import process_time

import pytest
from judged_claims import judged

from derive.grade.derivations.predicates import said, strange_words
from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.grade.writing.assertions import wording
from derive.grade.writing.quantifiers import everywhere, without_quantifier
from derive.read.files import loads

FEW = (  # one of each kind: ranges of letters, of parameters, of variables; conditional densities; operations, parts; inequalities; words
    "ra-k1", "ra-k2e", "ra-k2r", "ra-k3", "ra-k4", "ra-m1", "ra-k6d", "ra-k6r", "ra-w24", "ra-w40", "ra-w48", "ra-w72", "ra-w113",
    "ra-w121", "ra-w138", "ra-w221", "ra-x13", "ra-x76", "ra-x78", "ra-x157", "ra-r12", "ra-r73", "ra-r78", "ra-r83",
)  # fmt: skip


def test_more_than_is_true_is_not_accepted():
    found = list(judged("attacks_ranges", only=FEW))
    assert len(found) == len(FEW)
    assert [j.id for known, j in found if (j.verdict == CORRECT) != (known["verdict"] == "correct")] == []


@pytest.mark.slow
@pytest.mark.parametrize("part", range(3))
def test_all_of_them(part):
    found = list(judged("attacks_ranges", part=part, parts=3))
    assert [j.id for known, j in found if known["verdict"] == "wrong" and j.verdict == CORRECT] == []
    assert [j.id for known, j in found if known["verdict"] == "correct" and j.verdict == WRONG] == []
    right = [j.verdict == CORRECT for known, j in found if known["verdict"] == "correct"]
    assert sum(right) >= 0.95 * len(right)


@pytest.mark.parametrize(
    ("words", "asserted"),
    [
        (r"\text{By symmetry } Z=2\int_0^\infty e^{-x}dx", []),
        (r"\text{where the last integral is the definition of }\Gamma(\alpha)", []),
        (r"Z=1\text{, which is the kernel of a Gamma}(2,1)\text{ density}", []),
        (r"P(K\text{ is even})=\cosh\lambda", []),
        (r"\text{If } X \text{ is bounded, then } Z=1", []),
        (r"\text{Since the integrand is odd, } I=0", ["is odd"]),
        (r"p(x)=1\text{ and all moments are finite}", ["moments are finite"]),
        ("The density $p$ is increasing.", ["is increasing"]),
        (r"p(x)=1\text{, not a density}", ["not a density"]),
        (r"p(x)=1\text{ with mean a}", ["with mean a"]),
    ],
)
def test_what_words_assert(words, asserted):
    assert [one.words.lstrip("⟧ ,") for one in said(words)] == asserted


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        (r"M(t)=1\text{ for all real numbers }t", {"t": "real"}),
        (r"M(t)=1\text{ for all }t<1", {}),
        (r"M(t)=1\quad\forall t", {"t": "all"}),
        (r"M(t)=1\text{ for negative }t", {"t": "negative"}),
        (r"M(t)=1,\quad s, t\in\mathbb{R}", {"s": "real", "t": "real"}),
        (r"M(t)=1,\quad t\in\mathbb{R}_+", {}),
        (r"M(t)=1\text{ for every }t\text{ in the support}", {}),
        (r"M(t)=1\text{ regardless of the sign of }t", {"t": "real"}),
    ],
)
def test_ranges_without_a_bound(text, ranges):
    assert everywhere(text, ["s", "t"]) == ranges


def test_long_texts_are_read_quickly():
    spoken = r"\text{" + "for all real " * 1500 + "}"
    for text in (r"\text{for all }" + "t," * 5000, r"\text{which is " * 2000, "$a$ which is " * 1000, r"\ " * 9000, spoken):
        start = process_time()
        everywhere(text, ["t"]), list(said(text)), strange_words(wording(text)), without_quantifier(text, ["t"])
        assert process_time() - start < 3


def test_a_mean_beside_a_prior_is_ambiguous():
    problem = loads('[[problem]]\nid = "a"\nkernel = "t**(a - 1)*exp(-b*t)"\nvariables = [{name = "t", domain = "(0, oo)"}]\n'
                    'parameters = [{name = "a", assumptions = "positive"}, {name = "b", assumptions = "positive"}]')[0]  # fmt: skip
    posterior = r"p(t\mid x)=\frac{b^a}{\Gamma(a)}t^{a-1}e^{-bt}"
    told = Claim("a", "a", "steps", lines=(r"\text{With a conjugate prior,}", posterior, r"E[t]=\frac ab"))
    given = Claim("a", "a", "steps", lines=(r"\text{With a conjugate prior,}", posterior, r"E[t\mid x]=\frac ab"))
    truth = truth_of(problem, 10)
    assert judge(told, truth).verdict == UNDECIDED and "prior" in judge(told, truth).detail
    assert judge(given, truth).verdict == CORRECT
