"""Find the substitution: an inner function φ whose derivative stands beside it, or that makes the integrand simpler."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations

from sympy import Add, Basic, Expr, Mul, Pow, S, Symbol, asinh, cosh, exp, floor, fraction, log, sinh

from derive.algebra.limits import summed_limit
from derive.algebra.monomials import TooLarge, label
from derive.algebra.normal import canonical
from derive.algebra.reading import Form, binomial_base, inverse, linear, power_of, read
from derive.algebra.rough import no_multiple_of_slope
from derive.algebra.signs import Facts
from derive.language.claims import Values, slope
from derive.language.parts import contains, every, exchanged, free, multiplied, operations
from derive.language.totals import POSITIVE, REALS, UNIT, Lebesgue, Total, fresh, names
from derive.rules.inner import (
    hidden_squares,
    inner_exponentials,
    inner_functions,
    inverse_hyperbolic,
    inverse_waves,
    quotient,
    squared_sums,
    squares,
    tangents,
)
from derive.rules.letters import f, h, hi_u, lo_u, phi, u, x
from derive.rules.measure import SUBSTITUTE_DECREASING, SUBSTITUTE_INCREASING
from derive.rules.solving import POWER, SUBSTITUTE_POWER
from derive.rules.values import function, measure_values


def substitutions(total: Total, facts: Facts, direction: int) -> Iterator[Values]:
    """Changes of variable u = φ(x) with φ increasing (direction 1) or decreasing (−1) on the support."""
    inside = facts.within(total.x, total.measure)
    for inner, outer, rise, sign in monotone(total, inside):
        if sign == direction:
            found = changed(total, inner, outer, sign * rise, facts, inside)
            if found is not None:
                yield found


def monotone(total: Total, inside: Facts) -> list[tuple[Expr, Expr | None, Expr, int]]:
    """(φ, the integrand in u if known, φ′, its sign) for the candidates that are one-to-one; found once for a total."""
    if total not in inside.found:
        form = read(total.body, total.x, inside) if isinstance(total.measure, Lebesgue) else None
        kept: dict[Expr, tuple[Expr, Expr | None, Expr, int]] = {}
        for inner, outer in candidates(total, form, inside) if form is not None else ():
            if inner in kept or inner == total.x or (linear(inner, total.x) and outer is None):
                continue
            rise = slope(inner, total.x)
            sign = 1 if inside.positive(rise) else -1 if inside.positive(-rise) else 0
            kept[inner] = inner, outer, rise, sign
        inside.found[total] = list(kept.values())
    return inside.found[total]  # type: ignore[no-any-return]


def candidates(total: Total, form: Form, facts: Facts) -> Iterator[tuple[Expr, Expr | None]]:
    """(φ, the integrand in u divided by nothing but a constant — or None where the inverse has to be found)."""
    yield from exponents(total, form, facts)
    yield from bases(total, form, facts)
    yield from squares(total, facts)
    yield from squared_sums(total, facts)
    yield from hidden_squares(total, facts)
    yield from inner_functions(total, facts)
    yield from inverse_waves(total)
    yield from inverse_hyperbolic(total)
    yield from tangents(total)
    x = total.x
    yield from ((x**q, None) for q in powers_in_logs(total.body, x))
    yield from ((e, None) for e in sorted(every(total.body, asinh), key=label) if e.has(x) and not linear(e.args[0], x))
    logs = sorted((t for t in every(total.body, log) if t.has(x)), key=label)
    if logs and not (total.measure == POSITIVE and log(x) ** 2 in Mul.make_args(total.body) and logs == [log(x)]):  # that is beside_square backwards
        yield logs[0], None
    yield from ((e, None) for e in inner_exponentials(beside_square(total), x))
    yield from ((x**q, None) for q in common_powers(form, x))
    yield from ((e.args[0], None) for e in sorted(every(total.body, floor), key=label) if power_of(e.args[0], x) not in (None, S.One))


def beside_square(total: Total) -> Expr:
    """What stands beside x² on the whole line, where u = e^(kx) leaves log² u: the second derivative of what it leaves without."""
    factors = Mul.make_args(total.body) if total.measure == REALS else ()
    return Mul(*(f for f in factors if f != total.x**2)) if total.x**2 in factors else total.body


def common_powers(form: Form, x: Symbol) -> list[Expr]:
    """q where every statistic and every inner power is a power of x^q, so that u = x^q makes it simpler."""
    found = [power if (power := power_of(t, x)) is not None else inner_power(cleared(t), x) for t in form.exps]
    for base in together(form.powers, x):
        found += [] if base == x else [inner_power(base, x)]
    known = [q for q in found if q is not None and q != 1]
    if len(known) < len(found) or not known:
        return []
    smallest = min(known, key=lambda q: (operations(q), abs(q) if q.is_number else 0, str(q)))
    return [smallest] if all((q / smallest).is_number for q in known) else []


def powers_in_logs(body: Expr, x: Symbol) -> list[Expr]:
    """q where log(d + c x^q) stands beside powers of x alone: u = x^q leaves a logarithm of a line."""
    moving = [part for part in Mul.make_args(body) if part.has(x) and power_of(part, x) is None]
    found = binomial_base(moving[0].args[0], x) if len(moving) == 1 and isinstance(moving[0], log) else None
    return [found[2]] if found is not None and found[2] not in (1, -1) else []


def cleared(t: Expr) -> Expr:
    """A statistic with its denominator multiplied out: 1/(1 − x²) for 1/((1 − x)(1 + x))."""
    above, below = fraction(t)
    return above / below.expand()


def together(powers: Mapping[Expr, Expr], x: Symbol) -> list[Expr]:
    """The bases, with c − x and c + x to the same power as c² − x², which the normal form takes apart."""
    left = list(powers)
    for a, b in combinations(powers, 2):
        product = (a * b).expand() if powers[a] == powers[b] and a in left and b in left and a.is_Add and b.is_Add else x
        if product.coeff(x, 1) == 0:
            left = [base for base in left if base not in (a, b)] + [product]
    return left


def inner_power(base: Expr, x: Symbol) -> Expr | None:
    """q where x stands in `base` as x^q alone, as in 1 + x^q or 1 − e^(−x^q), or also as x^(−q) or, for a letter q, as x^(2q)."""
    if contains(base, log):
        return None
    powers = {e for e in every(base, Pow) if e.base == x and x not in free(e.exp)}
    found = {*(e.exp for e in powers), *([S.One] if stands_beside(base, x, powers) else [])}
    if len(found) == 2 and all(q.free_symbols for q in found):  # x^q beside x^(2q)
        found = {q for q in found if all((other / q).is_Integer for other in found)}
    ups = {q for q in found if not q.could_extract_minus_sign()} if len(found) == 2 and Add(*found) == 0 else found  # x^q beside x^(−q)
    return ups.pop() if len(ups) == 1 else None


def stands_beside(e: Basic, x: Symbol, powers: set[Pow]) -> bool:
    """Whether x stands in e elsewhere than in these powers."""
    return e == x or x in free(e) and e not in powers and any(stands_beside(arg, x, powers) for arg in e.args)


def scalings(total: Total, facts: Facts, direction: int) -> Iterator[Values]:
    """u = −(the exponent), or u = c x^p/d in d + c x^p: what brings a lemma's integral to the definition behind it."""
    inside = facts.within(total.x, total.measure) if isinstance(total.measure, Lebesgue) else facts
    form = read(total.body, total.x, inside)
    if form is None or not isinstance(total.measure, Lebesgue) or isinstance(total.body, Add):  # no one scale suits the terms of a sum
        return
    inner = [-c * t for t, c in form.exps.items()] if len(form.exps) == 1 else []
    for base in sorted((a for a in every(total.body, Add) if a.has(total.x)), key=label):
        found = binomial_base(base, total.x)
        inner += [found[1] * total.x ** found[2] / found[0]] if found else []
    for phi_ in inner:
        rise = direction * slope(phi_, total.x)
        if phi_ != total.x and not (direction < 0 and linear(phi_, total.x)) and inside.positive(rise):
            found_values = changed(total, phi_, None, rise, facts, inside)
            if found_values is not None:
                yield found_values


