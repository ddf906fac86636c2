"""What sums over some of a kernel's variables leave, where words say so: "the integral over y is …", "summing over s_3 gives a factor …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, product

from sympy import Expr, Mul, Symbol, exp, expand, expand_power_exp

from derive.grade.chance.margins import margin
from derive.grade.derivations.course import Course
from derive.grade.derivations.related import same
from derive.grade.writing.heads import in_latex
from derive.grade.writing.parts_told import PLACED
from derive.language.problem import Variable
from derive.language.totals import Atoms, Counting, Lebesgue, Total, substitute

NAMED = re.compile(r"\b(?:over|out)\s+⟦([^⟦⟧]*)⟧")
OVER = re.compile(r"\b(?:over|out)\s", re.IGNORECASE)
WEIGHT_OF = re.compile(r"\bweight\s+of\s+⟦([^⟦⟧]*)⟧[^⟦⟧]*$")
MOST = 64  # configurations at which a factor is looked at


def left_of_kernel(value: Expr, words: str, course: Course) -> bool:
    """Whether a value is the total over the variables that words name, or its factors that move with them; what then is left is remembered.

    "The weight of v" is the total over all the others.
    """
    problem = course.truth.problem
    if len(problem.variables) < 2 or PLACED.search(words):
        return False
    names = {plain(in_latex(v)): v for v in problem.variables}
    if alone := [names[x] for x in WEIGHT_OF.findall(plain(words)) if x in names]:
        return any(total is not None and same(value, total, course) for total in (margin({v.symbol}, problem) for v in alone))
    named = [names[x] for x in NAMED.findall(plain(words))[-1:] if x in names]
    if not named and OVER.search(words):  # over something else, or over what was not kept
        return False
    return any(left_by(v, value, course) for v in named or problem.variables)


def plain(words: str) -> str:
    return words.replace("{", "").replace("}", "")


def left_by(v: Variable, value: Expr, course: Course) -> bool:
    """Whether a value is what the sum over one variable leaves of the kernel, or of what sums before it have left."""
    problem = course.truth.problem
    whole = margin({u.symbol for u in problem.variables} - {v.symbol}, problem)
    if isinstance(whole, Total) and whole.x == v.symbol and any(same(value, t, course) for t in totals(whole.body, whole)):
        course.rest = Mul(*(f for f in factors(problem.kernel) if not f.has(v.symbol)), value)
        return True
    if v.measure.free_symbols & {u.symbol for u in problem.variables} or not isinstance(v.measure, (Lebesgue, Counting, Atoms)):
        return False
    for rest in rests(v, course):
        moving = Mul(*(f for f in factors(rest) if f.has(v.symbol)))
        if everywhere(value, Total(moving, v.symbol, v.measure), course):
            course.rest = Mul(*(f for f in factors(rest) if not f.has(v.symbol)), value)
            return True
    return False


def totals(body: Expr, whole: Total) -> Iterator[Total]:
    """A total, and those of the factors of its body that move, with the exponent as it stands or multiplied out."""
    for one in (body, *(Mul(*(f for f in factors(form) if f.has(whole.x))) for form in (body, multiplied_out(body)))):
        yield whole.func(one, *whole.args[1:])


def factors(body: Expr) -> tuple[Expr, ...]:
    return Mul.make_args(expand_power_exp(body))


def multiplied_out(body: Expr) -> Expr:
    return body.replace(exp, lambda e: exp(expand(e)))


def rests(v: Variable, course: Course) -> Iterator[Expr]:
    """The kernel, or what sums over other variables have left of it; and this with some others summed out, where that gives one factor."""
    rest = course.rest if course.rest is not None else course.truth.problem.kernel
    yield rest
    others = [u for u in course.truth.problem.variables if u != v and rest.has(u.symbol) and isinstance(u.measure, Atoms)]
    if not isinstance(v.measure, Atoms) or len(others) > 4:
        return
    for some in (some for n in range(1, len(others) + 1) for some in combinations(others, n)):
        less: Expr | None = rest
        for u in some:
            less = without(u, less, course) if less is not None else None
        if less is not None:
            yield less


def without(u: Variable, rest: Expr, course: Course) -> Expr | None:
    """What is left of a kernel when a variable is summed out whose factors have the same sum in every configuration of the others."""
    moving = Mul(*(f for f in factors(rest) if f.has(u.symbol)))
    sums = [sum((substitute(moving, {**at, u.symbol: p}) for p in u.measure.args), start=0 * moving) for at in configurations(moving, u, course)]
    if not sums or not all(same(sums[0], other, course) for other in sums[1:]):
        return None
    return Mul(*(f for f in factors(rest) if not f.has(u.symbol)), sums[0])


def configurations(e: Expr, but: Variable | None, course: Course) -> Iterator[dict[Symbol, Expr]]:
    """The values of the variables with few values that stand in an expression."""
    shown = [u for u in course.truth.problem.variables if u != but and e.has(u.symbol) and isinstance(u.measure, Atoms)]
    for at in list(product(*(u.measure.args for u in shown)))[:MOST]:
        yield {u.symbol: value for u, value in zip(shown, at, strict=True)}


def everywhere(value: Expr, total: Total, course: Course) -> bool:
    """Whether a total has a value: as it stands, or in every configuration of the variables with few values."""
    if same(value, total, course):
        return True
    if not isinstance(total.measure, Atoms):
        return False
    places = list(configurations(value * total.body, next(u for u in course.truth.problem.variables if u.symbol == total.x), course))
    sums = [sum((substitute(total.body, {**at, total.x: p}) for p in total.measure.args), start=0 * value) for at in places]
    return 0 < len(places) < MOST and all(same(substitute(value, at), one, course) for at, one in zip(places, sums, strict=True))
