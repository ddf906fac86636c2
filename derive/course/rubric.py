"""Points for a judgement. What was not established is worth no number: it needs a review, and lies between two bounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from derive.course.key import Question, Rubric

FULL, PARTIAL, WRONG, REVIEW, MISSING = "correct", "partial", "wrong", "review", "missing"
NO_CLAIM = ("words", "a name is introduced")  # details of lines that hold because they claim nothing
OPEN = ("undecided", "unread")
UNEVALUATED = re.compile(r"\b(?:Integral|Sum|Product|Limit|Total)\(")


@dataclass(frozen=True)
class Grade:
    """Points for one answer. `points` is None where a person has to decide; they lie between `least` and `most` in any case.

    `status` is correct, partial, wrong, review or missing. `reason` is a sentence; `record` the judgement; `lines` the answer.
    """

    student: str
    question: str
    points: float | None
    least: float
    most: float
    out_of: float
    status: str
    reason: str = ""
    record: dict[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class Share:
    """What part of a question's points is earned: for certain, and at most."""

    least: float
    most: float
    reason: str = ""


def settled(share: float, reason: str = "") -> Share:
    return Share(share, share, reason)


def share_of(question: Question, record: dict[str, Any], lines: Sequence[str], given: Sequence[str] = ()) -> Share:
    """What a judgement is worth. `given` are the conditions that Z itself needs: an answer is not worth less for them."""
    rubric, extra = question.rubric, [c for c in record["conditions"] if c not in given]
    if record["verdict"] == "correct":
        return of_right(rubric, record, extra, question.kind)
    if question.kind == "steps" and record["lines"]:
        return of_lines(rubric, record, lines)
    if record["verdict"] == "undecided":
        return Share(0, 1, record["detail"] or "It could not be decided.")
    return settled(rubric.mistakes.get((record["mistake"] or {}).get("kind", ""), 0.0), record["detail"])


def of_right(rubric: Rubric, record: dict[str, Any], extra: list[str], kind: str) -> Share:
    """A right answer, unless something about it is for the rubric to weigh."""
    share = settled(1.0)
    if extra:
        share = weighed(rubric.assumption, f"It is right only where {', '.join(extra)}.", "assumption")
    if not record.get("evaluated", True) or (kind != "steps" and UNEVALUATED.search(record["read_as"])):
        own = weighed(rubric.unevaluated, "It is right, but no closed form: an integral or a sum is left in it.", "unevaluated")
        share = min(share, own, key=lambda s: (s.least, s.most))
    return share


def weighed(share: float | None, reason: str, rule: str) -> Share:
    """A share where the rubric states one."""
    return Share(0, 1, f"{reason} The rubric does not say what that is worth ('{rule}').") if share is None else settled(share, reason)


def of_lines(rubric: Rubric, record: dict[str, Any], lines: Sequence[str]) -> Share:
    """Partial credit for a derivation. A line that follows from a wrong one is right; one that claims nothing is not counted."""
    wrong = record["first_wrong_line"]
    judged = counted(record["lines"], lines)
    if not wrong and not any(line["verdict"] in OPEN for line in judged):
        return Share(0, 1, record["detail"])  # every line holds, and yet it is not right: it arrives nowhere
    scale = (1 - rubric.complete) / max(1, len(judged)) if rubric.credit != "whole" else 0.0
    stop = wrong if wrong and rubric.credit == "before" else len(record["lines"]) + 1
    right = [line["line"] for line in judged if line["verdict"] == "correct" and line["line"] < stop]
    open_ = [line["line"] for line in judged if line["verdict"] in OPEN and line["line"] < stop]
    sure = [n for n in right if n < min(open_, default=stop)] if rubric.credit == "before" else right  # an open line may be wrong
    return Share(scale * len(sure), scale * (len(right) + len(open_)) if wrong else 1.0, record["detail"])


def counted(judged: Sequence[dict[str, Any]], lines: Sequence[str]) -> list[dict[str, Any]]:
    """The lines that claim something, each once: what is repeated word for word adds nothing."""
    seen: set[str] = set()
    found = []
    for line in judged:
        text = "".join(lines[line["line"] - 1].split()) if line["line"] <= len(lines) else str(line["line"])
        if line["verdict"] == "correct" and (line["detail"] in NO_CLAIM or text in seen):
            continue
        seen.add(text)
        found.append(line)
    return found


def grade(question: Question, student: str, share: Share, record: dict[str, Any], lines: tuple[str, ...], place: str) -> Grade:
    """A share as points."""
    least, most = (round(question.points * part, 2) for part in (share.least, share.most))
    points = least if share.least == share.most else None
    status = REVIEW if points is None else FULL if share.least == 1 else PARTIAL if share.least > 0 else WRONG
    return Grade(student, question.id, points, least, most, question.points, status, share.reason, record, lines, place)


def missing(question: Question, student: str) -> Grade:
    """Nothing was handed in: no points."""
    return Grade(student, question.id, 0.0, 0.0, 0.0, question.points, MISSING, "Nothing was handed in.")


def for_review(question: Question, student: str, reason: str, record: dict[str, Any] | None = None,
               lines: tuple[str, ...] = (), place: str = "") -> Grade:  # fmt: skip
    """A person has to look at it."""
    return Grade(student, question.id, None, 0.0, question.points, question.points, REVIEW, reason, record or {}, lines, place)
