"""A claim as plain text, p(x) = exp(-x^2/(2v))/sqrt(2 pi v) for x > 0: SymPy's syntax with a head, conditions, and customary functions."""

from __future__ import annotations

import re

from sympy import Basic, Eq, Function, S
from sympy.core.relational import Relational

from derive.grade.truth import Truth
from derive.read.latex_functions import GREEK_AND_LETTERS
from derive.read.latex_heads import Chain
from derive.read.names import ReadError, Scope
from derive.read.text import expression, relation

HEAD = r"(?P<head>[A-Za-z]\w*\s*(?:_\w+\s*)?\((?P<at>[^()]*)\)|Z)"
EQUATION = re.compile(rf"\s*(?:{HEAD}\s*:?=(?!=))?(?P<rest>.*)", re.DOTALL)
BESIDE = re.compile(r"(?:\s*[,;]\s*|\s+)(?:for(?:\s+all)?|if|when|where|on|with|and)\s+|\s*[,;]\s+|\s+\((?=[^()]*[<>≤≥][^()]*\)\s*$)")
OTHERWISE = re.compile(r"[\s,;]*(?:and|or)?\s*(?:p\(x\)\s*=\s*|f\(x\)\s*=\s*)?0\s*(?:otherwise|else|elsewhere)[\s.]*$")
BESSEL = re.compile(r"(?<!\w)(?P<letter>[IJK])_?\{?(?P<order>\d+)\}?\s*\(")
POLYLOG = re.compile(r"(?<!\w)Li_?(?P<order>\d+)\s*\(")
BESSELS = {"I": "besseli", "J": "besselj", "K": "besselk"}
SPELLED = {"B": "beta", "Beta": "beta", "C": "binomial", "binom": "binomial", "choose": "binomial", "comb": "binomial", "Gamma": "gamma"}
CUSTOMARY = ("Phi", "phi", "psi")


def is_plain(text: str) -> bool:
    """Whether nothing in a text is LaTeX alone."""
    return "\\" not in text and "{" not in text and "$" not in text


def plain_statements(text: str, truth: Truth, scope: Scope) -> list[Basic]:
    r"""The equation and the conditions in a plain text. Raises ReadError where it is none.

    >>> from derive.grade.writing.reading import scope_of
    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]))
    >>> plain_statements("p(x) = b e^(-b x) for x > 0, and 0 otherwise", truth, scope_of(truth))
    [Eq(p(x), b*exp(-b*x))]
    """
    parts = [part for part in BESIDE.split(OTHERWISE.sub("", text.strip().rstrip("."))) if part.strip()]
    if not parts:
        raise ReadError("nothing is claimed")
    main, *beside = parts
    found = EQUATION.fullmatch(main)
    assert found is not None  # all of it is optional
    names = {v.symbol.name for v in truth.problem.variables}
    sides = [value(side, scope) for side in re.split(r"(?<![<>=!:])=(?!=)", found["rest"])]
    head = [] if found["head"] is None else [named(found["head"], found["at"], names, scope)]
    equation = Chain(*head, *sides) if len(head + sides) > 2 else Eq(*head, *sides, evaluate=False) if len(head + sides) == 2 else sides[0]
    conditions: list[Basic] = [one for part in beside for one in relation(part.rstrip(")"), scope) if one is not S.true]
    if not all(isinstance(c, Relational) for c in conditions):
        raise ReadError("beside the formula stands what is no condition")
    return [equation, *conditions]


def named(head: str, at: str | None, names: set[str], scope: Scope) -> Basic:
    """Z, or the density at the variables: p(x), f(x; θ), f_X(x)."""
    inside = {part.strip() for part in re.split(r"[|;]", at or "")[0].split(",")}
    if at is not None and inside != names:
        raise ReadError("a density in plain text is written p(x) = …, with the problem's own variable")
    return expression("Z" if at is None else f"p({', '.join(sorted(inside))})", scope)


def value(text: str, scope: Scope) -> Basic:
    """A formula in which I_0(x), Li_2(x), B(a, b), C(n, k), Φ(x) mean the customary functions, unless these letters are declared."""
    if not text.strip():
        raise ReadError("nothing stands beside the sign =")
    text = BESSEL.sub(lambda m: m[0] if m["letter"] in scope.symbols else f"{BESSELS[m['letter']]}({m['order']}, ", text)
    text = POLYLOG.sub(r"polylog(\g<order>, ", text)
    for name, known in SPELLED.items():
        text = text if name in scope.symbols else re.sub(rf"(?<!\w){name}\s*\(", f"{known}(", text)
    text = text.replace("Φ(", "Phi(").replace("φ(", "phi(").replace("Γ(", "gamma(").replace("½", "(1/2)")
    functions = {name: Function(name) for name in CUSTOMARY if name not in scope.symbols}
    found = expression(text, Scope(scope.symbols, {**scope.functions, **functions}, scope.latex, scope.strict))
    for name, made in functions.items():
        found = found.replace(made, lambda *args, name=name: GREEK_AND_LETTERS[name][1](*args))
    return found
