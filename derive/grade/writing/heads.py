r"""What stands around a formula in a hand-in: heads such as P(K = k) = or f_X(x) =, and supports such as k = 0, 1, 2, \dots"""

from __future__ import annotations

import re
from collections.abc import Collection

from sympy import Expr, S, oo

from derive.grade.truth import Truth
from derive.grade.writing.digits import without_digits
from derive.language.problem import Parameter, Variable
from derive.language.totals import Atoms, Counting, Lebesgue, Measure
from derive.read.latex import expression
from derive.read.names import ReadError, Scope

SUBSCRIPT = r"(?:_(?:\{(?:(?!\\(?:leq?|geq?|leqslant|geqslant|lt|gt|neq?)(?![A-Za-z]))[^{}<>])*\}|\\[A-Za-z]+|[A-Za-z0-9]))"  # of no event
WORD = r"\\(?:mathrm|operatorname|mathsf|text|textrm|textsf|mathbf|mathcal|mathscr)\s*\*?\s*(?:\{[A-Za-z]+\}|[A-Z](?![A-Za-z]))"
LETTER = r"(?:[pPfq]|\\Pr|\\(?:mathbb|mathrm|mathsf|mathbf|operatorname)\s*\{?(?:Pr|[pPf])\}?)"
OPEN, CLOSE = r"(?:\\left|\\[bB]igg?l?)?(?:[(\[]|\\\{)", r"(?:\\right|\\[bB]igg?r?)?(?:[)\]]|\\\})"
INSIDE = rf"{OPEN}(?P<inside>[^()=<>]*(?:=[^()=<>]*)?){CLOSE}"
DENSITY = re.compile(rf"\s*{LETTER}\s*(?:{SUBSCRIPT})?\s*{INSIDE}\s*:?=")
FAMILY = re.compile(rf"\s*(?:{WORD}|\\pi|\\rho|\\phi|\\varphi|[bgtwNU]|\\chi\s*\^\s*(?:2|\{{2\}}))\s*(?:{SUBSCRIPT})?\s*{INSIDE}\s*:?=")
NO_EVENT = r"\\(?:leq?|geq?|leqslant|geqslant|lt|gt|in|neq?|cap|cup|text|mathrm)(?![A-Za-z])"
EVENT = re.compile(  # P(X = k) anywhere, and given θ
    rf"(?<![A-Za-z\\])(?:P|\\Pr|\\(?:mathbb|mathrm|mathsf|mathbf|operatorname)\s*\{{?(?:Pr|P)\}}?)\s*(?:{SUBSCRIPT})?\s*{OPEN}\s*(?P<X>[A-Z])\s*="
    rf"(?P<at>[^()=<>|;{{}}\\]*)(?:(?:\\mid(?![A-Za-z])|\||;)(?:(?!{NO_EVENT})[^()=<>])*?)?{CLOSE}"
)
LIKELIHOOD = re.compile(r"\s*(?:L|\\mathcal\s*\{?L\}?)\s*\([^()=<>]*\)\s*:?=")
POINT = re.compile(rf"\s*[pPf](?P<sub>{SUBSCRIPT})\s*:?=")
NUMBER = r"\s*-?(?:[\d.]+|\\infty)\s*\)"
PLAIN = r"\s*\\?[A-Za-z]+(?:_\{?\w+\}?)?(?:\\[,;:! ]|\s)*"
CONSTANT = re.compile(  # Z(0) and Z(α + 1, β) are values
    rf"\s*(?:Z|\\mathcal\s*\{{?Z\}}?)\s*(?:{SUBSCRIPT}\s*(?:\([^()]*\))?|\((?!{NUMBER})(?:{PLAIN}(?:[,;|]{PLAIN})*)?\))\s*:?="
)
GIVEN = re.compile(r"\\mid(?![A-Za-z])|\\vert(?![A-Za-z])|\||;")
NEITHER = re.compile(NO_EVENT)
SPACE = r"\\[,;:!> ]|\\q?quad(?![A-Za-z])|~|\s"
BETWEEN = rf"(?:\\text\{{\s*(?:for|where|if)?\s*\}}|{SPACE}|[,;(])*"
ONE = re.compile(  # a name: P(2K = k) is not P(K = k)
    rf"(?:{SPACE})*(?:[A-Za-z]|\\[A-Za-z]+|\\[A-Za-z]+\s*\{{\s*[A-Za-z]+\s*\}}|\{{\s*[A-Za-z]\s*\}})\s*(?:{SUBSCRIPT})?(?:{SPACE})*"
)
NAME = r"(?P<name>\\?[A-Za-z]+(?:_\{?\w+\}?)?)"
ENDING = r"[\s.)]*$"
ENUMERATION = re.compile(rf"{BETWEEN}{NAME}\s*(?:=|\\in)\s*(?:\\\{{)?(?P<list>[^=]*?\\[cl]?dots[bco]?(?:\s*,[^,=]*?)?)(?:\\\}})?{ENDING}")
LONGEST_SUPPORT = 400  # characters of a formula's end: brackets that open 5000 times would be looked through from each of them
DOTS = re.compile(r"\s*\\[cl]?dots[bco]?\s*")
ON = re.compile(r"\\text\s*\{\s*(?:on|over|in)\s*\}\s*(?=(?:\\left)?[\[(][^()\[\]]*,[^()\[\]]*[\])][\s.]*$)")
POINTS = re.compile(
    rf"{BETWEEN}{NAME}\s*(?:\\in\s*\\\{{(?P<points>[-+\d,\s]*)\\\}}|=\s*(?P<signs>\\pm\s*1)|=\s*(?P<list>[-+]?\d+(?:\s*,\s*[-+]?\d+)+)){ENDING}"
)
NATURAL = re.compile(rf"{BETWEEN}{NAME}\s*\\in\s*\\mathbb\s*\{{?\s*(?P<set>[NZ])\s*\}}?\s*(?P<sub>(?:[_^]\s*(?:\{{[^{{}}]*\}}|\w|\+))*){ENDING}")
BESIDE = re.compile(rf"(?:{SPACE})+\((?P<note>[^()]*(?:<|>|\\(?:leq?|geq?|neq?|leqslant|geqslant|lt|gt|in)(?![A-Za-z]))[^()]*)\)[\s.]*$")
AMID = re.compile(BESIDE.pattern.removesuffix(r"[\s.]*$") + r"\s*(?=,\s*\\q?quad(?![A-Za-z]))")  # … (a > 1), \quad …
FACTOR = re.compile(r"(?:(?:^|[^A-Za-z\\])[A-Za-z]|1\}?|I\}|\\[a-z]+)\s*$")  # what a condition in brackets may be the argument of
INDICATOR = re.compile(  # I(x > 0), as an I may be an integral too
    r"(?<![A-Za-z\\])(?:I|\\(?:mathbb|mathrm|mathbf|operatorname)\s*\{?I\}?)\s*(?:\\left|\\[bB]igg?l?)?(?:[(\[]|\\\{)"
    r"(?P<event>[^()\[\]]*?(?:<|>|\\(?:leq?|geq?|leqslant|geqslant|lt|gt|in)(?![A-Za-z]))[^()\[\]]*?)(?:\\right|\\[bB]igg?r?)?(?:[)\]]|\\\})"
)
OTHERWISE = re.compile(
    rf"(?:{SPACE}|[,;]|\\text\{{\s*,?\s*(?:and|or)\s*\}})+(?:\\text\{{\s*(?:and|or)?\s*\$?)?0(?:\$|{SPACE}|\}})*"
    rf"(?:\\text\{{)?\s*(?:otherwise|elsewhere|else)\s*[.,]?\s*\}}[\s.]*$"
)
ELSE = re.compile(rf"(?:{SPACE}|[,;])*\\text\{{\s*,?\s*(?:and\s+)?(?:otherwise|elsewhere|else)\s*,?\s*\}}(?:{SPACE})*0[\s.]*$")
DISTRIBUTED = re.compile(
    r"^\s*(?P<law>\\?[A-Za-z]+\s*(?:(?:\\mid|\|)[^:,;=]*?)?\\sim\s*[^:;=]*?(?:\([^()]*\)|\\\{[^{}]*\\\}))\s*(?:[:,;.]|\\Rightarrow|\\implies|\\q?quad)"
)
ORNAMENT = re.compile(rf"(?:{SPACE}|\.)*\\(?:checkmark|square|Box|blacksquare|qed|qedsymbol)(?![A-Za-z])[\s.]*$")
POSITIVE_REALS = re.compile(r"\\mathbb\s*\{?\s*R\s*\}?\s*[_^]\s*(?:\{\s*(?:\+|\\geq?\s*0|>\s*0)\s*\}|\+)")
CHARACTERISTIC = re.compile(r"\\chi(?=\s*_\s*\{\s*(?:\[|\(|\\\{|[a-z]\s*(?:[<>]|\\[gl]e)))")
FOR_ALL = re.compile(
    rf"(?:(?:{SPACE})*\\forall\s*|(?:\s|\\[;: ])*\\q?quad\s*)(?={NAME}\s*(?:[<>]|\\(?:leq?|geq?|leqslant|geqslant|in)(?![A-Za-z])))(?P=name)"
)
WHOLE = re.compile(  # (α − 1)! already says that α is whole
    rf"(?:{SPACE}|[,;(])*\\text\{{\s*,?\(?\s*(?:for|with|where|if)\s+(?:positive\s+)?integers?\s*\}}(?:{SPACE})*\\?[A-Za-z]+(?:\s*,\s*\\?[A-Za-z]+)*[\s).]*$"
)
BEGINNING = re.compile(rf"^(?:{SPACE})+")


