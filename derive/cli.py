"""The command `derive`. Nothing here imports SymPy: that happens in the worker processes, while this one parses options."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

import derive
from derive.cli_check import Seconds, check
from derive.cli_lint import lint
from derive.cli_variants import variants
from derive.orders import FORMATS, Failed, Refused

DETAILS = ("brief", "standard", "full")
SHELLS = ("bash", "zsh", "fish")
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)  # what a disk or a device may answer
ENDED_BY_INTERRUPT = 130  # 128 + the signal's number, as shells count

OVER = re.compile(r"\s*(?P<names>.+?)\s+in\s+(?P<domain>.+?)\s*", re.DOTALL)


class Minus(click.Command):
    """A command whose argument may begin with a minus sign, as kernels and energies do; short options are only those declared."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [f" {arg}" if re.match(r"-[^-o]", arg) else arg for arg in args])


def rule_names(ctx: click.Context, param: click.Parameter, start: str) -> list[str]:
    """The rules whose names begin with what was typed, for completion in a shell."""
    from derive.rules import CATALOGUE

    return [name for name in CATALOGUE if name.startswith(start)]


def shared(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command which derives something takes."""
    for option in (
        click.option("--debug", is_flag=True, help="Show tracebacks of errors inside the program."),
        click.option("--budget", type=Seconds(), default=20.0, metavar="SECONDS",
                     help="Time for one problem (default: 20); past it the outcome is 'undecided'."),
        click.option("--detail", type=click.Choice(DETAILS), default="standard", show_default=True, help="How much to show."),
    ):
        command = option(command)
    return command


@click.group(context_settings={"max_content_width": 100})
@click.version_option(derive.__version__, prog_name="derive")
def cli() -> None:
    """Derive partition functions and densities from unnormalized kernels, step by step, each step checked.

    \b
    Examples:
      derive normalize 'exp(-x**2/(2*s**2))' --over 'x in RR' --given 's > 0'
      derive report examples/gaussian.toml -o out
      derive check homework.toml
      derive rules gaussian_integral

    \b
    Exit status: 0 done; 1 what was asked for could not be established;
    2 the input or the options are wrong.
    """


@cli.command(cls=Minus, short_help="Derive Z and the density of one kernel.")
@click.argument("kernel")
@click.option("--latex", is_flag=True, help="KERNEL is LaTeX, not SymPy syntax.")
@click.option("--energy", is_flag=True, help="KERNEL is an energy E; the kernel is exp(-E).")
@click.option("--over", multiple=True, metavar="'X in DOMAIN'", help="A variable and its domain; outermost first.")
@click.option("--given", multiple=True, metavar="CONDITION", help="What is known of the parameters, as in 'a > 0'.")
@click.option("--moments", is_flag=True, help="Derive moments for JSON too (documents of standard and full detail show them).")
@click.option("--format", "form", type=click.Choice(tuple(FORMATS)), help="Default: what FILE's ending says, else text.")
@click.option("-o", "--output", "path", metavar="FILE", help="Write there instead of to standard output.")
@shared
@click.pass_context
def normalize(ctx: click.Context, kernel: str, latex: bool, energy: bool, over: tuple[str, ...], given: tuple[str, ...],
              moments: bool, form: str | None, path: str | None, detail: str, budget: float, debug: bool) -> None:
    """Derive Z and the density of one KERNEL ('-' reads it from standard input).

    \b
    Domains: (a, b), [a, b], RR, ZZ[0, oo], {-1, 1}, simplex(k); ends may be parameters.
    The exit status is 1 where the outcome is not 'normalized'.

    \b
    Examples:
      derive normalize 'x**(a - 1)*exp(-b*x)' --over 'x in (0, oo)' --given 'a > 0' --given 'b > 0'
      derive normalize --latex '\\frac{\\lambda^k}{k!}' --over 'k in ZZ[0, oo]' --given 'lambda > 0'
      derive normalize --energy 'k*x**2/2' --over 'x in RR' --given 'k > 0' -o spring.tex
    """
    from derive.cli_files import put, standard_input
    from derive.cli_run import document, one
    from derive.orders import Kernel, Wanted

    form = form or form_of(path)
    if form == "pdf" and not path:
        raise click.UsageError("a PDF needs a file to be written to: add -o FILE ('-o -' for standard output)")
    text = standard_input() if kernel.strip() == "-" else kernel
    source = Kernel(text.strip(), domains(over), given, latex, energy)
    answer = one(source, Wanted((form,), detail, budget, moments=moments), debug)
    put(document(answer, form), path)
    ctx.exit(0 if answer.outcome == "normalized" else 1)


@cli.command(short_help="Derive every problem of a TOML file.")
@click.argument("file")
@click.option("-o", "--output", "folder", metavar="DIR", help="Also write each derivation to a file of its own in DIR.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line instead, each as soon as it is done.")
@click.option("--format", "forms", multiple=True, type=click.Choice(tuple(FORMATS)),
              help="Of the files in DIR (repeatable; default: md and tex); without -o, of what is printed (default: text).")
@click.option("--compare", is_flag=True, help="Hold results against the answers known to FILE; exit status 1 where they differ.")
@click.option("--moments", is_flag=True, help="Derive moments for JSON too (documents of standard and full detail show them).")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes. Default: one for each processor.")
@shared
@click.pass_context
def report(ctx: click.Context, file: str, folder: str | None, as_json: bool, forms: tuple[str, ...], compare: bool,
           moments: bool, jobs: int | None, detail: str, budget: float, debug: bool) -> None:
    """Derive every problem of FILE, a TOML file ('-' reads it from standard input), and print the derivations.

    \b
    Examples:
      derive report examples/gaussian.toml -o out
      derive report problems.toml --json --budget 5 > results.jsonl
      derive report problems.toml --compare --detail brief
    """
    from derive.cli_files import standard_input
    from derive.cli_run import Output, every
    from derive.orders import ProblemFile, Wanted

    if as_json and (folder or forms):
        raise click.UsageError("--json prints to standard output; leave out -o and --format, or write --format json -o DIR")
    if not folder and (len(forms) > 1 or "pdf" in forms):
        raise click.UsageError("a PDF, or more than one --format, needs a folder to be written to: add -o DIR")
    source = ProblemFile("standard input", standard_input()) if file == "-" else ProblemFile(file)
    printed = "json" if as_json else forms[0] if forms and not folder else "text"
    output = Output(printed, folder, tuple(dict.fromkeys(forms)) or ("md", "tex"), debug)
    ctx.exit(every(source, output, Wanted(output.formats(), detail, budget, compare, moments), jobs))


@cli.command(short_help="List the rules, or show one in full.")
@click.argument("name", required=False, shell_complete=rule_names)
@click.option("--markdown", "as_page", is_flag=True, help="Print all rules in full, as a page of Markdown.")
def rules(name: str | None, as_page: bool) -> None:
    """List the rules, or show the one called NAME: its equation, conditions, source and derivation.

    \b
    Examples:
      derive rules
      derive rules gaussian_integral
      derive rules --markdown
    """
    from derive.cli_rules import catalogue, described, markdown

    if name and as_page:
        raise click.UsageError("--markdown prints all rules; leave out NAME")
    click.echo(markdown() if as_page else described(name) if name else catalogue(), nl=not as_page)


@cli.command(short_help="Print a script for completion in a shell.")
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print a script that completes derive's commands and options in SHELL.

    \b
    Examples:
      derive completion bash >> ~/.bashrc
      derive completion zsh >> ~/.zshrc
      derive completion fish > ~/.config/fish/completions/derive.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(cli, {}, "derive", "_DERIVE_COMPLETE").source())


cli.add_command(check)
cli.add_command(lint)
cli.add_command(variants)


def form_of(path: str | None) -> str:
    """The format that a file's ending names, else text."""
    suffix = Path(path or "").suffix.lower()
    return next((form for form, own in FORMATS.items() if own == suffix), "text")


def domains(over: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(name, domain) for each --over. Raises UsageError where one does not read 'x in DOMAIN' or a name comes twice.

    >>> domains(("x in (0, oo)", "x1, x2 in simplex(2)"))
    (('x', '(0, oo)'), ('x1, x2', 'simplex(2)'))
    """
    pairs = []
    for text in over:
        match = OVER.fullmatch(text)
        if not match:
            raise click.UsageError(f"--over {text!r}: write it as 'x in (0, oo)'")
        pairs.append((match["names"], match["domain"]))
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise click.UsageError(f"--over names {twice!r} twice")
    return tuple(pairs)


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit with its status: errors are one message on standard error, never a traceback."""
    args = sys.argv[1:] if args is None else args
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name) or Path(os.devnull).open("w")  # noqa: SIM115  # closed: the next file would take its place
        setattr(sys, name, stream)
        stream.reconfigure(errors="replace")  # a terminal that knows no ∫ gets a "?"
    try:
        status = cli.main(args, prog_name="derive", standalone_mode=False)  # where nobody reads on, click leaves quietly with 1
    except (KeyboardInterrupt, click.Abort):
        status = ENDED_BY_INTERRUPT
    except Exception as error:
        if "--debug" in args:
            raise
        status = refuse(error)
    sys.exit(status or 0)


def refuse(error: Exception) -> int:
    """Say in one message what is wrong. Returns the exit status: 2 for wrong input or options, 1 for the program itself."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return 2
    if isinstance(error, click.UsageError):
        where = f" (see {error.ctx.command_path} --help)" if error.ctx else ""
        message, status = f"{error.format_message().rstrip('.')}{where}", 2
    elif isinstance(error, Refused):
        message, status = str(error), 2
    elif isinstance(error, OSError) and error.errno in FULL:
        message, status = f"the output cannot be written: {error.strerror}", 2
    elif isinstance(error, Failed):
        message, status = str(error), 1
    else:
        message, status = f"the program failed ({type(error).__name__}: {error}); --debug shows where", 1
    click.echo(f"derive: {message}", err=True)
    return status
