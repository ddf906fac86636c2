r"""Two variables together: f_{X,Y}(x, y), P(X > 2Y), P(X + Y ≤ 1), and S = X + Y with f_S(s), where both supports begin somewhere and do not end."""

from __future__ import annotations

import re

from sympy import Expr, S, Symbol, cos, expand, oo, pi, sin, sqrt, trigsimp

from derive.algebra.equality import equal
from derive.algebra.signs import Facts
from derive.grade.chance.chances import CLOSE, LESS, MORE, OPEN, PAIR_BELOW, PAIR_DENSITY, PROBABILITY
from derive.grade.truth import Truth
from derive.grade.writing.reading import scope_of
from derive.language.problem import Problem
from derive.language.totals import Lebesgue, Total, substitute
from derive.read.latex import expression
from derive.read.names import ReadError

LINEAR = r"[-+A-Za-z0-9/. ]|\\[,;! ]|\\[dt]?frac\s*\{?\d\}?\s*\{?\d\}?"
EVENT = re.compile(rf"{PROBABILITY}{OPEN}(?P<left>(?:{LINEAR})+?)\s*(?:{LESS}|{MORE})\s*(?P<right>(?:{LINEAR})+?){CLOSE}")
JOINT = re.compile(r"(?<![A-Za-z\\])(?P<f>[fp])\s*_\s*\{\s*[A-Z]\s*,?\s*[A-Z]\s*\}(?=\s*(?:\\left)?\()")
VALUE = r"\s*:?=\s*(?P<value>(?:[-+A-Z0-9 ]|\\[,;! ])+?)(?=\s*(?:[,.;:]|$|\\text|\\q?quad|\\Rightarrow|\\implies))"
MADE = re.compile(rf"(?<![A-Za-z\\_])(?P<S>[A-Z]){VALUE}")
AVERAGE = r"(?P<E>(?:(?<![A-Za-z\\])E|\\(?:mathbb|mathrm|operatorname)\s*\{?E\}?))"
ROOT = r"\\sqrt\s*\{\s*(?P<a>[A-Z])\s*\^\s*\{?2\}?\s*\+\s*(?P<b>[A-Z])\s*\^\s*\{?2\}?\s*\}"
DISTANCE = re.compile(rf"(?<![A-Za-z\\_])(?P<S>[A-Z])\s*:?=\s*{ROOT}")  # R = √(X² + Y²)
DISC = re.compile(
    rf"{PROBABILITY}{OPEN}(?P<root>\\sqrt\s*\{{)?\s*(?P<a>[A-Z])\s*\^\s*\{{?2\}}?\s*\+\s*(?P<b>[A-Z])\s*\^\s*\{{?2\}}?\s*(?(root)\}})\s*"
    rf"(?:{LESS}|{MORE})\s*(?P<end>[^()=<>\\|]+?){CLOSE}"
)


