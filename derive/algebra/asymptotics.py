"""How an expression behaves at an end: f ~ c · exp(Σ cᵢ Sᵢ) · t^p · (log t)^r as t → ∞, in Hardy's scale.

Limits, convergence by comparison and the behaviour at singularities all come from this one reading. An end x → c is moved to
t → ∞ by x = c ± 1/t, an end x → −∞ by x = −t. The answer None means: not decided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sympy import (
    Abs,
    Add,
    Expr,
    Function,
    Integer,
    Mul,
    Poly,
    Pow,
    Rational,
    S,
    Symbol,
    atan,
    besseli,
    besselk,
    cancel,
    cos,
    erf,
    erfc,
    exp,
    expint,
    gamma,
    log,
    oo,
    pi,
    sin,
    sqrt,
    tan,
    tanh,
    together,
    uppergamma,
)  # fmt: skip
from sympy.logic.boolalg import Boolean

from derive.algebra.normal import REWRITES, Terms, TooLarge, canonical, multiplied_out, rebuild, rebuild_mono, terms
from derive.algebra.signs import Facts, isolated

T = Symbol("t·", positive=True)  # tends to infinity; no reader can produce this name


@dataclass(frozen=True)
class Scale:
    """exp(Σ c·S) · t^power · (log t)^log, the exponents growing without bound; each S is a Scale itself."""

    exps: tuple[tuple[Expr, Scale], ...] = ()
    power: Expr = S.Zero
    log: Expr = S.Zero


@dataclass(frozen=True)
class Behaviour:
    """f ~ coefficient · scale; the function 0 has coefficient 0. Where `sure` is False the coefficient may vanish, so that f is only
    known to be coefficient · scale plus something of smaller order. Where `rough` is True every term of an exponent is only known to
    leading order, and so is nothing but the order of log f.
    """

    coefficient: Expr
    scale: Scale = Scale()
    sure: bool = True
    rough: bool = False


CONSTANT = Scale()
LOG = Scale(log=S.One)


def times(a: Scale, b: Scale, facts: Facts) -> Scale:
    """The product of two scales."""
    exps = list(a.exps)
    for c, s in b.exps:
        for i, (d, r) in enumerate(exps):
            if r == s:
                exps[i] = (canonical(c + d, facts), r)
                break
        else:
            exps.append((c, s))
    kept = tuple((c, s) for c, s in exps if c != 0)
    return Scale(kept, canonical(a.power + b.power, facts), canonical(a.log + b.log, facts))


def product_of(a: Scale, b: Scale, rough: bool, facts: Facts) -> Scale | None:
    """The product of two scales; None where terms known to leading order alone may cancel, so that what remains is unknown."""
    found = times(a, b, facts)
    if rough:
        shared = {s for _, s in a.exps} & {s for _, s in b.exps}
        left = {s: c for c, s in found.exps}
        if not all(s in left and facts.nonzero(left[s]) for s in shared):
            return None
        if a.power != 0 and b.power != 0 and not facts.nonzero(found.power):
            return None
    return found


def to_the(a: Scale, n: Expr, facts: Facts) -> Scale:
    """A scale to a constant power."""
    return Scale(tuple((canonical(c * n, facts), s) for c, s in a.exps), canonical(a.power * n, facts), canonical(a.log * n, facts))


def direction(scale: Scale, facts: Facts) -> int | None:
    """+1 where a scale tends to infinity, −1 where it tends to 0, 0 where it is constant, None where that is not decided."""
    if scale.exps:
        powers = ((scale.power, LOG),) if scale.power != 0 else ()
        top = dominant((*scale.exps, *powers), facts)
        return top and sign(top[0], facts)
    for exponent in (scale.power, scale.log):
        if exponent != 0:
            return sign(exponent, facts)
    return 0


def dominant(exps: tuple[tuple[Expr, Scale], ...], facts: Facts) -> tuple[Expr, Scale] | None:
    """The fastest growing term of an exponent."""
    best = exps[0]
    for c, s in exps[1:]:
        match direction(times(s, to_the(best[1], S.NegativeOne, facts), facts), facts):
            case None:
                return None
            case 1:
                best = (c, s)
    return best


def sign(e: Expr, facts: Facts) -> int | None:
    """The sign of a constant, where it is proved."""
    if facts.positive(e):
        return 1
    if facts.positive(-e):
        return -1
    return 0 if e == 0 else None


def behaviour(e: Expr, facts: Facts) -> Behaviour | None:
    """How e, a function of T, behaves as T → ∞."""
    if not e.has(T):
        return Behaviour(e, sure=e == 0 or facts.nonzero(e))
    if e == T:
        return Behaviour(S.One, Scale(power=S.One))
    if isinstance(e, Add):
        return sum_behaviour(e, facts)
    if isinstance(e, Mul):
        return product_behaviour(e, facts)
    if isinstance(e, exp):
        return exp_behaviour(e.args[0], facts)
    if isinstance(e, Pow):
        return power_behaviour(e.base, e.exp, facts)
    if isinstance(e, log):
        return log_behaviour(e.args[0], facts)
    return function_behaviour(e, facts)


def product_behaviour(e: Expr, facts: Facts) -> Behaviour | None:
    coefficient, scale, sure, rough = S.One, CONSTANT, True, False
    for arg in e.args:
        part = behaviour(arg, facts)
        if part is None:
            return None
        sure, rough = sure and part.sure, rough or part.rough
        product = product_of(scale, part.scale, rough, facts)
        if product is None:
            return None
        coefficient, scale = coefficient * part.coefficient, product
    return Behaviour(coefficient, scale, sure, rough)


def sum_behaviour(e: Expr, facts: Facts) -> Behaviour | None:
    """The fastest growing terms, if they do not cancel."""
    total = multiplied_out(terms(e, facts), facts)
    parts = [behaviour(Rational(c.numerator, c.denominator) * rebuild_mono(m), facts) for m, c in total.items()]
    best: list[Behaviour] = []
    for part in parts:
        if part is None:
            return None
        if not best:
            best = [part]
            continue
        rough = part.rough or best[0].rough
        ratio = product_of(part.scale, to_the(best[0].scale, S.NegativeOne, facts), rough, facts)
        match ratio and direction(ratio, facts):
            case None:
                return None
            case 1:
                best = [part]
            case 0 if rough:
                return None
            case 0:
                best.append(part)
    if not best:
        return Behaviour(S.Zero)
    coefficient = canonical(Add(*(b.coefficient for b in best)), facts)
    if coefficient == 0:
        if e.is_rational_function(T):
            return rational_behaviour(e, facts)
        return conjugated(total, facts) if len(total) == 2 else after_cancellation(e, facts)
    return Behaviour(coefficient, best[0].scale, facts.nonzero(coefficient), any(b.rough for b in best))


def rational_behaviour(e: Expr, facts: Facts) -> Behaviour:
    """The leading terms of a quotient of polynomials in t."""
    above, below = (Poly(part, T) for part in cancel(together(e)).as_numer_denom())
    if above.is_zero:
        return Behaviour(S.Zero)
    coefficient = canonical(above.LC() / below.LC(), facts)
    return Behaviour(coefficient, Scale(power=Integer(above.degree() - below.degree())), facts.nonzero(coefficient))


def conjugated(total: Terms, facts: Facts) -> Behaviour | None:
    """a + b = (a² − b²)/(a − b) where a and b cancel to leading order and their squares are simpler, as in √(t² + 1) − t."""
    a, b = (rebuild({mono: c}) for mono, c in total.items())
    squares = multiplied_out(terms(a**2 - b**2, facts), facts) if has_root(total) else {}
    if not squares or has_root(squares):
        return after_cancellation(a + b, facts)
    above, below = behaviour(rebuild(squares), facts), behaviour(a - b, facts)
    if above is None or below is None or above.coefficient == 0 or not below.sure or above.rough or below.rough:
        return after_cancellation(a + b, facts)
    scale = times(above.scale, to_the(below.scale, S.NegativeOne, facts), facts)
    return Behaviour(above.coefficient / below.coefficient, scale, above.sure)


TAIL = Function("erfc·")  # erfc of what tends to +∞, by its tail alone


def by_tail(f: Expr, facts: Facts) -> Expr:
    """erf and erfc of a large argument as their limit and a tail, as in erfc(−z) = 2 − erfc z."""
    (z,) = f.args
    b = behaviour(z, facts)
    up = b and direction(b.scale, facts) == 1 and sign(b.coefficient, facts)
    if not up:
        return f
    return {(erfc, 1): TAIL(z), (erfc, -1): 2 - TAIL(-z), (erf, 1): 1 - TAIL(z), (erf, -1): TAIL(-z) - 1}[f.func, up]


def has_root(total: Terms) -> bool:
    return any(n.denominator == 2 and isinstance(b, Add) and b.has(T) for mono in total for (b, _), n in mono)


SERIES = {exp: lambda z: 1 + z + z**2 / 2, cos: lambda z: 1 - z**2 / 2, sin: lambda z: z - z**3 / 6, tanh: lambda z: z - z**3 / 3}


def after_cancellation(e: Expr, facts: Facts) -> Behaviour | None:
    """Where leading terms cancel: functions of what vanishes by their series, if what remains is larger than the error z³."""
    tails = e.replace(lambda f: isinstance(f, (erf, erfc)) and f.has(T), lambda f: by_tail(f, facts))
    if tails != e:
        return behaviour(tails, facts)
    small: list[Expr] = []

    def expanded(f: Expr) -> Expr:
        (z,) = f.args
        b = behaviour(z, facts)
        if b is None or direction(b.scale, facts) != -1:
            return f
        small.append(z)
        return SERIES[f.func](z)

    plain = e.replace(lambda f: f.func in SERIES and f.has(T), expanded)
    if not small:
        return None
    total = multiplied_out(terms(plain, facts), facts)
    found = behaviour(rebuild(total), facts) if not any(f.func in SERIES for f in plain.atoms(*SERIES)) else None
    for z in small:
        error = behaviour(z**3, facts)
        if found is None or error is None or found.coefficient == 0:
            return None
        if direction(times(error.scale, to_the(found.scale, S.NegativeOne, facts), facts), facts) != -1:
            return None
    return found


def power_behaviour(base: Expr, exponent: Expr, facts: Facts) -> Behaviour | None:
    if base is S.Exp1:
        return exp_behaviour(exponent, facts)
    if exponent.has(T):
        return moving_power(base, exponent, facts)
    inner = behaviour(base, facts)
    if inner is None or inner.coefficient == 0 or not inner.sure:
        return None
    if not exponent.is_integer and not facts.positive(inner.coefficient):
        return None
    return Behaviour(inner.coefficient**exponent, to_the(inner.scale, exponent, facts), rough=inner.rough)


def moving_power(base: Expr, exponent: Expr, facts: Facts) -> Behaviour | None:
    """(αt + β)^(γt + δ) ~ (αt)^(γt + δ) e^(γβ/α); any other power by its logarithm."""
    shift, slope, rate = base.subs(T, 0), base.diff(T), exponent.diff(T)
    if base != T and not slope.has(T) and not rate.has(T) and facts.positive(slope):
        return behaviour(exp(exponent * log(slope * T)) * exp(rate * shift / slope), facts)
    whole = behaviour(base, facts)
    return exp_behaviour(exponent * log(base), facts) if whole is not None and facts.positive(whole.coefficient) else None


def exp_behaviour(f: Expr, facts: Facts) -> Behaviour | None:
    """e^f: the growing terms of f make the scale, its constant ones the coefficient, and those that vanish do nothing."""
    coefficient, scale, rough = S.One, CONSTANT, False
    for mono, c in multiplied_out(terms(f, facts), facts).items():
        part = Rational(c.numerator, c.denominator) * rebuild_mono(mono)
        b = behaviour(part, facts)
        heading = b and direction(b.scale, facts)
        if b is None or heading is None:
            return None
        if heading == 0:
            coefficient *= exp(b.coefficient)
        elif heading == 1:
            rough = rough or b.rough or not exact(part)
            grown = Scale(power=b.coefficient) if b.scale == LOG else Scale(exps=((b.coefficient, b.scale),))
            product = product_of(scale, grown, rough, facts)
            if product is None:
                return None
            scale = product
    return Behaviour(coefficient, scale, rough=rough)


def exact(e: Expr) -> bool:
    """Whether e is its own leading term: a product of constants, powers of t, of log t, and exponentials of such sums."""
    if not e.has(T) or e == T or e == log(T):
        return True
    if isinstance(e, Mul):
        return all(map(exact, e.args))
    if isinstance(e, exp) or (isinstance(e, Pow) and e.base is S.Exp1):
        return all(map(exact, Add.make_args(e.args[0] if isinstance(e, exp) else e.exp)))
    return isinstance(e, Pow) and not e.exp.has(T) and exact(e.base)


def log_behaviour(z: Expr, facts: Facts) -> Behaviour | None:
    inner = behaviour(z, facts)
    if inner is None or not facts.positive(inner.coefficient):
        return None
    s = inner.scale
    if s.exps:
        top = dominant((*s.exps, *(((s.power, LOG),) if s.power != 0 else ())), facts)
        return top and Behaviour(*top)
    if s.power != 0:
        return Behaviour(s.power, Scale(log=S.One))
    if s.log != 0 or inner.rough:
        return None  # log log t lies outside the scale
    if inner.coefficient == 1:  # log(1 + ε) ~ ε
        return behaviour(canonical(z - 1, facts), facts)
    return Behaviour(log(inner.coefficient)) if facts.nonzero(log(inner.coefficient)) else None


LINEAR_AT_ZERO = {sin: S.One, tan: S.One, tanh: S.One, atan: S.One, erf: 2 / sqrt(pi)}
AT_INFINITY = {atan: pi / 2, tanh: S.One, erf: S.One}


def two_argument_behaviour(e: Expr, facts: Facts) -> Behaviour | None:
    """K_ν, I_ν, Γ(s, z) and E_ν at ∞ and at 0 (DLMF 10.25.3, 10.30.1–5, 8.11.2, 8.20.2)."""
    order, z = e.args
    inner = behaviour(z, facts)
    heading = inner and direction(inner.scale, facts)
    if order.has(T) or inner is None or not heading or not facts.positive(inner.coefficient):
        return None
    if heading == 1:
        return behaviour(LARGE[e.func](order, z), facts)
    if isinstance(e, besselk):
        order = order if facts.nonnegative(order) else -order
        small = gamma(order) * (2 / z) ** order / 2 if facts.positive(order) else -log(z) if order == 0 else None
    elif isinstance(e, besseli):
        small = (z / 2) ** order / gamma(order + 1) if facts.nonnegative(order) else None
    else:
        small = None
    return None if small is None else behaviour(small, facts)


LARGE: dict[type, Callable[[Expr, Expr], Expr]] = {
    besselk: lambda order, z: sqrt(pi / (2 * z)) * exp(-z),
    besseli: lambda order, z: exp(z) / sqrt(2 * pi * z),
    uppergamma: lambda s, z: z ** (s - 1) * exp(-z),
    expint: lambda order, z: exp(-z) / z,
}


def function_behaviour(e: Expr, facts: Facts) -> Behaviour | None:
    """Odd functions with limits at infinity, erfc by its tail, and continuous functions at a finite argument."""
    if e.func is TAIL:
        return behaviour(exp(-(e.args[0] ** 2)) / (e.args[0] * sqrt(pi)), facts)
    if e.func in REWRITES and e.func not in (tanh, erfc, tan):
        return behaviour(REWRITES[e.func](*e.args), facts)
    if isinstance(e, (besselk, besseli, uppergamma, expint)):
        return two_argument_behaviour(e, facts)
    if isinstance(e, gamma):
        return gamma_behaviour(e.args[0], facts)
    if len(e.args) != 1:
        return None
    (z,) = e.args
    inner = behaviour(z, facts)
    heading = inner and direction(inner.scale, facts)
    if inner is None or heading is None:
        return None
    up = sign(inner.coefficient, facts)
    if e.func is Abs and up:
        return Behaviour(up * inner.coefficient, inner.scale, inner.sure, inner.rough)
    if heading == 1 and up:
        if e.func in AT_INFINITY:
            return Behaviour(up * AT_INFINITY[e.func])
        if e.func is erfc:  # DLMF 7.12.1: erfc z ~ exp(−z²)/(z √π)
            return Behaviour(S(2)) if up < 0 else behaviour(exp(-(z**2)) / (z * sqrt(pi)), facts)
        return None
    if heading == -1:
        if e.func in LINEAR_AT_ZERO:
            return Behaviour(LINEAR_AT_ZERO[e.func] * inner.coefficient, inner.scale, inner.sure, inner.rough)
        return Behaviour(e.func(S.Zero)) if e.func in (cos, erfc) else None
    if heading == 0 and e.func in (*LINEAR_AT_ZERO, cos, erfc) and e.func is not tan:
        value = e.func(inner.coefficient)
        return Behaviour(value, sure=facts.nonzero(value))
    return None


def gamma_behaviour(z: Expr, facts: Facts) -> Behaviour | None:
    """Γ(z) ~ 1/z at 0, and Stirling's Γ(αt + β) ~ √(2π) e^(−αt) (αt)^(αt + β − 1/2) for α > 0 (DLMF 5.11.7)."""
    inner = behaviour(z, facts)
    if inner is not None and direction(inner.scale, facts) == -1:
        return behaviour(1 / z, facts)
    slope = z.diff(T)
    if slope.has(T) or not facts.positive(slope):
        return None
    return behaviour(sqrt(2 * pi) * exp(-slope * T) * exp((z - S.Half) * log(slope * T)), facts)


