r"""Series by their first terms: 1 + q + q² + ⋯ as what a sum goes on from, where each written term is one of the sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sympy import (
    Add,
    Basic,
    Expr,
    Function,
    Integer,
    Pow,
    S,
    Sum,
    Symbol,
    asin,
    asinh,
    atan,
    atanh,
    cos,
    cosh,
    erf,
    exp,
    expand,
    expand_log,
    log,
    powsimp,
    series,
    sin,
    sinh,
    tan,
    tanh,
)
from sympy.core.function import AppliedUndef

from derive.algebra.equality import equal
from derive.algebra.rational import short
from derive.algebra.signs import Facts
from derive.grade.equal.quotients import reduced
from derive.grade.writing.segments import bracket_end, split
from derive.language.problem import Problem
from derive.language.totals import Counting, Total, substitute

TERMS = "FirstTerms"  # the inert function whose arguments are the terms
FINITE = "AllTerms"  # the one for 1 + q + ⋯ + qⁿ: how many terms stand before the dots, and all terms
DOTS = re.compile(r"\s*(?:\\[cl]?dots[bc]?|\.\.\.)\s*")
GOING_ON = re.compile(r"\+\s*(?:\\[cl]?dots[bc]?(?![A-Za-z])|\.\.\.)[\s.]*$")
BESIDE = re.compile(r"(?P<sum>.*\+\s*(?:\\[cl]?dots[bc]?(?![A-Za-z])|\.\.\.))(?P<rest>\s*[,;](?:\\[,;: ]|\\q?quad(?![A-Za-z])|\s).*)", re.DOTALL)
FACTOR = re.compile(r"(?P<factor>[^()\[\]+=]*?)(?:\\left|\\[bB]igg?l?)?(?P<open>[(\[])")
LEAST = 2  # terms that say how a series goes on
LARGEST = 40  # operations in a closed form that is expanded
EXPANDED = (exp, log, sin, cos, tan, sinh, cosh, tanh, asin, atan, asinh, atanh, erf)  # functions in it
FARTHEST = 12  # power up to which it is


DOT, MORE = r"\s*(?:\\cdot\s*)?", r"\s*(?:\\cdot\s*)?\\[cl]?dots\s*(?:\\cdot\s*)?"
FACTORS = (  # products with dots that have a name
    (re.compile(rf"\(?2(?P<n>[a-z])-1\)?{DOT}\(2(?P=n)-3\){MORE}(?:5\s*\\cdot\s*)?3\s*\\cdot\s*1(?!\d)"), r"(2\g<n>-1)!!"),
    (re.compile(rf"1\s*\\cdot\s*3\s*(?:\\cdot\s*5\s*)?{MORE}\(2(?P<n>[a-z])-1\)"), r"(2\g<n>-1)!!"),
    (re.compile(rf"(?<![A-Za-z\d)])(?P<n>[a-z]){DOT}\((?P=n)-1\){DOT}(?:\((?P=n)-2\))?{MORE}(?:3{DOT})?(?:2\s*\\cdot\s*)?1(?!\d)"), r"\g<n>!"),
    (re.compile(rf"(?<![\d)])1\s*\\cdot\s*2\s*(?:\\cdot\s*3\s*)?{MORE}(?P<n>[a-z])(?![A-Za-z(])"), r"\g<n>!"),
)


def with_terms(formula: str) -> str:
    r"""The formula with a + b + ⋯ as FirstTerms(a, b).

    >>> with_terms(r"Z = 1 + (1-p) + \cdots = \frac1p")
    'Z =\\operatorname{FirstTerms}(1,(1-p))= \\frac1p'
    """
    for pattern, named in FACTORS:
        formula = pattern.sub(named, formula)
    telescopes = [(side, times(side)) for side in split(formula, "=")]
    formula = finite_inside("=".join(applied(terms) if len(terms) >= LEAST else side for side, terms in telescopes))
    return "=".join(all_terms(side) or going_on(side) for side in split(formula, "="))


def going_on(side: str) -> str:
    r"""a + b + ⋯ as FirstTerms(a, b), also before a comma and something else; the side itself where it is none.

    >>> going_on(r"1 + q + \cdots,\ q")
    '\\operatorname{FirstTerms}(1,q),\\ q'
    >>> with_terms(r"\frac12\left(1-\frac13+\frac13-\frac15+\cdots\right)")
    '\\operatorname{FirstTerms}(\\frac12\\left(1-\\frac13\\right),\\frac12\\left(\\frac13-\\frac15\\right))'
    """
    beside = BESIDE.fullmatch(side)
    if beside is not None and len(list(split(beside["sum"], ","))) == 1:
        return going_on(beside["sum"]) + beside["rest"]
    terms = list(split(GOING_ON.sub("", side), "+")) if GOING_ON.search(side) else []
    return applied(terms) if len(terms) >= LEAST else side


def times(side: str) -> list[str]:
    """The terms of c (a − b + b − c + ⋯), which telescopes, each with the factor."""
    opened = FACTOR.match(side)
    end = bracket_end(side, opened.end(), opened["open"]) if opened else None
    inside = side[opened.end() : end[0]] if opened and end and not side[end[1] :].strip(" .") else ""
    terms = list(split(GOING_ON.sub("", inside), "+")) if GOING_ON.search(inside) else []
    return [rf"{opened['factor'].strip()}\left({t.strip()}\right)" for t in terms] if opened and all("-" in t for t in terms) else []


def finite_inside(formula: str) -> str:
    """The formula with what stands in round brackets as all terms of a finite sum, where it is one."""
    at = 0
    while (start := formula.find("(", at)) >= 0:
        end = bracket_end(formula, start + 1, "(")
        inside = all_terms(formula[start + 1 : end[0]]) or first_terms(formula[start + 1 : end[0]]) if end is not None else ""
        if inside and end is not None:
            formula = formula[: start + 1] + inside + formula[end[0] :]
        at = start + 1
    return formula


def all_terms(side: str) -> str:
    r"""a + b + ⋯ + z as AllTerms(2, a, b, z), or nothing.

    >>> all_terms(r"1 + q + \cdots + q^n")
    '\\operatorname{AllTerms}(2,1,q,q^n)'
    """
    first, *others = split(side, ",")
    if others and DOTS.search(first) and (found := all_terms(first)):
        return ",".join([found, *others])
    terms = [t.strip() for t in split(side, "+")]
    dots = [i for i, t in enumerate(terms) if DOTS.fullmatch(t)]
    if len(dots) != 1 or not LEAST <= dots[0] < len(terms) - 1 or "" in terms:
        return ""
    return rf"\operatorname{{{FINITE}}}({dots[0]},{','.join(terms[: dots[0]] + terms[dots[0] + 1 :])})"


def first_terms(side: str) -> str:
    r"""a + b + c + ⋯ in brackets as FirstTerms(a, b, c), or nothing."""
    terms = list(split(GOING_ON.sub("", side), "+")) if GOING_ON.search(side) else []
    return applied(terms) if len(terms) > LEAST else ""


def geometric(e: AppliedUndef) -> Expr | None:
    """Σ a rᵏ for FirstTerms(a, ar, ar², …) with three terms or more; None for terms whose quotients differ."""
    ratios = [reduced(b / a, Facts()) for a, b in pairwise(e.args) if a != 0]
    if len(ratios) < LEAST or ratios[0] in (0, 1) or not all(equal(r, ratios[0], Facts()) for r in ratios[1:]):
        return None
    k = Symbol("k′", integer=True, nonnegative=True)
    return Total(e.args[0] * ratios[0] ** k, k, Counting(0, S.Infinity))


def applied(terms: list[str]) -> str:
    return rf"\operatorname{{{TERMS}}}({','.join(t.strip() for t in terms)})"


def are_terms(e: Basic) -> bool:
    return isinstance(e, AppliedUndef) and e.func.__name__ == TERMS


def finite_sum(e: AppliedUndef, problem: Problem, beside: Sequence[Sum] = ()) -> Expr | None:
    """The sum that AllTerms(count, a, b, …, z) means: one that stands beside it, the problem's own, a geometric or an arithmetic one; else None."""
    count, *terms = e.args
    first, last = terms[: int(count)], terms[int(count) :]
    own = [(problem.kernel, v.symbol, *v.measure.args) for v in problem.variables if len(problem.variables) == 1 and isinstance(v.measure, Counting)]
    for body, x, lo, hi in (*((s.function, *s.limits[0]) for s in beside if len(s.limits) == 1), *own):
        known = terms_of(first, last, body, x, lo, hi)
        if known is not None:
            return known
    k = Symbol("k′", integer=True, nonnegative=True)
    found: list[Expr] = []
    ratio, step = reduced(first[1] / first[0], Facts()), (first[1] - first[0]).expand()
    if step == 0 or ratio in (0, 1) or last[-1] == 0:
        return None
    geometric = first[0] * ratio**k, quotient_of_logs(last[-1] / first[0], ratio)
    whole = (last[-1] - first[0]) / step
    arithmetic = first[0] + k * step, whole.cancel() if short(whole) else None
    for general, length in (geometric, arithmetic):
        if length is None or not (length.is_integer and (length.is_nonnegative or (length + 1).is_nonnegative)):
            continue
        places = [Integer(i) for i in range(len(first))] + [length - i for i in reversed(range(len(last)))]
        if all(equal(substitute(general, {k: p}), t, Facts()) for p, t in zip(places, terms, strict=True)):
            found.append(Total(general, k, Counting(0, length)))
    return found[0] if len(found) == 1 else None


