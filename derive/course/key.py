"""The key of a problem set: its questions, what each is worth, and the problems that they are about."""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from derive.orders import Refused

CREDITS = ("lines", "before", "whole")
RULES = ("credit", "complete", "assumption", "unevaluated", "mistakes")
QUESTION_KEYS = ("id", "problem", "variants", "kind", "points", "title", "answer", "answer_sympy", *RULES)


@dataclass(frozen=True)
class Rubric:
    """How points are given. Shares lie between 0 and 1; None leaves the case to a person.

    `credit` is for derivations: "lines" counts each line that follows from the one before it, "before" those before the first wrong
    one, "whole" gives all or nothing. `complete` is the share that only a derivation without a wrong line gets.
    `assumption` is the share for what is right under a further assumption, `unevaluated` that for an integral or a sum in place of a
    closed form, `mistakes` that for a wrong answer with a mistake of this kind.
    """

    credit: str = "lines"
    complete: float = 0.0
    assumption: float | None = None
    unevaluated: float | None = None
    mistakes: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One question. `answer` is the instructor's own one, as lines; nobody is held against it, but it is held against what is derived.

    `variants` names the problem of a student who has one of their own; `problem` is that of everybody else, "" where there is none.
    """

    id: str
    problem: str
    kind: str
    points: float
    title: str = ""
    answer: tuple[str, ...] = ()
    sympy: bool = False
    rubric: Rubric = Rubric()
    variants: Mapping[str, str] = field(default_factory=dict)

    def problem_of(self, student: str) -> str:
        """The problem that a student was set; "" where none is known."""
        return self.variants.get(student, self.problem)

    @property
    def problems(self) -> tuple[str, ...]:
        """All problems that it sets, each once."""
        return tuple(dict.fromkeys([*([self.problem] if self.problem else []), *self.variants.values()]))


@dataclass(frozen=True)
class Key:
    """The questions; each problem in pickled form, a fingerprint of what the file says of it, and its Z as the file has it."""

    title: str
    questions: tuple[Question, ...]
    problems: dict[str, bytes]
    prints: dict[str, str]
    known: dict[str, str]


def read_key(path: str, extra: tuple[str, ...] = ()) -> Key:
    """The key in a TOML file, with problems from it and from `extra`. Meant for a worker.

    Raises Refused, a sentence with the place, where one of the files cannot be read.
    """
    from derive.read.files import file_text
    from derive.read.names import ReadError

    try:
        return key_of(file_text(path), path, tuple((p, file_text(p)) for p in extra))
    except ReadError as error:
        raise Refused(str(error)) from None


def key_of(content: str, path: str, extra: tuple[tuple[str, str], ...] = ()) -> Key:
    """The key in a TOML text. Raises ReadError with the file, the question and the key where it is none."""
    from derive.read.files import parsed, string, tables_in
    from derive.read.kernels import located
    from derive.read.names import ReadError

    with located(path):
        tables = parsed(content)
        base = rules(tables.pop("rubric", {}), Rubric(), "[rubric]")
        title = string(tables, "title", "")
        tables.pop("title", None)
        questions = tuple(question(t, n, base) for n, t in enumerate(tables_in(tables, "question"), 1))
        tables.pop("question", None)
        if not questions:
            raise ReadError("there is no [[question]] in it")
        refuse_same(questions)
    found = Key(title or "Problem set", questions, {}, {}, {})
    for place, file in [(path, tables), *((p, parsed_at(p, text)) for p, text in extra)]:
        with located(place):
            take_in(found, file)
    with located(path):
        lost = next(((q, p) for q in questions for p in q.problems if p not in found.problems), None)
        if lost is not None:
            raise ReadError(f"question {lost[0].id!r}: there is no problem {lost[1]!r}; name the file that holds it with --problems")
    return found


def parsed_at(path: str, content: str) -> dict[str, Any]:
    from derive.read.files import parsed
    from derive.read.kernels import located

    with located(path):
        return parsed(content)


def take_in(key: Key, tables: dict[str, Any]) -> None:
    """Add the problems of a file to the key."""
    from derive.read.files import KNOWN, TABLES, one, refuse_twins, refuse_unknown, tables_in
    from derive.read.names import ReadError

    refuse_unknown(tables, (*TABLES, "question", "rubric", "title"), "the file")
    problems = tables_in(tables, "problem")
    refuse_twins(problems)
    for number, table in enumerate(problems, 1):
        problem = one(table, number)
        own = fingerprint({k: v for k, v in table.items() if k not in (*KNOWN, "title")})
        if key.prints.get(problem.id, own) != own:
            raise ReadError(f"the problem {problem.id!r} stands in another file too, and differs")
        key.problems[problem.id], key.prints[problem.id] = pickle.dumps(replace(problem, known={})), own
        if isinstance(table.get("Z"), str):
            key.known[problem.id] = table["Z"]


def fingerprint(said: Any) -> str:
    """A name for plain data, the same in every run.

    >>> fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode("utf-8", "surrogatepass")).hexdigest()


