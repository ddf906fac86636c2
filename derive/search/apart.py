"""Bound variables kept apart from the letters that stand around the total that binds them."""

from collections.abc import Mapping
from dataclasses import replace

from sympy import Basic, Expr

from derive.language.claims import Derivation, Step
from derive.language.totals import Total, fresh, names, totals


def apart(steps: tuple[Step, ...], outer: Expr, hole: Total) -> tuple[Step, ...]:
    """The steps that rewrite `hole`, none of which binds a letter that stands in `outer` beside it: t ∫ f(v) dv for t ∫ f(t) dt.

    What is free in `hole` is no such letter: a step binds none of these.
    """
    beside = names(outer) - names(hole)
    bound = dict.fromkeys(t for step in steps for t in totals(step.after) if t.x.name in beside) if beside else {}
    if not bound:
        return steps
    taken, new = names(outer, *(e for step in steps for e in (step.before, step.after, *step.values.values()))), dict[Basic, Basic]()
    for total in bound:
        if total.x not in new:
            new[total.x] = fresh(total.measure, taken)
            taken.add(new[total.x].name)  # type: ignore[attr-defined]
    return tuple(with_letters(step, new) for step in steps)


def with_letters(step: Step, by: Mapping[Basic, Basic]) -> Step:
    """The step with expressions for some letters; the checker looks at it anew."""
    values = {letter: value.xreplace(by) for letter, value in step.values.items()}
    before, after, at = (e.xreplace(by) for e in (step.before, step.after, step.at))
    return replace(step, values=values, before=before, after=after, at=at, because=tuple(replaced(d, by) for d in step.because))


def replaced(derivation: Derivation, by: Mapping[Basic, Basic]) -> Derivation:
    """The derivation with expressions for some letters."""
    claim = derivation.claim
    left, right, given = claim.left.xreplace(by), claim.right.xreplace(by), tuple(c.xreplace(by) for c in claim.given)
    return Derivation(replace(claim, left=left, right=right, given=given), tuple(with_letters(step, by) for step in derivation.steps))
