"""What a worker process does for `derive check`: read claims, problems and documents, judge a claim or a display; heavy imports come late."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from derive.alarm import alarmed
from derive.orders import Refused


@dataclass(frozen=True)
class Handed:
    """A claim on its way to a worker: its id, the id of its problem, itself in pickled form, the known answers."""

    id: str
    problem: str
    content: bytes
    answers: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Read:
    """All that was read: the claims, and the problems by their ids."""

    claims: tuple[Handed, ...]
    problems: dict[str, bytes]


def run(task: str, *args: Any, seconds: float) -> Any:
    """Do a task of this module; if nobody is left to end the process, the alarm does."""
    with alarmed(seconds):
        return TASKS[task](*args)


def read(paths: tuple[tuple[str, str | None], ...], extra: tuple[str, ...]) -> Read:
    """The claims of some files, with problems from these and from `extra`. Raises Refused, a sentence with the place."""
    from derive.grade.handed import claims
    from derive.read.files import file_text
    from derive.read.names import ReadError

    try:
        texts = [(path, content if content is not None else file_text(path)) for path, content in paths]
        found = [c for path, content in texts for c in claims(content, path)]
        problems: dict[str, bytes] = {}
        for path, content in [*texts, *((path, file_text(path)) for path in extra)]:
            gather(problems, path, content)
    except ReadError as error:
        raise Refused(str(error)) from None
    if not found:
        raise Refused(f"there is no [[claim]] in {', '.join(path for path, _ in paths)}")
    twice = next((c.id for i, c in enumerate(found) if c.id in [d.id for d in found[:i]]), None)
    if twice is not None:
        raise Refused(f"the id {twice!r} stands at more than one claim")
    return Read(tuple(Handed(c.id, c.problem, pickle.dumps(replace(c, answers={})), dict(c.answers)) for c in found), problems)


def gather(problems: dict[str, bytes], path: str, content: str) -> None:
    """Add the problems of a file. Raises ReadError where two different ones share an id."""
    from derive.read.files import loads
    from derive.read.names import ReadError

    for problem in loads(content, path):
        sealed = pickle.dumps(replace(problem, known={}))
        if problems.get(problem.id, sealed) != sealed:
            raise ReadError(f"{path}: the problem {problem.id!r} stands in another file too, and differs")
        problems[problem.id] = sealed


KEPT = 200  # problems whose truth a worker remembers
truths: dict[bytes, Any] = {}


def judge(handed: Handed, problem: bytes | None, budget: float) -> tuple[dict[str, Any], str]:
    """The judgement on one claim as plain data, and a traceback where the program itself failed."""
    from derive.grade.handed import Judgement
    from derive.grade.judge import judge as judge_one

    if problem is None:
        reason = f"There is no problem {handed.problem!r} in these files; name the file that holds it with --problems."
        return Judgement(handed.id, "undecided", detail=reason).to_dict(), ""
    try:
        return judge_one(pickle.loads(handed.content), truth_for(problem, budget), budget).to_dict(), ""
    except RecursionError:
        return Judgement(handed.id, "undecided", detail="It is nested too deeply.").to_dict(), ""
    except Exception as error:
        detail = f"The judge failed ({type(error).__name__}: {str(error)[:200]})."
        return Judgement(handed.id, "undecided", detail=detail).to_dict(), traceback.format_exc()


def truth_for(problem: bytes, budget: float) -> Any:
    """What is true of a problem, derived once in each worker."""
    from derive.grade.truth import truth_of

    if problem not in truths:
        if len(truths) >= KEPT:
            truths.clear()
        truths[problem] = truth_of(pickle.loads(problem), budget)
    return truths[problem]


def displays(path: str) -> list[tuple[int, bytes]]:
    """The displays of a document with their lines, in pickled form. Raises Refused where it cannot be read."""
    from derive.grade.notes.declared import jobs
    from derive.grade.writing.documents import formulas_of
    from derive.read.files import file_text
    from derive.read.names import ReadError

    try:
        return [(job.line, pickle.dumps(job)) for job in jobs(formulas_of(file_text(path), path))]
    except ReadError as error:
        raise Refused(str(error)) from None


def proofread(display: bytes, budget: float) -> list[dict[str, Any]]:
    """The judgement on each step of a display as plain data. A failure of the program leaves the display undecided."""
    from derive.grade.notes.proofread import Found
    from derive.grade.notes.proofread import proofread as read_closely

    job = pickle.loads(display)
    try:
        return [found.to_dict() for found in read_closely(job, budget)]
    except Exception as error:
        detail = f"it could not be judged ({type(error).__name__}: {str(error)[:200]})"
        return [Found(job.line, "", "", "undecided", detail).to_dict()]


TASKS: dict[str, Callable[..., Any]] = {"read": read, "judge": judge, "displays": displays, "proofread": proofread}
