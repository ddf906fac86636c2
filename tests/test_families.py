"""Families by their name: densities of textbooks in several parametrizations, near misses, and the table itself."""

import pytest
from sympy import S, Symbol, binomial, cos, exp, oo, pi, symbols, sympify

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.check.numeric import mass
from derive.check.points import points
from derive.engine import solve
from derive.families import TABLE, recognise
from derive.families.named import template
from derive.language.totals import POSITIVE, REALS, Atoms, Counting, Lebesgue, variable
from derive.read import asked
from derive.report.json import to_dict
from derive.report.render import render

HALF_LINE, LINE, UNIT = "(0, oo)", "RR", "(0, 1)"


def family(kernel, domain, given=()):
    """The family of a kernel of x, as its name and its parameters."""
    found = solved(kernel, domain, given)
    return (found.family.name, list(found.family.parameters.values())) if found.family else None


def solved(kernel, domain, given=()):
    found = solve(asked.problem(kernel, over={"x": domain}, given=given), 10.0)
    assert found.outcome == "normalized", (found.outcome, found.reason)
    return found


def positive(*names):
    return [f"{name} > 0" for name in names]


# kernel, domain, what is given, the name, the parameters in order (as a textbook solves for them)
TEXTBOOK = [
    ("exp(-(x - m)**2/(2*s**2))", LINE, ["s > 0"], "Normal", ["m", "s**2"]),
    ("exp(-a*x**2 + b*x)", LINE, ["a > 0"], "Normal", ["b/(2*a)", "1/(2*a)"]),
    ("exp(-3*(2*x + 1)**2)", LINE, [], "Normal", ["-1/2", "1/24"]),
    ("exp(-b*x)", HALF_LINE, ["b > 0"], "Exponential", ["b"]),
    ("exp(-(x - m)/s)", "(m, oo)", ["s > 0"], "Exponential", ["1/s", "m"]),
    ("2**(-x)", HALF_LINE, [], "Exponential", ["log(2)"]),
    ("x**(a - 1)*exp(-b*x)", HALF_LINE, positive("a", "b"), "Gamma", ["a", "b"]),
    ("x**3*exp(-x/s)", HALF_LINE, ["s > 0"], "Gamma", ["4", "1/s"]),
    ("(x - 2)**(a - 1)*exp(2 - x)", "(2, oo)", ["a > 0"], "Gamma", ["a", "1", "2"]),
    ("x**(k/2 - 1)*exp(-x/2)", HALF_LINE, ["k > 0"], "Chi-squared", ["k"]),
    ("x**(-a - 1)*exp(-b/x)", HALF_LINE, positive("a", "b"), "Inverse gamma", ["a", "b"]),
    ("exp(-1/(3*x))/x**4", HALF_LINE, [], "Inverse gamma", ["3", "1/3"]),
    ("exp(-c/(2*x))*x**(-3/2)", HALF_LINE, ["c > 0"], "Lévy", ["c"]),
    ("exp(-c/(2*(x - m)))*(x - m)**(-3/2)", "(m, oo)", ["c > 0"], "Lévy", ["c", "m"]),
    ("(1 + x)*exp(-t*x)", HALF_LINE, ["t > 0"], "Lindley", ["t"]),
    ("(a + t*x)*exp(-t*x)", HALF_LINE, positive("a", "t"), "Two-parameter Lindley", ["t", "t/a"]),
    ("exp(-l*x)*(1 - exp(-l*x))**(a - 1)", HALF_LINE, positive("a", "l"), "Exponentiated exponential", ["a", "l"]),
    ("x*exp(-x**2)*(1 - exp(-x**2))**(k - 1)", HALF_LINE, ["k > 0"], "Burr X", ["k", "1"]),
    ("x**(c - 1)*exp(-(x/s)**c)*(1 - exp(-(x/s)**c))**(a - 1)", HALF_LINE, positive("a", "c", "s"), "Exponentiated Weibull", ["a", "c", "s"]),
    ("x**(a - 1)*(1 - x)**(b - 1)", UNIT, positive("a", "b"), "Beta", ["a", "b"]),
    ("(x - l)**(a - 1)*(u - x)**(b - 1)", "(l, u)", [*positive("a", "b"), "u > l"], "Beta", ["a", "b", "l", "u"]),
    ("x**2*(1 - x)", UNIT, [], "Beta", ["3", "2"]),
    ("1", "(a, b)", ["b > a"], "Uniform", ["a", "b"]),
    ("5", "(-1, 3)", [], "Uniform", ["-1", "3"]),
    ("1/sqrt(x*(1 - x))", UNIT, [], "Arcsine", ["0", "1"]),
    ("1/sqrt(1 - x**2)", "(-1, 1)", [], "Arcsine", ["-1", "1"]),
    ("sqrt(r**2 - x**2)", "(-r, r)", ["r > 0"], "Wigner semicircle", ["r"]),
    ("sqrt(x*(2 - x))", "(0, 2)", [], "Wigner semicircle", ["1", "1"]),
    ("x**(a - 1)*(1 - x**a)**(b - 1)", UNIT, positive("a", "b"), "Kumaraswamy", ["a", "b"]),
    ("x*(1 - x**2)**3", UNIT, [], "Kumaraswamy", ["2", "4"]),
    ("x**(a - 1)/(1 + x)**(a + b)", HALF_LINE, positive("a", "b"), "Beta prime", ["a", "b"]),
    ("sqrt(x)/(2 + x)**4", HALF_LINE, [], "Beta prime", ["3/2", "5/2", "2"]),
    ("exp(-Abs(x - m)/b)", LINE, ["b > 0"], "Laplace", ["m", "b"]),
    ("exp(-3*Abs(2*x - 1))", LINE, [], "Laplace", ["1/2", "1/6"]),
    ("exp(-(Abs(x - m)/s)**b)", LINE, positive("s", "b"), "Generalized normal", ["m", "s", "b"]),
    ("exp(-x**4)", LINE, [], "Generalized normal", ["0", "1", "4"]),
    ("1/(1 + ((x - m)/s)**2)", LINE, ["s > 0"], "Cauchy", ["m", "s"]),
    ("1/(4 + (x + 1)**2)", LINE, [], "Cauchy", ["-1", "2"]),
    ("(1 + x**2/nu)**(-(nu + 1)/2)", LINE, ["nu > 0"], "Student t", ["nu", "0", "1"]),
    ("(1 + (x - m)**2/(nu*s**2))**(-(nu + 1)/2)", LINE, positive("nu", "s"), "Student t", ["nu", "m", "s"]),
    ("(9 + x**2)**(-2)", LINE, [], "Student t", ["3", "0", "sqrt(3)"]),
    ("(x/s)**(k - 1)*exp(-(x/s)**k)", HALF_LINE, positive("k", "s"), "Weibull", ["k", "s"]),
    ("x**2*exp(-x**3)", HALF_LINE, [], "Weibull", ["3", "1"]),
    ("x**(-a - 1)*exp(-(x/s)**(-a))", HALF_LINE, positive("a", "s"), "Fréchet", ["a", "s"]),
    ("x*exp(-x**2/(2*s**2))", HALF_LINE, ["s > 0"], "Rayleigh", ["s"]),
    ("x*exp(-b*x**2)", HALF_LINE, ["b > 0"], "Rayleigh", ["1/sqrt(2*b)"]),
    ("x**2*exp(-x**2/(2*s**2))", HALF_LINE, ["s > 0"], "Maxwell", ["s"]),
    ("x**2*exp(-m1*x**2/(2*k))", HALF_LINE, positive("m1", "k"), "Maxwell", ["sqrt(k/m1)"]),
    ("exp(-x**2/(2*s**2))", HALF_LINE, ["s > 0"], "Half-normal", ["s"]),
    ("exp(-x**2)", HALF_LINE, [], "Half-normal", ["1/sqrt(2)"]),
    ("x**(k - 1)*exp(-x**2/2)", HALF_LINE, ["k > 0"], "Chi", ["k"]),
    ("x**(2*m1 - 1)*exp(-m1*x**2/w)", HALF_LINE, positive("m1", "w"), "Nakagami", ["m1", "w"]),
    ("x**(-k - 1)*exp(-1/(2*x**2))", HALF_LINE, positive("k"), "Inverse chi", ["k"]),
    ("x**(k/2)*exp(-(x**2 + l**2)/2)*besseli(k/2 - 1, l*x)", HALF_LINE, positive("k", "l"), "Noncentral chi", ["k", "l"]),
    ("x**(a - 1)*exp(-(x/s)**b)", HALF_LINE, positive("a", "b", "s"), "Generalized gamma", ["a", "b", "s"]),
    ("x**(-a - 1)", "(m1, oo)", positive("a", "m1"), "Pareto", ["a", "m1"]),
    ("(5/x)**3", "(5, oo)", [], "Pareto", ["2", "5"]),
    ("(1 + x/s)**(-a - 1)", HALF_LINE, positive("a", "s"), "Lomax", ["a", "s"]),
    ("(1 + 2*x)**(-3)", HALF_LINE, [], "Lomax", ["2", "1/2"]),
    ("x**(a - 1)*(1 + (x/s)**a)**(-2)", HALF_LINE, positive("a", "s"), "Log-logistic", ["a", "s"]),
    ("x**(c - 1)*(1 + x**c)**(-k - 1)", HALF_LINE, positive("c", "k"), "Burr", ["c", "k", "1"]),
    ("x**(a*k - 1)*(1 + x**a)**(-k - 1)", HALF_LINE, positive("a", "k"), "Dagum", ["k", "a", "1"]),
    ("x**(d1/2 - 1)*(1 + d1*x/d2)**(-(d1 + d2)/2)", HALF_LINE, positive("d1", "d2"), "F", ["d1", "d2"]),
    ("x**(d1/2 - 1)*(d2 + d1*x)**(-(d1 + d2)/2)", HALF_LINE, positive("d1", "d2"), "F", ["d1", "d2"]),
    ("1/(s**2 + x**2)", HALF_LINE, ["s > 0"], "Half-Cauchy", ["s"]),
    ("exp(-(log(x) - m)**2/(2*s**2))/x", HALF_LINE, ["s > 0"], "Log-normal", ["m", "s**2"]),
    ("exp(-log(x)**2)", HALF_LINE, [], "Log-normal", ["1/2", "1/2"]),
    ("exp(-(x - m)/s)/(1 + exp(-(x - m)/s))**2", LINE, ["s > 0"], "Logistic", ["m", "s"]),
    ("sech(x/2)**2", LINE, [], "Logistic", ["0", "1"]),
    ("sech(pi*x/2)", LINE, [], "Hyperbolic secant", ["0", "1"]),
    ("1/cosh((x - m)/s)", LINE, ["s > 0"], "Hyperbolic secant", ["m", "pi*s/2"]),
    ("exp(-(x - m)/b - exp(-(x - m)/b))", LINE, ["b > 0"], "Gumbel", ["m", "b"]),
    ("exp(x - exp(x))", LINE, [], "Gumbel (minimum)", ["0", "1"]),
    ("exp(a*x - exp(x))", LINE, ["a > 0"], "Log-gamma", ["a", "0", "1"]),
    ("exp(k*cos(x - m))", "(-pi, pi)", ["k > 0"], "von Mises", ["m", "k"]),
    ("exp(k*cos(x))", "(0, 2*pi)", ["k > 0"], "von Mises", ["0", "k"]),
    ("1 - Abs(x)", "(-1, 1)", [], "Triangular", ["-1", "0", "1"]),
    ("Piecewise((x/3, x < 3), ((5 - x)/2, True))", "(0, 5)", [], "Triangular", ["0", "3", "5"]),
    ("1/x", "(a, b)", ["a > 0", "b > a"], "Log-uniform", ["a", "b"]),
    ("p**x*(1 - p)**(1 - x)", "{0, 1}", ["p > 0", "p < 1"], "Bernoulli", ["p"]),
    ("exp(b*x)", "ZZ[0, 1]", [], "Bernoulli", ["exp(b)/(1 + exp(b))"]),
    ("binomial(n, x)*r**x", "ZZ[0, n]", ["n integer", "n > 0", "r > 0"], "Binomial", ["n", "r/(1 + r)"]),
    ("binomial(7, x)*r**x", "ZZ[0, 7]", ["r > 0"], "Binomial", ["7", "r/(1 + r)"]),
    ("lam**x/factorial(x)", "ZZ[0, oo]", ["lam > 0"], "Poisson", ["lam"]),
    ("3**x/gamma(x + 1)", "ZZ[0, oo]", [], "Poisson", ["3"]),
    ("(1 - p)**x", "ZZ[0, oo]", ["p > 0", "p < 1"], "Geometric", ["p"]),
    ("(1 - p)**(x - 1)", "ZZ[1, oo]", ["p > 0", "p < 1"], "Geometric", ["p", "1"]),
    ("exp(-b*x)", "ZZ[0, oo]", ["b > 0"], "Geometric", ["1 - exp(-b)"]),
    ("gamma(x + r)/factorial(x)*q**x", "ZZ[0, oo]", ["r > 0", "q > 0", "q < 1"], "Negative binomial", ["r", "1 - q"]),
    ("p**x/x", "ZZ[1, oo]", ["p > 0", "p < 1"], "Logarithmic", ["p"]),
    ("2**(-x)/x", "ZZ[1, oo]", [], "Logarithmic", ["1/2"]),
    ("x**(-s)", "ZZ[1, oo]", ["s > 1"], "Zeta", ["s"]),
    ("1/x**4", "ZZ[1, oo]", [], "Zeta", ["4"]),
    ("1", "ZZ[2, 9]", [], "Discrete uniform", ["2", "9"]),
    ("(a/b)**(x/2)*besseli(x, 2*sqrt(a*b))", "ZZ[-oo, oo]", positive("a", "b"), "Skellam", ["a", "b"]),
    ("besseli(Abs(x), 3)", "ZZ[-oo, oo]", [], "Skellam", ["3/2", "3/2"]),
    ("1/(x*(x + 1))", "ZZ[1, oo]", [], "Yule–Simon", ["1"]),
    ("l**x*gamma(t)/gamma(t + x)", "ZZ[0, oo]", positive("l", "t"), "Hyper-Poisson", ["l", "t"]),
    ("gamma(a + x)/gamma(c + x + 1)", "ZZ[0, oo]", ["a > 0", "c > a"], "Waring", ["a", "-a + c"]),
    ("binomial(x + r - 1, x)*(1 - p)**x", "ZZ[1, oo]", ["r > 0", "p > 0", "p < 1"], "Zero-truncated negative binomial", ["r", "p"]),
]  # fmt: skip


