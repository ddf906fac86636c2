"""Problem files in TOML."""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from derive.language.problem import Problem
from derive.read import assumptions, domains
from derive.read.assumptions import abstract
from derive.read.build import Declared, Draft, build
from derive.read.kernels import Source, located
from derive.read.names import ReadError
from derive.read.tokens import near, spelled

MAX_FILE = 10_000_000  # bytes
KERNELS = {"kernel": (False, False), "energy": (False, True), "kernel_latex": (True, False), "energy_latex": (True, True)}
KNOWN = ("expect", "Z", "points", "Z_numeric", "convergence", "source", "tags", "note", "hard", "difficulty", "negative_at", "variants")
TABLES = ("problem", "claim", "composition")
DENSITIES = {"density": (False, False), "density_latex": (True, False)}  # they claim to be normalized
PROBLEM_KEYS = ("id", "title", *KERNELS, *DENSITIES, "variables", "parameters", "functions", "region", *KNOWN)
VARIABLE_KEYS = ("name", "domain", "latex")
PARAMETER_KEYS = ("name", "assumptions", "condition", "latex", "size")
KINDS = ("Z", "p", "mean", "variance", "cdf", "mode", "entropy", "mgf", "pgf", "steps")  # of claims
FUNCTION_KEYS = ("name", "args", "assumptions")


def load(path: str | Path) -> list[Problem]:
    """The problems of a TOML file, in its order; "-" is standard input.

    Raises ReadError, one sentence that names the file, the problem, the key and the place, where the file cannot be read.
    """
    return loads(text_of(path), "standard input" if str(path) == "-" else str(path))


def text_of(path: str | Path) -> str:
    """The text of a file, or of standard input for "-". Raises ReadError where it cannot be read."""
    if str(path) == "-":
        return decoded(sys.stdin.buffer.read(MAX_FILE + 1), "standard input")
    return file_text(path)


