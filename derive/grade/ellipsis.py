r"""Series by their first terms: 1 + q + q² + ⋯ as what a sum goes on from, where each written term is one of the sum."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sympy import Add, Basic, Expr, S, Symbol, expand, series
from sympy.core.function import AppliedUndef

from derive.language.problem import Problem
from derive.language.totals import Counting, Total, substitute

TERMS = "FirstTerms"  # the inert function whose arguments are the terms
GOING_ON = re.compile(r"\+\s*(?:\\[cl]?dots[bc]?(?![A-Za-z])|\.\.\.)[\s.]*$")
LEAST = 2  # terms that say how a series goes on
LARGEST = 40  # operations in a closed form that is expanded


def with_terms(formula: str) -> str:
    r"""The formula with a + b + ⋯ as FirstTerms(a, b).

    >>> with_terms(r"Z = 1 + (1-p) + \cdots = \frac1p")
    'Z =\\operatorname{FirstTerms}(1,(1-p))= \\frac1p'
    """
    sides = list(split(formula, "="))
    written = [list(split(GOING_ON.sub("", side), "+")) if GOING_ON.search(side) else [] for side in sides]
    return "=".join(applied(terms) if len(terms) >= LEAST else side for side, terms in zip(sides, written, strict=True))


def applied(terms: list[str]) -> str:
    return rf"\operatorname{{{TERMS}}}({','.join(t.strip() for t in terms)})"


def split(text: str, mark: str) -> Iterator[str]:
    """The parts of a text between marks outside all brackets."""
    depth = start = 0
    for i, c in enumerate(text):
        depth += (c in "([{") - (c in ")]}")
        if c == mark and depth == 0:
            yield text[start:i]
            start = i + 1
    yield text[start:]


def are_terms(e: Basic) -> bool:
    return isinstance(e, AppliedUndef) and e.func.__name__ == TERMS


def are_first(terms: tuple[Expr, ...], target: Expr) -> bool:
    """Whether terms are the first ones of the power series of a closed form in one of its names: c₀qᵃ + c₁qᵇ + … with a < b < …"""
    if target.has(Total) or target.count_ops() > LARGEST:
        return False
    for q in sorted(target.free_symbols, key=str):
        powers = [t.as_coeff_exponent(q)[1] for t in terms]
        if not all(n.is_Integer and n >= 0 for n in powers) or not all(a < b for a, b in zip(powers, powers[1:], strict=False)):
            continue
        z = Symbol(q.name)
        try:
            found = series(target.xreplace({q: z}), z, 0, int(powers[-1]) + 1).removeO()
        except (ValueError, NotImplementedError, TypeError, AttributeError):
            continue
        if expand(found - Add(*terms).xreplace({q: z})) == 0:
            return True
    return False


def series_terms(target: Expr, count: int, true: Expr | None, problem: Problem) -> list[Expr] | None:
    """The first terms of an infinite sum; where the target is Z, those of the problem's sum."""
    target = problem.total if target == true else target
    factor, total = target.as_independent(Total, as_Add=False)
    if not isinstance(total, Total) or not isinstance(total.measure, Counting):
        return None
    lo, hi = total.measure.args
    if not lo.is_Integer or hi is not S.Infinity:
        return None
    return [factor * substitute(total.body, {total.x: lo + i}) for i in range(count)]
