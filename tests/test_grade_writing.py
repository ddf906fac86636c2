"""Claims and derivations in many styles of writing: no wrong one is accepted, no right one rejected, most are decided."""

from pathlib import Path

import pytest
from judged_claims import judged as judged_claims

from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim
from derive.grade.judge import judge
from derive.grade.truth import truth_of
from derive.read.files import load, loads

DATA = Path(__file__).parent / "data"
OF_TEXTBOOK = (
    "claims_moments_posteriors_pairs.toml",
    "chains_recursions_marginals.toml",
    "chains_one_wrong_line.toml",
)  # of its problems and their own
OF_HOMEWORK = ("homework", "homework_problems")  # whose problems the dozen hands speak of, and the attacks beside them


KINDS = {  # one of each kind of writing
    "claims_moments_posteriors_pairs.toml": (
        "third-s-powers-4", "third-s-powers-5", "third-s-uniform-2", "third-s-pareto-1", "third-s-given-y-2", "third-s-erlang-1",
        "third-s-erlang-4", "third-s-cauchy-1", "third-s-powers-2", "third-s-laplace-2", "third-s-two-spins-1", "third-z-gaussian-precision-1",
        "third-p-die-1", "fourth-s-gaussian-2", "fourth-s-maxwell-1", "third-s-rayleigh-1",
    ),
    # recursions, marginals, generating functions, labelled braces, ellipses, tables of parts, names of densities, sums with a last term
    "chains_recursions_marginals.toml": ("h4-1", "h4-6", "h4-7", "h4-10", "h4-54", "h4-56", "h4-92", "h4-96"),
    # and what is wrong in such lines
    "chains_one_wrong_line.toml": ("h4-301", "h4-303", "h4-304", "h4-309", "h4-310", "h4-315", "h4-317", "h4-325", "h4-331", "h4-337"),
    # μ = 0 without loss of generality, 1/c as a name, the branch of a root, cancelled terms, O(x²), (−d/dp), ↔
    "chains_words_between_lines.toml": ("h6-1", "h6-4", "h6-12", "h6-15", "h6-16", "h6-21", "h6-27", "h6-33", "h6-54", "h6-65"),
    # Z (1 − q) as a product, differentials beside a parameter d, u² by what u is, units, Z(α − 1), a range beside a substitution
    "chains_less_usual_kernels.toml": ("h7-2", "h7-5", "h7-6", "h7-10", "h7-13", "h7-20", "h7-21", "h7-54", "h7-70"),
    # posterior densities, mixtures, products with dots, (r)_k, P(K even), 1/τ² = …, a marginal density up to a factor
    "chains_mixtures_thinning.toml": (
        "c11-3", "c11-4", "c11-6", "c11-9", "c11-11", "c11-22", "c11-24", "c11-35", "c11-53", "c11-55", "c11-58",
    ),
    # covariances, X | Y ∼, P(√X ≤ y), notes beside rows, k (k − 1) ⋯ (k − m + 1), ∫ p ln p
    "chains_covariances_transforms.toml": (
        "c12-1", "c12-4", "c12-5", "c12-6", "c12-16", "c12-19", "c12-24", "c12-26", "c12-53", "c12-54", "c12-55", "c12-61",
    ),
    # U(0, x), u running from 0 to 1, ≡ L(a), Σ over odd k, ∫_y^12 dx, a median by F, θ | data ∼ a wrong law, s = ±1; P(X < Y), ∵, E(X − μ)²,
    # α = β = 1/2, P(|X − x₀| ≤ γ), a marginal law of whole numbers
    "chains_conditional_laws.toml": (
        "c13-3", "c13-4", "c13-11", "c13-13", "c13-14", "c13-15", "c13-19", "c13-51", "c13-52", "c13-56", "c13-57",
        "c14-1", "c14-2", "c14-4", "c14-5", "c14-8", "c14-9", "c14-54",
    ),
    # n observations, minima and maxima, E[Y | X = x], modes, quantile functions
    "chains_samples.toml": (
        "c15-1", "c15-3", "c15-5", "c15-10", "c15-11", "c15-12", "c15-13", "c15-16", "c15-17", "c15-18", "c15-51", "c15-52", "c15-54", "c15-55",
        "c15-56",
    ),
    # plain text, Tr e^{−βH}, S_n, A(η) = …, \\iint_{0<x<y}, ∫ v du, τ = 1/σ², w(x) under a sign
    "claims_dozen_hands.toml": ("st-3", "st-5", "st-6", "st-22", "st-26", "st-111", "st-115", "st-7"),
    "attacks_styles.toml": ("sa-2", "sa-11", "sa-13", "sa-21"),
}  # fmt: skip


