"""How a side of a derivation is related to what it should equal, by all that is known where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sympy import Derivative, Expr, Symbol, expand_log, log, oo
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.check.convergence import FINITE, convergence
from derive.grade.claims import Compared, Held, hold
from derive.grade.derivations.course import Course, moving
from derive.grade.equal.boundary import equal_by_parts
from derive.grade.equal.branches import branches
from derive.grade.equal.changes import equal_by_substitution
from derive.grade.equal.equality import Equality, compare, refuted
from derive.grade.equal.ground import Ground
from derive.grade.equal.joined import equal_by_ranges
from derive.grade.equal.quotients import reduced
from derive.grade.equal.values import boundless, endless, evaluated
from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Mistake
from derive.grade.writing.ellipsis import are_first, are_terms, series_terms
from derive.grade.writing.helpers import signed_letters
from derive.language.claims import AGREES, PROVED, REFUTED
from derive.language.totals import Lebesgue, Total, substitute
from derive.read.latex_heads import EvalBar

FAR = 4  # where integrals over powers and exponentials have values
UNPROVED_TERMS = "the terms that are written could not be held against those of a sum before them"


def run_through(target: Expr, sides: list[Expr], course: Course, number: int) -> tuple[str, str]:
    """Each side against the one before it; the first that is not proved decides."""
    verdict: tuple[str, str] = (CORRECT, "")
    for side in sides:
        if are_terms(side):
            if verdict[0] == CORRECT and not goes_through(target, side, course):
                verdict = off_by_number(target, side, course, number) or (UNDECIDED, UNPROVED_TERMS)
            continue
        held = related(target, side, course)
        if not held.equality and (more := meant_branches(target, side, course)):
            before, course.local = course.local, [*course.local, *more]
            there = related(target, side, course)
            held, course.local = there if there.equality else held, before
        elif held.equality.verdict == PROVED and side.has(Total, EvalBar):
            course.carried.append((number, target, side))
        for conditions in (hints, existence):
            if held.equality.verdict not in (PROVED, REFUTED) and (more := conditions(target, course)):
                before, course.assumed = course.assumed, [*course.assumed, *more]
                there = related(target, side, course)
                held = replace(there, conditions=(*there.conditions, *more)) if there.equality.verdict == PROVED else held
                course.assumed = before
        if held.equality.verdict == REFUTED and course.conditions:  # |s| for the s of a line that is right where s > 0
            before, course.assumed = course.assumed, [*course.assumed, *course.conditions]
            there = related(target, side, course)
            held, course.assumed = there if there.equality.verdict == PROVED else held, before
        if held.equality.verdict == REFUTED and course.off is not None and excused(target, side, course):
            held, course.off = Held(Equality(PROVED)), None
        course.conditions += [c for c in held.conditions if c not in course.conditions]
        if held.equality.verdict != PROVED and verdict[0] != WRONG and (verdict[0] == CORRECT or described(held)[0] == WRONG):
            course.trouble[number] = Compared(target, side, held, dict(course.defined))
            verdict = described(held)
        target = side
    return verdict


def hints(target: Expr, course: Course) -> list[Boolean]:
    """The conditions on parameters that other lines state, where all of them can hold together."""
    more = [r for r in course.hinted if r not in (*course.assumed, *course.local)]
    there = course.truth.ground.with_(*course.assumed, *more) if more else None
    return more if there is not None and there.points({x for r in more for x in r.free_symbols}) else []


def existence(target: Expr, course: Course) -> list[Boolean]:
    """Where a mean exists: the conditions on parameters under which the integrals of a target, as ∫ x p(x) dx, converge."""
    facts = ground_of(course, target).facts
    own = {p.symbol for p in course.truth.problem.parameters}
    needed = list[Boolean]()
    for t in target.atoms(Total):
        if t.body.has(Total) or t == course.truth.problem.total or not facts.within(t.x, t.measure).nonnegative(t.body):
            continue
        found = convergence(t.body, t.x, t.measure, facts)
        if found.verdict == FINITE:
            needed += [c for c in found.conditions if c.free_symbols <= own and not facts.follows(c)]
    return needed if needed and course.truth.ground.with_(*course.assumed, *needed).points({x for c in needed for x in c.free_symbols}) else []


def meant_branches(target: Expr, side: Expr, course: Course) -> list[Relational]:
    """Where the new letters of substitutions lie by custom, where no line has said so."""
    told = {x for r in course.assumed for x in r.free_symbols}
    letters = {x for e in (target, side) for x in e.free_symbols} - told - {*course.defined, *course.truth.ground.names}
    return branches(letters, course.defined, dict(course.truth.inside.variables), course.truth.inside.facts) if letters else []


def goes_through(target: Expr, side: Expr, course: Course) -> bool:
    """Whether the terms of 1 + q + q² + ⋯ are proved to be the first ones of the sum before them."""
    terms = series_terms(target, len(side.args), course.true, course.truth.problem)
    share = reduced(target / course.true, course.truth.ground.facts) if terms is None else course.true
    if terms is None and not target.has(Total) and not share.has(Total):  # q Z = q + q² + ⋯
        terms = [share * t for t in series_terms(course.true, len(side.args), course.true, course.truth.problem) or ()] or None
    held = [related(a, b, course) for a, b in zip(side.args, terms or (), strict=False)]
    if terms is not None and all(h.equality and not h.conditions for h in held):
        return True
    closed = evaluated(target, course.truth.ground.facts, course.bench)
    return closed is not None and are_first(side.args, closed)


def off_by_number(target: Expr, side: Expr, course: Course, number: int) -> tuple[str, str] | None:
    """Where each written term is the same number times one of the sum before it, and that number is not 1, the series is that of another value."""
    terms = series_terms(target, len(side.args), course.true, course.truth.problem) or []
    shares = [reduced(a / b, course.truth.ground.facts) if b != 0 else None for a, b in zip(side.args, terms, strict=False)]
    share = shares[0] if len(shares) > 1 else None
    if share is None or not share.is_Rational or share == 1 or any(other != share for other in shares):
        return None
    course.slips.setdefault(number, Mistake("lost-constant", str(share), "the terms are those of the sum before them times a number"))
    return WRONG, f"Its terms are {share} times those of the sum before them."


def excused(target: Expr, side: Expr, course: Course) -> bool:
    """Whether a side follows from a differential that was wrong and has been marked as such."""
    assert course.off is not None
    return any(related(target * factor, side, course).equality.verdict == PROVED for factor in (course.off, 1 / course.off))


def related(target: Expr, side: Expr, course: Course) -> Held:
    """How a side is related to what it should equal; the t of a function J(t) may need a sign for it, which is a condition."""
    if course.special:
        target, side = substitute(target, course.special), substitute(side, course.special)
    if target == side or not signed_letters([target, side], course.letters):
        return value_against(target, side, course)
    found = with_sign(target, side, course, 1)
    if found.equality.verdict == PROVED:
        plain = value_against(target, side, course)
        return plain if plain.equality else found
    turned = found.equality.verdict != REFUTED and not any(e.has(Derivative) for e in (target, side))  # nothing is differentiated by −s
    other = with_sign(target, side, course, -1) if turned else found
    return other if other.equality else found


def with_sign(target: Expr, side: Expr, course: Course, sign: int) -> Held:
    """How a side is related to what it should equal where the letters of unknown sign have this one."""
    signed = signed_letters([target, side], course.letters, sign)
    found = value_against(target.xreplace(signed), side.xreplace(signed), course, signed)
    given = tuple(s > 0 if sign > 0 else s < 0 for s in signed)
    own = tuple(g for g in given if not any(g.free_symbols & r.free_symbols for r in course.local))  # said on the line itself
    return replace(found, conditions=(*found.conditions, *own)) if found.equality.verdict == PROVED else found


def value_against(target: Expr, side: Expr, course: Course, signed: Mapping[Symbol, Expr] | None = None) -> Held:
    """How a side is related to what it should equal, by their values where these have a closed form."""
    said = written_out((target, side), course)
    target, side = (by_truth(e, course) for e in said)
    if target == side:
        return Held(Equality(PROVED))
    ground = ground_of(course, target, side, signed=signed)
    value = evaluated(target, ground.facts, course.bench)
    held = hold(side, target if value is None else value, ground, course.bench, course.truth.problem.kernel)
    if held.equality.verdict not in (PROVED, REFUTED):
        first = course.truth.problem.total if said[0] == course.true and not said[0].has(Total) else said[0]
        if equal_by_parts(first, said[1], ground.facts) or equal_by_substitution(first, said[1], course.defined, ground.facts):
            return Held(Equality(PROVED))
        if equal_by_ranges(first, said[1], ground.facts):
            return Held(Equality(PROVED))
        if held.value is not None and equal_turned(target if value is None else value, held.value, ground):
            return Held(Equality(PROVED))
        held = apart_further_in(target, side, ground, course) or held
    unsure = held.equality.verdict not in (PROVED, REFUTED) and value is not None and not value.has(oo)
    infinite = unsure and (boundless(side, ground.facts, course.bench) or endless(side, ground.facts, course.bench))
    return replace(held, infinite=True) if infinite else held


def equal_turned(target: Expr, side: Expr, ground: Ground) -> bool:
    """Whether closed forms are proved equal with −s for each s < 0, and the logarithms of products as sums."""
    if target.has(Total) or side.has(Total):
        return False
    negative = {s: -Symbol(s.name, positive=True) for s in target.free_symbols | side.free_symbols if s.is_negative and not s.is_integer}
    if not negative and not (target.has(log) or side.has(log)):
        return False
    turned = [r for r in (r.xreplace(negative) for r in ground.outside.relations) if r not in (True, False)]
    inner = Ground(turned, ground.variables, ground.names)
    one, two = (expand_log(substitute(e, negative)) for e in (target, side))
    return bool(compare(one, two, inner, deep=False))


def written_out(sides: Sequence[Expr], course: Course) -> list[Expr]:
    """Sides with u = φ(x) put in, where u stands free and nothing is differentiated by it: the names of the problem's own variables stay."""
    own = {v.symbol.name for v in course.truth.problem.variables}
    values = {s: v for s, v in course.defined.items() if s.name not in own and moving(v, course)}
    bound = {x for e in sides for d in e.atoms(Derivative) for x in d.variables}
    return [substitute(e, {s: v for s, v in values.items() if s in e.free_symbols}) for e in sides] if not bound & set(values) else list(sides)


