r"""Sentences that say with words what a formula could: "X is exponential with rate a", "u runs from ∞ down to 0", "ours is half of it".

A line is taken apart into its words with ⟦0⟧, ⟦1⟧, … for its formulas; where a sentence is known, what it says stands in its place as a formula, which
is then held against the density as any other. A sentence that is not known stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sympy import Integer, latex

from derive.grade.chance.factoring import factors_where
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.mentions import RELATION
from derive.grade.writing.phrases import joined, pieces_of
from derive.grade.writing.pronouns import last_side, worded
from derive.grade.writing.segments import TEXT
from derive.language.totals import Atoms, Counting

MOST = 12  # sentences of a line that are written out
TOKEN = re.compile(r"⟦(\d+)⟧")
WORDS_ALONE = re.compile(r"[A-Z][a-z]+(?: [A-Za-z]+)+[.:]?")
WIDE = re.compile(r",\s*\\q?quad(?![A-Za-z])\s*(?=[A-Za-z\\(])")  # between formulas of a sentence that only a comma sets apart
NUMBERED = re.compile(r"@([a-z]\w*)")
LONGEST = 3_000


@dataclass
class Told:
    """A line as its words with ⟦i⟧ for its i-th formula, the formulas, and the lines before it."""

    words: str
    formulas: list[str]
    before: tuple[str, ...]
    truth: Truth
    changed: bool = False
    unknown: str = ""  # the letter that stands for the place at which a line before has set F equal to something

    def formula(self, match: re.Match[str], name: str) -> str:
        """The formula of a named place of a pattern, without what ends a sentence behind it."""
        return self.formulas[int(match[name])].strip().rstrip(".,;:").strip()

    def put(self, formula: str) -> str:
        """The mark of a new formula."""
        self.formulas.append(formula)
        return f"⟦{len(self.formulas) - 1}⟧"


Say = Callable[[re.Match[str], Told], str | None]  # what stands in the place of a sentence; None where it stays


def pattern(text: str) -> re.Pattern[str]:
    """A pattern in which @a stands for the mark of a formula."""
    return re.compile(NUMBERED.sub(r"⟦(?P<\1>\\d+)⟧", text), re.DOTALL)


def taken_apart(line: str, before: tuple[str, ...], truth: Truth) -> Told | None:
    r"""The words of a line with marks for its formulas; None where it has no words.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> taken_apart("The mean of $X$ is $a$.", (), truth_of(problem("exp(-x)", over={"x": "(0, oo)"}))).words
    'The mean of ⟦0⟧ is ⟦1⟧.'
    """
    found = worded(line)
    if len(found) > LONGEST or "⟦" in found:
        return None
    if WORDS_ALONE.fullmatch(found):
        return Told(found, [], before, truth)
    if not TEXT.search(found):
        return None
    words, formulas = "", list[str]()
    for formula, behind in pieces_of(found):
        listed = [one for one in WIDE.split(formula) if one.strip()]
        words += ", ".join(f"⟦{len(formulas) + i}⟧" for i in range(len(listed))) + behind
        formulas += listed
    return Told(words, formulas, before, truth)


def put_together(told: Told) -> str:
    """The line of words with marks."""
    ends = [*TOKEN.finditer(told.words)]
    places = [0, *(m.end() for m in ends)]
    stops = [*(m.start() for m in ends), len(told.words)]
    formulas = ["", *(told.formulas[int(m[1])] for m in ends)]
    return joined([(f, told.words[a:b]) for f, a, b in zip(formulas, places, stops, strict=True)])


def with_told_in_words(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""The lines with what such sentences say as formulas.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-a*x)", over={"x": "(0, oo)"}, given=["a > 0"]))
    >>> with_told_in_words(("So $X$ is exponential with rate $a$.", "As $x$ runs from $0$ to $1$, it grows."), truth)
    ('\\text{So }X\\sim\\operatorname{exponential}(\\text{rate }a)\\text{.}', '\\text{As }x: 0\\to 1\\text{, it grows.}')
    """
    done: list[str] = []
    unknown = ""
    for line in lines:
        told = taken_apart(line, tuple(done), truth)
        if told is not None:
            told.unknown = unknown
            written_out(told)
            unknown = told.unknown
        done.append(line if told is None or not told.changed else put_together(told))
    return tuple(done)


