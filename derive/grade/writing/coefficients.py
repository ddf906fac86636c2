r"""Coefficients of power series: [xⁿ] (1 + x)^a (1 + x)^b as the number that it is."""

from __future__ import annotations

import re
from collections.abc import Collection

from sympy import Basic, Dummy, Expr, Mul, S, Sum, Symbol, binomial, exp, factorial, log, powsimp
from sympy.core.function import AppliedUndef

from derive.grade.writing.bars import reach
from derive.grade.writing.segments import bracket_end, split
from derive.read.names import ReadError

COEFFICIENT = "CoefficientOf"  # of a function, in x, of the n-th power
SIGN = re.compile(
    r"(?<![A-Za-z}\])])(?:\\left)?\[\s*(?P<x>[a-z])\s*\^\s*(?:\{(?P<long>[^{}]*)\}|(?P<short>\w))\s*(?:\\right)?\]"
    r"(?=\s*(?:\\[,;:! ]\s*)*(?:\(|\\left|\\frac|e\s*\^|\\exp|\\[bB]igg?l?|\\log|\\ln|\{))"
)
CHOSEN = re.compile(r"\\[A-Za-z]+|(?P<C>C)\s*(?:\\left)?\((?=[^()]*(?:\([^()]*\)[^()]*)*,)")
DEFINED = re.compile(r"(?<![A-Za-z\\])C\s*\([^()]*\)\s*:?=(?!\s*(?:\\frac|C))")
ONE = r"(?:\{[^{}]*\}|\w)"
BEFORE = re.compile(rf"\{{\s*\}}\s*[_^]\s*(?P<n>{ONE})\s*C\s*_\s*(?P<k>{ONE})")


def with_binomials(lines: tuple[str, ...], known: Collection[str]) -> tuple[str, ...]:
    r"""C(n, k), {}_nC_k and {}^nC_k as binomial coefficients, where nothing declares a C and no line says what C(n, k) is.

    >>> with_binomials(("C(n+k, k) x^k", r"{}_nC_k + {}^{n}C_{k-1}"), ()), with_binomials(("C(a,b)=1", "C(a,b)"), ())
    (('\\binom{n+k}{k} x^k', '\\binom{n}{k} + \\binom{n}{k-1}'), ('C(a,b)=1', 'C(a,b)'))
    """
    if "C" in known or any(DEFINED.search(line) for line in lines):
        return lines
    done = []
    for line in lines:
        line = BEFORE.sub(lambda m: rf"\binom{{{m['n'].strip('{} ')}}}{{{m['k'].strip('{} ')}}}", line)
        for match in reversed(list(CHOSEN.finditer(line))):
            end = bracket_end(line, match.end(), "(") if match["C"] else None
            inside = [one.strip() for one in split(line[match.end() : end[0]].removesuffix(r"\right"), ",")] if end is not None else []
            if end is not None and len(inside) == 2 and all(inside):
                line = rf"{line[: match.start()]}\binom{{{inside[0]}}}{{{inside[1]}}}{line[end[1] :]}"
        done.append(line)
    return tuple(done)


def with_coefficients(formula: str, known: Collection[str]) -> str:
    r"""[xⁿ] F as CoefficientOf(F, x, n), where F goes to the next sign of a sum or a relation, and x is a name of its own.

    >>> with_coefficients(r"[x^n](1+x)^a = \binom an", ())
    '\\operatorname{CoefficientOf}((1+x)^a ,x,n)= \\binom an'
    """
    for match in reversed(list(SIGN.finditer(formula))):
        if match["x"] in known:
            continue
        end = reach(formula, match.end())
        power = match["long"] or match["short"]
        formula = rf"{formula[: match.start()]}\operatorname{{{COEFFICIENT}}}({formula[match.end() : end]},{match['x']},{power}){formula[end:]}"
    return formula


def without_coefficients(side: Basic) -> Basic:
    """A side with these numbers by their formulas. Raises ReadError for a function whose series is not known here."""
    found = {f: coefficient(*f.args) for f in side.atoms(AppliedUndef) if f.func.__name__ == COEFFICIENT}
    if None in found.values():
        raise ReadError("a coefficient is read of products of powers of 1 + c x, of exponentials and of powers of x")
    return side.xreplace(found) if found else side


def coefficient(f: Expr, x: Expr, n: Expr) -> Expr | None:
    """The coefficient of xⁿ for a whole n ≥ 0: a product of two series by Cauchy's sum over k.

    >>> from sympy.abc import x
    >>> n, a = Symbol("n", integer=True, nonnegative=True), Symbol("a", positive=True)
    >>> coefficient((1 + x)**a, x, n), coefficient(exp(2*x), x, n), coefficient(1/(1 - x)**2, x, n)
    (binomial(a, n), 2**n/factorial(n), n + 1)
    """
    if not isinstance(x, Symbol) or not (n.is_integer and n.is_nonnegative) or n.has(x):
        return None
    outer, inner = powsimp(f).as_independent(x, as_Add=False)
    factors = Mul.make_args(inner)
    if len(factors) == 1:
        value = of_factor(factors[0], x, n)
    elif len(factors) == 2:
        k = Dummy("k", integer=True, nonnegative=True)
        terms = [of_factor(factors[0], x, k), of_factor(factors[1], x, n - k)]
        value = None if terms[0] is None or terms[1] is None else Sum(terms[0] * terms[1], (k, 0, n))
    else:
        value = None
    return None if value is None else outer * value


def of_factor(f: Expr, x: Symbol, n: Expr) -> Expr | None:
    """(1 + c x)^m, e^(c x) and log(1 + c x) by their series, DLMF 4.6.7, 4.2.19 and 4.6.1."""
    if isinstance(f, exp):
        c = f.args[0].diff(x)
        return c**n / factorial(n) if not c.has(x) and f.args[0].subs(x, 0) == 0 else None
    if isinstance(f, log):
        c = f.args[0].diff(x)
        return -((-c) ** n) / n if not c.has(x) and f.args[0].subs(x, 0) == 1 and n.is_positive else None
    base, m = f.as_base_exp()
    c, start = base.diff(x), base.subs(x, 0)
    if c.has(x) or m.has(x) or start != S.One or not m.is_real:
        return None
    if m.is_negative:
        r = -m
        return (n + 1 if r == 2 else S.One if r == 1 else binomial(n + r - 1, n)) * (-c) ** n
    return binomial(m, n) * c**n
