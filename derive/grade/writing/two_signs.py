r"""Two values by one formula with ±: \lambda_\pm = a \pm b, and then \lambda_+ and \lambda_-."""

from __future__ import annotations

import re
from collections.abc import Collection

from derive.grade.writing.lists import reach_of

LETTER = r"(?:(?<![A-Za-z\\])[A-Za-z]|\\(?:lambda|mu|omega|kappa|epsilon|alpha|beta|Lambda))"
BOTH = re.compile(rf"(?P<name>{LETTER})\s*_\s*(?:\{{\s*\\pm\s*\}}|\\pm(?![A-Za-z]))\s*:?=")
PAIR = re.compile(rf"(?P<name>{LETTER})\s*_\s*\{{\s*1\s*,\s*2\s*\}}\s*:?=")
PLUS_MINUS = re.compile(r"\\(?P<sign>pm|mp)(?![A-Za-z])|[±∓]")


def with_two_signs(lines: tuple[str, ...], known: Collection[str]) -> tuple[str, ...]:
    r"""The lines with a name for each of the two.

    >>> with_two_signs((r"Z=\lambda_+^3+\lambda_-^3", r"\lambda_\pm=e^K\pm e^{-K}"), ())
    ('Z=\\lambda_{1}^3+\\lambda_{2}^3', '\\lambda_{1}=e^K+ e^{-K},\\quad \\lambda_{2}=e^K- e^{-K}')
    """
    for letter in dict.fromkeys(m["name"] for line in lines for pattern in (BOTH, PAIR) for m in pattern.finditer(line)):
        own = re.escape(letter)
        numbered = any(re.search(rf"{own}\s*_\s*\{{?\s*[12]\s*[^,\s]", line) for line in lines) and any(
            re.search(rf"{own}\s*_\s*\{{?\s*\\pm", line) for line in lines
        )
        if letter in "pP" or f"{letter.lstrip(chr(92))}_1" in known or numbered:
            continue
        lines = tuple(numbered_by_signs(line, letter) for line in lines)
    return lines


def numbered_by_signs(line: str, letter: str) -> str:
    """One line: the equation for both as two, and the names by numbers."""
    for match in reversed([m for pattern in (BOTH, PAIR) for m in pattern.finditer(line) if m["name"] == letter]):
        end = reach_of(line, match.end())
        value = line[match.end() : end]
        if not PLUS_MINUS.search(value):
            continue
        two = [f"{letter}_{{{n}}}={PLUS_MINUS.sub(lambda m, n=n: sign_of(m, n), value).strip()}" for n in (1, 2)]  # type: ignore[misc]
        line = f"{line[: match.start()]}{two[0]},\\quad {two[1]}{line[end:]}"
    for sign, n in (("+", 1), ("-", 2)):
        line = re.sub(rf"{re.escape(letter)}\s*_\s*(?:\{{\s*\{sign}\s*\}}|\{sign})", lambda _, n=n: f"{letter}_{{{n}}}", line)  # type: ignore[misc]
    return line


def sign_of(match: re.Match[str], n: int) -> str:
    """The upper sign, or the lower one."""
    upper = match["sign"] == "pm" or match[0] == "±"
    return "+" if upper == (n == 1) else "-"