def plain(formula: str, truth: Truth, taken: Collection[str] = ()) -> str:
    r"""A formula with a customary head written as p(x) = or Z =, and without an enumeration that only repeats the support.

    `taken` are names that mean something else here.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("q**k", over={"k": "ZZ[0, oo]"}, given=["q > 0", "q < 1"]))
    >>> plain(r"P(K = k) = (1-q)q^k, \quad k = 0, 1, 2, \dots", truth), plain(r"(1-q)q^k, k = 1, 2, \dots", truth)
    ('p(k)= (1-q)q^k', '(1-q)q^k,k\\ge 1')
    >>> plain(r"\Pr\{K = 0\} = 1-q", truth), plain(r"P(K \le k) = 1-q^{k+1}", truth)
    ('p(0)= 1-q', 'P(K \\le k) = 1-q^{k+1}')
    """
    formula = without_support(bared(formula), truth)
    formula = formula if "I" in truth.named else INDICATOR.sub(r"\\mathbf{1}\\{\g<event>\\}", formula)
    return headed(without_digits(formula), truth, {*truth.named, *taken})


def bared(text: str) -> str:
    r"""A text without "X ∼ …:" in front, "and 0 otherwise" and ornaments at its end; a condition in brackets there follows a comma.

    >>> bared(r"X\sim\mathrm{Exp}(b), f(x) = b e^{-bx}\ (x > 0).")
    'f(x) = b e^{-bx},x > 0'
    """
    text = FOR_ALL.sub(r",\\quad \g<name>", CHARACTERISTIC.sub(r"\\mathbf{1}", POSITIVE_REALS.sub(r"[0,\\infty)", text)))
    text = BEGINNING.sub("", ELSE.sub("", OTHERWISE.sub("", ORNAMENT.sub("", DISTRIBUTED.sub("", text)))))
    text = WHOLE.sub("", text) if "!" in text else text
    text = AMID.sub(r",\g<note>", text)
    found = BESIDE.search(text)
    return text if found is None or held(text[: found.start()], found[0]) else f"{text[: found.start()]},{found['note']}"


