r"""Quotients and derivatives in other spellings: {a \over b}, a \Big/ b, \partial_x f, (x d/dx)² f."""

from __future__ import annotations

import re
from collections.abc import Callable

from derive.grade.writing.segments import unbracketed

OVER = re.compile(r"\\over(?![A-Za-z])")
SLASH = re.compile(r"\\[bB]igg?[lrm]?(?![A-Za-z])\s*/")
INSIDE = r"(?:(?!\\left|\\right|\$).)*"
RULED_OFF = re.compile(rf"\\left\s*\.(?P<left>{INSIDE})\\right\s*/|\\left\s*/(?P<right>{INSIDE})\\right\s*\.")  # \left. a \right/ b
BY = re.compile(r"\\partial\s*_\s*(?:\{\s*(?P<long>[A-Za-z]|\\[A-Za-z]+)\s*\}|(?P<short>[A-Za-z]|\\[A-Za-z]+))\s*(?:\^\s*\{?(?P<n>\d)\}?)?")  # ∂_x f
OPERATOR = re.compile(  # (x d/dx)²
    r"(?:\\left)?\(\s*(?P<before>-?\s*(?:[A-Za-z]|\\(?!frac)[A-Za-z]+)?)\s*"
    r"(?P<operator>\\[dt]?frac\s*(?:\{\s*(?:d|\\partial|\\mathrm\s*\{d\})\s*\}|d)\s*\{\s*(?:d|\\partial|\\mathrm\s*\{d\})\s*(?:[A-Za-z]|\\[A-Za-z]+)\s*\})"
    r"\s*(?:\\right)?\)(?:\s*\^\s*(?:(?P<power>\d)|\{(?P<long>\d)\}))?(?=\s*[^\s=)\]}.,]|\s*\\)"
)


def fractions(text: str) -> str:
    r"""{a \over b} as \frac{a}{b}: what stands in the same braces, above and below."""
    while match := OVER.search(text):
        start, end = braces_around(text, match.start())
        text = f"{text[:start]}\\frac{{{text[start : match.start()]}}}{{{text[match.end() : end]}}}{text[end:]}"
    return text


def braces_around(text: str, at: int) -> tuple[int, int]:
    r"""The inside of the braces or of the brackets in which a place stands; the whole text where it stands in none.

    >>> fractions(r"\Gamma\left( 1 \over 4 \right)"), fractions(r"{f(x) \over 2}")
    ('\\Gamma\\left(\\frac{ 1 }{ 4 }\\right)', '{\\frac{f(x) }{ 2}}')
    """
    depth, start = 0, at
    while start > 0 and depth >= 0:
        start -= 1
        depth += (text[start] in "})]") - (text[start] in "{([")
    opened = depth < 0
    depth, end = 0, at
    while end < len(text):
        depth += (text[end] in "{([") - (text[end] in "})]")
        if depth < 0:
            break
        end += 1
    end -= len(r"\right") if depth < 0 and text[:end].endswith(r"\right") else 0
    return (start + 1, end) if opened else (0, end)


def quotients(text: str) -> str:
    r"""A large slash as a bar over and under all that stands beside it on its side of an equation.

    >>> quotients(r"p(k)=k^{-s}\Big/\sum_j j^{-s}")
    'p(k)=\\frac{k^{-s}}{\\sum_j j^{-s}}'
    """
    text = RULED_OFF.sub(lambda m: rf"{m['left'] or ''}\Big/{m['right'] or ''}", text)
    while match := SLASH.search(text):
        depth, start = 0, match.start()
        while start > 0 and not (depth == 0 and text[start - 1] in "=,;([$"):
            start -= 1
            depth += (text[start] in ")]}") - (text[start] in "([{")
        end = reach(text, match.end(), side_ends)
        if any(text[i] in "+-" for i in unbracketed(text[:end], start) if i > start):  # a + b / c
            break
        text = f"{text[:start]}\\frac{{{text[start : match.start()].strip()}}}{{{text[match.end() : end].strip()}}}{text[end:]}"
    return text


