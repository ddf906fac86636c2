"""Inner functions that a substitution may take: what stands under a square, in a function, or as an inverse wave."""

from collections.abc import Iterator

from flint import fmpq
from sympy import (
    Add,
    Basic,
    Dummy,
    Expr,
    Mul,
    Pow,
    Rational,
    S,
    Symbol,
    acos,
    acosh,
    asin,
    atan,
    cos,
    cosh,
    cot,
    erf,
    erfc,
    exp,
    sec,
    sech,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)

from derive.algebra.monomials import TooLarge, even, label, raised, rational, rebuild_mono, rebuild_term
from derive.algebra.normal import canonical, term
from derive.algebra.reading import linear, power_of
from derive.algebra.rough import varies
from derive.algebra.signs import Facts
from derive.language.claims import slope
from derive.language.parts import contains, every, exchanged, multiplied, operations
from derive.language.totals import Total
from derive.rules.letters import u

FEW = 4  # sums whose powers are looked at as they are written


def squares(total: Total, facts: Facts) -> Iterator[tuple[Expr, Expr | None]]:
    """φ in integrands c φ′ e^(−kφ²): the square root of an exponent."""
    for e in sorted(every(total.body, exp), key=label):
        for part in Add.make_args(e.args[0]):
            c, mono = term(-part, facts)
            if c > 0 and mono and all(even(n) or facts.nonnegative(b) for (b, _), n in mono) and part.has(total.x):
                root = rebuild_mono(raised(mono, fmpq(1, 2)))
                if linear(root, total.x) or power_of(root.as_independent(total.x)[1], total.x) is not None:
                    continue
                constant = quotient(total.body, slope(root, total.x) * exp(part), total.x, facts)
                if constant is None and isinstance(root, exp):  # e^x itself is simpler where its root is no better
                    continue
                yield root, None if constant is None else constant * exp(-rational(c) * u**2)


def squared_sums(total: Total, facts: Facts) -> Iterator[tuple[Expr, Expr]]:
    """φ in integrands φ′ h(φ) where φ stands as it is written: a sum squared in (1 + (√x − 1/√x)²/n)^(−p), with letters in its powers or in a
    hyperbolic function, or a hyperbolic sine."""
    x = total.x
    powers = {p.base for p in every(total.body, Pow) if isinstance(p.base, Add) and p.base.has(x) and (p.exp == 2 or p.exp.free_symbols)}
    arguments = [part for e in every(total.body, cosh, sinh, tanh, sech) for part in every(e.args[0], Add)]
    powers |= {*(part for part in arguments if part.has(x)), *(e for e in every(total.body, sinh) if linear(e.args[0], x))}
    for inner in sorted(powers, key=label)[:FEW]:
        mark = Dummy("u", real=True)
        factors = () if linear(inner, x) else Mul.make_args(exchanged(total.body, {inner: mark}))
        outer, rest = (Mul(*(part for part in factors if part.has(mark) == inside)) for inside in (True, False))
        constant = quotient(rest, slope(inner, x), x, facts) if factors and not outer.has(x) else None
        if constant is not None:
            yield inner, constant * exchanged(outer, {mark: u})


def hidden_squares(total: Total, facts: Facts) -> Iterator[tuple[Expr, Expr]]:
    """φ = √x − m/√x in integrands φ′ h(x + m²/x), since x + m²/x = φ² + 2m."""
    x = total.x
    factors = Mul.make_args(total.body)
    for part in factors if total.body.has(1 / x) and facts.positive(x) else ():
        base = (part.base if part.is_Pow and not part.exp.has(x) else S.Zero).expand()
        up, down = base.coeff(x, 1), base.coeff(x, -1)
        rest = (base - up * x - down / x).expand()
        if base == 0 or rest.has(x) or not (facts.positive(up) and facts.positive(down)):
            continue
        m = sqrt(down / up)
        constant = quotient(total.body / part, x ** Rational(-1, 2) + m * x ** Rational(-3, 2), x, facts)
        if constant is not None:
            yield sqrt(x) - m / sqrt(x), 2 * constant * (rest + 2 * m * up + up * u**2) ** part.exp


def inner_functions(total: Total, facts: Facts) -> Iterator[tuple[Expr, Expr]]:
    """φ = erf(z), arctan(z) or cos(z) where the integrand is h(φ) φ′."""
    x = total.x
    if not contains(total.body, erf, erfc, atan, cos, sin):
        return
    body = total.body.replace(erfc, lambda z: 1 - erf(z)).replace(lambda e: e.is_Pow and isinstance(e.base, sin) and e.exp == 2,
                                                                  lambda e: 1 - cos(e.base.args[0]) ** 2)  # fmt: skip
    for inner in sorted((t for t in every(body, erf, atan, cos) if t.has(x)), key=label):
        try:
            outer = exchanged(canonical(body / slope(inner, x), facts), {inner: u})
        except TooLarge:
            continue
        if not outer.has(x):
            yield inner, outer


