"""Is a density one of those that have a name? Read from the form of its kernel, solved for the parameters, and proved.

A match is claimed only where the density is proved equal to the textbook's at these parameters, on the same support, and the
parameters are proved to lie where the family is defined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sympy import Abs, Expr, Symbol, besseli, count_ops

from derive.algebra.equality import equal
from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical
from derive.algebra.signs import Facts
from derive.families.continuous import CONTINUOUS
from derive.families.discrete import DISCRETE
from derive.families.forms import shapes
from derive.families.named import Named, Shape, candidates, template
from derive.language.problem import Family
from derive.language.totals import Measure
from derive.search.presentable import presentable

TABLE: tuple[Named, ...] = (*CONTINUOUS, *DISCRETE)
BY_FORM: dict[str, tuple[Named, ...]] = {form: tuple(n for n in TABLE if n.form == form) for form in {n.form for n in TABLE}}


def recognise(kernel: Expr, density: Expr, x: Symbol, measure: Measure, facts: Facts) -> Family | None:
    """The named family that a density, with its kernel and support, belongs to, or None.

    Of several names the most special one is taken, the first in the table's order.

    >>> from sympy import exp, symbols
    >>> from derive.language.totals import POSITIVE
    >>> x, b = symbols("x b", positive=True)
    >>> recognise(exp(-b*x), b*exp(-b*x), x, POSITIVE, Facts())
    Family(name='Exponential', parameters={'rate': b})
    """
    try:
        matches = [(named, family) for named, family in proved(kernel, density, x, measure, facts)]
    except TooLarge:
        return None
    kept = (family for i, (named, family) in enumerate(matches) if not named.strict or shortest(family, matches[i + 1 :]))
    found = next(kept, None)
    return found and Family(found.name, {name: shorter(value, facts) for name, value in found.parameters.items()})


def shorter(value: Expr, facts: Facts) -> Expr:
    """A parameter in its best form, where that is shorter: 1/(m + 1) for 1 − m/(m + 1)."""
    if value.is_Atom:
        return value
    best = presentable(value, facts)
    return best if count_ops(best) < count_ops(value) else value


def shortest(family: Family, others: list[tuple[Named, Family]]) -> bool:
    """Whether a family's parameters look no longer than those of the families after it."""
    return all(length(family) <= length(other) for _, other in others)


def length(family: Family) -> int:
    return sum(int(count_ops(value)) for value in family.parameters.values())


def proved(kernel: Expr, density: Expr, x: Symbol, measure: Measure, facts: Facts) -> Iterator[tuple[Named, Family]]:
    """Matches, with their proof; none after the first that is not strict."""
    inside = facts.within(x, measure)
    for form, shape in shapes(kernel, x, measure, facts.quick()):  # what is read is only proposed
        for named in BY_FORM.get(form, ()):
            for values in candidates(named, shape.letters, facts):
                if admissible(named, values, facts) and matches(named, values, shape, density, x, inside):
                    yield named, Family(named.name, shown(named, values, shape))
                    if not named.strict:
                        return
                    break


def admissible(named: Named, values: Mapping[Symbol, Expr], facts: Facts) -> bool:
    """Whether the parameters are proved to be such as the family has."""
    unknowns, _ = template(named)
    signs = all(facts.nonnegative(values[u]) and values[u].is_integer if u.is_integer else facts.positive(values[u])
                for u in unknowns if u.is_positive)  # fmt: skip
    return signs and all(map(facts.follows, named.conditions(*(values[u] for u in unknowns))))


def matches(named: Named, values: Mapping[Symbol, Expr], shape: Shape, density: Expr, x: Symbol, facts: Facts) -> bool:
    """Whether the density is the family's: at every point of a finite support, on each side of a kink, or all over."""
    unknowns, wanted = template(named)
    if x.is_integer:  # the order of I counts in size alone
        density = density.replace(lambda e: isinstance(e, besseli) and e.args[0] == Abs(x), lambda e: besseli(x, e.args[1]))
    at = shape.letters.get("at", 0) if "at" in wanted else 0
    textbook = named.density(shape.variable + at, *(values[u] for u in unknowns))
    match shape.letters:
        case {"low": low, "high": high}:
            return all(equal(density.xreplace({x: p}), textbook.xreplace({x: p}), facts) for p in (low, high))
        case {"cut": cut}:
            return all(equal(density, textbook, facts.and_(side)) for side in (x < cut, x > cut))
    return equal(density, textbook, facts) or proportional(density, textbook, x, facts)


def proportional(density: Expr, textbook: Expr, x: Symbol, facts: Facts) -> bool:
    """Whether one is a constant times the other: as both have total one on this support, the constant is 1."""
    return not canonical(density / textbook, facts).has(x)


def shown(named: Named, values: Mapping[Symbol, Expr], shape: Shape) -> dict[str, Expr]:
    """The parameters by name, and the location where it is not 0 and not among them."""
    unknowns, wanted = template(named)
    at = shape.letters.get("at", 0)
    location = {"location": at} if "at" not in wanted and at != 0 else {}
    return {**{u.name: values[u] for u in unknowns}, **location}
