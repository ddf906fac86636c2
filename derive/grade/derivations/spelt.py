"""How a formula of a derivation is spelled out before it is read: p for p(x) under an integral, dM/dh as d/dh M, d(log x) = dx/x as a derivative."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.grade.chance.chances import with_chances
from derive.grade.chance.moments import with_moments
from derive.grade.chance.places import with_places
from derive.grade.derivations.bayes import own_name
from derive.grade.derivations.indefinite import without_constants
from derive.grade.derivations.sentences import lowered
from derive.grade.derivations.stated import Names
from derive.grade.truth import Truth
from derive.grade.writing.coefficients import with_coefficients
from derive.grade.writing.constants import with_orders, with_slopes
from derive.grade.writing.differentials import UPRIGHT, bare_differentials, marked, marked_beside_d
from derive.grade.writing.ellipsis import with_terms
from derive.grade.writing.heads import in_latex, plain, spelled
from derive.grade.writing.helpers import primed
from derive.grade.writing.products import with_factors
from derive.grade.writing.segments import Part
from derive.grade.writing.spellings import outside, up_to_constants
from derive.grade.writing.waves import with_unit
from derive.read.names import Scope

INTEGRAL = re.compile(r"\\i*int(?![A-Za-z])|∫")
LISTED = re.compile(r"(?<!\\)[,;:](?!=)(?:\\q?quad(?![A-Za-z])|\\[,;:! ]|\s)*")
ONE_D = rf"\s*(?:d|{UPRIGHT})\s*\\?[A-Za-z]+(?:\s|\\[,;:! ])*"
AREA = re.compile(rf"(?P<left>{ONE_D}{ONE_D})\\(?:to|mapsto)(?![A-Za-z])")  # dx dy → r dr dθ
SLOPE_OF = re.compile(rf"^\s*(?:d|{UPRIGHT})\s*(?:\\left)?\((?P<of>(?:[^()]|\([^()]*\))+?)(?:\\right)?\)\s*=\s*(?P<value>[^=]+)$")
ONE_NAME = re.compile(rf"(?:(?<![A-Za-z\\])d|{UPRIGHT})\s*([A-Za-z]|\\[A-Za-z]+)(?![A-Za-z])")
BARE_DENSITY = re.compile(r"(?<![A-Za-z\\_{])p(?=\s*(?:\\(?:ln|log)(?![A-Za-z])|\\,?\s*d|\^|\s*d))|(?:(?<=\\ln )|(?<=\\log ))p(?![A-Za-z(_])")


def apart(formula: str) -> tuple[str, str]:
    r"""A formula up to the first comma or colon that stands in no bracket, and what follows.

    >>> apart(r"x\to f(x, y),\ dx = 2\,du"), apart(r"x\to0")
    (('x\\to f(x, y)', 'dx = 2\\,du'), ('x\\to0', ''))
    """
    ends = (m for m in LISTED.finditer(formula) if outside(formula[: m.start()]))
    end = next(ends, None)
    return (formula, "") if end is None else (formula[: end.start()], formula[end.end() :])


def with_density_applied(formula: str, truth: Truth, taken: set[str]) -> str:
    r"""∫ p ln p dx with p(x) for p."""
    x = own_name(truth)
    if not x or "p" in {*truth.named, *taken} or not INTEGRAL.search(formula):
        return formula
    return BARE_DENSITY.sub(lambda _: f"p({x})", formula)


def differentiated(formula: str, truth: Truth, names: Names) -> str:
    r"""dM/dh as d/dh M, for a value M that lines have introduced and a parameter h."""
    parameters = "|".join(re.escape(in_latex(p)) for p in truth.problem.parameters)
    values = "|".join(re.escape(spelled(name)) for name in names.defined if name not in names.variables)
    if not parameters or not values:
        return formula
    d = rf"(?:d|{UPRIGHT}|\\partial)\s*"
    quotient = rf"\\[dt]?frac\s*\{{\s*{d}(?P<value>{values})\s*\}}\s*\{{\s*{d}(?P<by>{parameters})\s*\}}"
    return re.sub(quotient, r"\\frac{d}{d \g<by>}\g<value>", formula)


def as_slope(match: re.Match[str]) -> str:
    """d(log x) = dx/x as d/dx log x = 1/x."""
    found = ONE_NAME.findall(match["value"])
    if len(found) != 1:
        return match[0]
    return rf"\frac{{d}}{{d{found[0]}}}\left({match['of']}\right) = {ONE_NAME.sub('1 ', match['value'])}"


def in_own_notation(part: Part, truth: Truth, names: Names, taken: set[str]) -> Part:
    """A formula with means, probabilities, differentials, densities and the unit i in the judge's own notation."""
    formula = up_to_constants(with_slopes(with_moments(part.formula, truth, taken), truth, names.defined))
    formula = with_chances(with_places(formula, truth, taken), truth, taken)
    if INTEGRAL.search(formula):
        formula = bare_differentials(without_constants(formula, truth.named))
    formula = with_density_applied(formula, truth, taken)
    if len(truth.problem.variables) > 1:
        formula = lowered(formula, truth, {*truth.named, *taken})
    return replace(part, formula=with_unit(formula, truth.named))


def taken_by(names: Names) -> set[str]:
    """The names that lines have given a meaning."""
    return {*names.defined, *names.helpers, *names.others}


def in_latex_terms(bare: str, whole: str, truth: Truth, names: Names) -> str:
    """A formula in the LaTeX that is read: derivatives, coefficients, orders and long products written out; `whole` is it with its premise."""
    own = {*names.defined, *names.others, *(["L"] if r"\propto" not in whole else [])}  # a likelihood is a function of its own
    spelled_ = differentiated(plain(bare, truth, own), truth, names)
    return with_factors(with_terms(with_orders(primed(with_coefficients(spelled_, truth.named), names.helpers))))


def with_differentials(formula: str, scope: Scope, names: Names) -> str:
    """A formula in which dx is one name; beside an integral sign a d is a differential."""
    if INTEGRAL.search(formula):
        return formula
    return marked(formula) if "d" not in scope.symbols else marked_beside_d(formula, names.defined, names.variables)
