"""Which conditions of a step are worth telling."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import S
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from derive.language.claims import Condition, Finite, Same


def telling(conditions: Iterable[Condition]) -> list[Condition]:
    """The conditions without repetitions and without what is plain to see: 1 > 0, −∞ ≤ μ, b = b.

    >>> from sympy import Gt, Integer, Symbol
    >>> a = Symbol("a")
    >>> [c.relation for c in telling([Condition(Gt(Integer(2), 0, evaluate=False)), Condition(a > 0), Condition(a > 0)])]
    [a > 0]
    """
    unique = {c.relation: c for c in conditions}
    return [c for c in unique.values() if c.open or not is_plain(c.relation)]


def reasons(condition: Condition) -> tuple[Boolean, ...]:
    """The facts that a condition is owed to: none where it is one of them, or where the kinds of its symbols already decide it.

    >>> from sympy import Symbol
    >>> a, b = Symbol("a"), Symbol("b", positive=True)
    >>> reasons(Condition(a > 0, by=(a > 1,))), reasons(Condition(a > 0, by=(a > 0,))), reasons(Condition(b + 1 > 0, by=(b < 1,)))
    ((a > 1,), (), ())
    """
    relation = condition.relation
    settled = relation == S.true or isinstance(relation, Relational) and relation.func(*relation.args) == S.true
    finite = isinstance(relation, Finite) and relation.args[0].is_finite
    return () if settled or finite or relation in condition.by else condition.by


def is_plain(condition: Boolean) -> bool:
    """Whether a condition needs no reason: its two sides are the same, or numbers alone decide it."""
    if isinstance(condition, (Same, Relational)) and condition.args[0] == condition.args[1]:
        return not isinstance(condition, Relational) or condition.rel_op in ("==", "<=", ">=")
    if isinstance(condition, Finite):
        return bool(condition.args[0].is_number)
    decided_by_numbers = isinstance(condition, Relational) and any(side.is_number for side in condition.args) and (
        not condition.free_symbols or any(side.is_infinite for side in condition.args))
    return decided_by_numbers and condition.func(*condition.args) == S.true
