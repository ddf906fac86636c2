"""The LaTeX that we print, as one line of Unicode for a terminal. It knows only what latex.py emits."""

from __future__ import annotations

import re
from collections.abc import Iterator

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}^_&]|\d+\.?\d*|\s+|.", re.DOTALL)
SIGNS = {
    "infty": "∞", "cdot": "·", "times": "×", "le": "≤", "ge": "≥", "ne": "≠", "in": "∈", "to": "→", "mapsto": "↦", "dots": "…",
    "cdots": "⋯", "int": "∫", "sum": "∑", "ell": "ℓ", "hbar": "ħ", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
    "quad": "  ", "left": "", "middle": "", "right": "", "displaystyle": "", "qquad": "    ", "varepsilon": "ε", "vartheta": "ϑ", "varrho": "ϱ",
    "varsigma": "ς", "varphi": "φ", "star": "*", "ast": "*", "prime": "′", "partial": "∂", "pm": "±", "propto": "∝", "cup": "∪",
    **dict(zip(re.findall(r"\w+", """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau
        upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"""),
               "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ", strict=True)),
    ",": " ", "{": "{", "}": "}", "_": "_", "\\": "; ", "!": "", ";": " ", " ": " "}
BLACKBOARD = {"R": "ℝ", "Z": "ℤ", "N": "ℕ", "C": "ℂ", "Q": "ℚ"}
SCRIPT = {"Z": "𝒵", "E": "ℰ", "g": "ℊ", "p": "𝓅"}  # what is ours where a problem has the letter itself
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "overline": "\u0304"}
ABOVE = dict(zip("0123456789+-()nik", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵏ", strict=True))
BELOW = dict(zip("0123456789+-()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))


def plain(tex: str) -> str:
    """LaTeX as one line of plain text.

    >>> print(plain(r"\\frac{1}{\\sqrt{2 \\pi}\\,\\sigma} e^{-(x - \\mu)^2/(2 \\sigma^2)}"))
    1/(√(2 π) σ) e^(-(x - μ)²/(2 σ²))
    >>> print(plain(r"\\int_0^\\infty \\lambda^k \\,dx"))
    ∫[0, ∞] λᵏ dx
    >>> print(plain(r"b\\arctan\\frac{b}{a} - \\frac{a}{2}\\log\\left(1 + b^2\\right)"))
    b arctan(b/a) - a/2 log(1 + b²)
    """
    return re.sub(r" {2,}", " ", apart(Reader(tex).text())).strip()


NAMED = "\x02", "\x03"  # where the name of a function begins and ends, until all of the line is known


def apart(text: str) -> str:
    """The names of functions with room where a letter or a figure stands beside them: b arctan x and not barctanx."""
    begin, end = NAMED
    text = re.sub(rf"(?<=[\w)]){begin}|{end}(?=[^\W_²³¹⁰-₟]|√)", " ", text)
    return text.replace(begin, "").replace(end, "")


class Reader:
    """Reads LaTeX from left to right."""

    def __init__(self, tex: str) -> None:
        self.tokens, self.at = TOKEN.findall(tex), 0

    def peek(self) -> str:
        """The next token, or nothing."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def next(self) -> str:
        """Take the next token."""
        self.at += 1
        return self.tokens[self.at - 1]

    def text(self, stop: str = "") -> str:
        """All up to `stop` or the end."""
        return "".join(self.items(stop))

    def items(self, stop: str) -> Iterator[str]:
        """What stands there, piece by piece."""
        while self.peek() != stop and self.at < len(self.tokens):
            yield self.item()
        if stop and self.peek() == stop:
            self.next()

    def argument(self) -> str:
        """A group in braces, or a single token."""
        while self.peek().isspace():
            self.next()
        if len(figures := self.peek()) > 1 and figures.isdigit():  # \frac12 and x^10 take one figure each
            self.tokens[self.at:self.at + 1] = figures[0], figures[1:]
        return self.item()

    def item(self) -> str:
        """One token with what belongs to it."""
        token = self.next()
        if token == "{":
            return self.text("}")
        if token == "^":
            return raised(self.argument())
        if token == "_":
            return lowered(self.argument())
        if token == "&":
            return " "
        return self.command(token[1:]) if token.startswith("\\") else token

    def command(self, name: str) -> str:
        """A command with its arguments."""
        match name:
            case "frac" | "tfrac" | "dfrac":
                return f"{grouped(self.argument())}/{grouped(self.argument())}"
            case "sqrt":
                return f"√{grouped(self.argument())}"
            case "binom":
                return f"C({self.argument()}, {self.argument()})"
            case "mathbb":
                return "".join(BLACKBOARD.get(c, c) for c in self.argument())
            case "int" | "sum":
                return SIGNS[name] + self.limits()
            case "lim":
                return name + self.limits()
            case "mathcal":
                return "".join(SCRIPT.get(c, c) for c in self.argument())
            case "mathrm" | "operatorname" | "text" | "mathbf" | "mathsf" | "boldsymbol":
                return self.argument()
            case "begin":
                return "{ " if self.argument() == "cases" else ""
            case "end":
                return " }" if self.argument() == "cases" else ""
        if name in ACCENTS:
            return self.argument() + ACCENTS[name]
        return SIGNS[name] if name in SIGNS else self.named(name)

    def named(self, name: str) -> str:
        """The name of a function; a fraction is its argument as a whole."""
        begin, end = NAMED
        ahead = self.at + self.peek().isspace()
        if self.tokens[ahead:ahead + 1] == ["\\frac"]:
            return f"{begin}{name}({self.argument()})"
        return f"{begin}{name}{end}"

    def limits(self) -> str:
        """The ends of a sum or an integral, in square brackets."""
        ends = []
        while self.peek() in ("_", "^"):
            self.next()
            ends.append(self.argument())
        return f"[{', '.join(ends)}]" if ends else ""


def grouped(text: str) -> str:
    """In brackets, unless it is one sign or stands in brackets already."""
    return text if re.fullmatch(r"[\w!√]*(\([^()]*\))?\w?(\^(\w|\([^()]*\)))?", text) else f"({text})"


def raised(text: str) -> str:
    """An exponent: small figures where Unicode has them."""
    if text and all(c in ABOVE for c in text):
        return "".join(ABOVE[c] for c in text)
    return f"^{text}" if len(text) == 1 else f"^({text})"


def lowered(text: str) -> str:
    """A subscript: small figures where Unicode has them."""
    if text and all(c in BELOW for c in text):
        return "".join(BELOW[c] for c in text)
    return f"_{text}" if re.fullmatch(r"\w+", text) else f"_({text})"


def width(tex: str) -> float:
    """About how wide a formula is, in digits: what stands in a fraction counts once, scripts are small.

    >>> width(r"\\frac{x + 1}{2}") < width("x + 1 + 2")
    True
    """
    flat = tex
    while (shorter := re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", wider, flat)) != flat or \
            (shorter := re.sub(r"\{([^{}]*)\}", r" \1 ", flat)) != flat:
        flat = shorter
    flat = re.sub(r"\\(left|right|,|displaystyle|operatorname|mathrm|text)", "", flat)
    return sum(1.6 if t.startswith("\\int") or t in "+-=<>" else 1.0 for t in re.findall(r"\\[A-Za-z]+|[^\s\\_^&]", flat))


def wider(match: re.Match[str]) -> str:
    """The wider one of numerator and denominator."""
    return max(match.groups(), key=width)
