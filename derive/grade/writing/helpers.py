r"""Names that a derivation brings in for itself: q = 1 - p, a function J(t) with its derivatives, the z of a recalled Γ(z) = …"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from sympy import Basic, Derivative, Dummy, Eq, Expr, Integral, Mul, Pow, S, Subs, Sum, Symbol, cancel, exp, gamma
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import Boolean

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.grade.writing.differentials import UPRIGHT
from derive.language.problem import Problem
from derive.language.totals import Total, substitute
from derive.read.latex_heads import Chain

LETTER = re.compile(r"\s*([pPfq])\s*:?=")
GREEK = r"\\(?:phi|varphi|chi|sigma|rho|tau|xi|omega|kappa|mu|nu|Psi|Lambda)(?![A-Za-z])"
APPLIED = re.compile(rf"\s*(?P<name>[A-Za-z]|{GREEK})\s*(?:\\left)?\(\s*(?P<argument>[A-Za-z]|\\[A-Za-z]+)\s*(?:\\right)?\)\s*:?=")
RECALLED = re.compile(r"\s*\\Gamma\s*(?:\\left)?\(\s*(?P<argument>[A-Za-z]|\\[A-Za-z]+)\s*(?:\\right)?\)\s*:?=")
RESERVED = "BEKPpfZd"  # letters that mean something else where they are applied
ORDER = "DerivativeOfOrder"  # of J(t), by t, n times, for an n that is a letter
OF_TRANSFORM = "tsuhz"  # K(t) is the log of a moment generating function; K(k) and K(m) are elliptic integrals
WORDED = "Iq"  # letters that need a word such as "let"


def letter_of(formula: str) -> str:
    """The letter of a density that stands alone on the left side, as a name for something else."""
    match = LETTER.match(formula)
    return match[1] if match else ""


def helper_of(formula: str, known: Collection[str], worded: bool) -> tuple[str, str] | None:
    r"""The letter and the argument of a function that a formula defines.

    >>> helper_of(r"J(t) = \int_0^\infty e^{-tx}\,dx", {"x"}, False), helper_of("p(x) = x", {"x"}, True)
    (('J', 't'), None)
    """
    match = APPLIED.match(formula)
    name = match["name"].lstrip("\\") if match is not None else ""
    if match is None or name in known or match["argument"] == r"\pi" or (name in WORDED and not worded):
        return None
    if name in RESERVED and not (name == "K" and match["argument"] in OF_TRANSFORM and match["argument"] not in known):
        return None
    return name, match["argument"].lstrip("\\")


def recalled(formula: str) -> str:
    match = RECALLED.match(formula)
    return match["argument"].lstrip("\\") if match else ""


def primed(formula: str, helpers: Mapping[str, str]) -> str:
    r"""dJ/dt as J'(t), for a function that was introduced.

    >>> primed(r"\frac{dJ}{dt} = 1", {"J": "t"})
    "J'(t) = 1"
    """
    for name, argument in helpers.items():
        spelled = argument if len(argument) == 1 else rf"\\{argument}"
        d = rf"(?:d|{UPRIGHT}|\\partial)\s*"
        quotient = rf"\\[dt]?frac\s*\{{\s*{d}{name}\s*(?:\(\s*{spelled}\s*\))?\s*\}}\s*\{{\s*{d}{spelled}\s*\}}"
        formula = re.sub(quotient, rf"{name}'({spelled})", formula)
        applied = rf"{name}\s*(?:\(\s*{spelled}\s*\))?"
        above, below = rf"{d}\^\s*\{{?(?P<n>\d)\}}?\s*{applied}", rf"{d}{spelled}\s*\^\s*\{{?(?P=n)\}}?"
        higher = rf"\\[dt]?frac\s*\{{\s*{above}\s*\}}\s*\{{\s*{below}\s*\}}"
        formula = re.sub(higher.replace(r"\d", r"[a-z]"), rf"\\operatorname{{{ORDER}}}({name}({spelled}),{spelled},\g<n>)", formula)
        formula = re.sub(higher, rf"\\frac{{d^{{\g<n>}}}}{{d{spelled}^{{\g<n>}}}}{name}({spelled})", formula)
        order = rf"\\frac\{{d(?:\^\{{?(?P<n>[1-3])\}}?)?\}}\{{d\s*{spelled}(?:\^\{{?[1-3]\}}?)?\}}\s*{name}\({spelled}\)"
        there = rf"(?:\\left\.)?\s*(?:{name}(?P<primes>'+)\({spelled}\)|{order})\s*(?:\\right|\\[bB]igg?r?)?\s*(?:\||\\[rl]?vert)\s*"
        place = re.compile(rf"{there}_\s*\{{\s*{spelled}\s*=\s*(?P<at>[^{{}}]*)\}}")
        while match := place.search(formula):
            primes = match["primes"] or "'" * int(match["n"] or 1)
            formula = f"{formula[: match.start()]}{name}{primes}({match['at']}){formula[match.end() :]}"
    return formula


def with_helpers(e: Basic, helpers: Mapping[str, tuple[Symbol, Basic]]) -> Basic:
    """`e` with J(t) and its derivatives by what J was introduced for: `helpers` has t and J(t) by J's name."""
    applied = [f for f in e.atoms(AppliedUndef) if f.func.__name__ in helpers and len(f.args) == 1]
    values = {f: substitute(helpers[f.func.__name__][1], {helpers[f.func.__name__][0]: f.args[0]}) for f in applied}
    inside = {d: Derivative(d.expr.xreplace(values), *d.variable_count) for d in e.atoms(Derivative) if d.expr in values}
    return e.xreplace(inside).xreplace(values)


