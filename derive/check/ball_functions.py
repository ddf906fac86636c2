"""Functions on balls: each with its cuts watched, so that a ball never holds less than all values on it.

A function takes the `analytic` flag first. Where the flag is set and the function is not analytic on the whole ball, or where a
ball touches a cut other than along the real axis, the answer is a ball that is not finite.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import sympy as sp
from flint import acb, arb, ctx
from sympy import Expr, Rational, S

MANY = 100  # terms of a Bessel function of half-integer order, beyond which a simpler bound is taken


class Slope(sp.Function):  # type: ignore[misc]
    """Slope(b, y, z) = b(z)/z for a function b of y with b(0) = 0."""

    nargs = 3


class Held(sp.Function):  # type: ignore[misc]
    """A number that is taken as it is: nothing is asked of its parts."""

    nargs = 1


def slope_at(b: Callable[[acb], acb], slope: Callable[[acb], acb], z: acb) -> acb:
    """b(z)/z where b(0) = 0: the quotient, at twice the precision; or ∫ b′(sz) ds over 0 < s < 1, which lies in each box around the
    values of b′ between 0 and z. The sharper one.
    """
    with ctx.workprec(2 * ctx.prec):
        direct = b(z) / z
    if direct.rel_accuracy_bits() > ctx.prec - 16:
        return direct
    wide = slope(z.union(acb(0)))
    return direct if direct.is_finite() and not wide.rel_accuracy_bits() > direct.rel_accuracy_bits() else wide


def undefined() -> acb:
    return acb(arb.nan(), arb.nan())


def is_real(*zs: acb) -> bool:
    return all([z.imag.is_zero() for z in zs])  # noqa: C419 - a list is quicker where there is one ball


def whole_power(z: acb, n: int) -> acb:
    """z**n; for a real ball around 0 an even power is not below 0."""
    if n < 0:
        return 1 / whole_power(z, -n)
    if n % 2 == 0 and z.real.contains(0) and is_real(z):
        return acb(between(arb(0), z.real.abs_upper() ** n))
    return z**n


def between(lo: arb, hi: arb) -> arb:
    """The ball from lo to hi; Arb rounds radii up, so that it spills a little over both."""
    return lo.union(arb(hi.upper()))


def root(z: acb, analytic: bool) -> acb:
    if not analytic and is_real(z) and z.real.lower().is_zero():
        return acb(between(arb(0), z.real.upper().sqrt()))
    return z.sqrt(analytic=analytic)


def general_power(z: acb, w: acb, analytic: bool) -> acb:
    """z**w on the principal branch, with the cut at z ≤ 0."""
    if not analytic and z.real.contains(0) and is_real(z, w) and z.real.lower().is_zero() and w.real > 0:
        hi = arb(z.real.upper())
        top = hi**w.real
        return acb(between(arb(0), top.max(hi**w.real.lower()))) if top.is_finite() else undefined()
    return z.pow(w, analytic=analytic)


def on_real(real: Callable[..., arb], general: Callable[..., acb], bad: Callable[..., bool]) -> Callable[..., acb]:
    """A function with a cut: `real` where all arguments are real, which is nan on the cut; nothing where `bad` sees the cut."""
    def get(analytic: bool, *zs: acb) -> acb:
        if is_real(*zs):
            found = real(*(z.real for z in zs))
            return acb(found) if not (analytic and bad(*zs)) else undefined()
        return general(*zs) if not bad(*zs) else undefined()

    return get


def on_negative_axis(z: acb) -> bool:
    return z.imag.contains(0) and not z.real > 0


def outside_unit(z: acb) -> bool:
    return z.imag.contains(0) and not (z.real > -1 and z.real < 1)


def beyond_one(z: acb) -> bool:
    return z.imag.contains(0) and not z.real < 1


def on_imaginary_axis(z: acb) -> bool:
    return z.real.contains(0) and not (z.imag > -1 and z.imag < 1)


def plain(name: str) -> Callable[..., acb]:
    """A meromorphic function of its one argument."""
    method = getattr(acb, name)
    return lambda a, z: method(z)


def second(name: str) -> Callable[..., acb]:
    """A function f(s, z) that Arb writes z.f(s), meromorphic in both."""
    method = getattr(acb, name)
    return lambda a, s, z: method(z, s)


def cut_second(name: str, bad: Callable[[acb], bool] = on_negative_axis) -> Callable[..., acb]:
    """A function f(s, z) that Arb writes z.f(s), with a cut in z."""
    real, general = getattr(arb, name), getattr(acb, name)
    return on_real(lambda s, z: real(z, s), lambda s, z: general(z, s), lambda s, z: bad(z))


def bar(name: str) -> Callable[..., acb]:
    """|z|, sign z and their like: of real arguments only, continued from the real line."""
    method = getattr(acb, name)

    def get(analytic: bool, *zs: acb) -> acb:
        if not analytic and not all(z.imag.contains(0) for z in zs):
            return undefined()
        return method(*zs, analytic=analytic)

    return get


def many(name: str) -> Callable[..., acb]:
    two = bar(name)

    def get(analytic: bool, *zs: acb) -> acb:
        total = zs[0]
        for z in zs[1:]:
            total = two(analytic, total, z)
        return total

    return get


def delta(analytic: bool, i: acb, j: acb) -> acb:
    d = i - j
    if d.is_zero():
        return acb(1)
    return acb(0) if not d.contains(0) else undefined()


def logarithm(analytic: bool, z: acb) -> acb:
    return z.log(analytic=analytic)


def real_order(name: str) -> Callable[..., acb]:
    """Bessel functions with z**ν in them: entire for whole orders."""
    cut, entire = cut_second(name), second(name)
    return lambda a, s, z: entire(a, s, z) if s.is_exact() and s.real.is_integer() else cut(a, s, z)


def right_k(order: Callable[[], acb], z: acb) -> acb:
    """K_ν on a ball to the right of 0, for a real ν: from its middle at a precision that its cancellation asks for, and
    |K_ν′(w)| ≤ K_(|ν|+1)(Re w) (DLMF 10.29.1, 10.32.9): Arb alone gives nothing near |z| = 40 for a z or ν that is not exact.
    On a ball that K_ν changes much on, |K_ν(w)| ≤ K_ν(Re w), which falls (DLMF 10.32.9), says more.
    """
    middle, lowest = acb(z.mid()), arb(z.real.lower())
    reach = (z - middle).abs_upper()
    if reach * (1 + 1 / lowest) > 1:
        most = arb(k_at(order, acb(lowest)).abs_upper())
        return acb(between(arb(0), most)) if is_real(z) else acb(arb(0, most), arb(0, most))
    found = k_at(order, middle)
    radius = arb((steepness(order().real, lowest) * reach).abs_upper())
    return found + acb(arb(0, radius), arb(0, radius) if not is_real(z) else arb(0))


def k_at(order: Callable[[], acb], z: acb) -> acb:
    """K_ν(z) for an exact z to the right of 0 and a real ν, at a precision that its cancellation asks for. `order` gives ν at that precision."""
    size = float(z.abs_lower())
    if 2.8 * size > ctx.prec + 36:
        with ctx.workprec(ctx.prec + 16):
            return k_far(order().real, z)
    bits = max(ctx.prec + 3 * size + 16, 7 * size)  # with fewer than 7 |z| bits Arb is a hundred times slower
    with ctx.workprec(32 * math.ceil(bits / 32)):
        return z.bessel_k(order())


def k_far(nu: arb, z: acb) -> acb:
    """K_ν(z) = √(π/2z) e^(−z) (∑ a_k z^(−k) + R_l), |R_l| ≤ 2 |a_l| |z|^(−l) exp(|ν² − ¼|/|z|)
    to the right of 0 (DLMF 10.40.2, 10.40.11).
    """
    total, term, k = acb(1), acb(1), 0
    while k < 2 * ctx.prec and (k < 4 or term.abs_lower() > arb(2) ** -ctx.prec):
        k += 1
        term = term * (4 * nu * nu - (2 * k - 1) ** 2) / (8 * k * z)
        total += term
    rest = arb((2 * abs(term) * (abs(nu * nu - arb(0.25)) / abs(z)).exp()).abs_upper())
    return (arb.pi() / (2 * z)).sqrt() * (-z).exp() * (total - term + acb(arb(0, rest), arb(0, rest if not is_real(z) else 0)))


def steepness(nu: arb, x: arb) -> arb:
    """An upper bound of K_(|ν|+1)(x) for x > 0 by the elementary function of the next half-integer order (DLMF 10.49.12), or, where that
    has many terms, K_a(x) ≤ ½ Γ(a) (2/x)^a, the integral of DLMF 10.32.10 without its e^(−x²/(4t))."""
    n = int(float(abs(nu).upper()) + 0.5) + 1
    if n > MANY and x < n:
        a = abs(nu) + 1
        return a.gamma() * (2 / x) ** a / 2
    term, total = arb(1), arb(1)
    for j in range(1, n + 1):
        term = term * (n + j) * (n - j + 1) / (j * 2 * x)
        total += term
    return (arb.pi() / (2 * x)).sqrt() * (-x).exp() * total


def cut(name: str, bad: Callable[[acb], bool]) -> Callable[..., acb]:
    """A function of one argument with a cut."""
    return on_real(getattr(arb, name), getattr(acb, name), bad)


def asinh(analytic: bool, z: acb) -> acb:
    """log(z + √(z² + 1)) to the right of 0, and odd; Arb's own function gives nothing on wide balls far out."""
    if z.real > 0:
        return (z + (z * z + 1).sqrt(analytic=analytic)).log(analytic=analytic)
    if z.real < 0:
        return -asinh(analytic, -z)
    return z.asinh() if not on_imaginary_axis(z) else undefined()


