"""Powers over d + e cosh ax: symmetrized Fermi functions."""

from collections.abc import Iterator

from sympy import Add, Expr, Mul, S, Symbol, acos, acosh, cos, cosh, exp, gamma, pi, sin, sinh

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Same, Values, li
from derive.language.totals import POSITIVE, Total
from derive.rules.letters import s, x

a, e, t = (Symbol(name, positive=True) for name in "aet")
d = Symbol("d", real=True)


def over_cosh(total: Total, facts: Facts) -> Iterator[tuple[Values, Expr, Expr]]:
    """(letters, d/e, the power of x) where the integrand is a power over e cosh ax + d."""
    factors = dict(f.as_base_exp() for f in Mul.make_args(total.body)) if total.measure == POSITIVE else {}
    if len(factors) > 2 or not any(n == -1 and base.is_Add and base.has(cosh) for base, n in factors.items()):
        return
    power = factors.pop(total.x, S.Zero)
    for base, n in factors.items() if len(factors) == 1 else ():
        level, wave = base.as_independent(total.x, as_Add=True) if isinstance(base, Add) and n == -1 else (S.Zero, S.Zero)
        size, wave = wave.as_independent(total.x, as_Add=False)
        parts = linear(wave.args[0], total.x) if isinstance(wave, cosh) else None
        if parts is not None and parts[1] == 0 and level != 0:
            yield {x: total.x, a: parts[0], d: level, e: size}, level / size, power


def angle_of(ratio: Expr, kind: type[Expr]) -> Expr | None:
    """t with kind(t) = the ratio, where it is written so or is a number."""
    if isinstance(ratio, kind):
        return ratio.args[0]  # type: ignore[no-any-return]
    inside = ratio.is_number and (ratio > 1 if kind is cosh else abs(ratio) < 1)
    return (acosh(ratio) if kind is cosh else acos(ratio)) if inside else None


def moment(total: Total, facts: Facts, kind: type[Expr], power: int | None) -> Iterator[Values]:
    for values, ratio, found in over_cosh(total, facts):
        angle = angle_of(ratio, kind) if power in (None, found) else None
        if angle is not None:
            yield {**values, t: angle, **({s: found + 1} if power is None else {})}


def moment_rule(name: str, kind: type[Expr], power: int, source: str) -> Rule:
    """t (π² ∓ t²)/3 and t (π² ∓ t²)(7π² ∓ 3t²)/15 over the sine, − with cos t and + with cosh t."""
    sign, wave = (-1, sin) if kind is cos else (1, sinh)
    value = (pi**2 + sign * t**2) / 3 if power == 2 else (pi**2 + sign * t**2) * (7 * pi**2 + 3 * sign * t**2) / 15
    return Rule(
        name,
        Claim(Total(x**power / (d + e * cosh(a * x)), x, POSITIVE), t * value / (e * a ** (power + 1) * wave(t)),
              given=(Same(d, e * kind(t)), *((t < pi,) if kind is cos else ()))),
        kind="cited",
        find=lambda total, facts: moment(total, facts, kind, power),
        source=source,
    )  # fmt: skip


SECOND_MOMENT_BELOW = moment_rule("second_moment_over_cosh_below", cos, 2, "Gradshteyn-Ryzhik 3.531.3, x → ax")
FOURTH_MOMENT_BELOW = moment_rule("fourth_moment_over_cosh_below", cos, 4, "Gradshteyn-Ryzhik 3.531.4, x → ax")
SECOND_MOMENT_ABOVE = moment_rule("second_moment_over_cosh_above", cosh, 2, "Gradshteyn-Ryzhik 3.531.3, t → it")
FOURTH_MOMENT_ABOVE = moment_rule("fourth_moment_over_cosh_above", cosh, 4, "Gradshteyn-Ryzhik 3.531.4, t → it")
POWER_ABOVE = Rule(
    "power_over_cosh_above",
    Claim(Total(x ** (s - 1) / (d + e * cosh(a * x)), x, POSITIVE), gamma(s) * (li(s, -exp(-t)) - li(s, -exp(t))) / (e * a**s * sinh(t)),
          given=(Same(d, e * cosh(t)),)),
    kind="cited",
    find=lambda total, facts: moment(total, facts, cosh, None),
    source="Gradshteyn-Ryzhik 3.531.1 and DLMF 25.12.11: partial fractions in e^(ax)",
)  # fmt: skip
RULES = (SECOND_MOMENT_BELOW, FOURTH_MOMENT_BELOW, SECOND_MOMENT_ABOVE, FOURTH_MOMENT_ABOVE, POWER_ABOVE)
