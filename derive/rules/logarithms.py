"""Logarithms under the beta integral, on the unit interval, the half line and a quarter turn; differences of digamma functions."""

from collections.abc import Iterator

from sympy import Add, Expr, Mul, S, Symbol, beta, cos, digamma, exp, log, pi, polygamma, sin

from derive.algebra.reading import linear, power_of, read
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import contains
from derive.language.totals import POSITIVE, UNIT, Lebesgue, Total
from derive.rules.bose import over_exponentials
from derive.rules.letters import b, s, x
from derive.rules.shapes import monomial

a, q = (Symbol(name, positive=True) for name in "aq")
h = Symbol("h", positive=True)


def log_moment(order: int) -> Expr:
    """∫₀¹ (−log u)^n u^(s−1) (1 − u)^(q−1) du for n = 1, 2: the derivatives of B(s, q) in s."""
    first = digamma(s + q) - digamma(s)
    return beta(s, q) * (first if order == 1 else first**2 + polygamma(1, s) - polygamma(1, s + q))


def split_log(body: Expr, x: Symbol) -> tuple[Expr, int, Expr] | None:
    """(u, n, the rest) where the kernel is (−log u)^n times the rest, n = 1 or 2."""
    logs = [t for t in Mul.make_args(body) if isinstance(t.as_base_exp()[0], log) and t.has(x)]
    if len(logs) != 1 or logs[0].as_base_exp()[1] not in (1, 2):
        return None
    base, n = logs[0].as_base_exp()
    return base.args[0], int(n), body / logs[0] * S.NegativeOne ** int(n)


def on_unit(total: Total, facts: Facts, order: int) -> Iterator[Values]:
    """(−log x)^n x^(s−1) (1 − x)^(q−1) on (0, 1)."""
    found = split_log(total.body, total.x) if total.measure == UNIT and contains(total.body, log) else None
    if found is None or found[0] != total.x or found[1] != order:
        return
    form = read(found[2], total.x, facts.within(total.x, UNIT))
    if form is not None and form.coefficient == 1 and not form.exps and set(form.powers) <= {total.x, 1 - total.x}:
        yield {x: total.x, s: form.powers.get(total.x, S.Zero) + 1, q: form.powers.get(1 - total.x, S.Zero) + 1}


def on_half_line(total: Total, facts: Facts, order: int) -> Iterator[Values]:
    """x^n e^(−(s+q−1)bx) (e^(bx) − 1)^(q−1) on the half line: the same with u = e^(−bx)."""
    found = over_exponentials(total, facts) if total.measure == POSITIVE else None
    if found is None or len(found[2]) != 1 or found[0] != order:
        return
    _, rate, (((b_, m_, z_), n_),) = found
    if (m_, z_) == (1, 1):
        yield {x: total.x, b: b_, q: n_ + 1, s: rate / b_ - n_}


def on_quarter(total: Total, facts: Facts, order: int, wave: type) -> Iterator[Values]:
    """(−log sin ax)^n sin(ax)^(2s−1) cos(ax)^(2q−1) on a quarter turn, or with sine and cosine exchanged."""
    m = total.measure
    found = split_log(total.body, total.x) if isinstance(m, Lebesgue) and m.lo == 0 and contains(total.body, log) else None
    if found is None or found[0].func is not wave or found[1] != order:
        return
    angle: Expr = found[0].args[0]
    scale = monomial(angle, total.x, facts.within(total.x, m))
    other = (cos if wave is sin else sin)(angle)
    form = read(found[2], total.x, facts.within(total.x, m)) if scale is not None and scale[1] == 1 else None
    if scale is None or form is None or form.coefficient != 1 or form.exps or not set(form.powers) <= {found[0], other}:
        return
    if m.hi * scale[0] == pi / 2:
        yield {x: total.x, a: scale[0], s: (form.powers.get(found[0], S.Zero) + 1) / 2, q: (form.powers.get(other, S.Zero) + 1) / 2}


def quarter_rule(name: str, order: int, wave: type, source: str) -> Rule:
    one, other = (sin(a * x), cos(a * x)) if wave is sin else (cos(a * x), sin(a * x))
    body = (-log(one)) ** order * one ** (2 * s - 1) * other ** (2 * q - 1)
    return Rule(
        name,
        Claim(Total(body, x, Lebesgue(0, pi / (2 * a))), log_moment(order) / (2 ** (order + 1) * a)),
        kind="lemma",
        find=lambda total, facts: on_quarter(total, facts, order, wave),
        source=source,
    )


def beta_rules(order: int, name: str, source: str) -> tuple[Rule, Rule]:
    """The two forms without sines."""
    return (
        Rule(
            name,
            Claim(Total((-log(x)) ** order * x ** (s - 1) * (1 - x) ** (q - 1), x, UNIT), log_moment(order)),
            kind="cited",
            find=lambda total, facts: on_unit(total, facts, order),
            source=source,
        ),
        Rule(
            f"{name}_of_exponentials",
            Claim(
                Total(x**order * exp(-b * (s + q - 1) * x) * (exp(b * x) - 1) ** (q - 1), x, POSITIVE),
                log_moment(order) / b ** (order + 1),
            ),
            kind="lemma",
            find=lambda total, facts: on_half_line(total, facts, order),
            source=f"{source}, u = e^(−bx)",
        ),
    )


