"""The command `derive check`. Nothing here imports SymPy or the workers before they are needed."""

from __future__ import annotations

import math
from typing import Any

import click

from derive.orders import Checking

DOCUMENTS = (".md", ".markdown", ".tex", ".latex", ".ipynb")


def is_document(path: str) -> bool:
    """Whether a file is a document by its ending.

    >>> is_document("notes.md"), is_document("homework.toml")
    (True, False)
    """
    return path.lower().endswith(DOCUMENTS)


class Seconds(click.FloatRange):
    """A time above 0, and no infinite one."""

    def __init__(self) -> None:
        super().__init__(min=0, min_open=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        seconds = super().convert(value, param, ctx)
        return seconds if math.isfinite(seconds) else self.fail(f"{value} is not a time in seconds", param, ctx)


@click.command(short_help="Judge claims, derivations and documents.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--problems", multiple=True, metavar="FILE", help="Another TOML file with the problems that claims name (repeatable)."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line instead, each as soon as it is done.")
@click.option(
    "--hints",
    type=click.IntRange(0, 3),
    default=1,
    show_default=True,
    help="How much is given away: 0 nothing, 1 a nudge, 2 where to look, 3 an explanation.",
)
@click.option("--compare", is_flag=True, help="Hold verdicts against the known ones in FILE; exit status 1 where they differ.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes. Default: one for each processor.")
@click.option(
    "--budget",
    type=Seconds(),
    default=20.0,
    metavar="SECONDS",
    help="Time for one claim (default: 20); past it the verdict is 'undecided'.",
)
@click.option("--key", metavar="FILE", help="Grade a class: FILE... are folders, CSV or TOML with submissions, --key asks and weighs.")
@click.option("-o", "--output", metavar="DIR", default="graded", show_default=True, help="Where a class's results are written.")
@click.option(
    "--engine", type=click.Choice(("local", "dask")), default="local", show_default=True, help="Where the work on a class is done."
)
@click.option("--scheduler", metavar="ADDRESS", help="The scheduler of the Dask cluster, as in tcp://host:8786.")
@click.option("--debug", is_flag=True, help="Show tracebacks of errors inside the program.")
@click.pass_context
def check(ctx: click.Context, **asked: Any) -> None:
    """Judge the claims in FILE..., TOML files with [[claim]] tables ('-' reads one from standard input).

    A claim is correct, wrong (with a point at which it differs) or undecided; a derivation has a verdict on every line.
    The exit status is 1 where a claim is wrong; of a class, where the key itself is wrong.
    Documents (.md, .tex, .ipynb) are proofread: every equality in their formulas is proved, agrees, refuted (with a point), undecided or unread.
    With --key a class is graded; run again after an interruption, it goes on where it was ended.

    \b
    Examples:
      derive check homework.toml
      derive check homework.toml --problems problems.toml --json > verdicts.jsonl
      derive check homework.toml --compare
      derive check notes.tex
      derive check class/ --key key.toml -o graded
    """
    order = Checking(**asked)
    if order.key is None and any(map(is_document, order.files)):
        if not all(map(is_document, order.files)) or order.problems or order.compare:
            raise click.UsageError("documents are proofread by themselves: not beside TOML files, --problems or --compare")
        from derive.cli_proofread import proofread_all

        ctx.exit(proofread_all(order))
    if order.key is None:
        from derive.cli_judge import judge_all

        ctx.exit(judge_all(order))
    if order.compare:
        raise click.UsageError("--compare holds claims against known answers; a class has none")
    if (order.engine == "dask") != (order.scheduler is not None):
        raise click.UsageError("--engine dask and --scheduler ADDRESS belong together")
    from derive.course.session import grade_class

    ctx.exit(grade_class(order))
