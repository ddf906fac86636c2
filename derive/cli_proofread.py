"""`derive check` for whole documents: each display is judged where it stands, in a worker process, with a time limit."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import click
from pebble import ProcessExpired

from derive.cli_judge import scheduled
from derive.orders import Checking
from derive.workers import GRACE, READING, Workers, ending, in_order, processors, what_was_read

VERDICTS = ("proved", "agrees", "refuted", "undecided", "unread")
Display = tuple[int, bytes]  # its line, and the display in pickled form


def proofread_all(asked: Checking) -> int:
    """Judge every step of every document and print what is not proved, or all of it as JSON. The exit status is 1 where one is refuted."""
    from derive.grade.notes.conventions import settled  # which imports SymPy

    seen: Counter[str] = Counter()
    with Workers(asked.jobs or processors()) as workers:
        for path in asked.files:
            names: dict[str, None] = {}
            for record in settled(steps(workers, displays(workers, path), asked.budget)):
                seen[record["verdict"]] += 1
                names.update(dict.fromkeys(record["names"]))
                if text := json.dumps({"file": path, **record}, ensure_ascii=False) if asked.as_json else as_text(path, record):
                    click.echo(text)
                    sys.stdout.flush()
            if names and not asked.as_json:
                click.echo(f"{path}: taken as real, since nothing declares them: {', '.join(names)}")
    if not asked.as_json:
        click.echo(f"{sum(seen.values())} steps: " + ", ".join(f"{seen[v]} {v}" for v in VERDICTS))
    return 1 if seen["refuted"] else 0


def displays(workers: Workers, path: str) -> list[Display]:
    """The displays of a document. Raises Refused, a sentence, where it cannot be read."""
    found: list[Display] = what_was_read(scheduled(workers, "displays", path, seconds=READING), path)
    return found


def steps(workers: Workers, found: list[Display], budget: float) -> Iterator[dict[str, Any]]:
    """The judgement on each step, in order; the steps of a display whose worker was ended are one that is undecided."""

    def start(display: Display) -> Future[Any]:
        return scheduled(workers, "proofread", display[1], budget, seconds=budget + GRACE)

    for (line, _), future in in_order(found, start, 4 * workers.jobs):
        try:
            yield from future.result()
        except TimeoutError:
            yield undecided(line, f"no verdict was found within the time limit of {budget:g} s")
        except ProcessExpired as error:
            yield undecided(line, f"the process that worked on it ended ({ending(error)})")


def undecided(line: int, detail: str) -> dict[str, Any]:
    """A display that was not judged."""
    return {"line": line, "left": "", "right": "", "verdict": "undecided", "detail": detail, "conditions": [], "taken": [],
            "given": [], "names": [], "witness": None, "ways": {}}  # fmt: skip


def as_text(path: str, record: dict[str, Any]) -> str:
    """One step in a line or two; nothing for one that is proved from what the document says."""
    taken = [f"{t['assumption']} ({t['because']})" for t in record["taken"]]
    if record["verdict"] == "proved" and not taken:
        return ""
    sides = " = ".join(short(side) for side in (record["left"], record["right"]) if side)
    lines = [f"{path}:{record['line']}: {record['verdict']}{': ' if sides else ''}{sides}", record["detail"]]
    if taken:
        lines.append(f"taken: {', '.join(taken)}")
    return "\n    ".join(line for line in lines if line)


def short(side: str) -> str:
    """A side in one line of at most 60 characters."""
    line = " ".join(side.split())
    return line if len(line) <= 60 else f"{line[:57]}..."
