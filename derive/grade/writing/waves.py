r"""Complex exponentials in a derivation: Re ∫ e^{(ik − a)x} dx as ∫ Re …, and φ(t) = E[e^{itX}] as a function of it.

A characteristic function is looked at for real s in place of it: where both sides are analytic, they agree for all t once they agree for
these (the identity theorem, and continuity at the border of the half-plane in which the mean exists).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from sympy import Abs, And, Basic, Derivative, Dummy, Eq, Expr, I, Integral, Subs, Sum, Symbol, Tuple, im
from sympy import re as real_part
from sympy.core.function import AppliedUndef

from derive.grade.writing.bars import reach
from derive.grade.writing.segments import bracket_end
from derive.read.latex_heads import Blank, Chain
from derive.read.names import ReadError

REAL, IMAGINARY = "RealPartOf", "ImaginaryPartOf"  # heads that only this module reads
PARTS = re.compile(r"\\(?:operatorname|mathrm|text|mathop|mathfrak|rm)\s*\{?\s*(?P<kind>Re|Im)(?![A-Za-z])\s*\}?|\\(?P<short>Re|Im)(?![A-Za-z])")
UPRIGHT = r"\\(?:mathrm|mathsf|mathit|text|textrm|mathop|operatorname)\s*(?:\{\s*i\s*\}|\s+i(?![A-Za-z]))|\{\s*\\rm\s+i\s*\}|\\imath(?![A-Za-z])"
TOKEN = re.compile(rf"(?P<unit>{UPRIGHT})|\\(?:operatorname|mathrm|text|mathbb|mathcal)\s*\{{[^{{}}]*\}}|\\[A-Za-z]+|i")
EXPONENT = re.compile(r"(?:e|\\(?:mathrm|mathsf|text)\s*(?:\{\s*e\s*\}|\s+e))\s*\^\s*\{|"
                      r"\\exp\s*(?:\\left|\\[bB]igg?l?)?\s*(?:\\\{|[(\[])|\\[A-Za-z]+")  # and no e at the end of a command  # fmt: skip
INDEX = re.compile(r"_\s*(?:\{\s*)?i(?![A-Za-z])")
OF_LETTER = re.compile(r"\s*(?P<f>\\(?:varphi|phi|chi|psi|Phi)|[A-Za-z])\s*\(\s*(?P<t>[a-z]|\\omega|\\xi|\\theta)\s*\)")
SLOPE = re.compile(r"\\(?:varphi|phi|chi|psi)\s*(?:_\s*\{?\s*[A-Z]\s*\}?)?\s*(?:'+|\^\s*\{\s*\(\w\)\s*\})\s*(?:\\left)?\(")  # φ'(0)/i
SUBSCRIPT = re.compile(r"(?P<f>\\(?:varphi|phi|chi|psi|Phi))\s*_\s*\{?\s*[A-Z]\s*\}?(?=\s*(?:'*|\^\s*\{\s*\(\w\)\s*\})\s*(?:\\left)?\s*\()")


def waves(formula: str) -> bool:
    """Whether an i stands in some exponent."""
    for match in (m for m in EXPONENT.finditer(formula) if not m[0][-1].isalpha()):
        end = bracket_end(formula, match.end(), match[0][-1])
        if any(is_unit(m) for m in TOKEN.finditer(formula[match.end() : end[0] if end else len(formula)])):
            return True
    return False


def is_unit(token: re.Match[str]) -> bool:
    """Whether a token is an i, upright or not."""
    return token[0] == "i" or token["unit"] is not None


def in_one_font(formula: str) -> str:
    r"""The formula with \mathrm{i} for each i that stands alone, whatever its font.

    >>> in_one_font(r"\mathrm e^{\mathrm i t} + \sin i")
    '\\mathrm e^{\\mathrm{i} t} + \\sin \\mathrm{i}'
    """
    return TOKEN.sub(lambda m: r"\mathrm{i}" if is_unit(m) else m[0], formula)


def with_unit(formula: str, known: Collection[str]) -> str:
    r"""The formula with \mathrm{i} for an i that is the imaginary unit: where it stands in e^{…}, or below Re and Im, and is no index.

    >>> with_unit(r"E[e^{itX}] = \frac{1}{1-it}", ())
    'E[e^{\\mathrm{i}tX}] = \\frac{1}{1-\\mathrm{i}t}'
    """
    if "i" in known or INDEX.search(formula) or not (waves(formula) or PARTS.search(formula) or SLOPE.search(formula)):
        return formula
    formula = SUBSCRIPT.sub(r"\g<f>", formula)
    formula = in_one_font(formula)
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


def without_unit(found: Basic, turned: Collection[str], helpers: Mapping[str, str] | None = None) -> Basic:
    """A statement without the imaginary unit: real parts taken, and s for it; `helpers` are functions with their arguments.

    As t = −is, a derivative by t is i times one by s. Raises ReadError where the unit stays.
    """
    parts = {f: part_of(f.args[0], f.func.__name__) for f in found.atoms(AppliedUndef) if f.func.__name__ in (REAL, IMAGINARY)}
    found = found.xreplace(parts) if parts else found
    letters = {s: -I * s for s in found.free_symbols if s.name in turned}
    found = by_turned(found, turned, {name for name, t in (helpers or {}).items() if t in turned})
    if letters:
        slopes = (d for d in found.atoms(Derivative) if set(d.variables) & set(letters) and not inert(d.expr))
        if any(slopes) or any(a.free_symbols & set(letters) for a in found.atoms(Abs)):
            raise ReadError("a derivative or the absolute value of the argument of a characteristic function is not read")
        applied: dict[Basic, Basic] = {d: Dummy() for d in found.atoms(Derivative) if d.free_symbols & set(letters)}
        applied |= {f: Dummy() for f in found.atoms(AppliedUndef) if f.free_symbols & set(letters) and all(a.is_Symbol for a in f.args)}
        found = found.xreplace(applied).xreplace(letters).xreplace({d: f for f, d in applied.items()})
    found = divided(found) if found.has(I) else found
    if found.has(I):
        raise ReadError("the imaginary unit is read in E[e^{itX}] and in real parts only")
    return found


def inert(e: Basic) -> bool:
    """Whether an expression is a function of names alone, as φ(t)."""
    return isinstance(e, AppliedUndef) and all(a.is_Symbol for a in e.args)


def by_turned(found: Basic, turned: Collection[str], functions: Collection[str]) -> Basic:
    """φ'(t) and φ'(0) as i times the derivative of the function of s that stands for φ."""
    own = {d for d in found.atoms(Derivative) if inert(d.expr) and (d.expr.func.__name__ in functions or {x.name for x in d.variables} & set(turned))}
    places = {s: I ** len(s.expr.variables) * s for s in found.atoms(Subs) if s.expr in own}
    hidden = {s: Dummy() for s in places}
    rest = found.xreplace(hidden).xreplace({d: I ** len(d.variables) * d for d in own})
    return rest.xreplace({hidden[s]: put for s, put in places.items()})


def divided(found: Basic) -> Basic:
    """Equations between multiples of i as those between their real factors."""
    if isinstance(found, (Tuple, And)):
        return found.func(*map(divided, found.args))
    if not isinstance(found, (Eq, Chain)):
        return found.expand() if isinstance(found, Expr) else found
    sides = [side.expand() if isinstance(side, Expr) and side.has(I) else side for side in found.args]
    if all(isinstance(side, Expr) and not (-I * side).expand().has(I) for side in sides if side != 0) and any(side.has(I) for side in sides):
        sides = [(-I * side).expand() for side in sides]
    return Eq(*sides, evaluate=False) if isinstance(found, Eq) else found.func(*sides)


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
