"""Where a right formula says nothing: a zero below it, or a pole of a gamma function, at parameters for which what it equals goes on."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Basic, Expr, Limit, Mul, Ne, Pow, Symbol, exp, gamma, log, pi, sin, sinh, tanh
from sympy.logic.boolalg import Boolean

from derive.check.points import holds
from derive.grade.equal.ground import Ground, fits
from derive.language.totals import Total, substitute

MOST_POLES = 4  # of one gamma function that are listed one by one


def removable(value: Expr, ground: Ground) -> list[Boolean]:
    """q ≠ 1 for (1 − q³)/(1 − q): where what stands below is 0, a formula says nothing, though what it equals may go on there.

    Only denominators are listed that are 0, and gamma functions that have a pole, at a point which meets the facts.

    >>> from sympy import symbols
    >>> q, b = symbols("q b", positive=True)
    >>> removable((1 - q**3)/(1 - q)/b, Ground())
    [Ne(q, 1)]
    """
    own = {x for x, _ in ground.variables} | {e.args[1] for e in value.atoms(Limit)}
    below = [p.base for p in preorder(value) if isinstance(p, Pow) and p.exp.could_extract_minus_sign() and not p.base.free_symbols & own]
    roots = [root for base in below if base.free_symbols and not ground.facts.nonzero(base) for root in roots_of(base, ground)]
    found = [Ne(s, at) for s, at in dict.fromkeys(roots)]
    waves = [p.args[0] for p in below if isinstance(p, sin)]
    for z in sorted({g.args[0] for g in preorder(value) if isinstance(g, gamma) and not g.free_symbols & own}, key=str):
        poles = [pole for j in range(MOST_POLES) for pole in roots_of(z + j, ground)] if not ground.facts.positive(z) else []
        if len(poles) < MOST_POLES:
            found += [Ne(s, at) for s, at in poles]
        else:
            waves.append(pi * without_whole(z))
    return list(dict.fromkeys([*found, *(Ne(sin(u), 0) for u in waves if any(any(roots_of(u - pi * j, ground)) for j in range(3)))]))


def without_whole(z: Expr) -> Expr:
    """z up to its sign and whole numbers, which is whole where z is."""
    c, rest = z.as_coeff_Add()
    z = rest if c.is_Integer else z
    return -z if z.could_extract_minus_sign() else z


def preorder(e: Expr) -> Iterator[Basic]:
    """The parts of an expression outside its totals."""
    yield e
    for arg in () if isinstance(e, Total) else e.args:
        yield from preorder(arg)


def roots_of(base: Expr, ground: Ground) -> Iterator[tuple[Symbol, Expr]]:
    """Symbols with the values at which a factor of `base` is 0, as far as they are plain and allowed."""
    for factor in Mul.make_args(base.factor()):
        u = argument_of_zero(factor.as_base_exp()[0])
        symbols = sorted(u.free_symbols, key=str)
        if not symbols or not u.is_polynomial(*symbols):
            continue
        s = symbols[0]
        slope = u.expand().coeff(s, 1)
        if u.expand().coeff(s, 0) == (u - slope * s).expand() and not slope.has(s) and ground.facts.nonzero(slope):
            at = (-(u - slope * s) / slope).expand()
            if allowed(s, at, ground):
                yield s, at


def argument_of_zero(f: Expr) -> Expr:
    """u where f is 0 just where u is: sinh u, tanh u, log(1 + u), e^u − 1, (1 + u)^n − 1; f itself elsewhere."""
    if isinstance(f, (sinh, tanh)):
        return f.args[0]
    if isinstance(f, log):
        return f.args[0] - 1
    terms = Add.make_args(f)
    ratio = -terms[0] / terms[1] if len(terms) == 2 else f
    if isinstance(ratio, exp):
        return ratio.args[0]
    return ratio.base - 1 if isinstance(ratio, Pow) and ratio.exp.free_symbols else f


def allowed(s: Symbol, at: Expr, ground: Ground) -> bool:
    """Whether s = at meets the assumptions and relations at some point."""
    for point in ground.points({s} | at.free_symbols):
        value = substitute(at, {t: v for t, v in point.items() if t != s})
        if fits(s, value) and all(holds(r, {**point, s: value}) for r in ground.facts.relations if r.free_symbols <= set(point)):
            return True
    return False
