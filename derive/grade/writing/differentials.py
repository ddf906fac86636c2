r"""What a line says about differentials, as in dx = σ du, held against the substitution that was stated before it.

A differential is a name of its own here: dx is d_x, so that dx/x keeps its x.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Set

from sympy import Add, Basic, Expr, Mul, Symbol

from derive.grade.equal.equality import compare
from derive.grade.equal.ground import Ground
from derive.grade.handed import CORRECT, UNDECIDED, WRONG
from derive.language.claims import PROVED, REFUTED

PREFIX = "d_"
POLAR = ("r", "rho", "R", "s")  # dx dy = r dr dθ
ANGLES = ("theta", "phi", "varphi", "vartheta", "alpha")
UPRIGHT = r"\\(?:mathrm|operatorname|text|rm)\s*\{\s*d\s*\}|\\mathrm\s+d|\\rm\s+d(?![A-Za-z])"
TOKENS = re.compile(rf"{UPRIGHT}|\\(?:mathrm|operatorname|text|mbox)\*?\s*\{{[^{{}}]*\}}|\\[A-Za-z]+|\\.|.", re.DOTALL)
NAME = re.compile(r"(?:\\[,;:! ]|\s)*(?P<name>[A-Za-z]|\\[A-Za-z]+)(?:_(?:\{(?P<long>\w+)\}|(?P<short>\w)))?")
DERIVATIVE = re.compile(  # d/dx of what follows is no quotient of differentials
    rf"\\[dt]?frac\s*\{{\s*(?:d|{UPRIGHT}|\\partial)\s*(?:\^|\}}|\\(?:ln|log)(?![A-Za-z]))"
)
OPENS = ("", "{", "(", "[", "=", "+", "-", ",", "/", "|", ":", r"\cdot", r"\times", r"\left", r"\frac", r"\quad", r"\qquad")
ONE_D = rf"(?:(?<![A-Za-z\\])d|{UPRIGHT})\s*(?:[A-Za-z]|\\[A-Za-z]+)"
BRACKETED = re.compile(  # (2 du) or (−du/u²)
    rf"(?:\\left|\\[bB]igg?l?)?\((?P<inside>(?:[^()]*?[\s\d}},;!/])?{ONE_D}\s*|-?\s*{ONE_D}\s*|"
    rf"-?[^(){{}}]*\\[dt]?frac\s*\{{[^(){{}}]*{ONE_D}\s*\}}\s*(?:\{{(?:[^(){{}}]|\{{[^(){{}}]*\}})*\}}|\\?\w))(?:\\right|\\[bB]igg?r?)?\)"
)
SPACES = (r"\,", r"\;", r"\:", r"\!", r"\ ", " ", "\n", "~")
NO_NAMES = (r"\cdot", r"\times", r"\left", r"\right", r"\frac", r"\sqrt", r"\quad", r"\qquad", r"\to", r"\le", r"\ge", r"\in")


def marked(formula: str) -> str:
    r"""A formula without integral signs with each differential dx as the name d_{x}, a factor of its own.

    >>> marked(r"dx = R\cos\theta\,d\theta"), marked(r"du = \frac{dx}{x}")
    ('d_{x} = R\\cos\\theta\\,\\cdot d_{\\theta}', 'd_{u} = \\frac{d_{x}}{x}')
    """
    if DERIVATIVE.search(formula):
        return formula
    made, at, last = "", 0, ""
    while at < len(formula):
        match = TOKENS.match(formula, at)
        assert match is not None
        token, at = match[0], match.end()
        name = NAME.match(formula, at) if token == "d" or re.fullmatch(UPRIGHT, token) else None
        if name is not None and name["name"] not in NO_NAMES:
            times = "" if last in OPENS else r"\cdot "
            index = name["long"] or name["short"] or ""
            token, at = f"{times}d_{{{name['name']}{index}}}", name.end()
        made += token
        last = last if token in SPACES else token
    return made


OF_NEW = re.compile(
    rf"(?P<left>\s*(?:d|{UPRIGHT})\s*(?P<name>[A-Za-z]|\\[A-Za-z]+)\s*)=(?P<factor>.*?)(?P<right>(?:d|{UPRIGHT})\s*(?P<other>\\?[A-Za-z]+)\s*)(?P<end>\}}?[\s.]*)$"
)


def marked_beside_d(formula: str, new: Container[str], own: Container[str]) -> str:
    r"""du = … dv as one of differentials where d is a parameter too: u is new, or it is x and v is new.

    >>> marked_beside_d(r"dx = \sqrt{d}\,du", {"u"}, {"x"}), marked_beside_d("dx = 2 dy", {}, {"x"})
    ('d_{x} = \\sqrt{d}\\,\\cdot d_{u}', 'dx = 2 dy')
    """
    match = OF_NEW.match(formula)
    name, other = (match[one].lstrip("\\") for one in ("name", "other")) if match else ("", "")
    if match is None or not (name in new or name in own and other in new):
        return formula
    joint = "" if re.search(r"(?:\\cdot|\\times|=)\s*$", f"={match['factor']}") else r"\cdot "
    return f"{marked(match['left'])}={match['factor']}{joint}{marked(match['right'])}{match['end']}"


SCRIPT = r"(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\[a-z]+|\w)"
LEADING = re.compile(  # ∫ dz/h f(z), with all that follows below the sign
    rf"(?P<int>\\int(?:\s*\\limits)?(?:\s*_\s*{SCRIPT})?(?:\s*\^\s*{SCRIPT})?(?:\s|\\[!,;: ])*)"
    r"\\[dt]?frac\s*\{\s*(?P<d>d\s*(?:[A-Za-z]|\\[a-z]+))\s*\}\s*\{(?!\s*d\s*\\?[A-Za-z]+\s*\})(?P<below>(?:[^{}]|\{[^{}]*\})*)\}"
    r"(?=(?:\s|\\[!,;: ])*(?:[A-Za-z0-9(]|\\(?!q?quad|text|to|[!,;: ]|right|implies|Rightarrow)))"
)


def bare_differentials(formula: str) -> str:
    r"""∫ f (−du/u²) as ∫ f (−1) du/u²: a product in brackets that holds a differential, without them.

    >>> bare_differentials(r"\int_\infty^0 f\left(-\frac{du}{u^2}\right)"), bare_differentials(r"\int_0^1 f(u)\,(2\,du)")
    ('\\int_\\infty^0 f\\cdot(-1)\\frac{du}{u^2}', '\\int_0^1 f(u)\\,\\cdot2\\,du')
    >>> bare_differentials(r"\int_0^\infty\frac{dz}{h}\,z"), bare_differentials(r"\int\frac{dz}{h} = 1")
    ('\\int_0^\\infty dz\\,\\frac{1}{h}\\,z', '\\int\\frac{dz}{h} = 1')
    """
    formula = LEADING.sub(r"\g<int> \g<d>\\,\\frac{1}{\g<below>}", formula)
    for match in reversed(list(BRACKETED.finditer(formula))):
        inside = match["inside"]
        flat = re.sub(r"\\[,;:! ]|\{(?:[^{}]|\{[^{}]*\})*\}", "", inside)
        if re.search(r"[-+=,]", flat[1:]) or r"\int" in inside:
            continue
        sign, bare = ("(-1)", inside.lstrip()[1:]) if inside.lstrip().startswith("-") else ("", inside)
        formula = rf"{formula[: match.start()]}\cdot{sign}{bare}{formula[match.end() :]}"
    return formula


def differentials(e: Basic) -> set[Symbol]:
    return {s for s in e.free_symbols if isinstance(s, Symbol) and s.name.startswith(PREFIX)}


def judge_differential(sides: tuple[Basic, ...], defined: Mapping[Symbol, Expr], ground: Ground, constants: Set[str]
                       ) -> tuple[str, str, Expr | None]:  # fmt: skip
    """Whether c₁ dv₁ = c₂ dv₂ holds, given u = φ(x) or x = ψ(u); names among `constants` do not vary.

    For a wrong one the third part is the factor by which it is off.
    """
    if len(sides) < 2:
        return UNDECIDED, "this statement about differentials could not be read", None
    wrong, off = "", None
    for new, value in defined.items():
        table = total_differential(new, value, {d.name for s in sides for d in differentials(s)}, constants)
        if table is None:
            continue
        left, *others = (at_names(side, table) for side in sides)
        found = [compare(left, other, ground).verdict for other in others]
        if all(v == PROVED for v in found):
            return CORRECT, "", None
        if REFUTED in found:
            ratio = left / others[found.index(REFUTED)]
            off = ratio if not differentials(ratio) else None
            wrong = f"From {new} = {value} it follows that d{new} = {shown(table[PREFIX + new.name])}."
    if wrong:
        return WRONG, wrong, off
    if all(len(differentials(side)) == 2 for side in sides):
        return (*polar(sides[0], sides[1]), None)
    return UNDECIDED, "no substitution was stated that this differential could be held against", None


def total_differential(new: Symbol, value: Expr, seen: set[str], constants: Set[str]) -> dict[str, Expr] | None:
    """du = Σ ∂u/∂x dx and u = φ(x), by name, where a statement speaks of du and dx and of nothing else; None where it does not."""
    olds = [s for s in value.free_symbols if isinstance(s, Symbol) and s.name not in constants and PREFIX + s.name in seen]
    names = {PREFIX + new.name, *(PREFIX + s.name for s in olds)}
    if not olds or not seen <= names:
        return None
    letters = {s: Symbol(PREFIX + s.name, positive=True) for s in olds}
    whole = Add(*(value.diff(s) * d for s, d in letters.items()))
    return {**{d.name: d for d in letters.values()}, **{s.name: s for s in olds}, PREFIX + new.name: whole, new.name: value}


def at_names(side: Basic, table: Mapping[str, Expr]) -> Basic:
    return side.xreplace({s: table[s.name] for s in side.free_symbols if s.name in table})


def shown(e: Expr) -> str:
    return str(e).replace(PREFIX, "d")


def polar(left: Basic, right: Basic) -> tuple[str, str]:
    """dx dy = r dr dθ."""
    for a, b in ((left, right), (right, left)):
        plain, around = ({d.name.removeprefix(PREFIX): d for d in differentials(side)} for side in (a, b))
        radius = next((name for name in POLAR if name in around), None)
        angle = next((name for name in ANGLES if name in around), None)
        if radius is None or angle is None or set(plain) & {radius, angle}:
            continue
        factor = b / (around[radius] * around[angle])
        if factor.is_Symbol and factor.name == radius and a == Mul(*plain.values()):
            return CORRECT, ""
        if factor == 1 and a == Mul(*plain.values()):
            return WRONG, f"In polar coordinates the area is {radius} d{radius} d{angle}: the factor {radius} is missing."
    return UNDECIDED, "this product of differentials was not recognised"
