"""The words of LaTeX that the reader knows, as tables: what is a letter, what is space, what is a bracket, what is a relation."""

from __future__ import annotations

import sympy

GREEK = {
    "\\" + name: name
    for name in (
        "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda "
        "mu nu xi omicron pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega "
        "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar"
    ).split()
}
VARIANTS = {"varepsilon": "epsilon", "vartheta": "theta", "varrho": "rho", "varsigma": "sigma", "varkappa": "kappa"}

SPACES = frozenset(
    [*r"\, \; \: \! \> \quad \qquad \thinspace \medspace \thickspace \enspace \enskip ~".split(), "\\ ", "\\\n", "\\\t"]
)
DROPPED = frozenset(
    r"\displaystyle \textstyle \scriptstyle \scriptscriptstyle \limits \nolimits \nonumber \notag \mathop \mathstrut \strut "
    r"\/ \( \) \[ \] $ \big \Big \bigg \Bigg \boxed \mathrel \mathbin \ensuremath \hfill \allowbreak".split()
)
DROPPED_WITH_ARGUMENT = frozenset(r"\label \tag \hspace \mspace \phantom \hphantom \vphantom".split())
DROPPED_WITH_LENGTH = frozenset(r"\hskip \kern \mkern \mskip".split())
INVISIBLE = frozenset(r"\mathrlap \mathllap \mathclap \rlap \llap \smash".split())  # what they hold is printed as it is
BRACED = frozenset(r"\underbrace \overbrace \underbracket \overbracket".split())  # what stands below or above the brace is a remark
UPRIGHT = frozenset(
    r"\text \mathrm \operatorname \operatorname* \mbox \textrm \textnormal \texttt \mathtt \textup \mathup".split()
)
PHYSICS = frozenset(  # commands that packages define for functions that plain LaTeX has no name for
    "erf erfc erfi sech csch sgn sign Beta Var Cov Li arcsinh arccosh arctanh arsinh arcosh artanh dd".split()
)
SWITCHES = {r"\rm": "", r"\bf": "", r"\it": "", r"\sf": "", r"\tt": "", r"\cal": "cal"}
FONTS = {  # how a font marks a name apart ("" where it does not)
    **dict.fromkeys(r"\mathbf \mathit \mathsf \boldsymbol \bm \textbf \textit \pmb \mathnormal".split(), ""),
    **dict.fromkeys(r"\mathbb \mathds \mathbbm".split(), "bb"),
    **dict.fromkeys(r"\mathcal \mathscr \mathfrak".split(), "cal"),
}
ACCENTS = {
    r"\hat": "hat",
    r"\widehat": "hat",
    r"\bar": "bar",
    r"\overline": "bar",
    r"\tilde": "tilde",
    r"\widetilde": "tilde",
    r"\vec": "vec",
    r"\dot": "dot",
    r"\ddot": "ddot",
    r"\check": "check",
    r"\breve": "breve",
}
ARGUMENTS = {  # commands and how many arguments they take
    **dict.fromkeys(r"\frac \dfrac \tfrac \cfrac \nicefrac \sfrac \binom \dbinom \tbinom".split(), 2),
    **dict.fromkeys([r"\sqrt", *FONTS, *ACCENTS, *INVISIBLE, *BRACED], 1),
}
SUBSCRIPT_WORDS = frozenset(r"\max \min \inf \sup \exp \log \det".split())  # x_{\max} is a name
GENERAL_FRACTIONS = {"()0pt": r"\binom", "": r"\frac"}  # \genfrac by its brackets and the line in it
FRACTIONS = frozenset(r"\frac \dfrac \tfrac \cfrac \nicefrac \sfrac".split())
BINOMIALS = frozenset(r"\binom \dbinom \tbinom".split())