def judged(file, only=()):
    """The known answers of a file's claims, each with the judgement on the claim without them."""
    usual = ("textbook",) if only and file in OF_TEXTBOOK else ("textbook", "univariate_continuous", "univariate_discrete", "univariate_extra")
    others = OF_HOMEWORK if file in ("claims_dozen_hands.toml", "attacks_styles.toml") else ("chains_recursions_marginals",)
    return list(judged_claims(file.removesuffix(".toml"), *usual, *others, only=only))


@pytest.mark.slow
@pytest.mark.parametrize("file", KINDS)
def test_kinds_of_writing(file):
    found = judged(file, KINDS[file])
    assert len(found) == len(KINDS[file])
    assert [(j.id, j.verdict, j.first_wrong_line) for _, j in found] == [
        (j.id, known["verdict"], known.get("first_wrong_line", 0)) for known, j in found
    ]


def test_a_mean_says_nothing_of_the_constant():
    problem = {p.id: p for p in load(DATA / "textbook.toml")}["exponential"]
    truth = truth_of(problem, 10)
    assert judge(Claim("a", "exponential", "steps", lines=(r"E[X] = \frac{1}{\lambda}",)), truth).verdict == UNDECIDED
    assert judge(Claim("b", "exponential", "steps", lines=(r"E[X] = \lambda",)), truth).verdict == WRONG
    assert judge(Claim("c", "exponential", "steps", lines=(r"Z = 1/\lambda", r"E_q[X] = \frac{1}{\lambda}")), truth).verdict == UNDECIDED
    assert judge(Claim("d", "exponential", "steps", lines=(r"Z = 1/\lambda", r"E[X \mid X > 1] = 1+\frac{1}{\lambda}")), truth).verdict == UNDECIDED


START = {"exponential": r"\frac1\lambda", "cauchy": r"\pi\gamma"}
STATED = (  # what stands in a line beside the formula for Z, and whether it is right
    ("exponential", r"\varphi(t)=E[e^{itX}]=\frac{\lambda}{\lambda-it}", CORRECT),
    ("exponential", r"\varphi(t)=E[e^{itX}]=\frac{\lambda}{\lambda+it}", WRONG),
    ("exponential", r"\text{so the normalizing constant is } \lambda", CORRECT),
    ("exponential", r"\text{so the normalizing constant is } \lambda^2", WRONG),
    ("exponential", r"\text{As } \lambda\to\infty,\ Z\to0.", CORRECT), ("exponential", r"\text{As } \lambda\to\infty,\ Z\to1.", WRONG),
    ("exponential", r"Z\to0", UNDECIDED), ("exponential", r"u=\lambda x,\ x=\lambda u", WRONG),
    ("exponential", r"u=\lambda x,\ x=u/\lambda", CORRECT),
    ("cauchy", r"\int_0^\infty e^{-x}\cos x\,dx=\operatorname{Re}\int_0^\infty e^{(i-1)x}\,dx=\Re\frac1{1-i}=\frac12", CORRECT),
    ("cauchy", r"\int_0^\infty e^{-x}\cos x\,dx=\operatorname{Re}\int_0^\infty e^{(i-1)x}\,dx=\Re\frac1{1-i}=1", WRONG),
    ("exponential", r"\text{Median: } 1-e^{-\lambda m}=\tfrac12\ \Rightarrow\ m=\frac{\ln2}{\lambda}", CORRECT),
    ("exponential", r"E[X^n]=\frac{n!}{\lambda^n}", CORRECT), ("exponential", r"Y=X^2,\ E[Y]=1", WRONG),
    ("exponential", r"X\sim\mathrm{Exp}(2\lambda)", WRONG), ("exponential", r"E[X]=\frac1\lambda,\ Y\sim\mathrm{Exp}(2\lambda)", UNDECIDED),
    ("cauchy", r"\text{Prior: } p(x)\propto e^{-x^2},\quad p(x\mid y)\propto\frac1{1+((x-x_0)/\gamma)^2}", UNDECIDED),
    ("cauchy", r"p(x)\propto\frac1{1+((x-x_0)/\gamma)^2}\propto\frac x{1+((x-x_0)/\gamma)^2}\propto\frac1{1+((x-x_0)/\gamma)^2}", WRONG),
    ("cauchy", r"\text{and the mode is } \hat{x}=x_0", CORRECT), ("cauchy", r"\text{and the mode is } \hat{x}=x_0+\gamma", WRONG),
    ("cauchy", r"\text{and the median is } \hat{x}=x_0+\gamma", WRONG),
    ("exponential", r"\text{with mean } \lambda", WRONG), ("exponential", r"\text{(a normal variable has mean } \lambda\text{)}", CORRECT),
)  # fmt: skip


