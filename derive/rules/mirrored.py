"""Series that are half of one over all integers, and such series over all integers that have a closed form; harmonic weights."""

from collections.abc import Iterator

from sympy import Add, Expr, Integer, Ne, S, Symbol, harmonic, log, oo, pi, sin, sinh, zeta

from derive.algebra.equality import equal
from derive.algebra.reading import bare, linear
from derive.algebra.rough import changes
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Finite, Rule, Same, Values
from derive.language.parts import contains, exchanged
from derive.language.totals import Counting, Total
from derive.rules.letters import A, f, j, k
from derive.rules.ranges import new_index
from derive.rules.terms import ratio_of
from derive.rules.values import function

a = Symbol("a", positive=True)
v = Symbol("v", real=True)
z = Symbol("z", positive=True)
m = Symbol("m", integer=True)
n = Symbol("n", integer=True, positive=True)
INTEGERS, FROM_ONE = Counting(-oo, oo), Counting(1, oo)
MOST_POWER = 12  # of k below a harmonic number


def about_a_half(total: Total, facts: Facts) -> Iterator[Values]:
    """Terms from m on that are symmetric about m − ½, as (k + ½)² is from 0 on."""
    at = total.measure
    if not isinstance(at, Counting) or at.hi is not oo or at.lo.is_infinite:
        return
    turned = 2 * at.lo - 1 - total.x
    if changes(total.body, total.x, turned, facts.within(total.x, at)):
        return
    if equal(exchanged(total.body, {total.x: turned}), total.body, facts):
        yield {k: total.x, f: function(total.x, total.body), m: at.lo, j: new_index(total, facts, INTEGERS)}


HALF_OF_SYMMETRIC = Rule(
    "half_of_symmetric",
    Claim(Total(f(k), k, Counting(m, oo)), A / 2, given=(Same(f(2 * m - 1 - k), f(k)), Finite(A), f(k) >= 0)),
    rests_on=(Claim(Total(f(j), j, INTEGERS), A),),
    find=about_a_half,
)


def inverse_squares(total: Total, facts: Facts) -> Iterator[Values]:
    """(k + v)^(−2) over all integers."""
    form = bare(total, facts) if total.measure == INTEGERS else None
    if form is not None and not form.exps and list(form.powers.values()) == [-2]:
        found = linear(next(iter(form.powers)), total.x)
        if found is not None:
            yield {k: total.x, a: found[0], v: found[1]}


INVERSE_SQUARES = Rule(
    "inverse_squares_on_the_line",
    Claim(Total((a * k + v) ** (-2), k, INTEGERS), (pi / (a * sin(pi * v / a))) ** 2, given=(Ne(sin(pi * v / a), 0),)),
    kind="cited",
    find=inverse_squares,
    source="DLMF 4.22.4",
)


def log_of_product(total: Total, facts: Facts) -> Iterator[Values]:
    """log(1 + a²/k²) from 1."""
    if total.measure == FROM_ONE and isinstance(total.body, log):
        square = ((total.body.args[0] - 1) * total.x**2).expand()
        if not square.has(total.x):
            yield {k: total.x, a: square**S.Half}


LOG_OF_PRODUCT = Rule(
    "log_of_infinite_product",
    Claim(Total(log(1 + a**2 / k**2), k, FROM_ONE), log(sinh(pi * a) / (pi * a))),
    kind="cited",
    find=log_of_product,
    source="DLMF 4.36.1",
)


def harmonic_weights(total: Total) -> Expr | None:
    """What stands beside H_k."""
    here = contains(total.body, harmonic) and isinstance(total.measure, Counting) and total.measure.lo == 1
    rest = total.body / harmonic(total.x) if here else None
    return None if rest is None or rest.has(harmonic) else rest


def harmonic_series(total: Total, facts: Facts) -> Iterator[Values]:
    """H_k z^k."""
    rest = harmonic_weights(total) if total.measure == FROM_ONE else None
    ratio = ratio_of(rest, total.x, facts.within(total.x, total.measure)) if rest is not None else None
    if rest is not None and ratio is not None and not ratio.upper and not ratio.lower and rest.subs(total.x, 0) == 1 and ratio.z != 1:
        yield {k: total.x, z: ratio.z}


def harmonic_sum(total: Total, facts: Facts) -> Iterator[Values]:
    """H_k up to n."""
    if harmonic_weights(total) == 1 and total.measure.hi is not oo:
        yield {k: total.x, n: total.measure.hi}


HARMONIC_SERIES = Rule(
    "harmonic_number_series",
    Claim(Total(harmonic(k) * z**k, k, FROM_ONE), -log(1 - z) / (1 - z), given=(z < 1,)),
    kind="cited",
    find=harmonic_series,
    source="Graham-Knuth-Patashnik, Concrete Mathematics, (7.43)",
)
HARMONIC_SUM = Rule(
    "harmonic_number_sum",
    Claim(Total(harmonic(k), k, Counting(1, n)), (n + 1) * harmonic(n) - n),
    kind="cited",
    find=harmonic_sum,
    source="Graham-Knuth-Patashnik, Concrete Mathematics, (6.67)",
)


def euler_sum(order: int) -> tuple[Claim, tuple[Claim, ...]]:
    """Σ H_k/k^m = (1 + m/2) ζ(m + 1) − ½ Σ ζ(j + 1) ζ(m − j) for j = 1, …, m − 2."""
    m_ = Integer(order)
    products = Add(*(zeta(i + 1) * zeta(m_ - i) for i in range(1, int(order) - 1)))
    return Claim(Total(harmonic(k) * k**-m_, k, FROM_ONE), (1 + m_ / 2) * zeta(m_ + 1) - products / 2), ()


def harmonic_over_power(total: Total, facts: Facts) -> Iterator[Values]:
    """H_k/k^m with a whole m ≥ 2."""
    rest = harmonic_weights(total) if total.measure == FROM_ONE else None
    base, n_ = rest.as_base_exp() if rest is not None else (S.Zero, S.Zero)
    if base == total.x and n_.is_Integer and -MOST_POWER <= n_ <= -2:
        yield {k: total.x, SIZE: -n_}


HARMONIC_OVER_POWER = Rule(
    "harmonic_number_over_power",
    euler_sum(2)[0],
    schema=euler_sum,
    kind="cited",
    find=harmonic_over_power,
    source="Euler 1775; Borwein-Borwein-Girgensohn, Proc. Edinburgh Math. Soc. 38 (1995) 277",
)
