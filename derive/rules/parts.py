"""Integration by parts: where one factor has an antiderivative and the other becomes simpler by differentiation."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Mul, S, acos, acosh, asech, asin, asinh, atan, cos, cosh, erf, erfc, exp, log, oo, sin, sinh

from derive.algebra.limits import summed_limit
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Values
from derive.language.parts import contains, every
from derive.language.totals import POSITIVE, Lebesgue, Total
from derive.rules.antiderivatives import antiderivative, antiderivative_by_chain_rule, antiderivative_of_term, error_function
from derive.rules.letters import A, B, F, f, g
from derive.rules.measure import BY_PARTS
from derive.rules.values import function, measure_values

SIMPLER = (log, erfc, erf, atan, asin, acos, acosh, asech, asinh)  # functions with algebraic or exponential derivatives


def parts(total: Total, facts: Facts) -> Iterator[Values]:
    """∫ f g with F′ = f: g a logarithm, an error function, or an exponential beside φ′ φ^n."""
    if not isinstance(total.measure, Lebesgue):
        return
    x, inside = total.x, facts.within(total.x, total.measure)
    for rest, chosen in choices(total.body, x):
        for table in (antiderivative_of_term, antiderivative_by_chain_rule, error_function):
            whole = antiderivative(rest, x, inside, table)
            if whole is None or (chosen.func is exp and table is not antiderivative_by_chain_rule):
                continue
            ends = [summed_limit(whole * chosen, x, end, side, inside) for end, side in ((total.measure.lo, 1), (total.measure.hi, -1))]
            if all(end is not None and end.is_finite is not False for end in ends):
                yield {**measure_values(total), f: function(x, rest), g: function(x, chosen), F: function(x, whole), A: ends[0], B: ends[1]}


def choices(body: Expr, x: Expr) -> Iterator[tuple[Expr, Expr]]:
    """(f, g) with body = f g."""
    factors = Mul.make_args(body)
    beside = any(a.has(x) and not (isinstance(a, exp) and not a.args[0].has(exp)) for a in factors)  # of a mere exponential there is no φ′ φ^n
    for chosen in factors:
        if beside and isinstance(chosen, exp) and chosen.has(x) or any(
                e.has(x) for e in chosen.atoms(*SIMPLER, *((exp, sin, cos) if chosen.is_Add else ()))):
            rest = Mul(*(a for a in factors if a is not chosen))
            if rest != S.One or chosen.func is not exp:
                yield rest, chosen


PARTS = replace(BY_PARTS, find=parts)


def hyperbolic_parts(total: Total, facts: Facts) -> Iterator[Values]:
    """∫ x^n f with n > 0 and F′ = f, f = cosh ax/sinh² ax or sinh ax/cosh² ax, before they come apart into exponentials."""
    v = total.x
    factors = Mul.make_args(total.body) if total.measure == POSITIVE and contains(total.body, sinh, cosh) else ()
    powers = [factor for factor in factors if factor.as_base_exp()[0] == v]
    rest = total.body / Mul(*powers)
    angles = {w.args[0] for w in every(rest, sinh, cosh)} if powers else set()
    angle = angles.pop() if len(angles) == 1 else S.Zero
    slope = linear(angle, v)
    for wave in (sinh(angle), cosh(angle)) if len(powers) == 1 and slope else ():
        if slope and rest == wave.diff(v) / slope[0] / wave**2:
            whole = -1 / (wave * slope[0])
            inside = facts.within(v, total.measure)
            ends = [summed_limit(powers[0] * whole, v, end, side, inside) for end, side in ((S.Zero, 1), (oo, -1))]
            if all(end is not None and end.is_finite for end in ends):
                yield {**measure_values(total), f: function(v, rest), g: function(v, powers[0]), F: function(v, whole), A: ends[0], B: ends[1]}


HYPERBOLIC_PARTS = replace(BY_PARTS, find=hyperbolic_parts)


def logistic_parts(total: Total, facts: Facts) -> Iterator[Values]:
    """∫ x^n f up to a finite end with f = e^(bx)/(e^(bx) + c)², F = −1/(b (e^(bx) + c))."""
    v, m = total.x, total.measure
    if not isinstance(m, Lebesgue) or m.hi is oo or m.lo != 0 or not total.body.is_Mul:
        return
    base = next((f_.base for f_ in total.body.args if f_.is_Pow and f_.exp == -2 and f_.base.is_Add and f_.base.has(exp)), None)
    rest = [f_ for f_ in total.body.args if f_.as_base_exp()[0] != v]
    slope = base.diff(v) / Mul(*rest) / base**2 if base is not None and len(rest) == 2 else S.Zero
    if base is not None and slope != 0 and not slope.has(v) and len(rest) < len(total.body.args):
        whole, power = -1 / (base * slope), total.body / Mul(*rest)
        inside = facts.within(v, m)
        ends = [summed_limit(whole * power, v, end, side, inside) for end, side in ((m.lo, 1), (m.hi, -1))]
        if all(end is not None and end.is_finite is not False for end in ends):
            yield {**measure_values(total), f: function(v, Mul(*rest)), g: function(v, power), F: function(v, whole), A: ends[0], B: ends[1]}


LOGISTIC_PARTS = replace(BY_PARTS, find=logistic_parts)
