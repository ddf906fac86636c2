"""What is off where ∫f(x) dx became ∫h(u) du by a u = φ(x) that no line states: its ends, a factor of its differential, or the whole of that."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Expr, Pow, S, Symbol, exp, log, sqrt

from derive.algebra.equality import equal
from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical
from derive.algebra.rational import short
from derive.algebra.signs import Facts
from derive.grade.claims import Compared
from derive.grade.diagnose.changes import shown
from derive.grade.equal.ends import limit_at
from derive.grade.equal.quotients import reduced
from derive.grade.handed import Mistake
from derive.grade.truth import Truth
from derive.language.totals import Lebesgue, Total

MOST = 14  # substitutions that are tried
LARGEST = 60  # operations of an integrand


def guessed_substitution(found: Compared, truth: Truth) -> Mistake | None:
    """The mistake in a change of variables by a φ that turns one integrand into the other, up to what is off."""
    before, after = single(found.target), single(found.side)
    if before is None or after is None or before[1].x.name == after[1].x.name:
        return None
    facts = truth.ground.facts.within(before[1].x, before[1].measure)
    for phi in substitutions(before[1], after[1], facts):
        try:
            if (mistake := off(before, after, phi, facts)) is not None:
                return mistake
        except (TooLarge, ZeroDivisionError):
            continue
    return None


def single(e: Expr) -> tuple[Expr, Total] | None:
    """c and ∫ for c ∫, where the integral is one over a plain integrand."""
    c, total = e.as_independent(Total, as_Add=False)
    plain = isinstance(total, Total) and isinstance(total.measure, Lebesgue) and not total.body.has(Total) and total.body.count_ops() < LARGEST
    return (c, total) if plain else None


def substitutions(before: Total, after: Total, facts: Facts) -> list[Expr]:
    """Monotone functions φ of x that a student may have put u for: what stands in exponents and brackets, powers, the range made to (0, 1)."""
    return [phi for phi in dict.fromkeys(proposed(before, after)) if phi != before.x and monotone(phi, before.x, facts)][:MOST]


def proposed(before: Total, after: Total) -> Iterator[Expr]:
    x, body = before.x, before.body
    for e in sorted(body.atoms(exp), key=str):
        yield from (-e.args[0], e.args[0], e.args[0].as_independent(x, as_Add=False)[1])
    inside = [f.args[0] for f in body.atoms(log)] + [p.base for p in body.atoms(Pow) if not isinstance(p, exp)]
    yield from (e for e in sorted(inside, key=str) if e.has(x))
    lo, hi = before.measure.args
    if lo.is_finite and hi.is_finite:
        yield (x - lo) / (hi - lo)
    scales = sorted(body.free_symbols - {x}, key=str)
    yield from (x**2, sqrt(x), log(x), exp(x), x**3, 1 / x, *(x * s for s in scales), *(x / s for s in scales))


def monotone(phi: Expr, x: Symbol, facts: Facts) -> bool:
    slope = phi.diff(x)
    return phi.has(x) and (facts.positive(slope) or facts.positive(-slope))


def off(before: tuple[Expr, Total], after: tuple[Expr, Total], phi: Expr, facts: Facts) -> Mistake | None:
    (c, old), (d, new) = before, after
    x, u, slope = old.x, new.x, phi.diff(old.x)
    written = d * new.body.xreplace({u: phi}) / (c * old.body)
    whole = canonical(written * slope, facts)
    whole = reduced(whole, facts) if whole.has(x) and short(whole) else whole
    if whole == 0 or whole.has(S.NaN, S.ComplexInfinity):
        return None
    ends = [limit_at(phi, x, end, side, facts) for end, side in zip(old.measure.args, (1, -1), strict=True)]
    ends = ends if facts.positive(slope) else ends[::-1]
    there = None not in ends and Lebesgue(*ends) == new.measure
    ratio = whole if facts.positive(whole) else -whole
    if whole.has(x):
        lost = there and any(equal(written, one, facts) for one in (S.One, S.NegativeOne))
        return Mistake("missing-jacobian", "", f"with {u} = {phi}, d{u} = {slope} d{x}: this factor is lost") if lost else None
    if ratio == 1:
        wanted = None if None in ends or there else ", ".join(map(str, ends))
        return Mistake("wrong-domain", "", f"with {u} = {phi}, {u} runs over ({wanted}), and not over {shown(new)}") if wanted else None
    missing = 1 / ratio
    if not there or not any(equal(missing, k, facts) for k in constants(phi, x)):  # else it is no factor of the differential
        return None
    return Mistake("missing-jacobian", str(ratio), f"with {u} = {phi}, d{u} = {slope} d{x}: the factor {missing} is missing")


def constants(phi: Expr, x: Symbol) -> list[Expr]:
    """What is constant in dx/du, for u = c xⁿ: 1/n, c^(−1/n), and both."""
    c, power = phi.as_independent(x, as_Add=False)
    c = phi.diff(x) if isinstance(power, Add) and not phi.diff(x).has(x) else c
    n = power.exp if isinstance(power, Pow) and power.base == x else S.One
    return [1 / n, c ** (-1 / n), c ** (-1 / n) / n]
