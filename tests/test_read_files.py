"""Problem files and problems stated in Python: what they become, and that every mistake is named with its place."""

import pickle
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import sympy
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from sympy import Rational, S, Symbol, exp, oo, pi

from derive.language.totals import NATURALS, POSITIVE, REALS, Atoms, Counting, Lebesgue
from derive.read import assumptions, domains
from derive.read.asked import problem
from derive.read.files import load, loads
from derive.read.names import ReadError, Scope

DATA = Path(__file__).parent / "data"
x = Symbol("x", real=True)


def toml(kernel='kernel = "exp(-x)"', variables='variables = [{name = "x", domain = "(0, oo)"}]', rest="", id="p"):
    return f'[[problem]]\nid = "{id}"\n{kernel}\n{variables}\n{rest}\n'


def one(*args, **kwargs):
    return loads(toml(*args, **kwargs), "f.toml")[0]


# Domains

n, m, b = Symbol("n", integer=True, positive=True), Symbol("m", real=True), Symbol("b", positive=True)
SCOPE = Scope({"n": n, "m": m, "b": b})


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("RR", REALS),
        ("ℝ", REALS),
        ("(-oo, oo)", REALS),
        ("(-∞, ∞)", REALS),
        ("(0, oo)", POSITIVE),
        ("[0, oo)", POSITIVE),
        ("[0, 1]", Lebesgue(0, 1)),
        ("(0, 1]", Lebesgue(0, 1)),
        ("[0, 1)", Lebesgue(0, 1)),
        ("(-pi, pi)", Lebesgue(-pi, pi)),
        ("(m, oo)", Lebesgue(m, oo)),
        (" ( 0.5 , b ) ", Lebesgue(Rational(1, 2), b)),
        ("((1 - m)/b, 1/b)", Lebesgue((1 - m) / b, 1 / b)),
        ("ZZ", Counting(-oo, oo)),
        ("NN", NATURALS),
        ("ZZ[0, oo]", NATURALS),
        ("ZZ[0, oo)", NATURALS),
        ("ZZ[-n, n - 1]", Counting(-n, n - 1)),
        ("ZZ [1, 1]", Counting(1, 1)),
        ("{-1, 1}", Atoms(-1, 1)),
        ("{0}", Atoms(0)),
        ("{1/2, pi}", Atoms(Rational(1, 2), pi)),
        ("{-b, b}", Atoms(-b, b)),
        ("(0, max(1, b))", Lebesgue(0, sympy.Max(1, b))),
    ],
)
def test_domains(text, measure):
    assert domains.measure(text, SCOPE) == measure


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(2, 1)", "empty"),
        ("[1, 1]", "empty"),
        ("ZZ[3, 1]", "empty"),
        ("{}", "empty"),
        ("()", "empty"),
        ("(b, -b)", "empty"),
        ("ZZ[n, 0]", "empty"),
        ("(oo, 0)", "empty"),
        ("(0, -oo)", "empty"),
        ("[oo, oo]", "empty"),
        ("ZZ[oo, oo]", "empty"),
        ("(0, I)", "not real"),
        ("(0, 1", "not a domain"),
        ("0, 1", "not a domain"),
        ("(0, 1}", "not a domain"),
        ("QQ", "not a domain"),
        ("simplx(2)", "did you mean 'simplex'"),
        ("", "not a domain"),
        ("(0)", "two ends"),
        ("(0, 1, 2)", "two ends"),
        ("(0, q)", "'q' is not declared"),
        ("ZZ(0, 3)", "both ends included"),
        ("ZZ[1/2, 3]", "is not an integer"),
        ("ZZ[0, m]", "not known to be an integer"),
        ("{1, 1}", "different"),
        ("{1, m}", "different"),
        ("{oo}", "not a real"),
        ("{I}", "not a real"),
        ("(0, x.y)", "'.'"),
        ("(9**9**9, oo)", "too large"),
        ("(0, " + "(" * 500, "not a domain"),
        ("(" + "9" * 5000 + ", oo)", "domain"),
        ("simplex(2)", "not a domain"),
        ("ZZ{1, 2}", "not a domain"),
        ("(0, a > 1)", "relation"),
    ],
)
def test_domains_that_are_none(text, message):
    start = time.process_time()
    with pytest.raises(ReadError) as caught:
        domains.measure(text, Scope({**SCOPE.symbols, "a": m}))
    assert message in caught.value.message and time.process_time() - start < 1


