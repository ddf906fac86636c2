"""Series over all integers: Gaussians (the theta function), Bessel functions of the index, a Lorentzian."""

from collections.abc import Iterator

from sympy import Function, Symbol, besseli, cos, cosh, exp, oo, pi, sinh, sqrt

from derive.algebra.reading import Form, bare, polynomial, read
from derive.algebra.signs import Facts
from derive.language.claims import Claim, Rule, Same, Values, functions
from derive.language.parts import every
from derive.language.totals import Counting, Total
from derive.rules.letters import B, c, k
from derive.rules.values import function

INTEGERS = Counting(-oo, oo)
a, t = (Symbol(name, positive=True) for name in "at")
w = Symbol("w", nonnegative=True)
(nu,) = functions("nu")
jtheta = Function("jtheta")


def gaussian_terms(total: Total, facts: Facts) -> Form | None:
    """The form of terms e^(−a k² + b k) over all integers."""
    form = bare(total, facts) if total.measure == INTEGERS else None
    wanted = {total.x**2, total.x}
    return form if form is not None and not form.powers and total.x**2 in form.exps and set(form.exps) <= wanted else None


def centred(total: Total, facts: Facts) -> Iterator[Values]:
    form = gaussian_terms(total, facts)
    if form is not None and total.x not in form.exps:
        yield {k: total.x, a: -form.exps[total.x**2]}


def uncentred(total: Total, facts: Facts) -> Iterator[Values]:
    form = gaussian_terms(total, facts)
    if form is not None and total.x in form.exps:
        yield {k: total.x, a: -form.exps[total.x**2], B: form.exps[total.x]}


THETA_DEFINITION = Rule(
    "theta_definition",
    Claim(Total(exp(-a * k**2), k, INTEGERS), jtheta(3, 0, exp(-a))),
    kind="definition",
    find=centred,
    source="DLMF 20.2.3",
)
THETA_SHIFTED = Rule(
    "theta_shifted",
    Claim(
        Total(exp(-a * k**2 + B * k), k, INTEGERS),
        sqrt(pi / a) * exp(B**2 / (4 * a)) * jtheta(3, pi * B / (2 * a), exp(-(pi**2) / a)),
    ),
    kind="cited",
    find=uncentred,
    source="DLMF 20.7.32 (Jacobi; Poisson summation)",
)


def halfway(total: Total, facts: Facts) -> Iterator[Values]:
    """e^(−a k (k + 1)), the Gaussian about −½ up to a factor."""
    form = gaussian_terms(total, facts)
    if form is not None and form.exps.get(total.x) == form.exps[total.x**2]:
        yield {k: total.x, a: -form.exps[total.x**2]}


THETA_HALFWAY = Rule(
    "theta_halfway",
    Claim(Total(exp(-a * k**2 - a * k), k, INTEGERS), exp(a / 4) * jtheta(2, 0, exp(-a))),
    kind="definition",
    find=halfway,
    source="DLMF 20.2.2",
)


def bessel_terms(total: Total, facts: Facts) -> Iterator[Values]:
    """t^k I_k(x) over all integers, with |k| for k in the order where one likes."""
    found = [e for e in every(total.body, besseli) if e.args[0].has(total.x)]
    if total.measure != INTEGERS or len(found) != 1 or found[0].args[0] ** 2 != total.x**2:
        return
    form = read(total.body / found[0], total.x, facts.within(total.x, total.measure))
    if form is not None and form.coefficient == 1 and not form.powers and set(form.exps) <= {total.x}:
        yield {k: total.x, t: exp(form.exps.get(total.x, 0)), w: found[0].args[1], nu: function(total.x, found[0].args[0])}


BESSEL_GENERATING = Rule(
    "bessel_generating",
    Claim(Total(t**k * besseli(nu(k), w), k, INTEGERS), exp(w * (t + 1 / t) / 2), given=(Same(nu(k) ** 2, k**2),)),
    kind="cited",
    find=bessel_terms,
    source="DLMF 10.35.1",
)


def lorentzian_terms(total: Total, facts: Facts) -> Iterator[Values]:
    """1/((k + b)² + a²) over all integers, up to a factor."""
    form = bare(total, facts) if total.measure == INTEGERS else None
    if form is not None and not form.exps and list(form.powers.values()) == [-1]:
        found = polynomial(next(iter(form.powers)), total.x, 2, facts)
        if found is not None:
            lead, middle, last = found
            yield {k: total.x, c: 1 / lead, B: middle / (2 * lead), a: sqrt(last / lead - (middle / (2 * lead)) ** 2)}


LORENTZIAN_SERIES = Rule(
    "lorentzian_series",
    Claim(Total(c / ((k + B) ** 2 + a**2), k, INTEGERS), c * pi / a * sinh(2 * pi * a) / (cosh(2 * pi * a) - cos(2 * pi * B))),
    kind="cited",
    find=lorentzian_terms,
    source="DLMF 4.22.3, 4.36.3 (partial fractions of the cotangent)",
)
