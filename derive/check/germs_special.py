"""Proved behaviour of functions where their argument grows without bound or nears a singular point."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from flint import arb
from sympy import Expr, Rational, S

from derive.check import germs as G
from derive.check.balls import NoBall
from derive.check.conjugates import GammaSize
from derive.check.tidied import expanded, exponential, negative, plus, raised, times

Form = Callable[..., Expr]
Special = Callable[[Expr, G.Near], "G.Germ | None"]


def argument(z: Expr, near: G.Near) -> tuple[G.Germ, bool]:
    """The germ of an argument, and whether it grows without bound."""
    g = G.germ(z, near)
    return g, G.as_ball(g, near) is None


def rewritten(form: Form) -> Special:
    """A function that has an elementary form, used where its argument grows."""
    def get(e: Expr, near: G.Near) -> G.Germ | None:
        _, grows = argument(e.args[0], near)
        return G.germ(G.joined(form(*e.args)), near) if grows else None

    return get


def always(form: Form) -> Special:
    return lambda e, near: G.germ(G.joined(form(*e.args)), near)


def wave(e: Expr, near: G.Near) -> G.Germ | None:
    """sin and cos of what grows."""
    return G.Germ(arb(0, 1)) if argument(e.args[0], near)[1] else None


def to_limit(limit: Expr) -> Special:
    """An odd function that increases to its limit: erf, atan."""
    def get(e: Expr, near: G.Near) -> G.Germ | None:
        g, grows = argument(e.args[0], near)
        if not grows:
            return None
        least = G.compile_ball(e.func(G.y), (G.y,))([G.acb(G.least(g, near))], False).real
        ball = least.union(G.ball_of(limit))
        return G.Germ(ball if g.ball > 0 else -ball)

    return get


def complement(e: Expr, near: G.Near) -> G.Germ | None:
    """erfc z = exp(−z²)/(z√π) · b with 1 − 1/(2z²) ≤ b ≤ 1 for z > 0 (DLMF 7.12.1 with 7.12(i)); erfc(−z) = 2 − erfc z."""
    z = e.args[0]
    g, grows = argument(z, near)
    if not grows:
        return None
    far = G.least(g, near)
    if g.ball < 0:
        return G.Germ(far.erf().union(arb(1)) + 1)
    lead = G.germ(G.joined(times([exponential(expanded(times([S.NegativeOne, raised(z, S(2))]))), raised(z, S.NegativeOne)])), near)
    ball = (1 - 1 / (2 * far**2)).union(arb(1)) / arb.pi().sqrt()
    return G.times(lead, G.Germ(ball), near)


def gamma(e: Expr, near: G.Near) -> G.Germ | None:
    """Γ(z) = √(2π) exp((z − ½) log z − z) · b, 1 ≤ b ≤ exp(1/(12 z)) for z > 0 (DLMF 5.11.3, 5.11(ii));
    Γ(z) = Γ(1 + z)/z near 0.
    """
    (z,) = e.args
    g, grows = argument(z, near)
    if grows:
        if not g.ball > 0:
            raise NoBall("nothing is proved of gamma at −∞")
        lead = G.exponential(plus([times([G.joined(plus([z, -S.Half])), G.split_log(z)]), times([S.NegativeOne, G.joined(z)])]), near)
        ball = arb(1).union((1 / (12 * G.least(g, near))).exp()) * (2 * arb.pi()).sqrt()
        return G.times(lead, G.Germ(ball), near)
    if g.E == 0 and g.p > 0:
        return G.times(G.germ(sp.gamma(1 + z), near), G.to_the(g, S.NegativeOne), near)
    return None


def gamma_size(e: Expr, near: G.Near) -> G.Germ | None:
    """0 < |Γ(p + iq)|² ≤ 2π |p + iq|^(2p−1) e^(−π|q|) e^(1/(3|q|)) for p > 0 (DLMF 5.6.9)."""
    p, q = e.args
    g, grows = argument(q, near)
    if not grows:
        return None
    if G.moving(p) or not G.ball_of(p) > 0:
        raise NoBall("nothing is proved of this product of gamma functions")
    side = q if g.ball > 0 else negative(q)
    lead = G.germ(G.joined((p**2 + q**2) ** (p - S.Half) * sp.exp(-sp.pi * side)), near)
    return G.times(lead, G.Germ(G.between(arb(0), 2 * arb.pi() * (1 / (3 * G.least(g, near))).exp()), up=True), near)


def loggamma(e: Expr, near: G.Near) -> G.Germ | None:
    """Stirling's series with its first term as the bound of the error."""
    (z,) = e.args
    g, grows = argument(z, near)
    if not grows:
        return None
    if not g.ball > 0:
        raise NoBall("nothing is proved of loggamma at −∞")
    lead = G.germ(G.joined((z - S.Half) * sp.log(z) - z), near)
    rest = G.Germ((2 * arb.pi()).log() / 2 + arb(0).union(1 / (12 * G.least(g, near))))
    return G.added([lead, rest], near)


