r"""What words claim: that a formula is a median, that a law is exponential, that a mean does not exist. Where nothing here can hold
such words against the density, they are left open: a formula that is right beside words that are wrong is not called right.
"""

from __future__ import annotations

import re

from sympy import S, oo, pi

from derive.algebra.equality import equal
from derive.grade.chance.spoken import LONG
from derive.grade.derivations.predicates import strange_words
from derive.grade.derivations.properties import established, has_parity
from derive.grade.truth import Truth
from derive.grade.writing.assertions import EVEN, assertions, wording
from derive.grade.writing.heads import in_latex
from derive.language.totals import Counting, Lebesgue

QUANTITY = (
    r"(?:mean(?!\s*-?value)|averages?|expectations?|expected\s+values?|variances?|standard\s+deviations?|moments?|median|mode|quantiles?"
    r"|percentiles?|quartiles?|skewness|kurtosis|entropy|cumulants?|covariance|correlation|(?<!total )probability|(?<!total )chance"
    r"|hazard(?:\s+rate)?|survival\s+function|reliability|coefficient\s+of\s+variation|generating\s+function|[mp]gf|characteristic\s+function"
    r"|distribution\s+function|c\.?d\.?f\.?"
    r"|most\s+(?:probable|likely)\s+\w+|(?:largest|smallest|greatest|highest|maximal|minimal)\b|maximum|minimum|peak|interquartile\s+range|iqr"
    r"|half\s+of\s+the|information)"
)
OF = re.compile(rf"(?<!sample )(?<!prior )(?<!arithmetic )(?<!by )\b{QUANTITY}\b[^.;:,]*[:,]?\W*$", re.IGNORECASE)
TIMES = r"(?:mean|variance|expectation|moments?|median|mode|entropy|mgf|generating function|standard deviation|skewness)"
TOTAL = r"(?:integral|sum|series|total|constant)"
FAILS = r"(?:diverg\w*|infinite|undefined|(?:do|does|did|is|are)(?:n't|\s+not)|cannot|never|fails?)"
SAID = rf"(?:{FAILS}|exists?|finite|zero|one|negative|positive|equals?|coincides?|vanish\w*|unity"
SAID += r"|same(?!\s+(?:formula|integral|way|argument|trick|method|substitution|calculation|computation|reason)))"
SHAPE = r"(?:increas\w+|decreas\w+|unimodal|bimodal|skewed|convex|concave|monoton\w+|heavy|light)"
LAW = rf"(?:normal|gamma|beta|{LONG})"
SUBJECT = r"(?:[A-Z]|it|this|which|that|variable|distribution|law|density)"
PROSE = re.compile(
    rf"\b{TIMES}\b[^.;]*\b{SAID}\b|\b{TOTAL}\b[^.;]*\b{FAILS}\b|\b(?:density|distribution)\b[^.;]*\b{SHAPE}\b"
    rf"|\b{SUBJECT}\b[^.;]*\b(?:is|are|follows|has)\b[^.;]*\b{LAW}(?:ly)?\b(?!\s*-?\s*(?:integral|kernel|series|function|sum|theorem|form))",
    re.IGNORECASE
)  # fmt: skip
MEASURED = re.compile(  # "a quarter of the area of the disc"
    r"\b(?:half|third|quarter|twice|thrice|double|\w+\s+times|equals?|is)\b[^.;]*\b(?:area|volume|circumference|surface|perimeter)\b", re.IGNORECASE
)
MULTIPLE = re.compile(  # "our integral is twice the one over the half line"
    r"\b(?:is|are|equals?)\s+(?:just\s+|exactly\s+|only\s+|simply\s+)?(?:one\s+)?(?:half|an?\s+(?:third|quarter|fifth)|twice|thrice|double|\w+\s+times)\b"
    r"[^.;]*\b(?:integral|sum|total|one|that|it|line|range)\b", re.IGNORECASE
)  # fmt: skip
HALF = re.compile(
    r"(?P<led>.*\b)integral\s+over\s+the\s+(?:positive\s+)?half[- ]line\s+is\s+(?:just\s+|exactly\s+)?(?:one\s+)?half\s+(?:of\s+)?"
    r"(?:the\s+integral|that|the\s+one)\s+over\s+the\s+whole\s+(?:real\s+)?line[.:,]?\s*", re.IGNORECASE | re.DOTALL
)  # fmt: skip
FULL = re.compile(  # "it is half of the full Gaussian integral"
    r"(?P<led>(?:by\s+symmetry,?\s+)?)(?:it|this|(?:the|our)\s+integral)\s+is\s+(?:just\s+|exactly\s+)?(?:one\s+)?half\s+(?:of\s+)?the\s+full\s+"
    r"(?:\w+\s+)?integral[.:,]?\s*", re.IGNORECASE
)  # fmt: skip
RELATED = re.compile(  # and no assumption
    r"^(?!.*\b(?:assum\w*|let|suppose|given|if|with|where|for)\b).*\b(?:are|is)\b[^.;]*\b(?:independent|dependent|uncorrelated)\b", re.IGNORECASE
)
NAME = re.compile(
    r"(?:mean|avg|average|var|variance|sd|std|med|median|mode|iqr|cv|mad|skew\w*|kurt\w*|entropy|gamma_[12]|kappa_\d|H)"
    r"|(?:[a-z]+_|[mq]_)(?:max|mode|mp|peak|med|median|half|12|05|0\.5|mean)", re.IGNORECASE
)  # fmt: skip
BARRED = re.compile(r"(?:(?:bar|hat|tilde|overline)(?P<x>[A-Za-z]+)|(?P<y>[A-Za-z]+)(?:bar|hat|tilde))")
OWN = {"Z": (), "mean": ("mean", "expectation"), "variance": ("variance", "mean", "expectation")}  # what an answer of a kind may speak of
WORDS = re.compile(r"\\(?:text|textrm|textnormal|textit|textbf|mbox)\s*\{(?P<words>[^{}]*)\}")
DENIED = re.compile(rf"\b(?:not|wrong\w*|false|incorrect\w*|mistake\w*|{FAILS})\b|n't\b", re.IGNORECASE)
EVERYWHERE = re.compile(
    r"\b(?:whole|entire|real)\s+(?:real\s+)?(?:line|axis)\b|\beverywhere\b|\ball\s+(?:of\s+)?(?:R|reals|real\s+numbers)\b", re.IGNORECASE
)
OF_LETTER = re.compile(r"(?<![A-Za-z\\])(?P<name>[A-Z])\s*\$?\s*\\text\s*\{\s*(?P<said>(?:is|be|are|being|has|have|follows)\b[^{}]*)\}")
AVERAGED = re.compile(r"\b(?:(?:over|of)\s+(?:a|one|the)\s+(?:full\s+|whole\s+)?(?:period|cycle|circle)|averag\w+\s+over)\b", re.IGNORECASE)
A_LAW = re.compile(  # "a normal density", and not "by the binomial theorem"
    rf"\b(?:an?|the|which|is)\b[^.]*(?<!standard )\b{LAW}(?:ly)?\b(?!\s*(?:functions?|integrals?|theorem|series|coefficients?)\b)", re.IGNORECASE
)


