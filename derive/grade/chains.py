"""A derivation, line by line: each is held against what it claims to equal, and the first that does not follow is named."""

from __future__ import annotations

import re
from dataclasses import replace

from sympy import Basic, Eq, Expr, Symbol, floor
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from derive.grade.chances import within
from derive.grade.claims import words
from derive.grade.course import Course, goes_through, ground_of, known, moving, names_in, ranged, run_through, same, settle
from derive.grade.cumulative import distribution, unsettled
from derive.grade.differentials import judge_differential
from derive.grade.ellipsis import are_terms
from derive.grade.equality import Equality, compare
from derive.grade.handed import CORRECT, UNDECIDED, UNREAD, WRONG, Claim, Judgement, LineVerdict, Mistake
from derive.grade.helpers import above_zero
from derive.grade.inequalities import judge_inequality, judge_proportion
from derive.grade.jacobians import judge_area, judge_jacobian
from derive.grade.lines import (
    ANTIDERIVATIVE,
    DEFINITION,
    DIFFERENTIAL,
    ENDS,
    EQUATION,
    HELPER,
    INEQUALITY,
    JACOBIAN,
    MEMBER,
    NAMED,
    NOTE,
    POINT,
    PROPORTION,
    RECALLED,
    Line,
    Stated,
    read_lines,
)
from derive.grade.named import judge_named
from derive.grade.ranges import judge_point, judge_range
from derive.grade.reading import QUANTITIES, in_closed_form
from derive.grade.recursions import indexed
from derive.grade.spellings import own_functions
from derive.grade.truth import Truth
from derive.grade.values import Bench
from derive.language.claims import PROVED
from derive.language.totals import Total
from derive.read.latex_heads import Blank

GOES_ON = re.compile(  # it speaks of the same
    r"(?:\s|&|\\(?:q?quad|implies|Rightarrow|therefore)(?![A-Za-z])|\\[,;:! ])*(?:=|Z\s*(?:\([^()]*\))?\s*=)"
)
WORST = (WRONG, UNREAD, UNDECIDED, CORRECT)


def judge_steps(claim: Claim, truth: Truth, bench: Bench) -> tuple[Judgement, Course]:
    """The verdict on a derivation, and what was compared on the way."""
    texts, indices = indexed(own_functions(claim.lines), truth.named)
    course = Course(truth, bench, sequences=frozenset(indices))
    read = read_lines(texts, truth, indices)
    lines = unsettled([judge_line(line, course) for line in read], read, course)
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
    if ended and course.reached and number < len(base.lines):
        detail += " The last line is right all the same: slips cancel."
    return replace(base, verdict=WRONG, witness=witness or None, detail=detail)


def after_wrong(line: LineVerdict, wrong: int) -> LineVerdict:
    if wrong and line.line > wrong and line.verdict == CORRECT:
        return replace(line, follows=True, detail=f"It follows from the line before it, but line {wrong} is wrong.")
    return line


def judge_line(line: Line, course: Course) -> LineVerdict:
    """The verdict on a line: the worst on any of its statements."""
    if line.unread:
        course.lost = course.lost or not GOES_ON.match(line.text)
        return LineVerdict(line.number, UNREAD, f"it cannot be read: {line.unread}")
    course.letters |= line.letters
    course.local, course.place = [], None
    line = beside(line, course)
    found = [judge_statement(s, course, line.number) for s in line.stated]
    verdict, detail = min(found, key=lambda pair: WORST.index(pair[0]))
    return LineVerdict(line.number, verdict, detail)


def beside(line: Line, course: Course) -> Line:
    """A line without the conditions that stand beside its equations, as α > 1 or k ≥ 1: where they are open, they are assumed.

    What is said of a variable or of a new letter holds on this line alone.
    """
    if not any(s.kind in (EQUATION, HELPER, RECALLED, NOTE) for s in line.stated):
        return line
    problem = course.truth.problem
    names, facts = {p.symbol for p in problem.parameters}, course.truth.inside.with_(*course.assumed).facts
    more = names | {v.symbol for v in problem.variables} | course.letters
    found = {s: s.relation for s in line.stated if s.kind == INEQUALITY and s.relation is not None and s.relation.free_symbols <= more}
    open_ = {s: r for s, r in found.items() if not facts.follows(r) and not facts.contradicts(r)}
    course.assumed += [r for r in open_.values() if r.free_symbols <= names]
    course.local += [r for r in open_.values() if not r.free_symbols <= names]
    course.conditions += [r for r in course.assumed if r not in course.conditions]
    return replace(line, stated=tuple(s for s in line.stated if s not in open_))


