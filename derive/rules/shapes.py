"""What finders of special functions look for: the power of x, the exponentials, and whatever else stands in a kernel."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sympy import Expr, Function, S, Symbol

from derive.algebra.equality import equal
from derive.algebra.reading import bare, linear, polynomial, power_of, read
from derive.algebra.signs import Facts
from derive.language.parts import every
from derive.language.totals import Lebesgue, Total


@dataclass(frozen=True)
class Shape:
    """x**power · exp(Σ exps) · ∏ rest, and what is known inside the support."""

    x: Symbol
    power: Expr
    exps: Mapping[Expr, Expr]
    rest: Mapping[Expr, Expr]
    facts: Facts

    def powers_in_exps(self) -> dict[Expr, Expr] | None:
        """{p: coefficient of x**p in the exponent}, or None where the exponent has other terms."""
        found = {power_of(t, self.x): c for t, c in self.exps.items()}
        return None if None in found else found

    def only(self, kind: type) -> Expr | None:
        """The one further factor, where it is a function of this kind to the first power."""
        if len(self.rest) != 1:
            return None
        ((base, n),) = self.rest.items()
        return base if isinstance(base, kind) and n == 1 else None


def shape_of(total: Total, facts: Facts) -> Shape | None:
    """The shape of an integrand in which no constant factor hides."""
    form = bare(total, facts)
    if form is None:
        return None
    rest = {base: n for base, n in form.powers.items() if base != total.x}
    return Shape(total.x, form.powers.get(total.x, S.Zero), form.exps, rest, facts.within(total.x, total.measure))


def monomial(e: Expr, x: Symbol, facts: Facts) -> tuple[Expr, Expr] | None:
    """(c, p) where e = c x**p with p ≠ 0, else None.

    >>> x, c = Symbol("x", positive=True), Symbol("c", positive=True)
    >>> monomial(c*x**2, x, Facts())
    (c, 2)
    """
    form = read(e, x, facts)
    if form is None or form.exps or set(form.powers) != {x}:
        return None
    return form.coefficient, form.powers[x]


def line(e: Expr, x: Symbol, facts: Facts) -> tuple[Expr, Expr] | None:
    """(a, b) with e = a x + b, the terms in x collected, else None.

    >>> x, c = Symbol("x", positive=True), Symbol("c", positive=True)
    >>> line(c*x - x + 1, x, Facts())
    (c - 1, 1)
    """
    found = polynomial(e, x, 1, facts)
    return None if found is None else (found[0], found[1])


def ends_of(total: Total, facts: Facts) -> tuple[Expr, Expr, Expr] | None:
    """(p, q, r) where the integrand is (x − lo)^p (hi − x)^q e^(rx) between finite ends, else None."""
    measure, x = total.measure, total.x
    if not isinstance(measure, Lebesgue) or not (measure.lo.is_finite and measure.hi.is_finite):
        return None
    form = bare(total, facts)
    if form is None or not set(form.exps) <= {x} or len(form.powers) > 2:
        return None
    found = {measure.lo: S.Zero, measure.hi: S.Zero}
    for base, n in form.powers.items():
        parts = linear(base, x)
        root = -parts[1] / parts[0] if parts else None
        end = next((at for at in found if root is not None and equal(root, at, facts)), None)
        if end is None:
            return None
        found[end] = n
    return found[measure.lo], found[measure.hi], form.exps.get(x, S.Zero)


@lru_cache(maxsize=256)
def heads(body: Expr) -> frozenset[type]:
    """The functions that stand in an integrand: what a finder looks at before anything else.

    >>> from sympy import cosh, exp
    >>> x = Symbol("x")
    >>> heads(exp(x)/cosh(x)) == {exp, cosh}
    True
    """
    return frozenset(type(e) for e in every(body, Function))
