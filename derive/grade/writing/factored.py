r"""Partition functions of parts and energies of several variables: Z = Z_q Z_p with Z_q = …, and e^{−βH(q, p)} with H = p²/2m + kq²/2."""

from __future__ import annotations

import re

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.segments import GAP

INDEX = r"(?:\{(?P<long>(?:[^{}]|\{[^{}]*\})+)\}|(?P<short>\\[A-Za-z]+|[A-Za-z0-9+-]))"
PART = re.compile(rf"(?:(?<![A-Za-z\\])|(?<=_[A-Za-z0-9]))Z\s*_\s*{INDEX}")
HEAD = re.compile(rf"(?:^|[,;.&]|\\q?quad(?![A-Za-z])|\}}){GAP}{PART.pattern}{GAP}:?=")
WORD = re.compile(r"[A-Za-z]+|\\[a-z]+|\\(?:mathrm|text|rm)\s*\{?[a-z. ]+\}?")  # and no number: Z_1 may be Z for one particle
SIDES = re.compile(r"[=,;&]|\\q?quad(?![A-Za-z])|\\text\s*\{[^{}]*\}|\\(?:Rightarrow|implies|to)(?![A-Za-z])")
LETTERS = "WVYQGR"
WEIGHT = re.compile(r"(?:e\s*\^\s*\{|\\exp\s*(?:\\left|\\[bB]igg?l?)?\s*[({\[])[^{}()]*-[^{}()]*(?<![A-Za-z\\])E\s*\(")
ENERGY = r"(?<![A-Za-z\\_])(?P<H>[HEU]|\\mathcal\s*(?:\{\s*H\s*\}|H))(?![A-Za-z_^'])"


def with_parts_of_partition(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""Z_q and Z_p by another letter where they stand together, as in Z = Z_q Z_p, or are both defined: neither is Z. A single Z_1 or Z_N may be.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x - y)", over={"x": "(0, oo)", "y": "(0, oo)"}))
    >>> with_parts_of_partition((r"Z_x = \int_0^\infty e^{-x}\,dx", "Z = Z_xZ_y"), truth)
    ('W_x = \\int_0^\\infty e^{-x}\\,dx', 'Z = W_xW_y')
    """
    together = any(len({m["long"] or m["short"] for m in PART.finditer(side)}) > 1 for line in lines for side in SIDES.split(line))
    heads = {index for line in lines for m in HEAD.finditer(line) if WORD.fullmatch(index := m["long"] or m["short"])}
    text = re.sub(r"\\[A-Za-z]+", " ", " ".join(lines))
    new = next((c for c in LETTERS if c not in text and c not in truth.named), "")
    if not (together or len(heads) > 1) or not new or "Z" in truth.named:
        return lines
    return tuple(PART.sub(lambda m: new + m[0][1:], line) for line in lines)


def with_energy_named(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""H and H(q, p) as what a line says they are, where the problem has several variables and the value speaks of them.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-p**2 - q**2)", over={"q": "RR", "p": "RR"}))
    >>> with_energy_named((r"Z = \iint e^{-H(q,p)}\,dq\,dp,\quad H = p^2+q^2",), truth)
    ('Z = \\iint e^{-\\left(p^2+q^2\\right)}\\,dq\\,dp,\\quad \\left(p^2+q^2\\right) = p^2+q^2',)
    """
    own = [in_latex(v) for v in truth.problem.variables]
    alone = len(own) == 1  # there E(x) = … is an energy where e^{−E(x)} stands, or its value speaks of x, and else a mean
    names = "|".join(map(re.escape, own))
    if alone and ("E" in truth.named or not any(WEIGHT.search(line) or speaks_of_variable(line, names, truth) for line in lines)):
        return lines
    arguments = rf"{GAP}(?:\\left)?\({GAP}(?:{names})(?:{GAP},{GAP}(?:{names}))*{GAP}(?:\\right)?\)"
    said = re.compile(
        rf"(?:^|[,;.]|\\q?quad(?![A-Za-z])|\}}){GAP}{ENERGY}(?:{arguments})?{GAP}(?::?=|\\equiv){GAP}"
        rf"(?P<value>(?:\\[,;:!]|[^=,;])+?)(?={GAP}[.,;]?{GAP}(?:$|,|;|\\text))"
    )
    found = {(m["H"], m["value"].strip()) for line in lines for m in said.finditer(line)}
    if len(found) != 1 or alone and next(iter(found))[0] != "E":
        bare = re.compile(rf"(?P<font>\\math[a-z]+\s*)?(?<![A-Za-z\\_])E(?={arguments})")
        return tuple(bare.sub(lambda m: m[0] if m["font"] else r"\mathcal{E}", line) for line in lines) if alone else lines
    ((H, value),) = found
    spoken = re.sub(r"\\[A-Za-z]+", lambda m: m[0] if m[0] in own else " ", value)
    if H in truth.named or not any(x in spoken for x in own) or re.search(rf"{re.escape(H)}(?![A-Za-z])", spoken):
        return lines
    use = re.compile(rf"{ENERGY}(?:{arguments}|(?!{GAP}(?:\\left)?\())")
    return tuple(use.sub(lambda m: rf"\left({value}\right)" if m["H"] == H else m[0], line) for line in lines)


def speaks_of_variable(line: str, names: str, truth: Truth) -> bool:
    """Whether a line has E(x) = … with x on the other side, for a problem that gives an energy: a mean does not depend on x."""
    said = re.match(rf"{GAP}E\s*\(\s*(?:{names})\s*\)\s*:?=(?P<value>[^=]*)", line) if truth.problem.energy is not None else None
    bare = re.sub(r"\\[A-Za-z]+", lambda m: m[0] if re.fullmatch(names, m[0]) else " ", said["value"]) if said else ""
    return bool(re.search(names, bare)) and r"\int" not in line and r"\sum" not in line
