r"""Lines typed as for a computer: integrate(f, (x, 0, oo)), Sum(f, (n, 0, oo)), diff(f, x), d ln Z/db, int du/u^2, C(n, k), labels ("mean:")."""

from __future__ import annotations

import re

from derive.grade.writing.segments import bracket_end, split

CALL = re.compile(r"(?<![A-Za-z\\_])(?P<name>integrate|Integral|quad|Sum|summation|Product|diff|Derivative|limit|Limit)\s*\(")
SIGN = {"integrate": "int", "Integral": "int", "quad": "int", "Sum": "sum", "summation": "sum", "Product": "prod"}
GREEK = r"\\[a-zA-Z]+"
NAME = rf"(?:[A-Za-z]|{GREEK})"
POWER = r"(?:\s*\^\s*(?:\w|\{[^{}]*\}|\([^()]*\)))?"
ATOM = rf"(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\){POWER}|\d+|{NAME}{POWER})"
ORDER = r"(?P<n>\s*\^\s*(?:\{\d\}|\d))?"
BELOW = rf"\s*/\s*(?P=d)\s*(?P<x>{NAME})(?P<m>\s*\^\s*(?:\{{\d\}}|\d))?(?![A-Za-z])"
SLOPE = re.compile(rf"(?<![A-Za-z\\])(?P<d>d|\\partial){ORDER}{BELOW}")
OF_LOG = re.compile(rf"(?<![A-Za-z\\])(?P<d>d|\\partial){ORDER}\s*(?P<f>\\?(?:ln|log)\s*(?:Z(?:\([^()]*\))?|\([^()]*\))|Z){BELOW}")
UNDER = re.compile(rf"(?<![A-Za-z\\])(?P<d>d\s*{NAME})\s*/\s*(?P<below>{ATOM})(?!\s*\^)")
BESIDE = re.compile(rf"(?<![\w)}}\]^/])(?P<a>{ATOM})\s*/\s*(?P<b>{ATOM})\s+(?=\\?(?:int|sum|log|ln|exp|arctan|sqrt|[∫Σ])(?![A-Za-z]))")
CHOOSE = re.compile(r"(?<![A-Za-z\\])C\(\s*(?P<n>[^(),]+?)\s*,\s*(?P<k>[^(),]+?)\s*\)")
LABEL = re.compile(r"^\s*(?P<words>[A-Za-z]{3,}(?:\s+[A-Za-z]{2,}){0,3})(?:\s+[a-z])?\s*:\s+(?=\S)(?!.*:\s)")
AFTER = re.compile(r"(?<=[\w)\]}])\s*:\s+(?=[^:]*=)")
RANGE = re.compile(r"\s+(?:on|for|if|when)\s+(?=\S+\s*(?:<|>|≤|≥))")
IMPLIES = re.compile(r"(?<=\s)(?:→|->|\\to)\s+(?=[^,;]*=)")


def from_calls(line: str) -> str:
    """A line with integrals, sums, derivatives and limits that are written as calls in the customs of plain text.

    >>> from_calls("Z = s*integrate(exp(-u**2), (u, -oo, oo))"), from_calls("m = r*diff(log(1/(1 - r)), r)")
    ('Z = s*int_{-oo}^{oo} (exp(-u**2)) du ', 'm = r*d/dr (log(1/(1 - r)))')
    """
    for match in reversed(list(CALL.finditer(line))):
        end = bracket_end(line, match.end(), "(")
        put = written(match["name"], arguments(line[match.end() : end[0]])) if end is not None else ""
        if end is not None and put:
            line = f"{line[: match.start()]}{put}{line[end[1] :]}"
    return line


def arguments(inside: str) -> list[str]:
    return [part.strip() for part in split(inside, ",")]


def written(name: str, args: list[str]) -> str:
    """One call; "" for one of another form."""
    body, *rest = args
    if name in ("diff", "Derivative") and len(rest) == 1 and re.fullmatch(r"\w+", rest[0]):
        return f"d/d{rest[0]} ({body})"
    if name in ("limit", "Limit") and len(rest) == 2:
        return f"lim_{{{rest[0]} -> {rest[1]}}} ({body})"
    ranges = [arguments(one[1:-1]) for one in rest if one.startswith("(") and one.endswith(")")]
    if name not in SIGN or not ranges or len(ranges) != len(rest) or any(len(r) != 3 for r in ranges):
        return ""
    sign = SIGN[name]
    if sign == "int":
        return "".join(f"int_{{{lo}}}^{{{hi}}} " for _, lo, hi in reversed(ranges)) + f"({body})" + "".join(f" d{x}" for x, _, _ in ranges) + " "
    return "".join(f"{sign}_{{{k}={lo}}}^{{{hi}}} " for k, lo, hi in ranges) + f"({body})"


def before_words(line: str) -> str:
    r"""What a plain line says by arrows, labels and comment signs.

    >>> before_words("Put t = x/a -> x = a t"), before_words("# mean: E[X] = 1")
    ('Put t = x/a ⇒ x = a t', '\\text{mean: }E[X] = 1')
    """
    line = re.sub(r"^\s*(?:#+|//)\s*", "", line)
    at = line.find("=")
    line = line[: at + 1] + IMPLIES.sub("⇒ ", line[at + 1 :]) if at >= 0 else line
    line = RANGE.sub(r" \\text{ for } ", line)
    line = LABEL.sub(lambda m: rf"\text{{{m['words']}: }}" if "=" in m.string[m.end() :] else m[0], line)
    head, text, rest = line.rpartition(": }") if line.startswith("\\text{") else ("", "", line)
    return head + text + AFTER.sub(", \\\\quad ", rest.replace("″", "''").replace("′", "'"))


def in_fractions(line: str) -> str:
    r"""Quotients whose extent is plain to the eye: d ln Z/db, d/dw ln Z, du/u^2 under an integral, 1/(3a) int …; C(n, k).

    >>> in_fractions("E = w d/dw ln Z"), in_fractions("int_0^1 du/u^2 = 1/(3a) int_0^1 C(n,k) du")
    ('E = w \\frac{d}{dw} ln Z', 'int_0^1 \\frac{du}{u^2} = \\frac{1}{3a} int_0^1 \\binom{n}{k} du')
    """
    line = OF_LOG.sub(lambda m: slope(m) + m["f"], line)
    line = SLOPE.sub(slope, line)
    if re.search(r"(?<![A-Za-z])int(?![A-Za-z])|∫", line):
        line = UNDER.sub(lambda m: rf"\frac{{{m['d']}}}{{{bare(m['below'])}}}", line)
    line = BESIDE.sub(lambda m: rf"\frac{{{bare(m['a'])}}}{{{bare(m['b'])}}} ", line)
    return CHOOSE.sub(r"\\binom{\g<n>}{\g<k>}", line)


def slope(m: re.Match[str]) -> str:
    """d/dx or d²/dx² as a fraction; other orders above and below stay as they are."""
    n, below = (re.sub(r"\s", "", m[key] or "") for key in ("n", "m"))
    space = "" if m["d"] == "d" else " "
    return rf"\frac{{{m['d']}{n}}}{{{m['d']}{space}{m['x']}{below}}}" if n == below else m[0]


def bare(text: str) -> str:
    """Without brackets around all of it."""
    end = bracket_end(text, 1, "(") if text.startswith("(") else None
    return text[1:-1] if end is not None and end[1] == len(text) else text