def by_truth(e: Expr, course: Course) -> Expr:
    """An expression with Z, as it is derived, for the problem's own total, whatever its variable is called."""
    own, Z = course.truth.problem.total, course.truth.Z
    if Z is None or Z is oo or course.truth.conditions or not isinstance(own, Total) or own.body.has(Total):
        return e
    return e.xreplace({t: Z for t in e.atoms(Total) if t.measure == own.measure and t.body == own.body.xreplace({own.x: t.x})})


def apart_further_in(target: Expr, side: Expr, ground: Ground, course: Course) -> Held | None:
    """Sides that differ where all positive parameters are large differ, though one has no value that is known for all of them."""
    if not (target.has(Total) or side.has(Total)):
        return None
    bound = {x for e in (target, side) for d in e.atoms(Derivative) for x in d.variables}
    far = {s: s + FAR for s in (target.free_symbols | side.free_symbols) - bound if s.is_positive and not s.is_integer}
    near = {x for r in ground.outside.relations if r.xreplace(far) == False for x in r.free_symbols}  # noqa: E712 — a q < 1 stays where it is
    far = {s: v for s, v in far.items() if s not in near}
    moved = [r.xreplace(far) for r in ground.outside.relations]
    if any(r == False for r in moved):  # noqa: E712
        return None
    inner = Ground([r for r in moved if r != True], ground.variables, ground.names)  # noqa: E712
    values = [evaluated(substitute(e, far), inner.facts, course.bench) for e in (target, side)] if far else []
    if len(values) != 2 or values[0] is None or values[1] is None:
        return None
    found = refuted(values[1], values[0], inner, (96,))
    place = {s: v + FAR if s in far else v for s, v in found.point.items()}
    return Held(replace(found, point=place)) if found.verdict == REFUTED else None


