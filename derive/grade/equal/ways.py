"""More ways to closed forms: polar coordinates for kernels of a radius, Kronecker deltas, alternating series, sines and cosines alone."""

from __future__ import annotations

from sympy import (
    Expr,
    KroneckerDelta,
    Mul,
    S,
    Symbol,
    cot,
    csc,
    dirichlet_eta,
    expand_power_base,
    oo,
    pi,
    sec,
    sqrt,
    tan,
    trigsimp,
)
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from derive.algebra.equality import equal
from derive.algebra.rewrites import REWRITES
from derive.algebra.signs import Facts
from derive.language.totals import Counting, Lebesgue, Total

HALVES = {(-oo, oo): S.One, (S.Zero, oo): S.Half, (-oo, S.Zero): S.Half}  # the part of the line, and so of the circle


def in_polar(total: Total, facts: Facts) -> Expr | None:
    """∫∫ h(√(x² + y²)) dx dy over the plane or a disc, a half or a quarter of it, as an angle times ∫ h(r) r dr, for h ≥ 0."""
    inner = [f for f in Mul.make_args(total.body) if isinstance(f, Total)]
    shares = quarters(total, inner[0]) if len(inner) == 1 else None
    if shares is None:
        return None
    (one,) = inner
    body = one.body * Mul(*(f for f in Mul.make_args(total.body) if f is not one))
    x, y, r = total.x, one.x, Symbol("r", positive=True)
    if body.has(Total) or r in body.free_symbols:
        return None
    along = body.xreplace({x: S.Zero, y: r})
    inside = facts.within(x, total.measure).within(y, one.measure)
    radial = not along.has(S.NaN, S.ComplexInfinity) and equal(body, along.xreplace({r: sqrt(x**2 + y**2)}), inside)
    if not (radial and inside.nonnegative(body)):
        return None
    share, radius = shares
    return 2 * pi * share * Total(r * along, r, Lebesgue(0, radius))


def quarters(outer: Total, inner: Total) -> tuple[Expr, Expr] | None:
    """Which share of the plane, or of a disc about 0, an iterated integral runs over, and the radius."""
    m, n = outer.measure, inner.measure
    if not isinstance(m, Lebesgue) or not isinstance(n, Lebesgue):
        return None
    if m.args in HALVES and n.args in HALVES:
        return HALVES[m.args] * HALVES[n.args], oo
    R = m.hi
    disc = R.is_positive and R.is_finite is not False and n.hi == sqrt(R**2 - outer.x**2) and n.lo in (-n.hi, 0) and m.lo in (-R, 0)
    return ((S.One if m.lo == -R else S.Half) * (S.One if n.lo == -n.hi else S.Half), R) if disc else None


def without_delta(total: Total, facts: Facts) -> Expr | None:
    """Σ_k f(k, δ_kj) = Σ_k f(k, 0) + f(j, 1) − f(j, 0) for j in the range."""
    k, m = total.x, total.measure
    found = sorted((d for d in total.body.atoms(KroneckerDelta) if k in d.args), key=str)
    if not found or not isinstance(m, Counting):
        return None
    j = next(a for a in found[0].args if a != k)
    if k in j.free_symbols or not j.is_integer or not (facts.nonnegative(j - m.lo) and facts.nonnegative(m.hi - j)):
        return None
    off, on = (total.body.xreplace({found[0]: value}) for value in (S.Zero, S.One))
    return Total(off, k, m) + on.xreplace({k: j}) - off.xreplace({k: j})


def as_eta(total: Total, facts: Facts) -> Expr | None:
    """Σ (−1)^k c (k + a)^(−s) from k = 1 − a on as ∓c η(s), where s > 0, DLMF 25.2.3.

    >>> from sympy import oo
    >>> k, s = Symbol("k", integer=True, positive=True), Symbol("s", positive=True)
    >>> as_eta(Total((-1)**(k - 1)*k**(-s), k, Counting(1, oo)), Facts())
    dirichlet_eta(s)
    """
    k, m = total.x, total.measure
    if not isinstance(m, Counting) or m.hi is not S.Infinity or not m.lo.is_Integer:
        return None
    n = Symbol("n", integer=True, positive=True)
    moved = expand_power_base(total.body.xreplace({k: n - 1 + m.lo}))  # of (c n)^(−s) where c > 0
    powers = [f for f in Mul.make_args(moved) if f.is_Pow and f.base.has(n) and not f.exp.has(n)]
    s = -powers[0].exp if len(powers) == 1 else S.Zero
    if powers[:1] == [] or powers[0].base.expand() != n or not facts.positive(s):
        return None
    first = moved.xreplace({n: S.One})
    return first * dirichlet_eta(s) if equal(moved, first * (-1) ** (n - 1) * n**-s, facts) else None


LARGEST = 60  # operations in an integrand that is tidied


def in_sines(total: Total, facts: Facts) -> Expr | None:
    """An integrand in sec, tan, … in sines and cosines, which is proved equal to it."""
    body = total.body
    if not isinstance(total.measure, Lebesgue) or not body.has(TrigonometricFunction) or body.count_ops() > LARGEST:
        return None
    plain = body.replace(lambda f: isinstance(f, (tan, cot, sec, csc)), lambda f: REWRITES[f.func](*f.args))
    tidy = trigsimp(plain)
    inside = facts.within(total.x, total.measure)
    return Total(tidy, total.x, total.measure) if tidy != body and equal(plain, tidy, inside) else None
