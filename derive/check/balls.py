"""Expressions as functions on balls: every value is an interval that provably holds the true one (python-flint, Arb).

The closures follow the tree of an expression; no text is ever executed. They take an `analytic` flag, as Arb's integration asks
for: where it is set, a function that is not analytic on the whole ball gives a ball that is not finite.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sympy as sp
from flint import acb, arb, ctx, fmpq
from sympy import Basic, Expr, Rational, S, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean, Not, Or

Balls = Sequence[acb]
BallFunction = Callable[[Balls, bool], acb]
Truth = Callable[[Balls, bool], bool | None]

MOST_BITS = 2000  # where expressions that could not be told apart are given up
IN_LOG = -1  # in place of an index: the symbol stands for e^(−u), where u is the first ball


class NoBall(ArithmeticError):
    """An expression has no enclosure; the message says why, as the end of a sentence."""


def undefined() -> acb:
    return acb(arb.nan(), arb.nan())


@lru_cache(maxsize=512)
def compile_ball(expr: Expr, symbols: tuple[Symbol, ...] = ()) -> BallFunction:
    """`expr` as a function of balls for `symbols`. Raises NoBall where a function in it has no enclosure.

    >>> x = Symbol("x")
    >>> f = compile_ball(sp.sqrt(x) + 1, (x,))
    >>> f([acb(4)], False).real == 3, f([acb(-4)], True).is_finite()
    (True, False)
    """
    return build(expr, {s: i for i, s in enumerate(symbols)})


def compile_in_log(expr: Expr, t: Symbol) -> BallFunction:
    """`expr`, an expression in t = e^(−u), as a function of u: a power of t is an exponential of u and needs no cut."""
    return build(expr, {t: IN_LOG})


def build(e: Basic, index: Mapping[Symbol, int]) -> BallFunction:
    if isinstance(e, Symbol):
        if e not in index:
            raise NoBall(f"the value of {e} is not given")
        i = index[e]
        return (lambda v, a: v[i]) if i != IN_LOG else (lambda v, a: (-v[0]).exp())
    made = constant_atom(e) or node(e, index)
    return made if e.free_symbols else remembered(made)


def remembered(f: BallFunction) -> BallFunction:
    """A function without arguments that is computed once for each precision."""
    known: dict[int, acb] = {}

    def get(v: Balls, a: bool) -> acb:
        if ctx.prec not in known:
            known[ctx.prec] = f((), False)
        return known[ctx.prec]

    return get


CONSTANTS: dict[Basic, Callable[[], Any]] = {
    S.Pi: arb.pi, S.Exp1: arb.const_e, S.EulerGamma: arb.const_euler, S.Catalan: arb.const_catalan,
    S.ImaginaryUnit: lambda: acb(0, 1), S.GoldenRatio: lambda: (1 + arb(5).sqrt()) / 2}  # fmt: skip


def constant_atom(e: Basic) -> BallFunction | None:
    if isinstance(e, sp.Float):
        e = Rational(e)  # what a person wrote as 0.1 the reader has made 1/10; other floats are what they are
    if isinstance(e, Rational):
        number = acb(int(e.p)) if e.q == 1 else None
        return (lambda v, a: number) if number is not None else (lambda v, a: acb(arb(fmpq(int(e.p), int(e.q)))))
    if e in CONSTANTS:
        make = CONSTANTS[e]
        return lambda v, a: acb(make())
    if isinstance(e, sp.CRootOf) and e.is_real:
        return lambda v, a: acb(isolated(e, ctx.prec))
    if not e.args:
        raise NoBall(f"{e} has no enclosure")
    return None


def isolated(root: sp.CRootOf, bits: int) -> arb:
    """A real zero of a polynomial, from the rational interval that isolates it."""
    width = Rational(1, 2 ** (bits + 8))
    middle = root.eval_rational(width)
    return arb(fmpq(int(middle.p), int(middle.q))) + arb(0, arb(2) ** -(bits + 8))


def node(e: Basic, index: Mapping[Symbol, int]) -> BallFunction:
    if isinstance(e, sp.Add):
        return folded([build(x, index) for x in e.args], lambda x, y: x + y)
    if isinstance(e, sp.Mul):
        return folded([build(x, index) for x in e.args], lambda x, y: x * y)
    if isinstance(e, sp.Pow):
        return power(e.base, e.exp, index)
    if isinstance(e, sp.log) and index.get(e.args[0]) == IN_LOG:
        return lambda v, a: -v[0]
    if isinstance(e, sp.Piecewise):
        return cases(e, index)
    if isinstance(e, sp.hyper):
        return hypergeometric(e, index)
    if isinstance(e, sp.besselk):
        return bessel_k(e, index)
    if type(e) in REWRITTEN:
        return build(REWRITTEN[type(e)](*e.args), index)
    if (type(e), len(e.args)) in FUNCTIONS:
        return applied(FUNCTIONS[type(e), len(e.args)], [build(x, index) for x in e.args])
    raise NoBall(f"{e.func.__name__} has no enclosure")


def folded(parts: list[BallFunction], op: Callable[[acb, acb], acb]) -> BallFunction:
    first, *rest = parts

    def get(v: Balls, a: bool) -> acb:
        total = first(v, a)
        for part in rest:
            total = op(total, part(v, a))
        return total

    return get


def applied(f: Callable[..., acb], parts: list[BallFunction]) -> BallFunction:
    if len(parts) == 1:
        (one,) = parts
        return lambda v, a: f(a, one(v, a))
    return lambda v, a: f(a, *(p(v, a) for p in parts))


def power(base: Expr, exponent: Expr, index: Mapping[Symbol, int]) -> BallFunction:
    p = build(exponent, index)
    if base is S.Exp1:
        return lambda v, a: p(v, a).exp()
    if isinstance(base, Symbol) and index.get(base) == IN_LOG:
        return lambda v, a: (-v[0] * p(v, a)).exp()
    b = build(base, index)
    if exponent.is_Integer and abs(exponent) < 10**9:
        n = int(exponent)
        return lambda v, a: whole_power(b(v, a), n)
    if exponent == S.Half:
        return lambda v, a: root(b(v, a), a)
    return lambda v, a: general_power(b(v, a), p(v, a), a)


def is_real(*zs: acb) -> bool:
    return all(z.imag.is_zero() for z in zs)


def whole_power(z: acb, n: int) -> acb:
    """z**n; for a real ball around 0 an even power is not below 0."""
    if n < 0:
        return 1 / whole_power(z, -n)
    if n % 2 == 0 and is_real(z) and z.real.contains(0):
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
    if not analytic and is_real(z, w) and z.real.lower().is_zero() and w.real > 0:
        hi = arb(z.real.upper())
        top = hi**w.real
        return acb(between(arb(0), top.max(hi**w.real.lower()))) if top.is_finite() else undefined()
    return z.pow(w, analytic=analytic)


def on_real(real: Callable[..., arb], general: Callable[..., acb], bad: Callable[..., bool]) -> Callable[..., acb]:
    """A function with a cut: `real` where all arguments are real, which is nan on the cut, and nothing where `bad` sees the cut."""
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


def bessel_k(e: sp.besselk, index: Mapping[Symbol, int]) -> BallFunction:
    """K_ν(z). To the right of 0, for real ν, from the middle of the ball at a precision that its cancellation asks for, and
    |K_ν′(w)| ≤ K_(|ν|+1)(Re w) (DLMF 10.29.1, 10.32.9): Arb alone gives nothing near |z| = 40 for a z or ν that is not exact.
    """
    order, argument = (build(x, index) for x in e.args)
    general = cut_second("bessel_k")

    def get(v: Balls, a: bool) -> acb:
        z = argument(v, a)
        if order_moves or not (z.real > 0 and z.is_finite()):
            return general(a, order(v, a), z)
        size = float(z.abs_lower())
        with ctx.workprec(ctx.prec + (16 if 2.8 * size > ctx.prec + 20 else int(3 * size) + 16)):
            nu = order((), False)
            if not is_real(nu):
                return general(a, nu, z)
            middle = acb(z.mid())
            found = k_far(nu.real, middle) if 2.8 * size > ctx.prec else middle.bessel_k(nu)
            radius = arb((steepness(nu.real, arb(z.real.lower())) * (z - middle).abs_upper()).abs_upper())
        return found + acb(arb(0, radius), arb(0, radius) if not is_real(z) else arb(0))

    order_moves = bool(e.args[0].free_symbols)
    return get


def k_far(nu: arb, z: acb) -> acb:
    """K_ν(z) = √(π/2z) e^(−z) (∑ a_k z^(−k) + R_l), |R_l| ≤ 2 |a_l| |z|^(−l) exp(|ν² − ¼|/|z|) to the right of 0 (DLMF 10.40.2, 10.40.11)."""
    total, term, k = acb(1), acb(1), 0
    while k < 2 * ctx.prec and (k < 4 or term.abs_lower() > arb(2) ** -ctx.prec):
        k += 1
        term = term * (4 * nu * nu - (2 * k - 1) ** 2) / (8 * k * z)
        total += term
    rest = arb((2 * abs(term) * (abs(nu * nu - arb(0.25)) / abs(z)).exp()).abs_upper())
    return (arb.pi() / (2 * z)).sqrt() * (-z).exp() * (total - term + acb(arb(0, rest), arb(0, rest if not is_real(z) else 0)))


def steepness(nu: arb, x: arb) -> arb:
    """An upper bound of K_(|ν|+1)(x) for x > 0 by the elementary function of the next half-integer order (DLMF 10.49.12)."""
    n = int(float(abs(nu).upper()) + 0.5) + 1
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
    (sp.Abs, 1): bar("real_abs"), (sp.sign, 1): bar("real_sgn"), (sp.floor, 1): bar("real_floor"), (sp.ceiling, 1): bar("real_ceil"),
    (sp.Heaviside, 2): lambda a, z, h: bar("real_heaviside")(a, z), (sp.Heaviside, 1): bar("real_heaviside"),
    **{(sp.Max, n): many("real_max") for n in range(2, 9)}, **{(sp.Min, n): many("real_min") for n in range(2, 9)},
    (sp.KroneckerDelta, 2): delta,
    (sp.beta, 2): lambda a, p, q: p.gamma() * q.gamma() * (p + q).rgamma(), (sp.beta, 1): lambda a, p: p.gamma() ** 2 * (2 * p).rgamma(),
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


def hypergeometric(e: sp.hyper, index: Mapping[Symbol, int]) -> BallFunction:
    upper = [build(x, index) for x in e.ap]
    lower = [build(x, index) for x in e.bq]
    z = build(e.argument, index)
    has_cut = len(upper) > len(lower)

    def get(v: Balls, a: bool) -> acb:
        at = z(v, a)
        if has_cut and beyond_one(at):
            return undefined()
        return at.hypgeom([p(v, a) for p in upper], [p(v, a) for p in lower])

    return get


def cases(e: sp.Piecewise, index: Mapping[Symbol, int]) -> BallFunction:
    """A Piecewise: the case that holds on the whole ball; the hull of those that may hold; nothing where that is not analytic."""
    pairs = [(build(value, index), truth(condition, index)) for value, condition in e.args]

    def get(v: Balls, a: bool) -> acb:
        found: acb | None = None
        for value, holds in pairs:
            known = holds(v, a)
            if known is False:
                continue
            if known is None and a:
                return undefined()
            here = value(v, a)
            found = here if found is None else found.union(here)
            if known:
                return found
        return undefined()

    return get


def truth(condition: Boolean, index: Mapping[Symbol, int]) -> Truth:
    """Whether a condition holds on a whole ball (True), nowhere on it (False), or neither is certain (None)."""
    if condition in (S.true, S.false):
        known = bool(condition)
        return lambda v, a: known
    if isinstance(condition, Not):
        inner = truth(condition.args[0], index)
        return lambda v, a: None if (t := inner(v, a)) is None else not t
    if isinstance(condition, (And, Or)):
        return joined([truth(c, index) for c in condition.args], isinstance(condition, And))
    if not isinstance(condition, Relational):
        raise NoBall(f"the condition {condition} cannot be decided on balls")
    return compared(condition, build(condition.lhs - condition.rhs, index))


def joined(parts: list[Truth], every: bool) -> Truth:
    def get(v: Balls, a: bool) -> bool | None:
        found = [p(v, a) for p in parts]
        if (not every) in found:
            return not every
        return None if None in found else every

    return get


def compared(relation: Relational, difference: BallFunction) -> Truth:
    """The relation by the sign of the real part, which on a ball that is wholly on one side is the relation's on its real points."""
    def get(v: Balls, a: bool) -> bool | None:
        d = difference(v, a)
        if isinstance(relation, (sp.Eq, sp.Ne)):
            known = True if d.is_zero() else False if d.is_finite() and not d.contains(0) else None
            return known if known is None or isinstance(relation, sp.Eq) else not known
        up = isinstance(relation, (sp.Gt, sp.Ge))
        if d.real > 0 or d.real < 0:
            return bool(d.real > 0) is up
        return isinstance(relation, (sp.Ge, sp.Le)) if d.is_zero() else None

    return get


