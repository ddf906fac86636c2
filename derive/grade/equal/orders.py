r"""f = O(g) and f ∼ g as x → a, as limits of f/g."""

from __future__ import annotations

import re
from itertools import accumulate

AS = r"(?:\\text\s*\{\s*,?\s*(?:as|for|when)\s*\}|\\q?quad(?![A-Za-z])|\\[,;: ]|[\s(])*"
POINT = r"(?P<x>[A-Za-z]|\\[A-Za-z]+)\s*\\(?:to|rightarrow)(?![A-Za-z])\s*(?P<at>[-+]?\s*(?:\\infty|\d+|[A-Za-z])(?:\s*\^\s*\{?[+-]\}?)?)\)?"
INSIDE = r"(?:[^()]|\((?:[^()]|\([^()]*\))*\))*"
WORDS = re.compile(r"(\\(?:text|textrm|mbox)\s*\{(?!\s*,?\s*(?:as|for|when)\s*\})[^{}]*\})")
SIDE = r"(?P<f>[^=,;$&\s][^=,;$&]*?)"
ORDER = re.compile(rf"{SIDE}\s*=\s*(?:\\mathcal\s*\{{?O\}}?|O)\s*(?:\\left)?\((?P<g>{INSIDE}?)(?:\\right)?\)\s*{AS}{POINT}")
POWER = r"(?:\^\s*(?:\{\s*-?\d\s*\}|\d))?"
REST = re.compile(  # … = f = g + O(x³)
    rf"(?P<before>(?:[^,;$&]*=\s*)?)(?P<f>[^=,;$&]*?)\s*=(?P<g>[^=,;$&]*?)\+\s*(?:\\mathcal\s*(?:\{{\s*O\s*\}}|O)|O)\s*(?:\\left)?\(\s*"
    rf"(?P<order>(?:1\s*/\s*|\\[dt]?frac\s*\{{?1\}}?\s*\{{)?(?P<x>[A-Za-z]|\\[A-Za-z]+){POWER}\}}?)\s*(?:\\right)?\)"
    rf"(?:{AS}(?P=x)\s*\\(?:to|rightarrow)(?![A-Za-z])\s*(?:0|\\infty)\)?)?"
)
PRODUCT = r"(?:[A-Za-z]|\\(?!ll|gg|text|q?quad)[A-Za-z]+(?![A-Za-z])|\s)+"  # \to is no \t and o: there is one way to read it
SMALL = rf"(?P<y>{PRODUCT}?)\s*\\(?P<size>ll|gg)(?![A-Za-z])\s*1(?![\d./])\s*\)?"
FAR = rf"(?:{POINT}|{SMALL})"
LABEL = re.compile(
    rf"^\s*(?:\\text\s*\{{\s*(?:for|if|when|as)?\s*\}}\s*)?{SMALL}\s*[:,]{AS}(?P<f>[^=,;$&]*?)\s*"
    r"\\(?P<how>to|rightarrow|approx|simeq|sim)(?![A-Za-z])\s*(?P<g>[^=,;$&]+?)[\s.]*$",
    re.IGNORECASE,
)
SIGN = r"\\(?:sim|simeq|approx)(?![A-Za-z])"
ONE = rf"(?:(?!{SIGN})[^=,;$&])"  # no side holds a sign of its own: a long chain of them would be looked through from each
ALIKE = re.compile(rf"(?P<f>(?!\s){ONE}+?)\s*{SIGN}\s*(?P<g>{ONE}+?)\s*{AS}{FAR}")
GOING = re.compile(r"\\(?:to|rightarrow|ll|gg)(?![A-Za-z])")


TENDS = re.compile(
    rf"\\text\s*\{{(?P<said>[^{{}}]*)\b[Aa]s\s*\}}\s*{POINT}(?:\\text\s*\{{[^{{}}]*\}}|\\[,;: ]|\\q?quad(?![A-Za-z])|[\s,])*"
    r"(?P<f>[A-Za-z][^=,;$&]*?)\s*\\(?:to|rightarrow|longrightarrow)(?![A-Za-z])\s*(?P<value>[^=,;$&]+?)(?=\s*(?:[,;$]|\.\s*$|\\text|$))"
)
REVERSED = re.compile(
    rf"(?P<f>[A-Za-z][^=,;$&]*?)\s*\\(?:to|rightarrow|longrightarrow)(?![A-Za-z])\s*(?P<value>[^=,;$&]+?)\s*\\text\s*\{{\s*,?\s*as\s*\}}\s*{POINT}"
)


