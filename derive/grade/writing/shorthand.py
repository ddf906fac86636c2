r"""Shorthands of people who write about models: p̃ for what p is proportional to, p_β and E_{p_β}, H[p], KL(p ‖ q), σ(y), ψ'(a + b)."""

from __future__ import annotations

import re

from derive.grade.truth import Truth
from derive.grade.writing.heads import in_latex
from derive.grade.writing.segments import GAP, bracket_end
from derive.language.totals import Atoms, Counting, Lebesgue

LOG = r"\\(?:log|ln)(?![A-Za-z])"
TILDE = r"\\(?:tilde|widetilde)\s*(?:\{\s*[pf]\s*\}|[pf](?![A-Za-z]))(?:_\{?\\?[A-Za-z]+\}?)?"
AT = rf"{GAP}(?:\\left)?\((?P<at>[^()=]*?)(?:\\right)?\)"
ENTROPY = re.compile(
    rf"(?:\\math(?:bb|rm|cal|sf|bf)\s*\{{?\s*(?P<set>[HS])\s*\}}?|\\operatorname\s*\{{\s*(?:H|Ent)\s*\}}|(?<![A-Za-z\\_])(?P<bare>[HhS]))"
    rf"{GAP}(?:(?:\\left)?(?:\[|\()\s*(?:p(?:_\{{?\\?\w+\}}?)?(?:\([a-z]\))?|[A-Z])\s*(?:\\right)?(?:\]|\))|(?P<alone>(?={GAP}=)))(?={GAP}[=+\-.,]|\s*$|\s*\\q?quad)"
)
K = r"k(?:\s*_\s*(?:\{\s*(?:\\(?:mathrm|rm|text)\s*)?\{?B\}?\s*\}|B))?"
PER_K = re.compile(rf"(?<![A-Za-z\\])S\s*/\s*{K}(?=\s*=)|\\[dt]?frac\s*\{{\s*S\s*\}}\s*\{{\s*{K}\s*\}}(?=\s*=)")
DIVERGENCE = re.compile(
    rf"(?:D{GAP}_{GAP}\{{?{GAP}(?:\\(?:mathrm|text|operatorname)\s*\{{\s*KL\s*\}}|KL){GAP}\}}?|\\(?:mathrm|operatorname|text|mathsf)\s*\{{\s*KL\s*\}}|(?<![A-Za-z\\])KL)"
    rf"{GAP}(?:\\left|\\[bB]igg?l?)?[(\[]{GAP}p{GAP}(?:\\\||\\mid{GAP}\\mid|\\parallel|\|\||\\Vert|;|,){GAP}(?P<q>[qr]){GAP}(?:\\right|\\[bB]igg?r?)?[)\]]"
)
CALLIGRAPHIC = re.compile(r"\\mathcal\s*(?:\{\s*(?P<c>[AEFLVWS])\s*\}|(?P<d>[AEFLVWS]))(?=\s*\()")
OVER = re.compile(
    r"(?P<E>\\math(?:bb|rm|bf|sf)\s*\{?\s*E\s*\}?|(?<![A-Za-z\\])E)\s*_\s*\{\s*(?:[xX]\s*\\sim\s*)?p(?:_\{?\\?\w+\}?)?(?:\([a-z]\))?\s*\}"
)
SIGMOID = re.compile(
    r"(?:\\sigma(?P<prime>\s*'|\s*\^\s*\{?\\prime\}?)?|\\(?:operatorname|mathrm|text)\s*\{\s*(?:sigmoid|expit|logistic|sigm)\s*\})"
    r"(?:\s|\\[,;:!])*(?:\\left|\\[bB]igg?l?)?\("
)
SOFTPLUS = re.compile(r"\\(?:operatorname|mathrm|text)\s*\{\s*(?:(?P<soft>softplus)|logit)\s*\}\s*(?:\\left)?\(", re.IGNORECASE)
SIGMOID_SAID = re.compile(
    r"(?:^|[,;.}]|\\q?quad(?![A-Za-z]))(?:\\[,;: ]|\s)*"
    r"\\sigma\s*\((?P<x>(?!-?\s*\\infty)[^()]*)\)\s*:?(?:=|\\equiv)\s*(?P<rest>[^,;=]*)"
)
POLYGAMMA = re.compile(r"\\psi\s*(?P<n>'{1,3})(?=\s*(?:\\left)?\()")