def part_of_beta(p: arb, q: arb, low: arb, high: arb) -> arb:
    """∫ u^(p−1) (1 − u)^(q−1) du between two places of (0, 1)."""
    return high.beta_lower(p, q) - low.beta_lower(p, q) if low >= 0 and high <= 1 and p > 0 and q > 0 else arb.nan()


ONE_PLACE = {
    sp.exp: "exp", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan", sp.cot: "cot", sp.sec: "sec", sp.csc: "csc", sp.sinh: "sinh",
    sp.cosh: "cosh", sp.tanh: "tanh", sp.coth: "coth", sp.sech: "sech", sp.csch: "csch", sp.gamma: "gamma", sp.erf: "erf",
    sp.erfc: "erfc", sp.erfi: "erfi", sp.digamma: "digamma", sp.dirichlet_eta: "dirichlet_eta", sp.airyai: "airy_ai",
    sp.airybi: "airy_bi", sp.Si: "si", sp.Shi: "shi", sp.sinc: "sinc", sp.zeta: "zeta"}  # fmt: skip


ONE_WITH_CUT = {
    sp.loggamma: ("lgamma", on_negative_axis), sp.asin: ("asin", outside_unit), sp.acos: ("acos", outside_unit),
    sp.atanh: ("atanh", outside_unit), sp.acosh: ("acosh", lambda z: z.imag.contains(0) and not z.real > 1),
    sp.atan: ("atan", on_imaginary_axis), sp.Ei: ("ei", on_negative_axis),
    sp.Ci: ("ci", on_negative_axis), sp.Chi: ("chi", on_negative_axis)}  # fmt: skip


