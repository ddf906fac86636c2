"""The verdict on one statement of a derivation: each kind is held against what the lines before it say."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Basic, Expr, S, Symbol, powsimp
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from derive.grade.chance.chances import within
from derive.grade.derivations.course import Course, moving, of_parameters
from derive.grade.derivations.densities import judge_density, judge_premise, judge_proportional
from derive.grade.derivations.equations import judge_aside, judge_equation, judge_recalled
from derive.grade.derivations.inner import judge_inner
from derive.grade.derivations.introduced import judge_called, judge_definition, judge_helper
from derive.grade.derivations.jacobians import judge_area, judge_jacobian
from derive.grade.derivations.known import known, settle
from derive.grade.derivations.properties import established
from derive.grade.derivations.ranges import judge_point, judge_range
from derive.grade.derivations.related import ranged, related, run_through, same
from derive.grade.derivations.relations import judge_member, judge_relation
from derive.grade.derivations.shares import judge_share, judge_weight
from derive.grade.derivations.stated import (
    ANTIDERIVATIVE,
    ASSERTED,
    BOUNDED,
    CASE,
    CONSTANT,
    DEFINITION,
    DIFFERENTIAL,
    DIGITS,
    ENDS,
    EQUATION,
    GENERAL,
    HELPER,
    INEQUALITY,
    INNER,
    JACOBIAN,
    MEMBER,
    NAMED,
    NOTE,
    OPEN,
    POINT,
    PREMISE,
    PROPORTION,
    RECALLED,
    ROOT,
    SHARED,
    STATIONARY,
    WEIGHT,
    Stated,
)
from derive.grade.derivations.stationary import judge_root, judge_stationary
from derive.grade.derivations.told import overreaching
from derive.grade.equal.taylor import stays_finite
from derive.grade.equal.values import evaluated
from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Mistake
from derive.grade.writing.differentials import PREFIX, differentials, judge_differential
from derive.grade.writing.digits import judged_digits
from derive.grade.writing.reading import DENSITIES, in_closed_form
from derive.language.claims import REFUTED
from derive.language.totals import Total


def judge_statement(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """The verdict on a statement, with a sentence."""
    try:
        open_ = understood(s, course)
        if open_:
            return UNDECIDED, open_
        judge = JUDGES.get(s.kind)
        verdict = judge(s, course, number) if judge is not None else (CORRECT, "words")
        course.bound |= {t.x.name for side in s.sides for t in side.atoms(Total)}
        more = overreaching(s, course) if verdict[0] == CORRECT else ""
        return (UNDECIDED, more) if more else verdict
    except (TypeError, ValueError, AttributeError, ArithmeticError, NotImplementedError):  # what SymPy raises on what makes no sense
        return UNDECIDED, "it could not be made sense of"


def understood(s: Stated, course: Course) -> str:
    """What a statement takes for granted is added to the line's conditions: J(n − 1) has n ≥ 1, the t of P(X > t) lies in the support.

    The answer says why that cannot be taken for granted, or is empty.
    """
    facts, told = course.truth.ground.with_(*course.assumed).facts, len(course.local)
    for f in {f for side in s.sides for f in side.atoms(AppliedUndef)}:
        if f.func.__name__ in DENSITIES and f.atoms(Relational):
            return "it speaks of a density given an event"
        if f.func.__name__ in course.sequences and not f.args[0].is_nonnegative:
            course.local.append(f.args[0] >= 0)
        for d in within(f, course.truth.problem):
            own = d.free_symbols & {v.symbol for v in course.truth.problem.variables}
            if own and course.truth.inside.facts.nonnegative(d):
                continue
            if d.free_symbols & course.letters:
                course.local.append(d > 0)
            elif not facts.nonnegative(d):
                return "it could not be established that these values lie in the support"
    here = [*course.assumed, *course.local]
    letters = {x for r in here for x in r.free_symbols}
    empty = told and len(course.local) > told and not course.truth.inside.with_(*here).points(letters)  # t > c beside a t < c of the line's own
    return "no values were found at which all that is said of them holds" if empty else ""


def judge_constant(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """The normalizing constant, which some take for Z and others for 1/Z: what Z is by the lines before it, either way."""
    *names, side = s.sides  # c = …
    value, Z = known(side, course), Symbol("Z", positive=True)
    course.defined.update({name: value for name in names if isinstance(name, Symbol)})
    for about, wanted in ((Z, course.Z), (1 / Z, 1 / course.Z)):
        if same(value, wanted, course):
            settle(about, value, course)
            course.closed = course.closed or in_closed_form(side, course.defined)
            return CORRECT, ""
    if all(related(wanted, value, course).equality.verdict == REFUTED for wanted in (course.Z, 1 / course.Z)):
        return run_through(course.Z, [value], course, number)
    return UNDECIDED, "it could not be held against Z"


def judge_bounded(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """f = O(g), where f/g has a finite limit."""
    quotient = known(s.sides[0], course)
    if (smooth := stays_finite(quotient, course.truth.inside.facts)) is not None:
        return (CORRECT, "the quotient stays finite") if smooth else (WRONG, "What is left has terms of a lower order than it says.")
    found = evaluated(quotient, course.truth.inside.facts, course.bench)
    finite = found is not None and bool(found.is_finite)
    if found is not None and found in (S.Infinity, S.NegativeInfinity, S.ComplexInfinity):
        return WRONG, "The quotient of what is left and the order that is claimed is not finite there."
    return (CORRECT, "the quotient has a finite limit") if finite else (UNDECIDED, "the order could not be established")


def judge_general(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """A parameter that is given a value without loss of generality: what follows is looked at there, as long as nothing speaks of it."""
    name, value = s.sides
    assert isinstance(name, Symbol)
    course.general[name] = known(value, course)
    course.special = {**course.special, **course.general}
    return CORRECT, "what follows is held for this value"


def judge_determinant(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """|J| = …, of the problem's variables where nothing else is said and there are two."""
    own = {v.symbol.name for v in course.truth.problem.variables}
    above = {name.strip() for name in s.text.split(",")} if s.text else own if len(own) > 1 else set()
    return judge_jacobian(s.sides, not s.loose, above, course.defined, course.truth.ground)