OPENING_SIDE = frozenset(r"\left \bigl \Bigl \biggl \Biggl".split())
CLOSING_SIDE = frozenset(r"\right \bigr \Bigr \biggr \Biggr".split())
MIDDLE = frozenset(r"\middle \bigm \Bigm \biggm \Biggm".split())
BRACKETS = {
    "(": ")",
    "[": "]",
    "{": "}",
    r"\{": r"\}",
    "|": "|",
    r"\|": r"\|",
    r"\lfloor": r"\rfloor",
    r"\lceil": r"\rceil",
    ".": ".",
}
OPENERS = {
    "(": "(",
    "[": "[",
    "{": "{",
    r"\{": r"\{",
    r"\lbrace": r"\{",
    r"\lbrack": "[",
    r"\lvert": "|",
    r"\lVert": r"\|",
    r"\lfloor": r"\lfloor",
    r"\lceil": r"\lceil",
}
CLOSERS = {
    ")": ")",
    "]": "]",
    "}": "}",
    r"\}": r"\}",
    r"\rbrace": r"\}",
    r"\rbrack": "]",
    r"\rvert": "|",
    r"\rVert": r"\|",
    r"\rfloor": r"\rfloor",
    r"\rceil": r"\rceil",
}
BARS = {"|": "|", r"\vert": "|", r"\|": r"\|", r"\Vert": r"\|"}

RELATIONS = {
    "=": sympy.Eq, ":=": sympy.Eq, r"\equiv": sympy.Eq, r"\coloneqq": sympy.Eq, r"\triangleq": sympy.Eq,
    "<": sympy.Lt, r"\lt": sympy.Lt, ">": sympy.Gt, r"\gt": sympy.Gt,
    **dict.fromkeys(r"\le \leq \leqslant \leqq".split(), sympy.Le),
    **dict.fromkeys(r"\ge \geq \geqslant \geqq".split(), sympy.Ge),
    r"\ne": sympy.Ne, r"\neq": sympy.Ne,
}  # fmt: skip
MEMBER = r"\in"
PROPORTIONAL = r"\propto"
GIVEN = r"\mid"
DOTS = frozenset(r"\dots \ldots \cdots \dotsc \dotsb \dotsm \dotsi".split())
ARROWS = frozenset(r"\to \rightarrow \longrightarrow".split())
IF_WORDS = frozenset("if for when where with and".split())
ELSE_WORDS = frozenset(["otherwise", "else", "elsewhere", "otherwise."])
ENVIRONMENTS_OF_ROWS = frozenset(
    "aligned align split gathered gather equation eqnarray multline alignat alignedat displaymath math".split()
)

ELEMENTARY = {  # commands that both readers know
    r"\sin": sympy.sin, r"\cos": sympy.cos, r"\tan": sympy.tan, r"\cot": sympy.cot, r"\sec": sympy.sec, r"\csc": sympy.csc,
    r"\sinh": sympy.sinh, r"\cosh": sympy.cosh, r"\tanh": sympy.tanh, r"\coth": sympy.coth, r"\exp": sympy.exp,
    r"\log": sympy.log,
    r"\ln": sympy.log, r"\arcsin": sympy.asin, r"\arccos": sympy.acos, r"\arctan": sympy.atan,
}  # fmt: skip
INVERSES = {
    sympy.sin: sympy.asin, sympy.cos: sympy.acos, sympy.tan: sympy.atan, sympy.cot: sympy.acot, sympy.sec: sympy.asec,
    sympy.csc: sympy.acsc, sympy.sinh: sympy.asinh, sympy.cosh: sympy.acosh, sympy.tanh: sympy.atanh, sympy.coth: sympy.acoth,
    sympy.sech: sympy.asech, sympy.csch: sympy.acsch, sympy.erf: sympy.erfinv, sympy.erfc: sympy.erfcinv,
}  # fmt: skip

UNICODE = {
    **dict(zip("αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", (
        r"\alpha \beta \gamma \delta \epsilon \zeta \eta \theta \iota \kappa \lambda \mu \nu \xi \pi \rho \sigma \tau "
        r"\upsilon \phi \chi \psi \omega \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Phi \Psi \Omega").split(), strict=True)),
    "∞": r"\infty", "≤": r"\le", "≥": r"\ge", "≠": r"\ne",
    "∈": r"\in", "∝": r"\propto", "·": r"\cdot", "×": r"\times", "−": "-",
    "∫": r"\int", "∑": r"\sum", "∏": r"\prod", "√": r"\sqrt", "ℓ": r"\ell", "ℏ": r"\hbar", "…": r"\dots", "\u00a0": "~",
    "∣": r"\mid",
    "ϕ": r"\phi", "ϵ": r"\epsilon", "→": r"\to",
}  # fmt: skip
