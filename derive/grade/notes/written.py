r"""Densities that a document writes down: N(x; μ, σ²) by a law's name, and p(x) = …, P(X = k) = …, under which it then takes means.

A mean ⟨x²⟩ or E[X²] is one under p(x) only on a support on which the mass of p is proved to be 1; which support that is, is tried.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from derive.grade.chance.chances import CLOSE, OPEN, PROBABILITY
from derive.grade.chance.laws import GAP, NAME, role_of
from derive.grade.chance.moments import EXPECTED, speaks_of
from derive.grade.chance.under import MEAN, POINT
from derive.grade.writing.segments import bracket_end

CALLED = re.compile(rf"(?<![A-Za-z\\]){NAME}{GAP}(?:\\left|\\[bB]igg?l?)?{GAP}(?P<open>\()", re.IGNORECASE)
SEPARATOR = re.compile(r";|\\mid(?![A-Za-z])|\|")
HERE = r"\square"  # the name of the variable of N(x; μ, σ²), which is whatever stands before the semicolon
WRITTEN = "written"  # a law that the document writes down as a density
SET, COUNTS = "set", r"\ "  # a support of listed points; one of whole numbers, for a density of which nothing else says so
LETTERS = ("f", "g", "h", "p", "q", "w", "P", r"\rho", r"\varrho", r"\pi", r"\varphi", r"\phi")  # where several have one argument, none is taken
HEAD = re.compile(
    r"\s*(?P<letter>\\?[A-Za-z]+)\s*(?:_\s*\{?\s*(?P<of>[A-Z])\s*\}?)?\s*(?:\\left)?\(\s*(?P<at>\\?[A-Za-z]+)\s*(?:\\right)?\)\s*"
)
MASS = re.compile(rf"\s*{PROBABILITY}{OPEN}(?P<of>[A-Z])\s*=\s*(?P<at>[a-z]){CLOSE}\s*")
EVENTS = re.compile(rf"{PROBABILITY}{OPEN}|\\langle|{EXPECTED.pattern}")
LEAST = r"(?:<|\\lt(?![A-Za-z])|\\leq?(?:slant)?(?![A-Za-z]))"
MOST = r"(?:>|\\gt(?![A-Za-z])|\\geq?(?:slant)?(?![A-Za-z]))"
ANGLES = re.compile(
    r"(?:\\left\s*|\\[bB]igg?l?\s*)?\\langle(?![A-Za-z])(?P<inside>(?:(?!\\langle|\\rangle).)*?)(?:\\right\s*|\\[bB]igg?r?\s*)?\\rangle(?![A-Za-z])"
)
UNDER = re.compile(
    r"(?:\\(?:mathbb|mathrm|operatorname|mathsf)\s*\{?\s*E\s*\}?|(?<![A-Za-z\\])E)\s*_\s*(?:\{\s*(?:\\?[A-Za-z]+\s*\\sim\s*)?(?P<long>[pqfg])\s*"
    r"(?:\((?P<at>[^()|]{0,12})\))?\s*\}|(?P<short>[pqfg]))\s*(?P<open>(?:\\left|\\[bB]igg?l?)?\s*[(\[])"
)
LETTER = re.compile(r"\\[A-Za-z]+|(?<![A-Za-z])[A-Z](?![A-Za-z_'(])")


@dataclass(frozen=True)
class Density:
    """A density or mass function of the document: its letter, the variable that it is one of, its argument, its value, whether it counts."""

    letter: str
    of: str
    at: str
    value: str
    whole: bool


def density_of(head: str, value: str) -> Density | None:
    r"""The density that an equation may define; whether its mass is 1 is another matter.

    >>> density_of("f_M(x)", "2x"), density_of("U(x)", "x^2")
    (Density(letter='f', of='M', at='x', value='2x', whole=False), None)
    """
    if EVENTS.search(value):
        return None
    if mass := MASS.fullmatch(head):
        return Density("", mass["of"], mass["at"], value, True)
    found = HEAD.fullmatch(head)
    return Density(found["letter"], found["of"] or "", found["at"], value, False) if found and found["letter"] in LETTERS else None


def supports(one: Density, conditions: Sequence[str]) -> tuple[tuple[str, str], ...]:
    r"""The supports that may be meant: those that conditions give its argument, and the usual ones.

    >>> supports(density_of("P(X = k)", "2^{-k}"), [r"k = 1, 2, \dots"])
    (('1', '\\infty'), ('0', '\\infty'))
    """
    points = [(SET, text) for text in listed_points(one.at, conditions)]
    counted = [(lo, f"{hi}{COUNTS}") for lo, hi in whole_ranges(one.at, [c for c in conditions if "dots" in c])] if not one.whole else []
    if points or counted:
        found = [*points, *counted]
    elif one.whole:
        found = [*whole_ranges(one.at, conditions), ("0", r"\infty"), ("1", r"\infty")]
    else:
        found = [*ranges(one.at, conditions), (r"-\infty", r"\infty"), ("0", r"\infty")]
    return tuple(dict.fromkeys(found))


def listed_points(name: str, conditions: Sequence[str]) -> Iterator[str]:
    r"""The numbers that conditions give a name as its values.

    >>> list(listed_points("s", [r"s \in \{-1, 1\}", r"s = \pm 1"]))
    ['-1, 1', '-1, 1']
    """
    x = re.escape(name)
    for text in (re.sub(r"\\[,;:! ]", " ", c).strip(" .,;\n") for c in reversed(conditions)):
        if listed := re.fullmatch(rf"{x}\s*\\in\s*(?:\\left)?\\\{{(?P<points>[-+\d\s,/]+)(?:\\right)?\\\}}", text):
            yield listed["points"].replace("+", "").strip()
        elif both := re.fullmatch(rf"{x}\s*=\s*\\pm\s*(?P<one>\d+)", text):
            yield f"-{both['one']}, {both['one']}"


def ranges(name: str, conditions: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The intervals that conditions give a name, the newest first."""
    x = re.escape(name)
    for text in (c.strip(" .,;\n") for c in reversed(conditions)):
        if both := re.fullmatch(rf"(?P<lo>[^<>=]+?)\s*{LEAST}\s*{x}\s*{LEAST}\s*(?P<hi>[^<>=]+)", text):
            yield both["lo"].strip(), both["hi"].strip()
        elif inside := re.fullmatch(rf"{x}\s*\\in\s*(?:\\left)?[(\[](?P<lo>[^,]+),(?P<hi>[^,]+?)(?:\\right)?[)\]]", text):
            yield inside["lo"].strip(), inside["hi"].strip()
        elif bars := re.fullmatch(rf"\|\s*{x}\s*\|\s*{LEAST}\s*(?P<hi>[^<>=]+)", text):
            yield f"-({bars['hi'].strip()})", bars["hi"].strip()
        elif above := re.fullmatch(rf"{x}\s*{MOST}\s*(?P<lo>[^<>=]+)", text) or re.fullmatch(rf"(?P<lo>[^<>=]+?)\s*{LEAST}\s*{x}", text):
            yield above["lo"].strip(), r"\infty"


