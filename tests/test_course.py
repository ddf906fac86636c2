"""Grading a class, as people meet it: real files, real processes. Points are computed by hand from the rubric."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent.parent / "examples" / "class"
KEY = (EXAMPLE / "key.toml").read_text()
RIGHT = r"\sigma\sqrt{2\pi}"
COMMAND = [sys.executable, "-m", "derive", "check"]


def grade(folder, *sources, key=KEY, extra=()):
    """The run, and the rows of grades.csv by student and question."""
    (folder / "key.toml").write_text(key)
    done = subprocess.run([*COMMAND, *map(str, sources), "--key", "key.toml", "-o", "out", *extra], cwd=folder, capture_output=True,
                          text=True, timeout=120)  # fmt: skip
    assert "Traceback" not in done.stderr
    rows = {}
    if (folder / "out" / "grades.csv").exists():
        rows = {(r["student"], r["question"]): r for r in csv.DictReader((folder / "out" / "grades.csv").open())}
    return done, rows


def test_the_example(tmp_path):
    done, rows = grade(tmp_path, EXAMPLE / "submissions")
    assert done.returncode == 0, done.stderr
    points = {k: v["points"] for k, v in rows.items()}
    assert points == {("ada", "1a"): "4", ("ada", "1b"): "6", ("ben", "1a"): "2",  # half for a lost constant: 2 is missing
                      ("ben", "1b"): "4",  # two of three lines follow
                      ("cleo", "1a"): "", ("cleo", "1b"): ""}  # fmt: skip
    results = json.loads((tmp_path / "out" / "gradescope" / "cleo" / "results.json").read_text())
    assert {(t["score"], t["max_score"], t["visibility"], *t["tags"]) for t in results["tests"]} == {(0, 0, "hidden", "needs-review")}
    assert "lost-constant" in (tmp_path / "out" / "class.md").read_text()
    canvas = list(csv.reader((tmp_path / "out" / "canvas.csv").open()))
    assert canvas[0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert [(r[3], r[-1]) for r in canvas[2:]] == [("ada", "10"), ("ben", "6")]


def test_hostile_submissions_cost_their_own_points_alone(tmp_path):
    root = tmp_path / "class"
    for name in ("big", "bytes", "empty", "link", "Zoë {{7*7}} <b>$\\input{x}$", "twice", "stray"):
        (root / name).mkdir(parents=True)
    (tmp_path / "secret.tex").write_text(RIGHT)
    (root / "big" / "1a.tex").write_text("x+" * 5_000_000)
    (root / "bytes" / "1a.tex").write_bytes(b"\xff\xfe")
    (root / "empty" / "1a.tex").write_text("")
    (root / "link" / "1a.tex").symlink_to(tmp_path / "secret.tex")
    (root / "Zoë {{7*7}} <b>$\\input{x}$" / "1a.tex").write_text(RIGHT)
    (root / "twice" / "1a.tex").write_text("1")
    (root / "twice" / "1a.txt").write_text(RIGHT)
    (root / "stray" / "essay.pdf").write_text("x")
    (root / "dots.toml").write_text("a" + ".a" * 200_000 + " = 1")
    rows_of = [("=cmd|' /C calc'!A0", "1a", RIGHT), ("../up", "1a", RIGHT), ("", "1a", RIGHT)]
    with (tmp_path / "more.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("student", "question", "answer"), *rows_of])
    done, rows = grade(tmp_path, "class", "more.csv")
    status = {student: row["status"] for (student, question), row in rows.items() if question == "1a"}
    assert status == {"big": "review", "bytes": "review", "empty": "review", "link": "review", "Zoë {{7*7}} <b>$\\input{x}$": "correct",
                      "twice": "correct", "stray": "review", "dots": "review", "'=cmd|' /C calc'!A0": "correct", "../up": "correct"}
    assert "twice handed in 1a more than once" in done.stderr and "names no student" in done.stderr
    page = next(p for p in (tmp_path / "out" / "feedback").glob("Zo*.html")).read_text()
    assert "{{7*7}} &lt;b&gt;" in page and "<b>" not in page
    assert {p.name for p in tmp_path.iterdir()} == {"class", "more.csv", "out", "key.toml", "secret.tex"}  # nothing led outside
    assert len(list((tmp_path / "out" / "feedback").iterdir())) == 2 * len(status)


def test_a_wrong_key_is_found_and_costs_nobody_points(tmp_path):
    (tmp_path / "a.csv").write_text(f"student,question,answer\nada,1a,{RIGHT}\n")
    done, rows = grade(tmp_path, "a.csv", key=KEY.replace(r"\sqrt{2\pi}\sigma", r"\sqrt{\pi}\sigma"))
    assert done.returncode == 1 and "answer of the key to question '1a' is wrong" in done.stderr
    assert rows["ada", "1a"]["status"] == "review"


@pytest.mark.slow
def test_a_killed_run_goes_on_and_judges_nothing_twice(tmp_path):
    lines = [f"s{i},1a,{RIGHT}\\cdot {i + 2}" for i in range(300)]
    (tmp_path / "a.csv").write_text("student,question,answer\n" + "\n".join(lines))
    (tmp_path / "key.toml").write_text(KEY)
    run = subprocess.Popen([*COMMAND, "a.csv", "--key", "key.toml", "-o", "out"], cwd=tmp_path, stderr=subprocess.DEVNULL)
    journal, limit = tmp_path / "out" / "journal.jsonl", time.monotonic() + 60
    while time.monotonic() < limit and not (journal.exists() and journal.read_bytes().count(b"\n") > 20):
        time.sleep(0.01)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    before = journal.read_bytes().count(b"\n")
    with journal.open("ab") as file:
        file.write(b'{"item": "half')  # as a power cut leaves it
    done, rows = grade(tmp_path, "a.csv")
    items = [json.loads(line)["item"] for line in journal.read_text().splitlines()]
    assert 20 < before < 302 and f"{before} of 302 items" in done.stderr
    assert len(items) == len(set(items)) == 302 and {r["status"] for (_, q), r in rows.items() if q == "1a"} == {"partial"}


@pytest.mark.parametrize(("old", "new", "message"), [('kind = "Z"', 'kind = "W"', "'kind' should be"), ("lost-constant", "sing", "no kind"),
                                                     ("points = 4", "points = -1", "'points' should be")])  # fmt: skip
def test_a_key_that_cannot_be_read_is_one_sentence(tmp_path, old, new, message):
    done, rows = grade(tmp_path, EXAMPLE / "submissions", key=KEY.replace(old, new))
    assert done.returncode == 2 and message in done.stderr and not rows


@pytest.mark.slow
def test_a_dask_cluster_that_loses_a_worker_loses_no_grade(tmp_path):
    distributed = pytest.importorskip("distributed")
    import dask

    lines = [f"s{i},1a,{RIGHT}\\cdot {i + 2}" for i in range(400)]
    (tmp_path / "a.csv").write_text("student,question,answer\n" + "\n".join(lines))
    (tmp_path / "key.toml").write_text(KEY)
    with dask.config.set({"distributed.worker.daemon": False}), distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:  # fmt: skip
        pids = [w.pid for w in cluster.workers.values()]
        command = [*COMMAND, "a.csv", "--key", "key.toml", "-o", "out", "--engine", "dask", "--scheduler", cluster.scheduler_address]
        run = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        journal, limit = tmp_path / "out" / "journal.jsonl", time.monotonic() + 60
        while time.monotonic() < limit and not (journal.exists() and journal.read_bytes().count(b"\n") > 20):
            time.sleep(0.01)
        assert journal.read_bytes().count(b"\n") < 400
        os.kill(pids[0], signal.SIGKILL)
        _, errors = run.communicate(timeout=120)
    assert run.returncode == 0, errors
    rows = list(csv.DictReader((tmp_path / "out" / "grades.csv").open()))
    assert {r["status"] for r in rows if r["question"] == "1a"} == {"partial"} and len(rows) == 800
