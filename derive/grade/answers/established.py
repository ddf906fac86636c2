"""What is true of the quantities that a final answer may give: mean, variance, distribution function, mode and entropy of one variable."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sympy import Abs, Add, Expr, Max, Min, Piecewise, S, Symbol, betainc, expand, expand_log, log
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.algebra.monomials import TooLarge
from derive.algebra.reading import linear
from derive.families import recognise
from derive.grade.answers.asked import CDF, ENTROPY, MEAN_OF, MODE
from derive.grade.claims import words
from derive.grade.equal.values import Bench, evaluated
from derive.grade.truth import Truth
from derive.grade.wider import by_symbol, overstated
from derive.grade.writing.reading import Said
from derive.language.claims import PROVED
from derive.language.totals import Atoms, Counting, Lebesgue, Total, substitute
from derive.moments import agreement
from derive.moments.law import Law
from derive.moments.mode import mode
from derive.moments.tails import NO
from derive.moments.values import Found, exists, mean, raw, variance

SECONDS = 8.0
FAILURES = (TooLarge, RecursionError, ArithmeticError, ValueError, TypeError, NotImplementedError, AttributeError)


@dataclass(frozen=True)
class Wanted:
    """The true value, None where it was not established, with the conditions under which it exists; `missing`: it is proved not to exist."""

    value: Expr | None
    conditions: tuple[Boolean, ...] = ()
    missing: bool = False


def wanted(kind: str, truth: Truth, bench: Bench) -> Wanted:
    """What a quantity of the problem's density is. It is worked out once for each problem."""
    key = ("quantity", kind)
    if key not in truth.variants:
        try:
            truth.variants[key] = worked_out(kind, truth, bench)
        except FAILURES:
            truth.variants[key] = Wanted(None)
    found: Wanted = truth.variants[key]
    return found


def under(truth: Truth, conditions: Sequence[Boolean]) -> Truth:
    """The truth where further conditions hold."""
    if not conditions:
        return truth
    known = (*truth.conditions, *conditions)
    return replace(truth, conditions=known, ground=truth.ground.with_(*conditions), inside=truth.inside.with_(*conditions), variants={})


def worked_out(kind: str, truth: Truth, bench: Bench) -> Wanted:
    if truth.Z is None or truth.density is None:
        return Wanted(None)
    if kind == ENTROPY:
        return Wanted(entropy_of(truth, bench))
    (v,) = truth.problem.variables
    if kind == MODE and isinstance(v.measure, Atoms):
        return Wanted(largest(v.symbol, v.measure, truth))
    law = law_of(truth)
    if kind == MODE:
        found = mode(law)
        return Wanted(None) if found is None else Wanted(found.value, found.conditions)
    return below(law, truth, bench) if kind == CDF else moment(1 if kind == MEAN_OF else 2, law)


def law_of(truth: Truth) -> Law:
    (v,), facts = truth.problem.variables, truth.ground.facts
    assert truth.Z is not None and truth.density is not None
    family = recognise(truth.problem.kernel, truth.density, v.symbol, v.measure, facts)
    return Law(v.symbol, v.measure, truth.problem.kernel, truth.Z, truth.density, facts, time.process_time() + SECONDS, family)


def below(law: Law, truth: Truth, bench: Bench) -> Wanted:
    """P(X ≤ x) for x in the support."""
    if not isinstance(law.measure, (Lebesgue, Counting)):
        return Wanted(None)
    t = Symbol(f"{law.x.name}′", **law.x._assumptions_orig)
    total = Total(law.kernel.xreplace({law.x: t}), t, law.measure.func(law.measure.lo, law.x))
    value = evaluated(total, truth.inside.facts, bench)
    if value is None and (at := kink(law)) is not None:  # on either side of it by itself
        sides = [evaluated(total, truth.inside.with_(side).facts, bench) for side in (law.x < at, law.x > at)]
        value = None if None in sides else Piecewise((sides[0], law.x < at), (sides[1], True))
    return Wanted((total if value is None or value.has(betainc) else value) / law.Z)  # an incomplete beta function has no enclosure


def kink(law: Law) -> Expr | None:
    """The one place at which a kernel changes its form, as |x − μ| does at μ."""
    inside = [a.args[0] for a in law.kernel.atoms(Abs)] + [r.lhs - r.rhs for r in law.kernel.atoms(Relational)]
    found = {-line[1] / line[0] for e in inside if e.has(law.x) and (line := linear(e, law.x)) is not None}
    return found.pop() if len(found) == 1 else None


