r"""Other spellings of the same: {a \over b}, \rvert, dZ/da as d/da Z, a function I(b) that is differentiated, "+ const" beside a logarithm."""

from __future__ import annotations

import re

OVER = re.compile(r"\\over(?![A-Za-z])")
BAR = re.compile(r"\\[rl]?vert(?![A-Za-z])")
PUT = re.compile(r"\(\s*\\text\s*\{\s*(?:put|let|set|with|where|using|substitut\w*|by|via)\s*\}\s*(?:\\[,;:!> ])*\s*(?=\\?[A-Za-z]+\s*=)")
OF_Z = re.compile(r"\\[dt]?frac\s*\{\s*(?P<d>d|\\partial)\s*Z\s*\}\s*(?=\{\s*(?P=d)\s*(?:\\[A-Za-z]+|[A-Za-z])\s*\})")
DIFFERENTIATED = re.compile(r"(?<![A-Za-z\\])I\s*(?:'|\^\s*\{?\s*\\prime\s*\}?)\s*\(")
APPLIED = re.compile(r"(?<![A-Za-z\\])I(?=\s*(?:'|\^\s*\{?\s*\\prime\s*\}?)?\s*\()")
CONST = re.compile(
    r"\+\s*(?:\\(?:text|mathrm|textrm|operatorname|mbox)\s*\{\s*const(?:\.|ant)?\s*\.?\s*\}|const(?:\.|ant)?(?![A-Za-z]))[\s.]*(?==|$)"
)
LOGARITHM = re.compile(r"^\s*\\(?:log|ln)\s*(?:\\left)?(?P<what>[pf]\s*(?:_\{?\w+\}?)?\s*\((?:[^()]|\([^()]*\))*\))\s*$")
SPACES = re.compile(r"^(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|\s)+|(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|\s)+$")


def customary(text: str) -> str:
    r"""A text in the spellings that the reader of LaTeX knows.

    >>> customary(r"\sqrt{\pi \over a}"), customary(r"F\Big\rvert_0^1"), customary(r"\frac{dZ}{da}")
    ('\\sqrt{\\frac{\\pi }{ a}}', 'F\\Big|_0^1', '\\frac{d}{da}Z')
    """
    text = fractions(BAR.sub("|", PUT.sub("(", text)))
    found = re.search(rf"{OF_Z.pattern}\{{[^{{}}]*\}}", text)
    while found:
        below = found[0][found[0].rindex("{") :]
        text = f"{text[: found.start()]}\\frac{{{found['d']}}}{below}Z{text[found.end() :]}"
        found = re.search(rf"{OF_Z.pattern}\{{[^{{}}]*\}}", text)
    return text


def fractions(text: str) -> str:
    r"""{a \over b} as \frac{a}{b}: what stands in the same braces, above and below."""
    while match := OVER.search(text):
        start, end = braces_around(text, match.start())
        text = f"{text[:start]}\\frac{{{text[start : match.start()]}}}{{{text[match.end() : end]}}}{text[end:]}"
    return text


def braces_around(text: str, at: int) -> tuple[int, int]:
    """The inside of the braces in which a place stands; the whole text where it stands in none."""
    depth, start = 0, at
    while start > 0 and depth >= 0:
        start -= 1
        depth += (text[start] == "}") - (text[start] == "{")
    opened = depth < 0
    depth, end = 0, at
    while end < len(text):
        depth += (text[end] == "{") - (text[end] == "}")
        if depth < 0:
            break
        end += 1
    return (start + 1, end) if opened else (0, end)


def own_functions(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines with another letter for an I(b) that is differentiated somewhere as I'(b): it is a function, and no name of Z."""
    if not any(DIFFERENTIATED.search(line) for line in lines):
        return lines
    letter = next((c for c in "JHFG" if not any(re.search(rf"(?<![A-Za-z\\]){c}(?![A-Za-z])", line) for line in lines)), "I")
    return tuple(APPLIED.sub(letter, line) for line in lines)


def up_to_constants(formula: str) -> str:
    r"""log p(x) = g(x) + const as p(x) ∝ exp(g(x)).

    >>> up_to_constants(r"\log p(x) = -x^2 + \text{const}"), up_to_constants(r"= -x + \text{const}")
    ('p(x)\\propto \\exp\\left(-x^2\\right)', '\\propto \\exp\\left(-x\\right)')
    """
    first, *rest = formula.split("=")
    head = LOGARITHM.match(first)
    if not rest or not (head or not first.strip()) or not all(CONST.search(side) for side in rest):
        return formula
    bare = [SPACES.sub("", CONST.sub("", side)) for side in rest]
    return (head["what"] if head else "") + "".join(rf"\propto \exp\left({side}\right)" for side in bare)