def written_out(told: Told) -> None:
    """The sentences that are known are written out."""
    whole = told.words
    for known, say in SENTENCES:
        at = 0
        for _ in range(MOST):
            match = known.search(told.words, at)
            if match is None:
                break
            said = say(match, told)
            at = match.end() if said is None else match.start() + len(said)
            told.words = told.words if said is None else told.words[: match.start()] + said + told.words[match.end() :]
    told.changed = told.words != whole


LAW = (
    r"(?P<law>(?:[Ss]tandard\s+)?(?:[Nn]ormal|[Gg]aussian)|[Ee]xponential|[Gg]amma|[Bb]eta|[Pp]oisson|(?<!negative )[Bb]inomial|[Gg]eometric|[Uu]niform"
    r"|[Ll]aplace|[Cc]auchy|[Ww]eibull|[Rr]ayleigh|[Bb]ernoulli)"
)
ROLE = r"(?:(?P<{}>(?:success\s+)?probability|mean|variance|precision|standard\s+deviation|shape|rate|scale|parameters?|location)\s+)?"
GIVEN = r"(?:[Gg]iven|[Cc]onditional(?:ly)?\s+on|[Ff]or\s+given)\s+@g\s*,?\s*(?:the\s+)?(?:random\s+)?(?:variable\s+)?"
ADVERB = r"(?:(?:then|thus|therefore|again|simply|just|itself|also|hence|in\s+turn)\s+)?"
A_LAW = pattern(
    rf"(?:{GIVEN})?(?<!over )(?<!of )(?<!in )@x\s+(?:is|has|follows|are|obeys)\s+{ADVERB}(?:an?\s+|the\s+)?{LAW}"
    r"(?!\s+(?:one|integral|kernel|series|sum|function|theorem|form)s?\b)(?:(?:ly)?\s+distributed|\s+(?:distribution|law|density|random\s+variable|variable))?"
    rf"(?:\s+with\s+(?:the\s+)?{ROLE.format('one')}@a(?:\s*(?:,\s*)?(?:and|,)\s+{ROLE.format('two')}@b(?!\s+(?:is|has|follows|are)\b))?|\s+(?:on|over)\s+(?:the\s+interval\s+)?@i)?"
)
LETTER = re.compile(r"\\?[A-Za-z]+(?:_\{?\w+\}?)?")
INTERVAL = re.compile(r"(?:\\left)?[(\[](?P<inside>[^()\[\],]+,[^()\[\],]+?)(?:\\right)?[)\]]")


def law(match: re.Match[str], told: Told) -> str | None:
    """X | Y = y ∼ N(m, v)"""
    x, name = told.formula(match, "x"), " ".join(match["law"].lower().split())
    if RELATION.search(x) or not re.search(r"[A-Z]|\\[a-z]", x) and not LETTER.fullmatch(x):
        return None
    x = x if LETTER.fullmatch(x) else rf"\left({x}\right)"  # J + K, whose law is not looked at here
    inside = INTERVAL.fullmatch(told.formula(match, "i")) if match["i"] else None
    if name.startswith("standard"):
        arguments = "0,1" if match["a"] is None else ""
    elif match["a"] is not None:
        arguments = ",".join(argument(match[role], told.formula(match, at), name) for role, at in (("one", "a"), ("two", "b")) if match[at])
    else:
        arguments = inside["inside"] if inside is not None and name == "uniform" else ""
    if not arguments:
        return None
    given = rf"\mid {told.formula(match, 'g')}" if match["g"] else ""
    return told.put(rf"{x}{given}\sim\operatorname{{{name.split()[-1]}}}({arguments})")