def understood(s: Stated, course: Course) -> str:
    """What a statement takes for granted is added to the line's conditions: J(n − 1) has n ≥ 1, the t of P(X > t) lies in the support.

    The answer says why that cannot be taken for granted, or is empty.
    """
    facts = course.truth.ground.with_(*course.assumed).facts
    for f in {f for side in s.sides for f in side.atoms(AppliedUndef)}:
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
    return ""


def judge_statement(s: Stated, course: Course, number: int) -> tuple[str, str]:
    open_ = understood(s, course)
    if open_:
        return UNDECIDED, open_
    if s.kind in (NOTE, ANTIDERIVATIVE):
        course.lost = course.lost or s.kind == ANTIDERIVATIVE  # "= …" would go on with the antiderivative
        first, *rest = (known(side, course) for side in s.sides)
        return run_through(first, rest, course, number)
    if s.kind == RECALLED:
        return judge_recalled(s, course, number)
    if s.kind == JACOBIAN:
        own = {v.symbol.name for v in course.truth.problem.variables}
        above = {name.strip() for name in s.text.split(",")} if s.text else own
        return judge_jacobian(s.sides, not s.loose, above, course.defined, course.truth.ground)
    if s.kind == POINT:
        place, course.place = (None if s.loose else course.place), (s.text, s.sides[0]) if s.loose else course.place
        return judge_point(s.text, s.sides[0], place, course.defined, course.truth.ground.facts)
    if s.kind == ENDS:
        return judge_ends(s, course)
    if s.kind == NAMED:
        sides = tuple(known(side, course) for side in s.sides)
        last = course.last.atoms(Total) if course.last is not None else set()
        verdict, detail = judge_named(s.text, sides, [*last, *course.truth.problem.total.atoms(Total)], course.truth.ground)
        return (UNDECIDED, detail) if verdict == WRONG and course.started and not last else (verdict, detail)
    if s.kind == MEMBER:
        return judge_member(s, course)
    if s.kind == EQUATION:
        return judge_equation(s, course, number)
    if s.kind == DEFINITION:
        return judge_definition(s, course, number)
    if s.kind == HELPER:
        return judge_helper(s, course, number)
    if s.kind == DIFFERENTIAL:
        constants = {p.symbol.name for p in course.truth.problem.parameters}
        verdict, detail, off = judge_differential(s.sides, course.defined, ranged(course), constants)
        if verdict == UNDECIDED and len(s.sides) == 2:
            verdict, detail = judge_area(s.sides, course.defined, course.truth.ground)
        course.off = off if off is not None else course.off
        if verdict == WRONG and off is not None and (off == -1 or off.is_Rational):
            kind, said = ("sign", "the sign is turned round") if off == -1 else ("lost-constant", f"the factor {off} is missing")
            course.slips.setdefault(number, Mistake(kind, str(off), said))
        return verdict, detail
    if s.kind == INEQUALITY and s.relation is not None:
        if new := placed(s, course):
            course.assumed += [r for r in new if r not in (True, False)]
            return CORRECT, "it says where a new name lies"
        sides, given = above_zero([known(side, course) for side in s.relation.args], course.letters)
        course.conditions += [c for c in given if c not in course.conditions]
        return judge_inequality(s.relation.func(*sides, evaluate=False), ground_of(course, *sides), course.bench)
    if s.kind == PROPORTION:
        return judge_proportion(known(s.sides[-1], course), course.truth, course.bench)
    return CORRECT, "words"


