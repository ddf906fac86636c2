"""What `derive normalize` and `derive report` do once their options are understood."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import click

from derive.cli_files import make_folder, write_all
from derive.orders import FORMATS, Answer, Failed, Kernel, ProblemFile, Sealed, Wanted
from derive.workers import Workers, processors

COMPARED = {"agrees": "as known", "differs": "NOT as known", "undecided": "short of what is known"}


@dataclass(frozen=True)
class Output:
    """Where a report goes: the format that is printed, and the folder and formats of the files, if any."""

    printed: str
    folder: str | None = None
    files: tuple[str, ...] = ()
    debug: bool = False

    def formats(self) -> tuple[str, ...]:
        return (self.printed, *(self.files if self.folder else ()))


def one(source: Kernel, wanted: Wanted, debug: bool) -> Answer:
    """The answer to a single kernel. Raises Refused, or Failed where its report could not be rendered."""
    with Workers(1) as workers:
        problems = workers.read(source)
        answer = next(watched(workers, problems, wanted))
    show_fault(answer, debug)
    if answer.failure:
        raise Failed(f"{answer.failure}; --debug shows where")
    return answer


def every(source: ProblemFile, output: Output, wanted: Wanted, jobs: int | None) -> int:
    """Print and write the answer to every problem of a file, each as soon as it is done. Returns the exit status."""
    with Workers(1 if jobs == 1 else jobs or processors()) as workers:
        problems = workers.read(source)
        folder = make_folder(output.folder) if output.folder else None
        seen: Counter[str] = Counter()
        for answer in watched(workers, problems, wanted):
            seen.update(deliver(answer, output, folder))
    if output.printed == "text" and len(problems) > 1:
        click.echo(summary(len(problems), seen), err=True)
    return 1 if seen["not rendered"] or sum(seen[COMPARED[bad]] for bad in ("differs", "undecided")) else 0


def deliver(answer: Answer, output: Output, folder: Path | None) -> Iterator[str]:
    """Print and write one answer; yields what is to be counted."""
    show_fault(answer, output.debug)
    if answer.failure:
        click.echo(f"derive: {answer.id}: {answer.failure}", err=True)
        yield "not rendered"
        return
    if folder:
        try:
            write_all(folder, answer.id, {FORMATS[form]: document(answer, form) for form in output.files})
        except Failed as error:
            click.echo(f"derive: {answer.id}: {error}", err=True)
            yield "not rendered"
    click.echo(dumps(answer) if output.printed == "json" else shown(answer, output.printed))
    sys.stdout.flush()
    yield answer.outcome
    if answer.comparison:
        yield COMPARED[answer.comparison[0]]


def shown(answer: Answer, form: str) -> str:
    """One derivation as it is printed, with what was seen against the known answers below it."""
    text = dumps(answer, indent=2) + "\n" if form == "json" else answer.texts[form]
    return "{}\nKnown answer: {}. {}\n".format(text, *answer.comparison) if answer.comparison else text


def document(answer: Answer, form: str) -> str | bytes:
    """The answer in one format. Raises Failed where a PDF cannot be made."""
    if form == "json":
        return dumps(answer, indent=2) + "\n"
    if form != "pdf":
        return answer.texts[form]
    from derive.report.pdf import NoPdf, pdf

    try:
        return pdf(answer.texts["tex"])
    except NoPdf as error:
        raise Failed(str(error)) from None


def dumps(answer: Answer, indent: int | None = None) -> str:
    """The JSON object of an answer; where it was compared, `compare` says how that went."""
    compared = {"compare": dict(zip(("verdict", "detail"), answer.comparison, strict=True))} if answer.comparison else {}
    return json.dumps({**answer.record, **compared}, indent=indent, ensure_ascii=False)


def summary(count: int, seen: Counter[str]) -> str:
    """The outcomes, counted."""
    return f"{count} problems: " + ", ".join(f"{number} {what}" for what, number in seen.most_common())


def watched(workers: Workers, problems: list[Sealed], wanted: Wanted) -> Iterator[Answer]:
    """The answers, with a sign on the terminal of what is being worked on, never while something is printed."""
    answers = workers.answers(problems, wanted)
    for number, problem in enumerate(problems, start=1):
        with sign(f"{problem.id} ({number} of {len(problems)})" if len(problems) > 1 else "deriving"):
            answer = next(answers)
        yield answer


def sign(text: str) -> AbstractContextManager[object]:
    """A spinner on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console
    from rich.markup import escape

    return Console(stderr=True).status(escape(text))


def show_fault(answer: Answer, debug: bool) -> None:
    if debug and answer.fault:
        click.echo(answer.fault, err=True)
