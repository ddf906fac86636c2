"""Variants: every one has the answer that its key states, sheets give nothing away, and a seed fixes every byte."""

from __future__ import annotations

import csv
import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import mpmath
import pytest
from sympy import Rational, lambdify

from derive.orders import ProblemFile, Refused
from derive.read.files import loads
from derive.read.names import Scope
from derive.read.text import expression
from derive.variants.drawn import candidates
from derive.variants.pages import block

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = ["Ada Lovelace", 'Zoë "B"', "../../x & $y_%", "=cmd()"]
GAMMA = """
[[problem]]
id = "gamma"
kernel = "x**(a - 1)*exp(-b*x)"
variables = [{name = "x", domain = "(0, oo)"}]
parameters = [{name = "a", assumptions = "positive"}, {name = "b", assumptions = "positive"}]
"""


def derive(*args: str, seed: str = "0", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(EXAMPLES.parent)}
    return subprocess.run([sys.executable, "-m", "derive", *args], capture_output=True, text=True, timeout=120, env=env, cwd=cwd)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("variants")
    (folder / "roster.csv").write_text("student,group\n" + "".join(f'"{n.replace(chr(34), chr(34) * 2)}",1\n' for n in NAMES))
    (folder / "problems.toml").write_text(GAMMA)
    run = derive("variants", "problems.toml", "--roster", "roster.csv", "--seed", "5", "-o", "set", cwd=folder)
    assert (run.returncode, run.stderr) == (0, ""), run.stderr
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_every_key_states_what_an_integral_gives(made: Path) -> None:
    tables = tomllib.loads((made / "set" / "key.toml").read_text())["problem"]
    assert len({t["kernel"] for t in tables}) == len(NAMES)
    for problem, table in zip(loads(plain(tables)), tables, strict=True):
        symbols = [p.symbol for p in problem.parameters]
        at = dict(zip(symbols, (Rational(7, 5), Rational(9, 4)), strict=False))
        Z = expression(table["Z"], Scope({s.name: s for s in symbols})).subs(at)
        x = problem.variables[0].symbol
        g = lambdify(x, problem.kernel.subs(at), "mpmath")
        assert mpmath.almosteq(mpmath.quad(g, [0, 1, 5, 20, 100, mpmath.inf]), mpmath.mpf(Z.evalf(20)), 1e-8)


def plain(tables: list[dict]) -> str:
    """The problems alone, as a problem file."""
    return "\n\n".join(block("problem", t) for t in tables)


def test_a_sheet_has_the_problem_and_not_the_answer(made: Path) -> None:
    for sheet in (made / "set" / "sheets").iterdir():
        text = sheet.read_text()
        assert r"e^{-" in text and r"\Gamma" not in text and "= \\frac" not in text
    assert not list(made.parent.glob("x*"))  # no name leads out of the folder


