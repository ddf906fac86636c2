"""Mistakes that show in the form of a line: a range, a lost Jacobian, the sign of a term, a number inside a sum, a bracket."""

from __future__ import annotations

from itertools import product

from sympy import Add, Expr, Mul, Pow, Rational, S, beta, oo, pi, sin

from derive.algebra.equality import equal
from derive.grade.chance.chances import turned
from derive.grade.claims import Compared
from derive.grade.diagnose.changes import all_totals, same, shown
from derive.grade.diagnose.naming import named
from derive.grade.equal.ground import Ground
from derive.grade.equal.quotients import reduced
from derive.grade.equal.values import Bench, at_ends, evaluated
from derive.grade.handed import Mistake
from derive.grade.truth import Truth
from derive.language.totals import REALS, Atoms, Counting, Lebesgue, Measure, Total, variable
from derive.read.latex_heads import EvalBar
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


def lower_end_mistake(target: Expr, wrong: Expr, right: Expr, ground: Ground, bench: Bench) -> Mistake | None:
    """c [F]ₐᵇ as c (F(b) + F(a)), or as c F(b) alone where F(a) is not 0."""
    c, bar = target.as_independent(EvalBar, as_Add=False)
    high, low = at_ends(bar, ground.facts, bench) if isinstance(bar, EvalBar) and len(bar.args) > 3 else (None, None)
    if high is None or low is None or low == 0 or any(e.has(oo, -oo, S.NaN) for e in (high, low)):
        return None
    if same(wrong, c * (high + low), ground):
        return named("sign", wrong, right, ground, "the value at the lower end is added, and not subtracted")
    return named("algebra", wrong, right, ground, "the value at the lower end is left out") if same(wrong, c * high, ground) else None


def own_ranges_mistake(found: Compared, right: Expr, truth: Truth, bench: Bench) -> Mistake | None:
    """An integral over one of two variables that does not heed where it lies for a value of the other: ∫₀^∞ f(x, y) dy on x < y."""
    if len(truth.problem.variables) != 2 or not right.free_symbols & {v.symbol for v in truth.problem.variables}:
        return None
    x, y = truth.problem.variables
    ranges = {x.symbol.name: turned(y, x) or x.measure, y.symbol.name: y.measure}
    for t in all_totals(found.side):
        m = ranges.get(t.x.name)
        if isinstance(m, Lebesgue) and m != t.measure and not m.has(t.x):
            value = evaluated(found.side.xreplace({t: Total(t.body, t.x, m)}), truth.inside.facts, bench)
            if value is not None and same(value, right, truth.inside):
                return Mistake("wrong-domain", "", f"{t.x} runs over {shown(t)}, where it should run over ({m.lo}, {m.hi})")
    return None


def antiderivative_mistake(target: Expr, side: Expr, right: Expr, wrong: Expr, ground: Ground) -> Mistake | None:
    """A bracket [F]ₐᵇ with F′ = c f for the f of the integral before it: c tells what is wrong; another F′ is no slip of a constant."""
    bars, totals = list(side.atoms(EvalBar)), all_totals(target)
    if len(bars) != 1 or len(totals) != 1 or side.has(Total) or len(bars[0].args) < 4 or bars[0].args[3].name != totals[0].x.name:
        return None
    (bar,), (total,) = bars, totals
    x, (before, after) = total.x, (e.as_independent(EvalBar, Total, as_Add=False) for e in (target, side))
    if before[1] != total or after[1] != bar:
        return None
    slope = after[0] * bar.args[0].xreplace({bar.args[3]: x}).diff(x)
    inside = Ground(ground.outside.relations, [(x, total.measure)], ground.names)
    c = reduced(slope / (before[0] * total.body), inside.facts)
    if c == 1 or not same(slope, c * before[0] * total.body, inside):
        return None
    if c.has(x):
        return named("algebra", wrong, right, ground, f"the derivative of what stands in the bracket is not what stood under the integral in {x}")
    kind = "sign" if c == -1 else "lost-constant" if c.is_number else "missing-factor"
    return named(kind, wrong, right, ground, f"the derivative of what stands in the bracket is {c} times what stood under the integral")


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
    """The line with the range of a total before it in place of its own; with those of all totals before it; with a part of the circle."""
    before = {u.x.name: u.measure for u in all_totals(target)}
    here = {t.x.name: t.measure for t in all_totals(side)}
    if len(here) > 1 and here != before and set(here) == set(before):
        yield with_ranges(side, before), "the ranges of the variables are not those of the integral before it"
    for t in all_totals(side):
        for u in all_totals(target):
            if type(t.measure) is type(u.measure) and t.measure != u.measure:
                yield side.xreplace({t: Total(t.body, t.x, u.measure)}), f"{t.x} runs over {shown(t)}, where it was {shown(u)}"
        around = isinstance(t.measure, Lebesgue) and t.measure.lo == 0 and t.measure.hi in (2 * pi, pi, pi / 2)
        for hi in (2 * pi, pi, pi / 2) if around and t.x.name not in before else ():
            yield side.xreplace({t: Total(t.body, t.x, Lebesgue(0, hi))}), f"{t.x} runs over {shown(t)}, where it should run over (0, {hi})"
        half = isinstance(t.measure, Lebesgue) and t.measure.args == (S.Zero, S.Infinity) and not wrong.has(Total)
        line = any(u.measure == REALS for u in all_totals(target))
        if half and line and same(2 * wrong, right, ground):
            yield 2 * side, "only half of the line is left: the factor 2 of the symmetry is lost"


