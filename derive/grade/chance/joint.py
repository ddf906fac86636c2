r"""Chances and conditional laws of several variables, some with few values or whole ones: P(V = 1), p(h = 1 | v), P(A = B), as sums of p(v, h)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from derive.grade.truth import Truth
from derive.grade.writing.asides import clauses
from derive.grade.writing.heads import in_latex
from derive.grade.writing.segments import bracket_end
from derive.grade.writing.supported import bounds
from derive.language.totals import Atoms, Counting, Lebesgue, Measure

HEAD = re.compile(
    r"(?:(?:(?<![A-Za-z\\])|(?<=_[a-z]))(?P<letter>[pPf])|\\Pr(?![A-Za-z])|\\(?:mathbb|mathrm|operatorname|text)\s*\{?\s*(?:Pr|P|Prob)\s*\}?)\s*"
    r"(?:\\left|\\[bB]igg?l?)?(?P<opens>[(\[])"
)
BAR = re.compile(r"\\mid(?![A-Za-z])|\\vert(?![A-Za-z])|(?<!\\)\|")
EQUAL = re.compile(r"\s*=\s*")
APART = re.compile(r"\s*\\neq?(?![A-Za-z])\s*")
VALUE = re.compile(r"[-+]?\s*(?:\d+|[a-z](?![A-Za-z])|\\[a-z]+)")
INDEXED = re.compile(r"\s*_\s*(?P<index>\d)$")
UP_TO = re.compile(r"(?:\s|\\[,;: ])*\\propto(?![A-Za-z])")
CHANCE_UP_TO = re.compile(
    r"(?:\\[,;:! ]|\\q?quad(?![A-Za-z])|\s)*(?P<head>(?P<letter>[pP]|\\Pr)\s*\((?P<name>[A-Za-z](?:_\w)?)\s*=[^()=|]*?"
    r"(?:\\mid(?![A-Za-z])|\|)(?P<given>[^()|]*)\))"
    r"\s*\\propto(?![A-Za-z])(?P<value>[^=]+)"
)
ENDED = re.compile(r"^(?:\\[,;:! ]|\s)+|(?:\\[,;:! ]|[.\s])+$")
BETWEEN_NAMES = re.compile(r"(?P<one>(?<![A-Za-z\\])[a-z]|\\[a-z]+)\s*=\s*(?P<two>[a-z]|\\[a-z]+)(?![A-Za-z])")


@dataclass
class Event:
    """What an event says: the value of each variable that it names, and pairs of variables that differ."""

    values: dict[str, str] = field(default_factory=dict)
    apart: list[tuple[str, str]] = field(default_factory=list)
    free: set[str] = field(default_factory=set)  # variables that stand by themselves, as x in p(x)
    told: bool = False  # something is said of a value


def with_joint(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""The lines with such chances as sums of p(v, h) over the variables of which nothing is said.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(w*v*h)", over={"v": "{0, 1}", "h": "{0, 1}"}, given=["w real"]))
    >>> with_joint((r"P(V=1)", r"p(h=1\mid v)"), truth)
    ('\\left(\\sum_{h\\in\\{0,1\\}} p(1,h)\\right)', '\\frac{p(v,1)}{\\left(\\sum_{h\\in\\{0,1\\}} p(v,h)\\right)}')
    >>> mixed = truth_of(problem("t**x*(1 - t)**(1 - x)", over={"t": "(0, 1)", "x": "{0, 1}"}))
    >>> with_joint((r"P(x=1)", r"P(x=1\mid t)", r"p(t=1)"), mixed)
    ('\\left(\\int_{0}^{1} p(t,1)\\,dt\\right)', '\\frac{p(t,1)}{\\left(\\sum_{x\\in\\{0,1\\}} p(t,x)\\right)}', 'p(t=1)')
    """
    ranges, named = ranges_of(truth), set(truth.named)
    if not ranges or "P" in named:
        return lines
    others = own_names_of(lines)
    if "p" not in named:
        return tuple(rewritten(line, ranges, "f" not in named, others) for line in lines)
    if "f" in named or any(re.search(r"(?<![A-Za-z\\])f\s*(?:'|\()", line) for line in lines):
        return lines
    return tuple(beside_p(line, ranges, others) for line in lines)


