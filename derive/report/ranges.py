"""Where a variable ranges, as LaTeX."""

from __future__ import annotations

from sympy import Symbol, oo

from derive.language.totals import Atoms, Lebesgue, Measure
from derive.report.latex import Printer
from derive.report.names import Names

DOTS = r"\dots"


def support(x: Symbol, measure: Measure, names: Names, domain: str = "") -> str:
    """Where a variable ranges, as in x ∈ (0, ∞); closed brackets where `domain`, the domain as written, has them.

    >>> from sympy import Symbol, oo
    >>> from derive.language.totals import Counting, Lebesgue
    >>> print(support(Symbol("x"), Lebesgue(0, 1), Names(), "[0, 1)"), support(Symbol("k"), Counting(0, oo), Names()))
    x \\in [0, 1) k \\in \\{0, 1, 2, \\dots\\}
    """
    return rf"{names.spell(x.name)} \in {domain_of(measure, Printer(names), domain)}"


def domain_of(measure: Measure, printer: Printer, domain: str = "") -> str:
    """The set that a measure lives on."""
    if isinstance(measure, Atoms):
        return rf"\{{{', '.join(map(printer.in_line, measure.points))}\}}"
    lo, hi = measure.lo, measure.hi
    if isinstance(measure, Lebesgue):
        if (lo, hi) == (-oo, oo):
            return r"\mathbb{R}"
        left, right = "[" if domain.startswith("[") else "(", "]" if domain.endswith("]") else ")"
        return f"{left}{printer.in_line(lo)}, {printer.in_line(hi)}{right}"
    if (lo, hi) == (-oo, oo):
        return r"\mathbb{Z}"
    first = [lo, lo + 1, lo + 2] if lo.is_Integer and hi is oo else [lo, lo + 1]
    shown = [] if lo is -oo else list(map(printer.in_line, first if lo.is_Integer else [lo]))
    last = [] if hi is oo else [printer.in_line(hi)]
    return rf"\{{{', '.join([*shown, DOTS, *last])}\}}"
