"""Sums with a cosine of the index: over geometric, exponential and logarithmic weights, over k² and k⁴, finite ranges, roots of unity."""

from collections.abc import Callable, Iterator

from sympy import Abs, Expr, Ne, S, Symbol, cos, exp, expand, factorial, log, oo, pi, sin, zeta

from derive.algebra.reading import linear, read
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Same, Values
from derive.language.parts import contains, every
from derive.language.totals import NATURALS, Counting, Measure, Total
from derive.rules.letters import A, f, k
from derive.rules.values import function

c, e, t = (Symbol(name, real=True) for name in "cet")
z = Symbol("z", positive=True)
n = Symbol("n", integer=True, positive=True)
m = Symbol("m", integer=True, positive=True)
lo, hi = (Symbol(name, integer=True) for name in ("lo", "hi"))
INTEGERS, FROM_ONE = Counting(-oo, oo), Counting(1, oo)


def wave_parts(body: Expr, x: Symbol, power: int) -> tuple[Expr, Expr, Expr] | None:
    """(A, B, t) with body = A + B cos(tx)^power, where x stands in no other sine or cosine; sin² counts as 1 − cos²."""
    if not body.has(cos, sin):
        return None
    plain = expand(body.replace(lambda q: q.is_Pow and isinstance(q.base, sin) and q.exp == 2, lambda q: 1 - cos(q.base.args[0]) ** 2))
    waves = [wave for wave in plain.atoms(cos, sin) if wave.has(x)]
    parts = linear(waves[0].args[0], x) if len(waves) == 1 and isinstance(waves[0], cos) else None
    if parts is None or parts[1] != 0:
        return None
    factor = plain.coeff(waves[0], power)
    rest = expand(plain - factor * waves[0] ** power)
    return None if factor == 0 or rest.has(waves[0]) else (rest, factor, parts[0])


def weighted(total: Total, facts: Facts, power: int, weight: Expr) -> Iterator[Values]:
    """(c + e cos(tk)^power) z^k times a weight."""
    found = wave_parts(total.body / weight.xreplace({k: total.x}), total.x, power)
    if found is None:
        return
    inside, statistic = facts.within(total.x, total.measure), Abs(total.x) if total.measure == INTEGERS else total.x
    forms = [read(part, total.x, inside) for part in found[:2] if part != 0]
    if any(form is None or form.powers or not set(form.exps) <= {statistic} for form in forms):
        return
    rates = {form.exps.get(statistic, S.Zero) for form in forms if form is not None}
    sizes = [S.Zero] * (2 - len(forms)) + [form.coefficient for form in forms if form is not None]
    if len(rates) == 1:
        yield {k: total.x, c: sizes[0], e: sizes[1], t: found[2], z: exp(rates.pop())}


def wave_rules(name: str, measure: Measure, weight: Expr, power: Expr, plain: Expr, value: Callable[[Expr], Expr], source: str,
               given: tuple) -> tuple[Rule, Rule]:  # fmt: skip
    """c + e cos(tk), and c + e cos²(tk) by the double angle; `plain` is the sum of the weights, `value` that with cos(tk)."""
    body = weight * z**power
    made = []
    for n_, ending, right in ((1, "", c * plain + e * value(t)), (2, "_squared", (c + e / 2) * plain + e / 2 * value(2 * t))):
        made.append(
            Rule(
                f"cosine_{name}{ending}",
                Claim(Total((c + e * cos(t * k) ** n_) * body, k, measure), right, given=given),
                kind="lemma" if n_ == 2 else "cited",
                find=lambda total, facts, n_=n_: weighted(total, facts, n_, weight) if total.measure == measure else iter(()),
                source=source,
            )
        )
    return made[0], made[1]


