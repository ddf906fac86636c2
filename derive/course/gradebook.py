"""Grades in the shapes that other programs import: CSV for people, for Canvas and for Moodle, JSON, and Gradescope's results.json."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any
from urllib.parse import quote

from derive.course.key import Key
from derive.course.rubric import REVIEW, Grade

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # what a spreadsheet takes for the start of a formula
NO_GRADE = "-"  # and no formula either
LONGEST = 100  # characters of a file's name


def cell(value: Any) -> Any:
    """A cell that no spreadsheet runs: text that begins like a formula gets an apostrophe before it.

    >>> cell("=cmd|' /C calc'!A0"), cell(2.5), cell("Ada"), cell(None)
    ("'=cmd|' /C calc'!A0", 2.5, 'Ada', '')
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    text = "".join(c for c in value if c.isprintable() or c in "\n\t\r").replace("\r", "\n")
    return f"'{text}" if value.lstrip(" \n\0").startswith(FORMULA) and text != NO_GRADE else text


def table(rows: Sequence[Sequence[Any]]) -> str:
    """Rows as CSV."""
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def total(grades: Sequence[Grade]) -> float | None:
    """The points of one student; None where one of the answers needs a review."""
    points = [g.points for g in grades]
    return None if None in points else round(sum(p for p in points if p is not None), 2)


def by_student(grades: Sequence[Grade]) -> dict[str, list[Grade]]:
    found: dict[str, list[Grade]] = {}
    for g in grades:
        found.setdefault(g.student, []).append(g)
    return found


def long_csv(grades: Sequence[Grade]) -> str:
    """One row for each student and question."""
    head = ("student", "question", "points", "out_of", "status", "at_least", "at_most", "first_wrong_line", "mistake", "reason")
    return table([head, *((g.student, g.question, g.points, g.out_of, g.status, g.least, g.most, g.record.get("first_wrong_line") or "",
                           mistake(g), g.reason) for g in grades)])  # fmt: skip


def mistake(g: Grade) -> str:
    return str((g.record.get("mistake") or {}).get("kind", ""))


def canvas_csv(grades: Sequence[Grade], key: Key) -> str:
    """Canvas's gradebook: it finds students by their login. An empty cell takes away a grade that is there already, so whose
    total is not known yet has no row."""
    head = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", key.title)
    worth = ("    Points Possible", "", "", "", "", sum(q.points for q in key.questions))
    totals = {name: total(own) for name, own in by_student(grades).items()}
    return table([head, worth, *((name, "", "", name, "", points) for name, points in totals.items() if points is not None)])


def moodle_csv(grades: Sequence[Grade], key: Key) -> str:
    """Moodle's grade import: "-" is no grade. An empty cell would be 0 in a new column, and other words would end the import."""
    head = ("username", *(q.id for q in key.questions), key.title)
    return table([head, *((name, *(NO_GRADE if p is None else p for p in (*(g.points for g in own), total(own))))
                          for name, own in by_student(grades).items())])  # fmt: skip


def as_json(grades: Sequence[Grade], key: Key, faults: Sequence[str], remarks: Sequence[str]) -> str:
    """Everything, for programs."""
    questions = [{"id": q.id, "problem": q.problem, **({"variants": dict(q.variants)} if q.variants else {}), "kind": q.kind,
                  "points": q.points} for q in key.questions]
    students = [of_student(name, own) for name, own in by_student(grades).items()]
    whole = {"title": key.title, "questions": questions, "key": list(faults), "remarks": list(remarks), "students": students}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def of_student(name: str, own: Sequence[Grade]) -> dict[str, Any]:
    return {"student": name, "points": total(own), "out_of": sum(g.out_of for g in own), "answers": [record(g) for g in own]}


def line(name: str, own: Sequence[Grade]) -> str:
    """One student as a line of JSON."""
    return json.dumps(of_student(name, own), ensure_ascii=False)


def record(g: Grade) -> dict[str, Any]:
    judgement = {k: v for k, v in g.record.items() if k != "id"} or None
    return {"question": g.question, "points": g.points, "at_least": g.least, "at_most": g.most, "out_of": g.out_of, "status": g.status,
            "reason": g.reason, "place": g.place, "lines": list(g.lines), "judgement": judgement}  # fmt: skip


def gradescope(grades: Sequence[Grade], hints: int) -> str:
    """results.json of one student. It knows no "ungraded": what needs a review is worth 0 of 0, tagged and hidden."""
    return json.dumps({"tests": [test(g, hints) for g in grades], "visibility": "visible"}, ensure_ascii=False, indent=1) + "\n"


def test(g: Grade, hints: int) -> dict[str, Any]:
    base = {"name": g.question, "number": g.question, "output_format": "text"}
    if g.status == REVIEW:
        return {**base, "score": 0, "max_score": 0, "tags": ["needs-review"], "visibility": "hidden", "output": g.reason}
    said = said_to_student(g, hints)
    return {**base, "score": g.points, "max_score": g.out_of, "status": "passed" if g.points == g.out_of else "failed",
            "tags": [mistake(g)] if mistake(g) and hints > 1 else [], "visibility": "visible", "output": said}  # fmt: skip


def said_to_student(g: Grade, hints: int) -> str:
    """What a student is told: nothing that gives the answer away beyond the level of hints that was asked for."""
    own = g.record.get("hints") or []
    if hints and own and g.status != REVIEW:
        return str(own[min(hints, len(own)) - 1])
    return ""


def file_name(student: str, taken: set[str]) -> str:
    """A name for a student's files that leads nowhere, is not too long, and is nobody else's, also where case does not count.

    >>> file_name("../Zoe B", set())
    '%2E.%2FZoe%20B'
    """
    name = quote(student, safe="")
    name = f"%2E{name[1:]}" if name.startswith(".") else name  # else it would be hidden
    if len(name) > LONGEST or name.casefold() in taken:
        name = f"{name[:LONGEST]}-{hashlib.sha256(student.encode()).hexdigest()[:12]}"
    taken.add(name.casefold())
    return name
