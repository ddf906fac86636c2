r"""What of a document's formulas is not read, by its text; and spellings that the reader of LaTeX does not take as they stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from derive.grade.writing.heads import spelled

OUTSIDE = (
    (r"\\begin\{[A-Za-z]*(?:matrix|array)\*?\}|\\det(?![a-z])"
     r"|\\(?:operatorname|mathrm)\{(?:tr|diag|rank|vec|Tr)\}|\\(?:tr|Tr)(?![a-z])", "it has matrices"),
    (r"\\(?:mathbf|boldsymbol|bm|vec|pmb|textbf)(?![a-z])"
     r"|\^\s*\{?\s*(?:T|\\top|\\intercal|\\dagger|\\prime|\\mathsf\{T\}|\\mathrm\{T\}|\\ast|\*)\s*\}?(?![A-Za-z])"
     r"|\\(?:nabla|lVert|\||otimes|oplus|odot|circ)(?![a-z])|\\\|", "it has vectors"),
    (r"\\langle(?![a-z])", "the density under which this average is taken is not known here"),
    (r"\\[lcv]?dots[bcmoi]?(?![a-z])|\.\.\.", "an ellipsis is not read"),
    (r"\|\s*\\?(?:Sigma|Lambda|Omega|[A-Z])\b|\\det", "bars around a capital letter may be a determinant"),
    (r"\\(?:mathbb|mathrm|operatorname|mathsf)\*?\s*\{\s*(?:E|P|V|Pr|Var|Cov|Corr|E_\w+)\s*\}|\\(?:E|Pr|Var|Cov|Corr|var|cov|EE|PP)(?![A-Za-z])"
     r"|(?<![A-Za-z\\{])(?:E|P|V|Var|Cov|Pr)\s*(?:_\{?\\?[A-Za-z]+\}?)?\s*(?:\\left|\\[bB]igg?l?)?\s*[\[(]|(?<![A-Za-z\\])E\s*[A-Z]",
     "expectations and probabilities of events are not read"),
    (r"(?<![A-Za-z\\])[oO]\s*(?:\\left)?\(|\\mathcal\s*\{?O\}?"
     r"|\\(?:text|mathrm|operatorname)\{\s*const", "it holds up to a term that is not written"),
    (r"\\(?:pmod|bmod|mod|pm|mp)(?![a-z])", "it stands for several values"),
)  # fmt: skip
OUTSIDE_NOW = [(re.compile(pattern), reason) for pattern, reason in OUTSIDE]
SIGNS_SUMMED = re.compile(r"\\sum\s*(?:\\limits\s*)?_\s*\{\s*(\\?[A-Za-z]+(?:_\{?\w\}?)?)\s*=\s*\\pm\s*1\s*\}")


class Outside(ValueError):
    """A side lies outside of what is read; the message is the end of a sentence."""


def refuse_outside(text: str) -> None:
    """Raises Outside for what is not read."""
    reason = next((reason for pattern, reason in OUTSIDE_NOW if pattern.search(text)), None)
    if reason is not None:
        raise Outside(reason)


def with_signs_summed(text: str) -> str:
    r"""A sum over s = ±1 as one over two points.

    >>> with_signs_summed(r"\sum_{s=\pm1} e^{hs}")
    '\\sum_{s \\in \\{-1, 1\\}} e^{hs}'
    """
    return SIGNS_SUMMED.sub(r"\\sum_{\1 \\in \\{-1, 1\\}}", text)


def with_arguments(text: str, slopes: Mapping[str, str], bare: Collection[str] = ()) -> str:
    r"""Z' and Z as Z'(β) and Z(β) where a prime stands without an argument; a function of `bare` alone too, as in log Z.

    >>> with_arguments("-Z'/Z", {"Z": "beta"}), with_arguments(r"\log Z", {"Z": "beta"}, ["Z"])
    ("-Z'(\\beta)/Z(\\beta)", '\\log Z(\\beta)')
    """
    for name, argument in slopes.items():
        if name in bare or re.search(rf"(?<![A-Za-z\\]){name}'+(?!['\s]*(?:\\left)?\()", text):
            alone = re.compile(rf"(?<![A-Za-z\\])({name}'*)(?!['\s]*(?:\\left)?[(_'])")
            text = alone.sub(rf"\g<1>({spelled(argument)})".replace("\\", r"\\").replace(r"\\g", r"\g"), text)
    return text
