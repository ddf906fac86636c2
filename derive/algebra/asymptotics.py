"""How an expression behaves at an end: f ~ c · exp(Σ cᵢ Sᵢ) · t^p · (log t)^r · (log log t)^q as t → ∞, in Hardy's scale.

Limits, convergence by comparison and the behaviour at singularities all come from this one reading. An end x → c is moved to
t → ∞ by x = c ± 1/t, an end x → −∞ by x = −t. The answer None means: not decided.
"""

from __future__ import annotations

from sympy import Add, Dummy, Expr, Integer, Mul, Poly, Pow, S, atan, cancel, cos, erf, erfc, exp, log, sin, tanh, together

from derive.algebra import function_ends
from derive.algebra.monomials import Terms, rebuild, rebuild_term
from derive.algebra.normal import canonical, multiplied_out, terms
from derive.algebra.scales import CONSTANT, LOG, LOGLOG, Behaviour, Scale, T, direction, dominant, product_of, rates, times, to_the
from derive.algebra.signs import Facts


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
    return function_ends.function_behaviour(e, facts)


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
    best: list[Behaviour] = []
    for m, c in total.items():
        part = behaviour(rebuild_term(c, m), facts)
        if part is None:
            return beside_waves(total, facts)
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


def beside_waves(total: Terms, facts: Facts) -> Behaviour | None:
    """The behaviour of the other terms, where those with sin z or cos z in them are smaller, as in t − sin t: |sin z| ≤ 1."""
    written = [rebuild_term(c, m) for m, c in total.items()]
    waves = [e for e in written if any(w.has(T) for w in e.atoms(sin, cos))]
    rest = behaviour(Add(*(e for e in written if e not in waves)), facts) if 0 < len(waves) < len(written) else None
    if rest is None or not rest.sure or rest.rough or rest.coefficient == 0:
        return None
    for e in waves:
        bounded = [f for f in Mul.make_args(e) if isinstance(f.as_base_exp()[0], (sin, cos)) and f.as_base_exp()[1].is_positive]
        size = behaviour(e / Mul(*bounded), facts) if all(facts.real(f.as_base_exp()[0].args[0]) for f in bounded) else None
        ratio = None if size is None or size.rough else product_of(size.scale, to_the(rest.scale, S.NegativeOne, facts), False, facts)
        if ratio is None or direction(ratio, facts) != -1:
            return None
    return rest


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


def has_root(total: Terms) -> bool:
    return any(n.denominator == 2 and isinstance(b, Add) and b.has(T) for mono in total for (b, _), n in mono)


SERIES = {  # the first terms, and the power of z that bounds what is left
    exp: (lambda z: 1 + z + z**2 / 2 + z**3 / 6, 4),
    cos: (lambda z: 1 - z**2 / 2 + z**4 / 24, 6),
    sin: (lambda z: z - z**3 / 6, 5),
    tanh: (lambda z: z - z**3 / 3, 5),
}


def moving(f: Expr) -> bool:
    """Whether f is a power whose exponent moves, t^(1/t) = exp((log t)/t)."""
    return isinstance(f, Pow) and f.base is not S.Exp1 and bool(f.exp.has(T))


def after_cancellation(e: Expr, facts: Facts) -> Behaviour | None:
    """Where leading terms cancel: functions of what vanishes by their series, with a bounded r in the error r zⁿ of each.

    What is left must not depend on r: where e multiplies the error by something large, nothing is known.
    """
    tails = e.replace(lambda f: isinstance(f, (erf, erfc, atan)) and f.has(T), lambda f: function_ends.by_tail(f, facts))
    if tails != e:
        return behaviour(tails, facts)
    bounded: dict[Expr, Dummy] = {}

    def expanded(f: Expr) -> Expr:
        z = f.exp * log(f.base) if moving(f) else f.args[0]
        b = behaviour(z, facts)
        if b is None or direction(b.scale, facts) != -1:
            return f
        series, order = SERIES[exp if moving(f) else f.func]
        return series(z) + bounded.setdefault(f, Dummy("r", real=True)) * z**order

    plain = e.replace(lambda f: (f.func in SERIES or moving(f)) and f.has(T), expanded)
    if not bounded or plain.atoms(*SERIES):
        return None
    found = behaviour(rebuild(multiplied_out(terms(plain, facts), facts)), facts)
    if found is None or found.coefficient == 0 or found.coefficient.has(*bounded.values()) or rates(found.scale) & set(bounded.values()):
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
    if whole is not None and whole.scale == CONSTANT and whole.coefficient == 1:
        return near_one(base, exponent, facts)
    return exp_behaviour(exponent * log(base), facts) if whole is not None and facts.positive(whole.coefficient) else None