def held(before: str, bracket: str) -> bool:
    """Whether a bracket after this text belongs to it: inside braces, after an operator, as the argument of I or 1."""
    bare = before.replace(r"\{", "").replace(r"\}", "")
    near = not re.match(r"\s*\\(?:q?quad|[;: ])", bracket) and FACTOR.search(bare)
    return not bare.strip() or bare.count("{") != bare.count("}") or bool(re.search(r"[-+*/^_=(]\s*$", bare) or near)


def headed(formula: str, truth: Truth, own: Collection[str]) -> str:
    """The formula with its head in the form that the reader knows."""
    if r"\propto" in formula and "=" not in formula.split(r"\propto")[0]:
        left, right = formula.split(r"\propto", maxsplit=1)
        return f"{headed(f'{left}=', truth, own).removesuffix('=')}\\propto{right}"
    names = ", ".join(in_latex(v) for v in truth.problem.variables)
    free = next((letter for letter in "pfPq" if letter not in own), None)
    on_interval = [type(v.measure) for v in truth.problem.variables] == [Lebesgue]

    def weighs(at: str) -> bool:  # on an interval P(X = 1) is 0 and no value of the density, while P(X = x) means p(x)
        return not on_interval or at.strip() == names

    def another(m: re.Match[str]) -> bool:
        return m["X"] in own or not weighs(m["at"]) or speaks_of(GIVEN.split(m[0])[1:], names)

    formula = EVENT.sub(lambda m: m[0] if another(m) else f"{free}({m['at']})", formula) if free else formula
    for name in names.split(", ") if free else ():  # P(s = +1); P(k = k) of a pair
        own_event = EVENT.pattern.replace("(?P<X>[A-Z])", rf"(?P<X>{re.escape(name)})")
        alone = name == names and not on_interval
        formula = re.sub(own_event, lambda m, n=name, a=alone: f"{free}({at})" if (  # type: ignore[misc]
            at := m["at"].strip().removeprefix("+")) == n or a else m[0], formula)  # fmt: skip
    match = DENSITY.match(formula) or POINT.match(formula)
    if match and (of := re.match(r"\s*[pf]\s*_\s*\{?\s*([A-Z])\s*\}?\s*(?:\\left)?\(|[^=(]*\(\s*([A-Z])\s*=", formula)) and (of[1] or of[2]) in own:
        return formula
    indexed = match is not None and "sub" in match.groupdict() and place_of(match, names, own) == names  # p_k is no p
    if match and free and (indexed or not set(re.findall(r"[pPfq]", match[0])[:1]) & set(own)):
        place = place_of(match, names, own)
        chance = "=" in match.groupdict().get("inside", "") and "P" in match[0].split("=")[0]
        return formula if place is None or chance and not weighs(place) else f"{free}({place})={formula[match.end() :]}"
    family = FAMILY.match(formula)
    if family and free and (place := re.sub(SPACE, " ", GIVEN.split(family["inside"])[0]).strip()) == names and customary(family, place, own):
        return f"{free}({names})={formula[family.end() :]}"
    if free and "L" not in own and (match := LIKELIHOOD.match(formula)):
        return f"{free}({names})={formula[match.end() :]}"
    if "Z" not in own and (match := CONSTANT.match(formula)):
        return f"Z={formula[match.end() :]}"
    return formula