def argument(role: str | None, value: str, name: str) -> str:
    """A parameter with what words call it, where that tells ways to count parameters apart."""
    role = " ".join((role or "").split())
    plain = not role or role.startswith("parameter") or name in ("poisson", "bernoulli", "geometric")
    return value if plain else rf"\text{{{role} }}{value}"


RUNS = pattern(r"@x\s+(?:runs|goes|ranges|moves|increases|decreases|varies|travels|falls|rises)\s+from\s+@a\s+(?:down\s+|up\s+)?to\s+@b")


def runs(match: re.Match[str], told: Told) -> str | None:
    """u: a → b"""
    x = told.formula(match, "x")
    return told.put(rf"{x}: {told.formula(match, 'a')}\to {told.formula(match, 'b')}") if LETTER.fullmatch(x) else None


FRACTIONS = {"half": r"\frac12", "a third": r"\frac13", "one third": r"\frac13", "a quarter": r"\frac14", "twice": "2", "double": "2", "three times": "3"}
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


def balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("{}", "()", "[]"))


WHICH = pattern(
    r"@a\s*,?\s+which\s+(?:is|equals|is\s+(?:just|known\s+to\s+be|equal\s+to|simply)|we\s+(?:all\s+)?know\s+(?:to\s+be|is|equals))\s+@b(?=\s*(?:[.,;:!]|$))"
)


def which(match: re.Match[str], told: Told) -> str | None:
    """ "A, which is B" as A, and A = B"""
    one, two = told.formula(match, "a"), told.formula(match, "b")
    if RELATION.search(one) or RELATION.search(two) or "," in one + two or LETTER.fullmatch(one) or not (balanced(one) and balanced(two)):
        return None
    return f"⟦{match['a']}⟧, and " + told.put(f"{one}={two}")


MEAN_ZERO = re.compile(r"(?:(?<=^)|(?<=\s))(?:[Tt]he|its|Its)\s+(?:mean|expectation|expected\s+value)\s+(?:is\s+(?:zero|0)|vanishes)(?![A-Za-z])")


def mean_zero(match: re.Match[str], told: Told) -> str | None:
    """ "The mean is zero" as E[X] = 0"""
    (v, *more) = told.truth.problem.variables
    return None if more or len(in_latex(v)) != 1 else told.put(rf"\mathrm{{E}}[{in_latex(v).upper()}]=0")


CHANCE = pattern(rf"(?:{GIVEN})?(?:the\s+)?(?:conditional\s+)?(?:probability|chance)\s+(?:that|of)\s+@e\s+(?:is|equals|becomes)\s+{ADVERB}@p")


def chance(match: re.Match[str], told: Told) -> str | None:
    """ "Given X = 1, the probability that Y = 1 is p" as P(Y = 1 | X = 1) = p"""
    event, value = told.formula(match, "e"), told.formula(match, "p")
    if not RELATION.search(event) or "(" in event or RELATION.search(value):
        return None
    given = rf"\mid {told.formula(match, 'g')}" if match["g"] else ""
    return told.put(f"P({event}{given})={value}")


CASE = pattern(r"(?P<for>[Ff]or|[Ww]hen|[Ww]ith|[Aa]t)\s+@c\s*,?\s+(?:this|it|that)\s+(?:is|equals|becomes|gives|reduces\s+to)\s+@v")
VALUED = re.compile(r"(?P<name>[a-z]|\\[a-z]+)\s*=\s*(?P<at>-?\d+)")


def at_a_case(match: re.Match[str], told: Told) -> str | None:
    """ "For r = 1 this is a/b", of the last side of the lines before"""
    case, value, side = VALUED.fullmatch(told.formula(match, "c")), told.formula(match, "v"), last_side(list(reversed(told.before)))
    if case is None or RELATION.search(value) or not re.search(rf"(?<![A-Za-z\\]){re.escape(case['name'])}(?![A-Za-z])", side):
        return None
    return told.put(rf"\lim_{{{case['name']}\to {case['at']}}}\left({side}\right)={value}")


