"""Is a = b? Refuted by disjoint balls at a point, proved by normal forms, or neither: three answers and never a guess."""

from __future__ import annotations

from dataclasses import dataclass, field

from flint import arb, ctx
from sympy import Abs, Derivative, Dummy, Expr, I, Max, Min, Piecewise, Pow, S, Symbol, cancel, expand, sign
from sympy.core.function import AppliedUndef

from derive.algebra.cases import CASES, borders
from derive.algebra.equality import equal
from derive.algebra.monomials import TooLarge
from derive.algebra.rational import short
from derive.algebra.signs import Facts
from derive.check.points import Point
from derive.grade.equal.balls import Unknown, ball_of
from derive.grade.equal.first_points import by_first_points
from derive.grade.equal.ground import Ground
from derive.grade.equal.identities import as_exponentials, rewritten_together
from derive.grade.equal.steps import by_steps
from derive.language.claims import AGREES, PROVED, REFUTED, UNDECIDED
from derive.language.totals import Atoms, Lebesgue, substitute

QUICK, DEEP = (96,), (192, 768, 2000)  # bits: for telling different values apart, and for those that are close
JUMPING = tuple(set(CASES) - {Abs, Max, Min})  # what may be different at a single point
NARROW, NEAR_ZERO = arb(2) ** -20, arb(2) ** -40  # of balls that overlap for a reason
SEEDS = 4  # how often points are drawn, where some differ and may lie at a border
MOST_CASES = 3  # how many bars and signs may be split into cases


@dataclass(frozen=True)
class Equality:
    """The verdict on a = b. A refuted one has a `point` and both `values` there; one that agrees did so at `looked` points."""

    verdict: str
    point: Point = field(default_factory=dict)
    values: tuple[str, str] = ("", "")
    looked: int = 0

    def __bool__(self) -> bool:
        return self.verdict == PROVED


def compare(a: Expr, b: Expr, ground: Ground, deep: bool = True) -> Equality:
    """Whether a = b wherever the facts of `ground` hold (almost everywhere, where it has variables with a length).

    >>> s, t = Symbol("s", positive=True), Symbol("t", real=True)
    >>> compare((s**2)**S.Half, s, Ground()).verdict, compare((t**2)**S.Half, t, Ground()).verdict
    ('proved', 'refuted')
    """
    if a == b:
        return Equality(PROVED)
    found = refuted(a, b, ground, QUICK)
    if found.verdict == REFUTED:
        return found
    if proved(a, b, ground):
        return Equality(PROVED)
    if found.verdict == UNDECIDED:  # no side has a value as it stands, as ₂F₁ at 1
        left, right = rewritten_together(a, b, ground.facts)
        found = refuted(left, right, ground, QUICK) if (left, right) != (a, b) else found
    return refuted(a, b, ground, DEEP) if deep and found.verdict != REFUTED else found


def refuted(a: Expr, b: Expr, ground: Ground, precisions: tuple[int, ...]) -> Equality:
    """Look for a point at which balls around both values are disjoint."""
    if a.has(AppliedUndef) or b.has(AppliedUndef):
        return Equality(UNDECIDED)
    cases = (a.has(*JUMPING) or b.has(*JUMPING)) and any(isinstance(m, Lebesgue) for _, m in ground.variables)
    apart: list[Equality] = []
    looked = 0
    for seed in range(SEEDS):
        for point in ground.points(a.free_symbols | b.free_symbols, seed):
            values = separated(a, b, point, precisions)
            if values is None:
                continue
            looked += 1
            if values:
                apart.append(Equality(REFUTED, relevant(point, a, b), values))
                if not cases or several(apart, ground):  # a border of cases is a point, which weighs nothing
                    return apart[0]
        if not apart:
            break
    return Equality(AGREES if looked and not apart else UNDECIDED, looked=looked)


def several(apart: list[Equality], ground: Ground) -> bool:
    """Whether values differ at three places of every variable that has a length."""
    own = [x for x, m in ground.variables if isinstance(m, Lebesgue)]
    return all(len({e.point.get(x) for e in apart}) >= 3 for x in own)


def relevant(point: Point, a: Expr, b: Expr) -> Point:
    """The values of the symbols that occur."""
    return {s: v for s, v in sorted(point.items(), key=lambda item: str(item[0])) if s in a.free_symbols | b.free_symbols}


def separated(a: Expr, b: Expr, point: Point, precisions: tuple[int, ...] = DEEP) -> tuple[str, str] | tuple[()] | None:
    """Both values where disjoint balls prove that they differ, () where narrow ones overlap, None where a side has no value or only a wide ball."""
    seen = False
    for bits in precisions:
        try:
            left, right = ball_of(a, point, bits), ball_of(b, point, bits)
        except Unknown:
            continue
        if not left.overlaps(right):
            return shown(left, right)
        seen = seen or narrow(left, right)
        if left.is_exact() and right.is_exact():
            break
    return () if seen else None


def narrow(left: arb, right: arb) -> bool:
    """Whether two balls are so small that it says something if they overlap: against their values, or against 1 where both may be 0."""
    width = left.rad() + right.rad()
    if left.contains(0) and right.contains(0):
        return bool(width < NEAR_ZERO)
    return bool(width < NARROW * (abs(left.mid()) + abs(right.mid())))


def shown(left: arb, right: arb) -> tuple[str, str]:
    """Two values with as many digits as tell them apart."""
    for digits in (6, 12, 25, 50, 100):
        a, b = text(left, digits), text(right, digits)
        if a != b:
            return a, b
    return text(left, 600), text(right, 600)