def place_of(match: re.Match[str], names: str, own: Collection[str]) -> str | None:
    """Where a density is taken: p(x | θ) and P(X = x) at x, P(X = 0) at 0; None for the probability of another event."""
    found = match.groupdict()
    if "sub" in found:
        return names if found["sub"].strip("_{} ") == names else None
    if NEITHER.search(found["inside"]) or speaks_of(GIVEN.split(found["inside"])[1:], names):  # P(z = 1 | x) is no density of x
        return None
    event = re.sub(SPACE, " ", GIVEN.split(found["inside"])[0])
    if "=" in event:
        name, place = event.split("=", 1)
        spoken = re.sub(SPACE, "", name).lstrip("\\")
        mine = spoken == names.lstrip("\\") or spoken not in own and not spoken.islower()  # P(X = k), but not P(z = 1), of a z that nobody knows
        return place.strip() if ONE.fullmatch(name) and mine else None
    said, own = ([part.strip() for part in text.split(",")] for text in (event, names))
    if said[: len(own)] == own or len(own) == 1 and said == [own[0].upper()]:
        return names
    return event.strip() if len(said) == len(own) else None


def speaks_of(texts: Collection[str], name: str) -> bool:
    """Whether one of these texts has a name in it."""
    return any(re.search(rf"(?<![A-Za-z\\\\]){re.escape(name)}(?![A-Za-z])", text) for text in texts)


def given_event(given: str, letter: str) -> bool:
    """Whether what is given is an event, or speaks of the variable itself, as X > 1 in X | X > 1: the law is another one then.

    >>> given_event("X > 1", "X"), given_event(r"\\theta", "X"), given_event("Y = y", "X"), given_event(r"Y \\ge 1", "X")
    (True, False, False, True)
    """
    return bool(re.search(rf"[<>]|{NO_EVENT}|(?<![A-Za-z\\]){re.escape(letter)}(?![A-Za-z])", given))


def customary(family: re.Match[str], place: str, own: Collection[str]) -> bool:
    """Whether a name with arguments is the density of a family: N(x | μ, σ²), Gamma(x; a, b), π(x), t_ν(x), and no function of x alone."""
    head = family[0].split("(")[0]
    declared = set(re.findall(r"[A-Za-z]+", head)[:1]) & set(own)
    return not declared and (bool(GIVEN.search(family["inside"])) or head.strip() in (r"\pi", r"\rho") or "_" in head)


def spelled(name: str) -> str:
    """A variable's name as LaTeX writes it."""
    match = re.fullmatch(r"([A-Za-z]+?)_?(\d+)", name)
    base, index = match.groups() if match else (name, "")
    return (base if len(base) == 1 else f"\\{base}") + (f"_{{{index}}}" if index else "")


