"""Densities as papers and packages publish them: the labels were written down before the first run, from the literature and by hand."""

from pathlib import Path

import pytest

from derive.lint.documents import densities
from derive.lint.judge import judge
from derive.lint.published import NORMALIZED, WRONG, Published
from derive.read.files import claimed

LINT = Path(__file__).parent / "data" / "lint"
# The wrong ones, with what is wrong: a constant, a support, a Jacobian that is missing.
WRONG_IN_TOML = {"nakagami-wrong": "missing-factor", "lomax-wrong-support": "wrong-support", "log-logistic-no-jacobian": "lost-jacobian",
                 "truncated-poisson-wrong-support": "wrong-support"}  # fmt: skip
WRONG_IN_TEX = {11: "missing-factor", 23: "missing-factor", 27: "lost-jacobian", 31: "wrong-support", 33: "lost-jacobian", 40: "wrong-support",
                44: "wrong-support"}  # fmt: skip
TWO_CAUSES = {37}  # twice the density on the circle: a factor, or half of it as the support


def found_in_tex(lines=None):
    read = densities((LINT / "notes_published.tex").read_text(encoding="utf-8"), "notes_published.tex")
    assert len(read) == 22 and all(isinstance(one, Published) for one in read)
    return {one.line: judge(one, 40) for one in read if lines is None or one.line in lines}


@pytest.mark.slow
def test_published_densities_in_a_problem_file():
    problems = claimed(LINT / "notes_published.toml")
    found = {p.id: judge(Published(p), 40) for p in problems}
    assert len(found) == 18
    assert {name: f.cause.kind for name, f in found.items() if f.verdict == WRONG} == WRONG_IN_TOML
    assert all(f.verdict == NORMALIZED for name, f in found.items() if name not in WRONG_IN_TOML)


@pytest.mark.slow
def test_published_densities_in_latex():
    found = found_in_tex()
    assert {line: f.cause.kind for line, f in found.items() if f.verdict == WRONG and line not in TWO_CAUSES} == WRONG_IN_TEX
    assert all((f.verdict == WRONG) == (line in {*WRONG_IN_TEX, *TWO_CAUSES}) for line, f in found.items())
    assert all(f.verdict == NORMALIZED for line, f in found.items() if f.verdict != WRONG)


CAUSES = {"arcsine-scaled": {"missing-factor"}, "rayleigh-s": {"missing-factor"}, "pareto-whole": {"wrong-support"}, "log-series-sign": {"sign"},
          "negative-binomial-from-one": {"wrong-support"}, "discrete-laplace": {"missing-factor", "wrong-support"}, "weibull-power": {"exponent"}}
CAUSES_IN_TEX = {21: {"missing-factor"}, 25: {"missing-factor", "exponent"}, 37: {"wrong-support"}, 45: {"missing-factor", "wrong-support"},
                 64: {"missing-factor"}}  # fmt: skip
OF_TWO = {52, 74}  # joint densities, which are not read from documents


@pytest.mark.slow
def test_a_second_collection_in_a_problem_file():
    found = {p.id: judge(Published(p), 40) for p in claimed(LINT / "documents_published.toml")}
    assert len(found) == 22 and {name for name, f in found.items() if f.verdict == WRONG} == set(CAUSES)
    assert all(f.verdict == NORMALIZED or f.cause.kind in CAUSES[name] for name, f in found.items())


@pytest.mark.slow
def test_a_second_collection_in_latex():
    read = densities((LINT / "documents_published.tex").read_text(encoding="utf-8"), "documents_published.tex")
    assert {one.line for one in read if not isinstance(one, Published)} == OF_TWO and len(read) == 18
    found = {one.line: judge(one, 40) for one in read if isinstance(one, Published)}
    assert {line for line, f in found.items() if f.verdict == WRONG} == set(CAUSES_IN_TEX)
    assert all(f.verdict == NORMALIZED or f.cause.kind in CAUSES_IN_TEX[line] for line, f in found.items())


def test_a_jacobian_that_is_missing_is_named():
    (found,) = found_in_tex({27}).values()
    assert (found.verdict, found.cause.kind, found.cause.right) == (WRONG, "lost-jacobian", "1/x")


M_IN_TOML = {"maxwell-wrong": {"missing-factor"}, "log-laplace-wrong": {"lost-jacobian"}, "frechet-wrong": {"exponent"},
             "semicircle-wrong": {"wrong-support", "missing-factor"}, "gamma-gompertz-wrong": {"exponent"}, "delaporte-part-wrong": {"exponent"},
             "zeta-from-zero-wrong": {"wrong-support"}, "normal-gamma-wrong": {"exponent"}}  # fmt: skip
M_IN_TEX = {11: {"wrong-support"}, 17: {"missing-factor"}, 26: {"lost-jacobian"}, 30: {"exponent"}, 35: {"wrong-support"}, 43: {"sign"}}


@pytest.mark.slow
def test_a_catalogue():
    every = claimed(LINT / "m_catalogue.toml")
    wrong = [p for p in every if p.id in M_IN_TOML and p.id != "gamma-gompertz-wrong"]  # which takes long, and is as others are
    found = {p.id: judge(Published(p), 40) for p in [*wrong, *(p for p in every if p.id not in M_IN_TOML)]}
    assert len(every) == 24 and {name for name, f in found.items() if f.verdict == WRONG} == {p.id for p in wrong}
    assert all(f.verdict == NORMALIZED or f.cause.kind in M_IN_TOML[name] for name, f in found.items())
    assert "where alpha > 2" in found["frechet-wrong"].detail  # elsewhere its mass is infinite


def m_formulary(lines):
    read = densities((LINT / "m_formulary.tex").read_text(encoding="utf-8"), "m_formulary.tex")
    assert len(read) == 20 and all(isinstance(one, Published) for one in read)
    return {one.line: judge(one, 40) for one in read if lines is None or one.line in lines}


@pytest.mark.slow
def test_a_formulary():
    found = m_formulary(None)
    assert {line for line, f in found.items() if f.verdict == WRONG} == set(M_IN_TEX)
    assert all(f.verdict == NORMALIZED or f.cause.kind in M_IN_TEX[line] for line, f in found.items())


def test_titled_items_of_a_formulary_are_densities_of_their_own():  # lines 40 to 43 state P(X = k) each, and 11 begins at its threshold c
    found = m_formulary({11, 41})
    assert found[41].verdict == NORMALIZED and (found[11].cause.kind, found[11].cause.right) == ("wrong-support", "(c, oo)")