def test_errors_in_a_domain_give_the_position_in_it():
    with pytest.raises(ReadError) as caught:
        domains.measure(" [0, 2*q)", SCOPE)
    assert (caught.value.position, caught.value.source) == (6, " [0, 2*q)") or caught.value.source.strip()[
        caught.value.position
    ] == "q"


def test_a_condition_can_show_that_a_domain_is_empty():
    bounds = 'parameters = [{name = "c", assumptions = "real"}, {name = "d", assumptions = "real", condition = "c > d"}]'
    with pytest.raises(ReadError, match="is empty where"):
        one('kernel = "1"', 'variables = [{name = "x", domain = "(c, d)"}]', bounds)
    assert one('kernel = "1"', 'variables = [{name = "x", domain = "(d, c)"}]', bounds).variables[0].measure.args[0].name == "d"


def test_ends_may_name_variables_listed_earlier_and_only_those():
    inner = one('kernel = "exp(-x - y)"', 'variables = [{name = "x", domain = "(0, oo)"}, {name = "y", domain = "(x, oo)"}]')
    assert inner.variables[1].measure.lo == inner.variables[0].symbol and inner.variables[1].symbol.is_positive
    with pytest.raises(ReadError, match=r"domain of 'x'.*'y' is not declared"):
        one('kernel = "exp(-x - y)"', 'variables = [{name = "x", domain = "(y, oo)"}, {name = "y", domain = "(0, oo)"}]')


def test_a_simplex_is_an_interval_in_an_interval():
    p = one('kernel = "x1*x2*(1 - x1 - x2)"', 'variables = [{name = "x1, x2", domain = "simplex(2)"}]')
    x1, x2 = (v.symbol for v in p.variables)
    assert [v.measure for v in p.variables] == [Lebesgue(0, 1), Lebesgue(0, 1 - x1)]
    assert sympy.integrate(p.kernel, (x2, 0, 1 - x1), (x1, 0, 1)) == Rational(1, 120)  # B(2, 2, 2) = 1/5!
    with pytest.raises(ReadError, match="needs 3 names"):
        one('kernel = "x1"', 'variables = [{name = "x1, x2", domain = "simplex(3)"}]')


def test_an_indexed_variable_keeps_its_domain():
    p = one(
        'kernel = "exp(h*Sum(s[i], (i, 1, n)))"',
        'variables = [{name = "s", domain = "{-1, 1}**n"}]',
        'parameters = [{name = "h", assumptions = "real"}, {name = "n", assumptions = "positive, integer"}]',
    )
    assert p.variables[0].measure.base == Atoms(-1, 1) and str(p.variables[0].measure.size) == "n" and p.kernel.has(sympy.Sum)


def test_a_region_restricts_the_kernel():
    p = one(
        'kernel = "1"',
        'variables = [{name = "x", domain = "(-1, 1)"}, {name = "y", domain = "(-1, 1)"}]',
        'region = "x**2 + y**2 < 1"',
    )
    inside, outside = (
        p.kernel.subs(dict(zip((v.symbol for v in p.variables), at, strict=True)))
        for at in ((0, 0), (Rational(9, 10), Rational(9, 10)))
    )
    assert (inside, outside) == (1, 0)


# Assumptions and conditions


def known(symbol):
    return {
        key
        for key in ("positive", "negative", "nonnegative", "nonpositive", "nonzero", "integer")
        if getattr(symbol, f"is_{key}")
    }


