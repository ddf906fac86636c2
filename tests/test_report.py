"""Reports: what they hold at each level of detail, that people's text cannot command anything, that pdflatex takes them."""

import inspect
import json
import re
import runpy
import shutil
import subprocess
import time
from functools import cache
from pathlib import Path

import dukpy
import pytest
from sympy import S, Symbol, exp

from derive.language.claims import Claim, Derivation, Step
from derive.language.problem import Check, Parameter, Result
from derive.language.totals import REALS, Total
from derive.report.json import to_dict
from derive.report.names import Names
from derive.report.pdf import NoPdf, pdf
from derive.report.render import render
from derive.report.words import Voice, has_sentence, sentence

SAMPLES = runpy.run_path(str(Path(__file__).with_name("report_samples.py")))
RESULTS, CATALOGUE, gaussian = SAMPLES["RESULTS"], SAMPLES["CATALOGUE"], SAMPLES["gaussian"]
KATEX = Path(__file__).parent / "data" / "katex.min.js"
KEYS = [
    "id",
    "outcome",
    "Z",
    "Z_latex",
    "density",
    "density_latex",
    "conditions",
    "family",
    "steps",
    "checks",
    "facts",
    "oracle",
    "numeric_Z",
    "reason",
    "seconds",
]
NASTY = r"""{{ 7*7 }} {% raw %} <script>alert(1)</script> $ \input{/etc/passwd} `rm` | # *a* [x](y) & % ^ _ ~ ½ é $$"""


@cache
def katex():
    engine = dukpy.JSInterpreter()
    engine.evaljs(KATEX.read_text() + "; 0")
    return engine


def formulas(markdown):
    """All formulas of a Markdown report: the blocks, then those in sentences."""
    without = markdown.replace("<span>$</span>", "")
    blocks = re.findall(r"^\$\$\n(.*?)\n\$\$$", without, re.DOTALL | re.MULTILINE)
    rest = re.sub(r"^\$\$\n.*?\n\$\$$", "", without, flags=re.DOTALL | re.MULTILINE)
    return blocks + re.findall(r"\$([^$\n]+)\$", rest)


@pytest.mark.parametrize("detail", ["brief", "standard", "full"])
@pytest.mark.parametrize("result", RESULTS, ids=lambda r: r.problem.id)
def test_every_formula_is_valid(result, detail):
    found = formulas(render(result, "md", detail, CATALOGUE))
    assert found
    for formula in found:
        katex().evaljs("katex.renderToString(dukpy['f'], {throwOnError: true, strict: 'error'}).length", f=formula)


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: r.problem.id)
def test_markdown_is_as_github_wants_it(result):
    """Blocks stand between empty lines and start at the margin; no backslash that Markdown would take away."""
    page = render(result, "md", "full", CATALOGUE)
    for match in re.finditer(r"\n\$\$\n.*?\n\$\$\n", page + "\n", re.DOTALL):
        assert page[match.start() - 1] == "\n"
        assert (page + "\n")[match.end()] == "\n" if match.end() < len(page) else True
    for formula in formulas(page):
        assert not re.search(r"\\[^A-Za-z]", formula) and "<" not in formula


def test_levels_of_detail():
    brief, standard, full = (render(gaussian(), "md", d, CATALOGUE) for d in ("brief", "standard", "full"))
    assert "## Derivation" not in brief and "## Result" in brief and "## Checks" in brief and "## Conditions" in brief
    assert "Gaussian integral" in standard and "Needed: " not in standard and "DLMF 7.7.1" in standard
    assert "Needed: " in full and "The rule: " in full and "## Appendix" in full


def test_the_kernel_is_printed_as_it_was_written():
    page = render(gaussian(), "tex")
    assert r"g(x) = e^{-(x - \mu)^2/(2 \sigma^2)}" in page


def test_inner_derivations_are_shown_in_place():
    page = render(next(r for r in RESULTS if r.problem.id == "laplace"), "md", "standard")
    assert "**1a.1.**" in page and "**1b.1.**" in page and "Altogether" in page


