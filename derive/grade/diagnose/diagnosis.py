"""What may have gone wrong: usual mistakes are made on the right answer until one of them gives what was handed in."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from sympy import Derivative, Expr, Function, Limit, S, Symbol, beta, exp, gamma, sqrt

from derive.algebra.equality import equal
from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical, term
from derive.grade.claims import Compared
from derive.grade.diagnose.changes import all_totals, same, unchanged_differential, unchanged_ends
from derive.grade.diagnose.guessed import guessed_substitution
from derive.grade.diagnose.letters import is_variance
from derive.grade.diagnose.mistakes import AT_ZERO, VALUES, WRITTEN, Usual
from derive.grade.diagnose.naming import factor, named
from derive.grade.diagnose.neighbours import jacobian_factors
from derive.grade.diagnose.repairs import antiderivative_mistake, form_mistake, lower_end_mistake, own_ranges_mistake
from derive.grade.diagnose.slips import Case
from derive.grade.equal.equality import refuted
from derive.grade.equal.ground import Ground
from derive.grade.equal.values import Bench, evaluated, worked
from derive.grade.handed import Mistake
from derive.grade.truth import Truth
from derive.language.claims import REFUTED
from derive.language.totals import Counting, Total, substitute
from derive.read.latex_heads import EvalBar
from derive.search.presentable import presentable

SECONDS = 3.0


def diagnose_value(value: Expr, truth: Truth, kind: str) -> Mistake | None:
    """The likely mistake in a wrong Z or p, or None."""
    if truth.Z is None or truth.Z.is_infinite:
        return None
    if kind == "p":
        return diagnose_density(value, truth)
    return tried(Case(truth.Z, truth.ground.facts, truth, kind, value), truth.ground)


def diagnose_density(value: Expr, truth: Truth) -> Mistake | None:
    """A wrong density: where it is proportional to the kernel, its constant is looked at; else how it depends on x."""
    kernel, names = truth.problem.kernel, {v.symbol for v in truth.problem.variables}
    assert truth.Z is not None
    if same(value, kernel, truth.inside):
        return named("used-kernel-as-density", value, kernel / truth.Z, truth.inside, "the kernel itself is given: it is not divided by Z")
    constant = constant_of(kernel, value, truth)
    if constant is None or constant.free_symbols & names:
        return diagnose_shape(value, truth)
    pure = isinstance(truth.Z, exp)
    if pure and same(constant, 1 / truth.Z, truth.ground):
        return named("sign", value, kernel / truth.Z, truth.inside, "the sign of the exponent of the constant is turned round")
    found = tried(Case(truth.Z, truth.ground.facts, truth, "p", constant), truth.ground)
    if found is None:
        return None
    if found.kind != "lost-constant":
        found = Mistake(found.kind, found.factor, f"the Z that it is divided by is not right: {found.detail}")
    if found.kind == "wrong-power" and factor_missing(value, kernel / truth.Z, truth):
        found = Mistake("missing-factor", found.factor, "a factor is missing")
    return Mistake(found.kind, factor(value, kernel / truth.Z, truth.inside), found.detail)


def constant_of(kernel: Expr, value: Expr, truth: Truth) -> Expr | None:
    """g/p where that is proved free of the variables: by its form, or by its value at one place."""
    names = {v.symbol for v in truth.problem.variables}
    try:
        ratio = canonical(kernel / value, truth.inside.facts)
    except (TooLarge, ZeroDivisionError):
        return None
    for place in (S.Zero, S.One, S.Half):
        if not ratio.free_symbols & names:
            break
        at = ratio.xreplace(dict.fromkeys(names, place))
        if not at.has(S.NaN, S.ComplexInfinity) and same(value * at, kernel, truth.inside):
            ratio = presentable(at, truth.ground.facts)
    return ratio


def factor_missing(value: Expr, density: Expr, truth: Truth) -> bool:
    """Whether a parameter that is a factor of the density is no factor of the value at all."""
    ours, theirs = ({b for (b, _), _ in term(e, truth.inside.facts)[1]} for e in (density, value))
    return any(b.is_Symbol and b not in theirs for b in ours)


def diagnose_shape(value: Expr, truth: Truth) -> Mistake | None:
    """A density that is not proportional to the kernel: the sign of its exponent, a lost factor, or another kernel."""
    assert truth.Z is not None
    kernel, wanted = truth.problem.kernel, truth.problem.kernel / truth.Z
    for e in sorted(kernel.atoms(exp), key=str):
        for Z in (truth.Z, S.One):
            if same(value, kernel.xreplace({e: exp(-e.args[0])}) / Z, truth.inside):
                return Mistake("sign", "", f"the sign of the exponent {e.args[0]} is turned round")
    for f, said in jacobian_factors(truth):
        if same(value, wanted / f, truth.inside):
            return Mistake("missing-jacobian", str(1 / f), said)
    for v in (v for v in truth.problem.variables if isinstance(v.measure, Counting)):
        for step in (1, -1):
            if same(value, substitute(wanted, {v.symbol: v.symbol + step}), truth.inside):
                return Mistake("off-by-one-index", "", f"{v.symbol + step} stands in place of {v.symbol}")
    for kind, s, other in other_parametrizations(truth):
        if same(value, substitute(wanted, {s: other}), truth.inside):
            return Mistake(kind, "", f"this is the density with {other} in place of {s}")
        if same(value, substitute(kernel, {s: other}) / truth.Z, truth.inside):
            kind = "wrong-kernel" if kind == "lost-constant" else kind
            return Mistake(kind, "", f"where it depends on the variable, {other} stands in place of {s}")
    for s, x in product(sorted(truth.Z.free_symbols, key=str), (v.symbol for v in truth.problem.variables)):
        if same(value, kernel / truth.Z.xreplace({s: x}), truth.inside):
            return Mistake("algebra", "", f"the Z that it is divided by has {x} in place of {s}")
    own = {v.symbol for v in truth.problem.variables}
    moved = {x: Symbol(f"{x.name}′", **x._assumptions_orig) for x in own}
    cross = (value * kernel.xreplace(moved), value.xreplace(moved) * kernel)
    wide = [*truth.inside.variables, *((moved[x], m.xreplace(moved)) for x, m in truth.inside.variables)]
    if refuted(*cross, truth.ground.with_(variables=wide), (192,)).verdict == REFUTED:
        return Mistake("wrong-kernel", "", "it depends on the variable in another way than the kernel does")
    return None


def other_parametrizations(truth: Truth) -> Iterator[tuple[str, Symbol, Expr]]:
    """A rate taken for a scale, a variance for a standard deviation: parameters by which the density is another one of its family."""
    kernel = truth.problem.kernel
    for s in (p.symbol for p in truth.problem.parameters if p.symbol.is_positive):
        either = Symbol(s.name, real=True)
        if equal(kernel.xreplace({s: either}), kernel.xreplace({s: -either}), truth.inside.facts):
            yield "variance-vs-standard-deviation", s, sqrt(s)
            yield "variance-vs-standard-deviation", s, s**2
        if is_variance(s, truth):
            yield "variance-vs-standard-deviation", s, s**2
        yield "reciprocal", s, 1 / s
        yield from (("lost-constant", s, k * s) for k in (S(2), S.Half, sqrt(2), 1 / sqrt(2)))


def diagnose_line(found: Compared, truth: Truth, first: bool) -> Mistake | None:
    """The likely mistake in the first wrong line, from the line before it, or from what it should have said."""
    ground, bench = truth.ground, worked(SECONDS)
    right, wrong = (evaluated(e, ground.facts, bench) for e in (found.target, found.side))
    if right is None:
        return None
    own = {v.symbol.name for v in truth.problem.variables}
    moved = any(t.x.name not in own for t in all_totals(found.target))  # what stands before is no longer the total over x
    target = truth.problem.total if first and not moved and truth.Z is not None and same(right, truth.Z, ground) else found.target
    by_form = form_mistake(target, found.side, right, found.side if wrong is None else wrong, ground, bench)
    by_form = by_form or lower_end_mistake(target, found.side if wrong is None else wrong, right, ground, bench)
    by_form = by_form or own_ranges_mistake(found, right, truth, bench)
    by_form = antiderivative_mistake(target, found.side, right, found.side if wrong is None else wrong, ground) or by_form
    by_form = by_form or unchanged_ends(found, right, truth, bench) or unchanged_differential(found, right, truth, bench)
    by_form = by_form or guessed_substitution(found if target == found.target else replace(found, target=target), truth)
    if by_form is not None or wrong is None:
        return by_form
    if right.free_symbols & {v.symbol for v in truth.problem.variables}:
        density = truth.density is not None and same(right, truth.density, truth.inside)
        inside = Case(right, truth.inside.facts, truth, "line", wrong, False)
        return diagnose_density(wrong, truth) if density else tried(inside, truth.inside, WRITTEN)
    right = right.replace(beta, lambda a, b: gamma(a) * gamma(b) / gamma(a + b))
    plain = not target.has(Total, EvalBar, Limit, Derivative) and not found.side.has(Total, EvalBar, Limit, Derivative)
    one, other = ({type(f) for f in side.atoms(Function)} for side in (found.target, found.side))  # another function is no slip of algebra
    rest = named("algebra", wrong, right, ground, "this step does not keep the value") if plain and one == other and not first else None
    over = any(t.x.name in own for t in all_totals(target))
    case = Case(right, ground.facts, truth, "line", wrong, over)
    return variance_mistake(right, wrong, truth, bench) or tried(case, ground) or rest


def variance_mistake(right: Expr, wrong: Expr, truth: Truth, bench: Bench) -> Mistake | None:
    """A variance from which E[X] is subtracted in place of E[X]², or nothing."""
    ground, mean = truth.ground, own_moment(1, truth, bench)
    ways = () if mean is None else (
        (mean**2 - mean, "wrong-power", "the mean is subtracted, and not its square"),
        (mean**2, "algebra", "the square of the mean is not subtracted"),
    )  # fmt: skip
    for off, kind, said in ways:
        if mean is not None and same(wrong, right + off, ground):
            square = own_moment(2, truth, bench)
            return named(kind, wrong, right, ground, said) if square is not None and same(right, square - mean**2, ground) else None
    return None


def own_moment(n: int, truth: Truth, bench: Bench) -> Expr | None:
    """E[X^n] of the problem's one variable, worked out once; None where it is not found."""
    (v, *more) = truth.problem.variables
    key = f"E[X^{n}]"
    if key not in truth.variants:
        total = Total(v.symbol**n * truth.problem.kernel, v.symbol, v.measure)
        truth.variants[key] = None if more or truth.Z is None else evaluated(total / truth.Z, truth.ground.facts, bench)
    found: Expr | None = truth.variants[key]
    return found


def tried(case: Case, ground: Ground, mistakes: Sequence[Usual] = VALUES) -> Mistake | None:
    """The first usual mistake that turns the right answer into the wrong one."""
    deadline = time.process_time() + SECONDS  # on a busy machine the same mistake is found
    for usual in mistakes if case.wrong != 0 else [u for u in mistakes if u.make in AT_ZERO]:  # many a total next door is 0 by chance
        for changed, said in usual.make(case):
            if time.process_time() > deadline:
                return None
            if same(case.wrong, changed, ground):
                return named(usual.kind, case.wrong, case.right, ground, said)
    return None
