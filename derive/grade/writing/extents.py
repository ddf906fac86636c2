r"""Where a function's argument and a product end, which is read in two ways, as each: cosh K (1 + t), ∏ f_i · g."""

from __future__ import annotations

import re
from collections.abc import Callable

from derive.grade.writing.segments import bracket_end, unbracketed
from derive.grade.writing.slashes import GREEK, LETTER
from derive.read.latex_ambiguity import UNCLEAR

OF_PRODUCT = "belongs into this product"  # in what is said where it is not clear
BESIDE = re.compile(  # cosh⁴ K (1 + t), and no f(x)
    rf"(?P<f>\\(?:sinh?|cosh?|tanh?|ln|log)(?![A-Za-z])(?:\s*\^\s*(?:\{{[^{{}}]*\}}|\d))?)\s*(?P<x>\\(?:{GREEK})(?![A-Za-z])|[A-Za-z])"
    rf"(?:\s|\\[,;:!])*(?P<bracket>(?:\\left|\\[bB]igg?l?)?\()(?!\s*(?:{LETTER}|[\d.]+)\s*(?:\\right)?[,)])"
)


def argument_ended(text: str) -> str:
    r"""The text with (cosh K)·(1 + t).

    >>> argument_ended(r"\cosh^4K\left(1+t\right)"), argument_ended(r"\ln Z(\beta)")
    ('\\cosh^4\\left(K\\right)\\cdot \\left(1+t\\right)', '\\ln Z(\\beta)')
    """
    return BESIDE.sub(r"\g<f>\\left(\g<x>\\right)\\cdot \g<bracket>", text)


def argument_goes_on(text: str) -> str:
    r"""The text with cosh(K (1 + t)).

    >>> argument_goes_on(r"\cosh^4K\left(1+t\right)=1")
    '\\cosh^4\\left(K\\cdot \\left(1+t\\right)\\right)=1'
    """
    for match in reversed(list(BESIDE.finditer(text))):
        end = bracket_end(text, match.end(), "(")
        if end is not None:
            inner = rf"{match['x']}\cdot {text[match.start('bracket') : end[1]]}"
            text = rf"{text[: match.start()]}{match['f']}\left({inner}\right){text[end[1] :]}"
    return text


PRODUCT = re.compile(r"\\prod\s*(?:\\limits\s*)?_\s*\{\s*(?P<i>[a-z])\s*=[^{}]*\}\s*\^\s*(?:\{[^{}]*\}|\w)")
SIDE_ENDS = re.compile(r"=|,|;|\\(?:propto|q?quad|text|sim|leq?|geq?|to|Rightarrow|implies)(?![A-Za-z])|[<>]")
POINT = re.compile(r"\\(?:cdot|times)(?![A-Za-z])")


def product_ended(text: str) -> str:
    r"""The text with (∏ f_i) · g, where g does not speak of i.

    >>> product_ended(r"\prod_{i=1}^nt(1-t)^{k_i}\cdot t^{a-1}=1")
    '\\left(\\prod_{i=1}^nt(1-t)^{k_i}\\right)\\cdot t^{a-1}=1'
    """
    return of_products(text, lambda sign, body, rest: rf"\left({sign}{body}\right){rest}")


def product_goes_on(text: str) -> str:
    r"""The text with ∏ (f_i · g).

    >>> product_goes_on(r"\prod_{i=1}^nt(1-t)^{k_i}\cdot t^{a-1}=1")
    '\\prod_{i=1}^n\\left(t(1-t)^{k_i}\\cdot t^{a-1}\\right)=1'
    """
    return of_products(text, lambda sign, body, rest: rf"{sign}\left({body}{rest}\right)")


def of_products(text: str, write: Callable[[str, str, str], str]) -> str:
    """The text with each product rewritten behind whose last factor with the index a point stands, with others."""
    for match in reversed(list(PRODUCT.finditer(text))):
        outside = set(unbracketed(text, match.end()))
        end = next((m.start() for m in SIDE_ENDS.finditer(text, match.end()) if m.start() in outside), len(text))
        index = rf"(?<![A-Za-z\\]){match['i']}(?![A-Za-z])"
        last = max((m.end() for m in re.finditer(index, text[match.end() : end])), default=0) + match.end()
        point = next((m.start() for m in POINT.finditer(text, last, end) if m.start() in outside), end)
        if last > match.end() and point < end:
            text = f"{text[: match.start()]}{write(match[0], text[match.end() : point], text[point:end])}{text[end:]}"
    return text

WAYS = ((UNCLEAR, argument_ended, argument_goes_on), (OF_PRODUCT, product_ended, product_goes_on))  # what is said of a text, and two ways to write it
