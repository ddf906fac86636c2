r"""Bayes' theorem in lines: p(θ | x) ∝ p(x | θ) p(θ), and what they say of a prior density and of a likelihood, which no problem states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sympy import Basic, Eq, Expr, Mul, Pow, Product, Symbol, oo
from sympy.core.function import AppliedUndef

from derive.grade.chance.laws import GAP
from derive.grade.chance.margins import spoken_of
from derive.grade.derivations.stated import EQUATION, NOTE, PREMISE, PROPORTION, Stated
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.mentions import RELATION
from derive.grade.writing.reading import DENSITIES
from derive.grade.writing.segments import Part
from derive.language.totals import Counting, Lebesgue, Measure
from derive.read.latex_heads import Blank, Chain, Propto
from derive.read.names import ReadError

LIKELIHOOD = "LikelihoodOf"
EVIDENCE = "data"  # the density of the data alone
PRIOR, LIKELY, DATA = "prior", "likelihood", " of "  # what a premise says, as "likelihood of y"
LETTERS = r"(?:[pfP]|\\pi|\\Pr)"
BAR = r"(?:\\mid(?![A-Za-z])|\\vert(?![A-Za-z])|\||;)"
INSIDE = r"(?:\\left)?\((?P<inside>[^()=]*)(?:\\right)?\)"
HEAD = re.compile(rf"{GAP}(?:(?P<L>L|\\ell|\\mathcal\s*\{{?L\}}?)|{LETTERS}){GAP}(?:_\{{?[A-Za-z]\}}?)?{INSIDE}{GAP}(?=:?=|\\propto)")
MARGINAL = re.compile(rf"{GAP}m{GAP}\({GAP}[a-z]{GAP}\){GAP}(?==)")  # m(y) = ∫ f(y | θ) π(θ) dθ
MOMENT = re.compile(
    r"(?:(?<![A-Za-z\\])(?:E|Var)|\\(?:mathbb|mathrm|operatorname|mathsf|text)\s*\{?\s*(?:E|Var|V)\s*\}?)\s*(?:\\left)?[\[(](?P<inside>[^\[\]()]*)[\])]"
)
SAYS_PRIOR = re.compile(r"\bprior\b", re.IGNORECASE)


def own_name(truth: Truth) -> str:
    """How a problem's one variable is written; nothing where there are several."""
    if len(truth.problem.variables) != 1:
        return ""
    (v,) = truth.problem.variables
    return in_latex(v)


def has_posterior(lines: Iterable[str], truth: Truth) -> bool:
    """Whether some line speaks of the variable's law given data, or of its prior one: p(θ | x), θ | x ∼ …

    Data are names that the problem does not call a parameter of the law.
    """
    x = own_name(truth)
    if not x:
        return False
    given = re.compile(rf"(?:{LETTERS}{GAP}(?:\\left)?\({GAP}|(?:^|[\s}}])){re.escape(x)}{GAP}{BAR}")
    return any(given.search(line) or SAYS_PRIOR.search(line) for line in lines)


def has_prior(lines: Iterable[str], truth: Truth) -> bool:
    r"""Whether some line speaks of the variable's prior density: by that word, or as p(θ) or θ ∼ … beside what is said of it given data.

    >>> from derive.read.asked import problem
    >>> from derive.grade.truth import truth_of
    >>> truth = truth_of(problem("exp(-b*t)", over={"t": "(0, oo)"}, given=["b > 0"]))
    >>> has_prior(["p(t|x) = 1", r"t\sim\text{Exp}(1)"], truth), has_prior(["p(t|x) = 1"], truth)
    (True, False)
    """
    x = re.escape(own_name(truth))
    alone = re.compile(rf"{LETTERS}{GAP}(?:\\left)?\({GAP}{x}{GAP}(?:\\right)?\)|(?:^|[\s}}$]){x}{GAP}\\sim(?![A-Za-z])")
    return bool(x) and has_posterior(lines, truth) and any(SAYS_PRIOR.search(line) or alone.search(line) for line in lines)


