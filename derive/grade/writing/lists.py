r"""Lists of values by an index: \ell = (a, b, c) with \ell_y, h_1 = a with \prod_{i=1}^2 f(h_i), softmax(a, b, c)_y, logsumexp(a, b, c)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from derive.grade.truth import Truth
from derive.grade.writing.bars import reach
from derive.grade.writing.heads import in_latex
from derive.grade.writing.segments import bracket_end, split
from derive.language.totals import Atoms, Measure

BOLD = r"\\(?:mathbf|boldsymbol|bm|vec|bar)\s*"
NAME = rf"(?:{BOLD}(?:\{{\s*(?:[a-z]|\\[a-z]+)\s*\}}|[a-z]|\\[a-z]+)"
NAME += r"|\\(?:ell|theta|eta|phi|psi|alpha|xi|epsilon|varepsilon|omega|lambda|beta)(?![A-Za-z])"
NAME += r"|(?<![A-Za-z\\_])[a-zEV](?![A-Za-z]))"
LIST = re.compile(rf"(?P<name>{NAME})\s*:?=\s*(?:\\left)?(?P<open>\(|\[)")
ONE = re.compile(rf"(?P<name>{NAME})\s*_\s*\{{?\s*(?P<index>\d)\s*\}}?\s*=")
SIGN = re.compile(
    r"\\(?P<sign>sum|prod)\s*(?:\\limits\s*)?_\s*(?:\{\s*(?P<i>[a-z])\s*"
    r"(?:=\s*(?P<lo>\d)\s*|\\in\s*\\\{\s*(?P<set>\d(?:\s*,\s*\d)*)\s*\\\}\s*)?\}|(?P<j>[a-z]))"
    r"(?:\s*\^\s*(?:\{\s*(?P<hi>\d)\s*\}|(?P<digit>\d)))?"
)
SOFTMAX = re.compile(r"\\(?:mathrm|operatorname|text|mathsf)\s*\{\s*(?:soft-?max|softmax)\s*\}\s*(?:\\left)?\(", re.IGNORECASE)
LOG_SUM = re.compile(r"\\(?:mathrm|operatorname|text|mathsf)\s*\{\s*(?:log-?sum-?exp|lse)\s*\}\s*(?:_\s*\{?\w\}?\s*)?(?:\\left)?\(", re.IGNORECASE)
INDEX = re.compile(r"\s*_\s*(?:\{\s*(?P<long>\w)\s*\}|(?P<short>\w))")
VECTOR = re.compile(
    r"^\s*(?:\(\s*p_\{?(?P<first>\d)\}?\s*,(?:\s*p_\{?\d\}?\s*,?)+\)|(?:\\(?:mathbf|boldsymbol|vec|bm)\s*\{?\s*)?p\s*\}?)\s*=\s*(?P<rest>.*)$",
    re.DOTALL,
)
TUPLE = re.compile(r"\(\s*(?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\)")
POINT = re.compile(r"(?<![A-Za-z\\])[pP]_\s*(?:\{\s*(?P<long>\d)\s*\}|(?P<short>\d))(?=\s*=)")
ANY_POINT = re.compile(r"(?<![A-Za-z\\])[pP]_\s*(?:\{\s*(?P<long>\d)\s*\}|(?P<short>\d))(?![\w({])")
ALIKE = re.compile(  # p_1 = p_2 = V
    r"(?P<heads>(?:[pP]_(?:\{\s*\d\s*\}|\d)\s*=\s*){2,})(?P<value>(?:[^=,;\\]|\\(?!q?quad(?![A-Za-z])))+)"
)
ENDS = re.compile(r"(?:\\[,;:! ]|\\q?quad(?![A-Za-z])|\s|\\left|\\right)+$|^(?:\\[,;:! ]|\\q?quad(?![A-Za-z])|\s)+")
EMPTY = re.compile(r"\\text\{ \}(?:(?:\s|,|\\[,;: ]|\\q?quad(?![A-Za-z]))*\\text\{ \})+")
MOST = 6
Lists = Mapping[str, tuple[int, tuple[str, ...]]]  # the least index, and the entries


def with_lists(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""The lines with the entries of such lists in their places.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(a*s + b*t)", over={"s": "{-1, 1}", "t": "{-1, 1}"}, given=["a real", "b real"]))
    >>> with_lists((r"Z = \prod_{i=1}^2 2\cosh h_i,\quad h_1 = a,\ h_2 = b",), truth)
    ('Z = \\left( 2\\cosh \\left(a\\right)\\right)\\left( 2\\cosh \\left(b\\right)\\right),\\quad \\text{ }',)
    >>> with_lists((r"\log Z = \operatorname{LSE}(a, b)",), truth)
    ('\\log Z = \\log\\left(e^{a}+e^{b}\\right)',)
    """
    own = {in_latex(v): tuple(sorted(map(int, v.measure.points))) for v in truth.problem.variables if whole(v.measure)}
    lines, found = introduced(lines, truth)
    first = base(truth)
    done = []
    for line in lines:
        line = spread(line, found)
        line = applied(LOG_SUM, line, found, log_sum)
        line = softmaxes(line, found, first, own)
        done.append(indexed(line, found, own))
    return tuple(done)


