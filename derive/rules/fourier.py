"""Waves under a kernel: cos(wx + d) under a Gaussian, a Lorentzian, Student's kernel, a gamma kernel and the hyperbolic secant.

Each is a characteristic function: with φ(w) = ∫ f(x) e^(iwx) dx it is the real part of e^(id) φ(w). A sine is a cosine a quarter turn on.
"""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Abs, Add, Expr, Integer, Mul, Ne, Rational, S, Symbol, atan, besselk, cos, cosh, diff, exp, factorial, gamma, pi, sin, sinh, sqrt
from sympy.simplify.fu import TR8
from sympy.utilities.iterables import sift

from derive.algebra.equality import equal
from derive.algebra.rational import shortest
from derive.algebra.reading import linear, polynomial
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Finite, Rule, Same, Values
from derive.language.parts import contains, factors_free_of
from derive.language.totals import POSITIVE, REALS, Total, fresh, names
from derive.rules.letters import A, M, b, c, f, h, s, u, x
from derive.rules.measure import ALGEBRA
from derive.rules.shapes import Shape, shape_of
from derive.rules.values import function
from derive.rules.waves import small_powers, without_products

a, q = Symbol("a", positive=True), Symbol("q", positive=True)
w, d, C = (Symbol(name, real=True) for name in "wdC")
MOST_POWER = 8


def phase(wave: Expr, v: Symbol, facts: Facts) -> tuple[Expr, Expr] | None:
    """(w, d) where a sine or cosine is cos(wv + d)."""
    line = polynomial(wave.args[0], v, 1, facts) if isinstance(wave, (cos, sin)) else None
    return None if line is None else (line[0], line[1] - (pi / 2 if isinstance(wave, sin) else S.Zero))


def under_wave(total: Total, facts: Facts) -> tuple[Shape, dict[Expr, Expr], dict[Symbol, Expr]] | None:
    """The shape of an integrand, its factors but for one cos(wx + d) or sin, and the values of w and d."""
    shape = shape_of(total, facts) if contains(total.body, cos, sin) else None
    if shape is None:
        return None
    waves = [base for base, n in shape.rest.items() if isinstance(base, (cos, sin)) and n == 1]
    found = phase(waves[0], total.x, facts) if len(waves) == 1 else None
    if found is None:
        return None
    return shape, {base: n for base, n in shape.rest.items() if base != waves[0]}, {x: total.x, w: found[0], d: found[1]}


def gaussian_wave(total: Total, facts: Facts) -> Iterator[Values]:
    """x^n exp(−bx² + cx) cos(wx + d) on the line."""
    found = under_wave(total, facts) if total.measure == REALS else None
    if found is None or found[1] or total.x**2 not in found[0].exps or not set(found[0].exps) <= {total.x, total.x**2}:
        return
    shape, _, values = found
    if shape.power.is_Integer and 0 <= shape.power <= MOST_POWER:
        yield {**values, b: -shape.exps[total.x**2], c: shape.exps.get(total.x, S.Zero), SIZE: shape.power + 1}