def text(ball: arb, digits: int) -> str:
    with ctx.workprec(2100):
        return str(ball.mid().str(digits, radius=False))


def proved(a: Expr, b: Expr, ground: Ground) -> bool:
    """Whether a = b is proved."""
    atoms = [(x, m) for x, m in ground.variables if isinstance(m, Atoms) and x in a.free_symbols | b.free_symbols]
    if atoms:
        (x, measure), rest = atoms[0], tuple(v for v in ground.variables if v[0] != atoms[0][0])
        inner = ground.with_(variables=rest)
        return all(proved(substitute(a, {x: p}), substitute(b, {x: p}), inner) for p in measure.points)
    whole = by_forms(a, b, ground.facts) or by_cases(a, b, ground.facts, ground, MOST_CASES) or mirrored(a, b, ground.facts)
    return whole or (a.has(Piecewise) or b.has(Piecewise)) and by_first_points(a, b, ground, proved)


def mirrored(a: Expr, b: Expr, facts: Facts) -> bool:
    """Equality with −s in the place of each negative name, since roots are put in order for positive ones: √(−π/a) = √π/√(−a).

    >>> a = Symbol("a", negative=True)
    >>> proved((-1 / a) ** S.Half, 1 / (-a) ** S.Half, Ground()), proved((-1 / a) ** S.Half, 1 / (-a), Ground())
    (True, False)
    """
    below = {s: -Dummy(s.name, positive=True, integer=s.is_integer) for s in sorted(a.free_symbols | b.free_symbols, key=str) if s.is_negative}
    if not below or a.has(Derivative) or b.has(Derivative):  # by such a name, perhaps
        return False
    relations = [r.xreplace(below) for r in facts.relations]
    return by_forms(substitute(a, below), substitute(b, below), Facts([r for r in relations if r not in (S.true, S.false)]))


def by_forms(a: Expr, b: Expr, facts: Facts) -> bool:
    """Equality by normal forms, first the plain ones, then with the identities of special functions."""
    try:
        if equal(a, b, facts):
            return True
        left, right = with_bases(a), with_bases(b)
        if (left, right) != (a, b) and equal(left, right, facts):
            return True
        left, right = rewritten_together(a, b, facts)
        if (left, right) != (a, b) and equal(left, right, facts):
            return True
        left, right = as_exponentials(left, facts), as_exponentials(right, facts)
        return (left.has(I) or right.has(I)) and equal(left, right, facts) or by_steps(a, b, facts)
    except (TooLarge, RecursionError):
        return False


def with_bases(e: Expr) -> Expr:
    """What stands to a power multiplied out, (d/(d (c − 1) + d))^n as (1/c)^n, and (b^s)^t as b^(st) for b > 0 and a real s."""
    e = e.replace(lambda p: isinstance(p, Pow) and p.base.is_Add and short(p.base), lambda p: Pow(expand(p.base), p.exp))
    return e.replace(lambda p: isinstance(p, Pow) and on_real_power(p.base), lambda p: Pow(p.base.base, cancel(p.base.exp * p.exp)))


def on_real_power(e: Expr) -> bool:
    """Whether this is b^s with b > 0 and an s that is real wherever it has a value, and no long one."""
    plain = isinstance(e, Pow) and e.base.is_positive and e.exp.is_rational_function() and short(e.exp)
    return plain and not e.exp.has(I) and all(s.is_real for s in e.exp.free_symbols)


def by_cases(a: Expr, b: Expr, facts: Facts, ground: Ground, left: int) -> bool:
    """Equality where an expression inside bars is positive, where it is negative, and where it is 0."""
    border = next(open_borders(a, b, facts), None)
    if border is None or left == 0:
        return False
    for relation, never in ((border > 0, facts.nonnegative(-border)), (border < 0, facts.nonnegative(border))):
        if never:
            continue
        inside = facts.and_(relation)
        if not by_forms(a, b, inside) and not by_cases(a, b, inside, ground, left - 1):
            return False
    return at_zero(a, b, border, facts, ground)


def open_borders(a: Expr, b: Expr, facts: Facts):  # type: ignore[no-untyped-def]
    """What stands inside bars, or decides cases, without a sign that is known."""
    for e in sorted(a.atoms(*CASES) | b.atoms(*CASES), key=str):
        for border in borders(e):
            known = facts.positive(border) or facts.positive(-border) or not isinstance(border, Expr)
            if not known and border.is_extended_real and not border.is_number:
                yield border


def at_zero(a: Expr, b: Expr, border: Expr, facts: Facts, ground: Ground) -> bool:
    """Equality where the border is 0: by continuity of bars, as almost nowhere, by the facts, or by the value there."""
    powers_of_zero = any(p.base == 0 for p in (a - b).atoms(Pow))  # 0^|m| jumps at m = 0
    continuous = not (powers_of_zero or a.has(Piecewise, sign) or b.has(Piecewise, sign))
    own = {x for x, m in ground.variables if isinstance(m, Lebesgue)}
    if (continuous and not (a - b).has(*set(CASES) - {Abs, Max, Min})) or border.free_symbols & own or facts.nonzero(border):
        return True
    if isinstance(border, Symbol):
        left, right = substitute(a, {border: S.Zero}), substitute(b, {border: S.Zero})
        return not left.has(S.NaN, S.ComplexInfinity) and by_forms(left, right, facts)
    return False
