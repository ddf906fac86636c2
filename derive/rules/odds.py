"""Kernels of the odds (x − l)/(h − x) on a bounded interval, which takes them to the half line."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Expr, Pow, exp, factor_terms, log, powsimp

from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical
from derive.algebra.signs import Facts
from derive.language.claims import Values
from derive.language.totals import POSITIVE, Lebesgue, Total, fresh, names
from derive.rules.letters import f, h, hi_u, lo_u, phi, u
from derive.rules.measure import SUBSTITUTE_INCREASING
from derive.rules.values import function, measure_values


def in_odds(total: Total, facts: Facts) -> Iterator[Values]:
    """u = (x − l)/(h − x) where a power of h − x stands within something else: x = (l + h u)/(1 + u), dx = (h − l) du/(1 + u)²."""
    m, v = total.measure, total.x
    if not isinstance(m, Lebesgue) or m.lo.is_infinite or m.hi.is_infinite or not nested(total):
        return
    new = fresh(POSITIVE, names(total, *facts.relations))
    width = m.hi - m.lo
    apart = {v - m.lo: width * new / (1 + new), m.hi - v: width / (1 + new), v: (m.lo + m.hi * new) / (1 + new)}
    body = total.body.subs(list(apart.items())) * width / (1 + new) ** 2
    outer = shortest(body, facts.within(new, POSITIVE))
    if outer.count_ops() <= total.body.count_ops():
        yield {**measure_values(total), f: function(v, total.body), h: function(new, outer), phi: function(v, (v - m.lo) / (m.hi - v)),
               lo_u: POSITIVE.lo, hi_u: POSITIVE.hi, u: new}  # fmt: skip


def nested(total: Total) -> bool:
    """Whether h − x stands in an exponential or a logarithm, or in a sum under a power."""
    end = total.measure.hi - total.x
    holders = [e.args[0] for e in total.body.atoms(exp, log)] + [e.base for e in total.body.atoms(Pow) if isinstance(e.base, Add)]
    return any(e.has(end) and e != end for e in holders)


def shortest(body: Expr, facts: Facts) -> Expr:
    """The integrand in its shortest form, with the powers of 1 + u drawn out of sums."""
    drawn = body.replace(lambda e: isinstance(e, Pow) and isinstance(e.base, Add), lambda e: factor_terms(spread(e.base, facts)) ** e.exp)
    forms = [body]
    for form in (body, drawn):
        try:
            forms.append(canonical(powsimp(form), facts))
        except TooLarge:
            continue
    return min(forms, key=lambda e: (e.count_ops(), str(e)))


def spread(e: Expr, facts: Facts) -> Expr:
    """The sum with its terms in normal form."""
    try:
        return Add(*(canonical(part, facts) for part in Add.make_args(e)))
    except TooLarge:
        return e


ODDS = replace(SUBSTITUTE_INCREASING, find=in_odds)
