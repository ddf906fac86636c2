r"""The law of one observation, X_i ∼ Exp(λ), beside the smallest, the largest or the sum of several: whether it makes up the kernel."""

from __future__ import annotations

import re

from sympy import Expr, Symbol, Tuple

from derive.grade.equality import compare
from derive.grade.laws import kernels_of
from derive.grade.reading import scope_of
from derive.grade.truth import Truth
from derive.grade.values import Bench, evaluated
from derive.language.claims import PROVED
from derive.language.totals import Lebesgue, Total, substitute
from derive.read.latex import statement
from derive.read.names import ReadError

SIM = r"(?:\\(?:overset|stackrel)\s*\{(?:[^{}]|\{[^{}]*\})*\}\s*\{?\s*\\sim\s*\}?|\\sim(?![A-Za-z]))"
LAW = r"(?:\\(?:mathrm|operatorname|text|mathcal)\s*\{\s*(?P<law>[A-Za-z]+)\s*\}|(?P<bare>[A-Z][a-z]*))\s*(?:\\left)?\((?P<inside>[^()]*)\)"


def drawn_from(who: str) -> re.Pattern[str]:
    """A pattern for "X_i ∼ Exp(λ)"."""
    return re.compile(rf"(?:{who})\s*{SIM}\s*{LAW}")


def makes_up(match: re.Match[str], role: str, n: str, truth: Truth, bench: Bench) -> bool:
    """Whether the kernel is that of the smallest ("min") or largest ("max") of n, or of the sum ("sum") of two, with this law."""
    (v,) = truth.problem.variables
    try:
        found = statement(match["inside"], scope_of(truth, strict=False))
        size = truth.named.get(n)
    except ReadError:
        return False
    arguments = tuple(found.args) if isinstance(found, Tuple) else (found,)
    ways = list(kernels_of((match["law"] or match["bare"]).lower(), v.symbol, arguments))  # type: ignore[arg-type]
    return any(isinstance(m, Lebesgue) and made_of(kernel, m, role, size, truth, bench) for kernel, m in ways)


def made_of(kernel: Expr, measure: Lebesgue, role: str, size: Expr | None, truth: Truth, bench: Bench) -> bool:
    """n f S^(n − 1), n f F^(n − 1) or ∫ f(t) f(x − t) dt against the kernel, up to a factor."""
    (v,) = truth.problem.variables
    x, facts = v.symbol, truth.inside.facts
    t = Symbol(f"{x.name}′", **x._assumptions_orig)
    at = substitute(kernel, {x: t})
    whole = evaluated(Total(at, t, measure), facts, bench)
    if whole is None:
        return False
    if role == "sum":
        if measure.lo != 0 or measure.hi.is_finite or v.measure != measure:
            return False
        one = Total(at * substitute(kernel, {x: x - t}), t, Lebesgue(0, x))
        density = evaluated(one, facts, bench)
    else:
        ends = Lebesgue(x, measure.hi) if role == "min" else Lebesgue(measure.lo, x)
        tail = evaluated(Total(at, t, ends), facts, bench)
        density = None if tail is None or size is None or v.measure != measure else kernel * (tail / whole) ** (size - 1)
    if density is None:
        return False
    y = Symbol(f"{x.name}″", **x._assumptions_orig)
    ground = truth.inside.with_(variables=[(x, v.measure), (y, v.measure)])
    own = truth.problem.kernel
    return compare(density * substitute(own, {x: y}), substitute(density, {x: y}) * own, ground).verdict == PROVED