GAP = r"(?:\\[,;: ]|\s)*"
GOES = rf"{GAP}:{GAP}(?P<f>\\?[A-Za-z]+)\s*\\(?:to|rightarrow)(?![A-Za-z])\s*(?P<value>[-+]?\s*(?:\\infty|\d+))(?![\w^])"
AT_ONE_END = re.compile(rf"{POINT}{GOES}")
AT_BOTH_ENDS = re.compile(  # x → 0⁺: z → −∞, x → 1⁻: z → ∞
    rf"{POINT}{GOES}{GAP}[,;]?(?:\\q?quad(?![A-Za-z])|\\[,;: ]|\s)*"
    rf"(?P=x)\s*\\(?:to|rightarrow)(?![A-Za-z])\s*(?P<to>[-+]?\s*(?:\\infty|\d+|[A-Za-z]))(?:\s*\^\s*\{{?[+-]\}}?)?"
    rf"{GAP}:{GAP}(?P=f)\s*\\(?:to|rightarrow)(?![A-Za-z])\s*(?P<last>[-+]?\s*(?:\\infty|\d+))(?![\w^])"
)


def at_the_ends(line: str) -> tuple[str, tuple[str, ...]]:
    r"""x → a: z → b, x → c: z → d as x: a → c, z: b → d; the limits that are said of one end alone stand apart.

    >>> at_the_ends(r"x\to0^+:\ z\to-\infty,\qquad x\to1^-:\ z\to\infty")
    ('x: 0\\to 1,\\quad z: -\\infty\\to \\infty', ())
    >>> at_the_ends(r"x\to 0: z\to 1")
    ('', ('\\lim_{x\\to 0}\\left(z\\right)=1',))
    """
    line = AT_BOTH_ENDS.sub(lambda m: rf"{m['x']}: {m['at'].split('^')[0].strip()}\to {m['to']},\quad {m['f']}: {m['value']}\to {m['last']}", line)
    return AT_ONE_END.sub("", line), tuple(map(tending, AT_ONE_END.finditer(line)))


TO = r"\\(?:to|rightarrow|longrightarrow)(?![A-Za-z])"
IN_DOLLARS = re.compile(  # $x\ln x\to0$ as $x\to0$
    rf"\$(?P<f>[^$=]*?[^$=\s])\s*{TO}\s*(?P<value>[^$=,]*?)\$\s*,?\s*(?:as|when|for|if)\s+\$\s*{POINT}\s*\$"
)
AHEAD = re.compile(
    rf"\b(?:as|when|if)\s+\$\s*{POINT}\s*\$\s*,?\s*(?:we\s+have\s+|then\s+|also\s+)?\$(?P<f>[^$=]*?[^$=\s])\s*{TO}\s*(?P<value>[^$=,]*?)\$",
    re.IGNORECASE,
)
NAME = re.compile(r"\s*(?:[a-z]|\\[a-z]+)\s*")


def with_limits(line: str) -> str:
    r"""Z → V as b → a as an equation.

    >>> with_limits(r"\text{As } b\to\infty,\ Z\to\frac1a\text{ as expected}"), with_limits(r"Z\to1\text{ as }b\to0")
    ('\\text{}\\lim_{b\\to \\infty}\\left(Z\\right)=\\frac1a\\text{ as expected}', '\\lim_{b\\to 0}\\left(Z\\right)=1')
    """
    if "$" in line:  # a name alone is a new variable, of which it is said where it goes
        line = IN_DOLLARS.sub(lambda m: m[0] if NAME.fullmatch(m["f"]) else f"${tending(m)}$", line)
        line = AHEAD.sub(lambda m: m[0] if NAME.fullmatch(m["f"]) else f"${tending(m)}$", line)
    line = TENDS.sub(lambda m: rf"\text{{{m['said']}}}{tending(m)}", line)
    return "".join(REVERSED.sub(tending, piece) for piece in WORDS.split(line))


def tending(match: re.Match[str]) -> str:
    return rf"\lim_{{{match['x']}\to {match['at'].strip()}}}\left({match['f'].strip()}\right)={match['value'].strip()}"


