"""`derive check class/ --key key.toml`: from what was handed in to grades, resuming where an earlier run was ended."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from derive.cli_files import make_folder, write, write_all
from derive.course import gradebook, rubric
from derive.course.engines import cluster, finished, local
from derive.course.judging import TRUTH, Done, Task
from derive.course.key import Key, Question, read_key
from derive.course.ledger import Ledger
from derive.course.rubric import Grade
from derive.course.submissions import Collected, Submission, collect
from derive.orders import Checking, Refused
from derive.workers import READING, Workers, processors, what_was_read

EVERY = 5.0  # seconds between two lines of progress

Records = dict[Task, dict[str, Any]]


@dataclass(frozen=True)
class Found:
    """All that is known at the end: the key, what was handed in, what was judged, and what speaks against the key."""

    key: Key
    handed: Collected
    records: Records
    faults: dict[str, str]  # by the question that is in doubt
    notes: tuple[str, ...] = ()  # of the key too, but nothing is in doubt for them


def grade_class(asked: Checking) -> int:
    """Grade a class and write down the grades. Returns the exit status: 1 where the key itself is wrong."""
    paths = list(map(Path, asked.files))
    inside = next((p for p in paths if p.is_dir() and Path(asked.output).resolve().is_relative_to(p.resolve())), None)
    if inside is not None:
        raise Refused(f"the results in {asked.output} would stand among the submissions in {inside}: choose another folder with -o")
    with Workers(asked.jobs or processors()) as workers:
        key = key_from(workers, asked)
        handed = collect(asked.files, [q.id for q in key.questions], (str(asked.key), *asked.problems))
        if not handed.students:
            raise Refused(f"there is no submission in {', '.join(asked.files)}")
        folder = make_folder(asked.output)
        with Ledger(folder / "journal.jsonl") as ledger:
            records = records_of(tasks_of(key, handed), key, workers, ledger, asked)
            found = Found(key, handed, records, *held_against(key, records))
            grades = list(grades_of(found))
            write_down(folder, grades, found, asked)  # while the journal is ours: no other run writes here
    sum_up(grades, found, asked)
    return 1 if found.faults else 0


def key_from(workers: Workers, asked: Checking) -> Key:
    """The key, read in a worker."""
    found: Key = what_was_read(workers.pool.schedule(read_key, args=[asked.key, asked.problems], timeout=READING), str(asked.key))
    return found


def tasks_of(key: Key, handed: Collected) -> list[Task]:
    """All that has to be found out, each once: the truth of each problem, the key's own answers, those of the students."""
    asked = {q.id: q for q in key.questions}
    truths = [Task(problem, TRUTH) for q in key.questions for problem in q.problems]
    own = [task for q in key.questions for task, _ in key_tasks(q, key)]
    theirs = [task_of(asked[s.question], s) for s in handed.answers.values() if not s.trouble and asked[s.question].problem_of(s.student)]
    return list(dict.fromkeys([*truths, *own, *theirs]))


def key_tasks(q: Question, key: Key) -> Iterator[tuple[Task, str]]:
    """The key's answers to a question and to its problem, each with its name."""
    if q.answer:
        yield Task(q.problem, q.kind, q.answer, q.sympy), f"the answer of the key to question {q.id!r}"
    for problem in q.problems:
        if problem in key.known:
            yield Task(problem, "Z", (key.known[problem],), True), f"Z of the problem {problem!r} in the key"


def task_of(q: Question, s: Submission) -> Task:
    return Task(q.problem_of(s.student), q.kind, s.lines)


def records_of(tasks: Sequence[Task], key: Key, workers: Workers, ledger: Ledger, asked: Checking) -> Records:
    """A record of each task: what the journal has, and what is found out now."""
    items = {task: task.item(key.prints[task.problem]) for task in tasks}
    known = {task: ledger.find(item, asked.budget) for task, item in items.items()}
    records: Records = {task: record for task, record in known.items() if record is not None}
    left = [task for task in tasks if task not in records]
    with progress(len(left), len(records)) as step:
        for done in outcomes(left, key, workers, asked):
            if done.fault and asked.debug:
                click.echo(done.fault, err=True)
            if not done.crashed:  # the next run tries once more what crashed in this one
                ledger.add(items[done.task], asked.budget, done.record)
            records[done.task] = done.record
            step()
    return records


def outcomes(tasks: Sequence[Task], key: Key, workers: Workers, asked: Checking) -> Iterator[Done]:
    """Each task with its outcome, from the engine that was asked for."""
    if not tasks:
        return
    if asked.engine == "local":
        yield from finished(tasks, local(workers, key.problems, asked.budget), 4 * workers.jobs)
        return
    with cluster(str(asked.scheduler), key.problems, asked.budget) as (start, ahead, look):
        yield from finished(tasks, start, ahead, look)


@contextmanager
def progress(left: int, before: int) -> Iterator[Any]:
    """Progress on standard error: a bar on a terminal, else a line now and then."""
    if before:
        click.echo(f"{before} of {before + left} items are in the journal of an earlier run.", err=True)
    if sys.stderr.isatty() and left:
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("judging", total=left)
            yield lambda: bar.advance(task)
        return
    counted, said = 0, time.monotonic()

    def step() -> None:
        nonlocal counted, said
        counted += 1
        if counted == left or time.monotonic() - said > EVERY:
            click.echo(f"judged {counted} of {left}", err=True)
            said = time.monotonic()

    yield step


