"""The command `derive lint`. Nothing here imports SymPy or the workers before they are needed."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from derive.cli_check import Seconds
from derive.orders import Refused

if TYPE_CHECKING:
    from concurrent.futures import Future

    from derive.lint.work import Density
    from derive.workers import Workers

VERDICTS = ("normalized", "agrees", "not-normalized", "undecided", "unread")


@click.command(short_help="Say which published densities are not normalized.")
@click.argument("source")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line instead, each as soon as it is done.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes. Default: one for each processor.")
@click.option("--budget", type=Seconds(), default=20.0, metavar="SECONDS", help="Time for one density (default: 20).")
@click.pass_context
def lint(ctx: click.Context, source: str, names: tuple[str, ...], as_json: bool, jobs: int | None, budget: float) -> None:
    """Say which densities of SOURCE are not normalized on the support that they declare.

    SOURCE is "sympy.stats" (its classes), "scipy.stats" (the formulas of its docstrings), a document (.tex, .md, .ipynb) that states
    densities with their supports, or a TOML file of problems: those with the key density, or all kernels where none has it. With
    NAME..., only those that have one of these words in their names. An error is claimed only where it is proved; the exit status
    is 1 then.

    \b
    Examples:
      derive lint sympy.stats
      derive lint sympy.stats Kumaraswamy Frechet
      derive lint notes.tex
      derive lint densities.toml --json > findings.jsonl
    """
    from derive.workers import Workers, processors

    seen: Counter[str] = Counter()
    with Workers(jobs or processors()) as workers:
        every = densities(workers, source)
        chosen = [d for d in every if not names or any(name.lower() in d[0].lower() for name in names)]
        if not chosen:
            raise Refused(f"no density of {source} is called {' or '.join(names)}" if names else f"there is no density in {source}")
        for record in findings(workers, source, chosen, budget):
            seen[record["verdict"]] += 1
            click.echo(json.dumps(record, ensure_ascii=False) if as_json else as_text(source, record))
            sys.stdout.flush()
    if not as_json and len(chosen) > 1:
        click.echo(f"{len(chosen)} densities: " + ", ".join(f"{seen[v]} {v}" for v in VERDICTS))
    ctx.exit(1 if seen["not-normalized"] else 0)


def densities(workers: Workers, source: str) -> list[Density]:
    """The densities of a source. Raises Refused, a sentence, where there are none to be had."""
    from derive.lint.work import run
    from derive.workers import READING, what_was_read

    found: list[Density] = what_was_read(workers.schedule("densities", source, seconds=READING, by=run), source)
    return found


def findings(workers: Workers, source: str, chosen: list[Density], budget: float) -> Iterator[dict[str, Any]]:
    """What is found of each density, in order; of one whose worker was ended, that it is undecided."""
    from pebble import ProcessExpired

    from derive.lint.work import run
    from derive.workers import GRACE, ending, in_order

    limit = 2 * budget + GRACE

    def start(density: Density) -> Future[Any]:
        return workers.schedule("finding", source, density, budget, seconds=limit, by=run)

    for (name, *_), future in in_order(chosen, start, 2 * workers.jobs):
        try:
            yield future.result()
        except TimeoutError:
            yield undecided(name, f"Nothing was found within {limit:g} s.")
        except ProcessExpired as error:
            yield undecided(name, f"The process that worked on it ended ({ending(error)}).")


def undecided(name: str, detail: str) -> dict[str, Any]:
    return {"id": name, "verdict": "undecided", "mass": None, "point": None, "cause": None, "density": "", "support": [],
            "assumed": [], "notes": [], "detail": detail, "line": None, "seconds": None}  # fmt: skip


def as_text(source: str, record: dict[str, Any]) -> str:
    """A finding in a few lines."""
    place = f"{source}:{record['line']}: " if record["line"] else ""
    lines = [f"{place}{record['id']}: {record['verdict']}. {record['detail']}"]
    if record["verdict"] == "not-normalized":
        lines.append(f"density {record['density']} on {', '.join(record['support'])}")
    if record["assumed"]:
        lines.append(f"for {'; '.join(record['assumed'])}")
    lines += [f"note: {note}" for note in record["notes"]]
    if record["cause"]:
        lines.append(f"likely cause: {record['cause']['kind']}. {record['cause']['detail']}")
    return "\n    ".join(lines)
