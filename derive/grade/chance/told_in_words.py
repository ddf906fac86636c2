r"""Sentences that say with words what a formula could: "X is exponential with rate a", "u runs from ∞ down to 0", "ours is half of it".

Where a sentence is known, what it says stands in its place as a formula, which is then held against the density as any other. A sentence that is not
known stays as it is.
"""

from __future__ import annotations

import re

from derive.grade.chance import chances_told as chances
from derive.grade.truth import Truth
from derive.grade.writing import laws_told as laws
from derive.grade.writing import places_told as places
from derive.grade.writing import values_told as values
from derive.grade.writing.marked import Say, put_together, taken_apart, written_out

SENTENCES: tuple[tuple[re.Pattern[str], Say], ...] = (
    (values.TWO_VALUES, values.two_values), (laws.MARGINAL, laws.marginal),
    (laws.A_LAW, laws.law), (values.RUNS, values.runs), (values.OURS, values.ours), (values.WHICH, values.which),
    (values.MEAN_ZERO, values.mean_zero), (values.OF_VARIABLE, values.of_variable), (values.ONLY_IF, values.only_if),
    (values.WHOSE_LOG, values.whose_log), (values.WITHOUT, values.without), (values.FUNCTION, values.function),
    (chances.CHANCE, chances.chance), (values.CASE, values.at_a_case), (chances.ONE_WEIGHT, chances.weight),
    (chances.LISTED, chances.weights), (places.SETTING, places.setting), (places.ONE_HALF, places.one_half), (places.LOG_SLOPE, places.log_slope),
    (values.DERIVATIVE, values.derivative), (values.QUOTIENT, values.quotient), (chances.COMES, chances.comes),
    (chances.ITS_MEAN, chances.its_mean), (values.TENDS, values.tends), (values.THIS_IS, values.this_is), (chances.LOGISTIC, chances.logistic),
    (chances.CHANCE_OF, chances.chance_of), (chances.STATE, chances.state), (chances.AT_LEAST, chances.at_least),
    (values.OBTAINED, values.obtained), (values.ANTIDERIVATIVE, values.antiderivative), (places.FOUND, places.found_so),
    (places.MEDIAN, places.median), (places.VANISHES, places.vanishes), (values.ADDED_UP, values.added_up),
    (chances.INDEPENDENT, chances.independent),
)  # fmt: skip


def with_told_in_words(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""The lines with what such sentences say as formulas.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-a*x)", over={"x": "(0, oo)"}, given=["a > 0"]))
    >>> with_told_in_words(("So $X$ is exponential with rate $a$.", "As $x$ runs from $0$ to $1$, it grows."), truth)
    ('\\text{So }X\\sim\\operatorname{exponential}(\\text{rate }a)\\text{.}', '\\text{As }x: 0\\to 1\\text{, it grows.}')
    """
    done: list[str] = []
    unknown = ""
    for line in lines:
        told = taken_apart(line, tuple(done), truth)
        if told is not None:
            told.unknown = unknown
            written_out(told, SENTENCES)
            unknown = told.unknown
        done.append(line if told is None or not told.changed else put_together(told))
    return tuple(done)
