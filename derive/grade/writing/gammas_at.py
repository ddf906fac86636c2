r"""Gamma functions and factorials of numbers in a line, one place off: Γ(1/2) where Γ(3/2) would be right; their values alone do not show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

NUMBER = r"(?P<whole>\d+)|\\[dt]?frac\s*(?:\{\s*(?P<a>\d+)\s*\}|(?P<b>\d))\s*(?:\{\s*(?P<c>\d+)\s*\}|(?P<d>\d))|(?P<over>\d+)\s*/\s*(?P<below>\d+)"
GAMMA = re.compile(rf"\\Gamma\s*(?:\\left|\\[bB]igg?l?)?\(\s*(?:\\!)?\s*(?:{NUMBER})\s*(?:\\right|\\[bB]igg?r?)?\)")
FACTORIAL = re.compile(r"(?<![\d.}])(?P<n>\d{1,2})\s*!(?!!)")
MOST = 4  # places that are looked at


def one_off(line: str) -> Iterator[tuple[str, str]]:
    r"""The line up to the side with such a number, with that one more or one less, and what is said of it.

    >>> list(one_off(r"= \Gamma\left(\frac12\right)"))
    [('= \\Gamma\\left(3/2\\right)', 'gamma(1/2) stands in place of gamma(3/2)')]
    >>> [text for text, _ in one_off("= 3!/5")]
    ['= 4!/5', '= 2!/5']
    """
    for match in list(GAMMA.finditer(line))[:MOST]:
        top, below = match["whole"] or match["a"] or match["b"] or match["over"], match["c"] or match["d"] or match["below"] or "1"
        z = Fraction(int(top), int(below) or 1)
        for new in (z + 1, z - 1):
            if new > 0:
                said = f"gamma({z}) stands in place of gamma({new})"
                yield rf"{line[: match.start()]}\Gamma\left({new}\right){line[match.end() :].split('=')[0]}", said
    for match in list(FACTORIAL.finditer(line))[:MOST]:
        n = int(match["n"])
        for step in (n + 1, n - 1) if n else (1,):
            yield f"{line[: match.start()]}{step}!{line[match.end() :].split('=')[0]}", f"{n}! stands in place of {step}!"
