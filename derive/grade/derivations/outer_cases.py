r"""What cases and indicators say outside the support, F(x) = 0 for x < 0 and 1 for x > b, p(x) = … 𝟏{x > 0}: the problem's variable does not get
there, so it is looked at apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from sympy import Expr, Piecewise, S, Symbol

from derive.grade.derivations.course import Course
from derive.grade.supports import outside, within
from derive.grade.writing.heads import in_latex
from derive.grade.writing.reading import scope_of
from derive.grade.writing.segments import unbracketed
from derive.language.totals import Counting, Lebesgue, substitute
from derive.read.latex import expression
from derive.read.names import ReadError

CASES = re.compile(r"\\begin\{(?P<kind>d?cases)\}(?P<rows>.*?)\\end\{(?P=kind)\}", re.DOTALL)
HEAD = re.compile(
    r"(?<![A-Za-z\\])(?P<name>[A-Za-z])\s*(?:_\s*(?:\{\s*\w+\s*\}|\w))?\s*(?:\\left)?\(\s*(?:[A-Z]\s*(?P<sign>[<>=]|\\[lg]eq?(?![A-Za-z]))\s*)?"
    r"(?P<at>[a-z]|\\[a-z]+)\s*(?:\\right)?\)\s*(?:&\s*)?:?="
)
DENSE = re.compile(
    r"(?<![A-Za-z\\])[fp]\s*(?:_\s*(?:\{\s*[A-Z]\s*\}|[A-Z]))?\s*(?:\\left)?\(\s*(?P<at>[a-z]|\\[a-z]+)\s*(?:\\right)?\)\s*(?:&\s*)?(?::?=|\\propto)"
)
INDICATOR = re.compile(
    r"\\(?:mathbf|mathbb|mathbbm|mathds|boldsymbol|bm|mathrm|operatorname|chi)(?:\s*\{?\s*[1I](?![A-Za-z])|\s*_)|(?<![A-Za-z\\\d^_])[1I]\s*(?:_|\\\{)"
)
END = re.compile(r"=|,|;|\\(?:q?quad|text|implies|Rightarrow|iff|propto)(?![A-Za-z])")
Wanted = tuple[Expr, Expr | None]  # what is to be said before the support and behind it; None where that is nothing
DENSITY, BELOW, ABOVE, HAZARD = (S.Zero, S.Zero), (S.Zero, S.One), (S.One, S.Zero), (S.Zero, None)
NAMED: dict[str, Wanted] = {"h": HAZARD, "F": BELOW, "f": DENSITY, "p": DENSITY, "S": ABOVE, "R": ABOVE}
FAR = 100  # how far from the support cases are looked at too
UNSAID = "what its cases say outside the support could not be held against the density"
NOT_RIGHT = "what its cases say outside the support is not right at {} = {}"


def misstated_outside(text: str, course: Course) -> str:
    """Why cases in a line are not right outside the support; "" where they are, or where they say nothing of a density or of a law."""
    variables = course.truth.problem.variables
    if len(variables) != 1 or not isinstance(variables[0].measure, (Lebesgue, Counting)):
        return ""
    whole = in_latex(variables[0])
    for side in indicated(text, whole):
        if why := wrong_outside(side, whole, DENSITY, course):
            return why
    for cases in CASES.finditer(text):
        heads = [m for m in HEAD.finditer(text, 0, cases.start()) if m["name"] in NAMED or m["name"] == "P"]
        others = [m for m in HEAD.finditer(text, 0, cases.start()) if m not in heads]
        if others and not heads:
            continue
        at, wanted = (heads[-1]["at"], meant(heads[-1])) if heads else (whole, None)
        if why := wrong_outside(cases[0], at, wanted, course):
            return why
    return ""


def indicated(text: str, name: str) -> Iterator[str]:
    """The sides of equations and proportions for the density at a variable in which an indicator stands."""
    for head in DENSE.finditer(text):
        starts = [head.end(), *(at for at in unbracketed(text, head.end()) if END.match(text, at))]
        for start, end in pairwise([*starts, len(text)]):
            side = re.sub(rf"^(?:{END.pattern})", "", text[start:end]) if start != head.end() else text[start:end]
            if head["at"] == name and INDICATOR.search(side):
                yield side.strip(" .&")


def meant(head: re.Match[str]) -> Wanted:
    """What a function is before the support and behind it, by its name."""
    sign = head["sign"] or ""
    return NAMED.get(head["name"], DENSITY) if head["name"] != "P" or sign in ("", "=") else ABOVE if sign.startswith((">", r"\g")) else BELOW


def wrong_outside(cases: str, at: str, wanted: Wanted | None, course: Course) -> str:
    """Why cases are not 0 before the support and 0 or 1 behind it; where nothing says of what they are the values, either will do behind it."""
    truth, (v,) = course.truth, course.truth.problem.variables
    kind = {"integer": True} if isinstance(v.measure, Counting) else {"real": True}
    x = Symbol(at.lstrip("\\"), **kind)  # type: ignore[arg-type]
    free = {v.symbol: Symbol(v.symbol.name, **kind)}  # type: ignore[arg-type]
    problem = replace(truth.problem, kernel=truth.problem.kernel.xreplace(free), variables=(replace(v, symbol=free[v.symbol]),))
    try:
        value = expression(cases, scope_of(replace(truth, problem=problem, inside=truth.ground), {x.name: x}, strict=False))
    except (ReadError, RecursionError, TypeError, ValueError, AttributeError, ArithmeticError, NotImplementedError):  # as of a line that is read
        return UNSAID
    everywhere = re.search(rf"(?<![A-Za-z\\]){re.escape(at)}\s*\\in\s*\\mathbb\s*\{{?\s*[RZ]", cases) is not None  # 𝟏{x ∈ ℝ} is 1
    if not isinstance(value, Expr) or not (everywhere or any(x in piece.free_symbols for piece in value.atoms(Piecewise))):
        return ""
    own = {p.symbol for p in truth.problem.parameters}
    value = value.xreplace(dict.fromkeys(value.free_symbols - own - {x}, S.One))  # a Z in front of it
    symbols = (value.free_symbols | v.measure.free_symbols) - {x}
    for point in within({s for s in symbols if isinstance(s, Symbol)}, {v.symbol: x}, x, truth):
        lo, hi = (substitute(end, point) for end in v.measure.args)
        far = [place for end, place in ((lo, lo - FAR), (hi, hi + FAR)) if end.is_finite]
        for place in (*outside(v.measure, point), *far):
            found = substitute(value, {**point, x: place})
            before = bool(place < lo)
            said = wanted[0 if before else 1] if wanted is not None else None
            allowed = {said} if said is not None else {S.Zero} if before else {S.Zero, S.One, found} if wanted is not None else {S.Zero, S.One}
            if found is not S.NaN and found not in allowed:
                return NOT_RIGHT.format(x, place)
    return ""
