"""Kernels of the distance from a point, h(|x − c|), between ends that may lie on either side of it."""

from collections.abc import Iterator

from sympy import Abs, Expr, S, Symbol, oo, sign

from derive.algebra.limits import summed_limit
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Finite, Rule, Values
from derive.language.parts import every
from derive.language.totals import POSITIVE, REALS, Lebesgue, Total, fresh, names
from derive.rules import incomplete, incomplete_beta
from derive.rules.antiderivatives import antiderivative, antiderivative_of_term
from derive.rules.letters import B, F, c, end, f, start, u, x
from derive.rules.values import function

d = Symbol("d", positive=True)


def distance(total: Total, facts: Facts) -> Iterator[Values]:
    """f with the integrand f(|x − c|), and F(d) = ∫₀^d f, where it is not known on which side of c an end lies."""
    measure, x_ = total.measure, total.x
    centres = {e.args[0] for e in every(total.body, Abs) if e.has(x_)}
    line = linear(centres.pop(), x_) if len(centres) == 1 else None
    if line is None or measure == REALS or line[0] not in (1, -1):
        return
    at, new = -line[1] / line[0], fresh(POSITIVE, names(total, *facts.relations))
    gaps = [gap for gap in (measure.lo - at, measure.hi - at) if not gap.is_infinite]
    if all(facts.nonnegative(gap) or facts.nonnegative(-gap) for gap in gaps):
        return  # the support is split at c, or lies on one side of it
    sides = [total.body.xreplace({x_: at + side * new}) for side in (1, -1)]
    other = fresh(POSITIVE, {new.name, *names(total, *facts.relations)})
    head = from_zero(Total(sides[0], new, Lebesgue(0, other)), facts) if sides[0] == sides[1] else None
    if head is not None:
        yield {x: x_, c: at, f: function(new, sides[0]), F: function(other, head), start: measure.lo, end: measure.hi, u: new, d: other}


def from_zero(head: Total, facts: Facts) -> Expr | None:
    """The integral from 0 to a letter, by an antiderivative or as an incomplete gamma or beta function."""
    whole = antiderivative(head.body, head.x, facts, antiderivative_of_term)
    low = summed_limit(whole, head.x, S.Zero, 1, facts) if whole is not None else None
    if whole is not None and low is not None and low.is_finite is not False:
        return whole.xreplace({head.x: head.measure.hi}) - low
    rules = (incomplete.LOWER_GAMMA, incomplete_beta.BETA_PRIME_BETWEEN)
    return next((rule.says.right.xreplace(values) for rule in rules for values in rule.find(head, facts)), None)


def up_to(place: Expr) -> Expr:
    """The integral from c to a place on either side."""
    return sign(place - c) * F(Abs(place - c))


BODY = f(Abs(x - c))
PART = Claim(Total(f(u), u, Lebesgue(0, d)), F(d))
HALF = Claim(Total(f(u), u, POSITIVE), B)


def distance_rule(name: str, lo: Expr, hi: Expr, value: Expr, premises: tuple[Claim, ...], given: tuple) -> Rule:
    """One of the three kinds of range: between two ends, and from or up to one of them."""
    infinite = {letter for letter, place in ((start, lo), (end, hi)) if S(place).is_infinite}

    def find(total: Total, facts: Facts) -> Iterator[Values]:
        if isinstance(total.measure, Lebesgue) and infinite == {e for e, at in zip((start, end), total.measure.args, strict=True) if at.is_infinite}:
            yield from ({k: v for k, v in found.items() if k not in infinite} for found in distance(total, facts))

    return Rule(
        name, Claim(Total(BODY, x, Lebesgue(lo, hi)), value, given=(*given, Finite(F(S.Zero)))), kind="cited", rests_on=premises, find=find,
        source="an even function about c: its integral from c to y is sign(y − c) times that of f from 0 to |y − c|",
    )  # fmt: skip


RULES = (
    distance_rule("distance_between", start, end, up_to(end) - up_to(start), (PART,), (end >= start,)),
    distance_rule("distance_beyond", start, oo, B - up_to(start), (PART, HALF), ()),
    distance_rule("distance_below", -oo, end, B + up_to(end), (PART, HALF), ()),
)
