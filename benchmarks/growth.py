"""How the cost grows with the number of additive pieces and of factors in a kernel, up to 64.

Each size is solved once in a process of its own that has solved other kernels before, for what a process has met is cached.
Milliseconds of processor time for reading the kernel, for the derivation, and for the derivation with its checks; the exponent p of
n^p is fitted to n >= 8, and where one of these sizes fails (no closed form, or BUDGET is spent) that is said in its place. Of the
three checks of ∫p = 1 those count that were decided, within the time that they have by the clock: on a busy machine they may be fewer.

    python benchmarks/growth.py [--write] [NUMBER…]   # of the series, from 1; --write keeps the table in benchmarks/growth.md
"""

from __future__ import annotations

import os

os.environ.setdefault("SYMPY_GROUND_TYPES", "python")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import argparse
import math
import platform
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sympy
from pebble import ProcessPool
from stages import TABLE, watched
from textbook import warm_up

from derive import engine
from derive.language.claims import REFUTED, UNDECIDED
from derive.read.asked import problem

HERE = Path(__file__).parent
SIZES = (1, 2, 4, 8, 16, 32, 64)
FITTED = 8  # the smallest size that the exponent is fitted to
BUDGET = 60.0  # seconds


def indexed(n: int, term: str, joint: str) -> str:
    """term(1) joint term(2) … for # = 1 … n."""
    return joint.join(term.replace("#", str(i)) for i in range(1, n + 1))


def gamma_pieces(n: int) -> tuple[str, str, list[str]]:
    return indexed(n, "x**#*exp(-#*b*x)", " + "), "x in (0, oo)", ["b > 0"]


def geometric_pieces(n: int) -> tuple[str, str, list[str]]:
    return indexed(n, "(q/#)**k", " + "), "k in ZZ[0, oo]", ["q > 0", "q < 1"]


def gamma_factors(n: int) -> tuple[str, str, list[str]]:
    return indexed(n, "x**a#*exp(-b#*x)", "*"), "x in (0, oo)", [f"{c}{i} > 0" for i in range(1, n + 1) for c in "ab"]


def gaussian_mixture(n: int) -> tuple[str, str, list[str]]:
    given = [f"w{i} > 0" for i in range(1, n + 1)] + [f"m{i} real" for i in range(1, n + 1)]
    return indexed(n, "w#*exp(-(x - m#)**2/2)", " + "), "x in RR", given


def laplace_mixture(n: int) -> tuple[str, str, list[str]]:
    return indexed(n, "exp(-Abs(x - #))/#", " + "), "x in RR", []


def polynomial(n: int) -> tuple[str, str, list[str]]:
    return f"({indexed(n, 'x**#/#', ' + ')})*exp(-x)", "x in (0, oo)", []


def powers(n: int) -> tuple[str, str, list[str]]:
    return indexed(n, "x**(a# - 1)", " + "), "x in (0, 1)", [f"a{i} > 0" for i in range(1, n + 1)]


def gaussian_factors(n: int) -> tuple[str, str, list[str]]:
    return indexed(n, "exp(-(x - m#)**2/(2*#))", "*"), "x in RR", []


KERNELS: dict[str, Callable[[int], tuple[str, str, list[str]]]] = {
    "additive pieces, Σ xⁱ e^(−ibx)": gamma_pieces, "additive pieces, Σ (q/i)ᵏ": geometric_pieces,
    "additive pieces, Σ wᵢ e^(−(x−mᵢ)²/2)": gaussian_mixture, "additive pieces, Σ e^(−|x−i|)/i": laplace_mixture,
    "additive pieces, (Σ xⁱ/i) e^(−x)": polynomial, "additive pieces, Σ x^(aᵢ−1) on (0, 1)": powers,
    "factors, Π x^(aᵢ) e^(−bᵢx)": gamma_factors, "factors, Π e^(−(x−mᵢ)²/(2i))": gaussian_factors}


@dataclass(frozen=True)
class Cost:
    """Seconds of processor time for one kernel, its outcome, and how many of how many checks were decided."""

    outcome: str
    checks: str = ""
    read: float = math.nan
    derive: float = math.nan
    all: float = math.nan


def cost(name: str, n: int) -> Cost:
    """Solve one kernel, in a worker."""
    kernel, over, given = KERNELS[name](n)
    start = time.process_time()
    asked = problem(kernel, over=[over], given=given)
    reading = time.process_time() - start
    engine.searched = watched(engine.searched, "search")
    result = engine.solve(asked, BUDGET)
    whole = time.process_time() - start - reading
    decided = sum(check.verdict not in (UNDECIDED, REFUTED) for check in result.checks)
    return Cost(result.outcome, f"{decided} of {len(result.checks)}", reading, TABLE["search"], whole)


def measured(name: str) -> list[Cost]:
    costs = []
    for n in SIZES:
        with ProcessPool(max_workers=1, initializer=warm_up) as pool:
            pool.schedule(warm_up).result()
            try:
                costs.append(pool.schedule(cost, args=[name, n], timeout=BUDGET + 1).result())
            except TimeoutError:
                costs.append(Cost("time-out"))
        print(name, n, costs[-1], file=sys.stderr, flush=True)
    return costs


def exponent(costs: list[Cost], part: str) -> str:
    """The slope of log(cost) over log(n), by least squares; where a size failed, that."""
    fitted = [(n, c) for n, c in zip(SIZES, costs, strict=True) if n >= FITTED]
    failed = [str(n) for n, c in fitted if c.outcome != "normalized"]
    if failed:
        return f"fails at {', '.join(failed)}"
    points = [(math.log(n), math.log(getattr(c, part))) for n, c in fitted]
    mx, my = (sum(values) / len(points) for values in zip(*points, strict=True))
    return f"{sum((x - mx) * (y - my) for x, y in points) / sum((x - mx) ** 2 for x, _ in points):.2f}"


def page(names: list[str]) -> Iterator[str]:
    yield from ("# Cost against the size of a kernel", "")
    yield f"Python {platform.python_version()}, SymPy {sympy.__version__}, {os.cpu_count()} processors. Milliseconds of processor time; one run."
    yield "How it is measured stands in [growth.py](growth.py); `python benchmarks/growth.py --write` makes this page."
    for name in names:
        costs = measured(name)
        yield from ("", f"## {name}", "", f"| n | {' | '.join(map(str, SIZES))} | exponent for n ≥ {FITTED} |")
        yield f"|---|{'--:|' * (len(SIZES) + 1)}"
        for column, part in (("read", "read"), ("derive", "derive"), ("derive and check", "all")):
            yield f"| {column} | {' | '.join(ms(getattr(c, part)) for c in costs)} | {exponent(costs, part)} |"
        yield f"| outcome | {' | '.join(c.outcome for c in costs)} | |"
        yield f"| checks decided | {' | '.join(c.checks for c in costs)} | |"


def ms(seconds: float) -> str:
    return "–" if math.isnan(seconds) else f"{1000 * seconds:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="also keep the table in benchmarks/growth.md")
    parser.add_argument("series", nargs="*", type=int, help="numbers of the series to measure, from 1; all where none is given")
    options = parser.parse_args()
    chosen = [name for number, name in enumerate(KERNELS, 1) if not options.series or number in options.series]
    text = "\n".join(page(chosen)) + "\n"
    print(text)
    if options.write:
        (HERE / "growth.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
