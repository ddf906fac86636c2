"""What a density is called and what its moments are, as a report shows them."""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.problem import Family, Moment
from derive.report.latex import tex
from derive.report.words import Voice


@dataclass(frozen=True)
class Told:
    """A moment as it is read: `value` is empty where it does not exist, and then `detail` says why."""

    name: str
    value: str
    conditions: tuple[str, ...]
    verdict: str
    detail: str


@dataclass(frozen=True)
class Named:
    """A family as it is read, with the names and values of its parameters."""

    name: str
    parameters: tuple[tuple[str, str], ...]


def named(family: Family, voice: Voice) -> Named:
    """A family by its name."""
    return Named(voice.escape(family.name), tuple((voice.escape(name), voice.formula(tex(value, voice.names)))
                                                  for name, value in family.parameters.items()))


def told(moment: Moment, voice: Voice) -> Told:
    """One moment."""
    value = "" if moment.value is None else voice.formula(tex(moment.value, voice.names))
    return Told(voice.escape(moment.name), value, tuple(voice.formula(tex(c, voice.names)) for c in moment.conditions),
                moment.verdict, voice.escape(moment.detail))
