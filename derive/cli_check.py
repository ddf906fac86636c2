"""The command `derive check`. Nothing here imports SymPy or the workers before they are needed."""

from __future__ import annotations

from typing import Any

import click

from derive.orders import Checking


@click.command(short_help="Judge claims and derivations.")
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
    type=click.FloatRange(min=0, min_open=True),
    default=20.0,
    metavar="SECONDS",
    help="Time for one claim (default: 20); past it the verdict is 'undecided'.",
)
@click.option("--debug", is_flag=True, help="Show tracebacks of errors inside the program.")
@click.pass_context
def check(ctx: click.Context, **asked: Any) -> None:
    """Judge the claims in FILE..., TOML files with [[claim]] tables ('-' reads one from standard input).

    A claim is correct, wrong (with a point at which it differs) or undecided; a derivation has a verdict on every line.
    The exit status is 1 where a claim is wrong.

    \b
    Examples:
      derive check homework.toml
      derive check homework.toml --problems problems.toml --json > verdicts.jsonl
      derive check homework.toml --compare
    """
    from derive.cli_judge import judge_all

    ctx.exit(judge_all(Checking(**asked)))
