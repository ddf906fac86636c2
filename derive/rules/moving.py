"""A support moved, turned round or folded: x = u + c, x = c − u, and both halves of an even integrand as one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from sympy import Abs, Add, Basic, Expr, Mul, Symbol, exp, oo

from derive.algebra.cases import CASES
from derive.algebra.equality import equal
from derive.algebra.monomials import label
from derive.algebra.reading import linear
from derive.algebra.rough import changes
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Same, Values
from derive.language.parts import contains, every, exchanged, free, operations
from derive.language.totals import POSITIVE, REALS, Counting, Lebesgue, Total, fresh, names
from derive.rules.letters import M, c, f, hi, j, k, lo, t, u, x
from derive.rules.values import function, measure_values

MOST_PLACES = 4  # an integrand is moved to so many of the places at which its sums are 0


def shifts(total: Total, facts: Facts) -> Iterator[Values]:
    """x → x + c, where that frees the integrand of c, brings it to the origin, or makes an exponent on the whole line even."""
    if not isinstance(total.measure, Lebesgue):
        return
    m = total.measure
    for at in shift_candidates(total):
        if at != 0 and (m != REALS and m.lo - at == 0 or simpler(total, at)):
            new = fresh(Lebesgue(m.lo - at, m.hi - at), names(total, *facts.relations))
            yield {**measure_values(total), f: function(total.x, total.body), c: at, u: new}


def worth_moving(total: Total, at: Expr) -> bool:
    """Whether the integrand moved by `at` may be simpler: what its sums lose, x + `at` outside of them has more."""
    if total.measure == REALS and contains(total.body, exp):
        return True
    sums, outside = occurrences(total.body, total.x, at)
    return not outside if at.free_symbols else outside < sums


def occurrences(e: Basic, x: Symbol, at: Expr) -> tuple[int, int]:
    """How many linear sums in e are 0 at `at`, and how often x stands outside of linear sums."""
    if x not in free(e):
        return 0, 0
    line = linear(e, x) if isinstance(e, (Add, Symbol)) else None
    if line is None:
        found = [occurrences(arg, x, at) for arg in e.args]
        return sum(sums for sums, _ in found), sum(outside for _, outside in found)
    return (0, 1) if e == x else (int(-line[1] / line[0] == at), 0)


def simpler(total: Total, at: Expr) -> bool:
    """Whether the integrand moved by `at` is free of it, has an even exponent on the whole line, or is shorter."""
    if not worth_moving(total, at):
        return False
    moved = exchanged(total.body, {total.x: total.x + at})
    if at.free_symbols - moved.free_symbols or total.measure == REALS and has_even_exponent(moved, total.x):
        return True
    return (at.is_number or not any(e.has(total.x) for e in moved.atoms(Add))) and operations(moved) < operations(total.body)


def has_even_exponent(body: Expr, v: Symbol) -> bool:
    """Whether e^(h(x²)) is a factor."""
    exponents = [e.args[0] for e in Mul.make_args(body) if isinstance(e, exp) and e.has(v)]
    return bool(exponents) and all(exchanged(e, {v: -v}) == e for e in exponents)


def shift_candidates(total: Total) -> list[Expr]:
    """Where sums in the integrand are 0; of many such places those of the most sums."""
    found = [linear(e, total.x) for e in sorted(every(total.body, Add), key=label)]
    places = Counter(-q / a for a, q in (pair for pair in found if pair is not None))
    chosen = {total.measure.lo, *(at for at, _ in places.most_common(MOST_PLACES))}
    return [at for at in places if at in chosen]


SHIFT = Rule("shift", Claim(Total(f(x), x, Lebesgue(lo, hi)), Total(f(u + c), u, Lebesgue(lo - c, hi - c))), find=shifts)


def mirrors(total: Total, facts: Facts) -> Iterator[Values]:
    """(−∞, c) turned into (0, ∞) by u = c − x."""
    m = total.measure
    if isinstance(m, Lebesgue) and m.lo == -oo and m.hi != oo:
        new = fresh(POSITIVE, names(total, *facts.relations))
        yield {**measure_values(total), f: function(total.x, total.body), c: m.hi, u: new}


MIRROR = Rule("mirror", Claim(Total(f(x), x, Lebesgue(lo, hi)), Total(f(c - u), u, Lebesgue(c - hi, c - lo))), find=mirrors)


def even(total: Total, facts: Facts) -> Iterator[Values]:
    m = total.measure
    if not isinstance(m, Lebesgue) or m.lo != -m.hi or changes(total.body, total.x, -total.x, facts.within(total.x, m)):
        return
    if equal(exchanged(total.body, {total.x: -total.x}), total.body, facts):
        yield {x: total.x, f: function(total.x, total.body), hi: m.hi, u: fresh(Lebesgue(0, m.hi), names(total, *facts.relations))}


EVEN_INTEGRAND = Rule("even_integrand", Claim(
    Total(f(x), x, Lebesgue(-hi, hi)), 2 * Total(f(u), u, Lebesgue(0, hi)), given=(Same(f(-x), f(x)),)), find=even)  # fmt: skip

EVEN_CASES = replace(EVEN_INTEGRAND, find=lambda total, facts: even(total, facts) if contains(total.body, *CASES) else iter(()))


def shifts_of_index(total: Total, facts: Facts) -> Iterator[Values]:
    """A range that starts elsewhere than at 0, moved to 0."""
    m = total.measure
    if isinstance(m, Counting) and m.lo.is_finite and m.lo != 0:
        new = fresh(Counting(0, m.hi - m.lo), names(total, *facts.relations))
        yield {k: total.x, f: function(total.x, total.body), lo: m.lo, hi: m.hi, j: new}


SHIFT_INDEX = Rule("shift_index", Claim(
    Total(f(k), k, Counting(lo, hi)), Total(f(j + lo), j, Counting(0, hi - lo))), find=shifts_of_index)  # fmt: skip

EVEN_PARAMETER = Rule(
    "even_parameter",
    Claim(Total(f(x, t), x, M), Total(f(x, Abs(t)), x, M), given=(Same(f(x, t), f(x, -t)),)),
    kind="cited",
    source="Symmetry: |t| is t or −t",
)
EVEN_TOGETHER = Rule(
    "even_parameter_together",
    Claim(Total(f(x, t), x, Lebesgue(-hi, hi)), Total(f(x, Abs(t)), x, Lebesgue(-hi, hi)), given=(Same(f(x, t), f(-x, -t)),)),
    kind="cited",
    source="Symmetry: |t| is t or −t, and x → −x takes the range to itself",
)