PLACE = re.compile(r"(?:\\left)?\((?P<inside>\s*[-+]?\d+(?:\s*,(?:\\[,; ])?\s*[-+]?\d+)+\s*)(?:\\right)?\)")
ONE_WEIGHT = pattern(r"@c\s+(?:has|carries|gets)\s+(?:the\s+)?weight\s+@w")
LISTED = re.compile(r"(?P<places>⟦\d+⟧(?:\s*(?:,|,?\s*and)\s*⟦\d+⟧)+)\s+have\s+(?:the\s+)?weights\s+(?P<weights>⟦\d+⟧(?:\s*(?:,|,?\s*and)\s*⟦\d+⟧)+)(?:\s*,?\s*respectively)?")


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


MARGINAL = pattern(rf"(?P<led>(?:marginal\s+)?density\s+(?:function\s+)?of)\s+@x\s+is\s+(?:therefore\s+|then\s+|thus\s+)?@f(?P<law>\s*,?\s+which\s+is\s+(?=(?:again\s+|just\s+)?(?:an?\s+)?{LAW.replace('?P<law>', '?:')}))?")


def marginal(match: re.Match[str], told: Told) -> str | None:
    """ "The marginal density of X is f" as p(x) = f, for one of several variables; ", which is a gamma density with …" is said of X"""
    names = [in_latex(v) for v in told.truth.problem.variables]
    x, value = told.formula(match, "x"), told.formula(match, "f")
    own = next((name for name in names if x in (name, name.upper())), None)
    if len(names) < 2 or own is None or RELATION.search(value):
        return None
    said = f"{match['led']} that variable is " + told.put(f"p({own})={value}")
    return f"{said}, and ⟦{match['x']}⟧ is " if match["law"] else said


LOG_SLOPE = re.compile(
    r"(?:I\s+|we\s+)?tak(?:e|ing)\s+the\s+log(?:arithm)?\s+of\s+the\s+density,?\s+(?:and\s+)?differentiat(?:e|ing)(?:\s+it)?,?\s+and\s+set(?:ting)?\s+(?:it|this)\s+"
    r"(?:equal\s+)?to\s+zero(?=\s*[:,]?\s*⟦)"
)


def log_slope(match: re.Match[str], told: Told) -> str:
    """ "take the log of the density, differentiate it and set it to zero:" """
    return "the derivative of the log-density set to zero"


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


WRITTEN = pattern(r"[Ww]rite\s+@z\s+for\s+(?:the|this|our)\s+(?:sum|series)")
INDEXED = re.compile(r"(?P<Z>[A-Z])_\{?(?P<n>[A-Za-z])\}?")


def written(match: re.Match[str], told: Told) -> str | None:
    """ "Write Z_n for the sum" as Z_n = Σ g(k)"""
    name, (v, *more) = INDEXED.fullmatch(told.formula(match, "z")), told.truth.problem.variables
    if name is None or more or not isinstance(v.measure, Counting) or name["n"] not in {p.symbol.name for p in told.truth.problem.parameters}:
        return None
    lo, hi = (latex(end) for end in v.measure.args)
    return "We have " + told.put(rf"{match_name(name)}=\sum_{{{in_latex(v)}={lo}}}^{{{hi}}}{latex(told.truth.problem.kernel)}")


def match_name(name: re.Match[str]) -> str:
    return f"{name['Z']}_{name['n']}"


SETTING = pattern(
    r"[Ss]etting\s+(?:it|this|the\s+latter)\s+equal\s+to\s+@v(?P<mid>[^⟦⟧.;]*?\b(?:gives|yields|we\s+(?:get|obtain|find)|leads\s+to)(?:\s+the\s+equation)?)\s+@e"
)
FUNCTION = re.compile(r"(?<![A-Za-z\\])(?P<head>[FS])\s*\(\s*(?P<x>[a-z]|\\[a-z]+)\s*\)\s*=")


