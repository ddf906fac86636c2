"""The verdict on an equation of a derivation: its first side says what it is about, each further side has to equal the one before."""

from __future__ import annotations

from sympy import And, Basic, Derivative, Expr, Piecewise, S, Symbol, binomial, factorial
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from derive.algebra.equality import equal
from derive.grade.chance.chances import at_one_place
from derive.grade.derivations.brought import WHOLE
from derive.grade.derivations.course import Course, moving, names_in, power_series
from derive.grade.derivations.known import known, settle
from derive.grade.derivations.related import related, run_through, same
from derive.grade.derivations.stated import ANTIDERIVATIVE, Stated
from derive.grade.handed import CORRECT, UNDECIDED, WRONG
from derive.grade.writing.ellipsis import are_terms
from derive.grade.writing.reading import QUANTITIES, in_closed_form
from derive.language.claims import PROVED, REFUTED
from derive.language.totals import Lebesgue, Total, substitute, support
from derive.read.latex_heads import Blank


def judge_aside(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """An equation beside the derivation, which does not go on from it."""
    course.lost = course.lost or s.kind == ANTIDERIVATIVE  # "= …" would go on with the antiderivative
    first, *rest = (known(side, course) for side in s.sides)
    before, course.local = course.local, [*course.local, *(r for r in course.around if r.free_symbols & {x for e in s.sides for x in e.free_symbols})]
    found = run_through(first, rest, course, number)
    course.local = before
    return found


def judge_recalled(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """An equation for all values of a new letter, for those below 1, or for whole ones; what is not proved stays open."""
    letters = {x for side in s.sides for x in side.free_symbols} & course.letters
    whole = {x: Symbol(x.name, integer=True, nonnegative=True) for x in letters if x.name in WHOLE and not x.is_integer}
    refuted = []
    ways: list[tuple[dict[Symbol, Symbol], tuple[Relational, ...]]]
    ways = [({}, ()), ({}, tuple(x < 1 for x in letters)), ({}, tuple(x > 1 for x in letters)), *([(whole, ())] if whole else [])]
    if len(whole) == len(letters) and any(side.has(factorial, binomial) for side in s.sides):  # k! speaks of whole numbers
        ways = [way for way in ways if not way[1]]
    elif any(power_series(known(side, course), x) for side in s.sides for x in letters):
        ways[:2] = reversed(ways[:2])
    for named, more in ways:
        first, *rest = (known(side.xreplace(named), course) for side in s.sides)
        before, course.local, conditions = course.local, [*course.local, *more], list(course.conditions)
        verdict = run_through(first, rest, course, number)
        course.local, course.conditions = before, conditions
        if verdict[0] == CORRECT:
            return verdict
        refuted.append(verdict[0] == WRONG)
        trouble = course.trouble.pop(number, None)
    computed = any(e.has(Derivative) or any(isinstance(t.measure, Lebesgue) for t in e.atoms(Total)) for e in (first, *rest))
    if all(refuted) and trouble is not None and computed and not any(x.is_integer for x in letters):  # it holds for none
        course.trouble[number] = trouble
        return verdict
    return UNDECIDED, verdict[1] or "it could not be held for all values of its letter"


def judge_equation(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """Sides joined by "=": the first says what they are values of."""
    first, *rest = s.sides
    lost, course.lost = course.lost, False
    if isinstance(first, Blank) and lost:
        values = [known(side, course) for side in rest]
        course.last, course.about, course.started = values[-1], None, True
        return UNDECIDED, "it goes on from a line that could not be read"
    if isinstance(first, Blank) and course.aside and not goes_on(rest[0], course):
        course.last, course.about = left_off(rest[0], course)
    about, target = subject(first, rest, course)
    if target is None and course.aside and not rest and course.last is not None and not first.is_Symbol:  # "we write q = 1 - p. The sum is …"
        course.last, course.about = left_off(first, course)
    if target is None:  # an expression that stands by itself: what it should be is what the lines before it say
        target, rest = course.last if course.last is not None else course.true, [first, *rest]
        about = course.about if course.started else Symbol("Z", positive=True)
        aside = bool(rest[1:]) and not same(known(first, course), target, course)
        if aside:
            course.aside = course.aside or (course.last, course.about)
            target, rest = known(first, course), rest[1:]
            about = Symbol("Z", positive=True) if target.has(Total) and not moving(target, course) and same(target, course.true, course) else None
    if (named := fixed_variable(about, rest, course)) is not None:
        return UNDECIDED, f"{named} is the variable of the problem, and no name for a value besides"
    values = [known(side, course) for side in rest]
    target = inside_region(about, target, values, course)
    before, course.local = course.local, [*course.local, *(under_integral(values + [target], course) if about is None else ())]
    verdict = run_through(target, values, course, number)
    verdict = verdict if verdict[0] == CORRECT else with_held_fixed(verdict, s, course, number)
    course.local = before
    if s.spoken and verdict[0] != CORRECT:  # "adding the series of e^a and of e^−a"
        course.trouble.pop(number, None)
        return CORRECT, "words"
    if verdict[0] == WRONG and (name := turned_back(s, course)) is not None:
        return on_a_branch(name, target, values, course, number)
    if rest[-1] == Symbol("Z", positive=True) and verdict[0] == CORRECT and not all(by_itself(side, course) for side in s.sides):  # … = Z
        about = rest[-1] if about is None else about
        course.reached, course.closed = True, course.closed or any(in_closed_form(side, course.defined) for side in rest[:-1])
    special = isinstance(first, Symbol) and first in {p.symbol for p in course.truth.problem.parameters} and len(values) == 1
    if special and verdict[0] == WRONG:  # "without loss of generality μ = 0"
        course.trouble.pop(number, None)
        return UNDECIDED, "this speaks of a special case"
    if verdict[0] == WRONG and any(at_one_place(f) for side in s.sides for f in side.atoms(AppliedUndef)):
        course.trouble.pop(number, None)
        return UNDECIDED, "P(X = c) is 0 for a variable that is continuous; write p(c) for its density there"
    pointing = len(s.sides) == 1 and first == Symbol("Z", positive=True)  # "this is Z", of what may stand further back
    if (s.loose or pointing) and verdict[0] == WRONG:
        course.trouble.pop(number, None)
        return UNDECIDED, "it is not clear what this is said to be"
    arrived = course.reached
    settle(about, next((v for v in reversed(values) if not are_terms(v)), target), course)
    if not arrived and all(by_itself(side, course) for side in rest):
        course.reached = False
    course.by_name = all(by_itself(side, course) for side in s.sides)
    course.closed |= any(gives_value(side, about, course) for side in rest)
    return verdict


def by_itself(side: Basic, course: Course) -> bool:
    """Whether a side says what Z or p is by Z or p itself, as 1/(1/Z) does, or goes on from one that does."""
    own = course.truth.named
    if isinstance(side, Blank):
        return course.by_name
    return names_in(side) and any(s.name in QUANTITIES and s.name not in own and s not in course.defined for s in side.free_symbols)


def fixed_variable(about: Expr | None, sides: list[Expr], course: Course) -> Symbol | None:
    """A variable of the problem that lines have given a value, as x = 2a, and that Z is then said by, as Z = 2/x."""
    if about != Symbol("Z", positive=True):
        return None
    own = {v.symbol.name for v in course.truth.problem.variables}
    spoken = sorted({x for side in sides for x in side.free_symbols if isinstance(x, Symbol) and x.name in own}, key=str)
    return next((x for x in spoken if x in course.defined and not moving(course.defined[x], course)), None)


def with_held_fixed(verdict: tuple[str, str], s: Stated, course: Course, number: int) -> tuple[str, str]:
    """The verdict, where a partial derivative at a fixed q makes the equation right: so with ∂ where nothing else can be meant, else open."""
    fixed = held_fixed(s.sides, course)
    if fixed is None:
        return verdict
    trouble = course.trouble.pop(number, None)
    again = run_through(fixed[0], fixed[1:], course, number)
    said = r"\partial" in s.text and fixed_alone(s.sides, course)
    partial = again if said else (UNDECIDED, "it is right with what depends on the parameter held fixed; write \\partial then")
    verdict = partial if again[0] == CORRECT else verdict
    if trouble is not None and verdict[0] == WRONG:
        course.trouble[number] = trouble
    return verdict


def held_fixed(sides: tuple[Basic, ...], course: Course) -> list[Expr] | None:
    """The sides of an equation with ∂/∂p at a fixed q, as people differentiate (p + q)ⁿ after q = 1 − p; None without one."""
    fixed = partial_derivatives(sides, course)
    if not fixed or any(isinstance(side, Blank) for side in sides):
        return None
    table = {d: d.expr.diff(*d.variable_count) for d in fixed}
    return [known(side.xreplace(table), course) for side in sides]


def fixed_alone(sides: tuple[Basic, ...], course: Course) -> bool:
    """Whether what is differentiated is constant where q moves with p, so that nothing else can be meant; ∂/∂p (x log p + y log q) may be a score."""
    moved = [substitute(d.expr, dict(course.defined)).diff(*d.variables) for d in partial_derivatives(sides, course)]
    return all(equal(e, S.Zero, course.truth.ground.facts) for e in moved)


def partial_derivatives(sides: tuple[Basic, ...], course: Course) -> set[Derivative]:
    """The derivatives by a parameter of what shows a name that lines have defined by it."""
    own = {p.symbol for p in course.truth.problem.parameters}
    return {
        d for side in sides for d in side.atoms(Derivative) if set(d.variables) <= own and not d.expr.has(Total, AppliedUndef)
        and any(course.defined[s].free_symbols & set(d.variables) for s in d.expr.free_symbols & course.defined.keys())
    }  # fmt: skip


def inside_region(about: Expr | None, target: Expr, values: list[Expr], course: Course) -> Expr:
    """p where it is not 0, for a density of several variables on a region that a formula without cases says nothing of, as on a disc."""
    own = {v.symbol for v in course.truth.problem.variables}
    cases = target.atoms(Piecewise)
    if len(own) < 2 or len(cases) != 1 or not isinstance(about, AppliedUndef) or set(about.args) != own or any(v.has(Piecewise) for v in values):
        return target
    (one,) = cases
    told = one.args[0].cond.args if isinstance(one.args[0].cond, And) else (one.args[0].cond,)
    if len(one.args) != 2 or one.args[1].expr != 0 or not all(isinstance(r, Relational) for r in told):
        return target
    course.local = [*course.local, *told]
    return target.xreplace({one: one.args[0].expr})


def under_integral(sides: list[Expr], course: Course) -> list[Relational]:
    """Where the letters of an equation beside an integral lie over which that integral runs: 1/(e^u − 1) = Σ e^{−nu}, after ∫₀^∞ u/(e^u − 1) du."""
    free = {s for e in sides for s in e.free_symbols} - {*course.defined, *course.truth.ground.names}
    totals = course.last.atoms(Total) if course.last is not None else set()
    runs = {x: [t.measure for t in totals if t.x.name == x.name] for x in free}
    return [r for x, m in runs.items() if len(m) == 1 and isinstance(m[0], Lebesgue) for r in support(x, m[0]) if r not in (True, False)]


def turned_back(s: Stated, course: Course) -> Symbol | None:
    """The θ of θ = arcsin(x/c), after x = c sin θ was said."""
    name, *rest = s.sides
    if not isinstance(name, Symbol) or len(rest) != 1 or name in course.defined:
        return None
    put = [course.defined[x] for x in rest[0].free_symbols if x in course.defined]
    return name if any(name in value.free_symbols for value in put) else None


def on_a_branch(name: Symbol, target: Expr, values: list[Expr], course: Course, number: int) -> tuple[str, str]:
    """An inverse function holds on its branch: θ = arcsin(sin θ) is held for small θ > 0."""
    trouble, before = course.trouble.pop(number, None), course.local
    course.local = [*before, name > 0, name < 1]
    verdict = run_through(target, values, course, number)
    course.local = before
    if verdict[0] == WRONG and trouble is not None:
        course.trouble[number] = trouble
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


def left_off(side: Basic, course: Course) -> tuple[Expr | None, Expr | None]:
    """Where "= …" after the introduction of a name goes on: what it is equal to, or may be equal to; the nearest of the places comes first."""
    places = [place for place in ((course.last, course.about), course.nearest, course.aside) if place is not None]
    value = known(side, course)
    verdicts = [related(course.true if last is None else last, value, course).equality.verdict for last, _ in places]
    best = PROVED if PROVED in verdicts else next((v for v in verdicts if v != REFUTED), REFUTED)
    return places[verdicts.index(best)]


def subject(first: Basic, rest: list[Basic], course: Course) -> tuple[Expr | None, Expr | None]:
    """What an equation is about, and what its next side should equal; (None, None) where the first side is no name."""
    if isinstance(first, Blank):
        if course.last is None:
            return Symbol("Z", positive=True), course.true
        return course.about, course.last
    named = names_in(first)
    if not named or not rest:
        return None, None
    apart = isinstance(first, AppliedUndef) and {x.name for x in first.free_symbols} & course.told[1]  # p(x) = … for x < 0, after that for x > 0
    if course.about is not None and first == course.about and course.last is not None and not apart:
        return first, course.last
    return first, known(first, course)
