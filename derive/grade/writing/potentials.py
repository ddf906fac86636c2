r"""A letter for log Z, as the A(η) of an exponential family: where a line says so, \ln Z stands for it, also in A'(η), ∇A and ∂A/∂η₁."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sympy import log

from derive.grade.equal.equality import compare
from derive.grade.equal.values import evaluated, worked
from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.reading import scope_of
from derive.grade.writing.segments import GAP
from derive.grade.writing.spellings import customary
from derive.grade.writing.totalled import totalled
from derive.language.claims import REFUTED
from derive.read.latex import expression
from derive.read.names import ReadError

# no F, which is the free energy −log Z
LETTER = r"(?P<name>[A-EGHJ-Y]|\\(?:Phi|Psi|Lambda|Omega|psi|varphi|phi|mathcal\s*\{?\s*[AKL]\s*\}?))"
ARGUMENTS = rf"(?:{GAP}(?:\\left)?\((?P<of>[^()=]*?)(?:\\right)?\))"
OF_Z = rf"\\(?:log|ln)(?![A-Za-z]){GAP}(?:Z(?![A-Za-z])|(?:\\left|\\[bB]igg?l?)?[(\[{{]?{GAP}(?:Z{GAP}[)\]}}(]|\\i*int(?![A-Za-z])|\\sum))"
SAID = re.compile(rf"(?:^|[,;:.}}\s]){GAP}{LETTER}(?:_\{{?[A-Za-z0-9]\}}?)?{ARGUMENTS}?{GAP}:?(?P<head>=|\\equiv|\\coloneqq){GAP}{OF_Z}")
NATURAL = re.compile(rf"^{GAP}(?P<name>A){GAP}(?:\\left)?\((?P<of>[^()=]*?)(?:\\right)?\){GAP}:?=")  # A(η) of natural parameters, by custom
WORDED = re.compile(  # the log-partition function is A(η) = …
    rf"\blog(?:arithm)?[- ]?(?:partition(?:\s+function)?|normali[sz]er)\b[^.;=]*?\b(?:is|be|by)\b{GAP}(?:\}}|\$)?{GAP}"
    rf"{LETTER}{ARGUMENTS}?{GAP}:?(?P<head>=)", re.IGNORECASE
)  # fmt: skip
BOLD = re.compile(r"\\(?:boldsymbol|mathbf|bm|vec)\s*\{?\s*(\\?[A-Za-z]+)\s*\}?")


def with_log_partition(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""The lines with \ln Z for a letter that one of them says to be log Z, or the logarithm of the sum or integral that Z is.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(eta*x)", over={"x": "{0, 1}"}, given=["eta real"]))
    >>> with_log_partition((r"A(\eta) = \log\sum_x e^{\eta x}", r"E[x] = A'(\eta)", r"p(x) = e^{\eta x - A(\eta)}"), truth)[1:]
    ('E[x] = \\frac{d}{d\\eta}\\ln Z', 'p(x) = e^{\\eta x - \\ln Z}')
    """
    found = letter_of(lines, truth)
    if found is None:
        return lines
    name, arguments = found
    return tuple(replaced(line, name, arguments) for line in lines)


def letter_of(lines: tuple[str, ...], truth: Truth) -> tuple[str, tuple[str, ...]] | None:
    """The letter for log Z and the parameters of which it is a function; the letter may be no parameter of the problem's."""
    own = [in_latex(p) for p in truth.problem.parameters]
    for line in lines:
        for match in SAID.finditer(line):
            named = tuple(a.strip() for a in (match["of"] or "").split(",") if a.strip())
            shown = match["name"].lstrip("\\")
            if shown not in truth.named and all(a in own for a in named) and not of_another(line[match.end("head") :], truth):
                return match["name"], named or tuple(own[:1] if len(own) == 1 else ())
        worded = WORDED.search(line)
        if worded and worded["name"].lstrip("\\") not in truth.named:
            arguments = tuple(a.strip() for a in (worded["of"] or "").split(",") if a.strip())
            told = all(a in own or any(stands_for(a, x, lines) for x in own) for a in arguments)
            if told and not of_another(line[worded.end("head") :], truth):
                return worded["name"], arguments or tuple(own[:1] if len(own) == 1 else ())
        vector = NATURAL.match(line)
        whole = BOLD.sub(r"\1", vector["of"]).strip() if vector else ""
        if vector and "A" not in truth.named and len(own) > 1 and whole in (r"\eta", r"\theta") and all(name.startswith(f"{whole}_") for name in own):
            return "A", (vector["of"].strip(),)
    return None


