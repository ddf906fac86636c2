"""Mistakes that show in the form of a line: its range, a lost Jacobian, the sign of a term, a number or a power inside a sum."""

from __future__ import annotations

from itertools import product

from sympy import Add, Expr, Mul, Pow, Rational, S, beta, pi, sin

from derive.algebra.equality import equal
from derive.grade.diagnose.changes import all_totals, named, same, shown
from derive.grade.equal.ground import Ground
from derive.grade.equal.values import Bench, evaluated
from derive.grade.handed import Mistake
from derive.language.totals import REALS, Atoms, Counting, Lebesgue, Total
from derive.search.presentable import presentable

MOST_SHIFTED = 3  # factors of a sum's terms that are tried one place off


def form_mistake(target: Expr, side: Expr, right: Expr, wrong: Expr, ground: Ground, bench: Bench) -> Mistake | None:
    """Mistakes that show in the form of a line: its range, a lost Jacobian, the sign of a term, a number inside a sum."""
    if not wrong.has(Total) and same(wrong, -right, ground):
        return Mistake("sign", "-1", "the sign is turned round")
    ways = (
        ("off-by-one-index", index_repairs),
        ("off-by-one-gamma", beta_repairs),
        ("wrong-domain", range_repairs),
        ("missing-jacobian", jacobian_repairs),
        ("sign", sign_repairs),
        ("lost-constant", number_repairs),
        ("wrong-power", power_repairs),
        ("reciprocal", coefficient_repairs),
        ("algebra", exponent_repairs),
    )
    for kind, way in ways:
        for repaired, said in way(target, side, right, wrong, ground):
            value = evaluated(repaired, ground.facts, bench)
            if value is not None and same(value, right, ground):
                return named(kind, wrong, right, ground, said)
    return None


def index_repairs(target: Expr, side: Expr, right: Expr, wrong: Expr, ground: Ground):  # type: ignore[no-untyped-def]
    """The line with the range of the sum before it, one place away; with one factor of its terms, or the start of a new index, one off."""
    for t in all_totals(side):
        for u in all_totals(target):
            if isinstance(t.measure, Counting) and isinstance(u.measure, Counting) and one_apart(t.measure, u.measure):
                yield side.xreplace({t: Total(t.body, t.x, u.measure)}), f"{t.x} runs over {shown(t)}, where it was {shown(u)}"
        new = isinstance(t.measure, Counting) and t.x.name not in {u.x.name for u in all_totals(target)}
        for step in (1, -1) if new else ():
            moved = Counting(t.measure.lo + step, t.measure.hi)
            yield side.xreplace({t: Total(t.body, t.x, moved)}), f"{t.x} runs over {shown(t)}, where it should run over ({moved.lo}, {moved.hi})"
        shifted = [f for f in Mul.make_args(t.body) if f.has(t.x)] if isinstance(t.measure, Counting) else []
        for f, step in product(shifted[:MOST_SHIFTED], (1, -1)):
            moved = f.xreplace({t.x: t.x + step})
            yield side.xreplace({t: Total(t.body / f * moved, t.x, t.measure)}), f"{f} stands in place of {moved} in the sum"


def one_apart(a: Counting, b: Counting) -> bool:
    """Whether one end of a range is one place off."""
    off = [abs(p - q) if p.is_finite and q.is_finite else S.Zero if p == q else S.Infinity for p, q in zip(a.args, b.args, strict=True)]
    return sorted(off, key=str) == [S.Zero, S.One]


def range_repairs(target: Expr, side: Expr, right: Expr, wrong: Expr, ground: Ground):  # type: ignore[no-untyped-def]
    """The line with the range of a total before it in place of its own."""
    for t in all_totals(side):
        for u in all_totals(target):
            if type(t.measure) is type(u.measure) and t.measure != u.measure:
                yield side.xreplace({t: Total(t.body, t.x, u.measure)}), f"{t.x} runs over {shown(t)}, where it was {shown(u)}"
        half = isinstance(t.measure, Lebesgue) and t.measure.args == (S.Zero, S.Infinity) and not wrong.has(Total)
        line = any(u.measure == REALS for u in all_totals(target))
        if half and line and same(2 * wrong, right, ground):
            yield 2 * side, "only half of the line is left: the factor 2 of the symmetry is lost"


def jacobian_repairs(target: Expr, side: Expr, right: Expr, wrong: Expr, ground: Ground):  # type: ignore[no-untyped-def]
    """The line with a factor in its integrand that a substitution would have left."""
    lengths = [
        u.measure.hi - u.measure.lo for u in all_totals(target) if isinstance(u.measure, Lebesgue) and u.measure.hi.is_finite
    ]
    for t in all_totals(side):
        if not isinstance(t.measure, Lebesgue):
            continue
        scale = S.One if wrong.has(Total) else presentable(right / wrong, ground.facts)
        for u in all_totals(target):
            if scale != 1 and scaled_alike(u, t, scale, ground):
                yield side * scale, f"d{u.x} = {scale} d{t.x}: the factor {scale} is missing"
        spherical = [sin(t.x)] if t.measure.lo == 0 and t.measure.hi in (pi, pi / 2) else []
        for f in (t.x, t.x**2, 1 / t.x, t.x**-2, *spherical, *(n.xreplace({s: t.x for s in n.free_symbols if s.name == t.x.name}) for n in lengths)):
            if f.has(t.x):
                yield (
                    side.xreplace({t: Total(t.body * f, t.x, t.measure)}),
                    f"the factor {f} of the change of variables is missing",
                )


