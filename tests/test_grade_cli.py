"""`derive check` as people meet it: every test starts a real process."""

import json
import subprocess
import sys

import pytest

HOMEWORK = r"""
[[problem]]
id = "exponential"
kernel = "exp(-b*x)"
variables = [{name = "x", domain = "(0, oo)"}]
parameters = [{name = "b", assumptions = "positive"}]

[[claim]]
id = "right"
problem = "exponential"
kind = "Z"
claim_latex = '\frac{1}{b}'
verdict = "correct"

[[claim]]
id = "wrong"
problem = "exponential"
kind = "p"
claim_latex = 'p(x) = e^{-bx}'
verdict = "wrong"
mistake = "used-kernel-as-density"

[[claim]]
id = "chain"
problem = "exponential"
kind = "steps"
lines = ['Z = \int_0^\infty e^{-bx}\,dx', '= \left[e^{-bx}\right]_0^\infty', '= -1']
verdict = "wrong"
first_wrong_line = 2
"""
KEYS = {"id", "verdict", "conditions", "read_as", "first_wrong_line", "lines", "mistake", "witness", "hints", "detail", "evaluated"}


def check(*args, text=None, **options):
    return subprocess.run([sys.executable, "-m", "derive", "check", *map(str, args)], input=text, capture_output=True, text=True,
                          timeout=180, **options)  # fmt: skip


@pytest.fixture(scope="module")
def homework(tmp_path_factory):
    path = tmp_path_factory.mktemp("homework") / "homework.toml"
    path.write_text(HOMEWORK)
    return path


def test_json_is_one_object_a_claim_in_their_order(homework):
    done = check(homework, "--json")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["id"] for r in records] == ["right", "wrong", "chain"]
    assert [r["verdict"] for r in records] == ["correct", "wrong", "wrong"]
    assert all(set(r) == KEYS for r in records)
    assert records[1]["mistake"]["kind"] == "used-kernel-as-density" and set(records[1]["witness"]) == {"b", "x"}
    assert records[2]["first_wrong_line"] == 2 and [line["verdict"] for line in records[2]["lines"]] == [
        "correct",
        "wrong",
        "correct",
    ]
    assert done.returncode == 1, done.stderr


def test_text_tells_the_verdict_and_a_hint_that_gives_nothing_away(homework):
    done = check(homework)
    assert "wrong: WRONG. At b = " in done.stdout and "hint: Does this integrate to 1?" in done.stdout
    assert "divided by Z" not in done.stdout and "divided by Z" in check(homework, "--hints", "3").stdout
    assert "3 claims: 2 wrong, 1 correct" in done.stderr


def test_compare_is_content_where_all_verdicts_are_the_known_ones(homework, tmp_path):
    assert check(homework, "--compare").returncode == 0
    other = tmp_path / "other.toml"
    other.write_text(HOMEWORK.replace('verdict = "correct"', 'verdict = "wrong"'))
    done = check(other, "--compare", "--json")
    assert done.returncode == 1 and json.loads(done.stdout.splitlines()[0])["compare"]["verdict"] == "differs"


def test_known_answers_do_not_sway_the_judge(homework, tmp_path):
    other = tmp_path / "other.toml"
    other.write_text(HOMEWORK.replace('"correct"', '"wrong"').replace("first_wrong_line = 2", "first_wrong_line = 3"))
    assert check(homework, "--json").stdout == check(other, "--json").stdout


def test_problems_may_stand_in_another_file_and_standard_input_is_read(homework, tmp_path):
    start = HOMEWORK.index("[[claim]]")
    (tmp_path / "problems.toml").write_text(HOMEWORK[:start])
    done = check("-", "--problems", tmp_path / "problems.toml", "--json", text=HOMEWORK[start:])
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == ["correct", "wrong", "wrong"]
    done = check("-", "--json", text=HOMEWORK[start:])
    assert {json.loads(line)["verdict"] for line in done.stdout.splitlines()} == {"undecided"}
    assert "There is no problem 'exponential'" in done.stdout and done.returncode == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[claim]]\nid = 1", "claim number 1: it needs an 'id'"),
        ("x = [", "this is not TOML"),
        ('[[problem]]\nid = "a"\nkernel = "1"\nvariables = [{name = "x", domain = "(0, 1)"}]', "there is no [[claim]]"),
    ],
)
def test_wrong_input_is_one_sentence_that_names_the_place(text, message):
    done = check("-", text=text)
    assert done.returncode == 2 and message in done.stderr and "Traceback" not in done.stderr and not done.stdout


def test_a_missing_file_is_one_sentence():
    done = check("no-such-file.toml")
    assert done.returncode == 2 and "no-such-file.toml cannot be read" in done.stderr and "Traceback" not in done.stderr


HOSTILE = [r"9^{9^{9^9}}", r"\input{/etc/passwd}", r"{" * 500 + "}" * 500, r"\frac{1}{" * 200, "{{ 7*7 }}", r"(10^9)!", "__import__('os')",
           r"\sum_{k=1}^{10^9} k", r"\left(" * 60, r"\binom{10^8}{10^4}"]  # fmt: skip


def test_hostile_claims_cost_their_own_time_alone():
    problem, claim = (
        HOMEWORK[: HOMEWORK.index("[[claim]]")],
        "[[claim]]\nid = 'c{}'\nproblem = 'exponential'\nkind = 'Z'\nclaim_latex = '''{}'''\n",
    )
    texts = [*HOSTILE, r"\frac{1}{b}"]
    done = check("-", "--json", "--budget", "5", text=problem + "\n".join(claim.format(i, t) for i, t in enumerate(texts)))
    verdicts = [json.loads(line)["verdict"] for line in done.stdout.splitlines()]
    assert len(verdicts) == len(texts) and verdicts[-1] == "correct", done.stderr
    assert "correct" not in verdicts[:-1]
