"""Skewed symmetric kernels: a factor that its mirror image completes to a constant, and the Gaussian under the error function."""

from collections.abc import Iterator

from sympy import Add, Expr, Mul, S, Symbol, erf, erfc, exp, pi, sqrt

from derive.algebra.equality import equal
from derive.algebra.normal import canonical
from derive.algebra.reading import linear, read
from derive.algebra.rough import varies
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Same, Values
from derive.language.parts import contains, exchanged, factors_free_of
from derive.language.totals import REALS, Lebesgue, Total, fresh, names
from derive.rules.letters import b, c, f, g, hi, u, x
from derive.rules.values import function

d = Symbol("d", real=True)
e = Symbol("e", real=True)
MOST_UNEVEN = 6  # factors that are not even, all but one of which make an even product


def skewed(total: Total, facts: Facts) -> Iterator[Values]:
    """f g with f even and g(x) + g(−x) a constant, as a distribution function has it."""
    m, v = total.measure, total.x
    factors = Mul.make_args(total.body) if isinstance(m, Lebesgue) and m.lo == -m.hi else ()
    images = [(a, exchanged(a, {v: -v})) for a in factors] if len(factors) > 1 else []
    completed = [a for a, image in images if image != a and not isinstance(a, exp) and not varies((a + image, S.One), v, facts.within(v, m))]
    uneven = [(a, image) for a, image in images if not equal(image, a, facts)] if completed else []
    for factor, mirrored in uneven if len(uneven) <= MOST_UNEVEN else ():
        if factor not in completed:
            continue
        rest = total.body / factor
        if not equal(rest.subs(v, -v), rest, facts.within(v, m)):
            continue
        whole = canonical(2 * factor.subs(v, 0), facts)
        if whole.is_finite is not False and equal(factor + mirrored, whole, facts):
            new = fresh(Lebesgue(0, m.hi), names(total, *facts.relations))
            yield {x: v, f: function(v, rest), g: function(v, factor), c: whole, hi: m.hi, u: new}


SKEW_FACTOR = Rule(
    "skew_factor",
    Claim(
        Total(f(x) * g(x), x, Lebesgue(-hi, hi)),
        c * Total(f(u), u, Lebesgue(0, hi)),
        given=(Same(f(-x), f(x)), Same(g(x) + g(-x), c), f(x) >= 0, g(x) >= 0),
    ),
    kind="cited",
    find=skewed,
    source="Azzalini, Scand. J. Statist. 12 (1985) 171, lemma 1: fold at 0",
)


def error_factor(factor: Expr, v: Symbol) -> tuple[Expr, Expr, Expr] | None:
    """(k, e, d) with the factor k·erfc(ex + d), also where it is written 1 ± erf."""
    k, rest = factors_free_of(factor, [v])
    if isinstance(rest, erfc):
        found = linear(rest.args[0].expand().collect(v), v)
        return None if found is None else (k, *found)
    rest = rest.replace(lambda z: isinstance(z, erfc), lambda z: 1 - erf(*z.args)) if isinstance(rest, Add) else rest
    waves = rest.atoms(erf) if isinstance(rest, Add) else set()
    if len(waves) != 1:
        return None
    (wave,) = waves
    size, free = rest.coeff(wave), rest - rest.coeff(wave) * wave
    found = linear(wave.args[0].expand().collect(v), v)
    if found is None or free.has(v) or free.expand() not in (size, -size):
        return None
    flip = S.NegativeOne if free == size else S.One
    return k * free, flip * found[0], flip * found[1]


def gaussian_error(total: Total, facts: Facts) -> Iterator[Values]:
    """k exp(−bx² + cx) erfc(ex + d) on the line, but for the constant."""
    if total.measure != REALS or not contains(total.body, erf, erfc):
        return
    for factor in Mul.make_args(total.body):
        found = error_factor(factor, total.x) if factor.has(erf, erfc) else None
        form = read(total.body / factor, total.x, facts) if found is not None else None
        if found is None or form is None or form.powers or not {total.x**2} <= set(form.exps) <= {total.x**2, total.x}:
            continue
        if found[0] * form.coefficient == 1:
            yield {x: total.x, b: -form.exps[total.x**2], c: form.exps.get(total.x, S.Zero), e: found[1], d: found[2]}


GAUSSIAN_ERROR = Rule(
    "gaussian_times_erfc",
    Claim(
        Total(exp(-b * x**2 + c * x) * erfc(e * x + d), x, REALS),
        sqrt(pi / b) * exp(c**2 / (4 * b)) * erfc((d + e * c / (2 * b)) / sqrt(1 + e**2 / b)),
    ),
    kind="cited",
    find=gaussian_error,
    source="Owen, Comm. Statist. B 9 (1980) 389, 10010.8: E Φ(a + bX) for a normal X",
)
