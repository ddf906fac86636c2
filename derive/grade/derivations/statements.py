"""What a formula of a derivation states, in the light of the names that were introduced before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sympy import Basic, Derivative, I

from derive.grade.chance.chances import HEADS, generating
from derive.grade.chance.images import with_images
from derive.grade.chance.samples import statistics
from derive.grade.derivations.bayes import LIKELIHOOD, as_premise, premise_of, refuse_prior, spoken_premise, unlinked, with_priors
from derive.grade.derivations.beforehand import BY_BOTH, BY_FORM, BY_WORDS, first_of
from derive.grade.derivations.brought import aliased, flat, hidden, introduce, put, recalls, universal
from derive.grade.derivations.kinds import kept
from derive.grade.derivations.meanings import says_value_of, speaks_of_name
from derive.grade.derivations.mixtures import LAW, with_laws
from derive.grade.derivations.sentences import SUBJECT, with_subject
from derive.grade.derivations.shares import is_weight
from derive.grade.derivations.spelt import AREA, SLOPE_OF, as_slope, in_latex_terms, in_own_notation, taken_by, with_differentials
from derive.grade.derivations.stated import DIGITS, EQUATION, RECALLED, SHARED, WEIGHT, WORDS, Names, Stated
from derive.grade.derivations.terms import engine_terms
from derive.grade.truth import Truth
from derive.grade.writing.coefficients import COEFFICIENT
from derive.grade.writing.digits import in_digits, without_digits
from derive.grade.writing.ellipsis import FINITE, TERMS
from derive.grade.writing.heads import DISTRIBUTED, plain
from derive.grade.writing.helpers import ORDER
from derive.grade.writing.products import FACTORS
from derive.grade.writing.reading import scope_of, spread
from derive.grade.writing.segments import Part
from derive.grade.writing.supported import over_support
from derive.grade.writing.waves import IMAGINARY, REAL, turning, without_unit
from derive.read.latex import statement
from derive.read.names import ReadError, Scope

DISTRIBUTION = re.compile(
    r"\\(?:mathrm|operatorname|text|mathcal|textrm|mathsf)\s*\{[A-Za-z][A-Za-z-]{2,}\}\s*(?:\\left)?\([^()=]*,[^()=]*(?:\\right)?\)[\s.]*"
)
UNNAMED = "w_{{said{}}}"  # for a value that only words name
INERT = (COEFFICIENT, TERMS, FINITE, FACTORS, ORDER, REAL, IMAGINARY, LIKELIHOOD, LAW, *HEADS)  # functions that only modules beside this one read


def stated(part: Part, truth: Truth, names: Names) -> Iterator[Stated]:
    """The statements of one formula; of one that a phrase only speaks of, as far as it can be read; of what is said of configurations."""
    if part.spoken:
        try:
            yield from [replace(s, spoken=True) for s in said_by(part, truth, names)]
        except ReadError:
            if r"\text" in part.formula:  # "the integral of e^{-ax} is …" says more than of what it speaks
                raise
            yield Stated(WORDS, text=part.formula)
    elif part.given or is_weight(part, truth):
        scope = scope_of(truth, {**names.letters, **names.defined}, strict=False)
        read = (part.formula, *(text for case in part.given for text in case))
        sides = engine_terms(tuple(statement(plain(one, truth, {*names.defined}), scope) for one in read), truth, names)
        yield Stated(SHARED if part.given else WEIGHT, sides, text=part.formula, called=part.words)
    else:
        yield from said_by(part, truth, names)


def said_by(part: Part, truth: Truth, names: Names) -> Iterator[Stated]:
    """The statements of one formula: what it is before it is read, or else what it says once it is."""
    if (found := first_of(BY_FORM, part, truth, names, stated)) is None:
        taken = taken_by(names)
        part = headed(part, truth, names)
        found = first_of(BY_WORDS, part, truth, names, stated)
    if found is None:
        part = with_subject(part, truth)
        found = first_of(BY_BOTH, part, truth, names, stated)
    yield from found if found is not None else written(part, truth, names, taken)


def headed(part: Part, truth: Truth, names: Names) -> Part:
    """A formula with a left side for what words name: "the median is 0", "kurtosis = 9/5", "mean = E[X] = …"."""
    part = replace(part, formula=AREA.sub(r"\g<left>=", part.formula))
    if DISTRIBUTION.fullmatch(part.formula) or DISTRIBUTED.match(part.formula):
        raise ReadError("it names a distribution, and no value")
    part = spoken_premise(part, truth) if names.posterior else part
    if says_value_of(part):
        part = replace(part, formula=f"= {part.formula}")
    if part.formula.startswith("=") and (speaks_of_name(part.words) or says_value_of(part)):
        part = replace(part, formula=f"{UNNAMED.format(len(names.defined))} {part.formula}")
    if part.formula.startswith("=") and SUBJECT.fullmatch(part.words):
        part = replace(part, formula=part.formula.lstrip("= "))
    return part


def written(part: Part, truth: Truth, names: Names, taken: set[str]) -> Iterator[Stated]:
    """The statements of a formula in the judge's own notation, after the definitions and the digits that it has in it."""
    part = replace(part, formula=with_images(part.formula, names.made))
    formula, made = generating(over_support(part.formula, truth), truth, {*names.helpers, *names.others})
    if made:
        yield from stated(Part(made), truth, names)
    part = in_own_notation(replace(part, formula=formula), truth, names, taken)
    names.turned |= {t for t in [turning(part.formula)] if t}
    introduce(part, truth, names)
    part = replace(part, formula=with_laws(SLOPE_OF.sub(as_slope, part.formula), truth))
    refuse_prior(part.formula, truth)
    role, bare = premise_of(part, truth) if names.posterior else ("", part.formula)
    formula = in_latex_terms(with_priors(bare, truth) if names.posterior else bare, part.formula, truth, names)
    scope = scope_of(truth, {**names.letters, **names.defined}, strict=False, helpers=(*names.helpers, *INERT))
    formula = with_differentials(formula, scope, names)
    yield from digits(part, scope, truth, names)
    yield from told(as_read(formula, scope, truth, names), part, role, scope, truth, names)


