"""A derivation, line by line: each is held against what it claims to equal, and the first that does not follow is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sympy import Basic, Expr, Symbol, oo
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import Boolean

from derive.algebra.reading import inverse
from derive.grade.claims import Held, hold, words
from derive.grade.differentials import judge_differential
from derive.grade.ellipsis import are_first, are_terms, series_terms
from derive.grade.equality import Equality, compare
from derive.grade.ground import Ground
from derive.grade.handed import CORRECT, UNDECIDED, UNREAD, WRONG, Claim, Judgement, LineVerdict, Mistake
from derive.grade.helpers import above_zero, with_helpers
from derive.grade.inequalities import judge_inequality, judge_proportion
from derive.grade.lines import DEFINITION, DIFFERENTIAL, EQUATION, HELPER, INEQUALITY, PROPORTION, Line, Stated, read_lines
from derive.grade.moments import is_mean, mean_of
from derive.grade.reading import QUANTITIES, at_arguments, in_closed_form
from derive.grade.signed import diverges
from derive.grade.truth import Truth
from derive.grade.values import Bench, evaluated
from derive.language.claims import AGREES, PROVED, REFUTED
from derive.language.totals import Lebesgue, Total, substitute
from derive.read.latex_heads import Blank

UNPROVED_TERMS = "the terms that are written could not be held against those of a sum before them"
WORST = (WRONG, UNREAD, UNDECIDED, CORRECT)


@dataclass(frozen=True)
class Compared:
    """One comparison inside a line: what was expected, what stands there, and how they are related."""

    target: Expr
    side: Expr
    held: Held
    defined: Mapping[Symbol, Expr] = field(default_factory=dict)  # the substitutions that were stated by then


@dataclass
class Course:
    """Where a derivation stands: what Z is by the student's own lines, the last side, and the names introduced on the way."""

    truth: Truth
    bench: Bench
    claimed: Expr | None = None  # Z, as the lines so far have it
    last: Expr | None = None  # the side that a line starting with "=" continues
    about: Expr | None = None  # what that side is a value of: an expression in Z, or None for a computation aside
    started: bool = False
    reached: bool = False  # some line has given a value of Z or p
    closed: bool = False  # and one without an integral, a sum or a name in it
    aside: tuple[Expr | None, Expr | None] | None = None  # where the derivation stood before a name was introduced
    off: Expr | None = None  # the factor by which a differential was wrong, until some line has used it
    defined: dict[Symbol, Expr] = field(default_factory=dict)
    helpers: dict[str, tuple[Symbol, Expr]] = field(default_factory=dict)  # J(t) as t and its value
    letters: frozenset[Symbol] = frozenset()  # the t of J(t)
    conditions: list[Boolean] = field(default_factory=list)
    assumed: list[Boolean] = field(default_factory=list)  # conditions that stand beside an equation
    trouble: dict[int, Compared] = field(default_factory=dict)
    slips: dict[int, Mistake] = field(default_factory=dict)  # in differentials

    @property
    def Z(self) -> Expr:
        """Z by the student's lines, else the true one."""
        if self.claimed is not None:
            return self.claimed
        return self.true

    @property
    def true(self) -> Expr:
        return self.truth.problem.total if self.truth.Z is None or self.truth.Z is oo else self.truth.Z


def judge_steps(claim: Claim, truth: Truth, bench: Bench) -> tuple[Judgement, Course]:
    """The verdict on a derivation, and what was compared on the way."""
    course = Course(truth, bench)
    lines = [judge_line(line, course) for line in read_lines(claim.lines, truth)]
    wrong = next((line.line for line in lines if line.verdict == WRONG), 0)
    lines = [after_wrong(line, wrong) for line in lines]
    base = Judgement(claim.id, UNDECIDED, read_as=str(course.last), first_wrong_line=wrong, lines=tuple(lines))
    if wrong:
        return wrong_chain(base, lines[wrong - 1], course, wrong), course
    open_ = next((line for line in lines if line.verdict != CORRECT), None)
    if open_ is not None:
        return replace(base, detail=f"Line {open_.line}: {open_.detail}"), course
    return right_chain(base, course), course


def right_chain(base: Judgement, course: Course) -> Judgement:
    """All lines hold: the derivation is right if it has arrived somewhere."""
    if not course.reached:
        return replace(base, detail="Each line holds, but none of them says what Z is.")
    final = compare(course.Z, course.true, course.truth.ground) if course.claimed is not None else Equality(PROVED)
    if final.verdict != PROVED and not course.conditions:
        return replace(base, detail="Each line follows from the one before it, but the last one could not be held against Z.")
    conditions = tuple(dict.fromkeys((*course.conditions, *course.truth.conditions)))
    detail = "Each line follows from the one before it" + (f", where {', '.join(map(words, conditions))}." if conditions else ".")
    return replace(base, verdict=CORRECT, conditions=tuple(map(str, conditions)), detail=detail, evaluated=course.closed)


