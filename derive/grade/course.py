"""Where a derivation stands after each line: what Z is by it, which names it has brought in, and how sides are held against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sympy import Basic, Derivative, Expr, Symbol, cancel, exp, oo, powsimp, simplify
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical
from derive.algebra.reading import inverse
from derive.algebra.signs import Facts
from derive.grade.boundary import equal_by_parts
from derive.grade.branches import branches
from derive.grade.chances import IMAGES, functional_of, is_functional
from derive.grade.changes import equal_by_substitution
from derive.grade.claims import Held, hold
from derive.grade.ellipsis import are_first, are_terms, series_terms
from derive.grade.ends import limit_at
from derive.grade.equality import Equality, refuted
from derive.grade.ground import Ground
from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Mistake
from derive.grade.helpers import ORDER, differentiated_by, of_order, signed_letters, with_helpers
from derive.grade.images import image_of
from derive.grade.margins import density_at
from derive.grade.mixtures import density_named
from derive.grade.mixtures import spoken as named_laws
from derive.grade.moments import is_mean
from derive.grade.reading import DENSITIES, QUANTITIES
from derive.grade.scores import mean_by_score
from derive.grade.signed import diverges
from derive.grade.stated import Stated
from derive.grade.truth import Truth
from derive.grade.values import Bench, evaluated
from derive.language.claims import AGREES, PROVED, REFUTED
from derive.language.totals import Lebesgue, Total, substitute

FAR = 4  # where integrals over powers and exponentials have values
UNPROVED_TERMS = "the terms that are written could not be held against those of a sum before them"


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
    local: list[Boolean] = field(default_factory=list)  # those on variables and new letters, which hold on one line
    lost: bool = False  # the line before could not be read, so that "= …" goes on from what is not known
    around: list[Boolean] = field(default_factory=list)  # where the variables lie over which a line integrates
    ranges: dict[Symbol, tuple[Expr, Expr]] = field(default_factory=dict)  # x: a → b
    special: dict[Symbol, Expr] = field(default_factory=dict)  # values of parameters that one line speaks of
    general: dict[Symbol, Expr] = field(default_factory=dict)  # those that the lines give them without loss of generality
    arguments: tuple[Symbol, ...] = ()  # the parameters of Z(α), where a line writes it so
    turned: frozenset[str] = frozenset()  # the arguments of characteristic functions
    dark: set[str] = field(default_factory=set)  # functions that lines define which could not be read
    foreign: bool = False  # the lines speak of another distribution than the problem's
    made: Mapping[str, str] = field(default_factory=dict)  # letters for random variables made of the problem's
    slopes: dict[str, tuple[Basic, ...]] = field(default_factory=dict)  # dv = … of a v that is introduced by it
    posterior: bool = False  # the lines speak of the variable's law given data
    premises: tuple[Stated, ...] = ()  # what they say of a prior density and a likelihood
    shape: Basic | None = None  # the density that the last ∝ speaks of
    shaped: bool = False  # the last side is proportional to a density
    place: tuple[str, Expr] | None = None  # where a variable lies on this line, as x = 0
    sequences: frozenset[str] = frozenset()  # the functions of an index among the helpers
    cumulative: dict[int, tuple[str, str]] = field(default_factory=dict)  # of lines with an F(x), read as P(X ≤ x)
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


def known(e: Basic, course: Course) -> Expr:
    """`e` with names replaced by what they stand for: Z by the student's own value, p by the kernel over it."""
    values: dict[Basic, Expr] = {s: v for s, v in course.defined.items() if s in e.free_symbols and not moving(v, course)}
    own = course.truth.named
    values.update({s: course.Z for s in e.free_symbols if s.name in QUANTITIES and s.name not in own and s not in values})
    e = with_helpers(e, course.helpers)
    for f in [f for f in e.atoms(AppliedUndef) if f.func.__name__ == ORDER]:
        closed = evaluated(f.args[0], course.truth.ground.facts, course.bench)
        found = of_order(closed, f.args[1], f.args[2]) if closed is not None else None
        e = e.xreplace({f: found}) if found is not None else e
    if (laws := named_laws(e)) and len(course.truth.problem.variables) == 1:
        measure = course.truth.problem.variables[0].measure
        found_laws = {f: density_named(f, measure, course.truth.ground.facts, course.bench) for f in laws}
        e = e.xreplace({f: v for f, v in found_laws.items() if v is not None})
    spoken = [f for f in e.atoms(AppliedUndef) if not are_terms(f) and not is_functional(f) and f.func.__name__ != ORDER]
    for f in [f for f in spoken if f.func.__name__ in QUANTITIES and not all(a.is_Symbol for a in f.args)]:
        found = at_number(f, course) if all(a.is_number for a in f.args) else at_places(f, course)
        e, spoken = e if found is None else e.xreplace({f: found}), [other for other in spoken if other != f]
    spoken = [f for f in spoken if f.func.__name__ in (*DENSITIES, *QUANTITIES) and f.func.__name__ not in course.dark]
    for f in spoken:  # a bound variable may be meant: p(x) under an integral sign over x
        value = course.Z if f.func.__name__ in QUANTITIES else density_at(f, course.truth.problem, course.Z)
        e = e if value is None else e.xreplace({f: value})
    heads: dict[Basic, Expr | None] = {f: functional(f, course) for f in e.atoms(AppliedUndef) if is_functional(f)}
    heads = {f: scored(f, v, course) for f, v in heads.items()}
    e = differentiated_by(e, values)
    if any(q in values for d in e.atoms(Derivative) for q in d.variables):
        return e
    return substitute(e.xreplace({f: tidied(v, course) for f, v in heads.items() if v is not None}), values)