def with_ranges(e: Expr, ranges: dict[str, Measure]) -> Expr:
    """An expression with other ranges for its totals, by the names of their variables."""

    def moved(f: Total) -> Total:
        own = variable(f.x.name, ranges[f.x.name])
        return Total(f.body.xreplace({f.x: own}), own, ranges[f.x.name])

    return e.replace(lambda f: isinstance(f, Total) and f.x.name in ranges, moved)


def jacobian_repairs(target: Expr, side: Expr, right: Expr, wrong: Expr, ground: Ground):  # type: ignore[no-untyped-def]
    """The line with a factor in its integrand that a substitution would have left."""
    lengths = [u.measure.hi - u.measure.lo for u in all_totals(target) if isinstance(u.measure, Lebesgue) and u.measure.hi.is_finite]
    for t in all_totals(side):
        if not isinstance(t.measure, Lebesgue):
            continue
        scale = S.One if wrong.has(Total) else presentable(right / wrong, ground.facts)
        for u in all_totals(target):
            if scale != 1 and scaled_alike(u, t, scale, ground, (front(target, u), front(side, t))):
                yield side * scale, f"d{u.x} = {scale} d{t.x}: the factor {scale} is missing"
        spherical = [sin(t.x)] if t.measure.lo == 0 and t.measure.hi in (pi, pi / 2) else []
        for f in (t.x, t.x**2, 1 / t.x, t.x**-2, *spherical, *(n.xreplace({s: t.x for s in n.free_symbols if s.name == t.x.name}) for n in lengths)):
            if f.has(t.x):
                yield (
                    side.xreplace({t: Total(t.body * f, t.x, t.measure)}),
                    f"the factor {f} of the change of variables is missing",
                )


def front(e: Expr, t: Total) -> Expr:
    """The c of c ∫ f; 1 where the integral stands in another way."""
    factor, rest = e.as_independent(Total, as_Add=False)
    return factor if rest == t else S.One


def scaled_alike(u: Total, t: Total, scale: Expr, ground: Ground, fronts: tuple[Expr, Expr] = (S.One, S.One)) -> bool:
    """Whether the integrand of t is that of u after x = c t + d, without the factor c; `fronts` stand before the integrals."""
    if t.x in scale.free_symbols or u.has(Counting, Atoms):
        return False
    shifts = [S.Zero, *sorted((s for s in u.free_symbols if s.is_real), key=str)]
    facts = ground.facts.within(t.x, t.measure)
    return any(equal(fronts[0] * u.body.xreplace({u.x: scale * t.x + d}), fronts[1] * t.body, facts) for d in shifts)


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
        for at, step in product((0, 1, None), (1, -1)):
            moved = beta(*(a + step if at in (i, None) else a for i, a in enumerate(f.args)))
            yield side.xreplace({f: moved}), f"{f} stands in place of {moved}"


def number_repairs(target: Expr, side: Expr, right: Expr, wrong: Expr, ground: Ground):  # type: ignore[no-untyped-def]
    """The line with a number in a sum's term put right, as 4^j for 2^j."""
    for t in all_totals(side):
        if isinstance(t.measure, Counting):
            for n in (S(2), S.Half, S(4), Rational(1, 4)):
                yield side.xreplace({t: Total(t.body * n**t.x, t.x, t.measure)}), f"a factor {n}**{t.x} is missing in the sum"


def power_repairs(target: Expr, side: Expr, right: Expr, wrong: Expr, ground: Ground):  # type: ignore[no-untyped-def]
    """The line with another power of the index in a sum's terms, as 1/n⁴ for 1/n³; with half a power more under an integral, as u^(−1/2)."""
    for t in all_totals(side):
        for n in (S.Half, -S.Half) if isinstance(t.measure, Lebesgue) and t.measure.lo == 0 else ():
            yield side.xreplace({t: Total(t.body * t.x**n, t.x, t.measure)}), f"the power of {t.x} in the integral is off by {-n}"
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