def without_orders(line: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    r"""The line without such statements, the limits that have to be finite, and those with their value 1.

    >>> without_orders(r"\text{since } \sin x=O(x) \text{ as } x\to0.")
    ('\\text{since } .', ('\\lim_{x\\to 0}\\left(\\frac{\\sin x}{x}\\right)',), ())
    >>> without_orders(r"y = e^a\approx 1+a\quad(a\ll 1)")
    ('y = e^a', (), ('\\lim_{a\\to 0}\\left(\\frac{e^a-(1+a)}{+a}\\right)=0',))
    """
    pieces = WORDS.split(line)
    bounded = tuple(limit(m) for piece in pieces for m in ORDER.finditer(piece))
    pieces = [ORDER.sub("", piece) for piece in pieces]
    bounded += tuple(remaining(m) for piece in pieces for m in REST.finditer(piece) if m["f"].strip())
    pieces = [REST.sub(lambda m: (m["before"] + m["f"] if "=" in m["before"] else "") if m["f"].strip() else m[0], piece) for piece in pieces]
    alike = tuple(nearing(m) for piece in pieces if GOING.search(piece) for m in ALIKE.finditer(piece))
    kept = (ALIKE.sub(lambda m: m["f"] if m.string[: m.start()].rstrip().endswith("=") else "", piece) if GOING.search(piece) else piece
            for piece in pieces)  # fmt: skip
    return "".join(kept), bounded, alike


def remaining(match: re.Match[str]) -> str:
    """f = g + O(xⁿ): (f − g)/xⁿ stays finite as x → 0; and as x → ∞ for O(1/x)."""
    order, x = match["order"].strip(), match["x"]
    at = r"\infty" if re.match(r"1\s*/|\\[dt]?frac\s*\{?1", order) or re.search(r"\^\s*\{?\s*-", order) else "0"
    return rf"\lim_{{{x}\to {at}}}\left(\frac{{{match['f'].strip()}-({match['g'].strip()})}}{{{order}}}\right)"


def nearing(match: re.Match[str]) -> str:
    """f ≈ g: f/g → 1, and where g has several terms, (f − g)/t → 0 for the last one, as that is claimed too."""
    f, g = match["f"].strip(), match["g"].strip()
    x, at = (match["x"], match["at"].strip()) if match.groupdict().get("x") else far(match["y"], match["size"], g)
    depths = accumulate((c in "([{") - (c in ")]}") for c in g)
    signs = [i for i, depth in enumerate(depths) if depth == 0 and g[i] in "+-" and g[:i].strip()]
    said = rf"\frac{{{f}-({g})}}{{{g[signs[-1] :]}}}" if signs else rf"\frac{{{f}}}{{{g}}}"
    return rf"\lim_{{{x}\to {at}}}\left({said}\right)={0 if signs else 1}"


def far(product: str, size: str, g: str) -> tuple[str, str]:
    """Which name of a product that is small or large goes where: one that does not stand in the other side, where there is one."""
    names = re.findall(r"\\[A-Za-z]+|[A-Za-z]", product)
    return next((x for x in names if x not in re.findall(r"\\[A-Za-z]+|[A-Za-z]", g)), names[0]), "0" if size == "ll" else r"\infty"


def labelled(line: str) -> str:
    r"""βfL ≪ 1: A → B as the limit of A.

    >>> labelled(r"\beta L\ll1:\quad m\to\frac L2"), labelled(r"a \gg 1:\quad m\approx 1 - a")
    ('\\lim_{\\beta\\to 0}\\left(m\\right)=\\frac L2', 'm\\approx 1 - a\\quad(a\\gg 1)')
    """
    match = LABEL.match(line)
    if match is None or not match["y"].strip():
        return line
    if match["how"] not in ("to", "rightarrow"):
        return rf"{match['f']}\{match['how']} {match['g'].strip()}\quad({match['y'].strip()}\{match['size']} 1)"
    x, at = far(match["y"], match["size"], match["g"])
    return rf"\lim_{{{x}\to {at}}}\left({match['f'].strip()}\right)={match['g'].strip()}"


def limit(match: re.Match[str]) -> str:
    return rf"\lim_{{{match['x']}\to {match['at'].strip()}}}\left(\frac{{{match['f'].strip()}}}{{{match['g'].strip()}}}\right)"
