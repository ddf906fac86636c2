"""The functions that a formula may name, and the guards on what applying them would compute."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

import mpmath
import sympy
from sympy import Add, Expr, Float, Function, Integral, Mul, Piecewise, Product, Rational, S, Sum
from sympy.logic.boolalg import Boolean

from derive.read import names
from derive.read.names import MAX_BITS, ReadError

MAX_EXPONENT = 10**6  # a constant power or exponential stays between 2**(-MAX_EXPONENT) and 2**MAX_EXPONENT
MAX_DIGITS = 13_000  # base 2, of a number in a result; Python prints up to 14,284
MAX_TERMS = 10_000  # of a sum with numbers for its ends
MAX_ARGUMENTS = 12  # of Min and Max, which compare each with each
MAX_CASES = 20  # of a Piecewise


@dataclass(frozen=True)
class Known:
    """A function that can be applied to `counts` arguments; `limits[i]` bounds the size of argument i where it is a number."""

    make: Callable[..., Any]
    counts: Collection[int]
    limits: tuple[int | None, ...] = ()

    def __call__(self, *args: Expr, evaluate: bool = True) -> Any:
        for arg in args:
            settled(arg)
        for arg, limit in zip(args, self.limits, strict=False):
            within(arg, limit)
        if self.limits and any(getattr(arg, "is_Rational", False) and bits(arg) > 200 for arg in args):
            raise ReadError("a number in the brackets has too many digits")
        if not evaluate and isinstance(self.make, type) and issubclass(self.make, Function):
            return self.make(*args, evaluate=False)
        return self.make(*args)


def within(z: Expr, limit: int | None) -> None:
    """Refuse a number that would make a special function's value too long to write down."""
    if limit is not None and z.is_number and z.is_comparable and abs(z) > limit:
        raise ReadError(f"{z} is too large a number here")


def settled(z: Any) -> Any:
    """z itself; refused where it is a constant that cannot be evaluated in bounded time, or that is too large to compare."""
    if not isinstance(z, Expr) or z.is_Rational or not z.is_number or z.is_infinite:
        return z
    if z.has(Sum, Product, Integral):
        raise ReadError("a sum or an integral without letters cannot stand inside another function")
    refuse_large(bits(z), MAX_EXPONENT, z)
    return z


def size(z: Expr) -> Any:
    """About |z| of a constant z; 0 where it has no value."""
    parts = z.evalf(5).as_real_imag()
    if not all(part.is_Number and part.is_finite for part in parts):
        return mpmath.mpf(0)
    return mpmath.hypot(*(mpmath.mpmathify(Float(part, 15)) for part in parts))


def bits(z: Expr) -> Any:
    """About how many digits base 2 a constant z has before or after the point; a rational, how many it is written with."""
    if z.is_Rational:
        return max(abs(z.p), z.q).bit_length()
    value = size(z)
    return abs(mpmath.log(value, 2)) if value else value


def power(base: Expr, exponent: Expr) -> Expr:
    """base**exponent, refused where computing it would not end."""
    if base is S.Exp1:
        return exponential(exponent)
    settled(base), settled(exponent)
    if exponent.is_Rational:
        constants = (f for f in Mul.make_args(base) if f.is_Rational or (f.is_number and abs(exponent) > 64))
        refuse_large(sum(bits(f) for f in constants if f not in (0, 1, -1)) * abs(exponent), MAX_BITS, f"({base})**({exponent})")
    elif base.is_number and exponent.is_number and not base.is_infinite and not exponent.is_infinite:
        refuse_large(bits(base) * size(exponent), MAX_EXPONENT, f"({base})**({exponent})")
    return names.power(base, exponent)


def exponential(z: Expr) -> Expr:
    """exp(z). exp(n*log(f)) becomes f**n, so n is guarded as an exponent is."""
    settled(z)
    if z.is_number and not z.is_infinite:
        refuse_large(size(z), MAX_EXPONENT, f"exp({z})")
    for term in Add.make_args(z):
        if abs(term.as_coeff_Mul()[0]) > MAX_BITS and term.has(sympy.log):
            raise ReadError(f"exp({z}) is too large a number")
    return sympy.exp(z)