def whole(measure: Measure) -> bool:
    return isinstance(measure, Atoms) and all(p.is_Integer for p in measure.points)


def base(truth: Truth) -> int:
    """The least value of the variable, from which the entries of a list are counted."""
    (v, *more) = truth.problem.variables
    least = min(v.measure.points, key=int) if not more and whole(v.measure) else 1
    return int(least) if least in (0, 1) else 1


def introduced(lines: tuple[str, ...], truth: Truth) -> tuple[tuple[str, ...], Lists]:
    """The lines without what says the entries of lists that are used by an index elsewhere, and these lists."""
    text = "\n".join(lines)
    found: dict[str, tuple[int, tuple[str, ...]]] = {}
    cut: list[str] = []
    for match in LIST.finditer(text):
        end, name = bracket_end(text, match.end(), match["open"]), match["name"].strip()
        entries = tuple(ENDS.sub("", e).strip() for e in split(text[match.end() : end[0]], ",")) if end else ()
        used = re.search(rf"{re.escape(name)}\s*_|\{{\s*(?:softmax|lse|logsumexp|log-?sum-?exp)\s*\}}\s*\(\s*{re.escape(name)}", text, re.IGNORECASE)
        if end and 1 < len(entries) <= MOST and all(entries) and used and name not in found and free(name, truth):
            found[name] = base(truth), entries
            cut.append(text[match.start() : end[1]])
    singles: dict[str, dict[int, tuple[str, str]]] = {}
    for match in ONE.finditer(text):
        name = match["name"].strip()
        stop = next((i for i in range(match.end(), reach_of(text, match.end())) if text[i] in "=\n"), reach_of(text, match.end()))
        value = ENDS.sub("", text[match.end() : stop]).strip()
        singles.setdefault(name, {}).setdefault(int(match["index"]), (value, text[match.start() : stop]))
    for name, entries_ in singles.items():
        indices = sorted(entries_)
        swept = re.search(rf"{re.escape(name)}\s*_\s*\{{?\s*[a-z]", text) is not None
        if (
            name not in found
            and swept
            and 1 < len(indices) <= MOST
            and indices == list(range(indices[0], indices[0] + len(indices)))
            and free(name, truth)
        ):
            found[name] = indices[0], tuple(entries_[i][0] for i in indices)
            cut += [entries_[i][1] for i in indices]
    for piece in cut:
        lines = tuple(line.replace(piece, r"\text{ }", 1) for line in lines)
    return tuple(EMPTY.sub(r"\\text{ }", line) for line in lines), found


def free(name: str, truth: Truth) -> bool:
    """Whether a problem has neither a name nor one of its family, as h_1 of h: p(h_1 = 1, h_2 = 1) is no list."""
    bare = name.lstrip("\\")
    return bare not in truth.named and not any(re.fullmatch(rf"{re.escape(bare)}_?\d+", own) for own in truth.named)


