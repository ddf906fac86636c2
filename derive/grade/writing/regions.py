r"""Double integrals over a region that is written below one sign: \iint_{0<x<y} f dx dy, \iint_{x>0,\,y>0}, \int_{\mathbb R^2}."""

from __future__ import annotations

import re

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex

SIGN = r"(?:\\iint(?![A-Za-z])|\\int\s*(?:\\!|\\limits|\s)*\\int(?![A-Za-z])|\\int(?![A-Za-z]))\s*(?:\\limits)?\s*_\s*"
NAME = r"(?:[A-Za-z]|\\[A-Za-z]+)"
D = r"(?:\\mathrm\s*\{\s*d\s*\}|\\mathrm\s+d|d)\s*"
TOGETHER = re.compile(rf"(?<![A-Za-z])(?P<d>{D})\(\s*(?P<x>{NAME})\s*,\s*(?P<y>{NAME})\s*\)")  # d(x, y)
INSIDE = r"(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*"
ABOVE_LINE = re.compile(  # ∫∫ r dr dθ/(1 + r²)
    rf"\\[dt]?frac\s*\{{(?P<front>(?:[^{{}}]|\{{[^{{}}]*\}})*?)(?P<both>{D}{NAME}(?:(?:\\[,;:! ]|\s)*{D}{NAME}){{1,2}})\s*\}}"
    rf"(?P<below>\s*\{{{INSIDE}\}})"
)
BELOW = re.compile(
    rf"{SIGN}\{{(?P<region>(?:[^{{}}]|\{{[^{{}}]*\}})*)\}}(?!\s*\^)"
    rf"(?P<rest>.*?){D}(?P<inner>{NAME})(?:\\[,;:! ]|\s)*{D}(?P<outer>{NAME})", re.DOTALL
)
LESS = r"(?:<|\\leq?(?![A-Za-z])|\\lt(?![A-Za-z]))"
LOW, HIGH = r"(?P<lo>-?\d+|-\\infty|[a-z])", r"(?P<hi>\d+|\\infty|[A-Za-z])"
ORDERED = re.compile(rf"\s*{LOW}\s*{LESS}\s*(?P<a>{NAME})\s*{LESS}\s*(?P<b>{NAME})\s*(?:{LESS}\s*{HIGH})?\s*")
PLANE = re.compile(r"\s*(?:\\mathbb\s*\{?\s*R\s*\}?\s*\^\s*\{?2\}?)\s*")
POWER = re.compile(r"\s*[\[(]\s*(?P<lo>[^,()\[\]]+),\s*(?P<hi>[^,()\[\]]+?)\s*[\])]\s*\^\s*\{?2\}?\s*")
ABOVE = r"\s*(?:>|\\geq?)\s*0\s*"
POSITIVE = re.compile(rf"\s*(?P<a>{NAME}){ABOVE},(?:\\[,;: ]|\s)*(?P<b>{NAME}){ABOVE}|\s*(?P<c>{NAME})\s*,\s*(?P<e>{NAME}){ABOVE}")


