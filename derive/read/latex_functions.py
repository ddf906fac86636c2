"""The functions that a formula may name without declaring them, by their usual letters, with guards on what they would build.

Conventions are those of the Digital Library of Mathematical Functions: I_ν, J_ν, K_ν, Y_ν Bessel functions, Γ(s, x) and γ(s, x)
incomplete gamma functions, E_ν the generalized exponential integral, Li_s the polylogarithm, Φ(z, s, a) Lerch's transcendent,
U and M Kummer's functions, P_n, H_n and L_n polynomials; φ(x) and Φ(x) are the standard normal density and distribution function.
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


def appell(one: Expr, *args: Expr) -> Expr:
    """Appell's F_1(a, b, b', c, x, y)."""
    if one != 1:
        raise ReadError("of Appell's functions only F_1 can be read")
    return sp.appellf1(*args)


def zeta(s: Expr, a: Expr = sp.S.One) -> Expr:
    """ζ(s) or Hurwitz's ζ(s, a)."""
    return sp.zeta(small(s, "zeta"), small(a, "zeta"))


def guarded(function: Callable[..., Expr], what: str, most: int = MAX_INDEX) -> Callable[..., Expr]:
    """`function`, refused for numbers above `most`: SymPy writes it out there as a sum or product of that many terms."""
    return lambda *args: function(*(small(arg, what, most) for arg in args))


Builders = Mapping[str, Mapping[int, Callable[..., Expr]]]

digamma = guarded(sp.digamma, "the digamma function")
upper, lower = guarded(sp.uppergamma, "the incomplete gamma function"), guarded(sp.lowergamma, "the incomplete gamma function")
polygamma = guarded(sp.polygamma, "the polygamma function")
harmonic = guarded(sp.harmonic, "the harmonic number")
polylog = guarded(sp.polylog, "the polylogarithm")
expint = guarded(sp.expint, "the exponential integral")
hermite = guarded(sp.hermite, "the Hermite polynomial", MAX_DEGREE)
laguerre = guarded(sp.laguerre, "the Laguerre polynomial", MAX_DEGREE)
assoc_laguerre = guarded(sp.assoc_laguerre, "the Laguerre polynomial", MAX_DEGREE)
legendre = guarded(sp.legendre, "the Legendre polynomial", MAX_DEGREE)
several = range(1, 10)

GREEK_AND_LETTERS: Builders = {
    "Gamma": {1: gamma, 2: upper},
    "gamma": {2: lower},
    "B": {2: sp.beta},
    "Beta": {2: sp.beta},
    "beta": {2: sp.beta},
    "zeta": {1: zeta, 2: zeta},
    "psi": {1: digamma},
    "Phi": {1: normal_cdf, 3: sp.lerchphi},
    "phi": {1: normal_pdf},
    "eta": {1: guarded(sp.dirichlet_eta, "eta")},
    "delta": {1: sp.DiracDelta},
    "U": {3: kummer_u},
    "M": {3: kummer_m},
    "W": {1: sp.LambertW},
    "max": dict.fromkeys(several, sp.Max),
    "min": dict.fromkeys(several, sp.Min),
}
PLAIN = (  # one argument, by SymPy's name
    "erf erfc erfi erfinv erfcinv sech csch asinh acosh atanh Ei li Si Ci Shi Chi sinc sinh cosh tanh coth sin cos "
    "tan cot sec csc exp log asin acos atan floor sign airyai airybi LambertW fresnels fresnelc"
)
OTHER_NAMES = {
    "sgn": "sign", "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "abs": "Abs", "arsinh": "asinh",
    "arcsinh": "asinh", "arcosh": "acosh", "arccosh": "acosh", "artanh": "atanh", "arctanh": "atanh", "Ai": "airyai",
    "Bi": "airybi", "W": "LambertW", "Re": "re", "Im": "im",
}  # fmt: skip
WORDS: Builders = {
    **{name: {1: getattr(sp, name)} for name in PLAIN.split()},
    **{name: {1: getattr(sp, own)} for name, own in OTHER_NAMES.items()},
    **{name: {2: getattr(sp, name)} for name in "besseli besselj besselk bessely beta KroneckerDelta".split()},
    **{name: GREEK_AND_LETTERS[name] for name in ("Beta", "B", "max", "min", "zeta", "Phi", "U", "M")},
    "Max": GREEK_AND_LETTERS["max"],
    "Min": GREEK_AND_LETTERS["min"],
    "Gamma": {1: gamma, 2: upper},
    "gamma": {1: gamma},
    "uppergamma": {2: upper},
    "lowergamma": {2: lower},
    "loggamma": {1: guarded(sp.loggamma, "the logarithm of gamma")},
    "digamma": {1: digamma},
    "trigamma": {1: lambda x: polygamma(sp.S.One, x)},
    "polygamma": {2: polygamma},
    "polylog": {2: polylog},
    "expint": {2: expint},
    "harmonic": {1: harmonic, 2: harmonic},
    "lerchphi": {3: sp.lerchphi},
    "binomial": {2: binomial},
    "factorial": {1: factorial},
    "logit": {1: lambda p: sp.log(p / (1 - p))},
    "expit": {1: lambda x: 1 / (1 + sp.exp(-x))},
}
SUBSCRIPTED: Builders = {  # the subscript is the first argument
    "I": {2: sp.besseli, 3: lambda x, a, b: sp.betainc_regularized(a, b, 0, x)},
    "J": {2: sp.besselj},
    "Y": {2: sp.bessely},
    "K": {2: sp.besselk},
    "E": {2: expint},
    "Li": {2: polylog},
    "psi": {2: polygamma},
    "B": {3: lambda x, a, b: sp.betainc(a, b, 0, x)},
    "W": {2: lambda k, z: sp.LambertW(z, k)},
    "H": {2: hermite},
    "L": {2: laguerre},
    "P": {2: legendre},
    "F": {7: appell},
    "appellf": {7: appell},
}
RAISED: Builders = {"psi": {2: polygamma}, "L": {3: assoc_laguerre}, "H": {2: harmonic}}  # ψ^{(n)}(x), L_n^{(a)}(x), H_n^{(m)}
INVERSE: Mapping[str, Callable[[Expr], Expr]] = {"Phi": normal_quantile, "erf": sp.erfinv, "erfc": sp.erfcinv}


def builder(tables: Builders, name: str, count: int) -> Callable[..., Expr] | None:
    """The function of that name with that many arguments, if there is one."""
    return tables.get(name, {}).get(count)