def own_names_of(lines: tuple[str, ...]) -> frozenset[str]:
    r"""Capitals that lines sum over or say to be something else: the N of \sum_{N=0}^2 is no n, nor that of N = m + n.

    >>> sorted(own_names_of((r"\sum_{N=0}^2 e^{-N}", "M = m + n", "P(K=1)")))
    ['M', 'N']
    """
    bound = (m[1] for line in lines for m in re.finditer(r"\\(?:sum|prod)\s*(?:\\limits\s*)?_\s*\{?\s*([A-Y])(?![A-Za-z])", line))
    said = (m[1] for line in lines for m in re.finditer(r"(?:^|[,;$}]|\\q?quad|\\[,;: ]|\s)\s*([A-Y])\s*:?=(?=[^=,;]*[-+])", line))
    return frozenset((*bound, *said))


def with_chances_beside_p(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    """The lines with P for the p of chances, where the problem has several variables and a parameter p."""
    ranges = ranges_of(truth)
    if not ranges or "p" not in truth.named or "P" in truth.named:
        return lines
    speaks = any(re.search(rf"(?<![A-Za-z\\])p\s*\([^()]*(?:{BAR.pattern})", line) for line in lines)
    return tuple(chances_of_p(line, ranges, speaks) for line in lines)


def chances_of_p(line: str, ranges: dict[str, str], speaks: bool) -> str:
    r"""p(y = 1), p(y | x) and p(x, y) with P, as no number p is multiplied by these; p(x) too, where some line speaks of p(y | x).

    >>> chances_of_p(r"p(x=1\mid y)=p(1-a)", {"x": "", "y": ""}, True), chances_of_p("p(x)+p(xy)+p(x,y)", {"x": "", "y": ""}, True)
    ('P(x=1\\mid y)=p(1-a)', 'P(x)+p(xy)+P(x,y)')
    """
    for match in reversed(list(re.finditer(r"(?<![A-Za-z\\])p\s*(?:\\left|\\[bB]igg?l?)?\(", line))):
        end = bracket_end(line, match.end(), "(")
        inside = line[match.end() : end[0]].removesuffix(r"\right").strip() if end is not None else ""
        names = [name.strip() for name in inside.split(",")]
        listed = all(name in ranges for name in names) and (len(names) > 1 or speaks)
        if listed or re.search(rf"=|{BAR.pattern}", inside) and not re.search(r"[-+*/^(]", inside):
            line = f"{line[: match.start()]}P{line[match.start() + 1 :]}"
    return line


def beside_p(line: str, ranges: dict[str, str], others: frozenset[str] = frozenset()) -> str:
    r"""One line about a problem with a parameter p: the chances that P or Pr writes, with f for the density.

    >>> beside_p("P(x=1)=p(1-a)", {"x": "_{x}", "y": "_{y}"})
    '\\left(\\sum_{y}f(1,y)\\right)=p(1-a)'
    """
    kept = re.sub(r"(?<![A-Za-z\\])p(?=\s*(?:\\left|\\[bB]igg?l?)?\s*[(\[])", "p{}", line)  # p times a bracket
    return re.sub(r"(?<![A-Za-z\\])p(?=\()", "f", rewritten(kept, ranges, False, others)).replace("p{}", "p")


def ranges_of(truth: Truth) -> dict[str, str]:
    """The range of each of several variables behind its sign in LaTeX; empty where none is summed, or one moves the range of another."""
    own = truth.problem.variables
    symbols = {v.symbol for v in own}
    plain = any(isinstance(v.measure, (Atoms, Counting)) for v in own) and not any(v.measure.free_symbols & symbols for v in own)
    found = {in_latex(v): bounds(in_latex(v), v.measure) or between(v.measure) for v in own} if plain and len(own) > 1 else {}
    return found if all(found.values()) else {}


def between(measure: Measure) -> str:
    """The ends of an integral in LaTeX, for numbers, ∞ and single letters."""
    ends = [str(e).replace("oo", r"\infty") for e in measure.args] if isinstance(measure, Lebesgue) else []
    return rf"_{{{ends[0]}}}^{{{ends[1]}}} " if ends and all(re.fullmatch(r"-?(?:\\infty|\d+|[A-Za-z])", e) for e in ends) else ""


def with_members(line: str, names: list[str]) -> str:
    r"""A line with v_1, v_2 for a v behind the bar of a chance, which is no variable itself.

    >>> with_members(r"p(h=1\\mid v)=\\sigma(v)", ["v_{1}", "v_{2}", "h"])
    'p(h=1\\\\mid v_{1},v_{2})=\\\\sigma(v)'
    """
    for base in dict.fromkeys(re.sub(r"_\{?\w+\}?$", "", name) for name in names):
        members = [name for name in names if re.fullmatch(rf"{re.escape(base)}_\{{?\w+\}}?", name)]
        if len(members) > 1 and base not in names:
            own = re.escape(base)
            vector = re.compile(rf"^\s*(?:\\(?:mathbf|boldsymbol|bm|vec)\s*(?:\{{\s*{own}\s*\}}|{own})|{own})(?=\s*(?:\\right)?[)\]])")
            listed = " " + ",".join(members).replace("\\", r"\\")
            line = "".join(bar + (vector.sub(listed, rest) if bar else rest) for bar, rest in after_bars(line))
    return line


def after_bars(line: str) -> Iterator[tuple[str, str]]:
    """A line cut behind each bar of a chance: the bar, or nothing at the beginning, and what follows up to the next one."""
    start, bar = 0, ""
    for match in BAR.finditer(line):
        yield bar, line[start : match.start()]
        start, bar = match.end(), match[0]
    yield bar, line[start:]


def is_integrated(name: str, ranges: dict[str, str]) -> bool:
    """Whether the range of a variable is that of an integral, which does not name it."""
    return not ranges[name].startswith(f"_{{{name}")


def as_odds(line: str) -> str:
    r"""p(z = 1 | x) ∝ a, p(z = 0 | x) ∝ b with the same factor, as equations for the quotients.

    >>> as_odds(r"p(z=1\mid x)\propto a,\quad p(z=0\mid x)\propto b")
    '\\frac{p(z=1\\mid x)}{p(z=0\\mid x)}=\\frac{a}{b}'
    """
    found = [CHANCE_UP_TO.fullmatch(clause) for clause in clauses(line)] if r"\propto" in line else []
    if len(found) < 2 or len({(m["letter"], m["given"].strip(), m["name"]) if m else m for m in found}) != 1:
        return line
    told = [(m["head"], ENDED.sub("", m["value"])) for m in found if m]
    return ",\\quad ".join(rf"\frac{{{a}}}{{{b}}}=\frac{{{x}}}{{{y}}}" for (a, x), (b, y) in pairwise(told))


def rewritten(line: str, ranges: dict[str, str], letters: bool, others: frozenset[str] = frozenset()) -> str:
    """One line; p(x) by itself, whose meaning is known, only behind a sign of sum; and p(z = 1 | x) ∝ … not, whose factor is that of all z."""
    line = as_odds(with_members(line, list(ranges)))
    for match in reversed(list(HEAD.finditer(line))):
        end = bracket_end(line, match.end(), match["opens"])
        if end is None or (match["letter"] == "f" and not letters) or UP_TO.match(line, end[1]):
            continue
        if any(re.search(rf"(?<![A-Za-z\\]){name}(?![A-Za-z])", line[match.end() : end[0]]) for name in others):
            continue
        said, *given = BAR.split(line[match.end() : end[0]])
        if match["letter"] in ("p", "f") and at_another(line[match.end() : end[0]], ranges):  # p(x = y) may be the density of x at y
            continue
        read = [event(part, ranges) for part in (said, *given)]
        if len(read) > 2 or any(e is None or at_a_point(e, ranges) for e in read):
            continue
        first, second = read[0], read[1] if len(read) == 2 else None
        assert first is not None
        told = first.told or second is not None and second.told
        if not told and not ("\\sum" in line[: match.start()] and (second is not None or len(first.free) < len(ranges))):
            continue
        value = joint(first, second, ranges)
        line = line if value is None else line[: match.start()] + value + line[end[1] :]
    return line


def at_another(text: str, ranges: dict[str, str]) -> bool:
    """Whether a variable is said to be at a place by another name, which is none of the variables that are summed."""
    names = [match["one"] if match["two"] in ranges else match["two"] for match in BETWEEN_NAMES.finditer(text)]
    return any(name not in ranges or is_integrated(name, ranges) for name in names)


def event(text: str, ranges: dict[str, str]) -> Event | None:
    """What stands between the brackets, if it speaks of the variables alone."""
    found = Event()
    text = re.sub(r"\\[,;:! ]|\\text\s*\{\s*(?:,|and)?\s*\}", " ", text).strip().removesuffix("\\right")
    for item in re.split(r",|\\cap(?![A-Za-z])|\\wedge(?![A-Za-z])|\\land(?![A-Za-z])", text):
        if not said_of(item.strip(), found, ranges):
            return None
    return found


def at_a_point(e: Event, ranges: dict[str, str]) -> bool:
    """Whether an event says something of a variable with a density, whose chance at a point is 0 and whose density is not."""
    told = {name for name, value in e.values.items() if value != name} | {name for pair in e.apart for name in pair}
    return any(is_integrated(name, ranges) for name in told | ({*e.values.values()} & set(ranges)) - e.free)


def said_of(item: str, found: Event, ranges: dict[str, str]) -> bool:
    """One of several things that are said, as v, V = 1, A = B, A ≠ B, S = T = 1; False where it is something else."""

    def own(name: str) -> str:
        name = INDEXED.sub(r"_{\g<index>}", name)
        lower = name.lower() if not name.startswith("\\") else name
        return name if name in ranges else lower if lower in ranges and name.isupper() else ""

    sides = [s.strip() for s in APART.split(item)]
    if len(sides) == 2 and all(map(own, sides)):
        found.apart.append((own(sides[0]), own(sides[1])))
        found.told = True
        return True
    sides = [s.strip() for s in EQUAL.split(item)]
    names, last = [own(s) for s in sides[:-1]], own(sides[-1])
    if not all(names) or set(names) & set(found.values):
        return False
    if not names:
        if not last or last in found.values:
            return False
        found.values[last] = last
        found.free.add(last)
        return True
    found.told = True
    capital = sides[-1] not in ranges and bool(last)  # V = H is an event, H = h names the value
    if last and (capital or len(sides) > 2 or sides[-1] != names[0]) and not (sides[0].isupper() and sides[-1] == names[0]):
        found.values |= dict.fromkeys([*names, last], last)
        return capital or sides[0] in ranges
    if not last and not VALUE.fullmatch(sides[-1]):
        return False
    found.values |= dict.fromkeys(names, last or re.sub(r"\s|^\+", "", sides[-1]))
    found.free |= set(names) if last else set()
    return True


def joint(first: Event, second: Event | None, ranges: dict[str, str]) -> str | None:
    """P(A ∩ B)/P(B), or P(A)."""
    if second is None:
        return total(first, ranges)
    if set(first.values) & set(second.values):
        return None
    both = Event({**second.values, **first.values}, [*first.apart, *second.apart], first.free | second.free)
    above, below = total(both, ranges), total(second, ranges)
    return None if above is None or below is None else rf"\frac{{{above}}}{{{below}}}"


def total(e: Event, ranges: dict[str, str]) -> str | None:
    """The sum of p over the variables of which an event says nothing, and over one that is only said to equal another."""
    bound = [name for name in ranges if e.values.get(name, name) == name and name not in e.free]
    if any(value in bound and value not in ranges for value in e.values.values()):
        return None
    indicator = "".join(rf"\mathbf{{1}}\{{{a}\ne {b}\}}" for a, b in e.apart)
    inside = f"{indicator}p({','.join(e.values.get(name, name) for name in ranges)})"
    signs = "".join(rf"\{'int' if is_integrated(name, ranges) else 'sum'}{ranges[name]}" for name in bound)
    behind = "".join(rf"\,d{name}" for name in reversed(bound) if is_integrated(name, ranges))
    return rf"\left({signs}{inside}{behind}\right)" if signs or indicator else inside