def setting(match: re.Match[str], told: Told) -> str | None:
    """ "Setting it equal to ½ gives A = B", of the function F(x) that a line before has, as F(m) = ½ and A = B with m for x"""
    head = next((found[-1] for line in reversed(told.before) if (found := list(FUNCTION.finditer(line)))), None)
    value, equation = told.formula(match, "v"), told.formula(match, "e")
    letter = next((c for c in "mcw" if not any(re.search(rf"(?<![A-Za-z\\]){c}(?![A-Za-z])", text) for text in (*told.before, equation))), None)
    if head is None or letter is None or RELATION.search(value) or equation.count("=") != 1:
        return None
    put = re.sub(rf"(?<![A-Za-z\\]){re.escape(head['x'])}(?![A-Za-z])", lambda _: letter, equation)
    told.unknown = letter
    at = told.put(f"{head['head']}({letter})={value}")
    return f"Setting {at}{match['mid']} {told.put(put)}"


ONE_HALF = re.compile(r"[Ss]etting\s+(?:it|this|the\s+latter|⟦\d+⟧)\s+equal\s+to\s+(?:one\s+)?half,?\s+(?:and\s+solving,?\s+)?(?:we\s+(?:get|obtain|find)|gives|yields)\s+the\s+median")


def one_half(match: re.Match[str], told: Told) -> str:
    """ "Setting this equal to one half, we obtain the median m": that it is the median is what is held."""
    return "so the median is"


OBTAINED = pattern(
    r"(?P<led>the\s+(?:mean|variance))\s+is\s+(?:obtained|found|computed|given|derived)\s+by\s+(?P<how>[^.;]*?),?\s+and\s+(?:it\s+)?(?:is|equals)\s+@v"
)


def obtained(match: re.Match[str], told: Told) -> str:
    """ "the mean is obtained by replacing a by a − 1, and it is v" """
    return f"by {match['how']}, {match['led']} is ⟦{match['v']}⟧"


ANTIDERIVATIVE = pattern(r"[Aa]n\s+antiderivative\s+of\s+@f\s+is\s+@F(?P<vanishes>\s*,\s*which\s+vanishes\s+at\s+infinity)?".replace("@F", "@g"))


def antiderivative(match: re.Match[str], told: Told) -> str | None:
    """ "An antiderivative of f is F, which vanishes at infinity" as F' = f, and F → 0"""
    (v, *more), of, primitive = told.truth.problem.variables, told.formula(match, "f"), told.formula(match, "g")
    if more or RELATION.search(of + primitive):
        return None
    x = in_latex(v)
    said = "We have " + told.put(rf"\frac{{d}}{{d{x}}}\left({primitive}\right)={of}")
    return said + (" and " + told.put(rf"\lim_{{{x}\to\infty}}\left({primitive}\right)=0") if match["vanishes"] else "")


FOUND = pattern(r"\b(?P<led>find|get|obtain|gives|yields)\s+the\s+(?P<what>median|mode)\s+@v")


def found_so(match: re.Match[str], told: Told) -> str:
    """ "we find the mode v" as: the mode is v"""
    return f"{match['led']} this: the {match['what']} is ⟦{match['v']}⟧"


MEDIAN = pattern(r"(?P<led>median\s+(?:is|equals))\s+@v(?=\s*(?:[.,;]|$))")


def median(match: re.Match[str], told: Told) -> str | None:
    """ "the median is v", which solves the equation that a line before has set up"""
    value = told.formula(match, "v")
    if not told.unknown or RELATION.search(value):
        return None
    found = told.put(f"{told.unknown}={value}")
    told.unknown = ""
    return f"{match['led']} {found}"


VANISHES = pattern(
    r"(?P<led>[Tt]he\s+mode)\s+is\s+(?:found|obtained|given)\s+by\s+(?:differentiating|maximi[sz]ing)\s+the\s+(?:log-?\s?)?density\s*[:,;]?\s*"
    r"(?:and\s+)?(?:the|its|whose)\s+derivative\s+(?:vanishes|is\s+zero)\s+(?:only\s+)?at\s+@c"
)


