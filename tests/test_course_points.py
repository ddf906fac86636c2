"""Sheets in every form, points by every rubric, and tables that Canvas, Moodle and Gradescope take. Points are computed by hand."""

import csv
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from derive.course.gradebook import canvas_csv, gradescope, moodle_csv
from derive.course.key import Key, Question
from derive.course.rubric import Grade, for_review
from derive.course.submissions import collect
from derive.orders import Refused

KEY = """
title = "Sheet 1"
[[problem]]
id = "g"
kernel = "exp(-x**2/(2*s**2))"
variables = [{name = "x", domain = "RR"}]
parameters = [{name = "s", assumptions = "positive"}]
"""
TOTAL = r"\int_{-\infty}^{\infty} e^{-x^2/(2s^2)}\,dx"
MOVED = r"= s\int_{-\infty}^{\infty} e^{-u^2/2}\,du"
STEPS = {
    "right": [f"Z = {TOTAL}", MOVED, r"= s\sqrt{2\pi}"],
    "slip": [f"Z = {TOTAL}", MOVED, r"= s\sqrt{\pi}", r"= \sqrt{\pi}s", r"= \sqrt{\pi}s"],  # of 4 lines (one stands twice) the third is wrong
    "early": [f"Z = s{TOTAL}", r"= s^2\sqrt{2\pi}"],  # of 2 lines the first is wrong
    "gap": [f"Z = {TOTAL}", r"= \foo{s}", r"= s\sqrt{2\pi}"],  # of 3 lines the second cannot be read
    "both": [f"Z = {TOTAL}", r"= \foo{s}", r"= s\sqrt{\pi}", r"= \sqrt{\pi s^2}"],  # of 4 lines the second is unread and the third wrong
    "halt": [f"Z = {TOTAL}", MOVED],  # right, and evaluates nothing
}
FINAL = {"right": r"s\sqrt{2\pi}", "slip": r"s\sqrt{\pi}", "early": TOTAL, "gap": r"\foo", "both": "s"}
RUBRICS = {"lines": "", "before": "credit = 'before'", "whole": "credit = 'whole'\nunevaluated = 0", "bonus": "complete = 0.25\nunevaluated = 0.5",
           "strict": "credit = 'before'\ncomplete = 0.5"}  # fmt: skip
WEIGHED = {"Z": "", "Z half": "mistakes = {lost-constant = 0.5}\nunevaluated = 0.25", "Z none": "unevaluated = 0"}
# 8 points for a derivation, 4 for a final answer; "" is for review, with the least and the most that it may be worth
EXPECTED = {
    "right": {"lines": 8, "before": 8, "whole": 8, "bonus": 8, "strict": 8, "Z": 4, "Z half": 4, "Z none": 4},
    "slip": {"lines": 6, "before": 4, "whole": 0, "bonus": 4.5, "strict": 2, "Z": 0, "Z half": 2, "Z none": 0},
    "early": {"lines": 4, "before": 0, "whole": 0, "bonus": 3, "strict": 0, "Z": (0, 4), "Z half": 1, "Z none": 0},
    "gap": {"lines": (5.33, 8), "before": (2.67, 8), "whole": (0, 8), "bonus": (4, 8), "strict": (1.33, 8),
            "Z": (0, 4), "Z half": (0, 4), "Z none": (0, 4)},
    "both": {"lines": (4, 6), "before": (2, 4), "whole": 0, "bonus": (3, 4.5), "strict": (1, 2), "Z": 0, "Z half": 2, "Z none": 0},
    "halt": {"lines": (0, 8), "before": (0, 8), "whole": 0, "bonus": 4, "strict": (0, 8), "Z": 0, "Z half": 0, "Z none": 0},
}  # fmt: skip


