"""Grading a class where things go wrong: what hangs, what is interrupted, disks that are full, runs that meet, clusters that are gone."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from derive.course.ledger import Ledger

KEY = (Path(__file__).parent.parent / "examples" / "class" / "key.toml").read_text()
RIGHT = r"\sigma\sqrt{2\pi}"
COMMAND = [sys.executable, "-m", "derive", "check", "a.csv", "--key", "key.toml", "-o", "out"]
FINDER = """
import sys
from importlib.util import spec_from_file_location

class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        return spec_from_file_location(name, {!r}) if name == "derive.grade.judge" else None

sys.meta_path.insert(0, Finder)
"""


def set_down(folder: Path, answers: dict[str, str]) -> None:
    """A sheet with an answer of each student to question 1a, and the key."""
    (folder / "a.csv").write_text("student,question,answer\n" + "".join(f"{who},1a,{answer}\n" for who, answer in answers.items()))
    (folder / "key.toml").write_text(KEY)


def grade(folder: Path, *extra: str, **options) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([*COMMAND, *extra], cwd=folder, capture_output=True, text=True, timeout=120, **options)
    assert "Traceback" not in done.stderr
    return done


def rows(folder: Path) -> dict[str, dict[str, str]]:
    return {r["student"]: r for r in csv.DictReader((folder / "out" / "grades.csv").open()) if r["question"] == "1a"}


def refused(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 2 and done.stderr.startswith("derive: ") and done.stderr.count("\n") == 1, done.stderr
    return done.stderr


@pytest.mark.parametrize("troubles", [("stopped",), pytest.param(("in C", "deaf", "killed", "memory"), marks=pytest.mark.slow)], ids=str)
def test_an_item_that_hangs_is_ended_and_all_others_are_graded(tmp_path, troubles):
    """A worker that was stopped, that never comes back from C, that is deaf to being ended, that dies: each costs its own item."""
    (tmp_path / "sitecustomize.py").write_text(FINDER.format(str(Path(__file__).parent / "data" / "failing_judge.py")))
    others = {f"s{i}": f"{RIGHT}\\cdot {i + 2}/{i + 2}" for i in range(4)}
    set_down(tmp_path, {"first": RIGHT, **{word: rf"\text{{{word}}} {RIGHT}" for word in troubles}, **others})
    start = time.monotonic()
    done = grade(tmp_path, "--budget", "1", env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - start < 15 + 7 * len(troubles)  # 2.4 s for each, and 3 s to end what does not listen
    found = rows(tmp_path)
    assert {who for who, row in found.items() if row["status"] == "correct"} == {"first", *others}
    for word in troubles:
        assert found[word]["status"] == "review" and found[word]["points"] == ""
        assert ("time limit" if word in ("stopped", "in C", "deaf") else "SIGKILL" if word == "killed" else "MemoryError") in found[word]["reason"]


def test_a_second_run_on_the_same_folder_refuses(tmp_path):
    fcntl = pytest.importorskip("fcntl")
    set_down(tmp_path, {"ada": RIGHT})
    (tmp_path / "out").mkdir()
    with (tmp_path / "out" / "journal.jsonl").open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert "another run is writing out/journal.jsonl" in refused(grade(tmp_path))
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["journal.jsonl"] and not (tmp_path / "out" / "journal.jsonl").read_bytes()


WRITING = """
import resource, sys
from pathlib import Path
from derive.course.ledger import Ledger
from derive.orders import Refused

resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
try:
    with Ledger(Path("journal.jsonl")) as ledger:
        for n in range(9):
            ledger.add(str(n), 1.0, {"verdict": "correct"})
except Refused as error:
    print(error)
"""


def test_a_journal_on_a_full_disk_keeps_what_was_whole(tmp_path):
    pytest.importorskip("resource")
    done = subprocess.run([sys.executable, "-c", WRITING], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.stdout == "cannot write journal.jsonl: No space left on device\n" and not done.stderr
    whole = (tmp_path / "journal.jsonl").read_bytes().count(b"\n")
    with Ledger(tmp_path / "journal.jsonl") as ledger:
        assert list(ledger.known) == [str(n) for n in range(whole)] and 0 < whole < 9
    assert (tmp_path / "journal.jsonl").read_bytes().endswith(b"}\n")  # the half line is cut off


@pytest.mark.slow
@pytest.mark.parametrize(("size", "where"), [(200, "out/journal.jsonl"), (3000, "out/")], ids=["in the journal", "in a page"])
def test_a_full_disk_is_one_sentence_and_leaves_whole_files_alone(tmp_path, size, where):
    """No file may grow beyond `size` bytes; with room again, the same command comes to the end and judges nothing twice."""
    resource = pytest.importorskip("resource")
    set_down(tmp_path, {"ada": RIGHT, "ben": "1", "cleo": r"\sigma" * 40})
    done = grade(tmp_path, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    assert done.returncode == 2 and f"cannot write {where}" in done.stderr.splitlines()[-1]
    assert size == 200 or "journal" not in done.stderr.splitlines()[-1]
    left = [p for p in (tmp_path / "out").rglob("*") if p.is_file()]
    assert all(not p.name.startswith(".") and (p.name == "journal.jsonl" or p.read_text().endswith("\n")) for p in left)
    before = (tmp_path / "out" / "journal.jsonl").read_bytes().count(b"\n")
    assert grade(tmp_path).returncode == 0
    items = [json.loads(line)["item"] for line in (tmp_path / "out" / "journal.jsonl").read_text().splitlines()]
    assert before <= len(items) == len(set(items)) == 5 and rows(tmp_path)["ada"]["status"] == "correct"  # with the truth and the key's answer


@pytest.mark.slow
def test_an_interrupted_run_says_so_writes_no_grades_and_goes_on(tmp_path):
    set_down(tmp_path, {f"s{i}": f"{RIGHT}\\cdot {i + 2}" for i in range(300)})
    run = subprocess.Popen(COMMAND, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True)
    journal, limit = tmp_path / "out" / "journal.jsonl", time.monotonic() + 60
    while time.monotonic() < limit and not (journal.exists() and journal.read_bytes().count(b"\n") > 20):
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does
    _, said = run.communicate(timeout=30)
    assert run.returncode == 130 and "Traceback" not in said and [p.name for p in (tmp_path / "out").iterdir()] == ["journal.jsonl"]
    before = journal.read_bytes().count(b"\n")
    done = grade(tmp_path)
    items = [json.loads(line)["item"] for line in journal.read_text().splitlines()]
    assert done.returncode == 0 and 20 < before < 301 and len(items) == len(set(items)) == 302
    assert {row["status"] for row in rows(tmp_path).values()} == {"partial"}  # half for a constant that is lost


@pytest.mark.slow
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "http://127.0.0.1:1"])
def test_a_scheduler_that_is_gone_is_one_sentence_and_soon(tmp_path, address):
    pytest.importorskip("distributed")
    set_down(tmp_path, {"ada": RIGHT})
    start = time.monotonic()
    done = grade(tmp_path, "--engine", "dask", "--scheduler", address)
    assert f"no Dask scheduler at '{address}'" in refused(done) and time.monotonic() - start < 15
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["journal.jsonl"] and not (tmp_path / "out" / "journal.jsonl").read_bytes()


@pytest.mark.slow
def test_what_listens_and_is_no_scheduler_is_one_sentence(tmp_path):
    """A server that takes the connection and never says a word."""
    import socket

    pytest.importorskip("distributed")
    set_down(tmp_path, {"ada": RIGHT})
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        assert "no Dask scheduler" in refused(grade(tmp_path, "--engine", "dask", "--scheduler", address))
