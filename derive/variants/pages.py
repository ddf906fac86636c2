"""What a class is handed: sheets in LaTeX, keys in TOML, and an index of who got what."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Mapping, Sequence
from typing import Any

from derive.language.problem import Problem
from derive.report.names import names_of
from derive.report.ranges import support
from derive.report.render import tidy
from derive.report.view import assumptions, energy, heads, kernel
from derive.report.words import Voice, environment


def sheets(title: str, handed: Mapping[str, Sequence[bytes]]) -> dict[str, str]:
    """A sheet for each student: the problems that they were set, and nothing of the answers. For a worker."""
    template = environment().get_template("sheet.tex.j2")
    shown: dict[bytes, dict[str, Any]] = {}
    for problems in handed.values():
        for content in problems:
            shown.setdefault(content, asked(pickle.loads(content)))
    voice = Voice("latex")
    return {student: tidy(template.render(title=voice.escape(title), student=voice.escape(student), problems=[shown[p] for p in problems]))
            for student, problems in handed.items()}  # fmt: skip


def asked(problem: Problem) -> dict[str, Any]:
    """A problem as it stands on a sheet."""
    voice = Voice("latex", names_of(problem))
    g, p, z, e = heads(problem)
    return {
        "title": voice.escape(problem.title or problem.id), "kernel": kernel(problem, voice, g, e), "energy": energy(problem, voice, e),
        "supports": [voice.formula(support(v.symbol, v.measure, voice.names, v.domain)) for v in problem.variables],
        "assumed": [voice.formula(a) for a in assumptions(problem, voice.names)], "undeclared": (), "taken_whole": (),
        "Z": voice.formula(z), "p": voice.formula(p)}  # fmt: skip


def key(title: str, questions: Mapping[str, Mapping[str, str]], tables: Mapping[str, Mapping[str, Any]], kind: str) -> str:
    """A key for `derive check --key`: each question with the problem of each student, and the problems.

    >>> print(key("Sheet", {"g": {"Ada": "g-1"}}, {"g-1": {"id": "g-1", "kernel": "exp(-x)"}}, "Z"))
    title = "Sheet"
    <BLANKLINE>
    [[question]]
    id = "g"
    kind = "Z"
    points = 1
    variants = {"Ada" = "g-1"}
    <BLANKLINE>
    [[problem]]
    id = "g-1"
    kernel = "exp(-x)"
    <BLANKLINE>
    """
    blocks = [f"title = {toml(title)}"]
    for id, students in questions.items():
        blocks.append(block("question", {"id": id, "kind": kind, "points": 1, "variants": students}))
    blocks += [block("problem", table) for table in tables.values()]
    return "\n\n".join(blocks) + "\n"


def block(name: str, table: Mapping[str, Any]) -> str:
    """One table of a list of tables."""
    return "\n".join([f"[[{name}]]", *(f"{k} = {toml(v)}" for k, v in table.items())])


def toml(value: Any) -> str:
    """A value as TOML writes it.

    >>> toml([{"name": "x", "domain": "RR"}]), toml({"Zoë \\"B\\"": "a\\n"})
    ('[{name = "x", domain = "RR"}]', '{"Zoë \\\\"B\\\\"" = "a\\\\n"}')
    """
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k if re.fullmatch('[a-z_]+', k) else toml(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value)
