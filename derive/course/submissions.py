"""What a class handed in: folders, CSV and TOML, read into one answer for each student and question.

All of it is hostile until read: nothing is opened but plain files below the folder that was named, of a bounded size, and a file that
cannot be read is a trouble of its student alone.
"""

from __future__ import annotations

import codecs
import csv
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path
from typing import Any

from derive.course.answers import MOST_BYTES, lines_of, sections, trouble_with
from derive.course.downloads import CANVAS, student_names, version
from derive.course.plain_files import MOST_SHEET, Unreadable, plain_file, toml, whole
from derive.orders import Refused

TEXTS = (".tex", ".txt", ".md")
DELIMITERS = (",", ";", "\t")  # spreadsheets write what their country has
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
TOO_MANY_CELLS = "Its row has more cells than the first one: an answer with a comma in it needs quotation marks around it."
COLUMNS = ("student", "question", "answer")
QUESTION = re.compile(r"^(?:question|problem|exercise|task|part|aufgabe|ex|q)[\s._-]*(?=\S)", re.IGNORECASE)
JUNK = ("thumbs.db", "desktop.ini")  # what Windows leaves behind


@dataclass(frozen=True)
class Submission:
    """An answer as it was handed in: its lines, where it stands, and why it is not judged, if it is not. Without both it is none.

    `question` is "" for a file that belongs to no question.
    """

    student: str
    question: str
    lines: tuple[str, ...] = ()
    place: str = ""
    trouble: str = ""
    late: bool = False


