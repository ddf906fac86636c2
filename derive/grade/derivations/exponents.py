"""What words say that the exponent is: of the kernel, or of an integrand that a line before has."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Expr, Mul, Symbol, exp, expand

from derive.algebra.equality import equal
from derive.grade.derivations.course import Course
from derive.grade.handed import CORRECT, UNDECIDED
from derive.grade.writing.parts_told import OF_NAME, UP_TO_A_CONSTANT
from derive.language.totals import Total

MOST = 400  # operations in what is expanded


def judge_exponent(value: Expr, words: str, course: Course) -> tuple[str, str]:
    """The sum of the exponents of e in one of these, as it stands or, where words say so, up to terms that are free of the variable."""
    if value.count_ops() > MOST:
        return UNDECIDED, "it is too long to be looked at"
    free = UP_TO_A_CONSTANT.search(words) is not None
    named = OF_NAME.findall(words)
    for body, x in bodies(course):
        if named and x.name != named[-1].lstrip("\\"):
            continue
        found = Add(*(f.args[0] for f in Mul.make_args(body) if isinstance(f, exp)))
        apart = expand(found - value)
        if equal(apart.diff(x) if free else apart, 0 * value, course.truth.ground.facts) and value.has(x):
            return CORRECT, "it is the exponent"
    return UNDECIDED, "it is not clear what this is said to be"


def bodies(course: Course) -> Iterator[tuple[Expr, Symbol]]:
    """The integrands of which words may speak, each with its variable."""
    last = [course.last] if course.last is not None else []
    yield from ((t.body, t.x) for e in (*last, *(side for _, side in course.meant.values())) for t in e.atoms(Total))
    yield from ((course.truth.problem.kernel, v.symbol) for v in course.truth.problem.variables)
