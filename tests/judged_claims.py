"""The claims of a data file with the judgement on each: what the tests of the judge look at."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim, Judgement, claims
from derive.grade.judge import judge
from derive.grade.truth import Truth, truth_of
from derive.language.problem import Problem
from derive.read.files import loads

DATA = Path(__file__).parent / "data"


@cache
def problems_of(name: str) -> dict[str, Problem]:
    """The problems of a file by their names; none where it has claims alone."""
    text = (DATA / f"{name}.toml").read_text(encoding="utf-8")
    return {p.id: p for p in loads(text)} if "[[problem]]" in text else {}


@cache
def known_truth(name: str, which: str) -> Truth:
    """The truth about a problem of a file, derived once for all tests of a process."""
    return truth_of(problems_of(name)[which], 10)


def judged(name: str, *others: str, only: tuple[str, ...] = (), part: int = 0, parts: int = 1) -> Iterator[tuple[dict, Judgement]]:
    """The known answers of each claim of a file, which may speak of the problems of `others` too, and the judgement on it without them."""
    home = {id: file for file in (*others, name) for id in problems_of(file)}
    for claim in [c for c in claims((DATA / f"{name}.toml").read_text(encoding="utf-8"), name) if not only or c.id in only][part::parts]:
        bare = Claim(claim.id, claim.problem, claim.kind, claim.text, claim.sympy, claim.lines)
        yield claim.answers, judge(bare, known_truth(home[claim.problem], claim.problem))


Judged = list[tuple[dict, Judgement]]


def judged_set(name: str, only: tuple[str, ...] = ()) -> Judged:
    """The derivations of a set and the final answers about the same problems."""
    return [*judged(f"chains_{name}", only=only), *judged(f"answers_{name}", f"chains_{name}", only=only)]


def otherwise(found: Judged) -> list[str]:
    """The claims whose verdict, or first wrong line, is not the known one."""
    return [j.id for known, j in found if (j.verdict, j.first_wrong_line) != (known["verdict"], known.get("first_wrong_line", 0))]


def shares(found: Judged) -> tuple[float, float]:
    """Of a set in which no wrong claim is accepted and no right one is called wrong: the shares of right ones accepted, and of wrong ones refuted
    at their line."""
    right = [j for known, j in found if known["verdict"] not in (WRONG, UNDECIDED)]
    wrong = [(known, j) for known, j in found if known["verdict"] == WRONG]
    assert not [j.id for known, j in found if known["verdict"] in (WRONG, UNDECIDED) and j.verdict == CORRECT]
    assert not [j.id for j in right if j.verdict == WRONG]
    refuted = [j.verdict == WRONG and j.first_wrong_line == known.get("first_wrong_line", 0) for known, j in wrong]
    return sum(j.verdict == CORRECT for j in right) / len(right), sum(refuted) / len(refuted)
