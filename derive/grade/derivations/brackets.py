"""Whether what stands in an evaluation bracket is an antiderivative of the integrand before it: the bracket's value alone may be right by chance."""

from __future__ import annotations

from dataclasses import replace

from sympy import Basic, Expr, Limit, S

from derive.grade.derivations.course import Course
from derive.grade.derivations.leads import One, one_of
from derive.grade.equal.equality import compare
from derive.grade.handed import CORRECT, UNDECIDED, LineVerdict
from derive.language.claims import REFUTED
from derive.language.totals import Lebesgue, Total, substitute, support
from derive.read.latex_heads import EvalBar

NO_ANTIDERIVATIVE = "the bracket has the right value, but the derivative of what stands in it is not the integrand"


def with_brackets(verdicts: list[LineVerdict], course: Course) -> list[LineVerdict]:
    """The verdicts, where a line that is right by its numbers alone is left open."""
    found = {number: said for number, target, side in course.carried if (said := no_antiderivative(target, side, course))}
    open_ = [one.verdict == CORRECT and one.line in found for one in verdicts]
    return [replace(one, verdict=UNDECIDED, detail=found[one.line]) if o else one for one, o in zip(verdicts, open_, strict=True)]


def no_antiderivative(target: Expr, side: Expr, course: Course) -> str:
    """What is wrong with c [F(x)]ₐᵇ = ∫ₐᵇ f(x) dx where c F′ is proved not to be f; empty where nothing speaks against it."""
    found, old = one_bracket(side), integral_before(target, course)
    if found is None or old is None:
        return ""
    factor, bar = found
    body, lo, hi, x = bar.args
    if x.name != old.x.name or (lo, hi) != (old.measure.lo, old.measure.hi) or body.has(Total, EvalBar, Limit):
        return ""
    slope, f = factor * body.diff(x), substitute(old.body, {old.x: x})
    inside = [r for r in support(x, old.measure) if r not in (True, False)]
    ground = course.truth.ground.with_(*inside, variables=[(x, old.measure)])
    return NO_ANTIDERIVATIVE if compare(slope, f, ground).verdict == REFUTED else ""


def integral_before(target: Expr, course: Course) -> One | None:
    """The integral that a bracket is the value of: the side before it, or the problem's own where that is Z."""
    found = one_of(course.truth.problem.total if target == course.true else target)
    return found if found is not None and isinstance(found.measure, Lebesgue) else None


def one_bracket(e: Expr) -> tuple[Expr, EvalBar] | None:
    """c [F]ₐᵇ as c and the bracket, and so the limit of c [F]ₐᴿ as R → ∞."""
    if isinstance(e, Limit):
        body, R, end, _ = e.args
        inner = one_bracket(body)
        if inner is None or inner[0].has(R) or inner[1].hi != R or inner[1].body.has(R) or inner[1].lo.has(R) or end is not S.Infinity:
            return None
        return inner[0], with_end(inner[1], end)
    factor, bar = e.as_independent(EvalBar, as_Add=False)
    return (factor, bar) if isinstance(bar, EvalBar) and len(bar.args) == 4 else None


def with_end(bar: EvalBar, end: Basic) -> EvalBar:
    """The bracket with another upper end."""
    body, lo, _, x = bar.args
    return EvalBar(body, lo, end, x)
