r"""Over what words or signs let a name range without a bound: "for all real t", "for every a", t ∈ ℝ, −∞ < t < ∞."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sympy import Ge, Gt, Lt, Symbol
from sympy.core.relational import Relational

REAL, INTEGER, POSITIVE, NEGATIVE, NONNEGATIVE, ALL = "real", "integer", "positive", "negative", "nonnegative", "all"
WRAPPED = re.compile(r"\\(?:text|textrm|textnormal|textit|textbf|mbox|mathrm)\s*\{([^{}]*)\}")
SPACING = re.compile(r"\\left(?![A-Za-z])|\\right(?![A-Za-z])|\\[,;:!> ]|\\q?quad(?![A-Za-z])|[$~{}&\s]")
BOTH = r"(?:positive|non-?negative)\s+(?:and|or)\s+negative|negative\s+(?:and|or)\s+(?:positive|non-?negative)"
KINDS = (  # what is said of the values, the narrower ones first
    (rf"{BOTH}|signs?|non-?positive|non-?integers?|non-?zero", REAL), (r"non-?negative", NONNEGATIVE), (r"positive|natural", POSITIVE),
    (r"negative", NEGATIVE), (r"integers?|whole", INTEGER), (r"reals?|complex", REAL),
)  # fmt: skip
SIGN = rf"{BOTH}|non-?integer|non-?zero|non-?negative|non-?positive|negative|positive|real|complex"
EVERY = (
    r"(?:\b(?:all|every|each|any|arbitrary|whatever|no\s+matter\s+what|regardless\s+of|independently\s+of|without\s+(?:any\s+)?restrictions?\s+(?:on|of)"
    rf"|for(?=\s+(?:both\s+)?(?:{SIGN})\b))\b|\\forall(?![A-Za-z])|∀)"
)
OF = (
    r"(?:\s+(?:strictly|possible|allowed|given|the|both|and|reals?|integers?|whole|complex|positive|negative|non-?\w+ive|non-?integer|non-?zero|natural|numbers?|values?|signs?"
    r"|of))*"
)
THROUGHOUT = re.compile(  # without a name
    r"\b(?:whole|entire|real|full)\s+(?:real\s+)?(?:line|axis)\b|\beverywhere\b|\ball\s+(?:of\s+)?(?:R|reals|real\s+numbers)\b", re.IGNORECASE
)
WHENEVER = r"(?:whenever|as\s+long\s+as|provided(?:\s+that)?)"
BOUND = r"\s*(?:[<>=≤≥≠∈]|\\(?:geq?|leq?|gt|lt|neq?|in|geqslant|leqslant|not)(?![A-Za-z]))"
WITHIN = r"\s*(?:in|from|on|inside|within|between|of)\s+(?!\\mathbb\s*R|R\b)|\s+(?:with|such|for\s+which|where|at\s+which|satisfying|that|so)\b"
LINE = r"\\mathbb\s*R(?!\s*[_^+])|ℝ(?![_^+])|\(\s*-\s*\\infty\s*,\s*\+?\s*\\infty\s*\)|R(?![A-Za-z_^])"
INTEGERS = r"\\mathbb\s*Z(?!\s*[_^+])|ℤ(?![_^+])"
RANGING = re.compile(rf"{EVERY}|\b{WHENEVER}\b|\\in(?![A-Za-z])|∈|\bin\b|\\infty\s*(?:<|\\l)", re.IGNORECASE)  # no name ranges without one
LONGEST = 4_000  # characters of a line that are looked at
LONGEST_ENDING = 300  # and of its end


def unwrapped(text: str) -> str:
    r"""A line without the commands that only set it.

    >>> unwrapped(r"P(X>t)=e^{-t}\ \text{ for all real }t")
    'P(X>t)=e^ -t for all real t'
    """
    text = WRAPPED.sub(r" \1 ", text[:LONGEST])
    return re.sub(r"\s+", " ", SPACING.sub(" ", text)).strip()


def everywhere(text: str, names: Iterable[str]) -> dict[str, str]:
    r"""What each of these names, in LaTeX, ranges over where no bound stands behind it.

    >>> everywhere(r"P(X > t) = e^{-at}\text{ for every real }t", ["a", "t"]), everywhere(r"\text{for all }t > 0", ["t"])
    ({'t': 'real'}, {})
    >>> everywhere(r"M(t) = 1,\ t\in\mathbb{R}", ["t"]), everywhere(r"\text{for all positive } s", ["s"])
    ({'t': 'real'}, {'s': 'positive'})
    """
    one, plain = one_of(names), unwrapped(text)
    if not one or not RANGING.search(plain):
        return {}
    listed = rf"{one}(?:\s*(?:,|and)\s*{one})*"
    found: dict[str, str] = {}
    for match in re.finditer(rf"{EVERY}(?P<said>{OF})\s+(?P<names>{listed})(?!{BOUND}|{WITHIN}|\s*[\^(])", plain, re.IGNORECASE):
        kind = next((kind for pattern, kind in KINDS if re.search(rf"\b(?:{pattern})\b", match["said"], re.IGNORECASE)), ALL)
        found |= dict.fromkeys(re.findall(one, match["names"]), kind)
    said = rf"(?P<said>real|complex|arbitrary|{SIGN})"
    for match in re.finditer(rf"\b{WHENEVER}\s+(?P<names>{listed})\s+(?:is|are)\s+(?:strictly\s+)?{said}\b", plain, re.IGNORECASE):
        kind = next((kind for pattern, kind in KINDS if re.fullmatch(pattern, match["said"], re.IGNORECASE)), REAL)
        found |= dict.fromkeys(re.findall(one, match["names"]), kind)
    for kind, places in ((REAL, LINE), (INTEGER, INTEGERS)):
        ranging = rf"(?<![A-Za-z\\])(?P<names>{listed})\s*(?:\\in(?![A-Za-z])|∈|\bin\b)\s*(?:{places})(?!\s*\\)"
        for match in re.finditer(ranging, plain):
            found |= dict.fromkeys(re.findall(one, match["names"]), kind)
    for match in re.finditer(rf"-\s*\\infty\s*(?:<|\\lt|\\leq?)\s*(?P<name>{one})\s*(?:<|\\lt|\\leq?)\s*\+?\s*\\infty", plain):
        found[match["name"]] = REAL
    return found


def as_signs(x: Symbol, kind: str) -> tuple[Relational, ...]:
    """What "for all positive x" says as a relation; nothing for real ones."""
    signs = {POSITIVE: Gt, NEGATIVE: Lt, NONNEGATIVE: Ge}
    return (signs[kind](x, 0, evaluate=False),) if kind in signs else ()


def one_of(names: Iterable[str]) -> str:
    """A pattern for each of some names; "" where there are none."""
    known = sorted(names, key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, known))})(?![A-Za-z_])" if known else ""


def quantified(text: str, names: Iterable[str]) -> set[str]:
    r"""The names of which a text speaks for all values, within a bound or not.

    >>> quantified(r"f(x) = 2x\text{ for all }x > 0", ["x"]), quantified("f(x) = 2x, x > 0", ["x"])
    ({'x'}, set())
    """
    one = one_of(names)
    found = re.finditer(rf"{EVERY}{OF}\s+(?P<names>{one}(?:\s*(?:,|and)\s*{one})*)", unwrapped(text), re.IGNORECASE) if one else ()
    return {name for match in found for name in re.findall(one, match["names"])}


def without_quantifier(text: str, names: Iterable[str]) -> str:
    r"""A formula without "for all real x" at its end, where no bound stands behind the name.

    >>> without_quantifier(r"\frac1a\text{ for every real number } a", ["a"]), without_quantifier(r"a\text{ for all }x > 0", ["x"])
    ('\\frac1a', 'a\\text{ for all }x > 0')
    """
    one = one_of(names)
    if not one:
        return text
    near = max(0, len(text) - LONGEST_ENDING)
    gap = r"(?:\\[,;:! ]|[$~\s])*"
    said = rf"\\text\s*\{{\s*,?\s*(?:which\s+)?(?:holds?\s+|is\s+)?(?:valid\s+)?(?:for\s+)?{EVERY}{OF}\s*\}}"
    match = re.search(rf"{said}{gap}{one}(?:{gap}(?:,|\\text\{{\s*and\s*\}}){gap}{one})*{gap}[.]?{gap}$", text[near:], re.IGNORECASE)
    return re.sub(r"(?:\\[,;:! ]|[$~\s,])+$", "", text[: near + match.start()]) if match else text


def throughout(text: str) -> bool:
    r"""Whether words say that something holds on the whole line, without a name.

    >>> throughout(r"P(X > t) = e^{-t}\text{ everywhere}"), throughout(r"\text{as the density vanishes almost everywhere}")
    (True, False)
    """
    return any(not re.search(r"almost\s*$", match.string[: match.start()]) for match in THROUGHOUT.finditer(unwrapped(text)))