def judge_ends(s: Stated, course: Course) -> tuple[str, str]:
    """x: a → b, held against what was said of another name, and remembered."""
    name, lo, hi = s.sides
    assert isinstance(name, Symbol)
    found = judge_range(name, (lo, hi), course.ranges, course.defined, course.truth.ground.facts)
    course.ranges[name] = lo, hi
    return found


def judge_recalled(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """An equation for all values of a new letter, or for those below 1; what is not proved stays open, as the letter may be meant otherwise."""
    first, *rest = (known(side, course) for side in s.sides)
    letters = {x for side in s.sides for x in side.free_symbols} & course.letters
    for more in ((), tuple(x < 1 for x in letters)):
        before, course.local, conditions = course.local, [*course.local, *more], list(course.conditions)
        verdict = run_through(first, rest, course, number)
        course.local, course.conditions = before, conditions
        if verdict[0] == CORRECT:
            return verdict
        course.trouble.pop(number, None)
    return UNDECIDED, verdict[1] or "it could not be held for all values of its letter"


def placed(s: Stated, course: Course) -> list[Relational]:
    """A relation that says where a name of the student's own lies, as the θ of x = R sin θ: it has no value that could be looked at."""
    assert s.relation is not None
    problem = course.truth.problem
    told = {p.symbol for p in problem.parameters} | {v.symbol for v in problem.variables} | course.letters
    valued = {x.name for x in course.defined} | {*QUANTITIES}
    names = [x for x in s.relation.free_symbols if x not in told and x.name not in valued]
    return [s.relation] if len(names) == 1 and not s.relation.atoms(AppliedUndef, Total) else []


def judge_member(s: Stated, course: Course) -> tuple[str, str]:
    """n ∈ ℤ for a parameter: it is declared so, or it is a condition."""
    (x,) = s.sides
    if x.is_integer:
        return CORRECT, "it is declared so"
    if x not in {p.symbol for p in course.truth.problem.parameters} or x.is_integer is False:
        return UNDECIDED, "it could not be established that this is a whole number"
    course.conditions.append(Eq(x, floor(x), evaluate=False))
    return CORRECT, "it is a condition"


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
    told = name in course.helpers
    if told:
        values.insert(0, known(applied, course))
    else:
        course.helpers[name] = argument, values[0]
        course.aside = course.aside or (course.last, course.about)
        if (found := distribution(applied, values[0], course)) is not None:
            course.cumulative[number] = found
    verdict = run_through(values[0], values[1:], course, number) if len(values) > 1 else (CORRECT, "a name is introduced")
    course.last, course.about, course.lost = values[-1], None, False
    if told and verdict[0] == CORRECT and in_closed_form(sides[-1], course.defined):
        course.helpers[name] = argument, values[-1]  # proved equal, and easier to differentiate
    if not course.letters & values[-1].free_symbols and same(values[-1], course.true, course):
        course.reached = course.started = True
        course.closed |= any(in_closed_form(side, course.defined) for side in sides)
    return verdict


def judge_equation(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """Sides joined by "=": the first says what they are values of."""
    first, *rest = s.sides
    lost, course.lost = course.lost, False
    if isinstance(first, Blank) and lost:
        values = [known(side, course) for side in rest]
        course.last, course.about, course.started = values[-1], None, True
        return UNDECIDED, "it goes on from a line that could not be read"
    if isinstance(first, Blank) and course.aside and not goes_on(rest[0], course):
        course.last, course.about = course.aside
    about, target = subject(first, rest, course)
    if target is None:  # an expression that stands by itself: what it should be is what the lines before it say
        target, rest = course.last if course.last is not None else course.true, [first, *rest]
        about = course.about if course.started else Symbol("Z", positive=True)
        aside = bool(rest[1:]) and not same(known(first, course), target, course)
        if aside:
            target, rest = known(first, course), rest[1:]
            about = Symbol("Z", positive=True) if target.has(Total) and not moving(target, course) and same(target, course.true, course) else None
    values = [known(side, course) for side in rest]
    verdict = run_through(target, values, course, number)
    if s.loose and verdict[0] == WRONG:
        course.trouble.pop(number, None)
        return UNDECIDED, "it is not clear what this is said to be"
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