def unprintable(value: Expr) -> bool:
    """Whether the number in front has more digits than Python prints."""
    front = value.as_coeff_Mul()[0]
    return bool(front.is_Rational and max(abs(front.p), front.q).bit_length() > MAX_DIGITS)


def refuse_large(amount: Any, limit: int, what: object) -> None:
    if amount > limit:
        raise ReadError(f"{what} is too large a number")


def root(x: Expr, n: Expr) -> Expr:
    return power(x, 1 / n)


def log(x: Expr, base: Expr = S.Exp1) -> Expr:
    return sympy.log(x) if base is S.Exp1 else sympy.log(x) / sympy.log(base)


def upper_gamma(s: Expr, x: Expr | None = None) -> Expr:
    return names.gamma(s) if x is None else sympy.uppergamma(s, x)


def rational(p: Expr, q: Expr = S.One) -> Expr:
    if not (p.is_Rational and q.is_Rational and q != 0):
        raise ReadError("Rational needs two whole numbers, the second not 0")
    return p / q


def logistic(z: Expr) -> Expr:
    return 1 / (1 + exponential(-z))


def extreme(function: Callable[..., Expr]) -> Callable[..., Expr]:
    """Min or Max of a few."""
    def build(*args: Expr) -> Expr:
        if len(args) > MAX_ARGUMENTS:
            raise ReadError(f"{function.__name__} of more than {MAX_ARGUMENTS} is not read")
        return function(*args)
    return build


def indicator(condition: Boolean) -> Expr:
    """1 where the condition holds, 0 elsewhere."""
    return Piecewise((S.One, condition), (S.Zero, True))


def hyper(upper: Iterable[Expr], lower: Iterable[Expr], z: Expr) -> Expr:
    if not isinstance(upper, tuple) or not isinstance(lower, tuple):
        raise ReadError("hyper takes two lists and an argument, as in hyper([a, b], [c], z)")
    return sympy.hyper(upper, lower, z)


