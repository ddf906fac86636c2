"""The gamma function on a vertical line as a weight: |Γ(a + imx)|² e^(tx), of Meixner and Pollaczek."""

from collections.abc import Iterator

from sympy import Abs, I, Mul, S, Symbol, conjugate, cos, exp, gamma, pi

from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import REALS, Total
from derive.rules.letters import t, x

a, m = (Symbol(name, positive=True) for name in "am")


def on_a_line(total: Total, facts: Facts) -> Iterator[Values]:
    """Γ(a + imx) Γ(a − imx) e^(tx) on the real line, as which |Γ(a + imx)|² e^(tx) is read."""
    if total.measure != REALS or not contains(total.body, gamma):
        return
    factors = Mul.make_args(total.body)
    inner = [e.args[0] for e in factors if isinstance(e, gamma)]
    rest = Mul(*(e for e in factors if not isinstance(e, gamma)))
    slope = rest.args[0] / total.x if isinstance(rest, exp) else S.Zero
    if len(inner) != 2 or conjugate(inner[0]) != inner[1] or slope.has(total.x) or rest != 1 and not isinstance(rest, exp):
        return
    height, width = inner[0].as_real_imag()
    rate = Abs((width / total.x).cancel())
    if not height.has(total.x) and not rate.has(total.x):
        yield {x: total.x, a: height, m: rate, t: slope}


GAMMAS_ON_A_LINE = Rule(
    "gammas_on_a_line",
    Claim(
        Total(gamma(a + I * m * x) * gamma(a - I * m * x) * exp(t * x), x, REALS),
        2 * pi * gamma(2 * a) / (m * (2 * cos(t / (2 * m))) ** (2 * a)),
        given=(pi * m - t > 0, pi * m + t > 0),
    ),
    kind="cited",
    find=on_a_line,
    source="DLMF 18.19.8, 18.19.9 (Meixner, Pollaczek) with n = 0",
)
RULES = (GAMMAS_ON_A_LINE,)