def scaled_alike(u: Total, t: Total, scale: Expr, ground: Ground) -> bool:
    """Whether the integrand of t is that of u after x = c t + d, without the factor c."""
    if t.x in scale.free_symbols or u.has(Counting, Atoms):
        return False
    shifts = [S.Zero, *sorted((s for s in u.free_symbols if s.is_real), key=str)]
    facts = ground.facts.within(t.x, t.measure)
    return any(equal(u.body.xreplace({u.x: scale * t.x + d}), t.body, facts) for d in shifts)


def sign_repairs(target: Expr, side: Expr, right: Expr, wrong: Expr, ground: Ground):  # type: ignore[no-untyped-def]
    """The line with the other sign on one of its terms."""
    terms = Add.make_args(side)
    for t in terms if len(terms) > 1 else ():
        yield side - 2 * t, f"the sign of {t} is turned round"
    for f in (f for f in Mul.make_args(side) if isinstance(f, Add) and f != side):
        for t in f.args[:MOST_SHIFTED]:
            yield side / f * (f - 2 * t), f"the sign of {t} is turned round"
    for t in all_totals(side):
        terms = Add.make_args(t.body)
        for u in terms[:MOST_SHIFTED] if len(terms) > 1 else ():
            yield side.xreplace({t: Total(t.body - 2 * u, t.x, t.measure)}), f"the sign of {u} is turned round"
    before = [t for t in Add.make_args(target) if t.has(Total)] if isinstance(target, Add) and not side.has(Total) else []
    for t in before[:MOST_SHIFTED]:
        yield wrong + 2 * t, f"the sign of {t} is turned round"


def beta_repairs(target: Expr, side: Expr, right: Expr, wrong: Expr, ground: Ground):  # type: ignore[no-untyped-def]
    """The line with one place of a beta function one more or one less."""
    for f in sorted(side.atoms(beta), key=str)[:MOST_SHIFTED]:
        for at, step in product((0, 1), (1, -1)):
            moved = beta(*(a + step if i == at else a for i, a in enumerate(f.args)))
            yield side.xreplace({f: moved}), f"{f} stands in place of {moved}"


def number_repairs(target: Expr, side: Expr, right: Expr, wrong: Expr, ground: Ground):  # type: ignore[no-untyped-def]
    """The line with a number in a sum's term put right, as 4^j for 2^j."""
    for t in all_totals(side):
        if isinstance(t.measure, Counting):
            for n in (S(2), S.Half, S(4), Rational(1, 4)):
                yield side.xreplace({t: Total(t.body * n**t.x, t.x, t.measure)}), f"a factor {n}**{t.x} is missing in the sum"


def power_repairs(target: Expr, side: Expr, right: Expr, wrong: Expr, ground: Ground):  # type: ignore[no-untyped-def]
    """The line with another power of the index in a sum's terms, as 1/n⁴ for 1/n³."""
    for t in all_totals(side):
        if isinstance(t.measure, Counting) and t.measure.lo.is_positive:
            for n in (1, -1, 2, -2):
                yield side.xreplace({t: Total(t.body * t.x**n, t.x, t.measure)}), f"the power of {t.x} in the sum is off by {-n}"


def coefficient_repairs(target: Expr, side: Expr, right: Expr, wrong: Expr, ground: Ground):  # type: ignore[no-untyped-def]
    """The line with a parameter in front of its integrand below it, and the other way round."""
    for t in all_totals(side):
        c = t.body.as_independent(t.x, as_Add=False)[0] if isinstance(t.measure, Lebesgue) else S.One
        for f in [f for f in Mul.make_args(c) if f.free_symbols and not isinstance(f, Add)][:MOST_SHIFTED]:
            yield side.xreplace({t: Total(t.body / f**2, t.x, t.measure)}), f"{f} stands on the wrong side of the fraction bar"


def exponent_repairs(target: Expr, side: Expr, right: Expr, wrong: Expr, ground: Ground):  # type: ignore[no-untyped-def]
    """The line with x^(a + 1) for x^(2a): exponents that were multiplied."""
    for t in all_totals(side):
        for p in sorted((p for p in t.body.atoms(Pow) if p.base == t.x and p.exp.free_symbols), key=str)[:MOST_SHIFTED]:
            n, rest = p.exp.as_coeff_Mul()
            if n.is_Integer and n > 1:
                again = t.x ** (rest + n - 1)
                yield side.xreplace({t: Total(t.body.xreplace({p: again}), t.x, t.measure)}), f"{p} stands in place of {again}"
