"""Formula text to tokens, each of which remembers where it stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from derive.read.names import MAX_LENGTH, ReadError

MAX_DIGITS = 1_000  # of one number, written out
MAX_NAME = 60  # characters

GREEK = {"λ": "lambda", "ϕ": "phi", "ϵ": "epsilon", "ϑ": "theta", "ϰ": "kappa", "ϖ": "pi", "ϱ": "rho", "ς": "sigma",
         "Γ": "Gamma", "ℝ": "RR", "ℤ": "ZZ", "ℕ": "NN"}
SIGNS = {"−": "-", "–": "-", "·": "*", "⋅": "*", "×": "*", "∗": "*", "∙": "*", "∕": "/", "⁄": "/", "÷": "/",
         "≤": "<=", "≥": ">=", "≠": "!=",
         "∧": "&", "∞": "oo", "√": "√", "⩽": "<=", "⩾": ">=", "∈": "in"}
SUPERSCRIPT = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ", "0123456789-+n", strict=True))
SUBSCRIPT = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₘ", "0123456789ijknm", strict=True))
BRACKETS = {"(": ")", "[": "]", "{": "}"}
MEANINGLESS = {"'": "quotation marks have", '"': "quotation marks have", ".": "a '.' has", ":": "a ':' has", ";": "a ';' has",
               "\\": "a backslash has", "$": "a '$' has", "@": "an '@' has", "`": "a '`' has", "#": "a '#' has", "%": "a '%' has"}

NUMBER = re.compile(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
LOWERED = "".join(SUBSCRIPT)
LETTER = re.compile(rf"[\u00b5\u0370-\u03ff]([0-9{LOWERED}]|_\w+)*")
ELSEWHERE = rf"\W\u0370-\u03ff{''.join(SUPERSCRIPT)}"  # what does not belong to a Latin name
NAME = re.compile(rf"[^{ELSEWHERE}]([^{ELSEWHERE}{LOWERED}]|(?<=_)[\u0370-\u03ff])*[{LOWERED}]*")
OPERATOR = re.compile(r"\*\*|<=|>=|==|!=|&&|[-+*/^!<>=&,()\[\]{}|√]")


@dataclass(frozen=True)
class Token:
    """kind: "number", "name", "power" (a raised figure, as in x²), "op" or "end"; `end` is the offset after it."""

    kind: str
    text: str
    at: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The tokens of `text`, with an "end" token last.

    Raises ReadError for a character that has no meaning in a formula, for text that is too long, and for numbers too long to use.

    >>> [token.text for token in tokenize("2λ·x² ≤ .5")]
    ['2', 'lambda', '*', 'x', '2', '<=', '.5', '']
    """
    if len(text) > MAX_LENGTH:
        raise ReadError(f"the formula has {len(text)} characters, and at most {MAX_LENGTH} are read")
    tokens, at = [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = next_token(text, at)
        tokens.append(token)
        at = token.end
    return [*tokens, Token("end", "", len(text), len(text))]


def next_token(text: str, at: int) -> Token:
    """The token that starts at offset `at`."""
    character = text[at]
    if match := NUMBER.match(text, at):
        return number(match, text)
    if character in SUPERSCRIPT:
        return raised(text, at)
    if character in SIGNS:
        sign = SIGNS[character]
        return Token("name" if sign in ("oo", "in") else "op", sign, at, at + 1)
    if character.isalpha() or character == "_":
        return name(text, at)
    if match := OPERATOR.match(text, at):
        sign = {"^": "**", "&&": "&"}.get(match[0], match[0])
        return Token("op", sign, at, match.end())
    if unicodedata.numeric(character, None) is not None:
        raise ReadError(f"write {character!r} with plain digits", text, at)
    raise ReadError(f"{MEANINGLESS.get(character, f'the character {character!r} has')} no meaning in a formula", text, at)


def number(match: re.Match[str], text: str) -> Token:
    """A number as written, refused where it is too long."""
    exponent = match[2][1:].lstrip("+-") if match[2] else ""
    if len(match[1]) > MAX_DIGITS or len(exponent) > 4 or int(exponent or 0) > MAX_DIGITS:
        raise ReadError("the number is too long", text, match.start())
    return Token("number", match[0], match.start(), match.end())


def raised(text: str, at: int) -> Token:
    """A run of raised figures: x², x⁻¹, xⁿ."""
    end = at
    while end < len(text) and text[end] in SUPERSCRIPT:
        end += 1
    figures = "".join(SUPERSCRIPT[c] for c in text[at:end])
    if not re.fullmatch(r"[-+]?(\d{1,4}|n)", figures):
        raise ReadError(f"the exponent {text[at : min(end, at + 20)]!r} cannot be read", text, at)
    return Token("power", figures, at, end)


def name(text: str, at: int) -> Token:
    """A name; Greek letters and lowered figures are spelled out. A Greek letter is a name of its own: λx is lambda times x."""
    match = LETTER.match(text, at) or NAME.match(text, at)
    end = match.end() if match else at + 1
    word = spelled(text[at:end])
    if not word.isascii():
        raise ReadError(f"the name {text[at:end]!r} has letters that are neither Latin nor Greek", text, at)
    if len(word) > MAX_NAME or "__" in word:
        raise ReadError(f"{word[:MAX_NAME]!r} cannot be used as a name", text, at)
    return Token("name", word, at, end)


def spelled(word: str) -> str:
    """A name in plain letters: the one spelling under which it is declared and looked up.

    >>> spelled("σ₁"), spelled("λ"), spelled("mu")
    ('sigma1', 'lambda', 'mu')
    """
    return "".join(letter(c) for c in word)


def letter(character: str) -> str:
    """One letter in plain letters: σ is "sigma", ₁ is "1"."""
    if character.isascii():
        return character
    if character in GREEK or character in SUBSCRIPT:
        return GREEK.get(character) or SUBSCRIPT[character]
    described = unicodedata.name(character, "")
    if match := re.fullmatch(r"(?:GREEK|MICRO) (?:(SMALL|CAPITAL) LETTER |SIGN)?(\w*)", described):
        word = (match[2] or "mu").lower().replace("lamda", "lambda")
        return word.capitalize() if match[1] == "CAPITAL" else word
    return character


def is_name(word: str) -> bool:
    """Whether `word` can be declared as a name."""
    return re.fullmatch(r"(?!.*__)[A-Za-z_]\w*", word, re.ASCII) is not None and len(word) <= MAX_NAME


def near(word: str, known: Iterable[str]) -> str:
    """A clause that suggests what `word` may have meant, or "".

    >>> near("positiv", ["positive", "real"])
    "; did you mean 'positive'?"
    """
    close = get_close_matches(word, list(known), n=2, cutoff=0.6)
    return f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
