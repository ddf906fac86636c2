"""What the command line asks of its workers and gets back: plain data, made without SymPy."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

FORMATS = {"text": ".txt", "md": ".md", "tex": ".tex", "html": ".html", "pdf": ".pdf", "json": ".json"}  # with their endings


class Refused(ValueError):
    """The input or the options are wrong; the message is one sentence that names the place."""


class Failed(Exception):
    """The program itself failed; the message is one sentence."""


@dataclass(frozen=True)
class Kernel:
    """One kernel as text, with its variables as (name, domain) and what is given of its parameters."""

    text: str
    over: tuple[tuple[str, str], ...] = ()
    given: tuple[str, ...] = ()
    latex: bool = False
    energy: bool = False


@dataclass(frozen=True)
class ProblemFile:
    """A TOML file of problems. `text` is its content where it does not come from `path` but from standard input."""

    path: str
    text: str | None = None


@dataclass(frozen=True)
class Wanted:
    """What is asked for of each problem: documents in these formats and this detail, within `budget` seconds.

    Documents of more than brief detail tell the moments of a density; `moments` asks for them in any case.
    """

    formats: tuple[str, ...] = ("text",)
    detail: str = "standard"
    budget: float = 20.0
    compare: bool = False
    moments: bool = False

    @property
    def with_moments(self) -> bool:
        """Whether moments are to be derived."""
        return self.moments or (bool(self.texts) and self.detail != "brief")

    @property
    def texts(self) -> tuple[str, ...]:
        """The formats that a worker renders: a PDF is made of the LaTeX afterwards, outside the problem's budget."""
        return tuple(dict.fromkeys("tex" if form == "pdf" else form for form in self.formats if form != "json"))


@dataclass(frozen=True)
class Checking:
    """What is asked of `derive check`: its files and its options, named as on the command line.

    `hints` says how much is given away, from 0 (nothing) to 3 (an explanation). `budget` is in seconds, for one claim.
    With a `key`, a class is graded and the results are written to `output`; `engine` is "local" or "dask", with its `scheduler`.
    """

    files: tuple[str, ...]
    problems: tuple[str, ...] = ()
    as_json: bool = False
    hints: int = 1
    compare: bool = False
    jobs: int | None = None
    budget: float = 20.0
    debug: bool = False
    key: str | None = None
    output: str = "graded"
    engine: str = "local"
    scheduler: str | None = None


@dataclass(frozen=True)
class Answer:
    """A result as plain data: the JSON object, a text for each format, and what was seen against the known answers.

    `comparison` is a verdict with a sentence, or None where nothing was compared. `failure` says why there are no texts,
    and `fault` is a traceback where the program itself failed, for --debug.
    """

    id: str
    record: dict[str, Any]
    texts: dict[str, str]
    comparison: tuple[str, str] | None = None
    failure: str = ""
    fault: str = ""

    @property
    def outcome(self) -> str:
        return str(self.record["outcome"])


@dataclass(frozen=True)
class Sealed:
    """A problem's id, and the problem itself in pickled form."""

    id: str
    content: bytes


def bare(id: str, reason: str) -> Answer:
    """An undecided answer made without help of any worker."""
    nothing = dict.fromkeys(("Z", "Z_latex", "density", "density_latex", "family", "numeric_Z"))
    empty: dict[str, Any] = {"conditions": [], "steps": [], "checks": [], "facts": []}
    record = {"id": id, "outcome": "undecided", **nothing, **empty, "oracle": False, "reason": reason, "seconds": 0.0}
    line = f"{id}: undecided. {reason}\n"
    page = f"<!DOCTYPE html>\n<pre>{escape(line)}</pre>\n"
    return Answer(id, record, {"text": line, "md": line, "tex": line, "html": page})
