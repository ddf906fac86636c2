r"""a/b c, which some read as a/(b c) and others as (a/b) c: e^{-x^2/2\sigma^2}. Each reading, for a judge that looks at both."""

from __future__ import annotations

import re

GREEK = (
    "alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|vartheta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon|phi|varphi|chi|psi|omega"
)
LETTER = rf"(?:\\(?:{GREEK})(?![A-Za-z])|(?!d\s*(?:[A-Za-z]|\\(?:{GREEK})))[A-Za-z](?![A-Za-z]*\())"  # no differential
NAME = rf"{LETTER}(?:\s*_\s*(?:\{{\w+\}}|\w))?(?:\s*\^\s*(?:\{{[^{{}}]*\}}|\w))?"
BELOW = re.compile(rf"/\s*(?P<first>\d+(?:\.\d+)?|{NAME})(?P<rest>(?:\s*(?:\\[,;:!])?\s*{NAME})+)(?!\s*(?:\\left)?[(\[])")


FUNCTION = re.compile(  # cosh u/θ
    rf"(?P<f>\\(?:sinh?|cosh?|tanh?|ln|log|exp))(?![A-Za-z])\s*(?P<x>{LETTER})\s*/\s*(?P<below>\d+(?![\d.])|{NAME})"
)


def together(text: str) -> str:
    r"""The text with a/(b c).

    >>> together(r"e^{-x^2/2\sigma^2}\,dx"), together(r"x/2 dx")
    ('e^{-x^2/(2\\sigma^2)}\\,dx', 'x/2 dx')
    """
    return FUNCTION.sub(r"\\left(\g<f> \g<x>\\right)/\g<below>", BELOW.sub(r"/(\g<first>\g<rest>)", text))


def apart(text: str) -> str:
    r"""The text with (a/b) c.

    >>> apart(r"e^{-x^2/2\sigma^2}")
    'e^{-x^2/2\\cdot \\sigma^2}'
    """
    return FUNCTION.sub(r"\g<f>\\left(\g<x>/\g<below>\\right)", BELOW.sub(r"/\g<first>\\cdot \g<rest>", text))