GEOMETRIC, GEOMETRIC_SQUARED = wave_rules(
    "geometric_series",
    NATURALS,
    S.One,
    k,
    1 / (1 - z),
    lambda angle: (1 - z * cos(angle)) / (1 - 2 * z * cos(angle) + z**2),
    "Gradshteyn-Ryzhik 1.447.2",
    (z < 1,),
)
POISSON, POISSON_SQUARED = wave_rules(
    "poisson_kernel",
    INTEGERS,
    S.One,
    Abs(k),
    (1 + z) / (1 - z),
    lambda angle: (1 - z**2) / (1 - 2 * z * cos(angle) + z**2),
    "DLMF 1.15.12 (Poisson kernel); Gradshteyn-Ryzhik 1.447.3",
    (z < 1,),
)
EXPONENTIAL, EXPONENTIAL_SQUARED = wave_rules(
    "exponential_series",
    NATURALS,
    1 / factorial(k),
    k,
    exp(z),
    lambda angle: exp(z * cos(angle)) * cos(z * sin(angle)),
    "Gradshteyn-Ryzhik 1.449.2",
    (),
)
LOGARITHMIC, LOGARITHMIC_SQUARED = wave_rules(
    "logarithmic_series",
    FROM_ONE,
    1 / k,
    k,
    -log(1 - z),
    lambda angle: -log(1 - 2 * z * cos(angle) + z**2) / 2,
    "Gradshteyn-Ryzhik 1.448.2",
    (z < 1,),
)


def finite_wave(total: Total, facts: Facts, power: int) -> Iterator[Values]:
    """c + e cos(tk)^power from 0 to n."""
    measure = total.measure
    found = wave_parts(total.body, total.x, power) if isinstance(measure, Counting) and measure.lo == 0 and measure.hi is not oo else None
    if found is not None and not found[0].has(total.x) and not found[1].has(total.x):
        yield {k: total.x, c: found[0], e: found[1], t: found[2], n: measure.hi}


def roots_of_unity(total: Total, facts: Facts, power: int) -> Iterator[Values]:
    """c + e cos(2πjk/n) over a full turn, or c + e cos²(πjk/n)."""
    for values in finite_wave(total, facts, power):
        size = values[n] + 1
        turns = values[t] * size * power / (2 * pi)
        if turns.is_integer:
            yield {**{letter: values[letter] for letter in (k, c, e)}, n: size, m: turns}


def dirichlet(angle: Expr) -> Expr:
    """Σ cos(kt) for k from 0 to n."""
    return sin((n + 1) * angle / 2) * cos(n * angle / 2) / sin(angle / 2)


ROOTS_OF_UNITY = Rule(
    "cosines_of_roots_of_unity",
    Claim(Total(c + e * cos(2 * pi * m * k / n), k, Counting(0, n - 1)), c * n, given=(n - m > 0,)),
    kind="cited",
    find=lambda total, facts: roots_of_unity(total, facts, 1),
    source="Gradshteyn-Ryzhik 1.342.2: the n-th roots of unity add up to 0",
)
ROOTS_OF_UNITY_SQUARED = Rule(
    "squared_cosines_of_roots_of_unity",
    Claim(Total(c + e * cos(pi * m * k / n) ** 2, k, Counting(0, n - 1)), (c + e / 2) * n, given=(n - m > 0,)),
    kind="lemma",
    find=lambda total, facts: roots_of_unity(total, facts, 2),
    source="Gradshteyn-Ryzhik 1.351.2",
)
DIRICHLET_KERNEL = Rule(
    "dirichlet_kernel",
    Claim(Total(c + e * cos(t * k), k, Counting(0, n)), c * (n + 1) + e * dirichlet(t), given=(Ne(sin(t / 2), 0),)),
    kind="cited",
    find=lambda total, facts: finite_wave(total, facts, 1),
    source="Gradshteyn-Ryzhik 1.342.2",
)
DIRICHLET_SQUARED = Rule(
    "dirichlet_kernel_squared",
    Claim(Total(c + e * cos(t * k) ** 2, k, Counting(0, n)), (c + e / 2) * (n + 1) + e / 2 * dirichlet(2 * t), given=(Ne(sin(t), 0),)),
    kind="lemma",
    find=lambda total, facts: finite_wave(total, facts, 2),
    source="Gradshteyn-Ryzhik 1.351.2",
)


