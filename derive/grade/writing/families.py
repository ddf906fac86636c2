r"""A statement for each of several names by a free index: p(h_j = 1 | v) = σ(b_j + w_j v), where the problem has h_1, h_2, b_1, b_2, w_1 and w_2."""

from __future__ import annotations

import re

from derive.grade.truth import Truth
from derive.grade.writing.asides import clauses
from derive.grade.writing.heads import in_latex

WITH_INDEX = re.compile(r"(?P<stem>\\?[A-Za-z]+)_\{?(?P<index>\d)\}?")
FREE = "jilk"  # letters for an index, the usual one first
MOST = 4  # statements for which one may stand
TOLD = re.compile(  # for j = 1, 2
    r"(?:,|\\q?quad(?![A-Za-z])|\\[,;: ]|\\text\s*\{\s*(?:for|with)?\s*\}|\s)*(?<![A-Za-z_{])(?P<j>[a-z])\s*(?:=|\\in\s*\\\{)"
    r"\s*1\s*,\s*(?:\\dots\s*,\s*)?(?P<last>\d)\s*(?:\\\})?\s*\.?\s*$"
)
BINDS = re.compile(  # what a formula about any two has none of: signs, and what laws give, which need not be the same for all pairs
    r"\\(?:sum|prod|int|text|math\w+|operatorname|propto|langle|Pr|bar|overline)(?![A-Za-z])|(?<![A-Za-z\\])(?:[EPpfH]|Cov|Var|Corr)\s*(?:\\left)?[\[(]"
)
APART = re.compile(r"(\\text\s*\{[^{}]*\}|\\q?quad(?![A-Za-z]))")


def for_each_index(line: str, truth: Truth) -> str:
    r"""A line with one statement for each index in place of one that holds for all of them.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(b1*h1 + b2*h2)", over={"h1": "{0, 1}", "h2": "{0, 1}"}, given=["b1 real", "b2 real"]))
    >>> for_each_index(r"p(h_j)=\frac{e^{b_jh_j}}{1+e^{b_j}},\quad j=1,2", truth)
    'p(h_1)=\\frac{e^{b_1h_1}}{1+e^{b_1}},\\quad p(h_2)=\\frac{e^{b_2h_2}}{1+e^{b_2}}'
    >>> for_each_index(r"Z=\prod_{j=1}^2(1+e^{b_j})", truth), for_each_index(r"Z=\prod_j(1+e^{b_j})", truth)
    ('Z=\\prod_{j=1}^2(1+e^{b_j})', 'Z=\\prod_{j=1}^{2}(1+e^{b_j})')
    >>> for_each_index(r"a=1,\qquad p(h_j)=b_j", truth)
    'a=1,\\qquad p(h_1)=b_1,\\quad p(h_2)=b_2'
    """
    families = families_of(truth)
    j = next((c for c in FREE if c not in truth.named and re.search(rf"_\s*(?:\{{\s*{c}\s*\}}|{c}(?![A-Za-z]))|_{c}[A-Za-z]", line)), "")
    if not families or not j:
        return line
    indices = indices_on(line, j, families)
    line = over_all(line, j, indices)
    told = TOLD.search(line)
    if told and told["j"] == j and indices:
        line = line[: told.start()] if indices == tuple(range(1, int(told["last"]) + 1)) else line
    pieces = (piece if APART.fullmatch(piece) else ",".join(each(one, j, families) for one in clauses(piece)) for piece in APART.split(line))
    return "".join(pieces)


