r"""Complex exponentials in a derivation: Re ∫ e^{(ik − a)x} dx as ∫ Re …, and φ(t) = E[e^{itX}] as a function of it.

A characteristic function is looked at for real s in place of it: where both sides are analytic, they agree for all t once they agree for
these (the identity theorem, and continuity at the border of the half-plane in which the mean exists).
"""

from __future__ import annotations

import re
from collections.abc import Collection

from sympy import Abs, Basic, Derivative, Dummy, Expr, I, Integral, Sum, Symbol, im
from sympy import re as real_part
from sympy.core.function import AppliedUndef

from derive.grade.writing.bars import reach
from derive.grade.writing.segments import bracket_end
from derive.read.latex_heads import Blank
from derive.read.names import ReadError

REAL, IMAGINARY = "RealPartOf", "ImaginaryPartOf"  # heads that only this module reads
PARTS = re.compile(r"\\(?:operatorname|mathrm|text|mathop|mathfrak|rm)\s*\{?\s*(?P<kind>Re|Im)(?![A-Za-z])\s*\}?|\\(?P<short>Re|Im)(?![A-Za-z])")
TOKEN = re.compile(r"\\(?:operatorname|mathrm|text|mathbb|mathcal)\s*\{[^{}]*\}|\\[A-Za-z]+|i")
EXPONENT = re.compile(r"e\s*\^\s*\{|\\exp\s*(?:\\left|\\[bB]igg?l?)?\s*(?:\\\{|[(\[])|\\[A-Za-z]+")  # and no e at the end of a command
INDEX = re.compile(r"_\s*(?:\{\s*)?i(?![A-Za-z])")
OF_LETTER = re.compile(r"\s*(?P<f>\\(?:varphi|phi|chi|psi|Phi)|[A-Za-z])\s*\(\s*(?P<t>[a-z]|\\omega|\\xi|\\theta)\s*\)")
SUBSCRIPT = re.compile(r"(?P<f>\\(?:varphi|phi|chi|psi|Phi))\s*_\s*\{?\s*[A-Z]\s*\}?(?=\s*(?:'|\\left)?\s*\()")


def waves(formula: str) -> bool:
    """Whether an i stands in some exponent."""
    for match in (m for m in EXPONENT.finditer(formula) if not m[0][-1].isalpha()):
        end = bracket_end(formula, match.end(), match[0][-1])
        if any(m[0] == "i" for m in TOKEN.finditer(formula[match.end() : end[0] if end else len(formula)])):
            return True
    return False


def with_unit(formula: str, known: Collection[str]) -> str:
    r"""The formula with \mathrm{i} for an i that is the imaginary unit: where it stands in e^{…}, or below Re and Im, and is no index.

    >>> with_unit(r"E[e^{itX}] = \frac{1}{1-it}", ())
    'E[e^{\\mathrm{i}tX}] = \\frac{1}{1-\\mathrm{i}t}'
    """
    if "i" in known or INDEX.search(formula) or not (waves(formula) or PARTS.search(formula)):
        return formula
    formula = SUBSCRIPT.sub(r"\g<f>", formula)
    formula = TOKEN.sub(lambda m: r"\mathrm{i}" if m[0] == "i" else m[0], formula)
    while (match := PARTS.search(formula)) is not None:
        name = REAL if (match["kind"] or match["short"]) == "Re" else IMAGINARY
        rest = formula[match.end() :]
        opened = re.match(r"\s*(?:\\left|\\[bB]igg?l?)?\s*(?:\\\{|[(\[])", rest)
        close = bracket_end(rest, opened.end(), opened[0][-1]) if opened else None
        inside, end = (rest[opened.end() : close[0]], close[1]) if opened and close else (rest[: reach(rest, 0)], reach(rest, 0))
        formula = rf"{formula[: match.start()]}\operatorname{{{name}}}\left({inside}\right){rest[end:]}"
    return formula


def turning(formula: str) -> str:
    """The t of φ(t) = …, where it stands beside the imaginary unit in what follows; else nothing."""
    match = OF_LETTER.match(formula)
    if match is None or r"\mathrm{i}" not in formula:
        return ""
    t = re.escape(match["t"])
    beside = re.search(rf"\\mathrm\{{i\}}\s*(?:\\[,;:! ])?\s*{t}(?![A-Za-z])|(?<![A-Za-z\\]){t}\s*\\mathrm\{{i\}}|\\mathrm\{{i\}}\s*{t}", formula)
    return match["t"].lstrip("\\") if beside else ""


def without_unit(found: Basic, turned: Collection[str]) -> Basic:
    """A statement without the imaginary unit: real parts taken, and s for it. Raises ReadError where it stays."""
    parts = {f: part_of(f.args[0], f.func.__name__) for f in found.atoms(AppliedUndef) if f.func.__name__ in (REAL, IMAGINARY)}
    found = found.xreplace(parts) if parts else found
    letters = {s: -I * s for s in found.free_symbols if s.name in turned}
    if letters:
        if any(set(d.variables) & set(letters) for d in found.atoms(Derivative)) or any(a.free_symbols & set(letters) for a in found.atoms(Abs)):
            raise ReadError("a derivative or the absolute value of the argument of a characteristic function is not read")
        applied = {f: Dummy() for f in found.atoms(AppliedUndef) if f.free_symbols & set(letters) and all(a.is_Symbol for a in f.args)}
        found = found.xreplace(applied).xreplace(letters).xreplace({d: f for f, d in applied.items()})
    if found.has(I):
        raise ReadError("the imaginary unit is read in E[e^{itX}] and in real parts only")
    return found


def part_of(e: Expr, name: str) -> Expr:
    """The real or imaginary part of an expression in real symbols, under integral signs and sums. Raises ReadError where it is not found."""
    if isinstance(e, (Integral, Sum)):
        return e.func(part_of(e.function, name), *e.limits)
    factor, rest = e.as_independent(Integral, Sum, as_Add=False)
    if rest != 1 and not factor.has(I):
        return factor * part_of(rest, name)
    if e.is_Add:
        return e.func(*(part_of(a, name) for a in e.args))
    if e.has(Integral, Sum, Blank):
        raise ReadError("this real part cannot be taken under the integral sign")
    own = {s: Symbol(s.name, real=True) for s in e.free_symbols if s.is_extended_real is None}
    if own:
        raise ReadError("a real part is taken of what is written in real names")
    real, imaginary = e.expand(power_base=False).as_real_imag() if not e.is_Mul or not e.has(Integral) else (real_part(e), im(e))
    found = real if name == REAL else imaginary
    if found.has(real_part, im, I):
        raise ReadError("this real part could not be written out")
    return found
