r"""Events that people write with a function of X: P(X² ≤ y), P(ln X > y), P(1/X ≤ c); |dx/dy| for x = ψ(y); the law χ²_k, a law by two names."""

from __future__ import annotations

import re

from sympy import Symbol, oo

from derive.grade.chance.chances import CLOSE, COMMAND, END, IMAGE_ABOVE, IMAGE_BELOW, LESS, MORE, OPEN, PROBABILITY, variable_of
from derive.grade.chance.images import of_variable, root_of
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.language.totals import Counting, Lebesgue
from derive.read.latex import expression
from derive.read.names import ReadError, Scope

INNER = rf"(?P<inner>(?:[^()=<>|;\\]|(?!\\right){COMMAND}|\\[,;! ]|\((?:[^()=<>])*\))+?)"
BELOW = re.compile(rf"{PROBABILITY}{OPEN}{INNER}\s*{LESS}\s*(?P<end>{END}){CLOSE}")
ABOVE = re.compile(rf"{PROBABILITY}{OPEN}{INNER}\s*{MORE}\s*(?P<end>{END}){CLOSE}")
SQUARE = re.compile(r"\s*(?P<X>[A-Z])\s*\^\s*(?:2|\{\s*2\s*\})\s*")
CHI = re.compile(
    r"\\chi\s*\^\s*(?:2|\{2\})\s*(?:_\s*(?:\{(?P<long>[^{}]*)\}|(?P<short>\w))|\((?P<of>[^()]*)\))(?=\s*(?:$|[,.;=]|\\(?:text|q?quad|[,;: ])))"
)
NAMED = r"\\(?:mathrm|operatorname|text)\s*\{[A-Za-z-]+\}\s*(?:\\left)?\("
SAID_TO_BE = re.compile(
    r"(?P<words>\\text\s*\{(?:[^{}]*\s)?(?:it|this|which|that)\s+is(?:\s+(?:just|simply|exactly|precisely|again|then|therefore|a|an|the))*\s*\})\s*"
    rf"(?P<law>{NAMED}[^()=]*(?:\([^()]*\)[^()=]*)*\))"
)
PART = re.compile(
    r"(?:\\mathbb\s*\{?\s*E\s*\}?|\\operatorname\s*\{\s*E\s*\}|\\mathrm\s*\{\s*E\s*\}|(?<![A-Za-z\\])E)\s*(?:\\left)?[\[(]\s*(?P<X>[A-Z])\s*(?:\\mid(?![A-Za-z])|\|)\s*"
    r"(?P=X)\s*(?P<sign>\\geq?(?![A-Za-z])|\\geqslant|>|\\gt(?![A-Za-z]))\s*(?P<least>\d+)\s*(?:\\right)?[\])]"
)
TWO_NAMES = re.compile(rf"(?P<X>[A-Z]|\\?[a-z]+)\s*\\sim\s*(?P<one>{NAMED}[^()=]*\))\s*=\s*(?={NAMED})")
APART = re.compile(
    r"[,:;=]|\\(?:Rightarrow|implies|Longrightarrow|therefore|q?quad|sim)(?![A-Za-z])|\\(?:text|mathrm|operatorname)\s*\{[^{}]*\}|\\[,; ]"
)
FACTOR = re.compile(r"\\[A-Za-z]+|(?P<a>(?<![A-Za-z])[a-z])(?=[A-Z](?![A-Za-z_]|\s*\())")  # bX as b X, and a I(b) as it stands
RANDOM = re.compile(r"\\[A-Za-z]+|(?P<X>[A-Z])(?![A-Za-z_])")  # X, and that of bX too


