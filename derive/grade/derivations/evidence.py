"""What has to stand near a step for a reason to be that of it: a sum of powers for a geometric series, two integrals for Fubini's theorem.

Each test looks for a sign of the reason and says no only where there is none; it does not prove that the reason is enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations

from sympy import (
    Add,
    Derivative,
    Expr,
    I,
    Mul,
    Pow,
    Rational,
    S,
    Symbol,
    beta,
    binomial,
    cos,
    cosh,
    exp,
    factorial,
    factorial2,
    gamma,
    log,
    loggamma,
    pi,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
    together,
    zeta,
)  # fmt: skip
from sympy.functions.elementary.hyperbolic import HyperbolicFunction
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from derive.grade.derivations.near import LARGE, Near
from derive.grade.derivations.series_named import KINDS
from derive.grade.derivations.symmetries import symmetric
from derive.language.totals import Counting, Total
from derive.read.latex_heads import EvalBar
from derive.rules.terms import ratio_of

GAMMAS = (gamma, factorial, loggamma, binomial, beta, factorial2)
ABOUT = re.compile(r"\\approx|\\sim|\\simeq|\\to(?![A-Za-z])|\\lim|≈|∼|\bO\(")
PRODUCT = re.compile(r"\\i+nt|\\i*int.*\\i*int|\\sum.*\\sum|\\sum.*\\int|\\int.*\\sum", re.DOTALL)
GIVEN = re.compile(r"\\mid|\||\\propto|\\given")


def geometric(near: Near) -> bool:
    """A sum of powers r^k, perhaps times a polynomial in k."""
    return near.dotted() or any(powers_of_index(t) and not t.body.has(*GAMMAS) for t in near.sums()) or unsummed(near)


def powers_of_index(t: Total) -> bool:
    return any(p.exp.has(t.x) and not p.base.has(t.x) for p in powers(t.body))


def powers(e: Expr) -> Iterator[Pow]:
    """The powers in an expression, exponentials among them."""
    yield from (p for p in e.atoms(Pow, exp) if isinstance(p, Pow))
    yield from (Pow(S.Exp1, p.args[0], evaluate=False) for p in e.atoms(exp))


def unsummed(near: Near) -> bool:
    """An integrand 1/(1 − r) whose series may be meant."""
    return any(p.exp.is_negative and isinstance(p.base, Add) and p.base.has(t.x) for t in near.integrals() for p in t.body.atoms(Pow))


def exponential(near: Near) -> bool:
    """A sum with a factorial of its index, or an exponential that may be expanded in an integrand or beside a sum."""
    sums = near.sums()
    return near.dotted() or any(t.body.has(*GAMMAS) and not t.body.has(binomial) for t in sums) or not sums and near.has(exp, cosh, sinh)


def binomials(near: Near) -> bool:
    """Binomial coefficients, or a power of a sum that is no term of a geometric series."""
    if any(t.body.has(binomial) or len({g for g in t.body.atoms(*GAMMAS) if g.has(t.x)}) > 1 for t in near.sums()):
        return True
    index = {t.x for t in near.sums()}
    usual = (-1, Rational(1, 2), -Rational(1, 2))
    found = [p for side in near.sides for p in side.atoms(Pow) if isinstance(p.base, Add) and p.exp not in usual and not p.exp.free_symbols & index]
    return near.has(binomial) or bool(found) and not only_factorial(near)


def only_factorial(near: Near) -> bool:
    return any(len({g for g in t.body.atoms(*GAMMAS) if g.has(t.x)}) == 1 for t in near.sums())


def two_binomials(near: Near) -> bool:
    """A sum over a product of two binomial coefficients."""
    def count(e: Expr, x: Symbol) -> int:
        whole = sum(2 if p.base.has(binomial) else 0 for p in e.atoms(Pow) if p.has(x) and p.exp == 2)
        return whole + len({b for b in e.atoms(binomial) if b.has(x)}) + len({g for g in e.atoms(factorial, gamma) if g.has(x)}) // 2

    return near.dotted() or any(count(t.body, t.x) > 1 for t in near.totals)


def nested(near: Near) -> bool:
    """Two integrals or sums of which one stands in the other, or beside it."""
    several = len(near.truth.problem.variables) > 1
    inner = any(t.body.has(Total) for t in near.totals) or any(len(m.atoms(Total)) > 1 for side in near.sides for m in side.atoms(Mul))
    squared = any(p.base.has(Total) for side in near.sides for p in side.atoms(Pow))
    return several or inner or squared or near.has(Derivative) or bool(PRODUCT.search(near.text.split("=")[0]))


def gamma_arguments(near: Near) -> list[Expr]:
    found: list[Expr] = []
    for side in near.sides:
        for g in side.atoms(*GAMMAS):
            a, *more = g.args
            if isinstance(g, (gamma, loggamma)):
                found.append(a)
            elif isinstance(g, factorial):
                found.append(a + 1)
            elif isinstance(g, beta):
                found += [a, more[0], a + more[0]]
            elif isinstance(g, binomial):
                found += [a + 1, more[0] + 1, a - more[0] + 1]
            else:
                found += [a / 2, (a + 1) / 2]
    return list(dict.fromkeys(found))


def duplicated(near: Near) -> bool:
    """Γ(z) beside Γ(z + 1/2), or beside Γ(2z + n)."""
    found = gamma_arguments(near)
    pairs = [*combinations(found, 2), *((b, a) for a, b in combinations(found, 2))]
    return near.has(factorial2) or any((2 * (a - b)).expand().is_odd or (not a.is_number and (a - 2 * b).expand().is_integer
                                       and (a - 2 * b).expand().is_number) for a, b in pairs)  # fmt: skip


def reflected(near: Near) -> bool:
    """Γ(z) beside Γ(n − z), or a sine of π z."""
    found = gamma_arguments(near)
    sines = any(f.has(pi) for side in near.sides for f in side.atoms(TrigonometricFunction))
    return sines or any((a + b).expand().is_Integer for a in found for b in found)


def about_large(near: Near) -> bool:
    return bool(ABOUT.search(near.text))


def residues(near: Near) -> bool:
    """An integral over the line, a half of it, or a period, and no factor that no closed path leaves alone."""
    spans = [t.measure.args[:2] for t in near.integrals()]
    whole = any(lo is S.NegativeInfinity and hi is S.Infinity or (hi - lo).is_finite and (hi - lo).has(pi) for lo, hi in spans)
    half = any(hi is S.Infinity and t.body.has(Add) and t.body.atoms(Pow) and not t.body.has(exp) or t.body.has(TrigonometricFunction)
               for t, (_, hi) in zip(near.integrals(), spans, strict=True))  # fmt: skip
    return whole or half or near.has(I) or any(t.measure.args[0] is S.NegativeInfinity for t in near.sums() if isinstance(t.measure, Counting))


def fractions(near: Near) -> bool:
    """A quotient whose denominator has two factors, or a sum of two quotients."""
    moving = {t.x for t in near.totals} | {x for side in near.sides for x in side.free_symbols if x not in near.truth.ground.names}
    return any(len(below(e, moving)) > 1 or any(p.base.is_polynomial(*moving) and degree(p.base, moving) > 1 for p in below(e, moving))
               for side in near.sides for e in side.atoms(Mul, Pow, Add))  # fmt: skip


def below(e: Expr, moving: set[Symbol]) -> list[Pow]:
    terms = Add.make_args(e)
    return [p for term in terms for p in Mul.make_args(term) if isinstance(p, Pow) and p.exp.is_negative and p.base.free_symbols & moving]


def degree(e: Expr, moving: set[Symbol]) -> int:
    own = e.free_symbols & moving
    poly = e.as_poly(*own) if own else None
    return int(poly.total_degree()) if poly is not None else 0


def squares(near: Near) -> bool:
    """A polynomial of second degree with a term of first degree, or the square of a difference."""
    return any(of_second_degree(e) for side in near.sides for e in side.atoms(Add, Pow))


def of_second_degree(e: Expr) -> bool:
    if isinstance(e, Pow):
        return e.exp == 2 and isinstance(e.base, Add)
    names = sorted(e.free_symbols, key=str)
    return any(x for x in names if e.is_polynomial(x) and e.count_ops() < LARGE and e.expand().coeff(x, 2) != 0 and e.expand().coeff(x, 1) != 0)


def telescopes(near: Near) -> bool:
    """A sum whose terms are differences of neighbouring values, or terms written out, or a product."""
    facts = near.truth.inside.facts

    def differences(t: Total) -> bool:
        ratio = ratio_of(together(t.body), t.x, facts.within(t.x, t.measure))
        return ratio is None or KINDS["telescoping"](t, ratio)

    return near.dotted() or "\\prod" in near.text or any(differences(t) for t in near.sums())


def gaussian(near: Near) -> bool:
    """A square in an exponent, or a √π that comes of it."""
    squared = any(p.exp == 2 or p.exp.is_even for side in near.sides for e in side.atoms(exp) for p in e.args[0].atoms(Pow))
    products = any(e.args[0].has(Add) for t in near.integrals() for e in t.body.atoms(exp))
    return squared or products or near.has(sqrt(pi)) or "\\sqrt{\\pi" in near.text or "\\sqrt\\pi" in near.text or "\\sqrt{2\\pi" in near.text


def gamma_integral(near: Near) -> bool:
    """An integral with an exponential or a logarithm."""
    return any(t.body.has(exp, log) or powers_of_index(t) for t in near.integrals())


def beta_integral(near: Near) -> bool:
    """An integral with a power of a sum, or of a sine or a hyperbolic function, or the beta function itself."""
    factors = any(isinstance(p.base, Add) and p.base.has(t.x) for t in near.integrals() for p in t.body.atoms(Pow))
    bodies = [t.body for t in near.integrals()]
    curved = any(body.has(TrigonometricFunction, HyperbolicFunction) or any(isinstance(f, Add) for f in Mul.make_args(body)) for body in bodies)
    return factors or curved or near.has(beta)


def differentiated(near: Near) -> bool:
    return bool(near.integrals()) or near.has(EvalBar, Derivative)


def limits(near: Near) -> bool:
    return bool(ABOUT.search(near.text)) or near.has(EvalBar) or "limit" in near.text or "boundary" in near.text


def exchanges(near: Near) -> bool:
    return nested(near) or limits(near) or near.dotted()


def inequality(near: Near) -> bool:
    return bool(re.search(r"\\leq?(?![a-z])|\\geq?(?![a-z])|[<>≤≥]", near.text))


def wavy(near: Near) -> bool:
    return near.has(TrigonometricFunction, I)


def of_squares(near: Near) -> bool:
    """A sum of 1/k², or its value."""
    inverse = any(p.exp.is_negative and p.base.has(t.x) for t in near.totals for p in t.body.atoms(Pow))
    return near.has(zeta) or near.has(pi**2) or near.has(pi) and inverse


def logarithmic(near: Near) -> bool:
    return near.has(log)


def given_data(near: Near) -> bool:
    return bool(GIVEN.search(near.text)) or len(near.truth.problem.variables) > 1


def imaginary(near: Near) -> bool:
    return near.has(TrigonometricFunction, HyperbolicFunction, I, cos, sin, tan, tanh) or bool(re.search(r"\be\^\{?[-+]?i", near.text))


def plane(near: Near) -> bool:
    """Two integrals, a square of one, or an exponent with a square, whose square is an integral over the plane."""
    return nested(near) or gaussian(near)


def integrals(near: Near) -> bool:
    return bool(near.integrals())


def never(near: Near) -> bool:
    return False


def counted(near: Near) -> bool:
    """A parameter that is a whole number, over which an induction may go."""
    return any(p.symbol.is_integer for p in near.truth.problem.parameters) or bool(re.search(r"_\{?n|\(n\s*[-+]\s*1\)", near.text))


def of_successes(near: Near) -> bool:
    return near.has(*GAMMAS) or given_data(near)


TESTS: dict[str, Callable[[Near], bool]] = {
    "geometric series": geometric, "exponential series": exponential, "binomial theorem": binomials, "Vandermonde's identity": two_binomials,
    "Pascal's rule": binomials, "hockey-stick identity": binomials, "change of the order of integration": nested, "duplication formula": duplicated,
    "reflection formula": reflected, "Stirling's formula": about_large, "residue theorem": residues, "partial fractions": fractions,
    "completing the square": squares, "telescoping": telescopes, "polar coordinates": plane, "Gaussian integral": gaussian,
    "gamma integral": gamma_integral, "beta integral": beta_integral, "fundamental theorem of calculus": differentiated, "l'Hopital's rule": limits,
    "theorem on limits of integrals": exchanges, "inequality": inequality, "Frullani's integral": logarithmic, "Parseval's theorem": wavy,
    "Basel problem": of_squares, "Euler's formula": imaginary, "Bayes' theorem": given_data, "periodicity": wavy, "symmetry": symmetric,
    "integration by parts": integrals, "limit theorem": never, "numerical rule": never, "induction": counted, "Leibniz' rule": differentiated,
    "rule of succession": of_successes,
}  # fmt: skip
