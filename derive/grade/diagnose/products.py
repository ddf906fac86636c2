"""Products, sums and powers taken for each other: e^(a + b) as e^a + e^b, 1/(ab) as 1/(a + b), √(1 − ρ²) as 1 − ρ, another dimension's constant."""

from __future__ import annotations

from itertools import combinations

from sympy import Add, Expr, Mul, Pow, Rational, S, Symbol, exp, sqrt

from derive.algebra.monomials import rebuild_mono
from derive.grade.diagnose.slips import Case, Slips, factors, numeric

MOST_PIECES = 4


def pieces(case: Case) -> tuple[Expr, list[Expr]]:
    """The number in front of W, and its other factors, an exponential for each term of an exponent."""
    c, mono = case.atoms()
    found: list[Expr] = []
    for b, m in factors(case):
        found += [exp(t) for t in Add.make_args(m.expand())] if b is S.Exp1 else [Pow(b, m)]
    return c * rebuild_mono(numeric(mono)), found


def sum_for_product(case: Case) -> Slips:
    """P + Q for P Q, as e^a + e^b for e^(a + b)."""
    number, found = pieces(case)
    if not isinstance(case.wrong, Add) or not 1 < len(found) <= MOST_PIECES:
        return
    for k in range(1, len(found)):
        for chosen in combinations(found, k):
            one, other = Mul(*chosen), Mul(*(f for f in found if f not in chosen))
            yield number * one + other, f"{number * one} and {other} are added, where they should be multiplied"


def sum_below(case: Case) -> Slips:
    """1/(a + b) for 1/(a b)."""
    found = [(b, m) for b, m in factors(case) if b.is_Symbol]
    for power in dict.fromkeys(m for _, m in found):
        group = [b for b, m in found if m == power]
        if len(group) > 1:
            yield case.right * Add(*group) ** power / Mul(*group) ** power, f"{Add(*group)} stands in place of {Mul(*group)}"


def exponents_multiplied(case: Case) -> Slips:
    """e^(ab) for e^(a + b)."""
    number, found = pieces(case)
    parts = [f for f in found if isinstance(f, exp)]
    if len(parts) == 2:
        rest = Mul(*(f for f in found if f not in parts))
        yield number * rest * exp(Mul(*(e.args[0] for e in parts))), "exponents are multiplied, where they should be added"


def other_dimension(case: Case) -> Slips:
    """The constant of one variable for that of three, where each gives the same factor."""
    n = len(case.truth.problem.variables)
    for k in range(1, n + 2) if n > 1 and case.totals else ():
        if k != n:
            yield case.right ** Rational(k, n), f"this is what {k} variables of the kind give, and there are {n}"


def root_by_terms(case: Case) -> Slips:
    """√(1 − ρ²) as 1 − ρ, and √(a² + b²) as a + b."""
    found = [(b, m) for b, m in factors(case) if m in (S.Half, -S.Half) and b is not S.Exp1]
    for power in (S.Half, -S.Half):
        group = [b for b, m in found if m == power]
        inside = Mul(*group).expand()
        if isinstance(inside, Add):
            spread = Add(*map(plain_root, inside.args))
            if spread != 0:
                yield case.right * (spread / sqrt(inside)) ** (2 * power), f"the root of {inside} is not {spread}"


def plain_root(t: Expr) -> Expr:
    """ρ for ρ² and −ρ for −ρ², whatever the sign of ρ is."""
    sign = -1 if t.could_extract_minus_sign() else 1
    positive = {s: Symbol(s.name, positive=True) for s in t.free_symbols}
    return sign * sqrt((sign * t).xreplace(positive)).xreplace({p: s for s, p in positive.items()})
