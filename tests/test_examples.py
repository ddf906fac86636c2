"""The committed derivations are what the program makes of the examples today, and they agree with what is known."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.toml"))


def report(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "derive", "report", *args]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_there_are_the_gaussian_and_five_others():
    assert "gaussian" in NAMES and len(NAMES) >= 6


@pytest.mark.parametrize("name", NAMES)
def test_committed_derivations_are_fresh(name, tmp_path):
    run = report(str(EXAMPLES / f"{name}.toml"), "-o", str(tmp_path))
    assert run.returncode == 0, run.stderr
    for suffix in (".md", ".tex"):
        fresh, committed = ((folder / (name + suffix)).read_text(encoding="utf-8") for folder in (tmp_path, EXAMPLES))
        assert fresh == committed, "run examples/refresh.py and look at the difference"


@pytest.mark.parametrize("name", NAMES)
def test_examples_agree_with_what_is_known(name):
    run = report(str(EXAMPLES / f"{name}.toml"), "--json", "--compare")
    result = json.loads(run.stdout)
    assert run.returncode == 0 and result["id"] == name and result["compare"]["verdict"] == "agrees"
    assert result["outcome"] == "normalized" and not result["oracle"] and result["steps"]
    assert {check["verdict"] for check in result["checks"]} == {"proved", "agrees", "enclosed"}
