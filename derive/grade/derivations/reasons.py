"""Whether the reasons that lines name are those of their steps: "by the binomial theorem" where binomial coefficients stand, "by symmetry" where
something is symmetric. A reason for which the lines near it show nothing leaves its line open; the value beside it may be right all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import Boolean

from derive.algebra.monomials import TooLarge
from derive.algebra.signs import Facts
from derive.grade.derivations.course import Course
from derive.grade.derivations.evidence import TESTS
from derive.grade.derivations.near import Near
from derive.grade.derivations.operations import fewer, is_integrand, is_rest, parts_of
from derive.grade.derivations.settings import misapplied
from derive.grade.derivations.stated import DEFINITION, INEQUALITY, RECALLED, Line
from derive.grade.handed import CORRECT, UNDECIDED, LineVerdict
from derive.grade.writing.reasons import OPEN_THEOREM, parts_of_series, reasons_named, terms_counted

BY_PARTS = "integration by parts"
MARKED = re.compile(r"\{\s*(?:where|here)?\W*(?:\([a-e1-5i*]+\)|\*)\s*[a-z]", re.IGNORECASE)


def with_reasons(verdicts: list[LineVerdict], lines: Iterable[Line], course: Course) -> list[LineVerdict]:
    """The verdicts, where a line that names a reason which nothing near it bears out is left open."""
    read = list(lines)
    found = [looked_at(at, read, course) if one.verdict == CORRECT else "" for at, one in enumerate(verdicts)]
    return [replace(one, verdict=UNDECIDED, detail=why) if why else one for one, why in zip(verdicts, found, strict=True)]


def looked_at(at: int, read: list[Line], course: Course) -> str:
    """Why a line's reason is left open: what SymPy raises on formulas that make no sense shows nothing either."""
    try:
        return unborne(at, read, course)
    except (TooLarge, TypeError, ValueError, AttributeError, ArithmeticError, NotImplementedError, RecursionError):
        return "the reason that it gives could not be looked at"


def unborne(at: int, read: list[Line], course: Course) -> str:
    """Why a reason that a line names is not established; "" where it is, or none is named."""
    named = list(reasons_named(read[at].text))
    parts = parts_of(read[at]) is not None or any(kind == BY_PARTS for kind, _ in named)
    settled = any(s.kind == RECALLED for s in read[at].stated) or terms_counted(read[at].text) or parts_of_series(read[at].text)
    if not (named or parts or settled):
        return ""
    near = near_to(at, read, course)
    if why := misapplied(read[at], {kind for kind, _ in named}, near, course):
        return why
    for kind, words in named:
        if kind == OPEN_THEOREM or not TESTS[kind](near):
            return f"that the reason it gives, \"{words}\", is that of this step is not established"
    return other_parts(read[at], near, course) if parts else ""


def near_to(at: int, read: list[Line], course: Course) -> Near:
    """What stands in a line, in the one before and the one behind it, with what the names there mean, and the problem's own total.

    A line that explains marks, "(a) geometric series", speaks of any line before it.
    """
    around = read if MARKED.search(read[at].text) else read[max(at - 1, 0) : at + 2]
    sides = [side for line in around for s in line.stated for side in s.sides if isinstance(side, Expr)]
    names = {x for side in sides for x in side.free_symbols}
    functions = {f.func.__name__ for side in sides for f in side.atoms(AppliedUndef)}
    sides += [value for name, value in course.defined.items() if name in names and isinstance(value, Expr)]
    sides += [value for name, (_, value) in course.helpers.items() if name in functions]
    return Near((*sides, course.truth.problem.total), " ".join(line.text for line in around), course.truth, dict(course.defined))


def other_parts(line: Line, near: Near, course: Course) -> str:
    """Why the u and v of an integration by parts are not those of the step: ∫ u dv is no integral there, or v du not what is left."""
    bodies = [(t.body, t.x) for t in near.totals]
    named = parts_of(line) or by_antiderivative(line)
    if named is not None:
        phi, psi, name = named
        moments = [(v.symbol**n * course.truth.problem.kernel, v.symbol) for v in course.truth.problem.variables for n in (1, 2)]  # E[X], E[X²]
        whole = [(body, x) for body, x in (*bodies, *moments) if is_integrand(phi, psi, name, body, x, course)]
        left = [(body, x) for body, x in bodies if (body, x) not in whole and x.name == name]
        if not whole:
            return "u dv is not the integrand of an integral near it"
        return "" if not left or any(is_rest(phi, psi, body, x, course) for body, x in left) else "v du is not the integrand of what is left"
    lone = next((s.sides[1] for s in line.stated if s.kind == DEFINITION and str(s.sides[0]) in ("u", "U") and len(s.sides) == 2), None)
    if not isinstance(lone, Expr) or not lone.free_symbols or any(fewer(lone, body, x) for body, x in bodies):
        return ""
    return "this u is not a factor of the integrand of an integral near it"


def by_antiderivative(line: Line) -> tuple[Expr, Expr, str] | None:
    """The u and the v' of a line that says u = φ(x), v = ψ(x)."""
    said = {s.sides[0].name: s.sides[1] for s in line.stated if s.kind == DEFINITION and isinstance(s.sides[0], Symbol) and len(s.sides) == 2}
    phi, v = said.get("u"), said.get("v")
    if not (isinstance(phi, Expr) and isinstance(v, Expr)):
        return None
    names = sorted({x for x in v.free_symbols if not x.is_number} & phi.free_symbols or v.free_symbols, key=str)
    x = next((x for x in names if v.diff(x) != 0 and phi.diff(x) != 0), None)
    return None if x is None else (phi, v.diff(x), x.name)


def unfounded(line: Line, given: Iterable[Boolean], course: Course) -> str:
    """Why a condition on parameters that words give as a reason, as a > 1 in "since a > 1", is none: nothing says that it holds, or needs it.

    Where Z needs b ≠ 0, "since b > 0" is a condition that is stated as a reason.
    """
    own, needed = {p.symbol for p in course.truth.problem.parameters}, course.truth.conditions
    declared = Facts([*course.truth.problem.conditions, *given])
    facts = course.truth.ground.with_(*needed, *given).facts
    for s in line.stated:
        r = s.relation
        if s.kind != INEQUALITY or not s.reason or r is None or not r.free_symbols or not r.free_symbols <= own:
            continue
        useful = any(Facts([*declared.relations, r]).follows(c) and not declared.follows(c) for c in needed)
        if not useful and not facts.follows(r) and not facts.contradicts(r):
            return f"it gives a reason, {r}, that nothing establishes for all values of the parameters"
    return ""



EXACTLY = re.compile(  # "converges exactly when a > 0" says that it does not elsewhere
    r"\b(?:converg\w*|finite|exists?|integrable)\b[^.;]*\b(?:exactly|precisely|just|only|iff|if\s+and\s+only)\s*(?:if|when|for|where)?\b",
    re.IGNORECASE,
)


def too_narrow(line: Line, course: Course) -> str:
    """Why "converges exactly when a > 0" is not established: where the lines or the problem have it, it does for other values too."""
    if not EXACTLY.search(line.text):
        return ""
    own = {p.symbol for p in course.truth.problem.parameters}
    facts = course.truth.ground.with_(*course.truth.conditions).facts
    told = [s.relation for s in line.stated if s.kind == INEQUALITY and s.relation is not None and s.relation.free_symbols & own]
    open_ = next((r for r in told if not facts.follows(r)), None)
    return f"that it converges where {open_} alone is not established" if open_ is not None else ""