def with_events(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    """The lines about one variable with a density, with such events as functions of the module about images."""
    if len(truth.problem.variables) != 1:
        return lines
    lines = tuple(with_capitals(FACTOR.sub(lambda m: f"{m[0]} " if m["a"] else m[0], line), truth) for line in lines)
    lines = tuple(in_words(line, truth) for line in with_letters(with_substituted(lines, truth), truth))
    lines = tuple(given_at_least(line, truth) for line in lines) if {"E", "P"}.isdisjoint(truth.named) else lines
    lines = tuple(TWO_NAMES.sub(r"\g<X>\\sim \g<one>, \\quad \g<X>\\sim ", CHI.sub(chi, line)) if r"\sim" in line else line for line in lines)
    if "P" not in truth.named and isinstance(truth.problem.variables[0].measure, Lebesgue):
        lines = tuple(of_function(line, truth) for line in lines)
    return with_slopes(lines, truth)


def with_capitals(line: str, truth: Truth) -> str:
    r"""P(x > c), of the problem's own variable, as P(X > c).

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-theta)", over={"theta": "(0, oo)"}))
    >>> with_capitals(r"P(\theta > c) = e^{-c}, \Pr(1 < \theta \le 2) = e^{-1} - e^{-2}", truth)
    'P(X > c) = e^{-c}, \\Pr(1 < X \\le 2) = e^{-1} - e^{-2}'
    """
    x = in_latex(truth.problem.variables[0])
    capital = x.upper() if len(x) == 1 else "X"
    if {"P", capital} & set(truth.named) or variable_of(capital, truth) is None:
        return line
    name, order = rf"(?P<name>{re.escape(x)})(?![A-Za-z_^])", rf"(?:{LESS}|{MORE})"
    first = re.compile(rf"(?P<head>{PROBABILITY}{OPEN}){name}(?=\s*{order})")
    between = re.compile(rf"(?P<head>{PROBABILITY}{OPEN}{END}\s*{LESS}\s*){name}(?=\s*{LESS.replace('<lt>', '<upto>')})")
    return between.sub(lambda m: m["head"] + capital, first.sub(lambda m: m["head"] + capital, line))


def in_words(line: str, truth: Truth) -> str:
    r""""so this is Bin(n, p)" as K ∼ Bin(n, p), for the one variable of the problem.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("q**k", over={"k": "ZZ[0, oo]"}, given=["q > 0", "q < 1"]))
    >>> in_words(r"\text{so it is just }\mathrm{Geom}(1-q)", truth), in_words(r"\text{compare this with }\mathrm{Geom}(q)", truth)
    ('\\text{so it is just } K\\sim \\mathrm{Geom}(1-q)', '\\text{compare this with }\\mathrm{Geom}(q)')
    """
    x = in_latex(truth.problem.variables[0])
    if r"\sim" in line or len(x) != 1 or x.upper() in truth.named:
        return line
    return SAID_TO_BE.sub(lambda m: rf"{m['words']} {x.upper()}\sim {m['law']}", line)


def given_at_least(line: str, truth: Truth) -> str:
    r"""E[K | K ≥ a] as Σ_{k ≥ a} k p(k)/P(K ≥ a), for whole numbers without an upper end.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("q**k", over={"k": "ZZ[0, oo]"}, given=["q > 0", "q < 1"]))
    >>> given_at_least(r"E[K\mid K\ge 1]=\frac1{1-q}", truth)
    '\\frac{\\sum_{k=1}^{\\infty}k\\,p(k)}{P(K\\ge 1)}=\\frac1{1-q}'
    """
    (v,) = truth.problem.variables
    x = in_latex(v)
    if not isinstance(v.measure, Counting) or v.measure.hi is not oo or len(x) != 1 or {"p", x.upper()} & set(truth.named):
        return line

    def put(m: re.Match[str]) -> str:
        more = m["sign"] in (">", r"\gt")
        least = int(m["least"]) + more
        if m["X"] != x.upper() or v.measure.lo.is_Integer is not True or least < v.measure.lo:
            return m[0]
        return rf"\frac{{\sum_{{{x}={least}}}^{{\infty}}{x}\,p({x})}}{{P({m['X']}\ge {least})}}"

    return PART.sub(put, line)


def chi(match: re.Match[str]) -> str:
    return rf"\mathrm{{chi-squared}}({match['long'] or match['short'] or match['of']})"


def of_function(line: str, truth: Truth) -> str:
    r"""P(g(X) ≤ c) with g as a formula in the problem's variable; P(X² ≤ c) as P(−√c ≤ X ≤ √c).

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x**2)", over={"x": "(-oo, oo)"}))
    >>> of_function(r"P(X^2 \le y)", truth), of_function(r"P(e^X > t)", truth)
    ('P(-\\sqrt{y}\\le X\\le \\sqrt{y})', '\\operatorname{ImageAbove}(e^x,t)')
    """
    (v,) = truth.problem.variables
    x = in_latex(v)

    def put(m: re.Match[str]) -> str:
        inner, end, below = m["inner"].strip(), m["end"].strip(), "lt" in m.groupdict()
        capitals = set(re.findall(r"(?<![A-Za-z\\])[A-Z](?![A-Za-z_])", inner))
        if len(capitals) != 1 or variable_of(next(iter(capitals)), truth) is None or inner in capitals:
            return m[0]
        (capital,) = capitals
        both = not truth.inside.facts.nonnegative(v.symbol)
        if SQUARE.fullmatch(inner) and both:
            inside = rf"P(-\sqrt{{{end}}}\le {capital}\le \sqrt{{{end}}})"
            return inside if below else rf"\left(1-{inside}\right)"
        text = re.sub(rf"(?<![A-Za-z\\]){capital}(?![A-Za-z_])", lambda _: x, inner)
        g = of_variable(text, truth)
        if g is None or root_of(g, v.symbol, truth) is None:
            return m[0]
        return rf"\operatorname{{{IMAGE_BELOW if below else IMAGE_ABOVE}}}({text},{end})"

    return ABOVE.sub(put, BELOW.sub(put, line))


def with_slopes(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""|dx/dy| as |d/dy ψ(y)|, where a line says x = ψ(y).

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x)", over={"x": "(0, oo)"}))
    >>> with_slopes((r"\text{so } x = \sqrt{y},", r"f(y) = f(x)\left|\frac{dx}{dy}\right|"), truth)[1]
    'f(y) = f(x)\\left|\\frac{d}{dy}\\left(\\sqrt{y}\\right)\\right|'
    """
    (v,) = truth.problem.variables
    x = re.escape(in_latex(v))
    said = re.compile(rf"(?:^|[,;:}}\s])(?P<x>{x})\s*=\s*(?P<value>[^,;=:]+?)(?=\s*(?:[,;:]|\.(?:\s|$)|$|\\text|\\q?quad|\\Rightarrow|\\implies))")
    slope = rf"\\[dt]?frac\s*\{{\s*d\s*{x}\s*\}}\s*\{{\s*d\s*(?P<y>[a-z])\s*\}}"
    for line in lines:
        for match in said.finditer(line):
            names = set(re.findall(r"(?<![A-Za-z\\])[a-z](?![A-Za-z])", re.sub(r"\\[A-Za-z]+", " ", match["value"]))) - set(truth.named)
            if len(names) == 1 and readable(match["value"], truth, *names):
                (y,) = names
                put = rf"\frac{{d}}{{d{y}}}\left({match['value'].strip()}\right)"
                pattern = rf"(?P<a>\\left\s*\||\\[bB]igg?l?\s*\||\||\\lvert)\s*{slope}\s*(?P<b>\\right\s*\||\\[bB]igg?r?\s*\||\||\\rvert)"
                return tuple(re.sub(pattern, lambda m, p=put, n=y: rf"{m['a']}{p}{m['b']}" if m["y"] == n else m[0], one) for one in lines)  # type: ignore[misc]
    return lines


def readable(text: str, truth: Truth, *names: str) -> bool:
    """Whether a text is a formula in these names and the problem's parameters."""
    own = {p.symbol.name: p.symbol for p in truth.problem.parameters}
    latex = {p.latex: p.symbol.name for p in truth.problem.parameters if p.latex}
    try:
        expression(text, Scope({**own, **{name: Symbol(name, positive=True) for name in names}}, {}, latex, False))
    except ReadError:
        return False
    return True


SUBSTITUTED = re.compile(r"(?:^|[\s,;}$(])(?P<y>[a-z])\s*=\s*(?P<value>[^=,;$]+?)(?=\s*(?:[,;$]|\.?\s*$|\\text|\\[;:]|\\q?quad))")
AVERAGED = (
    r"(?:(?<![A-Za-z\\])(?:E|Var)|(?:E|Var|V)\s*\})\s*(?:\\left|\\[bB]igg?l?)?[(\[]?"
    r"(?:[^()\[\]=]|\([^()=]*\))*?(?<![A-Za-z\\]){Y}(?![A-Za-z_(])"
)


def with_substituted(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""E[e^Y], where y = ln x has been substituted and nothing else is called Y, beside Y = ln X.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-log(x)**2)/x", over={"x": "(0, oo)"}))
    >>> with_substituted((r"\text{with } y = \ln x, dy = dx/x", r"E[X] = E[e^{Y}] = 1"), truth)[1]
    'Y=\\ln X, \\quad E[X] = E[e^{Y}] = 1'
    """
    x, text = in_latex(truth.problem.variables[0]), "\n".join(lines)
    if len(x) > 1 or x.upper() in truth.named:
        return lines
    for match in SUBSTITUTED.finditer(text):
        Y = match["y"].upper()
        at = next((n for n, line in enumerate(lines) if re.search(AVERAGED.replace("{Y}", Y), line)), None)
        if at is None or match["y"] == x or Y in truth.named or re.search(rf"(?<![A-Za-z\\_]){Y}\s*(?::?=|\\sim(?![A-Za-z]))", text):
            continue
        if of_variable(match["value"], truth) is not None:
            made = re.sub(rf"(?<![A-Za-z\\]){x}(?![A-Za-z])", x.upper(), match["value"].strip())
            return (*lines[:at], rf"{Y}={made}, \quad {lines[at]}", *lines[at + 1 :])
    return lines


def with_letters(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""ln X ∼ Exp(a) as W ∼ Exp(a), where W = ln X, for a letter that stands nowhere else.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("x**(-a - 1)", over={"x": "(1, oo)"}, given=["a > 0"]))
    >>> with_letters((r"\log X\sim\mathrm{Exp}(a)",), truth)
    ('W=\\log X, \\quad W\\sim\\mathrm{Exp}(a)',)
    """
    if len(truth.problem.variables) != 1 or not isinstance(truth.problem.variables[0].measure, (Lebesgue, Counting)):
        return lines
    text = "\n".join(lines)
    free = [c for c in "WVUTRQ" if c not in truth.named and not re.search(rf"(?<![A-Za-z\\]){c}(?![A-Za-z])", text)]
    x = in_latex(truth.problem.variables[0])
    done = []
    for line in lines:
        at = line.find(r"\sim")
        start = max((m.end() for m in APART.finditer(line, 0, max(at, 0))), default=0)
        made = line[start:at].strip() if at >= 0 else ""
        capitals = {m["X"] for m in RANDOM.finditer(made) if m["X"]}
        if free and len(capitals) == 1 and made not in capitals and variable_of(next(iter(capitals)), truth) is not None:
            g = RANDOM.sub(lambda m: f" {x} " if m["X"] else m[0], made)
            named = re.search(r"(?<![A-Za-z\\])[A-Z]\s*:?=\s*$", line[:start]) is not None  # Y = 2X ∼ …
            if of_variable(g, truth) is not None and not named:
                line, free = rf"{line[:start]}{free[0]}={made}, \quad {free[0]}{line[at:]}", free[1:]
        done.append(line)
    return tuple(done)
