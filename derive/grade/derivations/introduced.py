"""The verdict on a statement that brings a name in: it holds by itself the first time, its further sides have to equal the first."""

from __future__ import annotations

from sympy import Expr, Symbol, oo
from sympy.core.function import AppliedUndef

from derive.grade.derivations.claimed import is_quantity
from derive.grade.derivations.course import Course, moving, of_parameters, power_series
from derive.grade.derivations.cumulative import NAME, distribution, transform
from derive.grade.derivations.known import known
from derive.grade.derivations.meanings import CDF, CF, CGF, MGF, PGF, SURVIVAL, Meaning, meaning_of
from derive.grade.derivations.meanings import MODE as MODE_OF
from derive.grade.derivations.related import goes_through, ranged, run_through, same
from derive.grade.derivations.restated import restated
from derive.grade.derivations.standing import judged_meaning, unchecked
from derive.grade.derivations.stated import ROOT, Stated
from derive.grade.derivations.stationary import MODE, judge_root, solves
from derive.grade.equal.equality import compare
from derive.grade.handed import CORRECT, UNDECIDED, WRONG
from derive.grade.writing.differentials import judge_differential
from derive.grade.writing.ellipsis import are_terms
from derive.grade.writing.reading import in_closed_form
from derive.language.claims import REFUTED
from derive.language.totals import Counting, Lebesgue, Total, substitute

LAWS = {CDF, SURVIVAL, MGF, CGF, PGF, CF}
NOT_HELD = "what the words call it could not be held against the density"


