"""The same final answers judged by derive, by SymPy's simplify(a - b) == 0 and by Math-Verify; and how many answers a second derive judges.

The answers are the claims of kind "Z" of tests/data/homework.toml and claims_textbook.toml that are labelled correct or wrong; the truth of
each problem is derived beforehand, as it is for a class. derive reads the LaTeX itself. SymPy gets the truth and what derive read, each
as a SymPy expression with the assumptions of the problem; Math-Verify gets both in LaTeX. They have LIMIT seconds for a pair, in one
process that is warm. A verdict is right where it accepts what is correct or refuses what is wrong; only derive says "undecided".

    python benchmarks/judge.py [--write]      # --write keeps the page in benchmarks/judge.md; Math-Verify: pip install math-verify
"""

from __future__ import annotations

import os

os.environ.setdefault("SYMPY_GROUND_TYPES", "python")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import argparse
import logging
import multiprocessing
import platform
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import sympy
from pebble import ProcessExpired, ProcessPool

from derive.grade.claims import judge_claim
from derive.grade.equal.values import worked
from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim, claims
from derive.grade.judge import judge
from derive.grade.truth import Truth, truth_of
from derive.grade.writing.reading import said
from derive.read.files import load
from derive.report.latex import tex
from derive.report.names import names_of

HERE = Path(__file__).parent
DATA = HERE.parent / "tests" / "data"
PROBLEMS = ("textbook", "univariate_continuous", "univariate_discrete", "univariate_extra", "homework", "homework_problems")
LIMIT = 10.0
JOBS = 2
ROUNDS = 3


@dataclass(frozen=True)
class Pair:
    """A claim with its label and the truth of its problem."""

    claim: Claim
    right: bool
    truth: Truth

    @property
    def bare(self) -> Claim:
        return Claim(self.claim.id, self.claim.problem, self.claim.kind, self.claim.text, self.claim.sympy, self.claim.lines)


@dataclass(frozen=True)
class Verdict:
    """What a judge said, and the seconds that it took."""

    said: str  # "accepts", "refuses", "none", "time-out"
    seconds: float


def handed_in() -> tuple[list[Claim], dict[str, Truth]]:
    """All claims, and the truth of the problems that they are about."""
    problems = {p.id: p for name in PROBLEMS for p in load(DATA / f"{name}.toml")}
    found = [c for name in ("homework", "claims_textbook") for c in claims((DATA / f"{name}.toml").read_text(), name)]
    return found, {id: truth_of(problems[id], 20) for id in dict.fromkeys(c.problem for c in found)}


def pairs(found: list[Claim], truths: dict[str, Truth]) -> list[Pair]:
    """The final answers for Z that are labelled correct or wrong, where the truth is known."""
    known = {"correct": True, "wrong": False}
    return [Pair(c, known[c.answers["verdict"]], truths[c.problem]) for c in found
            if c.kind == "Z" and c.answers["verdict"] in known and isinstance(truths[c.problem].Z, sympy.Expr)]  # fmt: skip


SHARED: list[Pair] = []  # what forked workers are to judge: what a truth remembers cannot be pickled


def shared(judge_one: Callable[[Pair], Verdict], number: int) -> Verdict:
    return judge_one(SHARED[number])


SAYS = {CORRECT: "accepts", WRONG: "refuses", UNDECIDED: "none"}


def by_derive(pair: Pair) -> Verdict:
    start = time.perf_counter()
    found = judge_claim(pair.bare, pair.truth, worked(LIMIT))
    return Verdict(SAYS[found.verdict], time.perf_counter() - start)


def by_simplify(pair: Pair) -> Verdict:
    claim = said(pair.claim.text, pair.truth, "Z", pair.claim.sympy).value.doit()
    start = time.perf_counter()  # reading is not SymPy's work
    equal = sympy.simplify(claim - pair.truth.Z) == 0
    return Verdict("accepts" if equal else "refuses", time.perf_counter() - start)


def by_math_verify(pair: Pair) -> Verdict:
    from math_verify import parse, verify

    logging.disable(logging.WARNING)  # that its own clock is off: the process has one
    names = names_of(pair.truth.problem)
    start = time.perf_counter()
    gold, answer = parse(f"${tex(pair.truth.Z, names)}$", parsing_timeout=None), parse(f"${pair.claim.text}$", parsing_timeout=None)
    equal = verify(gold, answer, timeout_seconds=None)
    return Verdict("accepts" if equal else "refuses", time.perf_counter() - start)


def limited(judge_one: Callable[[Pair], Verdict], all_: list[Pair]) -> Iterator[Verdict]:
    """The verdicts of one judge, each within LIMIT, in a process that is warm; an error is no verdict."""
    SHARED[:] = all_
    context = multiprocessing.get_context("fork")
    with ProcessPool(max_workers=1, context=context) as pool:
        for number in range(len(all_)):
            try:
                yield pool.schedule(shared, args=[judge_one, number], timeout=LIMIT).result()
            except TimeoutError:
                yield Verdict("time-out", LIMIT)
            except (Exception, ProcessExpired):
                yield Verdict("none", 0.0)


