"""Antiderivatives that a table gives: powers, exponentials, 1/(linear), 1/(quadratic), and sums of such."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import takewhile

from sympy import (
    Add,
    Dummy,
    Expr,
    Mul,
    Poly,
    PolynomialError,
    S,
    Symbol,
    acos,
    asin,
    atan,
    cancel,
    cos,
    erf,
    erfc,
    exp,
    factor_terms,
    ff,
    log,
    pi,
    powsimp,
    sin,
    sqrt,
)

from derive.algebra.equality import infinite
from derive.algebra.limits import summed_limit
from derive.algebra.rational import short
from derive.algebra.reading import Form, binomial_base, linear, pieces, polynomial, power_of, read
from derive.algebra.signs import Facts
from derive.language.claims import Values
from derive.language.parts import contains, every, free, operations
from derive.language.totals import POSITIVE, REALS, Lebesgue, Total
from derive.rules import measure
from derive.rules.letters import A, B, F, f, u
from derive.rules.substitution import bases, exponents, ratio
from derive.rules.values import function, measure_values

SHORT = 120  # operations up to which an integrand is looked through for P e^ψ
MOST_DIVIDED = 100  # terms of P when it is multiplied out

Table = Callable[[Expr, Symbol, Facts], Expr | None]


def simple(total: Total, facts: Facts) -> Iterator[Values]:
    """F for integrands that are powers or exponentials of something linear, or a sum of these."""
    yield from evaluated(total, facts, antiderivative_of_term)


def by_arctangent(total: Total, facts: Facts) -> Iterator[Values]:
    """F for 1/quadratic."""
    yield from evaluated(total, facts, arctangent)


def composite(total: Total, facts: Facts) -> Iterator[Values]:
    """F = H(φ) for integrands h(φ) φ′, without the substitution written out."""
    yield from evaluated(total, facts, antiderivative_by_chain_rule)


def evaluated(total: Total, facts: Facts, table: Table, whole: bool = False) -> Iterator[Values]:
    if not isinstance(total.measure, Lebesgue):
        return
    inside = facts.within(total.x, total.measure)
    found = (table if whole else partial(antiderivative, table=table))(total.body, total.x, inside)
    if found is None:
        return
    low = summed_limit(found, total.x, total.measure.lo, 1, inside)
    high = summed_limit(found, total.x, total.measure.hi, -1, inside)
    if low is not None and high is not None and not infinite(low) and not infinite(high):
        yield {**measure_values(total), f: function(total.x, total.body), F: function(total.x, found), A: low, B: high}


def antiderivative(body: Expr, x: Symbol, facts: Facts, table: Table) -> Expr | None:
    """F with F′ = body, term by term."""
    for apart in (Add.make_args, lambda whole: pieces(whole, facts, 12) or ()):
        split = apart(body)
        parts = list(takewhile(lambda found: found is not None, (table(part, x, facts) for part in split)))
        if parts and len(parts) == len(split):
            return Add(*parts)
    return None


def antiderivative_of_term(body: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """One row of the table; None where it has none."""
    if not body.has(x):
        return body * x
    if contains(body, asin, acos):
        return inverse_function(body, x)
    form = read(body, x, facts)
    if form is None:
        return None
    match (len(form.powers), len(form.exps)):
        case (0, 1):
            ((statistic, rate),) = form.exps.items()
            return body / rate if statistic == x else None
        case (1, 1) if set(form.powers) == {x} == set(form.exps):
            whole = power_times_exponential(form.powers[x], form.exps[x], x)
            return None if whole is None else form.coefficient * whole
        case (1, 0):
            ((base, n),) = form.powers.items()
            if isinstance(base, (sin, cos)) and n in (1, -2):
                return sine(base, x, form.coefficient, n)
            return antiderivative_of_power(base, n, x, form.coefficient)
    return None


def antiderivative_of_power(base: Expr, n: Expr, x: Symbol, c: Expr) -> Expr | None:
    """∫ (αx + β)^n dx = (αx + β)^(n+1)/(α(n + 1)), and the logarithm for n = −1."""
    found = linear(base, x)
    if found is None:
        return root_of_cube(base, n, x, c)
    return c * log(base) / found[0] if n == -1 else c * base ** (n + 1) / (found[0] * (n + 1))


def root_of_cube(base: Expr, n: Expr, x: Symbol, c: Expr) -> Expr | None:
    """∫ (d + e x²)^(−3/2) dx = x/(d √(d + e x²))."""
    found = binomial_base(base, x) if n == -S(3) / 2 else None
    return c * x / (found[0] * sqrt(base)) if found is not None and found[2] == 2 else None


def inverse_function(e: Expr, x: Symbol) -> Expr | None:
    """arcsin and arccos of something linear, by parts."""
    c, wave = e.as_independent(x, as_Add=False)
    found = linear(wave.args[0], x) if isinstance(wave, (asin, acos)) else None
    if found is None:
        return None
    root = sqrt(1 - wave.args[0] ** 2)
    return c / found[0] * (wave.args[0] * wave + (root if isinstance(wave, asin) else -root))


def sine(base: Expr, x: Symbol, c: Expr, n: Expr) -> Expr | None:
    """Sine and cosine, and ∫ dx/cos² x = tan x, ∫ dx/sin² x = −cos x/sin x."""
    found = linear(base.args[0], x)
    if found is None:
        return None
    z = base.args[0]
    plain, squared = (sin(z), sin(z) / cos(z)) if isinstance(base, cos) else (-cos(z), -cos(z) / sin(z))
    return c * (plain if n == 1 else squared) / found[0]


def power_times_exponential(n: Expr, a: Expr, x: Symbol) -> Expr | None:
    """∫ x^n e^(ax) dx = e^(ax) Σ (−1)^k n!/(n − k)! x^(n−k)/a^(k+1) for a whole n ≥ 0, by parts n times."""
    if not n.is_Integer or not 0 <= n <= 12:
        return None
    return exp(a * x) * Add(*((-1) ** k * ff(n, k) * x ** (n - k) / a ** (k + 1) for k in range(int(n) + 1)))


def error_function(body: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """∫ e^(−bx² + dx) dx = √(π/b)/2 · e^(d²/(4b)) erf(√b x − d/(2√b))."""
    form = read(body, x, facts)
    if form is None or form.powers or x**2 not in form.exps or not set(form.exps) <= {x**2, x} or not facts.negative(form.exps[x**2]):
        return None
    root, slope = sqrt(-form.exps[x**2]), form.exps.get(x, S.Zero)
    middle = slope / (2 * root)
    return form.coefficient * sqrt(pi) / (2 * root) * exp(middle**2) * erf(root * x - middle)


def arctangent(body: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """1/(quadratic without real roots)."""
    form = read(body, x, facts)
    if form is None or form.exps or len(form.powers) != 1:
        return None
    ((base, n),) = form.powers.items()
    whole = reciprocal_quadratic(base, n, x, facts)
    return None if whole is None else form.coefficient * whole


def reciprocal_quadratic(base: Expr, n: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """∫ dx/(αx² + βx + γ) = 2/√D · arctan((2αx + β)/√D) with D = 4αγ − β² > 0; a logarithm where D < 0."""
    found = polynomial(base, x, 2, facts) if n == -1 else None
    if found is None:
        return None
    a, b, c = found
    if facts.positive(b**2 - 4 * a * c):
        return between_roots(a, b, sqrt(b**2 - 4 * a * c), x, facts)
    if b == 0:
        root = sqrt(c / a)
        return atan(x / root) / (a * root)
    d = sqrt(factor_terms(4 * a * c - b**2))
    return 2 / d * atan((2 * a * x + b) / d)


def between_roots(a: Expr, b: Expr, root: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """∫ dx/(αx² + βx + γ) = 1/r · log |(2αx + β − r)/(2αx + β + r)| with r = √(β² − 4αγ), where the range contains no root."""
    parts = [2 * a * x + b - root, 2 * a * x + b + root]
    flips = [facts.negative(part) for part in parts]
    if not all(flip or facts.positive(part) for part, flip in zip(parts, flips, strict=True)):
        return None
    above, below = (-part if flip else part for part, flip in zip(parts, flips, strict=True))
    return log(above / below) / root


def antiderivative_by_chain_rule(body: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """c φ′ e^(−φ) and c φ′ φ^n."""
    form = read(body, x, facts)
    if form is None:
        return None
    return next(guises(form, x, facts), None)


def by_error_function(total: Total, facts: Facts) -> Iterator[Values]:
    """F for e^(−bx²)."""
    yield from evaluated(total, facts, error_function)
    if total.measure != REALS:
        yield from evaluated(total, facts, polynomial_and_error_function, whole=True)


def by_two_tails(total: Total, facts: Facts) -> Iterator[Values]:
    """F for x^(∓m/2 − 1) e^(−ax^m − b/x^m) up to or from an end inside the half line."""
    if total.measure not in (REALS, POSITIVE):
        yield from evaluated(total, facts, two_tails)


def two_tails(body: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """√π/(2m√b) (e^(−2√(ab)) erfc(√(b/u) − √(au)) ± e^(2√(ab)) erfc(√(b/u) + √(au))) with u = x^m; the sum belongs to x^(−m/2 − 1),
    the difference, with √a for √b, to x^(m/2 − 1): the distribution function of the inverse Gaussian law."""
    form = read(body, x, facts)
    powers = {power_of(t, x): -c for t, c in form.exps.items()} if form is not None and set(form.powers) <= {x} and len(form.exps) == 2 else {}
    m = next((p for p in powers if p is not None and facts.positive(p)), None)
    if form is None or m is None or set(powers) != {m, -m} or not all(map(facts.positive, powers.values())):
        return None
    root, other, n = sqrt(powers[m]), sqrt(powers[-m]), form.powers.get(x, S.Zero)
    side = next((sign for sign in (1, -1) if n + 1 + sign * m / 2 == 0), 0)
    near, far = (exp(2 * sign * root * other) * erfc(other * x ** (-m / 2) + sign * root * x ** (m / 2)) for sign in (-1, 1))
    scale = form.coefficient * sqrt(pi) / (2 * m)
    return None if side == 0 else scale / other * (near + far) if side == 1 else scale / root * (near - far)


def by_survival(total: Total, facts: Facts) -> Iterator[Values]:
    """F = c · (the kernel without one of its factors, another one raised by 1), as in F = −S(x) for a hazard times a survival."""
    yield from evaluated(total, facts, antiderivative_by_dropping)


def antiderivative_by_dropping(body: Expr, x: Symbol, facts: Facts) -> Expr | None:
    form = read(body, x, facts)
    if form is None or not form.exps and len(form.powers) < 2:
        return None
    for dropped in [b for b, n in form.powers.items() if n == 1 and isinstance(b, Add)]:
        rest = {b: n for b, n in form.powers.items() if b != dropped}
        for raised in (None, *rest):
            guess = replace(form, powers={b: n + 1 if b == raised else n for b, n in rest.items()}).kernel()
            constant = ratio(form, guess, x, facts)
            if constant is not None:
                return constant * guess
    return None


def guises(form: Form, x: Symbol, facts: Facts) -> Iterator[Expr]:
    total = Total(S.Zero, x, Lebesgue(0, 1))  # the candidates look at the variable alone
    for inner, outer in exponents(total, form, facts):
        yield -outer.xreplace({u: inner})
    for inner, outer in bases(total, form, facts):
        n = form.powers[inner]
        yield outer.xreplace({u: S.One}) * (inner ** (n + 1) / (n + 1) if n != -1 else log(inner))


def by_polynomial(total: Total, facts: Facts) -> Iterator[Values]:
    """F = P e^ψ for (P′ + ψ′ P) e^ψ with polynomials P and ψ, the degree of ψ at least 2."""
    yield from evaluated(total, facts, antiderivative_by_polynomial, whole=True)


def antiderivative_by_polynomial(body: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """P e^ψ, where nothing is left over.

    >>> from sympy.abc import x
    >>> antiderivative_by_polynomial((1 - 2*x**2)*exp(-x**2), x, Facts())
    x*exp(-x**2)
    """
    found = divided_by_slope(body, x)
    return found[0] * found[2] if found is not None and found[1] == 0 else None


def polynomial_and_error_function(body: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """P e^ψ and an error function, for a quadratic ψ: a constant times e^ψ is left over."""
    found = divided_by_slope(body, x)
    rest = error_function(found[1] * found[2], x, facts) if found is not None and found[0] != 0 and not found[1].has(x) else None
    return None if found is None or rest is None else found[0] * found[2] + rest


def divided_by_slope(body: Expr, x: Symbol) -> tuple[Expr, Expr, Expr] | None:
    """(P, R, e^ψ) with body = (P′ + ψ′P + R) e^ψ and R of lower degree than ψ′: coefficients are compared from the highest down."""
    waves = [e for e in every(body, exp) if x in free(e)]
    if all(linear(e.args[0], x) for e in waves):
        return None
    several = body if isinstance(body, Add) else next((e for e in Mul.make_args(body) if isinstance(e, Add) and e.has(x)), None)
    if several is None and not body.has(x**2) or not all(e.args[0].is_polynomial(x) for e in waves) or operations(body) > SHORT:
        return None
    if not short(body, MOST_DIVIDED) or not any(factor.has(x) for factor in Mul.make_args(body) if factor not in waves):
        return None  # too long, or e^ψ alone: P is 0
    body = powsimp(body, combine="exp") if len(waves) > 1 else body
    waves = [e for e in every(body, exp) if e.has(x)]
    mark = Dummy()
    try:
        form, inner = Poly(body.xreplace({waves[0]: mark}), x, mark), Poly(waves[0].args[0], x)
    except (PolynomialError, IndexError):
        return None
    if len(waves) > 1 or inner.degree() < 2 or any(n != 1 for _, n in form.monoms()):
        return None
    left, slope_, found = Poly(form.as_expr().subs(mark, 1), x), inner.diff(x), Poly(0, x)
    while not left.is_zero and left.degree() >= slope_.degree():
        part = Poly(left.LC() / slope_.LC() * x ** (left.degree() - slope_.degree()), x)
        rest = Poly(cancel((left - part.diff(x) - slope_ * part).as_expr().expand()), x)
        if not rest.is_zero and rest.degree() >= left.degree():
            return None  # the highest coefficients were not seen to cancel
        found, left = found + part, rest
    return found.as_expr(), left.as_expr(), waves[0]


SIMPLE = replace(measure.ANTIDERIVATIVE, find=simple)
ARCTANGENT = replace(measure.ANTIDERIVATIVE, find=by_arctangent)
TWO_TAILS = replace(measure.ANTIDERIVATIVE, find=by_two_tails)
ERROR_FUNCTION = replace(measure.ANTIDERIVATIVE, find=by_error_function)
POLYNOMIAL = replace(measure.ANTIDERIVATIVE, find=by_polynomial)
SURVIVAL = replace(measure.ANTIDERIVATIVE, find=by_survival)
COMPOSITE = replace(measure.ANTIDERIVATIVE, find=composite)
