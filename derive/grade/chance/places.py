"""P(X = 1) of a continuous variable, which is the probability of an interval that is one point: 0, and no value of the density."""

from __future__ import annotations

import re
from collections.abc import Collection

from derive.grade.chance.chances import CHANCE, CLOSE, END, LETTER, OPEN, PROBABILITY, variable_of
from derive.grade.truth import Truth
from derive.language.totals import Lebesgue

AT_POINT = re.compile(rf"{PROBABILITY}{OPEN}(?P<X>[A-Z])\s*=\s*(?P<end>{END}){CLOSE}")


def with_places(formula: str, truth: Truth, taken: Collection[str] = ()) -> str:
    r"""The formula with P(X = c) as the chance of c ≤ X ≤ c, where X has a density; P(X = x) is the density by custom.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]))
    >>> with_places("P(X = 1) = 0", truth), with_places("P(X = x) = b", truth)
    ('\\operatorname{ChanceOf}(1,1,0) = 0', 'P(X = x) = b')
    """
    known, own = {*truth.named, *taken}, {v.symbol.name for v in truth.problem.variables}

    def placed(match: re.Match[str]) -> str:
        place, end = variable_of(match["X"], truth, known), match["end"].strip()
        if place is None or not isinstance(truth.problem.variables[place].measure, Lebesgue) or own & set(LETTER.findall(end)):
            return match[0]
        return rf"\operatorname{{{CHANCE}}}({end},{end},{place})"

    return formula if "P" in known else AT_POINT.sub(placed, formula)
