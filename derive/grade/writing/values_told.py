r"""Sentences that give a value of what stands before: "ours is half of it", "for r = 1 this is a", "the numerator is a and the denominator is b"."""

from __future__ import annotations

import re

from derive.grade.writing.heads import in_latex
from derive.grade.writing.marked import LETTER, TOKEN, Told, balanced, pattern
from derive.grade.writing.mentions import RELATION
from derive.grade.writing.pronouns import last_side

RUNS = pattern(r"@x\s+(?:runs|goes|ranges|moves|increases|decreases|varies|travels|falls|rises)\s+from\s+@a\s+(?:down\s+|up\s+)?to\s+@b")


def runs(match: re.Match[str], told: Told) -> str | None:
    """u: a → b"""
    x = told.formula(match, "x")
    return told.put(rf"{x}: {told.formula(match, 'a')}\to {told.formula(match, 'b')}") if LETTER.fullmatch(x) else None


FRACTIONS = {
    "half": r"\frac12", "a third": r"\frac13", "one third": r"\frac13", "a quarter": r"\frac14", "twice": "2", "double": "2", "three times": "3",
}  # fmt: skip
OURS = pattern(
    r"@v(?P<mid>[^⟦⟧.;]*?)\b(?:ours|(?:our|the)\s+(?:own\s+)?(?:integral|sum)(?:\s+(?:that\s+)?we\s+(?:want|need|look\s+for))?)\s+is\s+(?:just|exactly|only|then)?\s*"
    rf"(?P<part>{'|'.join(FRACTIONS)})\s+(?:of\s+)?(?:it|that|this)\b"
)


def ours(match: re.Match[str], told: Told) -> str | None:
    """ "…, and ours is half of it" as Z = ½ · (…)"""
    value = told.formula(match, "v").rsplit("=", 1)[-1].strip()
    if RELATION.search(value) or not value or not balanced(value):
        return None
    return f"⟦{match['v']}⟧{match['mid']}" + told.put(rf"Z={FRACTIONS[match['part']]}\left({value}\right)")


WHICH = pattern(
    r"@a\s*,?\s+which\s+(?:is|equals|is\s+(?:just|known\s+to\s+be|equal\s+to|simply)|we\s+(?:all\s+)?know\s+(?:to\s+be|is|equals))\s+@b(?=\s*(?:[.,;:!]|$))"
)


def which(match: re.Match[str], told: Told) -> str | None:
    """ "A, which is B" as A, and A = B"""
    one, two = told.formula(match, "a"), told.formula(match, "b")
    if RELATION.search(one) or RELATION.search(two) or "," in one + two or LETTER.fullmatch(one) or not (balanced(one) and balanced(two)):
        return None
    return f"⟦{match['a']}⟧, and " + told.put(f"{one}={two}")


MEAN_ZERO = re.compile(
    r"(?:(?<=^)|(?<=\s))[Tt]he\s+(?:mean|expectation|expected\s+value)\s+(?:is\s+(?:zero|0)|vanishes)(?![A-Za-z])(?!\s+(?:if|when|for|at|of)\b)"
)


def mean_zero(match: re.Match[str], told: Told) -> str | None:
    """ "The mean is zero" as E[X] = 0"""
    (v, *more) = told.truth.problem.variables
    return None if more or len(in_latex(v)) != 1 else told.put(rf"\mathrm{{E}}[{in_latex(v).upper()}]=0")


WHOSE_LOG = pattern(r"[Ww]hose\s+(?:natural\s+)?log(?:arithm)?\s+(?:is|equals)\s+@k")


def whose_log(match: re.Match[str], told: Told) -> str | None:
    """ "…, whose logarithm is K(t) = v" as K(t) = log(…) = v, of the last side of the line before"""
    side, (*names, value) = last_side([told.before[-1]] if told.before else []), told.formula(match, "k").split("=")
    if not side or not balanced(value):
        return None
    return told.put("=".join([*names, rf"\ln\left({side}\right)", value]))


