r"""What is read in two ways, as each: a/b c, which is a/(b c) or (a/b) c, as in e^{-x^2/2\sigma^2}; \ln(u)^n, which is (ln u)^n or ln(u^n)."""

from __future__ import annotations

import re

from derive.grade.writing.segments import bracket_end

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


DIGITS = re.compile(r"(?P<sign>[_^])\s*(?P<first>\d)(?P<rest>\d+)")


def one_digit(text: str) -> str:
    r"""The text with only the first digit in a bound, as it is set: ∫_y^1 2 dx.

    >>> one_digit(r"\int_y^12\,dx"), one_digit(r"x^{12}")
    ('\\int_y^{1} 2\\,dx', 'x^{12}')
    """
    return DIGITS.sub(r"\g<sign>{\g<first>} \g<rest>", text)


def all_digits(text: str) -> str:
    """The text with all of them in it: ∫_y^{12} dx."""
    return DIGITS.sub(r"\g<sign>{\g<first>\g<rest>}", text)


LOGARITHM = re.compile(r"\\(?:ln|log)(?![A-Za-z])\s*(?:\\left|\\[bB]igg?l?)?\s*(?P<open>[(\[])")
RAISED = re.compile(r"\s*\^\s*(?P<power>\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|\w)")


def power_inside(text: str) -> str:
    r"""The text with ln(u^n) for \ln(u)^n, which the reader takes for (ln u)^n.

    >>> power_inside(r"\ln\left(2\cosh h\right)^N"), power_inside(r"\ln(x)")
    ('\\ln\\left(\\left(2\\cosh h\\right)^N\\right)', '\\ln(x)')
    """
    for match in reversed(list(LOGARITHM.finditer(text))):
        end = bracket_end(text, match.end(), match["open"])
        power = RAISED.match(text, end[1]) if end else None
        if end and power:
            inner = rf"\left({text[match.end() : end[0]]}\right)^{power['power']}"
            head = re.match(r"\\(?:ln|log)", match[0])
            assert head is not None  # the pattern begins with it
            text = rf"{text[: match.start()]}{head[0]}\left({inner}\right){text[power.end() :]}"
    return text