@pytest.mark.parametrize(
    ("given", "facts", "conditions"),
    [
        (["a > 0"], "positive nonnegative nonzero", []),
        (["0 < a"], "positive nonnegative nonzero", []),
        (["a >= 0"], "nonnegative", []),
        (["a < 0"], "negative nonpositive nonzero", []),
        (["a != 0"], "nonzero", []),
        (["a > 1"], "positive nonnegative nonzero", ["a > 1"]),
        (["a >= 1"], "positive nonnegative nonzero", ["a >= 1"]),
        (["a < 1"], "", ["a < 1"]),
        (["a > -1"], "", ["a > -1"]),
        (["0 < a < 1"], "positive nonnegative nonzero", ["a < 1"]),
        (["a integer"], "integer", []),
        (["a positive, integer"], "positive nonnegative nonzero integer", []),
        (["a is positive"], "positive nonnegative nonzero", []),
        (["a integer & a > 0"], "positive nonnegative nonzero integer", []),
        (["a integer", "a >= 1"], "positive nonnegative nonzero integer", []),
        (["a > b", "b > 0"], "positive nonnegative nonzero", ["a > b"]),
        (["a > Abs(b)"], "positive nonnegative nonzero", ["a > Abs(b)"]),
        (["a**2 < 1"], "", ["a**2 < 1"]),
        (["a real"], "", []),
        ([sympy.Gt(Symbol("a"), 0)], "positive nonnegative nonzero", []),
        ([Symbol("a", positive=True) > 1], "positive nonnegative nonzero", ["a > 1"]),
    ],
)
def test_conditions_become_assumptions_where_they_fix_a_sign(given, facts, conditions):
    p = problem("exp(-a*x**2 + b*x)", over={"x": "RR"}, given=given)
    (a,) = (parameter.symbol for parameter in p.parameters if parameter.symbol.name == "a")
    assert known(a) == set(facts.split()) and [str(c) for c in p.conditions] == conditions
    assert a in p.kernel.free_symbols


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (["a > 1", "a < 0"], "'a > 1'"),
        (["a > 0", "a < 0"], "'a < 0'"),
        (["a positive", "a < 0"], "positive"),
        (["a > 1 & a < 1"], "contradict"),
        (["a > b", "b > a"], "'b > a'"),
        (["a >= 2", "a < 2"], "'a < 2'"),
        (["a positive, negative"], "'positive' and 'negative'"),
        (["a positive", "a negative"], "'negative'"),
        (["a**2 < 0"], "never hold"),
        (["a > b", "b > 0", "a < 0"], "'a < 0'"),
        (["1 > 2"], "never hold"),
        ([False], "False"),
        ([sympy.false], "False"),
    ],
)
def test_contradictions_are_named(given, names):
    with pytest.raises(ReadError) as caught:
        problem("exp(-a*x**2 + b*x)", over={"x": "RR"}, given=given)
    assert names in str(caught.value)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["c > 0"], "'c' is neither in the kernel"),
        (["x > 0"], "'x' is a variable"),
        (["a positve"], "did you mean 'positive'"),
        (["a >"], "ends too early"),
        (["a"], "relation"),
        (["a > 0 or a < 0"], "'or'"),
        ([3], "no condition"),
        (["__import__('os') > 0"], "cannot be used"),
        (["a > 9**9**9"], "too large"),
    ],
)
def test_what_is_given_must_make_sense(given, message):
    with pytest.raises(ReadError) as caught:
        problem("exp(-a*x**2)", over={"x": "RR"}, given=given)
    assert message in str(caught.value)


def test_a_letter_of_which_a_condition_speaks_is_no_function():
    p = problem(r"e^{-\beta\left(x^2+1\right)}", over={"x": "RR"}, given=["beta > 0"], latex=True)
    assert p.kernel == exp(-p.parameters[0].symbol * (p.variables[0].symbol**2 + 1))
    with pytest.raises(ReadError, match=r"written beta\*\(…\)"):
        problem("exp(-beta(x**2 + 1))", over={"x": "RR"}, given=["beta > 0"])


@settings(max_examples=200, deadline=None, derandomize=True)
@drawn(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "2*a", "a - b", "0", "1", "-1"]),
            st.sampled_from(["<", "<=", ">", ">=", "!="]),
            st.sampled_from(["a", "b", "0", "1", "-2"]),
        ),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from([-3, -1, Rational(-1, 2), 0, Rational(1, 2), 1, 3]),
    st.sampled_from([-3, -1, 0, Rational(1, 3), 1, 4]),
)
def test_no_condition_is_lost_and_none_is_invented(relations, a, b):
    """At every point, what was given holds exactly where the assumptions and the remaining conditions hold."""
    given = [" ".join(parts) for parts in relations]
    names = {"a": S(a), "b": S(b)}
    holds = all(
        sympy.true
        == getattr(sympy, {"<": "Lt", "<=": "Le", ">": "Gt", ">=": "Ge", "!=": "Ne"}[sign])(at(left, names), at(right, names))
        for left, sign, right in relations
    )
    try:
        p = problem("exp(-a*x**2 + b*x)", over={"x": "RR"}, given=given)
    except ReadError as error:
        assert not holds and ("contradict" in str(error) or "never hold" in str(error))
        return
    values = {parameter.symbol: names[parameter.symbol.name] for parameter in p.parameters}
    signs = all(getattr(value, f"is_{fact}") for symbol, value in values.items() for fact in known(symbol) - {"integer"})
    assert holds == (signs and all(c.subs(values) == sympy.true for c in p.conditions))


