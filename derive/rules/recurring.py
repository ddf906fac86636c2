"""Kernels that come back, a constant times as large, after a step: floors, rectified waves and remainders under an exponential."""

from collections.abc import Iterator

from sympy import Abs, Expr, Mod, Mul, Symbol, ceiling, cos, floor, frac, oo, pi, sin

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Same, Values
from derive.language.totals import Counting, Lebesgue, Total, fresh, names
from derive.rules.letters import f, j, k, lo, u, x
from derive.rules.values import function

p = Symbol("p", positive=True)
r = Symbol("r", nonnegative=True)
n = Symbol("n", integer=True, positive=True)


def step_of(body: Expr, v: Symbol) -> Expr | None:
    """The step after which a floor gains 1, or a rectified wave comes back."""
    for e in sorted(body.atoms(floor, ceiling, frac, Mod, Abs), key=str):
        if e.has(v):
            inner = e.args[0]
            if isinstance(e, Abs) and isinstance(inner, (sin, cos)):
                found, turn = linear(inner.args[0], v), pi
            else:
                found, turn = linear(inner, v), e.args[1] if isinstance(e, Mod) else 1
            return None if found is None else turn / found[0]
    return None


def factor_after(total: Total, step: Expr, facts: Facts) -> Expr | None:
    """f(x + p)/f(x), where it is a constant."""
    moved = Mul(*(part.subs(total.x, total.x + step).expand() for part in Mul.make_args(total.body)))
    gained = (moved / total.body).expand(power_base=True, power_exp=True).powsimp().simplify()
    return gained if not gained.has(total.x) else None


def recurring(total: Total, facts: Facts) -> Iterator[tuple[Expr, Expr]]:
    step = step_of(total.body, total.x) if total.measure.hi is oo and total.measure.lo.is_finite else None
    ratio = factor_after(total, step, facts) if step is not None and facts.positive(step) else None
    if step is not None and ratio is not None:
        yield step, ratio


def on_line(total: Total, facts: Facts) -> Iterator[Values]:
    for step, ratio in recurring(total, facts) if isinstance(total.measure, Lebesgue) else ():
        first = Lebesgue(total.measure.lo, total.measure.lo + step)
        new = fresh(first, names(total, *facts.relations))
        yield {x: total.x, f: function(total.x, total.body), lo: total.measure.lo, p: step, r: ratio, u: new}


def on_integers(total: Total, facts: Facts) -> Iterator[Values]:
    for step, ratio in recurring(total, facts) if isinstance(total.measure, Counting) else ():
        if step.is_integer:
            first = Counting(total.measure.lo, total.measure.lo + step - 1)
            new = fresh(first, names(total, *facts.relations))
            yield {k: total.x, f: function(total.x, total.body), lo: total.measure.lo, n: step, r: ratio, j: new}


RECURRING = Rule(
    "recurring_kernel",
    Claim(
        Total(f(x), x, Lebesgue(lo, oo)),
        Total(f(u), u, Lebesgue(lo, lo + p)) / (1 - r),
        given=(f(x) >= 0, Same(f(x + p), r * f(x)), r < 1),
    ),
    kind="cited",
    find=on_line,
    source="Laplace transform of a periodic function, DLMF 1.14(iii): a geometric series of steps",
)
RECURRING_TERMS = Rule(
    "recurring_terms",
    Claim(
        Total(f(k), k, Counting(lo, oo)),
        Total(f(j), j, Counting(lo, lo + n - 1)) / (1 - r),
        given=(f(k) >= 0, Same(f(k + n), r * f(k)), r < 1),
    ),
    kind="cited",
    find=on_integers,
    source="A geometric series of blocks, Gradshteyn-Ryzhik 0.231",
)