def digits(part: Part, scope: Scope, truth: Truth, names: Names) -> Iterator[Stated]:
    """a ≈ 1.234 in a formula."""
    for value, said, how in in_digits(part.formula) if without_digits(part.formula) != part.formula else ():
        read = (statement(one.replace("{,}", "."), scope) for one in (value, said))
        yield Stated(DIGITS, engine_terms(tuple(read), truth, names), text=said, called=how)


def as_read(formula: str, scope: Scope, truth: Truth, names: Names) -> Basic:
    """What LaTeX says, with what stands for Z, for statistics of a sample and for the imaginary unit in its place."""
    found = statement(formula, scope)
    if any(hidden(d, names) for d in found.atoms(Derivative)):
        raise ReadError("a derivative by a name is not read of what does not show that name; say what the name is first")
    if names.sample is not None:
        values, factors = statistics(found, names.sample, names.letters)
        names.drawn += factors
        found = put(found, values) if values else found
    found = aliased(found, truth, names)
    return without_unit(found, names.turned, names.helpers) if names.turned or found.has(I) else found


def told(found: Basic, part: Part, role: str, scope: Scope, truth: Truth, names: Names) -> Iterator[Stated]:
    """The statements in one that was read, each with the letters that it is meant for all values of."""
    listed = list(flat(found))
    parameters = {p.symbol for p in truth.problem.parameters}
    for one in spread(listed, first=len(listed) > 1 and listed[0] in parameters):
        for single in unlinked(one, truth):
            late = {*names.letters} - {*scope.symbols}  # letters that a statement before it in the same formula has brought in
            new = universal(single, truth, names)
            names.letters.update(new)
            names.universal |= set(new)
            letters: dict[Basic, Basic] = {s: names.letters[s.name] for s in single.free_symbols if s.name in new or s.name in late}
            stated_ = kept(put(single, letters) if letters else single, part, truth, names)
            recalled_ = not role and (new or stated_.kind == EQUATION and recalls(single, names))
            yield replace(stated_, kind=RECALLED) if recalled_ else as_premise(stated_, role) if role else stated_
