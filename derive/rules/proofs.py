"""Where the lemmas come from: each is derived from rules before it, with its own letters for parameters.

The test suite has the checker replay every one of them; a report at full detail shows those that it used.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from sympy import Expr, Lambda, S, cos, exp, gamma, oo, pi, sin

from derive.language.claims import Claim, Derivation, Rule, Step, Values
from derive.language.totals import POSITIVE, REALS, Lebesgue, Total, totals
from derive.rules import beta as betas
from derive.rules import exponential, measure, solving
from derive.rules.letters import A, B, F, L, M, N, R, b, c, f, g, h, hi, hi_u, lo, lo_u, p, phi, r, s, t, u, x, y

Move = tuple[Any, ...]  # (rule, values) or (rule, values, what it rests on)


def follow(left: Expr, *moves: Move, given: tuple = ()) -> Derivation:
    """The derivation that rewrites `left` by these moves, each applied where its left side stands."""
    term, steps = left, []
    for rule, values, *because in moves:
        claim = rule.instance(values)[0].at(values)
        at = place(term, claim.left)
        after = term.xreplace({at: claim.right})
        steps.append(Step(rule.name, values, term, after, at, *because))
        term = after
    return Derivation(Claim(left, term, given), tuple(steps))


def place(term: Expr, wanted: Expr) -> Expr:
    """The total over the same variable as `wanted`, or the whole term."""
    if not isinstance(wanted, Total):
        return wanted if term.has(wanted) else term
    return next(found for found in totals(term) if found.x == wanted.x)


def ending(derivation: Derivation, right: Expr) -> Derivation:
    """The derivation brought to the form in which its lemma states the result."""
    last = derivation.claim.right
    if last == right:
        return derivation
    step = Step(measure.VALUE.name, {L: last, R: right}, last, right, last)
    return Derivation(Claim(derivation.claim.left, right, derivation.claim.given), (*derivation.steps, step))


def proved(says: Claim, *moves: Move) -> Derivation:
    """The derivation of what a rule says."""
    return ending(follow(says.left, *moves, given=says.given), says.right)


def substitution(variable: Expr, low: Expr, high: Expr, body: Expr, inner: Expr, new: Expr, outer: Expr, ends: tuple[Expr, Expr]) -> Values:
    """The values for a change of variable: u = inner(x) on (low, high), with outer(u) as the new integrand between `ends`."""
    return {x: variable, lo: low, hi: high, f: Lambda(variable, body), phi: Lambda(variable, inner), u: new, h: Lambda(new, outer),
            lo_u: ends[0], hi_u: ends[1]}  # fmt: skip


def gaussian() -> Derivation:
    """Poisson's polar trick: I² is an integral over the plane, which polar coordinates make elementary."""
    one, other = exp(-b * x**2), exp(-b * y**2)
    whole = Total(one, x, REALS)
    plane = one * other
    square = follow(
        whole**2,
        (measure.PRODUCT_OF_INTEGRALS, {f: Lambda(x, one), g: Lambda(y, other), M: REALS, N: REALS}),
        (measure.POLAR_COORDINATES, {f: Lambda((x, y), plane)}),
        (measure.ALGEBRA, {x: r, M: POSITIVE, f: Lambda(r, r * plane.subs({x: r * cos(t), y: r * sin(t)})),
                           h: Lambda(r, r * exp(-b * r**2))}),
        (measure.ANTIDERIVATIVE, {x: r, lo: S.Zero, hi: oo, f: Lambda(r, r * exp(-b * r**2)), F: Lambda(r, -exp(-b * r**2) / (2 * b)),
                                  A: -1 / (2 * b), B: S.Zero}),
        (measure.ANTIDERIVATIVE, {x: t, lo: S.Zero, hi: 2 * pi, f: Lambda(t, 1 / (2 * b)), F: Lambda(t, t / (2 * b)),
                                  A: S.Zero, B: pi / b}))  # fmt: skip
    return follow(whole, (measure.POSITIVE_ROOT, {L: whole, R: pi / b}, (square,)))


def square_completed() -> Derivation:
    rule = exponential.COMPLETE_SQUARE.says
    a_, b_ = exponential.a1, exponential.b1
    body, shifted = rule.left.body, exp(-a_ * (x - b_ / (2 * a_)) ** 2)
    constant = exp(b_**2 / (4 * a_))
    return follow(rule.left, (measure.ALGEBRA, {x: x, M: M, f: Lambda(x, body), h: Lambda(x, constant * shifted)}),
                  (measure.CONSTANT_FACTOR, {x: x, M: M, c: constant, f: Lambda(x, shifted)}), given=rule.given)  # fmt: skip


def squares_gathered() -> Derivation:
    left, a_, m = exponential.GATHER_SQUARES.says.left, exponential.a1, exponential.c
    return follow(left, (measure.CONSTANT_FACTOR, {x: x, M: M, c: exp(L), f: Lambda(x, f(x) * exp(-a_ * (x - m) ** 2))}))


def gamma_by_power(rule: Rule, power: Expr) -> Derivation:
    """u = b x^power turns the integral into Euler's."""
    body, v = rule.says.left.body, u.func("u", positive=True)
    constant, euler = b ** (-s / p) / p, v ** (s / p - 1) * exp(-v)
    move, ends = (measure.SUBSTITUTE_INCREASING, (S.Zero, oo)) if power == p else (measure.SUBSTITUTE_DECREASING, (oo, S.Zero))
    return ending(follow(
        Total(body, x, POSITIVE),
        (move, substitution(x, S.Zero, oo, body, b * x**power, v, constant * euler, ends)),
        (measure.CONSTANT_FACTOR, {x: v, M: POSITIVE, c: constant, f: Lambda(v, euler)}),
        (exponential.GAMMA_DEFINITION, {x: v, s: s / p})), rule.says.right)  # fmt: skip