def at_end(e: Expr, x: Symbol, end: Expr, side: int) -> Expr:
    """e as a function of T, where T → ∞ is x → end (from above for side +1, from below for side −1)."""
    if end is S.Infinity:
        return e.xreplace({x: T})
    if end is S.NegativeInfinity:
        return e.xreplace({x: -T})
    return e.xreplace({x: end + side / T})


def near(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Behaviour | None:
    """The behaviour of e as x → end; None where it is not decided.

    >>> from sympy.abc import x, a
    >>> near(x**(a - 1)*exp(-1/x), x, S.Zero, 1, Facts([a > 0])).scale.exps
    ((-1, Scale(exps=(), power=1, log=0)),)
    """
    outside = facts.without(x)
    try:
        return behaviour(at_end(e, x, end, side), outside)
    except TooLarge:
        return None


def fades(e: Expr, facts: Facts) -> bool:
    """Whether e is c b^(αt + β) with 0 ≤ b < 1 and α > 0: b may be 0, where it has no logarithm."""
    _, power = e.as_independent(T, as_Add=False)
    if not isinstance(power, Pow) or power.base.has(T) or not power.exp.has(T):
        return False
    slope = power.exp.diff(T)
    return not slope.has(T) and facts.positive(slope) and facts.nonnegative(power.base) and facts.positive(1 - power.base)


def limit(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """lim e as x → end, possibly ±∞; None where it is not decided.

    >>> from sympy.abc import x
    >>> limit(x*log(x), x, S.Zero, 1, Facts()), limit(atan(x), x, oo, -1, Facts())
    (0, pi/2)
    """
    if not e.has(x):
        return e
    outside = facts.without(x)
    found = near(e, x, end, side, facts)
    if found is None:
        return S.Zero if fades(at_end(e, x, end, side), outside) else None
    if found.coefficient == 0:
        return S.Zero
    match direction(found.scale, outside):
        case 0:
            return None if found.rough else found.coefficient
        case -1:
            return S.Zero
        case 1 if found.sure:
            up = sign(found.coefficient, outside)
            return None if up is None else up * oo
    return None


def summed_limit(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """The limit of a sum taken term by term, where the leading terms of `near` cancel or do not compare."""
    whole = limit(e, x, end, side, facts)
    if whole is not None or not isinstance(e, Add):
        return whole
    parts = [limit(arg, x, end, side, facts) for arg in e.args]
    known = [p for p in parts if p is not None]
    if len(known) < len(parts) or len({p for p in known if p.is_infinite}) > 1:
        return None
    return Add(*known)


def integrability(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Boolean | None:
    """When |e| has a finite integral near `end`, by comparison with its scale: true, false, a relation between the parameters,
    or None where that is not decided. With x = c ± 1/t, dx = dt/t², so a finite end shifts the power by −2.

    >>> from sympy.abc import x
    >>> a = Symbol("a", real=True)
    >>> integrability(x**(a - 1), x, S.Zero, 1, Facts()), integrability(1/(x*log(x)), x, oo, -1, Facts())
    (a > 0, False)
    """
    outside = facts.without(x)
    found = near(e, x, end, side, facts)
    if found is None or not found.sure and found.coefficient != 0:
        return None
    if found.coefficient == 0:
        return S.true
    shift = S.One if end.is_infinite else S.NegativeOne
    return summable(times(found.scale, Scale(power=shift), outside), found.rough, outside)


def summable(scale: Scale, rough: bool, facts: Facts) -> Boolean | None:
    """When ∫ f dt/t is finite at ∞ for f of this scale: f decays faster than any (log t)^(−1−ε), or like (log t)^r with r < −1."""
    if scale.exps:
        powers = ((scale.power, LOG),) if scale.power != 0 else ()
        top = dominant((*scale.exps, *powers), facts)
        if top is None:
            return None
        rest = replace(scale, power=S.Zero) if top[1] == LOG else replace(scale, exps=tuple(e for e in scale.exps if e != top))
        return decided(top[0], lambda: summable(rest, rough, facts), facts)
    if scale.power != 0:
        return decided(scale.power, lambda: None if rough else summable(replace(scale, power=S.Zero), rough, facts), facts)
    return None if rough else decided(canonical(scale.log + 1, facts), lambda: S.false, facts)


def decided(leading: Expr, otherwise: Callable[[], Boolean | None], facts: Facts) -> Boolean | None:
    """Convergence where the leading exponent is negative, divergence where it is positive; where it is 0 the rest decides."""
    up = sign(leading, facts)
    if up is None and facts.nonzero(leading):
        return isolated(leading < 0)
    if up is not None:
        return otherwise() if up == 0 else S.true if up < 0 else S.false
    match otherwise():
        case None:
            return None
        case rest if rest == S.true:
            return isolated(leading <= 0)
        case rest if rest == S.false:
            return isolated(leading < 0)
    return None


def integrable(e: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> bool | None:
    """Whether `integrability` is settled: True, False, or None."""
    found = integrability(e, x, end, side, facts)
    return None if found not in (S.true, S.false) else found is S.true
