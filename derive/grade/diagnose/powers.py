"""A parameter to a wrong power, in front or in an exponent: seen from the quotient of what was handed in and what is right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from sympy import Add, Expr, Mul, Pow, S, exp

from derive.algebra.monomials import TooLarge
from derive.algebra.normal import term
from derive.grade.diagnose.slips import Case, Slips, factors, power_in, power_of


def power_off(case: Case) -> Slips:
    """b^m as b^n with another n ≠ 0, whatever n is."""
    for base, own, new in single_base(case):
        if own != 0 and new != 0:
            yield case.right * Pow(base, new - own), f"the power of {base} is {new}, where it should be {own}"


def whole_power_lost(case: Case) -> Slips:
    """All of b^m is missing, where it consists of several factors, as c^(a + b − 1)."""
    for base, own, new in single_base(case):
        if new == 0 and (base.is_Symbol or own.free_symbols):
            yield case.right / Pow(base, own), f"the factor {Pow(base, own)} is missing"


def factor_added(case: Case) -> Slips:
    """A power of a parameter of which there is none in what is right."""
    for base, own, new in single_base(case):
        if own == 0:
            yield case.right * Pow(base, new), f"the factor {Pow(base, new)} is one too many"


def single_base(case: Case) -> Iterator[tuple[Expr, Expr, Expr]]:
    """The base, its power in what is right, and in what was handed in, where both differ by a power of one base alone."""
    try:
        c, ratio = term(case.wrong / case.right, case.facts)
    except (TooLarge, ZeroDivisionError):
        return
    bases = {b for (b, _), _ in ratio}
    if c == 1 and len(bases) == 1:
        (base,) = bases
        factor, mono = case.atoms()
        own = power_of(base, mono)
        if base.is_Symbol or base is not S.Exp1 and own != 0:
            own += power_in(base, factor)
            yield base, own, own + power_of(base, ratio)


def exponent_powered(case: Case) -> Slips:
    """A parameter to another power inside an exponent, as t/2 for t²/2."""
    yield from ((changed, said) for changed, said, lost in other_exponents(case) if not lost)


def exponent_factor_lost(case: Case) -> Slips:
    """A parameter is missing inside an exponent, as b²/4 for b²/(4a)."""
    yield from ((changed, said) for changed, said, lost in other_exponents(case) if lost)


def other_exponents(case: Case) -> Iterator[tuple[Expr, str, bool]]:
    for e in sorted(case.right.atoms(exp), key=str):
        for part in Add.make_args(e.args[0].expand()):
            for s, k in product(sorted(part.free_symbols, key=str), (1, -1, 2, -2)):
                again = part * s**k
                said = f"{again} stands in place of {part} in the exponent"
                yield case.right.xreplace({e: exp(e.args[0] - part + again)}), said, s not in again.free_symbols


def product_powered(case: Case) -> Slips:
    """(kT)^(1/2) for (kT)^(3/2): factors that stand to one power together, or one over the other, to another power, as (w/m)^(m − 1)."""
    found = [(b, m) for b, m in factors(case) if b is not S.Exp1]
    for power in dict.fromkeys(abs(m) if m.is_number else m for _, m in found):
        group = [(b, m) for b, m in found if m in (power, -power)]
        part = Mul(*(Pow(b, m / power) for b, m in group))
        for step in (S.One, -S.One, S.Half, -S.Half) if len(group) > 1 else ():
            yield case.right * part**step, f"the power of {part} is {power + step}, where it should be {power}"
