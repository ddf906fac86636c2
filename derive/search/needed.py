"""What a step needs beyond what is known: the conditions that have to be assumed, each as one writes it."""

from __future__ import annotations

from sympy import Abs, Add, Expr, Gt, Mul, Ne, Pow, factor
from sympy.core.relational import Relational, StrictGreaterThan, StrictLessThan
from sympy.logic.boolalg import Boolean

from derive.algebra.relations import isolated
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Values, divisors
from derive.language.parts import free
from derive.language.totals import Total


def unmet(claim: Claim, values: Values, total: Total, known: Facts, assume: bool) -> tuple[Boolean, ...] | None:
    """The relations that do not follow and have to be assumed, and that no divisor is 0; None where that is impossible or not allowed.

    The support of the variable says nothing of the parameters: it may be empty.
    """
    needed: list[Boolean] = []
    bound, inside = claim.bound(), known.within(total.x, total.measure)
    for c in claim.given:
        facts = inside if free(c) & bound else known
        if facts.follows(c):
            continue
        c = c.doit()
        if c == True:  # noqa: E712 (SymPy's true)
            continue
        if not assume or c == False or bound & free(c) or facts.and_(*needed).contradicts(c):  # noqa: E712
            return None
        so_far = known.and_(*needed)
        short = isolated(narrowed(c, so_far))
        needed.append(short if so_far.and_(short).follows(c) else isolated(c))  # the checker has to see that it is enough
    for d in divisors(values, total):
        if not known.nonzero(d):
            if not assume:
                return None
            needed.append(unequal(d))
    return tuple(needed)


def unequal(d: Expr) -> Boolean:
    """d ≠ 0 as one writes it: a ≠ b for a − b ≠ 0, a ≠ 1 for 1 − a ≠ 0."""
    d = d.args[0] if isinstance(d, Abs) else d
    off = [part for part in Add.make_args(d) if part.could_extract_minus_sign()]
    if len(off) != 1 or len(Add.make_args(d)) != 2:
        return Ne(d, 0)
    left, right = d - Add(*off), -Add(*off)
    return Ne(right, left) if left.is_number else Ne(left, right)


def narrowed(c: Relational, facts: Facts) -> Relational:
    """The relation without the factors of its difference whose sign is known: a − 1 > 0 for a² − 1 > 0 beside a > 0.

    A power whose exponent may be any number is positive where its base is: b > 0 for b^c > 0.
    """
    if not isinstance(c, (StrictGreaterThan, StrictLessThan)):
        return c
    whole = c.gts - c.lts
    if isinstance(whole, Pow) and whole.exp.free_symbols and not whole.exp.is_integer:
        return narrowed(Gt(whole.base, 0, evaluate=False), facts)
    parts = Mul.make_args(factor(whole)) if whole.is_rational_function() else ()
    falling = [part for part in parts if facts.negative(part)]
    left = [part for part in parts if part not in falling and not facts.positive(part)]
    return Gt(Mul((-1) ** len(falling), *left), 0, evaluate=False) if len(left) == 1 < len(parts) else c
