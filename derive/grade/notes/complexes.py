"""Steps between complex numbers: equal if their real parts are, and their imaginary parts are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sympy import Add, Expr, I, Mul, S

from derive.grade.equal.values import Bench
from derive.grade.notes.sides import Reader
from derive.grade.notes.steps import Found, Step
from derive.grade.notes.worlds import World
from derive.grade.writing.outside import Outside
from derive.grade.writing.waves import IMAGINARY, REAL, part_of
from derive.language.claims import AGREES, PROVED, REFUTED, UNDECIDED
from derive.language.totals import Total
from derive.read.names import ReadError

WORST_FIRST = (REFUTED, UNDECIDED, AGREES, PROVED)


class Parts(Step):
    """The real or the imaginary parts of both sides, taken under integral signs and sums: names stand for real numbers."""

    def __init__(self, part: str, *rest: Any) -> None:
        self.part = part
        super().__init__(*rest)

    def sides(self, world: World, fill: bool) -> tuple[Expr, Expr]:
        left, right = (self.reader.plain(self.of(text, world, fill), world) for text in (self.base.left, self.base.right))
        return left, right

    def of(self, text: str, world: World, fill: bool) -> Expr:
        whole = self.reader.filled(self.reader.raw(text, world), world, fill, 0)
        if not whole.has(I):
            return whole if self.part == REAL else S.Zero
        try:
            return under_totals(whole, self.part)
        except ReadError as error:
            raise Outside(error.message) from None


def under_totals(e: Expr, part: str) -> Expr:
    """The real or imaginary part, inside of totals too. Raises ReadError where it is not found."""
    if isinstance(e, Total):
        return e.func(under_totals(e.body, part), e.x, e.measure)
    complex_ones = [f for f in Mul.make_args(e) if f.has(I)]
    if e.has(Total) and e.is_Mul and len(complex_ones) == 1:
        return e / complex_ones[0] * under_totals(complex_ones[0], part)
    if e.has(Total) and not e.is_Add:
        raise ReadError("this part cannot be taken under the integral sign")
    return Add(*(under_totals(a, part) for a in e.args)) if e.has(Total) else part_of(e, part)


def by_parts(reader: Reader, base: Found, bench: Bench, claim: bool) -> Found | None:
    """The verdict on a step between complex numbers; None where their parts cannot be written out."""
    try:
        found = [Parts(part, reader, base, bench, claim).verdict() for part in (REAL, IMAGINARY)]
    except Outside:
        return None
    k = min((0, 1), key=lambda k: WORST_FIRST.index(found[k].verdict))
    told = f"the {('real', 'imaginary')[k]} parts differ: {found[k].detail}"
    return replace(found[k], detail=told) if found[k].verdict == REFUTED else found[k]