def above_zero(sides: Sequence[Expr], letters: Collection[Symbol]) -> tuple[tuple[Expr, ...], tuple[Boolean, ...]]:
    """The sides for positive values of those letters that occur in them, and these conditions."""
    positive = signed_letters(sides, letters)
    return tuple(side.xreplace(positive) for side in sides), tuple(s > 0 for s in positive)


UNITS = ("k_B", "kB")  # Boltzmann's constant does not vary


def differentiated_by(e: Basic, values: Mapping[Basic, Expr]) -> Basic:
    """d/dq where q = φ(p) stands for something itself: d/dp of what is meant, over φ'(p)."""
    table: dict[Basic, Expr] = {}
    for d in e.atoms(Derivative):
        for q, n in d.variable_count:
            names = sorted(values[q].free_symbols, key=str) if q in values else []
            names = [s for s in names if s.name not in UNITS] or names
            slope = values[q].diff(names[0]) if len(names) == 1 else S.Zero
            if len(d.variable_count) == 1 and slope.is_number and slope != 0:
                table[d] = Derivative(substitute(d.expr, {q: values[q]}), (names[0], n)) / slope**n
            elif len(d.variable_count) == 1 and slope != 0 and n <= 2 and not values[q].has(Integral, Sum):  # η = log λ
                inner = substitute(d.expr, {q: values[q]})
                for _ in range(int(n)):
                    inner = Derivative(inner, names[0]) / slope
                table[d] = inner
            elif len(d.variable_count) == 1 and len(names) > 1 and q in d.expr.free_symbols and not d.expr.free_symbols & set(names):
                u = Dummy(q.name, **({"positive": True} if values[q].is_positive else {"real": True}))  # what is differentiated shows q alone
                table[d] = Subs(Derivative(d.expr.xreplace({q: u}), (u, n)), u, values[q])
            elif len(d.variable_count) == 1 and n == 1 and len(names) > 1 and (found := by_composition(d.expr, q, values)) is not None:
                table[d] = found
    return e.xreplace(table)


