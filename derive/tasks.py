"""What a worker process does: read a source, solve a problem, render the result. All that is heavy is imported here."""

from __future__ import annotations

import os
import pickle
import time
import traceback
from dataclasses import replace

from derive.alarm import cut_short
from derive.compare import compare
from derive.engine import CATALOGUE, solve
from derive.language.problem import Moment, Problem, Result
from derive.moments import one_by_one
from derive.orders import Answer, Kernel, ProblemFile, Refused, Sealed, Wanted, bare
from derive.read import asked, files
from derive.read.names import ReadError
from derive.report.json import to_dict
from derive.report.render import render

FOR_MOMENTS = 3.0  # seconds kept free at the end of a budget: one integral of a moment may take longer than it is given


def read(source: Kernel | ProblemFile) -> list[Sealed]:
    """The problems of a source, each in pickled form. Raises Refused, a sentence, where it cannot be read."""
    try:
        return [Sealed(problem.id, pickle.dumps(problem)) for problem in problems(source)]
    except ReadError as error:
        raise Refused(str(error)) from None


def problems(source: Kernel | ProblemFile) -> list[Problem]:
    """What the reader makes of a source. Raises ReadError."""
    if isinstance(source, Kernel):
        return [asked.problem(source.text, over=dict(source.over), given=source.given, latex=source.latex, energy=source.energy)]
    if source.text is not None:
        return files.loads(source.text, source.path)
    return files.load(source.path)


def answer(sealed: Sealed, wanted: Wanted) -> Answer:
    """Solve and render one problem. An error of the engine makes the result undecided."""
    problem, start, fault = pickle.loads(sealed.content), time.perf_counter(), ""
    until = time.monotonic() + wanted.budget - FOR_MOMENTS
    try:
        result = solve(problem, wanted.budget)
        if wanted.with_moments and time.monotonic() < until:
            result = replace(result, moments=in_time(result, until))
    except Exception as error:
        fault = traceback.format_exc()
        result = Result(problem, "undecided", reason=f"The engine failed ({named(error)}).", seconds=time.perf_counter() - start)
    return rendered(result, wanted, fault)


def in_time(result: Result, until: float) -> tuple[Moment, ...]:
    """The moments that are established in time. One that hangs costs itself and those after it, never the result."""
    found: list[Moment] = []
    with cut_short(until + FOR_MOMENTS / 2 - time.monotonic()):
        for moment in one_by_one(result, until):
            found.append(moment)
    return tuple(found)


def undecided(sealed: Sealed, wanted: Wanted, reason: str, seconds: float) -> Answer:
    """The answer for a problem whose worker was ended."""
    return rendered(Result(pickle.loads(sealed.content), "undecided", reason=reason, seconds=seconds), wanted)


def rendered(result: Result, wanted: Wanted, fault: str = "") -> Answer:
    """The result in every form that is wanted, or none of them and why."""
    try:
        texts = {form: render(result, form, wanted.detail, CATALOGUE) for form in wanted.texts}
        comparison = compare(result) if wanted.compare else None
        return Answer(result.problem.id, to_dict(result, CATALOGUE), texts, comparison, fault=fault)
    except Exception as error:
        reason = f"its report could not be rendered ({named(error)})"
        return replace(bare(result.problem.id, reason), texts={}, failure=reason, fault=traceback.format_exc())


def named(error: Exception) -> str:
    """An error in half a line."""
    return f"{type(error).__name__}: {str(error)[:200]}".replace(os.linesep, " ")