def test_what_stands_beside():
    truths = {p.id: truth_of(p, 10) for p in load(DATA / "textbook.toml") if p.id in {name for name, _, _ in STATED}}
    found = [judge(Claim("a", name, "steps", lines=(rf"Z={START[name]}", line)), truths[name]).verdict for name, line, _ in STATED]
    assert found == [verdict for _, _, verdict in STATED]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "accepted", "labelled_as"),
    [
        ("claims_textbook.toml", 1.0, 0.9),
        ("claims_four_hands.toml", 0.97, 0.9),
        ("claims_moments_posteriors_pairs.toml", 0.95, 0.8),
        ("chains_recursions_marginals.toml", 0.97, 0.7),
        ("answers_other_forms.toml", 0.96, 0.9),
        ("answers_constants_densities.toml", 0.965, 0.88),
        ("answers_moments_probabilities.toml", 0.98, 0.88),
        ("chains_one_wrong_line.toml", 0.91, 0.7),
        ("chains_words_between_lines.toml", 0.95, 0.7),
        ("chains_less_usual_kernels.toml", 0.96, 0.7),
        ("chains_normalizing_letters.toml", 0.93, 0.7),
        ("chains_medians_mixtures.toml", 0.8, 0.7),
        ("chains_special_functions.toml", 0.81, 0.7),
        ("chains_usual_kernels.toml", 0.88, 0.7),
        ("chains_mixtures_thinning.toml", 0.82, 0.7),
        ("chains_covariances_transforms.toml", 0.88, 0.7),
        ("chains_conditional_laws.toml", 0.89, 0.7),
        ("chains_samples.toml", 0.9, 0.7),
        ("claims_dozen_hands.toml", 0.94, 0.73),
        ("attacks_styles.toml", 1.0, 0.7),
    ],
)
def test_claims_in_other_styles(file, accepted, labelled_as):
    found = judged(file)
    right = [j for known, j in found if known["verdict"] not in (WRONG, UNDECIDED)]
    open_ = [j for known, j in found if known["verdict"] == UNDECIDED]
    wrong = [j for known, j in found if known["verdict"] == WRONG]
    chains = [(known, j) for known, j in found if "first_wrong_line" in known]
    assert not [j.id for j in (*wrong, *open_) if j.verdict == CORRECT]
    assert not [j.id for j in (*right, *open_) if j.verdict == WRONG]
    assert sum(j.verdict == CORRECT for j in right) >= accepted * len(right)
    assert sum(j.verdict == WRONG for j in wrong) >= 0.97 * len(wrong)
    named = [(j.mistake.kind == known["mistake"]) for known, j in found if known.get("mistake") and j.mistake]
    labelled = sum("mistake" in known for known, _ in found)
    assert sum(named) >= labelled_as * labelled and len(named) - sum(named) <= 3  # that have more than one good name
    assert sum(known["first_wrong_line"] == j.first_wrong_line for known, j in chains) >= 0.95 * len(chains)


