"""Claims for Z and p, the derivations of the homework, and the mistakes that are named: held against what is known of them."""

from collections import Counter
from pathlib import Path

import pytest

from derive.grade.diagnose.mistakes import KINDS
from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim, claims
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.read.asked import problem
from derive.read.files import load
from derive.read.names import ReadError

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def homework():
    """Every claim with the judgement on it. The known answers are taken away before it is judged."""
    problems = {p.id: p for name in ("homework.toml", "homework_problems.toml") for p in load(DATA / name)}
    truths = {}
    found = []
    for claim in claims((DATA / "homework.toml").read_text(), "homework.toml"):
        if claim.problem not in truths:
            truths[claim.problem] = truth_of(problems[claim.problem])
        bare = Claim(claim.id, claim.problem, claim.kind, claim.text, claim.sympy, claim.lines)
        found.append((claim.answers, judge(bare, truths[claim.problem]), claim))
    return found


def test_no_wrong_claim_is_accepted(homework):
    assert not [j.id for known, j, _ in homework if known["verdict"] == WRONG and j.verdict == CORRECT]


def test_nearly_all_right_claims_are_accepted_and_none_is_rejected(homework):
    right = [j for known, j, _ in homework if known["verdict"] != WRONG]
    assert not [j.id for j in right if j.verdict == WRONG]
    assert sum(j.verdict == CORRECT for j in right) >= 0.94 * len(right)


def test_a_claim_that_needs_an_assumption_says_so(homework):
    needing = [j for known, j, _ in homework if known["verdict"] == "correct-under-extra-assumption" and j.verdict == CORRECT]
    assert needing and all(j.conditions for j in needing)
    plain = [j for known, j, _ in homework if known["verdict"] == "correct"]
    assert not [(j.id, j.conditions) for j in plain if j.conditions]


def test_wrong_claims_have_a_witness_with_both_values(homework):
    wrong = [j for known, j, c in homework if j.verdict == WRONG and c.kind != "steps"]
    assert all(j.witness and " this is " in j.detail for j in wrong)


def test_the_first_wrong_line_is_found(homework):
    chains = [(known, j) for known, j, c in homework if c.kind == "steps"]
    assert sum(known["first_wrong_line"] == j.first_wrong_line for known, j in chains) >= 0.9 * len(chains)
    assert all(len(j.lines) == len(c.lines) for _, j, c in homework if c.kind == "steps")


def test_slips_that_cancel_are_told(homework):
    for known, found, _ in homework:
        if known.get("final") == "right" and known["first_wrong_line"]:
            assert found.verdict == WRONG and "slips cancel" in found.detail


def test_most_mistakes_are_named_and_none_wrongly(homework):
    wrong = [(known["mistake"], j.mistake) for known, j, _ in homework if known["verdict"] == WRONG]
    seen = Counter("none" if m is None else "as labelled" if m.kind == label else "otherwise" for label, m in wrong)
    assert seen["otherwise"] == 0
    assert seen["as labelled"] >= 0.8 * len(wrong)
    assert {m.kind for _, m in wrong if m} <= set(KINDS)


def test_the_factor_that_is_told_is_the_known_one(homework):
    from sympy import N, sympify

    told = [
        (known["off_by"], j.mistake.factor, c) for known, j, c in homework if "off_by" in known and j.mistake and j.mistake.factor
    ]
    assert len(told) > 30
    for known, ours, claim in told:
        left, right = (
            sympify(text.replace("lambda", "lam"), {"beta": None, "gamma": __import__("sympy").gamma}) for text in (known, ours)
        )
        letters = sorted(left.free_symbols | right.free_symbols, key=str)
        values = {s: 3 + i for i, s in enumerate(letters)}
        if any(s.name in ("rho", "q") for s in letters):
            values = {s: v / 10 for s, v in values.items()}
        assert abs(N(left.subs(values), 20) / N(right.subs(values), 20) - 1) < 1e-12, claim.id


def stated(kernel, over, given, **more):
    return truth_of(problem(kernel, over=over, given=given, **more))