def file_text(path: str | Path) -> str:
    """The text of a file. Raises ReadError where it cannot be read."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise ReadError(f"{path!r} cannot be the name of a file: {error}") from None
    return decoded(content, str(path))


def loads(content: str, path: str = "the file") -> list[Problem]:
    """The problems in the text of a TOML file; `path` names it in messages.

    Raises ReadError as `load` does.

    >>> [p] = loads('[[problem]]\\nid = "e"\\nkernel = "exp(-x)"\\nvariables = [{name = "x", domain = "(0, oo)"}]')
    >>> p.total
    Integral(exp(-x), (x, 0, oo))
    """
    with located(path):
        if len(content) > MAX_FILE:
            raise ReadError(f"more than {MAX_FILE} bytes are not read")
        tables = parsed(content)
        refuse_unknown(tables, TABLES, "the file")
        problems = tables_in(tables, "problem")
        if not any(tables.get(key) for key in TABLES):
            raise ReadError("there is no [[problem]] in it")
        refuse_twins(problems)
        refuse_densities(problems)
        return [one(table, number) for number, table in enumerate(problems, 1)]


def claimed(path: str | Path) -> list[Problem]:
    """The densities of a TOML file that claim to be normalized, as problems whose kernels they are: those of the problems with the
    key "density" (or "density_latex"), or every kernel of a file in which no problem has it. Raises ReadError as `load` does.
    """
    content = text_of(path)
    with located(str(path)):
        whole = parsed(content) if len(content) <= MAX_FILE else {}
        tables = tables_in(whole, "problem")
        claiming = [(i, {k: v for k, v in t.items() if k not in KERNELS}) for i, t in enumerate(tables, 1) if t.keys() & DENSITIES.keys()]
        if claiming:
            refuse_unknown(whole, TABLES, "the file")
            refuse_twins(tables)
            return [one(table, number) for number, table in claiming]
    return loads(content, str(path))


def decoded(content: bytes, path: str) -> str:
    """The text of a file. Raises ReadError where it is not UTF-8, or too long."""
    if len(content) > MAX_FILE:
        raise ReadError(f"{path} has more than {MAX_FILE} bytes, which are not read")
    try:
        return content.decode("utf-8-sig")  # some editors put a mark of three bytes in front
    except UnicodeDecodeError as error:
        raise ReadError(f"{path} is not UTF-8: byte {error.start + 1} cannot be read") from None


def parsed(content: str) -> dict[str, Any]:
    """TOML as plain data. Raises ReadError with the line where it is not TOML."""
    try:
        return tomllib.loads(content)
    except RecursionError:
        raise ReadError("the TOML is nested too deeply") from None
    except ValueError as error:
        raise ReadError(f"this is not TOML: {str(error)[:200]}") from None


def refuse_twins(problems: list[dict[str, Any]]) -> None:
    """No id twice."""
    twice = [id for id, count in Counter(str(p.get("id")) for p in problems if "id" in p).items() if count > 1]
    if twice:
        raise ReadError(f"the id {twice[0]!r} stands at more than one problem")


def refuse_densities(problems: list[dict[str, Any]]) -> None:
    """No density that claims to be normalized already: it is judged, and not derived."""
    for table in problems:
        if found := sorted(table.keys() & DENSITIES.keys()):
            raise ReadError(f"the problem {table.get('id')!r} has a {found[0]!r}, which claims to be normalized: only `derive lint` looks at that; "
                            "write 'kernel' to have it derived")


def refuse_unknown(table: Mapping[str, Any], known: Iterable[str], what: str) -> None:
    """Raises ReadError for a key that has no meaning in `what`."""
    for key in table:
        if key not in known:
            hint = near(key, known) or (f"; a key of the problem stands above its [[...]] tables, for TOML counts it to {what}"
                                        if key in PROBLEM_KEYS else f"; known are {', '.join(known)}")
            raise ReadError(f"the key {key!r} has no meaning in {what}{hint}")


def tables_in(table: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """A list of tables. Raises ReadError where something else stands there."""
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ReadError(f"{key!r} should be a list of tables, as [[{key}]] makes it")
    return found


def kind_of(table: Mapping[str, Any]) -> str:
    """Which quantity a claim or a question is about. Raises ReadError for another than KINDS."""
    kind = string(table, "kind")
    if kind not in KINDS:
        raise ReadError(f"'kind' should be one of {', '.join(KINDS)}, not {kind!r}")
    return kind


def string(table: Mapping[str, Any], key: str, default: str | None = None) -> str:
    """A string. Raises ReadError where it is missing (and there is no default) or something else."""
    if key not in table and default is not None:
        return default
    if key not in table:
        raise ReadError(f"the key {key!r} is missing")
    if not isinstance(table[key], str):
        raise ReadError(f"{key!r} should be a text in quotation marks, not {table[key]!r}")
    return str(table[key])


def one(table: dict[str, Any], number: int) -> Problem:
    """One [[problem]] table."""
    with entry(table, "problem", number):
        return build(draft(table))


@contextmanager
def entry(table: Mapping[str, Any], what: str, number: int) -> Iterator[None]:
    """The place of whatever ReadError comes from inside: a table by its id, or by its number where it has none, which is an error."""
    named = isinstance(table.get("id"), str) and table["id"].strip()
    with located(f"{what} {table['id']!r}" if named else f"{what} number {number}"):
        if not named:
            raise ReadError("it needs an 'id', a text that names it")
        yield


def draft(table: dict[str, Any]) -> Draft:
    """What a table declares, before any formula is read."""
    refuse_unknown(table, PROBLEM_KEYS, "a problem")
    kinds = {**KERNELS, **DENSITIES}
    sources = tuple(Source(key, string(table, key), *kinds[key]) for key in kinds if key in table)
    if not sources:
        raise ReadError(f"one of {', '.join(map(repr, KERNELS))} is missing")
    variables = tuple(v for variable in tables_in(table, "variables") for v in variable_entries(variable))
    if not variables:
        raise ReadError("it needs variables, each with a name and a domain")
    parameters = tables_in(table, "parameters")
    declared = tuple(map(parameter, parameters))
    conditions = tuple((f"condition of {p['name']!r}", string(p, "condition")) for p in parameters if "condition" in p)
    functions = dict(map(function, tables_in(table, "functions")))
    known = {key: table[key] for key in KNOWN if key in table}
    return Draft(sources, variables, declared, conditions, functions, string(table, "region", ""),
                 table["id"], string(table, "title", ""), (), known)


def variable_entries(entry: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The variables of one entry: name, domain, spelling in LaTeX."""
    name = string(entry, "name")
    with located(f"variable {name!r}"):
        refuse_unknown(entry, VARIABLE_KEYS, "a variable")
        return [(one, domain, string(entry, "latex", "")) for one, domain in domains.split(name, string(entry, "domain"))]


def parameter(entry: dict[str, Any]) -> Declared:
    """One declared parameter."""
    name = string(entry, "name")
    with located(f"parameter {name!r}"):
        refuse_unknown(entry, PARAMETER_KEYS, "a parameter")
        said = string(entry, "assumptions", "")
        if said.strip() == "indexed":
            return Declared(spelled(name), None, string(entry, "latex", ""), string(entry, "size", ""))
        if "size" in entry:
            raise ReadError("only a parameter with assumptions = \"indexed\" has a size")
        facts = assumptions.words(said, name)
        assumptions.symbol(name, facts)
        return Declared(spelled(name), facts, string(entry, "latex", ""))


def function(entry: dict[str, Any]) -> tuple[str, Any]:
    """One abstract function."""
    name = string(entry, "name")
    with located(f"function {name!r}"):
        refuse_unknown(entry, FUNCTION_KEYS, "a function")
        if not isinstance(entry.get("args"), list) or not entry["args"]:
            raise ReadError("it needs 'args', a list of the names of its arguments")
        return spelled(name), abstract(name, assumptions.words(string(entry, "assumptions", "")), len(entry["args"]))
