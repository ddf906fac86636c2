"""Powers of a logarithm over 1 ± x^p + x^(2p) on the unit interval: Hurwitz's zeta function at thirds and sixths."""

from collections.abc import Iterator

from sympy import Expr, Mul, Pow, S, Symbol, gamma, log, zeta

from derive.algebra.reading import read
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.totals import UNIT, Total
from derive.rules.letters import p, s, x
from derive.rules.shapes import heads

q = Symbol("q", positive=True)


def log_over_trinomial(total: Total, facts: Facts, sign: int) -> Iterator[Values]:
    """(−log x)^q · x^(s−1)/(1 + sign x^p + x^(2p))."""
    factors = Mul.make_args(total.body) if total.measure == UNIT else ()
    below = [f.base for f in factors if isinstance(f, Pow) and f.exp == -1 and f.base.is_Add]
    power = middle_power(below[0], total.x, sign) if len(below) == 1 and heads(total.body) == {log} else None
    logs = [f.as_base_exp() for f in factors if f.has(log)]
    if power is None or len(logs) != 1 or logs[0][0] not in (log(total.x), -log(total.x)):
        return
    wave, n = logs[0]
    turn = S.NegativeOne**n if wave == log(total.x) else S.One
    form = read(total.body * below[0] / wave**n * turn, total.x, facts.within(total.x, UNIT))
    if form is not None and form.coefficient == 1 and not form.exps and set(form.powers) <= {total.x}:
        yield {x: total.x, p: power, q: n, s: form.powers.get(total.x, S.Zero) + 1}


def middle_power(below: Expr, v: Symbol, sign: int) -> Expr | None:
    """p where the sum is 1 + sign v^p + v^(2p)."""
    powers = [(sign * term).as_base_exp()[1] for term in below.args if (sign * term).as_base_exp()[0] == v]
    return next((n for n in powers if below == 1 + sign * v**n + v ** (2 * n)), None)


def hurwitz(k: int, parts: int) -> Expr:
    return zeta(q + 1, (s / p + k) / parts)


UNDER_LOG = (-log(x)) ** q * x ** (s - 1)
LOG_OVER_PLUS = Rule(
    "log_over_trinomial_plus",
    Claim(Total(UNDER_LOG / (1 + x**p + x ** (2 * p)), x, UNIT), gamma(q + 1) / (3 * p) ** (q + 1) * (hurwitz(0, 3) - hurwitz(1, 3))),
    kind="cited",
    find=lambda total, facts: log_over_trinomial(total, facts, 1),
    source="Gradshteyn-Ryzhik 4.233.1, 4.261.3: 1 + u + u² = (1 − u³)/(1 − u)",
)
LOG_OVER_MINUS = Rule(
    "log_over_trinomial_minus",
    Claim(Total(UNDER_LOG / (1 - x**p + x ** (2 * p)), x, UNIT),
          gamma(q + 1) / (6 * p) ** (q + 1) * (hurwitz(0, 6) - hurwitz(3, 6) + hurwitz(1, 6) - hurwitz(4, 6))),
    kind="cited",
    find=lambda total, facts: log_over_trinomial(total, facts, -1),
    source="Gradshteyn-Ryzhik 4.233.2, 4.261.2: 1 − u + u² = (1 + u³)/(1 + u)",
)  # fmt: skip
RULES = (LOG_OVER_PLUS, LOG_OVER_MINUS)
