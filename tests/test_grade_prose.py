"""Derivations with many words: what the words say is not taken on trust, and what they may mean otherwise is not called wrong."""


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


SPEEDS = [  # Maxwell's speeds: mode √(2T/m), mean √(8T/πm), mean square 3T/m
    (r"The most probable speed is $\sqrt{2T/m}$, the rms speed is $\sqrt{3T/m}$ and the mean speed is $\sqrt{8T/(\pi m)}$.", CORRECT),
    (r"The most probable speed is $v_{\max}=\sqrt{2T/m}$.", CORRECT),
    (r"The most probable speed is $\sqrt{T/m}$.", WRONG),
    (r"The rms speed is $\sqrt{2T/m}$.", WRONG),
    (r"The mean speed is $\sqrt{3T/m}$.", WRONG),
    (r"The mean time is $\sqrt{8T/(\pi m)}$.", UNDECIDED),
    (r"With $u=\frac{mv^2}{2T}$ we have $v=\sqrt{2Tu/m}$ and $dv=\sqrt{\frac T{2mu}}\,du$.", CORRECT),  # no integration by parts
    (r"With $u=\frac{mv^2}{2T}$ we have $v=\sqrt{2Tu/m}$ and $dv=\sqrt{\frac{2T}{mu}}\,du$.", WRONG),
]


@pytest.fixture(scope="module")
def speeds():
    return truth_of(problem("v**2*exp(-m*v**2/(2*T))", over={"v": "(0, oo)"}, given=["m > 0", "T > 0"]))


@pytest.mark.parametrize(("line", "verdict"), SPEEDS)
def test_means_of_what_a_letter_stands_for(line, verdict, speeds):
    lines = (r"Z=\int_0^\infty v^2e^{-mv^2/(2T)}\,dv=\sqrt{\frac\pi2}\left(\frac Tm\right)^{3/2}", line)
    assert judge(Claim("a", "e", "steps", lines=lines), speeds).verdict == verdict
