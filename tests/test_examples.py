"""The committed derivations are what the program makes of the examples today, and they agree with what is known."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.toml"))


@pytest.fixture(scope="module", params=NAMES)
def reported(request, tmp_path_factory):
    """An example's name, its result, and the folder that the command writes to."""
    folder = tmp_path_factory.mktemp(request.param)
    formats = [word for form in ("json", "md", "tex") for word in ("--format", form)]
    command = [sys.executable, "-m", "derive", "report", str(EXAMPLES / f"{request.param}.toml"), "--compare", "-o", str(folder), *formats]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    return request.param, json.loads((folder / f"{request.param}.json").read_text(encoding="utf-8")), folder


def test_there_are_the_gaussian_and_five_others():
    assert "gaussian" in NAMES and len(NAMES) >= 6


def test_committed_derivations_are_fresh(reported):
    name, _, folder = reported
    for suffix in (".md", ".tex"):
        fresh, committed = ((place / (name + suffix)).read_text(encoding="utf-8") for place in (folder, EXAMPLES))
        assert fresh == committed, "run examples/refresh.py and look at the difference"


def test_examples_agree_with_what_is_known(reported):
    name, result, _ = reported
    assert result["id"] == name and result["compare"]["verdict"] == "agrees"
    assert result["outcome"] == "normalized" and not result["oracle"] and result["steps"]
    assert {check["verdict"] for check in result["checks"]} == {"proved", "agrees", "enclosed"}


def test_committed_variants_are_fresh(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(EXAMPLES))
    import refresh

    refresh.refresh_variants(tmp_path)
    for name in ("sheet.tex", "key.toml"):
        fresh, committed = ((place / name).read_text(encoding="utf-8") for place in (tmp_path, EXAMPLES / "variants"))
        assert fresh == committed, "run examples/refresh.py and look at the difference"


def test_keys_of_variants_hold():
    # b/2 for b, and x^(2a-1) for x^(a-1): ∫ x^(2a-1) e^(-b x^a/2) dx = 4/(a b²); and ∫ x^(a-1) e^(-3 b x^a) dx = 1/(3ab)
    problems = tomllib.loads((EXAMPLES / "variants" / "key.toml").read_text(encoding="utf-8"))["problem"]
    known = {"x**(2*a - 1)*exp(-b*x**a/2)": "4/(a*b**2)", "x**(a - 1)*exp(-3*b*x**a)": "1/(3*a*b)"}
    assert {p["kernel"]: p["Z"] for p in problems} == known