def test_every_student_has_one_of_their_own(made: Path) -> None:
    with (made / "set" / "index.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [r["student"].lstrip("'") for r in rows] == NAMES and len({r["problem"] for r in rows}) == len(NAMES)
    assert [e["problem"] for e in json.loads((made / "set" / "index.json").read_text())] == [r["problem"] for r in rows]
    assert len(list((made / "set" / "keys").iterdir())) == len(list((made / "set" / "sheets").iterdir())) == len(NAMES)


@pytest.mark.slow
def test_the_seed_fixes_every_byte(made: Path) -> None:
    again = derive("variants", "problems.toml", "--roster", "roster.csv", "--seed", "5", "-o", "again", seed="77", cwd=made)
    assert again.returncode == 0 and contents(made / "again") == contents(made / "set")


def test_another_seed_draws_others() -> None:
    drawn = [[v.table for v in candidates(ProblemFile("file", GAMMA), 4, seed)[0][1]] for seed in (5, 5, 6)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_a_class_is_graded_by_the_key(made: Path) -> None:
    key = tomllib.loads((made / "set" / "key.toml").read_text())
    own, Z = key["question"][0]["variants"], {p["id"]: p["Z"] for p in key["problem"]}
    rows = [(s, "gamma", latex(Z[own[s]])) for s in NAMES[:2]] + [(NAMES[2], "gamma", latex(Z[own[NAMES[0]]])), ("Nobody", "gamma", "1")]
    with (made / "answers.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("student", "question", "answer"), *rows])
    run = derive("check", "answers.csv", "--key", "set/key.toml", "-o", "graded", cwd=made)
    graded = {s["student"]: s["answers"][0]["status"] for s in json.loads((made / "graded" / "grades.json").read_text())["students"]}
    assert run.returncode == 0, run.stderr
    assert graded == {NAMES[0]: "correct", NAMES[1]: "correct", NAMES[2]: "wrong", "Nobody": "review"}


def latex(Z: str) -> str:
    from sympy import latex

    (problem,) = loads(GAMMA)
    return latex(expression(Z, Scope({p.symbol.name: p.symbol for p in problem.parameters})))


def test_the_file_may_say_what_is_varied(tmp_path: Path) -> None:
    said = GAMMA + 'variants = {a = ["2", "3", "a/2", "-1"], kernel = ["x**(a - 1)*exp(-b*x)", "x**(a - 1)*exp(-b*x**2)"]}\n'
    ((own, drawn),) = candidates(ProblemFile("file", said), 50, 1)
    kernels = {pickle.loads(v.content).kernel for v in drawn}
    assert own.id == "gamma" and len(kernels) == len(drawn) == 6  # three values that are positive, times two kernels


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('variants = {c = ["2"]}', "speaks of 'c', which is neither a parameter nor its kernel; known are 'a', 'b', 'kernel'"),
        ('variants = {a = "2"}', "variants of 'a' should be a list of texts"),
        ('variants = {a = ["2+"]}', "variants of 'a'"),
        ("variants = 3", "'variants' should be a table"),
        ('variants = {a = ["9**9**9**9"]}', "variants of 'a'"),
        ('variants = {a = ["__import__(1)"]}', "variants of 'a'"),
    ],
)
def test_what_is_said_wrongly_is_refused_in_a_sentence(said: str, words: str) -> None:
    with pytest.raises(Refused, match="problem 'gamma'") as caught:
        candidates(ProblemFile("file", GAMMA + said), 3, 1)
    assert words in str(caught.value)


def test_students_share_where_there_are_too_few_and_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(GAMMA + 'variants = {b = ["2", "3"]}\n')
    run = derive("variants", "p.toml", "-n", "5", "-o", "out", cwd=tmp_path)
    assert run.returncode == 1 and "only 2 variants" in run.stderr and len(list((tmp_path / "out" / "sheets").iterdir())) == 5
    before = contents(tmp_path / "out")
    run = derive("variants", "p.toml", "-n", "5", "-o", "out", cwd=tmp_path)
    assert run.returncode == 2 and "exists already" in run.stderr and contents(tmp_path / "out") == before
    (tmp_path / "r.csv").write_text("student\nAda\nAda\n")
    assert "stands there twice" in derive("variants", "p.toml", "--roster", "r.csv", "-o", "x", cwd=tmp_path).stderr
    (tmp_path / "r.csv").write_text("Lovelace, Ada\nJr., Ben\n")  # half a name would be lost
    assert "none of them is 'student'" in derive("variants", "p.toml", "--roster", "r.csv", "-o", "x", cwd=tmp_path).stderr
    (tmp_path / "p.toml").write_text(GAMMA.replace("(a - 1)", "(-a - 1)"))
    run = derive("variants", "p.toml", "-n", "2", "-o", "y", cwd=tmp_path)
    assert run.returncode == 2 and "diverges" in run.stderr and not (tmp_path / "y").exists()
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_set_is_replaced_when_that_is_said_and_nothing_else_is(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(GAMMA + 'variants = {b = ["2", "3"]}\n')
    arguments = ("variants", "p.toml", "-n", "1", "-o", "out", "--jobs", "1")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "key.toml").write_text("mine")  # no set of ours: the sheets are missing
    run = derive(*arguments, "--force", cwd=tmp_path)
    assert run.returncode == 2 and "something else" in run.stderr and (tmp_path / "out" / "key.toml").read_text() == "mine"
    shutil.rmtree(tmp_path / "out")
    assert derive(*arguments, cwd=tmp_path).returncode == 0
    before = contents(tmp_path / "out")
    assert derive(*arguments, "--seed", "-3", "--force", cwd=tmp_path).returncode == 0
    assert contents(tmp_path / "out").keys() == before.keys()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "p.toml"]


def test_json_prints_what_the_folder_would_hold(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(GAMMA + 'variants = {b = ["2"]}\n')
    run = derive("variants", "p.toml", "-n", "1", "--json", "--jobs", "1", cwd=tmp_path)
    (record,) = map(json.loads, run.stdout.splitlines())
    assert run.returncode == 0 and record["changed"] == {"b": "2"} and record["table"]["kernel"] == "x**(a - 1)*exp(-2*x)"
    assert (record["student"], record["question"]) == ("variant-1", "gamma") and [p.name for p in tmp_path.iterdir()] == ["p.toml"]
    assert latex(record["Z"]) == r"2^{- a} \Gamma\left(a\right)"  # Γ(a)/2^a, DLMF 5.9.1
    for wrong in (("--json", "-o", "x"), ("--json", "--force"), ()):
        run = derive("variants", "p.toml", "-n", "1", *wrong, cwd=tmp_path)
        assert run.returncode == 2 and "Traceback" not in run.stderr


def test_an_interrupt_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(GAMMA)
    command = [sys.executable, "-m", "derive", "variants", "p.toml", "-n", "500", "-o", "out", "--jobs", "1"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True) as run:
        time.sleep(2.0)
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate(timeout=60)
    assert run.returncode == 130 and "Traceback" not in said
    assert [p.name for p in tmp_path.iterdir()] == ["p.toml"]


@pytest.mark.slow
def test_sheets_are_set_without_a_warning(made: Path, tmp_path: Path) -> None:
    if shutil.which("pdflatex") is None:
        pytest.skip("there is no pdflatex")
    for number, sheet in enumerate(sorted((made / "set" / "sheets").iterdir())):
        (tmp_path / f"s{number}.tex").write_bytes(sheet.read_bytes())
        run = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"s{number}.tex"], cwd=tmp_path,
                             capture_output=True, text=True, errors="replace", timeout=60)  # fmt: skip
        log = (tmp_path / f"s{number}.log").read_text(errors="replace")
        assert run.returncode == 0 and "Warning" not in log and "Overfull" not in log, log[-2000:]