OF_LAW = r"(?:mean|variance|median|mode|standard\s+deviation)\s+(?:is|equals)"
TWO_VALUES = pattern(rf"(?P<one>(?:[Tt]he|[Ii]ts)\s+{OF_LAW}\s+⟦\d+⟧)\s*,?\s+and\s+(?:the|its)\s+(?P<two>{OF_LAW})")


def two_values(match: re.Match[str], told: Told) -> str:
    """ "the median is a, and its mean is b" as two sentences"""
    return f"{match['one']}. The {match['two']}"


WITHOUT = pattern(r"@f\s*,?\s+which\s+(?:does(?:\s+not|n't)\s+depend\s+on|is\s+independent\s+of)\s+@s(?=\s*[.,;]|\s*$)")


def without(match: re.Match[str], told: Told) -> str | None:
    """ "A, which does not depend on μ" as A, where no μ stands in it"""
    value, letter = told.formula(match, "f"), told.formula(match, "s")
    shown = re.search(rf"{re.escape(letter)}(?![A-Za-z])" if letter.startswith("\\") else rf"(?<![A-Za-z\\]){re.escape(letter)}(?![A-Za-z])", value)
    return f"⟦{match['f']}⟧" if LETTER.fullmatch(letter) and not shown and re.search(r"[A-Za-z]", value) else None


FUNCTIONS = {
    r"(?:cumulative\s+)?distribution\s+function|c\.?d\.?f\.?": "F", r"surviv(?:al|or)\s+function": "S", r"hazard(?:\s+rate|\s+function)?": "h",
}  # fmt: skip
FUNCTION = pattern(
    rf"(?P<led>[Tt]he|[Ii]ts|[Oo]ur)\s+(?P<what>{'|'.join(FUNCTIONS)})\s+(?P<is>is|equals|becomes|reads)\s+(?:(?:therefore|then|thus)\s+)?@v"
)


def function(match: re.Match[str], told: Told) -> str | None:
    """ "The survival function is v" as S(x) = v, of the one variable"""
    (v, *more), value = told.truth.problem.variables, told.formula(match, "v")
    x = in_latex(v)
    if more or RELATION.search(value) or not re.search(rf"(?<![A-Za-z\\]){re.escape(x)}(?![A-Za-z])", value):
        return None
    letter = next(f for words, f in FUNCTIONS.items() if re.fullmatch(words, match["what"]))
    return f"{match['led']} {match['what']} {match['is']} " + told.put(f"{letter}({x})={value}")


ONLY_IF = pattern(
    r"(?P<led>[Tt]he\s+(?:mean|variance|expectation|expected\s+value))\s+(?:exists|is\s+finite|converges)\s+(?:only\s+)?(?:if|for|when)\s+@c\s*,?\s*"
    r"(?:(?:and|then|it|in\s+that\s+case|where)\s*,?\s*)+(?:is|equals|is\s+equal\s+to)\s+@v"
)


def only_if(match: re.Match[str], told: Told) -> str:
    """ "The mean exists only if a > 1 and then equals v" as: the mean is v for a > 1"""
    return f"{match['led']} is ⟦{match['v']}⟧ for ⟦{match['c']}⟧"


NOUNS = {  # what letters stand for by custom
    "v": "speed|velocity", "u": "speed|velocity", "c": "speed", "t": "time|waiting time|lifetime|duration", "r": "distance|radius|separation",
    "x": "position|displacement|distance|length|value", "k": "number|count", "n": "number|count|occupation number",
}  # fmt: skip
OF_VARIABLE = pattern(
    r"(?:(?<=^)|(?<=[.;:,] )|(?<=and ))(?:[Tt]he|[Aa]n?|[Ii]ts)\s+"
    r"(?P<what>most\s+(?:probable|likely)|rms|r\.m\.s\.|root[- ]mean[- ]squared?|mean|average|expected)\s+"
    r"(?P<noun>[a-z]+(?:\s+[a-z]+)?)\s+(?:is|equals)\s+@v(?=\s*(?:[.,;]|and\b|$))"
)
NAMED = re.compile(r"[A-Za-z]_(?:\w|\{(?:\\[a-z]+\{?)?\s*[\w ]+\}?\})\s*=")


