"""Bose, Fermi, Planck and Debye: powers over exponentials plus or minus a constant, and over hyperbolic functions."""

from collections.abc import Callable, Iterator
from functools import partial

from sympy import Abs, Add, Expr, Ne, S, Symbol, dirichlet_eta, exp, factorial, gamma, lerchphi, oo, zeta

from derive.algebra.reading import power_of, read
from derive.algebra.signs import Facts
from derive.language.claims import SIZE, Claim, Rule, Values
from derive.language.parts import li
from derive.language.totals import POSITIVE, Lebesgue, Total
from derive.rules.letters import b, s, x
from derive.rules.shapes import shape_of

m = Symbol("m", real=True, nonzero=True)
z, e = (Symbol(name, real=True) for name in "ze")
a, h = (Symbol(name, positive=True) for name in "ah")

Exponential = tuple[Expr, Expr, Expr]  # (rate, power, ζ) of e^(rate·x^power) − ζ


def shifted_exponential(base: Expr, variable: Symbol, facts: Facts, monic: bool = True) -> Exponential | None:
    """(b, m, ζ) where the base is e^(b x^m) − ζ, or a multiple of it."""
    if not isinstance(base, Add) or len(base.args) != 2:
        return None
    constant, rest = base.as_independent(variable, as_Add=True)
    form = read(rest, variable, facts)
    if constant == 0 or form is None or form.powers or monic and form.coefficient != 1 or len(form.exps) != 1:
        return None
    ((statistic, rate),) = form.exps.items()
    power = power_of(statistic, variable)
    return None if power is None else (rate, power, -constant / form.coefficient)


def over_exponentials(total: Total, facts: Facts) -> tuple[Expr, Expr, list[tuple[Exponential, Expr]]] | None:
    """(power of x, rate k of e^(−k x^m), the factors (e^(b x^m) − ζ)^n); None where the kernel is no such product."""
    shape = shape_of(total, facts) if isinstance(total.measure, Lebesgue) else None
    if shape is None or not shape.rest or len(shape.exps) > 1:
        return None
    factors = [(shifted_exponential(base, total.x, shape.facts), n) for base, n in shape.rest.items()]
    found = brought_together([(part, n) for part, n in factors if part is not None])
    if any(part is None for part, _ in factors) or len({part[1] for part, _ in found}) != 1:
        return None
    power = found[0][0][1]
    if not set(shape.exps) <= {total.x**power}:
        return None
    return shape.power, -shape.exps.get(total.x**power, S.Zero), found


def brought_together(factors: list[tuple[Exponential, Expr]]) -> list[tuple[Exponential, Expr]]:
    """(e^(bx) − 1)^n (e^(bx) + 1)^n as (e^(2bx) − 1)^n: the normal form takes it apart."""
    if len(factors) == 2 and factors[0][1] == factors[1][1]:
        (rate, power, z1), (other, same, z2) = factors[0][0], factors[1][0]
        if (rate, power, z1) == (other, same, -z2):
            return [((2 * rate, power, z1**2), factors[0][1])]
    return factors


def one_factor(total: Total, facts: Facts, exponent: int) -> Iterator[Values]:
    """x^(ms − 1) e^(−e x^m) (e^(b x^m) − z)^exponent."""
    found = over_exponentials(total, facts)
    if found is not None and len(found[2]) == 1 and found[2][0][1] == exponent:
        power, rate, (((b_, m_, z_), _),) = found
        yield {x: total.x, m: m_, s: (power + 1) / m_, b: b_, z: z_, e: rate}


def over(total: Total, facts: Facts, n: int, known: Values) -> Iterator[Values]:
    """x^(ms − 1) e^(−b (a − n) x^m)/(e^(b x^m) − z)^n on the half line; where z and a have known values, these are left out."""
    for values in one_factor(total, facts, -n) if total.measure == POSITIVE else ():
        tilt = known.get(a)
        if known.get(z, values[z]) == values[z] and (tilt is None or values[e] == (tilt - n) * values[b]):
            tilted = {**values, a: values[e] / values[b] + n}
            yield {letter: value for letter, value in tilted.items() if letter != e and letter not in known}


