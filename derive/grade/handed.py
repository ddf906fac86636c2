"""What was handed in, as data: claims from TOML, and the judgement on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from derive.read.files import parsed, refuse_unknown, string, tables_in
from derive.read.kernels import located
from derive.read.names import ReadError

KINDS = ("Z", "p", "mean", "variance", "cdf", "steps")
ANSWERS = ("verdict", "first_wrong_line", "mistake", "final", "off_by", "mass", "lines_sympy", "lines_quantity",
           "extra_assumption", "extra_condition", "extra_points", "extension", "note", "form")  # fmt: skip
CLAIM_KEYS = (
    "id",
    "problem",
    "kind",
    "claim_latex",
    "claim_sympy",
    "lines",
    "student",
    "points",
    "title",
    "source",
    "tags",
    *ANSWERS,
)
CORRECT, WRONG, UNDECIDED, UNREAD = "correct", "wrong", "undecided", "unread"


@dataclass(frozen=True)
class Claim:
    """A claim about the problem called `problem`: `kind` is one of KINDS.

    `text` is LaTeX unless `sympy`; derivations have `lines`.
    `answers` are the known answers beside it, for --compare alone.
    """

    id: str
    problem: str
    kind: str
    text: str = ""
    sympy: bool = False
    lines: tuple[str, ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class LineVerdict:
    """The verdict on one line: correct, wrong, undecided or unread; `follows`: it follows from a line that is wrong."""

    line: int
    verdict: str
    detail: str = ""
    follows: bool = False


@dataclass(frozen=True)
class Mistake:
    """A likely mistake: its kind, the factor claim/truth in SymPy syntax ("" where it is not simple), and a sentence."""

    kind: str
    factor: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Judgement:
    """What was established about a claim. A right derivation is `evaluated` where it gives Z or p in closed form somewhere."""

    id: str
    verdict: str
    conditions: tuple[str, ...] = ()
    read_as: str = ""
    first_wrong_line: int = 0
    lines: tuple[LineVerdict, ...] = ()
    mistake: Mistake | None = None
    witness: Mapping[str, str] | None = None
    hints: tuple[str, ...] = ()
    detail: str = ""
    evaluated: bool = True

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of interfaces: one for each claim."""
        lines = [{"line": x.line, "verdict": x.verdict, "detail": x.detail} for x in self.lines]
        mistake = (
            {"kind": self.mistake.kind, "factor": self.mistake.factor, "detail": self.mistake.detail} if self.mistake else None
        )
        return {"id": self.id, "verdict": self.verdict, "conditions": list(self.conditions), "read_as": self.read_as,
                "first_wrong_line": self.first_wrong_line, "lines": lines, "mistake": mistake,
                "witness": dict(self.witness) if self.witness else None,
                "hints": list(self.hints), "detail": self.detail, "evaluated": self.evaluated}  # fmt: skip


def claims(content: str, path: str) -> list[Claim]:
    """The [[claim]] tables of a TOML text. Raises ReadError, with the claim and the key, where one is no claim."""
    with located(path):
        found = [claim(table, number) for number, table in enumerate(tables_in(parsed(content), "claim"), 1)]
        ids = [c.id for c in found]
        twice = next((id for id in ids if ids.count(id) > 1), None)
        if twice is not None:
            raise ReadError(f"the id {twice!r} stands at more than one claim")
        return found


def claim(table: dict[str, Any], number: int) -> Claim:
    named = isinstance(table.get("id"), str) and table["id"].strip()
    with located(f"claim {table['id']!r}" if named else f"claim number {number}"):
        if not named:
            raise ReadError("it needs an 'id', a text that names it")
        refuse_unknown(table, CLAIM_KEYS, "a claim")
        kind = string(table, "kind")
        if kind not in KINDS:
            raise ReadError(f"'kind' should be one of {', '.join(KINDS)}, not {kind!r}")
        answers = {key: table[key] for key in ANSWERS if key in table}
        lines = table.get("lines", [])
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            raise ReadError("'lines' should be a list of texts, one for each line")
        if kind == "steps" and not lines:
            raise ReadError("a claim of kind 'steps' needs 'lines'")
        text = "" if kind == "steps" else string(table, "claim_latex" if "claim_latex" in table else "claim_sympy")
        plain = kind != "steps" and "claim_latex" not in table
        return Claim(table["id"], string(table, "problem"), kind, text, plain, tuple(lines), answers)