def question(table: dict[str, Any], number: int, base: Rubric) -> Question:
    """One [[question]] table."""
    from derive.read.files import entry, kind_of, refuse_unknown, string
    from derive.read.names import ReadError

    with entry(table, "question", number):
        refuse_unknown(table, QUESTION_KEYS, "a question")
        kind = kind_of(table)
        sympy = "answer_sympy" in table
        answer = texts(table, "answer_sympy" if sympy else "answer")
        own = rules({k: table[k] for k in RULES if k in table}, base, "")
        variants = of_students(table)
        problem = string(table, "problem", "" if variants else None)
        if variants and answer:
            raise ReadError("with 'variants' it has no 'answer' of its own: each problem has another one")
        return Question(table["id"].strip(), problem, kind, number_in(table, "points", 1.0), string(table, "title", ""),
                        answer, sympy, own, variants)  # fmt: skip


def of_students(table: Mapping[str, Any]) -> dict[str, str]:
    """Students and the problems that they were set. Raises ReadError where that is no table of texts."""
    from derive.course.submissions import named
    from derive.read.names import ReadError

    found = table.get("variants", {})
    if not isinstance(found, dict) or not all(isinstance(problem, str) for problem in found.values()):
        raise ReadError("'variants' should be a table that gives each student a problem, as in {\"Ada Lovelace\" = \"gamma-1\"}")
    return {named(student): problem for student, problem in found.items()}


def texts(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A text or a list of texts, as lines. Raises ReadError for anything else."""
    from derive.read.names import ReadError

    found = table.get(key, [])
    lines = [found] if isinstance(found, str) else found
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise ReadError(f"{key!r} should be a text, or a list of texts, one for each line")
    return tuple(lines)


def rules(table: Any, base: Rubric, where: str) -> Rubric:
    """A rubric that changes another where the table says so."""
    from derive.read.files import refuse_unknown
    from derive.read.kernels import located
    from derive.read.names import ReadError

    with located(where or "its rubric"):
        if not isinstance(table, dict):
            raise ReadError("it should be a table")
        refuse_unknown(table, RULES, "a rubric")
        credit, mistakes = table.get("credit", base.credit), table.get("mistakes", {})
        if credit not in CREDITS:
            raise ReadError(f"'credit' should be one of {', '.join(CREDITS)}, not {credit!r}")
        if not isinstance(mistakes, dict):
            raise ReadError("'mistakes' should be a table such as {sign = 0.5}")
        known_kinds(mistakes)
        shares = {k: share(table, k) for k in ("complete", "assumption", "unevaluated") if k in table}
        return replace(base, credit=credit, mistakes={**base.mistakes, **{k: share(mistakes, k) for k in mistakes}}, **shares)


def known_kinds(mistakes: Mapping[str, Any]) -> None:
    """Raises ReadError for a mistake that the judge never names."""
    from derive.course.words import mistake_kinds
    from derive.read.names import ReadError

    wrong = next((k for k in mistakes if k not in mistake_kinds()), None)
    if wrong is not None:
        raise ReadError(f"there is no kind of mistake called {wrong!r}; known are {', '.join(mistake_kinds())}")


def share(table: Mapping[str, Any], key: str) -> float:
    """A number between 0 and 1."""
    from derive.read.names import ReadError

    found = number_in(table, key, 0.0)
    if found > 1:
        raise ReadError(f"{key!r} is a share of the points: a number between 0 and 1, not {table[key]!r}")
    return found


def number_in(table: Mapping[str, Any], key: str, default: float) -> float:
    """A number that is not negative. Raises ReadError for anything else."""
    from derive.read.names import ReadError

    found = table.get(key, default)
    if isinstance(found, bool) or not isinstance(found, (int, float)) or not 0 <= found < 1e6:
        raise ReadError(f"{key!r} should be a number from 0 on, not {found!r}")
    return float(found)


def refuse_same(questions: tuple[Question, ...]) -> None:
    """No id twice, not even in other letters: file systems do not always tell "1A" from "1a"."""
    from derive.read.names import ReadError

    ids = [q.id.casefold() for q in questions]
    twice = next((q.id for q in questions if ids.count(q.id.casefold()) > 1), None)
    if twice is not None:
        raise ReadError(f"the id {twice!r} stands at more than one question")