def functional(f: AppliedUndef, course: Course) -> Expr | None:
    """The value of a mean, a probability or a density of one variable under the density that the lines have arrived at."""
    if f.func.__name__ in IMAGES:
        return image_of(f, course.truth, course.Z)
    return functional_of(f, course.truth.problem, course.Z)


def scored(f: Basic, value: Expr | None, course: Course) -> Expr | None:
    """A mean by differentiating Z, where no closed form of its integral is found."""
    if value is None or not is_mean(f) or evaluated(value, course.truth.ground.facts, course.bench) is not None:
        return value
    assert isinstance(f, AppliedUndef)
    found = mean_by_score(f.args[0], course.truth)
    return value if found is None else found / course.Z


def tidied(value: Expr, course: Course) -> Expr:
    """A mean or a probability in closed form where it has one, so that its square is seen to be one too."""
    found = evaluated(value, course.truth.ground.facts, course.bench)
    try:
        return value if found is None else canonical(powsimp(found, combine="exp").replace(exp, lambda e: exp(cancel(e))), course.truth.ground.facts)
    except (TooLarge, RecursionError):
        return value


def at_number(applied: AppliedUndef, course: Course) -> Expr | None:
    """Z(0) as the limit of Z, where it depends on one parameter, or where a line has said by Z(α) of which it is a function."""
    names = sorted(course.Z.free_symbols, key=str) if len(course.arguments) != 1 else list(course.arguments)
    if len(names) != 1 or len(applied.args) != 1:
        return None
    (at,) = applied.args
    plain = substitute(course.Z, {names[0]: at})
    if not course.Z.has(Total) and at.is_finite and plain.is_finite:
        return plain
    there = substitute(course.true, {names[0]: at})
    if at.is_finite and there.is_finite and not there.has(Total) and same(course.Z, course.true, course):
        return there
    free = Symbol(names[0].name, positive=True)
    sides = (-1,) if at is oo else (1,)
    closed = evaluated(course.Z, course.truth.ground.facts, course.bench)
    found = [limit_at(closed.xreplace({names[0]: free}), free, at, side, Facts()) for side in sides] if closed is not None else [None]
    return found[0]


def at_places(applied: AppliedUndef, course: Course) -> Expr | None:
    """Z(α + 1, β) as Z with α + 1 for α, where each argument speaks of one parameter, and each of another."""
    names = [sorted(a.free_symbols, key=str) for a in applied.args]
    if any(len(found) != 1 for found in names) or len({found[0] for found in names}) != len(names):
        return None
    return substitute(course.Z, {found[0]: a for found, a in zip(names, applied.args, strict=True)})


def moving(value: Expr, course: Course) -> bool:
    """Whether a definition is a substitution: it depends on a variable."""
    return bool({s.name for s in value.free_symbols} & {v.symbol.name for v in course.truth.problem.variables})


def names_in(e: Basic) -> bool:
    """Whether an expression speaks of Z or p by name."""
    return any(s.name in QUANTITIES and s.is_positive for s in e.free_symbols) or bool(e.atoms(AppliedUndef))