def _table() -> dict[str, Known]:
    one = ("log sin cos tan sec csc cot asin acos atan asec acsc acot tanh sech csch coth asinh acosh atanh acoth asech acsch "
           "Abs sign floor ceiling re im arg conjugate erf erfc erfi erfinv erfcinv Ei Si Ci Shi Chi li airyai airybi "
           "airyaiprime airybiprime LambertW elliptic_k sinc")
    two = "besseli besselj besselk bessely jn yn atan2 KroneckerDelta elliptic_f Mod"
    table = {name: Known(getattr(sympy, name), (1,)) for name in one.split()}
    table |= {name: Known(getattr(sympy, name), (2,)) for name in two.split()}
    orthogonal = {"legendre": 2, "laguerre": 2, "hermite": 2, "chebyshevt": 2, "chebyshevu": 2, "assoc_legendre": 3,
                  "assoc_laguerre": 3, "gegenbauer": 3, "jacobi": 4}
    table |= {name: Known(getattr(sympy, name), (n,), (30,)) for name, n in orthogonal.items()}
    return table | {
        "exp": Known(exponential, (1,)), "sqrt": Known(lambda x: power(x, S.Half), (1,)),
        "sinh": Known(lambda z: exponential(z) and sympy.sinh(z), (1,)),
        "cosh": Known(lambda z: exponential(z) and sympy.cosh(z), (1,)),
        "cbrt": Known(lambda x: power(x, Rational(1, 3)), (1,)), "root": Known(root, (2,)), "pow": Known(power, (2,)),
        "log": Known(log, (1, 2)), "logistic": Known(logistic, (1,)), "sigmoid": Known(logistic, (1,)),
        "log2": Known(lambda x: log(x, S(2)), (1,)), "log10": Known(lambda x: log(x, S(10)), (1,)),
        "Rational": Known(rational, (1, 2)), "Integer": Known(rational, (1,)),
        "factorial": Known(names.factorial, (1,)), "gamma": Known(names.gamma, (1,)), "Gamma": Known(upper_gamma, (1, 2), (100,)),
        "factorial2": Known(sympy.factorial2, (1,), (500,)), "binomial": Known(names.binomial, (2,)),
        "catalan": Known(lambda n: names.binomial(2 * n, n) / (n + 1), (1,)),
        **{name: Known(getattr(sympy, name), (1,), (200,)) for name in ("fibonacci", "lucas", "bell", "subfactorial")},
        "RisingFactorial": Known(sympy.RisingFactorial, (2,), (500, 50)),
        "FallingFactorial": Known(sympy.FallingFactorial, (2,), (500, 50)),
        "loggamma": Known(sympy.loggamma, (1,), (500,)), "digamma": Known(sympy.digamma, (1,), (500,)),
        "trigamma": Known(sympy.trigamma, (1,), (500,)), "polygamma": Known(sympy.polygamma, (2,), (30, 30)),
        "harmonic": Known(sympy.harmonic, (1, 2), (200, 20)), "beta": Known(sympy.beta, (2,), (500, 500)),
        "betainc": Known(sympy.betainc, (4,), (500, 500)),
        "betainc_regularized": Known(sympy.betainc_regularized, (4,), (500, 500)),
        "zeta": Known(sympy.zeta, (1, 2), (100, 100)), "dirichlet_eta": Known(sympy.dirichlet_eta, (1,), (100,)),
        "polylog": Known(sympy.polylog, (2,), (100,)), "lerchphi": Known(sympy.lerchphi, (3,), (None, 100, 100)),
        "expint": Known(sympy.expint, (2,), (100,)), "uppergamma": Known(sympy.uppergamma, (2,), (100,)),
        "lowergamma": Known(sympy.lowergamma, (2,), (100,)),
        "elliptic_e": Known(sympy.elliptic_e, (1, 2)), "elliptic_pi": Known(sympy.elliptic_pi, (2, 3)),
        "hyper": Known(hyper, (3,)), "appellf1": Known(sympy.appellf1, (6,)), "jtheta": Known(Function("jtheta"), (3, 4)),
        "Heaviside": Known(sympy.Heaviside, (1, 2)), "Min": Known(extreme(sympy.Min), range(1, 10**6)),
        "Max": Known(extreme(sympy.Max), range(1, 10**6)),
    }


ALIASES = {"ln": "log", "abs": "Abs", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arcsinh": "asinh",
           "arccosh": "acosh", "arctanh": "atanh", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh", "min": "Min",
           "max": "Max", "Zeta": "zeta", "psi": "digamma", "ceil": "ceiling", "Beta": "beta", "comb": "binomial",
           "lgamma": "loggamma", "rf": "RisingFactorial", "ff": "FallingFactorial", "Pow": "pow",
           "expit": "logistic", "sgn": "sign"}
TABLE = _table()
RELATIONS = {"Eq": "==", "Ne": "!=", "Lt": "<", "Le": "<=", "Gt": ">", "Ge": ">="}
BINDERS: dict[str, Callable[..., Expr]] = {"Sum": Sum, "Product": Product, "Integral": Integral}
FORMS = {*RELATIONS, *BINDERS, "Piecewise", "Indicator", "And", "Or", "Not"}  # whose arguments are not all numbers
LETTERS = {"gamma", "beta", "zeta", "psi", "Gamma", "Beta", "Zeta", "lambda"}  # functions whose names are letters too


def known(name: str) -> bool:
    """Whether a formula may apply `name` without anyone having declared it."""
    return name in TABLE or name in ALIASES or name in FORMS


def function(name: str) -> Known:
    return TABLE[ALIASES.get(name, name)]