def judge_place(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """x = 0 as a place, and u = 0 as what belongs to it."""
    place, course.place = (None if s.loose else course.place), (s.text, s.sides[0]) if s.loose else course.place
    found = judge_point(s.text, s.sides[0], place, course.defined, course.truth.ground.facts)
    if found[0] == WRONG:
        course.slips.setdefault(number, Mistake("wrong-domain", "", "the ends do not go with the substitution"))
    return found


def judge_relation_of_differentials(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """du = 2x dx, dx dy = r dr dθ"""
    constants = {p.symbol.name for p in course.truth.problem.parameters}
    sides = with_constants(s.sides, course)
    verdict, detail, off = judge_differential(sides, course.defined, ranged(course), constants)
    if verdict == UNDECIDED and len(s.sides) == 2 and (new := introduced(s.sides, course)):
        course.slopes[new] = s.sides
        return CORRECT, "a name is introduced by its differential"
    if verdict == UNDECIDED and len(s.sides) == 2:
        verdict, detail = judge_area(s.sides, course.defined, course.truth.ground)
    if verdict == WRONG and all(len(differentials(side)) == 2 for side in s.sides):
        course.slips.setdefault(number, Mistake("missing-jacobian", "", "the factor of the change of variables is not right"))
    course.off = off if off is not None else course.off
    if verdict == WRONG and off is not None and (off == -1 or off.is_Rational):
        kind, said = ("sign", "the sign is turned round") if off == -1 else ("lost-constant", f"the factor {off} is missing")
        course.slips.setdefault(number, Mistake(kind, str(off), said))
    base, power = moving_part(powsimp(off), course).as_base_exp() if verdict == WRONG and off is not None else (S.One, S.One)
    if base.is_Symbol:
        course.slips.setdefault(number, Mistake("wrong-power", str(off) if power.is_number else "", f"it is off by a power of {base}"))
    elif verdict == WRONG and off is not None and all(len(differentials(side)) == 1 for side in s.sides):
        kind, said = ("missing-factor", f"the factor {off} is missing") if base == 1 else ("algebra", "this is not the derivative")
        course.slips.setdefault(number, Mistake(kind, str(off) if base == 1 else "", said))
    return verdict, detail


def with_constants(sides: tuple[Basic, ...], course: Course) -> tuple[Basic, ...]:
    """dx = k dt with √(c − b²) for a k that lines have defined by parameters alone."""
    values = {s.name: v for s, v in course.defined.items() if of_parameters(v, course) and not v.has(Total)}
    return tuple(side.xreplace({s: values[s.name] for s in side.free_symbols if s.name in values}) for side in sides)


def moving_part(off: Expr, course: Course) -> Expr:
    """The factor of something that depends on the problem's variables or on names for functions of them."""
    names = {v.symbol.name for v in course.truth.problem.variables} | {s.name for s, v in course.defined.items() if moving(v, course)}
    return off.as_independent(*(x for x in off.free_symbols if x.name in names), as_Add=False)[1]


def introduced(sides: tuple[Basic, ...], course: Course) -> str:
    """The v of dv = f(x) dx, where no line has said what v is."""
    left, right = sides
    name = left.name.removeprefix(PREFIX) if isinstance(left, Symbol) and left.name.startswith(PREFIX) else ""
    own = {v.symbol.name for v in course.truth.problem.variables}
    new = name and name not in {*course.truth.named, *(s.name for s in course.defined)}
    return name if new and {d.name.removeprefix(PREFIX) for d in differentials(right)} <= own and differentials(right) else ""


def judge_ends(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """x: a → b, held against what was said of another name, and remembered."""
    name, lo, hi = s.sides
    assert isinstance(name, Symbol)
    found = judge_range(name, (lo, hi), course.ranges, course.defined, course.truth.ground.facts)
    if s.loose and found[0] != CORRECT:  # x ∈ (0, 1) ↔ t ∈ (0, ∞) says nothing of the direction
        lo, hi = hi, lo
        found = judge_range(name, (lo, hi), course.ranges, course.defined, course.truth.ground.facts)
    course.ranges[name] = lo, hi
    if found[0] == WRONG:
        course.slips.setdefault(number, Mistake("wrong-domain", "", "the ends do not go with the substitution"))
    return found


def judge_digits(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """a ≈ 1.234, or what "=" says of 1.234 behind it."""
    value, said = (known(side, course) for side in s.sides)
    return judged_digits(value, said, s.called, s.text, course.truth.ground)


def judge_open(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """What words say, and nothing here can be held against."""
    return UNDECIDED, "what the words say could not be held against the density"


def judge_asserted(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """A property that words assert: it is proved, or it stays open."""
    assert s.asserted is not None
    sides = [*course.spoken, *([course.last] if course.last is not None else [])]
    if established(s.asserted, sides, course.truth):
        return CORRECT, "words that hold"
    return UNDECIDED, f'the words "{s.asserted.words}" could not be held against the density'


def judge_case(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """x = m by itself, which says where to look, or what the mode is."""
    return judge_called(s, known(s.sides[-1], course), course, number) if s.called else (CORRECT, "words")


Judge = Callable[[Stated, Course, int], tuple[str, str]]
JUDGES: dict[str, Judge] = {
    EQUATION: judge_equation, DEFINITION: judge_definition, HELPER: judge_helper, DIFFERENTIAL: judge_relation_of_differentials,
    INEQUALITY: judge_relation, PROPORTION: judge_proportional, NOTE: judge_aside, ANTIDERIVATIVE: judge_aside, RECALLED: judge_recalled,
    INNER: judge_inner, CONSTANT: judge_constant, BOUNDED: judge_bounded, GENERAL: judge_general,
    MEMBER: judge_member, DIGITS: judge_digits,
    ENDS: judge_ends, POINT: judge_place, JACOBIAN: judge_determinant, NAMED: judge_density, PREMISE: judge_premise,
    ROOT: judge_root, STATIONARY: judge_stationary, OPEN: judge_open, CASE: judge_case, ASSERTED: judge_asserted,
    SHARED: judge_share, WEIGHT: judge_weight,
}  # fmt: skip