@pytest.mark.parametrize(
    ("outcome", "word"),
    [
        ("diverges", "infinite"),
        ("not-a-kernel", "not the kernel"),
        ("open", "open"),  # the reason says all
        ("undecided", "Nothing could be established"),
    ],
)
@pytest.mark.parametrize("form", ["md", "tex", "text"])
def test_other_outcomes_say_why_and_claim_no_result(outcome, word, form):
    result = Result(gaussian().problem, outcome, reason="At x = 1 the kernel is -1.")
    page = render(result, form)
    assert word in page and "At x = 1 the kernel is -1." in page.replace("\\", "") and outcome in page.replace("\\", "")
    assert "Result" not in page and "proved" not in page


def test_a_step_of_an_oracle_is_called_so():
    base = gaussian()
    total = base.problem.total
    step = Step("oracle", {}, total, base.Z, total, (), "agrees", "30 digits agree at 5 points")
    result = Result(
        base.problem, "normalized", base.Z, base.density, derivation=Derivation(Claim(total, base.Z), (step,)), oracle=True
    )
    page = render(result, "md")
    assert "is its word and is not explained" in page and "agrees in value" in page and "(proved)" not in page


def test_undeclared_parameters_are_named():
    from dataclasses import replace

    base = gaussian()
    problem = replace(base.problem, parameters=(Parameter(Symbol("mu", real=True), declared=False), base.problem.parameters[1]))
    assert "Nothing was declared of μ" in render(replace(base, problem=problem), "text")


# Text of people


def test_a_title_commands_nothing_in_markdown():
    line = render(gaussian(NASTY), "md").splitlines()[0]
    assert "<script" not in line and "{{" not in line and "`" not in line.replace("\\`", "") and " | " not in line
    assert "$" not in line.replace("<span>$</span>", "") and "49" not in line
    assert "[x]" not in line and "*a*" not in line.replace(r"\*a\*", "")


def test_a_title_commands_nothing_in_latex():
    page = render(gaussian(NASTY), "tex")
    title = next(line for line in page.splitlines() if line.startswith(r"{\LARGE"))
    assert r"\input" not in title and "49" not in title and r"\textbackslash{}input\{" in title
    assert title.isascii() and not re.search(r"(?<!\\)[%#&]", title)


def test_a_title_stands_as_it_is_in_text():
    assert render(gaussian(NASTY), "text").splitlines()[0] == NASTY


def test_details_and_reasons_are_escaped_too():
    base = gaussian()
    result = Result(
        base.problem,
        "open",
        reason="50% of {x} & $y$",
        checks=(Check("numeric", "undecided", "a_b <b> \\input{x}"),),
        notes=("100% #1",),
    )
    page = render(result, "tex")
    assert r"50\% of \{x\} \&" in page and r"a\_b" in page and r"\input{" not in page and r"100\% \#1" in page
    assert "<b>" not in render(result, "md")


def test_a_declared_spelling_commands_nothing():
    from dataclasses import replace

    base = gaussian()
    problem = replace(base.problem, parameters=(Parameter(Symbol("mu", real=True), r"\input{x}"), base.problem.parameters[1]))
    assert r"\input" not in render(replace(base, problem=problem), "tex")


# JSON


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: r.problem.id)
def test_json_has_the_keys_that_others_rely_on(result):
    data = json.loads(render(result, "json"))
    assert [key for key in data if key != "notes"] == KEYS
    for step in data["steps"]:
        assert list(step) == ["rule", "before", "after", "explanation", "conditions", "verdict", "steps"]
        assert step["explanation"] and "$" not in step["explanation"] and "\\" not in step["explanation"]


def test_json_of_the_gaussian():
    data = to_dict(gaussian())
    assert (data["Z"], data["family"], data["oracle"], data["facts"]) == (
        "sqrt(2)*sqrt(pi)*sigma",
        None,
        False,
        ["gaussian_integral"],
    )
    assert data["steps"][0]["before"] == "Integral(exp(-(-mu + x)**2/(2*sigma**2)), (x, -oo, oo))"
    assert data["checks"][1] == {
        "name": "numeric",
        "verdict": "agrees",
        "digits": 30,
        "points": 5,
        "detail": "at random parameters",
    }