def reach_of(text: str, at: int) -> int:
    """Where a value ends: at a comma, a semicolon or a line outside all brackets."""
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] in "([{") - (text[i] in ")]}")
        if (
            depth < 0
            or depth == 0
            and (text[i] in ";\n" or text[i] == "," and text[i - 1] != "\\" or text.startswith((r"\quad", r"\qquad", r"\text"), i))
        ):
            return i
    return len(text)


def spread(line: str, lists: Lists) -> str:
    r"""\prod_{i=1}^2 f(h_i) and \sum_i e^{h_i} written out, the innermost sign last; without lists a sign stays as it is."""
    for match in reversed(list(SIGN.finditer(line))):
        i = match["i"] or match["j"]
        end = reach(line, match.end())
        body = re.sub(r"(?:\\[,;:! ]|\\q?quad(?![A-Za-z])|\s)+$", "", line[match.end() : end])
        names = [name for name in lists if re.search(rf"{re.escape(name)}\s*_\s*(?:\{{\s*{i}\s*\}}|{i})", body)]
        values = indices_of(match, lists, names)
        if not names or not values or SIGN.search(body) or match["sign"] == "prod" and not swept(body, i):
            continue
        terms = [rf"\left({at_index(body, i, value)}\right)" for value in values]
        written = "".join(terms) if match["sign"] == "prod" else rf"\left({'+'.join(terms)}\right)"
        line = line[: match.start()] + written + line[match.end() + len(body) :]
    return line


def indices_of(sign: re.Match[str], lists: Lists, names: list[str]) -> list[int]:
    """The values of an index, if the lists have an entry for each of them."""
    if not names:
        return []
    first, entries = lists[names[0]]
    own = list(range(first, first + len(entries)))
    hi = sign["hi"] or sign["digit"]
    said = (
        own
        if sign["lo"] is None and sign["set"] is None and hi is None
        else [int(d) for d in sign["set"].split(",")]
        if sign["set"]
        else list(range(int(sign["lo"]), int(hi) + 1))
        if sign["lo"] and hi
        else []
    )
    return said if all(v in range(lists[n][0], lists[n][0] + len(lists[n][1])) for v in said for n in names) else []


def swept(body: str, i: str) -> bool:
    """Whether the last factor of a product has the index, so that it is clear that all of them belong to it."""
    last = max((m.end() for m in re.finditer(rf"_\s*(?:\{{\s*{i}\s*\}}|{i})", body)), default=0)
    return last > 0 and re.fullmatch(r"[\s)}\]]*|\\right|(?:\\[,;:! ]|[\s)}\]]|\\right)*", body[last:]) is not None


def at_index(body: str, i: str, value: int) -> str:
    """A body with a number for its index."""
    return re.sub(rf"_\s*(?:\{{\s*{i}\s*\}}|{i})", rf"_{{{value}}}", body)


def applied(pattern: re.Pattern[str], line: str, lists: Lists, made: object) -> str:
    """A function of a list written out by its entries."""
    while match := pattern.search(line):
        end = bracket_end(line, match.end(), "(")
        entries = entries_of(line[match.end() : end[0]], lists) if end else ()
        if end is None or len(entries) < 2:
            return line
        line = line[: match.start()] + made(entries) + line[end[1] :]  # type: ignore[operator]
    return line


def entries_of(inside: str, lists: Lists) -> tuple[str, ...]:
    """The entries of a list that is written out or named."""
    name = inside.strip()
    if name in lists:
        return lists[name][1]
    return tuple(e.strip() for e in split(inside, ","))


def log_sum(entries: tuple[str, ...]) -> str:
    return rf"\log\left({exponentials(entries)}\right)"


def exponentials(entries: tuple[str, ...]) -> str:
    return "+".join(rf"e^{{{e}}}" for e in entries)


