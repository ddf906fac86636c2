"""Slips as what was handed in writes them: one of its terms, powers, binomials or arguments, put right, makes it right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sympy import Add, Expr, Function, Integer, Mul, Pow, S, beta, binomial, exp, factorial, gamma

from derive.grade.diagnose.slips import Case, Slips, repaired, sums

MOST = 4  # factors of an argument, parameters that are left out


def power_turned(case: Case) -> Slips:
    """2^s for 2^(−s)."""
    for p in sorted(case.wrong.atoms(Pow), key=str):
        if p.base.is_number and p.exp.free_symbols:
            yield repaired(case, p, 1 / p), f"the sign of the exponent {p.exp} of {p.base} is turned round"


def complement_written(case: Case) -> Slips:
    """p for 1 − p in a sum."""
    for s in sums(case.wrong):
        for t in s.args:
            if t.is_Symbol:
                yield repaired(case, s, s - t + 1 - t), f"{t} stands in place of {1 - t}"


def sign_written(case: Case) -> Slips:
    """One term of a sum has the other sign."""
    for s in sums(case.wrong):
        for t in s.args:
            yield repaired(case, s, s - 2 * t), f"the sign of {t} is turned round"


def binomial_off(case: Case) -> Slips:
    """C(n + 1, k) or C(n, k + 1) for C(n, k)."""
    for f in sorted(case.wrong.atoms(binomial), key=str):
        n, k = f.args
        for again in (binomial(n - 1, k), binomial(n + 1, k), binomial(n, k - 1), binomial(n, k + 1), binomial(n - 1, k - 1), binomial(n + 1, k + 1)):
            yield repaired(case, f, again), f"{f} stands in place of {again}"


def factor_of_gamma_off(case: Case) -> Slips:
    """(a + b + 2) for (a + b + 1), where gamma functions give such factors."""
    if not case.right.has(gamma, beta, factorial):
        return
    for factor in Mul.make_args(case.wrong):
        base, _ = factor.as_base_exp()
        whole = isinstance(base, Add) and all(t.is_number or t.is_Symbol for t in base.args) and isinstance(base.as_coeff_Add()[0], Integer)
        for step in (1, -1) if whole else ():
            yield repaired(case, base, base + step), f"{base} stands in place of {base + step}"


def term_powered(case: Case) -> Slips:
    """a s² + t² for a² s² + t²: a factor of one term to another power."""
    for s in sums(case.wrong):
        for t in s.args:
            for f, step in ((f, n) for f in bases_of(t) for n in (1, -1)):
                if (t * f**step).has(f):
                    yield repaired(case, s, s - t + t * f**step), f"the power of {f} in {t} is off by {-step}"


def bases_of(t: Expr) -> Iterator[Expr]:
    """What is raised in a term: names, and functions but exponentials."""
    for factor in Mul.make_args(t):
        base, power = factor.as_base_exp()
        if power.is_number and (base.is_Symbol or isinstance(base, Function)) and not isinstance(base, exp):
            yield base


def term_multiplied(case: Case) -> Slips:
    """A number is missing in one term of a sum."""
    for s in sums(case.wrong):
        for t in s.args if s.free_symbols else ():
            for k in (S(2), S(3)):
                yield repaired(case, s, s + (k - 1) * t), f"the factor {k} is missing in {k * t}"
                yield repaired(case, s, s - t + t / k), f"{t} is {k} times too large"


def product_inside(case: Case) -> Slips:
    """f(ab) for f(a) f(b)."""
    for f in sorted(case.wrong.atoms(Function), key=str):
        parts = Mul.make_args(f.args[0]) if len(f.args) == 1 and not isinstance(f, exp) else ()
        if 1 < len(parts) <= MOST and all(p.free_symbols for p in parts):
            yield repaired(case, f, Mul(*map(f.func, parts))), f"{f} is no product of {', '.join(str(f.func(p)) for p in parts)}"


def names_left_out(case: Case) -> Slips:
    """Factors such as e^b are missing wherever they stand: what was handed in does not speak of b."""
    gone = sorted(case.right.free_symbols - case.wrong.free_symbols, key=str)[:MOST]
    for count in (1, 2):
        for names in combinations(gone, count):
            without = {s: S.One if s.is_positive else S.Zero for s in names}
            yield case.right.xreplace(without), f"it does not depend on {' and '.join(map(str, names))}"
