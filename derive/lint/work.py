"""What a worker process does for `derive lint`: list the densities of a source, judge one of them. What is heavy is imported late."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

from derive.alarm import alarmed
from derive.orders import Refused

SYMPY, SCIPY = "sympy.stats", "scipy.stats"
Density = tuple[str, bytes | None]  # its name, and the problem in pickled form where it comes from a file


def run(task: str, *args: Any, seconds: float) -> Any:
    """Do a task of this module; if nobody is left to end the process, the alarm does."""
    with alarmed(seconds):
        return TASKS[task](*args)


def densities(source: str) -> list[Density]:
    """The densities of sympy.stats or scipy.stats, or of a file. Raises Refused, a sentence."""
    from derive.lint.published import Refusal
    from derive.read.names import ReadError

    try:
        if source == SYMPY:
            from derive.lint.sympy_stats import names

            return [(name, None) for name in names()]
        if source == SCIPY:
            from derive.lint import scipy_stats

            return [(one, None) for name in scipy_stats.names() for one in scipy_stats.densities(name)]
        return in_file(source)
    except (ReadError, Refusal) as error:
        raise Refused(str(error)) from None


def in_file(source: str) -> list[Density]:
    """The densities of a TOML file or of a document. Raises ReadError."""
    from derive.grade.writing.documents import ENDINGS
    from derive.lint.documents import densities
    from derive.lint.published import Published
    from derive.read.files import claimed, file_text

    if source.lower().endswith(ENDINGS):
        return [(one.id, pickle.dumps(one)) for one in densities(file_text(source), source)]
    return [(problem.id, pickle.dumps(Published(problem))) for problem in claimed(source)]


def finding(source: str, density: Density, budget: float) -> dict[str, Any]:
    """What is found of one density, as plain data. A failure of the program leaves it undecided."""
    from derive.lint.documents import Unreadable
    from derive.lint.judge import judge_readings
    from derive.lint.published import UNDECIDED, UNREAD, Finding, Refusal
    from derive.lint.sentences import sentence

    try:
        found = readings(source, density)
        if isinstance(found[0], Unreadable):
            return Finding(density[0], UNREAD, sentence("unread", why=found[0].why), line=found[0].line).to_dict()
        return judge_readings(found, budget).to_dict()
    except Refusal as reason:
        return Finding(density[0], UNREAD, sentence("unread", why=reason)).to_dict()
    except Exception as error:
        return Finding(density[0], UNDECIDED, sentence("failed", why=f"{type(error).__name__}: {str(error)[:200]}")).to_dict()


def readings(source: str, density: Density) -> list[Any]:
    """A density in all the ways in which its text can be read."""
    name, sealed = density
    if sealed:
        return [pickle.loads(sealed)]
    if source == SYMPY:
        from derive.lint.sympy_stats import published

        return [published(name)]
    from derive.lint import scipy_stats

    return scipy_stats.published(name)


TASKS: dict[str, Callable[..., Any]] = {"densities": densities, "finding": finding}
