"""What holds for every total: the primitive moves that everything else rests on.

Equality is in [0, ∞]: for integrands ≥ 0 every exchange and every splitting is allowed, and ∞ is an answer. Where a sign may
change, the rule asks for finite pieces of one sign each.
"""

from collections.abc import Iterator
from dataclasses import replace

from sympy import (
    Abs,
    Add,
    Derivative,
    Eq,
    Expr,
    Mul,
    S,
    acot,
    atan,
    beta,
    binomial,
    cos,
    cosh,
    cot,
    coth,
    csc,
    csch,
    exp,
    factorial,
    gamma,
    log,
    pi,
    sec,
    sech,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)

from derive.algebra.cases import CASES, settle
from derive.algebra.normal import canonical
from derive.algebra.reading import linear, read
from derive.algebra.rewrites import REWRITES
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Finite, Rule, Same, Smooth, Tends, Values
from derive.language.parts import contains, every, factors_free_of
from derive.language.totals import POSITIVE, REALS, Counting, Lebesgue, Total
from derive.rules.letters import A, B, F, L, M, N, R, c, f, g, h, hi, hi_u, k, lo, lo_u, phi, r, t, u, x, y
from derive.rules.values import function, measure_values

HYPERBOLIC = (sinh, cosh, tanh, coth, sech, csch)


def constant_factor_of(total: Total, facts: Facts) -> Iterator[Values]:
    """What stands as a factor free of the variable."""
    constant, rest = factors_free_of(total.body, [total.x])
    if constant != 1 and rest != 1 and facts.negative(constant) and not facts.within(total.x, total.measure).nonnegative(rest):
        # what is nowhere negative stays so without its constant
        constant, rest = -constant, -rest
    if constant not in (0, 1) and rest != 1:
        yield {x: total.x, c: constant, f: function(total.x, rest), M: total.measure}


def hidden_constant(total: Total, facts: Facts) -> Iterator[Values]:
    """A constant factor that only the normal form shows, as e^c in e^(c + x)."""
    if isinstance(total.measure, Counting) and contains(total.body, gamma, factorial, binomial, beta):
        return  # their normal form may be singular at a single integer
    sign = next((f_ for f_ in Mul.make_args(total.body) if f_.is_Pow and f_.base == -1 and f_.has(total.x)), None)
    start = S.Zero if sign is None else sign.exp.subs(total.x, 0)
    if sign is not None and start != 0 and start.is_integer:  # (−1)^(k + 1) = −(−1)^k
        rest = total.body / sign * S.NegativeOne ** (sign.exp - start)
        yield {x: total.x, c: S.NegativeOne**start, f: function(total.x, rest), M: total.measure}
        return
    form = read(total.body, total.x, facts.within(total.x, total.measure))
    if form is not None and form.coefficient != 1 and (form.powers or form.exps):
        yield {x: total.x, c: form.coefficient, f: function(total.x, form.kernel()), M: total.measure}


FACTOR = Claim(Total(c * f(x), x, M), c * Total(f(x), x, M))
CONSTANT_FACTOR = Rule("constant_factor", FACTOR, find=constant_factor_of)
HIDDEN_CONSTANT = Rule("hidden_constant", FACTOR, find=hidden_constant)


def settled(total: Total, facts: Facts) -> Iterator[Values]:
    """The integrand with the bars, cases and signs that are settled on the support written out, and acot z = atan(1/z) for z > 0."""
    if not contains(total.body, *CASES, acot):
        return
    inside = facts.within(total.x, total.measure)
    plain = total.body.replace(lambda e: isinstance(e, CASES), lambda e: settle(e, inside))
    plain = plain.replace(lambda e: isinstance(e, acot) and inside.positive(e.args[0]), lambda e: atan(1 / e.args[0]))
    if plain != total.body:
        yield {x: total.x, f: function(total.x, total.body), h: function(total.x, plain), M: total.measure}


def in_exponentials(total: Total, facts: Facts) -> Iterator[Values]:
    """Hyperbolic functions written with exponentials."""
    if contains(total.body, *HYPERBOLIC):
        plain = canonical(total.body, facts.within(total.x, total.measure))
        yield {x: total.x, f: function(total.x, total.body), h: function(total.x, plain), M: total.measure}


def in_sines(total: Total, facts: Facts) -> Iterator[Values]:
    """Tangents and secants written with sines and cosines."""
    if contains(total.body, tan, cot, sec, csc):
        plain = total.body.replace(lambda e: isinstance(e, (tan, cot, sec, csc)), lambda e: REWRITES[e.func](*e.args))
        yield {x: total.x, f: function(total.x, total.body), h: function(total.x, plain), M: total.measure}


ALGEBRA = Rule("algebra", Claim(Total(f(x), x, M), Total(h(x), x, M), given=(Same(f(x), h(x)),)), find=settled)


def logs_of_tanh(total: Total, facts: Facts) -> Iterator[Values]:
    """log coth z and −log tanh z as two logarithms."""
    parts: dict[Expr, Expr] = {}
    for e in every(total.body, log):
        if isinstance(e.args[0], (coth, tanh)):
            fades, flip = exp(-2 * e.args[0].args[0]), 1 if isinstance(e.args[0], coth) else -1
            parts[e] = flip * (log(1 + fades) - log(1 - fades))
    if parts:
        yield {x: total.x, f: function(total.x, total.body), h: function(total.x, total.body.xreplace(parts).expand()), M: total.measure}


LOGS_OF_TANH = replace(ALGEBRA, find=logs_of_tanh)
EXPONENTIALS = replace(ALGEBRA, find=in_exponentials)
SINES = replace(ALGEBRA, find=in_sines)


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


def bounded_waves(total: Total, facts: Facts) -> Iterator[Values]:
    """Sums of sines and cosines on a bounded interval: F and a bound for |f|."""
    m, v = total.measure, total.x
    if not isinstance(m, Lebesgue) or m.lo.is_infinite or m.hi.is_infinite or not contains(total.body, sin, cos):
        return
    whole, size = [], S.Zero
    for part in Add.make_args(total.body):
        constant, wave = factors_free_of(part, [v])
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