def value_ball(expr: Expr, point: Mapping[Symbol, Expr], digits: int = 20) -> arb:
    """A ball that holds the value of a closed form at a point, at a precision of `digits` and some more.

    Raises NoBall where it has none or is not real. The ball is as wide as the expression makes it: see `sharp_ball`.

    >>> x = Symbol("x")
    >>> value_ball(sp.gamma(x), {x: Rational(1, 2)}).overlaps(arb.pi().sqrt())
    True
    """
    with ctx.workprec(int(digits * 3.33) + 16):
        return real_value(expr, point)


def real_value(expr: Expr, point: Mapping[Symbol, Expr]) -> arb:
    """The value at the current precision."""
    symbols = tuple(sorted(expr.free_symbols, key=lambda s: (s.name, str(s.assumptions0)))) if expr.free_symbols else ()
    values = [build(point[s], {})((), False) if s in point else undefined() for s in symbols]
    found = compile_ball(expr, symbols)(values, False)
    if not found.is_finite():
        raise NoBall("a function in it has no finite value there")
    if not found.imag.contains(0):
        raise NoBall("its value there is not real")
    return found.real


def sharp_ball(expr: Expr, point: Mapping[Symbol, Expr], digits: int = 20) -> arb:
    """A ball with `digits` correct digits, by raising the precision. Raises NoBall where 2000 bits do not give them."""
    bits = int(digits * 3.33) + 16
    trouble = "its digits cancel"
    while bits <= MOST_BITS:
        try:
            with ctx.workprec(bits):
                found = real_value(expr, point)
                if found.is_zero() or found.rel_accuracy_bits() > digits * 3.32:
                    return found
        except NoBall as problem:
            trouble = str(problem)
        bits *= 2
    raise NoBall(trouble)


def differ(a: Expr, b: Expr, point: Mapping[Symbol, Expr], bits: int = MOST_BITS) -> bool | None:
    """Whether two closed forms differ at a point: True where disjoint balls prove it, False where `bits` do not separate them,
    None where one of them cannot be evaluated there.

    >>> x = Symbol("x", positive=True)
    >>> differ(sp.sqrt(x**2 + 1), x + 1, {x: S(2)}), differ(sp.sqrt(x**2), x, {x: S(2)})
    (True, False)
    """
    precision, seen = 64, False
    while precision <= bits:
        try:
            with ctx.workprec(precision):
                left, right = real_value(a, point), real_value(b, point)
            if not left.overlaps(right):
                return True
            seen = True
        except NoBall:
            pass
        precision *= 2
    return False if seen else None
