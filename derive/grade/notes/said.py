r"""What the words around a formula of a document make of it: a condition, something doubted, a value that is stated, a sign of a name."""

from __future__ import annotations

import re

from derive.grade.writing.documents import Formula

NOT_SO = re.compile(
    r"diverg(?:es?|ing|ent)\b|infinite|does not|do not|cannot|\bnot\b|fails?\b|undefined|unless|otherwise|impossible|except|\bif and only if\b", re.I
)
SPECIAL = re.compile(r"\b(?:for|when|at|if|case|where|takes?|e\.g\.)\s*(?:the\s+case\s+)?\s*$", re.I)
INTRODUCING = re.compile(r"\b(?:let|put|set|define|denote|with|where|substitut\w*|write|writing|call|now|instead|new|by)\b", re.I)
DOUBTED = re.compile(r"\b(?:claims?|conjecture|wrong\w*|incorrect\w*|false|mistake\w*|naive\w*|asymptotic\w*|approximat\w*|"
                     r"tempting|beware|fallacy|erroneous\w*)\b", re.I)  # fmt: skip
UNSURE = re.compile(r"\b(?:solv\w*|such that|suppose|assum\w*|setting|constraint|condition|requir\w*|provided|iff?|unless|when)\b|\bwhere\s*:?\s*$",
                    re.I)  # fmt: skip
MAYBE = re.compile(r"\b(?:large|small|limit|modulo|odd|even|negative(?!\s+binomial)|roots?|fixed\s+points?|equilibrium|threshold|intersect\w*|"
                   r"coincide\w*|meet|which(?!\s+(?:is|are|equals?|gives?|has)\s*(?:\$|\b(?:the|an?|one|just)\b)))\b", re.I)  # fmt: skip
PLACE = r"(?:the\s+|an?\s+)?(?:height|time|level|point|place|age|radius|energy|value|size|index|step|length|distance|now|and\s+including)\b"
LOOSE = re.compile(  # but not "up to the height H"
    rf"\b(?:up\s+to(?!\s+{PLACE})|(?:first|second|leading|lowest)\s+order|dropp?\w*|ignor\w*|neglect\w*|omit\w*|discard\w*|absorb\w*)\b", re.I
)
OF_THE_NEXT = re.compile(r"[^,;:.]*\b(?:solv\w*|satisf\w*)\s*:?\s*(?:\$\$|\\\[|\\begin\b).*", re.I | re.DOTALL)  # "…, and m solves" before a display
FIRM = re.compile(r"\b(?:mean|variance|moment|probability|integral|sum|product|derivative|entropy|total|expectation|covariance)s?\b[^,;:]*\b"
                  r"(?:is|are|equals?)\s*:?\s*$", re.I)  # fmt: skip
SUMMING_UP = re.compile(r"\b(?:altogether|all in all|together|in total|overall|summing up|square root)\b", re.I)
POINTS_BACK = re.compile(r"\b(?:this|that|these|those|it|its|above|last|previous|here|both|line|step|equation|equality|result|formula)\b", re.I)
ROUGHLY = re.compile(r"\b(?:asymptotic|approximat)\w*", re.I)
SENTENCE = re.compile(r"[.!?]\s|\n[ \t]*\n")
KIND = r"((?:non-?negative|positive)\s+(?:whole\s+numbers?|integers?)|non-?negative|positive|integers?|natural)"
BEFORE = re.compile(rf"\b{KIND}(?:\s+(?:real|whole|numbers?|constants?|parameters?|integers?|and|rate|shape|scale))*\s*$", re.I)
AFTER = re.compile(rf"^\s*,?\s*(?:(?:is|are|be|an?|both|all|real|fixed|being)\s+)*{KIND}\b", re.I)
# In "$a$, $b$ and $c$ are positive" the names behind the first:
LISTED = r"(?:\s*,?\s*(?:and\s+)?(?:\$[^$\n]{1,30}\$|\\\([^$\n]{1,30}?\\\)))"
AFTER_MORE = re.compile(rf"^{LISTED}+\s*,?\s*(?:(?:are|be)\s+(?:both\s+|all\s+)?|both\s+|all\s+)(?:real\s+)?{KIND}\b", re.I)
OF_ARGUMENTS = re.compile(rf"^\s*\w*\s*\([^()$]{{0,40}}?\b(?:both|all)\s+{KIND}\s*\)", re.I)  # $\mathrm{Gamma}(a, b)$ (shape, rate; both positive)
ALONG = r"as\s+(?:an?\s+)?functions?\s+of"
ALONG_BEFORE, ALONG_BEHIND = re.compile(rf"\b{ALONG}\s*$", re.I), re.compile(rf"\s*,?\s*(?:\w+\s+)?{ALONG}\s+\$([^$]{{1,30}})\$", re.I)


def signs_of(kind: str) -> list[str]:
    """What the words for a kind of number say, as LaTeX.

    >>> signs_of("positive integer")
    ['> 0', '\\\\in \\\\mathbb{Z}']
    """
    sign = [r"\ge 0"] if "neg" in kind else ["> 0"] if "pos" in kind else []
    return sign + ([r"\in \mathbb{N}"] if "nat" in kind else [r"\in \mathbb{Z}"] if "int" in kind or "whole" in kind else [])


def ended(f: Formula) -> bool:
    """Whether a sentence ends with a display."""
    return f.display and re.search(r"\.\s*(?:\\end\{[a-z*]+\}\s*)*$", f.text.rstrip()) is not None


def unsure(f: Formula, words: str) -> bool:
    """Whether words say that an equation need not hold always: they doubt it nearby, or make it a condition in its own sentence."""
    after = re.split(r"\n[ \t]*\n", f.after)[0]
    before = SENTENCE.split(f.before[-120:].rstrip())[-1]
    behind = "" if f.text.rstrip().endswith(".") else OF_THE_NEXT.sub("", SENTENCE.split(after)[0])
    anew = ended(f) and not POINTS_BACK.search(after)  # "The Laplace approximation of …" speaks of what comes
    nearby = f"{f.before[-120:]} {words} {ROUGHLY.sub('', after) if anew else after}"
    maybe = any(map(MAYBE.search, (words, behind))) or (MAYBE.search(before) and not FIRM.search(before))  # "of an even number is" states a value
    return bool(DOUBTED.search(nearby) or maybe or any(map(UNSURE.search, (before, words, behind))))


def lasting(text: str) -> bool:
    r"""Whether a condition says what a name is, as σ > 0, n ∈ ℕ and 0 < p < 1 do, and is no case that is looked at."""
    if any(sign in text for sign in (r"\in", r"\dots")):
        return True
    number = r"\s*\d+(?:\.\d+)?\s*"
    more = r"(?:>|\\gt(?![a-z])|\\geq?(?:slant)?(?![a-z]))"
    less = r"(?:<|\\lt(?![a-z])|\\leq?(?:slant)?(?![a-z]))"
    return bool(re.fullmatch(rf"[^<>=]*?{more}{number}|{number}{less}[^<>=]*?(?:{less}{number})?|\|[^|<>=]*\|\s*{less}{number}", text))
