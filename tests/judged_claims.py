"""The claims of a data file with the judgement on each: what the tests of the judge look at."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from derive.grade.handed import Claim, Judgement, claims
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


def judged(name: str, *others: str, only: tuple[str, ...] = (), part: int = 0, parts: int = 1) -> Iterator[tuple[dict, Judgement]]:
    """The known answers of each claim of a file, which may speak of the problems of `others` too, and the judgement on it without them."""
    problems = {id: problem for file in (*others, name) for id, problem in problems_of(file).items()}
    truths: dict[str, Truth] = {}
    for claim in [c for c in claims((DATA / f"{name}.toml").read_text(encoding="utf-8"), name) if not only or c.id in only][part::parts]:
        if claim.problem not in truths:
            truths[claim.problem] = truth_of(problems[claim.problem], 10)
        bare = Claim(claim.id, claim.problem, claim.kind, claim.text, claim.sympy, claim.lines)
        yield claim.answers, judge(bare, truths[claim.problem])