def of_variable(match: re.Match[str], told: Told) -> str | None:
    """ "The most probable speed is a, and the rms speed is b" of a variable v: its mode, √E[V²] = b"""
    (v, *more), value = told.truth.problem.variables, NAMED.sub("", told.formula(match, "v"), count=1)
    x, noun = in_latex(v), " ".join(match["noun"].split())
    if more or noun not in NOUNS.get(x, "").split("|") or RELATION.search(value) or not balanced(value):
        return None
    what, X = match["what"].lower(), x.upper()
    if what.startswith("most"):
        return f"the mode is {told.put(value)}"
    return told.put(rf"\mathrm{{E}}[{X}]={value}" if what in ("mean", "average", "expected") else rf"\sqrt{{\mathrm{{E}}[{X}^2]}}={value}")


CASE = pattern(r"(?P<for>[Ff]or|[Ww]hen|[Ww]ith|[Aa]t)\s+@c\s*,?\s+(?:this|it|that)\s+(?:is|equals|becomes|gives|reduces\s+to)\s+@v")
VALUED = re.compile(r"(?P<name>[a-z]|\\[a-z]+)\s*=\s*(?P<at>-?\d+)")


def at_a_case(match: re.Match[str], told: Told) -> str | None:
    """ "For r = 1 this is a/b", of the last side of the lines before"""
    case, value, side = VALUED.fullmatch(told.formula(match, "c")), told.formula(match, "v"), last_side(list(reversed(told.before)))
    if case is None or RELATION.search(value) or not re.search(rf"(?<![A-Za-z\\]){re.escape(case['name'])}(?![A-Za-z])", side):
        return None
    return told.put(rf"\lim_{{{case['name']}\to {case['at']}}}\left({side}\right)={value}")


TENDS = pattern(r"(?P<led>[Aa]s|[Ww]hen|[Ff]or)\s+@c(?P<mid>[^⟦⟧.;]*?)@a\s+(?:tends|goes|converges)\s+to\s+@v")
TO = re.compile(r"(?P<x>[A-Za-z]|\\[A-Za-z]+)\s*\\(?:to|rightarrow)(?![A-Za-z])\s*(?P<at>[-+]?\s*(?:\\infty|\d+))")


def tends(match: re.Match[str], told: Told) -> str | None:
    """ "As T → ∞, … ⟨k⟩ tends to 1", of a ⟨k⟩ that the line before gives a value"""
    to, head, last = TO.fullmatch(told.formula(match, "c")), told.formula(match, "a"), told.before[-1] if told.before else ""
    side = last_side([last])
    if to is None or not side or re.sub(r"\s", "", head) + "=" not in re.sub(r"\s", "", last):
        return None
    limit = told.put(rf"\lim_{{{to['x']}\to {to['at'].strip()}}}\left({side}\right)={told.formula(match, 'v')}")
    return f"{match['led']} ⟦{match['c']}⟧{match['mid']} {limit}" if match["mid"].strip(" ,") else limit


THIS_IS = re.compile(
    r"(?:(?<=^)|(?<=[.;:] ))(?P<led>(?:(?:And|But|So)\s+)?)[Tt]his\s+is\s+(?:also\s+|just\s+)?(?:the|its|our)\s+(?P<what>mean|variance)"
    r"(?=\s*(?:[.,;]|$))"
)


