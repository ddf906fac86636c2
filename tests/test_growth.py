"""Kernels of many pieces: each piece is looked at once, and what holds for two pieces holds for sixty-four."""

import random
from collections.abc import Callable
from math import prod

import mpmath
import pytest
from flint import arb
from sympy import Expr, Poly, Rational, Symbol, cosh, exp, factor_list, log, oo, pi, sqrt, symbols, tanh

from derive.algebra.equality import equal
from derive.algebra.monomials import plainly_irreducible
from derive.algebra.normal import canonical
from derive.algebra.rough import varies
from derive.algebra.signs import Facts
from derive.check.enclosure import check_enclosure, enclose_total
from derive.check.numeric import check_density, value
from derive.engine import solve
from derive.language.claims import AGREES
from derive.language.problem import Problem, Result
from derive.language.totals import POSITIVE, REALS, Lebesgue, Total
from derive.read.asked import problem
from derive.search.engine import Context, allowance, derive

x, y = Symbol("x", positive=True), Symbol("y", real=True)


def indexed(n: int, term: str, joint: str = " + ") -> str:
    return joint.join(term.replace("#", str(i)) for i in range(1, n + 1))


def positive(n: int, letters: str) -> list[str]:
    return [f"{letter}{i} > 0" for i in range(1, n + 1) for letter in letters]


# kernel, support, what is given, and Z by a formula of its own at the drawn values of the parameters
Z_of = Callable[[int, dict[str, mpmath.mpf]], mpmath.mpf]
SERIES: dict[str, tuple[Callable[[int], tuple[str, str, list[str]]], Z_of]] = {
    "gamma pieces": (lambda n: (indexed(n, "x**#*exp(-#*b*x)"), "x in (0, oo)", ["b > 0"]),
                     lambda n, v: mpmath.fsum(mpmath.factorial(i) / (i * v["b"]) ** (i + 1) for i in range(1, n + 1))),
    "geometric pieces": (lambda n: (indexed(n, "(q/#)**k"), "k in ZZ[0, oo]", ["q > 0", "q < 1"]),
                         lambda n, v: mpmath.fsum(1 / (1 - v["q"] / i) for i in range(1, n + 1))),
    "gamma factors": (lambda n: (indexed(n, "x**a#*exp(-b#*x)", "*"), "x in (0, oo)", positive(n, "ab")),
                      lambda n, v: (lambda s, r: mpmath.gamma(s) / r**s)(1 + mpmath.fsum(v[f"a{i}"] for i in range(1, n + 1)),
                                                                        mpmath.fsum(v[f"b{i}"] for i in range(1, n + 1)))),
    "Gaussian factors": (lambda n: (indexed(n, "exp(-(x - m#)**2/(2*#))", "*"), "x in RR", []), lambda n, v: gaussian_product(n, v)),
    "Gaussian mixture": (lambda n: (indexed(n, "w#*exp(-(x - m#)**2/2)"), "x in RR", positive(n, "w") + [f"m{i} real" for i in range(1, n + 1)]),
                         lambda n, v: mpmath.sqrt(2 * mpmath.pi) * mpmath.fsum(v[f"w{i}"] for i in range(1, n + 1))),
    "Gaussians at whole numbers": (lambda n: (indexed(n, "exp(-(x - #)**2)"), "x in RR", []), lambda n, v: n * mpmath.sqrt(mpmath.pi)),
    "Laplace mixture": (lambda n: (indexed(n, "w#*exp(-Abs(x - m#))"), "x in RR", positive(n, "w") + [f"m{i} real" for i in range(1, n + 1)]),
                        lambda n, v: 2 * mpmath.fsum(v[f"w{i}"] for i in range(1, n + 1))),
    "polynomial": (lambda n: (f"({indexed(n, 'x**#/#')})*exp(-x)", "x in (0, oo)", []),
                   lambda n, v: mpmath.fsum(mpmath.factorial(i) / i for i in range(1, n + 1))),
    "powers": (lambda n: (indexed(n, "x**(a# - 1)"), "x in (0, 1)", positive(n, "a")),
               lambda n, v: mpmath.fsum(1 / v[f"a{i}"] for i in range(1, n + 1)))}  # fmt: skip


def gaussian_product(n: int, v: dict[str, mpmath.mpf]) -> mpmath.mpf:
    """∫ ∏ e^(−(x − mᵢ)²/(2i)) = √(2π/S) e^(−(Q − M²/S)/2) with S = Σ 1/i, M = Σ mᵢ/i, Q = Σ mᵢ²/i."""
    S, M, Q = (mpmath.fsum(v[f"m{i}"] ** k / mpmath.mpf(i) for i in range(1, n + 1)) for k in (0, 1, 2))
    return mpmath.sqrt(2 * mpmath.pi / S) * mpmath.exp(-(Q - M**2 / S) / 2)


def asked(name: str, n: int) -> Problem:
    kernel, over, given = SERIES[name][0](n)
    return problem(kernel, over=[over], given=given)


