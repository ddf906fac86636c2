"""Ranges of integers: cut them, turn them round, leave zeros out, and sort them into even and odd."""

from collections.abc import Iterator

from sympy import Abs, Add, Eq, Expr, Ge, Integer, Lt, Max, Min, Mod, Ne, Piecewise, Pow, S, Symbol, besseli, besselj, ceiling, floor, oo
from sympy.core.relational import Relational

from derive.algebra.cases import CASES, borders
from derive.algebra.equality import equal
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Finite, Rule, Same, Values, functions
from derive.language.parts import contains, every
from derive.language.totals import NATURALS, Counting, Total, fresh, names
from derive.rules.letters import A, B, M, f, g, hi, j, k, lo, x
from derive.rules.terms import ratio_of
from derive.rules.values import function

n, i = Symbol("n", integer=True), Symbol("i", integer=True)
MOST_ZEROS = 12  # terms that vanish at the beginning of a range are looked for up to this many
(v,) = functions("v")


def new_index(total: Total, facts: Facts, measure: Counting) -> Symbol:
    return fresh(measure, names(total, *facts.relations))


def new_indices(total: Total, facts: Facts, one: Counting, other: Counting) -> Values:
    """Two indices with different names, the values of j and i."""
    first = new_index(total, facts, one)
    return {j: first, i: fresh(other, names(total, first, *facts.relations))}


def nothing_there(total: Total, facts: Facts) -> Iterator[Values]:
    if total.body == 0:
        yield {x: total.x, M: total.measure}


NOTHING = Rule("nothing", Claim(Total(S.Zero, x, M), S.Zero), find=nothing_there)


def special_point(total: Total, facts: Facts) -> Iterator[Values]:
    """A case that holds at one point alone."""
    if isinstance(total.measure, Counting) and isinstance(total.body, Piecewise):
        (value, condition), *others = total.body.args
        found = linear(condition.lhs - condition.rhs, total.x) if isinstance(condition, Eq) else None
        if found is not None:
            rest = Piecewise(*others)
            at = -found[1] / found[0]
            if others[-1][1] == True and rest.subs(total.x, at).is_finite is not False:  # noqa: E712 (SymPy's true)
                yield {
                    k: total.x,
                    v: function(total.x, value),
                    f: function(total.x, rest),
                    n: at,
                    lo: total.measure.lo,
                    hi: total.measure.hi,
                }


SPECIAL_POINT = Rule(
    "special_point",
    Claim(
        Total(Piecewise((v(k), Eq(k, n)), (f(k), True)), k, Counting(lo, hi)),
        A + v(n) - f(n),
        given=(lo <= n, n <= hi, Finite(A), Finite(f(n))),
    ),
    rests_on=(Claim(Total(f(k), k, Counting(lo, hi)), A),),
    find=special_point,
)


def cuts(total: Total, facts: Facts) -> Iterator[Values]:
    """Where |z|, sign z, a case of a Piecewise … changes inside the range."""
    m = total.measure
    if not isinstance(m, Counting) or not contains(total.body, *CASES):
        return
    for at in dict.fromkeys(c for e in sorted(every(total.body, *CASES), key=str) for c in changes(e, total.x)):
        if inside(at, m, facts):
            halves = new_indices(total, facts, Counting(m.lo, at - 1), Counting(at, m.hi))
            yield {k: total.x, f: function(total.x, total.body), n: at, lo: m.lo, hi: m.hi, **halves}


def inside(at: Expr, m: Counting, facts: Facts) -> bool:
    """Whether a cut leaves something below it; above it there may be nothing."""
    return (m.lo == -oo or facts.positive(at - m.lo)) and (m.hi is oo or facts.nonnegative(m.hi + 1 - at))


def changes(e: Expr, index: Symbol) -> Iterator[Expr]:
    """The first integers at which a case of e may differ from the one at the integer before."""
    relations = e.atoms(Relational) if isinstance(e, Piecewise) else [Ge(b, 0, evaluate=False) for b in borders(e)]
    for r in sorted(relations, key=str):
        found = linear(r.lhs - r.rhs, index)
        root = -found[1] / found[0] if found else None
        if found is None or root is None or not root.is_real:
            continue
        first = ceiling(root)
        rising = found[0].is_positive
        if isinstance(r, (Eq, Ne)) or not (isinstance(e, (Piecewise, Abs, Max, Min))):
            yield from (first, first + 1)
        else:
            yield first if isinstance(r, (Ge, Lt)) == rising or not root.is_integer else first + 1


SPLIT_RANGE = Rule(
    "split_range",
    Claim(Total(f(k), k, Counting(lo, hi)), A + B, given=(lo <= n, n <= hi + 1, Finite(A), Finite(B))),
    rests_on=(Claim(Total(f(j), j, Counting(lo, n - 1)), A), Claim(Total(f(i), i, Counting(n, hi)), B)),
    find=cuts,
)


def turned(total: Total, facts: Facts) -> Iterator[Values]:
    """A range that goes down for ever, turned round, and a sum whose terms are those of a series from its end."""
    m = total.measure
    if isinstance(m, Counting) and m.hi is not oo and (m.lo == -oo or backwards(total, facts)):
        yield {k: total.x, f: function(total.x, total.body), lo: m.lo, hi: m.hi, n: m.hi, j: new_index(total, facts, NATURALS)}