GAMMA = ("x**(a - 1)*exp(-b*x)", {"x": "(0, oo)"}, ["a > 0", "b > 0"])
GAUSS = ("exp(-x**2/(2*s**2))", {"x": "RR"}, ["s nonzero"])


@pytest.fixture(scope="module")
def truths():
    return {"gamma": stated(*GAMMA), "gauss": stated("exp(-x**2/(2*s**2))", {"x": "RR"}, ["s real, nonzero"]),
            "binomial": stated("binomial(n, k)*a**k*b**(n - k)", {"k": "ZZ[0, n]"}, ["n integer, positive", "a > 0", "b > 0"]),
            "spin": stated("exp(h*s)", {"s": "{-1, 1}"}, ["h real"]), "flat": stated("1/x", {"x": "(0, oo)"}, []),
            "open": stated("exp(-x**4 - b*x**3 - x)", {"x": "RR"}, ["b > 0"]),
            "geometric": stated("q**k", {"k": "ZZ[0, oo]"}, ["q > 0", "q < 1"])}  # fmt: skip


def verdict(truths, which, kind, text):
    return judge(Claim("c", which, kind, text), truths[which])


TABLE = [
    ("gamma", "Z", r"\Gamma(a) b^{-a}", CORRECT, ()),
    ("gamma", "Z", r"Z = \frac{\Gamma(a+1)}{a\,b^a}", CORRECT, ()),
    ("gamma", "Z", r"\frac{1}{Z} = \frac{b^a}{\Gamma(a)}", CORRECT, ()),
    ("gamma", "Z", r"\int_0^\infty t^{a-1}e^{-bt}\,dt", CORRECT, ()),
    ("gamma", "Z", r"\frac{(a-1)!}{b^a}", CORRECT, ("Eq(a, floor(a))",)),
    ("gamma", "Z", r"\frac{a!}{b^a}", WRONG, ()),
    ("gamma", "Z", r"\frac{\Gamma(a)}{b^a}\cdot 1.000000001", WRONG, ()),
    ("gamma", "Z", r"\frac{\Gamma(a)}{b^a}\cos(2\pi a)", WRONG, ()),
    ("gamma", "Z", r"\frac{\Gamma(c)}{b^a}", UNDECIDED, ()),
    ("gamma", "Z", r"\frac{\Gamma(a}{b^a}", UNDECIDED, ()),
    ("gamma", "Z", r"\frac{\Gamma(a)}{b^a} = \Gamma(a) b^{a}", WRONG, ()),
    ("gamma", "p", r"p(x) = \frac{b^a x^{a-1} e^{-bx}}{\Gamma(a)}", CORRECT, ()),
    ("gamma", "p", r"f(x; a, b) = \frac{b^a}{\Gamma(a)} x^{a-1} e^{-bx}, \quad x > 0", CORRECT, ()),
    (
        "gamma",
        "p",
        r"\begin{cases} \frac{b^a x^{a-1} e^{-bx}}{\Gamma(a)} & x > 0 \\ 0 & \text{otherwise} \end{cases}",
        CORRECT,
        (),
    ),
    ("gamma", "p", r"\frac{b^a}{\Gamma(a)} x^{a-1} e^{-bx}, \quad x > 1", UNDECIDED, ()),
    ("gamma", "p", r"p(x) \propto x^{a-1} e^{-bx}", UNDECIDED, ()),
    ("gauss", "Z", r"\sqrt{2\pi}\,s", CORRECT, ("s > 0",)),
    ("gauss", "Z", r"\sqrt{2\pi}\,|s|", CORRECT, ()),
    ("gauss", "Z", r"\sqrt{2\pi s^2}", CORRECT, ()),
    ("gauss", "Z", r"-\sqrt{2\pi}\,s", WRONG, ()),
    ("binomial", "Z", "1", CORRECT, ("Eq(a + b, 1)",)),
    ("binomial", "Z", "(a+b)^n", CORRECT, ()),
    ("binomial", "Z", "(a+b)^{n+1}", WRONG, ()),
    ("spin", "Z", r"2\cosh h", CORRECT, ()),
    ("spin", "p", r"\frac{e^{hs}}{2\cosh h}", CORRECT, ()),
    ("spin", "p", r"\frac{1}{1+e^{-2hs}}", CORRECT, ()),
    ("spin", "p", r"\frac{1}{1+e^{-2h}}", WRONG, ()),
    ("flat", "Z", "1", WRONG, ()),
    ("flat", "Z", r"\infty", CORRECT, ()),
    ("open", "Z", r"\int_{-\infty}^\infty e^{-y^4-by^3-y}\,dy", CORRECT, ()),
    ("open", "Z", r"\sqrt{\pi}", WRONG, ()),
    ("geometric", "Z", r"\frac{1}{1-q}", CORRECT, ()),
    ("geometric", "p", r"P(K = k) = (1-q)q^k, \quad k = 0, 1, 2, \dots", CORRECT, ()),
    ("geometric", "p", r"p_k = (1-q)q^k", CORRECT, ()),
    ("geometric", "p", r"\Pr(k) = (1-q)q^{k-1}", WRONG, ()),
    ("geometric", "p", r"(1-q)q^k, \quad k = 1, 2, \dots", UNDECIDED, ()),
    ("geometric", "p", r"p(k) = \frac{q^k}{Z}, \text{ where } Z = \frac{1}{1-q}", CORRECT, ()),
    ("geometric", "p", r"p(k) = \frac{q^k}{Z}, \text{ where } Z = 1-q", WRONG, ()),
    ("geometric", "Z", r"Z_q = \frac{1}{1-q}", CORRECT, ()),
    ("geometric", "Z", r"C = \frac{1}{1-q}", UNDECIDED, ()),
    ("geometric", "Z", r"Z = \frac{1}{1-q} \text{ because of } q", UNDECIDED, ()),
    ("gauss", "Z", r"Z = \sqrt{2\pi}\,|s| \approx 2.5066\,|s|", CORRECT, ()),
    ("geometric", "Z", r"\frac{1}{|1-q|}", CORRECT, ()),
]


