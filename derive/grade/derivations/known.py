"""What the names in a derivation stand for by its lines: put in their places, and brought up to date after each line."""

from __future__ import annotations

from sympy import Add, Basic, Derivative, Expr, Symbol, cancel, exp, expand, expand_log, hyper, log, oo, powsimp
from sympy.core.function import AppliedUndef

from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical
from derive.algebra.reading import inverse
from derive.algebra.signs import Facts
from derive.grade.chance.chances import IMAGE_DENSITY, IMAGES, MARGINAL, PAIR_BELOW, PAIR_DENSITY, functional_of, is_functional
from derive.grade.chance.images import image_of
from derive.grade.chance.margins import density_at
from derive.grade.chance.margins import spoken_of as spoken_of_density
from derive.grade.chance.moments import MEAN, is_mean
from derive.grade.chance.pairs import pair_below, pair_density
from derive.grade.chance.scores import mean_by_score, mean_by_transform
from derive.grade.derivations.bayes import LIKELIHOOD
from derive.grade.derivations.course import Course, moving, power_series
from derive.grade.derivations.mixtures import density_named
from derive.grade.derivations.mixtures import spoken as named_laws
from derive.grade.derivations.related import same
from derive.grade.equal.ends import limit_at
from derive.grade.equal.values import evaluated
from derive.grade.writing.ellipsis import are_terms
from derive.grade.writing.helpers import ORDER, differentiated_by, of_order, with_helpers
from derive.grade.writing.reading import DENSITIES, QUANTITIES, in_closed_form
from derive.language.totals import Lebesgue, Total, substitute
from derive.read.latex_heads import EvalBar


def known(e: Basic, course: Course) -> Expr:
    """`e` with names replaced by what they stand for: Z by the student's own value, p by the kernel over it."""
    shown = e.free_symbols | {q for d in e.atoms(Derivative) for q in d.variables}  # d/dβ ln Z does not show its β
    values: dict[Basic, Expr] = {s: v for s, v in course.defined.items() if s in shown and not moving(v, course)}
    own = course.truth.named
    values.update({s: course.Z for s in e.free_symbols if s.name in QUANTITIES and s.name not in own and s not in values})
    e = under_sign(with_helpers(e, course.helpers), course)
    if course.likelihood is not None:
        e = e.xreplace({f: course.likelihood for f in e.atoms(AppliedUndef) if f.func.__name__ == LIKELIHOOD})
    for f in [f for f in e.atoms(AppliedUndef) if f.func.__name__ == ORDER]:
        closed = evaluated(f.args[0], course.truth.ground.facts, course.bench)
        found = of_order(closed, f.args[1], f.args[2]) if closed is not None else None
        e = e.xreplace({f: found}) if found is not None else e
    if (laws := named_laws(e)) and len(course.truth.problem.variables) == 1:
        measure = course.truth.problem.variables[0].measure
        found_laws = {f: density_named(f.xreplace(values), measure, course.truth.ground.facts, course.bench) for f in laws}
        e = e.xreplace({f: v for f, v in found_laws.items() if v is not None})
    spoken = [f for f in e.atoms(AppliedUndef) if not are_terms(f) and not is_functional(f) and f.func.__name__ != ORDER]
    for f in [f for f in spoken if f.func.__name__ in QUANTITIES and not all(a.is_Symbol for a in f.args)]:
        found = at_number(f, course) if all(a.is_number for a in f.args) else at_places(f, course)
        e, spoken = e if found is None else e.xreplace({f: found}), [other for other in spoken if other != f]
    spoken = [f for f in spoken if f.func.__name__ in (*DENSITIES, *QUANTITIES) and f.func.__name__ not in course.dark]
    own_one = course.truth.problem.variables[0].symbol if len(course.truth.problem.variables) == 1 else None
    spoken = [f for f in spoken if own_one is None or own_one not in spoken_of_density(f)[1]]  # f(y | θ) is no density of θ
    for f in spoken:  # a bound variable may be meant: p(x) under an integral sign over x
        value = course.Z if f.func.__name__ in QUANTITIES else density_at(f, course.truth.problem, course.Z)
        e = e if value is None else e.xreplace({f: value})
    e = e.xreplace({f: put for f in e.atoms(AppliedUndef) if is_mean(f) and (put := with_own(f, course)) != f})
    heads: dict[Basic, Expr | None] = {f: functional(f, course) for f in e.atoms(AppliedUndef) if is_functional(f)}
    heads = {f: scored(f, v, course) for f, v in heads.items()}
    e = e.xreplace({d: Derivative(d.expr.xreplace({f: tidied(v, course) for f, v in heads.items() if v is not None}), *d.variable_count)
                    for d in e.atoms(Derivative) if d.expr.atoms(AppliedUndef) & heads.keys()})  # ∂⟨E⟩/∂T  # fmt: skip
    e = differentiated_by(e, {s: course.truth.Z if v == course.true and course.truth.Z is not None else v for s, v in values.items()})
    left = [(d, q) for d in e.atoms(Derivative) for q in d.variables if q in values]
    if any(q not in d.expr.free_symbols and d.expr.free_symbols & set(values) for d, q in left):
        raise ValueError("a derivative by a name of what depends on it through other names")
    if any(unsaid(d, q, course) for d in e.atoms(Derivative) for q in d.variables):  # the line that says what β is may not have been read
        raise ValueError("a derivative by a name of which no line has said how the rest depends on it")
    if left:
        return e
    return substitute(e.xreplace({f: tidied(v, course) for f, v in heads.items() if v is not None}), values)


