r"""Digits in a document, √(2π) ≈ 2.507: of numbers, without names, whose digits behind ≈ are held against an enclosure."""

from __future__ import annotations

from derive.grade.equal.ground import Ground
from derive.grade.handed import CORRECT, WRONG
from derive.grade.notes.sides import Reader
from derive.grade.notes.steps import Found
from derive.grade.notes.worlds import World
from derive.grade.writing.digits import ALIKE, judged_digits
from derive.grade.writing.outside import Outside
from derive.language.claims import PROVED, REFUTED, UNDECIDED


def near(reader: Reader, base: Found) -> Found:
    """Whether digits are those of a number, rounded or cut off."""
    try:
        value, said = (reader.side(text, World({}), True) for text in (base.left, base.right))
    except Outside as error:
        return Found(base.line, base.left, base.right, base.verdict, str(error))
    verdict, detail = judged_digits(value, said, ALIKE, base.right, Ground())
    found = {CORRECT: PROVED, WRONG: REFUTED}.get(verdict, UNDECIDED)
    return Found(base.line, base.left, base.right, found, detail)