def with_pairs(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""The lines about two variables with such events and densities as functions that only this module reads.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x - y)", over={"x": "(0, oo)", "y": "(0, oo)"}))
    >>> with_pairs((r"P(X > 2Y) = 1/3", r"S = X + Y, \quad f_S(s) = s e^{-s}"), truth)
    ('\\operatorname{PairBelow}(2y-(x)) = 1/3', '\\text{ }, \\quad \\operatorname{PairDensity}(x + y,s) = s e^{-s}')
    """
    own = [v.symbol.name for v in truth.problem.variables]
    if len(own) != 2 or any(len(name) != 1 or name.upper() in truth.named for name in own):
        return lines
    lines = tuple(JOINT.sub(r"\g<f>", line) for line in lines)
    symbols = {v.symbol for v in truth.problem.variables}
    if not all(isinstance(v.measure, Lebesgue) and not v.measure.free_symbols & symbols for v in truth.problem.variables):
        return lines
    capitals = {name.upper() for name in own}
    found = [m for line in lines for m in MADE.finditer(line) if set(re.findall("[A-Z]", m["value"])) == capitals]
    made = {m["S"]: lowered(m["value"], own) for m in found}
    made |= {m["S"]: rf"\sqrt{{{own[0]}^2+{own[1]}^2}}" for line in lines for m in DISTANCE.finditer(line) if {m["a"], m["b"]} == capitals}
    made = {letter: g for letter, g in made.items() if letter not in truth.named and letter not in "PEZ" and letter.lower() not in own}
    lines = tuple(event(letters(line, made), truth, own) for line in lines)
    return tuple(DISC.sub(lambda m: disc(m, own), line) for line in lines) if "P" not in truth.named else lines


def disc(m: re.Match[str], own: list[str]) -> str:
    """P(X² + Y² ≤ c) and P(√(X² + Y²) ≤ r)."""
    if {m["a"], m["b"]} != {name.upper() for name in own}:
        return m[0]
    end = f"({m['end'].strip()})^2" if m["root"] else m["end"].strip()
    return below(f"{own[0]}^2+{own[1]}^2", end, bool(m["lt"]))


def lowered(text: str, own: list[str]) -> str:
    for name in own:
        text = re.sub(rf"(?<![A-Za-z\\]){name.upper()}(?![A-Za-z_])|(?<=\d){name.upper()}", name, text)
    return text.strip()


def letters(line: str, made: dict[str, str]) -> str:
    for letter, g in made.items():
        line = re.sub(rf"(?<![A-Za-z\\_]){letter}{VALUE}", r"\\text{ }", line)
        head = rf"{AVERAGE}\s*(?:\[|\()?\s*{letter}(?:\s*\^\s*(?P<n>\d))?\s*(?:\]|\))?(?![A-Za-z_(])"
        line = re.sub(head, lambda m, t=g: rf"{m['E']}[({t})^{{{m['n'] or 1}}}]", line) if made else line  # type: ignore[misc]
        line = DISTANCE.sub(lambda m, one=letter: r"\text{ }" if m["S"] == one else m[0], line)  # type: ignore[misc]
        line = re.sub(rf"(?<![A-Za-z\\])[fp]\s*_\s*\{{?\s*{letter}\s*\}}?\s*(?:\\left)?\((?P<at>[^()=<>]+?)(?:\\right)?\)",
                      lambda m, t=g: rf"\operatorname{{{PAIR_DENSITY}}}({t},{m['at'].strip()})", line)  # type: ignore[misc]  # fmt: skip
        for sign, less in ((LESS, True), (MORE, False)):
            line = re.sub(rf"{PROBABILITY}{OPEN}{letter}\s*{sign}\s*(?P<end>[^()=<>\\|]+?){CLOSE}",
                          lambda m, t=g, up=less: below(t, m["end"], up), line)  # type: ignore[misc]  # fmt: skip
        cumulative = rf"(?<![A-Za-z\\])F\s*_\s*\{{?\s*{letter}\s*\}}?\s*\((?P<at>[^()=<>]+?)\)"
        line = re.sub(cumulative, lambda m, t=g: below(t, m["at"], True), line)  # type: ignore[misc]
    return line


def below(left: str, right: str, less: bool) -> str:
    inner = f"{left}-({right.strip()})" if less else f"{right.strip()}-({left})"
    return rf"\operatorname{{{PAIR_BELOW}}}({inner})"


def event(line: str, truth: Truth, own: list[str]) -> str:
    """P(left < right) for a linear inequality in both variables as the probability that a linear function is negative."""
    def put(m: re.Match[str]) -> str:
        left, right = (lowered(m[key], own) for key in ("left", "right"))
        capitals = set(re.findall(r"[A-Z]", m["left"] + m["right"]))
        try:
            value = expression(f"{left}-({right})", scope_of(truth)) if capitals == {n.upper() for n in own} else None
        except ReadError:
            value = None
        plain = re.fullmatch(r"\s*[A-Z]\s*", m["left"]) and re.fullmatch(r"\s*[A-Z]\s*", m["right"])
        return m[0] if value is None or plain else below(left, right, bool(m["lt"]))

    return EVENT.sub(put, line) if "P" not in truth.named else line


def pair_below(e: Expr, problem: Problem, Z: Expr) -> Expr | None:
    """P(a X + b Y + c < 0): over the y with y < (−c − a x)/b, or 1 less over the others, where that line cuts the support."""
    x, y = problem.variables
    if (end := radius(e, x.symbol, y.symbol)) is not None:
        share, own = around(problem), Symbol("r′", positive=True)
        return None if share is None else Total(share * own * problem.kernel.xreplace({x.symbol: own, y.symbol: S.Zero}) / Z, own, Lebesgue(0, end))
    b = expand(e).coeff(y.symbol, 1)
    a = expand(e).coeff(x.symbol, 1)
    if not (a.is_number and b.is_number and a != 0 and b != 0) or expand(e - a * x.symbol - b * y.symbol).has(x.symbol, y.symbol):
        return None
    if any(v.measure.args[1] is not oo or v.measure.args[0].is_infinite for v in (x, y)):
        return None
    border = expand((b * y.symbol - e) / b)  # y < border, or y > border where b < 0
    (lo, _), (low, _) = x.measure.args, y.measure.args
    cut = -(b * low + expand(e - a * x.symbol - b * y.symbol)) / a  # where the border leaves the support
    falls, start = (a / b).is_positive, cut - lo
    if not start.is_nonnegative:
        return None
    if falls:  # the triangle below the border
        found = Total(Total(problem.kernel / Z, y.symbol, Lebesgue(low, border)), x.symbol, Lebesgue(lo, cut))
    else:  # what lies to the right of it
        right = expand((a * x.symbol - e) / a)
        found = Total(Total(problem.kernel / Z, x.symbol, Lebesgue(right, oo)), y.symbol, Lebesgue(low, oo))
    return found if b.is_positive else 1 - found


def radius(e: Expr, x: Symbol, y: Symbol) -> Expr | None:
    """The r of √(x² + y²) − r, and the √c of x² + y² − c."""
    for far, root in ((x**2 + y**2, True), (sqrt(x**2 + y**2), False)):
        c = expand(far - e)
        if not c.has(x, y) and (c.is_nonnegative or not root and not c.is_negative):
            return sqrt(c) if root else c
    return None


LARGEST = 60  # operations in a kernel that is tidied


def around(problem: Problem) -> Expr | None:
    """The angle 2π or π/2 of the plane or its first quadrant, where the kernel depends on x² + y² alone: dx dy = r dr dθ."""
    x, y = problem.variables
    ends = {v.measure.args for v in problem.variables}
    angle = {(-oo, oo): 2 * pi, (S.Zero, oo): pi / 2}.get(next(iter(ends))) if len(ends) == 1 else None
    r, t = Symbol("r′", positive=True), Symbol("t′", real=True)
    turned = problem.kernel.xreplace({x.symbol: r * cos(t), y.symbol: r * sin(t)})
    turned = trigsimp(turned) if turned.count_ops() < LARGEST else turned
    return angle if angle is not None and equal(turned, problem.kernel.xreplace({x.symbol: r, y.symbol: S.Zero}), Facts()) else None


def pair_density(e: Expr, at: Expr, problem: Problem, Z: Expr) -> Expr | None:
    """The density of X + Y at s: ∫ k(x, s − x) dx/Z over the x that leave room for y."""
    x, y = problem.variables
    if expand(e**2 - x.symbol**2 - y.symbol**2) == 0 and (share := around(problem)) is not None:
        return share * at * problem.kernel.xreplace({x.symbol: at, y.symbol: S.Zero}) / Z
    if expand(e - x.symbol - y.symbol) != 0 or any(v.measure.args[1] is not oo or v.measure.args[0].is_infinite for v in (x, y)):
        return None
    own = Symbol(f"{x.symbol.name}′", **x.symbol._assumptions_orig)
    return Total(substitute(problem.kernel, {x.symbol: own, y.symbol: at - own}) / Z, own, Lebesgue(x.measure.args[0], at - y.measure.args[0]))