def mellin(name: str, kernel: Expr, value: Expr, source: str, find: Callable[[Total, Facts], Iterator[Values]], given: tuple = (), kind: str = "lemma"
           ) -> Rule:  # fmt: skip
    """∫₀^∞ x^(ms−1) K(b x^m) dx = V(s) Γ(s)/(|m| b^s): the book's formula is that of m = b = 1."""
    return Rule(name, Claim(Total(x ** (m * s - 1) * kernel, x, POSITIVE), value * gamma(s) / (Abs(m) * b**s), given=given), kind=kind,
                find=find, source=source)  # fmt: skip


U = b * x**m
BOSE, FERMI = {z: S.One}, {z: S.NegativeOne}

BOSE_INTEGRAL = mellin("bose_integral", 1 / (exp(U) - 1), zeta(s), "DLMF 25.5.1",
                       partial(over, n=1, known={**BOSE, a: S.One}), (s > 1,))  # fmt: skip
FERMI_INTEGRAL = mellin("fermi_integral", 1 / (exp(U) + 1), dirichlet_eta(s), "DLMF 25.5.3",
                        partial(over, n=1, known={**FERMI, a: S.One}))  # fmt: skip
POLYLOG_INTEGRAL = mellin("polylog_integral", 1 / (exp(U) - z), li(s, z) / z, "DLMF 25.12.11",
                          partial(over, n=1, known={a: S.One}), (z < 1, Ne(z, 0)), kind="cited")  # fmt: skip
LERCH_INTEGRAL = mellin("lerch_integral", exp(-U * (a - 1)) / (exp(U) - z), lerchphi(z, s, a), "DLMF 25.14.5",
                        partial(over, n=1, known={}), (z < 1,), kind="cited")  # fmt: skip
HURWITZ_INTEGRAL = mellin("hurwitz_integral", exp(-U * (a - 1)) / (exp(U) - 1), zeta(s, a), "DLMF 25.11.25",
                          partial(over, n=1, known=BOSE), (s > 1,))  # fmt: skip


def weighted(total: Total, facts: Facts, sign: int) -> Iterator[Values]:
    """x^(ms − 1)/(h e^(b x^m) + sign) with h ≠ 1, as e^(x + c) + 1 is."""
    shape = shape_of(total, facts) if total.measure == POSITIVE else None
    if shape is None or shape.exps or len(shape.rest) != 1:
        return
    ((base, n),) = shape.rest.items()
    found = shifted_exponential(base, total.x, shape.facts, monic=False) if n == -1 and base.has(exp) else None
    if found is not None and base.as_independent(total.x, as_Add=True)[0] == sign and -sign / found[2] != 1:
        yield {x: total.x, b: found[0], m: found[1], s: (shape.power + 1) / found[1], h: -sign / found[2]}


FERMI_WEIGHTED = mellin("fermi_integral_with_weight", 1 / (h * exp(U) + 1), -li(s, -1 / h), "DLMF 25.12.14",
                        partial(weighted, sign=1), kind="cited")  # fmt: skip
BOSE_WEIGHTED = mellin("bose_integral_with_weight", 1 / (h * exp(U) - 1), li(s, 1 / h), "DLMF 25.12.11",
                       partial(weighted, sign=-1), (h > 1,), kind="cited")  # fmt: skip

# Squares of the denominator, as in the derivative of the Bose and Fermi functions and in 1/sinh² and 1/cosh².
BOSE_SQUARED = mellin("bose_squared_integral", exp(U) / (exp(U) - 1) ** 2, zeta(s - 1), "DLMF 25.5.2, Gradshteyn-Ryzhik 3.527.1",
                      partial(over, n=2, known={**BOSE, a: S.One}), (s > 2,))  # fmt: skip
FERMI_SQUARED = mellin("fermi_squared_integral", exp(U) / (exp(U) + 1) ** 2, dirichlet_eta(s - 1), "DLMF 25.5.4, Gradshteyn-Ryzhik 3.527.3",
                       partial(over, n=2, known={**FERMI, a: S.One}))  # fmt: skip
