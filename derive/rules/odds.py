"""Kernels on a bounded interval: of the odds (x − l)/(h − x), which take them to the half line, and of lines that vanish at an end."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Expr, Pow, cancel, exp, factor, factor_terms, log, powsimp

from derive.algebra.equality import equal
from derive.algebra.monomials import TooLarge
from derive.algebra.normal import canonical
from derive.algebra.signs import Facts
from derive.language.claims import Values
from derive.language.parts import every, operations
from derive.language.totals import POSITIVE, UNIT, Lebesgue, Total, fresh, names
from derive.rules.letters import f, h, hi_u, lo_u, phi, u
from derive.rules.measure import SUBSTITUTE_INCREASING
from derive.rules.shapes import line
from derive.rules.values import function, measure_values

OF_ODDS = 4  # how many operations longer an integrand may become that has the logarithm of the odds in it
LONG = 60  # operations of an exponent from which on it is not cancelled


def in_odds(total: Total, facts: Facts) -> Iterator[Values]:
    """u = (x − l)/(h − x) where a power of h − x stands within something else: x = (l + h u)/(1 + u), dx = (h − l) du/(1 + u)²."""
    m, v = total.measure, total.x
    if not isinstance(m, Lebesgue) or m.lo.is_infinite or m.hi.is_infinite or not nested(total):
        return
    new = fresh(POSITIVE, names(total, *facts.relations))
    width = m.hi - m.lo
    apart = {m.hi - v: width / (1 + new), v - m.lo: width * new / (1 + new), v: (m.lo + m.hi * new) / (1 + new)}
    body = total.body.subs(list(apart.items())) * width / (1 + new) ** 2
    outer = shortest(body, facts.within(new, POSITIVE))
    longer = OF_ODDS if any(equal(e.args[0], (v - m.lo) / (m.hi - v), facts) for e in every(total.body, log)) else 0
    if operations(outer) <= operations(total.body) + longer:
        yield {**measure_values(total), f: function(v, total.body), h: function(new, outer), phi: function(v, (v - m.lo) / (m.hi - v)),
               lo_u: POSITIVE.lo, hi_u: POSITIVE.hi, u: new}  # fmt: skip


def nested(total: Total) -> bool:
    """Whether h − x stands in an exponential or a logarithm, or in a sum under a power."""
    end = total.measure.hi - total.x
    holders = [e.args[0] for e in every(total.body, exp, log)] + [e.base for e in every(total.body, Pow) if isinstance(e.base, Add)]
    return any(e.has(end) and e != end for e in holders)


def shortest(body: Expr, facts: Facts) -> Expr:
    """The integrand in its shortest form, with the powers of 1 + u drawn out of sums."""
    drawn = body.replace(lambda e: isinstance(e, Pow) and isinstance(e.base, Add), lambda e: factor_terms(spread(e.base, facts)) ** e.exp)
    short = drawn.replace(lambda e: isinstance(e, exp) and e.args[0].is_rational_function() and operations(e) < LONG,
                          lambda e: exp(factor(cancel(e.args[0]))))  # fmt: skip
    forms = [body, short]
    for form in (body, drawn):
        try:
            forms.append(canonical(powsimp(form), facts))
        except TooLarge:
            continue
    return min(forms, key=lambda e: (operations(e), str(e)))


def spread(e: Expr, facts: Facts) -> Expr:
    """The sum with its terms in normal form."""
    try:
        return Add(*(canonical(part, facts) for part in Add.make_args(e)))
    except TooLarge:
        return e


ODDS = replace(SUBSTITUTE_INCREASING, find=in_odds)


def on_unit(total: Total, facts: Facts) -> Iterator[Values]:
    """u = (x − l)/(h − l) where a power of a line c(x − l) or c(h − x) with c ≠ 1 stands beside something else."""
    m, v = total.measure, total.x
    if not isinstance(m, Lebesgue) or m.lo.is_infinite or m.hi.is_infinite or (m.lo, m.hi) == (0, 1):
        return
    new, width = fresh(UNIT, names(total, *facts.relations)), m.hi - m.lo
    lines: dict[Expr, Expr] = {}
    for base in sorted((e.base for e in every(total.body, Pow) if e.base.has(v)), key=str):
        parts = line(base, v, facts) if base != v else None
        if parts is not None and parts[0] not in (1, -1):
            at_ends = {m.lo: parts[0] * new, m.hi: -parts[0] * (1 - new)}
            shares = (share for end, share in at_ends.items() if equal(parts[0] * end, -parts[1], facts))
            lines |= dict.fromkeys([base], width * share) if (share := next(shares, None)) is not None else {}
    if lines:
        body = total.body.xreplace(lines).xreplace({v: m.lo + width * new}) * width
        yield {**measure_values(total), f: function(v, total.body), h: function(new, body), phi: function(v, (v - m.lo) / width),
               lo_u: UNIT.lo, hi_u: UNIT.hi, u: new}  # fmt: skip


ON_UNIT = replace(SUBSTITUTE_INCREASING, find=on_unit)
