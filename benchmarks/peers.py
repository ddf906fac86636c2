"""The same problems put to derive, to SymPy, and to Maxima and giac where they are installed; every answer held against numbers.

An answer is right where it has the known values at all known points to 8 digits (or says that a divergent total is infinite),
wrong where it has another value, and none where there is no closed form, an error, or nothing that can be evaluated. Only
derive is asked about kernels that are negative somewhere and totals without a closed form: the others have no such answers.

derive is warm, in one worker process, as in `derive report`. It takes seconds where SymPy takes ten minutes, over which a machine's pace
changes: so it is measured before and after each of the others, each time in a new worker, and the middle time of a problem stands.
SymPy, Maxima and giac get a fresh process for each problem, and all have LIMIT seconds. SymPy's seconds are those of the call alone;
those of Maxima and giac are those of the process, which starts in a few tenths of a second.

    python benchmarks/peers.py [FILE.toml ...] [--write] [--only derive,giac]      # --write keeps the page in benchmarks/peers.md
"""

from __future__ import annotations

import os

os.environ.setdefault("SYMPY_GROUND_TYPES", "python")
os.environ.setdefault("SYMPY_CACHE_SIZE", "20000")  # as derive sets it where it is imported before SymPy
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import argparse
import pickle
import platform
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import mpmath
import sympy
from pebble import ProcessExpired, ProcessPool
from systems import SYSTEMS, Unsaid, ask, question
from textbook import alone, warm_up

from derive.compare import AGREES, DIFFERS, MEASURED, compare, compared_values, known_formula, number
from derive.engine import solve
from derive.language.problem import Problem, Result
from derive.read.files import load

HERE = Path(__file__).parent
DATA = HERE.parent / "tests" / "data"
FILES = [DATA / f"univariate_{kind}.toml" for kind in ("continuous", "discrete", "extra")]
LIMIT = 20.0
VERDICTS = ("right", "none", "time-out", "wrong")  # the worst last
CLOSED, DIVERGES = "closed-form", "diverges"


@dataclass(frozen=True)
class Answer:
    """What became of one problem put to one program: the verdict, the seconds, those of the derivation alone, and a remark."""

    verdict: str
    seconds: float
    derivation: float = 0.0
    remark: str = ""


# derive


def derived(problem: Problem) -> Answer:
    """Our answer, in a worker."""
    result = solve(problem, LIMIT)
    verdict = compare(result)
    kind = "right" if verdict is None or verdict[0] == AGREES else "wrong" if verdict[0] == DIFFERS else "none"
    remark = "" if kind == "right" or verdict is None else f"{verdict[1]} {result.reason}".strip()
    return Answer(kind, result.seconds, float(result.timings.get("search", 0.0)), remark)


def ours(problems: list[Problem]) -> Iterator[Answer]:
    """Our answers, one after the other; a worker that hangs or dies costs one problem."""
    with ProcessPool(max_workers=1, initializer=warm_up) as pool:
        pool.schedule(warm_up).result()
        for problem in problems:
            try:
                yield pool.schedule(derived, args=[problem], timeout=LIMIT + 1).result()
            except TimeoutError:
                yield Answer("time-out", LIMIT, LIMIT)
            except (ProcessExpired, Exception) as error:
                yield Answer("none", 0.0, 0.0, f"{type(error).__name__}: {error}"[:200])


# The others


def by_sympy(problem: Problem) -> Answer:
    """The answer of integrate or summation in a fresh process."""
    try:
        run = alone(pickle.dumps(problem.total.to_sympy()))
    except subprocess.TimeoutExpired:
        return Answer("time-out", LIMIT)
    except (subprocess.CalledProcessError, AttributeError, TypeError) as error:
        return Answer("none", 0.0, remark=type(error).__name__)
    call, answer = pickle.loads(run.stdout)
    if problem.known["expect"] == DIVERGES:
        return Answer("right" if answer.is_infinite else "none" if not closed(answer) else "wrong", call, remark=str(answer)[:80])
    if not closed(answer):
        return Answer("none", call, remark="unevaluated")
    verdict, why = compared_values(Result(problem, "normalized", Z=answer), problem.known)
    return Answer({AGREES: "right", DIFFERS: "wrong"}.get(verdict, "none"), call, remark="" if verdict == AGREES else why)