def with_shorthand(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    """The lines with what such shorthands stand for, where the problem declares none of their letters."""
    lines = tuple(POLYGAMMA.sub(lambda m: rf"\psi^{{({len(m['n'])})}}", line) for line in lines) if "psi" not in truth.named else lines
    lines = with_arguments(of_length(stationary(lines, truth), truth), truth)
    lines = tuple(OVER.sub(r"\g<E>", applied(indexed(line, truth), truth)) for line in lines)
    lines = with_cumulants(lines, truth)
    lines = calligraphic(without_tilde(lines), truth)
    lines = with_entropies(lines, truth)
    return with_activations(lines, truth)


def with_activations(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""σ(y) as 1/(1 + e^{−y}), softplus(y) as ln(1 + e^y), and logit(p) as ln(p/(1 − p)).

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(a*y)", over={"y": "{0, 1}"}, given=["a real"]))
    >>> with_activations((r"\log Z = \mathrm{softplus}(a)", r"a = \operatorname{logit}(p)"), truth)
    ('\\log Z = \\ln\\left(1+e^{a}\\right)', 'a = \\ln\\left(\\frac{p}{1-(p)}\\right)')
    """
    lines = tuple(written_out(line) for line in lines)
    return with_sigmoid(lines) if "sigma" not in truth.named else lines


def written_out(line: str) -> str:
    for match in reversed(list(SOFTPLUS.finditer(line))):
        end = bracket_end(line, match.end(), "(")
        if end is not None:
            inner = line[match.end() : end[0]].strip()
            value = rf"1+e^{{{inner}}}" if match["soft"] else rf"\frac{{{inner}}}{{1-({inner})}}"
            line = rf"{line[: match.start()]}\ln\left({value}\right){line[end[1] :]}"
    return line


def stationary(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""π_n as p(n) and π_0 as p(0), as people write who speak of queues, where the variable is a whole number n.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> stationary((r"\pi_n = \rho^n\pi_0",), truth_of(problem("rho**n", over={"n": "ZZ[0, oo]"}, given=["rho > 0", "rho < 1"])))
    (' p(n) = \\rho^n p(0)',)
    """
    (v, *more) = truth.problem.variables
    own = in_latex(v)
    index = rf"\\pi\s*_\s*(?:\{{\s*(?P<a>{re.escape(own)}|\d+)\s*\}}|(?P<b>{re.escape(own)}|\d)(?![A-Za-z]))(?!\s*\()"
    named = any(name.startswith(("pi_", "pi0", "pi1")) for name in truth.named) or {"p", "pi"} & set(truth.named)
    swept = any(re.search(rf"\\pi\s*_\s*\{{?\s*{re.escape(own)}", line) for line in lines)
    if more or named or not swept or not isinstance(v.measure, Counting):
        return lines
    return tuple(re.sub(index, lambda m: f" p({m['a'] or m['b']})", line) for line in lines)


def of_length(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""Z_N as Z for a whole parameter N, where no line speaks of another length.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("r**n", over={"n": "ZZ[0, N]"}, given=["r > 0", "r < 1", "N > 0", "N integer"]))
    >>> of_length(("Z_N = 1+r", "Z_{N} = 1"), truth), of_length(("Z_N = r Z_{N-1} + 1",), truth)
    (('Z  = 1+r', 'Z  = 1'), ('Z_N = r Z_{N-1} + 1',))
    """
    every = [m["index"].strip("{} ") for line in lines for m in re.finditer(r"(?<![A-Za-z\\])Z\s*_\s*(?P<index>\{[^{}]*\}|\w)", line)]
    for p in (p for p in truth.problem.parameters if p.symbol.is_integer and f"Z_{p.symbol.name}" not in truth.named):
        if every and set(every) == {in_latex(p)}:
            return tuple(re.sub(r"(?<![A-Za-z\\])Z\s*_\s*(?:\{[^{}]*\}|\w)", "Z ", line) for line in lines)
    return lines


def indexed(line: str, truth: Truth) -> str:
    r"""p_β(x) as p(x), where β is a parameter.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> indexed(r"p_\beta(x) = 1", truth_of(problem("exp(-beta*x)", over={"x": "(0, oo)"}, given=["beta > 0"])))
    'p(x) = 1'
    """
    for p in truth.problem.parameters:
        name = re.escape(in_latex(p))
        index = rf"\s*_\s*(?:\{{\s*{name}\s*\}}|{name}(?![A-Za-z]))"
        line = re.sub(rf"(?<![A-Za-z\\])(?P<p>[pf]){index}(?=\s*(?:\\left)?\()", r"\g<p>", line)
        line = line if f"Z_{p.symbol.name}" in truth.named or p.symbol.is_integer else re.sub(rf"(?<![A-Za-z\\])Z{index}", "Z ", line)
    (v, *more) = truth.problem.variables
    if not more and isinstance(v.measure, (Counting, Atoms)):  # p_k as p(k)
        own = in_latex(v)
        index = rf"\s*_\s*(?:\{{\s*{re.escape(own)}\s*\}}|{re.escape(own)}(?![A-Za-z]))"
        line = re.sub(rf"(?:(?<![A-Za-z\\])|(?<=_[a-z]))[pP]{index}(?!\s*(?:\\left)?\()", lambda _: f"p({own})", line)
    return line


def applied(line: str, truth: Truth) -> str:
    r"""log p as log p(x), and p(x = 1) as p(1), for a problem with one variable."""
    if len(truth.problem.variables) != 1 or "p" in truth.named:
        return line
    (v,) = truth.problem.variables
    x = in_latex(v)
    capital = x.upper() if len(x) == 1 else "X"
    if not {capital, "f"} & set(truth.named) and capital != "Z":
        line = re.sub(rf"(?<![A-Za-z\\])[fp]\s*_\s*(?:\{{\s*{capital}\s*\}}|{capital})(?=\s*(?:\\left)?\()", "p", line)
    line = re.sub(rf"(?P<log>{LOG})\s*p(?![A-Za-z_]|\s*(?:\\left)?\(|\s*\^)", lambda m: rf"{m['log']} p({x})", line)
    return re.sub(rf"(?<![A-Za-z\\])p\s*\(\s*{re.escape(x)}\s*=\s*(?P<at>-?\w+|[^()=<>|]{{1,20}}?)\s*\)", r"p(\g<at>)", line)


ALONE = re.compile(r"(?P<before>^|[,;$}]|\\q?quad(?![A-Za-z])|\\[,;: ])(?P<gap>\s*)(?P<h>[Ffp])\s*=(?P<value>[^=,;$]*)")
TAIL = re.compile(
    r"(?P<int>\\int(?:_\{[^{}]*\}|_\w)\^(?:\{[^{}]*\}|\\infty|\w))\s*\(\s*1\s*-\s*F\s*\)\s*"
    r"(?P<d>(?:\\[,;! ])*d[a-z](?![A-Za-z]))?(?=\s*(?:\\[,;! ]|[=,.;]|$))"
)


def with_arguments(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""F = 1 − e^{−x} and p = e^{−x} as F(x) and p(x), and ∫₀^∞ (1 − F) with its differential, where F and p stand for nothing else.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x)", over={"x": "(0, oo)"}))
    >>> with_arguments((r"p = e^{-x}, F = 1-e^{-x}, q = x", r"\int_0^\infty(1-F)=1"), truth)
    ('p(x) = e^{-x},\\quad F(x) = 1-e^{-x}, q = x', '\\int_0^\\infty(1-F(x))\\,dx=1')
    """
    (v, *more) = truth.problem.variables
    x = in_latex(v)
    if more or not isinstance(v.measure, Lebesgue) or len(x) > 1:
        return lines
    free = {h for h in "Ffp" if h not in truth.named and not any(stands_alone(h, TAIL.sub(" ", line)) for line in lines)}
    spoken, differential = re.compile(rf"(?<![A-Za-z\\]){x}(?![A-Za-z])|{x}(?=\^)"), rf"\,d{x}"

    def applied_to(m: re.Match[str]) -> str:
        own = m["h"] not in free or not spoken.search(re.sub(r"\\[A-Za-z]+", " ", m["value"]).replace("e^", " "))
        after = m.string[: m.start("h")].rstrip("\\ ").endswith(",")  # a statement of its own
        before = r",\quad " if after and m["before"] == "," else r"\quad " if after else m["before"] + m["gap"]
        return m[0] if own else f"{before}{m['h']}({x}) ={m['value']}"

    lines = tuple(ALONE.sub(applied_to, line) if "=" in line else line for line in lines)
    return tuple(TAIL.sub(lambda m: rf"{m['int']}(1-F({x})){m['d'] or differential}", line) if "F" in free else line for line in lines)


def stands_alone(h: str, line: str) -> bool:
    """Whether a letter is used as a name, as in dF/dx and 1 − p, and not only as that of a function."""
    bare = re.sub(r"\\[A-Za-z]+", " ", line)
    followed = r"(?!\s*(?:\\left)?\(|\s*:?=|\s*'|\s*_|\s*\^\s*\{\s*-\s*1)(?![A-Za-z])"
    return re.search(rf"(?<![A-Za-z\\]){h}{followed}|(?<![A-Za-z\\])d{h}(?![A-Za-z])", bare) is not None


def with_cumulants(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""The K(t) of K(t) = log M(t) by a letter that is no Bessel function.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-x)", over={"x": "(0, oo)"}))
    >>> with_cumulants((r"K_X(t) = \log M_X(t)", "K'(0) = 1"), truth)
    ('C(t) = \\log M_X(t)', "C'(0) = 1")
    """
    if "K" in truth.named or not any(re.search(rf"(?<![A-Za-z\\])K(?:_\{{?[A-Z]\}}?)?\s*\(\s*[a-z]\s*\)\s*:?=\s*{LOG}", line) for line in lines):
        return lines
    free = next((c for c in "CLRWV" if c not in truth.named and not any(re.search(rf"(?<![A-Za-z\\]){c}(?![A-Za-z])", line) for line in lines)), "K")
    applied_ = r"(?<![A-Za-z\\])K(?:_\{?[A-Z]\}?)?(?=\s*(?:'+|\^\s*\{?\s*(?:\\prime\s*|\(\d\))+\}?)?\s*(?:\\left)?\()"
    return tuple(re.sub(applied_, free, line) for line in lines)


def calligraphic(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""A function such as \mathcal{E}(x), which a line brings in, by a letter that nothing else uses."""
    for letter in dict.fromkeys(m["c"] or m["d"] for line in lines for m in CALLIGRAPHIC.finditer(line)):
        likely = letter == "L" and any(re.search(r"\\mid|prior|likelihood", line) for line in lines)
        free = [c for c in "VWGQR" if c not in truth.named and not any(re.search(rf"(?<![A-Za-z\\]){c}(?![A-Za-z])", line) for line in lines)]
        if free and not likely:
            lines = tuple(re.sub(rf"\\mathcal\s*(?:\{{\s*{letter}\s*\}}|{letter}(?![A-Za-z]))", f" {free[0]}", line) for line in lines)
    return lines


def without_tilde(lines: tuple[str, ...]) -> tuple[str, ...]:
    r"""log p̃(x) = g and p̃(x) = g as p(x) ∝ exp g and p(x) ∝ g; elsewhere p̃(x) is Z p(x).

    >>> without_tilde((r"\tilde p(x) = e^{-x}", r"Z = \int\tilde p(x)\,dx", r"\log\tilde{p}(x) = -x + \text{const}"))
    ('p(x) \\propto  e^{-x}', 'Z = \\int Z\\cdot p(x)\\,dx', '\\log p(x) = -x + \\text{const}')
    """
    if not any(re.search(TILDE, line) for line in lines):
        return lines
    done = []
    for line in lines:
        line = re.sub(rf"^(?P<head>{GAP}){LOG}{GAP}{TILDE}{AT}{GAP}=(?P<rest>.*)$", logarithm, line)
        line = re.sub(rf"^(?P<head>{GAP}){TILDE}{AT}{GAP}:?=", lambda m: rf"{m['head']}p({m['at']}) \propto ", line)
        done.append(re.sub(rf"{TILDE}{AT}", lambda m: rf" Z\cdot p({m['at']})", line))
    return tuple(done)


def logarithm(match: re.Match[str]) -> str:
    r"""log p̃ = a = b + const, each side up to a constant: what is one already stays so."""
    sides = [s if "const" in s else rf"{s}+\text{{const}}" for s in re.split(r"=(?![^{}]*\})", match["rest"])]
    return rf"{match['head']}\log p({match['at']}) ={'='.join(sides)}"


def with_entropies(lines: tuple[str, ...], truth: Truth) -> tuple[str, ...]:
    r"""H[p] and H(X) as −E[ln p(x)], KL(p ‖ q) as E[ln p(x)/q(x)], with another letter for that q."""
    if len(truth.problem.variables) != 1 or any("log_2" in line or "bits" in line for line in lines):
        return lines
    (v,) = truth.problem.variables
    x = in_latex(v)
    bare = any(m["bare"] and m["alone"] is None for line in lines for m in ENTROPY.finditer(line))

    def entropy(m: re.Match[str]) -> str:
        alone = m["alone"] is not None
        if "p" in truth.named and re.search(r"[\[(]\s*p\s*(?:\\right)?[\])]", m[0]) or alone and m["set"] and "bb" not in m[0]:
            return m[0]  # S(p) of a parameter p, and a Hamiltonian
        if (m["bare"] or m["set"] or "H") in truth.named or alone and (m["bare"] or m["set"] is None) and not bare:
            return m[0]
        return rf"\left(-\mathbb{{E}}[\ln p({x})]\right)"

    if not {"S", "k", "k_B"} & set(truth.named):
        lines = tuple(PER_K.sub(lambda _: rf"\left(-\mathbb{{E}}[\ln p({x})]\right)", line) for line in lines)
    lines = tuple(ENTROPY.sub(entropy, line) for line in lines)
    q = next((m["q"] for line in lines for m in DIVERGENCE.finditer(line)), "")
    if not q or q in truth.named:
        return lines
    own = next(c for c in "ghwGHW" if c not in truth.named and not any(re.search(rf"(?<![A-Za-z\\]){c}(?![A-Za-z])", line) for line in lines))
    lines = tuple(DIVERGENCE.sub(lambda _: rf"\mathbb{{E}}\left[\ln\frac{{p({x})}}{{{own}({x})}}\right]", line) for line in lines)
    return tuple(re.sub(rf"(?<![A-Za-z\\]){q}(?=\s*(?:\\left)?\()", own, line) for line in lines)


def with_sigmoid(lines: tuple[str, ...]) -> tuple[str, ...]:
    r"""σ(y) as 1/(1 + e^{−y}), where no line says that σ is something else.

    >>> with_sigmoid((r"p = \sigma(b + w)", r"\sigma(\infty) = 1"))
    ('p = \\frac{1}{1+e^{-(b + w)}}', '1 = 1')
    """
    if not any(SIGMOID.search(line) for line in lines) or any(another(line) for line in lines):
        return lines
    return tuple(logistic(re.sub(r"=\s*:\s*(?=\\sigma\s*\()", "=", line)) for line in lines)


def without_sigmoid_said(text: str) -> str:
    r"""A final answer without "σ(x) = 1/(1 + e^{−x})" behind it.

    >>> without_sigmoid_said(r"n\sigma(a),\quad\sigma(x)=\frac1{1+e^{-x}}"), without_sigmoid_said(r"n\sigma(a),\quad\sigma(x)=x")
    ('n\\sigma(a)', 'n\\sigma(a),\\quad\\sigma(x)=x')
    """
    said = next((m for m in SIGMOID_SAID.finditer(text) if m.start() and not text[m.end() :].strip(" .")), None)
    return text if said is None or another(text) or not SIGMOID.search(text, 0, said.start()) else text[: said.start()].rstrip(" ,;")


def another(line: str) -> bool:
    """Whether a line says that σ is another function than 1/(1 + e^{−y}) = e^y/(1 + e^y), or applies it to a random variable, as a deviation."""
    if re.search(r"\\sigma\s*\(\s*[A-Z]\s*[),]", line):
        return True
    for m in SIGMOID_SAID.finditer(line):
        x = re.escape(m["x"].strip())
        minus = rf"-\s*(?:{x}|\({x}\))"
        known = rf"\s*\\[dt]?frac\s*(?:\{{1\}}|1)\s*\{{\s*1\s*\+\s*(?:e\s*\^\s*\{{\s*{minus}\s*\}}|\\exp\s*\(\s*{minus}\s*\))\s*\}}.*"
        raised = rf"e\s*\^\s*\{{?\s*{x}\s*\}}?"
        other = rf"\s*\\[dt]?frac\s*\{{\s*{raised}\s*\}}\s*\{{\s*(?:1\s*\+\s*{raised}|{raised}\s*\+\s*1)\s*\}}.*"
        if not re.fullmatch(known, m["rest"]) and not re.fullmatch(other, m["rest"]):
            return True
    return False


def logistic(line: str) -> str:
    """One line with σ(…) written out, the innermost first, and σ' as its derivative."""
    for match in reversed(list(SIGMOID.finditer(line))):
        end = bracket_end(line, match.end(), "(")
        if end is None:
            continue
        inner = line[match.end() : end[0]].strip()
        value = {r"\infty": "1", r"+\infty": "1", r"-\infty": "0"}.get(inner, rf"\frac{{1}}{{1+e^{{-({inner})}}}}")
        if match.groupdict().get("prime"):
            if not re.fullmatch(r"[A-Za-z]|\\[A-Za-z]+", inner):
                continue
            value = rf"\frac{{d}}{{d{inner}}}\left({value}\right)"
        line = f"{line[: match.start()]}{value}{line[end[1] :]}"
    return line