def exponents(total: Total, form: Form, facts: Facts) -> Iterator[tuple[Expr, Expr]]:
    """Integrands c φ′ e^(−φ): u = φ leaves c e^(−u)."""
    stats = list(form.exps.items())
    curved = [(t, c) for t, c in stats if not linear(t, total.x)]  # beside φ′ = (1 + x) e^(−tx), whose exponential stands in the form too
    choices = [stats] if len(stats) == 1 else [[s] for s in stats] + [stats, *([curved] if 1 < len(curved) < len(stats) else [])]
    for chosen in choices:
        inner = Add(*(-c * t for t, c in chosen))
        if linear(inner, total.x):
            continue
        rest = replace(form, exps={t: c for t, c in stats if (t, c) not in chosen})
        constant = ratio(rest, inner, total.x, facts)
        if constant is not None:
            yield inner, constant * exp(-u)


def bases(total: Total, form: Form, facts: Facts) -> Iterator[tuple[Expr, Expr]]:
    """Integrands c φ′ φ^n: u = φ leaves c u^n."""
    for base, n in form.powers.items():
        if linear(base, total.x):
            continue
        rest = replace(form, powers={b: e for b, e in form.powers.items() if b != base})
        constant = ratio(rest, base, total.x, facts)
        if constant is not None:
            yield base, constant * u**n


