"""Milliseconds per formula for both LaTeX readers, warm, over tests/data/latex.json: python benchmarks/latex.py"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

import sympy as sp

from derive.read.latex import statement
from derive.read.names import ReadError, Scope

FORMULAS = Path(__file__).parent.parent / "tests" / "data" / "latex.json"
KINDS = {
    "indexed": sp.IndexedBase,
    "matrix": lambda name: sp.MatrixSymbol(name, 3, 3),
    "vector": lambda name: sp.MatrixSymbol(name, 3, 1),
}


def scope_of(case: dict) -> Scope:
    """The names that a formula's context declares."""
    context = case["context"]
    symbols = {name: KINDS.get(facts.get("kind"), sp.Symbol)(name) for name, facts in context["symbols"].items()}
    imaginary = {context["imaginary_unit"]: sp.I} if "imaginary_unit" in context else {}
    return Scope(symbols | imaginary, {name: sp.Function(name) for name in context["functions"]})


def milliseconds(text: str, scope: Scope, reader: str) -> float | None:
    """The better of two warm readings; None where the reader cannot read the formula."""
    try:
        statement(text, scope, reader)
    except ReadError:
        return None
    times = []
    for _ in range(2):
        start = time.perf_counter()
        statement(text, scope, reader)
        times.append(1e3 * (time.perf_counter() - start))
    return min(times)


def main(readers: list[str]) -> None:
    """One line a reader: how many it reads, and the median, mean and slowest time."""
    cases = json.loads(FORMULAS.read_text())
    for reader in readers:
        times = [t for case in cases if (t := milliseconds(case["latex"], scope_of(case), reader)) is not None]
        print(
            f"{reader}: {len(times)} of {len(cases)} read, median {statistics.median(times):.2f} ms, "
            f"mean {statistics.mean(times):.2f} ms, slowest {max(times):.2f} ms"
        )


if __name__ == "__main__":
    main(sys.argv[1:] or ["own", "latex2sympy2"])
