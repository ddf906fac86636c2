"""Read the form of a kernel: g(x) = C · ∏ base(x)^exponent · exp(Σ η T(x)), and for sums the ratio of neighbouring terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sympy import Add, Expr, Mul, Pow, S, Symbol, asinh, exp, expand_multinomial, log, sinh

from derive.algebra.monomials import TooLarge, label, multiply, raised, rational, rebuild_term, tidy
from derive.algebra.normal import multiplied_out, term, terms
from derive.algebra.signs import Facts
from derive.language.parts import exchanged, exponential, factors_free_of, free, multiplied
from derive.language.totals import Total


@dataclass(frozen=True)
class Form:
    """`coefficient` is free of x; `powers` maps a base to its exponent, `exps` a statistic T(x) to its coefficient η."""

    coefficient: Expr
    powers: Mapping[Expr, Expr]
    exps: Mapping[Expr, Expr]

    def kernel(self) -> Expr:
        """The part that depends on x."""
        return multiplied(*(b**e for b, e in self.powers.items()), exponential(Add(*(c * t for t, c in self.exps.items()))))


def read(body: Expr, x: Symbol, facts: Facts) -> Form | None:
    """The form of `body` as a kernel in x, or None where it is no such product.

    >>> x, a, b = Symbol("x", positive=True), Symbol("a"), Symbol("b")
    >>> form = read(x**(a - 1)*exp(-b*x)/b, x, Facts())
    >>> form.coefficient, form.powers, form.exps
    (1/b, {x: a - 1}, {x: -b})
    """
    try:
        return facts.found[body, x]  # type: ignore[no-any-return]
    except KeyError:
        facts.found[body, x] = form = _read(body, x, facts)
        return form


def _read(body: Expr, x: Symbol, facts: Facts) -> Form | None:
    try:
        c, mono = term(body, facts)
    except TooLarge:
        return None
    coefficient: list[Expr] = [rational(c)]
    constants: list[Expr] = []  # in the exponent
    powers: dict[Expr, Expr] = {}
    exps: dict[Expr, Expr] = {}
    for (b, m), e in sorted(mono, key=lambda item: (label(item[0][0]), label(item[0][1]))):
        n = rational(e)
        if not b.has(x) and not m.has(x):
            (constants if b is S.Exp1 else coefficient).append(m * n if b is S.Exp1 else Pow(b, m * n))
        elif not m.has(x):
            powers[b] = powers.get(b, S.Zero) + m * n
        elif not b.has(x):
            constant, statistic = factors_free_of(m, [x])
            exps[statistic] = exps.get(statistic, S.Zero) + constant * n * (1 if b is S.Exp1 else log(b))
        else:
            return None
    exps = {t: c for t, c in exps.items() if c != 0}
    if any(isinstance(c, Add) for c in (*exps.values(), *constants)):
        squares = sorted((p for p in body.atoms(Pow) if isinstance(p.base, Add) and p.exp.is_Integer and p.exp > 1 and not p.has(x)), key=label)
        exps = {t: refolded(c, squares) for t, c in exps.items()}
    return Form(multiplied(*coefficient, exponential(Add(*constants))), powers, exps)


def refolded(e: Expr, powers: Iterable[Expr]) -> Expr:
    """A sum with powers of sums put back that were multiplied out in it.

    >>> b, m, y = Symbol("b"), Symbol("m"), Symbol("y")
    >>> refolded(b + m**2/2 - m*y + y**2/2, [(y - m)**2])
    b + (-m + y)**2/2
    """
    whole: list[Expr] = []
    for power in powers:
        pieces, rest = Add.make_args(expand_multinomial(power)), set(Add.make_args(e))
        for factor in dict.fromkeys(t / pieces[0] for t in Add.make_args(e)):
            if all(factor * piece in rest for piece in pieces):
                rest -= {factor * piece for piece in pieces}
                whole.append(factor * power)
        e = Add(*rest)
    return Add(e, *whole)


def bare(total: Total, facts: Facts) -> Form | None:
    """The form of the integrand of `total`, if no constant factor is hidden in it."""
    form = read(total.body, total.x, facts.within(total.x, total.measure))
    return form if form is not None and form.coefficient == 1 else None


def power_of(statistic: Expr, x: Symbol) -> Expr | None:
    """p where a statistic is x**p, else None."""
    base, p = statistic.as_base_exp()
    return p if base == x and not p.has(x) else None


def polynomial(e: Expr, x: Symbol, degree: int, facts: Facts) -> list[Expr] | None:
    """The coefficients of e as a polynomial in x of exactly this degree, the leading one first."""
    found: dict[int, list[Expr]] = {}
    for mono, c in multiplied_out(terms(e, facts), facts).items():
        free, n = [rational(c)], 0
        for (b, m), k in mono:
            if b == x and m is S.One and k.denominator == 1 and k > 0:
                n += int(k)
            elif b.has(x) or m.has(x):
                return None
            else:
                free.append(Pow(b, m * rational(k)))
        found.setdefault(n, []).append(Mul(*free))
    if not found or max(found) != degree:
        return None
    return [Add(*found.get(n, [])) for n in range(degree, -1, -1)]


def linear(e: Expr, x: Symbol) -> tuple[Expr, Expr] | None:
    """(a, b) with e = a x + b and a ≠ 0, or None."""
    terms_ = Add.make_args(e)
    moving = [part for part in terms_ if x in free(part)]
    factors = Mul.make_args(moving[0]) if len(moving) == 1 else ()
    rest = [factor for factor in factors if factor != x]
    if len(rest) + 1 != len(factors) or any(x in free(factor) for factor in rest):
        return None
    return Mul(*rest), Add(*(part for part in terms_ if part is not moving[0]))


def binomial_base(e: Expr, x: Symbol) -> tuple[Expr, Expr, Expr] | None:
    """(d, c, p) with e = d + c x**p, or None."""
    if not isinstance(e, Add):
        return None
    d, rest = e.as_independent(x, as_Add=True)
    c, tail = factors_free_of(rest, [x])
    p = power_of(tail, x)
    return None if p is None or d == 0 else (d, c, p)


def term_ratio(body: Expr, k: Symbol, facts: Facts) -> Expr | None:
    """g(k + 1)/g(k) as a product, where it is a rational function of k; None where it is not.

    >>> from sympy import factorial
    >>> k, z = Symbol("k", integer=True, nonnegative=True), Symbol("z", positive=True)
    >>> term_ratio(z**k/factorial(k), k, Facts())
    z/(k + 1)
    """
    ratio = next_over_this(body, k, facts)
    return ratio if ratio is not None and ratio.is_rational_function(k) else None


def next_over_this(body: Expr, k: Symbol, facts: Facts) -> Expr | None:
    """g(k + 1)/g(k) in normal form; None where that grows too large, or g is 0."""
    try:
        (above, up), (below, down) = term(exchanged(body, {k: k + 1}), facts), term(body, facts)
    except TooLarge:
        return None
    if not below:
        return None
    c, mono = tidy(above / below, multiply(up, raised(down, -1)))
    return rebuild_term(c, mono)


def ratio_roots(ratio: Expr, k: Symbol) -> tuple[Expr, list[Expr], list[Expr]] | None:
    """(z, [a…], [b…]) with ratio = z ∏(k + a)/∏(k + b), where the numerator and denominator split into linear factors."""
    z: Expr = S.One
    upper: list[Expr] = []
    lower: list[Expr] = []
    for factor in Mul.make_args(ratio):
        base, n = factor.as_base_exp()
        if not factor.has(k):
            z *= factor
            continue
        found = linear(base, k) if n.is_Integer else None
        if found is None:
            return None
        slope, shift = found
        z *= slope**n
        (upper if n > 0 else lower).extend([shift / slope] * abs(int(n)))
    return z, upper, lower


def inverse(phi: Expr, x: Symbol, u: Symbol, facts: Facts) -> Expr | None:
    """ψ(u) with φ(ψ(u)) = u, by peeling φ from outside in; None where that does not succeed.

    >>> x, u = Symbol("x", positive=True), Symbol("u", positive=True)
    >>> inverse(3*x**2 + 1, x, u, Facts())
    sqrt(u/3 - 1/3)
    """
    value: Expr = u
    while phi != x:
        if not phi.has(x):
            return None
        if isinstance(phi, (Add, Mul)):
            free, rest = phi.as_independent(x, as_Add=isinstance(phi, Add))
            if rest.func is phi.func and free in (0, 1):
                return None
            value, phi = (value - free, rest) if isinstance(phi, Add) else (value / free, rest)
        elif isinstance(phi, exp):
            value, phi = log(value), phi.args[0]
        elif isinstance(phi, log):
            value, phi = exp(value), phi.args[0]
        elif isinstance(phi, asinh):
            value, phi = sinh(value), phi.args[0]
        elif isinstance(phi, Pow) and not phi.exp.has(x) and facts.nonnegative(phi.base):
            value, phi = value ** (1 / phi.exp), phi.base
        elif isinstance(phi, Pow) and phi.base.is_Rational and phi.base > 0 and phi.base != 1:
            value, phi = log(value) / log(phi.base), phi.exp
        else:
            return None
    return value


def pieces(body: Expr, facts: Facts, most: int = 64) -> list[Expr] | None:
    """The terms of `body` where it is, or multiplies out to, a sum."""
    try:
        total = multiplied_out(terms(body, facts), facts)
    except TooLarge:
        return None
    if not 2 <= len(total) <= most:
        return None
    return [rebuild_term(c, m) for m, c in total.items()]