def quotient_of_logs(value: Expr, ratio: Expr) -> Expr | None:
    """j with value = ratio^j, as far as logarithms say it."""
    above, below = (expand_log(log(powsimp(e, force=True)), force=True) for e in (value, ratio))
    return (above / below).cancel() if below != 0 else None


def terms_of(first: list[Expr], last: list[Expr], body: Expr, x: Symbol, lo: Expr, hi: Expr) -> Expr | None:
    """c Σ k(x) from lo to hi, where the first and the last terms are those of it."""
    if hi is S.Infinity:
        return None
    places = [lo + i for i in range(len(first))] + [hi - i for i in reversed(range(len(last)))]
    values = [substitute(body, {x: p}) for p in places]
    if values[0] == 0 or values[0].has(S.NaN, S.ComplexInfinity):
        return None
    factor = first[0] / values[0]
    matched = all(equal(factor * value, t, Facts()) for value, t in zip(values, (*first, *last), strict=True))
    own = Symbol(x.name, integer=True)
    return factor * Total(body.xreplace({x: own}), own, Counting(lo, hi)) if matched else None


def are_first(terms: tuple[Expr, ...], target: Expr) -> bool:
    """Whether terms are the first ones of the power series of a closed form in one of its names: c₀qᵃ + c₁qᵇ + … with a < b < …"""
    if not is_soon_expanded(target):
        return False
    for q in sorted(target.free_symbols, key=str):
        powers = [t.as_coeff_exponent(q)[1] for t in terms]
        if not all(n.is_Integer and 0 <= n <= FARTHEST for n in powers) or not all(a < b for a, b in zip(powers, powers[1:], strict=False)):
            continue
        z = Symbol(q.name)
        try:
            found = series(target.xreplace({q: z}), z, 0, int(powers[-1]) + 1).removeO()
        except (ValueError, NotImplementedError, TypeError, AttributeError):
            continue
        if expand(found - Add(*terms).xreplace({q: z})) == 0:
            return True
    return False


def is_soon_expanded(e: Expr) -> bool:
    """Whether SymPy finds the power series of `e` soon: few operations and terms, and at the most two functions or roots, side by side."""
    functions, powers = e.atoms(Function), {p for p in e.atoms(Pow) if not p.exp.is_Integer}
    plain = len(functions | powers) <= 2 and functions == e.atoms(*EXPANDED) and not any(arg.has(Function) for f in functions for arg in f.args)
    return plain and not e.has(Total) and e.count_ops() <= LARGEST and short(e)


def series_terms(target: Expr, count: int, true: Expr | None, problem: Problem) -> list[Expr] | None:
    """The first terms of an infinite sum; where the target is Z, those of the problem's sum."""
    target = problem.total if target == true else target
    factor, total = target.as_independent(Total, as_Add=False)
    if not isinstance(total, Total) or not isinstance(total.measure, Counting):
        return None
    lo, hi = total.measure.args
    if not lo.is_Integer or hi is not S.Infinity:
        return None
    return [factor * substitute(total.body, {total.x: lo + i}) for i in range(count)]