def in_latex(one: Variable | Parameter) -> str:
    """How a variable or a parameter is written in LaTeX: as its problem says, else by its name."""
    return one.latex or spelled(one.symbol.name)


def without_support(formula: str, truth: Truth) -> str:
    """The formula without a list of the support's points at its end."""
    if len(truth.problem.variables) != 1:
        return formula
    (variable,) = truth.problem.variables
    names = (variable.latex, spelled(variable.symbol.name))
    formula = ON.sub(lambda _: rf",{names[1]}\in ", formula)
    near = max(0, len(formula) - LONGEST_SUPPORT)
    match = ENUMERATION.search(formula, near)
    if match and match["name"] in names and match.start():
        said = "" if enumerates(match["list"], variable.measure, truth) else bounds(match["name"], match["list"])
        return formula if said is None else formula[: match.start()] + said
    for pattern in (POINTS, NATURAL):
        match = pattern.search(formula, near)
        if match and match["name"] in names and match.start() and repeats(match.groupdict(), variable.measure):
            return formula[: match.start()]
    return formula


def bounds(name: str, text: str) -> str | None:
    r"""k = 0, 1, 2, \dots, n as k ≥ 0 and k ≤ n; None where it goes on to the left, or its numbers do not follow one another.

    >>> bounds("k", r"0, 1, \dots"), bounds("k", r"1, \ldots, n")
    (',k\\ge 0', ',k\\ge 1,k\\le n')
    """
    before, after = (side.strip(" ,.\\") for side in DOTS.split(text, maxsplit=1))
    first, *more = (part.strip() for part in before.split(","))
    if any(part.isdigit() and first.isdigit() and int(part) != int(first) + i for i, part in enumerate(more, 1)):
        return None
    return (rf",{name}\ge {first}" + (rf",{name}\le {after}" if after else "")) if first else None


def enumerates(text: str, measure: Measure, truth: Truth) -> bool:
    r"""Whether 0, 1, \dots, n - 1 goes in steps of one through all points of a support."""
    if isinstance(measure, Atoms) and measure.points == tuple(range(int(measure.points[0]), int(measure.points[0]) + len(measure.points))):
        measure = Counting(measure.points[0], measure.points[-1])
    if not isinstance(measure, Counting):
        return False
    before, after = DOTS.split(text, maxsplit=1)
    latex = {p.latex: p.symbol.name for p in truth.problem.parameters if p.latex}
    scope = Scope(truth.named, latex=latex)
    try:
        first, last = ([expression(part, scope) for part in side.split(",") if part.strip(" .")] for side in (before, after))
    except ReadError:
        return False
    steps = all((b - a - 1).expand() == 0 for a, b in zip(first, first[1:], strict=False))
    ends = [measure.hi] if measure.hi is not S.Infinity else []
    through = len(last) == len(ends) and all((e - f).expand() == 0 for e, f in zip(last, ends, strict=True))
    return bool(first) and steps and through and first[0] == measure.lo


def repeats(said: dict[str, str | None], measure: Measure) -> bool:
    """Whether what is said of the variable is what it ranges over; ℕ begins at 0 or at 1."""
    if isinstance(measure, Atoms):
        points = r"-1, 1" if said.get("signs") else said.get("points") or said.get("list")
        return points is not None and {p.strip().lstrip("+") for p in points.split(",")} == set(map(str, measure.points))
    if not isinstance(measure, Counting):
        return False
    lo, hi = measure.args
    if "set" in said:
        below = re.sub(r"[\s{}_^]", "", said["sub"] or "").replace(r"\geq", ">=").replace(r"\ge", ">=")
        begun: dict[str, tuple[Expr | int, ...]] = {"0": (0,), ">=0": (0,), "1": (1,), ">0": (1,), ">=1": (1,)}
        sets: dict[str, dict[str, tuple[Expr | int, ...]]] = {"N": {"": (0, 1), "*": (1,), "+": (1,), **begun},
                                                              "Z": {"": (-oo,), "+": (1,), ">=0": (0,), ">0": (1,), ">=1": (1,)}}  # fmt: skip
        begins = sets[said["set"] or "N"]
        return hi is S.Infinity and lo in begins.get(below, ())
    points = said.get("points") or said.get("list")
    if not points or not hi.is_Integer or not lo.is_Integer:
        return False
    return [p.strip().lstrip("+") for p in points.split(",")] == [str(k) for k in range(int(lo), int(hi) + 1)]
