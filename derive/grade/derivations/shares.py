r"""What lines say of the configurations of a small model: "6 of them with weight e^{-K} each", "for h = 0 we get 4"; counted, and added up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from sympy import Add, And, Expr, Integer, Symbol, Tuple

from derive.grade.derivations.course import Course
from derive.grade.derivations.known import known
from derive.grade.derivations.related import same
from derive.grade.derivations.stated import Stated
from derive.grade.handed import CORRECT, UNDECIDED
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.mentions import RELATION
from derive.grade.writing.segments import Part
from derive.language.problem import Problem
from derive.language.totals import Atoms, substitute

MOST = 1024  # configurations that are gone through
UNCLEAR = "it is not clear what this is said to be"
WEIGHT = re.compile(r"\bweights?(?:\s+(?:of|is|by))?\s*$", re.IGNORECASE)
SHARE = re.compile(
    r"\b(?:contribut\w+(?:\s+(?:is|a\s+term|a\s+factor))?|gives?|giving|get|obtain|find|have|yields?|leaves?|leaving|equals|is|becomes|are)"
    r"(?:\s+(?:just|simply|only|then|a\s+factor(?:\s+of)?|a\s+total(?:\s+of)?|the\s+(?:term|factor)))?\s*$", re.IGNORECASE
)  # fmt: skip
CASE = re.compile(r"\b(?:for|if|when|with|where|given|case)\s*:?\s*$", re.IGNORECASE)
ENDED = re.compile(r"[.!?](?=\s|$)")
NUMBERS = {word: n for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
COUNT = re.compile(rf"\b(?:\d+|{'|'.join(NUMBERS)})\b", re.IGNORECASE)


def with_shares(parts: Sequence[Part], truth: Truth) -> Iterator[Part]:
    r"""The formulas of a line, where those behind "for h = 0 we get" carry the case and what is said to be a weight carries no case.

    >>> from derive.grade.truth import truth_of
    >>> from derive.grade.writing.segments import parts
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(w*v*h)", over={"v": "{0, 1}", "h": "{0, 1}"}, given=["w real"]))
    >>> [(p.formula, p.given) for p in with_shares(parts(r"\text{for } h=0 \text{ we get } 2 \text{ and so on}"), truth)]
    [('2', (('h', '0'),))]
    """
    if not truth.problem.variables or not all(isinstance(v.measure, Atoms) for v in truth.problem.variables):
        yield from parts
        return
    own = [re.sub(r"_\{?(\w+)\}?", r"_{\1}", in_latex(v)) for v in truth.problem.variables]
    spelled = "|".join(re.escape(x).replace(r"_\{", r"_\{?").replace(r"\}", r"\}?") for x in own)
    case = re.compile(rf"(?P<led>\\text\s*\{{\s*(?:for|if|when)\s*\}}\s*)?(?P<x>{spelled})\s*=\s*(?P<at>[-+]?\s*\d+)[\s.,]*")
    held: list[Part] = []  # cases of which it is not known yet whether a share follows
    given: dict[str, str] = {}
    for part in parts:
        said = case.fullmatch(part.formula)
        if ENDED.search(part.words):
            yield from held
            held, given = [], {}
        if said and (said["led"] or CASE.search(part.words) or held and part.words.strip(" ,") == "and"):
            given = {**given, said["x"]: re.sub(r"[\s+]", "", said["at"])} if held else {said["x"]: re.sub(r"[\s+]", "", said["at"])}
            held.append(part)
        elif given and not part.spoken and not RELATION.search(part.formula) and SHARE.search(part.words):
            yield replace(part, given=tuple(given.items()))
            held, given = [], {}
        elif part.spoken and held:  # "for u = 0 the sum over v is"
            held.append(part)
        else:
            yield from held
            held, given = [], {}
            yield part
    yield from held


def is_weight(part: Part, truth: Truth) -> bool:
    """Whether words say that a formula is the weight of a configuration of a model that has few."""
    few = all(isinstance(v.measure, Atoms) for v in truth.problem.variables) and bool(truth.problem.variables)
    own = {in_latex(v).replace("{", "").replace("}", "") for v in truth.problem.variables}
    if part.formula.replace("{", "").replace("}", "") in own:  # "the weight of v is …"
        return False
    return few and not RELATION.search(part.formula) and WEIGHT.search(part.words) is not None


def judge_share(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """The total over the configurations in which variables have the values given, or what stood before with these put in."""
    value, *cases = s.sides
    at = {x: c for x, c in zip(cases[::2], cases[1::2], strict=True) if isinstance(x, Symbol) and isinstance(c, Expr)}
    total = Add(*(weight for place, weight in weights(course.truth.problem) if all(place[x] == c for x, c in at.items())))
    goes_on = course.last is not None and any(course.last.has(x) for x in at)  # what does not show the variables says nothing of the case
    wanted = [total, *([substitute(course.last, at)] if course.last is not None and goes_on else [])]
    found = known(value, course)
    if any(same(found, one, course) for one in wanted):
        course.last, course.about = (total, None) if course.last is None else (course.last, course.about)
        return CORRECT, "it is the share of these configurations"
    return UNDECIDED, UNCLEAR


def judge_weight(s: Stated, course: Course, number: int) -> tuple[str, str]:
    """The weight, or the weights, of as many configurations as the words before it count, or of some where they count none."""
    values = [known(side, course) for side in (s.sides[0].args if isinstance(s.sides[0], (And, Tuple)) else s.sides[:1])]
    groups: dict[Expr, int] = {}
    for _, weight in weights(course.truth.problem):
        groups[weight] = groups.get(weight, 0) + 1
    having = [sum(n for weight, n in groups.items() if weight == value or same(value, weight, course)) for value in dict.fromkeys(values)]
    counted = {int(w) if w.isdigit() else NUMBERS[w.lower()] for w in COUNT.findall(s.called)}
    held = all(having) and (not counted or sum(having) in counted)
    return (CORRECT, f"{sum(having)} configurations have this weight") if held else (UNDECIDED, UNCLEAR)


def weights(problem: Problem) -> Iterator[tuple[dict[Symbol, Expr], Expr]]:
    """Each configuration with its weight; none where there are too many."""
    points = [[(v.symbol, p) for p in v.measure.points] for v in problem.variables if isinstance(v.measure, Atoms)]
    size = Integer(1)
    for each in points:
        size *= len(each)
    if size <= MOST:
        for one in product(*points):
            place = dict(one)
            yield place, substitute(problem.kernel, place)