def test_json_nests_what_a_step_rests_on():
    (step,) = to_dict(next(r for r in RESULTS if r.problem.id == "laplace"))["steps"]
    assert [s["rule"] for s in step["steps"]] == ["antiderivative", "antiderivative"]


def test_json_without_a_result_is_null():
    data = to_dict(next(r for r in RESULTS if r.outcome == "diverges"))
    assert data["Z"] is data["Z_latex"] is data["density"] is data["density_latex"] is None and data["reason"]


# Sentences


def test_a_rule_without_sentence_is_an_error():
    total = Total(exp(-Symbol("x", real=True)), Symbol("x", real=True), REALS)
    with pytest.raises(KeyError, match="no sentence for the rule 'guess'"):
        sentence(Step("guess", {}, total, S.One, total), "standard", Voice("text", Names()))
    assert not has_sentence("guess") and not has_sentence("_with") and has_sentence("shift")


@pytest.mark.parametrize("kind", ["latex", "markdown", "text"])
def test_every_sentence_is_one_line(kind):
    for result in RESULTS:
        for step in result.derivation.walk() if result.derivation else ():
            said = sentence(step, "standard", Voice(kind, Names()))
            assert said.endswith(".") and "\n" not in said and said.count("$") % 2 == 0 and "  " not in said
            assert kind != "text" or not re.search(r"[$\\]", said)


def test_unknown_forms_and_details_are_refused_in_a_sentence():
    with pytest.raises(ValueError, match="the formats are"):
        render(gaussian(), "docx")
    with pytest.raises(ValueError, match="the levels are"):
        render(gaussian(), "md", "verbose")


def test_a_report_is_fast():
    render(gaussian(), "md", "full", CATALOGUE)
    start = time.process_time()
    for _ in range(10):
        render(gaussian(), "md", "standard", CATALOGUE)
    assert (time.process_time() - start) / 10 < 0.03  # 3 ms on the machine where it was written


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not on PATH")
@pytest.mark.parametrize("detail", ["standard", "full"])
@pytest.mark.parametrize("result", [*RESULTS, gaussian(NASTY)], ids=lambda r: r.problem.title or r.problem.id)
def test_pdflatex_takes_it_without_a_warning(result, detail, tmp_path):
    (tmp_path / "report.tex").write_text(render(result, "tex", detail, CATALOGUE))
    ran = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "report.tex"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=60,
    )
    assert ran.returncode == 0, ran.stdout[-2000:]
    assert not re.findall(r"^(?:Overfull|Underfull|LaTeX Warning).*", ran.stdout, re.MULTILINE)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not on PATH")
def test_a_pdf_is_made_and_tex_may_not_read_files():
    page = render(gaussian(), "tex")
    assert pdf(page).startswith(b"%PDF")
    with pytest.raises(NoPdf, match="pdflatex failed"):
        pdf(page.replace("\\begin{document}", "\\begin{document}\\input{/etc/hostname}"))


def test_without_pdflatex_a_sentence_says_so(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoPdf, match="not on PATH"):
        pdf("")


def test_signature_that_others_call():
    assert list(inspect.signature(render).parameters) == ["result", "form", "detail", "catalogue"]


def test_names_that_the_problem_has_itself_are_told_apart_in_plain_text():
    from derive import normalize

    text = normalize("Z*exp(-Z*x)", over={"x": "(0, oo)"}, given=["Z > 0"]).to_text()
    assert "𝒵 = 1" in text and "Z = 1\n" not in text.replace("𝒵 = 1", "")


def test_what_is_taken_for_an_integer_is_not_said_to_be_taken_as_real():
    from derive import normalize

    text = normalize("binomial(n, k)*p**k", over={"k": "ZZ[0, n]"}, given=["p > 0"]).to_text()
    assert "Nothing was declared of n, taken as an integer." in text and "taken as real" not in text