def judge_definition(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """A name for something: it holds by itself; further sides have to equal the first."""
    name, *sides = s.sides
    assert isinstance(name, Symbol)
    values = [known(side, course) for side in sides]
    if are_terms(values[0]) and goes_through(course.true, values[0], course):  # S = 1 + q + q² + ⋯ for the sum that Z is
        values[0] = course.true
    if are_terms(values[-1]) and len(values) > 1:
        values[-1] = values[0]
    if moving(name, course) and len(sides) == 1 and values[0] != name and name.name in {s.name for s in values[0].free_symbols}:
        identity = run_through(name, values, course, number) if values[0].has(Total) else (UNDECIDED, "")  # k = Σ 1 over 1 ≤ i ≤ k
        course.trouble.pop(number, None)
        return identity if identity[0] == CORRECT else (UNDECIDED, f"{name} stands on both sides")
    if moving(name, course) and values[0].has(Total) and not moving(values[0], course):
        return UNDECIDED, f"{name} has a meaning of its own, and is no name of an integral or a sum"
    wrong = contradicted(name, values[-1], course)
    if of_parameters(values[-1], course) and not moving(name, course):  # the k of an x = k tan t that was said before
        course.defined = {x: v.xreplace({name: values[-1]}) for x, v in course.defined.items()}
    course.defined[name] = values[-1]
    if moving(values[-1], course) or moving(name, course):
        course.substitutions.append((number, name, values[-1]))
    if wrong:
        return WRONG, wrong
    kernel, _, index = name.name.partition("_")  # w_k = …
    own = course.truth.problem.variables[0].symbol
    if index == own.name and (elsewhere := restated(kernel, own, values[0], course, number)):
        return UNDECIDED, elsewhere
    if name.name in course.slopes:  # dv = … was said before v = …
        constants = {p.symbol.name for p in course.truth.problem.parameters}
        slope = judge_differential(course.slopes.pop(name.name), {name: values[-1]}, ranged(course), constants)
        if slope[0] != CORRECT:
            return slope[:2]
    another = False
    bound = course.bound | {t.x.name for side in course.spoken for t in side.atoms(Total)}  # u = s t, ∫ f(u) du
    if not moving(values[-1], course) and not moving(name, course) and name.name not in bound:
        if another := same(values[0], course.true, course):  # another name for Z
            course.reached, course.claimed, course.started = True, None, True
            course.closed |= any(in_closed_form(side, course.defined) for side in sides)
        if not s.early:
            course.aside, course.nearest = course.aside or (course.last, course.about), (course.last, course.about)
            course.last, course.about = values[-1], None
    if len(values) > 1 and (verdict := run_through(values[0], values[1:], course, number))[0] != CORRECT:
        return verdict
    meaning = meaning_of(name.name, s.called, applied=False, put=s.loose or s.put and not s.called)
    own_name = course.truth.problem.variables[0].symbol.name
    meaning = Meaning(((MODE_OF, 0),), True) if not s.called and name.name in (f"{own_name}hat_MAP", f"{own_name}_MAP") else meaning
    found = judged_meaning(meaning, values[-1], None, course) if s.called or meaning.sure or not another else None
    if s.called and (found is None or found[0] == UNDECIDED):
        again = judge_called(s, values[-1], course, number)
        found = again if found is None or again[0] == CORRECT else found
    if found is None and is_quantity(name.name, course.truth.problem.variables[0].symbol.name) and not (s.put or sides[0].has(Total, AppliedUndef)):
        found = UNDECIDED, NOT_HELD
    if found is not None:
        return found
    if not (s.put or another or moving(values[-1], course) or moving(name, course) or {x.name for x in values[-1].free_symbols} & course.bound):
        unchecked(name.name, sides[0], course, number)
    return CORRECT, "a name is introduced"


def judge_called(s: Stated, value: Expr, course: Course, number: int) -> tuple[str, str]:
    """A value that words call the mode has to be the place of the maximum; a mean, a median and the like are left open."""
    variables = course.truth.problem.variables
    if MODE.search(s.called) and len(variables) == 1 and isinstance(variables[0].measure, Lebesgue) and solves(s, variables[0].symbol):
        return judge_root(Stated(ROOT, (variables[0].symbol, value), text=s.text, loose=True), course, number)
    return UNDECIDED, NOT_HELD


def contradicted(name: Symbol, value: Expr, course: Course) -> str:
    """Why x = ψ(t) does not go with t = φ(x), which was said before: ψ(φ(x)) is not x for small x > 0, nor for larger ones."""
    used = {o: before for o, before in course.defined.items() if o in value.free_symbols}
    mine = {s for before in used.values() for s in before.free_symbols if s.name == name.name}
    if name in course.defined or name in value.free_symbols or not mine:
        return ""
    x = Symbol(name.name, positive=True)
    around = substitute(value, {o: before.xreplace(dict.fromkeys(mine, x)) for o, before in used.items()})
    if any(compare(around, x, course.truth.ground.with_(r)).verdict != REFUTED for r in (x < 1, x > 1)):
        return ""
    return f"It does not go with {', '.join(f'{o} = {before}' for o, before in used.items())}."


def of_first_terms(n: Symbol, value: Expr, course: Course) -> bool:
    """Whether a value is that of a sum of the kernel up to n, up to n − 1, or of its first n terms; or no value in closed form, but a sum."""
    (v, *more) = course.truth.problem.variables
    if value.has(Total) or not in_closed_form(value, {}):
        return True
    if more or not isinstance(v.measure, Counting) or v.measure.hi is not oo:
        return False
    before, course.local = course.local, [*course.local, n > v.measure.lo, n > 0]
    tops = dict.fromkeys((n, n - 1, n + v.measure.lo - 1))
    held = any(same(value, Total(course.truth.problem.kernel, v.symbol, Counting(v.measure.lo, top)), course) for top in tops)
    course.local = before
    return held


def general(argument: Expr, before: Expr, course: Course) -> bool:
    """Whether F(t) = … is said for all t, and is no value such as F(a) or F(0)."""
    return argument == before or isinstance(argument, Symbol) and argument not in {p.symbol for p in course.truth.problem.parameters}


def judge_helper(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """A function J(t) for something: it holds by itself the first time; further sides have to equal the first."""
    applied, *sides = s.sides
    name, (argument,) = applied.func.__name__, applied.args
    spoken = {x for side in sides for x in side.free_symbols}
    if argument in course.defined and (moving(argument, course) or argument in spoken):  # F(x), after x = a tan θ was put into an integral
        put = course.defined.pop(argument)
        whole = judge_helper(s, course, number)
        course.defined[argument] = put
        return whole
    values = [known(side, course) for side in sides]
    told = name in course.helpers
    if told:
        values.insert(0, known(applied, course))
    elif name == NAME and argument in course.letters and argument not in values[0].free_symbols:  # F(m) = 1/2 asks for m
        return UNDECIDED, f"it is an equation for {argument}, and says nothing of {name}"
    else:
        course.helpers[name] = argument, values[0]
        course.meant[name] = argument, sides[0]
        course.aside = course.aside or (course.last, course.about)
        if (found := distribution(applied, values[0], course) or transform(applied, values[0], course)) is not None:
            course.cumulative[number] = name, found
        if elsewhere := restated(name, argument, values[0], course, number):
            return UNDECIDED, elsewhere
        if name in course.tending and argument in course.letters and not of_first_terms(argument, values[0], course):
            return UNDECIDED, "it could not be established that these are the partial sums"
    given = list(course.conditions)
    series = isinstance(argument, Symbol) and argument in course.letters and power_series(values[0], argument)
    verdict = (UNDECIDED, "") if series and values[1:] else (CORRECT, "a name is introduced")
    verdict = run_through(values[0], values[1:], course, number) if values[1:] and not series else verdict
    if not told and len(values) > 1 and verdict[0] == CORRECT and course.conditions == given and in_closed_form(sides[-1], course.defined):
        course.helpers[name] = argument, values[-1]  # proved equal, and easier to differentiate
    if verdict[0] == UNDECIDED and isinstance(argument, Symbol) and argument in course.letters:
        before, course.local = course.local, [*course.local, argument < 1]  # a power series may need that
        again = run_through(values[0], values[1:], course, number)
        course.local = before
        if again[0] == CORRECT:
            verdict = again
            course.trouble.pop(number, None)
            course.conditions.append(argument < 1)
        elif series:
            verdict = run_through(values[0], values[1:], course, number)
    course.last, course.about, course.lost = values[-1], None, False
    if not told and verdict[0] == CORRECT and (s.called or in_closed_form(values[-1], {})):
        meaning = meaning_of(name, s.called, applied=True, put=s.loose, parameter=argument in course.truth.ground.names)
        found_meaning = judged_meaning(meaning, values[-1], argument, course)
        if found_meaning is not None and found_meaning[0] == CORRECT and {kind for kind, _ in meaning.kinds} & LAWS:
            course.reached = course.closed = True  # the whole law is in it
        verdict = found_meaning or ((UNDECIDED, NOT_HELD) if s.called else verdict)
        if found_meaning is None and meaning.kinds and not s.put:
            unchecked(name, sides[0], course, number)
    if told and verdict[0] == CORRECT and general(argument, course.helpers[name][0], course) and in_closed_form(sides[-1], course.defined):
        kinds = {kind for kind, _ in meaning_of(name, s.called, applied=True).kinds}
        if not course.reached and kinds & LAWS and isinstance(argument, Symbol):
            of_law = judged_meaning(meaning_of(name, s.called, applied=True), values[-1], argument, course)
            course.reached = course.closed = of_law is not None and of_law[0] == CORRECT
        course.helpers[name] = argument, values[-1]  # proved equal, and easier to differentiate
    if not course.letters & values[-1].free_symbols and same(values[-1], course.true, course):
        course.reached = course.started = True
        course.closed |= any(in_closed_form(side, course.defined) for side in sides)
    return verdict
