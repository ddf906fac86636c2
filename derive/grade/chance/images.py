r"""Random variables that lines make of the problem's, as Y = √X: E[h(Y)], P(Y ≤ y), f_Y(y) and Y ∼ …, where the function is one-to-one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from sympy import Expr, S, Symbol, expand, oo
from sympy.core.function import AppliedUndef

from derive.algebra.reading import inverse
from derive.algebra.signs import Facts
from derive.grade.chance.chances import CLOSE, END, IMAGE_ABOVE, IMAGE_BELOW, IMAGE_DENSITY, LESS, MORE, OPEN, PROBABILITY
from derive.grade.equal.ends import limit_at
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.others import MADE
from derive.grade.writing.reading import scope_of
from derive.language.problem import Variable
from derive.language.totals import Counting, Lebesgue, Total, substitute
from derive.read.latex import expression
from derive.read.names import ReadError

ENDED = re.compile(r"\\(?:sim|Rightarrow|implies|Longrightarrow|therefore|iff|leadsto)(?![A-Za-z])|\\text|\\q?quad|:")  # where Y = g(X) ends
LAST = r"(?:\\[,;:! ]|\\q?quad(?![A-Za-z])|[\s.:]|\\text\s*\{.*|\\(?:sim|implies|Rightarrow|therefore)(?![A-Za-z]).*)*$"


def images(lines: Iterable[str], truth: Truth, letters: Collection[str]) -> dict[str, str]:
    r"""The letters among `letters` that a line makes of the problem's one variable, each with the formula in it."""
    if len(truth.problem.variables) != 1 or not isinstance(truth.problem.variables[0].measure, (Lebesgue, Counting)):
        return {}
    (v,) = truth.problem.variables
    own = in_latex(v)
    found: dict[str, str] = {}
    for line in lines:
        for match in MADE.finditer(line):
            value = re.sub(LAST, "", ENDED.split(match["value"])[0])
            of_one = rf"\\[A-Za-z]+|(?P<X>X|{v.symbol.name.upper()})(?![A-Za-z])" if len(v.symbol.name) == 1 else "(?!)"
            text = re.sub(of_one, lambda m: f" {own}" if m["X"] else m[0], value)
            for other, one in found.items():
                text = re.sub(rf"(?<![A-Za-z\\]){other}(?![A-Za-z])", lambda _, t=one: rf"\left({t}\right)", text)  # type: ignore[misc]
            if match["one"] in letters and match["one"] not in found and (g := of_variable(text, truth)) is not None and turns(g, truth):
                found[match["one"]] = text
    return found


def turns(g: Expr, truth: Truth) -> bool:
    """Whether a function of the variable is one that is looked at: any of a variable with a density, K + c and c − K of whole numbers."""
    (v,) = truth.problem.variables
    return isinstance(v.measure, Lebesgue) or shift_of(g, v) is not None


def shift_of(g: Expr, v: Variable) -> tuple[int, Expr] | None:
    """The sign and the whole number c in K + c and c − K."""
    found = next(((sign, expand(g - sign * v.symbol)) for sign in (1, -1) if not expand(g - sign * v.symbol).has(v.symbol)), None)
    return found if found is not None and found[1].is_integer else None


def turned_round(line: str, truth: Truth) -> str:
    r"""X = e^Y, said of the problem's own variable, as Y = \ln X."""
    own = truth.problem.variables[0].symbol.name.upper() if len(truth.problem.variables) == 1 else ""
    if len(own) != 1 or own in truth.named:
        return line
    return re.sub(rf"(?<![A-Za-z\\]){own}\s*:?=\s*(?:e\s*\^\s*\{{?\s*|\\exp\s*\(\s*)(?P<Y>(?!{own})[A-Z])\s*[)}}]?(?=[\s,.;\\]|$)",
                  lambda m: rf"{m['Y']}=\ln {own}", line)  # fmt: skip


def of_variable(text: str, truth: Truth) -> Expr | None:
    """A formula in the problem's variable and its parameters; None for another one."""
    try:
        value = expression(text, scope_of(truth))
    except ReadError:
        return None
    x = truth.problem.variables[0].symbol
    known = {x, *(p.symbol for p in truth.problem.parameters)}
    return value if value.has(x) and value != x and value.free_symbols <= known else None


def with_images(formula: str, made: Mapping[str, str]) -> str:
    r"""The formula with P(Y ≤ y) and f_Y(y) of such a letter as functions of this module, and Y in E and Var by what it is made of.

    >>> with_images(r"P(Y \le y) = 1", {"Y": "x^2"}), with_images(r"E[Y^2]", {"Y": "x^2"})
    ('\\operatorname{ImageBelow}(x^2,y) = 1', 'E[\\left(x^2\\right)^2]')
    """
    for letter, text in made.items():
        for sign, head in ((LESS, IMAGE_BELOW), (MORE, IMAGE_ABOVE)):
            event = rf"{PROBABILITY}{OPEN}{letter}\s*{sign}\s*(?P<end>{END}){CLOSE}"
            formula = re.sub(event, lambda m, h=head, t=text: rf"\operatorname{{{h}}}({t},{m['end'].strip()})", formula)  # type: ignore[misc]
        for sub, head in (("F", IMAGE_BELOW), ("[fp]", IMAGE_DENSITY)):
            applied = rf"(?<![A-Za-z\\]){sub}\s*_\s*\{{?\s*{letter}\s*\}}?\s*(?:\\left)?\((?P<at>[^()=<>]+?)(?:\\right)?\)"
            formula = re.sub(applied, lambda m, h=head, t=text: rf"\operatorname{{{h}}}({t},{m['at'].strip()})", formula)  # type: ignore[misc]
        inside = rf"(?P<before>(?:(?<![A-Za-z\\])(?:E|Var)|(?:E|Var|V)\s*\}})\s*{OPEN}[^()\[\]=]*?(?<![A-Za-z\\])){letter}(?![A-Za-z(_])"
        formula = re.sub(inside, lambda m, t=text: rf"{m['before']}\left({t}\right)", formula)  # type: ignore[misc]
    return formula


