"""Derivations of several lines as several authors write them, each file with problems of its own: none accepted or rejected wrongly, most decided."""


import pytest
from judged_claims import judged

from derive.grade.handed import CORRECT, WRONG

KINDS = {  # one of each kind of writing
    "styles_careful": ("ca-1", "ca-22"),  # notes in a column behind &&, ∵, "as L → ∞ this tends to"
    "styles_physicist": ("ph-18", "ph-30"),  # x ≡ e^{−βε} with d/dx ln Z, (1 − 2 d/da) f
    "styles_assistant": ("ta-2", "ta-7", "ta-22"),  # f_Y = f_X |dx/dy|, F by cases, S = X + Y and P(X > 2Y)
    "styles_learning": ("ml-3", "ml-10", "ml-16"),  # A(η) and σ(η), KL(p ‖ q), ℰ(x) and p_β
    "styles_typed": ("tx-13", "tx-14"),  # integrate(…), diff(…), * between names
    "continuous_terse": ("ct-3", "ct-4", "ct-5", "ct-6", "ct-7", "ct-9"),  # E X^n, F and p alone, a > 1 later, Z → 2, log² under a beta kernel
    "continuous_rambling": ("cr-3", "cr-8", "cr-11"),  # E[X] alone, "if c → ∞ we get 1/λ", ∫∫ with another name for the variable
    "continuous_physicist": ("cp-1", "cp-5", "cp-9", "cp-11"),  # + const, ∫ dz/h f, L(a) ≈ a/3, ⟨x⁴⟩_{J=0}
    "continuous_layout": ("cl-1", "cl-2", "cl-12", "cl-13", "cl-15", "cl-16"),  # a whole align, Y for y, medians without F, Γ'(1), φ''(0)
    "continuous_second": ("c2-1", "c2-10", "c2-12", "c2-13", "c2-15", "c2-16", "c2-24"),  # intervals, ∂/∂α, I_0(a), βfL ≪ 1, F by its slope
    "continuous_third": ("c3-4", "c3-5", "c3-13", "c3-14", "c3-17", "c3-20", "c3-21"),  # s = 2: …; s = 4: …, ⟨μ⟩, ⟨|x|⟩, τ² later, ]_{x→0⁺}^{x→∞}
}
BARS = {  # right ones accepted, wrong ones refuted at their line
    "styles_careful": (0.89, 0.99), "styles_physicist": (0.58, 0.99), "styles_assistant": (0.6, 0.84), "styles_learning": (0.76, 0.99),
    "styles_typed": (0.99, 0.99), "styles_several": (0.83, 0.95), "continuous_terse": (0.99, 1), "continuous_rambling": (0.74, 1),
    "continuous_physicist": (0.99, 1), "continuous_layout": (0.99, 1), "continuous_second": (0.81, 1), "continuous_third": (0.85, 1),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_kinds_of_writing(name):
    found = list(judged(f"chains_{name}", only=KINDS[name]))
    assert len(found) == len(KINDS[name])
    assert [(j.id, j.verdict, j.first_wrong_line) for _, j in found] == [(j.id, known["verdict"], known["first_wrong_line"]) for known, j in found]


@pytest.mark.slow
@pytest.mark.parametrize("name", BARS)
def test_derivations_of_an_author(name):
    found = list(judged(f"chains_{name}"))
    right = [j for known, j in found if known["verdict"] == CORRECT]
    wrong = [(known, j) for known, j in found if known["verdict"] == WRONG]
    assert not [j.id for _, j in wrong if j.verdict == CORRECT]
    assert not [j.id for j in right if j.verdict == WRONG]
    accepted, refuted = BARS[name]
    assert sum(j.verdict == CORRECT for j in right) >= accepted * len(right)
    assert sum(j.first_wrong_line == known["first_wrong_line"] for known, j in wrong) >= refuted * len(wrong)
