"""Where the processor time of `solve` goes on the textbook problems, by stage.

A fresh process solves the kernels of the warm-up and then each problem once, as in textbook.py; of three such processes the one
that was quickest on a problem counts. A stage's time includes all that it calls, and "rest" is what no stage claims.

    python benchmarks/stages.py [ID…] [--profile]
"""

from __future__ import annotations

import os

os.environ.setdefault("SYMPY_GROUND_TYPES", "python")

import argparse
import cProfile
import multiprocessing
import pstats
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from textbook import PROBLEMS, warm_up

from derive import engine
from derive.language.problem import Problem
from derive.read.files import load

STAGES = {"searched": "search", "sign_of": "sign", "check": "steps", "presentable": "present", "symbolic_check": "second",
          "check_density": "numeric", "check_enclosure": "enclosure", "family_of": "family", "total_positive": "sign"}  # fmt: skip
COLUMNS = (*dict.fromkeys(STAGES.values()), "rest", "all")
TABLE: dict[str, float] = {}  # of the problem that is being solved


def watched(function: Callable[..., Any], stage: str) -> Callable[..., Any]:
    """The function, whose processor time is added to the table."""
    @wraps(function)
    def call(*args: Any, **options: Any) -> Any:
        start = time.process_time()
        try:
            return function(*args, **options)
        finally:
            TABLE[stage] = TABLE.get(stage, 0.0) + time.process_time() - start

    return call


def staged(problem: Problem) -> dict[str, float]:
    """Seconds of each stage of one solution."""
    TABLE.clear()
    start = time.process_time()
    engine.solve(problem)
    everything = time.process_time() - start
    return {**TABLE, "rest": everything - sum(TABLE.values()), "all": everything}


def run(ids: list[str]) -> dict[str, dict[str, float]]:
    """The stages of every problem, solved one after the other."""
    problems = chosen(ids)
    warm_up()
    for name, stage in STAGES.items():
        setattr(engine, name, watched(getattr(engine, name), stage))
    return {problem.id: staged(problem) for problem in problems}


def chosen(ids: list[str]) -> list[Problem]:
    return [problem for problem in load(PROBLEMS) if not ids or problem.id in ids]


def profiled(problem: Problem) -> None:
    profile = cProfile.Profile()
    profile.runcall(engine.solve, problem)
    pstats.Stats(profile).sort_stats("cumulative").print_stats(90)


def row(name: str, times: dict[str, float]) -> str:
    return f"{name:26}" + "".join(f"{1000 * times.get(column, 0.0):10.1f}" for column in COLUMNS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help="problems; all where none is named")
    parser.add_argument("--profile", action="store_true", help="print what cProfile sees instead")
    options = parser.parse_args()
    if options.profile:
        warm_up()
        for problem in chosen(options.ids):
            profiled(problem)
        return
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as fresh:
        runs = fresh.map(run, [options.ids] * 3, chunksize=1)
    print(f"{'milliseconds':26}" + "".join(f"{column:>10}" for column in COLUMNS))
    best = {name: min((table[name] for table in runs), key=lambda times: times["all"]) for name in runs[0]}
    for name, times in best.items():
        print(row(name, times))
    print(row("in all", {column: sum(times.get(column, 0.0) for times in best.values()) for column in COLUMNS}))


if __name__ == "__main__":
    main()
