"""How names are spelled in LaTeX, and in which order they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sympy import StrictGreaterThan, Symbol
from sympy.logic.boolalg import Boolean

from derive.language.problem import Problem

GREEK = frozenset(re.findall(r"\w+", """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho varrho sigma varsigma
    tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar"""))
ACCENTS = {"hat": r"\hat", "bar": r"\bar", "tilde": r"\tilde", "vec": r"\vec", "dot": r"\dot"}
FONTS = frozenset(("mathrm", "mathbf", "mathcal", "mathbb", "mathsf", "boldsymbol", "overline", "star", "ast", "prime"))
TAKEN = {"pi": r"\mathrm{pi}", "oo": r"\mathrm{oo}"}  # as letters they would read as the numbers π and ∞

TOKEN = re.compile(r"\\[A-Za-z]+|[A-Za-z0-9]|[{}_^',*+-]|\s+")


@dataclass(frozen=True)
class Names:
    """The variables and the parameters in the order in which they stand, and the LaTeX spelling of those that declare one.

    `positive` names parameters that conditions (not symbols) say are positive: √π/√a may then be printed as √(π/a).
    """

    variables: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    latex: Mapping[str, str] = field(default_factory=dict)
    positive: frozenset[str] = frozenset()

    def spell(self, name: str) -> str:
        """The LaTeX of a name: as declared, or the obvious spelling.

        >>> Names(latex={"a": r"\\alpha"}).spell("a"), Names().spell("mu1"), Names().spell("rate")
        ('\\\\alpha', '\\\\mu_1', '\\\\mathrm{rate}')
        """
        return self.latex.get(name) or obvious(name)

    def within(self, variable: str) -> Names:
        """These names where `variable` is bound as well."""
        return self if variable in self.variables else replace(self, variables=(*self.variables, variable))

    def rank(self, name: str) -> tuple[int, int, str]:
        """Where a name stands: declared parameters first, in order, then declared variables, then others by the alphabet."""
        for group, known in enumerate((self.parameters, self.variables)):
            if name in known:
                return (group, known.index(name), name)
        return (0, len(self.parameters), name)


def names_of(problem: Problem) -> Names:
    """The names of a problem, in the order declared; spellings that could do more than spell a name are left out."""
    declared = {p.symbol.name: p.latex for p in problem.parameters} | {v.symbol.name: v.latex for v in problem.variables}
    spelled = {name: latex for name, latex in declared.items() if is_spelling(latex)}
    return Names(tuple(v.symbol.name for v in problem.variables), tuple(p.symbol.name for p in problem.parameters),
                 distinct(spelled, declared), frozenset(c.lhs.name for c in problem.conditions if says_positive(c)))


def says_positive(condition: Boolean) -> bool:
    """Whether a condition is a > 0 for a symbol a."""
    return isinstance(condition, StrictGreaterThan) and isinstance(condition.lhs, Symbol) and bool(condition.rhs.is_nonnegative)


def distinct(spelled: Mapping[str, str], declared: Mapping[str, str]) -> dict[str, str]:
    """Spellings in which no two names look the same: a later one falls back to \\mathrm{name}."""
    seen: set[str] = set()
    result = dict(spelled)
    for name in declared:
        latex = spelled.get(name) or obvious(name)
        if latex in seen:
            result[name] = upright(name)
        seen.add(latex)
    return result


def is_spelling(latex: str) -> bool:
    """Whether a declared spelling only spells a name: letters, accents, fonts and scripts, with braces that match.

    >>> is_spelling(r"\\alpha_0"), is_spelling(r"\\input{x}"), is_spelling("")
    (True, False, False)
    """
    tokens = TOKEN.findall(latex)
    commands = {t[1:] for t in tokens if t.startswith("\\")}
    known = GREEK | FONTS | {a[1:] for a in ACCENTS.values()}
    return bool(latex) and "".join(tokens) == latex and commands <= known and balanced(tokens)


def balanced(tokens: list[str]) -> bool:
    """Whether every closing brace closes one that was opened, and none stays open."""
    depth = 0
    for token in tokens:
        depth += (token == "{") - (token == "}")
        if depth < 0:
            return False
    return depth == 0


def obvious(name: str) -> str:
    """The LaTeX that a name itself suggests.

    >>> [obvious(n) for n in ("x", "lambda", "x0", "x_max", "w12", "xbar", "sigma_x", "pi")]
    ['x', '\\\\lambda', 'x_0', 'x_{\\\\mathrm{max}}', 'w_{12}', '\\\\bar{x}', '\\\\sigma_x', '\\\\mathrm{pi}']
    """
    if name in TAKEN:
        return TAKEN[name]
    match = re.fullmatch(r"([A-Za-z]+?)(?:_?(\d+)|_([A-Za-z0-9]+))?('*)", name)
    if not match:
        return upright(name)
    base, digits, words, primes = match.groups()
    script = digits or (words and (words if words.isdigit() else letters(words)))
    return letters(base) + (f"_{braced(script)}" if script else "") + primes


def letters(word: str) -> str:
    """A word without subscript: a letter, a Greek letter, a letter under an accent, or upright."""
    if len(word) == 1:
        return word
    if word in GREEK:
        return "\\" + word
    for accent, command in ACCENTS.items():
        base = word.removesuffix(accent)
        if base != word and (len(base) == 1 or base in GREEK):
            return f"{command}{{{letters(base)}}}"
    return upright(word)


def upright(name: str) -> str:
    """Any name at all, in upright letters; what is neither letter nor digit becomes a full stop or an escaped underscore."""
    return r"\mathrm{" + re.sub(r"[^A-Za-z0-9.]", ".", name).replace("_", r"\_") + "}"


def braced(text: str) -> str:
    """Text as an argument of ^ or _: a single token stands alone."""
    return text if re.fullmatch(r"[A-Za-z0-9]|\\[A-Za-z]+", text) else f"{{{text}}}"
