"""What a student may hand in to harm: it is refused, unread or wrong, never right; it runs nothing, opens nothing, and ends soon."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from derive.course.answers import lines_of, sections
from derive.grade.handed import CORRECT, UNREAD, Claim
from derive.grade.judge import judge
from derive.grade.truth import Truth, truth_of
from derive.read.files import loads

RIGHT = r"\sqrt{2\pi}s"
PROBLEM = """
[[problem]]
id = "g"
kernel = "exp(-x**2/(2*s**2))"
variables = [{name = "x", domain = "RR"}]
parameters = [{name = "s", assumptions = "positive"}]
"""
CLAIMS = {
    "a long sum": "+".join(rf"\frac{{s}}{{{k}}}" for k in range(1, 1500)),
    "a right beginning": RIGHT + r"\," * 15_000 + "+1",
    "a law of blanks": r"X\sim " + r"\," * 6_000,
    "blanks": " " * 15_000 + "X" + " " * 4_000,
    "no more than a point": ".",
    "a megabyte": RIGHT + "+0" * 500_000,
    "braces": "{" * 5000 + RIGHT + "}" * 5000,
    "parentheses": "(" * 5000 + RIGHT + ")" * 5000,
    "roots": r"\sqrt{" * 200 + "2" + "}" * 200,
    "open fractions": r"\frac{1}{" * 500,
    "a tower": "9^{9^{9^{9}}}",
    "a large factorial": "(10^8)!",
    "a factorial of a factorial": "((9!)!)!",
    "a large gamma": r"\Gamma(10^{9})",
    "an integral that is a large factorial": r"\int_0^\infty x^{10^6}e^{-x}dx",
    "a long chain of approximations": "Z=" + RIGHT + r"\approx 1.0" * 400,
    "a long list of cases": r"1+(-1)^k=" + r"2\text{ for even }k\text{ and }" * 300,
    "a large binomial": r"\binom{10^9}{5\cdot 10^8}",
    "a long finite sum": r"\sum_{k=1}^{10^{12}} \frac{1}{k^k}",
    "a long product": r"\prod_{k=1}^{10^{9}} k",
    "powers of powers": "((((s+1)^{99})^{99})^{99})^{99}",
    "a file": r"\input{/etc/passwd}",
    "a program": r"\immediate\write18{touch pwned}" + RIGHT,
    "a name made up": r"\csname input\endcsname{/etc/passwd}",
    "a loop of macros": r"\def\a{\a\a}\a",
    "a template": "{{ 7*7 }}" + RIGHT,
    "a template's loop": "{% for i in range(10**9) %}x{% endfor %}" + RIGHT,
    "a script": "<script>alert(1)</script>" + RIGHT,
    "Python": "__import__('os').system('touch pwned')",
    "an attribute": "s.__class__.__mro__",
    "what shows nothing": RIGHT + "\u200b\u202e",
    "a control character": RIGHT + "\x01",
    "half a character": RIGHT + "\ud800",
}


@pytest.fixture(scope="module")
def truth() -> Truth:
    (problem,) = loads(PROBLEM)
    return truth_of(problem)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_hostile_claim_is_never_right(name: str, truth: Truth, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = judge(Claim("c", "g", "Z", CLAIMS[name]), truth, 3.0)
    assert found.verdict != CORRECT and found.detail and len(found.detail) < 2000
    assert list(tmp_path.iterdir()) == []


def test_a_line_that_is_cut_off_never_passes(truth: Truth) -> None:
    found = judge(Claim("c", "g", "steps", lines=(f"Z = {RIGHT}", f"= {RIGHT}" + "+0" * 20_000 + "+1", f"= {RIGHT}")), truth)
    assert found.verdict != CORRECT and found.lines[1].verdict == UNREAD and "more than 6000 characters" in found.lines[1].detail


LONG = {
    "newlines": "\n" * 300_000, "blanks": " " * 300_000, "a mark that never ends": "question a" + " " * 300_000 + "x", "comments": "% " * 150_000,
    "displays that open": "\\[" * 150_000, "environments that open": r"\begin{align}" * 25_000, "dollars": "$" * 300_000,
    "line breaks with brackets": r"\[" + r"\\[" * 100_000 + r"\]", "line breaks": r"\\" * 150_000, "documents": r"\begin{document}" * 20_000,
    "lines of blanks": "\n \t" * 100_000 + "$", "questions": "% question 1a\n" * 20_000, "cases": r"\[\begin{cases}" * 20_000,
}  # fmt: skip


@pytest.mark.parametrize("name", LONG)
def test_a_long_file_is_taken_apart_in_time_linear_in_it(name: str) -> None:
    """The process that reads all files of a class does it, so nothing would end a hang there; what is quadratic takes minutes here."""
    start = time.process_time()
    for _, part in sections(LONG[name]):
        lines_of(part)
    assert time.process_time() - start < 5


FILES = {
    "ten megabytes": rb"\frac{1}{2}+" * 850_000, "almost a megabyte": rb"\[" + RIGHT.encode() + b"+0" * 490_000 + rb"\]", "nuls": b"\0" * 500_000,
    "a nul": RIGHT.encode() + b"\0", "latin1": RIGHT.encode() + b"\xe9", "utf16": RIGHT.encode("utf-16"),
    "brackets": b"(" * 100_000 + b"s" + b")" * 100_000,
    "braces": b"{" * 100_000 + b"s" + b"}" * 100_000, "quotients": rb"\frac{1}{" * 1900 + b"s" + b"}" * 1900, "tower": b"9^9^9",
    "braced tower": b"9^{9^9}",
    "tower of s": b"s^{9^{9^9}}", "a thousand terms": "+".join(rf"\frac{{s^{{{k}}}}}{{{k}}}" for k in range(1, 1001)).encode(),
    "a thousand factors": "".join(f"(s+{k})" for k in range(1, 1001)).encode(), "a large power": b"(s+1)^{100000}",
    "a long sum": rb"\sum_{k=1}^{10^9} k^k",
    "integrals": rb"\int_0^1 " * 200 + b"s" + rb"\,dx" * 200, "a file": rb"\input{/etc/passwd}", "a program": rb"\immediate\write18{touch pwned}s",
    "{{ 7*7 }}": b"{{ 7*7 }}{% for i in range(10**9) %}x{% endfor %}", "<b>{% raw %}": b"<script>alert(1)</script>s", "primes": b"s" + b"'" * 15_000,
    "digits": b"1" * 19_000, "indices": b"s" + b"_s" * 9000, "factorials": b"s" + b"!" * 15_000, **{n: LONG[n].encode() * 3 for n in LONG},
}  # fmt: skip


@pytest.mark.slow
def test_a_class_of_hostile_files_ends_soon_in_two_gigabytes_and_gives_nobody_points(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    for name, content in FILES.items():
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / "1.tex").write_bytes(content)
    (tmp_path / "class" / "fine.tex").write_text(RIGHT)
    (tmp_path / "key.toml").write_text("title = '{{ 7*7 }} <b>'\n[[question]]\nid = '1'\nproblem = 'g'\nkind = 'Z'\n" + PROBLEM)
    command = [sys.executable, "-m", "derive", "check", "class", "--key", "key.toml", "-o", "out", "--budget", "2"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30)))  # fmt: skip
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    found = {s["student"]: s["answers"][0] for s in json.loads((tmp_path / "out" / "grades.json").read_text())["students"]}
    assert set(found) == {*FILES, "fine"} and found["fine"]["status"] == "correct"
    assert {name for name, a in found.items() if a["status"] == "wrong"} <= {"a large power", "a thousand terms", "a thousand factors", "a long sum"}
    assert all(a["status"] == "review" and a["points"] is None and a["reason"] for a in found.values() if a["status"] not in ("wrong", "correct"))
    assert {p.name for p in tmp_path.iterdir()} == {"class", "key.toml", "out"}
    pages = [p.read_text() for p in (tmp_path / "out").rglob("*.html")]
    assert not [p for p in pages if "<script>" in p or "<title>49" in p] and "{{ 7*7 }} &lt;b&gt;" in (tmp_path / "out" / "class.html").read_text()


def test_pages_show_what_was_handed_in_as_text(tmp_path: Path) -> None:
    """Names and answers with HTML, LaTeX, formulas of spreadsheets: in every page and table they are text."""
    names = ["<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "\\input{/etc/passwd}", "=HYPERLINK(1)", "@SUM(1)", "{{ 7*7 }}"]
    answers = ["<script>alert(1)</script>", "````\n```\n[x](javascript:alert(1))", "$$\\href{javascript:alert(1)}{x}$$", "=1+1", "{% raw %}", "1"]
    row = "[[submission]]\nstudent = {}\nquestion = '1'\nanswer = {}\n"
    rows = "".join(row.format(json.dumps(n), json.dumps(a)) for n, a in zip(names, answers, strict=True))
    (tmp_path / "class.toml").write_text(rows)
    (tmp_path / "key.toml").write_text("[[question]]\nid = '1'\nproblem = 'g'\nkind = 'Z'\n" + PROBLEM)
    command = [sys.executable, "-m", "derive", "check", "class.toml", "--key", "key.toml", "-o", "out"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path)
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    pages = [p for p in (tmp_path / "out").rglob("*") if p.suffix in (".html", ".md")]
    assert len(pages) >= 2 * len(names)
    for page in pages:
        text = page.read_text()
        quoted = r"^(`{3,})text\n.*?^\1$"  # what Markdown shows as it stands
        text = re.sub(quoted, "", text, flags=re.DOTALL | re.MULTILINE) if page.suffix == ".md" else text
        assert "<script>alert" not in text and "<img src=x" not in text and "49" not in text
        if page.suffix == ".html":
            assert "javascript:" not in " ".join(part.split(">")[0] for part in text.split("<")[1:])  # in no tag
        else:
            assert "](javascript:" not in text and "```" not in text
    for name in ("grades.csv", "canvas.csv", "moodle.csv"):
        cells = [cell for line in (tmp_path / "out" / name).read_text().splitlines() for cell in line.split(",")]
        assert not [c for c in cells if c.strip('"').startswith(("=", "@", "+"))]
