"""A total taken apart: its integrand term by term, its support where the integrand turns, a few points one by one."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Abs, Add, Expr, Integer, Max, Min, Mul, S, Symbol, cos, erf, erfc, oo, sin, tanh

from derive.algebra.cases import CASES, borders
from derive.algebra.equality import equal
from derive.algebra.normal import canonical
from derive.algebra.reading import pieces
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Finite, Rule, Same, Values, functions
from derive.language.parts import every, factors_free_of
from derive.language.totals import Atoms, Counting, Lebesgue, Total
from derive.rules.crossings import crossings
from derive.rules.letters import A, B, M, c, f, g, hi, k, lo, x
from derive.rules.values import function, measure_values

MOST_POINTS = 64  # a finite sum is written out up to this many terms
WIDE = 6  # a product with a sum of more terms in it is multiplied out


def kinks(total: Total, facts: Facts) -> Iterator[Values]:
    """Where |z|, sign z, a case of a Piecewise … changes inside the support."""
    if not isinstance(total.measure, Lebesgue) or isinstance(total.body, Add):
        return  # each term turns at places of its own
    inside = facts.within(total.x, total.measure)
    low, high = total.measure.lo, total.measure.hi
    for e in sorted(every(total.body, *CASES), key=str):
        for border in borders(e):
            for at in () if settled_sign(border, inside) else crossings(border, total.x, inside):
                if (low == -oo or facts.positive(at - low)) and (high == oo or facts.positive(high - at)):
                    yield {**measure_values(total), f: function(total.x, total.body), c: at}


def settled_sign(e: Expr, facts: Facts) -> bool:
    return facts.nonnegative(e) or facts.nonnegative(-e)


SPLIT_SUPPORT = Rule("split_support", Claim(Total(f(x), x, Lebesgue(lo, hi)), A + B, given=(lo <= c, c <= hi, Finite(A), Finite(B))), rests_on=(
    Claim(Total(f(x), x, Lebesgue(lo, c)), A), Claim(Total(f(x), x, Lebesgue(c, hi)), B)), find=kinks)  # fmt: skip


def kinks_beyond(total: Total, facts: Facts) -> Iterator[Values]:
    """Where the integrand changes, on a half line that may begin on either side of that place."""
    m = total.measure
    if not isinstance(m, Lebesgue) or (m.lo == -oo) == (m.hi == oo) or isinstance(total.body, Add):
        return
    end = m.hi if m.lo == -oo else m.lo
    for e in sorted(every(total.body, *CASES), key=str):
        for border in borders(e):
            for at in crossings(border, total.x, facts.within(total.x, m)):
                if not settled_sign(at - end, facts):
                    yield {**measure_values(total), f: function(total.x, total.body), c: at}


SPLIT_ANYWHERE = Rule("split_anywhere", Claim(Total(f(x), x, Lebesgue(lo, hi)), A + B, given=(lo <= hi, Finite(A), Finite(B))), rests_on=(
    Claim(Total(f(x), x, Lebesgue(Min(lo, c), Min(hi, c))), A), Claim(Total(f(x), x, Lebesgue(Max(lo, c), Max(hi, c))), B)), kind="cited",
    find=kinks_beyond, source="x < c on the part of the range to min(hi, c), x > c on the rest")  # fmt: skip


def sum_of_pieces(n: int) -> tuple[Claim, tuple[Claim, ...]]:
    """∫ Σ cᵢ fᵢ = Σ cᵢ Aᵢ with ∫ fᵢ = Aᵢ, for fᵢ ≥ 0 with finite totals and any real cᵢ."""
    parts, weights, values = piece_letters(n)
    body = Add(*(w * part(x) for w, part in zip(weights, parts, strict=True)))
    given = tuple(p(x) >= 0 for p in parts) + tuple(Finite(v) for v in values)
    says = Claim(Total(body, x, M), Add(*(w * v for w, v in zip(weights, values, strict=True))), given=given)
    return says, tuple(Claim(Total(p(x), x, M), v) for p, v in zip(parts, values, strict=True))


def piece_letters(n: int) -> tuple:
    return (functions(*(f"f{i}" for i in range(1, n + 1))), [Symbol(f"c{i}", real=True) for i in range(1, n + 1)],
            [Symbol(f"A{i}", real=True) for i in range(1, n + 1)])  # fmt: skip


def terms_of(total: Total, facts: Facts) -> Iterator[Values]:
    """The terms of the integrand, each with its sign taken out."""
    inside = facts.within(total.x, total.measure)
    found = list(total.body.args) if isinstance(total.body, Add) else pieces(total.body, inside)
    if not found:
        return
    weighed = gathered([weighed_piece(piece, total.x, inside) for piece in found])
    parts, weights, _ = piece_letters(len(weighed))
    values = {x: total.x, M: total.measure, SIZE: Integer(len(weighed))}
    for part, weight, (constant, rest) in zip(parts, weights, weighed, strict=True):
        values |= {weight: constant, part: function(total.x, rest)}
    yield values


def weighed_piece(piece: Expr, v: Symbol, inside: Facts) -> tuple[Expr, Expr]:
    """The weight of a piece and what it weighs: its sign, or where that is not known the factor free of the variable."""
    if inside.nonnegative(-piece):
        return S.NegativeOne, -piece
    constant, rest = factors_free_of(piece, [v])
    if constant == 1 or rest == 1 or inside.nonnegative(constant) or inside.nonnegative(-constant):
        return S.One, piece
    return (-constant, -rest) if inside.nonnegative(-rest) else (constant, rest)


def gathered(weighed: list[tuple[Expr, Expr]]) -> list[tuple[Expr, Expr]]:
    """Pieces that weigh the same thing as one, where that leaves more than one."""
    sums: dict[Expr, Expr] = {}
    for constant, rest in weighed:
        sums[rest] = sums.get(rest, S.Zero) + constant
    return [(constant, rest) for rest, constant in sums.items()] if 1 < len(sums) < len(weighed) else weighed


def written_terms(total: Total, facts: Facts) -> Iterator[Values]:
    """The terms of a sum, or of a product with a wide sum in it: a rule that takes it as a whole looks at each of them, and few find
    anything for all at once."""
    if isinstance(total.body, Add) or any(isinstance(a, Add) and len(a.args) > WIDE for a in Mul.make_args(total.body)):
        yield from terms_of(total, facts)


def terms_beside_tails(total: Total, facts: Facts) -> Iterator[Values]:
    """The terms f h of f (g + h) as they are written, where the normal form would take erfc apart into pieces without a finite total."""
    sums = [e for e in total.body.args if isinstance(e, Add) and e.has(erfc) and e.has(total.x)]
    if len(sums) == 1 and total.body.is_Mul:
        body = Add(*(total.body / sums[0] * part for part in sums[0].args))
        yield from terms_of(Total(body, total.x, total.measure), facts)


ADD_PIECES = Rule("add_pieces", sum_of_pieces(2)[0], rests_on=sum_of_pieces(2)[1], schema=sum_of_pieces, find=terms_of)
ADD_TERMS = replace(ADD_PIECES, find=written_terms)
ADD_WRITTEN = replace(ADD_PIECES, find=terms_beside_tails)


def finite_sum(n: int) -> tuple[Claim, tuple[Claim, ...]]:
    points = [Symbol(f"x{i}") for i in range(1, n + 1)]
    return Claim(Total(f(x), x, Atoms(*points)), Add(*(f(q) for q in points))), ()


def few_points(total: Total, facts: Facts) -> Iterator[Values]:
    if isinstance(total.measure, Atoms) and len(total.measure.points) <= MOST_POINTS:
        points = {Symbol(f"x{i}"): q for i, q in enumerate(total.measure.points, 1)}
        yield {x: total.x, f: function(total.x, total.body), SIZE: Integer(len(points)), **points}


FINITE_SUM = Rule("finite_sum", finite_sum(2)[0], schema=finite_sum, find=few_points)


def short_range(n: int) -> tuple[Claim, tuple[Claim, ...]]:
    return Claim(Total(f(k), k, Counting(lo, lo + n - 1)), Add(*(f(lo + i) for i in range(n)))), ()


def few_integers(total: Total, facts: Facts) -> Iterator[Values]:
    m = total.measure
    if isinstance(m, Counting) and (m.hi - m.lo).is_Integer and 0 <= m.hi - m.lo < MOST_POINTS:
        yield {k: total.x, f: function(total.x, total.body), lo: m.lo, SIZE: m.hi - m.lo + 1}


SHORT_RANGE = Rule("short_range", short_range(2)[0], schema=short_range, find=few_integers)


def odd_pieces(total: Total, facts: Facts) -> Iterator[Values]:
    """f + g on a symmetric interval with g odd and |g| ≤ c f."""
    m = total.measure
    if not (isinstance(m, Lebesgue) and m.lo == -m.hi):
        return
    inside = facts.within(total.x, m)
    parts = pieces(total.body, inside, 8) or []
    odd = [part for part in parts if equal(part.subs(total.x, -total.x), -part, facts)]
    if not odd or len(odd) == len(parts):
        return
    rest = Add(*(part for part in parts if part not in odd))
    for bound in (amplitude(Add(*odd), rest, inside), S.One):  # 1 will do where f + g, and with it f − g, is nowhere negative
        if bound is None:
            continue
        yield {x: total.x, f: function(total.x, rest), g: function(total.x, Add(*odd)), c: bound, hi: m.hi}


def amplitude(odd: Expr, rest: Expr, facts: Facts) -> Expr | None:
    """A constant c with |odd| ≤ c · rest, where the quotient is made of functions between −1 and 1."""
    quotient = canonical(odd / rest, facts)
    waves = quotient.atoms(sin, cos, tanh, erf)
    size = Abs(quotient.subs(dict.fromkeys(waves, 1), simultaneous=True)) if waves else None
    return size if size is not None and size.is_number | (not size.atoms(Symbol) & waves) else None


ODD_PART = Rule("odd_part", Claim(Total(f(x) + g(x), x, Lebesgue(-hi, hi)), A, given=(
    Same(g(-x), -g(x)), f(x) >= 0, c * f(x) - g(x) >= 0, c * f(x) + g(x) >= 0, Finite(A))),
    rests_on=(Claim(Total(f(x), x, Lebesgue(-hi, hi)), A),), find=odd_pieces)  # fmt: skip
