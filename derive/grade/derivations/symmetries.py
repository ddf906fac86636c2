"""Whether something near a step is symmetric: an integrand about a place, two variables, two halves of a range."""

from __future__ import annotations

import re
from itertools import combinations

from sympy import Add, Expr, Mul, Symbol

from derive.grade.derivations.near import LARGE, Near
from derive.grade.derivations.properties import has_parity
from derive.grade.equal.equality import compare
from derive.grade.writing.assertions import EVEN, ODD
from derive.language.claims import PROVED
from derive.language.totals import Counting, Lebesgue, Total, substitute


def symmetric(near: Near) -> bool:
    """Some integrand, or a term of one, is even or odd about a place; two variables, or two halves of a range, may be exchanged."""
    truth, variables = near.truth, near.truth.problem.variables
    if len(variables) > 1:
        return any(exchanged(near, u.symbol, v.symbol) for u, v in combinations(variables, 2)) or any(
            has_parity(truth.problem.kernel, v.symbol, EVEN, truth) for v in variables) or together_turned(near)  # fmt: skip
    if re.search(r"[A-Z]_\{?[ijk12n]", near.text):
        return True  # of the members of a sample
    bodies = [(t.body, t.x, t) for t in near.totals if t.body.count_ops() < LARGE] + [(truth.problem.kernel, v.symbol, None) for v in variables]
    for body, x, total in bodies:
        terms = [body, *Add.make_args(body.expand())] if isinstance(body, (Add, Mul)) else [body]
        if any(has_parity(term, x, name, truth) for term in dict.fromkeys(terms[:6]) for name in (EVEN, ODD)):
            return True
        if total is not None and turned_about(body, x, total, near):
            return True
    return mirrored(near)


def turned_about(body: Expr, x: Symbol, total: Total, near: Near) -> bool:
    """f(lo + hi − x) = f(x), perhaps with two parameters exchanged."""
    if not isinstance(total.measure, (Lebesgue, Counting)):
        return False
    lo, hi = total.measure.args[:2]
    if not (lo.is_finite and hi.is_finite):
        return has_parity(body, x, EVEN, near.truth)
    image = substitute(body, {x: lo + hi - x})
    names = sorted(body.free_symbols & set(near.truth.ground.names), key=str)[:4]
    swapped = [image, *(image.xreplace({a: b, b: a}) for a, b in combinations(names, 2))]
    return any(compare(one, body, near.truth.inside).verdict == PROVED for one in swapped)


def mirrored(near: Near) -> bool:
    """Two integrals whose integrands are one another's mirror images."""
    for one, two in combinations([t for t in near.totals if isinstance(t.measure, (Lebesgue, Counting))][:4], 2):
        image = substitute(one.body, {one.x: -one.x}), substitute(two.body, {two.x: one.x})
        if one.measure.args[0] == -two.measure.args[1] and compare(*image, near.truth.inside).verdict == PROVED:
            return True
    return False


def exchanged(near: Near, u: Symbol, v: Symbol) -> bool:
    """f(x, y) = f(y, x), perhaps with two parameters exchanged where both variables range over the same."""
    kernel, measures = near.truth.problem.kernel, {w.symbol: w.measure for w in near.truth.problem.variables}
    names = sorted(kernel.free_symbols - set(measures), key=str)[:4] if measures[u] == measures[v] else []
    swaps = [{}, *({a: b, b: a} for a, b in combinations(names, 2))]
    return any(compare(kernel.xreplace({u: v, v: u, **swap}), kernel, near.truth.ground).verdict == PROVED for swap in swaps)


def together_turned(near: Near) -> bool:
    kernel = near.truth.problem.kernel
    free = {v.symbol: Symbol(v.symbol.name, real=True) for v in near.truth.problem.variables}
    own = kernel.xreplace(free)
    return compare(substitute(own, {x: -x for x in free.values()}), own, near.truth.ground).verdict == PROVED