def image_of(applied: AppliedUndef, truth: Truth, Z: Expr) -> Expr | None:
    """P(g(X) ≤ c), P(g(X) > c) and the density of g(X) at c, where g grows or falls all along the support: by x = g⁻¹(c)."""
    g, c = applied.args
    if not isinstance(truth.problem.variables[0].measure, Lebesgue):
        return None
    found = root_of(g, c, truth)
    if found is None:
        return image_of_even(applied.func.__name__, g, c, truth, Z)
    root, grows = found
    (v,) = truth.problem.variables
    if applied.func.__name__ == IMAGE_DENSITY:
        u = Symbol("u′", real=True)
        at = root_of(g, u, truth)
        slope = None if at is None else substitute(at[0].diff(u), {u: c})
        return None if slope is None else substitute(truth.problem.kernel, {v.symbol: root}) / Z * (slope if grows else -slope)
    own = Symbol(f"{v.symbol.name}′", **v.symbol._assumptions_orig)
    below = (applied.func.__name__ == IMAGE_BELOW) == grows
    measure = Lebesgue(v.measure.args[0], root) if below else Lebesgue(root, v.measure.args[1])
    return Total(substitute(truth.problem.kernel, {v.symbol: own}) / Z, own, measure)


def image_of_even(head: str, g: Expr, c: Expr, truth: Truth, Z: Expr) -> Expr | None:
    """The same where g(−x) = g(x) grows for x > 0, on a support that is its own mirror image: from −g⁻¹(c) to g⁻¹(c); 1/x for its density alone."""
    (v,) = truth.problem.variables
    lo, hi = v.measure.args
    half = truth.inside.facts.and_(v.symbol > 0)
    u = Symbol("u′", positive=True)
    x = Symbol(v.symbol.name, positive=True)
    if lo != -hi or not half.nonnegative(g):
        return None
    back = inverse(g.xreplace({v.symbol: x}), x, u, half)
    mirrored = g.xreplace({v.symbol: -v.symbol})
    even, odd = expand(mirrored - g) == 0, expand(mirrored + g) == 0
    if back is None or not (even and half.nonnegative(g.diff(v.symbol)) or odd and half.nonnegative(-g.diff(v.symbol)) and head == IMAGE_DENSITY):
        return None
    root, slope = substitute(back, {u: c}), substitute(back.diff(u), {u: c})
    kernel = truth.problem.kernel
    if odd:
        return substitute(kernel, {v.symbol: root}) / Z * -slope
    if head == IMAGE_DENSITY:
        return (substitute(kernel, {v.symbol: root}) + substitute(kernel, {v.symbol: -root})) / Z * slope
    own = Symbol(f"{v.symbol.name}′", **v.symbol._assumptions_orig)
    inside = Total(substitute(kernel, {v.symbol: own}) / Z, own, Lebesgue(-root, root))
    return inside if head == IMAGE_BELOW else 1 - inside


def root_of(g: Expr, c: Expr, truth: Truth) -> tuple[Expr, bool] | None:
    """x with g(x) = c, and whether g grows; None where g is not known to do so, or to fall, all along the support."""
    (v,) = truth.problem.variables
    facts = truth.inside.facts
    slope = g.diff(v.symbol)
    grows = facts.nonnegative(slope)
    if not grows and not facts.nonnegative(-slope):
        return None
    u = Symbol("u′", positive=True) if facts.nonnegative(g) else Symbol("u′", real=True)
    back = inverse(g, v.symbol, u, facts)
    return None if back is None else (substitute(back, {u: c}), bool(grows))


def image_range(g: Expr, truth: Truth) -> tuple[Expr, Expr] | None:
    """Where g(X) lies, from the smaller end; None where g does not grow or fall all along, and is no even function that grows from 0."""
    (v,) = truth.problem.variables
    facts: Facts = truth.inside.facts
    if not isinstance(v.measure, Lebesgue):
        return None
    if not facts.nonnegative(g.diff(v.symbol)) and not facts.nonnegative(-g.diff(v.symbol)):
        u, (lo, hi) = Symbol("u′", positive=True), v.measure.args
        even = lo == -hi and expand(g.xreplace({v.symbol: -v.symbol}) - g) == 0 and image_of_even(IMAGE_BELOW, g, u, truth, S.One) is not None
        top = limit_at(g, v.symbol, hi, -1, facts) if even else None
        return None if top is None or g.xreplace({v.symbol: S.Zero}) != 0 else (S.Zero, top)
    found = [limit_at(g, v.symbol, end, -1 if end is oo else 1, facts) for end in v.measure.args]
    ends = [e for e in found if e is not None]
    if len(ends) != 2:
        return None
    return (ends[0], ends[1]) if facts.nonnegative(g.diff(v.symbol)) else (ends[1], ends[0])