def slopes(text: str) -> str:
    r"""∂_x f and ∂_x² f with quotients of differentials.

    >>> slopes(r"-\partial_\beta\ln Z"), slopes(r"\partial_{t}^2 M(t)")
    ('-\\frac{\\partial}{\\partial \\beta}\\ln Z', '\\frac{\\partial^{2}}{\\partial t^{2}} M(t)')
    """

    def written(m: re.Match[str]) -> str:
        power = f"^{{{m['n']}}}" if m["n"] else ""
        return rf"\frac{{\partial{power}}}{{\partial {m['long'] or m['short']}{power}}}"

    return BY.sub(written, text)


def operators(text: str) -> str:
    r"""(x d/dx)² f as x d/dx (x d/dx f): an operator in brackets acts on what follows.

    >>> operators(r"p\left(-\frac{d}{dp}\right)\frac1p")
    'p(-1)\\frac{d}{dp}\\frac1p'
    """
    while (match := OPERATOR.search(text)) is not None:
        before = {"-": "(-1)", "": ""}.get(match["before"].strip(), match["before"].strip())
        power = int(match["power"] or match["long"] or 1)
        one = f"{before}{match['operator']}"
        end = reach(text, match.end())
        inside = text[match.end() : end]
        for _ in range(power - 1):
            inside = rf"\left({one}{inside}\right)"
        text = f"{text[: match.start()]}{one}{inside}{text[end:]}"
    return text


ADDED = re.compile(  # (1 − 2 d/da) f
    r"(?:\\left)?\((?P<inside>(?:[^()]|\([^()]*\))*?\\[dt]?frac\s*\{\s*(?:d|\\partial)(?:\s*\^\s*\{?\d\}?)?\s*\}\s*\{\s*(?:d|\\partial)\s*\\?[A-Za-z]+(?:\s*\^\s*\{?\d\}?)?\s*\}"
    r"(?:\s*[-+][^()]*)?)\s*(?:\\right)?\)(?=\s*(?:\\[A-Za-z,;! ]|[A-Za-z0-9(]))"
)
ENDS = re.compile(r"\\[dt]?frac\s*\{\s*(?:d|\\partial)[^{}]*\}\s*\{\s*(?:d|\\partial)[^{}]*\}\s*$")


def sums_of_operators(text: str) -> str:
    r"""(1 − 2 d/da) f as f − 2 d/da f: a sum in brackets whose terms end with d/da, or are factors.

    >>> sums_of_operators(r"\left(1-2\frac{d}{da}\right)\frac{1}{a} = b")
    '\\left(1\\left(\\frac{1}{a}\\right)-2\\frac{d}{da}\\left(\\frac{1}{a}\\right)\\right) = b'
    """
    while (match := ADDED.search(text)) is not None:
        inside, end = match["inside"], reach(text, match.end())
        signs = [i for i in unbracketed(inside) if inside[i] in "+-" and i > 0]
        starts = [0, *signs]
        terms = [inside[a:b] for a, b in zip(starts, [*signs, len(inside)], strict=True)]
        body = text[match.end() : end].strip()
        end = match.end() + len(text[match.end() : end].rstrip())
        if len(terms) < 2 or not body or any("frac" in t and re.search(r"\{\s*(?:d|\\partial)\s*\}", t) and not ENDS.search(t) for t in terms):
            return text
        acted = "".join(rf"{t.strip()}\left({body}\right)" for t in terms)
        text = rf"{text[: match.start()]}\left({acted}\right){text[end:]}"
    return text


def term_ends(text: str, start: int, i: int) -> bool:
    """At the next sign of a relation or a sum."""
    return text[i] in "=+-,&" and text[i - 1] != "\\" and bool(text[start:i].strip())


def side_ends(text: str, start: int, i: int) -> bool:
    """At the next sign of a relation, comma or words."""
    return text[i] in "=;$" or text[i] == "," and text[i - 1] != "\\" or text.startswith(r"\text", i)


def reach(text: str, at: int, ends: Callable[[str, int, int], bool] = term_ends) -> int:
    r"""How far a term goes: to where it `ends` outside all brackets, or its bracket, or its row.

    >>> reach("a(b+c)+d", 0), reach("a(b+c)+d=e", 0, side_ends), reach(r"a\\b", 0)
    (6, 8, 1)
    """
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] in "([{") - (text[i] in ")]}")
        if depth < 0 or depth == 0 and ends(text, at, i) or text.startswith("\\\\", i):
            return i
    return len(text)
