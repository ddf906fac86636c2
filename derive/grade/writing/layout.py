r"""What only sets a page: \phantom, marks such as (*), ends of proofs, "and f(x) = 0 otherwise" behind a density; notes in a column of their own."""

from __future__ import annotations

import re

from derive.grade.writing.segments import closing, unbracketed

PHANTOM = re.compile(r"\\[hv]?phantom\s*\{")
MARK = re.compile(r"\(\s*(?:\*{1,3}|(?:\\ast|\\star|\\dagger|\\ddagger)\s*)\s*\)")
ENDED = re.compile(r"\\(?:checkmark|blacksquare|square|Box|qed|qedsymbol|hfill)(?![A-Za-z])")
BECAUSE = re.compile(r"(?P<before>^\s*|\(\s*)?\\because(?![A-Za-z])")
HEAD = r"[pfP]\s*(?:_\s*\{?\w+\}?)?\s*(?:\\left)?\([^()=]*\)\s*="
OTHERWISE = re.compile(  # …, and f(x) = 0 otherwise
    rf"(?:[\s,;]|\\[,;:! ]|\\q?quad(?![A-Za-z]))*(?:\\text\s*\{{[\s,;.]*(?:and|while|but|or)?\s*\}})?(?:\s|\\[,;:! ])*"
    rf"(?:{HEAD})?\s*(?<![\d.])0\s*(?:\\[,;:! ]|\s|,)*\\(?:text|mbox|textrm)\s*\{{\s*,?\s*(?:otherwise|elsewhere|else)\s*[.,;]?\s*\}}[\s.]*$"
)


def laid_out(text: str) -> str:
    r"""The text without what only sets the page.

    >>> laid_out(r"\phantom{Z} = 2b \checkmark"), laid_out(r"a = b \because\ c = d")
    (' = 2b ', 'a = b \\text{ because }\\ c = d')
    >>> laid_out(r"f(x) = e^{-x} \text{ for } x > 0, \text{ and } f(x) = 0 \text{ otherwise.}")
    'f(x) = e^{-x} \\text{ for } x > 0'
    """
    while match := PHANTOM.search(text):
        text = text[: match.start()] + text[closing(text, match.end()) + 1 :]
    text = at_limits(ENDED.sub("", MARK.sub("", text))) if "_" in text else ENDED.sub("", MARK.sub("", text))
    text = BECAUSE.sub(lambda m: m["before"] if m["before"] is not None else r"\text{ because }", text)
    found = OTHERWISE.search(text)
    return text[: found.start()] if found and text[: found.start()].strip() and "cases" not in text else text


PLACE = r"\s*_\s*\{\s*(?P<x>[A-Za-z]|\\[A-Za-z]+)\s*(?:=|\\to(?![A-Za-z]))\s*(?P<at>-?\s*(?:\d+|\\infty))\s*\}"
BAR_BEHIND = re.compile(rf"\\right\s*(?:\||\\[rl]?vert(?![A-Za-z])){PLACE}")
NAME_AT = re.compile(
    rf"(?<![A-Za-z\\])(?P<f>(?:[A-Z]|\\(?!right|left|big|mid|vert|middle)[a-z]+|[a-z])(?:_\{{?\w+\}}?)?(?:\([^()=]*\))?|(?:\\left)?\\langle(?:(?!\\rangle|=).)*?\\rangle)\s*(?:\\[bB]igg?[lrm]?\s*)?"
    rf"(?:\||\\[rl]?vert(?![A-Za-z])){PLACE}"
)
BRACKET_AT = re.compile(rf"(?P<f>(?:\\left)?\\langle(?:(?!\\rangle|=).)*?\\rangle){PLACE}")  # ⟨x²⟩_{J=0}
DERIVATIVE_AT = re.compile(  # ∂²Z/∂J² |_{J=0}, with all that stands before it as its factors
    r"(?P<f>(?:(?<=[=,&])|^)(?:(?!\\text|\\q?quad|\\left\.)[^=,;&])*?\\[dt]?frac\s*\{\s*(?:d|\\partial)(?:[^{}=]|\{[^{}=]*\})*\}\s*\{\s*(?:d|\\partial)(?:[^{}=]|\{[^{}=]*\})*\}"
    rf"(?:(?:\\[,;! ])*(?:\\ln|\\log)?\s*Z(?:\([^()]*\))?)?)\s*(?:\\[bB]igg?[lrm]?\s*)?(?:\||\\[rl]?vert(?![A-Za-z])){PLACE}"
)
OWN_NAMES = re.compile(r"(?<![A-Za-z\\])Z(?![A-Za-z])|\\langle|\\(?:Xi|mathcal)|(?<![A-Za-z\\])[A-Z]\s*\(")


ARROWED = re.compile(  # ]_{x→0⁺}^{x→∞}
    r"(?P<b>\])\s*_\s*\{\s*(?P<x>[A-Za-z]|\\[a-z]+)\s*\\to(?![A-Za-z])\s*(?P<lo>[^{}^]+?)(?:\^\s*\{?[-+]\}?)?\s*\}\s*"
    r"\^\s*\{\s*(?P=x)\s*(?:\\to(?![A-Za-z])|=)\s*(?P<hi>[^{}^]+?)(?:\^\s*\{?[-+]\}?)?\s*\}"
)


def at_limits(text: str) -> str:
    r"""χ|_{B=0} and what stands between \left. and \right|_{B=0} as limits, where names in it stand for what depends on B.

    >>> at_limits(r"\chi|_{B=0} = 1"), at_limits(r"\left.\frac{d}{dB}\ln Z\right|_{B=0}")
    ('\\lim_{B\\to 0}\\left(\\chi\\right) = 1', '\\lim_{B\\to 0}\\left(\\frac{d}{dB}\\ln Z\\right)')
    """
    text = ARROWED.sub(r"\g<b>_{\g<x>=\g<lo>}^{\g<x>=\g<hi>}", text)
    for match in reversed(list(BAR_BEHIND.finditer(text))):
        start = text.rfind(r"\left.", 0, match.start())
        inside = text[start + 6 : match.start()] if start >= 0 else ""
        if inside and OWN_NAMES.search(inside) and inside.count(r"\left") == inside.count(r"\right"):
            text = rf"{text[:start]}\lim_{{{match['x']}\to {match['at']}}}\left({inside.strip()}\right){text[match.end() :]}"
    text = BRACKET_AT.sub(lambda m: rf"\lim_{{{m['x']}\to {m['at']}}}\left({m['f']}\right)", sloped_at(text))
    return NAME_AT.sub(lambda m: rf"\lim_{{{m['x']}\to {m['at']}}}\left({m['f']}\right)", text)


def sloped_at(text: str) -> str:
    r"""(1/Z) ∂²Z/∂J² |_{J=0} as a limit of the whole product, where Z stands in it.

    >>> sloped_at(r"m = \frac1Z\frac{\partial^2 Z}{\partial J^2}\Big|_{J=0}=1")
    'm =\\lim_{J\\to 0}\\left(\\frac1Z\\frac{\\partial^2 Z}{\\partial J^2}\\right)=1'
    """
    match = DERIVATIVE_AT.search(text)
    if match is None or not OWN_NAMES.search(match["f"]) or any(match["f"][i] in "+-" for i in unbracketed(match["f"]) if match["f"][:i].strip()):
        return text
    return rf"{text[: match.start()]}\lim_{{{match['x']}\to {match['at']}}}\left({match['f'].strip()}\right){text[match.end() :]}"