def vanishes(match: re.Match[str], told: Told) -> str | None:
    """ "The mode is found by differentiating the density: the derivative vanishes at x = s" """
    return f"{match['led']} is {told.put(told.formula(match, 'c').rsplit('=', 1)[-1])}"


ADDED_UP = pattern(
    r"[Tt]here\s+are\s+(?P<count>two|three|four)\s+terms\s+in\s+the\s+sum\s*,\s*namely\s+(?P<terms>⟦\d+⟧(?:\s*(?:,|,?\s*and)\s*⟦\d+⟧)+)"
)


def added_up(match: re.Match[str], told: Told) -> str | None:
    """ "There are three terms in the sum, namely a, b and c" as Z = a + b + c"""
    terms = [told.formulas[int(n)].strip() for n in TOKEN.findall(match["terms"])]
    if len(terms) != {"two": 2, "three": 3, "four": 4}[match["count"]] or any(RELATION.search(t) or not balanced(t) for t in terms):
        return None
    return "we have " + told.put(f"Z={'+'.join(terms)}")


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


THIS_IS = re.compile(r"(?:(?<=^)|(?<=[.;:] ))(?P<led>(?:(?:And|But|So)\s+)?)[Tt]his\s+is\s+(?:also\s+|just\s+)?(?:the|its|our)\s+(?P<what>mean|variance)(?=\s*(?:[.,;]|$))")


def this_is(match: re.Match[str], told: Told) -> str | None:
    """ "This is the mean", of the last side of the line before"""
    (v, *more), side = told.truth.problem.variables, last_side([told.before[-1]] if told.before else [])
    if more or not side or len(in_latex(v)) != 1:
        return None
    x = in_latex(v).upper()
    head = rf"\mathrm{{E}}[{x}]" if match["what"] == "mean" else rf"\mathrm{{Var}}({x})"
    return match["led"] + told.put(f"{head}={side}")


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


AT_LEAST = pattern(r"(?P<led>probability|chance)\s+of\s+(?P<how>at\s+least|more\s+than|at\s+most|fewer\s+than|less\s+than|exactly)\s+@n(?:\s+[a-z]+)?\s+is\s+@p")
SIGNS = {"at least": r"\\geq?", "more than": ">", "at most": r"\\leq?", "fewer than": "<", "less than": "<", "exactly": "="}


def at_least(match: re.Match[str], told: Told) -> str | None:
    """ "the probability of at least n is P(K ≥ n) = …", where the formula says just that"""
    n, value = told.formula(match, "n"), told.formula(match, "p")
    sign = SIGNS[" ".join(match["how"].split())]
    says = re.match(rf"(?:P|\\Pr|\\mathbb\s*\{{?P\}}?)\s*(?:\\left)?\(\s*[A-Z]\s*{sign}(?![A-Za-z])\s*{re.escape(n)}\s*(?:\\right)?\)\s*=", value)
    return f"{match['led']} is ⟦{match['p']}⟧" if says else None


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


SENTENCES: tuple[tuple[re.Pattern[str], Say], ...] = (
    (MARGINAL, marginal), (A_LAW, law), (RUNS, runs), (OURS, ours), (WHICH, which), (MEAN_ZERO, mean_zero), (CHANCE, chance), (CASE, at_a_case), (ONE_WEIGHT, weight),
    (LISTED, weights), (SETTING, setting), (ONE_HALF, one_half), (DERIVATIVE, derivative), (QUOTIENT, quotient), (COMES, comes), (ITS_MEAN, its_mean),
    (LOG_SLOPE, log_slope), (TENDS, tends), (WRITTEN, written), (THIS_IS, this_is), (LOGISTIC, logistic), (CHANCE_OF, chance_of), (STATE, state), (AT_LEAST, at_least), (OBTAINED, obtained), (ANTIDERIVATIVE, antiderivative), (FOUND, found_so), (MEDIAN, median), (VANISHES, vanishes), (ADDED_UP, added_up), (INDEPENDENT, independent),
)  # fmt: skip
