"""Whatever a kernel does to SymPy, mpmath or Arb, it ends soon after its budget as undecided, and the next problem goes on.

Each hostile kernel is put to the real command line and is followed by a harmless one, which must be solved. What ends a hostile
kernel is a deadline that the engine looks at, or the parent, which ends a worker that does not look. Which kernels are too hard
may change as the engine learns; the time limits may not.
"""

import json
import os
import runpy
import subprocess
import sys
import time
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FINDER = runpy.run_path(str(HERE / "test_cli.py"))["FINDER"]
BUDGET = 2.0
WITHIN = BUDGET + 1.0
NOISE = 1.0  # other tests run at the same time on few processors

HOSTILE = {
    "tower of exponentials": ("exp(-exp(exp(exp(x))))", "(0, oo)"),
    "gamma to the gamma": ("gamma(x)**gamma(x)", "(1, 2)"),
    "17 roots inside each other": ("exp(-" + "sqrt(1 + " * 17 + "x**2" + ")" * 18, "RR"),
    "17 logarithms inside each other": ("1/(" + "log(2 + " * 17 + "x" + ")" * 17 + " + x**2)", "(0, oo)"),
    "24 quadratic denominators": ("1/(" + "*".join(f"(x**2 + {i}*x + a + {i * i})" for i in range(1, 25)) + ")", "(0, oo)"),
    "oscillation without end": ("(1 + sin(1/x)*cos(1/x**2))/sqrt(x)", "(0, 1)"),
    "40 corners": ("exp(-(" + " + ".join(f"Abs(x - m{i})" for i in range(40)) + "))", "RR"),
    "a maximum of 12, slow even to unpickle": ("exp(-Max(" + ", ".join(f"m{i}*x + {i}" for i in range(12)) + ") - x**2)", "RR"),
    "polylogarithm of varying order": ("polylog(x, 1/2)*exp(-x)", "(0, oo)"),
    "power of a million": ("(1 + x**2)**(-10**6)", "RR"),
    "power of a hundred thousand": ("x**100000*exp(-x)", "(0, oo)"),
    "5000 terms to expand": ("((1 + x)**20 + (a + x)**30)**30*exp(-x)", "(0, oo)"),
    "seventh powers of binomials": ("binomial(n, k)**7", "ZZ[0, n]"),
    "a sum of 10^12 terms": ("1/(k**2 + sin(k) + 2)", "ZZ[1, 10**12]"),
    "sum of a tower": ("1/k**k**k", "ZZ[1, oo]"),
    "Bessel function of its own order": ("besseli(x, x)*exp(-x**2)", "(0, oo)"),
}


def table(id: str, kernel: str, domain: str) -> str:
    name = "k" if domain.startswith("ZZ") else "x"
    return f'[[problem]]\nid = "{id}"\nkernel = "{kernel}"\nvariables = [{{name = "{name}", domain = "{domain}"}}]\n'


def harmless(id: str) -> str:
    return table(id, "exp(-3*x)", "(0, oo)")


def answers(text: str, budget: float, env: dict[str, str] | None = None) -> tuple[list[tuple[dict, float]], int]:
    """Each result, with the seconds since the one before it (since the start, for the first), and the exit status."""
    command = [sys.executable, "-m", "derive", "report", "-", "--json", "--budget", str(budget), "--jobs", "1"]
    pipes = dict.fromkeys(("stdin", "stdout"), subprocess.PIPE)
    found, last = [], time.monotonic()
    with subprocess.Popen(command, text=True, encoding="utf-8", env=env, **pipes) as process:
        process.stdin.write(text)
        process.stdin.close()
        for line in process.stdout:
            now = time.monotonic()
            found.append((json.loads(line), now - last))
            last = now
    return found, process.returncode


# by default one of each kind: in the reader, in SymPy, in the search, in mpmath, in Arb, and what ends by itself
USUAL = {"17 roots inside each other", "24 quadratic denominators", "a maximum of 12, slow even to unpickle", "power of a hundred thousand",
         "a sum of 10^12 terms", "tower of exponentials"}  # fmt: skip


@pytest.mark.parametrize("id", [pytest.param(id, marks=() if id in USUAL else pytest.mark.slow) for id in HOSTILE])
def test_a_hostile_kernel_ends_within_its_budget_and_the_next_problem_goes_on(id):
    found, status = answers(harmless("before") + table(id, *HOSTILE[id]) + harmless("after"), BUDGET)
    (before, _), (hostile, seconds), (after, more) = found
    assert status == 0 and hostile["id"] == id
    assert seconds < WITHIN + NOISE and hostile["seconds"] < WITHIN
    assert hostile["reason"] or hostile["outcome"] == "normalized"
    for result in (before, after):
        assert (result["outcome"], result["Z"]) == ("normalized", "1/3")
    assert more < WITHIN + NOISE


def test_what_hangs_is_ended_in_python_in_c_and_in_a_printer(tmp_path):
    """An engine that sleeps, that never returns from C, that computes 9**9**9, or whose result cannot be printed."""
    (tmp_path / "sitecustomize.py").write_text(FINDER.format(str(HERE / "data" / "failing_engine.py")), encoding="utf-8")
    ids = ["fine", "hang", "hang-in-c", "hang-in-arithmetic", "hang-in-printing", "last"]
    found, status = answers("".join(map(harmless, ids)), 1.0, {**os.environ, "PYTHONPATH": str(tmp_path)})
    assert status == 0 and [result["id"] for result, _ in found] == ids
    assert [result["outcome"] for result, _ in found] == ["normalized", *["undecided"] * 4, "normalized"]
    for result, seconds in found[1:-1]:
        assert "budget of 1 s" in result["reason"] and seconds < 2.0 + NOISE