@pytest.mark.parametrize(("kernel", "domain", "given", "name", "parameters"), TEXTBOOK)
def test_textbook_families(kernel, domain, given, name, parameters):
    result = solved(kernel, domain, given)
    assert result.family is not None and result.family.name == name
    letters = {p.symbol.name: p.symbol for p in result.problem.parameters}
    wanted = [sympify(text, letters) for text in parameters]
    facts = Facts((*result.problem.conditions, *result.conditions))
    found = list(result.family.parameters.values())
    assert len(found) == len(wanted) and all(equal(f, w, facts) for f, w in zip(found, wanted, strict=True)), found


# kernel, domain, what is given, and the name that must not be given (None: no name at all)
NEAR_MISSES = [
    ("(1 + x)*exp(-t*x)", "(1, oo)", ["t > 0"], "Lindley"),
    ("x*exp(-x**2)*(1 - exp(-2*x**2))**(k - 1)", HALF_LINE, ["k > 0"], "Burr X"),
    ("exp(-x**2/2)", "(-1, 2)", [], "Normal"),
    ("exp(-Abs(x))", "(-1, 2)", [], None),
    ("x**2*exp(-x**2)", LINE, [], None),
    ("1/(1 + x**2)", "(-1, 1)", [], None),
    ("1/(1 + x**4)", LINE, [], None),
    ("exp(k*cos(x))", "(-pi, pi)", ["k < 0"], "von Mises"),
    ("exp(cos(2*x))", "(-pi, pi)", [], "von Mises"),
    ("1 - Abs(x)", "(-1/2, 1)", [], None),
    ("2 - Abs(x)", "(-1, 1)", [], None),
    ("2**x/factorial(x)", "ZZ[1, oo]", [], "Poisson"),
    ("2**(-x)", "ZZ[0, 5]", [], "Geometric"),
    ("x/3**x", "ZZ[1, oo]", [], "Logarithmic"),
    ("x**2*(1 - x**2)**3", UNIT, [], "Kumaraswamy"),
    ("x*(1 - x**2)**3", "(-1, 1)", [], "Kumaraswamy"),
    ("exp(-x) + exp(-2*x)", HALF_LINE, [], None),
    ("x**(a - 1)*exp(-x**2)", HALF_LINE, ["a > 0"], "Rayleigh"),
    ("x**2*exp(-x**2)", "(1, oo)", [], "Maxwell"),
    ("(1 + x)**(-3)", "(1, oo)", [], "Pareto"),
]