def iterated(text: str) -> str:
    r"""A text with two signs for each such integral, in the order of the differentials behind it.

    >>> iterated(r"\iint_{0<x<y}e^{-y}\,dx\,dy"), iterated(r"\iint_{0<x<y<1}\,dy\,dx")
    ('\\int_{0}^{\\infty}\\int_{0}^{y}e^{-y}\\,dx\\,dy', '\\int_{0}^{1}\\int_{x}^{1}\\,dy\\,dx')
    >>> iterated(r"\int_{\mathbb{R}^2} f\,dx\,dy"), iterated(r"\iint_{D} f\,dx\,dy")
    ('\\int_{-\\infty}^{\\infty}\\int_{-\\infty}^{\\infty} f\\,dx\\,dy', '\\iint_{D} f\\,dx\\,dy')
    >>> iterated(r"\int_{\mathbb R^2}\frac{d(x,y)}{1+x^2+y^2}")
    '\\int_{-\\infty}^{\\infty}\\int_{-\\infty}^{\\infty}\\frac{1}{1+x^2+y^2}\\,dx\\,dy'
    >>> iterated(r"\int_0^\pi\int_0^1\frac{r\,dr\,d\theta}{\sqrt{1+r^{2}}}")
    '\\int_0^\\pi\\int_0^1\\frac{r\\,}{\\sqrt{1+r^{2}}}\\,dr\\,d\\theta'
    """
    text = TOGETHER.sub(r"\g<d>\g<x>\\,\g<d>\g<y>", text)
    text = ABOVE_LINE.sub(lambda m: rf"\frac{{{m['front'].strip() or 1}}}{m['below']}\,{m['both']}", text)
    at = 0
    while match := BELOW.search(text, at):
        ends = ends_of(match["region"], match["inner"], match["outer"])
        signs = "".join(rf"\int_{{{lo}}}^{{{hi}}}" for lo, hi in ends) if ends else ""
        at = match.start() + len(signs) if ends else match.start() + 4
        text = f"{text[: match.start()]}{signs}{text[match.start('rest') :]}" if ends else text
    return text


def ends_of(region: str, inner: str, outer: str) -> list[tuple[str, str]]:
    """The ends of the outer and of the inner integral; nothing for a region of another form."""
    if PLANE.fullmatch(region):
        return [(r"-\infty", r"\infty")] * 2
    if power := POWER.fullmatch(region):
        return [(power["lo"].strip(), power["hi"].strip())] * 2
    positive = POSITIVE.fullmatch(region)
    if positive and {positive["a"] or positive["c"], positive["b"] or positive["e"]} == {inner, outer}:
        return [("0", r"\infty")] * 2
    ordered = ORDERED.fullmatch(region)
    if not ordered or {ordered["a"], ordered["b"]} != {inner, outer} or ordered["lo"] in (inner, outer):
        return []
    lo, hi = ordered["lo"], ordered["hi"] or r"\infty"
    return [(lo, hi), (lo, outer) if inner == ordered["a"] else (outer, hi)]


def with_area(line: str, truth: Truth) -> str:
    r"""dA below a double integral as dx dy, by the names of the problem's two variables.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x**2 - y**2)", over={"x": "(-oo, oo)", "y": "(-oo, oo)"}))
    >>> with_area(r"\iint_{\mathbb{R}^2} f\,\mathrm{d}A", truth)
    '\\iint_{\\mathbb{R}^2} f\\,dx\\,dy'
    """
    own = [in_latex(v) for v in truth.problem.variables]
    if len(own) != 2 or "A" in truth.named or not re.search(r"\\iint|\\int(?![A-Za-z])[^=]*\\int(?![A-Za-z])", line):
        return line
    return re.sub(r"(?<![A-Za-z\\])(?:d|\\mathrm\s*\{\s*d\s*\})\s*A(?![A-Za-z_(])", lambda _: rf"d{own[0]}\,d{own[1]}", line)


MEASURE = re.compile(  # λ(dx)
    rf"(?:\\lambda|\\mathcal\s*(?:\{{\s*L\s*\}}|L)|\\(?:mathrm|operatorname)\s*\{{\s*Leb\s*\}})(?:\s*\^\s*\w)?\s*\(\s*(?P<dx>{D}{NAME})\s*\)"
)


def with_lengths(line: str, truth: Truth) -> str:
    r"""Lebesgue's measure λ(dx) as dx, where the problem has no λ.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> with_lengths(r"\int_0^1 x\,\lambda(dx)", truth_of(problem("x", over={"x": "(0, 1)"})))
    '\\int_0^1 x\\,dx'
    """
    return line if "lambda" in truth.named and r"\lambda" in line else MEASURE.sub(r"\g<dx>", line)