def at(text, names):
    return {"2*a": 2 * names["a"], "a - b": names["a"] - names["b"]}.get(
        text, names.get(text, None) if text in names else S(text) if text.lstrip("-").isdigit() else None
    )


# Kernels


def test_the_textbook_set_is_read_in_every_form():
    problems = load(DATA / "textbook.toml")
    assert len(problems) == 37 and all(p.notes == () for p in problems), "LaTeX and text agree, and nothing was taken for granted"
    assert all(p.kernel_written is not None and p.known["Z"] for p in problems)
    gaussian = problems[0]
    mu, sigma = (p.symbol for p in gaussian.parameters)
    assert (
        gaussian.kernel == exp(-((gaussian.variables[0].symbol - mu) ** 2) / (2 * sigma**2))
        and sigma.is_positive
        and not mu.is_positive
    )


def test_one_problem_takes_milliseconds():
    load(DATA / "textbook.toml")
    start = time.process_time()
    problems = load(DATA / "textbook.toml")
    assert (time.process_time() - start) / len(problems) < 0.005


def test_problems_survive_pickling():
    g = problem("g(x)*exp(-(x - mu)**2)", over={"x": "RR"}, given=["g(x) >= 0"])
    for p in [*load(DATA / "textbook.toml"), g]:
        again = pickle.loads(pickle.dumps(p))
        assert again == p and repr(again.kernel_written) == repr(p.kernel_written) and again.kernel_written == p.kernel_written


def test_an_energy_is_the_exponent():
    p = problem("(x - mu)**2/2", over={"x": "RR"}, energy=True)
    mu = p.parameters[0].symbol
    assert p.kernel == exp(-((x - mu) ** 2) / 2) and p.energy == (x - mu) ** 2 / 2
    beside = one(
        'kernel = "exp(-b*k*x)"\nenergy = "k*x"', rest='parameters = [{name = "b"}, {name = "k", assumptions = "positive"}]'
    )
    assert str(beside.energy) == "b*k*x" and "c = b" in beside.notes[0]


@pytest.mark.parametrize(
    ("forms", "agree"),
    [
        ('kernel = "exp(-x**2)"\nenergy = "x**2"', True),
        ('kernel = "(x + 1)**2*exp(-x)"\nenergy = "x - 2*log(x + 1)"', True),
        ('kernel = "exp(-x)"\nenergy = "x**2"', False),
        ("kernel = \"x**(a-1)*exp(-x)\"\nkernel_latex = 'x^{a-1} e^{-x}'", True),
        ("kernel = \"x**(a-1)*exp(-x)\"\nkernel_latex = 'x^{a} e^{-x}'", False),
        ("kernel = \"1/cosh(x)\"\nkernel_latex = '\\frac{2}{e^x+e^{-x}}'", True),
        ("kernel = \"exp(-lam*x)\"\nkernel_latex = 'e^{-\\lambda x}'", True),
        ('energy = "x"\nenergy_latex = "x"', True),
        ('energy = "x"\nenergy_latex = "2x"', False),
        ('kernel = "exp(-x)"\nenergy = "x + 1"', False),
        ("kernel = \"exp(-x)\"\nkernel_latex = 'e^{-x} + 10^{-9}'", False),
    ],
)
def test_several_forms_must_agree(forms, agree):
    pytest.importorskip("derive.read.latex")
    if agree:
        assert not any("compared" in note for note in one(forms).notes)
    else:
        with pytest.raises(ReadError, match=r"f\.toml: problem 'p': \w+ and \w+ do not agree: .* at .*x = "):
            one(forms)


