"""What words say of a sum: "this is a geometric series", "sum and integral may be exchanged". Left open where no sum in the lines is like that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from sympy import Expr, S

from derive.grade.derivations.course import Course
from derive.grade.derivations.stated import Line
from derive.grade.handed import CORRECT, UNDECIDED, LineVerdict
from derive.grade.writing.assertions import FORMULA, wording
from derive.language.totals import Counting, Lebesgue, Total
from derive.rules.telescoping import gosper_quotient
from derive.rules.terms import Ratio, ratio_of

NAMED = re.compile(
    r"\b(?:is|as)\s+(?:also\s+|just\s+|simply\s+|exactly\s+|again\s+)?(?:an?|the)\s+(?:\w+\s+)?"
    r"(?P<kind>geometric|exponential|telescoping|finite)\s+(?:series|sum)\b", re.IGNORECASE
)  # fmt: skip
DERIVED = re.compile(r"\b(?:deriv\w*|differentiat\w*|weighted|not|times|arithmetic\w*|product|double)\b", re.IGNORECASE)
EXCHANGED = re.compile(
    r"\b(?:sum\w*\s+and\s+(?:the\s+)?integra\w+|integra\w+\s+and\s+(?:the\s+)?sum\w*)\b[^.;]*\b(?:ex|inter)chang\w*|\bterm\s*-?\s*by\s*-?\s*term\b",
    re.IGNORECASE,
)
KINDS: dict[str, Callable[[Total, Ratio], bool]] = {
    "geometric": lambda total, ratio: not ratio.upper and not ratio.lower,
    "exponential": lambda total, ratio: not ratio.upper and len(ratio.lower) == 1,
    "telescoping": lambda total, ratio: gosper_quotient(total.x, ratio) is not None,
}


def with_series(verdicts: list[LineVerdict], lines: Iterable[Line], course: Course) -> list[LineVerdict]:
    """The verdicts, where words that call a sum something that none of the sums is, or exchange what no line exchanges, leave a line open."""
    read = list(lines)
    texts = {line.number: FORMULA.sub(" ", wording(line.text)) for line in read}
    told = {number: text for number, text in texts.items() if NAMED.search(text) or EXCHANGED.search(text)}
    sides = [course.truth.problem.total, *(side for line in read for s in line.stated for side in s.sides if isinstance(side, Expr))] if told else []
    found = {number: why for number, text in told.items() if (why := unlike(text, sides, course))}
    return [replace(one, verdict=UNDECIDED, detail=found[one.line]) if one.verdict == CORRECT and one.line in found else one for one in verdicts]


def unlike(text: str, sides: list[Expr], course: Course) -> str:
    """Why what words say of a sum is not established; "" where it is, or they say nothing."""
    named = NAMED.search(text)
    sums = [t for side in sides for t in side.atoms(Total) if isinstance(t.measure, Counting)]
    if named and not DERIVED.search(text) and sums and not any(of_kind(t, named["kind"].lower(), course) for t in sums):
        return f"none of the sums could be seen to be {'an' if named['kind'][0] in 'eE' else 'a'} {named['kind'].lower()} series"
    integrals = [t for side in sides for t in side.atoms(Total) if isinstance(t.measure, Lebesgue)]
    inner = any(isinstance(u.measure, Counting) for t in integrals for u in t.body.atoms(Total))
    if EXCHANGED.search(text) and inner and not any(outermost(side) for side in sides):
        return "no line exchanges them, so that nothing shows that they may be exchanged"
    return ""


def of_kind(total: Total, kind: str, course: Course) -> bool:
    """Whether the ratio of neighbouring terms is constant, or constant over k + c, or the terms are differences F(k + 1) − F(k)."""
    if kind == "finite":
        return not any(end.is_infinite for end in total.measure.args)
    ratio = ratio_of(total.body, total.x, course.truth.inside.facts.within(total.x, total.measure))
    return ratio is not None and KINDS[kind](total, ratio)


def outermost(side: Expr) -> bool:
    """Whether a sum stands there that is not under an integral sign."""
    bare = side.xreplace({t: S.One for t in side.atoms(Total) if isinstance(t.measure, Lebesgue)})
    return any(isinstance(t.measure, Counting) for t in bare.atoms(Total))
