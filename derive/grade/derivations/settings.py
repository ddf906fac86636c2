"""At what a formula is used, "the gamma integral with a = 3", how often something is done, how many terms a sum has, and the first term and the
ratio of a geometric series, held against the step.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Expr, Integer, Pow, S, Symbol, exp, log
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from derive.algebra.equality import equal
from derive.grade.derivations.course import Course
from derive.grade.derivations.near import Near
from derive.grade.derivations.operations import is_integrand
from derive.grade.derivations.stated import DEFINITION, EQUATION, NOTE, RECALLED, Line
from derive.grade.writing.reading import scope_of
from derive.grade.writing.reasons import FIRST_TERM, how_often, parts_of_series, terms_counted
from derive.grade.writing.spellings import customary
from derive.language.totals import Counting, Lebesgue, Total, substitute
from derive.read.latex import expression
from derive.read.names import ReadError

Values = dict[Symbol, Expr]


def misapplied(line: Line, kinds: set[str], near: Near, course: Course) -> str:
    """Why a formula that a line names or recalls is not used at what it says; "" where nothing shows that."""
    values = settings(line, course)
    if values and kinds and (said := recalled(line, values, near, course)):  # else s = (n + 1)/2 may be a name that lines go on with
        return said
    sums = [sum(values.values(), Integer(k)) for k in (0, 1)]
    if values and "binomial theorem" in kinds and not any(alike(e, base, near) for e in sums for base in bases(near)):
        return "nothing near it is a power of the sum of the values that it gives"
    shapes = [e + k for e in exponents(near) for k in (0, 1)]
    if len(values) == 1 and "gamma integral" in kinds and not any(alike(v, e, near) for v in values.values() for e in shapes):
        return "the value that it gives is not the exponent of an integral near it"
    return too_often(line, near) or miscounted(line, near) or misdescribed(line, near)


def settings(line: Line, course: Course) -> Values:
    """What a line gives letters that are none of the problem's, for a formula: c = 2 s²."""
    own = {v.symbol.name for v in course.truth.problem.variables}
    told = [s.sides for s in line.stated if s.kind == DEFINITION and len(s.sides) == 2]
    known = {*course.truth.named, "Z"}
    found = {x: v for x, v in told if isinstance(x, Symbol) and isinstance(v, Expr) and x.name not in known and not v.has(Total)}
    return {x: v for x, v in found.items() if not {s.name for s in v.free_symbols} & own}


def recalled(line: Line, values: Values, near: Near, course: Course) -> str:
    """Whether the integral of a formula that holds for all c, at the c that is given, is one near it."""
    names = {x.name for x in values}
    totals = {t for s in line.stated if s.kind in (RECALLED, EQUATION, NOTE) for side in s.sides for t in side.atoms(Total)}
    own = {t for t in totals if {s.name for s in t.body.free_symbols} & names}
    for t in own:
        given = {s: v for s in t.body.free_symbols for x, v in values.items() if s.name == x.name}
        others = [u for u in near.totals if u not in own and type(u.measure) is type(t.measure)]
        at = substitute(t.body, given) if given else None
        if at is not None and others and not any(is_integrand(at.xreplace({t.x: u.x}), S.One, u.x.name, u.body, u.x, course) for u in others):
            return "the formula that it recalls, at the value that it gives, is not one of an integral or a sum near it"
    return ""


def alike(a: Expr, b: Expr, near: Near) -> bool:
    return bool((a - b).expand() == 0) or equal(a, b, near.truth.ground.facts)


def bases(near: Near) -> Iterator[Expr]:
    """The sums of which powers stand near a step."""
    yield from (p.base for side in near.sides for p in side.atoms(Pow) if isinstance(p.base, Add) or p.base.is_Integer)


def exponents(near: Near) -> Iterator[Expr]:
    """The exponents of the variable in the integrals near a step, 0 where it has none."""
    for t in near.totals:
        if isinstance(t.measure, Lebesgue):
            yield t.body.as_coeff_exponent(t.x)[1] if not t.body.has(exp) else exponent_of(t)


def exponent_of(t: Total) -> Expr:
    factors = [f.as_base_exp() for f in t.body.as_ordered_factors()]
    return next((e for base, e in factors if base == t.x), S.Zero)


def too_often(line: Line, near: Near) -> str:
    """Whether a polynomial has a degree so high that one may integrate by parts so often."""
    often = how_often(line.text)
    bodies = [t for t in near.integrals() if t.body.has(exp) and not t.body.has(TrigonometricFunction, log)]
    degrees = [exponent_of(t) for t in bodies]
    if often and degrees and len(bodies) == len(near.integrals()) and all(d.is_Integer and 0 <= d < often for d in degrees):
        return f"no integral near it has a polynomial that vanishes if one integrates by parts {often} times"
    return ""


def miscounted(line: Line, near: Near) -> str:
    """Whether a sum near a step has so many terms."""
    said = terms_counted(line.text)
    sums = [t.measure for t in near.sums() if isinstance(t.measure, Counting) and t.measure.hi.is_finite]
    count = value_of(said, near) if said and sums else None
    return "" if count is None or any(alike(count, m.hi - m.lo + 1, near) for m in sums) else f"no sum near it has {said} terms"


def misdescribed(line: Line, near: Near) -> str:
    """Whether some sum near a step has the first term and the ratio that words give a geometric series."""
    for what, value in parts_of_series(line.text):
        told = value_of(value, near)
        if told is None or not near.dotted() and not any(has_part(t, what, told, near) for t in near.sums()):
            return f"that {value} is the {what} is not established"
    return ""


def has_part(t: Total, what: str, value: Expr, near: Near) -> bool:
    """Whether the first term of a sum, or the ratio of its neighbouring terms, is a value."""
    if not isinstance(t.measure, Counting):
        return False
    body, following, first = (substitute(t.body, {t.x: k}) for k in (t.x, t.x + 1, t.measure.lo))
    facts = near.truth.inside.facts.within(t.x, t.measure)
    body, following, first, value = (substitute(e, {s: near.defined[s] for s in e.free_symbols & near.defined.keys()})
                                     for e in (body, following, first, value))  # fmt: skip
    return equal(first, value, facts) if what == FIRST_TERM else equal(following, value * body, facts)


def value_of(text: str, near: Near) -> Expr | None:
    """What a formula in words means, or None where it cannot be read."""
    try:
        return expression(customary(text), scope_of(near.truth, {s.name: s for s in near.defined}))  # type: ignore[no-any-return]
    except ReadError:
        return None
