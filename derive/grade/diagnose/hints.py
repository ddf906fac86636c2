"""Hints for a wrong answer, in three levels from a nudge to an explanation. The sentences stand in templates/."""

from __future__ import annotations

from functools import cache
from typing import Any

from derive.grade.handed import WRONG, Judgement
from derive.report.words import environment

LEVELS = (1, 2, 3)


def hints(found: Judgement) -> tuple[str, ...]:
    """A nudge, where to look, and an explanation; nothing for an answer that is not wrong.

    >>> hints(Judgement("a", WRONG))[0]
    'Something is not right yet. Try numbers in place of the parameters.'
    """
    if found.verdict != WRONG:
        return ()
    kind, detail = (found.mistake.kind, found.mistake.detail) if found.mistake else ("", "")
    return tuple(" ".join(sentences().hint(kind, level, found.first_wrong_line, detail).split()) for level in LEVELS)


@cache
def sentences(language: str = "en") -> Any:
    return environment(language).get_template("hints.j2").module
