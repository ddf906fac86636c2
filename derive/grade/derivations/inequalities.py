"""Lines that compare without equality: inequalities, and proportionality up to a factor free of the variables."""

from __future__ import annotations

from collections.abc import Collection

from sympy import Basic, Expr, Ge, Gt, Le, Lt, Ne, Symbol, oo
from sympy.core.relational import Relational

from derive.grade.equal.balls import Unknown, ball_of
from derive.grade.equal.equality import compare
from derive.grade.equal.ground import Ground
from derive.grade.equal.values import Bench, evaluated
from derive.grade.handed import CORRECT, UNDECIDED, WRONG
from derive.language.claims import PROVED, REFUTED
from derive.language.totals import Measure, Total, substitute


def judge_inequality(relation: Relational, ground: Ground, bench: Bench) -> tuple[str, str]:
    """A relation, proved from the facts or refuted at a point."""
    sides = [evaluated(s, ground.facts, bench) for s in relation.args]
    a, b = (s if s is not None else given for s, given in zip(sides, relation.args, strict=True))
    exact = relation.func(a, b, evaluate=False)
    if b.is_infinite and isinstance(exact, (Lt, Ne)) and a.is_finite is not False and not a.has(oo, Total):
        return CORRECT, "it is finite"
    if ground.facts.follows(exact):
        return CORRECT, ""
    for point in ground.points(exact.free_symbols):
        try:
            left, right = ball_of(a, point, 200), ball_of(b, point, 200)
        except Unknown:
            continue
        if fails(exact, left, right):
            where = ", ".join(f"{s} = {v}" for s, v in point.items() if s in exact.free_symbols)
            return WRONG, f"{f'At {where} the' if where else 'The'} sides are {left.str(6, radius=False)} and {right.str(6, radius=False)}."
    if isinstance(exact, (Lt, Gt, Ne)) and compare(a, b, ground).verdict == PROVED:
        return WRONG, "The two sides are equal."
    return UNDECIDED, "this inequality could be neither proved nor refuted"


def fails(relation: Relational, left: object, right: object) -> bool:
    """Whether balls prove that a relation does not hold."""
    if isinstance(relation, (Lt, Le)):
        return bool(left > right)  # type: ignore[operator]
    if isinstance(relation, (Gt, Ge)):
        return bool(left < right)  # type: ignore[operator]
    return False


def judge_proportion(side: Expr, shape: Expr, moving: Collection[Symbol], ground: Ground) -> tuple[str, str]:
    """f ∝ g where f(x) g(y) = f(y) g(x): the quotient does not depend on the variables that move."""
    others: dict[Basic, Expr] = {}
    variables: list[tuple[Symbol, Measure]] = []
    for x, measure in ground.variables:
        variables.append((x, measure))
        if x in moving:
            others[x] = Symbol(f"{x.name}′", **x._assumptions_orig)
            variables.append((others[x], substitute(measure, others)))  # type: ignore[arg-type]
    if not side.free_symbols & set(others):
        return UNDECIDED, "it is not clear what a proportionality between constants says"
    moved = [substitute(e, others) for e in (side, shape)]
    found = compare(side * moved[1], moved[0] * shape, ground.with_(variables=variables))
    if found.verdict == PROVED:
        return CORRECT, "it is proportional to the kernel"
    if found.verdict == REFUTED:
        return WRONG, "It is not proportional to the kernel."
    return UNDECIDED, "it could not be established that this is proportional to the kernel"
