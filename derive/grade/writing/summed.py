r"""Sums and integrals over several variables under one sign: \sum_{s,t=\pm1}, \sum_{v,h\in\{0,1\}}, \int d^3p of what depends on |p|."""

from __future__ import annotations

import re

from derive.grade.writing.segments import bracket_end, split

NAME = r"(?:[A-Za-z](?:_\{?\w\}?)?|\\[a-z]+(?:_\{?\w\}?)?|[A-Za-z]')"
GAP = r"(?:\\[,;:! ]|\s)*"
BELOW = re.compile(
    rf"\\sum{GAP}(?:\\limits{GAP})?_{GAP}\{{{GAP}(?P<names>{NAME}(?:{GAP},{GAP}{NAME})+){GAP}(?P<set>(?:=|\\in(?![A-Za-z]))(?:[^{{}}\\]|\\[{{}}]|\\[A-Za-z]+)*?)\}}"
    rf"(?P<above>{GAP}\^{GAP}(?:\{{[^{{}}]*\}}|\\[A-Za-z]+|\d+|[A-Za-z]))?"  # of "^3e" the 3
)
TWO = re.compile(rf"\\i?int(?!{GAP}_)(?:\\limits)?{GAP}(?P<one>d\s*{NAME}){GAP}(?=d\s*(?:[a-z]|\\[a-z]+)(?![A-Za-z]))")
SPACE = re.compile(r"d\s*\^\s*\{?\s*(?P<n>[23])\s*\}?\s*(?:\\(?:mathbf|boldsymbol|vec|bm)\s*\{?\s*)?(?P<x>[a-z])\s*\}?(?![A-Za-z])")
VECTOR = r"\\(?:mathbf|boldsymbol|vec|bm)\s*(?:\{{\s*{0}\s*\}}|{0}(?![A-Za-z]))"


def one_by_one(text: str) -> str:
    r"""A sign for each variable of a sum over several.

    >>> one_by_one(r"\sum_{s,t=\pm1}e^{Kst}"), one_by_one(r"\sum_{i,j=0}^{n} a")
    ('\\sum_{s=\\pm1}\\sum_{t=\\pm1}e^{Kst}', '\\sum_{i=0}^{n}\\sum_{j=0}^{n} a')
    >>> one_by_one(r"\sum_{a,b=1}^3e^{Kab}")
    '\\sum_{a=1}^3\\sum_{b=1}^3e^{Kab}'
    """
    def signs(m: re.Match[str]) -> str:
        return "".join(rf"\sum_{{{name.strip()}{m['set'].strip()}}}{(m['above'] or '').strip()}" for name in m["names"].split(","))

    text = TWO.sub(r"\\int \g<one>\\int ", text)  # \int dx\,dp f
    return BELOW.sub(signs, text) if r"\sum" in text else text


def radial(text: str) -> str:
    r"""∫ d³p f(|p|) as 4π ∫₀^∞ p² f(p) dp, and ∫ d²p f(|p|) as 2π ∫₀^∞ p f(p) dp, where p stands in bars or squared alone.

    >>> radial(r"\int d^3p\;e^{-c|\mathbf p|} = 1"), radial(r"\int d^3p\,e^{-p_x^2}")
    ('4\\pi\\int_0^\\infty dp\\,p^2\\;e^{-c p } = 1', '\\int d^3p\\,e^{-p_x^2}')
    """
    match = re.search(rf"\\int{GAP}{SPACE.pattern}", text)
    if match is None or re.search(rf"(?<![A-Za-z\\]){match['x']}\s*_", text):
        return text
    x, n = match["x"], match["n"]
    rest = text[match.end() :]
    side = re.split(r"(?<![<>!:])=", rest, maxsplit=1)[0]
    vector = VECTOR.format(x)
    bare = re.sub(rf"\|\s*(?:{vector}|{x})\s*\|", f" {x} ", side)
    bare = re.sub(rf"{vector}\s*\^\s*(?:2|\{{2\}})", f"{x}^2", bare)
    if re.search(vector, bare):
        return text
    head = rf"4\pi\int_0^\infty d{x}\,{x}^2" if n == "3" else rf"2\pi\int_0^\infty d{x}\,{x}"
    return f"{text[: match.start()]}{head}{bare}{rest[len(side) :]}"


LOG_SUM = re.compile(
    r"\\(?:operatorname\*?|mathrm|text)\s*\{\s*(?:logsumexp|LSE|lse|log-sum-exp)\s*\}"
    rf"(?P<range>{GAP}_{GAP}(?:\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}}|\w)(?:{GAP}\^{GAP}(?:\{{[^{{}}]*\}}|\\?\w+))?)?{GAP}(?:\\left|\\[bB]igg?l?)?(?P<open>[(\[])"
)


def sums_of_exponentials(text: str) -> str:
    r"""logsumexp over a range as the logarithm of a sum of exponentials, and that of a list as the logarithm of its exponentials' sum.

    >>> sums_of_exponentials(r"\operatorname{logsumexp}_{k=0}^{n}(a k)"), sums_of_exponentials(r"\mathrm{LSE}(0, x)")
    ('\\ln\\left(\\sum_{k=0}^{n}\\exp\\left(a k\\right)\\right)', '\\ln\\left(\\exp\\left(0\\right)+\\exp\\left(x\\right)\\right)')
    """
    while (match := LOG_SUM.search(text)) is not None:
        end = bracket_end(text, match.end(), match["open"])
        if end is None:
            return text
        inside = [one.strip() for one in split(text[match.end() : end[0]], ",")]
        if match["range"] is None and len(inside) < 2 or match["range"] is not None and len(inside) > 1:
            return text
        terms = "+".join(rf"\exp\left({one}\right)" for one in inside)
        over = rf"\sum{match['range'].strip()}" if match["range"] else ""
        text = rf"{text[: match.start()]}\ln\left({over}{terms}\right){text[end[1] :]}"
    return text