def closed(answer: sympy.Expr) -> bool:
    return not answer.has(sympy.Integral, sympy.Sum, sympy.nan, sympy.Limit)


def by_system(system: str) -> Callable[[Problem], Answer]:
    """The answers of Maxima or giac."""

    def answer(problem: Problem) -> Answer:
        points, truth = known_values(problem)
        try:
            reply = ask(system, question(problem, points), LIMIT)
        except Unsaid as error:
            return Answer("none", 0.0, remark=f"not asked: {error}")
        if reply.timed_out:
            return Answer("time-out", LIMIT)
        if problem.known["expect"] == DIVERGES:
            verdict = "right" if reply.infinite else "wrong" if reply.closed else "none"
            return Answer(verdict, reply.seconds, remark=(reply.answer or reply.remark)[:80])
        return Answer(judged(reply.closed, reply.values, truth), reply.seconds, remark=(reply.answer or reply.remark)[:80])

    return answer


def judged(is_closed: bool, values: tuple[str, ...], truth: list[mpmath.mpf]) -> str:
    """Whether values, as a system prints them, are the known ones."""
    numbers = [real(text) for text in values[: len(truth)]]
    if not is_closed or not numbers or len(numbers) < len(truth) or None in numbers:
        return "none"
    tolerance = mpmath.mpf(10) ** -MEASURED
    return "right" if all(mpmath.almosteq(a, b, tolerance, 0) for a, b in zip(numbers, truth, strict=True)) else "wrong"


def real(text: str) -> mpmath.mpf | None:
    """A number as the systems print it, with an imaginary part that rounding left; None where it is none."""
    match = re.fullmatch(r"([+-]?[\d.]+(?:e[+-]?\d+)?)(?:[+-][\d.]+e-\d+\*(?:%i|i))?", text.strip().strip('"').lower())
    return mpmath.mpf(match[1]) if match else None


def known_values(problem: Problem) -> tuple[list[dict[str, Any]], list[mpmath.mpf]]:
    """The points and the values of Z there."""
    points = list(problem.known.get("points") or [{}])
    if problem.known["expect"] == DIVERGES:
        return points[:1], []
    numbers, formula = problem.known.get("Z_numeric") or [], known_formula(problem)
    if numbers or formula is None:
        return points[: len(numbers)], [mpmath.mpf(str(n)) for n in numbers]
    return points, [number(formula, point, problem) for point in points]


# All


def measured(problems: list[Problem], only: set[str]) -> dict[str, list[Answer | None]]:
    """Each program's answers; None where it is not asked."""
    peers = {"SymPy": by_sympy} | {name: by_system(name) for name in SYSTEMS if shutil.which(name.lower())}
    rounds: list[list[Answer]] = []
    others: dict[str, list[Answer | None]] = {}
    for name in ("", *(name for name in peers if not only or name.lower() in only)):
        if name:
            others[name] = [said(name, p, peers[name](p)) if p.known["expect"] in (CLOSED, DIVERGES) else None for p in problems]
        if not only or "derive" in only:
            rounds.append([said("derive", p, a) for p, a in zip(problems, ours(problems), strict=True)])
    return ({"derive": [middle(answers) for answers in zip(*rounds, strict=True)]} if rounds else {}) | others


