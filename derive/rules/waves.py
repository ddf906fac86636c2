"""Damped waves: powers times exponentials times sines and cosines, by turning products into sums."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sympy import Add, Dummy, Expr, Pow, S, Symbol, cos, expand_trig, ff, sin
from sympy.simplify.fu import TR8

from derive.algebra.rational import short
from derive.algebra.reading import linear, read
from derive.algebra.signs import Facts
from derive.language.claims import Values
from derive.language.parts import contains, factors_free_of
from derive.language.totals import Total
from derive.rules import measure
from derive.rules.antiderivatives import evaluated

MOST_WAVES, MOST_POWER = 4, 8  # different sines and cosines in a body; the power of one of them, or of x


def damped_wave(total: Total, facts: Facts) -> Iterator[Values]:
    """F for x^n e^(αx) times products of sines and cosines of something linear, and sums of these."""
    if contains(total.body, sin, cos):
        yield from evaluated(total, facts, antiderivative_of_waves)


def antiderivative_of_waves(body: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """F with F′ = body, in the angles that stand in the body: ∫ sin² θ dx = x/2 − sin θ cos θ/(2θ′).

    >>> from sympy.abc import x, a
    >>> antiderivative_of_waves(cos(a*x)**2, x, Facts([a > 0]))
    x/2 + sin(a*x)*cos(a*x)/(2*a)
    """
    waves = sorted((w for w in body.atoms(sin, cos) if w.has(x)), key=str)
    angles = {w.args[0]: Dummy("θ", real=True) for w in waves}
    slopes = {t: found[0] for a, t in angles.items() if (found := linear(a, x)) is not None}
    if not waves or len(waves) > MOST_WAVES or len(slopes) < len(angles) or not small_powers(body, waves) or not short(body):
        return None
    flat = without_products(body.xreplace({w: w.func(angles[w.args[0]]) for w in waves}).expand())
    parts = [one_wave(term, x, slopes, facts) for term in Add.make_args(flat)]
    if any(part is None for part in parts):
        return None
    return expand_trig(Add(*(part for part in parts if part is not None))).xreplace({t: a for a, t in angles.items()})


def without_products(flat: Expr) -> Expr:
    """Sums of single waves: SymPy's step halves a power, so sin⁴ and sin⁸ take more than one."""
    flat = TR8(flat).expand()
    for _ in range(MOST_POWER.bit_length() - 1):
        if any(p.base.has(sin, cos) for p in flat.atoms(Pow)):
            flat = TR8(flat).expand()
    return flat


def small_powers(body: Expr, waves: list[Expr]) -> bool:
    """Whether sines and cosines stand in small whole powers only, and in nothing else."""
    powers = [p.exp for p in body.atoms(Pow) if p.base.has(*waves) or p.exp.has(*waves)]
    return all(n.is_Integer and 0 < n <= MOST_POWER for n in powers)


def one_wave(term: Expr, x: Symbol, slopes: Mapping[Dummy, Expr], facts: Facts) -> Expr | None:
    """∫ c x^n e^(αx) cos θ dx with θ′ = β, or sin θ: the real or imaginary part of c e^(αx + iθ) Σ (−1)^k n!/(n − k)! x^(n−k)/(α + iβ)^(k+1)."""
    rest, wave = factors_free_of(term, slopes)
    form = read(rest, x, facts)
    if form is None or not {*form.powers, *form.exps} <= {x} or not (wave == 1 or isinstance(wave, (sin, cos))):
        return None
    n, alpha = form.powers.get(x, S.Zero), form.exps.get(x, S.Zero)
    beta = Add(*(wave.args[0].coeff(t) * slope for t, slope in slopes.items())) if wave != 1 else S.Zero
    if not n.is_Integer or not 0 <= n <= MOST_POWER:
        return None
    if alpha == beta == 0:
        return term * x / (n + 1)
    p, q, total = S.One, S.Zero, S.Zero  # p + iq = (α − iβ)^(k+1)
    for k in range(int(n) + 1):
        p, q = p * alpha + q * beta, q * alpha - p * beta
        turned = p * wave + q * quarter_turned(wave)
        total += (-1) ** k * ff(n, k) * x ** (n - k) * turned / (alpha**2 + beta**2) ** (k + 1)
    return rest / x**n * total


def quarter_turned(wave: Expr) -> Expr:
    """The real or imaginary part of i e^(iθ), where `wave` is that of e^(iθ)."""
    if wave == 1:
        return S.Zero
    return cos(wave.args[0]) if isinstance(wave, sin) else -sin(wave.args[0])


DAMPED_WAVE = replace(measure.ANTIDERIVATIVE, find=damped_wave)
