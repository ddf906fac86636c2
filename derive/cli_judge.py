"""What `derive check` does once its options are understood: each claim is judged in a worker process, with a time limit."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import click
from pebble import ProcessExpired

from derive.grade.work import Handed, Read, run
from derive.orders import Checking, Refused
from derive.workers import GRACE, READING, Workers, ending, in_order, processors

SHORT = {"correct": "correct", "wrong": "WRONG", "undecided": "undecided"}


def judge_all(asked: Checking) -> int:
    """Judge every claim and print each judgement as soon as it is known. Returns the exit status."""
    seen: Counter[str] = Counter()
    with Workers(asked.jobs or processors()) as workers:
        read = read_all(workers, asked.files, asked.problems)
        for handed, record, fault in judgements(workers, read, asked.budget):
            if fault and asked.debug:
                click.echo(fault, err=True)
            compared = against(record, handed.answers) if asked.compare else None
            click.echo(as_line(record, compared) if asked.as_json else as_text(record, asked.hints, compared))
            sys.stdout.flush()
            seen.update([record["verdict"], *([f"compare: {compared[0]}"] if compared else [])])
    if not asked.as_json and len(read.claims) > 1:
        click.echo(f"{len(read.claims)} claims: " + ", ".join(f"{n} {what}" for what, n in seen.most_common()), err=True)
    return 1 if (seen["compare: differs"] if asked.compare else seen["wrong"]) else 0


def read_all(workers: Workers, files: tuple[str, ...], problems: tuple[str, ...]) -> Read:
    """The claims and problems of all files. Raises Refused, a sentence, where they cannot be read."""
    from derive.cli_files import standard_input

    paths = tuple(("standard input", standard_input()) if f == "-" else (f, None) for f in files)
    try:
        found: Read = scheduled(workers, "read", paths, problems, seconds=READING).result()
        return found
    except TimeoutError:
        raise Refused(f"reading takes more than {READING:g} s") from None
    except ProcessExpired as error:
        raise Refused(f"reading ended the process that read ({ending(error)})") from None


def scheduled(workers: Workers, task: str, *args: Any, seconds: float) -> Future[Any]:
    """A task of the judge, in a worker."""
    return workers.schedule(task, *args, seconds=seconds, by=run)


def judgements(workers: Workers, read: Read, budget: float) -> Iterator[tuple[Handed, dict[str, Any], str]]:
    """The judgement on each claim, in their order, each as soon as it and those before it are known."""

    def start(handed: Handed) -> Future[Any]:
        return scheduled(workers, "judge", handed, read.problems.get(handed.problem), budget, seconds=2 * budget + GRACE)

    for handed, future in in_order(read.claims, start, 4 * workers.jobs):
        yield handed, *finished(handed, future, budget)


def finished(handed: Handed, future: Future[Any], budget: float) -> tuple[dict[str, Any], str]:
    """The judgement, or "undecided" and why where the worker gave none."""
    try:
        record, fault = future.result()
        return record, fault
    except TimeoutError:
        return bare(handed.id, f"No verdict was found within the time limit of {budget:g} s."), ""
    except ProcessExpired as error:
        return bare(handed.id, f"The process that worked on it ended ({ending(error)})."), ""


def bare(id: str, reason: str) -> dict[str, Any]:
    """An undecided judgement made without help of any worker."""
    return {"id": id, "verdict": "undecided", "conditions": [], "read_as": "", "first_wrong_line": 0, "lines": [],
            "mistake": None, "witness": None, "hints": [], "detail": reason, "evaluated": True}  # fmt: skip


def as_line(record: dict[str, Any], compared: tuple[str, str] | None) -> str:
    more = {"compare": {"verdict": compared[0], "detail": compared[1]}} if compared else {}
    return json.dumps({**record, **more}, ensure_ascii=False)


def as_text(record: dict[str, Any], level: int, compared: tuple[str, str] | None) -> str:
    """A judgement as a few lines of text."""
    lines = [f"{record['id']}: {SHORT[record['verdict']]}. {record['detail']}"]
    lines += [
        f"    line {x['line']}: {x['verdict']}. {x['detail']}".rstrip(". ") + "."
        for x in record["lines"]
        if x["verdict"] != "correct"
    ]
    lines += [f"    hint: {hint}" for hint in record["hints"][max(0, level - 1) : level]]
    if level == 3 and record["mistake"]:
        lines.append(f"    likely mistake: {record['mistake']['kind']}. {record['mistake']['detail']}")
    if compared:
        lines.append(f"    known answer: {compared[0]}. {compared[1]}")
    return "\n".join(lines)


def against(record: dict[str, Any], answers: dict[str, Any]) -> tuple[str, str] | None:
    """The verdict held against the known one: "agrees", "differs" or "undecided", and why."""
    if "verdict" not in answers:
        return None
    wanted, line = answers["verdict"], answers.get("first_wrong_line")
    plain = "wrong" if wanted == "wrong" else "correct"
    if record["verdict"] == "undecided":
        return "undecided", f"{wanted} is known."
    if record["verdict"] != plain:
        return "differs", f"{wanted} is known."
    if wanted == "correct-under-extra-assumption" and not record["conditions"]:
        return "differs", f"It is right under an assumption: {answers.get('extra_assumption', '')}."
    if line is not None and line != record["first_wrong_line"]:
        return "differs", f"Line {line} is known to be the first wrong one." if line else "No line is known to be wrong."
    return "agrees", f"{wanted} is known."