def middle(answers: Sequence[Answer]) -> Answer:
    """The answer of the middle time; the worst one where they are not all the same."""
    worst = max(VERDICTS.index(a.verdict) for a in answers)
    kept = [a for a in answers if a.verdict == VERDICTS[worst]]
    return sorted(kept, key=lambda a: a.seconds)[len(kept) // 2]


def said(name: str, problem: Problem, answer: Answer) -> Answer:
    print(f"{name:7} {problem.id:40} {answer.verdict:9} {answer.seconds:7.3f} {answer.remark}", file=sys.stderr, flush=True)
    return answer


# The page


def page(problems: list[Problem], table: dict[str, list[Answer | None]], command: str) -> Iterator[str]:
    shared = [i for i, p in enumerate(problems) if p.known["expect"] in (CLOSED, DIVERGES)]
    yield "# The same problems put to other programs"
    yield ""
    yield f"Python {platform.python_version()}, {', '.join(versions(table))}; {os.cpu_count()} processors; one run,"
    yield f"{LIMIT:g} s a problem."
    yield f"How it is measured stands in [peers.py](peers.py); `{command}` makes this page."
    yield ""
    yield f"## All were asked: {len(shared)} totals that have a closed form or are infinite"
    yield ""
    yield from summary({name: [answers[i] for i in shared] for name, answers in table.items()})
    if "derive" in table:
        yield from alone_with_derive(problems, table)
    yield from ("", "## Problem by problem", "", "Seconds where the answer is right; derive's cover derivation and checks.", "")
    yield f"| problem | expected | {' | '.join(table)} |"
    yield f"|---|---|{'---|' * len(table)}"
    for i, problem in enumerate(problems):
        yield f"| {problem.id} | {problem.known['expect']} | {' | '.join(cell(answers[i]) for answers in table.values())} |"


def summary(table: dict[str, list[Answer | None]]) -> Iterator[str]:
    """Verdicts, medians and totals."""
    yield f"| | {' | '.join(VERDICTS)} | right | median, right answers | total |"
    yield f"|---|{'--:|' * (len(VERDICTS) + 3)}"
    for name, answers in table.items():
        asked = [a for a in answers if a]
        yield row(name, asked, [a.seconds for a in asked if a.verdict == "right"], [a.seconds for a in asked])
        if name == "derive":
            yield row("derive, without its checks", asked, [a.derivation for a in asked if a.verdict == "right"],
                      [a.derivation for a in asked])
    others = [answers for name, answers in table.items() if name != "derive"]
    union = sum(any(a and a.verdict == "right" for a in answers) for answers in zip(*others, strict=True)) if others else 0
    yield from ("", f"Some other program is right: {union}.") if others else ()


def row(name: str, asked: list[Answer], right: list[float], all_: list[float]) -> str:
    count = Counter(a.verdict for a in asked)
    share = f"{100 * count['right'] / len(asked):.0f} %" if asked else ""
    return (f"| {name} | {' | '.join(str(count[v]) for v in VERDICTS)} | {share} | {1000 * median(right or [0]):.1f} ms |"
            f" {sum(all_):.1f} s |")


def alone_with_derive(problems: list[Problem], table: dict[str, list[Answer | None]]) -> Iterator[str]:
    """What only derive is asked, and where it falls short."""
    answers = table["derive"]
    seconds = [a.seconds for a in answers if a]
    yield from ("", f"## derive alone was asked: all {len(problems)}", "")
    yield from summary({"derive": answers})
    yield from ("", f"Median over all: {1000 * median(a.derivation for a in answers if a):.1f} ms to derive,"
                    f" {1000 * median(seconds):.1f} ms with all checks; slowest {max(seconds):.1f} s.", "")
    short = [(p, a) for p, a in zip(problems, answers, strict=True) if a and a.verdict != "right"]
    yield from (f"- {p.id}: {a.verdict}. {a.remark}" for p, a in short)


def cell(answer: Answer | None) -> str:
    if answer is None:
        return ""
    return f"{answer.seconds:.3f}" if answer.verdict == "right" else answer.verdict


def versions(table: dict[str, list[Answer | None]]) -> Iterator[str]:
    yield f"SymPy {sympy.__version__}"
    for name in SYSTEMS:
        if name in table:
            output = subprocess.run([name.lower(), "--version"], capture_output=True, text=True, check=False).stdout
            yield f"{name} {next(iter(re.findall(r'[0-9]+[.][0-9.]*[0-9]', output)), '')}".strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=FILES, metavar="FILE.toml")
    parser.add_argument("--write", action="store_true", help="also keep the page in benchmarks/peers.md")
    parser.add_argument("--only", default="", help="programs to ask, by commas: derive,sympy,maxima,giac")
    options = parser.parse_args()
    problems = [p for file in options.files for p in load(file) if "expect" in p.known]
    named = [] if options.files == FILES else [str(file) for file in options.files]
    table = measured(problems, set(filter(None, options.only.lower().split(","))))
    text = "\n".join(page(problems, table, " ".join(["python benchmarks/peers.py", *named, "--write"]))) + "\n"
    print(text)
    if options.write:
        (HERE / "peers.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