def whole_ranges(name: str, conditions: Sequence[str]) -> Iterator[tuple[str, str]]:
    r"""The whole numbers that conditions give a name: k = 1, 2, …, k ≥ 1, k = 0, …, n."""
    x = re.escape(name)
    for text in (re.sub(r"\\[,;:! ]", " ", c).strip() for c in reversed(conditions)):
        if listed := re.fullmatch(rf"{x}\s*=\s*(?P<lo>\d+)\s*,.*?(?:\\[lc]?dots)\s*(?:,\s*(?P<hi>[^,]+))?", text):
            yield listed["lo"], (listed["hi"] or r"\infty").strip()
        elif set_ := re.fullmatch(rf"{x}\s*\\in\s*\\\{{\s*(?P<lo>\d+)\s*,.*?(?:\\[lc]?dots)\s*(?:,\s*(?P<hi>[^,]+?))?\s*\\\}}", text):
            yield set_["lo"], (set_["hi"] or r"\infty").strip()
        elif above := re.fullmatch(rf"{x}\s*(?:\\geq?(?:slant)?(?![A-Za-z]))\s*(?P<lo>\d+)", text):
            yield above["lo"], r"\infty"


def calls(text: str) -> Iterator[tuple[int, int, str, str, tuple[str, ...], tuple[str, ...]]]:
    r"""Where a text applies a law by its name, N(x; μ, σ²): from, to, the law, the value, the parameters and what each is said to be.

    >>> [one[2:] for one in calls(r"w\,\mathcal{N}(x; m, s^2)")]
    [('n', 'x', ('m', 's^2'), ())]
    """
    for match in CALLED.finditer(text):
        bare = match["bare"] or ""
        end = bracket_end(text, match.end(), "(")
        inside = text[match.end() : end[0]] if end else ""
        at, *rest = SEPARATOR.split(inside, maxsplit=1)
        if end is None or not rest or (0 < len(bare) < 3 and bare != "N") or not at.strip():
            continue
        parts = [role_of(re.sub(r"\\[,;:! ]", " ", part).strip()) for part in re.split(r"[,;]", rest[0])]
        law = (match["set"] or match["cal"] or bare).lower()
        roles = tuple(role for role, _ in parts if role)
        yield match.start(), end[1], law, at.strip(), tuple(part for _, part in parts), roles


