"""What a name stands for by custom or by the words before it: κ₃ a cumulant, H an entropy, "hazard: h(x)"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from derive.grade.writing.mentions import RELATION
from derive.grade.writing.segments import Part

MEAN_OF, VARIANCE, DEVIATION, RAW, CENTRAL, CUMULANT = "mean", "variance", "standard deviation", "moment", "central moment", "cumulant"
SKEWNESS, KURTOSIS, EXCESS, ENTROPY, FISHER, SCORE = "skewness", "kurtosis", "excess kurtosis", "entropy", "Fisher information", "score"
MEDIAN, MODE, QUANTILE, CDF, SURVIVAL, HAZARD = "median", "mode", "quantile function", "distribution function", "survival function", "hazard"
MGF, CGF, PGF, CF = "moment generating function", "cumulant generating function", "generating function", "characteristic function"
FREE, ENERGY, HEAT = "free energy", "mean energy", "heat capacity"
ORDERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
NTH = r"(?:(?P<nth>first|second|third|fourth)\s+)?"
WORDS = (  # what words say, the longer ones first
    (rf"{NTH}cumulant generating function|c\.?g\.?f\.?", CGF), (rf"{NTH}cumulant", CUMULANT), (rf"{NTH}central moment", CENTRAL),
    (r"moment[- ]generating function|m\.?g\.?f\.?", MGF), (rf"{NTH}(?:raw )?moment", RAW), (r"characteristic function", CF),
    (r"probability generating function|generating function|p\.?g\.?f\.?", PGF), (r"excess kurtosis|kurtosis excess", EXCESS), (r"kurtosis", KURTOSIS),
    (r"skewness", SKEWNESS), (r"(?:free|helmholtz) energy", FREE), (r"(?:mean|average|internal|expected) energy", ENERGY),
    (r"heat capacity|specific heat", HEAT), (r"(?:differential |shannon |gibbs )?entropy", ENTROPY), (r"fisher information", FISHER),
    (r"score(?: function)?", SCORE), (r"hazard(?: rate| function)*", HAZARD), (r"survival(?: function| probability)?|survivor function", SURVIVAL),
    (r"(?:cumulative )?distribution function|c\.?d\.?f\.?", CDF), (r"quantile function|quantiles?", QUANTILE), (r"median", MEDIAN),
    (r"mode|maximi[sz]er", MODE), (r"standard deviation", DEVIATION), (r"variance", VARIANCE), (r"mean|expectation|expected value|average", MEAN_OF),
)  # fmt: skip
NAMED = tuple((re.compile(rf"(?<!cross[- ])(?<!relative )\b(?:{words})s?(?![A-Za-z])", re.IGNORECASE), kind) for words, kind in WORDS)
OTHERS = r"MAP|maximi[sz]\w*|percentile|quartile"  # what only the mode's own rules, or none, can look at
NOT_ITS_OWN = (
    r"(?<!sample )(?<!prior )(?<!arithmetic )(?<!empirical )(?<!observed )"
    r"(?<!conditional )(?<!harmonic )(?<!geometric )(?<!cross[- ])(?<!relative )"
)
SAID = re.compile(
    rf"{NOT_ITS_OWN}\b(?:{'|'.join(re.sub('[?]P<nth>', '?:', words) for words, _ in WORDS)}|{OTHERS})"
    r"(?:\s+(?:is|are|estimate|value|equals|becomes|reads|then|thus|therefore|of\s+X|here))*\W*$", re.IGNORECASE
)  # fmt: skip
OF_A_LAW = re.compile(  # it may be that of another law than the problem's
    r"\b(?:normal|gaussian|gamma|beta|exponential|poisson|binomial|geometric|cauchy|student|laplace|chi|uniform|prior|posterior|conditional|marginal|joint"
    r"|sample|estimator|sum|product|log\w*|another|each|other)\b", re.IGNORECASE
)  # fmt: skip
QUESTION = re.compile(r"\b(?:what|how)\s+(?:is|are|about|large\s+is)(?:\s+the\s+(?:mean|variance|value(?:\s+of)?|integral))?\W*$", re.IGNORECASE)
NAMES: dict[str, tuple[tuple[str, int], ...]] = {
    **{f"kappa_{n}": ((CUMULANT, n),) for n in range(1, 5)}, "gamma_1": ((SKEWNESS, 0),), "gamma_2": ((EXCESS, 0),),
    "beta_2": ((KURTOSIS, 0),), "H": ((ENTROPY, 0),), "h": ((ENTROPY, 0),), "S": ((ENTROPY, 0),), "F": ((FREE, 0),),
    **dict.fromkeys(("U", "E"), ((ENERGY, 0), (MEAN_OF, 0))), **dict.fromkeys(("C", "c", "C_V", "C_v"), ((HEAT, 0),)),
    "m": ((MEDIAN, 0), (MODE, 0), (MEAN_OF, 0)), "mu": ((MEAN_OF, 0),), "x_12": ((MEDIAN, 0),), "sigma": ((DEVIATION, 0),),
    **{f"m_{n}": ((RAW, n), (CENTRAL, n)) for n in range(1, 5)}, **{f"mu_{n}": ((CENTRAL, n), (RAW, n)) for n in range(1, 5)},
}  # fmt: skip
FUNCTIONS: dict[str, tuple[str, ...]] = {
    "M": (MGF,), "K": (CGF,), "G": (PGF,), "phi": (CF,), "varphi": (CF,), "chi": (CF,), "F": (CDF,), "S": (SURVIVAL,), "R": (SURVIVAL,),
    "h": (HAZARD, ENTROPY), "H": (ENTROPY,), "Q": (QUANTILE,), "J": (FISHER,), "I": (FISHER,), "s": (SCORE,), "U": (SCORE,),
}  # fmt: skip
UNMISTAKABLE = ("kappa_",)
COUNTED = re.compile(  # "the mean number in the line": of something else than the variable, for all that is known
    r"\b(?:mean|average|expected|median|variance\s+of\s+the|standard\s+deviation\s+of\s+the)\s+(?!value|of\b|is\b|energy)(?:\w+\s+)?"
    r"(?:number|time|count|length|size|distance|wait\w*|cost|gain|loss|height|age|life\w*|speed|velocity|position|square|deviation|distance|work)\b",
    re.IGNORECASE
)  # fmt: skip


@dataclass(frozen=True)
class Meaning:
    """What a name may stand for, as kinds with their order; `sure` where words or the notation leave no doubt."""

    kinds: tuple[tuple[str, int], ...] = ()
    sure: bool = False


def in_words(words: str) -> tuple[str, int] | None:
    r"""The quantity of which words speak.

    >>> in_words("third cumulant: "), in_words("excess kurtosis"), in_words("rate")
    (('cumulant', 3), ('excess kurtosis', 0), None)
    """
    for pattern, kind in NAMED:
        match = pattern.search(words)
        if match is not None:
            return kind, ORDERS.get((match.groupdict().get("nth") or "").lower(), 0)
    return None


def of_something(words: str) -> bool:
    """Whether words speak of the mean of something that may be no value of the variable, as "the mean number in the line"."""
    return COUNTED.search(words) is not None


def speaks_of_name(words: str) -> bool:
    """Whether words are only the name of a quantity that has no notation of its own, as in "kurtosis = 9/5"."""
    found = in_words(words) if OF_A_LAW.search(words) is None and re.fullmatch(r"\W*(?:[\w-]+\s+){0,3}[\w-]+\W*", words) else None
    return found is not None and found[0] in (MEDIAN, MODE, SKEWNESS, KURTOSIS, EXCESS, ENTROPY, DEVIATION, FREE, HEAT, FISHER)


def meaning_of(name: str, words: str, applied: bool, put: bool = False, parameter: bool = False) -> Meaning:
    """What a name, or a function of one argument, stands for."""
    said = in_words(words) or (in_words(name) if len(name) > 3 else None)
    if said is not None:
        kind, order = said
        own = next((n for k, n in NAMES.get(name, ()) if k == kind and n), 0)
        return Meaning(((kind, order or own),), not put and not of_something(words))
    if words:
        return Meaning()
    if applied:
        return Meaning(tuple((kind, 0) for kind in FUNCTIONS.get(name, ()) if parameter or kind not in (FISHER, SCORE)))
    customary = NAMES.get(name, ((MEAN_OF, 0),) if re.fullmatch("bar[A-Za-z]|[A-Za-z]bar", name) else ())  # n̄
    return Meaning(customary, name.startswith(UNMISTAKABLE) and not put)


def asked(part: Part) -> bool:
    """Whether words only ask for what a formula is."""
    return bool(QUESTION.search(part.words)) and part.behind.lstrip().startswith("?") and not RELATION.search(part.formula)


def says_value_of(part: Part) -> bool:
    """Whether words say that a formula is the median or the mode, and nothing more: "the median is 0", "median: 0"."""
    bare = part.formula.lstrip("= ")
    goes_on = re.search(r"[A-Za-z]", re.split(r"[.;]", part.behind)[0])
    if RELATION.search(bare) or not bare or goes_on or OF_A_LAW.search(part.words):
        return False
    said = SAID.search(part.words)
    return said is not None and re.fullmatch(r"(?:median|mode)\b(?:.*\b(?:is|equals)\W*|\s*:\s*)", said[0], re.IGNORECASE) is not None
