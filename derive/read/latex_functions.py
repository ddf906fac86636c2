"""The functions that a formula may name without declaring them, by their usual letters, with guards on what they would build.

Conventions are those of the Digital Library of Mathematical Functions: I_ν, J_ν, K_ν, Y_ν Bessel functions, Γ(s, x) and γ(s, x)
incomplete gamma functions, E_ν the generalized exponential integral, Li_s the polylogarithm, Φ(z, s, a) Lerch's transcendent,
U and M Kummer's functions; φ(x) and Φ(x) are the standard normal density and distribution function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sympy as sp
from sympy import Expr

from derive.read.names import ReadError, binomial, factorial, gamma, modest, power

MAX_EXPONENT = 100_000
MAX_INDEX = 200
MAX_DEGREE = 30


def raised(base: Expr, exponent: Expr) -> Expr:
    """base**exponent, refused where it is too large a number.

    >>> raised(sp.E, sp.Symbol("x"))
    exp(x)
    """
    if getattr(base, "is_Matrix", False):
        return base**exponent
    if base.is_number and exponent.is_number:
        if base.is_zero and exponent.is_negative:
            raise ReadError("division by zero")
        if exponent.is_comparable and abs(exponent) > MAX_EXPONENT:
            raise ReadError("a power with this exponent is too large a number")
    return power(base, exponent)


def double_factorial(n: Expr) -> Expr:
    """n!!, refused for a number that makes it too large."""
    return sp.factorial2(modest(n, "the double factorial"))


def small(z: Expr, what: str, most: int = MAX_INDEX) -> Expr:
    """z itself, unless it is a number above `most` in size (for functions that expand themselves)."""
    if z.is_number and z.is_comparable and abs(z) > most:
        raise ReadError(f"{what} of {z} is too large a number")
    return z


def normal_cdf(x: Expr) -> Expr:
    """Φ(x) of the standard normal distribution."""
    return (1 + sp.erf(x / sp.sqrt(2))) / 2


def normal_pdf(x: Expr) -> Expr:
    """φ(x) of the standard normal distribution."""
    return sp.exp(-(x**2) / 2) / sp.sqrt(2 * sp.pi)


def normal_quantile(p: Expr) -> Expr:
    """Φ⁻¹(p) of the standard normal distribution."""
    return sp.sqrt(2) * sp.erfinv(2 * p - 1)


def kummer_u(a: Expr, b: Expr, z: Expr) -> Expr:
    """Kummer's U(a, b, z) as a Meijer G-function (DLMF 13.16.1 and 16.17.1), which also holds for integer b."""
    return sp.meijerg([[1 - a], []], [[0, 1 - b], []], z) / (sp.gamma(a) * sp.gamma(a - b + 1))


def kummer_m(a: Expr, b: Expr, z: Expr) -> Expr:
    """Kummer's M(a, b, z) = ₁F₁(a; b; z)."""
    return sp.hyper([a], [b], z)


def zeta(s: Expr, a: Expr = sp.S.One) -> Expr:
    """ζ(s) or Hurwitz's ζ(s, a)."""
    return sp.zeta(small(s, "zeta"), small(a, "zeta"))


def sech_like(name: str) -> Callable[[Expr], Expr]:
    """SymPy's function of that name."""
    return getattr(sp, name)  # type: ignore[no-any-return]


Builders = Mapping[str, Mapping[int, Callable[..., Expr]]]