def shifted_wave(total: Total, facts: Facts) -> Iterator[Values]:
    """c + e cos(tk + φ) between finite ends; a squared sine or cosine counts by the double angle, and a sine as a cosine."""
    measure = total.measure
    if not isinstance(measure, Counting) or not contains(total.body, cos, sin) or measure.lo.is_infinite or measure.hi.is_infinite:
        return
    halves = {sin: lambda q: (1 - cos(2 * q)) / 2, cos: lambda q: (1 + cos(2 * q)) / 2}
    plain = total.body.replace(lambda q: q.is_Pow and q.exp == 2 and type(q.base) in halves, lambda q: halves[type(q.base)](q.base.args[0]))
    waves = [wave for wave in every(plain, cos, sin) if wave.has(total.x)]
    parts = linear(waves[0].args[0], total.x) if len(waves) == 1 else None
    if parts is None:
        return
    whole = expand(plain, trig=False)
    factor = whole.coeff(waves[0], 1)
    rest = whole - factor * waves[0]
    if factor != 0 and not factor.has(total.x) and not expand(rest).has(total.x):
        phase = expand(parts[1]) - (pi / 2 if isinstance(waves[0], sin) else 0)
        middle = expand((measure.lo + measure.hi) * parts[0] / 2 + phase)
        yield {k: total.x, lo: measure.lo, hi: measure.hi, c: expand(rest), e: factor, t: parts[0], A: middle, f: function(total.x, total.body)}


DIRICHLET_SHIFTED = Rule(
    "dirichlet_kernel_shifted",
    Claim(
        Total(f(k), k, Counting(lo, hi)),
        c * (hi - lo + 1) + e * sin((hi - lo + 1) * t / 2) / sin(t / 2) * cos(A),
        given=(Same(f(k), c + e * cos(t * k + A - (lo + hi) * t / 2)), hi - lo + 1 >= 0, Ne(sin(t / 2), 0)),
    ),
    kind="cited",
    find=shifted_wave,
    source="Gradshteyn-Ryzhik 1.341.3",
)


def over_power(total: Total, facts: Facts, n_: int, power: int) -> Iterator[Values]:
    """(c + e cos(tk)^power)/k^n."""
    for values in weighted(total, facts, power, k**-n_) if total.measure == FROM_ONE else ():
        if values[z] == 1:
            yield {letter: value for letter, value in values.items() if letter != z}


def bernoulli_rules(name: str, n_: int, value: Callable[[Expr], Expr]) -> tuple[Rule, Rule]:
    """Over k² and k⁴ the cosines are Bernoulli's polynomials of the angle, from 0 to 2π; `value` at 0 is ζ(n)."""
    made = []
    squared = (c + e / 2) * zeta(n_) + e / 2 * value(2 * t)
    for power, ending, whole, right in ((1, "", 2 * pi, c * zeta(n_) + e * value(t)), (2, "_squared", pi, squared)):
        made.append(
            Rule(
                f"cosine_over_{name}{ending}",
                Claim(Total((c + e * cos(t * k) ** power) / k**n_, k, FROM_ONE), right, given=(t >= 0, whole - t >= 0)),
                kind="lemma" if power == 2 else "cited",
                find=lambda total, facts, power=power: over_power(total, facts, n_, power),
                source="DLMF 24.8.1",
            )
        )
    return made[0], made[1]


OVER_SQUARE, OVER_SQUARE_SQUARED = bernoulli_rules("square", 2, lambda a: pi**2 / 6 - pi * a / 2 + a**2 / 4)
OVER_FOURTH, OVER_FOURTH_SQUARED = bernoulli_rules("fourth_power", 4, lambda a: pi**4 / 90 - pi**2 * a**2 / 12 + pi * a**3 / 12 - a**4 / 48)
RULES = (
    OVER_SQUARE,
    OVER_SQUARE_SQUARED,
    OVER_FOURTH,
    OVER_FOURTH_SQUARED,
    GEOMETRIC,
    GEOMETRIC_SQUARED,
    POISSON,
    POISSON_SQUARED,
    EXPONENTIAL,
    EXPONENTIAL_SQUARED,
    LOGARITHMIC,
    LOGARITHMIC_SQUARED,
    ROOTS_OF_UNITY,
    ROOTS_OF_UNITY_SQUARED,
    DIRICHLET_KERNEL,
    DIRICHLET_SQUARED,
    DIRICHLET_SHIFTED,
)