def ratio(form: Form, inner: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """The constant that a form divided by φ′ is, or None where it is none; looked for once under the same facts."""
    key = (form.coefficient, frozenset(form.powers.items()), frozenset(form.exps.items()), inner, x)
    if key not in facts.found:
        apart = no_multiple_of_slope(form.kernel(), inner, x, facts)
        facts.found[key] = None if apart else quotient(form.coefficient * form.kernel(), slope(inner, x), x, facts)
    return facts.found[key]  # type: ignore[no-any-return]


def projective(total: Total, facts: Facts) -> Iterator[Values]:
    """u = c x^p/(d + c x^p), which takes the half line to (0, 1)."""
    if total.measure != POSITIVE:
        return
    inside = facts.within(total.x, total.measure)
    form = read(total.body, total.x, inside)
    for base in sorted((a for a in every(total.body, Add) if a.has(total.x)), key=str):
        found = binomial_base(base, total.x)
        if found is not None and facts.positive(found[2]):
            d, c, p = found
            inner = c * total.x**p / base
            share = as_share(form, total.x, facts) if form is not None else None
            if share is not None:
                new = fresh(UNIT, names(total, *facts.relations))
                yield {**measure_values(total), f: function(total.x, total.body), h: function(new, share.xreplace({u: new})),
                       phi: function(total.x, inner), lo_u: S.Zero, hi_u: S.One, u: new}  # fmt: skip
                continue
            values = changed(total, inner, None, slope(inner, total.x), facts, inside, back=(d * u / (c * (1 - u))) ** (1 / p))
            if values is not None:
                yield values


def as_share(form: Form, x: Symbol, facts: Facts) -> Expr | None:
    """C x^m (d + c x^p)^n dx/du in u = c x^p/(d + c x^p): C/(cp) d^(n+1) (d/c)^r u^r (1 − u)^(−r−n−2) with r = (m + 1)/p − 1."""
    bases = [base for base in form.powers if base != x]
    found = binomial_base(bases[0], x) if len(bases) == 1 and not form.exps else None
    if found is None or not all(map(facts.positive, found)):
        return None
    d, c, p = found
    n, r = form.powers[bases[0]], (form.powers.get(x, S.Zero) + 1) / p - 1
    return form.coefficient / (c * p) * d ** (n + 1) * (d / c) ** r * u**r * (1 - u) ** (-r - n - 2)


def logarithmic(total: Total, facts: Facts) -> Iterator[Values]:
    """u = log(x/m), which takes a power on (m, ∞) to an exponential on (0, ∞)."""
    m = total.measure
    if isinstance(m, Lebesgue) and facts.positive(m.lo):
        inside = facts.within(total.x, m)
        form = read(total.body, total.x, inside)
        if form is not None and set(form.powers) == {total.x} and not form.exps:
            values = changed(total, log(total.x / m.lo), None, 1 / total.x, facts, inside)
            if values is not None:
                yield values


def of_hyperbolic_sine(total: Total, facts: Facts) -> Iterator[Values]:
    """u = sinh(ax + b) beside its cosine, before both are written in exponentials."""
    if isinstance(total.measure, Lebesgue) and contains(total.body, sinh) and contains(total.body, cosh):
        inside = facts.within(total.x, total.measure)
        for inner, outer in squared_sums(total, inside):
            rise = slope(inner, total.x)
            if isinstance(inner, sinh) and inside.positive(rise):
                found = changed(total, inner, outer, rise, facts, inside)
                yield from () if found is None else (found,)


def of_either_sign(total: Total, facts: Facts) -> Iterator[Values]:
    """u = x^m on the half line, where nothing says whether m is positive: it goes to the half line in either case."""
    inside = facts.within(total.x, total.measure)
    form = read(total.body, total.x, inside)
    for m in common_powers(form, total.x) if form is not None else ():
        if m.free_symbols and not facts.positive(m) and not facts.negative(m):
            new = fresh(POSITIVE, names(total, *facts.relations))
            plain = exchanged(total.body * total.x ** (1 - m), {total.x: new ** (1 / m)})
            outer = shorter(plain, canonical(plain, facts.within(new, POSITIVE)))
            yield {x: total.x, u: new, POWER: m, f: function(total.x, total.body), h: function(new, outer)}


def changed(total: Total, inner: Expr, outer: Expr | None, size: Expr, facts: Facts, inside: Facts,
            back: Expr | None = None) -> Values | None:  # fmt: skip
    """The values for the rule, with the new ends and the new integrand; `size` is |φ′|. `back` is the inverse in u, where it cannot be peeled."""
    x, m = total.x, total.measure
    low, high = summed_limit(inner, x, m.lo, 1, inside), summed_limit(inner, x, m.hi, -1, inside)
    if low is None or high is None:
        return None
    low, high = (plain_end(end, facts) for end in (low, high))
    rising = inside.positive(slope(inner, x))
    measure = Lebesgue(low, high) if rising else Lebesgue(high, low)
    new = fresh(measure, names(total, *facts.relations))
    within = facts.within(new, measure)
    if outer is None:
        back = inverse(inner, x, new, within) if back is None else back.xreplace({u: new})
        if back is None:
            return None
        plain = exchanged(multiplied(total.body, 1 / size), {x: back})
        outer = shorter(plain, canonical(plain, within))
    else:
        outer = abs_constant(outer, rising).xreplace({u: new})
    return {**measure_values(total), f: function(x, total.body), h: function(new, outer), phi: function(x, inner),
            lo_u: low, hi_u: high, u: new}  # fmt: skip


def plain_end(end: Expr, facts: Facts) -> Expr:
    """An end in its normal form where that is shorter: b^a/(1 − c) for (b (1 − c)^(−1/a))^a."""
    try:
        return shorter(end, canonical(end, facts)) if end.is_finite is not False and end.is_Pow else end
    except TooLarge:
        return end


def shorter(one: Expr, other: Expr) -> Expr:
    return one if one == other else min(one, other, key=lambda e: (operations(e), label(e)))


def abs_constant(outer: Expr, rising: bool) -> Expr:
    return outer if rising else -outer


def increasing(total: Total, facts: Facts) -> Iterator[Values]:
    yield from substitutions(total, facts, 1)


def decreasing(total: Total, facts: Facts) -> Iterator[Values]:
    yield from substitutions(total, facts, -1)


INCREASING = replace(SUBSTITUTE_INCREASING, find=increasing)
DECREASING = replace(SUBSTITUTE_DECREASING, find=decreasing)

HYPERBOLIC_SINE = replace(SUBSTITUTE_INCREASING, find=of_hyperbolic_sine)
PROJECTIVE = replace(SUBSTITUTE_INCREASING, find=projective)
LOGARITHMIC = replace(SUBSTITUTE_INCREASING, find=logarithmic)
SCALING_UP = replace(SUBSTITUTE_INCREASING, find=lambda total, facts: scalings(total, facts, 1))
SCALING_DOWN = replace(SUBSTITUTE_DECREASING, find=lambda total, facts: scalings(total, facts, -1))

POWER_OF_EITHER_SIGN = replace(SUBSTITUTE_POWER, find=of_either_sign)