GREEK_AND_LETTERS: Builders = {
    "Gamma": {1: gamma, 2: sp.uppergamma},
    "gamma": {2: sp.lowergamma},
    "B": {2: sp.beta},
    "Beta": {2: sp.beta},
    "beta": {2: sp.beta},
    "zeta": {1: zeta, 2: zeta},
    "psi": {1: sp.digamma},
    "Phi": {1: normal_cdf, 3: sp.lerchphi},
    "phi": {1: normal_pdf},
    "eta": {1: lambda s: sp.dirichlet_eta(small(s, "eta"))},
    "delta": {1: sp.DiracDelta},
    "U": {3: kummer_u},
    "M": {3: kummer_m},
    "W": {1: sp.LambertW},
    "max": {n: sp.Max for n in range(1, 10)},
    "min": {n: sp.Min for n in range(1, 10)},
    "Pr": {},
}
WORDS: Builders = {
    **{n: {1: sech_like(n)} for n in "erf erfc erfi erfinv erfcinv sech csch asinh acosh atanh Ei li Si Ci Shi Chi sinc digamma loggamma sinh "
       "cosh tanh coth sin cos tan cot sec csc exp log asin acos atan floor sign airyai airybi trigamma LambertW fresnels fresnelc".split()},
    **{n: {2: sech_like(n)} for n in "besseli besselj besselk bessely uppergamma lowergamma beta polylog expint harmonic KroneckerDelta".split()},
    "sgn": {1: sp.sign}, "ln": {1: sp.log}, "arcsin": {1: sp.asin}, "arccos": {1: sp.acos}, "arctan": {1: sp.atan}, "abs": {1: sp.Abs},
    "arsinh": {1: sp.asinh}, "arcsinh": {1: sp.asinh}, "arcosh": {1: sp.acosh}, "arccosh": {1: sp.acosh}, "artanh": {1: sp.atanh},
    "arctanh": {1: sp.atanh}, "Ai": {1: sp.airyai}, "Bi": {1: sp.airybi}, "Gamma": {1: gamma, 2: sp.uppergamma}, "gamma": {1: gamma},
    "lerchphi": {3: sp.lerchphi}, "polygamma": {2: lambda n, x: sp.polygamma(small(n, "polygamma"), x)}, "binomial": {2: binomial},
    "factorial": {1: factorial}, "logit": {1: lambda p: sp.log(p / (1 - p))}, "Re": {1: sp.re}, "Im": {1: sp.im},
    "Beta": {2: sp.beta}, "B": {2: sp.beta}, "W": {1: sp.LambertW}, "max": GREEK_AND_LETTERS["max"], "min": GREEK_AND_LETTERS["min"],
    "Max": GREEK_AND_LETTERS["max"], "Min": GREEK_AND_LETTERS["min"], "zeta": {1: zeta, 2: zeta}, "Phi": GREEK_AND_LETTERS["Phi"],
    "expit": {1: lambda x: 1 / (1 + sp.exp(-x))}, "U": {3: kummer_u}, "M": {3: kummer_m},
}  # fmt: skip
SUBSCRIPTED: Builders = {  # the subscript is the first argument
    "I": {2: sp.besseli, 3: lambda x, a, b: sp.betainc_regularized(a, b, 0, x)},
    "J": {2: sp.besselj},
    "Y": {2: sp.bessely},
    "K": {2: sp.besselk},
    "E": {2: lambda nu, z: sp.expint(small(nu, "the exponential integral"), z)},
    "Li": {2: lambda s, z: sp.polylog(small(s, "the polylogarithm"), z)},
    "psi": {2: lambda n, x: sp.polygamma(small(n, "polygamma"), x)},
    "B": {3: lambda x, a, b: sp.betainc(a, b, 0, x)},
    "W": {2: lambda k, z: sp.LambertW(z, k)},
    "H": {2: lambda n, x: sp.hermite(small(n, "the Hermite polynomial", MAX_DEGREE), x)},
    "L": {2: lambda n, x: sp.laguerre(small(n, "the Laguerre polynomial", MAX_DEGREE), x)},
}
RAISED: Builders = {  # ψ^{(n)}(x), and L_n^{(a)}(x) with the subscript first
    "psi": {2: lambda n, x: sp.polygamma(small(n, "polygamma"), x)},
    "L": {3: lambda n, a, x: sp.assoc_laguerre(small(n, "the Laguerre polynomial", MAX_DEGREE), a, x)},
    "H": {2: lambda n, m: sp.harmonic(small(n, "the harmonic number"), m)},
}
INVERSE: Mapping[str, Callable[[Expr], Expr]] = {"Phi": normal_quantile, "erf": sp.erfinv, "erfc": sp.erfcinv}


def builder(tables: Builders, name: str, count: int) -> Callable[..., Expr] | None:
    """The function of that name with that many arguments, if there is one."""
    return tables.get(name, {}).get(count)

