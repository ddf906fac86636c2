"""Substitutions that do not lead to the integral beside them, and names of a standing meaning with a wrong value: neither passes for right."""

import tomllib
from pathlib import Path

import pytest

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.read.files import load

DATA = Path(__file__).parent / "data"
CHAINS = tomllib.loads((DATA / "chains_said_beside.toml").read_text(encoding="utf-8"))["chain"]


@pytest.fixture(scope="module")
def truths():
    found = {p.id: p for file in ("textbook", "chains_mixtures_thinning") for p in load(DATA / f"{file}.toml")}
    made = {}
    return lambda name: made[name] if name in made else made.setdefault(name, truth_of(found[name], 10))


@pytest.mark.parametrize("chain", [pytest.param(c, marks=() if c.get("quick") else pytest.mark.slow, id=c["id"]) for c in CHAINS])
def test_what_is_said_beside(chain, truths):
    found = judge(Claim("a", chain["problem"], "steps", lines=tuple(chain["lines"])), truths(chain["problem"]))
    if chain["verdict"] == "open":
        assert found.verdict != CORRECT
    elif "still" in chain:
        assert found.verdict == chain["still"]
    else:
        assert found.verdict == chain["verdict"], found.detail
        assert found.first_wrong_line == chain.get("first_wrong_line", found.first_wrong_line)


def test_a_substitution_that_no_line_uses_is_mentioned(truths):
    lines = (r"Z=\int_0^\infty x^{\alpha-1}e^{-\beta x}dx", r"t=\beta x^2,\quad dt=2\beta x\,dx", r"Z=\frac{\Gamma(\alpha)}{\beta^\alpha}")
    found = judge(Claim("a", "gamma", "steps", lines=lines), truths("gamma"))
    assert (found.verdict, found.lines[1].detail) == (CORRECT, "no line uses the substitution for t") and "Line 2: no line uses" in found.detail


@pytest.mark.parametrize("line", [r"\text{The prior mean is } m=3", r"\text{Let } H=3", r"\text{For the normal law the entropy is } H=3"])
def test_what_may_be_said_of_something_else_is_not_refuted(line, truths):
    assert judge(Claim("a", "exponential", "steps", lines=(r"Z=\frac1\lambda", line)), truths("exponential")).verdict != WRONG


def test_a_value_that_nothing_explains_leaves_a_derivation_open(truths):
    found = judge(Claim("a", "exponential", "steps", lines=(r"Z=\frac1\lambda", r"w=\lambda^2")), truths("exponential"))
    assert (found.verdict, found.lines[1].detail) == (UNDECIDED, "w is taken as a definition, not checked")
