"""Single values: a case for one value of a parameter, as n + 1 where r = 1, and places at which a density jumps."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr, Ne, Piecewise, Rational, S, Symbol
from sympy.logic.boolalg import Boolean

from derive.algebra.cases import JUMPS
from derive.check.points import Point, holds
from derive.grade.equal.balls import Unknown, ball_of
from derive.grade.equal.equality import compare
from derive.grade.equal.ground import Ground
from derive.grade.equal.values import Bench, evaluated
from derive.grade.truth import Truth
from derive.language.claims import PROVED
from derive.language.totals import Lebesgue, Total, substitute

BITS = 96
STEP = Rational(1, 1013)


def wrong_case(value: Expr, conditions: Iterable[Boolean], kind: str, truth: Truth, bench: Bench) -> tuple[str, Boolean] | None:
    """Of the cases that a formula gives for values which the conditions leave out, the first that was not established.

    The answer is how it compares, by the verdict on an equality, and the condition.

    >>> from sympy import Symbol, oo
    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("r**k", over={"k": "ZZ[0, n]"}, given=["r > 0", "n > 0", "n integer"]))
    >>> r, n = truth.named["r"], truth.named["n"]
    >>> geometric = (r**(n + 1) - 1)/(r - 1)
    >>> [wrong_case(Piecewise((geometric, Ne(r, 1)), (e, True)), [Ne(r, 1)], "Z", truth, Bench()) for e in (n + 1, n)]
    [None, ('refuted', Ne(r, 1))]
    """
    for condition in conditions:
        s, at = condition.args if isinstance(condition, Ne) else (None, None)
        if not isinstance(s, Symbol) or not any(s in p.free_symbols for p in value.atoms(Piecewise)):
            continue
        said = substitute(value, {s: at})
        if said.has(S.NaN, S.ComplexInfinity):
            continue
        true, ground = there(s, at, kind, truth, bench), narrowed(truth, s, at, kind)
        found = compare(said, true, ground).verdict if true is not None else ""
        if found != PROVED:
            return found, condition
    return None


def there(s: Symbol, at: Expr, kind: str, truth: Truth, bench: Bench) -> Expr | None:
    """Z or p of the kernel for one value of a parameter."""
    total = evaluated(substitute(truth.problem.total, {s: at}), narrowed(truth, s, at, "Z").facts, bench)
    if total is None or total.has(Total):
        return None
    return total if kind == "Z" else substitute(truth.problem.kernel, {s: at}) / total


def narrowed(truth: Truth, s: Symbol, at: Expr, kind: str) -> Ground:
    """Where the other names lie."""
    ground = truth.ground if kind == "Z" else truth.inside
    kept = [c for r in ground.outside.relations if (c := substitute(r, {s: at})) not in (True, False)]
    return Ground(kept, ground.variables, [name for name in ground.names if name != s])


def on_single_points(value: Expr, wanted: Expr, truth: Truth) -> bool:
    """Whether a density was found to differ only at places such as whole numbers, where it jumps: ⌈x⌉ and ⌊x⌋ + 1 give the same one."""
    own = [v.symbol for v in truth.problem.variables if isinstance(v.measure, Lebesgue)]
    if not any(x in f.free_symbols for f in value.atoms(*JUMPS) for x in own):
        return False
    for point in truth.inside.points(value.free_symbols | wanted.free_symbols):
        moved = {s: at + STEP if s in own else at for s, at in point.items()}
        if all(holds(r, moved) for r in truth.inside.facts.relations if r.free_symbols <= set(moved)) and differ(value, wanted, moved):
            return False
    return True


def differ(value: Expr, wanted: Expr, point: Point) -> bool:
    """Whether two expressions provably differ at a point."""
    try:
        return not ball_of(value, point, BITS).overlaps(ball_of(wanted, point, BITS))
    except Unknown:
        return False
