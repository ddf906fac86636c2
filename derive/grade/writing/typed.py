r"""Lines as they are typed without LaTeX: ∫₀^∞ e^{−x²/2} dx with the signs of Unicode, int_0^oo x e^(-b x) dx on a plain keyboard.

A line in which nothing is typed so stays as it is. What has two meanings, as e^-x/2, is not guessed: it stays, and is left unread.
"""

from __future__ import annotations

import re

from derive.grade.writing.calls import before_words, from_calls, in_fractions
from derive.grade.writing.segments import bracket_end

SIGNS = {
    "∫∫": r"\iint ", "∫": r"\int ", "∬": r"\iint ", "∑": r"\sum ", "∏": r"\prod ", "Σ_": r"\sum_", "∞": r"\infty ", "∂": r"\partial ",
    "·": r"\cdot ", "⋅": r"\cdot ", "×": r"\times ", "−": "-", "–": "-", "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ", "→": r"\to ",
    "∝": r"\propto ", "≈": r"\approx ", "±": r"\pm ", "∈": r"\in ", "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "∼": r"\sim ", "′": "'",
    "⟨": r"\langle ", "⟩": r"\rangle ", "ħ": r"\hbar ", "½": r"\frac12 ", "⅓": r"\frac13 ", "¼": r"\frac14 ", "…": r"\dots ", "⋯": r"\cdots ",
    "≡": r"\equiv ", "↦": r"\mapsto ", "ℓ": r"\ell ",
}  # fmt: skip
GREEK = dict(zip("αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩϕµ", (
    "alpha", "beta", "gamma", "delta", "varepsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau",
    "upsilon", "varphi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega", "phi", "mu",
), strict=True))  # fmt: skip
RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿᵏᵃᵇˣᵗ", "0123456789+-()nkabxt", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌ₖₙᵢⱼₓₘₐ", "0123456789+-=knijxma", strict=True))
SUPERSCRIPT, SUBSCRIPT = (re.compile(f"[{re.escape(''.join(table))}]+∞?") for table in (RAISED, LOWERED))
TYPED = re.compile(  # what nobody writes in LaTeX
    r"(?<![A-Za-z\\])(?:(?:int(?:egral)?|sum|prod|lim)\s*(?:_|\s+(?:from|over)\b)|(?:sqrt|exp|gamma|Gamma|log|ln|erf|beta|binom|sin|cos|cosh|sinh)\s*\(|oo(?![A-Za-z])"
    r"|(?:inf|infinity)(?![A-Za-z])|[A-Za-z0-9)]\^\(|d/d[A-Za-z]|(?:ln|log)\s+[A-Za-z\d])|(?<=[\w)])\s?\*{1,2}\s?(?=[\w(])|->|=>|<=|>="
)
FUNCTIONS = (
    "sin", "cos", "tan", "sec", "cot", "coth", "sech", "arcsin", "sinh", "cosh", "tanh", "exp", "log", "ln", "erf", "erfc", "arctan",
    "Gamma", "gamma", "min", "max", "zeta",
)  # fmt: skip
NAMES = (*(name for name in GREEK.values()), "epsilon", "hbar", "phi")
VOCABULARY = frozenset(  # no letters that are multiplied
    """a after again also an and answer are as at be because becomes both but by call check compute constant coordinates define density derivative
    differentiate distribution do done each equals even everything expectation find finally first follows for from function get gives have hence here
    identity if implies in independent integrate integrates integrating integral integration into is it its kernel know last law let limit limits mean
    means must need normalization normalisation normalize normalizing normalising note notice now obtain of on or other over parts polar pull put
    recall remains result right root second series set sides simplify since so square squaring substitute substituting substitution such symmetry
    symmetric take taking term terms that the then there therefore these this thus to total use using value variable variance want we what when where
    which with write yields median mode case means variance comment
    marginal runs fixed fixing""".split()
)
WORD = re.compile(r"(?<![^\s,;:.(])(?P<word>[A-Za-z]{2,})(?=[\s,;:.)]|$)")
GREEK_NAME = re.compile(rf"(?<![A-Za-z\\])(?!(?:Gamma|gamma|beta|zeta)\s*\()(?P<n>{'|'.join(sorted(NAMES, key=len, reverse=True))})(?![A-Za-z])")
FROM_TO = re.compile(r"(?<![A-Za-z\\])(?P<sign>int|sum|prod)\s+from\s+(?P<lo>\S+(?:\s*=\s*\S+)?)\s+to\s+(?P<hi>\S+)\s+(?:of\s+)?")
SIGNED = re.compile(r"\^\s*(?P<sign>[-+])\s*(?P<base>[A-Za-z]|\\[A-Za-z]+|\d+)(?P<power>\^\d)?")
END = r"(?:\{[^{}]*\}|\([^()]*\)|-?\s*(?:\d+|oo|inf(?:inity)?|\\infty|\\?[A-Za-z]+))"
RANGE = re.compile(rf"(?<![A-Za-z\\])(?P<sign>int|sum|prod)\s*_\s*(?P<lo>{END})\s*\^\s*(?P<hi>{END})")