def row(name: str, all_: list[Pair], verdicts: list[Verdict]) -> str:
    """One judge's line of the table."""
    seen = Counter((p.right, v.said) for p, v in zip(all_, verdicts, strict=True))
    right = seen[True, "accepts"] + seen[False, "refuses"]
    none = sum(n for (_, what), n in seen.items() if what == "none")
    late = sum(n for (_, what), n in seen.items() if what == "time-out")
    seconds = [v.seconds for v in verdicts]
    cells = (f"{right} of {len(all_)}", seen[False, "accepts"], seen[True, "refuses"], none, late, f"{1000 * median(seconds):.1f}",
             f"{sum(seconds):.1f}")  # fmt: skip
    return f"| {name} | {' | '.join(map(str, cells))} |"


def grade(work: tuple[int, bool]) -> None:
    """Judge a part of the pairs, with a diagnosis of what is wrong or without."""
    for pair in SHARED[work[0] :: 4 * JOBS]:
        if work[1]:
            judge(pair.bare, pair.truth)
        else:
            judge_claim(pair.bare, pair.truth, worked(LIMIT))


def a_second(all_: list[Pair], diagnosed: bool) -> float:
    """Answers a second on JOBS processes that are warm: every answer ROUNDS times."""
    SHARED[:] = all_
    parts = range(4 * JOBS)
    with multiprocessing.get_context("fork").Pool(JOBS) as pool:
        pool.map(grade, [(part, diagnosed) for part in parts])
        start = time.perf_counter()
        pool.map(grade, [(part, diagnosed) for _ in range(ROUNDS) for part in parts])
        return ROUNDS * len(all_) / (time.perf_counter() - start)


TEN_LINES = (  # the polar trick for exp(-(x-mu)**2/(2*sigma**2))
    r"Z=\int_{-\infty}^\infty e^{-(x-\mu)^2/(2\sigma^2)}\,dx", r"u=\frac{x-\mu}{\sigma},\quad dx=\sigma\,du",
    r"=\sigma\int_{-\infty}^\infty e^{-u^2/2}\,du", r"Z^2=\sigma^2\int_{-\infty}^\infty\int_{-\infty}^\infty e^{-(u^2+v^2)/2}\,du\,dv",
    r"=\sigma^2\int_0^{2\pi}\int_0^\infty r\,e^{-r^2/2}\,dr\,d\theta", r"=\sigma^2\cdot 2\pi\int_0^\infty r\,e^{-r^2/2}\,dr",
    r"=2\pi\sigma^2\left[-e^{-r^2/2}\right]_0^\infty", r"=2\pi\sigma^2(0+1)", r"=2\pi\sigma^2", r"Z=\sqrt{2\pi}\,\sigma",
)


def ten_lines(truths: dict[str, Truth]) -> tuple[str, float]:
    """The verdict on a derivation of ten lines, and the seconds of the second time that it is judged."""
    claim = Claim("ten", "gaussian", "steps", lines=TEN_LINES)
    judge(claim, truths["gaussian"])
    start = time.perf_counter()
    found = judge(claim, truths["gaussian"])
    return found.verdict, time.perf_counter() - start


def page() -> Iterator[str]:
    """The page, line by line."""
    found, truths = handed_in()
    all_ = pairs(found, truths)
    judges = {"derive": by_derive, "SymPy's simplify": by_simplify}
    if find_spec("math_verify"):
        judges["Math-Verify"] = by_math_verify
    yield "# Judging final answers\n"
    yield f"{len(all_)} answers for Z from tests/data/homework.toml and claims_textbook.toml, {sum(p.right for p in all_)} of them right. "
    yield f"The judge alone, without a diagnosis; a limit of {LIMIT:g} s for one; times in one warm process.\n"
    yield "| judge | right verdicts | wrong accepted | right refused | no verdict | time-outs | median ms | total s |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, judge_one in judges.items():
        print(f"{name} …", file=sys.stderr)
        yield row(name, all_, list(limited(judge_one, all_)))
    if "Math-Verify" not in judges:
        yield "\nMath-Verify is not installed here."
    finals = [Pair(c, False, truths[c.problem]) for c in found if c.kind in ("Z", "p")]
    yield f"\nOn {JOBS} processes with the key ready, derive judges {a_second(finals, False):.0f} final answers (Z and p) a second,"
    yield f"and {a_second(finals, True):.0f} with a diagnosis of each wrong one.\n"
    verdict, seconds = ten_lines(truths)
    yield f"A derivation of {len(TEN_LINES)} lines (the polar trick for the Gaussian) is {verdict} after {seconds:.2f} s.\n"
    yield f"Python {platform.python_version()}, SymPy {sympy.__version__}. Made by `python benchmarks/judge.py --write`."


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true", help="also keep the page in benchmarks/judge.md")
    write = parser.parse_args().write
    text = "\n".join(page()) + "\n"
    print(text)
    if write:
        (HERE / "judge.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
