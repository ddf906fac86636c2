"""What stands where: the terms of a sum, the factors of a product, what goes over and under a fraction bar.

Textbook order, not SymPy's: x − μ, 1 − x, α + β − 1; numbers, π, symbols, brackets, functions, exponentials.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sympy import Abs, Add, Basic, Expr, Mul, Number, NumberSymbol, Pow, Rational, S, Symbol, binomial, exp, sqrt
from sympy.tensor.indexed import Indexed

from derive.language.totals import Total
from derive.report.names import Names

HALF = S.Half


def named(term: Basic) -> set[str]:
    """The names of the free symbols of a term."""
    return {str(s.base.label) if isinstance(s, Indexed) else s.name for s in term.free_symbols if hasattr(s, "name")}


def varies(term: Basic, names: Names) -> bool:
    """Whether a variable stands in the term."""
    return bool(names.variables) and not named(term).isdisjoint(names.variables)


def is_negative(term: Expr) -> bool:
    """Whether a minus sign stands in front of the term.

    >>> from sympy.abc import x
    >>> is_negative(-2*x), is_negative(x - 1), is_negative(-x - 1)
    (True, False, True)
    """
    if isinstance(term, Add):
        return all(map(is_negative, term.args))
    if isinstance(term, Mul):
        return is_negative(term.args[0])
    return isinstance(term, Number) and bool(term.is_extended_negative)


# Sums

def ordered_terms(total: Add, names: Names) -> list[Expr]:
    """The terms of a sum as a textbook orders them: variables, parameters, numbers; but no minus sign first without need.

    >>> from sympy.abc import x, a, b
    >>> ordered_terms(a - x, Names(("x",))), ordered_terms(1 + x**2, Names(("x",))), ordered_terms(b - a - 1, Names())
    ([a, -x], [1, x**2], [b, -a, -1])
    """
    parts: tuple[list[Expr], list[Expr], list[Expr]] = ([], [], [])
    for term in total.args:
        parts[2 if term.is_number else 1 - varies(term, names)].append(term)
    with_variables, with_parameters, numbers = (sorted(part, key=partial(term_key, names=names)) for part in parts)
    terms = with_variables + with_parameters + numbers
    if numbers and not is_negative(numbers[0]) and number_first(with_variables, with_parameters):
        terms = numbers + with_variables + with_parameters
    if is_negative(terms[0]) and not (len(with_variables) > 1 and degree(terms[0], names) >= 2):
        terms.sort(key=is_negative)
    return terms


def number_first(with_variables: list[Expr], with_parameters: list[Expr]) -> bool:
    """1 + x², 1 + e^a and 1 + 1/a, but k + 1, ν + 1 and 2α + β + 1."""
    if with_variables:
        return not all(s.is_integer for t in with_variables for s in t.free_symbols)
    factors = [f for t in with_parameters for f in Mul.make_args(t)]
    return not all(f.is_Atom or (isinstance(f, Pow) and f.base.is_Atom and f.exp.is_positive) for f in factors)


def degree(term: Expr, names: Names) -> Expr:
    """The degree of a term in the variables; anything but a power of a variable counts a half."""
    total = S.Zero
    for factor in Mul.make_args(term):
        base, power = factor.as_base_exp() if not isinstance(factor, exp) else (factor, S.One)
        if varies(factor, names):
            total += power if isinstance(base, Symbol) and power.is_Rational else HALF
    return total


def term_key(term: Expr, names: Names) -> tuple[object, ...]:
    """Degree in the variables, then powers of the names in their order, then the letters of what is left."""
    powers: dict[tuple[int, int, str], Expr] = {}
    for factor in Mul.make_args(term):
        base, power = factor.as_base_exp() if not isinstance(factor, exp) else (factor, S.One)
        if isinstance(base, Symbol) and power.is_Rational:
            powers[names.rank(base.name)] = power
    listed = tuple((rank, -power) for rank, power in sorted(powers.items()))
    text = str(term)
    return -degree(term, names), not powers, listed, text.count("-"), text


def facing(base: Basic, names: Names) -> Basic:
    """The sum under an even function, with the variable first and positive: |x − μ| and (x − μ)² even where SymPy stores μ − x.

    >>> from sympy.abc import x, a
    >>> facing(a - x, Names(("x",))), facing(a - x, Names())
    (-a + x, a - x)
    """
    if not isinstance(base, Add):
        return base
    moving = sorted((t for t in base.args if varies(t, names)), key=partial(term_key, names=names))
    return -base if moving and is_negative(moving[0]) else base


# Products

@dataclass(frozen=True)
class Layout:
    """± top/bottom · tail, each a row of factors in the order in which they are written."""

    negative: bool
    top: tuple[Expr, ...]
    bottom: tuple[Expr, ...]
    tail: tuple[Expr, ...]


def flat(product: Expr) -> list[Expr]:
    """The factors of a product, products inside it opened."""
    return [f for arg in product.args for f in flat(arg)] if isinstance(product, Mul) else [product]


def layout(product: Expr, names: Names, slash: bool = False, written: bool = False) -> Layout:
    """What stands over and under the bar, and what follows it: β^α/Γ(α) · x^(α−1) e^(−βx). Without tail where `slash`.

    A product that is printed as written keeps its order and its roots.
    """
    negative, top, bottom = sides(flat(product), names, written)
    if not written:
        top, bottom = merged_roots(merged_bars(top), merged_bars(bottom), names)
        top = sorted(top, key=partial(factor_key, names=names))
        bottom = sorted(bottom, key=partial(factor_key, names=names))
    if slash or not bottom:
        return Layout(negative, tuple(top), tuple(bottom), ())
    return with_tail(negative, top, bottom, names)


def sides(factors: list[Expr], names: Names, written: bool = False) -> tuple[bool, list[Expr], list[Expr]]:
    """Sign, numerator and denominator of a product."""
    negative, top, bottom = False, [], []
    for factor in factors:
        if isinstance(factor, Rational):
            negative ^= bool(factor < 0)
            top += [Rational(abs(factor.p))] if abs(factor.p) != 1 else []
            bottom += [Rational(factor.q)] if factor.q != 1 else []
        elif isinstance(factor, Pow) and goes_below(factor, names, written):
            inverse = Pow(factor.base, -factor.exp, evaluate=not written or factor.exp == -1)
            bottom += flat(inverse)
        elif isinstance(factor, exp) and not written and factor.args[0].is_Integer and factor.args[0] < 0:  # n/e
            bottom.append(exp(-factor.args[0]))
        elif isinstance(factor, Add) and not written and is_negative(factor):
            negative ^= True
            top.append(-factor)
        else:
            top.append(factor)
    return negative, top, bottom


def goes_below(factor: Pow, names: Names, written: bool) -> bool:
    """1/σ² and 1/β^α go below the bar; x^(−α−1) with a variable x stays."""
    if factor.exp.is_Rational:
        return bool(factor.exp < 0) and not (written and factor.exp != -1)
    return not written and is_negative(factor.exp) and not varies(factor.base, names)


def with_tail(negative: bool, top: list[Expr], bottom: list[Expr], names: Names) -> Layout:
    """Take out of the fraction what reads better after it."""
    late = [f for f in top if isinstance(f, (exp, Total)) or is_root_of_fraction(f)]
    early = [f for f in top if f not in late]
    moving = [f for f in early if varies(f, names)]
    constant = [f for f in early if f not in moving]
    moves = any(varies(f, names) for f in bottom)
    short = [f for f in late if isinstance(f, exp) and f.args[0].count_ops() <= 2]
    if moves or not early and short == late and not any(varies(f, names) for f in late):  # e^a/(e^a − 1), but 1/(e^a − 1) · e^(ax)
        return Layout(negative, tuple(early + short), tuple(bottom), tuple(f for f in late if f not in short))
    bare = all(f.is_number for f in constant)
    if all(is_polynomial_factor(f) for f in moving) or (bare and len(moving) == 1 and not late):
        return Layout(negative, tuple(early), tuple(bottom), tuple(late))
    return Layout(negative, tuple(constant), tuple(bottom), tuple(moving + late))


def is_root_of_fraction(factor: Expr) -> bool:
    """√(π/a), which reads better beside a fraction than in it."""
    return isinstance(factor, Pow) and factor.exp == HALF and factor.base.as_numer_denom()[1] != 1


def is_polynomial_factor(factor: Expr) -> bool:
    """A symbol, a sum or a size, or a whole positive power of one."""
    base, power = factor.as_base_exp()
    return bool(power.is_Integer and power > 0) and isinstance(base, (Symbol, Indexed, Add, Abs))


def factor_key(factor: Expr, names: Names) -> tuple[object, ...]:
    """Numbers, roots of numbers, π, binomials, parameters, variables, brackets, functions, exponentials, totals."""
    base, power = (factor, S.One) if isinstance(factor, exp) else factor.as_base_exp()
    moving = varies(factor, names)
    if isinstance(factor, Total):
        return 9, moving, (), str(factor)
    if isinstance(factor, exp):
        return 8, moving, (), str(factor)
    if isinstance(base, (Number, NumberSymbol)) or (power == HALF and factor.is_number):
        kind = 0 if isinstance(factor, Number) else 1 if power == HALF else 2 if isinstance(base, NumberSymbol) else 3
        return 0, False, (kind,), str(factor)
    if isinstance(factor, binomial):
        return 1, moving, (), str(factor)
    if power == HALF and not moving:
        return 2, moving, (), str(factor)
    if isinstance(base, (Symbol, Indexed)):
        name = base.name if isinstance(base, Symbol) else str(base.base.label)
        return (3 if power.is_Rational else 4), moving and varies(base, names), names.rank(name), str(factor)
    return (5 if isinstance(base, (Add, Mul)) else 6), moving, (), str(factor)


# Bars: SymPy makes (x − μ)²·|x − μ| of |x − μ|³

def merged_bars(factors: list[Expr]) -> list[Expr]:
    """|u| beside an even power of u as one power of |u|.

    >>> from sympy import Symbol
    >>> u = Symbol("u", real=True)
    >>> merged_bars([u**2, Abs(u)])
    [Abs(u)**3]
    """
    for bar in [f for f in factors if isinstance(f, Abs)]:
        beside = next((f for f in factors if isinstance(f, Pow) and f.exp.is_even and f.base in (bar.args[0], -bar.args[0])), None)
        if beside is not None:
            factors = [f for f in factors if f not in (bar, beside)] + [Pow(bar, beside.exp + 1, evaluate=False)]
    return factors


# Roots: √2·√π·σ is printed as √(2π)·σ

def merged_roots(top: list[Expr], bottom: list[Expr], names: Names) -> tuple[list[Expr], list[Expr]]:
    """Square roots that stand side by side under one sign, where that is an identity."""
    over, top = split_roots(top)
    under, bottom = split_roots(bottom)
    over, under, bottom = lowered(over, under, bottom)
    if len(over) + len(under) < 2 or not safe(over, under, names):
        return [*top, *map(sqrt, over)], [*bottom, *map(sqrt, under)]
    if over and under and all(f.is_number for f in bottom):
        return [*top, root(Mul(*over) / Mul(*under))], bottom  # √(π/2)
    return [*top, *one_root(over)], [*bottom, *one_root(under)]


def split_roots(factors: list[Expr]) -> tuple[list[Expr], list[Expr]]:
    """The radicands of the square roots among the factors, and the other factors."""
    roots = [f for f in factors if isinstance(f, Pow) and f.exp == HALF]
    return [f.base for f in roots], [f for f in factors if f not in roots]


def lowered(over: list[Expr], under: list[Expr], bottom: list[Expr]) -> tuple[list[Expr], list[Expr], list[Expr]]:
    """√2/2 is 1/√2: a root of an integer goes down where the denominator is a multiple of that integer."""
    for radicand in [r for r in over if r.is_Integer]:
        for number in [n for n in bottom if n.is_Integer and n % radicand == 0]:
            rest = [f for f in bottom if f is not number]
            return ([r for r in over if r is not radicand], [*under, radicand],
                    rest + ([number / radicand] if number != radicand else []))
    return over, under, bottom


def safe(over: list[Expr], under: list[Expr], names: Names) -> bool:
    """√a·√b = √(ab) unless two of them may be negative; below the bar each must be positive."""
    doubtful = [r for r in over + under if not (r.is_positive or names_positive(r, names))]
    return not doubtful or (len(doubtful) == 1 and not (over and doubtful[0] in under))


def names_positive(radicand: Expr, names: Names) -> bool:
    """Whether the conditions of the problem make a symbol positive."""
    return isinstance(radicand, Symbol) and radicand.name in names.positive


def one_root(radicands: list[Expr]) -> list[Expr]:
    """The square root of the product."""
    return [root(Mul(*radicands))] if radicands else []


def root(radicand: Expr) -> Expr:
    """A square root that SymPy does not take apart again."""
    return Pow(radicand, HALF, evaluate=False)
