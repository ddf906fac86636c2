"""The conditions under which a claim is right: those that people leave unsaid, and all of them without those that follow from the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from sympy import Abs, Add, Basic, Eq, Expr, Gt, Lt, Mul, Ne, Pow, Symbol, binomial, exp, expand, factorial, factorial2, log, sinh, tanh
from sympy.logic.boolalg import Boolean

from derive.algebra.normal import term
from derive.algebra.signs import Facts
from derive.check.points import holds
from derive.grade.equality import compare, proved, refuted
from derive.grade.ground import Ground, fits
from derive.language.claims import AGREES, PROVED
from derive.language.totals import Counting, Total, substitute


def integral_symbols(e: Expr) -> tuple[Symbol, ...]:
    """Symbols that stand in a factorial, or at the end of a sum, where only integers have a meaning by the notation itself."""
    places = [f.args[0] for f in e.atoms(factorial, factorial2)] + [f.args[1] for f in e.atoms(binomial) if f.args[0].is_integer]
    places += [end for t in e.atoms(Total) if isinstance(t.measure, Counting) for end in t.measure.args]
    bound = {t.x for t in e.atoms(Total)}
    found = {s for z in places if not z.is_integer for s in z.free_symbols if not s.is_integer and s not in bound}
    return tuple(sorted(found, key=str))


def further(value: Expr, wanted: Expr, ground: Ground) -> list[tuple[Boolean, ...]]:
    """Assumptions that people make without saying so: a positive sign, probabilities that add up to 1."""
    either = signed(value, wanted, ground)
    found: list[tuple[Boolean, ...]] = [(s > 0,) for s in either]
    if len(either) > 1:
        found.append(tuple(s > 0 for s in either))
    return found + [(Eq(total, 1),) for total in weights(wanted, ground) if not value.has(total)]


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


def removable(value: Expr, ground: Ground) -> list[Boolean]:
    """q ≠ 1 for (1 − q³)/(1 − q): where what stands below is 0, a formula says nothing, though what it equals may go on there.

    Only denominators are listed that are 0 at a point which meets the facts.

    >>> from sympy import symbols
    >>> q, b = symbols("q b", positive=True)
    >>> removable((1 - q**3)/(1 - q)/b, Ground())
    [Ne(q, 1)]
    """
    own = {x for x, _ in ground.variables}
    below = [p.base for p in preorder(value) if isinstance(p, Pow) and p.exp.could_extract_minus_sign() and not p.base.free_symbols & own]
    roots = [root for base in below if base.free_symbols and not ground.facts.nonzero(base) for root in roots_of(base, ground)]
    found = list(dict.fromkeys(roots))
    return [Ne(s, at) for s, at in found]


def preorder(e: Expr) -> Iterator[Basic]:
    """The parts of an expression outside its totals."""
    yield e
    for arg in () if isinstance(e, Total) else e.args:
        yield from preorder(arg)


def roots_of(base: Expr, ground: Ground) -> Iterator[tuple[Symbol, Expr]]:
    """Symbols with the values at which a factor of `base` is 0, as far as they are plain and allowed."""
    for factor in Mul.make_args(base.factor()):
        u = argument_of_zero(factor.as_base_exp()[0])
        symbols = sorted(u.free_symbols, key=str)
        if not symbols or not u.is_polynomial(*symbols):
            continue
        s = symbols[0]
        slope = u.expand().coeff(s, 1)
        if u.expand().coeff(s, 0) == (u - slope * s).expand() and not slope.has(s) and ground.facts.nonzero(slope):
            at = (-(u - slope * s) / slope).expand()
            if allowed(s, at, ground):
                yield s, at


def argument_of_zero(f: Expr) -> Expr:
    """u where f is 0 just where u is: sinh u, tanh u, log(1 + u), e^u − 1, (1 + u)^n − 1; f itself elsewhere."""
    if isinstance(f, (sinh, tanh)):
        return f.args[0]
    if isinstance(f, log):
        return f.args[0] - 1
    terms = Add.make_args(f)
    ratio = -terms[0] / terms[1] if len(terms) == 2 else f
    if isinstance(ratio, exp):
        return ratio.args[0]
    return ratio.base - 1 if isinstance(ratio, Pow) and ratio.exp.free_symbols else f


def allowed(s: Symbol, at: Expr, ground: Ground) -> bool:
    """Whether s = at meets the assumptions and relations at some point."""
    for point in ground.points({s} | at.free_symbols):
        value = substitute(at, {t: v for t, v in point.items() if t != s})
        if fits(s, value) and all(holds(r, {**point, s: value}) for r in ground.facts.relations if r.free_symbols <= set(point)):
            return True
    return False


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
