"""Claims and derivations in many styles of writing: no wrong one is accepted, no right one rejected, most are decided."""

from pathlib import Path

import pytest

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim, claims
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.read.files import load

DATA = Path(__file__).parent / "data"


@pytest.mark.slow
@pytest.mark.parametrize("file", ["homework_more.toml", "homework_styles.toml"])
def test_claims_in_other_styles(file):
    names = ("textbook", "univariate_continuous", "univariate_discrete", "univariate_extra")
    problems = {p.id: p for name in names for p in load(DATA / f"{name}.toml")}
    truths, found = {}, []
    for claim in claims((DATA / file).read_text(encoding="utf-8"), file):
        truths.setdefault(claim.problem, None)
        if truths[claim.problem] is None:
            truths[claim.problem] = truth_of(problems[claim.problem], 10)
        bare = Claim(claim.id, claim.problem, claim.kind, claim.text, claim.sympy, claim.lines)
        found.append((claim.answers, judge(bare, truths[claim.problem])))
    right = [j for known, j in found if known["verdict"] not in (WRONG, UNDECIDED)]
    open_ = [j for known, j in found if known["verdict"] == UNDECIDED]
    wrong = [j for known, j in found if known["verdict"] == WRONG]
    chains = [(known, j) for known, j in found if "first_wrong_line" in known]
    assert not [j.id for j in (*wrong, *open_) if j.verdict == CORRECT]
    assert not [j.id for j in (*right, *open_) if j.verdict == WRONG]
    assert sum(j.verdict == CORRECT for j in right) >= 0.97 * len(right)
    assert sum(j.verdict == WRONG for j in wrong) >= 0.97 * len(wrong)
    named = [(j.mistake.kind == known["mistake"]) for known, j in found if known.get("mistake") and j.mistake]
    labelled = sum("mistake" in known for known, _ in found)
    assert sum(named) >= 0.9 * labelled and len(named) - sum(named) <= 2  # two that have more than one good name
    assert sum(known["first_wrong_line"] == j.first_wrong_line for known, j in chains) >= 0.95 * len(chains)
