r"""The symbol (a)_n, which is the rising factorial Γ(a + n)/Γ(a) for some and the falling one Γ(a + 1)/Γ(a − n + 1) for others, as each."""

from __future__ import annotations

import re

SYMBOL = re.compile(
    r"(?P<before>\\[A-Za-z]+\s*|[A-Za-z]\s*|)(?:\\left)?\((?P<a>[^(),=<>|]{1,20}?)(?:\\right)?\)\s*_\s*(?:\{(?P<long>[^{}(),=]{1,10})\}|(?P<n>[A-Za-z0-9]))(?!\s*\^)"
)
PLAIN = ("infty", "cdot", "quad", "qquad", "times", "alpha", "beta", "lambda", "theta")


def rising(text: str) -> str:
    r"""The text with (a)_n as Γ(a + n)/Γ(a).

    >>> rising(r"\sum_{k=0}^\infty (r)_k q^k"), rising(r"\Gamma(r)_k")
    ('\\sum_{k=0}^\\infty \\frac{\\Gamma(r+k)}{\\Gamma(r)} q^k', '\\Gamma(r)_k')
    """
    return SYMBOL.sub(lambda m: written(m, r"\frac{{\Gamma({a}+{n})}}{{\Gamma({a})}}"), text)


def falling(text: str) -> str:
    """The text with (a)_n as Γ(a + 1)/Γ(a − n + 1)."""
    return SYMBOL.sub(lambda m: written(m, r"\frac{{\Gamma({a}+1)}}{{\Gamma({a}-({n})+1)}}"), text)


def written(match: re.Match[str], form: str) -> str:
    before = match["before"]
    if before.strip() and before.strip().lstrip("\\") not in PLAIN:
        return match[0]
    return before + form.format(a=match["a"].strip(), n=match["long"] or match["n"])
