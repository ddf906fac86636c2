"""Kernels that come back, a constant times as large, after a step: floors, rectified waves and remainders under an exponential."""

from collections.abc import Iterator

from sympy import Abs, Expr, Lambda, Mod, Mul, Symbol, ceiling, cos, floor, frac, oo, pi, sin, sympify

from derive.algebra.normal import canonical
from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Same, Values
from derive.language.parts import every
from derive.language.totals import UNIT, Counting, Lebesgue, Total, fresh, names
from derive.rules.letters import M, f, g, j, k, lo, u, x, y
from derive.rules.values import function

p = Symbol("p", positive=True)
r = Symbol("r", nonnegative=True)
n = Symbol("n", integer=True, positive=True)
m = Symbol("m", integer=True)


def step_of(body: Expr, v: Symbol) -> Expr | None:
    """The step after which a floor gains 1, or a rectified wave comes back."""
    for e in sorted(every(body, floor, ceiling, frac, Mod, Abs), key=str):
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
    gained = canonical(moved / total.body, facts.within(total.x, total.measure))
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


def fixed_floors(total: Total, facts: Facts) -> Iterator[Values]:
    """A floor that is one whole number on the whole support."""
    inside = facts.within(total.x, total.measure)
    for e in sorted(every(total.body, floor), key=str):
        z = e.args[0]
        for whole in dict.fromkeys((0, -1, floor(z.subs(total.x, total.measure.lo)))):
            if e.has(total.x) and inside.nonnegative(z - whole) and inside.positive(whole + 1 - z):
                outer = Lambda((total.x, y), total.body.xreplace({e: y}))
                yield {x: total.x, M: total.measure, f: outer, g: function(total.x, z), m: sympify(whole)}


FIXED_FLOOR = Rule(
    "fixed_floor",
    Claim(Total(f(x, floor(g(x))), x, M), Total(f(x, m), x, M), given=(g(x) - m >= 0, m + 1 - g(x) > 0)),
    kind="definition",
    find=fixed_floors,
    source="DLMF, Common Notations and Definitions: ⌊z⌋",
)


def floors_apart(total: Total, facts: Facts, whole: type) -> Iterator[Values]:
    """An integrand of x and ⌊x⌋, or of x and ⌈x⌉, on a half line from an integer that does not come back after a step."""
    start = total.measure.lo if isinstance(total.measure, Lebesgue) and total.measure.hi is oo else None
    wholes = [e for e in every(total.body, floor, ceiling) if e.has(total.x)]
    if wholes == [whole(total.x)] and start is not None and start.is_integer:
        index, part = fresh(Counting(start, oo), names(total, *facts.relations)), fresh(UNIT, names(total, *facts.relations))
        yield {x: total.x, f: Lambda((total.x, y), total.body.xreplace({wholes[0]: y})), m: start, k: index, u: part}


FLOORS_APART = Rule(
    "floors_apart",
    Claim(Total(f(x, floor(x)), x, Lebesgue(m, oo)), Total(Total(f(k + u, k), u, UNIT), k, Counting(m, oo)), given=(f(x, floor(x)) >= 0,)),
    kind="cited",
    find=lambda total, facts: floors_apart(total, facts, floor),
    source="x = k + u with k = ⌊x⌋: the half line is the union of the intervals [k, k + 1)",
)
CEILINGS_APART = Rule(
    "ceilings_apart",
    Claim(Total(f(x, ceiling(x)), x, Lebesgue(m, oo)), Total(Total(f(k + u, k + 1), u, UNIT), k, Counting(m, oo)), given=(f(x, ceiling(x)) >= 0,)),
    kind="cited",
    find=lambda total, facts: floors_apart(total, facts, ceiling),
    source="x = k + u with k + 1 = ⌈x⌉: the half line is the union of the intervals (k, k + 1]",
)