def ground_of(course: Course, *sides: Expr, signed: Mapping[Symbol, Expr] | None = None) -> Ground:
    """Where sides are compared: inside the support, if they depend on the variables; a name that stands free in no side has no place there."""
    free = {x for s in sides for x in s.free_symbols} | {p.symbol for p in course.truth.problem.parameters}
    own = {v.symbol for v in course.truth.problem.variables}
    ground = course.truth.inside if any(s.free_symbols & own for s in sides) else course.truth.ground
    assumed = [r.xreplace(dict(signed or {})) for r in (*course.assumed, *course.local)]
    kept = [r for r in assumed if r not in (True, False) and (not sides or r.free_symbols <= free | own)]
    return ground.with_(*kept) if kept else ground


def ranged(course: Course) -> Ground:
    """Where a substitution is looked at: on the range of the integral that it is made in, which may be a part of the support."""
    totals = course.last.atoms(Total) if course.last is not None else set()
    ranges = {t.x.name: t.measure for t in totals if isinstance(t.measure, Lebesgue)}
    names = [t.x.name for t in totals]
    inside = course.truth.inside
    return inside.with_(variables=[(x, ranges.get(x.name, m) if names.count(x.name) == 1 else m) for x, m in inside.variables])


def same(a: Expr, b: Expr, course: Course) -> bool:
    return related(b, a, course).equality.verdict == PROVED


BEFORE = "stood before"  # the value before a line, in what is said of the line


def described(held: Held, what: str = "it", wanted: str = BEFORE) -> tuple[str, str]:
    """The verdict that a comparison amounts to, in words: at a point `what` has one value, where another stood before, or is `wanted`."""
    found = held.equality
    if found.verdict == REFUTED:
        where = ", ".join(f"{s} = {v}" for s, v in found.point.items())
        place = f"At {where} {what}" if where else what[0].upper() + what[1:]
        return WRONG, f"{place} is {found.values[0]}, where {found.values[1]} {wanted}."
    if held.infinite:
        return WRONG, "It is infinite, where a finite value stood before."
    if found.verdict == AGREES:
        return UNDECIDED, f"it agrees with what stood before at all of {found.looked} points, but no proof was found"
    return UNDECIDED, "it could not be held against what stood before"
