r"""Lines whose words say more than their formulas: what is right as a formula is left open where the words beside it claim something else,
and what is not the value before it is not called wrong where the words may give it another meaning.
"""

from __future__ import annotations

import re
from dataclasses import replace

from derive.grade.derivations.course import Course
from derive.grade.derivations.outer_cases import misstated_outside
from derive.grade.derivations.related import BEFORE
from derive.grade.handed import CORRECT, UNDECIDED, UNREAD, WRONG, LineVerdict
from derive.grade.writing.assertions import FORMULA, wording
from derive.language.totals import Counting

MEAN = r"\s*(?:\\mathbb\s*\{?\s*E\s*\}?|\\operatorname\s*\{\s*E\s*\}|\\mathrm\s*\{\s*E\s*\}|E)\s*(?:\\left)?[\[({]"
NUMBER = r"(?:-?\d+(?:\.\d+)?|\\[dt]?frac\s*\{?\d+\}?\s*\{?\d+\}?)"
NOT = re.compile(r"\b(?:is|are)\s+(?:not|never)\s*\}\s*(?:[^\s\\]|\\(?!text|q?quad|[,;:! ]))")
DENIED = re.compile(
    r"\b(?:not|never)\s+(?:\w+\s+)?(?:true|right|correct|the\s+case|valid|equal)\b|\b(?:false|untrue|incorrect|wrong|mistaken)(?:ly)?\b"
    r"|\b(?:by\s+no\s+means|nobody|no\s+one|impossible|absurd)\b|\bnot\s*[!?]*\s*\)",
    re.IGNORECASE,
)
MISNAMED = re.compile(
    rf"\b(?P<noun>median|mode|variance|standard\s+deviation|skewness|kurtosis|entropy|second\s+moment)\s+(?:is|equals)\s*\}}{MEAN}(?P<of>[^=]*)=",
    re.IGNORECASE,
)
SQUARED = re.compile(r"\^|\(.*\(|\[.*\(")  # E[X²], E[(X − m)²]: these may be what the words say
INDEPENDENT = re.compile(r"\b(?:is|are)\s+(?:statistically\s+)?independent\s+of\b", re.IGNORECASE)
AT_A_NUMBER = re.compile(r"(?<![A-Za-z\\])[pf]\s*(?:_\s*\{?|\(\s*)(?P<at>-?\d+)\s*[)}]?\s*=(?!\s*0\s*(?:$|[,.;\\]))")
GOES_ON = re.compile(  # it speaks of the same
    r"(?:\s|&|\\(?:q?quad|implies|Rightarrow|therefore)(?![A-Za-z])|\\[,;:! ])*(?:=|Z\s*(?:\([^()]*\))?\s*=)"
)
PLACED = re.compile(  # words that put a line at a special place, where it need not be what stood before
    r"\b(?:if|for|when|taking)\s*\}\s*\\?[A-Za-z]+(?:_\w|_\{\w+\})?\s*(?:=|\\to(?![A-Za-z]))"
    r"|\b(?:at|in|for)\s+(?:zero|vanishing|high|low|small|large|infinite)\b|\blimit\s*\}|\bsolves?\b|\bbetween\s*\}"
    r"|\b[Ss]et(?:ting)?\s+(?:it|this|that|⟦[^⟦⟧]*⟧)\s+equal\s+to\b|(?<![A-Za-z\\])Z_\{?\d\}?\s*=[^\\]*\\text\s*\{[^{}]*\binduction\b"
    r"|\bgiven\s*\}\s*\\?[A-Za-z]+\s*\\text",
    re.IGNORECASE,
)


def with_doubts(lines: list[LineVerdict], texts: tuple[str, ...], course: Course) -> list[LineVerdict]:
    """The lines, left open where their words say more than was established, or may give what was refuted another meaning."""
    return [doubtful(line, texts, [one.line for one in lines if one.verdict == UNREAD and one.line < line.line], course) for line in lines]


def doubtful(line: LineVerdict, texts: tuple[str, ...], unread: list[int], course: Course) -> LineVerdict:
    text, held = texts[line.line - 1], course.trouble.get(line.line)
    if line.verdict == CORRECT and (why := overclaiming(text, course) or misstated_outside(text, course)):
        return replace(line, verdict=UNDECIDED, detail=why)
    if line.verdict != WRONG or BEFORE not in line.detail or GOES_ON.match(text):
        return line
    own = {*course.truth.named, *(v.symbol.name for v in course.truth.problem.variables)}
    new = sorted({s.name for side in (held.target, held.side) for s in side.free_symbols} - own) if held is not None else []
    dark = [name for name in new for n in unread if re.search(rf"(?<![A-Za-z]){name}(?![A-Za-z])", texts[n - 1])]
    if not dark and (course.special or not PLACED.search(text)):
        return line
    course.trouble.pop(line.line, None)
    why = f"it speaks of {dark[0]}, which a line that could not be read may have brought in" if dark else "it is not clear where its words place it"
    return replace(line, verdict=UNDECIDED, detail=why)


def overclaiming(text: str, course: Course) -> str:
    r"""Why a line whose formulas are right says more in its words; "" where nothing shows that."""
    if NOT.search(text) or DENIED.search(FORMULA.sub(" ", wording(text))):
        return "its words deny what its formula says"
    misnamed = MISNAMED.search(text)
    if misnamed and not SQUARED.search(misnamed["of"]):
        return f"that a mean is the {misnamed['noun'].lower()} is not established"
    if len(course.truth.problem.variables) > 1 and INDEPENDENT.search(text):
        return "that these are independent is not established"
    for p in course.truth.problem.parameters:
        given = rf"\b(?:so|thus|hence|therefore|obtain|get)\s*\}}\s*\\?{re.escape(p.symbol.name)}\s*=\s*{NUMBER}\s*(?:$|[,.;]|\\)"
        if re.search(given, text, re.IGNORECASE):
            return f"that {p.symbol.name} has this value does not follow"
    return "p is taken at a place outside the support" if any(beyond(int(m["at"]), course) for m in AT_A_NUMBER.finditer(text)) else ""


def beyond(place: int, course: Course) -> bool:
    """Whether a whole number lies below the support of the one discrete variable that there is."""
    measures = [v.measure for v in course.truth.problem.variables]
    return len(measures) == 1 and isinstance(measures[0], Counting) and measures[0].lo.is_Integer and place < int(measures[0].lo)
