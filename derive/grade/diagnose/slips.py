"""How a right answer is changed by a usual mistake. Each function yields (wrong answer, what was done) for a right one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Add, Basic, Expr, Function, Integer, Mul, Pow, Rational, S, beta, exp, factorial, gamma, multiplicity, sqrt

from derive.algebra.monomials import Mono, rational, rebuild_mono
from derive.algebra.normal import term
from derive.algebra.signs import Facts
from derive.grade.truth import Truth
from derive.language.totals import substitute

Slips = Iterator[tuple[Expr, str]]
NUMBERS = (S.Half, S(2), Rational(1, 4), S(4), Rational(3, 2), S(3), Rational(1, 3))


@dataclass(frozen=True)
class Case:
    """A right answer W as a closed form, what is known where it stands, and the problem that it belongs to."""

    right: Expr
    facts: Facts
    truth: Truth
    kind: str  # "Z", "p" (W is still a normalizer) or "line"
    wrong: Expr
    totals: bool = True  # whether totals over the problem's variables stand behind W

    def atoms(self) -> tuple[Expr, Mono]:
        c, mono = term(self.right, self.facts)
        return rational(c), mono


def numeric(mono: Mono) -> Mono:
    """The part of a monomial without symbols."""
    return frozenset(((b, m), e) for (b, m), e in mono if not b.free_symbols and not m.free_symbols)


def factors(case: Case) -> list[tuple[Expr, Expr]]:
    """The factors of W that depend on parameters, each with its whole power."""
    _, mono = case.atoms()
    own = sorted(mono - numeric(mono), key=str)
    return [(b, m * rational(e)) for (b, m), e in own]


def vanished(case: Case) -> Slips:
    if case.wrong == 0 and case.totals and case.right.is_positive:
        yield S.Zero, "it is 0, though what is totalled is positive: terms cancel that should add up"


def negated(case: Case) -> Slips:
    yield -case.right, "the sign is turned round"


def inverted(case: Case) -> Slips:
    yield 1 / case.right, "this is 1/Z in place of Z" if case.kind != "line" else "the value is turned upside down"


def factor_inverted(case: Case) -> Slips:
    found = factors(case)
    for b, m in found:
        f = Pow(b, m)
        if b is not S.Exp1:  # there it is the sign of an exponent
            yield case.right / f**2, f"the factor {neat(f)} stands upside down"
    for power in dict.fromkeys(m for _, m in found if m.free_symbols):
        part = Mul(*(Pow(b, m) for b, m in found if m in (power, -power) and b is not S.Exp1))  # (W/m)^m
        yield case.right / part**2, f"the factor {neat(part)} stands upside down"
    for power in dict.fromkeys(abs(m) for _, m in found if m.is_number):
        group = [(b, m) for b, m in found if m in (power, -power) and b is not S.Exp1 and b.is_Symbol]
        if len({m for _, m in group}) == 2:  # √(w/m)
            part = Mul(*(Pow(b, m) for b, m in group))
            yield case.right / part**2, f"the factor {neat(part)} stands upside down"
    quotient = Mul(*(Pow(b, m) for b, m in found if isinstance(b, gamma)))
    if isinstance(quotient, Mul):
        yield case.right / quotient**2, f"the factor {quotient} stands upside down"
    beside = beside_exponentials(case)
    if beside != case.right:
        yield case.right / beside**2, f"the factor {neat(beside)} stands upside down"
    parameters = sorted({s for b, m in found for s in b.free_symbols}, key=str)
    for s in parameters:
        part = Mul(*(Pow(b, m) for b, m in found if s in b.free_symbols))
        if not isinstance(part, exp):
            yield case.right / part**2, f"the factor {neat(part)} stands upside down"


def number_inverted(case: Case) -> Slips:
    """3/a for 1/(3a); a 2 on the wrong side looks like a lost constant."""
    c, _ = case.atoms()
    if abs(c.p) > 2 and c.q == 1 or abs(c.p) == 1 and c.q > 2:
        yield case.right / c**2, f"the number {max(abs(c.p), c.q)} stands on the wrong side of the fraction bar"


def neat(e: Expr) -> Expr:
    """1/√(1 − ρ²) for 1/(√(1 − ρ) √(1 + ρ)), to be shown."""
    powers = dict(e.as_powers_dict())
    for m in {m for b, m in powers.items() if isinstance(b, Add)}:
        group = [b for b, n in powers.items() if n == m and isinstance(b, Add)]
        whole = Mul(*group).expand() if 1 < len(group) < 4 else S.Zero
        if isinstance(whole, Add) and len(whole.args) == 2:
            e = e / Mul(*(Pow(b, m) for b in group)) * Pow(whole, m)
    return e


def beside_exponentials(case: Case) -> Expr:
    """What stands beside the exponentials of W, as √(π/a)."""
    c, mono = case.atoms()
    return c * rebuild_mono(frozenset(a for a in mono if a[0][0] is not S.Exp1))


def squared(case: Case) -> Slips:
    c, mono = case.atoms()
    rooted = any(e.denominator == 2 for _, e in mono)
    yield case.right**2, "this is the square: a root was not taken" if rooted else "this is the square of what is right"
    yield sqrt(case.right), "this is the root of what is right"
    beside = beside_exponentials(case)
    if rooted and beside != case.right:
        yield case.right * beside, f"the root of {beside**2} was not taken"
    number = c * rebuild_mono(numeric(mono))
    if not number.is_rational:
        yield case.right * number, f"the root of {number**2} was not taken"


def root_over_part(case: Case) -> Slips:
    """√(2π) as √2·π or 2√π: the root covers only a part."""
    c, mono = case.atoms()
    halves = [b for (b, m), e in numeric(mono) if e.denominator == 2]
    if len(halves) > 1:
        for b in halves:
            below = b.is_Integer and (c.q % b == 0)  # √2/2 is 1/√2
            yield case.right * (1 / sqrt(b) if below else sqrt(b)), "the root covers only a part of what stands under it"


def index_shifted(case: Case) -> Slips:
    """1 − rⁿ in place of 1 − r^(n + 1): a whole number one more or one less wherever it stands, where it counts terms."""
    counted = {p.exp for total in case.right.atoms(Add) for p in total.atoms(Pow)}  # as n in 1 − rⁿ; that of (1 + t)ⁿ is a power
    for n in sorted((s for s in case.right.free_symbols if s.is_integer and any(m.has(s) for m in counted)), key=str):
        for step in (1, -1) if not case.right.has(gamma, factorial) else ():
            yield substitute(case.right, {n: n + step}), f"{n + step} stands in place of {n}"


def gamma_shifted(case: Case) -> Slips:
    for g in sorted(case.right.atoms(gamma), key=str):
        for step in (1, -1):
            moved = gamma(g.args[0] + step)
            yield case.right.xreplace({g: moved}), f"{moved} stands in place of {g}"
        if (g.args[0], S.One) in factors(case):  # n Γ(n) is Γ(n + 1)
            yield case.right / g.args[0], f"{g} stands in place of {gamma(g.args[0] + 1, evaluate=False)}"
        if g.args[0].is_Rational and 0 < g.args[0] < 1:  # u^(s − 1) dx gives Γ(s), and not Γ(1 − s)
            yield case.right.xreplace({g: gamma(1 - g.args[0])}), f"{gamma(1 - g.args[0])} stands in place of {g}"
    yield from gammas_shifted(case)


def gammas_shifted(case: Case) -> Slips:
    """B(1/2, m) for B(1/2, m + 1): a parameter is one off in every gamma function that it stands in."""
    found = case.right.replace(beta, lambda p, q: gamma(p) * gamma(q) / gamma(p + q))
    for s in sorted(found.free_symbols, key=str):
        holding = [g for g in found.atoms(gamma) if s in g.free_symbols]
        for step in (1, -1) if len(holding) > 1 else ():
            yield found.xreplace({g: g.xreplace({s: s + step}) for g in holding}), f"{s + step} stands in place of {s} in the gamma functions"
            yield found.xreplace({s: s + step}), f"{s + step} stands in place of {s}"
    several = sorted({s for g in found.atoms(gamma) for s in g.free_symbols}, key=str)
    for step in (1, -1) if len(several) > 1 else ():
        moved = {s: s + step for s in several}
        yield found.xreplace(moved), ", ".join(f"{m} stands in place of {s}" for s, m in moved.items())


def gamma_written(case: Case) -> Slips:
    """A gamma function one off, as what was handed in writes it: the right answer may write its own in another way."""
    for g in sorted(case.wrong.atoms(gamma), key=str):
        for step in (1, -1) if g.free_symbols else ():
            yield repaired(case, g, gamma(g.args[0] + step)), f"{g} stands in place of {gamma(g.args[0] + step)}"


def gamma_of_sum(case: Case) -> Slips:
    """Γ(a + b) as Γ(ab), Γ(a)Γ(b) or Γ(a) + Γ(b)."""
    found = case.right.replace(beta, lambda p, q: gamma(p) * gamma(q) / gamma(p + q))
    for g in sorted((g for g in found.atoms(gamma) if isinstance(g.args[0], Add)), key=str):
        parts = g.args[0].args
        for other in (gamma(Mul(*parts)), Mul(*map(gamma, parts)), Add(*map(gamma, parts))) if all(t.free_symbols for t in parts) else ():
            yield found.xreplace({g: other}), f"{other} stands in place of {g}"


def power_of(base: Expr, mono: Mono) -> Expr:
    return Add(*(m * rational(e) for (b, m), e in mono if b == base))


def power_in(base: Expr, factor: Expr) -> Expr:
    """How often a prime number divides a rational one: −1 for the 2 of n/2."""
    if not isinstance(base, Integer) or not isinstance(factor, Rational) or base < 2 or factor == 0:
        return S.Zero
    return S(multiplicity(base, abs(factor.p)) - multiplicity(base, factor.q))


def power_changed(case: Case) -> Slips:
    """A factor of W to another power, which is not 0."""
    c, mono = case.atoms()
    for b, m in factors(case):
        whole = power_of(b, mono) + power_in(b, c)
        for step in (S.One, -S.One, S.Half, -S.Half, m, -m / 2, S(2), -S(2), *((1 - m, -1 - m) if m.free_symbols else ())):
            if step != 0 and whole + step != 0 and b is not S.Exp1:
                yield case.right * Pow(b, step), f"the power of {b} is {whole + step}, where it should be {whole}"
    for (b, m), e in sorted(mono, key=str):
        if m.free_symbols and not b.free_symbols and b is not S.Exp1:
            for k in (S(2), S.Half):
                p = rational(e) * k
                yield (
                    case.right * Pow(b, m * p) / Pow(b, m * rational(e)),
                    f"the power of {b} is {m * p}",
                )


def factor_lost(case: Case) -> Slips:
    """A factor of W is missing, at the top or inside one term of a sum."""
    for b, m in factors(case):
        if not isinstance(b, Add):
            yield case.right / Pow(b, m), f"the factor {Pow(b, m)} is missing"
    for b in sorted({b for (b, m), e in case.atoms()[1] if b.has(Function) and not b.free_symbols and e == 1}, key=str):
        yield case.right / b, f"the factor {b} is missing"  # a number such as ζ(3)
    for e in sorted(case.right.atoms(exp), key=str):
        for part in Add.make_args(e.args[0].expand()):
            yield case.right.xreplace({e: exp(e.args[0] - part)}), f"the factor {exp(part)} is missing"
    yield from exponential_lost(case)
    for s in sums(case.right):
        for t in s.args:
            for f in Mul.make_args(t):
                if f.free_symbols and f != t:
                    yield case.right.xreplace({s: s - t + t / f}), f"the factor {f} is missing in {t}"


def sum_lost(case: Case) -> Slips:
    """A factor of W that is a sum is missing."""
    for b, m in factors(case):
        if isinstance(b, Add):
            yield case.right / Pow(b, m), f"the factor {Pow(b, m)} is missing"


def exponential_lost(case: Case) -> Slips:
    """The exponential in front, in any way of writing a sum: e^(y/2)/(e^y − 1) = e^(−y/2)/(1 − e^(−y))."""
    found = factors(case)
    front = Mul(*(Pow(b, m) for b, m in found if b is S.Exp1))
    for b, m in found:
        for t in b.args if isinstance(b, Add) else ():
            lost = front * Pow(t, m)
            if isinstance(t, exp) and lost != 1:
                yield case.right / lost, f"the factor {lost} is missing"


def sums(e: Basic) -> list[Add]:
    return sorted(e.atoms(Add), key=str)[:12]


def repaired(case: Case, part: Expr, other: Expr) -> Expr:
    """What equals the wrong answer just where that, with `other` in place of `part`, is right: (wrong/repaired) · right."""
    again = case.wrong.xreplace({part: other})
    return S.NaN if again == 0 else case.wrong / again * case.right
