r"""Means and variances in a derivation: E[X²], ⟨s⟩, Var(K) as integrals and sums of the density that the derivation has arrived at."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from sympy import Basic, Expr
from sympy.core.function import AppliedUndef

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.segments import bracket_end
from derive.language.problem import Problem
from derive.language.totals import Total

MEAN = "MeanOf"  # the inert function whose argument is averaged
MEAN_GIVEN = "MeanGiven"  # of g(x, y), given that the i-th of two variables lies at a place
UPRIGHT = r"\\(?:mathbb|mathrm|operatorname|mathsf|text|mathbf)\s*\*?\s*"
SUBSCRIPT = r"(?:_\s*(?:p|\{\s*p\s*\}))?"
OPEN = r"(?:\\left|\\[bB]igg?l?)?\s*(?:[(\[]|\\\{)"
ABSOLUTE = re.compile(  # E|X − μ|
    rf"(?P<E>(?:{UPRIGHT}(?:\{{\s*E\s*\}}|E(?![A-Za-z]))|(?<![A-Za-z\\{{])E))\s*(?P<inside>(?:\\left\s*)?\|[^|=]+?(?:\\right\s*)?\|(?:\s*\^\s*(?:\{{[^{{}}]*\}}|\w))?)"
)
POWER_BEHIND = re.compile(  # E(X − μ)² is E[(X − μ)²]; E(X)² is (E X)²
    rf"(?P<E>(?:{UPRIGHT}(?:\{{\s*E\s*\}}|E(?![A-Za-z]))|(?<![A-Za-z\\{{])E))\s*(?P<inside>\((?=[^()]*[-+])[^()]*\))\s*\^\s*(?P<power>\d|\{{[^{{}}]*\}})"
)
EXPECTED = re.compile(rf"(?:{UPRIGHT}(?:\{{\s*E\s*\}}|E(?![A-Za-z]))|(?<![A-Za-z\\])E)\s*{SUBSCRIPT}\s*(?P<open>{OPEN})")
VARIED = re.compile(
    rf"(?:{UPRIGHT}(?:\{{\s*(?:Var|var|V)\s*\}}|V(?![A-Za-z]))|\\(?:Var|var)(?![A-Za-z])|(?<![A-Za-z\\])Var)\s*{SUBSCRIPT}\s*(?:(?P<open>{OPEN})|(?P<bare>[A-Z])(?![A-Za-z^_(\[]))"
)
COVARIED = re.compile(
    rf"(?:{UPRIGHT}\{{\s*(?P<kind>Cov|cov|Corr|corr)\s*\}}|\\(?:Cov|cov)(?![A-Za-z])|(?<![A-Za-z\\])Cov)\s*(?:\\left)?[(\[](?P<one>[^(),\[\]]+),(?P<two>[^(),\[\]]+?)(?:\\right)?[)\]]"
)
ANGLES = re.compile(r"(?:\\left\s*)?\\langle(?![A-Za-z])(?P<inside>(?:(?!\\langle|\\rangle|\\mid|\||=).)*?)(?:\\right\s*)?\\rangle(?![A-Za-z])")
ABSOLUTE_ANGLES = re.compile(r"\\langle\s*\|(?P<x>[^|<>=]+)\|(?P<power>\s*\^\s*(?:\w|\{[^{}]*\}))?\s*\\rangle(?![A-Za-z])")
NAMED_ANGLES = re.compile(  # ⟨μ²⟩ for a μ that lines have said to be cos θ
    r"(?:\\left\s*)?\\langle\s*(?P<inside>(?P<name>[a-z]|\\[a-z]+)(?:\s*\^\s*(?:\d|\{\d+\}))?)\s*(?:\\right\s*)?\\rangle(?![A-Za-z])"
)
SPREAD = re.compile(  # σ_X², (Δx)², μ_X
    r"(?:\\(?P<kind>sigma|mu)\s*_\s*\{?(?P<of>[A-Z])\}?|\(\s*\\Delta\s+(?P<x>[a-z])\s*\)(?=\s*\^)|\\Delta\s+(?P<bare>[a-z])(?![A-Za-z])"
    r"|\\(?P<bar>bar|overline)\s*(?:\{\s*(?P<barred>[a-z])\s*\}|\s(?P<naked>[a-z])(?![A-Za-z])))"
    r"(?P<power>\s*\^\s*(?:2|\{\s*2\s*\}))?"
)
FLUCTUATION = re.compile(  # ⟨(ΔE)²⟩, ⟨δN²⟩, (ΔE)², σ_E²
    r"(?:\\left\s*)?\\langle\s*(?:\(\s*\\(?:Delta|delta)\s*(?P<a>[A-Za-z])\s*\)|\\(?:Delta|delta)\s*(?P<b>[A-Za-z]))\s*\^\s*(?:2|\{\s*2\s*\})\s*(?:\\right\s*)?\\rangle(?![A-Za-z])"
    r"|\(\s*\\(?:Delta|delta)\s*(?P<c>[EHN])\s*\)\s*\^\s*(?:2|\{\s*2\s*\})|\\sigma\s*_\s*\{?\s*(?P<d>E)\s*\}?\s*\^\s*(?:2|\{\s*2\s*\})"
)
DEVIATION = re.compile(rf"(?:\\sigma|{UPRIGHT}\{{\s*(?:sd|SD|std|Std)\s*\}})\s*(?:\\left)?[(\[]\s*(?P<X>[A-Z])\s*(?:\\right)?[)\]]")  # σ(X), sd(X)
CUMULANT = re.compile(  # ⟨x²⟩_c, ⟨⟨x²⟩⟩: the variance
    r"(?:\\left\s*)?\\langle\s*(?P<x>[A-Za-z]|\\[a-z]+)\s*\^\s*(?:2|\{2\})\s*(?:\\right\s*)?\\rangle\s*_\s*(?:c|\{\s*(?:\\(?:rm|mathrm|text)\s*\{?)?c(?:onn)?\}?\s*\})(?![A-Za-z])"
    r"|\\langle\s*(?:\\!)*\s*\\langle\s*(?P<y>[A-Za-z]|\\[a-z]+)\s*\^\s*(?:2|\{2\})\s*\\rangle\s*(?:\\!)*\s*\\rangle"
)
OVERLINED = re.compile(r"\\overline\s*\{(?P<inside>(?:[^{}]|\{[^{}]*\})*)\}(?!\s*(?:\(|_))")
GIVEN = re.compile(r"\\mid(?![A-Za-z])|\|")
BARE = re.compile(  # E X, E X²
    rf"(?P<E>{UPRIGHT}(?:\{{\s*E\s*\}}|E(?![A-Za-z])))(?:\s|\\[,;:! ])*"
    rf"(?P<X>[A-Z](?:\s*\^\s*(?:\w|\{{[^{{}}]*\}}))?|e\s*\^\s*\{{[^{{}}]*[A-Z][^{{}}]*\}})(?![A-Za-z_(\[{{])"
)
PLAIN = re.compile(  # EX², set in italics
    r"(?<![A-Za-z\\{_^])E(?:\s|\\[,;! ])*(?P<X>[XK](?:\s*\^\s*(?:\w|\{[^{}]*\}))?|e\s*\^\s*\{[^{}]*[XK][^{}]*\})(?![A-Za-z_(\[{^])"
)
GIVEN_ONE = re.compile(r"\s*(?P<Y>[A-Za-z](?:_(?:\d|\{\d\}))?)\s*(?:=(?P<at>[^=<>|]+))?")
CAPITAL = re.compile(r"\\[A-Za-z]+\s*\{[A-Z]\}|\\[A-Za-z]+|(?<![A-Z])([A-Z])(?![A-Za-z_])")


def with_moments(formula: str, truth: Truth, taken: Collection[str]) -> str:
    r"""The formula with E[g(X)] as MeanOf(g(x)) and Var(X) as a difference of two of them. `taken` are names that mean something else.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]))
    >>> with_moments(r"\mathbb{E}[X^2] = 2/b^2", truth, ()), with_moments(r"\langle E \rangle = b", truth, ())
    ('\\left(\\operatorname{MeanOf}(x^2)\\right) = 2/b^2', '\\langle E \\rangle = b')
    """
    known = {*truth.named, *taken}
    formula = DEVIATION.sub(r"\\sigma_{\g<X>}", formula)
    formula = FLUCTUATION.sub(lambda m: fluctuation(m[0], next(filter(None, m.groups())), known), formula)
    formula = CUMULANT.sub(lambda m: rf"\left(\langle {m['x'] or m['y']}^2\rangle-\langle {m['x'] or m['y']}\rangle^2\right)", formula)
    formula = OVERLINED.sub(lambda m: mean(inner) if (inner := averaged(m["inside"], truth, known)) else m[0], formula)
    formula = SPREAD.sub(lambda m: spread(m, truth, known), formula)
    if "E" not in known:
        formula = ABSOLUTE.sub(r"\g<E>[\g<inside>]", formula)
        formula = PLAIN.sub(r"E[\g<X>]", BARE.sub(r"\g<E>[\g<X>]", formula))
        formula = POWER_BEHIND.sub(r"\g<E>[\g<inside>^\g<power>]", formula)
        formula = replaced(formula, EXPECTED, truth, known, mean)
    formula = replaced(formula, VARIED, truth, known, variance)
    formula = COVARIED.sub(lambda m: covariance(m, truth, known), formula)
    formula = ABSOLUTE_ANGLES.sub(lambda m: rf"\langle \lvert {m['x']}\rvert{m['power'] or ''} \rangle", formula)
    formula = ANGLES.sub(lambda m: mean(inner) if (inner := averaged(m["inside"], truth, known)) else m[0], formula)
    own = {*taken} - {*truth.named}
    return NAMED_ANGLES.sub(lambda m: mean(m["inside"]) if m["name"].lstrip("\\") in own else m[0], formula)


def fluctuation(whole: str, letter: str, known: Collection[str]) -> str:
    r"""⟨(ΔE)²⟩ as ⟨E²⟩ − ⟨E⟩².

    >>> fluctuation("", "E", ())
    '\\left(\\langle E^2\\rangle-\\langle E\\rangle^2\\right)'
    """
    if "Delta" in known or "delta" in known or "sigma_E" in known:
        return whole
    return rf"\left(\langle {letter}^2\rangle-\langle {letter}\rangle^2\right)"


def spread(match: re.Match[str], truth: Truth, known: Collection[str]) -> str:
    """σ_X² and (Δx)² as the variance, σ_X and Δx as its root, μ_X as the mean."""
    letter = match["of"] or match["x"] or match["bare"] or match["barred"] or match["naked"]
    inner = averaged(letter, truth, known)
    if not inner or match["of"] and letter in known or match["of"] and match["kind"] in known and f"{match['kind']}_{letter}" in known:
        return match[0]
    if match["kind"] == "mu" or match["bar"]:
        return mean(inner) if not match["power"] else rf"{mean(inner)}^2"
    return variance(inner) if match["power"] else rf"\sqrt{{{variance(inner)}}}"


def replaced(formula: str, head: re.Pattern[str], truth: Truth, known: Collection[str], write: Callable[[str], str]) -> str:
    """The formula with every head and its bracket rewritten where the bracket speaks of the variables; the innermost come first."""
    for match in reversed(list(head.finditer(formula))):
        found = match.groupdict()
        if found.get("bare"):
            inside, end = found["bare"], match.end()
        else:
            close = bracket_end(formula, match.end(), match["open"][-1])
            if close is None:
                continue
            inside, end = formula[match.end() : close[0]], close[1]
        inner = averaged(inside, truth, known)
        if inner:
            formula = formula[: match.start()] + write(inner) + formula[end:]
        elif given := conditioned(inside, truth, known):
            one, behind = given
            put = write(one).replace(rf"\operatorname{{{MEAN}}}(", rf"\operatorname{{{MEAN_GIVEN}}}({behind},")
            formula = formula[: match.start()] + put + formula[end:]
    return formula


def conditioned(inside: str, truth: Truth, known: Collection[str]) -> tuple[str, str] | None:
    """What is averaged in E[g(X, Y) | Y = y] for several variables, and the place of Y among them with y."""
    text, *given = GIVEN.split(inside)
    own = [re.sub("[{}]", "", in_latex(v)) for v in truth.problem.variables]
    match = GIVEN_ONE.fullmatch(given[0]) if len(given) == 1 and len(own) > 1 else None
    one = re.sub("[{}]", "", match["Y"]).lower() if match is not None else ""
    if match is None or match["Y"].isupper() and match["Y"] in known or one not in own or MEAN in text:
        return None
    inner = averaged(text, truth, known)
    return (inner, f"{own.index(one)},{(match['at'] or one).strip()}") if inner else None


def averaged(inside: str, truth: Truth, known: Collection[str]) -> str:
    """What is averaged, in the problem's variables: X is the variable x, or the only one there is; "" where it speaks of none."""
    text, *given = GIVEN.split(inside) if len(GIVEN.findall(inside)) == 1 else [inside]
    own = {v.symbol.name: in_latex(v) for v in truth.problem.variables}

    def lowered(match: re.Match[str]) -> str:
        letter = match[1]
        if letter is None:
            return match[0]
        if letter in known:
            return letter
        if letter.lower() in own:
            return own[letter.lower()]
        return next(iter(own.values())) if len(own) == 1 and letter in "XYKN" and letter.lower() not in known else letter

    if len(own) > 1:  # XY
        text = re.sub(r"(?<![A-Za-z\\_{])[A-Z]{2,3}(?![A-Za-z_])", lambda m: " ".join(m[0]) if all(c.lower() in own for c in m[0]) else m[0], text)
    condition = CAPITAL.sub(lowered, "".join(given))
    if re.search(r"[<>=]|\\(?:leq?|geq?|in|lt|gt)(?![A-Za-z])", condition) or any(speaks_of(name, condition) for name in own.values()):
        return ""  # a mean under a condition on the variables is another one
    text = CAPITAL.sub(lowered, text).strip()
    return text if any(speaks_of(name, text) for name in own.values()) else ""


