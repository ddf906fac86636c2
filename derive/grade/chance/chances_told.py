r"""Sentences that give probabilities and weights in words: "given X = 1, the probability that Y = 1 is p", "(1, −1) has weight w"."""

from __future__ import annotations

import re

from sympy import Integer

from derive.grade.chance.factoring import factors_where
from derive.grade.writing.heads import in_latex
from derive.grade.writing.marked import ADVERB, GIVEN, TOKEN, Told, balanced, pattern
from derive.grade.writing.mentions import RELATION
from derive.language.totals import Atoms

CHANCE = pattern(rf"(?:{GIVEN})?(?:the\s+)?(?:conditional\s+)?(?:probability|chance)\s+(?:that|of)\s+@e\s+(?:is|equals|becomes)\s+{ADVERB}@p")


def chance(match: re.Match[str], told: Told) -> str | None:
    """ "Given X = 1, the probability that Y = 1 is p" as P(Y = 1 | X = 1) = p"""
    event, value = told.formula(match, "e"), told.formula(match, "p")
    if not RELATION.search(event) or "(" in event or RELATION.search(value):
        return None
    given = rf"\mid {told.formula(match, 'g')}" if match["g"] else ""
    return told.put(f"P({event}{given})={value}")


CHANCE_OF = pattern(rf"{GIVEN}(?:the\s+)?(?:[a-z]+\s+){{1,3}}(?:equals|takes\s+the\s+value|is)\s+@one\s+with\s+probability\s+@p")


def chance_of(match: re.Match[str], told: Told) -> str | None:
    """ "given v, the hidden spin equals 1 with probability p", of the other one of two variables"""
    names = [in_latex(v) for v in told.truth.problem.variables]
    given, value = told.formula(match, "g"), told.formula(match, "p")
    if len(names) != 2 or given not in names or RELATION.search(value):
        return None
    other = names[1 - names.index(given)]
    return told.put(rf"P({other}={told.formula(match, 'one')}\mid {given})={value}")


PLACED = {"points up": "1", "is up": "1", "points down": "-1", "is down": "-1", "is on": "1", "is off": "0", "is active": "1"}
ORDINALS = ("first", "second", "third", "fourth")
STATE = pattern(
    rf"[Tt]he\s+(?P<which>{'|'.join(ORDINALS)})\s+(?:spin|bit|unit|variable)\s+(?P<state>{'|'.join(PLACED)})\s+with\s+probability\s+@p"
)


def state(match: re.Match[str], told: Told) -> str | None:
    """ "The first spin points up with probability p" """
    at, value = ORDINALS.index(match["which"]), PLACED[" ".join(match["state"].split())]
    variables = told.truth.problem.variables
    if at >= len(variables) or not isinstance(variables[at].measure, Atoms) or Integer(value) not in variables[at].measure.points:
        return None
    return told.put(f"P({in_latex(variables[at])}={value})={told.formula(match, 'p')}") if "=" not in told.formula(match, "p") else None


COMES = pattern(r"(?P<led>probability|chance)\s+that\s+@x\s+comes\s+(?P<which>first|last)\s+is\s+@p")


def comes(match: re.Match[str], told: Told) -> str | None:
    """ "the probability that X comes first is P(X < Y) = …", where the formula says just that"""
    sign = "<" if match["which"] == "first" else ">"
    says = re.match(rf"(?:P|\\Pr)\s*\(\s*{re.escape(told.formula(match, 'x'))}\s*{sign}\s*[A-Z]\s*\)\s*=", told.formula(match, "p"))
    return f"{match['led']} is ⟦{match['p']}⟧" if says and len(told.truth.problem.variables) == 2 else None


ITS_MEAN = pattern(rf"[Ii]ts\s+conditional\s+mean\s+is\s+{ADVERB}@m")


def its_mean(match: re.Match[str], told: Told) -> str | None:
    """ "Its conditional mean is m(v)", of the other one of two variables"""
    names, value = [in_latex(v) for v in told.truth.problem.variables], told.formula(match, "m")
    shown = [x for x in names if re.search(rf"(?<![A-Za-z\\]){re.escape(x)}(?![A-Za-z])|(?<![A-Za-z\\])[a-z]{re.escape(x)}(?![A-Za-z])", value)]
    if len(names) != 2 or len(shown) != 1 or RELATION.search(value):
        return None
    (other,) = (x for x in names if x not in shown)
    return told.put(rf"\mathrm{{E}}[{other}\mid {shown[0]}]={value}")


LOGISTIC = pattern(r"@p\s*,?\s+which\s+is\s+the\s+(?:logistic|sigmoid)\s+function\s+(?:of|at)\s+@q")


