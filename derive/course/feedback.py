"""Pages for those who learn and those who teach, as Markdown and HTML. What people wrote shows as it stands and commands nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from statistics import mean
from typing import Any

from derive.course.gradebook import said_to_student
from derive.course.key import Key, Question
from derive.course.rubric import FULL, MISSING, NO_CLAIM, PARTIAL, REVIEW, WRONG, Grade
from derive.grade.diagnose.hints import capital
from derive.report.words import Voice, environment

STATUSES = (FULL, PARTIAL, WRONG, REVIEW, MISSING)
SHOWN_LINES, SHOWN_WIDTH = 60, 400  # of an answer: enough to know it again


def number(value: float) -> str:
    """Points as people write them.

    >>> number(4.0), number(2.5)
    ('4', '2.5')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def code(lines: Sequence[str]) -> str:
    """Lines as a block of code in Markdown, with a fence that none of them can close."""
    text = "\n".join(lines)
    fence = "`" * (1 + max((len(run) for run in re.findall(r"`{2,}", text)), default=2))
    return f"{fence}text\n{text}\n{fence}"


@cache
def pages(escaping: bool) -> Any:
    """The templates, with the filters md (text of a person in a sentence) and code (lines of an answer)."""
    found = environment("en", escaping).overlay()
    found.filters = {**found.filters, "md": Voice("markdown").escape, "code": code}
    return found


def drawn(name: str, view: dict[str, Any], forms: Sequence[str] = ("md", "html")) -> dict[str, str]:
    """A page in each of the forms, by its ending."""
    return {f".{form}": pages(form == "html").get_template(f"{name}.{form}.j2").render(view=view) for form in forms}


def for_student(student: str, grades: Sequence[Grade], key: Key, hints: int) -> dict[str, str]:
    """The page of one student."""
    points = [g.points for g in grades if g.points is not None]
    view = {"title": key.title, "student": printable(student), "answers": [answer(g, key, hints) for g in grades],
            "total": number(sum(points)) if len(points) == len(grades) else None, "least": number(sum(points)),
            "out_of": number(sum(g.out_of for g in grades)), "open": len(grades) - len(points)}  # fmt: skip
    return drawn("feedback", view)


def answer(g: Grade, key: Key, hints: int) -> dict[str, Any]:
    """One answer as its student sees it. Numbers that tell the right value wait for a hint of level 2."""
    question = next(q for q in key.questions if q.id == g.question)
    judged = [told(line, hints) for line in g.record.get("lines", [])]
    shown = [f"{line[:SHOWN_WIDTH]} …" if len(line) > SHOWN_WIDTH else line for line in map(printable, g.lines[:SHOWN_LINES])]
    more = ["…"] if len(g.lines) > SHOWN_LINES else []
    right = g.record.get("verdict") == "correct"
    status = "incomplete" if right and g.status in (WRONG, PARTIAL) else g.status  # it is right, and the rubric has something else against it
    said = g.status not in (FULL, MISSING) and (hints > 1 or right or g.status == REVIEW and g.record.get("verdict") != "wrong")
    return {"question": printable(g.question), "title": question.title, "status": status, "points": number(g.points or 0),
            "out_of": number(g.out_of), "lines": shown + more, "judged": judged[:SHOWN_LINES],
            "conditions": ", ".join(g.record["conditions"]) if right else "",
            "reason": sentence(beside_lines(g, judged[:SHOWN_LINES])) if said else "",
            "hint": said_to_student(g, hints)}  # fmt: skip


def told(line: dict[str, Any], hints: int) -> dict[str, Any]:
    """The verdict on one line as its student sees it; a line that claims nothing does not follow from anything."""
    detail = line["detail"]
    if line["verdict"] == "correct" and detail in NO_CLAIM:
        return {**line, "verdict": detail, "detail": ""}
    shown = hints > 1 and not line.get("follows") or line["verdict"] == "unread"
    return {**line, "detail": sentence(detail.removeprefix("it cannot be read: ")) if shown else ""}


def beside_lines(g: Grade, judged: Sequence[dict[str, Any]]) -> str:
    """The reason for the points of an answer, without what stands beside its lines already."""
    for line in g.record.get("lines", []):
        if any(one["line"] == line["line"] and one["detail"] for one in judged):
            for begin in (f"Line {line['line']} does not follow. ", f"Line {line['line']}: "):
                if g.reason.startswith(begin + line["detail"]):
                    return g.reason.removeprefix(begin + line["detail"]).strip()
    return g.reason


def sentence(text: str) -> str:
    r"""A remark of the judge as a sentence; what it quotes, as it was written.

    >>> sentence("it could not be held against what stood before"), sentence("'\\\\input' cannot be read here"), sentence("")
    ('It could not be held against what stood before.', "'\\input' cannot be read here.", '')
    """
    text = capital(text.replace("\\\\", "\\"))
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."


def printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable())


def for_class(grades: Sequence[Grade], key: Key) -> dict[str, str]:
    """The page of the class: which mistakes, how often. It names nobody."""
    students = len({g.student for g in grades})
    return drawn("class", {"title": key.title, "students": students, "questions": [in_class(q, grades) for q in key.questions]})


def in_class(question: Question, grades: Sequence[Grade]) -> dict[str, Any]:
    """How the class did on one question."""
    own = [g for g in grades if g.question == question.id]
    points = [g.points for g in own if g.points is not None and g.status != MISSING]
    wrong = [g.record for g in own if g.record.get("verdict") == "wrong"]
    kinds = Counter(r["mistake"]["kind"] if r["mistake"] else "" for r in wrong)
    named = [{"kind": kind or "a mistake that could not be named", "count": n, "hint": nudge(kind) if kind else ""}
             for kind, n in kinds.most_common()]  # fmt: skip
    lines = Counter(r["first_wrong_line"] for r in wrong if r["first_wrong_line"])
    return {"id": printable(question.id), "title": question.title, "points": number(question.points),
            "mean": number(mean(points)) if points else "–", **{s: sum(g.status == s for g in own) for s in STATUSES},
            "mistakes": named, "lines": [{"line": line, "count": n} for line, n in lines.most_common(3)]}  # fmt: skip


def nudge(kind: str) -> str:
    nudges: dict[str, str] = environment().get_template("hints.j2").module.NUDGES  # type: ignore[attr-defined]
    return nudges.get(kind, "")


def for_review(grades: Sequence[Grade], key: Key, truths: Sequence[dict[str, Any]], faults: Sequence[str],
               remarks: Sequence[str]) -> str:  # fmt: skip
    """What a person has to look at."""
    left = [{"student": printable(g.student), "question": printable(g.question), "least": number(g.least), "most": number(g.most),
             "out_of": number(g.out_of), "reason": sentence(g.reason)} for g in grades if g.status == REVIEW]  # fmt: skip
    view = {"title": key.title, "faults": faults, "truths": truths, "open": left, "remarks": list(map(printable, remarks))}
    return drawn("review", view, ("md",))[".md"]
