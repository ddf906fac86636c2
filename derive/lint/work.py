"""What a worker process does for `derive lint`: list the densities of a source, judge one of them. What is heavy is imported late."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

from derive.alarm import alarmed
from derive.orders import Refused

SYMPY = "sympy.stats"
Density = tuple[str, bytes | None]  # its name, and the problem in pickled form where it comes from a file


def run(task: str, *args: Any, seconds: float) -> Any:
    """Do a task of this module; if nobody is left to end the process, the alarm does."""
    with alarmed(seconds):
        return TASKS[task](*args)


def densities(source: str) -> list[Density]:
    """The densities of sympy.stats, or of a TOML file, where each kernel claims to be normalized. Raises Refused, a sentence."""
    from derive.read.files import load
    from derive.read.names import ReadError

    if source == SYMPY:
        from derive.lint.sympy_stats import names

        return [(name, None) for name in names()]
    try:
        return [(problem.id, pickle.dumps(problem)) for problem in load(source)]
    except ReadError as error:
        raise Refused(str(error)) from None


def finding(density: Density, budget: float) -> dict[str, Any]:
    """What is found of one density, as plain data. A failure of the program leaves it undecided."""
    from derive.lint.judge import judge
    from derive.lint.published import UNDECIDED, Finding, Published, Refusal
    from derive.lint.sympy_stats import published

    name, sealed = density
    try:
        return judge(Published(pickle.loads(sealed)) if sealed else published(name), budget).to_dict()
    except Refusal as reason:
        return Finding(name, UNDECIDED, f"It was not looked at: {reason}.").to_dict()
    except Exception as error:
        return Finding(name, UNDECIDED, f"It could not be judged ({type(error).__name__}: {str(error)[:200]}).").to_dict()


TASKS: dict[str, Callable[..., Any]] = {"densities": densities, "finding": finding}
