r"""What words say of a part of a formula that stands before: "the second integral is 0", "the boundary term vanishes"."""

from __future__ import annotations

import re
from dataclasses import replace

from sympy import Basic, Expr, Symbol

from derive.grade.derivations.course import Course
from derive.grade.derivations.exponents import judge_exponent
from derive.grade.derivations.known import known
from derive.grade.derivations.leftover import left_of_kernel
from derive.grade.derivations.related import same
from derive.grade.derivations.stated import Names, Stated
from derive.grade.derivations.terms import engine_terms
from derive.grade.equal.values import evaluated
from derive.grade.handed import CORRECT, UNDECIDED
from derive.grade.truth import Truth
from derive.grade.writing.mentions import inner_values
from derive.grade.writing.parts_told import EXPONENT
from derive.grade.writing.reading import scope_of
from derive.grade.writing.segments import unbracketed
from derive.language.totals import REALS, Counting, Lebesgue, Total, support
from derive.read.latex import statement
from derive.read.names import ReadError

ORDINALS = ("first", "second", "third", "fourth")
PLACE = re.compile(
    rf"\b({'|'.join(ORDINALS)}|last)(?:\s+(?:integral|integrand|sum|series|bracket|term|part|piece|factor|one)\b|(?=\s+(?:is|equals|gives|contributes)\s*$))",
    re.IGNORECASE
)  # fmt: skip
WHOLE = re.compile(r"\b(?:full|whole|entire|complete|latter)\b", re.IGNORECASE)
EACH = re.compile(
    r"\b(?:each|both|every|all)\s+(?!value)(?:of\s+)?(?:(?:the|these|which|them)\s+)?(?:\w+\s+){0,2}(?:integrals?|sums?|series|factors?|pieces?|terms?)\b",
    re.IGNORECASE
)  # fmt: skip
FACTORS = re.compile(r"\\(?:cdot|times)(?![A-Za-z])|(?<=\S)\s*(?=\\int|\\sum)")


def judge_inner(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """The value of some integral, sum or bracket in what stands before, or of the kernel's integral over the whole line."""
    value, (said, _, behind) = known(s.sides[0], course), s.called.partition(" ⟦…⟧ ")
    if EXPONENT.search(said):
        return judge_exponent(value, f"{said} {behind}", course)
    s = replace(s, called=said)
    if WHOLE.search(s.called) and (line := on_whole_line(course)) is not None and same(value, line, course):
        return CORRECT, "it is the integral over the whole line"
    before = course.last if course.last is not None else course.truth.problem.total
    if EACH.search(s.called):
        pieces = sorted(before.atoms(Total), key=str)
        held = len(pieces) > 1 and all(same_inside(value, one, before, course) for one in pieces)
        return (CORRECT, "it is the value of each of them") if held else (UNDECIDED, "it is not clear what this is said to be")
    if left_of_kernel(value, s.called, course):
        return CORRECT, "it is what is left of the kernel"
    if any(same_inside(value, one, before, course) for one in of_place(s.called, before, course)):
        return CORRECT, "it is the value of a part of what stands before"
    return UNDECIDED, "it is not clear what this is said to be"


def same_inside(value: Expr, part: Expr, whole: Basic, course: Course) -> bool:
    """Whether a part of an expression has a value, where the variables of the integrals and sums around it lie in their ranges."""
    around = [t for t in whole.atoms(Total) if t.x in part.free_symbols and t.has(part) and isinstance(t.measure, (Lebesgue, Counting))]
    told, course.local = course.local, [*course.local, *(r for t in around for r in support(t.x, t.measure) if r not in (True, False))]
    found = same(value, part, course)
    course.local = told
    return found


def of_place(words: str, before: Expr, course: Course) -> list[Expr]:
    """The integrals, sums and brackets of which words speak: for "the second integral" those of the second term that is written."""
    found, places = list(inner_values(before)), list(PLACE.finditer(words))
    if not places or len(found) < 2:
        return found
    place = places[-1]
    if re.search(r"\bfactors?\b", words):
        found = sorted(before.atoms(Total), key=str)
        factors = [one for one in (read_alone(text, course.truth) for text in FACTORS.split(last_side_of(course.integrals))) if one is not None]
        at = -1 if place[1].lower() == "last" else ORDINALS.index(place[1].lower())
        return [factors[at]] if len(factors) == len(found) and at < len(factors) else []
    written = [one for one in in_order(course.integrals, course.truth) if one is not None]
    at = -1 if place[1].lower() == "last" else ORDINALS.index(place[1].lower())
    return list(inner_values(written[at])) if len(found) == len(written) and at < len(written) else []


def last_side_of(text: str) -> str:
    """The last side of the equation that a line ends with."""
    return re.split(r"(?<![<>:])=(?![^{}]*\})", text)[-1].strip(" .,;$")


def in_order(text: str, truth: Truth) -> list[Expr | None]:
    """The terms of the last side of a formula that have one integral or sum each, as they are written."""
    side = last_side_of(text)
    places = [i for i in unbracketed(side) if side[i] in "+-" and i and not re.search(r"[\^_(]\s*$", side[:i])]
    terms = [side[a:b] for a, b in zip([0, *(i + 1 for i in places)], [*places, len(side)], strict=True)]
    return [read_alone(one, truth) for one in terms if re.search(r"\\int|\\sum|∫|∑", one)]


def read_alone(text: str, truth: Truth) -> Expr | None:
    try:
        (value,) = engine_terms((statement(text.strip(), scope_of(truth, strict=False)),), truth, Names())
    except (ReadError, ValueError, TypeError):
        return None
    return value if isinstance(value, Expr) else None


def on_whole_line(course: Course) -> Expr | None:
    """∫ g over (−∞, ∞) for a problem about a part of the line."""
    (v, *more) = course.truth.problem.variables
    if more or not isinstance(v.measure, Lebesgue):
        return None
    x = Symbol(v.symbol.name, real=True)
    return evaluated(Total(course.truth.problem.kernel.xreplace({v.symbol: x}), x, REALS), course.truth.ground.facts, course.bench)
