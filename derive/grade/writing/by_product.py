r"""Derivatives by a product of parameters, \frac{\partial\ln Z}{\partial(\beta h)}, as derivatives by a name that is given to the product."""

from __future__ import annotations

import re

from derive.grade.truth import Truth

NAME = r"(?:[A-Za-z](?:_\{?\w\}?)?|\\(?:alpha|beta|gamma|delta|epsilon|varepsilon|kappa|lambda|mu|nu|omega|sigma|tau|theta|hbar)(?![A-Za-z]))"
GAP = r"(?:\\[,;:! ]|\\cdot(?![A-Za-z])|\s)*"
BY = re.compile(
    rf"(?P<d>\\partial(?![A-Za-z])|(?<![A-Za-z\\])d|\\mathrm\s*\{{\s*d\s*\}})\s*(?:\\left)?\(\s*(?P<product>{NAME}(?:{GAP}{NAME})+)\s*(?:\\right)?\)(?=\s*\}})"
)
FREE = "wvuyhg"


def by_products(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""The lines with a letter for such a product, which the line says first.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-a*b*x)", over={"x": "(0, oo)"}, given=["a > 0", "b > 0"]))
    >>> by_products((r"E[X]=-\frac{\partial\ln Z}{\partial(ab)}=\frac1{ab}",), truth)
    ('\\text{with }w=ab\\text{ we have }E[X]=-\\frac{\\partial\\ln Z}{\\partial w}=\\frac1{ab}',)
    """
    text = re.sub(r"\\[A-Za-z]+", " ", "\n".join(lines))
    w = next((c for c in FREE if c not in truth.named and c not in text), "")
    return tuple(by_product(line, w) for line in lines) if w else lines


def by_product(line: str, w: str) -> str:
    found = BY.search(line)
    if found is None or not re.search(r"\\[dt]?frac\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}\s*\{\s*$", line[: found.start()]):
        return line
    product = found["product"]
    put = BY.sub(lambda m: f"{m['d']} {w}" if m["product"] == product else m[0], line)
    return rf"\text{{with }}{w}={product}\text{{ we have }}{put}"
