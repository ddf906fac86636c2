"""The names that a formula of a derivation brings in: before it can be read, and once it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sympy import And, Basic, Derivative, Eq, Integral, Pow, Sum, Symbol, Tuple
from sympy.core.function import AppliedUndef

from derive.grade.chance.chances import new_letters
from derive.grade.derivations.kinds import STRONG
from derive.grade.derivations.meanings import SAID
from derive.grade.derivations.stated import Names
from derive.grade.truth import Truth
from derive.grade.writing.helpers import helper_of, inverted, letter_of, normalizing, recalled
from derive.grade.writing.parity import HALF
from derive.grade.writing.products import FACTORS
from derive.grade.writing.reading import QUANTITIES
from derive.grade.writing.segments import Part
from derive.language.totals import Counting
from derive.read.latex_heads import Blank, Chain, Propto

GREEK = ("alpha", "beta", "gamma", "theta", "phi", "varphi", "xi", "eta", "omega", "lambda", "mu", "tau")
SLOPE = re.compile(r"\\[dt]?frac\s*\{\s*(?:d|\\mathrm\{d\})\s*\}\s*\{\s*(?:d|\\mathrm\{d\})\s*(?P<name>[A-Za-z]|\\[A-Za-z]+)\s*\}")
WHOLE = "ijklmnN"  # letters that stand for whole numbers by custom
TRANSFORMS = ("G", "M", "C", "phi", "varphi", "psi", "chi")  # generating functions by custom, whose argument need not be whole
SUM_TO = re.compile(r"\\(?:sum|prod)\s*(?:\\limits)?\s*_\s*\{[^{}]*\}\s*\^\s*\{?\s*(?P<name>[A-Z]|[mn])\s*\}?")


def introduce(part: Part, truth: Truth, names: Names) -> None:
    """Names that the left side of a formula brings in before it can be read: q = 1 − p, J(t) = …, and z in a recalled Γ(z) = …"""
    known = {**truth.named, **names.defined, **names.variables}
    letter = letter_of(part.formula)
    if letter and letter not in known and (letter == "q" or STRONG.search(part.words)):
        names.defined[letter] = Symbol(letter, real=True)
        names.fresh = letter
    helper = helper_of(part.formula, known, bool(STRONG.search(part.words) or SAID.search(part.words)))
    if helper is not None:
        names.helpers[helper[0]] = helper[1]
    for argument in (helper[1] if helper is not None else "", recalled(part.formula), *new_letters(part.formula, {*truth.named, *names.defined})):
        if argument and argument not in {*truth.named, *names.defined, *names.letters}:
            generates = helper is not None and helper[0] in TRANSFORMS and argument not in WHOLE
            whole = helper is not None and names.indices.get(helper[0]) == argument or on_whole_numbers(truth) and not generates
            names.letters[argument] = Symbol(argument, **({"integer": True, "nonnegative": True} if whole else {"real": True}))
    if HALF in part.formula and "ell" not in known:
        names.letters.setdefault("ell", Symbol("ell", integer=True, nonnegative=True))
    for match in SLOPE.finditer(part.formula):
        if match["name"].lstrip("\\") not in known:
            names.letters.setdefault(match["name"].lstrip("\\"), Symbol(match["name"].lstrip("\\"), real=True))
            names.universal.add(match["name"].lstrip("\\"))
    for match in SUM_TO.finditer(part.formula):
        if match["name"] not in known:
            names.letters.setdefault(match["name"], Symbol(match["name"], integer=True, positive=True))


def on_whole_numbers(truth: Truth) -> bool:
    return all(isinstance(v.measure, Counting) for v in truth.problem.variables)


def universal(found: Basic, truth: Truth, names: Names) -> dict[str, Symbol]:
    """The one letter that nothing declares and that stands on both sides: the equation is meant for all its values, as Γ(z + 1) = z Γ(z)."""
    if not isinstance(found, (Chain, Eq)) or any(isinstance(side, Blank) for side in found.args):
        return {}
    known = {*truth.named, *names.defined, *names.variables, *names.letters, *QUANTITIES}
    new = {s.name for side in found.args for s in side.free_symbols if s.name not in known and not s.name.startswith("d_")}
    everywhere = [name for name in new if all(name in {s.name for s in side.free_symbols} for side in found.args)]
    first = {name for name in new if name in WHOLE and name in {s.name for s in found.args[0].free_symbols}}
    if first == set(new) and len(first) == 1 and not everywhere and found.args[0].atoms(AppliedUndef):  # E[X^{2k + 1}] = 0
        return {name: Symbol(name, integer=True, nonnegative=True) for name in first}
    stepped = any(f.func.__name__ == FACTORS for side in found.args for f in side.atoms(AppliedUndef))  # k (k − 1) ⋯ (k − m + 1)
    if stepped and set(new) <= set(WHOLE):
        return {name: Symbol(name, integer=True, nonnegative=True) for name in new}
    letters = 0 < len(new) == len(everywhere) <= 3 and all(len(name) == 1 or name in GREEK for name in new)
    return {name: Symbol(name, real=True) for name in everywhere} if letters else {}


def recalls(found: Basic, names: Names) -> bool:
    """Whether an equation speaks of such a letter once more."""
    return isinstance(found, (Chain, Eq)) and all({s.name for s in side.free_symbols} & names.universal for side in found.args)


def hidden(d: Derivative, names: Names) -> bool:
    """Whether something is differentiated by a new name, on which the Z or the function in it may depend by what was not read."""
    dark = {s.name for s in d.expr.free_symbols} & set(QUANTITIES) or d.expr.atoms(AppliedUndef)
    return bool(dark) and any(v.name in names.universal and v not in d.expr.free_symbols for v in d.variables)


def flat(found: Basic) -> Iterator[Basic]:
    """The statements in one: conditions beside a formula, and the relations of a < x < b."""
    if isinstance(found, (Tuple, And)):
        for one in found.args:
            yield from flat(one)
    else:
        yield found


def aliased(found: Basic, truth: Truth, names: Names) -> Basic:
    """Other letters for Z and 1/Z: the J of J² = ∫∫… as the first equation, the c of ∫ c g(x) dx = 1, where nothing declares them."""
    left = found.args[0] if isinstance(found, (Chain, Eq)) and found.args else None
    known = {*truth.named, *QUANTITIES, *names.variables, *names.defined}
    summed = isinstance(found, (Chain, Eq)) and any(side.has(Integral, Sum) for side in found.args)
    if summed and not names.inverse and (c := inverted(found, known, truth.problem)) is not None:
        names.inverse = c.name
    told = names.inverse or names.defined or names.alias
    if summed and not told and isinstance(left, Pow) and isinstance(left.base, Symbol) and left.exp.is_number:
        names.alias = left.base.name if left.base.name not in known else ""
    constants = [normalizing(one, known, truth.problem) for one in flat(found)] if not names.inverse else []
    names.inverse = next((c.name for c in constants if c is not None), names.inverse)
    Z = Symbol("Z", positive=True)
    letters = {s: Z if s.name == names.alias else 1 / Z for s in found.free_symbols if s.name in (names.alias, names.inverse) and s.name}
    return put(found, letters) if letters else found


def put(found: Basic, letters: dict[Basic, Basic]) -> Basic:
    """Names replaced, and an equation left as it is said, though it may never hold."""
    if isinstance(found, Eq):
        return Eq(*(a.xreplace(letters) for a in found.args), evaluate=False)
    if isinstance(found, (Tuple, And, Chain, Propto)):
        return found.func(*(put(a, letters) for a in found.args))
    return found.xreplace(letters)