def beta_integral() -> Derivation:
    """u = (x − lo)/(hi − lo) moves the interval to (0, 1)."""
    rule, q, lo, hi = betas.BETA_INTEGRAL.says, betas.q, betas.lo, betas.hi
    v = u.func("u", positive=True)
    constant, euler = (hi - lo) ** (s + q - 1), v ** (s - 1) * (1 - v) ** (q - 1)
    return follow(
        rule.left,
        (measure.SUBSTITUTE_INCREASING, substitution(x, lo, hi, rule.left.body, (x - lo) / (hi - lo), v, constant * euler, (S.Zero, S.One))),
        (measure.CONSTANT_FACTOR, {x: v, M: Lebesgue(0, 1), c: constant, f: Lambda(v, euler)}),
        (betas.BETA_DEFINITION, {x: v, s: s, q: q}), given=rule.given)  # fmt: skip


def beta_on_half_line() -> Derivation:
    """u = x/(1 + x) maps the half line to (0, 1)."""
    rule, q = betas.BETA_ON_HALF_LINE.says, betas.q
    v = u.func("u", positive=True)
    return follow(
        rule.left,
        (measure.SUBSTITUTE_INCREASING,
         substitution(x, S.Zero, oo, rule.left.body, x / (1 + x), v, v ** (s - 1) * (1 - v) ** (q - 1), (S.Zero, S.One))),
        (betas.BETA_DEFINITION, {x: v, s: s, q: q}))  # fmt: skip


def beta_prime_integral() -> Derivation:
    """u = e x^p/d leaves the beta integral on the half line."""
    rule, q, d, e = betas.BETA_PRIME_INTEGRAL.says, betas.q, betas.d, betas.e
    v = u.func("u", positive=True)
    constant, euler = d ** (s / p - q) * e ** (-s / p) / p, v ** (s / p - 1) * (1 + v) ** (-q)
    return ending(follow(
        rule.left,
        (measure.SUBSTITUTE_INCREASING, substitution(x, S.Zero, oo, rule.left.body, e * x**p / d, v, constant * euler, (S.Zero, oo))),
        (measure.CONSTANT_FACTOR, {x: v, M: POSITIVE, c: constant, f: Lambda(v, euler)}),
        (betas.BETA_ON_HALF_LINE, {x: v, s: s / p, q: q - s / p}), given=rule.given), rule.right)  # fmt: skip


def known(term: Expr, total: Expr, *moves: Move) -> Move:
    """`term` written as the total whose value it is."""
    return solving.SOLVED_FOR, {L: total, R: term, c: S.One, A: S.Zero}, (follow(total, *moves),)


def beta_gamma() -> Derivation:
    """Γ(s) Γ(q) is a double integral; w = uv in the inner one leaves Γ(s + q) B(q, s)."""
    q, left = betas.q, betas.BETA_GAMMA.says.left
    v, w, z = (u.func(name, positive=True) for name in "uwv")
    one, other = v ** (s - 1) * exp(-v), w ** (q - 1) * exp(-w)
    inner = v ** (s + q - 1) * z ** (q - 1) * exp(-v * (1 + z))
    product = follow(
        gamma(s) * gamma(q), known(gamma(s), Total(one, v, POSITIVE), (exponential.GAMMA_DEFINITION, {x: v, s: s})),
        known(gamma(q), Total(other, w, POSITIVE), (exponential.GAMMA_DEFINITION, {x: w, s: q})),
        (measure.PRODUCT_OF_INTEGRALS, {x: v, y: w, f: Lambda(v, one), g: Lambda(w, other), M: POSITIVE, N: POSITIVE}),
        (measure.SUBSTITUTE_INCREASING, substitution(w, S.Zero, oo, one * other, w / v, z, inner, (S.Zero, oo))),
        (measure.TONELLI, {x: v, y: z, M: POSITIVE, N: POSITIVE, f: Lambda((v, z), inner)}),
        (measure.CONSTANT_FACTOR, {x: v, M: POSITIVE, c: z ** (q - 1), f: Lambda(v, v ** (s + q - 1) * exp(-(1 + z) * v))}),
        (exponential.GAMMA_INTEGRAL, {x: v, s: s + q, b: 1 + z, p: S.One}),
        (measure.CONSTANT_FACTOR, {x: z, M: POSITIVE, c: gamma(s + q), f: Lambda(z, z ** (q - 1) * (1 + z) ** (-s - q))}),
        (betas.BETA_ON_HALF_LINE, {x: z, s: q, q: s}))  # fmt: skip
    solved = {L: gamma(s) * gamma(q), R: left, c: gamma(s + q), A: S.Zero}
    return follow(left, (solving.SOLVED_FOR, solved, (ending(product, gamma(s + q) * left),)))


PROOFS: dict[str, Callable[[], Derivation]] = {
    "gaussian_integral": gaussian,
    "complete_square": square_completed,
    "gather_squares": squares_gathered,
    "gamma_integral": partial(gamma_by_power, exponential.GAMMA_INTEGRAL, p),
    "inverse_gamma_integral": partial(gamma_by_power, exponential.INVERSE_GAMMA_INTEGRAL, -p),
    "beta_integral": beta_integral,
    "beta_on_half_line": beta_on_half_line,
    "beta_prime_integral": beta_prime_integral,
    "beta_gamma": beta_gamma,
}
