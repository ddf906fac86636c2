"""Slips in the terms of a sum or of an exponent: a sign, a number, a term that is lost, a power or a reciprocal taken term by term."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Expr, Mul, Pow, S, exp

from derive.grade.diagnose.slips import NUMBERS, Case, Slips, repaired, sums


def sign_inside(case: Case) -> Slips:
    """One term of a sum has the other sign."""
    for s in sums(case.right):
        for t in s.args:
            yield case.right.xreplace({s: s - 2 * t}), f"the sign of {t} is turned round"


def exponent_turned(case: Case) -> Slips:
    for e in sorted(case.right.atoms(exp), key=str):
        yield case.right.xreplace({e: exp(-e.args[0])}), f"the sign of the exponent {e.args[0]} is turned round"


def front_turned(case: Case) -> Slips:
    """A factor e^a of what was handed in where e^(−a) would be right, as e^(w/2)/(1 − e^(−w)) for e^(−w/2)/(1 − e^(−w))."""
    for f in Mul.make_args(case.wrong):
        e, power = (f, S.One) if isinstance(f, exp) else f.as_base_exp()
        if isinstance(e, exp) and e.free_symbols:
            yield repaired(case, f, Pow(exp(-e.args[0]), power)), f"the sign of the exponent {(-power * e.args[0]).expand()} is turned round"


def exponent_written(case: Case) -> Slips:
    """An exponent with the other sign inside a sum, as what was handed in writes it: 1/(1 − e^w) for 1/(1 − e^(−w))."""
    for e in sorted(case.wrong.atoms(exp), key=str):
        if e.free_symbols:
            yield repaired(case, e, exp(-e.args[0])), f"the sign of the exponent {-e.args[0]} is turned round"


def exponent_once(case: Case) -> Slips:
    """e^J for e^(−J) in one of several terms, as in e^J + e^J + e^J + e^(−J) for four states."""
    for s in sums(case.wrong):
        for t in s.args:
            c, e = t.as_coeff_Mul()
            if isinstance(e, exp) and c.is_Integer and c > 1:
                yield repaired(case, s, s - e + exp(-e.args[0])), f"the sign of the exponent {-e.args[0]} is turned round in one of the terms"


def exponent_scaled(case: Case) -> Slips:
    """A number in an exponent is another one, as after completing the square wrongly."""
    for e in sorted(case.right.atoms(exp), key=str):
        for part in Add.make_args(e.args[0].expand()):
            for k in NUMBERS:
                yield case.right.xreplace({e: exp(e.args[0] + (k - 1) * part)}), f"{k * part} stands in place of {part}"


def term_by_term(case: Case) -> Slips:
    """(a + b)^n as a^n + b^n or n (a + b), and (a − b)^n as a^n − b^n."""
    for p in sorted(case.right.atoms(Pow), key=str):
        if p.exp.is_Symbol and not p.base.is_number:
            yield case.right.xreplace({p: p.exp * p.base}), f"{p.exp}*({p.base}) stands in place of ({p.base})**{p.exp}"
        if isinstance(p.base, Add) and p.exp != 1:
            for power in (p.exp, -p.exp):
                signs = [-1 if t.could_extract_minus_sign() else 1 for t in p.base.args]
                for spread in (Add(*(t**power for t in p.base.args)), Add(*(e * (e * t) ** power for e, t in zip(signs, p.base.args, strict=True)))):
                    changed = case.right.xreplace({p: spread if power == p.exp else 1 / spread})
                    yield changed, f"({p.base})**({p.exp}) is no sum of powers"


def term_lost(case: Case) -> Slips:
    """One term of a sum is missing."""
    for s in sums(case.right):
        for t in s.args:
            yield case.right.xreplace({s: s - t}), f"the term {t} is missing in {s}"


def term_alone(case: Case) -> Slips:
    """Of a sum of two terms, one is left, perhaps with the other sign."""
    terms = Add.make_args(case.right.expand())
    if len(terms) == 2:
        for t in terms:
            for left in (t, -t):
                yield left, f"of {terms[0]} and {terms[1]} only {left} is left"


def terms_scaled(case: Case) -> Slips:
    """A number is missing in one term of a sum, as the right answer or what was handed in writes it."""
    for s, t in terms_of_sums(case.right):
        yield case.right.xreplace({s: s - t / 2}), f"the factor 2 is missing in {t}"
    for s, t in terms_of_sums(case.wrong):
        yield repaired(case, s, s + t), f"the factor 2 is missing in {2 * t}"
        yield repaired(case, s, s - t / 2), f"{t} is 2 times too large"


def terms_of_sums(e: Expr) -> Iterator[tuple[Add, Expr]]:
    """Sums outside of exponents, with each of their terms that is no number."""
    inside = {s for f in e.atoms(exp) for s in f.args[0].atoms(Add)}
    yield from ((s, t) for s in sums(e) if s not in inside for t in s.args if t.free_symbols)


def reciprocals_added(case: Case) -> Slips:
    """1/a + 1/b as 1/(a + b)."""
    terms = Add.make_args(case.right.expand())
    if len(terms) > 1:
        for sign in (1, -1):
            yield sign / Add(*(1 / t for t in terms)), " + ".join(map(str, terms)) + " is not one over the sum of what stands below"
