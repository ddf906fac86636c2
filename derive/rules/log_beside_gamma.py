"""log(1 + x/h) and log(1 + h/x) beside x^n e^(−bx), by parts: exponential integrals."""

from collections.abc import Iterator

from sympy import Add, Expr, Mul, S, Symbol, digamma, exp, expint, factorial, log

from derive.algebra.reading import linear
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import POSITIVE, Total
from derive.rules.letters import b, x

h = Symbol("h", positive=True)
MOST = 5  # the largest power of x


def over_line(j: int) -> Expr:
    """∫ x^j e^(−bx)/(x + h) dx = (−h)^j e^(bh) E₁(bh) + Σ_(i = 1…j) (i − 1)! (−h)^(j − i) b^(−i)."""
    return (-h) ** j * exp(b * h) * expint(1, b * h) + Add(*(factorial(i - 1) * (-h) ** (j - i) / b**i for i in range(1, j + 1)))


def rising(n: int) -> Expr:
    """∫ x^n e^(−bx) log(1 + x/h) dx, by parts with n!/b^(n+1) e^(−bx) Σ_(j ≤ n) (bx)^j/j!."""
    return (factorial(n) / b ** (n + 1) * Add(*(b**j / factorial(j) * over_line(j) for j in range(n + 1)))).expand()


def log_rising(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    n = size - 1
    return Claim(Total(x**n * exp(-b * x) * log(1 + x / h), x, POSITIVE), rising(n)), ()


def log_falling(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    """log(1 + h/x) = log(1 + x/h) + log h − log x, and ∫ x^n e^(−bx) log x dx = n! (ψ(n + 1) − log b)/b^(n+1)."""
    n = size - 1
    value = rising(n) + factorial(n) / b ** (n + 1) * (log(h * b) - digamma(n + 1))
    return Claim(Total(x**n * exp(-b * x) * log(1 + h / x), x, POSITIVE), value), ()


def log_of_line(total: Total, facts: Facts, falls: bool) -> Iterator[Values]:
    """x^n e^(−bx) log(1 + x/h), or with h/x, for n = 0, …, 5."""
    if total.measure != POSITIVE or not contains(total.body, log) or not contains(total.body, exp):
        return
    factors = Mul.make_args(total.body)
    logs = [f for f in factors if isinstance(f, log)]
    rates = [linear(f.args[0], total.x) for f in factors if isinstance(f, exp)]
    power = Mul(*(f for f in factors if not isinstance(f, (log, exp)))).as_base_exp()
    n = S.Zero if power[0] == 1 else power[1] if power[0] == total.x else None
    if len(logs) != 1 or len(rates) != 1 or rates[0] is None or rates[0][1] != 0 or n is None or not (n.is_Integer and 0 <= n <= MOST):
        return
    line = linear(logs[0].args[0].xreplace({total.x: 1 / total.x}) if falls else logs[0].args[0], total.x)
    if line is not None and line[1] == 1 and (falls or n > 0):
        yield {x: total.x, b: -rates[0][0], h: line[0] if falls else 1 / line[0], SIZE: n + 1}


SOURCE = "By parts and Gradshteyn-Ryzhik 3.353.5; 4.337.5"
LOG_RISING = Rule("log_line_gamma", log_rising(2)[0], kind="cited", schema=log_rising, source=SOURCE,
                  find=lambda total, facts: log_of_line(total, facts, False))  # fmt: skip
LOG_FALLING = Rule("log_reciprocal_gamma", log_falling(2)[0], kind="cited", schema=log_falling, source=SOURCE,
                   find=lambda total, facts: log_of_line(total, facts, True))  # fmt: skip
RULES = (LOG_RISING, LOG_FALLING)
