"""The command `derive variants`. Nothing here imports SymPy: that happens in the worker processes."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from derive.cli_check import Seconds
from derive.orders import Answer, Failed, ProblemFile, Refused, Sealed, Wanted

if TYPE_CHECKING:
    from derive.variants.drawn import Variant
    from derive.workers import Workers

MOST = 2000  # variants of one problem
MORE = 8  # candidates beyond twice the number wanted: some may turn out not to be derived
SETTLED = ("agrees", "proved", "enclosed")


@dataclass(frozen=True)
class Set:
    """The variants of one problem that are handed out, each with its answer."""

    problem: str
    good: tuple[tuple[Variant, Answer], ...]

    def of(self, number: int) -> Variant:
        """The variant of the student with this number: in turns, where there are more students."""
        return self.good[number % len(self.good)][0]

    def record(self, student: str, number: int) -> dict[str, Any]:
        """What the student with this number is set, as plain data: the problem as a problem file states it, and Z."""
        variant, answer = self.good[number % len(self.good)]
        changed = dict(variant.changed)
        return {"student": student, "question": self.problem, "problem": variant.id, "changed": changed, "table": variant.table,
                "Z": answer.record["Z"], "conditions": answer.record["conditions"]}  # fmt: skip


@click.command(short_help="Make variants of problems, with sheets and a key.")
@click.argument("file")
@click.option("-n", "count", type=click.IntRange(1, MOST), metavar="N", help="How many variants. Default: one for each student.")
@click.option("--seed", type=int, default=1, show_default=True, help="What the random draws depend on, and nothing else.")
@click.option("-o", "--output", metavar="DIR", help="Where everything is written; a new folder.")
@click.option("--force", is_flag=True, help="Put the new set in the place of one that this command wrote to DIR before.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each student and problem instead, and write nothing.")
@click.option("--roster", metavar="CSV", help="The students: a CSV file with the column 'student', or one name a line.")
@click.option("--ask", "kind", type=click.Choice(("Z", "p", "steps")), default="Z", show_default=True,
              help="What the key expects: Z, the density, or a derivation.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes. Default: one for each processor.")
@click.option("--budget", type=Seconds(), default=20.0, metavar="SECONDS", help="Time for one variant (default: 20).")
@click.pass_context
def variants(ctx: click.Context, file: str, count: int | None, seed: int, output: str | None, force: bool, as_json: bool, roster: str | None,
             kind: str, jobs: int | None, budget: float) -> None:
    """Make variants of the problems of FILE (TOML) for the students of a class.

    Each variant is derived and checked; what could not be is not handed out. In DIR: sheets/ and keys/ with a file for each student,
    derivations/ for whoever teaches, key.toml for `derive check`, and an index of who got what.
    The same file, number and seed give the same variants. The exit status is 1 where students have to share variants.

    \b
    Examples:
      derive variants examples/gamma.toml -n 3 -o sheets
      derive variants problems.toml --roster students.csv --seed 7 --ask steps -o week3
      derive variants problems.toml -n 20 --json > variants.jsonl
    """
    from derive.workers import Workers, processors

    if as_json and (output or force):
        raise click.UsageError("--json prints to standard output; leave out -o and --force")
    if not as_json and output is None:
        raise click.UsageError("say with -o to which folder the sheets and keys are written, or print them with --json")
    students = students_of(roster, count)
    if output is not None:
        refuse_taken(Path(output), force)
    sets = []
    with Workers(jobs or processors()) as workers:
        for one in found(workers, file, count or len(students), seed, budget):
            sets.append(one)
            for number, student in enumerate(students if as_json else ()):
                click.echo(json.dumps(one.record(student, number), ensure_ascii=False))
        contents = pages(workers, Path(file).stem, students, sets, kind) if output is not None else {}
    if output is not None:
        put_down(Path(output), contents)
    short = [s for s in sets if len(s.good) < min(count or len(students), len(students))]
    for s in short:
        click.echo(f"derive: of {s.problem!r} only {len(s.good)} variants could be made and derived: students share them", err=True)
    if output is not None:
        click.echo(f"{len(students)} students, {sum(len(s.good) for s in sets)} variants: {output}")
    ctx.exit(1 if short else 0)


def students_of(roster: str | None, count: int | None) -> list[str]:
    """The students' names; numbers where there is no roster. Raises Refused, UsageError."""
    from derive.course.plain_files import whole
    from derive.course.submissions import DELIMITERS, named

    if roster is None:
        if count is None:
            raise click.UsageError("say how many variants with -n, or name the students with --roster")
        return [f"variant-{n:0{len(str(count))}d}" for n in range(1, count + 1)]
    try:
        text = whole(Path(roster)).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"{roster} is not UTF-8: byte {error.start + 1} cannot be read") from None
    first = text.split("\n", 1)[0]
    try:
        cells = csv.reader(StringIO(text, newline=""), strict=True, delimiter=max(DELIMITERS, key=first.count))
        rows = [row for row in cells if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Refused(f"{roster} is not CSV: {error}") from None
    head = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if len(head) > 1 and "student" not in head:
        raise Refused(f"{roster}: the first row has several cells, and none of them is 'student', which names the column of the students")
    at, rows = (head.index("student"), rows[1:]) if "student" in head else (0, rows)
    students = [named(printed(row[at])) for row in rows if at < len(row)]
    if not all(students) or not students:
        raise Refused(f"{roster} names no student" if not students else f"{roster}: a row has no name in the column 'student'")
    twice = next((s for s in students if students.count(s) > 1), None)
    if twice:
        raise Refused(f"{roster}: {twice!r} stands there twice; tell the two apart, for the key goes by names")
    return students


def printed(name: str) -> str:
    """A name without characters that show nothing."""
    return "".join(c if c.isprintable() else " " for c in name)


def refuse_taken(folder: Path, force: bool = False) -> None:
    """Raises Refused where something stands in the folder; with `force`, something else than what this command writes."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not force:
        raise Refused(f"{folder} exists already: choose another folder with -o, so that no sheet that was handed out is lost, "
                      "or write --force to replace it")  # fmt: skip
    if not folder.is_dir() or folder.is_symlink() or strangers(folder):
        raise Refused(f"{folder} holds something else than what this command writes, and is not replaced: choose another folder with -o")


def strangers(folder: Path) -> bool:
    """Whether a folder holds anything that is no part of a set of variants, or is no such set."""
    own = {"sheets", "keys", "derivations", "key.toml", "index.csv", "index.json"}
    files = [p for name in ("sheets", "keys", "derivations") if (folder / name).is_dir() for p in (folder / name).iterdir()]
    known = all(p.is_file() and not p.is_symlink() and p.suffix in (".tex", ".toml", ".md") for p in files)
    return {p.name for p in folder.iterdir()} != own or not known


def found(workers: Workers, file: str, count: int, seed: int, budget: float) -> Iterator[Set]:
    """For each problem as many good variants as are wanted, as far as they can be found."""
    from derive.cli_run import sign
    from derive.variants.drawn import candidates
    from derive.workers import READING, what_was_read

    future = workers.pool.schedule(candidates, args=[ProblemFile(file), 2 * count + MORE, seed], timeout=READING)
    for own, drawn in what_was_read(future, file):
        with sign(f"deriving variants of {own.id}"):
            answers = workers.answers([Sealed(v.id, v.content) for v in (own, *drawn)], Wanted(("md", "tex"), budget=budget))
            first = next(answers)
            if first.outcome != "normalized":
                raise Refused(f"problem {own.id!r} is {first.outcome}, not normalized: {first.record['reason']} It has no variants")
            good = list(islice(((v, a) for v, a in zip(drawn, answers, strict=False) if is_good(a, first, v.alike)), count))
        if not good:
            raise Failed(f"of problem {own.id!r} no variant could be derived and checked")
        yield Set(own.id, tuple(good))


def is_good(answer: Answer, own: Answer, alike: bool) -> bool:
    """Whether a variant is derived and checked, and asks for no more conditions than the problem itself; by the same rules, if `alike`."""
    record = answer.record
    if alike and {step["rule"] for step in record["steps"]} != {step["rule"] for step in own.record["steps"]}:
        return False
    verdicts = {c["name"]: c["verdict"] for c in record["checks"]}
    checked = "refuted" not in verdicts.values() and verdicts.get("numeric") in SETTLED
    return answer.outcome == "normalized" and not answer.failure and checked and len(record["conditions"]) <= len(own.record["conditions"])


def pages(workers: Workers, title: str, students: Sequence[str], sets: Sequence[Set], kind: str) -> dict[str, str]:
    """Every file by its name within the folder."""
    from derive.course.gradebook import file_name, table
    from derive.variants.pages import key, sheets
    from derive.workers import READING, what_was_read

    handed = {student: [s.of(number) for s in sets] for number, student in enumerate(students)}
    contents = {f"derivations/{file_name(v.id, set())}.{form}": a.texts[form] for s in sets for v, a in s.good for form in ("md", "tex")}
    drawn = workers.pool.schedule(sheets, args=[title, {k: [v.content for v in own] for k, own in handed.items()}], timeout=READING)
    taken: set[str] = set()
    tables = {v.id: {**v.table, "Z": a.record["Z"]} for s in sets for v, a in s.good}
    for student, sheet in what_was_read(drawn, "the sheets").items():
        name, own = file_name(student, taken), handed[student]
        contents[f"sheets/{name}.tex"] = sheet
        questions = {s.problem: {student: v.id} for s, v in zip(sets, own, strict=True)}
        contents[f"keys/{name}.toml"] = key(title, questions, {v.id: tables[v.id] for v in own}, kind)
    by_question = {s.problem: {student: s.of(n).id for n, student in enumerate(students)} for s in sets}
    contents["key.toml"] = key(title, by_question, tables, kind)
    rows = [(student, s.problem, v.id, ", ".join(f"{a} = {b}" for a, b in v.changed)) for student, own in handed.items()
            for s, v in zip(sets, own, strict=True)]  # fmt: skip
    contents["index.csv"] = table([("student", "question", "problem", "changed"), *rows])
    contents["index.json"] = json.dumps([index_entry(*row) for row in rows], ensure_ascii=False, indent=1) + "\n"
    return contents


def index_entry(student: str, question: str, problem: str, changed: str) -> dict[str, Any]:
    return {"student": student, "question": question, "problem": problem, "changed": changed}


def put_down(folder: Path, contents: dict[str, str]) -> None:
    """Write all files, or none: they come into being in a folder beside, which takes the place of `folder` at the end."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=folder.resolve().parent, prefix=f".{folder.name[:40]}."))
        try:
            for name, content in contents.items():
                (beside / name).parent.mkdir(exist_ok=True)
                (beside / name).write_text(content, encoding="utf-8", newline="\n")
            beside.chmod(0o755)
            take_place(beside, folder)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
    except OSError as error:
        raise Refused(f"cannot write to the folder {folder}: {error.strerror}") from None


def take_place(beside: Path, folder: Path) -> None:
    """The new folder in the place of the old one, which is empty or a set to be replaced: refuse_taken saw to that."""
    if not folder.exists():
        beside.rename(folder)
        return
    old = beside.with_name(f"{beside.name}.old")
    folder.rename(old)
    try:
        beside.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
