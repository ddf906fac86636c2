r"""Densities by their laws' names inside formulas: 0.3 N(x; 0, 1) + 0.7 N(x; 2, 1), Gamma(x | a, b), as functions that only this module reads."""

from __future__ import annotations

import re

from sympy import Expr, S
from sympy.core.function import AppliedUndef

from derive.algebra.signs import Facts
from derive.grade.chance.laws import GAP, LAWS, SET, WORD, ways_of
from derive.grade.derivations.bayes import own_name
from derive.grade.equal.values import Bench, evaluated
from derive.grade.truth import Truth
from derive.grade.writing.segments import bracket_end
from derive.language.totals import Measure, Total

LAW = "DensityOf"  # of the law with a number, in one of the ways to count its parameters, at x
NAMED = re.compile(
    rf"(?:{SET}\{{\s*(?P<set>{WORD})\s*\}}|\\mathcal\s+(?P<cal>N)|(?<![A-Za-z\\])(?P<bare>N)){GAP}(?:_\{{?[A-Za-z]\}}?)?{GAP}(?:\\left|\\[bB]igg?l?)?\(",
    re.IGNORECASE,
)
APART = re.compile(r",|;|\\mid(?![A-Za-z])|(?:\\middle|\\[bB]igg?)?\s*(?:\||\\vert(?![A-Za-z]))")
SUM_OF = re.compile(rf"^{GAP}(?P<X>[A-Z]|\\?[a-z]+){GAP}\\sim(?![A-Za-z])(?P<rest>.*[+].*)$", re.DOTALL)


def with_laws(formula: str, truth: Truth, way: int = 0) -> str:
    r"""The formula with N(x; 0, 1) as DensityOf(…); X ∼ a N(0, 1) + b N(2, 1) as p(x) = …, with x put in."""
    x = own_name(truth)
    if not x:
        return formula
    drawn = SUM_OF.match(formula)
    body, at_own = (f"p({x})={drawn['rest']}", True) if drawn and len(NAMED.findall(drawn["rest"])) > 1 else (formula, False)
    found = body
    for match in reversed(list(NAMED.finditer(body))):
        end = bracket_end(body, match.end(), "(")
        name = match["set"] or match["cal"] or match["bare"]
        places = [part.strip() for part in APART.split(re.sub(r"\\[,;:!]", " ", body[match.end() : end[0]]))] if end else []
        if at_own and places:
            places = [x, *places]
        law = next((i for i, one in enumerate(LAWS) if re.fullmatch(one.words, name, re.IGNORECASE)), None)
        if end is None or law is None or len(places) < 2 or name in truth.named or places[0] != x or not list(ways_of(name, len(places) - 1)):
            continue
        found = rf"{found[: match.start()]}\operatorname{{{LAW}}}({law},{way},{','.join(places)}){found[end[1] :]}"
    return found if found != body or not at_own else formula


def density_named(applied: AppliedUndef, measure: Measure, facts: Facts, bench: Bench) -> Expr | None:
    """The density of a law at the problem's variable, where it lives on the problem's support or on the whole line."""
    law, way, x, *arguments = applied.args
    ways = [one for one in LAWS[int(law)].ways if len(one.roles) == len(arguments) and one.customary]
    if not ways or not x.is_Symbol:
        return None
    kernel, own = ways[min(int(way), len(ways) - 1)].kernel(x, *arguments)
    if own != measure and not (own.args == (S.NegativeInfinity, S.Infinity) and isinstance(measure, type(own))):
        return None
    total = evaluated(Total(kernel, x, own), facts, bench)
    return None if total is None else kernel / total


def spoken(e: Expr) -> list[AppliedUndef]:
    """The densities of laws in an expression."""
    return [f for f in e.atoms(AppliedUndef) if f.func.__name__ == LAW]