def logistic(match: re.Match[str], told: Told) -> str | None:
    """ "p, which is the logistic function of q" """
    value, at = told.formula(match, "p").rsplit("=", 1)[-1], told.formula(match, "q")
    return f"⟦{match['p']}⟧, and " + told.put(rf"{value}=\frac{{1}}{{1+e^{{-({at})}}}}") if balanced(value) else None


AT_LEAST = pattern(
    r"(?P<led>probability|chance)\s+of\s+(?P<how>at\s+least|more\s+than|at\s+most|fewer\s+than|less\s+than|exactly)\s+@n(?:\s+[a-z]+)?\s+is\s+@p"
)
SIGNS = {"at least": r"\\geq?", "more than": ">", "at most": r"\\leq?", "fewer than": "<", "less than": "<", "exactly": "="}


def at_least(match: re.Match[str], told: Told) -> str | None:
    """ "the probability of at least n is P(K ≥ n) = …", where the formula says just that"""
    n, value = told.formula(match, "n"), told.formula(match, "p")
    sign = SIGNS[" ".join(match["how"].split())]
    says = re.match(rf"(?:P|\\Pr|\\mathbb\s*\{{?P\}}?)\s*(?:\\left)?\(\s*[A-Z]\s*{sign}(?![A-Za-z])\s*{re.escape(n)}\s*(?:\\right)?\)\s*=", value)
    return f"{match['led']} is ⟦{match['p']}⟧" if says else None


PLACE = re.compile(r"(?:\\left)?\((?P<inside>\s*[-+]?\d+(?:\s*,(?:\\[,; ])?\s*[-+]?\d+)+\s*)(?:\\right)?\)")
ONE_WEIGHT = pattern(r"@c\s+(?:has|carries|gets)\s+(?:the\s+)?weight\s+@w")
LISTED = re.compile(
    r"(?P<places>⟦\d+⟧(?:\s*(?:,|,?\s*and)\s*⟦\d+⟧)+)\s+have\s+(?:the\s+)?weights\s+(?P<weights>⟦\d+⟧(?:\s*(?:,|,?\s*and)\s*⟦\d+⟧)+)"
    r"(?:\s*,?\s*respectively)?"
)


def weight(match: re.Match[str], told: Told) -> str | None:
    """ "(1, −1) has weight w" as: for s = 1 and t = −1 we get w"""
    return share(told.formula(match, "c"), match["w"], told)


def weights(match: re.Match[str], told: Told) -> str | None:
    """ "the states (0, 0) and (0, 1) have weights v and w", one by one"""
    places, values = TOKEN.findall(match["places"]), TOKEN.findall(match["weights"])
    said = [share(told.formulas[int(p)].strip(), w, told) for p, w in zip(places, values, strict=False)]
    return ", ".join(one for one in said if one) if len(places) == len(values) and all(said) else None


def share(place: str, value: str, told: Told) -> str | None:
    found, variables = PLACE.fullmatch(place), told.truth.problem.variables
    at = [n.strip() for n in re.sub(r"\\[,; ]", "", found["inside"]).split(",")] if found else []
    if len(at) != len(variables) or not all(isinstance(v.measure, Atoms) for v in variables):
        return None
    cases = " and ".join(told.put(f"{in_latex(v)}={n}") for v, n in zip(variables, at, strict=True))
    return f"for {cases} we get ⟦{value}⟧"


INDEPENDENT = pattern(
    r"(?:[Ii]f\s+@if(?P<mid>[^.;]*?)(?:then\s+)?)?@x\s+and\s+@y\s+are\s+(?:statistically\s+|also\s+|therefore\s+)?independent"
    r"(?P<iff>\s+(?:iff|if\s+and\s+only\s+if|exactly\s+when|precisely\s+when|exactly\s+if)\s+@c)?"
)


def independent(match: re.Match[str], told: Told) -> str | None:
    """That two variables are independent, always, where a parameter has a value, or only there: left out where it is proved of the kernel."""
    names = {in_latex(v).upper().replace("{", "").replace("}", ""): v for v in told.truth.problem.variables}
    pair = [names.get(told.formula(match, n).upper().replace("{", "").replace("}", "")) for n in "xy"]
    if len(names) != 2 or None in pair or pair[0] is pair[1] or match["if"] and match["iff"]:
        return None
    case = told.formula(match, "if") if match["if"] else told.formula(match, "c") if match["iff"] else ""
    if not factors_where(case, bool(match["iff"]), told.truth):
        return None
    before = f"If ⟦{match['if']}⟧{match['mid']}" if match["if"] else ""
    return f"{before}as was to be seen"