def of_any_two(line: str, truth: Truth) -> str:
    r"""s and s', or s_i and s_j, for any two of variables s_1, s_2, … with the same values, as the first two.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(K*s1*s2)", over={"s1": "{-1, 1}", "s2": "{-1, 1}"}, given=["K real"]))
    >>> of_any_two(r"e^{Kss'}=\cosh K\,(1+ss'\tanh K)", truth), of_any_two(r"e^{Ks_is_j}=\cosh K+s_is_j\sinh K", truth)
    ('e^{Ks_1s_2}=\\cosh K\\,(1+s_1s_2\\tanh K)', 'e^{Ks_1s_2}=\\cosh K+s_1s_2\\sinh K')
    """
    own = [(WITH_INDEX.fullmatch(in_latex(v)), v.measure) for v in truth.problem.variables]
    stems = {match["stem"] if match else "" for match, _ in own}
    if len(own) < 2 or len(stems) != 1 or "" in stems or len({measure for _, measure in own}) != 1 or BINDS.search(line):
        return line
    (stem,), (first, second) = stems, [match["index"] for match, _ in own if match][:2]
    inner = rf"(?<!\\){stem}" if len(stem) == 1 else re.escape(stem)
    if re.search(rf"{inner}\s*_\s*\{{?\d", line):
        return line
    if re.search(rf"{inner}'", line) and stem not in truth.named:
        bare = re.sub(r"\\[A-Za-z]+", lambda m: "\0" * len(m[0]), line) if len(stem) == 1 else line
        found = [(m.start(), m.end(), second if m[0].endswith("'") else first) for m in re.finditer(rf"{re.escape(stem)}'?", bare)]
        for start, end, index in reversed(found):
            line = f"{line[:start]}{stem}_{index}{line[end:]}"
        return line
    both = re.findall(rf"{inner}_(?:\{{\s*)?([ij])(?![A-Za-z]*\s*[,=])", line)
    if set(both) == {"i", "j"} and not re.search(r"(?<![A-Za-z\\_{])[ij](?![A-Za-z])", line):
        index = rf"({inner})_\s*(?:\{{\s*([ij])\s*\}}|([ij]))"
        return re.sub(index, lambda m: f"{m[1]}_{first if (m[2] or m[3]) == 'i' else second}", line)
    return line


def indices_on(line: str, j: str, families: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    """The indices over which j runs on a line, where all families with it there have the same, one after the other."""
    found = {families.get(stem, ()) for stem in re.findall(rf"(\\[A-Za-z]+|[A-Za-z])\s*_\s*(?:\{{\s*{j}\s*\}}|{j})", line)} - {()}
    indices = found.pop() if len(found) == 1 else ()
    return indices if indices and indices == tuple(range(indices[0], indices[0] + len(indices))) else ()


def over_all(line: str, j: str, indices: tuple[int, ...]) -> str:
    """A sign over j without a range as one over these indices."""
    sign = rf"\\(?P<sign>sum|prod)\s*(?:\\limits\s*)?_\s*(?:\{{\s*{j}\s*\}}|{j})(?!\s*[=^])"
    return re.sub(sign, rf"\\\g<sign>_{{{j}={indices[0]}}}^{{{indices[-1]}}}", line) if indices else line


def families_of(truth: Truth) -> dict[str, tuple[int, ...]]:
    """The stems of names with an index, each with its indices."""
    found: dict[str, list[int]] = {}
    names = [in_latex(v) for v in truth.problem.variables] + [in_latex(p) for p in truth.problem.parameters]
    for name in names:
        if (match := WITH_INDEX.fullmatch(name)) is not None:
            found.setdefault(match["stem"], []).append(int(match["index"]))
    return {stem: tuple(sorted(indices)) for stem, indices in found.items() if 1 < len(indices) <= MOST}


def each(clause: str, j: str, families: dict[str, tuple[int, ...]]) -> str:
    """A clause for each index, where its letter is bound by no sign, and stands at names alone that have the same indices."""
    index = rf"_\s*(?:\{{\s*{j}\s*\}}|{j})"
    stems = set(re.findall(rf"(\\[A-Za-z]+|[A-Za-z])\s*{index}", clause))
    bound = re.search(rf"\\(?:sum|prod|max|min)\s*(?:\\limits)?\s*_\s*\{{?\s*{j}(?![A-Za-z])", clause)
    alone = re.sub(rf"\\[A-Za-z]+|{index}", " ", clause)
    sets = {families.get(stem) for stem in stems}
    if bound or j in alone or len(sets) != 1 or None in sets or "=" not in clause:
        return clause
    (indices,) = sets
    begins = " " if clause[:1].isspace() else ""
    return begins + r",\quad ".join(re.sub(index, f"_{n}", clause).lstrip() for n in indices or ())