@dataclass
class Collected:
    """The answer that counts for each student and question; troubles of students with files that were not understood; remarks."""

    answers: dict[tuple[str, str], Submission] = field(default_factory=dict)
    students: dict[str, None] = field(default_factory=dict)
    troubles: dict[str, list[str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def collect(paths: Sequence[str], questions: Sequence[str], skip: Sequence[str] = ()) -> Collected:
    """All that was handed in. Of several answers to a question the last one counts, in the order of `paths`, rows and file names.

    `skip` are files that are no submissions wherever they stand. Raises Refused where a path that was named cannot be read.
    """
    found = Collected()
    for path in paths:
        for one in submissions(Path(path), questions, skip):
            take(found, one, questions)
    found.remarks = list(dict.fromkeys([*found.remarks, *alike(found.students)]))
    return found


def alike(students: Iterable[str]) -> Iterator[str]:
    """A remark on names that differ in capitals alone."""
    seen: dict[str, str] = {}
    for name in students:
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            yield f"{other} and {name} are taken for two students."


def take(found: Collected, one: Submission, questions: Sequence[str]) -> None:
    """Add one submission."""
    if not one.student:
        why = one.trouble.removeprefix(f"{one.place}: ").rstrip(".")
        found.remarks.append(f"{one.place} names no student and is not graded{f': {why}' if why else ''}.")
        return
    found.students.setdefault(one.student)
    if not one.lines and not one.trouble:
        return  # nothing was handed in
    own = matched(one.question, questions)
    if not own:
        trouble = one.trouble or (f"It belongs to no question: there is none called {one.question[:60]!r}." if one.question else
                                  "It does not say to which question it belongs.")  # fmt: skip
        found.troubles.setdefault(one.student, []).append(f"{one.place}: {trouble}")
        return
    if one.late:
        found.remarks.append(f"{one.student} handed in {own} late: {one.place}.")
    before = found.answers.get((one.student, own))
    if before is not None:
        found.remarks.append(f"{one.student} handed in {own} more than once: {one.place} counts, {before.place} does not.")
    found.answers[one.student, own] = replace(one, question=own)


def matched(name: str, questions: Sequence[str]) -> str:
    """The question of this name, in whatever case, or ""; "Aufgabe 1a", "q1a" and "1a (2)" are 1a, where no question is called so."""
    name = " ".join(name.split())
    ways = [way for one in (name, version(name)[0]) for way in (one, QUESTION.sub("", one))]
    return next((q for q in questions if q == name), "") or next((q for way in ways for q in questions if q.casefold() == way.casefold()), "")


def named(name: str) -> str:
    """A student's name: composed letters, single spaces.

    >>> named("Zoe\\u0308  B ") == "Zo\\u00eb B"
    True
    """
    return " ".join(unicodedata.normalize("NFC", name).split())


def submissions(path: Path, questions: Sequence[str], skip: Sequence[str]) -> Iterator[Submission]:
    """All submissions below a path that the instructor named."""
    if path.is_dir():
        yield from in_folder(path, questions, skip)
        return
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".toml"):
        raise Refused(f"{path} is neither a folder nor a .csv or .toml file" if path.exists() else f"{path} does not exist")
    content = whole(path)
    yield from in_csv(content, str(path)) if suffix == ".csv" else in_sheet(content, str(path))


def in_csv(content: bytes, path: str) -> Iterator[Submission]:
    """The rows of a CSV file with the columns student, question and answer, between commas, semicolons or tabs.

    A byte that is not UTF-8 spoils its own row alone.
    """
    csv.field_size_limit(MOST_SHEET)
    text = content.decode("utf-16", "replace") if content.startswith(UTF_16) else content.decode("utf-8-sig", "surrogateescape")
    first = text.split("\n", 1)[0]
    rows = csv.reader(StringIO(text, newline=""), strict=True, delimiter=max(DELIMITERS, key=first.count))
    try:
        head = [cell.strip().casefold() for cell in next(rows, [])]
        missing = [column for column in COLUMNS if column not in head]
        if missing:
            raise Refused(f"{path}: the first row should name the columns {', '.join(COLUMNS)}; missing: {', '.join(missing)}")
        where = [head.index(column) for column in COLUMNS]
        for row in rows:
            if any(cell.strip() for cell in row):
                one = from_row([row[i] if i < len(row) else "" for i in where], f"{path}, line {rows.line_num}")
                beyond = any(cell.strip() for cell in row[len(head) :])
                yield replace(one, lines=(), trouble=TOO_MANY_CELLS) if beyond else one
    except csv.Error as error:
        raise Refused(f"{path}, line {rows.line_num}: this is not CSV: {error}") from None


def from_row(cells: list[str], place: str) -> Submission:
    student, question, answer = cells
    if not answer.strip():  # a sheet has a row for everybody
        return Submission(named(shown(student)), shown(question), (), place)
    return answered(named(shown(student)), shown(question), answer, place)


def answered(student: str, question: str, text: str, place: str) -> Submission:
    """A submission of a text, or of the trouble with it."""
    if len(text) > MOST_BYTES:
        return Submission(student, question, (), place, f"It is larger than {MOST_BYTES} characters.")
    lines = lines_of(text)
    return Submission(student, question, tuple(map(shown, lines)), place, trouble_with(lines))


def shown(text: str) -> str:
    """Text in which what is not UTF-8 shows as \\x…, so that two names never become one."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def in_sheet(content: bytes, path: str) -> Iterator[Submission]:
    """The [[submission]] tables of a TOML file that the instructor named."""
    try:
        tables = toml(content)
    except Unreadable as error:
        raise Refused(f"{path}: {error}") from None
    if not isinstance(tables.get("submission"), list):
        raise Refused(f"{path}: there is no [[submission]] in it")
    for number, table in enumerate(tables["submission"], 1):
        place = f"{path}, submission {number}"
        student = table.get("student") if isinstance(table, dict) else None
        yield from_table(table, named(student) if isinstance(student, str) else "", "", place)


def from_table(table: Any, student: str, question: str, place: str) -> Submission:
    """One table with an answer: `answer` is a text or a list of lines."""
    if not isinstance(table, dict):
        return Submission(student, question, (), place, "It should be a table with 'question' and 'answer'.")
    asked = table.get("question", question)
    question = asked if isinstance(asked, str) else str(asked)
    own = table.get("student", student)
    if student and (not isinstance(own, str) or named(own) != student):
        return Submission(student, question, (), place, f"It is handed in for somebody else ({str(own)[:60]!r}).")
    return from_value(table.get("answer", table.get("lines", "")), student, question, place)


def from_value(value: Any, student: str, question: str, place: str) -> Submission:
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        lines = tuple(" ".join(line.split()) for line in value if line.strip())
        return Submission(student, question, lines, place, trouble_with(lines))
    if not isinstance(value, str):
        return Submission(student, question, (), place, "Its answer should be a text or a list of lines.")
    return answered(student, question, value, place)


def in_folder(root: Path, questions: Sequence[str], skip: Sequence[str]) -> Iterator[Submission]:
    """A folder with a folder or a file for each student."""
    try:
        found = entries(root, skip)
        names = student_names([entry.name if is_folder(entry) else Path(entry.name).stem for entry in found])
        for entry in found:
            stem = entry.name if is_folder(entry) else Path(entry.name).stem
            student, canvas = named(shown(names[stem])), CANVAS.fullmatch(stem)
            if is_folder(entry):
                files = entries(Path(entry.path), skip)
                yield from () if files else (Submission(student, "", (), shown(entry.name)),)
                for file in files:
                    yield from from_file(file, root, student, shown(Path(file.name).stem))
            elif entry.name.lower().endswith(".csv"):
                yield from sheet_in_folder(entry)
            else:
                question = shown(canvas["file"]) if canvas else questions[0] if len(questions) == 1 else ""
                late = canvas is not None and canvas["late"] is not None
                yield from (replace(one, late=late) for one in from_file(entry, root, student, question))
    except OSError as error:
        raise Refused(f"{error.filename or root} cannot be read: {error.strerror}") from None


def sheet_in_folder(entry: os.DirEntry[str]) -> Iterator[Submission]:
    """The rows of a CSV file among the students' folders; one without the columns is no student's, and a remark says so."""
    try:
        yield from in_csv(plain_file(entry), shown(entry.name))
    except (Unreadable, Refused) as error:
        yield Submission("", "", (), shown(entry.name), str(error))


def entries(folder: Path, skip: Sequence[str]) -> list[os.DirEntry[str]]:
    """What stands in a folder and is not hidden, by name, a later attempt behind the one before."""
    with os.scandir(folder) as found:
        listed = [e for e in found if not e.name.startswith((".", "__MACOSX", "~$")) and e.name.lower() not in JUNK]
    return sorted((e for e in listed if not any(same_file(e, other) for other in skip)), key=lambda e: (*version(Path(e.name).stem), e.name))


def same_file(entry: os.DirEntry[str], other: str) -> bool:
    try:
        return Path(entry.path).samefile(other)
    except OSError:
        return False


def is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def from_file(entry: os.DirEntry[str], root: Path, student: str, question: str) -> Iterator[Submission]:
    """The submissions in one file of a student; `question` is what its name says. Students see its place: below the class's folder."""
    place, suffix = shown(os.path.relpath(entry.path, root)), Path(entry.name).suffix.lower()
    try:
        content = plain_file(entry)
        if suffix == ".toml":
            yield from from_student_toml(toml(content), student, question, place)
        elif suffix in TEXTS:
            text = content.decode("utf-16", "replace") if content.startswith(UTF_16) else content.decode("utf-8-sig", "surrogateescape")
            for name, part in sections(text):
                yield answered(student, shown(name) or question, part, place)
        else:
            raise Unreadable(f"It is a {suffix} file: answers are read from .toml, {', '.join(TEXTS)}." if suffix else
                             f"Its name does not say what it is: answers are read from .toml, {', '.join(TEXTS)}.")  # fmt: skip
    except Unreadable as error:
        yield Submission(student, question, (), place, str(error))


def from_student_toml(tables: dict[str, Any], student: str, question: str, place: str) -> Iterator[Submission]:
    """A student's own TOML: an [answers] table, [[submission]] tables, or one answer to the question that the file is named after."""
    answers, listed = tables.get("answers"), tables.get("submission")
    if isinstance(answers, dict):
        for name, value in answers.items():
            yield from_value(value, student, name, place)
    if isinstance(listed, list):
        for number, table in enumerate(listed, 1):
            yield from_table(table, student, question, f"{place}, submission {number}")
    if not isinstance(answers, dict) and not isinstance(listed, list):
        yield from_table(tables, student, question, place)