def wrong_chain(base: Judgement, line: LineVerdict, course: Course, number: int) -> Judgement:
    """Some line is wrong; where the last one is right all the same, slips cancel."""
    found = course.trouble.get(number)
    point = found.held.equality.point if found else {}
    witness = {str(s): str(v) for s, v in point.items()}
    detail = f"Line {number} does not follow. {line.detail}"
    ended = course.claimed is not None and compare(course.Z, course.true, course.truth.ground).verdict == PROVED
    if ended and course.reached:
        detail += " The last line is right all the same: slips cancel."
    return replace(base, verdict=WRONG, witness=witness or None, detail=detail)


def after_wrong(line: LineVerdict, wrong: int) -> LineVerdict:
    if wrong and line.line > wrong and line.verdict == CORRECT:
        return replace(line, follows=True, detail=f"It follows from the line before it, but line {wrong} is wrong.")
    return line


def judge_line(line: Line, course: Course) -> LineVerdict:
    """The verdict on a line: the worst on any of its statements."""
    if line.unread:
        return LineVerdict(line.number, UNREAD, f"it cannot be read: {line.unread}")
    course.letters |= line.letters
    line = beside(line, course)
    found = [judge_statement(s, course, line.number) for s in line.stated]
    verdict, detail = min(found, key=lambda pair: WORST.index(pair[0]))
    return LineVerdict(line.number, verdict, detail)


def beside(line: Line, course: Course) -> Line:
    """A line without the conditions on parameters that stand beside its equations, as α > 1: where they are open, they are assumed."""
    if not any(s.kind == EQUATION for s in line.stated):
        return line
    names, facts = {p.symbol for p in course.truth.problem.parameters}, course.truth.ground.with_(*course.assumed).facts
    found = {s: s.relation for s in line.stated if s.kind == INEQUALITY and s.relation is not None and s.relation.free_symbols <= names}
    open_ = {s: r for s, r in found.items() if not facts.follows(r) and not facts.contradicts(r)}
    course.assumed += open_.values()
    course.conditions += [r for r in open_.values() if r not in course.conditions]
    return replace(line, stated=tuple(s for s in line.stated if s not in open_))


def judge_statement(s: Stated, course: Course, number: int) -> tuple[str, str]:
    if s.kind == EQUATION:
        return judge_equation(s, course, number)
    if s.kind == DEFINITION:
        return judge_definition(s, course, number)
    if s.kind == HELPER:
        return judge_helper(s, course, number)
    if s.kind == DIFFERENTIAL:
        constants = {p.symbol.name for p in course.truth.problem.parameters}
        verdict, detail, off = judge_differential(s.sides, course.defined, ranged(course), constants)
        course.off = off if off is not None else course.off
        if verdict == WRONG and off is not None and (off == -1 or off.is_Rational):
            kind, said = ("sign", "the sign is turned round") if off == -1 else ("lost-constant", f"the factor {off} is missing")
            course.slips.setdefault(number, Mistake(kind, str(off), said))
        return verdict, detail
    if s.kind == INEQUALITY and s.relation is not None:
        sides, given = above_zero([known(side, course) for side in s.relation.args], course.letters)
        course.conditions += [c for c in given if c not in course.conditions]
        return judge_inequality(s.relation.func(*sides, evaluate=False), ground_of(course, *sides), course.bench)
    if s.kind == PROPORTION:
        return judge_proportion(known(s.sides[-1], course), course.truth, course.bench)
    return CORRECT, "words"


