"""What holds for every total: the primitive moves that everything else rests on.

Equality is in [0, ∞]: for integrands ≥ 0 every exchange and every splitting is allowed, and ∞ is an answer. Where a sign may
change, the rule asks for finite pieces of one sign each.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from sympy import (
    Abs,
    Add,
    Derivative,
    Eq,
    Expr,
    Integer,
    Mul,
    S,
    Symbol,
    beta,
    binomial,
    cos,
    cosh,
    cot,
    coth,
    csc,
    csch,
    erf,
    erfc,
    exp,
    factorial,
    gamma,
    oo,
    pi,
    sec,
    sech,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)  # fmt: skip

from derive.algebra.cases import CASES, borders, settle
from derive.algebra.equality import equal
from derive.algebra.monomials import label
from derive.algebra.normal import REWRITES, canonical
from derive.algebra.reading import linear, pieces, read
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Finite, Rule, Same, Smooth, Tends, Values, functions
from derive.language.totals import POSITIVE, REALS, Atoms, Counting, Lebesgue, Total, fresh, names
from derive.rules.crossings import crossings
from derive.rules.letters import A, B, F, L, M, N, R, c, f, g, h, hi, hi_u, j, k, lo, lo_u, phi, r, t, u, x, y
from derive.rules.values import function, measure_values

HYPERBOLIC = (sinh, cosh, tanh, coth, sech, csch)
MOST_POINTS = 64  # a finite sum is written out up to this many terms
WIDE = 6  # a product with a sum of more terms in it is multiplied out
MOST_PLACES = 4  # an integrand is moved to so many of the places at which its sums are 0


def constant_factor_of(total: Total, facts: Facts) -> Iterator[Values]:
    """What stands as a factor free of the variable."""
    constant, rest = total.body.as_independent(total.x, as_Add=False)
    if rest != 1 and facts.negative(constant) and not facts.within(total.x, total.measure).nonnegative(rest):
        # what is nowhere negative stays so without its constant
        constant, rest = -constant, -rest
    if constant != 1 and rest != 1:
        yield {x: total.x, c: constant, f: function(total.x, rest), M: total.measure}


def hidden_constant(total: Total, facts: Facts) -> Iterator[Values]:
    """A constant factor that only the normal form shows, as e^c in e^(c + x)."""
    if isinstance(total.measure, Counting) and total.body.has(gamma, factorial, binomial, beta):
        return  # their normal form may be singular at a single integer
    form = read(total.body, total.x, facts.within(total.x, total.measure))
    if form is not None and form.coefficient != 1 and (form.powers or form.exps):
        yield {x: total.x, c: form.coefficient, f: function(total.x, form.kernel()), M: total.measure}


FACTOR = Claim(Total(c * f(x), x, M), c * Total(f(x), x, M))
CONSTANT_FACTOR = Rule("constant_factor", FACTOR, find=constant_factor_of)
HIDDEN_CONSTANT = Rule("hidden_constant", FACTOR, find=hidden_constant)


def settled(total: Total, facts: Facts) -> Iterator[Values]:
    """The integrand with the bars, cases and signs that are settled on the support written out."""
    inside = facts.within(total.x, total.measure)
    plain = total.body.replace(lambda e: isinstance(e, CASES), lambda e: settle(e, inside))
    if plain != total.body:
        yield {x: total.x, f: function(total.x, total.body), h: function(total.x, plain), M: total.measure}


def in_exponentials(total: Total, facts: Facts) -> Iterator[Values]:
    """Hyperbolic functions written with exponentials."""
    if total.body.has(*HYPERBOLIC):
        plain = canonical(total.body, facts.within(total.x, total.measure))
        yield {x: total.x, f: function(total.x, total.body), h: function(total.x, plain), M: total.measure}


def in_sines(total: Total, facts: Facts) -> Iterator[Values]:
    """Tangents and secants written with sines and cosines."""
    if total.body.has(tan, cot, sec, csc):
        plain = total.body.replace(lambda e: isinstance(e, (tan, cot, sec, csc)), lambda e: REWRITES[e.func](*e.args))
        yield {x: total.x, f: function(total.x, total.body), h: function(total.x, plain), M: total.measure}


ALGEBRA = Rule("algebra", Claim(Total(f(x), x, M), Total(h(x), x, M), given=(Same(f(x), h(x)),)), find=settled)

EXPONENTIALS = replace(ALGEBRA, find=in_exponentials)
SINES = replace(ALGEBRA, find=in_sines)


def kinks(total: Total, facts: Facts) -> Iterator[Values]:
    """Where |z|, sign z, a case of a Piecewise … changes inside the support."""
    if not isinstance(total.measure, Lebesgue) or isinstance(total.body, Add):
        return  # each term turns at places of its own
    inside = facts.within(total.x, total.measure)
    low, high = total.measure.lo, total.measure.hi
    for e in sorted(total.body.atoms(*CASES), key=str):
        for border in borders(e):
            for at in () if settled_sign(border, inside) else crossings(border, total.x, inside):
                if (low == -oo or facts.positive(at - low)) and (high == oo or facts.positive(high - at)):
                    yield {**measure_values(total), f: function(total.x, total.body), c: at}


def settled_sign(e: Expr, facts: Facts) -> bool:
    return facts.nonnegative(e) or facts.nonnegative(-e)


SPLIT_SUPPORT = Rule("split_support", Claim(Total(f(x), x, Lebesgue(lo, hi)), A + B, given=(lo <= c, c <= hi, Finite(A), Finite(B))), rests_on=(
    Claim(Total(f(x), x, Lebesgue(lo, c)), A), Claim(Total(f(x), x, Lebesgue(c, hi)), B)), find=kinks)  # fmt: skip


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
    parts, weights, _ = piece_letters(len(found))
    values = {x: total.x, M: total.measure, SIZE: Integer(len(found))}
    for part, weight, piece in zip(parts, weights, found, strict=True):
        flip = S.NegativeOne if inside.nonnegative(-piece) else S.One
        values |= {weight: flip, part: function(total.x, flip * piece)}
    yield values


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


def nothing_varies(total: Total, facts: Facts) -> Iterator[Values]:
    m = total.measure
    if isinstance(m, Lebesgue) and not total.body.has(total.x) and m.lo.is_finite and m.hi.is_finite:
        yield {**measure_values(total), c: total.body}


INTERVAL_LENGTH = Rule("interval_length", Claim(Total(c, x, Lebesgue(lo, hi)), c * (hi - lo), given=(hi >= lo,)), kind="definition",
                       find=nothing_varies, source="Lebesgue measure of an interval")  # fmt: skip


def constant_sequence(total: Total, facts: Facts) -> Iterator[Values]:
    m = total.measure
    if isinstance(m, Counting) and not total.body.has(total.x) and m.lo.is_finite and m.hi.is_finite:
        yield {k: total.x, c: total.body, lo: m.lo, hi: m.hi}


CONSTANT_SEQUENCE = Rule("constant_sequence", Claim(
    Total(c, k, Counting(lo, hi)), c * (hi - lo + 1), given=(hi - lo + 1 >= 0,)), find=constant_sequence)  # fmt: skip


def shifts(total: Total, facts: Facts) -> Iterator[Values]:
    """x → x + c, where that frees the integrand of c, brings it to the origin, or makes an exponent on the whole line even."""
    if not isinstance(total.measure, Lebesgue):
        return
    m = total.measure
    for at in shift_candidates(total):
        if at != 0 and (m != REALS and m.lo - at == 0 or simpler(total.body.xreplace({total.x: total.x + at}), at, total)):
            new = fresh(Lebesgue(m.lo - at, m.hi - at), names(total, *facts.relations))
            yield {**measure_values(total), f: function(total.x, total.body), c: at, u: new}


def simpler(moved: Expr, at: Expr, total: Total) -> bool:
    """Whether the integrand moved by `at` is free of it, has an even exponent on the whole line, or is shorter."""
    if at.free_symbols - moved.free_symbols or total.measure == REALS and has_even_exponent(moved, total.x):
        return True
    return (at.is_number or not any(e.has(total.x) for e in moved.atoms(Add))) and bool(moved.count_ops() < total.body.count_ops())


def has_even_exponent(body: Expr, v: Symbol) -> bool:
    """Whether e^(h(x²)) is a factor."""
    exponents = [e.args[0] for e in Mul.make_args(body) if isinstance(e, exp) and e.has(v)]
    return bool(exponents) and all(e.subs(v, -v) == e for e in exponents)


def shift_candidates(total: Total) -> list[Expr]:
    """Where sums in the integrand are 0; of many such places those of the most sums."""
    found = [linear(e, total.x) for e in sorted(total.body.atoms(Add), key=label)]
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
    if isinstance(m, Lebesgue) and m.lo == -m.hi and equal(total.body.subs(total.x, -total.x), total.body, facts):
        yield {x: total.x, f: function(total.x, total.body), hi: m.hi, u: fresh(Lebesgue(0, m.hi), names(total, *facts.relations))}


EVEN_INTEGRAND = Rule("even_integrand", Claim(
    Total(f(x), x, Lebesgue(-hi, hi)), 2 * Total(f(u), u, Lebesgue(0, hi)), given=(Same(f(-x), f(x)),)), find=even)  # fmt: skip

EVEN_CASES = replace(EVEN_INTEGRAND, find=lambda total, facts: even(total, facts) if total.body.has(*CASES) else iter(()))

BOTH_ENDS = (Tends(phi(x), x, lo, 1, lo_u), Tends(phi(x), x, hi, -1, hi_u))
SLOPE = Derivative(phi(x), x)

SUBSTITUTE_INCREASING = Rule("substitute_increasing", Claim(Total(f(x), x, Lebesgue(lo, hi)), Total(h(u), u, Lebesgue(lo_u, hi_u)), given=(
    Smooth(phi(x), x), SLOPE > 0, Same(f(x), h(phi(x)) * SLOPE), *BOTH_ENDS)))  # fmt: skip
SUBSTITUTE_DECREASING = Rule("substitute_decreasing", Claim(Total(f(x), x, Lebesgue(lo, hi)), Total(h(u), u, Lebesgue(hi_u, lo_u)), given=(
    Smooth(phi(x), x), SLOPE < 0, Same(f(x), -h(phi(x)) * SLOPE), *BOTH_ENDS)))  # fmt: skip

ANTIDERIVATIVE = Rule("antiderivative", Claim(Total(f(x), x, Lebesgue(lo, hi)), B - A, given=(
    f(x) >= 0, Smooth(F(x), x), Same(Derivative(F(x), x), f(x)), Tends(F(x), x, lo, 1, A), Tends(F(x), x, hi, -1, B),
    Finite(A), Finite(B))))  # fmt: skip

G_SLOPE = Derivative(g(x), x)
BY_PARTS = Rule("by_parts", Claim(Total(f(x) * g(x), x, Lebesgue(lo, hi)), B - A - c, given=(
    f(x) * g(x) >= 0, Smooth(F(x), x), Smooth(g(x), x), Same(Derivative(F(x), x), f(x)),
    Tends(F(x) * g(x), x, lo, 1, A), Tends(F(x) * g(x), x, hi, -1, B), Finite(A), Finite(B), Finite(c))),
    rests_on=(Claim(Total(F(x) * G_SLOPE, x, Lebesgue(lo, hi)), c),))  # fmt: skip


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


def bounded_waves(total: Total, facts: Facts) -> Iterator[Values]:
    """Sums of sines and cosines on a bounded interval: F and a bound for |f|."""
    m, v = total.measure, total.x
    if not isinstance(m, Lebesgue) or m.lo.is_infinite or m.hi.is_infinite or not total.body.has(sin, cos):
        return
    whole, size = [], S.Zero
    for part in Add.make_args(total.body):
        constant, wave = part.as_independent(v, as_Add=False)
        slope = linear(wave.args[0], v) if isinstance(wave, (sin, cos)) else None
        size += Abs(constant)
        if wave == 1:
            whole.append(constant * v)
        elif slope is None:
            return
        else:
            whole.append(constant * (sin(wave.args[0]) if isinstance(wave, cos) else -cos(wave.args[0])) / slope[0])
    yield {**measure_values(total), f: function(v, total.body), F: function(v, Add(*whole)), c: size}


BOUNDED_ANTIDERIVATIVE = Rule("bounded_antiderivative", Claim(Total(f(x), x, Lebesgue(lo, hi)), F(hi) - F(lo), given=(
    Finite(lo), Finite(hi), hi >= lo, c - f(x) >= 0, c + f(x) >= 0, Smooth(F(x), x), Same(Derivative(F(x), x), f(x)),
    Tends(F(x), x, lo, 1, F(lo)), Tends(F(x), x, hi, -1, F(hi)))), find=bounded_waves)  # fmt: skip

VALUE = Rule("value", Claim(L, R, given=(Same(L, R),)))
HYPOTHESIS = Rule("hypothesis", Claim(L, R, given=(Eq(L, R, evaluate=False),)))

PRODUCT_OF_INTEGRALS = Rule("product_of_integrals", Claim(
    Total(f(x), x, M) * Total(g(y), y, N), Total(Total(f(x) * g(y), y, N), x, M), given=(f(x) >= 0, g(y) >= 0)))  # fmt: skip
POLAR_COORDINATES = Rule("polar_coordinates", Claim(
    Total(Total(f(x, y), y, REALS), x, REALS), Total(Total(r * f(r * cos(t), r * sin(t)), r, POSITIVE), t, Lebesgue(0, 2 * pi)),
    given=(f(x, y) >= 0,)), source="Jacobian of (x, y) = (r cos t, r sin t)")  # fmt: skip
TONELLI = Rule("tonelli", Claim(
    Total(Total(f(x, y), y, N), x, M), Total(Total(f(x, y), x, M), y, N), given=(f(x, y) >= 0,)),
    source="Tonelli's theorem (Rudin, Real and Complex Analysis, 8.8)")  # fmt: skip
POSITIVE_ROOT = Rule("positive_root", Claim(L, sqrt(R), given=(L >= 0,)), rests_on=(Claim(L**2, R),))


def shifts_of_index(total: Total, facts: Facts) -> Iterator[Values]:
    """A range that starts elsewhere than at 0, moved to 0."""
    m = total.measure
    if isinstance(m, Counting) and m.lo.is_finite and m.lo != 0:
        new = fresh(Counting(0, m.hi - m.lo), names(total, *facts.relations))
        yield {k: total.x, f: function(total.x, total.body), lo: m.lo, hi: m.hi, j: new}


SHIFT_INDEX = Rule("shift_index", Claim(
    Total(f(k), k, Counting(lo, hi)), Total(f(j + lo), j, Counting(0, hi - lo))), find=shifts_of_index)  # fmt: skip