def test_latex_alone():
    pytest.importorskip("derive.read.latex")
    p = problem(r"x^{\alpha-1} e^{-\beta x}", over={"x": "(0, oo)"}, given=["alpha > 0", "beta > 0"], latex=True)
    assert str(p.kernel) == "x**(alpha - 1)*exp(-beta*x)" and all(q.symbol.is_positive for q in p.parameters)


def test_undeclared_names_are_real_with_a_note():
    p = problem("exp(-a*x**2 + b*x)", over={"x": "RR"}, given=["a > 0"])
    assert [(q.symbol.name, q.declared) for q in p.parameters] == [("a", True), ("b", False)]
    assert p.notes == ("not declared, and taken as real: b",)
    ranged = problem("binomial(n, k)*p**k", over={"k": "ZZ[0, n]"})
    assert ranged.variables[0].measure.hi.is_integer and any(
        "taken as an integer" in note and "n" in note for note in ranged.notes
    )


def test_symbols_with_assumptions_keep_them():
    t, c, q = Symbol("t"), Symbol("c", positive=True), Symbol("q", integer=True)
    p = problem(exp(-c * t) * t**q, over={t: (0, oo)}, given=[q > 0])
    symbols = {s.symbol.name: s.symbol for s in p.parameters}
    assert symbols["c"].is_positive and symbols["q"].is_integer and symbols["q"].is_positive and p.notes == ()
    with pytest.raises(ReadError, match="assumed positive"):
        problem(abs(c) * exp(-(c**2)), over={"c": "RR"})  # SymPy has already made |c| = c of it
    with pytest.raises(ReadError, match="two different symbols"):
        problem(Symbol("z", positive=True) + Symbol("z") + x, over={"x": "RR"})
    assert problem(1, over={"x": "(0, 1)"}).kernel == 1


def test_domains_can_be_left_out_only_for_x():
    assert problem("exp(-x**2)").variables[0].measure == REALS and "no domain was given" in problem("exp(-x**2)").notes[0]
    for kernel in ("exp(-t**2)", "2", "a*b"):
        with pytest.raises(ReadError, match="--over '"):
            problem(kernel)
    assert problem("exp(-t**2)", over=["t in RR"]).variables[0].symbol.name == "t"
    assert [v.symbol.name for v in problem("exp(-x-y)", over=["x in (0, oo)", "y ∈ (x, oo)"]).variables] == ["x", "y"]


def test_abstract_functions():
    p = problem("g(x)", over={"x": "RR"}, given=["g(x) >= 0"])
    assert p.kernel.is_nonnegative and p.conditions == () and p.parameters == ()
    q = one(
        'kernel = "f(x, y)*exp(-x)"',
        'variables = [{name = "x", domain = "RR"}, {name = "y", domain = "RR"}]',
        '[[problem.functions]]\nname = "f"\nargs = ["x", "y"]\nassumptions = "positive"',
    )
    assert q.kernel.is_positive
    with pytest.raises(ReadError, match="'h' is not known"):
        problem("h(x)", over={"x": "RR"})


@pytest.mark.parametrize(
    ("kernel", "message"),
    [
        ("x > 0", "relation"),
        ("(x, 1)", "list"),
        ("oo", "oo stands where a number"),
        ("x + oo", "oo stands"),
        ("I", "is not real"),
        ("1 + 2*I", "is not real"),
        ("log(-1)", "is not real"),
        ("", "empty"),
        ("exp(-x", "')' is missing"),
        ("exp(-x^2y)", "not clear"),
        ("x.real", "'.'"),
        (True, "not bool"),
        (None, "not NoneType"),
        ([1], "not list"),
        (1.5, "not float"),
        (sympy.Gt(x, 0), "not "),
        (sympy.Matrix([x]), "not "),
    ],
)
def test_what_is_no_kernel(kernel, message):
    with pytest.raises(ReadError) as caught:
        problem(kernel, over={"x": "RR"})
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"x": 3}, "should be a text"),
        (["x"], "'x in (0, oo)'"),
        (["x in (0, 1)", "x in RR"], "declared twice"),
        ({"2x": "RR"}, "cannot be the name"),
        ({"x": "(1, 0)"}, "domain of 'x'"),
        ({"x": (1, 0)}, "empty"),
        ({"x": (0, x)}, "'x' is not declared"),
        ({"__class__": "RR"}, "cannot be the name"),
    ],
)
def test_domains_given_wrongly(over, message):
    with pytest.raises(ReadError) as caught:
        problem("exp(-x)", over=over)
    assert message in str(caught.value)


