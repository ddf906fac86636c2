r"""Digits that stand behind ≈, as in √(2π) s ≈ 2.507 s: they are those of the value, up to one unit of the last."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flint import arb
from sympy import Basic, Expr, Rational

from derive.grade.equal.balls import Unknown, ball_of
from derive.grade.equal.ground import Ground
from derive.grade.writing.heads import APPROXIMATELY

NUMBER = re.compile(r"(?<![\w.])(?P<whole>\d+)\.(?P<part>\d+)(?![\d.])")
RELATION = re.compile(r"=|<|>|\\(?:leq?|geq?|neq?|to|propto|sim)(?![A-Za-z])")
END = re.compile(r"=|<|>|(?<!\\)[;,]|\\(?:leq?|geq?|neq?|to|propto|sim|q?quad|text|implies|Rightarrow)(?![A-Za-z])")
BITS, PLACES = 120, 3


def in_digits(formula: str) -> Iterator[tuple[str, str, Rational]]:
    r"""A value, what its digits are said to be, and by how much of itself that may be off.

    >>> list(in_digits(r"Z = \sqrt{2\pi} s \approx 2.507 s"))
    [(' \\sqrt{2\\pi} s ', ' 2.507 s', 1/2507)]
    """
    pieces = APPROXIMATELY.split(formula)
    for before, after in zip(pieces, pieces[1:], strict=False):
        value, said = RELATION.split(before)[-1], END.split(after)[0].rstrip(" .")
        numbers = [*NUMBER.finditer(said)]
        if value.strip() and len(numbers) == 1 and int(numbers[0]["whole"] + numbers[0]["part"]):
            yield value, said, Rational(1, int(numbers[0]["whole"] + numbers[0]["part"]))


def off(value: Basic, said: Basic, share: Basic, ground: Ground) -> str:
    """What a value is where it is provably not what is said of it in the same letters; "" where it may be."""
    if not isinstance(value, Expr) or not isinstance(said, Expr) or value.free_symbols != said.free_symbols:
        return ""
    for point in ground.points(value.free_symbols | said.free_symbols)[:PLACES]:
        try:
            one, other = ball_of(value, point, BITS), ball_of(said, point, BITS)
        except Unknown:
            continue
        if abs(one - other) > abs(other) * arb(int(share.p)) / int(share.q):  # type: ignore[attr-defined]
            return f"The digits are not those of the value: it is {one.str(6, radius=False)}, where {other.str(6, radius=False)} is said."
    return ""
