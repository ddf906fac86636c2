"""The conditions under which a claim is right: those that people leave unsaid, and all of them without those that follow from the others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from sympy import (
    Abs,
    Add,
    Eq,
    Expr,
    Gt,
    Lt,
    Piecewise,
    Product,
    S,
    Symbol,
    Tuple,
    binomial,
    erf,
    erfc,
    erfi,
    expand,
    factorial,
    factorial2,
)
from sympy.logic.boolalg import Boolean

from derive.algebra.normal import term
from derive.algebra.signs import Facts
from derive.grade.equal.equality import compare, proved, refuted
from derive.grade.equal.ground import Ground
from derive.language.claims import AGREES, PROVED
from derive.language.totals import Counting, Total, substitute


def integral_symbols(e: Expr) -> tuple[Symbol, ...]:
    """Symbols that stand in a factorial, or at the end of a sum, where only integers have a meaning by the notation itself."""
    places = [f.args[0] for f in e.atoms(factorial, factorial2)] + [f.args[1] for f in e.atoms(binomial) if f.args[0].is_integer]
    places += [end for t in e.atoms(Total) if isinstance(t.measure, Counting) for end in t.measure.args]
    places += [end for p in e.atoms(Product) for _, *limits in p.limits for end in limits]
    bound = {t.x for t in e.atoms(Total)} | {j for p in e.atoms(Product) for j, *_ in p.limits}
    found = {s for z in places if not z.is_integer for s in z.free_symbols if not s.is_integer and s not in bound}
    return tuple(sorted(found, key=str))


def further(value: Expr, wanted: Expr, ground: Ground, written: Expr | None = None) -> list[tuple[Boolean, ...]]:
    """Assumptions that people make without saying so: a positive sign, probabilities that add up to 1. `written` is the value as it was said."""
    either = [s for s in signed(value, wanted, ground) if s not in spelled_out(value if written is None else written)]
    found: list[tuple[Boolean, ...]] = [(s > 0,) for s in either]
    if len(either) > 1:
        found.append(tuple(s > 0 for s in either))
    return found + [(Eq(total, 1),) for total in weights(wanted, ground) if not value.has(total)]


def spelled_out(value: Expr) -> set[Symbol]:
    """The parameters for whose signs a value has bars or cases: who writes |a| does not take a > 0 for granted."""
    value = value.xreplace(dict.fromkeys(value.atoms(erf, erfc, erfi), S.One))  # SymPy has erfc(|a|) for Γ(1/2, a²)
    inside = [f.args[0] if isinstance(f, Abs) else Tuple(*(c for _, c in f.args)) for f in value.atoms(Abs, Piecewise)]
    return {s for e in inside for s in e.free_symbols if isinstance(s, Symbol)}


def signed(value: Expr, wanted: Expr, ground: Ground) -> list[Symbol]:
    """The parameters of either sign."""
    own, facts = {x for x, _ in ground.variables}, ground.facts
    symbols = sorted(value.free_symbols | wanted.free_symbols, key=str)
    return [s for s in symbols if s.is_extended_real and s not in own and not facts.nonnegative(s) and not facts.nonnegative(-s)]


def where_defined(value: Expr, ground: Ground) -> list[tuple[Boolean, ...]]:
    """n > −1 and n − k > −1 for binomials C(n, k) of real numbers, which are quotients of gamma functions there."""
    found = {e for f in value.atoms(binomial) for e in (f.args[0] + 1, f.args[1] + 1, f.args[0] - f.args[1] + 1)}
    open_ = sorted((e for e in found if not ground.facts.positive(e)), key=str)
    return [tuple(e > 0 for e in open_)] if open_ else []


def weights(wanted: Expr, ground: Ground) -> list[Expr]:
    """Sums of positive parameters that are raised to a power which is a parameter, as in (a + b)ⁿ: customarily they are 1."""
    _, mono = term(wanted, ground.facts)
    sums = [b for (b, m), _ in mono if isinstance(b, Add) and m.free_symbols]
    return [b for b in sums if all(a.is_Symbol and a.is_positive for a in b.args)]


def holds_given(value: Expr, wanted: Expr, ground: Ground, conditions: tuple[Boolean, ...]) -> bool:
    """Whether value = wanted is proved under further conditions, which some point satisfies."""
    if isinstance(conditions[0], Eq):
        total = conditions[0].lhs
        *others, last = sorted(total.args, key=str)
        rest = 1 - Add(*others)
        inner = Ground([rest > 0, *(substitute(r, {last: rest}) for r in ground.outside.relations)], ground.variables)
        return compare(substitute(value, {last: rest}), substitute(wanted, {last: rest}), inner, deep=False).verdict == PROVED
    inner = ground.with_(*conditions)
    quick = refuted(value, wanted, inner, (96,))
    return quick.verdict == AGREES and proved(value, wanted, inner)


def shortest(conditions: Sequence[Boolean]) -> list[Boolean]:
    """Conditions that say the same in fewer words: a > b and a + b > 0 are a > |b|.

    >>> from sympy import symbols
    >>> a, b = symbols("a b", real=True)
    >>> shortest([a > 0, a > b, a + b > 0])
    [a > Abs(b)]
    """
    kept = list({str(c): c for c in conditions}.values())
    for one, other in combinations(kept, 2):
        pair = bars(one, other)
        if pair is not None:
            u, v = pair
            return shortest([u > Abs(v), *(c for c in kept if above_zero(c) not in (u, u - v, u + v))])
    for one in list(kept):
        if len(kept) > 1 and Facts([c for c in kept if c is not one]).follows(one):
            kept.remove(one)
    return kept


def bars(one: Boolean, other: Boolean) -> tuple[Symbol, Symbol] | None:
    """u and v where one condition says u > v and the other u > −v, which together are u > |v|."""
    first, second = above_zero(one), above_zero(other)
    if first is None or second is None:
        return None
    u, v = expand((first + second) / 2), expand((first - second) / 2)
    v = v if v.is_Symbol else -v
    return (u, v) if u.is_Symbol and v.is_Symbol else None


def above_zero(condition: Boolean) -> Expr | None:
    """What has to be positive for a strict inequality between real numbers to hold."""
    if isinstance(condition, Gt):
        return condition.lhs - condition.rhs
    return condition.rhs - condition.lhs if isinstance(condition, Lt) else None
