"""A derivation, line by line: each is held against what it claims to equal, and the first that does not follow is named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from sympy import Abs, Expr, Not, Symbol
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import Boolean

from derive.algebra.equality import equal
from derive.check.points import holds
from derive.grade.chance.chances import is_functional
from derive.grade.chance.images import images
from derive.grade.chance.moments import is_mean
from derive.grade.claims import words
from derive.grade.derivations.advice import advised
from derive.grade.derivations.bayes import has_posterior, has_prior
from derive.grade.derivations.brackets import with_brackets
from derive.grade.derivations.claimed import of_another
from derive.grade.derivations.course import Course
from derive.grade.derivations.covered import with_coverage
from derive.grade.derivations.cumulative import small, unsettled
from derive.grade.derivations.energies_told import established, with_energies
from derive.grade.derivations.leads import UNUSED, with_substitutions
from derive.grade.derivations.lines import read_lines
from derive.grade.derivations.operations import judge_operations, with_parts
from derive.grade.derivations.prose import GOES_ON, with_doubts
from derive.grade.derivations.reasons import too_narrow, unfounded, with_reasons
from derive.grade.derivations.recursions import indexed
from derive.grade.derivations.relations import names_values
from derive.grade.derivations.roots import with_medians, with_solutions
from derive.grade.derivations.series_named import with_series
from derive.grade.derivations.shifts import with_index_notes
from derive.grade.derivations.spans import with_spans
from derive.grade.derivations.spelled import spelled_out
from derive.grade.derivations.standing import with_definitions
from derive.grade.derivations.stated import (
    CASE,
    DEFINITION,
    EQUATION,
    GENERAL,
    HELPER,
    INEQUALITY,
    NAMED,
    NOTE,
    OPERATION,
    PREMISE,
    RECALLED,
    Line,
    Stated,
)
from derive.grade.derivations.stationary import with_stationary
from derive.grade.derivations.told import beyond_parameters, for_every, ranges_told
from derive.grade.derivations.verdicts import judge_statement
from derive.grade.equal.equality import Equality, compare
from derive.grade.equal.ground import fits
from derive.grade.equal.values import Bench
from derive.grade.handed import CORRECT, UNDECIDED, UNREAD, WRONG, Claim, Judgement, LineVerdict
from derive.grade.singled import wrong_case
from derive.grade.truth import Truth
from derive.grade.wider import own_names
from derive.grade.writing.environments import with_cases
from derive.grade.writing.others import other_letters
from derive.grade.writing.partial import taken_to_its_limit, with_partial_sums
from derive.grade.writing.signs_said import with_signs_said
from derive.language.claims import PROVED
from derive.language.totals import Lebesgue, Total, substitute, support

NAMES_A_FUNCTION = re.compile(r"(?<![A-Za-z])\\?([A-Za-z]+)\([^()=]{1,12}\)\s*:?=")
ARGUMENTS = re.compile(r"(?<![A-Za-z\\])Z\s*(?:\\left)?\((?P<names>[^()=]{1,40}?)(?:\\right)?\)")
WITH_INTEGRAL = re.compile(r"\\i*int(?![A-Za-z])|\\sum(?![A-Za-z])|∫|∑")
WORKED = 2  # sides of an equation that only says what a mean is
OF_WHICH = "it may be that of the prior density or that given the data, and only the second one is known; say which"
WORST = (WRONG, UNREAD, UNDECIDED, CORRECT)


def judge_steps(claim: Claim, truth: Truth, bench: Bench) -> tuple[Judgement, Course]:
    """The verdict on a derivation, and what was compared on the way."""
    texts, indices = indexed(with_partial_sums(spelled_out(claim.lines, truth, bench), truth.named), truth.named)
    tending = frozenset(name for name, index in indices.items() if taken_to_its_limit(name, index, texts))
    course = Course(truth, bench, sequences=frozenset(indices), tending=tending, arguments=arguments_of(texts, truth))
    read = with_solutions(with_medians(with_stationary(read_lines(texts, truth, indices), truth), truth), truth)
    course.posterior, course.made = has_posterior(texts, truth), images(texts, truth, other_letters(texts, truth))
    course.worked = any(speaks_of_means(s) and s.kind == EQUATION and len(s.sides) > WORKED for line in read for s in line.stated)
    course.prior, course.operates = has_prior(texts, truth), any(s.kind == OPERATION for line in read for s in line.stated)
    course.premises = tuple(s for line in read for s in line.stated if s.kind == PREMISE or s.kind == NAMED and course.posterior)
    inequalities = [s for line in read for s in line.stated if s.kind == INEQUALITY]
    course.hinted = tuple(s.relation for s in inequalities if s.relation is not None and on_parameters(s, truth))
    lines = unsettled([judge_line(line, course) for line in read], read, course)
    lines = with_index_notes(with_substitutions(lines, read, course), read, course)
    lines = with_spans(with_brackets(lines, course), read, course)
    course.unchecked = [(n, name) for n, name in course.unchecked if not established(claim.lines[n - 1], name, truth, bench)]
    lines = with_parts(with_definitions(lines, read, course), read, course)
    lines = with_energies(lines, claim.lines, truth, bench)
    lines = with_reasons(with_series(with_coverage(lines, read, course), read, course), read, course)
    lines = with_doubts(lines, tuple(with_signs_said(with_cases(line), own_names(truth)) for line in claim.lines), course)
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
    # a mean that is computed is something derived, one that is only said is not
    derived = course.peaked or course.averaged and (course.bound or course.worked)
    if not course.reached and not derived:
        return replace(base, detail="Each line holds, but none of them says what Z is.")
    where = course.truth.ground.with_(*course.conditions) if course.conditions else course.truth.ground
    if course.general and course.true.free_symbols & set(course.general):
        return replace(base, detail="Each line holds for the values that parameters were given, and none says what Z is for all of them.")
    claimed = substitute(course.Z, course.general)
    final = compare(claimed, course.true, where) if course.claimed is not None else Equality(PROVED)
    if final.verdict != PROVED:
        return replace(base, detail="Each line follows from the one before it, but the last one could not be held against Z.")
    if course.claimed is not None and (case := wrong_case(course.claimed, course.truth.conditions, "Z", course.truth, course.bench)) is not None:
        return replace(base, detail=f"Each line follows from the one before it, but nothing shows what Z is where {words(Not(case[1]))}.")
    turned = {x for x in course.letters if x.name in course.turned}
    conditions = tuple(c for c in dict.fromkeys((*course.conditions, *course.truth.conditions)) if not c.free_symbols & turned)
    detail = "Each line follows from the one before it" + (f", where {', '.join(map(words, conditions))}." if conditions else ".")
    idle = [f" Line {line.line}: {line.detail}." for line in base.lines if line.detail.startswith(UNUSED)]
    return replace(base, verdict=CORRECT, conditions=tuple(map(str, conditions)), detail=detail + "".join(idle), evaluated=course.closed)


def wrong_chain(base: Judgement, line: LineVerdict, course: Course, number: int) -> Judgement:
    """Some line is wrong; where the last one is right all the same, slips cancel."""
    found = course.trouble.get(number)
    point = found.held.equality.point if found else {}
    witness = {str(s): str(v) for s, v in point.items()}
    detail = f"Line {number} does not follow. {line.detail}"
    told = course.claimed is not None and course.settled >= number  # else it is something else, as a median, that the last line says
    if told and course.reached and number < len(base.lines) and compare(course.Z, course.true, course.truth.ground).verdict == PROVED:
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
        course.dark |= set(NAMES_A_FUNCTION.findall(line.text)) - {"p", "P", "Z"}
        return LineVerdict(line.number, UNREAD, f"it cannot be read: {advised(line.unread)}")
    if len(groups := by_cases(line, course)) > 1:  # s = 2: …; s = 4: …
        verdicts = [judge_line(replace(line, stated=group), course) for group in groups]
        return min(verdicts, key=lambda one: WORST.index(one.verdict))
    course.integrals = line.text if WITH_INTEGRAL.search(line.text) else course.integrals
    course.letters |= line.letters
    course.drawn += line.drawn
    course.local, course.place, course.told = near_zero(line, course), None, ranges_told(line, course)
    whole, already, course.every = line, list(course.conditions), for_every(line, course)
    line = beside(line, course)
    line, cases = special_case(line, course)
    restored(line, course)
    course.special = {**course.general, **cases}
    before, arrived = (course.claimed, course.last, course.about, course.aside), (course.reached, course.closed)
    course.around, course.spoken = around(line), tuple(side for s in line.stated for side in s.sides)
    found = [judge_statement(s, course, line.number) for s in line.stated]
    course.settled = line.number if course.claimed is not before[0] else course.settled
    if any(s.kind == NAMED and s.text.startswith("∼") and verdict != CORRECT for s, (verdict, _) in zip(line.stated, found, strict=True)):
        course.foreign = True
    course.foreign = course.foreign or of_another(line.text, course.truth)
    other = line.unconditional or course.foreign or averages_kernel(line, course)
    softer = [softened(s, one) for s, one in zip(line.stated, found, strict=True)] if other else found
    if line.unconditional and course.prior and not re.search(r"\bposterior\b", line.text, re.IGNORECASE):
        softer = [(UNDECIDED, OF_WHICH) if speaks_of_means(s) and one[0] == CORRECT else one for s, one in zip(line.stated, softer, strict=True)]
    if cases or softer != found:  # E[θ] may be the mean of the prior density
        found = softer
        course.claimed, course.last, course.about, course.aside = before
    if cases.keys() & {p.symbol for p in course.truth.problem.parameters}:  # Z at a = 2 is not Z
        course.reached, course.closed = arrived
    course.special = {}
    if beyond := next((f"{x} = {value}" for x, value in cases.items() if not possible(x, value, course)), ""):
        found = [*found, (UNDECIDED, f"the problem has no {beyond}")]
    if more := beyond_parameters(whole, [c for c in course.conditions if c not in already], course):
        found = [*found, (UNDECIDED, more)]
    if not any(map(speaks_of_means, whole.stated)) and (more := unfounded(whole, already, course) or too_narrow(whole, course)):
        found = [*found, (UNDECIDED, more)]
    found = judge_operations(line, course, found)
    verdict, detail = min(found, key=lambda pair: WORST.index(pair[0]))
    return LineVerdict(line.number, verdict, detail)


def on_parameters(s: Stated, truth: Truth) -> bool:
    """Whether an inequality is an open condition on values of parameters, as a > 1."""
    own, r = {p.symbol for p in truth.problem.parameters}, s.relation
    open_ = r is not None and r.free_symbols <= own and names_values(s)
    return open_ and not truth.ground.facts.follows(r) and not truth.ground.facts.contradicts(r)


def near_zero(line: Line, course: Course) -> list[Boolean]:
    """Where the argument of a characteristic function is looked at: at small values, as both sides are analytic in it."""
    course.turned |= line.turned
    letters = [x for x in line.letters if x.name in course.turned]
    return [r for x in letters for r in (x > 0, *small(x, course))]


def around(line: Line) -> list[Boolean]:
    """Where the variables lie over which a line integrates, for an equation below a brace in the integrand."""
    notes = {x.name: x for s in line.stated if s.kind == NOTE for side in s.sides for x in side.free_symbols}
    totals = {t for s in line.stated if s.kind != NOTE for side in s.sides for t in side.atoms(Total) if t.x.name in notes}
    if len({t.x.name for t in totals}) != len(totals):
        return []
    return [r for t in totals if isinstance(t.measure, Lebesgue) for r in support(notes[t.x.name], t.measure) if r not in (True, False)]


def arguments_of(lines: Iterable[str], truth: Truth) -> tuple[Symbol, ...]:
    """The parameters of which Z is a function, where some line writes Z(α)."""
    own = own_names(truth)
    for line in lines:
        for match in ARGUMENTS.finditer(line):
            names = [name.strip() for name in match["names"].split(",")]
            if all(name in own for name in names):
                return tuple(own[name] for name in names)
    return ()


def softened(s: Stated, found: tuple[str, str]) -> tuple[str, str]:
    """Where lines speak of another distribution, a mean or a probability may be one of that."""
    means = speaks_of_means(s) and found[0] == WRONG
    return (UNDECIDED, "it may speak of another distribution that the lines name") if means else found


def averages_kernel(line: Line, course: Course) -> bool:
    """Whether a line has the mean of the kernel itself, as in Z = 2π ⟨g⟩: it may be one over the range, and not under the density."""
    own = {v.symbol for v in course.truth.problem.variables}
    means = (f for s in line.stated for side in s.sides for f in side.atoms(AppliedUndef) if is_mean(f))
    return any(not (f.args[0] / course.truth.problem.kernel).free_symbols & own for f in means)


def speaks_of_means(s: Stated) -> bool:
    return any(is_functional(f) for side in s.sides for f in side.atoms(AppliedUndef))


def special_case(line: Line, course: Course) -> tuple[Line, dict[Symbol, Expr]]:
    """A line without "k = 2" where it goes on with what holds in this case, and the case."""
    own = {p.symbol for p in course.truth.problem.parameters}
    cases = {s: s.sides for s in line.stated if s.kind == EQUATION and len(s.sides) > 1 and set(s.sides[:-1]) <= own and s.sides[-1].is_number}
    cases |= {s: s.sides for s in line.stated if s.kind == CASE and not s.called}
    if not cases or len(cases) == len(line.stated):
        return line, {}
    return replace(line, stated=tuple(s for s in line.stated if s not in cases)), {x: sides[-1] for sides in cases.values() for x in sides[:-1]}


def possible(x: Symbol, value: Expr, course: Course) -> bool:
    """Whether a parameter may have a value, by what is assumed of it alone."""
    alone = (r for r in course.truth.ground.facts.relations if r.free_symbols == {x})
    return not value.is_number or fits(x, value) and all(holds(r, {x: value}) for r in alone)


def by_cases(line: Line, course: Course) -> list[tuple[Stated, ...]]:
    """The statements of a line that speaks of several values of one parameter, those for each value together."""
    own = {p.symbol for p in course.truth.problem.parameters}
    cases = [i for i, s in enumerate(line.stated) if s.kind in (EQUATION, CASE) and len(s.sides) == 2 and s.sides[0] in own and s.sides[1].is_number]
    names = {line.stated[i].sides[0] for i in cases}
    if not cases and (parts := by_ranges(line, course)):
        return parts
    if len(cases) < 2 or len(names) != 1 or cases[0] != 0 or any(b - a < 2 for a, b in zip(cases, [*cases[1:], len(line.stated)], strict=True)):
        return []
    return [line.stated[a:b] for a, b in zip(cases, [*cases[1:], len(line.stated)], strict=True)]


def by_ranges(line: Line, course: Course) -> list[tuple[Stated, ...]]:
    """The statements of a line that gives a function in pieces, f(x) = … for x ≥ 0 and f(x) = … for x < 0, each piece with its range."""
    own = {v.symbol for v in course.truth.problem.variables}
    told = [(i, s.sides[0]) for i, s in enumerate(line.stated) if s.kind in (EQUATION, HELPER)]
    heads = [i for i, head in told if isinstance(head, AppliedUndef) and set(head.args) <= own]
    if len(heads) < 2 or len({line.stated[i].sides[0] for i in heads}) != 1:
        return []
    pieces = [line.stated[a:b] for a, b in zip([0, *heads[1:]], [*heads[1:], len(line.stated)], strict=True)]
    ranged = all(any(s.kind == INEQUALITY and s.relation is not None and s.relation.free_symbols & own for s in piece) for piece in pieces)
    return pieces if ranged else []


def restored(line: Line, course: Course) -> None:
    """A line that speaks again of a parameter which had been given a value: it holds for all values, and is held against Z itself."""
    spoken = {x for s in line.stated if s.kind != GENERAL for side in s.sides for x in side.free_symbols} & set(course.general)
    if spoken:
        course.general = {x: v for x, v in course.general.items() if x not in spoken}
        course.claimed = course.last = course.about = course.aside = None
        course.reached = course.closed = False


def beside(line: Line, course: Course) -> Line:
    """A line without the conditions that stand beside its equations, as α > 1 or k ≥ 1: where they are open, they are assumed.

    What is said of a variable or of a new letter holds on this line alone.
    """
    problem = course.truth.problem
    own = {v.symbol for v in problem.variables}
    if not any(s.kind in (EQUATION, DEFINITION, HELPER, RECALLED, NOTE) or claims_of_variables(s, own) for s in line.stated):
        return line
    names, facts = {p.symbol for p in problem.parameters}, course.truth.inside.with_(*course.assumed).facts
    more = names | {v.symbol for v in problem.variables} | course.letters
    found = {s: s.relation for s in line.stated if s.kind == INEQUALITY and s.relation is not None and s.relation.free_symbols <= more}
    open_ = {s: r for s, r in found.items() if not facts.follows(r) and not facts.contradicts(r) and not equal(r.lhs, r.rhs, facts)}
    open_ = {s: r for s, r in open_.items() if (not r.free_symbols <= names or names_values(s)) and not claims_of_variables(s, own)}
    course.assumed += [r for r in open_.values() if r.free_symbols <= names]
    course.local += [r for r in open_.values() if not r.free_symbols <= names]
    course.conditions += [r for r in course.assumed if r not in course.conditions and r.free_symbols <= names]
    return replace(line, stated=tuple(s for s in line.stated if s not in open_))


def claims_of_variables(s: Stated, own: set[Symbol]) -> bool:
    """Whether an inequality claims something of a function of the variables, as p(x) < 1 and e^(−x) < 1/2, and does not say where they lie."""
    r = s.relation
    if s.kind != INEQUALITY or r is None or not r.free_symbols & own:
        return False
    plain = [side.replace(Abs, lambda e: e) for side in r.args if side.free_symbols & own]
    return bool(r.atoms(AppliedUndef)) or not all(side.is_polynomial(*(side.free_symbols & own)) for side in plain)
