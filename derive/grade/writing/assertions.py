r"""What words beside formulas assert of a density or an integral: that it increases, is symmetric about μ, even, log-concave, unbiased, infinite.

A reason that names no property ("by symmetry", "integrating by parts") asserts nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derive.grade.writing.segments import MATHS, TEXT, closing, depth_at

INCREASING, DECREASING, SYMMETRIC, EVEN, ODD = "increasing", "decreasing", "symmetric", "even", "odd"
CONCAVE, CONVEX, MEMORYLESS, LAW, NORMALIZED, OPEN = "log-concave", "log-convex", "memoryless", "law", "normalized", "open"
NO_MEAN, INFINITE_MEAN, TWO_CUMULANTS = "no mean", "infinite mean", "two cumulants"
NEGATIVE = (NO_MEAN, TWO_CUMULANTS)  # said with "not" or "no"
FORMULA = re.compile(r"⟦(?P<inside>[^⟦⟧]*)⟧")
ON_A_PART = r"(?!\s+(?:on|for|until|up|in|when|while|below|above|as|from|to|if|where|sequences?|limits?|order|powers?)\b)"
IS = r"(?:is|are|it|be|being|which|thus|hence|strictly|monotonically|everywhere|always|an?|and|not)"
OF_A_FUNCTION = r"(?:integrands?|functions?|kernels?|densit(?:y|ies)|integral)"
MOMENT = r"(?:(?:moments?|means?|variances?|expectations?|expected\s+values?|m\.?g\.?f|skewness|kurtosis|entropy|generating\s+function)s?)"
NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|half|pi|zero|root)"
ABOUT = r"(?:about|around|in|at|with\s+respect\s+to)\s+(?:the\s+)?(?P<about>zero|origin|0|⟦[^⟦⟧]*⟧|\w+)"
OTHERS = r"(?!\s+(?:terms?|powers?|moments?|integers?|numbers?|if|when|though|for|more|less|the)\b)"  # what may be even besides a function
WITHOUT_END = (  # an infinite series is nothing that is infinite
    r"(?!\s+(?:series|sums?|products?|range|interval|line|limits?|numbers?|support|domain|half|square|well|volume|system|sequence|upper|lower))"
)
TAILED = r"(?:heavy|light|fat|long)[- ]?tail\w*"
AVERAGE = r"(?:mean|expectation|expected\s+value)"
PATTERNS: tuple[tuple[str, str], ...] = (
    (rf"{AVERAGE}\s+(?:(?:does|do)(?:\s+not|n't)\s+exist|is\s+(?:undefined|not\s+defined))|has\s+no\s+{AVERAGE}", NO_MEAN),
    (rf"{AVERAGE}\s+is\s+infinite", INFINITE_MEAN),
    (r"(?:higher|other|further|remaining)\s+(?:order\s+)?cumulants\s+(?:all\s+)?(?:vanish|are\s+(?:all\s+)?(?:zero|0\b))", TWO_CUMULANTS),
    (r"(?:higher|odd|even|other|further|remaining|all)\s+(?:\w+\s+)?(?:moments|cumulants)\s+(?:all\s+)?(?:vanish|are\s+(?:all\s+)?(?:zero|0\b))",
     OPEN),
    (rf"\b{IS}\s+increasing\b{ON_A_PART}|\bincreases\b{ON_A_PART}", INCREASING),
    (rf"\b{IS}\s+decreasing\b{ON_A_PART}|\bdecreases\b{ON_A_PART}", DECREASING),
    (r"(?:in|de)creas(?:es|ing)\b|monoton\w+\b(?!\s+convergence)", OPEN),
    (rf"(?:is|are|a|and|being|which|still)\s+symmetric(?:al)?\b(?:\s+{ABOUT})?", SYMMETRIC), (rf"symmetric(?:al)?\s+{ABOUT}", SYMMETRIC),
    (rf"{IS}\s+even\b{OTHERS}|\beven\s+{OF_A_FUNCTION}|^\W*even\W*$", EVEN),
    (rf"{IS}\s+odd\b{OTHERS}|\bodd\s+{OF_A_FUNCTION}|^\W*odd\W*$|\bodd\s+about\b", ODD),
    (r"log-?\s?concave", CONCAVE), (r"log-?\s?convex", CONVEX), (r"concav\w+|convex\w*", OPEN), (r"memoryless|has\s+no\s+memory", MEMORYLESS),
    (rf"infinite\b{WITHOUT_END}|diverg\w*|undefined|no\s+finite\s+\w+", OPEN),
    (r"(?:do|does|did|is|are|need)(?:n't|\s+not)\s+(?:exist|converge|finite|defined|integrable)\w*", OPEN),
    (rf"{MOMENT}\b[^.;]*\b(?:finite|exists?|converges?)|finite\s+(?:\w+\s+)?{MOMENT}|{MOMENT}\s+of\s+all\s+orders", OPEN),
    (r"converg\w*\s+uniform\w*|uniform\w*\s+converg\w*\s+(?:on|everywhere)", OPEN),
    (rf"(?:uni|bi|multi)modal\w*|(?:un)?bounded|{TAILED}|infinitely\s+divisible|unbiased|biased|skewed|leptokurtic|platykurtic|ergodic", OPEN),
    (r"consistent\s+estimat\w+|\befficient|\bsufficient\b(?!\s+to\b)|complete\s+statistic|exponential\s+famil\w+(?!\s+form)|scale\s+famil\w+", OPEN),
    (r"m\.?l\.?e\b|maximum[- ]likelihood|maximi[sz]\w+\s+the\s+(?:log-?)?likelihood|positive\s+definite", OPEN),
    (r"unique\w*|\bonly\s+(?:if|for|when|where|on)\b"
     r"|(?<!is )(?<!are )(?<!leaves )(?<!gives )\bonly\W*$|\biff\b|if\s+and\s+only\s+if|\balways\b|\bnever\b", OPEN),
    (r"(?:is|are)\s+(?:strictly\s+|much\s+)?(?:smaller|larger|bigger|greater|less|higher|lower|shorter|longer)\b(?!\s+order)", OPEN),
    (r"(?:exceeds|equal\s+to\s+the|same\s+as\s+the|coincides?\s+with|agrees?\s+with)\s+(?:\w+\s+)?(?:mean|median|mode|variance)\b", OPEN),
    (r"already\s+normali[sz]ed|no\s+normali[sz]\w+", NORMALIZED), (r"odd\s+symmetry|oddness", ODD), (r"even\s+symmetry|evenness", EVEN),
    (r"(?:is|are)\s+(?:always\s+)?negative", OPEN),
    (rf"\b{NUMBER}\s+(?:over|divided\s+by|times|plus|minus)\b", OPEN),
)
COMPILED = tuple((re.compile(rf"(?<![A-Za-z]){pattern}", re.IGNORECASE), name) for pattern, name in PATTERNS)
DENIED = re.compile(r"\b(?:not|never|no|neither|nor|cannot)\b|n't\b", re.IGNORECASE)
HYPOTHESIS = re.compile(
    r"\b(?:if|let|suppose|assum\w*|unless|whether|when|where|for\s+which|compare|recall)\b(?:(?!\bthen\b)[^.;,])*$", re.IGNORECASE
)  # fmt: skip
LONGEST = 4_000


@dataclass(frozen=True)
class Assertion:
    """What words say: the property, the words themselves, about which place ("" where they do not say), and whether they deny it."""

    name: str
    words: str
    about: str = ""
    denied: bool = False
    sentence: str = ""
    at: tuple[int, int] = (0, 0)  # where they stand in the line's words


def wording(text: str) -> str:
    r"""The words of a line, with its formulas between ⟦ and ⟧.

    >>> wording(r"p(x) = e^{-x}\text{, which is increasing}"), wording("As $f$ is odd, we get $0$.")
    ('⟦p(x) = e^{-x}⟧, which is increasing', 'As ⟦f⟧ is odd, we get ⟦0⟧.')
    """
    text = text[:LONGEST].replace("⟦", " ").replace("⟧", " ")
    if MATHS.search(text):
        return MATHS.sub(lambda m: wording(next(g for g in m.groups() if g is not None)), text)
    done, place, start = "", 0, 0
    found = False
    while match := TEXT.search(text, place):
        close = closing(text, match.end())
        place = close + 1
        if depth_at(text, match.start()) or inside_brackets(text[start : match.start()]):
            continue
        found = True
        done += formula(text[start : match.start()]) + text[match.end() : close]
        start = close + 1
    if not found and re.fullmatch(r"[A-Za-z ,.;:'()\-]*", text) and re.search(r"[A-Za-z]{3}", text):
        return text
    return done + formula(text[start:])


def inside_brackets(before: str) -> bool:
    r"""Whether a formula has opened a bracket and said something in it: P(K\text{ is even}), and not (\text{by symmetry})."""
    opened = before.rfind("(")
    return before.count("(") > before.count(")") and bool(before[opened + 1 :].strip("\\,;:!> "))


def formula(text: str) -> str:
    bare = re.sub(r"^(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|[~\s&.,])+|(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|[~\s&.,])+$", "", text)
    return f" ⟦{bare}⟧ " if bare and len(bare) < len(text) else f"⟦{bare}⟧" if bare else text if not text.strip("\\,;:!> ") else " "


def assertions(text: str) -> Iterator[Assertion]:
    r"""What the words of a line assert, without what they suppose.

    >>> [(a.name, a.words) for a in assertions(r"p(x) = ae^{-ax}\text{ which is increasing}")]
    [('increasing', 'is increasing')]
    >>> list(assertions(r"\text{By symmetry } Z = 2")), [a.about for a in assertions(r"f\text{ is symmetric about }\mu\text{.}")]
    ([], ['\\mu'])
    """
    said = wording(text)
    if not re.search(r"[A-Za-z]{3}", FORMULA.sub("", said)):
        return
    taken: list[tuple[int, int]] = []
    words = FORMULA.sub(lambda m: f"⟦{'·' * len(m['inside'])}⟧", said)  # no word in a formula is read as one
    for pattern, name in COMPILED:
        for match in pattern.finditer(words):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken) or HYPOTHESIS.search(words[:start]):
                continue
            taken.append((start, end))
            about = said[slice(*match.span("about"))].strip("⟦⟧ ") if match.groupdict().get("about") else ""
            before = re.split(r"[.;:]", words[:start])[-1]
            denied = bool(DENIED.search(before[-30:]) or DENIED.search(match[0]) and name not in NEGATIVE and "no memory" not in match[0])
            yield Assertion(name, said[start:end].strip(), about, denied, before + match[0], (start, end))