def of_a_quantity(words: str) -> bool:
    """Whether the last words before a formula say that it is the value of something of the density, as its median.

    >>> [of_a_quantity(w) for w in ("The median is", "the hazard rate is", "so the integral is", "median zero. Then we get")]
    [True, True, False, False]
    """
    return bool(OF.search(words))


def names_a_law(words: str) -> bool:
    """Whether words name a law.

    >>> names_a_law("so this is exponential with rate"), names_a_law("with rate")
    (True, False)
    """
    return bool(re.search(rf"\b{LAW}(?:ly)?\b(?!\s*-?\s*(?:series|coefficients?|theorem|integrals?|functions?)\b)", words, re.IGNORECASE))


def of_another(line: str, truth: Truth) -> bool:
    r"""Whether a line's words give a letter a law that is not the problem's variable, or say over what an average is taken.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x)", over={"x": "(0, oo)"}))
    >>> [of_another(s, truth) for s in (r"Y\text{ is normal}", r"X\text{ is exponential}", r"\text{averaged over a period}")]
    [True, False, True]
    """
    own = {v.symbol.name.upper() for v in truth.problem.variables}
    named = (match for match in OF_LETTER.finditer(line) if match["name"] not in own)
    return bool(AVERAGED.search(line)) or any(names_a_law(match["said"]) for match in named)


def in_prose(text: str) -> str:
    r"""The claim that a line of words alone makes, which no formula beside it settles; "" where it makes none.

    >>> in_prose(r"\text{The mean does not exist.}"), in_prose(r"\text{Integrating by parts twice,}"), in_prose("Hence X is normal.")
    ('mean does not exist', '', 'X is normal')
    """
    said = WORDS.sub(lambda m: m["words"], text)
    found = PROSE.search(said) or RELATED.search(said) or MEASURED.search(said) or MULTIPLE.search(said)
    return found[0] if found else ""