def with_calls(text: str, places: dict[tuple[str, tuple[str, ...]], int]) -> str:
    """The text with N(x; μ, σ²) as the value at x of the law at its place."""
    for start, end, law, at, arguments, _ in reversed(list(calls(text))):
        if (k := places.get((law, arguments))) is not None:
            text = rf"{text[:start]}\operatorname{{{POINT}}}({k},{at}){text[end:]}"
    return text


def averages(text: str) -> bool:
    """Whether a text takes an average in angles, or under a density that it names."""
    return r"\langle" in text or UNDER.search(text) is not None


def with_averages(text: str, places: dict[tuple[str, str], int], functions: Collection[tuple[str, ...]]) -> str:
    r"""The text with ⟨g(x)⟩ and E_q[g(x)] as means; `places` are those of the densities by letter ("" for the only one) and argument.

    >>> with_averages(r"\langle x^2 \rangle - \langle U \rangle", {("p", "x"): 0, ("", "x"): 0}, {("U", "x")})
    '\\left(\\operatorname{MeanUnder}(0, x^2 )\\right) - \\left(\\operatorname{MeanUnder}(0, U(x) )\\right)'
    """
    while match := ANGLES.search(text):
        if match["inside"].count("|") % 2:
            return text
        inner = averaged(match["inside"], [at for letter, at in places if letter == ""], functions)
        if inner is None:
            return text
        text = text[: match.start()] + mean(places["", inner[0]], inner[1]) + text[match.end() :]
    for match in reversed(list(UNDER.finditer(text))):
        end = bracket_end(text, match.end(), match["open"][-1])
        own = [at for letter, at in places if letter == (match["long"] or match["short"]) and at == (match["at"] or at).strip()]
        inside = text[match.end() : end[0]] if end else ""
        if end and len(own) == 1 and speaks_of(own[0], inside):
            text = text[: match.start()] + mean(places[match["long"] or match["short"], own[0]], inside) + text[end[1] :]
    return text


def mean(k: int, inside: str) -> str:
    return rf"\left(\operatorname{{{MEAN}}}({k},{inside})\right)"


def averaged(inside: str, own: Sequence[str], functions: Collection[tuple[str, ...]]) -> tuple[str, str] | None:
    """The one variable with a density of which an average speaks, and what is averaged, with U(x) for U; None where it is another's."""
    for at in own:
        text = LETTER.sub(lambda m, at=at: f"{m[0]}({at})" if (m[0].lstrip("\\"), at.lstrip("\\")) in functions else m[0], inside)  # type: ignore[misc]
        others = [name for name in own if name != at and speaks_of(name, text)]
        if speaks_of(at, text) and not others:
            return at, text
    return None
