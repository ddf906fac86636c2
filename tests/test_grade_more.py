"""Claims and derivations in many styles of writing: no wrong one is accepted, no right one rejected, most are decided."""

from pathlib import Path

import pytest

from derive.grade.handed import CORRECT, WRONG, Claim, claims
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.read.files import load

DATA = Path(__file__).parent / "data"


@pytest.mark.slow
def test_claims_in_other_styles():
    names = ("textbook", "univariate_continuous", "univariate_discrete", "univariate_extra")
    problems = {p.id: p for name in names for p in load(DATA / f"{name}.toml")}
    truths, found = {}, []
    for claim in claims((DATA / "homework_more.toml").read_text(), "homework_more.toml"):
        truths.setdefault(claim.problem, None)
        if truths[claim.problem] is None:
            truths[claim.problem] = truth_of(problems[claim.problem], 10)
        bare = Claim(claim.id, claim.problem, claim.kind, claim.text, claim.sympy, claim.lines)
        found.append((claim.answers, judge(bare, truths[claim.problem])))
    right = [j for known, j in found if known["verdict"] != WRONG]
    wrong = [j for known, j in found if known["verdict"] == WRONG]
    chains = [(known, j) for known, j in found if "first_wrong_line" in known]
    assert not [j.id for j in wrong if j.verdict == CORRECT]
    assert not [j.id for j in right if j.verdict == WRONG]
    assert sum(j.verdict == CORRECT for j in right) >= 0.9 * len(right)
    assert sum(j.verdict == WRONG for j in wrong) >= 0.97 * len(wrong)
    assert sum(known["first_wrong_line"] == j.first_wrong_line for known, j in chains) >= 0.9 * len(chains)