def test_points_by_every_rubric_are_those_computed_by_hand(tmp_path):
    """A derivation and a final answer, each asked for under several rubrics; what nobody handed in is worth nothing."""
    asked = "[[question]]\nid = '{}'\nproblem = 'g'\nkind = '{}'\npoints = {}\n{}\n"
    steps = [asked.format(name, "steps", 8, rubric) for name, rubric in RUBRICS.items()]
    (tmp_path / "key.toml").write_text(KEY + "".join(steps + [asked.format(name, "Z", 4, rubric) for name, rubric in WEIGHED.items()]))
    row = "[[submission]]\nstudent = {}\nquestion = {}\nanswer = {}\n"
    rows = [(who, q, lines) for who, lines in STEPS.items() for q in RUBRICS]
    rows += [(who, q, [answer]) for who, answer in FINAL.items() for q in WEIGHED]
    (tmp_path / "class.toml").write_text("".join(row.format(*map(json.dumps, one)) for one in rows))
    command = [sys.executable, "-m", "derive", "check", "class.toml", "--key", "key.toml", "-o", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    found = {}
    for r in csv.DictReader((tmp_path / "out" / "grades.csv").open()):
        points = float(r["points"]) if r["points"] else (float(r["at_least"]), float(r["at_most"]))
        found.setdefault(r["student"], {})[r["question"]] = points
    assert found == EXPECTED


def taken(path: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    return {who: one.lines for who, one in collect([str(path)], ["1a", "1b"]).answers.items()}


ROWS = [("student", "question", "answer"), ("Zoë", "1a", "1,5"), ("Ada", "1b", "a; b"), ("Ada", "1a", 'say "x"')]
ANSWERS = {("Zoë", "1a"): ("1,5",), ("Ada", "1b"): ("a; b",), ("Ada", "1a"): ('say "x"',)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_as_spreadsheets_of_all_countries_write_it(tmp_path, encoding, delimiter, end):
    out = StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(ROWS)
    (tmp_path / "a.csv").write_bytes(out.getvalue().encode(encoding))
    assert taken(tmp_path / "a.csv") == ANSWERS


@pytest.mark.parametrize(("content", "message"), [
    (b"student;answer\nada;1", "missing: question"), (b"", "missing: student, question, answer"), (b"\x00\x01\xff", "missing"),
    (b'student,question,answer\nada,1a,"never closed', "this is not CSV"), (b"\xff\xfe\x00\xd8", "missing")])  # fmt: skip
def test_what_is_no_sheet_is_one_sentence(tmp_path, content, message):
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(Refused, match=message):
        taken(tmp_path / "a.csv")


def test_students_twice_answers_missing_and_bytes_that_are_no_text(tmp_path):
    """The last answer counts, whatever form of a letter a name is written in; an empty cell is none; a bad byte spoils its row alone."""
    rows = ["student,question,answer", "Zo\u0308e,1a,1", "Z\u00f6e ,1A,2", "ada,1b,6", "ada,1b, ", "dora", "ada,,7", ",1a,3"]
    rows += ["ben,9z,4", "cleo,1a,$\udcff$", "cleo,1b,5"]
    (tmp_path / "a.csv").write_bytes("\n".join(rows).encode("utf-8", "surrogateescape"))
    found = collect([str(tmp_path / "a.csv")], ["1a", "1b"])
    assert found.answers["Z\u00f6e", "1a"].lines == ("2",) and any("more than once" in r for r in found.remarks)
    assert found.answers["ada", "1b"].lines == ("6",) and "dora" in found.students and any("names no student" in r for r in found.remarks)
    assert "no question" in found.troubles["ben"][0] and "does not say" in found.troubles["ada"][0]
    assert found.answers["cleo", "1a"].trouble and not found.answers["cleo", "1b"].trouble


def test_sheets_in_toml(tmp_path):
    """Texts, lists of lines and tables that are none of these: each is taken, or told of, by itself."""
    text = "\ufeff[[submission]]\nstudent='ada'\nquestion='1a'\nanswer='a \\\\ = b'\n"
    text += "[[submission]]\nstudent='ada'\nquestion='1b'\nanswer=['a', ' ', '= b']\n[[submission]]\nstudent='ben'\nquestion='1a'\nanswer=3\n"
    text += "[[submission]]\nstudent=7\nquestion='1a'\nanswer='1'\n[[submission]]\nstudent='cleo'\nquestion=1\nanswer='1'\n"
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    found = collect([str(tmp_path / "a.toml")], ["1a", "1b"])
    assert found.answers["ada", "1a"].lines == found.answers["ada", "1b"].lines == ("a", "= b")
    assert "a text or a list" in found.answers["ben", "1a"].trouble and "no question" in found.troubles["cleo"][0]
    assert list(found.students) == ["ada", "ben", "cleo"] and len(found.remarks) == 1
    for wrong in ("a = 1", "[submission]\nstudent = 'x'", "[[submission"):
        (tmp_path / "b.toml").write_text(wrong)
        with pytest.raises(Refused, match=r"b\.toml"):
            collect([str(tmp_path / "b.toml")], ["1a"])


ONE, TWO = Question("1a", "g", "Z", 4.0), Question("1b", "g", "Z", 6.0)
BOOK = Key("Sheet 1", (ONE, TWO), {}, {}, {})
GRADES = [Grade("ada", "1a", 4.0, 4.0, 4.0, 4.0, "correct"), Grade("ada", "1b", 1.5, 1.5, 1.5, 6.0, "partial"),
          Grade("ben", "1a", 0.0, 0.0, 0.0, 4.0, "wrong", record={"hints": ["Look at the constant."]}),
          for_review(TWO, "ben", "It cannot be read.")]  # fmt: skip


def test_canvas_takes_the_table_and_keeps_grades_that_are_not_known_yet():
    """lib/gradebook_importer.rb of Canvas: "Student" and "ID" first, "SIS User ID", "SIS Login ID" and "Section" before the assignments, a
    row of points possible; a student is found by one of the ids. Its upload posts an empty cell as the removal of a grade."""
    head, worth, *rows = csv.reader(StringIO(canvas_csv(GRADES, BOOK)))
    assert "Student" in head[0] and "ID" in head[1] and head[2:5] == ["SIS User ID", "SIS Login ID", "Section"] and head[5:] == ["Sheet 1"]
    assert "Points Possible" in worth[0] and worth[5] == "10"
    assert rows == [["ada", "", "", "ada", "", "5.5"]]


def test_moodle_takes_the_table_and_no_grade_is_none():
    """grade/import/csv/classes/load_data.php of Moodle: a column that names users, numbers or "-"; "" is 0 in a grade item that is new."""
    head, *rows = csv.reader(StringIO(moodle_csv(GRADES, BOOK)))
    assert head == ["username", "1a", "1b", "Sheet 1"]
    assert rows == [["ada", "4", "1.5", "5.5"], ["ben", "0", "-", "-"]]


def test_gradescope_takes_the_results():
    """gradescope-autograders.readthedocs.io/en/latest/specs: the keys of a result and of its tests, and the words that they may have."""
    tests = {"score", "max_score", "status", "name", "name_format", "number", "output", "output_format", "tags", "visibility", "extra_data"}
    whole = {"score", "execution_time", "output", "output_format", "test_output_format", "test_name_format", "visibility", "stdout_visibility",
             "extra_data", "tests", "leaderboard"}  # fmt: skip
    for hints in (0, 1):
        ada, ben = (json.loads(gradescope([g for g in GRADES if g.student == who], hints)) for who in ("ada", "ben"))
        for result in (ada, ben):
            assert set(result) <= whole and result["visibility"] in {"hidden", "after_due_date", "after_published", "visible"}
            for one in result["tests"]:
                assert set(one) <= tests and isinstance(one["score"], (int, float)) and isinstance(one["output"], str)
                assert one["output_format"] in {"text", "html", "simple_format", "md", "ansi"} and one.get("status", "passed") in {"passed", "failed"}
                assert one["visibility"] in {"hidden", "after_due_date", "after_published", "visible"} and isinstance(one["number"], str)
                assert all(isinstance(tag, str) for tag in one["tags"])
        assert [(t["score"], t["max_score"], t["status"]) for t in ada["tests"]] == [(4, 4, "passed"), (1.5, 6, "failed")]
        wrong, open_ = ben["tests"]
        assert wrong["output"] == ("Look at the constant." if hints else "") and (open_["score"], open_["max_score"]) == (0, 0)
        assert open_["visibility"] == "hidden"


KEY_OF_ONE = Key("Sheet", (Question("1a", "g", "steps", 8.0),), {}, {}, {})
NEAR_MISS = "At s = 7/5 it is 0.632211, where 0.270948 stood before."


def page(status, points, record, lines, hints):
    """The page of a student with one answer."""
    from derive.course.feedback import for_student

    grade = Grade("ada", "1a", points, 0.0, 8.0, 8.0, status, record["detail"], record, lines)
    return for_student("ada", [grade], KEY_OF_ONE, hints)[".md"]


def judgement_on(verdicts, detail="", verdict="wrong"):
    lines = [{"line": n, "verdict": v, "detail": d} for n, (v, d) in enumerate(verdicts, 1)]
    return {"verdict": verdict, "conditions": [], "detail": detail, "lines": lines, "hints": [], "first_wrong_line": 0}


SLIP = judgement_on([("unread", r"it cannot be read: '\\foo' cannot be read here"), ("correct", "a name is introduced"), ("wrong", NEAR_MISS)],
                    f"Line 3 does not follow. {NEAR_MISS}")  # fmt: skip


def test_a_page_says_each_thing_once_and_gives_no_numbers_away_before_it_is_asked_to():
    from html import unescape

    few, all_ = (page("review", None, SLIP, (r"\foo", "u = x", "= 1"), hints) for hints in (1, 3))
    assert "0.270948" not in few and all_.count("0.270948") == 1 and all_.count("Line 3 does not follow.") == 1
    assert "- Line 2 introduces a name." in few and "follows" not in few
    assert unescape(few).replace("\\\\", "\\").count(r"'\foo' cannot be read here.") == 1


def test_what_is_right_and_not_all_is_not_called_wrong():
    halt = judgement_on([("correct", "")], "It is right, but no closed form: an integral or a sum is left in it.", "correct")
    found = page("wrong", 0.0, halt, ("Z = Z",), 1)
    assert "**Right, but not all that is asked for**: 0 of 8 points." in found and "Not right" not in found