def unconditional(line: str) -> bool:
    r"""Whether a line speaks of a mean or a variance without what is given.

    >>> unconditional(r"E[\theta] = a/b"), unconditional(r"\mathbb{E}[\theta \mid x] = a/b")
    (True, False)
    """
    return any(not re.search(BAR, match["inside"]) for match in MOMENT.finditer(line))


def with_priors(formula: str, truth: Truth) -> str:
    r"""π(θ) as p(θ), and L(θ) behind the first side as a function that only this module reads."""
    x = re.escape(own_name(truth))
    formula = re.sub(rf"(?<!\d)(?<!\d\s)\\pi{GAP}(?=(?:\\left)?\({GAP}{x}{GAP}(?:{BAR}|(?:\\right)?\)))", "p", formula)
    return re.sub(rf"(?<![A-Za-z\\])(?:L|\\mathcal\s*\{{?L\}}?){GAP}(?:\\left)?\({GAP}{x}{GAP}(?:{BAR}[^()]*)?(?:\\right)?\)(?!{GAP}:?=)",
                  lambda _: rf"\operatorname{{{LIKELIHOOD}}}({own_name(truth)})", formula)  # fmt: skip


SPOKEN = re.compile(
    r"\b(?P<what>likelihood|prior)(?:\s+(?:function|density|distribution|law))?\s+(?:is|equals)(?:\s+(?:just|then|again))?(?:\s+proportional\s+to)?\s*$",
    re.IGNORECASE
)  # fmt: skip


def spoken_premise(part: Part, truth: Truth) -> Part:
    r""" "The likelihood is a" as L(θ) ∝ a, "the prior is proportional to b" as π(θ) ∝ b.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-b*t)", over={"t": "(0, oo)"}, given=["b > 0"]))
    >>> spoken_premise(Part("t^s", "The likelihood is"), truth).formula, spoken_premise(Part("t^s", "The mean is"), truth).formula
    ('L(t)\\propto t^s', 't^s')
    """
    said, x = SPOKEN.search(part.words), own_name(truth)
    if said is None or not x or "L" in truth.named or RELATION.search(part.formula):
        return part
    return replace(part, formula=rf"{'L' if said['what'].lower() == 'likelihood' else chr(92) + 'pi'}({x})\propto {part.formula}")


def premise_of(part: Part, truth: Truth) -> tuple[str, str]:
    """Whether a formula says what the prior density or the likelihood of which data is, and the formula with the variable's density as its head."""
    x, head = own_name(truth), HEAD.match(part.formula) or MARGINAL.match(part.formula)
    if not x or head is None:
        return "", part.formula
    density = "f" if x == "p" else "p"  # p(p) would be a product
    if head.re is MARGINAL:
        return EVIDENCE, f"{density}({x}){part.formula[head.end() :]}"
    before, *after = (re.sub(GAP, "", side) for side in re.split(BAR, head["inside"], maxsplit=1))
    bare = f"{density}({x}){part.formula[head.end() :]}"
    if not after and before and before != x and not head["L"] and re.fullmatch(r"\\?[A-Za-z]+(?:_.*)?|\\math[a-z]+\{?[A-Za-z]\}?", before):
        return EVIDENCE, bare
    if head["L"] and before.startswith(x):
        return LIKELY, bare
    name = before.lstrip("\\")
    if before == x and (not after or SAYS_PRIOR.search(part.words)):
        return PRIOR, bare
    likely = after and before != x and x in re.split(r"[,;]", after[0])
    return (f"{LIKELY}{DATA}{name}", bare) if likely else ("", part.formula)


def links(found: Basic) -> list[tuple[bool, Basic]]:
    """The sides of a chain of = and ∝, each with whether ∝ stands before it."""
    if isinstance(found, Propto):
        flat = [links(side) for side in found.args]
        return [(first or i > 0 and j == 0, one) for i, sides in enumerate(flat) for j, (first, one) in enumerate(sides)]
    if isinstance(found, (Chain, Eq)):
        return [one for side in found.args for one in links(side)]
    return [(False, found)]