SENTENCE = re.compile(r"(?:I|[A-Z][a-z]+)(?:,? (?:[a-z]{2,}|[aI])){5,},?(?:[,;:] (?:[a-z]{2,}|[aI])(?: (?:[a-z]{2,}|[aI]))*)*[.:]?")  # of words alone


def untyped(line: str) -> str:
    r"""A line as LaTeX.

    >>> untyped("I² = 2π [-σ² e^{-r²/(2σ²)}]₀^∞"), untyped("Z = int_0^oo x e^(-b x) dx = 1/b^2")
    ('I^{2} = 2\\pi  [-\\sigma ^{2} e^{-r^{2}/(2\\sigma ^{2})}]_{0}^\\infty ', 'Z = \\int_{0}^{\\infty} x e^{-b x} dx = 1/b^2')
    >>> untyped("so c = sqrt(pi/a)"), untyped(r"Z = \frac{1}{b}")
    ('\\text{so } c = \\sqrt{\\pi /a}', 'Z = \\frac{1}{b}')
    """
    if SENTENCE.fullmatch(line):
        return line
    plain = "\\" not in line and "$" not in line
    if plain and (calls := from_calls(before_words(line))) != line:
        return from_keyboard(without_signs(calls))
    found = without_signs(line)
    return from_keyboard(found) if plain and (found != line or any(sign.search(line) for sign in (TYPED, GREEK_NAME)) or spoken(line)) else found


def spoken(line: str) -> bool:
    """Whether words stand beside a formula."""
    return "=" in line and any(m["word"].lower() in VOCABULARY for m in WORD.finditer(line))


def without_signs(line: str) -> str:
    """A line with LaTeX for the signs of Unicode; ⇒ and ∴ stay, which part formulas."""
    if line.isascii():
        return line
    line = SUPERSCRIPT.sub(lambda m: f"^{{{''.join(RAISED.get(c, c) for c in m[0])}}}", line)
    line = SUBSCRIPT.sub(lambda m: f"_{{{''.join(LOWERED.get(c, c) for c in m[0])}}}", line)
    for sign, latex in SIGNS.items():
        line = line.replace(sign, latex)
    line = "".join(f"\\{GREEK[c]} " if c in GREEK else c for c in line)
    line = re.sub(r"(\\[A-Za-z]+) (?=[^A-Za-z ^])", r"\1", line)
    return rooted(line)


def rooted(line: str) -> str:
    """√(a b) and √2 with \\sqrt."""
    while (at := line.find("√")) >= 0:
        rest = line[at + 1 :].lstrip()
        end = bracket_end(rest, 1, "(") if rest.startswith("(") else None
        if end is not None:
            line = rf"{line[:at]}\sqrt{{{rest[1 : end[0]]}}}{rest[end[1] :]}"
            continue
        one = re.match(r"\d+|\\[A-Za-z]+|[A-Za-z]|\{[^{}]*\}", rest)
        if one is None:
            return line
        line = rf"{line[:at]}\sqrt{{{one[0].strip('{}')}}}{rest[one.end() :]}"
    return line


