r"""Characteristic functions in documents: E[e^{itX}] and ∫ e^{itx} f(x) dx are looked at for real s in the place of it.

Where both sides are analytic about 0 they agree for all t if they do for all s between −ε and 0 (identity theorem), and differ if they differ
there; e^{itX} has a mean that is analytic wherever that of e^{sX} exists on an interval. DLMF 1.10(ii).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sympy import Abs, Derivative, Expr, I, Pow, Rational, Symbol, arg, log, sign
from sympy.logic.boolalg import Boolean

from derive.grade.writing.outside import Outside
from derive.grade.writing.waves import INDEX, PARTS, TOKEN, in_one_font, is_unit, waves

UNITS = {1: "it", -1: "-it"}  # the names of s and of −s, which are positive
LETTERS = r"\\(?:omega|xi|theta|lambda|tau|alpha|mu)(?![A-Za-z])|[a-z]"
BESIDE = re.compile(rf"(?:\\mathrm\{{i\}}\s*(?P<behind>(?:(?:{LETTERS})\s*)+)|(?<![A-Za-z\\])(?P<before>[a-z])\s*\\mathrm\{{i\}})")
BOUND = re.compile(rf"(?:(?<![A-Za-z\\])d|\\mathrm\s*\{{?d\}}?)\s*(?P<over>{LETTERS})|_\s*\{{\s*(?P<index>[a-z])\s*=")


def imaginary(sides: Iterable[str], declared: Mapping[str, object]) -> bool:
    r"""Whether an i in the sides of a chain is the imaginary unit: it stands upright, or in an exponent and is no index.

    >>> imaginary([r"e^{i\pi}"], {}), imaginary([r"e^{x_i}"], {}), imaginary([r"1+\mathrm i"], {})
    (True, False, True)
    """
    texts = list(sides)
    if any(INDEX.search(t) or PARTS.search(t) for t in texts):
        return False
    return any(m["unit"] for t in texts for m in TOKEN.finditer(t)) or "i" not in declared and any(map(waves, texts))


def has_unit(text: str) -> bool:
    """Whether an i stands alone in a text."""
    return any(map(is_unit, TOKEN.finditer(text)))


def turning(sides: Iterable[str], declared: Mapping[str, object]) -> str:
    r"""The letter of a characteristic function in the sides of a chain; "" where they hold no imaginary unit, or i may be an index.

    >>> turning([r"\int e^{itx} f(x)\,dx", r"\frac{1}{1-it}"], {}), turning(["x_i", "e^{i}"], {})
    ('t', '')
    """
    texts = list(sides)
    if not imaginary(texts, declared) or not any(map(waves, texts)):
        return ""
    found = [name for text in texts for m in BESIDE.finditer(in_one_font(text)) for name in re.findall(LETTERS, m["behind"] or m["before"])]
    bound = {m["over"] or m["index"] for text in texts for m in BOUND.finditer(text)}
    return next((name for name in found if name not in ("d", "e", *bound)), "").lstrip("\\")


def turned(e: Expr, t: Symbol, half: int, v: Symbol) -> Expr:
    """An expression at it = v, or at it = −v. Raises Outside where it need not be analytic about t = 0, or the unit stays."""
    bent = [f for f in e.atoms(Abs, arg, sign) if t in f.free_symbols] + [d for d in e.atoms(Derivative) if t in d.variables]
    roots = [p.base for p in e.atoms(Pow) if not p.exp.is_integer] + [f.args[0] for f in e.atoms(log)]
    if bent or any(t in base.free_symbols and base.subs(t, 0) == 0 for base in roots):
        raise Outside("it need not be analytic in the argument of a characteristic function")
    found = e.xreplace({t: -I * half * v})
    if found.has(I):
        raise Outside("the imaginary unit is read beside the argument of a characteristic function only")
    return found


def near(v: Symbol, positive: Iterable[Symbol]) -> list[Boolean]:
    """That v is positive, less than 1/4, and less than each of these numbers and its reciprocal."""
    return [v > 0, v < Rational(1, 4), *(v < bound for c in positive for bound in (c, 1 / c))]
