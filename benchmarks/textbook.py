"""How long the textbook problems take, side by side with SymPy in the same run.

Ours is warm: modules and templates are loaded by a first pass over the same problems, and SymPy's cache is emptied before each
problem of the second pass, so that no answer is remembered. SymPy's integrate and summation get a fresh process for each problem
and LIMIT seconds; only the call itself counts, not the start of the process, and only where the answer has the known values.

    python benchmarks/textbook.py [--write]        # --write keeps the table in benchmarks/textbook.md
"""

from __future__ import annotations

import os

os.environ.setdefault("SYMPY_GROUND_TYPES", "python")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import argparse
import json
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import mpmath
import sympy
from sympy import Expr, Integral, Sum
from sympy.core.cache import clear_cache

from derive.compare import number
from derive.engine import solve
from derive.language.problem import Problem, Result
from derive.language.totals import Lebesgue, Total
from derive.read.files import load
from derive.report.json import to_dict
from derive.report.render import render
from derive.rules import CATALOGUE

HERE = Path(__file__).parent
PROBLEMS = HERE.parent / "tests" / "data" / "textbook.toml"
LIMIT = 20.0  # seconds for one of SymPy's answers
PARTS = ("read", "search", "check", "render")


@dataclass(frozen=True)
class Row:
    """One problem: our outcome and seconds for each part, SymPy's seconds and what became of its answer."""

    id: str
    outcome: str
    ours: Mapping[str, float]
    theirs: float
    verdict: str

    @property
    def seconds(self) -> float:
        """The derivation and its checks."""
        return self.ours["solve"]

    @property
    def right(self) -> bool:
        return self.verdict == "right"


# Ours


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def ours(problem: Problem, reading: float) -> tuple[str, dict[str, float]]:
    """The outcome and the seconds of a warm run that remembers nothing of this problem."""
    clear_cache()
    result, solving = timed(lambda: solve(problem))
    _, rendering = timed(lambda: rendered(result))
    parts = {part: float(result.timings.get(part, 0.0)) for part in PARTS}
    return result.outcome, {**parts, "solve": solving, "read": reading, "render": rendering}


def rendered(result: Result) -> None:
    render(result, "md", "standard", CATALOGUE)
    to_dict(result, CATALOGUE)


def warm_up(problems: list[Problem]) -> None:
    for problem in problems:
        rendered(solve(problem))


# SymPy's


def theirs(index: int) -> tuple[float, str]:
    """Seconds and verdict of SymPy's answer, from a fresh process that is ended at the limit."""
    command = [sys.executable, __file__, "--sympy", str(index)]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT + 5, check=False)
    except subprocess.TimeoutExpired:
        return LIMIT, "no answer in time"
    if run.returncode:
        return LIMIT, run.stderr.strip().splitlines()[-1][:60] if run.stderr.strip() else "died"
    seconds, verdict = json.loads(run.stdout.splitlines()[-1])
    return (seconds, verdict) if seconds < LIMIT else (LIMIT, "no answer in time")


def sympy_only(index: int) -> None:
    """What the fresh process does: one answer, timed and held against the known values."""
    problem = load(PROBLEMS)[index]
    answer, seconds = timed(lambda: evaluated(problem.total))
    print(json.dumps([seconds, judged(answer, problem)]))


def evaluated(term: Expr) -> Expr:
    """A total, the inner ones first, by SymPy's integrate, summation or plain addition."""
    if not isinstance(term, Total):
        return term
    body, measure = evaluated(term.body), term.measure
    if isinstance(measure, Lebesgue):
        return sympy.integrate(body, (term.x, measure.lo, measure.hi))
    if hasattr(measure, "points"):
        return sympy.Add(*(body.subs(term.x, point) for point in measure.points))
    return sympy.summation(body, (term.x, measure.lo, measure.hi))


def judged(answer: Expr, problem: Problem) -> str:
    """Whether the answer is closed and has the known values."""
    if answer.has(Integral, Sum):
        return "unevaluated"
    known = problem.known
    for point, value in zip(known.get("points") or [{}], known["Z_numeric"], strict=True):
        try:
            if not mpmath.almosteq(number(answer, point, problem), mpmath.mpf(value), rel_eps=1e-12, abs_eps=0):
                return "wrong"
        except (TypeError, ValueError, ArithmeticError) as error:
            return f"no value ({type(error).__name__})"
    return "right"


# The table


def measure() -> list[Row]:
    load(PROBLEMS)
    problems, reading = timed(lambda: load(PROBLEMS))
    warm_up(problems)
    mine = [ours(problem, reading / len(problems)) for problem in problems]
    rows = []
    for index, (problem, (outcome, seconds)) in enumerate(zip(problems, mine, strict=True)):
        print(f"\r{index + 1} of {len(problems)}: SymPy on {problem.id:24}", end="", file=sys.stderr, flush=True)
        rows.append(Row(problem.id, outcome, seconds, *theirs(index)))
    print(file=sys.stderr)
    return rows


def table(rows: list[Row]) -> Iterator[str]:
    yield "# Textbook problems, warm, side by side with SymPy"
    yield ""
    yield f"Python {platform.python_version()}, SymPy {sympy.__version__}, {os.cpu_count()} processors. Milliseconds; one run."
    yield "How it is measured stands in [textbook.py](textbook.py); `python benchmarks/textbook.py --write` makes this page."
    yield ""
    yield from summary(rows)
    yield ""
    yield "| problem | outcome | derivation and checks | read | search | check | render | SymPy | its answer |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|---|"
    for row in rows:
        parts = " | ".join(ms(row.ours[part]) for part in PARTS)
        yield f"| {row.id} | {row.outcome} | {ms(row.seconds)} | {parts} | {ms(row.theirs)} | {row.verdict} |"


def summary(rows: list[Row]) -> Iterator[str]:
    """Medians, totals, and the ratio on the problems that SymPy answers rightly."""
    solved, seconds = [row for row in rows if row.right], [row.seconds for row in rows]
    yield f"- Normalized by derive: {sum(row.outcome == 'normalized' for row in rows)} of {len(rows)}."
    yield f"- Derivation and checks: median {ms(median(seconds))} ms, slowest {ms(max(seconds))} ms."
    yield f"- Derivation alone (search): median {ms(median(row.ours['search'] for row in rows))} ms."
    yield f"- Right by SymPy within {LIMIT:g} s: {len(solved)} of {len(rows)}." + (beside(solved) if solved else "")
    parts = (f"{part} {sum(row.ours[part] for row in rows):.2f} s" for part in PARTS)
    yield f"- Where our time goes, in all: {', '.join(parts)}."


def beside(rows: list[Row]) -> str:
    """Totals and medians of both."""
    mine, its = [row.seconds for row in rows], [row.theirs for row in rows]
    times = sum(its) / sum(mine)
    return (f" On these derive takes {sum(mine):.2f} s in all and SymPy {sum(its):.2f} s, {times:.1f} times as long;"
            f" the medians are {ms(median(mine))} ms and {ms(median(its))} ms.")


def ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f}" if seconds < 0.1 else f"{1000 * seconds:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="also keep the table in benchmarks/textbook.md")
    parser.add_argument("--sympy", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.sympy is not None:
        sympy_only(options.sympy)
        return
    page = "\n".join(table(measure())) + "\n"
    print(page)
    if options.write:
        (HERE / "textbook.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