def from_keyboard(line: str) -> str:
    """A line in the customs of plain text: int_0^oo, e^(-b x), sqrt(…), words among the formulas."""
    line = re.sub(r"\bintegral\b", "int", line)
    line = FROM_TO.sub(r"\g<sign>_{\g<lo>}^{\g<hi>} ", line)
    line = RANGE.sub(ranged, line)
    line = line.replace("->", r"\to ").replace("<=", r"\le ").replace(">=", r"\ge ")
    line = in_fractions(re.sub(r"=>", "⇒", line))
    line = re.sub(r"(?<![A-Za-z\\])(?:oo|inf|infinity)(?![A-Za-z])", r"\\infty ", line)
    line = re.sub(r"\*\s*(?=d[a-z](?![A-Za-z]))", " ", line)
    line = GREEK_NAME.sub(r"\\\g<n> ", line)
    line = in_words(line)
    line = re.sub(r"(?<![A-Za-z\\])Beta(?=\()", r"\\mathrm{B}", line)
    for name in ("sqrt", "binom"):
        line = called(line, name)
    line = re.sub(r"(?<![A-Za-z\\])(?P<f>gamma)(?=\()", r"\\Gamma", line)
    line = re.sub(rf"(?<![A-Za-z\\{{])(?P<f>{'|'.join(FUNCTIONS)})(?=\s*[(^]|\s+[A-Za-z\\\d])", r"\\\g<f>", line)
    line = re.sub(r"(?<=[\w)}\]])\s*\*\*\s*", "^", line)
    line = re.sub(r"(?<=[\w)}\]])\s*\*\s*(?=[\w(\\\[])", r" \\cdot ", line)
    line = raised(line)
    return re.sub(r"(?<![A-Za-z\\])(int|sum|prod|lim)(?=[\s_])", r"\\\1", line)


def in_words(line: str) -> str:
    r"""The words of a line as \text: those of English, and what has five letters beside them, which is no product.

    Words of two letters, as at and by, are products too: they count in front, behind a comma, or beside another word.

    >>> in_words("so c = at, by parts"), in_words("x = at e^(it)")
    ('\\text{so } c = at, \\text{by parts }', 'x = at e^(it)')
    """
    beside, made, at = spoken(line), "", 0
    found = list(WORD.finditer(line))
    for number, m in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) and not line[m.end() : found[number + 1].start()].strip() else None
        behind = after is not None and len(after["word"]) > 2 and is_word(after["word"], beside)
        near = behind or made.endswith("}") and not line[at : m.start()].strip()
        placed = len(m["word"]) > 2 or near or not line[: m.start()].strip() or line[: m.start()].rstrip()[-1] in ",;."
        if is_word(m["word"], beside) and placed:
            made += line[at : m.start()] + rf"\text{{{m['word']} }}"
            at = m.end()
    return re.sub(r"\}\s*a\s*\\text\{", "a ", joined(made + line[at:]))


def is_word(letters: str, beside: bool) -> bool:
    """Whether letters may be a word; five and more beside words are one, and no product."""
    return letters.lower() in VOCABULARY or beside and len(letters) >= 5 and letters not in FUNCTIONS


def joined(line: str) -> str:
    r"""Words beside one another in one \text."""
    while (found := re.sub(r"\\text\{([^{}]*)\}\s*\\text\{([^{}]*)\}", r"\\text{\1\2}", line)) != line:
        line = found
    return line


def ranged(match: re.Match[str]) -> str:
    """The ends of an integral or a sum in braces."""
    lo, hi = (re.sub(r"(?<![A-Za-z\\])(?:oo|inf(?:inity)?)(?![A-Za-z])", r"\\infty", match[key].strip("{}() ")) for key in ("lo", "hi"))
    return rf"\{match['sign']}_{{{lo}}}^{{{hi}}}"


def called(line: str, name: str) -> str:
    """sqrt(a) and binom(n, k) with braces."""
    while match := re.search(rf"(?<![A-Za-z\\]){name}\s*\(", line):
        end = bracket_end(line, match.end(), "(")
        if end is None:
            return line
        inside = line[match.end() : end[0]]
        parts = inside.split(",") if name == "binom" else [inside]
        line = rf"{line[: match.start()]}\{name}{''.join(f'{{{part.strip()}}}' for part in parts)}{line[end[1] :]}"
    return line


def raised(line: str) -> str:
    """x^(a + b) with braces, and e^-x^2 where nothing stands behind it."""
    while match := re.search(r"\^\s*\(", line):
        end = bracket_end(line, match.end(), "(")
        if end is None:
            return line
        line = f"{line[: match.start()]}^{{{line[match.end() : end[0]]}}}{line[end[1] :]}"

    def alone(m: re.Match[str]) -> str:
        more = re.match(r"\s*(?:[/(^]|(?!d\s*\\?[A-Za-z]\b)[A-Za-z0-9]|\\(?!cdot|q?quad|text|times))", m.string[m.end() :])
        return m[0] if more else f"^{{{m['sign']}{m['base']}{m['power'] or ''}}}"

    return SIGNED.sub(alone, line)