@pytest.mark.parametrize(("kernel", "domain", "given", "name"), NEAR_MISSES)
def test_near_misses(kernel, domain, given, name):
    result = solve(asked.problem(kernel, over={"x": domain}, given=given), 5.0)
    assert result.family is None or (name is not None and result.family.name != name)


def test_a_density_that_is_not_the_kernels_is_not_named():
    """The kernel's form proposes; the density decides."""
    x, a, b = symbols("x a b", positive=True)
    assert recognise(x**a * exp(-b * x), b * exp(-b * x), x, POSITIVE, Facts()) is None
    assert recognise(exp(-b * x), 2 * b * exp(-2 * b * x), x, POSITIVE, Facts()) is None
    y = Symbol("y", real=True)
    assert recognise(1 + cos(y), (1 + cos(y)) / (2 * pi), y, Lebesgue(0, 2 * pi), Facts()).name != "Raised cosine"


def test_binomial_probabilities_with_symbols():
    k, n, p = Symbol("k", integer=True, nonnegative=True), Symbol("n", integer=True, positive=True), Symbol("p", positive=True)
    density = binomial(n, k) * p**k * (1 - p) ** (n - k)
    found = recognise(density, density, k, Counting(0, n), Facts([p < 1]))
    assert found.name == "Binomial" and list(found.parameters.values()) == [n, p]
    assert recognise(density, density, k, Counting(0, n), Facts()) is None  # nothing says that p < 1


