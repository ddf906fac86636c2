"""Where a density is largest: the zero of its score, where the score changes its sign there from + to − and nowhere else."""

from __future__ import annotations

from dataclasses import replace

from sympy import Abs, Add, Expr, Gt, Mul, S, asinh, atan, cosh, erf, exp, floor, log, oo, sinh, sqrt, tanh
from sympy.logic.boolalg import Boolean

from derive.algebra.limits import limit
from derive.algebra.monomials import TooLarge, rebuild_mono, rebuild_term
from derive.algebra.normal import multiplied_out, terms
from derive.algebra.reading import inverse, linear, next_over_this
from derive.algebra.signs import Facts
from derive.families.forms import N
from derive.language.claims import PROVED
from derive.language.parts import factors_free_of
from derive.language.problem import Moment
from derive.language.totals import Counting, Lebesgue
from derive.moments.law import Law
from derive.moments.neat import above_zero, neat

SCORE = "the score is positive before it and negative after it"
FALLING = "the density only falls from there on"
EVEN, ODD = (Abs, cosh), (sinh, tanh, asinh, atan, erf)  # that rise on (0, ∞)
RATIO = "p(k + 1)/p(k) falls below 1 there, and stays below"


def mode(law: Law) -> Moment | None:
    """The mode of a density with one peak, where the score is simple enough to show it."""
    found = peak(law.counted)
    return found and replace(found, value=neat(law.origin + found.value, law.facts.and_(*found.conditions)))


def peak(law: Law) -> Moment | None:
    """The mode of a law that is counted from where its kernel is simple."""
    try:
        if isinstance(law.measure, Counting):
            return of_sequence(law) or (at_cusp(law) if law.center is not None and law.center.is_integer else None)
        return at_cusp(law) or of_density(law) if isinstance(law.measure, Lebesgue) else None
    except TooLarge:
        return None


def of_density(law: Law) -> Moment | None:
    parts = score(law)
    if parts is None:
        return None
    if falls_from_zero(law, parts):
        return Moment("mode", S.Zero, (), PROVED, SCORE)
    if len(parts) == 1:
        ((function, a),) = parts.items()
        inside = law.facts.within(law.x, law.measure)
        if inside.positive(function / law.x) and not inside.positive(function):
            return between(law, {law.x: a, S.One: S.Zero})
        return at_end(law, parts)
    if len(parts) == 2:
        return between(law, parts)
    return quadratic(law, parts) if len(parts) == 3 else None


def falls_from_zero(law: Law, parts: dict[Expr, Expr]) -> bool:
    """Whether the score is −Σ A h with A > 0 and each h of the sign of x, as in −x − x³."""
    x, facts = law.x, law.facts.within(law.x, law.measure)

    def has_its_sign(h: Expr) -> bool:
        base, n = (h / x).as_base_exp()
        return base == x and bool(n.is_even) and bool(n.is_positive) or facts.positive(h / x)

    lo, hi = law.measure.args
    around = (hi is oo or law.facts.positive(hi)) and (lo == -oo or law.facts.negative(lo))
    return around and bool(parts) and all(law.facts.negative(c) and has_its_sign(h) for h, c in parts.items())


def score(law: Law) -> dict[Expr, Expr] | None:
    """The score times the (positive) bases of g's powers, as coefficients of functions of x: {x: −b, 1: a − 1}."""
    x, form = law.x, law.form
    if form is None or not all(law.facts.within(x, law.measure).positive(b) for b in form.powers):
        return None
    bases = list(form.powers)
    by = Mul(*bases)
    pieces = [e * b.diff(x) * Mul(*(c for c in bases if c != b)) for b, e in form.powers.items()]
    pieces += [eta * t.diff(x) * by for t, eta in form.exps.items()]
    found: dict[Expr, Expr] = {}
    facts = law.facts.within(x, law.measure)
    for mono, c in multiplied_out(terms(Add(*pieces), facts), facts).items():
        free, function = factors_free_of(rebuild_term(c, mono), [x])
        found[function] = found.get(function, S.Zero) + free
    return {function: c for function, c in found.items() if neat(c, law.facts) != 0}


def between(law: Law, parts: dict[Expr, Expr]) -> Moment | None:
    """score ∝ A h + B with h monotone: one zero, a peak where A h + B is > 0 at the lower end and < 0 at the upper one."""
    x, inside = law.x, law.facts.within(law.x, law.measure)
    (f, a), (g, b) = parts.items()
    if not (inside.positive(f) and inside.positive(g)):
        if inside.positive(f):
            (f, a), (g, b) = (g, b), (f, a)  # the one that may change its sign is divided by the one that does not
        elif not inside.positive(g):
            return None
    h = rebuild_ratio(f / g, law)
    if law.facts.positive(-h.as_base_exp()[1]) and h.as_base_exp()[0] == x:
        a, b, h = b, a, 1 / h
    if not monotone(h, law):
        return None
    conditions = []
    for end, side in ((law.measure.lo, 1), (law.measure.hi, -1)):
        needed = sign_at(a, b, limit(h, x, end, side, law.facts), side, law)
        if needed is None or needed is S.false or law.facts.contradicts(needed):
            return None
        conditions += [] if law.facts.follows(needed) else [needed]
    facts = law.facts.and_(*conditions)
    at = inverse(h, x, neat(-b / a, facts), facts.and_(Gt(-b / a, 0))) if h != x else -b / a
    return Moment("mode", neat(at, facts), tuple(conditions), PROVED, SCORE) if at is not None else None


def rebuild_ratio(e: Expr, law: Law) -> Expr:
    """A quotient of two functions of x as one."""
    (mono,) = terms(e, law.facts.within(law.x, law.measure))
    return rebuild_mono(mono)