# Files


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "no [[problem]]"),
        ("# nothing", "no [[problem]]"),
        ("x = [", "not TOML"),
        ("[[problem]]\nid = 'a'\nx =\n", "(at line 3"),
        ("a" * 5 + "\x00", "not TOML"),
        ("x = " + "[" * 100_000, "TOML"),
        ("x = " + "9" * 10_000, "not TOML"),
        ("[[problm]]\nid = 'a'", "did you mean 'problem'"),
        ("problem = 3", "list of tables"),
        ("[problem]\nid = 'a'", "list of tables"),
        ("[[problem]]\nkernel = 'x'", "problem number 1: it needs an 'id'"),
        (toml() + toml(), "the id 'p' stands at more than one problem"),
        ("[[problem]]\nid = 3", "problem number 1: it needs an 'id'"),
        (toml(rest="kernell = 'x'"), "problem 'p': the key 'kernell' has no meaning in a problem; did you mean 'kernel'"),
        (toml(kernel=""), "one of 'kernel', 'energy'"),
        (toml(kernel="kernel = 3"), "'kernel' should be a text"),
        (
            toml(kernel='kernel = "exp(-x"'),
            "problem 'p': kernel: a ')' is missing, to close the '(' at position 4 (at position 7 of 'exp(-x')",
        ),
        (toml(variables=""), "it needs variables"),
        (toml(variables="variables = []"), "it needs variables"),
        (toml(variables='variables = "x"'), "list of tables"),
        (toml(variables='variables = [{name = "x"}]'), "variable 'x': the key 'domain' is missing"),
        (toml(variables='variables = [{domain = "RR"}]'), "'name' is missing"),
        (toml(variables='variables = [{name = "x", domain = "RR", domian = 2}]'), "did you mean 'domain'"),
        (
            toml(variables='variables = [{name = "x", domain = "(3, 2)"}]'),
            "problem 'p': domain of 'x': the domain '(3, 2)' is empty",
        ),
        (toml(variables='variables = [{name = "x", domain = "RR"}, {name = "x", domain = "RR"}]'), "'x' is declared twice"),
        (toml(rest='parameters = [{name = "x"}]'), "'x' is both a variable and a parameter"),
        (toml(rest='parameters = [{name = "a"}, {name = "a"}]'), "'a' is declared twice"),
        (
            toml(rest='parameters = [{name = "a", assumptions = "postive"}]'),
            "parameter 'a': the assumption 'postive' is not known; did you mean 'positive'",
        ),
        (
            toml(rest='parameters = [{name = "a", assumptions = "a > 1"}]'),
            "parameter 'a': the assumption 'a > 1' is not known; write it as condition = 'a > 1'",
        ),
        (
            toml(rest='parameters = [{name = "a", assumptions = "> 1"}]'),
            "parameter 'a': the assumption '> 1' is not known; write it as condition = 'a > 1'",
        ),
        (toml(rest='parameters = [{name = "a", assumptions = "positive, negative"}]'), "contradict each other"),
        (toml(rest='parameters = [{name = "a", assumptions = 3}]'), "'assumptions' should be a text"),
        (
            toml(rest='parameters = [{name = "a", assumptions = "positive", condition = "a < 0"}]'),
            "the condition 'a < 0' contradicts that 'a' is positive",
        ),
        (toml(rest='parameters = [{name = "a", condition = "a > q"}]'), "condition of 'a': "),
        (
            toml(rest='[[problem.parameters]]\nname = "a"\nexpect = "closed-form"'),
            "'expect' has no meaning in a parameter; a key of the problem stands above",
        ),
        (toml(rest='parameters = [{name = "a b"}]'), "'a b' cannot be the name"),
        (toml(rest='parameters = [{name = "f(x)"}]'), "cannot be the name"),
        (toml(rest='parameters = [{name = "K", size = "3"}]'), "only a parameter"),
        (toml(rest='functions = [{name = "g"}]'), "function 'g': it needs 'args'"),
        (toml(rest='region = "x +"'), "region: "),
        (toml(rest='parameters = [{name = "a", condition = "a > 1"}, {name = "b", condition = "a < b & b < 0"}]'), "contradict"),
    ],
)
def test_every_error_names_its_place(content, message):
    with pytest.raises(ReadError) as caught:
        loads(content, "f.toml")
    assert str(caught.value).startswith("f.toml: ") and message in str(caught.value) and "\n" not in str(caught.value)