POLYLOG_SQUARED = mellin("polylog_squared_integral", exp(U) / (exp(U) - z) ** 2, li(s - 1, z) / z, "DLMF 25.12.11 differentiated",
                         partial(over, n=2, known={a: S.One}), (z < 1, Ne(z, 0)), kind="cited")  # fmt: skip
BOSE_PLAIN_SQUARE = mellin("bose_plain_square", 1 / (exp(U) - 1) ** 2, zeta(s - 1) - zeta(s), "Gradshteyn-Ryzhik 3.423.1",
                           partial(over, n=2, known={**BOSE, a: S(2)}), (s > 2,), kind="cited")  # fmt: skip
FERMI_PLAIN_SQUARE = mellin("fermi_plain_square", 1 / (exp(U) + 1) ** 2, dirichlet_eta(s) - dirichlet_eta(s - 1), "Gradshteyn-Ryzhik 3.423.3",
                            partial(over, n=2, known={**FERMI, a: S(2)}), kind="cited")  # fmt: skip
HURWITZ_SQUARE = mellin("hurwitz_square_integral", exp(-U * (a - 2)) / (exp(U) - 1) ** 2, zeta(s - 1, a) + (1 - a) * zeta(s, a),
                        "Gradshteyn-Ryzhik 3.423.4", partial(over, n=2, known=BOSE), (s > 2,), kind="cited")  # fmt: skip


def over_sinh(total: Total, facts: Facts) -> Iterator[Values]:
    """x^(ms − 1) e^(b x^m)/(e^(2b x^m) − 1)."""
    for values in over(total, facts, 1, {**BOSE, a: S.Half}):
        yield {**values, b: values[b] / 2}


SINH_INTEGRAL = mellin("sinh_integral", exp(U) / (exp(2 * U) - 1), (1 - 2 ** (-s)) * zeta(s), "DLMF 25.5.8, Gradshteyn-Ryzhik 3.523.1",
                       over_sinh, (s > 1,))  # fmt: skip


def tail_terms(n: int, fugacity: Expr, point: Expr) -> Expr:
    """Σ n!/(n − k)! t^(n−k) Li_(k+1)(ζ e^(−bt))/b^(k+1): the integral of x^n/(e^(bx)/ζ − 1) beyond t."""
    return Add(
        *(
            factorial(n) / factorial(n - k) * point ** (n - k) * li(k + 1, fugacity * exp(-b * point)) / b ** (k + 1)
            for k in range(n + 1)
        )
    )


def bose_tail(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    n = size - 1
    return Claim(Total(x**n / (exp(b * x) - z), x, Lebesgue(h, oo)), tail_terms(n, z, h) / z, given=(z <= 1, Ne(z, 0))), ()


def debye(size: int) -> tuple[Claim, tuple[Claim, ...]]:
    n = size
    head = factorial(n) * li(n + 1, z) / b ** (n + 1)
    return Claim(
        Total(x**n / (exp(b * x) - z), x, Lebesgue(0, h)), (head - tail_terms(n, z, h)) / z, given=(z <= 1, Ne(z, 0))
    ), ()


def truncated(total: Total, facts: Facts, below: bool) -> Iterator[Values]:
    """x^n/(e^(bx) − z) on (0, h), or beyond h."""
    measure = total.measure
    if not isinstance(measure, Lebesgue) or (measure.lo != 0 if below else measure.hi != oo or measure.lo == 0):
        return
    for values in one_factor(total, facts, -1):
        n = values[s] - 1
        if values[m] == 1 and values[e] == 0 and n.is_Integer and int(below) <= n <= 6:
            yield {x: total.x, b: values[b], z: values[z], h: measure.hi if below else measure.lo, SIZE: n + int(not below)}


BOSE_TAIL = Rule(
    "bose_tail",
    bose_tail(2)[0],
    kind="cited",
    schema=bose_tail,
    find=lambda total, facts: truncated(total, facts, False),
    source="termwise from the geometric series in e^(−bx); DLMF 25.12.10",
)
DEBYE_INTEGRAL = Rule(
    "debye_integral",
    debye(2)[0],
    kind="cited",
    schema=debye,
    find=lambda total, facts: truncated(total, facts, True),
    source="termwise from the geometric series in e^(−bx); DLMF 25.12.10",
)