@pytest.mark.parametrize(("which", "kind", "text", "expected", "conditions"), TABLE)
def test_claims(truths, which, kind, text, expected, conditions):
    found = verdict(truths, which, kind, text)
    assert (found.verdict, found.conditions) == (expected, conditions), found.detail


def test_what_cannot_be_read_says_where(truths):
    assert "position" in verdict(truths, "gamma", "Z", r"\Gamma(a) + + ").detail
    assert "the name c is not declared" in verdict(truths, "gamma", "Z", r"\Gamma(c)").detail


def test_hints_go_from_a_nudge_to_an_explanation(truths):
    found = verdict(truths, "gamma", "Z", r"\frac{\Gamma(a+1)}{b^a}")
    assert found.mistake.kind == "off-by-one-gamma" and len(found.hints) == 3
    assert "gamma(a + 1)" in found.hints[2] and "gamma(a + 1)" not in found.hints[0] + found.hints[1]
    assert verdict(truths, "gamma", "Z", r"\frac{\Gamma(a)}{b^a}").hints == ()


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('[[claim]]\nproblem = "g"\nkind = "Z"\nclaim_latex = "1"', "claim number 1: it needs an 'id'"),
        ('[[claim]]\nid = "a"\nproblem = "g"\nkind = "zeta"\nclaim_latex = "1"',
         "'kind' should be one of Z, p, mean, variance, cdf, mode, entropy, mgf, pgf, steps"),
        (
            '[[claim]]\nid = "a"\nproblem = "g"\nkind = "Z"\nclaim_latx = "1"',
            "'claim_latx' has no meaning in a claim; did you mean 'claim_latex'",
        ),
        ('[[claim]]\nid = "a"\nproblem = "g"\nkind = "steps"', "needs 'lines'"),
        ('[[claim]]\nid = "a"\nproblem = "g"\nkind = "Z"', "'claim_sympy' is missing"),
    ],
)
def test_a_table_that_is_no_claim_is_an_error_that_names_the_place(toml, message):
    with pytest.raises(ReadError, match=message.replace("(", r"\(")):
        claims(toml, "class.toml")