OF_PAIRS = (  # what is said of one variable of (x, y) with 0 < y < x < 1
    (r"X\mid Y=y\sim U(y,1)", CORRECT), (r"X\mid Y=y\sim U(0,1)", WRONG), (r"Y\mid X=x\sim U(0,x)", CORRECT), (r"Y\mid X=x\sim U(0,1)", WRONG),
    (r"p(x)\propto x", CORRECT), (r"p(x)\propto1", UNDECIDED), (r"p(y)=2(1-y)", CORRECT), (r"p(y)=2y", WRONG), (r"p(y\mid x)=\frac1x", CORRECT),
    (r"f_X(x)=2x,\ 0<x<1", CORRECT), (r"f_X(x)=2x,\ 0<x<2", UNDECIDED), (r"f(x,y)=2,\ 0<y<x<1", CORRECT), (r"f(x,y)=2,\ 0<y<x<2", UNDECIDED),
    (r"f(x,y)=\begin{cases}2&0<y<x<1\\0&\text{else}\end{cases}", CORRECT), (r"f(x,y)=\begin{cases}2&0<x<1\\0&\text{else}\end{cases}", UNDECIDED),
    (r"f(x,y)=2\,\mathbf 1\{0<x<1\}", UNDECIDED), (r"f(x,y)=2\,\mathbf 1\{0<y<x<1\}", CORRECT),
    (r"X\text{ and }Y\text{ are independent}", UNDECIDED),
    (r"\operatorname{Cov}(X,Y)=\frac1{36}", CORRECT), (r"\operatorname{Cov}(X,Y)=\frac1{18}", WRONG),
)  # fmt: skip


def test_one_variable_of_a_pair():
    problem = loads((DATA / "chains_conditional_laws.toml").read_text(encoding="utf-8"))
    truth = truth_of(next(p for p in problem if p.id == "c13-triangle"), 10)
    found = [judge(Claim("a", "c13-triangle", "steps", lines=(r"Z=\frac12", line)), truth).verdict for line, _ in OF_PAIRS]
    assert found == [verdict for _, verdict in OF_PAIRS]


OF_DATA = r"p(y\mid\theta)=\binom ny\theta^y(1-\theta)^{n-y}"
WITH_PRIORS = (  # lines about θ^y (1 − θ)^(n − y), which is a posterior density for a flat prior one
    ((r"p(\theta)=1", OF_DATA, r"p(y)=\int_0^1\binom ny\theta^y(1-\theta)^{n-y}\,d\theta=\frac1{n+1}"), CORRECT),
    ((r"p(\theta)=1", r"p(y\mid\theta)=\theta^y(1-\theta)^{n-y}"), UNDECIDED),  # no density of y
    ((r"p(\theta)=2\theta", OF_DATA), UNDECIDED),
    ((r"p(\theta)=1", OF_DATA, r"p(y)=\frac1n"), UNDECIDED),
    ((r"\text{Prior mean: } E[\theta]=\frac12",), UNDECIDED), ((r"E[\theta\mid y]=\frac{y+1}{n+1}",), WRONG),
    ((r"p(\theta\mid y)\propto p(y\mid\theta)p(\theta)\propto\theta^{y+1}(1-\theta)^{n-y}",), WRONG),
)  # fmt: skip


def test_priors_and_likelihoods():
    truth = truth_of(next(p for p in load(DATA / "univariate_continuous.toml") if p.id == "bda3-binomial-posterior"), 10)
    end = r"\theta\mid y\sim\mathrm{Beta}(y+1,n-y+1)"
    found = [judge(Claim("a", truth.problem.id, "steps", lines=(*lines, end)), truth).verdict for lines, _ in WITH_PRIORS]
    assert found == [verdict for _, verdict in WITH_PRIORS]