def besselk(e: Expr, near: G.Near) -> G.Germ | None:
    """K_ν(z) = √(π/2z) e^(−z) b(z), where b tends to 1 as z → ∞, falling for |ν| > ½ and rising for |ν| < ½ (by DLMF 10.32.8's
    integral, term by term); near 0, z^ν K_ν(z) falls from 2^(ν−1) Γ(ν) (10.29.4), and K_0(z) + log z rises from log 2 − γ.
    """
    order, z = e.args
    if G.moving(order):
        raise NoBall("nothing is proved of Bessel functions of varying order")
    nu = abs(G.ball_of(order))
    g, grows = argument(z, near)
    if not g.ball > 0:
        return None
    if grows:
        far = G.least(g, near)
        b = (far.bessel_k(nu) * far.exp() * (2 * far / arb.pi()).sqrt()).union(arb(1))
        return G.times(G.germ(G.joined(times([exponential(negative(z)), raised(z, -S.Half)])), near), G.Germ(b * (arb.pi() / 2).sqrt()), near)
    if g.flat or g.E != 0:
        return None
    top = arb(G.as_ball(g, near).upper())  # type: ignore[union-attr]
    if order == 0:
        rest = (arb(2).log() - arb.const_euler()).union(top.bessel_k(0) + top.log())
        return G.added([G.germ(-G.split_log(z), near), G.Germ(rest)], near)
    b = (top**nu * top.bessel_k(nu)).union(arb(2) ** (nu - 1) * nu.gamma())
    return G.times(G.to_the(g, -abs(Rational(order))), G.Germ(b), near)


def besseli(e: Expr, near: G.Near) -> G.Germ | None:
    """0 < I_ν(z) ≤ e^z for ν ≥ 0, z > 0 (DLMF 10.14.4 by 10.27.6); near 0, z^(−ν) I_ν(z) rises from 2^(−ν)/Γ(ν + 1)."""
    order, z = e.args
    if G.moving(order):
        return besseli_of_order(order, z, near)
    nu = abs(G.ball_of(order)) if order.is_Integer else G.ball_of(order)
    g, grows = argument(z, near)
    if nu < 0 or not g.ball > 0:
        raise NoBall("nothing is proved of this besseli")
    if grows:
        return G.times(G.germ(G.joined(sp.exp(z)), near), G.Germ(G.between(arb(0), arb(1)), up=True), near)
    if g.flat or g.E != 0:
        return None
    top = arb(G.as_ball(g, near).upper())  # type: ignore[union-attr]
    b = (arb(2) ** -nu * (nu + 1).rgamma()).union(top**-nu * top.bessel_i(nu))
    return G.times(G.to_the(g, Rational(abs(order))), G.Germ(b), near)


def besseli_of_order(order: Expr, z: Expr, near: G.Near) -> G.Germ:
    """0 < I_ν(z) ≤ (z/2)^ν e^z/Γ(ν + 1) for ν ≥ −½, z > 0 (DLMF 10.14.4), as ν grows. For whole orders I_(−n) = I_n."""
    g, grows = argument(order, near)
    if g.ball < 0 and near.whole:
        order = -order
    elif not g.ball > 0:
        raise NoBall("nothing is proved of besseli at such orders")
    if not grows or G.moving(z) or not G.ball_of(z) > 0:
        raise NoBall("nothing is proved of this besseli")
    lead = G.germ(G.joined((z / 2) ** order / sp.gamma(order + 1)), near)
    return G.times(lead, G.Germ(G.between(arb(0), G.ball_of(z).exp()), up=True), near)