LOG_BETA, LOG_BETA_EXP = beta_rules(1, "log_under_beta", "Gradshteyn-Ryzhik 4.253.1: B(s, q) differentiated in s")
LOG_BETA_SQUARED, LOG_BETA_SQUARED_EXP = beta_rules(2, "log_squared_under_beta", "Gradshteyn-Ryzhik 4.261.21: B(s, q) differentiated twice in s")
LOG_SINE = quarter_rule("log_of_sine", 1, sin, "Gradshteyn-Ryzhik 4.253.1, u = sin²(ax)")
LOG_COSINE = quarter_rule("log_of_cosine", 1, cos, "Gradshteyn-Ryzhik 4.253.1, u = cos²(ax)")
LOG_SINE_SQUARED = quarter_rule("log_of_sine_squared", 2, sin, "Gradshteyn-Ryzhik 4.261.21, u = sin²(ax)")
LOG_COSINE_SQUARED = quarter_rule("log_of_cosine_squared", 2, cos, "Gradshteyn-Ryzhik 4.261.21, u = cos²(ax)")


def log_over_difference(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ap − 1) log x/(x^a − 1) on the half line."""
    found = split_log(total.body, total.x) if total.measure == POSITIVE and contains(total.body, log) else None
    if found is None or found[0] != total.x or found[1] != 1:
        return
    plain = Mul(*(t for t in Mul.make_args(total.body) if not isinstance(t, log)))
    below = [t.as_base_exp()[0] for t in Mul.make_args(plain) if isinstance(t.as_base_exp()[0], Add) and t.has(total.x)]
    power = power_of(below[0] + 1, total.x) if len(below) == 1 else None
    form = read(plain * below[0], total.x, facts.within(total.x, POSITIVE)) if power is not None else None
    if form is not None and form.coefficient == 1 and not form.exps and set(form.powers) <= {total.x}:
        yield {x: total.x, a: power, s: (form.powers.get(total.x, S.Zero) + 1) / power}


LOG_OVER_DIFFERENCE = Rule(
    "log_over_difference",
    Claim(Total(x ** (a * s - 1) * log(x) / (x**a - 1), x, POSITIVE), (pi / (a * sin(pi * s))) ** 2, given=(s < 1,)),
    kind="cited",
    find=log_over_difference,
    source="Gradshteyn-Ryzhik 4.251.2 and 4.254.2",
)


def two_exponentials(total: Total, facts: Facts) -> Iterator[Values]:
    """(e^(−sx) − e^(−qx))/(1 − e^(−hx)) on the half line."""
    top = [t for t in Mul.make_args(total.body) if isinstance(t, Add)] if total.measure == POSITIVE else []
    if len(top) != 1 or len(top[0].args) != 2:
        return
    rates = {}
    for term in top[0].args:
        c, rest = term.as_coeff_Mul()
        parts = linear(rest.args[0], total.x) if isinstance(rest, exp) else None
        if parts is not None and parts[1] == 0:
            rates[c] = -parts[0]
    if set(rates) != {1, -1}:
        return
    below = top[0] / total.body
    found = linear((1 - below).args[0], total.x) if isinstance(1 - below, exp) else None
    if found is not None and found[1] == 0:
        yield {x: total.x, s: rates[S.One], q: rates[S.NegativeOne], h: -found[0]}


DIGAMMA_GAP = Rule(
    "digamma_of_exponentials",
    Claim(
        Total((exp(-s * x) - exp(-q * x)) / (1 - exp(-h * x)), x, POSITIVE),
        (digamma(q / h) - digamma(s / h)) / h,
        given=(q - s >= 0,),
    ),
    kind="lemma",
    find=two_exponentials,
    source="Gradshteyn-Ryzhik 3.311.7; DLMF 5.9.12",
)


def two_powers(total: Total, facts: Facts) -> Iterator[Values]:
    """(x^(s−1) − x^(q−1))/(1 − x) on (0, 1)."""
    if total.measure != UNIT or 1 / (1 - total.x) not in Mul.make_args(total.body):
        return
    top = (total.body * (1 - total.x)).expand() if not contains(total.body, exp, log) else S.Zero
    powers = {}
    for term in Add.make_args(top):
        c, rest = term.as_coeff_Mul()
        form = read(rest, total.x, facts.within(total.x, UNIT))
        if form is None or form.coefficient != 1 or form.exps or set(form.powers) != {total.x}:
            return
        powers[c] = form.powers[total.x]
    if len(Add.make_args(top)) == 2 and set(powers) == {1, -1}:
        yield {x: total.x, s: powers[S.One] + 1, q: powers[S.NegativeOne] + 1}


DIGAMMA_GAP_UNIT = Rule(
    "digamma_of_powers",
    Claim(Total((x ** (s - 1) - x ** (q - 1)) / (1 - x), x, UNIT), digamma(q) - digamma(s), given=(q - s >= 0,)),
    kind="cited",
    find=two_powers,
    source="Gradshteyn-Ryzhik 3.231.5; DLMF 5.9.16",
)