def monotone(h: Expr, law: Law) -> bool:
    """Whether h is x^p, e^(c x) or log x: such a function takes each value once."""
    base, p = h.as_base_exp()
    if isinstance(h, exp):
        return linear(h.exp, law.x) is not None
    if h == log(law.x):
        return True
    return base == law.x and not p.has(law.x) and (p == 1 or law.facts.within(law.x, law.measure).positive(base))


def sign_at(a: Expr, b: Expr, h: Expr | None, side: int, law: Law) -> Boolean | None:
    """The condition that a h + b has the sign `side` where h has this limit."""
    if h is None or h is S.NaN:
        return None
    value = side * (a * S(1 if h == oo else -1) if h.is_infinite else a * h + b)
    value = neat(value, law.facts)
    if law.facts.positive(value):
        return S.true
    if value.is_number:
        return S.false if not value.is_positive else S.true
    return above_zero(value, law.facts)


def quadratic(law: Law, parts: dict[Expr, Expr]) -> Moment | None:
    """score ∝ −A x² + B x + C with A, C > 0 on (0, ∞): one positive zero, the peak."""
    x, facts = law.x, law.facts
    low = next((f for f in parts if set(parts) == {f * x**2, f * x, f}), None)
    if low is None or law.measure != Lebesgue(0, oo):
        return None
    a, b, c = -parts[low * x**2], parts[low * x], parts[low]
    if not (facts.positive(a) and facts.positive(c)):
        return None
    return Moment("mode", neat((b + sqrt(neat(b**2 + 4 * a * c, facts))) / (2 * a), facts), (), PROVED, SCORE)


def at_end(law: Law, parts: dict[Expr, Expr]) -> Moment | None:
    """A score of one sign: the density is largest at an end, if it is finite there."""
    ((function, a),) = parts.items()
    inside = law.facts.within(law.x, law.measure)
    for end, side in ((law.measure.lo, 1), (law.measure.hi, -1)):
        if end.is_finite is not False and inside.positive(-side * a * function):
            top = limit(law.kernel, law.x, end, side, law.facts)
            if top is not None and not top.is_infinite:
                return Moment("mode", end, (), PROVED, FALLING)
    return None


def at_cusp(law: Law) -> Moment | None:
    """exp(−b h(x − μ)^p) with h even, or odd under an even p, and rising on (0, ∞), as in exp(−b |x − μ|^p): the peak is at μ."""
    form = law.form
    if form is None or form.powers or len(form.exps) != 1 or law.center is None:
        return None
    ((statistic, eta),) = form.exps.items()
    base, p = statistic.as_base_exp()
    if not isinstance(base, EVEN) and not (isinstance(base, ODD) and p.is_even):
        return None
    line = linear(base.args[0], law.x)
    if line is None or neat(line[0] * law.center + line[1], law.facts) != 0 or not (law.facts.positive(p) and law.facts.positive(-eta)):
        return None
    return Moment("mode", law.center, (), PROVED, "the density falls on both sides of it")


def of_sequence(law: Law) -> Moment | None:
    """p(k + 1)/p(k) ≥ 1 exactly where k ≤ r: the mode is floor(r + 1)."""
    k, m, facts = law.x, law.measure, law.facts
    if m.lo.is_infinite:
        return None
    length = m.hi if m.hi.is_infinite else m.hi - m.lo
    inside = facts.within(N, Counting(0, length))
    ratio = next_over_this(law.kernel.xreplace({k: N + m.lo}), N, inside)
    ratio = without_power(ratio, inside) if ratio is not None else None
    if ratio is None or not ratio.is_rational_function(N):
        return None
    above, below = ratio.as_numer_denom()
    if not inside.positive(below.xreplace({N: N})) and not inside.positive(ratio):
        return None
    excess: dict[Expr, Expr] = {}
    for mono, c in multiplied_out(terms(above - below, inside), inside).items():
        free, function = factors_free_of(rebuild_term(c, mono), [N])
        excess[function] = excess.get(function, S.Zero) + free
    if not set(excess) <= {N, S.One} or not inside.positive(below):
        return None
    a, b = excess.get(N, S.Zero), excess.get(S.One, S.Zero)
    return last_rise(law, a, b)


def without_power(ratio: Expr, facts: Facts) -> Expr:
    """(k/(k + 1))^s as k/(k + 1), which is above 1 where that power is."""
    powers = {f.as_base_exp()[1] for f in Mul.make_args(ratio)}
    common = next((s for p in powers for s in (p, -p) if powers <= {s, -s} and facts.positive(s)), S.One)
    if common == 1 or common.has(N) or not all(facts.positive(f.as_base_exp()[0]) for f in Mul.make_args(ratio)):
        return ratio
    return Mul(*(f.as_base_exp()[0] ** (f.as_base_exp()[1] / common) for f in Mul.make_args(ratio)))


def last_rise(law: Law, a: Expr, b: Expr) -> Moment | None:
    """The mode where g(n + 1) − g(n) has the sign of a n + b."""
    known = law.facts
    if known.nonnegative(-a) and known.negative(b):
        return Moment("mode", law.measure.lo, (), PROVED, "the probabilities only fall from there on")
    if known.nonnegative(a) and known.positive(b) and law.measure.hi.is_finite is not False:
        return Moment("mode", law.measure.hi, (), PROVED, "the probabilities only rise up to there")
    if not known.positive(-a):
        return None
    top = neat(b / -a + 1, known)
    if not known.nonnegative(top) or not (law.measure.hi == oo or known.nonnegative(law.measure.hi - law.measure.lo + 1 - top)):
        return None
    return Moment("mode", law.measure.lo + floor(top), (), PROVED, RATIO)