def test_unknown_signs_name_nothing():
    x, c = Symbol("x", positive=True), Symbol("c", real=True)
    assert recognise(exp(-c * x), c * exp(-c * x), x, POSITIVE, Facts()) is None
    assert recognise(exp(-c * x), c * exp(-c * x), x, POSITIVE, Facts([c > 0])).name == "Exponential"


# The table against itself: masses, and each density found again

def support(named, values):
    """Where a density of the table lives, by its own letters."""
    letters = {k: e.xreplace(values) for k, e in template(named)[1].items() if not isinstance(e, tuple)}
    at = letters.get("at", letters.get("lo", S.Zero))
    if named.form.startswith("line:"):
        return REALS
    if named.form == "two_points":
        return Atoms(letters["low"], letters["high"])
    if named.form.startswith("integer"):
        return Counting(-oo, oo)
    if named.form in ("ratio", "falling_power"):
        return Counting(at, letters["hi"] if "hi" in letters else at + letters["last"])
    if named.form == "circular":
        start = letters.get("start", -pi)
        return Lebesgue(start, start + letters["w"])
    if named.form == "triangle" or named.form.startswith("interval:"):
        return Lebesgue(at, letters.get("hi", at + letters.get("w", 0)))
    return Lebesgue(at, oo)


def drawn(named, count):
    """Parameters at which the family is defined, in the order low < mode < high where there is such."""
    unknowns, _ = template(named)
    by_name = {u.name: u for u in unknowns}
    known = [*named.conditions(*unknowns)]
    known += [by_name["lower"] < by_name["upper"]] if {"lower", "upper"} <= set(by_name) else []
    if named.name == "Triangular":
        known += [by_name["lower"] < by_name["mode"], by_name["mode"] < by_name["upper"]]
    if named.name == "Discrete uniform":
        return [{by_name["lower"]: S(2), by_name["upper"]: S(7)}, {by_name["lower"]: S(-3), by_name["upper"]: S(0)}]
    if named.name == "Cardioid":
        known += [by_name["rho"] ** 2 < S(1) / 4]
    if named.name == "Hypergeometric":
        return [dict(zip(unknowns, map(S, (20, 7, 5)), strict=True))]
    return points(unknowns, known, count) if unknowns else [{}]


