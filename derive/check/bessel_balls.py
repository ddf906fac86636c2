"""K_ν on balls: for real ν by its values at middles and the size of its slope, and its bounds on wide balls."""

from __future__ import annotations

import math
from collections.abc import Callable

from flint import acb, arb, ctx

from derive.check.ball_functions import between, is_real, undefined

ROUGH = 40  # bits, where only the size of a value counts
MANY = 100  # terms of a Bessel function of half-integer order, beyond which a simpler bound is taken
MOST_HALF = 4  # |z|/2 up to which a bound by a series in z is of use


def right_k(order: Callable[[], acb], z: acb) -> acb:
    """K_ν on a ball to the right of 0, for a real ν: from its middle at a precision that its cancellation asks for, and
    |K_ν′(w)| ≤ K_(|ν|+1)(Re w) (DLMF 10.29.1, 10.32.9): Arb alone gives nothing near |z| = 40 for a z or ν that is not exact.
    On a ball that K_ν changes much on, |K_ν(w)| ≤ K_ν(Re w), which falls (DLMF 10.32.9), says more.
    """
    middle, lowest = acb(z.mid()), arb(z.real.lower())
    reach = (z - middle).abs_upper()
    if reach * (1 + 1 / lowest) > 1:
        with ctx.workprec(ROUGH):
            most = arb(k_at(order, acb(lowest)).abs_upper())
        return acb(between(arb(0), most)) if is_real(z) else acb(arb(0, most), arb(0, most))
    found = k_at(order, middle)
    radius = arb((steepness(order().real, lowest) * reach).abs_upper())
    return found + acb(arb(0, radius), arb(0, radius) if not is_real(z) else arb(0))


def k_at(order: Callable[[], acb], z: acb) -> acb:
    """K_ν(z) for an exact z to the right of 0 and a real ν, at a precision that its cancellation asks for. `order` gives ν at that precision."""
    size = float(z.abs_lower())
    if size > 0.6 * ctx.prec + 8:  # where Arb takes the expansion for large z by itself
        with ctx.workprec(ctx.prec + 8):
            return z.bessel_k(order())
    if 2.8 * size > ctx.prec + 36:
        with ctx.workprec(ctx.prec + 16):
            return k_far(order().real, z)
    bits = max(ctx.prec + 3 * size + 16, 7 * size)  # with fewer than 7 |z| bits Arb is a hundred times slower
    with ctx.workprec(32 * math.ceil(bits / 32)):
        return z.bessel_k(order())


def k_of_exponential(nu: arb, log_z: acb) -> acb:
    """A bound of K_ν(z) on a ball of log z, in which it is entire, by the sizes of the terms of its series."""
    with ctx.workprec(ROUGH):
        half = (log_z.real - arb(2).log()).exp()
        if not half < MOST_HALF:
            return undefined()
        most = size_of_whole_k(round(float(abs(nu))), log_z, half) if nu.is_integer() else size_of_k(abs(nu), half)
        size = arb(most.abs_upper())
    return acb(arb(0, size), arb(0, size))


def size_of_whole_k(n: int, log_z: acb, half: arb) -> arb:
    """|K_n(z)| ≤ ½ ∑_(k<n) (n − k − 1)!/k! |z/2|^(2k−n) + (|log(z/2)| + 1 + n/2) I_n(|z|) + |z/2| I_(n+1)(|z|):
    DLMF 10.31.1 with |ψ(m + 1)| ≤ 1 + m. `half` is |z/2|.
    """
    r = arb(half.upper())
    first = sum((half ** (2 * k - n) * math.factorial(n - k - 1) / math.factorial(k) for k in range(n)), arb(0)) / 2
    return first + (abs(log_z - arb(2).log()) + 1 + arb(n) / 2) * (2 * r).bessel_i(arb(n)) + r * (2 * r).bessel_i(arb(n + 1))


def size_of_k(nu: arb, half: arb) -> arb:
    """|K_ν(z)| ≤ π/(2 |sin νπ|) (∑ |z/2|^(2k−ν)/(k! |Γ(k − ν + 1)|) + I_ν(|z|)) for ν > 0 that is not whole (DLMF 10.27.4, 10.25.2);
    from k > ν − 1 on the terms are those of I_(−ν). On a ball of |z/2| from l to r, |z/2|^(2k−ν) ≤ r^(2k) l^(−ν).
    """
    r = arb(half.upper())
    first = sum((2 * abs((k - nu + 1).rgamma()) * r ** (2 * k) / math.factorial(k) for k in range(int(float(nu.upper())))), arb(0))
    series = (abs((2 * r).bessel_i(-nu)) * r**nu + first) * half**-nu
    return (series + (2 * r).bessel_i(nu)) * arb.pi() / (2 * abs((nu * arb.pi()).sin()))


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