def this_is(match: re.Match[str], told: Told) -> str | None:
    """ "This is the mean", of the last side of the line before"""
    (v, *more), side = told.truth.problem.variables, last_side([told.before[-1]] if told.before else [])
    if more or not side or len(in_latex(v)) != 1:
        return None
    x = in_latex(v).upper()
    head = rf"\mathrm{{E}}[{x}]" if match["what"] == "mean" else rf"\mathrm{{Var}}({x})"
    return match["led"] + told.put(f"{head}={side}")


OBTAINED = pattern(
    r"(?P<led>the\s+(?:mean|variance))\s+is\s+(?:obtained|found|computed|given|derived)\s+by\s+(?P<how>[^.;]*?),?\s+and\s+(?:it\s+)?(?:is|equals)\s+@v"
)


def obtained(match: re.Match[str], told: Told) -> str:
    """ "the mean is obtained by replacing a by a − 1, and it is v" """
    return f"by {match['how']}, {match['led']} is ⟦{match['v']}⟧"


ANTIDERIVATIVE = pattern(r"[Aa]n\s+antiderivative\s+of\s+@f\s+is\s+@g(?P<vanishes>\s*,\s*which\s+vanishes\s+at\s+infinity)?")


def antiderivative(match: re.Match[str], told: Told) -> str | None:
    """ "An antiderivative of f is F, which vanishes at infinity" as F' = f, and F → 0"""
    (v, *more), of, primitive = told.truth.problem.variables, told.formula(match, "f"), told.formula(match, "g")
    if more or RELATION.search(of + primitive):
        return None
    x = in_latex(v)
    said = "We have " + told.put(rf"\frac{{d}}{{d{x}}}\left({primitive}\right)={of}")
    return said + (" and " + told.put(rf"\lim_{{{x}\to\infty}}\left({primitive}\right)=0") if match["vanishes"] else "")


DERIVATIVE = pattern(r"@a\s+is\s+(?:just\s+|simply\s+)?(?:the\s+)?derivative\s+of\s+@b(?:\s+with\s+respect\s+to\s+@x)")
LETTER_ALONE = re.compile(r"[A-Za-z]|\\[a-z]+")


def derivative(match: re.Match[str], told: Told) -> str | None:
    """ "k x^{k − 1} is the derivative of x^k with respect to x" """
    slope, of, x = (told.formula(match, name) for name in "abx")
    if RELATION.search(slope + of) or not LETTER_ALONE.fullmatch(x):
        return None
    return told.put(rf"\frac{{d}}{{d{x}}}\left({of}\right)={slope}")


QUOTIENT = pattern(r"the\s+numerator\s+is\s+@a\s+and\s+the\s+denominator\s+is\s+@b")


def quotient(match: re.Match[str], told: Told) -> str | None:
    """ "the numerator is a and the denominator is b", of the last side of the lines before"""
    above, below, side = told.formula(match, "a"), told.formula(match, "b"), last_side(list(reversed(told.before)))
    if not side or RELATION.search(below) or not balanced(above + below):
        return None
    equal = f"{told.put(above)} and " if "=" in above else ""
    return equal + told.put(rf"{side}=\frac{{{above.rsplit('=', 1)[-1]}}}{{{below}}}")


ADDED_UP = pattern(
    r"[Tt]here\s+are\s+(?P<count>two|three|four)\s+terms\s+in\s+the\s+sum\s*,\s*namely\s+(?P<terms>⟦\d+⟧(?:\s*(?:,|,?\s*and)\s*⟦\d+⟧)+)"
)


def added_up(match: re.Match[str], told: Told) -> str | None:
    """ "There are three terms in the sum, namely a, b and c" as Z = a + b + c"""
    terms = [told.formulas[int(n)].strip() for n in TOKEN.findall(match["terms"])]
    if len(terms) != {"two": 2, "three": 3, "four": 4}[match["count"]] or any(RELATION.search(t) or not balanced(t) for t in terms):
        return None
    return "we have " + told.put(f"Z={'+'.join(terms)}")
