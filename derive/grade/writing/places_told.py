r"""Sentences that say where something is solved: "setting it equal to ½ gives …", "we find the mode m", "the derivative vanishes at x = s"."""

from __future__ import annotations

import re

from derive.grade.writing.marked import Told, pattern
from derive.grade.writing.mentions import RELATION

SETTING = pattern(
    r"[Ss]etting\s+(?:it|this|the\s+latter)\s+equal\s+to\s+@v(?P<mid>[^⟦⟧.;]*?\b(?:gives|yields|we\s+(?:get|obtain|find)|leads\s+to)(?:\s+the\s+equation)?)\s+@e"
)
FUNCTION = re.compile(r"(?<![A-Za-z\\])(?P<head>[FS])\s*\(\s*(?P<x>[a-z]|\\[a-z]+)\s*\)\s*=")


def setting(match: re.Match[str], told: Told) -> str | None:
    """ "Setting it equal to ½ gives A = B", of the function F(x) that a line before has, as F(m) = ½ and A = B with m for x"""
    head = next((found[-1] for line in reversed(told.before) if (found := list(FUNCTION.finditer(line)))), None)
    value, equation = told.formula(match, "v"), told.formula(match, "e")
    letter = next((c for c in "mcw" if not any(re.search(rf"(?<![A-Za-z\\]){c}(?![A-Za-z])", text) for text in (*told.before, equation))), None)
    if head is None or letter is None or RELATION.search(value) or equation.count("=") != 1:
        return None
    put = re.sub(rf"(?<![A-Za-z\\]){re.escape(head['x'])}(?![A-Za-z])", lambda _: letter, equation)
    told.unknown = letter
    at = told.put(f"{head['head']}({letter})={value}")
    return f"Setting {at}{match['mid']} {told.put(put)}"


ONE_HALF = re.compile(
    r"[Ss]etting\s+(?:it|this|the\s+latter|the\s+distribution\s+function|⟦\d+⟧)\s+equal\s+to\s+(?:one\s+)?half,?\s+(?:and\s+solving,?\s+)?"
    r"(?:we\s+(?:get|obtain|find)|gives|yields)\s+the\s+median"
)


def one_half(match: re.Match[str], told: Told) -> str:
    """ "Setting this equal to one half, we obtain the median m": that it is the median is what is held."""
    return "so the median is"


LOG_SLOPE = re.compile(
    r"(?:I\s+|we\s+)?tak(?:e|ing)\s+the\s+log(?:arithm)?\s+of\s+the\s+density,?\s+(?:and\s+)?differentiat(?:e|ing)(?:\s+it)?,?\s+and\s+set(?:ting)?\s+(?:it|this)\s+"
    r"(?:equal\s+)?to\s+zero(?=\s*[:,]?\s*⟦)"
)


def log_slope(match: re.Match[str], told: Told) -> str:
    """ "take the log of the density, differentiate it and set it to zero:" """
    return "the derivative of the log-density set to zero"


FOUND = pattern(r"\b(?P<led>find|get|obtain|gives|yields)\s+the\s+(?P<what>median|mode)\s+@v")


def found_so(match: re.Match[str], told: Told) -> str:
    """ "we find the mode v" as: the mode is v"""
    return f"{match['led']} this: the {match['what']} is ⟦{match['v']}⟧"


MEDIAN = pattern(r"(?P<led>median\s+(?:is|equals))\s+@v(?=\s*(?:[.,;]|$))")


def median(match: re.Match[str], told: Told) -> str | None:
    """ "the median is v", which solves the equation that a line before has set up"""
    value = told.formula(match, "v")
    if not told.unknown or RELATION.search(value):
        return None
    found = told.put(f"{told.unknown}={value}")
    told.unknown = ""
    return f"{match['led']} {found}"


VANISHES = pattern(
    r"(?P<led>[Tt]he\s+mode)\s+is\s+(?:found|obtained|given)\s+by\s+(?:differentiating|maximi[sz]ing)\s+the\s+(?:log-?\s?)?density\s*[:,;]?\s*"
    r"(?:and\s+)?(?:the|its|whose)\s+derivative\s+(?:vanishes|is\s+zero)\s+(?:only\s+)?at\s+@c"
)


def vanishes(match: re.Match[str], told: Told) -> str | None:
    """ "The mode is found by differentiating the density: the derivative vanishes at x = s" """
    return f"{match['led']} is {told.put(told.formula(match, 'c').rsplit('=', 1)[-1])}"