def unsaid(d: Derivative, q: Symbol, course: Course) -> bool:
    """Whether ∂ ln Z/∂β is taken by a name that is no parameter, that no line has defined and that what is differentiated does not show."""
    own = {*course.truth.named, *(v.symbol.name for v in course.truth.problem.variables)}
    return q.name not in own and q not in course.defined and q not in d.expr.free_symbols and not d.expr.is_number


def with_own(f: AppliedUndef, course: Course) -> Basic:
    """⟨μ⟩ with what lines have said that μ is, where that is a function of the problem's variables."""
    own = {v.symbol for v in course.truth.problem.variables}
    values = {s: v for s, v in course.defined.items() if s in f.free_symbols and s not in own and v.free_symbols & own and not v.has(Total)}
    return f.func(substitute(f.args[0], values)) if values else f


def under_sign(e: Basic, course: Course) -> Basic:
    """∫ w e^{−w} dx, where w = φ(x) was said, with φ(x) for w; the w of ∫ dw ∫ dx is a variable of its own."""
    table, totals = {}, e.atoms(Total)
    for t in totals:
        around = {u.x.name for u in totals if u.body.has(t)}
        inner = {x for x in t.body.free_symbols - {t.x} if x.name not in around}
        values = {s: v.xreplace({x: t.x for x in v.free_symbols if x.name == t.x.name}) for s, v in course.defined.items()
                  if s in inner and s.name != t.x.name and t.x.name in {x.name for x in v.free_symbols} and not v.has(Total)}  # fmt: skip
        if values and t.x.name not in {x.name for x in inner}:
            table[t] = Total(substitute(t.body, values), t.x, t.measure)
    e = e.xreplace(table) if table else e
    e, table = of_several(e, course), {}
    table |= {e: found for e in e.atoms(Total, EvalBar) if e not in table and (found := in_parts(e, course)) is not None}
    return e.xreplace(table) if table else e


def of_several(e: Basic, course: Course) -> Basic:
    """∫∫ e^{−βH} dx dp, where H = p²/2m + x² was said: with the variables of the integrals in it, where there is one for each name."""
    totals = e.atoms(Total)
    bound = {t.x.name: t.x for t in totals}
    if len(bound) < 2 or len({t.x for t in totals}) != len(bound):
        return e
    own = {v.symbol.name for v in course.truth.problem.variables}
    values = {}
    for s, v in course.defined.items():
        names = {x.name for x in v.free_symbols} & own
        if s in {x for t in totals for x in t.body.free_symbols} and len(names) > 1 and names <= set(bound) and s.name not in bound:
            values[s] = v.xreplace({x: bound[x.name] for x in v.free_symbols if x.name in names})
    return e.xreplace(values) if values else e


def in_parts(e: Basic, course: Course) -> Expr | None:
    """∫ v du and [u v], where u = φ(x) and v = ψ(x) were said, as ∫ ψ(x) φ'(x) dx and [φ(x) ψ(x)] between the same ends, which are those of x."""
    if isinstance(e, EvalBar) and len(e.args) < 4:
        return None
    u, body = (e.x, e.body) if isinstance(e, Total) else (e.args[3], e.args[0])
    values = {s: v for s, v in course.defined.items() if s.name == u.name or s in body.free_symbols}
    own = {v.symbol.name: v.symbol for v in course.truth.problem.variables}
    names = {x.name for v in values.values() for x in v.free_symbols} & set(own)
    first = next((v for s, v in values.items() if s.name == u.name), None)
    if first is None or len(names) != 1 or len(values) < 2 or not all(names <= {x.name for x in v.free_symbols} for v in values.values()):
        return None
    if isinstance(e, Total) and not isinstance(e.measure, Lebesgue):
        return None
    x = own[names.pop()]
    placed = {s if s.name != u.name else u: v.xreplace({y: x for y in v.free_symbols if y.name == x.name}) for s, v in values.items()}
    inner = substitute(body, placed)
    if isinstance(e, Total):
        return Total(inner * placed[u].diff(x), x, e.measure)
    return EvalBar(inner, *e.args[1:3], x)


