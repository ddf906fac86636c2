"""How the cost grows with the number of additive pieces and of factors in a kernel, up to 64.

Each size is solved once in a process of its own that has solved other kernels before, for what a process has met is cached.
Milliseconds of reading the kernel, of the derivation, and of the derivation with its checks; the exponent p of n^p is fitted to
n >= 8. What takes longer than BUDGET is ended and has no part in the fit.

    python benchmarks/growth.py [--write]        # --write keeps the table in benchmarks/growth.md
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
from textbook import warm_up

from derive.engine import solve
from derive.read.files import problem

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


def gaussian_factors(n: int) -> tuple[str, str, list[str]]:
    return indexed(n, "exp(-(x - m#)**2/(2*#))", "*"), "x in RR", []


KERNELS: dict[str, Callable[[int], tuple[str, str, list[str]]]] = {
    "additive pieces, Σ xⁱ e^(−ibx)": gamma_pieces, "additive pieces, Σ (q/i)ᵏ": geometric_pieces,
    "factors, Π x^(aᵢ) e^(−bᵢx)": gamma_factors, "factors, Π e^(−(x−mᵢ)²/(2i))": gaussian_factors}


@dataclass(frozen=True)
class Cost:
    """Seconds for one kernel, and its outcome."""

    outcome: str
    read: float
    derive: float
    all: float


def cost(name: str, n: int) -> Cost:
    """Solve one kernel, in a worker."""
    kernel, over, given = KERNELS[name](n)
    start = time.perf_counter()
    asked = problem(kernel, over=[over], given=given)
    reading = time.perf_counter() - start
    result = solve(asked, BUDGET)
    return Cost(result.outcome, reading, float(result.timings.get("search", 0.0)), result.seconds)


def measured(name: str) -> list[Cost]:
    costs = []
    for n in SIZES:
        with ProcessPool(max_workers=1, initializer=warm_up) as pool:
            pool.schedule(warm_up).result()
            try:
                costs.append(pool.schedule(cost, args=[name, n], timeout=BUDGET + 1).result())
            except TimeoutError:
                costs.append(Cost("time-out", math.nan, math.nan, math.nan))
        print(name, n, costs[-1], file=sys.stderr, flush=True)
    return costs


def exponent(costs: list[float]) -> float:
    """The slope of log(cost) over log(n), by least squares."""
    points = [(math.log(n), math.log(c)) for n, c in zip(SIZES, costs, strict=True) if n >= FITTED and c > 0]
    if len(points) < 2:
        return math.nan
    mx, my = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((x - mx) * (y - my) for x, y in points) / sum((x - mx) ** 2 for x, _ in points)


def page() -> Iterator[str]:
    yield from ("# Cost against the size of a kernel", "")
    yield f"Python {platform.python_version()}, SymPy {sympy.__version__}, {os.cpu_count()} processors. Milliseconds; one run."
    yield "How it is measured stands in [growth.py](growth.py); `python benchmarks/growth.py --write` makes this page."
    for name in KERNELS:
        costs = measured(name)
        yield from ("", f"## {name}", "", f"| n | {' | '.join(map(str, SIZES))} | exponent for n ≥ {FITTED} |")
        yield f"|---|{'--:|' * (len(SIZES) + 1)}"
        for column, part in (("read", "read"), ("derive", "derive"), ("derive and check", "all")):
            values = [getattr(c, part) for c in costs]
            yield f"| {column} | {' | '.join(ms(v) for v in values)} | {exponent(values):.2f} |"
        yield f"| outcome | {' | '.join(c.outcome for c in costs)} | |"


def ms(seconds: float) -> str:
    return "–" if math.isnan(seconds) else f"{1000 * seconds:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="also keep the table in benchmarks/growth.md")
    options = parser.parse_args()
    text = "\n".join(page()) + "\n"
    print(text)
    if options.write:
        (HERE / "growth.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
