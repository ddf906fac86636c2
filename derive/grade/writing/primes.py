r"""Derivatives by a prime on what shows no argument: Z'/Z where Z is a function of one parameter, and (x f'(x))' as d/dx (x f'(x))."""

from __future__ import annotations

import re

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.segments import bracket_end

PRIMES = r"(?P<primes>'{1,3})"
APPLIED = r"\s*(?:\\left|\\[bB]igg?l?)?\s*\("
OPEN = re.compile(r"(?:\\left|\\[bB]igg?l?)?\s*(?P<open>[(\[])")


def with_primes(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""The lines with the parameter by which such primes differentiate: the one that lines write as the argument of Z, or the only one.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("q**k", over={"k": "ZZ[0, oo]"}, given=["q > 0", "q < 1"]))
    >>> with_primes((r"\frac{Z'}{Z}=\frac1{1-q}", r"q\bigl(qZ'(q)\bigr)'=1"), truth)
    ("\\frac{Z'(q)}{Z}=\\frac1{1-q}", "q\\frac{d}{dq}\\left(qZ'(q)\\right)=1")
    """
    if not any("'" in line for line in lines):
        return lines
    return tuple(of_brackets(of_letters(line, lines, truth), lines, truth) if "'" in line else line for line in lines)


def argument(letter: str, lines: tuple[str, ...], truth: Truth) -> str:
    """The one parameter of which a letter is a function by the lines; the problem's only parameter, for its Z."""
    own = [in_latex(p) for p in truth.problem.parameters]
    written = re.compile(rf"(?<![A-Za-z\\]){letter}'{{0,3}}{APPLIED}\s*(?P<x>{'|'.join(map(re.escape, own)) or '(?!)'})\s*(?:\\right)?\)")
    found = {m["x"] for line in lines for m in written.finditer(line)}
    return found.pop() if len(found) == 1 else own[0] if letter == "Z" and len(own) == 1 and not found else ""


def of_letters(line: str, lines: tuple[str, ...], truth: Truth) -> str:
    """A line with Z'(q) for a bare Z'; a capital that the problem has is left as it is."""
    def put(m: re.Match[str]) -> str:
        x = argument(m["f"], lines, truth) if m["f"] and m["f"] not in truth.named else ""
        return f"{m['f']}{m['primes']}({x})" if x else m[0]

    return re.sub(rf"\\[A-Za-z]+|(?P<f>[A-Z]){PRIMES}(?!'|{APPLIED})", put, line)


def of_brackets(line: str, lines: tuple[str, ...], truth: Truth) -> str:
    """A line with d/dx for the prime on a bracket in which a function of the parameter x is differentiated already, or stands."""
    own = [in_latex(p) for p in truth.problem.parameters]
    for match in reversed(list(OPEN.finditer(line))):
        end = bracket_end(line, match.end(), match["open"])
        primes = re.match(r"\s*(?P<n>'{1,3})", line[end[1] :]) if end else None
        if end is None or primes is None:
            continue
        inside = line[match.end() : end[0]]
        names = {x for x in own if re.search(rf"[A-Za-z]'{{0,3}}{APPLIED}\s*{re.escape(x)}\s*(?:\\right)?\)", inside)} or set(own)
        if len(names) != 1 or re.search(r"(?<![A-Za-z\\])[fgFGHJM]$", line[: match.start()]):  # f(x)' is another spelling of f'(x)
            continue
        (x,), n = names, len(primes["n"])
        power = f"^{n}" if n > 1 else ""
        line = rf"{line[: match.start()]}\frac{{d{power}}}{{d{x}{power}}}\left({inside}\right){line[end[1] + primes.end() :]}"
    return line
