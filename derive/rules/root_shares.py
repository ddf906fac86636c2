"""Powers of 1 ± x/√(c + x²), the skew t laws of Jones and Faddy: beta integrals in t = (1 + x/√(c + x²))/2."""

from collections.abc import Iterator

from sympy import Add, Expr, Mul, Pow, Rational, S, Symbol, beta, sqrt

from derive.algebra.reading import polynomial
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import REALS, Total
from derive.rules.letters import x

HALF = Rational(1, 2)
c = Symbol("c", positive=True)
p, q = (Symbol(name, real=True) for name in "pq")


def share_of(base: Expr, v: Symbol) -> tuple[int, Expr] | None:
    """(±1, the radicand) where the base is 1 ± v/√…"""
    share = base - 1 if isinstance(base, Add) and S.One in base.args else S.Zero
    root = abs_sign = None
    for side in (1, -1):
        inner = side * share / v
        if isinstance(inner, Pow) and inner.exp == -HALF:
            root, abs_sign = inner.base, side
    return None if root is None or abs_sign is None else (abs_sign, root)


def shares(total: Total, facts: Facts) -> Iterator[Values]:
    """(1 + x/√(c + x²))^p (1 − x/√(c + x²))^q on the line."""
    factors = Mul.make_args(total.body) if total.measure == REALS and contains(total.body, Pow) else ()
    if len(factors) not in (1, 2):
        return
    powers, roots = {1: S.Zero, -1: S.Zero}, set()
    for base, n in (factor.as_base_exp() for factor in factors):
        found = share_of(base, total.x) if not n.has(total.x) else None
        if found is None:
            return
        powers[found[0]] += n
        roots.add(found[1])
    under = polynomial(roots.pop(), total.x, 2, facts) if len(roots) == 1 else None
    if under is not None and under[0] == 1 and under[1] == 0:
        yield {x: total.x, c: under[2], p: powers[1], q: powers[-1]}


SHARE = x / sqrt(c + x**2)
ROOT_SHARES = Rule(
    "powers_of_root_shares",
    Claim(Total((1 + SHARE) ** p * (1 - SHARE) ** q, x, REALS), 2 ** (p + q - 2) * sqrt(c) * beta(p - HALF, q - HALF), given=(p > HALF, q > HALF)),
    kind="cited",
    find=shares,
    source="Jones and Faddy (2003), t = (1 + x/√(c + x²))/2; DLMF 5.12.1",
)
