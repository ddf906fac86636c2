"""A messy folder of a class: what stands in it is read, told of, or left out, and nobody is lost."""

import pytest

from derive.course.submissions import collect

DOCX = b"PK\x03\x04\x14\x00word/document.xml"


@pytest.fixture
def collected(tmp_path):
    files = {
        "Müller, Jörg/1a.tex": b"\xef\xbb\xbf\\frac1\\lambda\r\n", "anna schmidt/1a.tex": b"x", "Anna Schmidt/1a.tex": b"y", "carla/1a.docx": DOCX,
        "carla/1b.tex": DOCX, "dora m_12_assignsubmission_file_/Aufgabe 1a.tex": b"1", "dora m_12_assignsubmission_file_/q1b.tex": b"2",
        "otto_3_assignsubmission_file_/1a.md": b"3", "otto_4_assignsubmission_file_/1a.md": b"4", "nested/deeper/1a.tex": b"5", "Thumbs.db": b"x",
        "~$1a.docx": b"x", "__MACOSX/1a.tex": b"x", "more.csv": b"student;question;answer\r\nfrank;1a;7\r\n", "roster.csv": b"name;id\r\nx;1\r\n",
        "gert/1a.txt": "6".encode("utf-16"), "big/1a.tex": b"x+" * 2_500_000,
    }  # fmt: skip
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "empty folder").mkdir()
    return collect([str(tmp_path)], ["1a", "1b"])


def test_every_student_is_there_and_nobody_else(collected):
    assert set(collected.students) == {"Müller, Jörg", "anna schmidt", "Anna Schmidt", "carla", "dora m", "otto_3_assignsubmission_file_",
                                       "otto_4_assignsubmission_file_", "nested", "frank", "gert", "big", "empty folder"}  # fmt: skip


def test_answers_are_found_by_what_files_are_called(collected):
    read = {key: one.lines for key, one in collected.answers.items() if one.lines}
    assert read == {("Müller, Jörg", "1a"): (r"\frac1\lambda",), ("anna schmidt", "1a"): ("x",), ("Anna Schmidt", "1a"): ("y",),
                    ("dora m", "1a"): ("1",), ("dora m", "1b"): ("2",), ("otto_3_assignsubmission_file_", "1a"): ("3",),
                    ("otto_4_assignsubmission_file_", "1a"): ("4",), ("frank", "1a"): ("7",), ("gert", "1a"): ("6",)}  # fmt: skip


def test_troubles_are_told_without_the_path_of_the_class(collected, tmp_path):
    troubles = {key: one.trouble for key, one in collected.answers.items() if one.trouble}
    word = "It is a Word document or another zip file, and no text."
    assert troubles == {("carla", "1a"): word, ("carla", "1b"): word, ("big", "1a"): "It is larger than 1000000 bytes."}
    assert collected.troubles.keys() == {"nested"} and "It is a folder" in collected.troubles["nested"][0]
    assert not any(str(tmp_path) in text for texts in collected.troubles.values() for text in texts)
    (roster,) = (r for r in collected.remarks if r.startswith("roster.csv names no student and is not graded: "))
    assert roster.endswith("missing: student, question, answer.")
    assert "Anna Schmidt and anna schmidt are taken for two students." in collected.remarks


def test_later_attempts_count_and_canvas_files_are_their_students(tmp_path):
    """Canvas's download has NAME_[LATE_]USER_SUBMISSION_FILE, with -1 for a second attempt; browsers write "1a (2)"."""
    files = {"doejane_7_71_1a.tex": "1", "smithjohn_LATE_8_81_1a-1.tex": "2", "lee_1_11_1a.tex": "3", "lee_2_21_1a.tex": "4"}
    folders = {"tom": {"1a.tex": "5", "1a (2).tex": "6", "1a (10).tex": "7"}, "fiona": {"1a_v2.tex": "9", "1a_v1.tex": "8"}}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    for who, own in folders.items():
        (tmp_path / who).mkdir()
        for name, text in own.items():
            (tmp_path / who / name).write_text(text)
    found = collect([str(tmp_path)], ["1a", "1b"])
    assert {who: one.lines[0] for (who, _), one in found.answers.items()} == {
        "doejane": "1", "smithjohn": "2", "lee 1": "3", "lee 2": "4", "tom": "7", "fiona": "9"}  # fmt: skip
    assert not found.troubles and "smithjohn handed in 1a late: smithjohn_LATE_8_81_1a-1.tex." in found.remarks


def test_a_row_with_a_comma_too_many_is_for_review_and_not_cut_short(tmp_path):
    (tmp_path / "a.csv").write_text('student,question,answer\nada,1a,x\\,y\nbob,1a,"x\\,y",\n')
    found = collect([str(tmp_path)], ["1a"])
    assert "quotation marks" in found.answers["ada", "1a"].trouble and not found.answers["ada", "1a"].lines
    assert found.answers["bob", "1a"].lines == (r"x\,y",)