def test_files_that_cannot_be_read(tmp_path):
    (tmp_path / "latin.toml").write_bytes(b"# \xe9")
    for path, message in [
        (tmp_path / "missing.toml", "No such file"),
        (tmp_path, "s a directory"),
        (tmp_path / "latin.toml", "not UTF-8: byte 3"),
        ("a\0b", "cannot be the name"),
    ]:
        with pytest.raises(ReadError, match=message):
            load(path)


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=SimpleNamespace(read=lambda size: toml().encode())))
    assert load("-")[0].id == "p"


def test_claims_and_compositions_are_left_to_others():
    assert loads('[[claim]]\nid = "c"\nanything = 1\n[[composition]]\nid = "d"') == []


def test_known_answers_are_kept_and_not_read():
    p = one(rest='Z = "((("\nexpect = 3\ntags = ["a"]\npoints = [{a = "1"}]')
    assert p.known == {"Z": "(((", "expect": 3, "tags": ["a"], "points": [{"a": "1"}]}


def test_names_are_names():
    """E, I, J, lambda, gamma, e and pi are ordinary where they are declared; Greek letters and spelled ones are the same."""
    p = one(
        'kernel = "exp(-E*x - lambda*x - gamma*x - e*x)*gamma(I)**0*σ"',
        rest='parameters = [{name = "E"}, {name = "I"}, {name = "lambda"}, {name = "gamma"}, {name = "e"}, {name = "sigma"}]',
    )
    assert {s.name for s in p.kernel.free_symbols} == {"x", "E", "lambda", "gamma", "e", "sigma"} and p.notes == ()
    assert one('kernel = "mu*x"', rest='parameters = [{name = "μ"}]').parameters[0].symbol.name == "mu"


def test_words():
    assert assumptions.words("positive, integer") == {"positive": True, "integer": True} and assumptions.words(" ") == {}
    assert one(
        rest='parameters = [{name = "t", assumptions = "indexed", size = "K"}, {name = "K", assumptions = "positive, integer"}]',
        kernel='kernel = "exp(-x*t[1])"',
    ).kernel.has(sympy.Indexed)


@settings(max_examples=150, deadline=None, derandomize=True)
@drawn(
    st.text(max_size=60), st.sampled_from(["kernel", "domain", "condition", "assumptions", "name", "id", "region", "everything"])
)
def test_random_text_anywhere_is_read_or_refused_in_a_sentence(text, where):
    quoted = "'''" + text.replace("'", "").replace("\r", "") + "'''"
    fields = {
        "kernel": '"x"',
        "domain": '"RR"',
        "condition": '"a > 0"',
        "assumptions": '"real"',
        "name": '"a"',
        "id": '"p"',
        "region": '"x > 0"',
        where: quoted,
    }
    content = (
        f"[[problem]]\nid = {fields['id']}\nkernel = {fields['kernel']}\nregion = {fields['region']}\n"
        f'variables = [{{name = "x", domain = {fields["domain"]}}}]\n'
        f"parameters = [{{name = {fields['name']}, assumptions = {fields['assumptions']}, condition = {fields['condition']}}}]"
    )
    try:
        loads(text if where == "everything" else content)
    except ReadError as error:
        assert str(error)


@pytest.mark.parametrize("letter", ["e", "E", "I", "pi"])
def test_a_condition_on_the_letter_of_a_constant_declares_a_parameter(letter: str) -> None:
    p = problem(f"exp(-{letter}*x)", over={"x": "(0, oo)"}, given=[f"0 < {letter} < 1"])
    assert [q.symbol.name for q in p.parameters] == [letter] and p.parameters[0].symbol in p.kernel.free_symbols
    assert problem("exp(-x/b)", over={"x": "(0, oo)"}, given=["b > pi"]).parameters[0].symbol.name == "b"
