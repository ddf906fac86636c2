"""How long the textbook problems take, side by side with SymPy in the same run.

Ours is warm: modules and templates are loaded by solving other kernels, in other letters; each textbook problem is then solved
once, for the first time in that process. SymPy's integrate and summation get a fresh process for each problem and LIMIT seconds,
and an answer counts only where it has the known values. Two figures stand for SymPy: the call alone, and the whole process, which
is what somebody waits who asks it one question.

    python benchmarks/textbook.py [--write]        # --write keeps the table in benchmarks/textbook.md
"""

from __future__ import annotations

import os

os.environ.setdefault("SYMPY_GROUND_TYPES", "python")
os.environ.setdefault("SYMPY_CACHE_SIZE", "20000")  # as derive sets it where it is imported before SymPy
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import argparse
import gc
import pickle
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import sympy
from sympy import Expr, Integral, Sum

from derive.compare import AGREES, compared_values
from derive.engine import CATALOGUE, solve
from derive.garbage import look_rarely
from derive.language.problem import Problem, Result
from derive.read.asked import problem
from derive.read.files import load
from derive.report.json import to_dict
from derive.report.render import render

HERE = Path(__file__).parent
PROBLEMS = HERE.parent / "tests" / "data" / "textbook.toml"
LIMIT = 20.0  # seconds for one of SymPy's answers
PARTS = ("read", "search", "check", "render")
ALONE = """
import pickle, sys, time
import sympy
term = pickle.load(sys.stdin.buffer)
start = time.perf_counter()
answer = term.doit()  # what integrate and summation do
pickle.dump((time.perf_counter() - start, answer), sys.stdout.buffer)
"""
WARM_UP = [("exp(-h*z**4)", "z in RR", ["h > 0"]), ("z**(v - 1)*(1 - z)**(w - 1)", "z in (0, 1)", ["v > 0", "w > 0"]),
           ("exp(-Abs(z - v)/w)", "z in RR", ["v real", "w > 0"]), ("v**j/factorial(j)", "j in ZZ[0, oo]", ["v > 0"])]


@dataclass(frozen=True)
class Row:
    """One problem: our outcome and seconds for each part; SymPy's seconds for the call and for the process, and its answer."""

    id: str
    outcome: str
    ours: Mapping[str, float]
    call: float
    process: float
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


def ours(asked: Problem, reading: float) -> tuple[str, dict[str, float]]:
    """The outcome and the seconds for each part."""
    result, solving = timed(lambda: solve(asked))
    _, rendering = timed(lambda: rendered(result))
    parts = {part: float(result.timings.get(part, 0.0)) for part in PARTS}
    return result.outcome, {**parts, "solve": solving, "read": reading, "render": rendering}


def rendered(result: Result) -> None:
    render(result, "md", "standard", CATALOGUE)
    to_dict(result, CATALOGUE)


def warm_up() -> None:
    for kernel, over, given in WARM_UP:
        rendered(solve(problem(kernel, over=[over], given=given)))
    look_rarely()
    gc.freeze()  # as the processes that work for the command do: what is loaded is not looked through for garbage


# SymPy's


def theirs(asked: Problem) -> tuple[float, float, str]:
    """Seconds of the call and of its fresh process, which is ended at the limit, and what became of SymPy's answer."""
    term = pickle.dumps(asked.total.to_sympy())
    try:
        run, process = timed(lambda: alone(term))
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        return LIMIT, LIMIT, type(error).__name__
    call, answer = pickle.loads(run.stdout)
    return call, process, judged(answer, asked)


def alone(term: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", ALONE], input=term, capture_output=True, timeout=LIMIT, check=True)


def judged(answer: Expr, asked: Problem) -> str:
    """Whether the answer is closed and has the known values."""
    if answer.has(Integral, Sum):
        return "unevaluated"
    verdict, _ = compared_values(Result(asked, "normalized", Z=answer), asked.known)
    return "right" if verdict == AGREES else f"not right ({verdict})"


# The table


def measure() -> list[Row]:
    load(PROBLEMS)
    problems, reading = timed(lambda: load(PROBLEMS))
    warm_up()
    mine = [ours(asked, reading / len(problems)) for asked in problems]
    rows = []
    for asked, (outcome, seconds) in zip(problems, mine, strict=True):
        print(f"{len(rows) + 1} of {len(problems)}: SymPy on {asked.id}", file=sys.stderr)
        rows.append(Row(asked.id, outcome, seconds, *theirs(asked)))
    return rows


def table(rows: list[Row]) -> Iterator[str]:
    yield "# Textbook problems, warm, side by side with SymPy"
    yield ""
    yield f"Python {platform.python_version()}, SymPy {sympy.__version__}, {os.cpu_count()} processors. Milliseconds; one run."
    yield "How it is measured stands in [textbook.py](textbook.py); `python benchmarks/textbook.py --write` makes this page."
    yield ""
    yield from summary(rows)
    yield ""
    yield "| problem | outcome | derivation, checks | read | search | check | render | SymPy's call | its process | its answer |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|---|"
    for row in rows:
        parts = " | ".join(ms(row.ours[part]) for part in PARTS)
        yield f"| {row.id} | {row.outcome} | {ms(row.seconds)} | {parts} | {ms(row.call)} | {ms(row.process)} | {row.verdict} |"


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
    mine, call, process = ([getattr(row, name) for row in rows] for name in ("seconds", "call", "process"))
    return (f" On these derive takes {sum(mine):.2f} s in all (median {ms(median(mine))} ms);"
            f" SymPy's calls {against(call, mine)}; SymPy's processes {against(process, mine)}.")


def against(its: list[float], mine: list[float]) -> str:
    return f"{sum(its):.2f} s (median {ms(median(its))} ms), {sum(its) / sum(mine):.1f} times as long"


def ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f}" if seconds < 0.1 else f"{1000 * seconds:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="also keep the table in benchmarks/textbook.md")
    options = parser.parse_args()
    page = "\n".join(table(measure())) + "\n"
    print(page)
    if options.write:
        (HERE / "textbook.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
