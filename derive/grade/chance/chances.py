r"""What a density gives besides its means: P(X > t), f_X(x) = ∫ f(x, y) dy, M_X(t) = E[e^{tX}], ⟨E⟩ of an energy, as heads of their own."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from sympy import Basic, Expr, S, Symbol, oo
from sympy.core.function import AppliedUndef

from derive.algebra.reading import linear
from derive.grade.chance.energies import energy_of
from derive.grade.chance.moments import MEAN, MEAN_GIVEN, mean_of
from derive.grade.truth import Truth
from derive.language.problem import Problem, Variable
from derive.language.totals import Counting, Lebesgue, Measure, Total, substitute

CHANCE, MARGINAL, ENERGY = "ChanceOf", "MarginalOf", "MeanEnergyOf"  # of lo ≤ X ≤ hi; of the i-th variable at x; of E^k
BEYOND = "ChanceBeyond"  # of X > a, given X > b, for a ≥ b
PARITY = "ChanceOfParity"  # of an even (0) or odd (1) number
IMAGE_BELOW, IMAGE_ABOVE, IMAGE_DENSITY = "ImageBelow", "ImageAbove", "ImageDensity"  # of g(X), in derive/grade/chance/images.py
IMAGES = (IMAGE_BELOW, IMAGE_ABOVE, IMAGE_DENSITY)
ORDERED = "ChanceOrdered"  # of X < Y, for the i-th and the j-th variable
PAIR_BELOW, PAIR_DENSITY = "PairBelow", "PairDensity"  # of a linear function of two variables below 0; of X + Y, in derive/grade/chance/pairs.py
HEADS = (PAIR_BELOW, PAIR_DENSITY, MEAN, MEAN_GIVEN, CHANCE, MARGINAL, ENERGY, BEYOND, PARITY, ORDERED, *IMAGES)
PROBABILITY = r"(?<![A-Za-z\\])(?:P|\\Pr|\\(?:mathbb|mathrm|mathsf|mathbf|operatorname|text)\s*\{?(?:Pr|P|Prob)\}?)\s*(?:_\{?[A-Za-z]\}?)?\s*"
OPEN, CLOSE = r"(?:\\left|\\[bB]igg?l?)?(?:[(\[]|\\\{)\s*", r"\s*(?:\\right|\\[bB]igg?r?)?(?:[)\]]|\\\})"
LESS = r"(?P<lt><|\\lt(?![A-Za-z])|\\leq?(?![A-Za-z])|\\leqslant(?![A-Za-z]))"
MORE = r"(?P<gt>>|\\gt(?![A-Za-z])|\\geq?(?![A-Za-z])|\\geqslant(?![A-Za-z]))"
COMMAND = r"\\(?!leq?(?![A-Za-z])|geq?(?![A-Za-z])|lt|gt|mid|in|cap|cup|text)[A-Za-z]+(?![A-Za-z])"
END = rf"(?:[^()=<>|;\\]|{COMMAND}|\\[,;! ]|\((?:[^()=<>|]|\([^()=<>|]*\))*\))+?"
BELOW = re.compile(rf"{PROBABILITY}{OPEN}(?P<X>[A-Z])\s*{LESS}\s*(?P<end>{END}){CLOSE}")
ABOVE = re.compile(rf"{PROBABILITY}{OPEN}(?P<X>[A-Z])\s*{MORE}\s*(?P<end>{END}){CLOSE}")
BAR = r"\s*(?:\\mid(?![A-Za-z])|\|)\s*"
GIVEN_ABOVE = re.compile(
    rf"{PROBABILITY}{OPEN}(?P<X>[A-Z])\s*{MORE}\s*(?P<end>{END}){BAR}(?P=X)\s*{MORE.replace('<gt>', '<too>')}\s*(?P<low>{END}){CLOSE}"
)
ONE_GIVEN = re.compile(
    rf"(?<![A-Za-z\\])[pf]\s*_\s*\{{\s*(?P<X>[A-Z]){BAR}(?P<Y>[A-Z])\s*\}}\s*\((?P<at>[^()=<>|,]+?){BAR}(?P<given>[^()=<>|,]+?)\)"
)
BETWEEN = re.compile(rf"{PROBABILITY}{OPEN}(?P<low>{END})\s*{LESS}\s*(?P<X>[A-Z])\s*{LESS.replace('<lt>', '<upto>')}\s*(?P<end>{END}){CLOSE}")
EVEN_ODD = re.compile(rf"{PROBABILITY}{OPEN}(?P<X>[A-Z])\s*=\s*\\operatorname\{{(?P<kind>even|odd)\}}{CLOSE}")
ORDER_OF_PAIR = re.compile(rf"{PROBABILITY}{OPEN}(?P<X>[A-Z])\s*(?:{LESS}|{MORE})\s*(?P<Y>[A-Z]){CLOSE}")
AROUND = re.compile(
    rf"{PROBABILITY}{OPEN}(?:\\left)?(?:\||\\[lr]?vert(?![A-Za-z]))\s*(?P<X>[A-Z])\s*(?:(?P<sign>[-+])\s*(?P<at>[^|=<>]+?))?\s*"
    rf"(?:\\right)?(?:\||\\[lr]?vert(?![A-Za-z]))\s*(?:{LESS}|{MORE})\s*(?P<end>{END}){CLOSE}"
)
CUMULATIVE = re.compile(r"(?<![A-Za-z\\])F\s*_\s*\{?(?P<X>[A-Z])\}?\s*\((?P<end>[^()=<>]+)\)")
ONE_OF_PAIR = re.compile(r"(?<![A-Za-z\\])[pf]\s*_\s*\{?\s*(?P<X>[A-Z])\s*\}?\s*(?:\\left)?\((?P<at>[^()=<>|,]+?)(?:\\right)?\)")
GENERATING = re.compile(
    r"(?<![A-Za-z\\])(?P<letter>[MG])\s*_\s*\{?\s*(?P<X>[A-Z])\s*\}?(?=\s*(?:'|\^\s*\{?\s*(?:\\prime|\([^()]*\))\s*\}?)*\s*(?:\\left)?\()"
)
ENERGIES = re.compile(
    r"(?:\\left\s*)?\\langle\s*(?:E|H|\\epsilon|\\mathcal\s*\{?[EH]\}?)\s*(?:\^\s*\{?(?P<power>\d)\}?)?\s*(?:\\right\s*)?\\rangle(?![A-Za-z])"
)
NO_LETTERS = ("infty", "frac", "tfrac", "dfrac", "left", "right", "sqrt", "e", "pi", "ln", "log", "exp")
LETTER = re.compile(r"(?<![A-Za-z\\])\\?([A-Za-z]+)(?![A-Za-z])")


def with_chances(formula: str, truth: Truth, taken: Collection[str] = ()) -> str:
    r"""The formula with probabilities of intervals, marginal densities and mean energies as functions that only this module reads.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]))
    >>> with_chances(r"P(X > 1) = e^{-b}", truth)
    '\\operatorname{ChanceOf}(1,\\infty,0) = e^{-b}'
    """
    known = {*truth.named, *taken}
    if "P" not in known:
        formula = ORDER_OF_PAIR.sub(lambda m: ordered(m, truth, known), formula)
        formula = AROUND.sub(around, formula)
        formula = EVEN_ODD.sub(lambda m: parity(m, truth, known), formula)
        formula = GIVEN_ABOVE.sub(lambda m: beyond(m, truth, known), formula)
        formula = BETWEEN.sub(lambda m: chance(m, truth, known, "both"), formula)
        formula = BELOW.sub(lambda m: chance(m, truth, known, "below"), formula)
        formula = ABOVE.sub(lambda m: chance(m, truth, known, "above"), formula)
    if "F" not in known:
        formula = CUMULATIVE.sub(lambda m: chance(m, truth, known, "below"), formula)
    if len(truth.problem.variables) > 1 and not known & {"f", "p"}:
        formula = ONE_GIVEN.sub(lambda m: conditional(m, truth), formula)
        formula = ONE_OF_PAIR.sub(lambda m: marginal(m, truth), formula)
    if "E" not in known and energy_of(truth.problem) is not None:
        formula = ENERGIES.sub(lambda m: rf"\operatorname{{{ENERGY}}}({m['power'] or 1})", formula)
    return formula


def variable_of(capital: str, truth: Truth, known: Collection[str] = ()) -> int | None:
    """The place of the variable that a capital letter stands for: its own, or the only one there is."""
    own = [v.symbol.name for v in truth.problem.variables]
    if capital in known:
        return None
    if capital.lower() in own:
        return own.index(capital.lower())
    return 0 if len(own) == 1 and capital in "XYKNT" and capital.lower() not in known else None


def chance(match: re.Match[str], truth: Truth, known: Collection[str], side: str) -> str:
    """P(lo ≤ X ≤ hi); on whole numbers K > t is K ≥ t + 1."""
    place = variable_of(match["X"], truth, known)
    if place is None:
        return match[0]
    found, whole = match.groupdict(), isinstance(truth.problem.variables[place].measure, Counting)
    if not whole and not isinstance(truth.problem.variables[place].measure, Lebesgue):
        return match[0]
    strict = {key: found.get(key) in ("<", ">", r"\lt", r"\gt") and whole for key in ("lt", "gt", "upto")}
    end = found["end"].strip()
    if side == "above":
        return rf"\operatorname{{{CHANCE}}}({end}{'+1' if strict['gt'] else ''},\infty,{place})"
    if side == "below":
        return rf"\operatorname{{{CHANCE}}}(-\infty,{end}{'-1' if strict['lt'] else ''},{place})"
    return rf"\operatorname{{{CHANCE}}}({found['low'].strip()}{'+1' if strict['lt'] else ''},{end}{'-1' if strict['upto'] else ''},{place})"


def ordered(match: re.Match[str], truth: Truth, known: Collection[str]) -> str:
    """P(X < Y), for two variables by their own letters."""
    places = [variable_of(match[key], truth, known) for key in ("X", "Y")]
    if None in places or places[0] == places[1]:
        return match[0]
    return rf"\operatorname{{{ORDERED}}}({','.join(map(str, places if match['lt'] else reversed(places)))})"


def around(match: re.Match[str]) -> str:
    """P(|X − a| ≤ c) as P(a − c ≤ X ≤ a + c), P(|X − a| > c) as what is left."""
    at, end = (match["at"] or "").strip(), match["end"].strip()
    if not re.fullmatch(r"[\w\\{}. ]*", at + end):  # a sum would need brackets
        return match[0]
    middle = f"-{at}" if match["sign"] == "+" else at
    inside = rf"P({middle}-{end}\le {match['X']}\le {middle}+{end})"
    return inside if match["lt"] else rf"\left(1-{inside}\right)"


def parity(match: re.Match[str], truth: Truth, known: Collection[str]) -> str:
    """P(K even) and P(K odd), of whole numbers from a known one on."""
    place = variable_of(match["X"], truth, known)
    if place is None or not isinstance(truth.problem.variables[place].measure, Counting):
        return match[0]
    return rf"\operatorname{{{PARITY}}}({int(match['kind'] == 'odd')},{place})"


def beyond(match: re.Match[str], truth: Truth, known: Collection[str]) -> str:
    """P(X > a | X > b); on whole numbers K > a is K ≥ a + 1."""
    place = variable_of(match["X"], truth, known)
    if place is None:
        return match[0]
    whole = isinstance(truth.problem.variables[place].measure, Counting)
    more = [("+1" if whole and match[key] in (">", r"\gt") else "") for key in ("gt", "too")]
    return rf"\operatorname{{{BEYOND}}}({match['end'].strip()}{more[0]},{match['low'].strip()}{more[1]},{place})"


def conditional(match: re.Match[str], truth: Truth) -> str:
    """f(y | x) = f(x, y)/f_X(x), for two variables by their own letters."""
    places = [variable_of(match[key], truth) for key in ("X", "Y")]
    own = [v.latex or v.symbol.name for v in truth.problem.variables]
    if None in places or len(own) != 2 or [match["at"].strip(), match["given"].strip()] != [own[p] for p in places if p is not None]:
        return match[0]
    return rf"\frac{{f({own[0]},{own[1]})}}{{\operatorname{{{MARGINAL}}}({places[1]},{match['given'].strip()})}}"


def marginal(match: re.Match[str], truth: Truth) -> str:
    place = variable_of(match["X"], truth)
    return match[0] if place is None else rf"\operatorname{{{MARGINAL}}}({place},{match['at'].strip()})"


def generating(formula: str, truth: Truth, taken: Collection[str]) -> tuple[str, str]:
    r"""The formula with M(t) for M_X(t), and the definition of M where one is needed: E[e^{tX}], and E[t^X] for G_X(t).

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> generating("M_X(t) = 1", truth_of(problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"])), ())
    ('M(t) = 1', 'M(t) = \\operatorname{MeanOf}(e^{t x})')
    """
    match = GENERATING.search(formula)
    if match is None or match["letter"] in truth.named or len(truth.problem.variables) > 1 or variable_of(match["X"], truth, taken) is None:
        return formula, ""
    letter = match["letter"]
    v = truth.problem.variables[0]
    x = v.latex or (v.symbol.name if len(v.symbol.name) == 1 else f"\\{v.symbol.name}")
    t = next(c for c in ("t", "s", "u", "w") if c not in truth.named)
    inner = rf"e^{{{t} {x}}}" if letter == "M" else f"{t}^{{{x}}}"
    made = rf"{letter}({t}) = \operatorname{{{MEAN}}}({inner})" if letter not in taken else ""
    return GENERATING.sub(letter, formula), made


def new_letters(formula: str, known: Collection[str]) -> list[str]:
    """Names in the ends of probabilities that nobody has declared, as the t of P(X > t)."""
    heads = '|'.join((CHANCE, MARGINAL, BEYOND, PAIR_BELOW, PAIR_DENSITY, *IMAGES))
    ends = re.findall(rf"\\operatorname\{{(?:{heads})\}}\(((?:[^=()]|\([^=()]*\))*)\)\s*(?:=|$|\\q?quad|\\right|,|-|\+|\}}|\))", formula)
    return [name for inside in ends for name in LETTER.findall(inside) if name not in known and name not in NO_LETTERS]


def at_one_place(e: Basic) -> bool:  # P(X = c), which is 0
    return isinstance(e, AppliedUndef) and e.func.__name__ == CHANCE and e.args[0] == e.args[1] and not e.args[0].is_infinite


def is_functional(e: Basic) -> bool:
    return isinstance(e, AppliedUndef) and e.func.__name__ in HEADS


def functional_of(applied: AppliedUndef, problem: Problem, Z: Expr) -> Expr | None:
    """The value of a mean, a probability, a marginal density or a mean energy as totals of the density; None where none is known."""
    name, args = applied.func.__name__, applied.args
    if at_one_place(applied):
        return S.Zero
    if name == CHANCE:
        return chance_of(args[0], args[1], int(args[2]), problem, Z)
    if name == PARITY:
        return chance_of_parity(int(args[0]), int(args[1]), problem, Z)
    if name == ORDERED:
        return chance_of_order(int(args[0]), int(args[1]), problem, Z)
    if name == BEYOND:
        above = [chance_of(end, oo, int(args[2]), problem, Z) for end in args[:2]]
        return None if above[0] is None or above[1] is None else above[0] / above[1]
    if name == MEAN_GIVEN:
        return mean_given(int(args[0]), args[1], args[2], problem)
    if name == MARGINAL:
        return marginal_of(int(args[0]), args[1], problem, Z)
    if name == ENERGY:
        energy = energy_of(problem)
        return None if energy is None else mean_of(applied.func(energy ** args[0]), problem, Z)
    return mean_of(applied, problem, Z)


def chance_of(lo: Expr, hi: Expr, place: int, problem: Problem, Z: Expr) -> Expr | None:
    """∫ f(x) dx from lo to hi, as far as the support goes, for the density f of one variable."""
    v = problem.variables[place]
    if any(v.measure.has(other.symbol) for other in problem.variables):
        return None
    own = Symbol(f"{v.symbol.name}′", **v.symbol._assumptions_orig)  # the ends may name the variable itself
    one = marginal_of(place, own, problem, Z)
    measure = v.measure.func(v.measure.lo if lo is -oo else lo, v.measure.hi if hi is oo else hi)
    return None if one is None else Total(one, own, measure)


def chance_of_order(first: int, second: int, problem: Problem, Z: Expr) -> Expr | None:
    """∫∫ f(x, y) over x < y, for two variables on the same interval."""
    x, y = problem.variables[first], problem.variables[second]
    if len(problem.variables) != 2 or x.measure != y.measure or not isinstance(x.measure, Lebesgue) or x.measure.has(x.symbol, y.symbol):
        return None
    return Total(Total(problem.kernel / Z, y.symbol, Lebesgue(x.symbol, y.measure.args[1])), x.symbol, x.measure)


def chance_of_parity(rest: int, place: int, problem: Problem, Z: Expr) -> Expr | None:
    """Σ f(2j + r), where the support begins at a number and does not end, or ends at a number."""
    v = problem.variables[place]
    if not isinstance(v.measure, Counting) or not v.measure.lo.is_Integer or not (v.measure.hi is oo or v.measure.hi.is_Integer):
        return None
    j = Symbol(f"{v.symbol.name}′", integer=True)
    one = marginal_of(place, 2 * j + rest, problem, Z)
    last = oo if v.measure.hi is oo else (v.measure.hi - rest) // 2
    return None if one is None else Total(one, j, Counting((v.measure.lo - rest + 1) // 2, last))


def within(applied: AppliedUndef, problem: Problem) -> list[Expr]:
    """What has to be positive (or 0) for the ends of a probability to lie in the support."""
    if applied.func.__name__ not in (CHANCE, BEYOND) or at_one_place(applied):
        return []
    lo, hi, place = applied.args
    more = [lo - hi] if applied.func.__name__ == BEYOND else []
    m = problem.variables[int(place)].measure
    inner = [e for e in (lo, hi) if e.is_infinite is not True]
    ends = [(end, sign) for end, sign in ((m.lo, 1), (m.hi, -1)) if end.is_infinite is not True]
    return [*more, *(sign * (e - end) for e in inner for end, sign in ends)]


def marginal_of(place: int, at: Expr, problem: Problem, Z: Expr) -> Expr | None:
    """∫ k(x, y)/Z dy at x, over the y that go with x."""
    mine, others = problem.variables[place], [v for i, v in enumerate(problem.variables) if i != place]
    total = problem.kernel
    for v in reversed(others):
        measure = v.measure if not mine.measure.has(v.symbol) else turned(mine, v)
        if measure is None:
            return None
        total = Total(total, v.symbol, measure)
    return substitute(total / Z, {mine.symbol: at})


def mean_given(place: int, at: Expr, g: Expr, problem: Problem) -> Expr | None:
    """∫ g(x, y) k(x, y) dy / ∫ k(x, y) dy at x, which is the variable or a number inside a range that does not move."""
    mine = problem.variables[place]
    free = at.is_number and not any(mine.measure.has(v.symbol) for v in problem.variables)
    if at != mine.symbol and not (free and lies_in(at, mine.measure)):
        return None
    above = marginal_of(place, at, replace(problem, kernel=g * problem.kernel), S.One)
    below = marginal_of(place, at, problem, S.One)
    return None if above is None or below is None else above / below


def lies_in(at: Expr, measure: Measure) -> bool:
    """Whether a number is one of the points of a measure, or lies inside its interval."""
    if not isinstance(measure, (Lebesgue, Counting)):
        return at in measure.args
    lo, hi = measure.args
    inside = all(end.is_infinite or d.is_positive or isinstance(measure, Counting) and d.is_zero for end, d in ((lo, at - lo), (hi, hi - at)))
    return inside and (isinstance(measure, Lebesgue) or at.is_integer is True)


def turned(inner: Variable, outer: Variable) -> Lebesgue | Counting | None:
    """The y with lo(y) < x < hi(y), where y ranges over an interval and one end of x moves straight with y; or over whole numbers, with ≤."""
    m, y = inner.measure, outer.symbol
    if not isinstance(m, (Lebesgue, Counting)) or type(outer.measure) is not type(m):
        return None
    moving = [end for end in m.args if end.has(y)]
    if len(moving) != 1 or not moving[0].is_polynomial(y):
        return None
    (end,) = moving
    line = linear(end, y)
    if line is None or line[0] not in (1, -1):
        return None
    slope, at = line
    fixed = m.lo if end == m.hi else m.hi
    grows = (slope == 1) == (end == m.hi)  # whether a larger y lets more x in
    border = outer.measure.lo if grows else outer.measure.hi
    if substitute(end, {y: border}) != fixed:
        return None
    turning = slope * (inner.symbol - at)
    return type(m)(turning, outer.measure.hi) if grows else type(m)(outer.measure.lo, turning)