def label(named):
    return f"{named.name} ({', '.join(named.parameters)})"


SAMPLES = [pytest.param(named, point, id=f"{label(named)} {named.form} {i}")
           for named in TABLE for i, point in enumerate(drawn(named, 2))]


def density_at(named, point, x):
    return named.density(x, *(point[u] for u in template(named)[0]))


def test_every_family_has_samples():
    assert {p.values[0].name for p in SAMPLES} == {named.name for named in TABLE}


@pytest.mark.parametrize(("named", "point"), SAMPLES)
def test_textbook_densities_have_mass_one(named, point):
    measure = support(named, point)
    x = variable("x", measure)
    total, error = mass(density_at(named, point, x), [(x, measure)], {}, 12)
    assert abs(total - 1) < 1e-10


@pytest.mark.parametrize(("named", "point"), SAMPLES)
def test_every_density_of_the_table_is_found_again(named, point):
    measure = support(named, point)
    x = variable("x", measure)
    density = density_at(named, point, x)
    found = recognise(density, density, x, measure, Facts())
    assert found is not None
    plain = set(found.parameters) - {"location"}
    again = next(n for n in TABLE if n.name == found.name and set(n.parameters) in (set(found.parameters), plain))
    same = again.density(x - found.parameters.get("location", 0) if "location" not in again.parameters else x,
                         *(found.parameters[u.name] for u in template(again)[0]))
    for value in (S(1), S(2), S(3)) if isinstance(measure, (Counting, Atoms)) else (S(11) / 10, S(13) / 5):
        assert abs((same / density).subs(x, value).evalf(20) - 1) < 1e-15 or not density.subs(x, value).evalf(20).is_positive


@pytest.mark.parametrize("named", [n for n in TABLE if support(n, drawn(n, 1)[0]) == POSITIVE], ids=label)
def test_location_is_found_on_half_lines(named):
    x, m = Symbol("x", real=True), Symbol("m", real=True)
    density = density_at(named, drawn(named, 1)[0], x - m)
    found = recognise(density, density, x, Lebesgue(m, oo), Facts())
    assert found is not None and found.parameters["location"] == m


def test_the_record_and_the_documents_name_the_family():
    result = solved("x**(a - 1)*exp(-b*x)", HALF_LINE, positive("a", "b"))
    assert to_dict(result)["family"] == {"name": "Gamma", "parameters": {"shape": "a", "rate": "b"}}
    assert "Family: Gamma (shape a, rate b)" in render(result, "text", "brief")
    for form in ("md", "tex", "html"):
        assert "Gamma (shape" in render(result, form, "brief")


def test_no_name_is_null():
    assert to_dict(solved("exp(-x) + exp(-2*x)", HALF_LINE))["family"] is None