def judge_definition(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """A name for something: it holds by itself; further sides have to equal the first."""
    name, *sides = s.sides
    assert isinstance(name, Symbol)
    values = [known(side, course) for side in sides]
    if are_terms(values[0]) and goes_through(course.true, values[0], course):  # S = 1 + q + q² + ⋯ for the sum that Z is
        values[0] = course.true
    if are_terms(values[-1]) and len(values) > 1:
        values[-1] = values[0]
    course.defined[name] = values[-1]
    if not moving(values[-1], course) and not moving(name, course):
        if same(values[0], course.true, course):  # another name for Z
            course.reached, course.claimed, course.started = True, None, True
            course.closed |= any(in_closed_form(side, course.defined) for side in sides)
        course.aside = course.aside or (course.last, course.about)
        course.last, course.about = values[-1], None
    return run_through(values[0], values[1:], course, number) if len(values) > 1 else (CORRECT, "a name is introduced")


def judge_helper(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """A function J(t) for something: it holds by itself the first time; further sides have to equal the first."""
    applied, *sides = s.sides
    name, (argument,) = applied.func.__name__, applied.args
    values = [known(side, course) for side in sides]
    if name in course.helpers:
        return run_through(known(applied, course), values, course, number)
    course.helpers[name] = argument, values[0]
    course.aside = course.aside or (course.last, course.about)
    course.last, course.about = values[-1], None
    return run_through(values[0], values[1:], course, number) if len(values) > 1 else (CORRECT, "a name is introduced")


def judge_equation(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """Sides joined by "=": the first says what they are values of."""
    first, *rest = s.sides
    if isinstance(first, Blank) and course.aside and not goes_on(rest[0], course):
        course.last, course.about = course.aside
    about, target = subject(first, rest, course)
    if target is None:  # an expression that stands by itself: what it should be is what the lines before it say
        target, rest = course.last if course.last is not None else course.true, [first, *rest]
        about = course.about if course.started else Symbol("Z", positive=True)
        aside = bool(rest[1:]) and not same(known(first, course), target, course)
        if aside:
            about, target, rest = None, known(first, course), rest[1:]
    values = [known(side, course) for side in rest]
    verdict = run_through(target, values, course, number)
    settle(about, next((v for v in reversed(values) if not are_terms(v)), target), course)
    course.closed |= any(gives_value(side, about, course) for side in rest)
    return verdict


def gives_value(side: Basic, about: Expr | None, course: Course) -> bool:
    """Whether a side is Z or p in closed form, and not one of the equations that they satisfy, as ∫p = 1 and Z p(x) = g(x)."""
    if not in_closed_form(side, course.defined):
        return False
    names = [] if about is None or about.atoms(Total) else [*about.atoms(AppliedUndef), *(s for s in about.free_symbols if s.name in QUANTITIES)]
    return len(names) == 1 or same(known(side, course), course.true, course)


def goes_on(side: Basic, course: Course) -> bool:
    """Whether "= …" after the introduction of a name goes on with that name's value, and not with what was before it."""
    return course.last is not None and same(known(side, course), course.last, course)


def subject(first: Basic, rest: list[Basic], course: Course) -> tuple[Expr | None, Expr | None]:
    """What an equation is about, and what its next side should equal; (None, None) where the first side is no name."""
    if isinstance(first, Blank):
        if course.last is None:
            return Symbol("Z", positive=True), course.true
        return course.about, course.last
    named = names_in(first)
    if not named or not rest:
        return None, None
    if course.about is not None and first == course.about and course.last is not None:
        return first, course.last
    return first, known(first, course)


def names_in(e: Basic) -> bool:
    """Whether an expression speaks of Z or p by name."""
    return any(s.name in QUANTITIES and s.is_positive for s in e.free_symbols) or bool(e.atoms(AppliedUndef))


def known(e: Basic, course: Course) -> Expr:
    """`e` with names replaced by what they stand for: Z by the student's own value, p by the kernel over it."""
    values: dict[Basic, Expr] = {s: v for s, v in course.defined.items() if s in e.free_symbols and not moving(v, course)}
    own = course.truth.named
    values.update({s: course.Z for s in e.free_symbols if s.name in QUANTITIES and s.name not in own and s not in values})
    density = course.truth.problem.kernel / course.Z
    e = with_helpers(e, course.helpers)
    spoken = [f for f in e.atoms(AppliedUndef) if not are_terms(f) and not is_mean(f)]
    for f in spoken:  # a bound variable may be meant: p(x) under an integral sign over x
        e = e.xreplace({f: course.Z if f.func.__name__ in QUANTITIES else at_arguments(density, f, course.truth)})
    means: dict[Basic, Expr] = {f: mean_of(f, course.truth.problem, course.Z) for f in e.atoms(AppliedUndef) if is_mean(f)}
    return substitute(e.xreplace(means), values)


def moving(value: Expr, course: Course) -> bool:
    """Whether a definition is a substitution: it depends on a variable."""
    return bool({s.name for s in value.free_symbols} & {v.symbol.name for v in course.truth.problem.variables})


def run_through(target: Expr, sides: list[Expr], course: Course, number: int) -> tuple[str, str]:
    """Each side against the one before it; the first that is not proved decides."""
    verdict: tuple[str, str] = (CORRECT, "")
    for side in sides:
        if are_terms(side):
            verdict = verdict if verdict[0] != CORRECT or goes_through(target, side, course) else (UNDECIDED, UNPROVED_TERMS)
            continue
        held = related(target, side, course)
        if held.equality.verdict == REFUTED and course.off is not None and excused(target, side, course):
            held, course.off = Held(Equality(PROVED)), None
        course.conditions += [c for c in held.conditions if c not in course.conditions]
        if held.equality.verdict != PROVED and verdict[0] == CORRECT:
            course.trouble.setdefault(number, Compared(target, side, held, dict(course.defined)))
            verdict = described(held)
        target = side
    return verdict


def goes_through(target: Expr, side: Expr, course: Course) -> bool:
    """Whether the terms of 1 + q + q² + ⋯ are proved to be the first ones of the sum before them."""
    terms = series_terms(target, len(side.args), course.true, course.truth.problem)
    held = [related(a, b, course) for a, b in zip(side.args, terms or (), strict=False)]
    if terms is not None and all(h.equality and not h.conditions for h in held):
        return True
    closed = evaluated(target, course.truth.ground.facts, course.bench)
    return closed is not None and are_first(side.args, closed)


def excused(target: Expr, side: Expr, course: Course) -> bool:
    """Whether a side follows from a differential that was wrong and has been marked as such."""
    assert course.off is not None
    return any(related(target * factor, side, course).equality.verdict == PROVED for factor in (course.off, 1 / course.off))


def related(target: Expr, side: Expr, course: Course) -> Held:
    """How a side is related to what it should equal; the t of a function J(t) may have to be positive for it, which is a condition."""
    (above, other), given = above_zero([target, side], course.letters)
    found = value_against(above, other, course)
    if not given or found.equality.verdict != PROVED:
        return found
    plain = value_against(target, side, course)
    return plain if plain.equality else replace(found, conditions=(*found.conditions, *given))


def value_against(target: Expr, side: Expr, course: Course) -> Held:
    """How a side is related to what it should equal, by their values where these have a closed form."""
    if target == side:
        return Held(Equality(PROVED))
    ground = ground_of(course, target, side)
    value = evaluated(target, ground.facts, course.bench)
    held = hold(side, target if value is None else value, ground, course.bench, course.truth.problem.kernel)
    unsure = held.equality.verdict not in (PROVED, REFUTED) and value is not None and not value.has(oo)
    return replace(held, infinite=True) if unsure and diverges(side, ground.facts) else held


def ground_of(course: Course, *sides: Expr) -> Ground:
    """Where sides are compared: inside the support, if they depend on the variables."""
    own = {v.symbol for v in course.truth.problem.variables}
    ground = course.truth.inside if any(s.free_symbols & own for s in sides) else course.truth.ground
    return ground.with_(*course.assumed) if course.assumed else ground


def ranged(course: Course) -> Ground:
    """Where a substitution is looked at: on the range of the integral that it is made in, which may be a part of the support."""
    totals = course.last.atoms(Total) if course.last is not None else set()
    ranges = {t.x.name: t.measure for t in totals if isinstance(t.measure, Lebesgue)}
    names = [t.x.name for t in totals]
    inside = course.truth.inside
    return inside.with_(variables=[(x, ranges.get(x.name, m) if names.count(x.name) == 1 else m) for x, m in inside.variables])


def same(a: Expr, b: Expr, course: Course) -> bool:
    return related(b, a, course).equality.verdict == PROVED


def described(held: Held) -> tuple[str, str]:
    """The verdict that a comparison amounts to, in words."""
    found = held.equality
    if found.verdict == REFUTED:
        where = ", ".join(f"{s} = {v}" for s, v in found.point.items())
        place = f"At {where} it" if where else "It"
        return WRONG, f"{place} is {found.values[0]}, where {found.values[1]} stood before."
    if held.infinite:
        return WRONG, "It is infinite, where a finite value stood before."
    if found.verdict == AGREES:
        return UNDECIDED, f"it agrees with what stood before at all of {found.looked} points, but no proof was found"
    return UNDECIDED, "it could not be held against what stood before"


def settle(about: Expr | None, value: Expr, course: Course) -> None:
    """Remember where the derivation stands after a line."""
    course.last, course.about, course.started = value, about, True
    if about is not None:
        course.aside = None
    if about is None or any(map(is_mean, about.atoms(AppliedUndef))):  # a mean says nothing of Z
        return
    course.reached = True
    letters = [s for s in about.free_symbols if s.name in QUANTITIES and s.is_positive]
    if len(letters) == 1 and not about.atoms(AppliedUndef):
        u = Symbol("u", positive=True)
        back = inverse(about, letters[0], u, course.truth.ground.facts)
        if back is not None:
            closed = evaluated(value, course.truth.ground.facts, course.bench)
            course.claimed = back.xreplace({u: value if closed is None else closed})