DISC = re.compile(
    r"\s*(?:the|this)\s+(?:integral|total|constant)\s+(?:is|equals)\s+the\s+area\s+of\s+an?\s+(?P<part>half|quarter)?[ -]?(?:disc|disk|circle)"
    r"\s+of\s+radius\s+\\?(?P<radius>[A-Za-z]+)\s*[.:,]?\s*", re.IGNORECASE
)  # fmt: skip
PARTS = {None: 1, "half": 2, "quarter": 4}


def is_area(text: str, truth: Truth) -> bool:
    r"""Whether words say no more than that the total is the area of a disc, or of a half or a quarter of one, and it is.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("sqrt(R**2 - x**2)", over={"x": "(-R, R)"}, given=["R > 0"]))
    >>> [is_area(rf"\text{{The integral is the area of a {part}disc of radius }} R:", truth) for part in ("half ", "")]
    [True, False]
    """
    match = DISC.fullmatch(WORDS.sub(lambda m: m["words"], text))
    radius = truth.named.get(match["radius"]) if match is not None else None
    if match is None or radius is None or truth.Z is None:
        return False
    return equal(truth.Z, pi * radius**2 / PARTS[match["part"] and match["part"].lower()], truth.ground.facts)


def is_half(text: str, truth: Truth) -> bool:
    r"""Whether words say no more than that the total over (0, ∞) is half of that over the line, and the kernel is even.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x**2)", over={"x": "(0, oo)"}))
    >>> [is_half(f"The integral over the half line is {part} the integral over the whole line.", truth) for part in ("half of", "twice")]
    [True, False]
    """
    said, (v, *more) = WORDS.sub(lambda m: m["words"], text), truth.problem.variables
    match = HALF.fullmatch(said) or FULL.fullmatch(said)
    if match is None or more or MULTIPLE.search(match["led"]) or PROSE.search(match["led"]) or v.measure != Lebesgue(0, oo):
        return False
    return has_parity(truth.problem.kernel, v.symbol, EVEN, truth, S.Zero)


def is_quantity(name: str, variable: str) -> bool:
    """Whether a name is that of a quantity of the density by custom, and not free to be given to anything.

    >>> [is_quantity(name, "x") for name in ("median", "Var", "x_max", "xbar", "gamma_1", "c", "x_0")]
    [True, True, True, True, True, False, False]
    """
    barred = BARRED.fullmatch(name)
    return bool(NAME.fullmatch(name)) or barred is not None and (barred["x"] or barred["y"]).lower() in (variable.lower(), "mu", "sigma")


def doubted(text: str, kind: str, truth: Truth) -> str:
    r"""The words beside a final answer that deny it, or say more than the formula does and than can be proved; "" where there are none.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-a*x)", over={"x": "(0, oo)"}, given=["a > 0"]))
    >>> [doubted(text, "p", truth) for text in (r"ae^{-ax}\text{, a Poisson law}", r"ae^{-ax}\text{, which is increasing}")]
    [', a Poisson law', 'is increasing']
    >>> doubted(r"\frac1a\text{ is false}", "Z", truth), doubted(r"\frac1a\text{ where }a>0", "Z", truth)
    ('is false', '')
    """
    for v in (v for v in truth.problem.variables if isinstance(v.measure, Counting)):
        if kind == "p" and (found := re.search(rf"\breals?\b[^{{}}]*\}}\s*\$?\s*{re.escape(in_latex(v))}(?![A-Za-z])", text)):
            return found[0].strip()  # "for real k" of a variable that is whole
    for match in WORDS.finditer(text):
        said = match["words"]
        more = kind in ("p", "cdf") and EVERYWHERE.search(said) or A_LAW.search(said)
        other = re.search(rf"\b{TIMES}\b", said, re.IGNORECASE) if kind in ("Z", "mean", "variance") else None
        if re.fullmatch(r"\s*\d[\d.,]*\s*", said) or DENIED.search(said) or more or other and other[0].lower() not in OWN[kind]:
            return said.strip()
    asserted = list(assertions(text))
    open_ = next((one.words for one in asserted if not established(one, (), truth)), "")
    return open_ or ("" if asserted else strange_words(wording(text)))
