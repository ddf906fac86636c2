r"""What words say of a part of a formula that stands before: "the second integral is 0", "the boundary term vanishes"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sympy import Basic, Expr, Mul, Symbol, expand_power_exp

from derive.grade.chance.margins import margin
from derive.grade.derivations.course import Course
from derive.grade.derivations.exponents import judge_exponent
from derive.grade.derivations.known import known
from derive.grade.derivations.related import same
from derive.grade.derivations.stated import Names, Stated
from derive.grade.derivations.terms import engine_terms
from derive.grade.equal.values import evaluated
from derive.grade.handed import CORRECT, UNDECIDED
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.mentions import inner_values
from derive.grade.writing.parts_told import EXPONENT
from derive.grade.writing.reading import scope_of
from derive.grade.writing.segments import unbracketed
from derive.language.totals import REALS, Atoms, Counting, Lebesgue, Total, support
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
NAMED = re.compile(r"\b(?:over|out)\s+⟦([^⟦⟧]*)⟧")
WEIGHT_OF = re.compile(r"\bweight\s+of\s+⟦([^⟦⟧]*)⟧[^⟦⟧]*$")


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
    if any(same(value, one, course) for one in shares(s.called, course)):
        course.inner.append(value)
        return CORRECT, "it is what is left of the kernel"
    if any(same_inside(value, one, before, course) for one in of_place(s.called, before, course)):
        return CORRECT, "it is the value of a part of what stands before"
    return UNDECIDED, "it is not clear what this is said to be"


def shares(words: str, course: Course) -> Iterator[Expr]:
    """Of a kernel of several variables: its total over those that words name, or over one of them, with and without the factors that are free of it.

    "The weight of v" is the total over all the others; what was found to be such a part before is summed over in turn.
    """
    problem = course.truth.problem
    own = [v.symbol for v in problem.variables]
    names = {in_latex(v).replace("{", "").replace("}", ""): v for v in problem.variables}
    if len(own) < 2 or PLACE.search(words):
        return
    if alone := [names[x] for x in WEIGHT_OF.findall(plain(words)) if x in names]:
        yield from (total for v in alone if (total := margin({v.symbol}, problem)) is not None)
        return
    for v in [names[x] for x in NAMED.findall(plain(words))[-1:] if x in names] or problem.variables:
        rest = margin(set(own) - {v.symbol}, problem)
        yield from (t.func(part, *t.args[1:]) for t in (rest,) if isinstance(t, Total) for part in (t.body, moving_factor(t.body, v.symbol)))
        left = margin({v.symbol}, problem)
        closed = evaluated(left, course.truth.inside.facts, course.bench) if left is not None else None
        alone_in_range = isinstance(v.measure, (Lebesgue, Counting, Atoms)) and not v.measure.free_symbols & set(own)
        for body in (closed, *course.inner):
            if body is not None and body.has(v.symbol) and alone_in_range:
                yield from (Total(part, v.symbol, v.measure) for part in (body, moving_factor(body, v.symbol)))


def plain(words: str) -> str:
    return words.replace("{", "").replace("}", "")


def moving_factor(body: Expr, x: Symbol) -> Expr:
    """The product of those factors of a kernel that depend on a variable, e^{f(x) + g(y)} taken as two."""
    factors = Mul.make_args(expand_power_exp(body))
    return Mul(*(f for f in factors if f.has(x)))


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
