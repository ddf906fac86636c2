"""Discrete families as textbooks state them, with the ratio of neighbouring terms g(n+1)/g(n) = z ∏(n + upper)/∏(n + lower).

Source: N. L. Johnson, A. W. Kemp and S. Kotz, Univariate Discrete Distributions, 3rd ed. (2005).
"""

from functools import lru_cache

from sympy import Lt, S, besseli, exp, gamma, hyper, log, oo, tanh, together, zeta

from derive.families.named import Named


def choose(n, k):  # type: ignore[no-untyped-def]
    return gamma(n + 1) / (gamma(k + 1) * gamma(n - k + 1))


def beta_function(a, b):  # type: ignore[no-untyped-def]
    return gamma(a) * gamma(b) / gamma(a + b)


@lru_cache(maxsize=500)
def rest(p):  # type: ignore[no-untyped-def]
    """1 − p, so that 1 − r/(1 + r) is 1/(1 + r)."""
    return together(1 - p)


def below_one(p):  # type: ignore[no-untyped-def]
    """p < 1, of which SymPy is not asked whether it is so."""
    return (Lt(p, 1, evaluate=False),)


POINTS = (
    Named("Bernoulli", "two_points", ("probability",), lambda p: {"low": 0, "high": 1, "share": p},
          lambda x, p: p**x * rest(p) ** (1 - x), conditions=below_one),
    Named("Rademacher", "two_points", (), lambda: {"low": -1, "high": 1, "share": S.Half}, lambda x: S.Half),
)

RATIO = (
    Named("Discrete uniform", "ratio", ("lower", "upper"), lambda a, b: {"z": 1, "upper": (), "lower": (), "at": a, "hi": b},
          lambda k, a, b: 1 / (b - a + 1), real=("lower", "upper")),
    Named("Geometric", "ratio", ("probability",), lambda p: {"z": 1 - p, "upper": (), "lower": (), "last": oo},
          lambda n, p: p * rest(p) ** n, conditions=below_one),
    Named("Truncated geometric", "ratio", ("probability", "last"), lambda p, m: {"z": 1 - p, "upper": (), "lower": (), "last": m},
          lambda n, p, m: p * rest(p) ** n / (1 - rest(p) ** (m + 1)), whole=("last",), conditions=lambda p, m: below_one(p)),
    Named("Poisson", "ratio", ("rate",), lambda r: {"z": r, "upper": (), "lower": (1,), "last": oo},
          lambda n, r: r**n * exp(-r) / gamma(n + 1)),
    Named("Zero-truncated Poisson", "ratio", ("rate",), lambda r: {"z": r, "upper": (), "lower": (2,), "last": oo, "at": 1},
          lambda k, r: r**k / (gamma(k + 1) * (exp(r) - 1))),
    Named("Hyper-Poisson", "ratio", ("rate", "shape"), lambda r, c: {"z": r, "upper": (), "lower": (c,), "last": oo},
          lambda n, r, c: r**n * gamma(c) / (gamma(c + n) * hyper([1], [c], r))),
    Named("Binomial", "ratio", ("trials", "probability"),
          lambda n, p: {"last": n, "odds": p, "upper": (-n,), "lower": (1,)},
          lambda k, n, p: choose(n, k) * p**k * rest(p) ** (n - k), whole=("trials",), conditions=lambda n, p: below_one(p)),
    Named("Zero-truncated binomial", "ratio", ("trials", "probability"),
          lambda n, p: {"at": 1, "last": n - 1, "odds": p, "upper": (1 - n,), "lower": (2,)},
          lambda k, n, p: choose(n, k) * p**k * rest(p) ** (n - k) / (1 - rest(p) ** n), whole=("trials",), conditions=lambda n, p: below_one(p)),
    Named("Logarithmic", "ratio", ("probability",), lambda p: {"z": p, "upper": (1,), "lower": (2,), "last": oo, "at": 1},
          lambda k, p: -(p**k) / (k * log(rest(p))), conditions=below_one),
    Named("Negative binomial", "ratio", ("size", "probability"),
          lambda r, p: {"z": 1 - p, "upper": (r,), "lower": (1,), "last": oo},
          lambda n, r, p: gamma(n + r) / (gamma(r) * gamma(n + 1)) * p**r * rest(p) ** n, conditions=lambda r, p: below_one(p)),
    Named("Zero-truncated negative binomial", "ratio", ("size", "probability"),
          lambda r, p: {"z": 1 - p, "upper": (r + 1,), "lower": (2,), "last": oo, "at": 1},
          lambda k, r, p: gamma(k + r) / (gamma(r) * gamma(k + 1)) * rest(p) ** k / (p**-r - 1), conditions=lambda r, p: below_one(p)),
    Named("Yule–Simon", "ratio", ("shape",), lambda r: {"z": 1, "upper": (1,), "lower": (r + 2,), "last": oo, "at": 1},
          lambda k, r: r * beta_function(k, r + 1)),
    Named("Waring", "ratio", ("first", "second"), lambda a, c: {"z": 1, "upper": (a,), "lower": (a + c + 1,), "last": oo},
          lambda n, a, c: c * gamma(a + c) / gamma(a) * gamma(a + n) / gamma(a + c + n + 1)),
    Named("Hypergeometric", "ratio", ("population", "successes", "draws"),
          lambda m, s, n: {"last": n, "z": 1, "upper": (-n, -s), "lower": (1, m - s - n + 1)},
          lambda k, m, s, n: choose(s, k) * choose(m - s, n - k) / choose(m, n), whole=("population", "successes", "draws"),
          conditions=lambda m, s, n: (s >= n, m >= s + n)),
    Named("Beta-binomial", "ratio", ("trials", "alpha", "beta"),
          lambda n, a, b: {"last": n, "z": 1, "upper": (-n, a), "lower": (1, 1 - n - b)},
          lambda k, n, a, b: choose(n, k) * beta_function(k + a, n - k + b) / beta_function(a, b), whole=("trials",)),
    Named("Beta negative binomial", "ratio", ("size", "alpha", "beta"),
          lambda r, a, b: {"z": 1, "upper": (r, b), "lower": (1, r + a + b), "last": oo},
          lambda n, r, a, b: gamma(r + n) / (gamma(n + 1) * gamma(r)) * beta_function(a + r, b + n) / beta_function(a, b)),
)

OTHERS = (
    Named("Zeta", "falling_power", ("exponent",), lambda s: {"first": 1, "at": 1, "s": s, "last": oo},
          lambda k, s: k**-s / zeta(s), conditions=lambda s: (s > 1,)),
    Named("Discrete Laplace", "integer_bars", ("decay",), lambda b: {"mu": 0, "p": 1, "b": b},
          lambda k, b: tanh(b / 2) * exp(-b * abs(k))),
    Named("Skellam", "integer_bessel", ("first rate", "second rate"), lambda a, b: {"first": a, "second": b},
          lambda k, a, b: exp(-a - b) * (a / b) ** (k / 2) * besseli(k, 2 * (a * b) ** S.Half)),
)

DISCRETE = (*POINTS, *RATIO, *OTHERS)