def functional(f: AppliedUndef, course: Course) -> Expr | None:
    """The value of a mean, a probability or a density of one variable under the density that the lines have arrived at."""
    if f.func.__name__ in IMAGES:
        return image_of(f, course.truth, course.Z)
    if f.func.__name__ == PAIR_BELOW:
        return pair_below(f.args[0], course.truth.problem, course.Z)
    if f.func.__name__ == PAIR_DENSITY:
        return pair_density(f.args[0], f.args[1], course.truth.problem, course.Z)
    inner = {g: functional(g, course) for a in f.args for g in a.atoms(AppliedUndef) if is_functional(g)}  # E[E[X | Y]]
    args = [a.xreplace({g: tidied(v, course) for g, v in inner.items() if v is not None}) for a in f.args]
    if f.func.__name__ == MEAN and args[0].has(log) and None not in inner.values() and len(terms := spread(args[0], course)) > 1:
        means = [functional_of(f.func(t), course.truth.problem, course.Z) for t in terms]
        return None if None in means else Add(*means)
    return None if None in inner.values() else functional_of(f.func(*args), course.truth.problem, course.Z)


def spread(e: Expr, course: Course) -> tuple[Expr, ...]:
    """The terms of what is averaged, with the logarithms of products as sums, where each factor is positive on the support."""
    whole = expand(expand_log(e, force=True))
    facts = course.truth.inside.facts
    return Add.make_args(whole) if all(facts.nonnegative(one.args[0]) for one in whole.atoms(log)) else (e,)


def scored(f: Basic, value: Expr | None, course: Course) -> Expr | None:
    """A mean by differentiating Z, where no closed form of its integral is found, or a series in its place."""
    if value is None or any(power_series(value, x) for x in course.letters):
        return value
    closed = evaluated(value, course.truth.ground.facts, course.bench) if is_mean(f) else None
    if not is_mean(f) or closed is not None and not closed.has(hyper):
        return value
    assert isinstance(f, AppliedUndef)
    found = mean_by_score(f.args[0], course.truth)
    found = mean_by_transform(f.args[0], course.truth, course.bench) if found is None else found
    return value if found is None else found / course.Z


def tidied(value: Expr, course: Course) -> Expr:
    """A mean or a probability in closed form where it has one, so that its square is seen to be one too."""
    unbounded = any(power_series(value, x) for x in course.letters)
    found = None if unbounded else evaluated(value, course.truth.ground.facts, course.bench)
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
    if len(applied.args) == len(course.arguments) and course.Z.free_symbols & set(course.arguments):  # Z(q s), where Z(q) was said
        return substitute(course.Z, dict(zip(course.arguments, applied.args, strict=True)))
    names = [sorted(a.free_symbols, key=str) for a in applied.args]
    if any(len(found) != 1 for found in names) or len({found[0] for found in names}) != len(names):
        return None
    return substitute(course.Z, {found[0]: a for found, a in zip(names, applied.args, strict=True)})


def settle(about: Expr | None, value: Expr, course: Course) -> None:
    """Remember where the derivation stands after a line."""
    course.last, course.about, course.started = value, about, True
    if about is not None:
        course.aside = None
        by = {x for d in about.atoms(Derivative) for x in d.variables}
        about = substitute(about, {s: v for s, v in course.defined.items() if s in about.free_symbols - by and not moving(v, course)})
    applied = about.atoms(AppliedUndef) if about is not None else set()
    if about is None or any(map(is_functional, applied)):  # a mean says nothing of Z, a marginal density does
        own_places = {v.symbol for v in course.truth.problem.variables}
        course.reached |= isinstance(about, AppliedUndef) and about.func.__name__ == MARGINAL and about.args[1] in own_places
        course.reached |= isinstance(about, AppliedUndef) and about.func.__name__ in (IMAGE_DENSITY, PAIR_DENSITY) and about.args[1] in course.letters
        course.averaged |= about is not None and in_closed_form(value, course.defined)
        return
    if applied and all(f.func.__name__ in course.helpers for f in applied):
        course.reached = course.reached or same(value, course.true, course)
        return
    own = {s.name for s in course.defined}
    letters = [s for s in about.free_symbols if s.name in QUANTITIES and s.is_positive and s.name not in own]
    numbered = [f for f in applied if f.func.__name__ in QUANTITIES and not all(a.is_Symbol for a in f.args)]
    if numbered or not letters and not applied and own & {s.name for s in about.free_symbols}:
        return
    named = any(moving(v, course) for v in course.defined.values() if isinstance(v, Expr))  # as H(x, p), in an integral over x and p
    if about == Symbol("Z", positive=True) and moving(value, course) and not named:  # Z depends on no variable: this was no value of it
        course.about = None
        return
    course.reached = True
    if len(letters) == 1 and not about.atoms(AppliedUndef):
        u = Symbol("u", positive=True)
        back = inverse(about, letters[0], u, course.truth.ground.facts)
        if back is not None:
            closed = evaluated(value, course.truth.ground.with_(*course.assumed).facts, course.bench)
            course.claimed = back.xreplace({u: value if closed is None else closed})
