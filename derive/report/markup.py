"""Words and formulas as HTML. What comes from people is escaped here; where that is forgotten, the templates escape it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from derive.report.mathml import mathml
from derive.report.text import width

WIDE = 24.0  # digits, about what a telephone shows in one line


def said(parts: Sequence[str]) -> Markup:
    """Words and formulas by turns."""
    return Markup("").join(inline(p) if i % 2 else escape(p) for i, p in enumerate(parts))


def inline(latex: str) -> Markup:
    """A formula inside a sentence; one that may be wider than the screen can be scrolled by itself."""
    shown = formula(latex)
    return Markup('<span class="wide">{}</span>').format(shown) if width(latex) > WIDE else shown


def block(latex: str) -> Markup:
    """A formula on a line of its own."""
    return Markup('<div class="formula">{}</div>').format(formula(latex, display=True))


def formula(latex: str, display: bool = False) -> Markup:
    """MathML; the LaTeX itself where Temml cannot read it, since a page without a formula would say less."""
    try:
        return Markup(mathml(latex, display))
    except ValueError:
        return Markup("<code>{}</code>").format(latex)


def people(text: str) -> Markup:
    """Text of a person: it shows as it stands and commands nothing."""
    return escape("".join(c for c in text if c.isprintable()))