def uppergamma(e: Expr, near: G.Near) -> G.Germ | None:
    """Γ(a, z) = z^(a−1) e^(−z) b(z): 1 ≤ b ≤ z/(z − a + 1) for a ≥ 1, z/(z + 1 − a) ≤ b ≤ 1 for a ≤ 1 (DLMF 8.10.1 to 8.10.3)."""
    a, z = e.args
    if G.moving(a):
        return None
    g, grows = argument(z, near)
    if not grows or not g.ball > 0:
        return None
    far, order = G.least(g, near), G.ball_of(a)
    if not far > order - 1:
        raise NoBall("the neighbourhood is too large for uppergamma")
    ball = (far / (far + 1 - order)).union(arb(1))
    return G.times(G.germ(G.joined(z ** (a - 1) * sp.exp(-z)), near), G.Germ(ball), near)


def expint(e: Expr, near: G.Near) -> G.Germ | None:
    """E_ν(z) = z^(ν−1) Γ(1 − ν, z); near 0, E_1(z) = −log z − γ + [0, z]."""
    order, z = e.args
    g, grows = argument(z, near)
    if grows:
        return G.germ(G.joined(z ** (order - 1)) * sp.uppergamma(1 - order, z, evaluate=False), near)
    if order == 1 and g.ball > 0 and g.p > 0 and g.E == 0:
        rest = -arb.const_euler() + arb(0).union(G.as_ball(g, near).upper())  # type: ignore[union-attr]
        return G.added([G.germ(-G.split_log(z), near), G.Germ(rest)], near)
    return None


def airyai(e: Expr, near: G.Near) -> G.Germ | None:
    """0 < Ai(z) ≤ exp(−⅔ z^(3/2))/(2 √π z^(1/4)) for z > 0 (DLMF 9.7(iii))."""
    (z,) = e.args
    g, grows = argument(z, near)
    if not grows or not g.ball > 0:
        return None
    lead = G.germ(G.joined(sp.exp(-2 * z ** Rational(3, 2) / 3) * z ** Rational(-1, 4)), near)
    return G.times(lead, G.Germ(G.between(arb(0), 1 / (2 * arb.pi().sqrt())), up=True), near)


def absolute(e: Expr, near: G.Near) -> G.Germ:
    g = G.germ(e.args[0], near)
    return G.Germ(abs(g.ball) if not g.ball.contains(0) else G.between(arb(0), arb(g.ball.abs_upper())), g.p, g.q, g.E, True)


def sign(e: Expr, near: G.Near) -> G.Germ:
    g = G.germ(e.args[0], near)
    if g.ball.contains(0):
        raise NoBall("the sign of a term is not proved")
    return G.Germ(arb(1 if g.ball > 0 else -1))


SPECIAL: dict[type, Special] = {
    sp.sinh: rewritten(lambda z: (sp.exp(z) - sp.exp(-z)) / 2), sp.cosh: rewritten(lambda z: (sp.exp(z) + sp.exp(-z)) / 2),
    sp.tanh: rewritten(lambda z: (sp.exp(z) - sp.exp(-z)) / (sp.exp(z) + sp.exp(-z))),
    sp.sech: rewritten(lambda z: 2 / (sp.exp(z) + sp.exp(-z))),
    sp.csch: always(lambda z: 1 / sp.sinh(z)), sp.coth: always(lambda z: sp.cosh(z) / sp.sinh(z)),
    sp.tan: always(lambda z: sp.sin(z, evaluate=False) / sp.cos(z, evaluate=False)),
    sp.cot: always(lambda z: sp.cos(z, evaluate=False) / sp.sin(z, evaluate=False)),
    sp.asinh: rewritten(lambda z: sp.log(z + sp.sqrt(z**2 + 1))),
    sp.sin: wave, sp.cos: wave, sp.erf: to_limit(S.One), sp.atan: to_limit(sp.pi / 2), sp.erfc: complement,
    sp.gamma: gamma, GammaSize: gamma_size, sp.loggamma: loggamma, sp.factorial: always(lambda n: sp.gamma(n + 1)),
    sp.beta: always(lambda a, b: sp.gamma(a) * sp.gamma(b) / sp.gamma(a + b)),
    sp.binomial: always(lambda n, k: sp.gamma(n + 1) / (sp.gamma(k + 1) * sp.gamma(n - k + 1))),
    sp.RisingFactorial: always(lambda z, n: sp.gamma(z + n) / sp.gamma(z)),
    sp.besselk: besselk, sp.besseli: besseli, sp.uppergamma: uppergamma, sp.expint: expint, sp.airyai: airyai,
    sp.Abs: absolute, sp.sign: sign,
}  # fmt: skip
