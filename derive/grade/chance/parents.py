r"""The law of one observation, X_i ∼ Exp(λ), beside the smallest, the largest or the sum of several: whether it makes up the kernel."""

from __future__ import annotations

import re
from itertools import product

from sympy import Expr, Mul, Symbol, Tuple, exp

from derive.grade.chance.laws import kernels_of
from derive.grade.equal.equality import compare
from derive.grade.equal.ground import Ground
from derive.grade.equal.values import Bench, evaluated
from derive.grade.truth import Truth
from derive.grade.writing.reading import scope_of
from derive.language.claims import PROVED
from derive.language.problem import Variable
from derive.language.totals import Counting, Lebesgue, Measure, Total, substitute
from derive.read.latex import statement
from derive.read.names import ReadError

SIM = r"(?:\\(?:overset|stackrel)\s*\{(?:[^{}]|\{[^{}]*\})*\}\s*\{?\s*\\sim\s*\}?|\\sim(?![A-Za-z]))"
LAW = r"(?:\\(?:mathrm|operatorname|text|mathcal)\s*\{\s*(?P<law>[A-Za-z]+)\s*\}|(?P<bare>[A-Z][a-z]*))\s*(?:\\left)?\((?P<inside>[^()]*)\)"


def drawn_from(who: str) -> re.Pattern[str]:
    """A pattern for "X_i ∼ Exp(λ)"."""
    return re.compile(rf"(?:{who})\s*{SIM}\s*{LAW}")


def makes_up(match: re.Match[str], role: str, n: str, truth: Truth, bench: Bench) -> bool:
    """Whether the kernel is that of the smallest ("min") or largest ("max") of n variables with this law."""
    size = truth.named.get(n)
    return any(isinstance(m, Lebesgue) and made_of(kernel, m, role, size, truth, bench) for kernel, m in kernels(match, truth))


def kernels(match: re.Match[str], truth: Truth) -> list[tuple[Expr, Measure]]:
    """The kernels that the name of a law may mean here."""
    (v,) = truth.problem.variables
    try:
        found = statement(match["inside"], scope_of(truth, strict=False))
    except ReadError:
        return []
    arguments = tuple(found.args) if isinstance(found, Tuple) else (found,)
    return list(kernels_of((match["law"] or match["bare"]).lower(), v.symbol, arguments))  # type: ignore[arg-type]


def sums_up(matches: list[tuple[re.Match[str], Expr]], truth: Truth, bench: Bench) -> bool:
    """Whether the kernel is that of the sum of so many independent variables of each law: by E[e^{−uX}] or E[w^X], which tell laws apart."""
    (v,) = truth.problem.variables
    ends = v.measure.args
    if len(ends) != 2 or ends[0].is_nonnegative is not True:
        return False
    u = Symbol("u′", positive=True)
    ground = truth.ground.with_(*([u < 1] if isinstance(v.measure, Counting) else []))
    ways = [[one for one in (transform(k, m, u, ground, bench, v) for k, m in kernels(match, truth)) if one is not None] for match, _ in matches]
    whole = transform(truth.problem.kernel, v.measure, u, ground, bench, v)
    if whole is None:
        return False
    wanted = [Mul(*(one**count for one, (_, count) in zip(chosen, matches, strict=True))) for chosen in product(*ways)]
    return any(compare(whole, one, ground).verdict == PROVED for one in wanted)


def transform(kernel: Expr, measure: Measure, u: Symbol, ground: Ground, bench: Bench, v: Variable) -> Expr | None:
    """E[e^{−uX}] on an interval, E[u^X] on whole numbers, for the kernel of the law of X."""
    if not isinstance(measure, (Lebesgue, Counting)) or measure.args[0].is_nonnegative is not True:
        return None
    weight = exp(-u * v.symbol) if isinstance(measure, Lebesgue) else u**v.symbol
    t = Symbol(f"{v.symbol.name}′", integer=True) if isinstance(measure, Counting) else Symbol(f"{v.symbol.name}′", real=True)
    above, below = (evaluated(Total(substitute(e, {v.symbol: t}), t, measure), ground.facts, bench) for e in (weight * kernel, kernel))
    return None if above is None or below is None else above / below


def made_of(kernel: Expr, measure: Lebesgue, role: str, size: Expr | None, truth: Truth, bench: Bench) -> bool:
    """n f S^(n − 1) or n f F^(n − 1) against the kernel, up to a factor."""
    (v,) = truth.problem.variables
    x, facts = v.symbol, truth.inside.facts
    t = Symbol(f"{x.name}′", **x._assumptions_orig)
    at = substitute(kernel, {x: t})
    whole = evaluated(Total(at, t, measure), facts, bench)
    if whole is None:
        return False
    ends = Lebesgue(x, measure.hi) if role == "min" else Lebesgue(measure.lo, x)
    tail = evaluated(Total(at, t, ends), facts, bench)
    density = None if tail is None or size is None or v.measure != measure else kernel * (tail / whole) ** (size - 1)
    if density is None:
        return False
    y = Symbol(f"{x.name}″", **x._assumptions_orig)
    ground = truth.inside.with_(variables=[(x, v.measure), (y, v.measure)])
    own = truth.problem.kernel
    return compare(density * substitute(own, {x: y}), substitute(density, {x: y}) * own, ground).verdict == PROVED