def held_against(key: Key, records: Records) -> tuple[dict[str, str], tuple[str, ...]]:
    """What of the key was refuted, by the question or the problem that is in doubt; and remarks on what was not established."""
    faults: dict[str, str] = {}
    notes: dict[str, None] = {}
    for q in key.questions:
        for task, what in key_tasks(q, key):
            record = records[task]
            said = f"{what[0].upper()}{what[1:]} {{}}: {record['detail'] or 'no reason is known.'}"
            if record["verdict"] == "wrong":
                faults[q.id] = said.format("is wrong")
            elif record["verdict"] == "undecided":
                notes[said.format("could not be established")] = None
    return faults, tuple(notes)


def grades_of(found: Found) -> Iterator[Grade]:
    """A grade for each student and question, students in alphabetical order."""
    for student in sorted(found.handed.students, key=lambda name: (name.casefold(), name)):
        for q in found.key.questions:
            yield grade_of(q, student, found)


def grade_of(q: Question, student: str, found: Found) -> Grade:
    """The grade for one answer. What could not be read, and what a wrong key is in doubt of, is for a person to decide."""
    handed, troubles = found.handed.answers.get((student, q.id)), found.handed.troubles.get(student)
    if handed is None:
        return rubric.for_review(q, student, " ".join(troubles)) if troubles else rubric.missing(q, student)
    if handed.trouble:
        return rubric.for_review(q, student, handed.trouble, lines=handed.lines[:1], place=handed.place)
    problem = q.problem_of(student)
    if not problem:
        return rubric.for_review(q, student, f"The key names no variant of {q.id!r} for this student.", lines=handed.lines, place=handed.place)
    record, truth = found.records[task_of(q, handed)], found.records[Task(problem, TRUTH)]
    if q.id in found.faults:
        reason = f"The key is in doubt. By what is derived, this answer is {record['verdict']}. {record['detail']}"
        return rubric.for_review(q, student, reason, record, handed.lines, handed.place)
    share = rubric.share_of(q, record, handed.lines, truth["conditions"])
    return rubric.grade(q, student, share, record, handed.lines, handed.place)


def write_down(folder: Path, grades: Sequence[Grade], found: Found, asked: Checking) -> None:
    """All files. Each is whole or not there."""
    from derive.course import feedback

    key, remarks = found.key, [*found.notes, *found.handed.remarks, *other_files(found)]
    faults = list(dict.fromkeys(found.faults.values()))
    write(folder / "grades.csv", gradebook.long_csv(grades))
    write(folder / "canvas.csv", gradebook.canvas_csv(grades, key))
    write(folder / "moodle.csv", gradebook.moodle_csv(grades, key))
    write(folder / "grades.json", gradebook.as_json(grades, key, faults, remarks))
    write(folder / "review.md", feedback.for_review(grades, key, truths_of(found), faults, remarks))
    write_all(folder, "class", feedback.for_class(grades, key))
    pages, results, taken = make_folder(str(folder / "feedback")), make_folder(str(folder / "gradescope")), set[str]()
    for student, own in gradebook.by_student(grades).items():
        name = gradebook.file_name(student, taken)
        for suffix, content in feedback.for_student(student, own, key, asked.hints).items():
            write(pages / (name + suffix), content)
        write(make_folder(str(results / name)) / "results.json", gradebook.gradescope(own, asked.hints))


def truths_of(found: Found) -> list[dict[str, Any]]:
    """What was derived of each problem."""
    records = {problem: found.records[Task(problem, TRUTH)] for q in found.key.questions for problem in q.problems}
    return [{"problem": id, "Z": r["read_as"] if r["verdict"] == "derived" else "", "conditions": ", ".join(r["conditions"]),
             "reason": r["detail"]} for id, r in records.items()]  # fmt: skip


def other_files(found: Found) -> list[str]:
    return [f"{student}: {trouble}" for student, own in found.handed.troubles.items() for trouble in own]


def sum_up(grades: Sequence[Grade], found: Found, asked: Checking) -> None:
    """A line for each student (or all of it as JSON), and on standard error what somebody has to know."""
    for student, own in gradebook.by_student(grades).items():
        if asked.as_json:
            click.echo(gradebook.line(student, own))
        else:
            said = ", ".join(f"{g.question} {g.status}" + ("" if g.points is None else f" {g.points:g}/{g.out_of:g}") for g in own)
            click.echo(printed(f"{student}: {said}"))
    for remark in [*found.faults.values(), *found.notes, *found.handed.remarks, *other_files(found)]:
        click.echo(printed(remark), err=True)
    seen = Counter(g.status for g in grades)
    counts = ", ".join(f"{n} {what}" for what, n in seen.most_common())
    click.echo(f"{len(found.handed.students)} students, {len(grades)} answers: {counts}. Results: {asked.output}", err=True)


def printed(text: str) -> str:
    """Text that sends nothing to a terminal but itself."""
    return "".join(c for c in text if c.isprintable())
