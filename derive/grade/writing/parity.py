r"""What is said for even numbers or for odd ones, as an equation for all whole ℓ with 2ℓ or 2ℓ + 1 in their place."""

from __future__ import annotations

import re

HALF = r"\ell"  # a whole number, where nothing declares it
GAP = r"(?:\\[,;:! ]|\\q?quad(?![A-Za-z])|\s|,)*"
WHEN = r"(?:for|when|if|whenever)\s*(?:all\s+)?"
KIND = (
    rf"\\text\s*\{{\s*,?\s*{WHEN}(?:(?P<kind>odd|even)\s*\}}\s*(?P<n>[a-z])(?![A-Za-z])"
    r"|\}\s*(?P<m>[a-z])(?:\\ |\s)*\\text\s*\{\s*(?:is\s+)?(?P<kind2>odd|even)\s*\})"
)
CASE = re.compile(rf"(?P<value>[^=$]+?){GAP}{KIND}")
ODD = r"\\text\s*\{\s*,?\s*(?P<verb>vanishes|is\s+(?:zero|0)|are\s+zero|)\s*(?:for|when|if|whenever)\s*(?:all\s+)?"
VANISHES = re.compile(  # "… vanishes for odd n", "… = 0 if n is odd"
    rf"(?P<side>[^=]*?)(?P<zero>\s*=\s*0(?![\d.]))?\s*,?(?:\\[,;: ]|\\q?quad)*\s*(?:{ODD}(?P<kind>odd|even)\s*\}}\s*(?P<n>[a-z])(?![A-Za-z])"
    rf"|{ODD.replace('<verb>', '<verb2>')}\}}\s*(?P<m>[a-z])\s*\\text\s*\{{\s*(?:is\s+)?(?P<kind2>odd|even)\s*\}})[\s.,;]*$"
)
BETWEEN = re.compile(rf"{GAP}(?:;|\\text\s*\{{\s*,?\s*(?:and|but)\s*\}})?{GAP}")
HEAD = re.compile(r"(?P<words>(?:\\text\s*\{[^{}]*\})?)(?P<side>[^=$]*?)=(?![^=]*=)")


def by_parity(text: str) -> str:
    r"""An equation with its cases for even and odd numbers.

    >>> by_parity(r"1+(-1)^k = 2\text{ for even }k\text{ and }0\text{ if }k\text{ is odd}")
    '1+(-1)^{(2\\ell)} = 2,\\quad 1+(-1)^{(2\\ell+1)} = 0'
    """
    head = HEAD.match(text) if "odd" in text or "even" in text else None
    if head is None:
        return text
    at, found = head.end(), []
    while match := CASE.match(text, at):
        n, kind = match["n"] or match["m"], match["kind"] or match["kind2"]
        found.append(f"{put(head['side'], n, kind).strip()} = {put(match['value'], n, kind).strip()}")
        if put(head["side"], n, kind) == head["side"]:
            return text
        at = BETWEEN.match(text, match.end()).end()  # type: ignore[union-attr]
    return head["words"] + ",\\quad ".join(found) if found and not text[at:].strip(" .,;") else text


def put(side: str, n: str, kind: str) -> str:
    """A side with 2ℓ or 2ℓ + 1 for n."""
    half = rf"{{(2{HALF}+1)}}" if kind == "odd" else rf"{{(2{HALF})}}"
    return re.sub(rf"\\[A-Za-z]+|{n}", lambda m: half if m[0] == n else m[0], side)


def vanishing(text: str) -> str:
    r"""What is said to vanish for odd n as an equation with 2ℓ + 1 for n, for whole ℓ.

    >>> vanishing(r"E[X^n] = \int u^n g(u)\,du\text{ vanishes for odd }n"), vanishing(r"E[X^n] = 0\text{ for odd } n.")
    ('E[X^n] = \\int u^n g(u)\\,du,\\quad  \\int u^{(2\\ell+1)} g(u)\\,du=0', 'E[X^{(2\\ell+1)}]=0')
    """
    starts = [0, *(m.end() for m in re.finditer("=", text))][-2:]  # a side holds no "="
    zero = next((m for start in starts if (m := VANISHES.match(text, start))), None) if "odd" in text or "even" in text else None
    at = text.rfind("=", 0, zero.start("zero") if zero["zero"] else None) if zero else -1
    match = VANISHES.fullmatch(text, at + 1) or VANISHES.fullmatch(text) if zero else None
    if match is None or not (match["zero"] or match["verb"] or match["verb2"]):
        return by_parity(text)
    n, kind = match["n"] or match["m"], match["kind"] or match["kind2"]
    before = "" if match["zero"] and not text[: match.start()].strip() else f"{text[: match.end('side')]},\\quad "
    return f"{before}{put(match['side'], n, kind).rstrip()}=0"