def softmaxes(line: str, lists: Lists, first: int, variables: Mapping[str, tuple[int, ...]]) -> str:
    r"""softmax(a, b)_k as e^{…}/(e^a + e^b), with the k-th entry above.

    >>> softmaxes(r"\mathrm{softmax}(a,b)_1", {}, 1, {})
    '\\frac{e^{a}}{e^{a}+e^{b}}'
    """
    for match in reversed(list(SOFTMAX.finditer(line))):
        end = bracket_end(line, match.end(), "(")
        index = INDEX.match(line, end[1]) if end else None
        entries = entries_of(line[match.end() : end[0]], lists) if end else ()
        if end is None or index is None or len(entries) < 2:
            continue
        above = entry(index["long"] or index["short"], first, entries, variables)
        if above is not None:
            line = rf"{line[: match.start()]}\frac{{e^{{{above}}}}}{{{exponentials(entries)}}}{line[index.end() :]}"
    return line


def entry(index: str, first: int, entries: tuple[str, ...], variables: Mapping[str, tuple[int, ...]]) -> str | None:
    """The entry at an index: itself, or for a variable whose values are the indices the one that it names, by Kronecker's delta."""
    if index.isdigit():
        return entries[int(index) - first] if 0 <= int(index) - first < len(entries) else None
    if variables.get(index) != tuple(range(first, first + len(entries))):
        return None
    terms = [rf"({e})\delta_{{{index},{first + n}}}" for n, e in enumerate(entries)]
    return rf"\left({'+'.join(terms)}\right)"


def indexed(line: str, lists: Lists, variables: Mapping[str, tuple[int, ...]]) -> str:
    """The entries of lists at numbers, and at the problem's variables."""
    for name, (first, entries) in lists.items():
        for match in reversed(list(re.finditer(rf"{re.escape(name)}{INDEX.pattern}", line))):
            index = match["long"] or match["short"]
            value = entry(index, first, entries, variables)
            line = line if value is None else f"{line[: match.start()]}\\left({value}\\right){line[match.end() :]}"
    return line


def as_points(text: str, truth: Truth) -> str:
    r"""(p_1, p_2) = (A, B)/C and p_1 = A, p_2 = B as p(1) = …, p(2) = …, for a variable with few values.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(a*n)", over={"n": "{0, 1}"}, given=["a real"]))
    >>> as_points(r"(p_0,p_1)=\frac{(1,e^a)}{1+e^a}", truth), as_points(r"p_0=\frac1D,\ p_1=\frac{e^a}D", truth)
    ('p(0)=\\frac{1}{1+e^a},\\quad p(1)=\\frac{e^a}{1+e^a}', 'p(0)=\\frac1D,\\ p(1)=\\frac{e^a}D')
    """
    (v, *more) = truth.problem.variables
    if more or not isinstance(v.measure, Atoms) or {"p", "p_0", "p_1", "p_2"} & set(truth.named):
        return text
    points = sorted(v.measure.points, key=str)
    text = ALIKE.sub(lambda m: r",\quad ".join(f"{one.strip()}={m['value']}" for one in m["heads"].split("=")[:-1]), text)
    vector = VECTOR.match(text)
    soft = SOFTMAX.match(vector["rest"].strip()) if vector is not None else None
    if vector is not None and soft is not None and (end := bracket_end(vector["rest"].strip(), soft.end(), "(")):
        rest = vector["rest"].strip()
        return f"p({in_latex(v)})={rest[: end[1]]}_{{{in_latex(v)}}}{rest[end[1] :]}"
    if vector is not None and (inside := TUPLE.search(vector["rest"])) and "=" not in vector["rest"]:
        entries = [e.strip() for e in split(inside["inside"], ",")]
        if len(entries) == len(points):
            rest = vector["rest"]
            put = [rest[: inside.start()] + e + rest[inside.end() :] for e in entries]
            return ",\\quad ".join(f"p({point})={one}" for point, one in zip(v.measure.points, put, strict=True))
    return ANY_POINT.sub(lambda m: f"p({m['long'] or m['short']})", text) if POINT.search(text) else text
