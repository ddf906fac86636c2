"""Whether two variables are independent: the kernel is a product of functions of one each, on a range that is one too."""

from __future__ import annotations

import re
from itertools import pairwise, product

from sympy import Expr, S, cancel, expand, expand_log, log

from derive.grade.truth import Truth
from derive.language.problem import Problem
from derive.language.totals import Atoms, Counting, Lebesgue, substitute

VALUE = re.compile(r"\\?(?P<name>[A-Za-z]+)\s*=\s*(?P<value>-?\d+)")
MOST = 400  # operations in what is expanded


def factors_where(case: str, only: bool, truth: Truth) -> bool:
    r"""Whether the two variables of a problem are proved independent where a parameter has a value, and `only` there; everywhere without a case.

    log g has a mixed difference (a mixed derivative, where both are continuous) that is a nonzero number times (name − value): it is zero only there.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(a*x + c*x*y)", over={"x": "{0, 1}", "y": "{0, 1}"}, given=["a real", "c real"]))
    >>> factors_where("c = 0", True, truth), factors_where("a = 0", False, truth), factors_where("", False, truth)
    (True, False, False)
    """
    mixed = differences(truth.problem)
    if mixed is None:
        return False
    if not case:
        return all(d == 0 for d in mixed)
    match = VALUE.fullmatch(case.strip())
    names = {name.lstrip("\\"): p.symbol for p in truth.problem.parameters for name in (p.symbol.name, p.latex or p.symbol.name)}
    name = names.get(match["name"]) if match else None
    if match is None or name is None:
        return False
    if not only:
        return all(expand(d.subs(name, int(match["value"]))) == 0 for d in mixed)
    quotients = [cancel(d / (name - int(match["value"]))) for d in mixed if d != 0]
    return bool(quotients) and all(q.is_number and q.is_nonzero and q.is_finite for q in quotients)


def differences(problem: Problem) -> list[Expr] | None:
    """The mixed derivative of log g, or its mixed differences; None where the range is no product, or they are not looked at."""
    if len(problem.variables) != 2:
        return None
    one, two = problem.variables
    own = {one.symbol, two.symbol}
    if any(v.measure.free_symbols & own or not isinstance(v.measure, (Lebesgue, Counting, Atoms)) for v in (one, two)):
        return None
    if problem.kernel.count_ops() > MOST or problem.kernel.is_positive is not True:
        return None
    potential = expand_log(log(problem.kernel), force=True)
    if isinstance(one.measure, Lebesgue) and isinstance(two.measure, Lebesgue):
        found = [expand(potential.diff(one.symbol).diff(two.symbol))]
    elif isinstance(one.measure, Atoms) and isinstance(two.measure, Atoms) and len(one.measure.points) * len(two.measure.points) < MOST:
        steps = product(pairwise(one.measure.points), pairwise(two.measure.points))
        at = lambda a, b: substitute(potential, {one.symbol: a, two.symbol: b})  # noqa: E731
        found = [expand(at(a, c) - at(a, d) - at(b, c) + at(b, d)) for (a, b), (c, d) in steps]
    else:
        return None
    return None if any(d.has(S.NaN, S.ComplexInfinity) for d in found) else found
