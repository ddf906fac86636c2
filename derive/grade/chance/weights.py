r"""Boltzmann weights by configuration: (s,t) = (+,+): e^{K}; (+,-), (-,+): e^{-K} as what Z p is there."""

from __future__ import annotations

import re
from itertools import product

from sympy import Basic

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.language.totals import Atoms

VALUE = r"(?:[+-]?\s*\d|[+-]|\\uparrow|\\downarrow)"
PLACE = rf"\(\s*{VALUE}(?:\s*,\s*{VALUE})*\s*\)"
ARROWS = r"(?:\\uparrow|\\downarrow)(?:\s*(?:\\uparrow|\\downarrow))*|(?<![\w^{}+-])[+-]{2,4}"
TUPLE = r"\(\s*[a-zA-Z](?:_\{?\d\}?)?(?:\s*,\s*[a-zA-Z](?:_\{?\d\}?)?)*\s*\)"
ENTRY = re.compile(
    rf"(?:{TUPLE}\s*(?:=|\\in(?![A-Za-z]))\s*)?(?P<places>(?:{PLACE}|{ARROWS})(?:\s*(?:,|\\text\{{\s*(?:and|,|or)\s*\}})"
    rf"(?:\\[,;: ]|\s)*(?:{PLACE}|{ARROWS}))*)\s*(?::|\\to(?![A-Za-z])|\\mapsto)(?:\\[,;: ]|\\q?quad(?![A-Za-z])|\s)*(?P<weight>[^;:,=]*?)"
    r"(?=\s*(?:;|,(?:\\[,;: ]|\s|\\q?quad)*(?:\(|\\uparrow|\\downarrow|[+-]{2}|$)|\\q?quad|\\text|\\\\|\\[;: ]|\.?\s*$))"
)
ALLOWED = re.compile(rf"(?P<names>{TUPLE})\s*\\in(?![A-Za-z])\s*(?:\\left)?\\\{{(?P<places>(?:\s|\\[,;: ]|,|{PLACE})*)(?:\\right)?\\\}}")
SPACED = re.compile(r"(?<![,;:\s])(?:\\[,;: ]|\s)*\\q?quad(?![A-Za-z])(?:\\[,;: ]|\\q?quad(?![A-Za-z])|\s)*$")
SIGNS = {"+": "1", "-": "-1", r"\uparrow": "1", r"\downarrow": "-1"}
FACTOR = re.compile(r"e\s*\^|\\exp(?![A-Za-z])")


def with_weights(line: str, truth: Truth) -> str:
    r"""A line with such a list as equations, where an exponential shows that weights are listed and no energies.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(K*s*t)", over={"s": "{-1, 1}", "t": "{-1, 1}"}, given=["K real"]))
    >>> with_weights(r"(s,t)=(+,+): e^K;\ (+,-): e^{-K}", truth), with_weights(r"\uparrow\downarrow: -K", truth)
    (' Z\\cdot p(1,1)=e^K;\\  Z\\cdot p(1,-1)=e^{-K}', '\\uparrow\\downarrow\\mapsto -K')
    """
    own = truth.problem.variables
    if len(own) < 2 or not all(isinstance(v.measure, Atoms) for v in own) or {"p", "Z"} & set(truth.named):
        return line
    line = ALLOWED.sub(lambda m: excluded(m, [in_latex(v) for v in own], [v.measure.points for v in own]), line)
    found = list(ENTRY.finditer(line))
    if not any(FACTOR.search(m["weight"]) for m in found):  # energies, of which it is not known in which units
        return ENTRY.sub(lambda m: rf"{m['places']}\mapsto {m['weight']}" if m["weight"].strip() else m[0], line)
    names = [in_latex(v) for v in own]
    for match in reversed(found):
        places = [values for text in re.findall(rf"{PLACE}|{ARROWS}", match["places"]) if (values := values_of(text))]
        if not match["weight"].strip() or any(len(values) != len(names) for values in places):
            continue
        said = ",\\quad ".join(rf" Z\cdot p({','.join(values)})={match['weight'].strip()}" for values in places)
        before = SPACED.sub("", line[: match.start()])  # a wide space parts two entries as a comma does
        line = (f"{before},\\quad " if before != line[: match.start()] and before.strip() else line[: match.start()]) + said + line[match.end() :]
    return line


def excluded(match: re.Match[str], names: list[str], points: list[tuple[Basic, ...]]) -> str:
    """(a, b) ∈ {…}, which says that p is 0 at all other places, as equations."""
    told = [n.strip() for n in match["names"].strip("() ").split(",")]
    listed = {tuple(values_of(text)) for text in re.findall(PLACE, match["places"])}
    if told != names or not listed or any(len(place) != len(names) for place in listed):
        return match[0]
    others = [place for place in product(*([str(p) for p in each] for each in points)) if place not in listed]
    return ",\\quad ".join(f"p({','.join(place)})=0" for place in others) if others else r"\text{ }"


def values_of(text: str) -> list[str]:
    """The values that a place names: +, ↑ and +1 are 1."""
    return [SIGNS.get(one, one.lstrip("+").replace(" ", "")) for one in re.findall(r"[+-]?\s*\d|[+-]|\\uparrow|\\downarrow", text)]
