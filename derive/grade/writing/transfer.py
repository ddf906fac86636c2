r"""Transfer matrices of two states that lines name: u^T T u with a vector u, T^2 = \begin{pmatrix} … \end{pmatrix}, written out entry by entry."""

from __future__ import annotations

import re
from collections.abc import Collection

from derive.grade.writing.matrices import ENTRY, MATRIX, NAMED

Entries = tuple[str, str, str, str]
GAP = r"(?:\\[,;:! ]|\\cdot(?![A-Za-z])|\s)*"
VECTOR = re.compile(
    rf"(?P<name>(?<![A-Za-z\\])[a-z]|\\(?:mathbf|boldsymbol|vec)\s*\{{?\s*[a-z1]\s*\}}?)\s*:?=\s*"
    rf"\\begin\{{[pb]?matrix\}}(?P<a>{ENTRY})\\\\(?P<b>{ENTRY})(?:\\\\\s*)?\\end\{{[pb]?matrix\}}(?:\\[,;: ]|\\q?quad(?![A-Za-z])|[,.;]|\s)*"
)
TURNED = r"\s*\^\s*\{?\s*(?:T|\\top|\\intercal|\\mathsf\s*\{?\s*T\s*\}?|\\mathrm\s*\{?\s*T\s*\}?|t|\\mathsf\s*T)\s*\}?"
POWER = r"(?:\s*\^\s*(?:(?P<n>[2-4])|\{\s*(?P<long>[2-4])\s*\}))?"
ONES = r"\\(?:mathbf|boldsymbol|mathbb|vec)\s*(?:\{\s*1\s*\}|1)"  # the vector of ones, by custom


def with_transfer_matrices(lines: tuple[str, ...], known: Collection[str]) -> tuple[str, ...]:
    r"""The lines with such products written out, and without the definitions of what stands in them.

    >>> with_transfer_matrices((r"T=\begin{pmatrix}a&b\\c&d\end{pmatrix},\ u=\begin{pmatrix}1\\1\end{pmatrix}", "Z=u^TTu"), ())
    ('\\text{ }', 'Z=\\left(a+b+c+d\\right)')
    """
    matrices = {m["name"]: entries(m) for line in lines for m in NAMED.finditer(line) if m["name"].lstrip("\\") not in known and not m["factor"]}
    vectors = {m["name"]: (m["a"].strip(), m["b"].strip()) for line in lines for m in VECTOR.finditer(line) if m["name"] not in known}
    for name, four in matrices.items():
        put = tuple(powers(forms(line, name, four, vectors), name, four) for line in lines)
        if put != lines:
            bare = tuple(without(line, name, vectors) for line in put)
            used = re.compile(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])")
            lines = put if any(used.search(line) for line in bare) else bare  # as in tr T³, which needs to know what T is
    return lines


def entries(match: re.Match[str]) -> Entries:
    a, b, c, d = (match[key].strip() for key in "abcd")
    return a, b, c, d


def raised(four: Entries, n: int) -> Entries:
    """The entries of a power, as sums of products."""
    now = four
    for _ in range(n - 1):
        (a, b, c, d), (e, f, g, h) = now, four
        now = tuple(f"{times(x, y)}+{times(z, w)}" for x, y, z, w in ((a, e, b, g), (a, f, b, h), (c, e, d, g), (c, f, d, h)))  # type: ignore[assignment]
    return now


def times(*factors: str) -> str:
    """A product of entries in brackets, where they need them.

    >>> times("1", "a", "b+c")
    'a\\\\left(b+c\\\\right)'
    """
    return "".join(f if re.fullmatch(r"[A-Za-z]", f) else rf"\left({f}\right)" for f in factors if f != "1") or "1"


def forms(line: str, name: str, four: Entries, vectors: dict[str, tuple[str, str]]) -> str:
    """A line with u^T Tⁿ v written out."""
    ones = {m[0]: ("1", "1") for m in re.finditer(ONES, line)} if re.search(rf"{ONES}{TURNED}", line) else {}
    for one, (p, q) in {**ones, **vectors}.items():
        for two, (r, s) in {**ones, **vectors}.items():
            pattern = re.compile(rf"{re.escape(one)}{TURNED}{GAP}{re.escape(name)}{POWER}{GAP}{re.escape(two)}(?![A-Za-z_^])")

            def put(m: re.Match[str], p: str = p, q: str = q, r: str = r, s: str = s) -> str:
                a, b, c, d = raised(four, int(m["n"] or m["long"] or 1))
                return rf"\left({times(p, a, r)}+{times(p, b, s)}+{times(q, c, r)}+{times(q, d, s)}\right)"

            line = pattern.sub(put, line)
    return line


def powers(line: str, name: str, four: Entries) -> str:
    """A line with an equation for each entry of Tⁿ, where a matrix stands behind it."""
    pattern = re.compile(rf"{re.escape(name)}\s*\^\s*(?:(?P<n>[2-4])|\{{\s*(?P<long>[2-4])\s*\}})\s*=\s*{MATRIX}")

    def put(m: re.Match[str]) -> str:
        pairs = zip(raised(four, int(m["n"] or m["long"])), entries(m), strict=True)
        return ",\\quad ".join(f"{one}={two}" for one, two in dict.fromkeys(pairs))

    return pattern.sub(put, line)


def without(line: str, name: str, vectors: dict[str, tuple[str, str]]) -> str:
    """A line without the definitions of the matrix and of the vectors."""
    bare = NAMED.sub(lambda m: "" if m["name"] == name else m[0], line)
    bare = VECTOR.sub(lambda m: "" if m["name"] in vectors else m[0], bare)
    return bare if bare.strip() else r"\text{ }"
