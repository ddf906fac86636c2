"""The page of the rule catalogue is what the program prints today, names every rule once, and all its formulas are valid."""

import re
import runpy
from pathlib import Path

import dukpy
import pytest

from derive.rules import CATALOGUE

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs"
PAGE = (DOCS / "rules.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_page_is_fresh():
    assert runpy.run_path(str(DOCS / "refresh.py"))["rules"]() == PAGE, "run docs/refresh.py and look at the difference"


def test_every_rule_stands_on_the_page_once_with_an_equation_and_its_derivation():
    parts = re.split(r"^### `(\w+)`$", PAGE, flags=re.MULTILINE)
    entries = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert sorted(parts[1::2]) == sorted(CATALOGUE)
    for name, rule in CATALOGUE.items():
        assert "$$" in entries[name] and ("<summary>Derivation</summary>" in entries[name]) == (rule.proof is not None)
        assert ("<summary>Derivation in outline" in entries[name]) == (rule.kind == "cited")


def test_families_are_listed_with_the_number_of_their_rules():
    listed = {name: int(count) for name, count in re.findall(r"^- \[.*\]\(#(\w+)\): (\d+)$", PAGE, re.MULTILINE)}
    found = re.split(r'^<a id="(\w+)"></a>$', PAGE, flags=re.MULTILINE)
    assert listed == {name: text.count("\n### ") for name, text in zip(found[1::2], found[2::2], strict=True)}
    assert sum(listed.values()) == len(CATALOGUE)


@pytest.fixture(scope="module")
def katex():
    engine = dukpy.JSInterpreter()
    engine.evaljs((HERE / "data" / "katex.min.js").read_text(encoding="utf-8") + "; 0")
    return engine


REPLAYED = re.compile(r"<summary>Derivation</summary>.*?</details>", re.DOTALL)


@pytest.mark.slow
def test_every_formula_is_valid(katex):
    """Of the equations, the sentences and the outlines."""
    formulas = formulas_of(REPLAYED.sub("", PAGE))
    assert len(formulas) > len(CATALOGUE)
    valid(formulas, katex)


@pytest.mark.slow
def test_every_formula_of_the_derivations_is_valid(katex):
    valid(formulas_of("\n".join(REPLAYED.findall(PAGE))), katex)


def formulas_of(page):
    without = page.replace("<span>$</span>", "")
    blocks = re.findall(r"^\$\$\n(.*?)\n\$\$$", without, re.DOTALL | re.MULTILINE)
    rest = re.sub(r"^\$\$\n.*?\n\$\$$", "", without, flags=re.DOTALL | re.MULTILINE)
    return dict.fromkeys(blocks + re.findall(r"\$([^$\n]+)\$", rest))


def valid(formulas, katex):
    for formula in formulas:
        katex.evaljs("katex.renderToString(dukpy['f'], {throwOnError: true, strict: 'error'}).length", f=formula)