def run_through(target: Expr, sides: list[Expr], course: Course, number: int) -> tuple[str, str]:
    """Each side against the one before it; the first that is not proved decides."""
    verdict: tuple[str, str] = (CORRECT, "")
    for side in sides:
        if are_terms(side):
            verdict = verdict if verdict[0] != CORRECT or goes_through(target, side, course) else (UNDECIDED, UNPROVED_TERMS)
            continue
        held = related(target, side, course)
        if not held.equality and (more := meant_branches(target, side, course)):
            before, course.local = course.local, [*course.local, *more]
            there = related(target, side, course)
            held, course.local = there if there.equality else held, before
        if held.equality.verdict == REFUTED and course.off is not None and excused(target, side, course):
            held, course.off = Held(Equality(PROVED)), None
        course.conditions += [c for c in held.conditions if c not in course.conditions]
        if held.equality.verdict != PROVED and verdict[0] != WRONG and (verdict[0] == CORRECT or described(held)[0] == WRONG):
            course.trouble[number] = Compared(target, side, held, dict(course.defined))
            verdict = described(held)
        target = side
    return verdict


def meant_branches(target: Expr, side: Expr, course: Course) -> list[Relational]:
    """Where the new letters of substitutions lie by custom, where no line has said so."""
    told = {x for r in course.assumed for x in r.free_symbols}
    letters = {x for e in (target, side) for x in e.free_symbols} - told - {*course.defined, *course.truth.ground.names}
    return branches(letters, course.defined, dict(course.truth.inside.variables), course.truth.inside.facts) if letters else []


def goes_through(target: Expr, side: Expr, course: Course) -> bool:
    """Whether the terms of 1 + q + q² + ⋯ are proved to be the first ones of the sum before them."""
    terms = series_terms(target, len(side.args), course.true, course.truth.problem)
    if terms is None and not target.has(Total) and not (share := simplify(target / course.true)).has(Total):  # q Z = q + q² + ⋯
        terms = [share * t for t in series_terms(course.true, len(side.args), course.true, course.truth.problem) or ()] or None
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
        held = apart_further_in(target, side, ground, course) or held
    unsure = held.equality.verdict not in (PROVED, REFUTED) and value is not None and not value.has(oo)
    return replace(held, infinite=True) if unsure and diverges(side, ground.facts) else held


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
    inner = Ground([r for r in (r.xreplace(far) for r in ground.outside.relations) if r not in (True, False)], ground.variables, ground.names)
    values = [evaluated(substitute(e, far), inner.facts, course.bench) for e in (target, side)] if far else []
    if len(values) != 2 or values[0] is None or values[1] is None:
        return None
    found = refuted(values[1], values[0], inner, (96,))
    place = {s: v + FAR if s in far else v for s, v in found.point.items()}
    return Held(replace(found, point=place)) if found.verdict == REFUTED else None


def ground_of(course: Course, *sides: Expr, signed: Mapping[Symbol, Expr] | None = None) -> Ground:
    """Where sides are compared: inside the support, if they depend on the variables."""
    own = {v.symbol for v in course.truth.problem.variables}
    ground = course.truth.inside if any(s.free_symbols & own for s in sides) else course.truth.ground
    assumed = [r.xreplace(dict(signed or {})) for r in (*course.assumed, *course.local)]
    kept = [r for r in assumed if r not in (True, False)]
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
        about = substitute(about, {s: v for s, v in course.defined.items() if s in about.free_symbols and not moving(v, course)})
    applied = about.atoms(AppliedUndef) if about is not None else set()
    if about is None or any(map(is_functional, applied)):  # a mean says nothing of Z
        return
    if applied and all(f.func.__name__ in course.helpers for f in applied):
        course.reached = course.reached or same(value, course.true, course)
        return
    own = {s.name for s in course.defined}
    letters = [s for s in about.free_symbols if s.name in QUANTITIES and s.is_positive and s.name not in own]
    numbered = [f for f in applied if f.func.__name__ in QUANTITIES and not all(a.is_Symbol for a in f.args)]
    if numbered or not letters and not applied and own & {s.name for s in about.free_symbols}:
        return
    course.reached = True
    if len(letters) == 1 and not about.atoms(AppliedUndef):
        u = Symbol("u", positive=True)
        back = inverse(about, letters[0], u, course.truth.ground.facts)
        if back is not None:
            closed = evaluated(value, course.truth.ground.with_(*course.assumed).facts, course.bench)
            course.claimed = back.xreplace({u: value if closed is None else closed})