FUNCTIONS: dict[tuple[type, int], Callable[..., acb]] = {
    **{(f, 1): plain(name) for f, name in ONE_PLACE.items()},
    **{(f, 1): cut(*args) for f, args in ONE_WITH_CUT.items()},
    (sp.log, 1): logarithm, (sp.asinh, 1): asinh,
    (sp.besseli, 2): real_order("bessel_i"), (sp.besselj, 2): real_order("bessel_j"),
    (sp.bessely, 2): cut_second("bessel_y"),
    (sp.uppergamma, 2): cut_second("gamma_upper"), (sp.lowergamma, 2): cut_second("gamma_lower"),
    (sp.expint, 2): cut_second("expint"), (sp.polylog, 2): cut_second("polylog", beyond_one),
    (sp.zeta, 2): on_real(lambda s, q: s.zeta(q), lambda s, q: s.zeta(q), lambda s, q: on_negative_axis(q)),
    (sp.lerchphi, 3): on_real(lambda z, s, q: acb.lerch_phi(acb(z), acb(s), acb(q)).real if z < 1 and q > 0 else arb.nan(),
                              lambda z, s, q: acb.lerch_phi(z, s, q), lambda z, s, q: beyond_one(z) or on_negative_axis(q)),
    (sp.polygamma, 2): lambda a, n, z: z.polygamma(n),
    (sp.legendre, 2): on_real(lambda n, z: z.legendre_p(n), lambda n, z: z.legendre_p(n), lambda n, z: on_negative_axis(z + 1)),
    (sp.hermite, 2): lambda a, n, z: z.hermite_h(n),
    (sp.chebyshevt, 2): lambda a, n, z: z.chebyshev_t(n), (sp.chebyshevu, 2): lambda a, n, z: z.chebyshev_u(n),
    (sp.laguerre, 2): lambda a, n, z: z.laguerre_l(n), (sp.assoc_laguerre, 3): lambda a, n, m, z: z.laguerre_l(n, m),
    (sp.elliptic_k, 1): on_real(lambda m: acb(m).elliptic_k().real if m < 1 else arb.nan(), lambda m: m.elliptic_k(), beyond_one),
    (sp.elliptic_e, 1): on_real(lambda m: acb(m).elliptic_e().real if m < 1 else arb.nan(), lambda m: m.elliptic_e(), beyond_one),
    (sp.Abs, 1): bar("real_abs"), (sp.sign, 1): bar("real_sgn"),
    (sp.floor, 1): bar("real_floor"), (sp.ceiling, 1): bar("real_ceil"),
    (sp.Heaviside, 2): lambda a, z, h: bar("real_heaviside")(a, z), (sp.Heaviside, 1): bar("real_heaviside"),
    **{(sp.Max, n): many("real_max") for n in range(2, 9)}, **{(sp.Min, n): many("real_min") for n in range(2, 9)},
    (sp.KroneckerDelta, 2): delta,
    (sp.betainc, 4): on_real(part_of_beta, lambda *zs: undefined(), lambda *zs: True),
    (sp.beta, 2): lambda a, p, q: p.gamma() * q.gamma() * (p + q).rgamma(),
    (sp.beta, 1): lambda a, p: p.gamma() ** 2 * (2 * p).rgamma(),
    (sp.binomial, 2): lambda a, n, k: (n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma(),
}  # fmt: skip


REWRITTEN: dict[type, Callable[..., Expr]] = {
    sp.factorial: lambda n: sp.gamma(n + 1),
    sp.RisingFactorial: lambda z, n: sp.gamma(z + n) / sp.gamma(z),
    sp.FallingFactorial: lambda z, n: sp.gamma(z + 1) / sp.gamma(z - n + 1),
    sp.harmonic: lambda n: sp.digamma(n + 1) + S.EulerGamma,
    sp.airyaiprime: lambda z: -z / (sp.pi * sp.sqrt(3)) * sp.besselk(Rational(2, 3), 2 * z ** Rational(3, 2) / 3),
    sp.gegenbauer: lambda n, a, z: sp.rf(2 * a, n) / sp.factorial(n) * sp.hyper([-n, 2 * a + n], [a + S.Half], (1 - z) / 2),
    sp.jacobi: lambda n, a, b, z: sp.rf(a + 1, n) / sp.factorial(n) * sp.hyper([-n, 1 + a + b + n], [a + 1], (1 - z) / 2),
}
