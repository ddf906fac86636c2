"""Equality in three values: what is equal is proved, what differs is refuted at a point, and nothing wrong is ever accepted."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import (
    Abs,
    Expr,
    Float,
    Integer,
    Max,
    N,
    Piecewise,
    Rational,
    S,
    Symbol,
    acosh,
    asin,
    atan,
    besseli,
    besselk,
    beta,
    binomial,
    cos,
    cosh,
    dirichlet_eta,
    erf,
    erfc,
    exp,
    expint,
    factorial,
    floor,
    gamma,
    hyper,
    log,
    loggamma,
    lowergamma,
    nan,
    oo,
    pi,
    polylog,
    sign,
    sin,
    sinh,
    sqrt,
    symbols,
    tanh,
    uppergamma,
    zeta,
    zoo,
)

from derive.grade.equal.equality import compare
from derive.grade.equal.ground import Ground
from derive.language.claims import AGREES, PROVED, REFUTED, UNDECIDED
from derive.language.totals import NATURALS, POSITIVE, Atoms, Counting, Lebesgue, Total

a, b, s = symbols("a b s", positive=True)
t, m = symbols("t m", real=True)
n = Symbol("n", integer=True, positive=True)
k = Symbol("k", integer=True, nonnegative=True)
x = Symbol("x", positive=True)

EQUAL = [
    (gamma(a + 1), a * gamma(a)),
    (gamma(a) * gamma(1 - a), pi / sin(pi * a)),
    (gamma(a) * gamma(a + S.Half), 2 ** (1 - 2 * a) * sqrt(pi) * gamma(2 * a)),
    (gamma(n + S.Half), factorial(2 * n) * sqrt(pi) / (4**n * factorial(n))),
    (gamma(S.Half + a) * gamma(S.Half - a), pi / cos(pi * a)),
    (beta(a, b), beta(b, a)),
    (beta(a, 1 - a), pi / sin(pi * a)),
    (binomial(a + b, b), gamma(a + b + 1) / gamma(a + 1) / gamma(b + 1)),
    (1 / (2 * sinh(a / 2)), exp(-a / 2) / (1 - exp(-a))),
    (cosh(t) ** 2 - sinh(t) ** 2, S.One),
    (tanh(a / 2), (exp(a) - 1) / (exp(a) + 1)),
    (acosh(1 + a), log(1 + a + sqrt(2 * a + a**2))),
    (erfc(a), 1 - erf(a)),
    (besselk(Rational(3, 2), a), sqrt(pi / (2 * a)) * exp(-a) * (1 + 1 / a)),
    (besseli(S.Half, a), sqrt(2 / (pi * a)) * sinh(a)),
    (besseli(-S.Half, a), sqrt(2 / (pi * a)) * cosh(a)),
    (besseli(Rational(3, 2), a), sqrt(2 / (pi * a)) * (cosh(a) - sinh(a) / a)),
    (lowergamma(a, s) + uppergamma(a, s), gamma(a)),
    (uppergamma(3, a), (a**2 + 2 * a + 2) * exp(-a)),
    (uppergamma(S.Half, a), sqrt(pi) * erfc(sqrt(a))),
    (expint(2, a), exp(-a) - a * expint(1, a)),
    (loggamma(a + 1), log(a) + loggamma(a)),
    ((1 - 2 ** (1 - a)) * zeta(a), dirichlet_eta(a)),
    (zeta(a, S.Half), (2**a - 1) * zeta(a)),
    (polylog(1, a / (1 + a)), log(1 + a)),
    (polylog(-2, s), s * (1 + s) / (1 - s) ** 3),
    (sin(t) ** 2 + cos(t) ** 2, S.One),
    (2 * sin(t) * cos(t), sin(2 * t)),
    (log(a * b), log(a) + log(b)),
    (sqrt(t**2), Abs(t)),
    (Max(t, 0) + Max(-t, 0), Abs(t)),
    (a**t * b**t, (a * b) ** t),
    (sqrt(1 + 2 * exp(t) + exp(2 * t)), 1 + exp(t)),
    (gamma(Rational(5, 4)), gamma(Rational(1, 4)) / 4),
    (gamma(Rational(3, 4)) * gamma(Rational(1, 4)), pi * sqrt(2)),
    (gamma(Rational(-2, 3)), Rational(-3, 2) * gamma(Rational(1, 3))),
    (gamma(Rational(1, 6)), 2 ** Rational(-1, 3) * sqrt(3 / pi) * gamma(Rational(1, 3)) ** 2),
    (hyper([], [1], a**2 / 4), besseli(0, a)),
    (hyper([], [Rational(3, 2)], a**2 / 4), sinh(a) / a),
    (hyper([a], [a + 1], -b), a * b**-a * lowergamma(a, b)),
    (hyper([1], [a + 1], b), a * b**-a * exp(b) * lowergamma(a, b)),
    (hyper([S.Half], [Rational(3, 2)], -(a**2)), sqrt(pi) * erf(a) / (2 * a)),
    (hyper([a], [a + b], -t), exp(-t) * hyper([b], [a + b], t)),
    (hyper([a, 1 - b], [a + 1], 1), gamma(a + 1) * gamma(b) / gamma(a + b)),
    (hyper([1, 1], [2], -a), log(1 + a) / a),
    (hyper([S.Half, 1], [Rational(3, 2)], -(a**2)), atan(a) / a),
    (hyper([S.Half, S.Half], [Rational(3, 2)], 1 / (1 + a**2)), asin(1 / sqrt(1 + a**2)) * sqrt(1 + a**2)),
    ((-1) ** k * binomial(-a, k), gamma(a + k) / (gamma(a) * factorial(k))),
]
DIFFERENT = [
    (s, s * (1 + Rational(1, 10**9))),
    (s, s * (1 - Rational(1, 10**60))),
    (s, s + Rational(1, 10**30)),
    (1 / factorial(40), 1 / factorial(42)),
    (Rational(1, 10**20) * pi, Rational(2, 10**20) * pi),
    (sqrt(t**2), t),
    (sign(t), S.One),
    (gamma(a), gamma(a) * cos(2 * pi * a)),
    (gamma(a), gamma(a) + sin(pi * a)),
    (a, floor(a)),
    (1 - exp(-a), exp(-a) - 1),
    (1 + exp(-a), 1 - exp(-a)),
    (a / (a + b), a / b),
    ((a + b) ** n, a**n + b**n),
    (sqrt(a + b), sqrt(a) + sqrt(b)),
    (zeta(a + 1), zeta(a + 2)),
    (besseli(0, a), besseli(1, a)),
    (erf(a), erf(a / sqrt(2))),
    (log(t**2 + 1), 2 * log(t)),
    (exp(t) ** 2, exp(t**2)),
    (exp(-400) * a, 2 * exp(-400) * a),
    (gamma(Rational(5, 4)), gamma(Rational(1, 4)) / 4 * (1 + Rational(1, 10**9))),
    (gamma(Rational(3, 4)) * gamma(Rational(1, 4)), pi * sqrt(2) * (1 - Rational(1, 10**9))),
    (gamma(Rational(-2, 3)), Rational(3, 2) * gamma(Rational(1, 3))),
    (hyper([], [1], a**2 / 4), besseli(0, a) * (1 + Rational(1, 10**9))),
    (hyper([], [1], t / 4), besseli(0, sqrt(Abs(t)))),  # J₀ for t < 0
    (hyper([a], [a + 1], -b), a * b**-a * lowergamma(a, b) * (1 + Rational(1, 10**9))),
    (hyper([a], [a + b], t), exp(-t) * hyper([b], [a + b], t)),
    (hyper([a], [a + b], t), hyper([a], [a + b], Abs(t))),  # wrong at negative t only
    (hyper([1, 1], [2], -a), log(1 + a) / a + Rational(1, 10**9)),
    (hyper([S.Half, 1], [Rational(3, 2)], -(a**2)), atan(a)),
    (binomial(-a, k), gamma(a + k) / (gamma(a) * factorial(k))),  # right at even k
    (binomial(a, b), binomial(floor(a), floor(b))),  # right at whole numbers
]


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_equal_ones_are_proved(left, right):
    assert compare(left, right, Ground()).verdict == PROVED
    assert compare(right, left, Ground()).verdict == PROVED


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_different_ones_are_refuted_at_a_point_where_they_do_differ(left, right):
    found = compare(left, right, Ground())
    assert found.verdict == REFUTED
    ours, theirs = (N(e.xreplace(found.point), 100) for e in (left, right))  # SymPy's own numbers, not ours
    assert ours != theirs and found.values[0] != found.values[1]


def test_what_nobody_proved_is_called_agreement():
    assert compare(atan(a), pi / 2 - atan(1 / a), Ground()).verdict == AGREES
    assert compare(sqrt(a + b + 2 * sqrt(a * b)), sqrt(a) + sqrt(b), Ground()).verdict == AGREES


def test_a_series_at_its_border_is_refuted_by_what_it_is():
    found = compare(hyper([a, 1 - b], [a + 2], 1), gamma(a + 1) * gamma(b) / gamma(a + b), Ground())  # a + 1 below it would be right
    assert found.verdict == REFUTED
    theirs = N((gamma(a + 2) * gamma(b + 1) / (gamma(2) * gamma(a + b + 1))).xreplace(found.point), 30)  # DLMF 15.4.20
    assert str(N(theirs, 6)) == found.values[0]


def test_a_place_without_values_is_no_evidence():
    assert compare(log(-a), a, Ground()).verdict == UNDECIDED
    assert compare(gamma(-n), S.One, Ground()).verdict == UNDECIDED


def test_a_ball_that_is_as_wide_as_its_value_is_no_evidence():
    """∫ x^(10⁶) e^(−x) dx is enclosed as a number between 0 and one of millions of digits, which overlaps with everything."""
    total = Total(x ** (10**6) * exp(-x), x, POSITIVE)
    assert compare(total, gamma(a) / b, Ground()).verdict == UNDECIDED


def test_points_meet_conditions_and_ranges():
    q = Symbol("q", positive=True)
    assert compare(Abs(1 - q), 1 - q, Ground([q < 1])).verdict == PROVED
    assert compare(Abs(1 - q), 1 - q, Ground()).verdict == REFUTED
    inside = Ground(variables=[(x, Lebesgue(0, 1))])
    assert compare(Abs(1 - x), 1 - x, inside).verdict == PROVED
    for point in Ground([a < b], variables=[(k, Counting(0, n))]).points({a, b, k}):
        assert point[a] < point[b] and 0 <= point[k] <= point[n]


def test_a_finite_set_is_gone_through():
    spin = Symbol("s_", integer=True, nonzero=True)
    ground = Ground(variables=[(spin, Atoms(-1, 1))])
    assert compare(spin**2, S.One, ground).verdict == PROVED
    assert compare(spin**3, spin, ground).verdict == PROVED
    assert compare(spin, S.One, ground).verdict == REFUTED


def test_a_single_point_does_not_count_where_there_is_a_length_and_does_where_there_is_none():
    one_off = Piecewise((S(7), Abs(x - Rational(4, 3)) <= 0), (S.One, True))
    assert compare(one_off, S.One, Ground(variables=[(x, POSITIVE)])).verdict != REFUTED
    assert compare(0 ** Abs(m) + s, s, Ground()).verdict != PROVED


def test_totals_are_enclosed_to_refute_and_never_to_accept():
    total = Total(exp(-(x**4) - x), x, POSITIVE)
    assert compare(total, Rational(6, 10), Ground()).verdict == REFUTED
    assert compare(total, total * (1 + Rational(1, 10**30)), Ground()).verdict != PROVED
    other = Symbol("y", positive=True)
    assert compare(total, Total(exp(-(other**4) - other), other, POSITIVE), Ground()).verdict == PROVED
    assert compare(Total(a**k / factorial(k), k, NATURALS), exp(a) + 1, Ground()).verdict == REFUTED


RIGHT = [
    (sqrt(2 * pi) * s, ()),
    (gamma(a) / b**a, ()),
    (gamma(a) * gamma(b) / gamma(a + b), ()),
    (2 * pi * besseli(0, a), ()),
    ((1 - exp(-a * b)) / a, ()),
    (sqrt(pi / a) * exp(t**2 / (4 * a)), ()),
    (exp(-a / 2) / (1 - exp(-a)), ()),
    (2 ** (a / 2) * gamma(a / 2), ()),
    (sqrt(pi) * sqrt(a) * gamma(a / 2) / gamma((a + 1) / 2), ()),
    (s * sqrt(pi / 2) * (erf((t - m) / (sqrt(2) * s)) + 1), ()),
]


def places(e: Expr, path: tuple = ()) -> list:
    return [(path, e)] + [p for i, arg in enumerate(e.args) for p in places(arg, (*path, i))]


def put(e: Expr, path: tuple, new: Expr) -> Expr:
    if not path:
        return new
    args = list(e.args)
    args[path[0]] = put(args[path[0]], path[1:], new)
    return e.func(*args)


def mutated(e: Expr, rng: random.Random) -> Expr:
    """One place of an expression changed."""
    path, at = rng.choice(places(e))
    letter = rng.choice(sorted(e.free_symbols, key=str))
    ways = [at + 1, -at, 2 * at, at * (1 + Rational(1, 10**9)), letter, at**2, Abs(at), sqrt(at**2), gamma(at + 1),
            at * (1 + sin(pi * letter) ** 2), at + letter - floor(letter)]  # fmt: skip
    return put(e, path, rng.choice(ways if not at.is_Integer else [at + 1, -at, at + 2, Integer(at) + Rational(1, 10**9)]))


def differs(left: Expr, right: Expr, rng: random.Random) -> bool:
    """Whether SymPy's numbers differ at some point of a coarse grid."""
    letters = sorted(left.free_symbols | right.free_symbols, key=str)
    for _ in range(12):
        values = {
            z: Rational(rng.randint(1, 40), rng.choice([3, 7, 11])) * (1 if z.is_positive else rng.choice([1, -1]))
            for z in letters
        }
        ours, theirs = (N(e.xreplace(values), 60) for e in (left, right))
        if ours.is_Float and theirs.is_Float and abs(ours - theirs) > abs(theirs) * Float("1e-40", 60):
            return True
    return False


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.sampled_from(range(len(RIGHT))), st.integers(0, 10**6))
def test_no_mutation_that_changes_the_value_is_accepted(which, seed):
    rng = random.Random(seed)
    right, _ = RIGHT[which]
    try:
        wrong = mutated(right, rng)
    except (TypeError, ValueError):
        return
    if wrong.has(zoo, nan, oo):
        return
    if compare(wrong, right, Ground()).verdict == PROVED:
        assert not differs(wrong, right, rng)
