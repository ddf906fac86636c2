"""What may have gone wrong: usual mistakes are made on the right answer until one of them gives what was handed in."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import product

from sympy import Add, Derivative, Expr, Function, Limit, Mul, Rational, S, Symbol, beta, exp, gamma, pi, sin, sqrt

from derive.algebra.equality import equal
from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical, term
from derive.grade.claims import Compared
from derive.grade.diagnose.changes import all_totals, same, shown, unchanged_differential, unchanged_ends
from derive.grade.diagnose.mistakes import VALUES, WRITTEN, Usual
from derive.grade.diagnose.neighbours import jacobian_factors
from derive.grade.diagnose.slips import Case
from derive.grade.equal.equality import refuted
from derive.grade.equal.ground import Ground
from derive.grade.equal.quotients import reduced
from derive.grade.equal.values import Bench, evaluated, worked
from derive.grade.handed import Mistake
from derive.grade.truth import Truth
from derive.language.claims import REFUTED
from derive.language.totals import REALS, Atoms, Counting, Lebesgue, Measure, Total, substitute
from derive.read.latex_heads import EvalBar
from derive.search.presentable import presentable

SECONDS = 3.0
MOST_SHIFTED = 3  # factors of a sum's terms that are tried one place off
LARGEST = 9999  # number in a factor that is worth telling
MOST_OPERATIONS = 6  # of a factor that is worth telling


def diagnose_value(value: Expr, truth: Truth, kind: str) -> Mistake | None:
    """The likely mistake in a wrong Z or p, or None."""
    if truth.Z is None or truth.Z.is_infinite:
        return None
    if kind == "p":
        return diagnose_density(value, truth)
    return tried(Case(truth.Z, truth.ground.facts, truth, kind, value), truth.ground)


def diagnose_density(value: Expr, truth: Truth) -> Mistake | None:
    """A wrong density: where it is proportional to the kernel, its constant is looked at; else how it depends on x."""
    kernel, names = truth.problem.kernel, {v.symbol for v in truth.problem.variables}
    assert truth.Z is not None
    if same(value, kernel, truth.inside):
        return named(
            "used-kernel-as-density", value, kernel / truth.Z, truth.inside, "the kernel itself is given: it is not divided by Z"
        )
    constant = constant_of(kernel, value, truth)
    if constant is None or constant.free_symbols & names:
        return diagnose_shape(value, truth)
    pure = isinstance(truth.Z, exp)
    if pure and same(constant, 1 / truth.Z, truth.ground):
        return named("sign", value, kernel / truth.Z, truth.inside, "the sign of the exponent of the constant is turned round")
    found = tried(Case(truth.Z, truth.ground.facts, truth, "p", constant), truth.ground)
    if found is None:
        return None
    if found.kind != "lost-constant":
        found = Mistake(found.kind, found.factor, f"the Z that it is divided by is not right: {found.detail}")
    if found.kind == "wrong-power" and factor_missing(value, kernel / truth.Z, truth):
        found = Mistake("missing-factor", found.factor, "a factor is missing")
    return Mistake(found.kind, factor(value, kernel / truth.Z, truth.inside), found.detail)


def constant_of(kernel: Expr, value: Expr, truth: Truth) -> Expr | None:
    """g/p where that is proved free of the variables: by its form, or by its value at one place."""
    names = {v.symbol for v in truth.problem.variables}
    try:
        ratio = canonical(kernel / value, truth.inside.facts)
    except (TooLarge, ZeroDivisionError):
        return None
    for place in (S.Zero, S.One, S.Half):
        if not ratio.free_symbols & names:
            break
        at = ratio.xreplace(dict.fromkeys(names, place))
        if not at.has(S.NaN, S.ComplexInfinity) and same(value * at, kernel, truth.inside):
            ratio = presentable(at, truth.ground.facts)
    return ratio


def factor_missing(value: Expr, density: Expr, truth: Truth) -> bool:
    """Whether a parameter that is a factor of the density is no factor of the value at all."""
    ours, theirs = (dict(term(e, truth.inside.facts)[1]) for e in (density, value))
    return any(b.is_Symbol and (b, m) not in theirs for b, m in ours)


def diagnose_shape(value: Expr, truth: Truth) -> Mistake | None:
    """A density that is not proportional to the kernel: the sign of its exponent, a lost factor, or another kernel."""
    assert truth.Z is not None
    kernel, wanted = truth.problem.kernel, truth.problem.kernel / truth.Z
    for e in sorted(kernel.atoms(exp), key=str):
        for Z in (truth.Z, S.One):
            if same(value, kernel.xreplace({e: exp(-e.args[0])}) / Z, truth.inside):
                return Mistake("sign", "", f"the sign of the exponent {e.args[0]} is turned round")
    for f, said in jacobian_factors(truth):
        if same(value, wanted / f, truth.inside):
            return Mistake("missing-jacobian", str(1 / f), said)
    for v in (v for v in truth.problem.variables if isinstance(v.measure, Counting)):
        for step in (1, -1):
            if same(value, substitute(wanted, {v.symbol: v.symbol + step}), truth.inside):
                return Mistake("off-by-one-index", "", f"{v.symbol + step} stands in place of {v.symbol}")
    for kind, s, other in other_parametrizations(truth):
        if same(value, substitute(wanted, {s: other}), truth.inside):
            return Mistake(kind, "", f"this is the density with {other} in place of {s}")
        if kind != "lost-constant" and same(value, substitute(kernel, {s: other}) / truth.Z, truth.inside):
            return Mistake(kind, "", f"where it depends on the variable, {other} stands in place of {s}")
    own = {v.symbol for v in truth.problem.variables}
    moved = {x: Symbol(f"{x.name}′", **x._assumptions_orig) for x in own}
    cross = (value * kernel.xreplace(moved), value.xreplace(moved) * kernel)
    wide = [*truth.inside.variables, *((moved[x], m.xreplace(moved)) for x, m in truth.inside.variables)]
    if refuted(*cross, truth.ground.with_(variables=wide), (192,)).verdict == REFUTED:
        return Mistake("wrong-kernel", "", "it depends on the variable in another way than the kernel does")
    return None


def other_parametrizations(truth: Truth) -> Iterator[tuple[str, Symbol, Expr]]:
    """A rate taken for a scale, a variance for a standard deviation: parameters by which the density is another one of its family."""
    kernel = truth.problem.kernel
    for s in (p.symbol for p in truth.problem.parameters if p.symbol.is_positive):
        either = Symbol(s.name, real=True)
        if equal(kernel.xreplace({s: either}), kernel.xreplace({s: -either}), truth.inside.facts):
            yield "variance-vs-standard-deviation", s, sqrt(s)
            yield "variance-vs-standard-deviation", s, s**2
        yield "reciprocal", s, 1 / s
        yield from (("lost-constant", s, k * s) for k in (S(2), S.Half, sqrt(2), 1 / sqrt(2)))


def diagnose_line(found: Compared, truth: Truth, first: bool) -> Mistake | None:
    """The likely mistake in the first wrong line, from the line before it, or from what it should have said."""
    ground, bench = truth.ground, worked(SECONDS)
    right, wrong = (evaluated(e, ground.facts, bench) for e in (found.target, found.side))
    if right is None:
        return None
    own = {v.symbol.name for v in truth.problem.variables}
    moved = any(t.x.name not in own for t in all_totals(found.target))  # what stands before is no longer the total over x
    target = truth.problem.total if first and not moved and truth.Z is not None and same(right, truth.Z, ground) else found.target
    by_form = form_mistake(target, found.side, right, found.side if wrong is None else wrong, ground, bench)
    by_form = antiderivative_mistake(target, found.side, right, found.side if wrong is None else wrong, ground) or by_form
    by_form = by_form or unchanged_ends(found, right, truth, bench) or unchanged_differential(found, right, truth, bench)
    if by_form is not None or wrong is None:
        return by_form
    if right.free_symbols & {v.symbol for v in truth.problem.variables}:
        density = truth.density is not None and same(right, truth.density, truth.inside)
        inside = Case(right, truth.inside.facts, truth, "line", wrong, False)
        return diagnose_density(wrong, truth) if density else tried(inside, truth.inside, WRITTEN)
    right = right.replace(beta, lambda a, b: gamma(a) * gamma(b) / gamma(a + b))
    plain = not target.has(Total, EvalBar, Limit, Derivative) and not found.side.has(Total, EvalBar, Limit, Derivative)
    one, other = ({type(f) for f in side.atoms(Function)} for side in (found.target, found.side))  # another function is no slip of algebra
    rest = named("algebra", wrong, right, ground, "this step does not keep the value") if plain and one == other and not first else None
    over = any(t.x.name in own for t in all_totals(target))
    case = Case(right, ground.facts, truth, "line", wrong, over)
    return variance_mistake(right, wrong, truth, bench) or tried(case, ground) or rest


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
    )
    for kind, way in ways:
        for repaired, said in way(target, side, right, wrong, ground):
            value = evaluated(repaired, ground.facts, bench)
            if value is not None and same(value, right, ground):
                return named(kind, wrong, right, ground, said)
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
    named_ = {u.x.name: u.measure for u in all_totals(target)}
    moved = {t: named_.get(t.x.name, t.measure) for t in all_totals(side)}
    if len(moved) > 1 and any(t.measure != m for t, m in moved.items()) and {t.x.name for t in moved} == set(named_):
        yield with_ranges(side, moved), "the ranges of the variables are not those of the integral before it"
    for t in all_totals(side):
        for u in all_totals(target):
            if type(t.measure) is type(u.measure) and t.measure != u.measure:
                yield side.xreplace({t: Total(t.body, t.x, u.measure)}), f"{t.x} runs over {shown(t)}, where it was {shown(u)}"
        around = isinstance(t.measure, Lebesgue) and t.measure.lo == 0 and t.measure.hi in (2 * pi, pi, pi / 2)
        for hi in (2 * pi, pi, pi / 2) if around and t.x.name not in named_ else ():
            yield side.xreplace({t: Total(t.body, t.x, Lebesgue(0, hi))}), f"{t.x} runs over {shown(t)}, where it should run over (0, {hi})"
        half = isinstance(t.measure, Lebesgue) and t.measure.args == (S.Zero, S.Infinity) and not wrong.has(Total)
        line = any(u.measure == REALS for u in all_totals(target))
        if half and line and same(2 * wrong, right, ground):
            yield 2 * side, "only half of the line is left: the factor 2 of the symmetry is lost"


def with_ranges(e: Expr, ranges: dict[Total, Measure]) -> Expr:
    """An expression with other ranges for its totals, from the innermost one on."""
    for t in sorted(ranges, key=lambda t: t.count_ops()):
        put = {u: m for u, m in ranges.items() if u == t}
        e = e.replace(lambda f: isinstance(f, Total) and f.x == t.x and f.measure == t.measure, lambda f: Total(f.body, f.x, put[t]))
    return e


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


def variance_mistake(right: Expr, wrong: Expr, truth: Truth, bench: Bench) -> Mistake | None:
    """A variance from which E[X] is subtracted in place of E[X]², or nothing."""
    (v, *more), ground = truth.problem.variables, truth.ground
    mean, square = (evaluated(Total(v.symbol**n * truth.problem.kernel, v.symbol, v.measure) / truth.Z, ground.facts, bench) for n in (1, 2)
                    ) if not more and truth.Z is not None else (None, None)  # fmt: skip
    if mean is None or square is None or not same(right, square - mean**2, ground):
        return None
    if same(wrong, square - mean, ground):
        return named("wrong-power", wrong, right, ground, "the mean is subtracted, and not its square")
    return named("algebra", wrong, right, ground, "the square of the mean is not subtracted") if same(wrong, square, ground) else None


def tried(case: Case, ground: Ground, mistakes: Sequence[Usual] = VALUES) -> Mistake | None:
    """The first usual mistake that turns the right answer into the wrong one."""
    deadline = time.process_time() + SECONDS  # on a busy machine the same mistake is found
    for usual in mistakes:
        for changed, said in usual.make(case):
            if time.process_time() > deadline:
                return None
            if same(case.wrong, changed, ground):
                return named(usual.kind, case.wrong, case.right, ground, said)
    return None


def named(kind: str, wrong: Expr, right: Expr, ground: Ground, said: str) -> Mistake:
    return Mistake(kind, factor(wrong, right, ground), said)


def factor(wrong: Expr, right: Expr, ground: Ground) -> str:
    """claim/truth, where it is short enough to tell something."""
    try:
        ratio = presentable(canonical(wrong / right, ground.facts), ground.facts)
    except (TooLarge, ZeroDivisionError):
        return ""
    long = ratio.count_ops() > MOST_OPERATIONS * 2 or any(abs(q.p) > LARGEST or q.q > LARGEST for q in ratio.atoms(Rational))
    return "" if long else str(ratio)