def by_composition(e: Expr, q: Symbol, values: Mapping[Basic, Expr]) -> Expr | None:
    """d/dq of what depends on parameters a, b by q = φ(a, b) alone: ∂/∂a over ∂q/∂a, where that is the same for each of them."""
    inner, value = substitute(e, dict(values)), values[q]
    if inner.has(Total) or value.has(Total):
        return None
    names = sorted(inner.free_symbols | value.free_symbols, key=str)
    slopes = {a: value.diff(a) for a in names}
    own = [a for a in names if slopes[a] != 0]
    if not own:
        return None
    first = own[0]
    if any(cancel(inner.diff(first) * slopes[a] - inner.diff(a) * slopes[first]) != 0 for a in own):
        return None
    return inner.diff(first) / slopes[first]


def of_order(value: Expr, t: Symbol, n: Expr) -> Expr | None:
    """The n-th derivative of c t^(−p) and of c e^(at): c (−1)ⁿ Γ(p + n)/Γ(p) t^(−p−n) and c aⁿ e^(at), DLMF 5.2.5."""
    factor, moving = value.as_independent(t, as_Add=False)
    if isinstance(moving, exp):
        slope = moving.args[0].diff(t)
        return None if slope.has(t) else factor * slope**n * moving
    base, power = moving.as_base_exp()
    if base != t or not (-power).is_positive:
        return None
    return factor * (-1) ** n * gamma(n - power) / gamma(-power) * t ** (power - n)


def signed_letters(sides: Sequence[Basic], letters: Collection[Symbol], sign: int = 1) -> dict[Symbol, Expr]:
    """Those letters of unknown sign that occur in the sides, as positive ones, or as the negatives of positive ones."""
    found = sorted({s for side in sides for s in side.free_symbols if s in letters and not s.is_nonnegative}, key=str)
    return {s: sign * Symbol(s.name, **{**s._assumptions_orig, "positive": True}) for s in found}


def normalizing(found: Basic, known: Collection[str], problem: Problem) -> Symbol | None:
    """The c of p(x) = c g(x), or of ∫ c g(x) dx = 1, for the problem's kernel g: a name that nothing declares, which stands for 1/Z."""
    if not isinstance(found, (Chain, Eq)) or len(found.args) < 2:
        return None
    left, second = found.args[:2]
    own = [v.symbol for v in problem.variables]
    total = left if found.args[-1] == 1 else second if left == 1 else None
    side = second if isinstance(left, AppliedUndef) else under_sign(total, own) if total is not None else None
    new = sorted((s for s in (side.free_symbols if side is not None else ()) if s.name not in known), key=str)
    if side is None or len(new) != 1 or any(new[0] in d.variables for d in side.atoms(Derivative)):
        return None
    (c,) = new
    scaled = equal(side, c * side.xreplace({c: S.One}), Facts()) and equal(side.xreplace({c: S.One}), problem.kernel, Facts())
    return c if scaled else None


def inverted(found: Basic, known: Collection[str], problem: Problem) -> Symbol | None:
    """The c of c⁻¹ = ∫ g(x) dx, for the problem's kernel g: a name that nothing declares, which stands for 1/Z."""
    left, *sides = found.args
    if not isinstance(left, Pow) or left.exp != -1 or not isinstance(left.base, Symbol) or left.base.name in known:
        return None
    inner = [under_sign(side, [v.symbol for v in problem.variables]) for side in sides]
    return left.base if any(e is not None and equal(e, problem.kernel, Facts()) for e in inner) else None


def under_sign(side: Expr, own: Sequence[Symbol]) -> Expr | None:
    """What one integral or sum in a product is taken of, with the other factors, as a function of the problem's variables."""
    found = [f for f in Mul.make_args(side) if isinstance(f, (Integral, Sum))]
    if len(found) != 1:
        return None
    (sign,), bound = found, [limits[0] for limits in found[0].limits]
    inner = sign.function
    while isinstance(inner, (Integral, Sum)):
        bound, inner = [*bound, *(limits[0] for limits in inner.limits)], inner.function
    if len(bound) != len(own):
        return None
    names = {x.name: x for x in own} if len(own) > 1 else {bound[0].name: own[0]}
    return (side / sign) * inner.xreplace({b: names.get(b.name, b) for b in bound})
