"""Euler's beta integral in its two forms, and what reduces to them."""

from collections.abc import Iterator

from sympy import Add, Mul, Ne, S, Symbol, beta, factorial, gamma, pi, sin

from derive.algebra.equality import equal
from derive.algebra.monomials import label
from derive.algebra.reading import Form, binomial_base, linear, read
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Values
from derive.language.parts import every
from derive.language.totals import POSITIVE, UNIT, Lebesgue, Total
from derive.rules.letters import end as hi
from derive.rules.letters import p, s, x
from derive.rules.letters import start as lo

q, d, e = (Symbol(name, positive=True) for name in "qde")


def form_on(total: Total, facts: Facts) -> Form | None:
    form = read(total.body, total.x, facts.within(total.x, total.measure))
    return form if form is not None and not form.exps and form.powers else None


def two_ended(total: Total, facts: Facts) -> Iterator[Values]:
    """(x − lo)^(s−1) (hi − x)^(q−1) on (lo, hi)."""
    m = total.measure
    form = form_on(total, facts) if isinstance(m, Lebesgue) and m.lo.is_finite and m.hi.is_finite else None
    if form is None or form.coefficient != 1 or len(form.powers) > 2:
        return
    exponents = {m.lo: 1, m.hi: 1}
    for base, n in form.powers.items():
        found = linear(base, total.x)
        root = -found[1] / found[0] if found else None
        if root not in exponents:
            return
        exponents[root] = n + 1
    yield {x: total.x, lo: m.lo, hi: m.hi, s: exponents[m.lo], q: exponents[m.hi]}


def on_unit_interval(total: Total, facts: Facts) -> Iterator[Values]:
    for values in two_ended(total, facts):
        if values[lo] == 0 and values[hi] == 1:
            yield {x: values[x], s: values[s], q: values[q]}


BETA_DEFINITION = Rule("beta_definition", Claim(
    Total(x ** (s - 1) * (1 - x) ** (q - 1), x, Lebesgue(0, 1)), beta(s, q)), kind="definition",
    find=on_unit_interval, source="DLMF 5.12.1")  # fmt: skip
BETA_INTEGRAL = Rule("beta_integral", Claim(
    Total((x - lo) ** (s - 1) * (hi - x) ** (q - 1), x, Lebesgue(lo, hi)), (hi - lo) ** (s + q - 1) * beta(s, q), given=(hi > lo,)),
    kind="lemma", find=two_ended, source="DLMF 5.12.1, u = (x − lo)/(hi − lo)")  # fmt: skip


def beta_prime_kernel(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(s−1) (d + e x^p)^(−q) on the half line."""
    form = form_on(total, facts) if total.measure == POSITIVE else None
    sums = [base for base in form.powers if isinstance(base, Add)] if form else []
    if form is None or len(sums) != 1 or not set(form.powers) <= {total.x, sums[0]}:
        return
    for base in sorted((a for a in every(total.body, Add) if a.has(total.x)), key=label) + sums:  # as it stands, before its normal form
        found, q_ = binomial_base(base, total.x), -form.powers[sums[0]]
        shape = form.powers.get(total.x, S.Zero) + 1
        if found is not None and facts.positive(found[2]) and equal(total.x ** (shape - 1) * base ** (-q_), total.body, facts):
            yield {x: total.x, s: shape, d: found[0], e: found[1], p: found[2], q: q_}
            return


def plain_beta_prime(total: Total, facts: Facts) -> Iterator[Values]:
    for values in beta_prime_kernel(total, facts):
        if values[d] == values[e] == values[p] == 1:
            yield {x: values[x], s: values[s], q: values[q] - values[s]}


BETA_ON_HALF_LINE = Rule("beta_on_half_line", Claim(
    Total(x ** (s - 1) * (1 + x) ** (-s - q), x, POSITIVE), beta(s, q)), kind="lemma", find=plain_beta_prime,
    source="DLMF 5.12.3")  # fmt: skip
BETA_PRIME_INTEGRAL = Rule("beta_prime_integral", Claim(
    Total(x ** (s - 1) * (d + e * x**p) ** (-q), x, POSITIVE), d ** (s / p - q) * e ** (-s / p) * beta(s / p, q - s / p) / p,
    given=(q - s / p > 0,)), kind="lemma", find=beta_prime_kernel, source="DLMF 5.12.3, u = e x^p/d")  # fmt: skip


def both_halves(total: Total, facts: Facts) -> Iterator[Values]:
    """(x^(s−1) + x^(q−1)) (1 + x)^(−s−q) on (0, 1)."""
    outer = [f for f in Mul.make_args(total.body) if f.as_base_exp()[0] == 1 + total.x] if total.measure == UNIT else []
    tops = Add.make_args(Mul(*(f for f in Mul.make_args(total.body) if f not in outer))) if len(outer) == 1 else ()
    powers = [top.as_base_exp()[1] + 1 if top.has(total.x) else S.One for top in tops if top == 1 or top.as_base_exp()[0] == total.x]
    if len(powers) == len(tops) == 2 and equal(Add(*powers), -outer[0].as_base_exp()[1], facts):
        yield {x: total.x, s: powers[0], q: powers[1]}


BETA_OF_HALVES = Rule("beta_of_two_halves", Claim(
    Total((x ** (s - 1) + x ** (q - 1)) * (1 + x) ** (-s - q), x, UNIT), beta(s, q)), kind="cited", find=both_halves,
    source="Gradshteyn-Ryzhik 3.216.1: DLMF 5.12.3 with x → 1/x beyond 1")  # fmt: skip
BETA_REFLECTION = Rule("beta_reflection", Claim(beta(s, 1 - s), pi / sin(pi * s), given=(s < 1,)), kind="cited", source="DLMF 5.12.1, 5.5.3")


def reflected(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    """B(s, n − s) for a whole n: Γ(n − s) = (n − 1 − s) … (1 − s) Γ(1 − s)."""
    n = size
    product = Mul(*(i - s for i in range(1, n)))
    return Claim(beta(s, n - s), pi / sin(pi * s) * product / factorial(n - 1), given=(s < n, Ne(sin(pi * s), 0))), ()


BETA_REFLECTED = Rule("beta_reflection_of_sum", reflected(2)[0], kind="cited", schema=reflected, source="DLMF 5.12.1, 5.5.1, 5.5.3")
BETA_GAMMA = Rule("beta_gamma", Claim(beta(s, q), gamma(s) * gamma(q) / gamma(s + q)), kind="lemma", source="DLMF 5.12.1")
