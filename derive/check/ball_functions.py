"""Functions on balls: each with its cuts watched, so that a ball never holds less than all values on it.

A function takes the `analytic` flag first. Where the flag is set and the function is not analytic on the whole ball, or where a
ball touches a cut other than along the real axis, the answer is a ball that is not finite.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from flint import acb, arb, ctx
from sympy import Expr, Rational, S

from derive.check.conjugates import GammaSize, gamma_size


class Slope(sp.Function):  # type: ignore[misc]
    """Slope(b, y, z) = b(z)/z for a function b of y with b(0) = 0."""

    nargs = 3


class ScaledErfc(sp.Function):  # type: ignore[misc]
    """e^(z²) erfc z."""

    nargs = 1


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


def bessel_i(analytic: bool, nu: acb, z: acb) -> acb:
    """I_ν; on wide complex balls for whole ν ≥ 0 by |I_ν(z)| ≤ |z/2|^ν e^|Re z|/Γ(ν + 1) (DLMF 10.14.4, 10.27.6), where Arb's bounds are far off."""
    if is_real(z) or not (z.rad() > WIDE * z.abs_lower() and nu.is_exact() and nu.real.is_integer() and nu.real >= 0):
        return OTHER_I(analytic, nu, z)
    size = arb(((z.abs_upper() / 2) ** nu.real * arb(z.real.abs_upper()).exp() * (nu.real + 1).rgamma()).abs_upper())
    return acb(arb(0, size), arb(0, size))


def scaled_erfc(analytic: bool, z: acb) -> acb:
    """e^(z²) erfc z = 2/√π ∫₀^∞ e^(−t² − 2zt) dt (DLMF 7.7.6), to the right of 0 from its middle: its slope is no larger than 2/√π
    nor than 1/(√π (Re z)²).
    """
    if not z.real > 0:
        return (z * z).exp() * z.erfc()
    middle, lowest = acb(z.mid()), arb(z.real.lower())
    steep = (1 / lowest**2).min(arb(2)) / arb.pi().sqrt()
    radius = arb((steep * (z - middle).abs_upper()).abs_upper())
    return (middle * middle).exp() * middle.erfc() + acb(arb(0, radius), arb(0, radius) if not is_real(z) else arb(0))


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


OTHER_I, WIDE = real_order("bessel_i"), arb(2) ** -10
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
    (ScaledErfc, 1): scaled_erfc, (GammaSize, 2): lambda a, p, q: gamma_size(p, q), (sp.log, 1): logarithm, (sp.asinh, 1): asinh,
    (sp.besseli, 2): bessel_i, (sp.besselj, 2): real_order("bessel_j"),
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