def right(name: str, n: int, result: Result) -> None:
    assert result.outcome == "normalized" and result.Z is not None
    rnd = random.Random(n)
    point = {s: Rational(rnd.randint(1, 19), 20) for s in result.problem.kernel.free_symbols if s.name not in ("x", "k")}
    with mpmath.workdps(30):
        expected = SERIES[name][1](n, {s.name: mpmath.mpf(v.p) / v.q for s, v in point.items()})
        assert mpmath.almosteq(value(result.Z, point, 25), expected, rel_eps=mpmath.mpf(10) ** -20)


@pytest.mark.parametrize("name", SERIES)
def test_many_pieces_have_a_closed_form(name: str) -> None:
    right(name, 7, solve(asked(name, 7), 60))


@pytest.mark.slow
@pytest.mark.parametrize("name", SERIES)
def test_sixty_four_pieces_have_a_closed_form(name: str) -> None:
    right(name, 64, solve(asked(name, 64), 120))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["geometric pieces", "Gaussian mixture"])
def test_the_moves_of_a_search_grow_no_faster_than_the_pieces(name: str) -> None:
    def used(n: int) -> int:
        p = asked(name, n)
        moves = allowance(p.total)
        before = moves[0]
        assert derive(p.total, Context(Facts(p.conditions).quick(), moves=moves)) is not None
        return before - moves[0]

    few, many = used(13), used(26)
    assert many <= 2 * few + 4


def test_a_sum_of_many_fractions_keeps_its_denominators() -> None:
    q = Symbol("q", positive=True)
    many = sum((1 / (1 - q / i) for i in range(1, 13)), Rational(0))
    found = canonical(1 / many, Facts([q < 1]))
    assert found.count_ops() < 3 * many.count_ops()
    point = Rational(2, 7)
    assert found.subs(q, point) == 1 / sum(1 / (1 - point / i) for i in range(1, 13))


def test_totals_of_equal_bodies_are_equal() -> None:
    b = Symbol("b", positive=True)
    written = Total(x**2 * exp(-2 * b * x) + x * exp(-b * x) * 3, x, POSITIVE)
    assert equal(written, Total(x * (x + 3 * exp(b * x)) * exp(-2 * b * x), x, POSITIVE), Facts())
    assert not equal(written, Total(x * (x + 2 * exp(b * x)) * exp(-2 * b * x), x, POSITIVE), Facts())


def test_what_is_called_irreducible_has_one_factor() -> None:
    letters, rnd, found = symbols("a:e"), random.Random(5), 0
    for _ in range(60):
        def draw() -> Expr:
            return sum((rnd.randint(-3, 3) * rnd.choice(letters) ** rnd.randint(0, 2) * rnd.choice(letters) for _ in range(3)), Rational(0))

        e = (draw() * draw() if rnd.random() < 0.5 else draw()).expand()
        poly = Poly(e, *letters)
        if poly.total_degree() > 1 and plainly_irreducible(poly.primitive()[1]):
            found += 1
            assert [k for _, k in factor_list(e)[1]] == [1]
    assert found > 5


@pytest.mark.parametrize(("a", "b", "given", "different"), [
    (x**3, x, [], True), (x**2 + x, x, [x < 1], True), (2 * x, x, [], False), ((x - 1) ** 2, x**2 - 2 * x + 1, [], False),
    ((x**2) ** Rational(1, 2), x, [x > 2], False), (exp(-40 * x), exp(-39 * x), [], True), (exp(900 * x**2), 1 / x, [x > 50], False),
    (1 - tanh(40 * x) ** 2, 1 / cosh(40 * x) ** 2, [], False), (exp(-25 * x**2), 2 * exp(-25 * x**2), [x > 4], False)])  # fmt: skip
def test_a_quotient_that_varies_is_told_from_a_constant(a: Expr, b: Expr, given: list, different: bool) -> None:
    """Nothing is said of what is out of the range of machine numbers, or of what rounding leaves of a difference."""
    assert varies((a, b), x, Facts(given)) is different


def test_a_wide_sum_is_enclosed_term_by_term_and_its_mass_refuted_where_it_is_wrong() -> None:
    n = 24
    p = sum((exp(-((y - i) ** 2)) for i in range(1, n + 1)), Rational(0)) / (n * sqrt(pi))
    assert [check_enclosure(c * p, [(y, REALS)], seconds=30.0).verdict for c in (1, 1 + Rational(1, 10**12))] == ["enclosed", "refuted"]
    assert check_density(p, [(y, REALS)], seconds=30.0).verdict == AGREES


def test_terms_without_a_total_of_their_own_are_taken_together() -> None:
    body = sum((1 / (x + 2 * i) - 1 / (x + 2 * i + 1) for i in range(5)), Rational(0))
    whole = log(prod((Rational(2 * i + 2, 2 * i + 1) for i in range(5)), start=Rational(1)))
    found = enclose_total(body, x, Lebesgue(1, oo), {})
    assert isinstance(found, arb) and found.overlaps(arb(str(whole.n(40)))) and found.rad() < 1e-12
