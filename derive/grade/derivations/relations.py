"""Inequalities and a ∈ ℤ in a derivation: proved or refuted, a condition on parameters, or what is said of the place of a new name."""

from __future__ import annotations

import re

from sympy import Abs, Eq, Ne, floor
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from derive.grade.derivations.course import Course
from derive.grade.derivations.inequalities import judge_inequality
from derive.grade.derivations.known import known
from derive.grade.derivations.related import ground_of, related, written_out
from derive.grade.derivations.stated import (
    Stated,
)
from derive.grade.derivations.told import ENDLESS, endless
from derive.grade.handed import CORRECT, UNDECIDED, WRONG
from derive.grade.writing.helpers import above_zero
from derive.grade.writing.reading import QUANTITIES
from derive.language.claims import PROVED, REFUTED
from derive.language.totals import Total

RANGE = re.compile(r"\b(?:for|if|when|where|whenever|provided(?:\s+that)?|as\s+long\s+as)\s*$", re.IGNORECASE)


def judge_relation(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """An inequality: proved or refuted, or what is said of the place of a new name."""
    assert s.relation is not None
    if isinstance(s.relation, Ne) and any(side.atoms(AppliedUndef) for side in s.sides):
        return judge_difference(s, course)
    moving_ = {v.symbol for v in course.truth.problem.variables}
    if RANGE.search(s.called) and s.relation.free_symbols & course.letters and not s.relation.free_symbols & moving_:
        return judge_range_of_letter(s.relation, course)
    if new := placed(s, course):
        told = [r for r in (*course.assumed, *new) if r not in (True, False)]
        if not course.truth.ground.with_(*told).points({x for r in told for x in r.free_symbols}):
            return UNDECIDED, "nothing was found that lies there"
        course.assumed = told
        return CORRECT, "it says where a new name lies"
    own = {v.symbol for v in course.truth.problem.variables}
    if s.relation.free_symbols & own and course.defined.keys() & own:  # 0 < x < 1 after x = sin² θ speaks of x
        before, course.defined = course.defined, {name: value for name, value in course.defined.items() if name not in own}
        found = judge_relation(s, course, number)
        course.defined = before
        return found
    sides, given = above_zero(written_out([known(side, course) for side in s.relation.args], course), course.letters)
    assumed = s.relation.func(*sides, evaluate=False)
    if assumed.free_symbols and assumed.free_symbols <= {p.symbol for p in course.truth.problem.parameters} and unsettled_by(assumed, course):
        if not names_values(s):
            return UNDECIDED, "it holds for some values of the parameters and not for others, and it is not clear that it is a condition"
        course.assumed.append(assumed)
        course.conditions.append(assumed)
        return CORRECT, "it is a condition"
    course.conditions += [c for c in given if c not in course.conditions]
    return judge_inequality(s.relation.func(*sides, evaluate=False), ground_of(course, *sides), course.bench)


def judge_range_of_letter(relation: Relational, course: Course) -> tuple[str, str]:
    """ "for t < b", of the t of an M(t) that lines have introduced: which values are looked at, where what M(t) was introduced for is finite."""
    totals = {t for _, side in course.meant.values() for t in side.atoms(Total) if t.free_symbols & relation.free_symbols & course.letters}
    if any(endless(t, course) for t in totals):
        return UNDECIDED, ENDLESS
    return CORRECT, "it says which values of a letter are looked at"


def names_values(s: Stated) -> bool:
    """Whether a relation between parameters reads like a condition on their values, as a > 1 and |a| < b, and not like a claim, as Γ(a) ≥ 1."""
    relation = s.relation
    if relation is None or any(x.name in QUANTITIES and x.is_positive for x in relation.free_symbols):
        return False
    plain = [side.replace(Abs, lambda e: e) for side in relation.args]
    return all(side.is_infinite or side.is_polynomial(*side.free_symbols) for side in plain)


def judge_difference(s: Stated, course: Course) -> tuple[str, str]:
    """f_X(x) f_Y(y) ≠ f(x, y), of functions: it holds where they differ at some point."""
    one, two = (known(side, course) for side in s.sides)
    found = related(one, two, course).equality
    if found.verdict == REFUTED:
        where = ", ".join(f"{name} = {value}" for name, value in found.point.items())
        return CORRECT, f"they differ at {where}" if where else ""
    return (WRONG, "Both sides are equal.") if found.verdict == PROVED else (UNDECIDED, "it could not be established that these differ")


def unsettled_by(relation: Relational, course: Course) -> bool:
    """Whether a relation between parameters neither follows from what is known of them nor contradicts it."""
    facts = course.truth.ground.with_(*course.assumed).facts
    return not facts.follows(relation) and not facts.contradicts(relation) and bool(course.truth.ground.with_(*course.assumed, relation).points(
        set(relation.free_symbols)))  # fmt: skip


def placed(s: Stated, course: Course) -> list[Relational]:
    """A relation that says where a name of the student's own lies, as the θ of x = R sin θ: it has no value that could be looked at."""
    assert s.relation is not None
    problem = course.truth.problem
    told = {p.symbol for p in problem.parameters} | {v.symbol for v in problem.variables} | course.letters
    valued = {x.name for x in course.defined} | {*QUANTITIES}
    names = [x for x in s.relation.free_symbols if x not in told and x.name not in valued]
    return [s.relation] if len(names) == 1 and not s.relation.atoms(AppliedUndef, Total) else []


def judge_member(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """n ∈ ℤ for a parameter: it is declared so, or it is a condition."""
    (x,) = s.sides
    if x.is_integer:
        return CORRECT, "it is declared so"
    own = {v.symbol for v in course.truth.problem.variables} | {p.symbol for p in course.truth.problem.parameters}
    if x in course.letters - own:  # E[Xⁿ] = … for n ∈ ℕ, which was held for every n
        return CORRECT, "it says which values of a letter are looked at"
    if x not in {p.symbol for p in course.truth.problem.parameters} or x.is_integer is False:
        return UNDECIDED, "it could not be established that this is a whole number"
    course.conditions.append(Eq(x, floor(x), evaluate=False))
    return CORRECT, "it is a condition"
