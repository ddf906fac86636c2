"""Hints for a wrong answer, in three levels from a nudge to an explanation. The sentences stand in templates/."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from derive.grade.handed import WRONG, Judgement
from derive.report.words import environment

LEVELS = (1, 2, 3)
FIRST_WORD = re.compile(r"(?:the|it|this|an|only|of|with|where|what|exponents|there|no|its)\b(?! stands)")


def hints(found: Judgement) -> tuple[str, ...]:
    """A nudge, where to look, and an explanation; nothing for an answer that is not wrong.

    >>> hints(Judgement("a", WRONG))[0]
    'Something is not right yet. Try numbers in place of the parameters.'
    """
    if found.verdict != WRONG:
        return ()
    kind, detail = (found.mistake.kind, found.mistake.detail) if found.mistake else ("", "")
    told = (sentences().hint(kind, level, found.first_wrong_line, as_people_write(detail)) for level in LEVELS)
    return tuple(capital(" ".join(text.split())) for text in told)


def as_people_write(detail: str) -> str:
    """A sentence with the formulas in it nearer to how they are written by hand.

    >>> as_people_write("x runs over (0, oo), and -R**2*a stands in place of -pi*a")
    'x runs over (0, ∞), and -R^2 a stands in place of -π a'
    """
    text = re.sub(r"\boo\b", "∞", re.sub(r"\bpi\b", "π", detail))
    return re.sub(r"(?<=\S)\*(?=\S)", " ", text.replace("**", "^"))


def capital(text: str) -> str:
    """A sentence with a capital letter, where it begins with a word and not with the name of something."""
    return text[:1].upper() + text[1:] if FIRST_WORD.match(text) else text


@cache
def sentences(language: str = "en") -> Any:
    return environment(language).get_template("hints.j2").module