def speaks_of(name: str, text: str) -> bool:
    """Whether a name occurs; one letter may stand beside others, as in st, and so may one with an index, as in v_1v_2."""
    base, mark, index = name.partition("_")
    if mark:
        digits = index.strip("{}")
        return bool(re.search(rf"(?<!\\){re.escape(base)}\s*_\s*(?:\{{\s*{digits}\s*\}}|{digits}(?!\d))", text))
    if len(name) > 1:
        return bool(re.search(rf"{re.escape(name)}(?![A-Za-z])", text))
    return name in re.sub(r"\\[A-Za-z]+", " ", text)


def mean(inner: str) -> str:
    return rf"\left(\operatorname{{{MEAN}}}({inner})\right)"


def covariance(match: re.Match[str], truth: Truth, known: Collection[str]) -> str:
    """Cov(X, Y) = E[XY] − E[X] E[Y], and over the root of both variances the correlation."""
    one, two = (averaged(match[key], truth, known) for key in ("one", "two"))
    if not one or not two:
        return match[0]
    product = rf"\left({mean(f'({one})({two})')}-{mean(one)}{mean(two)}\right)"
    return product if (match["kind"] or "cov").lower() == "cov" else rf"\frac{{{product}}}{{\sqrt{{{variance(one)}{variance(two)}}}}}"


def variance(inner: str) -> str:
    """Var(Y) = E[Y²] − E[Y]²"""
    return rf"\left(\operatorname{{{MEAN}}}(({inner})^2)-\left(\operatorname{{{MEAN}}}({inner})\right)^2\right)"


def is_mean(e: Basic) -> bool:
    return isinstance(e, AppliedUndef) and e.func.__name__ == MEAN


def mean_of(applied: AppliedUndef, problem: Problem, Z: Expr) -> Expr:
    """∫ g(x) k(x)/Z dx for MeanOf(g(x)): the mean under the density that belongs to the kernel k."""
    total = applied.args[0] * problem.kernel
    for v in reversed(problem.variables):
        total = Total(total, v.symbol, v.measure)
    return total / Z