def inverse_waves(total: Total) -> Iterator[tuple[Expr, Expr]]:
    """φ = arccos(cx) or arcsin(cx), by which x = cos(u)/c or sin(u)/c; 1 − c²x² is the square of the other wave."""
    x = total.x
    for inner in sorted((t for t in every(total.body, acos, asin) if t.has(x)), key=label):
        scale = inner.args[0] / x
        wave, other = (cos(u), sin(u)) if isinstance(inner, acos) else (sin(u), cos(u))
        root = 1 - inner.args[0] ** 2
        body = total.body.replace(lambda e, root=root: isinstance(e, Pow) and e.base == root, lambda e, other=other: other ** (2 * e.exp))
        outer = body.xreplace({inner: u}).xreplace({x: wave / scale}) * other / scale
        if not scale.has(x) and not outer.has(x, acos, asin):
            yield inner, -outer if isinstance(inner, acos) else outer


def inverse_hyperbolic(total: Total) -> Iterator[tuple[Expr, Expr]]:
    """φ = arcosh(cx), by which x = cosh(u)/c; c²x² − 1 is the square of sinh(u)."""
    x = total.x
    for inner in sorted((t for t in every(total.body, acosh) if t.has(x)), key=label):
        scale, root = inner.args[0] / x, (inner.args[0] ** 2 - 1).expand()
        body = total.body.replace(lambda e, root=root: isinstance(e, Pow) and e.base.expand() == root, lambda e: sinh(u) ** (2 * e.exp))
        outer = body.xreplace({inner: u}).xreplace({x: cosh(u) / scale}) * sinh(u) / scale
        if not scale.has(x) and not outer.has(x, acosh):
            yield inner, outer


def tangents(total: Total) -> Iterator[tuple[Expr, Expr]]:
    """φ = tan(cx), by which cos(cx)² = 1/(1 + u²)."""
    x = total.x
    for inner in sorted((t for t in every(total.body, tan) if t.has(x)), key=label):
        found = linear(inner.args[0], x)
        waves = {tan: u, cot: 1 / u, sec: (1 + u**2) ** S.Half, cos: (1 + u**2) ** -S.Half}
        outer = total.body.xreplace({kind(inner.args[0]): wave for kind, wave in waves.items()})
        if found is not None and not outer.has(x):
            yield inner, outer / (found[0] * (1 + u**2))


def inner_exponentials(body: Expr, x: Symbol) -> list[Expr]:
    """e^(kx), the slowest first, where x stands in exponents alone and e^(kx) within something else, not merely as a factor."""
    if contains(body, exp) and (tens := inner_powers(body, x)):
        return tens
    plain = [e for e in every(body, exp) if linear(e.args[0], x)]
    if not plain or stands_outside(body, x, exp):
        return []
    if not any(inner in plain for factor in Mul.make_args(body) if factor not in plain for inner in every(factor, exp)):
        return []
    slopes = {found[0] for e in plain if (found := linear(e.args[0], x))}
    rates = sorted(slopes, key=lambda k: (operations(k), abs(k) if k.is_number else 0, str(k)))
    return [exp(k * x) for k in rates[:2]]


def inner_powers(body: Expr, x: Symbol) -> list[Expr]:
    """b^(kx) for a number b, where it stands within an exponential: what magnitudes and decibels are written with."""
    found = {p for e in every(body, exp) for p in every(e.args[0], Pow) if p.base.is_Rational and p.exp.has(x) and linear(p.exp, x)}
    slopes = {p.base ** (linear(p.exp, x)[0] * x) for p in found}  # type: ignore[index]
    return sorted(slopes, key=str) if len(slopes) == 1 else []


def stands_outside(e: Basic, x: Symbol, kind: type) -> bool:
    """Whether x stands in e elsewhere than within functions of this kind."""
    return e == x or not isinstance(e, kind) and any(stands_outside(arg, x, kind) for arg in e.args)


def quotient(a: Expr, b: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """a/b, where it is a constant."""
    if b == 0 or varies((a, b), x, facts):
        return None
    try:
        c, mono = term(multiplied(a, 1 / b), facts)
    except TooLarge:
        return None
    return None if any(part.has(x) for atom, _ in mono for part in atom) else rebuild_term(c, mono)