def backwards(total: Total, facts: Facts) -> bool:
    """Whether 1/(n − k)! stands among the terms and 1/k! does not."""
    if total.measure.lo != 0:
        return False
    found = ratio_of(total.body, total.x, facts.within(total.x, total.measure))
    return found is not None and -total.measure.hi in found.upper and S.One not in found.lower


MIRROR_INDEX = Rule("mirror_index", Claim(Total(f(k), k, Counting(lo, hi)), Total(f(n - j), j, Counting(n - hi, n - lo))), find=turned)


def bessel_orders(total: Total, facts: Facts) -> Iterator[Values]:
    """Bessel functions of order k − n over all integers."""
    if total.measure == Counting(-oo, oo):
        for e in sorted(every(total.body, besseli, besselj), key=str):
            found = linear(e.args[0], total.x)
            if found is not None and found[0] == 1 and found[1] != 0 and found[1].is_integer:
                yield {k: total.x, f: function(total.x, total.body), n: -found[1], j: new_index(total, facts, total.measure)}


RECENTRED = Rule(
    "recentred_index",
    Claim(Total(f(k), k, Counting(-oo, oo)), Total(f(j + n), j, Counting(-oo, oo))),
    kind="cited",
    find=bessel_orders,
    source="k → k + n takes the integers to the integers",
)


def classes(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    """The indices sorted by their remainder."""
    values = [Symbol(f"A{r}", real=True) for r in range(size)]
    return (
        Claim(Total(f(k), k, NATURALS), Add(*values), given=tuple(Finite(a) for a in values)),
        tuple(Claim(Total(f(size * j + r), j, NATURALS), a) for r, a in enumerate(values)),
    )


def remainders(total: Total, facts: Facts) -> Iterator[Values]:
    """Terms that depend on the remainder of the index."""
    if total.measure == NATURALS:
        moduli = {e.args[1] for e in every(total.body, Mod) if linear(e.args[0], total.x)}
        moduli |= {1 / parts[0] for e in every(total.body, floor) if (parts := linear(e.args[0], total.x))}
        alternating = any(p.base is S.NegativeOne and p.exp.has(total.x) for p in every(total.body, Pow))
        size = 2 if alternating else max((q for q in moduli if q.is_Integer and 2 <= q <= 6), default=None)
        if size is not None:
            yield {k: total.x, f: function(total.x, total.body), j: new_index(total, facts, NATURALS), SIZE: Integer(size)}


def parity_by_cases(total: Total, facts: Facts) -> Iterator[Values]:
    """A case for even or for odd k, and one for the others."""
    if isinstance(total.body, Piecewise) and len(total.body.args) == 2 and total.body.args[1][1] == True:  # noqa: E712 (SymPy's true)
        (value, condition), (other, _) = total.body.args
        if isinstance(condition, Eq) and condition.lhs == Mod(total.x, 2) and condition.rhs in (0, 1):
            yield {k: total.x, f: function(total.x, value), g: function(total.x, other), i: condition.rhs, M: total.measure}


PARITY = Rule(
    "parity_by_powers",
    Claim(
        Total(Piecewise((f(k), Eq(Mod(k, 2), i)), (g(k), True)), k, M),
        Total((1 + S.NegativeOne ** (k + i)) * f(k) / 2 + (1 - S.NegativeOne ** (k + i)) * g(k) / 2, k, M),
        given=(i >= 0, i <= 1),
    ),
    kind="cited",
    find=parity_by_cases,
    source="(1 + (−1)^k)/2 is 1 for even k and 0 for odd k",
)


BY_REMAINDER = Rule("by_remainder", classes(2)[0], rests_on=classes(2)[1], schema=classes, find=remainders)


def later_start(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    given = tuple(Same(f(lo + r), S.Zero) for r in range(size))
    return Claim(Total(f(k), k, Counting(lo, hi)), Total(f(j), j, Counting(lo + size, hi)), given=(lo + size <= hi + 1, *given)), ()


def zeros_first(total: Total, facts: Facts) -> Iterator[Values]:
    """A range whose first terms are 0."""
    m = total.measure
    if not isinstance(m, Counting) or not m.lo.is_Integer:
        return
    count = 0
    while count < MOST_ZEROS and total.body.subs(total.x, m.lo + count) == 0:
        count += 1
    if count and (m.hi is oo or facts.nonnegative(m.hi + 1 - m.lo - count)):
        yield {
            k: total.x,
            f: function(total.x, total.body),
            lo: m.lo,
            hi: m.hi,
            SIZE: Integer(count),
            j: new_index(total, facts, Counting(m.lo + count, m.hi)),
        }


LATER_START = Rule("later_start", later_start(1)[0], schema=later_start, find=zeros_first)


def mirrored_halves(total: Total, facts: Facts) -> Iterator[Values]:
    """Half of a range that is symmetric about 0, for terms in e^(-a k²) or in I_k and J_k."""
    m, x2 = total.measure, total.x**2
    if m not in (NATURALS, Counting(1, oo)) or not total.body.has(x2, besseli, besselj):
        return
    if equal(total.body.subs(total.x, -total.x), total.body, facts):
        yield {k: total.x, f: function(total.x, total.body), n: m.lo, j: new_index(total, facts, Counting(-oo, oo))}


HALF_OF_EVEN = Rule(
    "half_of_even",
    Claim(Total(f(k), k, Counting(n, oo)), (A + (1 - 2 * n) * f(0)) / 2, given=(n >= 0, n <= 1, Same(f(-k), f(k)), Finite(A))),
    rests_on=(Claim(Total(f(j), j, Counting(-oo, oo)), A),),
    find=mirrored_halves,
)