def gaussian_and_wave(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    """The integral with x^n is the n-th derivative by c of the one without."""
    n = size - 1
    value = sqrt(pi / b) * exp((c**2 - w**2) / (4 * b)) * cos(c * w / (2 * b) + d)
    return Claim(Total(x**n * exp(-b * x**2 + c * x) * cos(w * x + d), x, REALS), diff(value, c, n)), ()


GAUSSIAN_WAVE = Rule("gaussian_wave", gaussian_and_wave(1)[0], kind="cited", schema=gaussian_and_wave, find=gaussian_wave,
                     source="Gradshteyn-Ryzhik 3.896.2-3; the real part of the Gaussian integral at c + iw, n times derived by c")  # fmt: skip


def student_wave(total: Total, facts: Facts) -> Iterator[Values]:
    """cos(wx + d)/(q (x − c)² + qb)^s on the line."""
    found = under_wave(total, facts) if total.measure == REALS else None
    if found is None or len(found[1]) != 1 or found[0].exps or found[0].power != 0:
        return
    ((base, n),) = found[1].items()
    quadratic = polynomial(base, total.x, 2, facts)
    if quadratic is not None:
        slope, middle = quadratic[0], -quadratic[1] / (2 * quadratic[0])
        yield {**found[2], q: slope, c: middle, b: shortest(quadratic[2] / slope - middle**2), s: -n}


def lorentz_wave(total: Total, facts: Facts) -> Iterator[Values]:
    """cos(wx + d)/(q (x − c)² + qb) on the line."""
    for values in student_wave(total, facts):
        if values[s] == 1:
            yield {letter: value for letter, value in values.items() if letter != s}


LORENTZ_WAVE = Rule("lorentz_wave", Claim(
    Total(cos(w * x + d) / (q * (x - c) ** 2 + q * b), x, REALS), pi / (q * sqrt(b)) * exp(-sqrt(b) * Abs(w)) * cos(w * c + d)), kind="cited",
    find=lorentz_wave, source="Gradshteyn-Ryzhik 3.723.2 (Laplace, by residues)")  # fmt: skip
BASSET = (Abs(w) / (2 * sqrt(b))) ** (s - Rational(1, 2)) * besselk(s - Rational(1, 2), sqrt(b) * Abs(w))
STUDENT_WAVE = Rule("student_wave", Claim(
    Total(cos(w * x + d) / (q * (x - c) ** 2 + q * b) ** s, x, REALS), 2 * sqrt(pi) / (q**s * gamma(s)) * BASSET * cos(w * c + d),
    given=(s > Rational(1, 2), Ne(w, 0))), kind="cited", find=student_wave, source="DLMF 10.32.11 (Basset)")  # fmt: skip


def gamma_wave(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(s−1) e^(−bx) cos(wx + d) on the half line."""
    found = under_wave(total, facts) if total.measure == POSITIVE else None
    if found is not None and not found[1] and set(found[0].exps) == {total.x}:
        yield {**found[2], s: found[0].power + 1, b: -found[0].exps[total.x]}


GAMMA_WAVE = Rule("gamma_wave", Claim(
    Total(x ** (s - 1) * exp(-b * x) * cos(w * x + d), x, POSITIVE), gamma(s) / (b**2 + w**2) ** (s / 2) * cos(s * atan(w / b) + d)),
    kind="cited", find=gamma_wave, source="Gradshteyn-Ryzhik 3.944.5-6; DLMF 5.9.1 at b − iw")  # fmt: skip


def logistic_wave(total: Total, facts: Facts) -> Iterator[Values]:
    """e^(nax/2) (1 + e^(ax))^(−n) cos(wx + d) on the line: sech^n and the logistic kernel."""
    found = under_wave(total, facts) if total.measure == REALS and contains(total.body, exp, cosh, sinh) else None
    if found is None or len(found[1]) != 1 or found[0].power != 0 or set(found[0].exps) != {total.x}:
        return
    ((base, n),) = found[1].items()
    rate = 2 * found[0].exps[total.x] / -n
    if base == exp(rate * total.x) + 1 and n.is_Integer and 0 < -n <= MOST_POWER:
        yield {**found[2], a: rate, SIZE: -n}


def logistic_and_wave(n: int) -> tuple[Claim, tuple[Claim, ...]]:
    """|Γ(n/2 + iy)|² cos d/(a Γ(n)) with y = w/a: for a whole n the modulus is elementary (DLMF 5.4.3-4)."""
    z = w / a
    modulus = pi * z / sinh(pi * z) if n % 2 == 0 else pi / cosh(pi * z)
    for j in range(n // 2):
        modulus *= z**2 + (j + Rational(n % 2, 2)) ** 2 if n % 2 or j else S.One
    left = Total(exp(n * a * x / 2) * cos(w * x + d) / (exp(a * x) + 1) ** n, x, REALS)
    return Claim(left, modulus * cos(d) / (a * factorial(n - 1)), given=(Ne(w, 0),) if n % 2 == 0 else ()), ()


LOGISTIC_WAVE = Rule("logistic_wave", logistic_and_wave(2)[0], kind="cited", schema=logistic_and_wave, find=logistic_wave,
                     source="DLMF 5.12.3 at complex arguments, 5.4.3-4; Gradshteyn-Ryzhik 3.981.3, 3.982.1")  # fmt: skip


def apart(body: Expr, v: Symbol) -> tuple[list[Expr], list[Expr]]:
    """The factors in which sines and cosines of something linear stand, but for those in an exponent, and the others."""
    def is_wave(e: Expr) -> bool:
        return not isinstance(e, exp) and any(t.has(v) and linear(t.args[0].expand(), v) for t in e.atoms(cos, sin))
    waved, rest = sift(Mul.make_args(body), is_wave, binary=True)
    return waved, rest


def products_of_waves(total: Total, facts: Facts) -> Iterator[Values]:
    """Products and powers of sines and cosines as sums: cos² z = (1 + cos 2z)/2."""
    waved, rest = apart(total.body, total.x)
    waves = Mul(*waved)
    if isinstance(waves, (cos, sin)) or not waves.is_polynomial(*waves.atoms(cos, sin)):
        return
    if isinstance(waves.as_base_exp()[0], sin) and any(e.has(cos) for e in rest):
        return  # sin²ⁿ x e^(κ cos x) is Poisson's integral as it stands
    singular = any(e.as_base_exp()[0] == total.x for e in rest)  # sin⁴ x/x⁴ has a total, its terms have none
    if not singular and small_powers(waves, sorted(waves.atoms(cos, sin), key=str)):
        plain = without_products(waves.expand())
    else:
        plain = TR8(waves.expand()) if isinstance(waves, Add) else TR8(waves)
    if plain != waves and isinstance(plain, Add):
        yield {x: total.x, f: function(total.x, total.body), h: function(total.x, Mul(*rest, plain)), M: total.measure}


WAVES_APART = replace(ALGEBRA, find=products_of_waves)


def under_waves(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    """∫ f (A + Σ Bᵢ cos(wᵢx + dᵢ)) term by term: f ≥ 0 has a finite total, and no |f cos| is larger than f."""
    n = size - 1
    scales, rates, turns, values = ([Symbol(f"{letter}{i}", real=True) for i in range(1, n + 1)] for letter in "BwdC")
    parts = [f(x) * cos(rate * x + turn) for rate, turn in zip(rates, turns, strict=True)]
    left = Total(f(x) * Add(A, *(scale * cos(rate * x + turn) for scale, rate, turn in zip(scales, rates, turns, strict=True))), x, M)
    says = Claim(left, A * C + Add(*map(Mul, scales, values)), given=(f(x) >= 0, *map(Finite, (C, *values))))
    return says, (Claim(Total(f(x), x, M), C), *(Claim(Total(part, x, M), value) for part, value in zip(parts, values, strict=True)))


def kernel_under_waves(total: Total, facts: Facts) -> Iterator[Values]:
    """f (A + Σ Bᵢ cos(wᵢx + dᵢ)), one factor of which is the sum."""
    waved, rest = apart(total.body, total.x)
    if len(waved) != 1 or not isinstance(waved[0], Add):
        return
    constant, moving = waved[0].as_independent(total.x, as_Add=True)
    values: dict[Symbol, Expr] = {x: total.x, M: total.measure, A: constant, f: function(total.x, Mul(*rest))}
    terms = Add.make_args(moving)
    for i, term in enumerate(terms, 1):
        scale, wave = factors_free_of(term, [total.x])
        found = phase(wave, total.x, facts)
        if found is None:
            return
        values |= {Symbol(f"{letter}{i}", real=True): value for letter, value in zip("Bwd", (scale, *found), strict=True)}
    yield {**values, SIZE: Integer(len(terms) + 1)}


UNDER_WAVES = Rule("under_waves", under_waves(2)[0], kind="cited", rests_on=under_waves(2)[1], schema=under_waves, find=kernel_under_waves,
                   source="linearity; Lebesgue's dominated convergence: |f cos| ≤ f")  # fmt: skip


def even_wave(total: Total, facts: Facts) -> Iterator[Values]:
    """An even kernel with waves on the half line."""
    if total.measure != POSITIVE or not contains(total.body, cos, sin):
        return
    new = fresh(REALS, names(total, *facts.relations))
    body = total.body.xreplace({total.x: new})
    if equal(body.xreplace({new: -new}), body, facts):
        yield {x: total.x, f: function(new, body), u: new}


UNFOLDED = Rule("unfolded", Claim(
    Total(f(x), x, POSITIVE), Total(f(u), u, REALS) / 2, given=(Same(f(-x), f(x)),)), kind="cited", find=even_wave,
    source="u = −x takes the left half line to the right one: an even function has half its integral on each")  # fmt: skip

RULES = (UNFOLDED, GAUSSIAN_WAVE, LORENTZ_WAVE, STUDENT_WAVE, GAMMA_WAVE, LOGISTIC_WAVE, WAVES_APART, UNDER_WAVES)