def stands_for(name: str, parameter: str, lines: Iterable[str]) -> bool:
    r"""Whether lines say x = e^η or η = ln x, for a new name η and a parameter x.

    >>> stands_for(r"\eta", "x", [r"x=e^\eta"]), stands_for(r"\eta", "x", [r"y=e^\eta"])
    (True, False)
    """
    one, two = re.escape(name), re.escape(parameter)
    told = re.compile(rf"(?<![A-Za-z\\]){two}{GAP}=[^=,;]*{one}(?![A-Za-z])|{one}{GAP}=[^=,;]*(?<![A-Za-z\\]){two}(?![A-Za-z])")
    return any(told.search(line) for line in lines)


def of_another(text: str, truth: Truth) -> bool:
    """Whether what stands behind "A =" is refuted to be log Z, as far as it can be read: then A stands for something else."""
    side = re.split(r"(?<![<>])=|\\q?quad|,(?=\s|\\)", re.sub(r"(_\s*\{[^{}]*\})", lambda m: m[1].replace("=", "■"), text))[0].replace("■", "=")
    if re.search(r"(?<![A-Za-z\\])Z(?![A-Za-z])", side):
        return re.search(rf"Z{GAP}(?:\)|\}}|\\right|\([^()]*\)|{GAP})*[-+]", side) is not None  # S = log Z + β⟨E⟩
    if truth.Z is None:
        return False
    try:
        value = totalled(expression(customary(side).strip(" .,;"), scope_of(truth)), truth.inside.facts, ())
    except (ReadError, TypeError, ValueError, AttributeError):
        return False
    closed = evaluated(value, truth.ground.facts, worked(2))
    return closed is not None and compare(closed, log(truth.Z), truth.ground, deep=False).verdict == REFUTED


def replaced(line: str, name: str, arguments: tuple[str, ...]) -> str:
    r"""A line with \ln Z for the letter: A''(η) and ∇²A(η) are its derivatives where it has one argument."""
    letter = rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])(?:_\{{?[A-Za-z]\}}?)?"
    applied = rf"(?:{GAP}(?:\\left)?\({GAP}{(GAP + ',' + GAP).join(map(re.escape, arguments))}{GAP}(?:\\right)?\))" if arguments else "(?!)"
    if len(arguments) == 1:
        by = arguments[0]
        slope = {1: rf"\frac{{d}}{{d{by}}}\ln Z", 2: rf"\frac{{d^2}}{{d{by}^2}}\ln Z", 3: rf"\frac{{d^3}}{{d{by}^3}}\ln Z"}
        primes = r"(?P<n>'{1,3}|\^\s*\{?\s*(?:\\prime\s*){1,3}\}?)"
        line = re.sub(rf"{letter}{GAP}{primes}{applied}?", lambda m: slope[m["n"].count("'") + m["n"].count("prime")], line)
        nabla = rf"\\nabla(?:_\{{?\\?[a-z]+\}}?)?{GAP}(?P<n>\^{GAP}\{{?2\}}?)?"
        line = re.sub(rf"{nabla}{GAP}{letter}{applied}?", lambda m: slope[2 if m["n"] else 1], line)
    d, below = rf"(?P<d>(?:d|\\partial)(?:{GAP}\^{GAP}\{{?\d\}}?)?)", r"(?P<below>\{(?:[^{}]|\{[^{}]*\})*\})"
    above = rf"\\[dt]?frac{GAP}\{{{GAP}{d}{GAP}{letter}{applied}?{GAP}\}}{GAP}{below}"
    line = re.sub(above, lambda m: rf"\frac{{{m['d'].strip()}}}{m['below']}\ln Z", line)
    return re.sub(rf"{letter}{applied}?(?!\s*(?:_|\\?\())", lambda _: r"\ln Z", line)