def near_one(base: Expr, exponent: Expr, facts: Facts) -> Behaviour | None:
    """b^e = exp(e log b) for b → 1, as in (1 + 1/t)^t."""
    one, other = behaviour(log(base), facts), behaviour(exponent, facts)
    if one is None or other is None or not (one.sure and other.sure) or one.rough or other.rough:
        return None
    match direction(times(one.scale, other.scale, facts), facts):
        case 0:
            return Behaviour(exp(one.coefficient * other.coefficient))
        case -1:
            return Behaviour(S.One)
    return None


def exp_behaviour(f: Expr, facts: Facts) -> Behaviour | None:
    """e^f: the growing terms of f make the scale, its constant ones the coefficient, and those that vanish do nothing."""
    coefficient, scale, rough = S.One, CONSTANT, False
    for mono, c in multiplied_out(terms(f, facts), facts).items():
        part = rebuild_term(c, mono)
        b = behaviour(part, facts)
        heading = b and direction(b.scale, facts)
        if b is None or heading is None:
            return None
        if heading == 0:
            coefficient *= exp(b.coefficient)
        elif heading == 1:
            rough = rough or b.rough or not exact(part, facts)
            if b.scale != LOGLOG and not (b.scale.exps or b.scale.power != 0 or b.scale.log != 0):
                return None  # between the powers of log t
            plain = {LOG: Scale(power=b.coefficient), LOGLOG: Scale(log=b.coefficient)}
            grown = plain.get(b.scale, Scale(exps=((b.coefficient, b.scale),)))
            product = product_of(scale, grown, rough, facts)
            if product is None:
                return None
            scale = product
    return Behaviour(coefficient, scale, rough=rough)


def exact(e: Expr, facts: Facts) -> bool:
    """Whether e is its own leading term: a product of constants, powers of t, of log t, and exponentials of such sums that grow."""
    if not e.has(T) or e in (T, log(T), log(log(T))):
        return True
    if isinstance(e, Mul):
        return all(exact(arg, facts) for arg in e.args)
    if isinstance(e, exp) or (isinstance(e, Pow) and e.base is S.Exp1):
        return all(exact(part, facts) and grows(part, facts) for part in Add.make_args(e.as_base_exp()[1]))
    return isinstance(e, Pow) and not e.exp.has(T) and exact(e.base, facts)


def grows(e: Expr, facts: Facts) -> bool:
    """Whether e is a constant or grows without bound: t exp(1/t) is t + 1 + …, and not t."""
    found = behaviour(e, facts)
    return found is not None and (not e.has(T) or direction(found.scale, facts) == 1)


def log_behaviour(z: Expr, facts: Facts) -> Behaviour | None:
    inner = behaviour(z, facts)
    if inner is None or not facts.positive(inner.coefficient):
        return None
    s = inner.scale
    if s.exps:
        top = dominant((*s.exps, *(((s.power, LOG),) if s.power != 0 else ())), facts)
        return top and Behaviour(*top, sure=facts.nonzero(top[0]))
    if s.power != 0:
        return Behaviour(s.power, LOG, facts.nonzero(s.power))
    if s.log != 0:
        return Behaviour(s.log, LOGLOG, facts.nonzero(s.log))
    if s.loglog != 0 or inner.rough:
        return None  # log log log t lies outside the scale
    if inner.coefficient == 1:  # log(1 + ε) ~ ε
        return behaviour(canonical(z - 1, facts), facts)
    return Behaviour(log(inner.coefficient)) if facts.nonzero(log(inner.coefficient)) else None
