"""Sentences. They stand in templates/; here each is found, given the values of its step, and put into the words of a format."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sympy import Basic, Expr, Lambda, Symbol, count_ops, factor, sympify
from sympy.core.function import AppliedUndef

from derive.language.claims import Rule, Step
from derive.language.totals import Atoms, Counting, Measure, totals
from derive.report.latex import ORDINARY, Printer, tex
from derive.report.names import Names
from derive.report.ranges import domain_of
from derive.report.text import SIGNS, plain, width

if TYPE_CHECKING:
    from jinja2 import Environment

WIDEST_INLINE = 48.0  # digits, about two thirds of a line
PACKAGE = Path(__file__).parents[1]
LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}",
         ">": r"\textgreater{}", "|": r"\textbar{}", '"': "''", "$": r"{\upshape\char36}",
         **{c: "\\" + c for c in "&%#_{}"}}  # \$ would ask for a bitmap font
LETTERS = {
    "é": r"\'e", "è": r"\`e", "ä": r'\"a', "ö": r'\"o', "ü": r'\"u', "ß": r"\ss{}", "á": r"\'a", "í": r"\'{\i}", "ó": r"\'o",
    "ø": r"\o{}", "å": r"\aa{}", "ç": r"\c{c}", "ñ": r"\~n", "–": "--", "—": "---", "’": "'", "“": "``", "”": "''"}
GITHUB = {r"\,": r"\thinspace ", r"\{": r"\lbrace ", r"\}": r"\rbrace ", r"\\": r"\cr "}


@dataclass(frozen=True)
class Voice:
    """A format ("latex", "markdown", "html" or "text") with the names of a problem."""

    kind: str
    names: Names = ORDINARY

    def say(self, sentence: str) -> str:
        """A sentence with formulas between dollar signs, as this format writes it."""
        parts = " ".join(sentence.split()).split("$")
        if self.kind == "latex":
            return set_out(parts)
        if self.kind == "html":
            return markup().said(parts)
        inside = github if self.kind == "markdown" else plain
        return ("$" if self.kind == "markdown" else "").join(inside(p) if i % 2 else p for i, p in enumerate(parts))

    def formula(self, latex: str) -> str:
        """A formula inside a sentence."""
        return self.say(f"${latex}$")

    def display(self, latex: str) -> str:
        """A formula on lines of its own."""
        if self.kind == "markdown":
            return f"$$\n{github(latex)}\n$$"
        if self.kind == "latex":
            return f"\\[\\fit{{{latex}}}\\]"
        return markup().block(latex) if self.kind == "html" else f"    {plain(latex)}"

    def escape(self, text: str) -> str:
        """Text of a person: it shows as it stands and commands nothing."""
        text = " ".join(text.split())
        if self.kind == "latex":
            return "".join(LATEX.get(c, c if c.isascii() and c.isprintable() else unicode_tex(c)) for c in text)
        if self.kind == "markdown":
            marked = re.sub(r"([\\`*_{}\[\]()#+!|~])", r"\\\1", html.escape(text, quote=False))
            return marked.replace("$", "<span>$</span>")
        if self.kind == "html":
            return markup().people(text)
        return "".join(c for c in text if c.isprintable())


def markup() -> Any:
    """The words of HTML, which no other format needs to load."""
    from derive.report import markup

    return markup


def set_out(parts: list[str]) -> str:
    """Words and formulas by turns, for LaTeX; a wide formula stands on its own, with the sign that follows it."""
    for i in range(1, len(parts), 2):
        if width(parts[i]) <= WIDEST_INLINE:
            parts[i] = f"${parts[i]}$"
        else:
            mark = parts[i + 1][:1] if parts[i + 1][:1] in (".", ",", ";") else ""
            parts[i], parts[i + 1] = rf"\[\fit{{{parts[i]}{mark}}}\]", parts[i + 1].removeprefix(mark)
    return "".join(parts)


def unicode_tex(character: str) -> str:
    """What plain pdflatex can show of a character beyond ASCII."""
    known = {sign: name for name, sign in SIGNS.items() if len(sign) == 1 and name.isalpha() and not sign.isascii()}
    return LETTERS.get(character) or (f"$\\{known[character]}$" if character in known else "?")


def github(latex: str) -> str:
    """Spellings that a Markdown reader leaves alone: it would take the backslash from \\, \\{ and \\\\."""
    kept = re.sub(r"\\[,{}\\] ?", lambda m: GITHUB[m.group().rstrip()], latex)
    return re.sub(r" ?([<>]) ?", lambda m: r" \lt " if m[1] == "<" else r" \gt ", kept)


class Shown:
    """A value in a sentence: prints itself as $LaTeX$, computes as an expression. `.tex` is the LaTeX without dollar signs."""

    def __init__(self, term: Any, names: Names) -> None:
        self.term, self.names = sympify(term), names

    @property
    def tex(self) -> str:
        """LaTeX; of a function its value, of a measure the set that it lives on."""
        if isinstance(self.term, Measure):
            return domain_of(self.term, Printer(self.names))
        return tex(self.term.expr if isinstance(self.term, Lambda) else self.term, self.names)

    def __str__(self) -> str:
        return f"${self.tex}$"

    def with_(self, term: Any) -> Shown:
        """Another term with the same names."""
        return Shown(term, self.names)

    def diff(self, x: Shown) -> Shown:
        """The derivative, as one fraction where that is shorter."""
        slope = bare(self).diff(bare(x))
        return self.with_(min(slope, factor(slope), key=count_ops) if slope.is_rational_function(bare(x)) else slope)

    def __call__(self, *arguments: Any) -> Shown:
        return self.with_(self.term(*map(bare, arguments)))

    def __add__(self, other: Any) -> Shown:
        return self.with_(bare(self) + bare(other))

    def __sub__(self, other: Any) -> Shown:
        return self.with_(bare(self) - bare(other))

    def __mul__(self, other: Any) -> Shown:
        return self.with_(bare(self) * bare(other))

    def __truediv__(self, other: Any) -> Shown:
        return self.with_(bare(self) / bare(other))

    def __pow__(self, other: Any) -> Shown:
        return self.with_(bare(self) ** bare(other))

    def __neg__(self) -> Shown:
        return self.with_(-bare(self))

    def __eq__(self, other: object) -> bool:
        return bool(self.term == bare(other))

    __hash__ = None  # type: ignore[assignment]
    __radd__, __rmul__ = __add__, __mul__


def bare(value: Any) -> Expr:
    """The expression of a value, the body of a function."""
    term = value.term if isinstance(value, Shown) else value
    return term.expr if isinstance(term, Lambda) else sympify(term)


@dataclass(frozen=True)
class Said:
    """What a sentence may mention of a step: `x` is the bound variable, `new` the one it becomes, `kind` integral or sum."""

    before: Shown
    after: Shown
    at: Shown
    x: Shown
    new: Shown
    kind: str
    pieces: int
    detail: str


def said(step: Step, names: Names) -> Said:
    """The step as sentences see it."""
    total = next(totals(step.at), None) or next(totals(step.before), None)
    x = total.x if total else Symbol("x")
    old = {t.x for t in totals(step.before)}
    new = next((t.x for t in totals(step.after) if t.x not in old), x)
    kind = "sum" if total is not None and isinstance(total.measure, (Counting, Atoms)) else "integral"
    before, after, at, old_x, new_x = (Shown(t, names) for t in (step.before, step.after, step.at, x, new))
    return Said(before, after, at, old_x, new_x, kind, len(step.because), step.detail)


def wide_names(step: Step, names: Names) -> Names:
    """The names with all variables that are bound in a step."""
    for term in (step.before, step.after):
        for total in totals(term):
            names = names.within(total.x.name)
    return names


@cache
def environment(language: str = "en", escaping: bool = False) -> Environment:
    """The templates of a language: beside the package in a checkout, inside it where it is installed.

    With `escaping`, all that is not marked as HTML is escaped.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    folders = [folder / "templates" / language for folder in (PACKAGE, PACKAGE.parent)]
    return Environment(loader=FileSystemLoader(folders), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
                       autoescape=escaping, keep_trailing_newline=True)


MACRO = re.compile(r"^{% macro (\w+)\(.*?{% endmacro %}$", re.MULTILINE | re.DOTALL)


@cache
def macros(language: str = "en", file: str = "rules.j2") -> Mapping[str, str]:
    """The text of each macro of a file, by its name: those of the sentences of the rules if no other is named."""
    templates = environment(language)
    assert templates.loader is not None
    return {found[1]: found[0] for found in MACRO.finditer(templates.loader.get_source(templates, file)[0])}


@cache
def macro(rule: str, language: str = "en") -> Callable[..., str]:
    """The macro of a rule. It is compiled by itself, with the helpers: a derivation needs few, and all take a fifth of a second."""
    known = macros(language)
    text = "\n".join([text for name, text in known.items() if name.startswith("_")] + [known[rule]])
    return getattr(environment(language).from_string(text).module, rule)


def has_sentence(rule: str, language: str = "en") -> bool:
    """Whether the rule of this name has a sentence.

    >>> has_sentence("gaussian_integral"), has_sentence("guess")
    (True, False)
    """
    return rule in macros(language) and not rule.startswith("_")


def outline(rule: str, voice: Voice, language: str = "en") -> str:
    r"""How a cited rule comes about, in a few words; "" where nothing is said of it.

    >>> outline("double_angle", Voice("markdown"))
    '$\\cos 2A = \\cos^2 A - \\sin^2 A = 2 \\cos^2 A - 1$ by the addition theorem for the cosine of $A + A$.'
    """
    text = macros(language, "outlines.j2").get(rule, "")
    return voice.say(getattr(environment(language).from_string(text).module, rule)()) if text else ""


def sentence(step: Step, detail: str, voice: Voice, rule: Rule | None = None, language: str = "en") -> str:
    """The sentence that explains a step. Letters of `rule` to which the step gives no value stand for themselves.

    Raises KeyError where templates/ has no sentence for the rule.
    """
    if not has_sentence(step.rule, language):
        raise KeyError(f"templates/{language}/rules.j2 has no sentence for the rule {step.rule!r}")
    names = wide_names(step, voice.names)
    return voice.say(macro(step.rule, language)(shown_values(values_of(step, rule), names), said(step, names), detail))


def values_of(step: Step, rule: Rule | None) -> Mapping[Basic, Basic]:
    """The values of a step, with the letters and functions of its rule that are not among them as their own values."""
    if rule is None:
        return step.values
    claim, rests_on = rule.instance(step.values)
    terms = [t for c in (claim, *rests_on) for t in (c.left, c.right, *c.given)]
    own: dict[Basic, Basic] = {s: s for t in terms for s in t.atoms(Symbol)}
    bound = set().union(*(c.bound() for c in (claim, *rests_on)))
    applied = {e for t in terms for e in t.atoms(AppliedUndef) if all(a.is_Symbol for a in e.args)}
    own |= {e.func: Lambda(e.args, e) for e in sorted(applied, key=lambda e: (set(e.args) <= bound, str(e)))}  # f(x) before f(hi)
    return own | dict(step.values)


def shown_values(values: Mapping[Basic, Basic], names: Names) -> dict[str, Shown]:
    """The values of a step by the names of their letters."""
    return {str(getattr(letter, "name", None) or getattr(letter, "__name__", letter)): Shown(value, names)
            for letter, value in values.items()}
