"""HTML reports: whole without network, well-formed, deaf to what people's text says, every formula as MathML."""

import re
import runpy
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sympy import Symbol

from derive.engine import CATALOGUE as RULES
from derive.engine import solve
from derive.language.problem import Check, Parameter, Result
from derive.read.files import load
from derive.report.mathml import mathml
from derive.report.render import render

HERE = Path(__file__).parent
SAMPLES = runpy.run_path(str(HERE / "report_samples.py"))
RESULTS, CATALOGUE, gaussian = SAMPLES["RESULTS"], SAMPLES["CATALOGUE"], SAMPLES["gaussian"]
TEXTBOOK = load(HERE / "data" / "textbook.toml")
VOID = {"meta", "br", "mspace"}
NASTY = r"""{{ 7*7 }} {% raw %} <script>alert(1)</script> </title> <img src=x onerror=f()> $x$ \input{a} &amp; "q" 'q' ½ <!-- -->"""


class Page(HTMLParser):
    """A page as a browser reads it: its elements in order, with the text of each; an element left open is an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, list[str]]] = []
        self.found: list[tuple[str, str]] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(text)
        self.close()
        assert not self.open, f"{self.open[-1][0]} is not closed"

    def handle_starttag(self, tag, attrs):
        self.attributes += [(tag, key, value or "") for key, value in attrs]
        if tag not in VOID:
            self.open.append((tag, []))

    def handle_endtag(self, tag):
        if tag not in VOID:
            opened, text = self.open.pop()
            assert opened == tag, f"{opened} is closed by {tag}"
            self.found.append((tag, "".join(text)))

    def handle_data(self, data):
        for _, text in self.open:
            text.append(data)

    def texts(self, tag):
        return [text for found, text in self.found if found == tag]


@pytest.mark.parametrize("form", ["html", "part"])
@pytest.mark.parametrize("detail", ["brief", "standard", "full"])
@pytest.mark.parametrize("result", RESULTS, ids=lambda r: r.problem.id)
def test_pages_are_well_formed_and_need_nothing_else(result, detail, form):
    text = render(result, form, detail, CATALOGUE)
    page = Page(text)
    assert ("<!DOCTYPE html>" in text, "html" in dict(page.found)) == (form == "html",) * 2
    tags = {tag for tag, _ in page.found}
    assert {"article", "math"} <= tags and not {"script", "link", "img", "iframe", "code"} & tags
    assert page.texts("h1") == [result.problem.title or result.problem.id]
    assert not {key for _, key, _ in page.attributes} & {"src", "href", "srcset", "data", "action"}
    assert not re.search(r"https?:|url\(|@import|\bon\w+=", text)


@pytest.mark.parametrize("problem", TEXTBOOK, ids=lambda p: p.id)
def test_every_formula_of_the_textbook_is_mathml(problem):
    """Where Temml refuses a formula the page shows it as <code>, and errors that Temml forgives stand in <merror>."""
    page = Page(render(solve(problem, 20), "html", "full", RULES))
    assert not page.texts("code") and not page.texts("merror") and len(page.texts("math")) >= 3


def test_levels_of_detail():
    brief, standard, full = (Page(render(gaussian(), "html", d, CATALOGUE)) for d in ("brief", "standard", "full"))
    assert "Derivation" not in brief.texts("h2") and "Derivation" in standard.texts("h2")
    assert full.texts("summary") == ["gaussian_integral"] and not standard.texts("summary")
    assert any("Needed: " in text for text in full.texts("p"))


def test_a_step_is_marked_with_its_verdict():
    page = Page(render(gaussian(), "html"))
    assert ("span", "class", "verdict proved") in page.attributes and page.texts("span").count("proved") == 3
    assert "agrees in value" in page.texts("span")


# Text of people


def test_a_title_shows_as_it_stands():
    page = Page(render(gaussian(NASTY), "html"))
    assert page.texts("h1") == page.texts("title") == [NASTY] and not page.texts("script") and "img" not in dict(page.found)


def test_so_do_reasons_details_notes_and_ids():
    base = gaussian()
    checks = (Check(NASTY, "undecided", NASTY),)
    result = Result(replace(base.problem, id=NASTY, title=""), "open", reason=NASTY, checks=checks, notes=(NASTY,))
    page = Page(render(result, "html"))
    assert page.texts("h1") == [NASTY] and not page.texts("script") and "img" not in dict(page.found)
    assert sum(NASTY in text for text in (*page.texts("li"), *page.texts("p"))) == 3


def test_names_and_spellings_command_nothing():
    base, symbol = gaussian(), Symbol("<script>alert(1)</script>", real=True)
    mu = Parameter(Symbol("mu", real=True), r"\href{javascript:alert(1)}{\mu}")
    problem = replace(base.problem, parameters=(mu, Parameter(symbol)), kernel=base.problem.kernel * symbol, kernel_written=None)
    text = render(replace(base, problem=problem), "html")
    page = Page(text)
    assert not page.texts("script") and "javascript" not in text and "a" not in dict(page.found)


# Formulas


@pytest.mark.parametrize("latex", [r"\frac{1", r"\nosuchcommand", r"\href{https://example.org}{x}", "x_1_2"])
def test_what_is_no_formula_is_an_error(latex):
    with pytest.raises(ValueError, match="cannot be shown as MathML"):
        mathml(latex)


def test_a_formula_keeps_its_latex():
    assert Page(mathml(r"\sqrt{2 \pi}", display=True)).texts("annotation") == [r"\sqrt{2 \pi}"]
