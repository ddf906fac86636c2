"""What a worker does for a class: derive what is true of a problem, or judge one answer. What is heavy is imported late."""

from __future__ import annotations

import pickle
import signal
from dataclasses import dataclass
from typing import Any

import derive
from derive.cli_judge import bare
from derive.course.key import fingerprint

TRUTH = "truth"  # the kind of a task that asks what is true of a problem


@dataclass(frozen=True)
class Task:
    """One thing to find out: the truth of a problem, or whether an answer to it is right."""

    problem: str
    kind: str
    lines: tuple[str, ...] = ()
    sympy: bool = False

    def item(self, problem_print: str) -> str:
        """Its fingerprint: the same answer to the same problem is the same item, whoever hands it in."""
        return fingerprint([derive.__version__, problem_print, self.kind, list(self.lines), self.sympy])

    @property
    def text(self) -> str:
        return " ".join(self.lines)


@dataclass(frozen=True)
class Done:
    """What became of a task: its record, a traceback where the program failed, and whether the worker ended without an answer."""

    task: Task
    record: dict[str, Any]
    fault: str = ""
    crashed: bool = False


def do(task: Task, problem: bytes, budget: float, seconds: float) -> tuple[dict[str, Any], str]:
    """Do a task in this process; if nobody is left to end it, the alarm does."""
    if hasattr(signal, "alarm"):
        signal.alarm(int(seconds) + 5)
    try:
        return truth_record(problem, budget) if task.kind == TRUTH else judged(task, problem, budget)
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def judged(task: Task, problem: bytes, budget: float) -> tuple[dict[str, Any], str]:
    """The judgement on an answer."""
    from derive.grade.handed import Claim
    from derive.grade.work import Handed, judge

    steps = task.kind == "steps"
    claim = Claim("", task.problem, task.kind, "" if steps else task.text, task.sympy and not steps, task.lines if steps else ())
    return judge(Handed("", task.problem, pickle.dumps(claim)), problem, budget)


def truth_record(problem: bytes, budget: float) -> tuple[dict[str, Any], str]:
    """Z of a problem as it is derived, and the conditions that it needs."""
    from derive.grade.work import truth_for

    found = truth_for(problem, budget)
    verdict = "undecided" if found.Z is None else "derived"
    record = {**bare("", found.reason), "verdict": verdict, "read_as": str(found.Z), "conditions": [str(c) for c in found.conditions]}
    return record, ""