def moment(n: int, law: Law) -> Wanted:
    """E X, or Var X = E X² − (E X)²: each integral by a checked derivation, else from log Z(t) where an integral agrees in digits."""
    found = exists(law, n)
    if found.verdict == NO:
        return Wanted(None, missing=True)
    average = mean(law)
    if average is None or average.verdict != PROVED:
        own = raw(law.counted, 1, exists(law, 1))
        average = average if own is None else replace(own, value=law.origin + own.value)
    if average is None:
        return Wanted(None)
    if n == 1:
        return confirmed(average, law, law.x)
    square = raw(law.counted, 2, found)
    if square is None or average.verdict != PROVED:
        width = variance(law, average)
        return Wanted(None) if width is None else confirmed(width, law, (law.x - average.value) ** 2)
    return Wanted(square.value - (average.value - law.origin) ** 2, tuple(dict.fromkeys((*average.conditions, *square.conditions))))


def confirmed(found: Found, law: Law, of: Expr) -> Wanted:
    """A value that is proved, or that E `of` by quadrature agrees with."""
    sure = found.verdict == PROVED or agreement(found, law, of) is not None
    return Wanted(found.value, found.conditions) if sure else Wanted(None)


def largest(x: Symbol, measure: Atoms, truth: Truth) -> Expr | None:
    """The point of a finite support at which the kernel is proved to be largest."""
    values = {p: substitute(truth.problem.kernel, {x: p}) for p in measure.points}
    best = [p for p, top in values.items() if all(truth.ground.facts.positive(top - other) for q, other in values.items() if q != p)]
    return best[0] if best else None


def entropy_of(truth: Truth, bench: Bench) -> Expr | None:
    """log Z − E log g, where g is positive on the support."""
    (v,), Z, facts = truth.problem.variables, truth.Z, truth.inside.facts
    kernel = truth.problem.kernel
    if Z is None:
        return None
    if isinstance(v.measure, Atoms):
        weights = [substitute(kernel, {v.symbol: p}) for p in v.measure.points]
        return log(Z) - Add(*(w * log(w) for w in weights)) / Z if all(truth.ground.facts.positive(w) for w in weights) else None
    whole = expand(expand_log(log(kernel), force=True))
    if not all(facts.positive(one.args[0]) for one in whole.atoms(log)):
        return None
    means = []
    for term in Add.make_args(whole):
        free, moving = term.as_independent(v.symbol, as_Add=False)
        total = Total(moving * kernel, v.symbol, v.measure)
        value = evaluated(total, truth.ground.facts, bench)
        means.append(free * (total if value is None else value) / Z if moving != 1 else free)
    return log(Z) - Add(*means)


def where_asked(kind: str, read: Said, truth: Truth, bench: Bench) -> tuple[Truth, Wanted, tuple[Boolean, ...]]:
    """The truth, a quantity, and what it needs beyond that: where a claim is made for parameters at which this fails, all that at these.

    A mean that exists for a > 1 alone is asked for once more at a < 1, where "∞ for a < 1" is stated of it.
    """
    found, names = wanted(kind, truth, bench), {p.symbol for p in truth.problem.parameters}
    extra = open_conditions(found, truth)
    stated = [c for c in read.conditions if isinstance(c, Relational) and c.free_symbols and c.free_symbols <= names]
    if extra and stated and not truth.ground.with_(*extra, *stated).points(names) and truth.ground.with_(*stated).points(names):
        truth = under(truth, stated)
        found = wanted(kind, truth, bench)
        extra = open_conditions(found, truth)
    return truth, found, extra


def open_conditions(found: Wanted, truth: Truth) -> tuple[Boolean, ...]:
    return tuple(c for c in found.conditions if not truth.ground.facts.follows(c))


def beyond(kind: str, read: Said, extra: Sequence[Boolean], truth: Truth, bench: Bench) -> str:
    """Why a formula that holds under `extra` conditions says more than that: by a wider range beside it, or by cases of its own."""
    cases = isinstance(read.value, Expr) and read.value.has(Piecewise, Max, Min)
    if extra and cases and not infinite_elsewhere(kind, read.value, extra, truth, bench):
        return f"what it says where {' and '.join(map(words, extra))} does not hold was not established"
    return overstated(read.conditions, by_symbol(read.unbounded, truth), extra, truth)


def infinite_elsewhere(kind: str, value: Expr, extra: Sequence[Boolean], truth: Truth, bench: Bench) -> bool:
    """Whether a mean is said to be ∞, and is, where its condition does not hold."""
    if kind != MEAN_OF or len(extra) != 1 or not isinstance(value, Piecewise) or not bounded_below(truth):
        return False
    there = under(truth, [extra[0].negated])
    left = [branch for branch, c in value.args if not (isinstance(c, Relational) and there.ground.facts.contradicts(c))]
    return left == [S.Infinity] and wanted(kind, there, bench).missing


def bounded_below(truth: Truth) -> bool:
    """Whether the support begins at a finite place: then a mean that does not exist is +∞."""
    (v,) = truth.problem.variables
    return isinstance(v.measure, (Lebesgue, Counting)) and bool(v.measure.lo.is_finite)
