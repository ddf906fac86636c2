"""Names and places: which variable is bound where, what is known there, and whether a step's values respect it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, reduce

from sympy import Add, Basic, Expr, Mul, S, Symbol, beta

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Capture, Claim, Values
from derive.language.parts import free
from derive.language.totals import Atoms, Counting, Lebesgue, Total, totals

CLAIMS = ("integer", "positive", "negative", "nonnegative", "nonpositive", "nonzero")
KNOWN_OF_VARIABLES = {*CLAIMS, "commutative", "complex", "hermitian", "finite", "infinite", "extended_real", "real", "zero"}


def places(term: Basic, at: Expr, facts: Facts) -> Iterator[Facts]:
    """What is known at every place where `at` stands in `term`: the facts, and the supports of the totals around it."""
    if term == at:
        yield facts
    elif isinstance(term, Total):
        yield from places(term.measure, at, facts)
        yield from places(term.body, at, facts.within(term.x, term.measure))
    else:
        for arg in term.args:
            yield from places(arg, at, facts)


def scope(term: Basic, at: Expr, facts: Facts) -> Facts | None:
    """What is known at all places of `at` in `term`, for it is rewritten at all of them; None where there is no such place."""
    found = list(places(term, at, facts))
    return reduce(common, found) if found else None


def common(one: Facts, other: Facts) -> Facts:
    if one is other or one.relations == other.relations:
        return one
    return Facts(r for r in one.relations if r in other.relations)


def distinct(term: Basic, facts: Facts) -> bool:
    """No name is bound twice on a path, or both bound and free: no value is captured by a binder that it does not belong to."""
    known = free(term).union(*map(free, facts.relations))
    return bound_once(term, frozenset(s.name for s in known))


def bound_once(term: Basic, taken: frozenset[str]) -> bool:
    if isinstance(term, Total):
        inside = taken | {term.x.name}
        return term.x.name not in taken and bound_once(term.body, inside) and bound_once(term.measure, taken)
    return all(bound_once(arg, taken) for arg in term.args if arg.args)


def unfit(term: Basic, facts: Facts) -> str:
    """What is in doubt of a total in `term`: that its range is one, or that its variable is what it claims to be; "" where there is none."""
    if isinstance(term, Total):
        fault = misfit(term.x, term.measure, facts)
        return fault or unfit(term.body, facts.within(term.x, term.measure))
    return next((fault for arg in term.args if arg.args and (fault := unfit(arg, facts))), "")


def at_a_pole(term: Basic, facts: Facts) -> str:
    """A beta function in a sum that may have a pole at an index: SymPy keeps B(0, a), and takes 0 · B(0, a) for 0; "" where there is none."""
    if isinstance(term, Total):
        inside = facts.within(term.x, term.measure)
        if isinstance(term.measure, Counting):
            doubtful = [e for e in term.body.atoms(beta) if e.has(term.x) and not all(map(inside.positive, e.args))]
            if doubtful:
                return str(min(doubtful, key=str))
        return at_a_pole(term.body, inside)
    return next((fault for arg in term.args if arg.args and (fault := at_a_pole(arg, facts))), "")


def divided_by_zero(term: Basic) -> str:
    """A line in the index that divides a term of a sum and is 0 in its range, which C(2k, k − 1) beside it may hide; "" where there is none."""
    if isinstance(term, Total) and isinstance(term.measure, Counting):
        for part in Add.make_args(term.body):
            for factor in Mul.make_args(part):
                base, n = factor.as_base_exp()
                found = linear(base, term.x) if n.is_negative and base.has(term.x) else None
                root = -found[1] / found[0] if found else S.Half
                if root.is_Integer and (root - term.measure.lo).is_extended_nonnegative and (term.measure.hi - root).is_extended_nonnegative:
                    return str(base)
    return next((fault for arg in term.args if arg.args and (fault := divided_by_zero(arg))), "")


def misfit(x: Symbol, measure: Basic, facts: Facts) -> str:
    if not ranged(measure, facts):
        return f"the ends of {span(measure)}, the range of {x}, are in order"
    said = [what for what in CLAIMS if getattr(x, f"is_{what}")]
    known = set(x._assumptions_orig) <= KNOWN_OF_VARIABLES and all(justified(what, measure, facts) for what in said)
    return "" if known else f"{x} is on {span(measure)} what its symbol says"


def span(measure: Basic) -> str:
    return f"({measure.lo}, {measure.hi})" if isinstance(measure, (Lebesgue, Counting)) else str(measure)


def ranged(measure: Basic, facts: Facts) -> bool:
    """Whether the ends of an interval are in order, and those of a range of integers are integers."""
    match measure:
        case Lebesgue(lo=lo, hi=hi):
            return lo is not S.Infinity and hi is not S.NegativeInfinity and (
                lo is S.NegativeInfinity or hi is S.Infinity or facts.nonnegative(hi - lo))
        case Counting(lo=lo, hi=hi):
            return bool((lo.is_integer or lo is S.NegativeInfinity) and (hi.is_integer or hi is S.Infinity))
    return isinstance(measure, (Atoms, Symbol))


def justified(what: str, measure: Basic, facts: Facts) -> bool:
    """Whether all that a measure weighs is positive, an integer, … (The ends of an interval weigh nothing.)"""
    match measure:
        case Atoms(points=points):
            return all(getattr(p, f"is_{what}") or at_least(what, p, p, facts) for p in points)
        case Lebesgue(lo=lo, hi=hi):
            return what != "integer" and at_least(OPEN.get(what, what), lo, hi, facts)
        case Counting(lo=lo, hi=hi):
            return what == "integer" or at_least(what, lo, hi, facts)
    return False


OPEN = {"positive": "nonnegative", "negative": "nonpositive", "nonzero": "one-sided"}


def at_least(what: str, lo: Expr, hi: Expr, facts: Facts) -> bool:
    match what:
        case "positive":
            return facts.positive(lo)
        case "negative":
            return facts.positive(-hi)
        case "nonnegative":
            return facts.nonnegative(lo)
        case "nonpositive":
            return facts.nonnegative(-hi)
        case "one-sided":
            return facts.nonnegative(lo) or facts.nonnegative(-hi)
        case "nonzero":
            return facts.positive(lo) or facts.positive(-hi)
    return False


def refuse_capture(claim: Claim, values: Values) -> None:
    """Bound variables stand for names, no two for the same; no other value, a function's body included, mentions one of them."""
    bound = claim.bound()
    names = [values.get(x, x) for x in bound]
    if not all(isinstance(n, Symbol) for n in names) or len({n.name for n in names}) < len(names):
        raise Capture("the rule's variables stand for one and the same, or for what is no variable")
    for letter, value in values.items():
        if letter not in bound and not free(value).isdisjoint(names):
            raise Capture(f"{letter} = {value} mentions a variable that is bound")


def not_numbers(claim: Claim, values: Values, facts: Facts) -> Iterator[tuple[Symbol, bool]]:
    """Letters for real numbers inside totals whose values are not proved to be such, and whether they are certainly none."""
    for letter in (letter for letter in numbers_inside(claim) if letter in values):
        value = values[letter]
        if letter.is_extended_real and not facts.real(value) and not (value.is_infinite and not letter.is_finite):
            yield letter, value.is_real is False or value.has(S.NaN, S.ComplexInfinity)


@lru_cache(maxsize=1000)
def numbers_inside(claim: Claim) -> tuple[Symbol, ...]:
    """The letters of a rule that stand inside totals and are not bound there."""
    inside = {s for side in (claim.left, claim.right) for t in totals(side) for s in t.atoms(Symbol)} - claim.bound() - {SIZE}
    return tuple(sorted(inside, key=str))