def unlinked(found: Basic, truth: Truth) -> Iterator[Basic]:
    """A chain with ∝ in it as one statement for each ∝ and one for each run of "=", without what is Bayes' theorem.

    p(θ | x) = p(x | θ) p(θ)/p(x) ∝ g = h is p(θ | x) ∝ g, and g = h. Raises ReadError for = without p(x).
    """
    (_, head), *rest = links(found)
    if not any(proportional for proportional, _ in rest) and not any(by_bayes(side, truth) for _, side in rest):
        yield found
        return
    run, loose = [head], False
    for proportional, side in rest:
        loose = loose or proportional
        if by_bayes(side, truth, loose):
            continue
        if loose:
            yield from equated(run)
            yield Propto(head, side)
            run, loose = [side], False
        else:
            run.append(side)
    yield from equated(run)


def equated(run: list[Basic]) -> Iterator[Basic]:
    if len(run) > 1:
        yield Chain(*run) if len(run) > 2 or isinstance(run[0], Blank) else Eq(*run, evaluate=False)


def by_bayes(side: Basic, truth: Truth, loose: bool = True) -> bool:
    """Whether a side is a likelihood times a prior density, over the density of the data, which only ∝ may leave out (`loose`)."""
    if not own_name(truth):
        return False
    roles = sorted(role_of(f, truth) for f in Mul.make_args(side))
    if roles == [LIKELY, PRIOR] and not loose:
        raise ReadError("a likelihood times a prior density is proportional to the density given data, and not equal to it")
    return roles in (["data", LIKELY, PRIOR], [LIKELY, PRIOR])


def refuse_prior(formula: str, truth: Truth) -> None:
    """Raises ReadError where p(θ) stands behind p(θ | x) without a likelihood: it is the prior density, of which the problem says nothing."""
    x, head = own_name(truth), HEAD.match(formula)
    parts = re.split(BAR, head["inside"], maxsplit=1) if x and head is not None else []
    if head is None or len(parts) < 2 or re.sub(GAP, "", parts[0]) != x:
        return
    rest = formula[head.end() :]
    if re.search(rf"{LETTERS}{GAP}(?:\\left)?\({GAP}{re.escape(x)}{GAP}(?:\\right)?\)", rest) and not re.search(
            rf"{BAR}[^()=]*{re.escape(x)}|L{GAP}\(|\\mathcal|\\ell", rest):  # fmt: skip
        raise ReadError("p of the variable behind its density given data is the prior density, of which the problem says nothing")


def role_of(factor: Basic, truth: Truth) -> str:
    """What a factor of Bayes' theorem is; "" for another one."""
    inverse = isinstance(factor, Pow) and factor.exp == -1
    f = factor.base if inverse else factor
    if isinstance(f, Product) and len(f.limits) == 1:
        return LIKELY if role_of(f.function, truth) == LIKELY else ""
    if not isinstance(f, AppliedUndef):
        return ""
    if f.func.__name__ == LIKELIHOOD:
        return LIKELY if not inverse else ""
    x, (before, after) = truth.problem.variables[0].symbol, spoken_of(f)
    if f.func.__name__ not in DENSITIES or not all(isinstance(one, Expr) for one in (*before, *after)):
        return ""
    spoken = {s for one in before for s in one.free_symbols}
    if inverse:
        return "data" if x not in spoken and not after else ""
    if x in spoken:
        return PRIOR if before == (x,) and not after else ""
    return LIKELY if x in after else ""


def as_premise(s: Stated, role: str) -> Stated:
    """A statement of the variable's density as one of its prior density or of the likelihood; `loose` where ∝ says it.

    An equation that begins with something else stands beside it, as s = Σ x_i does, and the two sides behind a ∝.
    """
    if s.kind == EQUATION and len(s.sides) > 1 and not isinstance(s.sides[0], (Blank, AppliedUndef)):
        return replace(s, kind=NOTE)
    return replace(s, kind=PREMISE, loose=s.kind == PROPORTION, text=role) if s.kind in (EQUATION, PROPORTION) and len(s.sides) > 1 else s


def ranges_of(name: Symbol, names: Iterable[Symbol]) -> list[Measure]:
    """What data may range over: whole numbers up to ∞ or to another name, or intervals."""
    if name.is_integer:
        return [Counting(0, oo), Counting(1, oo), *(Counting(0, n) for n in names if n.is_integer and n != name)]
    return [Lebesgue(-oo, oo), Lebesgue(0, oo)]
