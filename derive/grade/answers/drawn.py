r"""A final answer that only names a law: X ∼ N(μ, σ²), Gamma(α, rate = β), θ | y ∼ Beta(y + 1, n − y + 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sympy import Expr

from derive.grade.chance.laws import GAP, LONGEST, NAME, SET, Way, collapsed, role_named, role_of, ways_of
from derive.grade.chance.moments import speaks_of
from derive.grade.chance.named import same_kernel, same_range
from derive.grade.claims import judged
from derive.grade.equal.values import Bench, evaluated
from derive.grade.handed import CORRECT, UNDECIDED, WRONG, Claim, Judgement, Mistake
from derive.grade.truth import Truth
from derive.grade.writing.heads import given_event
from derive.grade.writing.reading import Said, scope_of
from derive.grade.writing.segments import bracket_end
from derive.grade.writing.totalled import totalled
from derive.language.claims import PROVED, REFUTED
from derive.language.totals import Counting, Lebesgue, Measure, Total
from derive.read.latex import expression
from derive.read.names import ReadError

HEAD = rf"(?:(?P<left>[^=]{{1,60}}?)(?:\\sim|∼|~|\bis\b)|[pf]{GAP}(?:_\{{?\w\}}?)?\((?P<at>[^()=]*)\){GAP}=)?"
LAW = re.compile(rf"^{GAP}{HEAD}{GAP}{NAME}{GAP}(?:\\left|\\[bB]igg?l?)?{GAP}(?P<open>\()", re.IGNORECASE)
INDEXED = re.compile(  # χ²_k, t_ν
    rf"^{GAP}{HEAD}{GAP}(?P<name>\\chi\s*\^\s*\{{?\s*2\s*\}}?|t){GAP}(?:_\s*\{{(?P<long>[^{{}}]*)\}}|_\s*(?P<short>\\[A-Za-z]+|\w)|\((?P<in>[^()]*)\))[\s.]*$"
)
SAID_OF = re.compile(r"^(?P<left>[^=]{1,60}?)(?:\\sim(?![A-Za-z])|∼)(?P<rest>.*)$", re.DOTALL)
BESIDE = re.compile(rf"^{GAP}(?:{SET}\{{)?\s*(?:law|distribution)?\s*[\[(]?\s*(?:in\s+)?(?:the\s+)?(?P<roles>[A-Za-z ,\-–/]*?)\s*"
                    r"(?:parametri[sz]ation|convention|form)?\s*[\])]?\s*\}?[\s.]*$")  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """A law's name, its arguments as LaTeX, and for each of them what words say that it is, "" where they say nothing."""

    name: str
    arguments: tuple[str, ...]
    roles: tuple[str, ...]


def drawn(text: str, truth: Truth) -> Drawn | None:
    r"""The law that a text consists of, said of the problem's variable or of nothing.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> truth = truth_of(problem("exp(-b*x)", over={"x": "(0, oo)"}, given=["b > 0"]))
    >>> drawn(r"X \sim \mathrm{Gamma}(1, \text{rate} = b)", truth)
    Drawn(name='gamma', arguments=('1', 'b'), roles=('', 'rate'))
    >>> drawn(r"\mathrm{Exp}(b) = b e^{-bx}", truth), drawn("X ~ Exp(b) (rate)", truth)
    (None, Drawn(name='exp', arguments=('b',), roles=('rate',)))
    """
    if len(truth.problem.variables) != 1 or len(text) > LONGEST:
        return None
    text = collapsed(text)
    found, indexed = LAW.match(text), INDEXED.match(text)
    if indexed and spoken_of(indexed["left"], indexed["at"], truth):
        name = "t" if indexed["name"] == "t" else "chisquared"
        return Drawn(name, ((indexed["long"] or indexed["short"] or indexed["in"]).strip(),), ("",))
    end = bracket_end(text, found.end(), "(") if found else None
    if not found or end is None or not spoken_of(found["left"], found["at"], truth):
        return None
    name = (found["set"] or found["cal"] or found["bare"]).lower()
    beside = BESIDE.match(text[end[1] :])
    if not (found["left"] or found["at"]) and len(name) < 3 or beside is None:
        return None
    arguments = [part.strip() for part in re.split(r"[,;]|\\mid(?![A-Za-z])|\|", re.sub(r"\\[,;:!]", " ", text[found.end() : end[0]]))]
    if len(arguments) > 1 and arguments[0].strip() == own_name(truth):
        arguments = arguments[1:]
    roles, bare = zip(*(role_of(a) for a in arguments), strict=True)
    told = [role for part in re.split(r"[,\-–/]|\band\b", beside["roles"]) if part.strip() for role in [role_named(part)]]
    if any(role == "" for role in told) or told and len(told) != len(arguments):
        return None
    return Drawn(name, bare, tuple(told) or roles)


def bare_formula(claim: Claim, truth: Truth) -> Claim:
    """X ∼ g(x), where g(x) is a formula and no law's name, as g(x)."""
    short = len(claim.text) <= LONGEST
    found = SAID_OF.match(claim.text) if short and claim.kind == "p" and not claim.sympy and len(truth.problem.variables) == 1 else None
    named = found is None or LAW.match(collapsed(claim.text))
    if found is None or named or not spoken_of(found["left"], None, truth) or not speaks_of(own_name(truth), found["rest"]):
        return claim
    return replace(claim, text=found["rest"])


def spoken_of(left: str | None, at: str | None, truth: Truth) -> bool:
    """Whether what stands before a law is the problem's variable, X for x, or nothing."""
    said = left if left is not None else at
    if said is None:
        return True
    own = own_name(truth)
    bare, *given = (re.sub(GAP, "", part) for part in re.split(r"\\mid(?![A-Za-z])|\||;", said, maxsplit=1))
    if any(given_event(one, bare) for one in given):
        return False
    return bare == own or len(bare) == 1 and bare.isupper() and bare not in truth.named


def own_name(truth: Truth) -> str:
    (v,) = truth.problem.variables
    return v.latex or (v.symbol.name if len(v.symbol.name) == 1 else f"\\{v.symbol.name}")


def judge_drawn(claim: Claim, truth: Truth, bench: Bench) -> tuple[Judgement, Expr | None] | None:
    """The verdict on a claim that names a law, with the density that it names if that is wrong; None where a claim says more, or something else."""
    law = drawn(claim.text, truth) if claim.kind == "p" and not claim.sympy and truth.density is not None else None
    if law is None:
        return None
    try:
        scope, facts = scope_of(truth), truth.inside.facts
        values = [totalled(expression(a, scope), facts) for a in law.arguments]
    except ReadError:
        return None
    ways = list(meant(law, values))
    if not ways:
        return None
    base = Judgement(claim.id, UNDECIDED, read_as=f"{law.name}({', '.join(map(str, values))})")
    total = truth.problem.total
    assert isinstance(total, Total)
    verdicts = [same_kernel(total, *way.kernel(total.x, *args), truth.ground) for way, args in ways]
    sure = next(((way, args) for (way, args), v in zip(ways, verdicts, strict=True) if v == PROVED and (way.customary or any(law.roles))), None)
    if sure is not None:
        conditions = tuple(map(str, truth.conditions))
        return replace(base, verdict=CORRECT, conditions=conditions, detail=f"This is right, where {words(*sure)}."), None
    if PROVED in verdicts:
        other = ways[verdicts.index(PROVED)]
        return replace(base, detail=f"This is right only if {words(*other)} is what is meant; it is customary otherwise, so say it."), None
    if all(v == REFUTED for v in verdicts):
        return refused(base, ways, truth, bench)
    return replace(base, detail="It could not be held against the density of that name."), None


def words(way: Way, arguments: list[Expr]) -> str:
    """How the arguments are read: mu is its mean and sigma**2 its variance."""
    first, *rest = zip(arguments, way.roles, strict=True)
    return " and ".join([f"{first[0]} is its {first[1]}", *(f"{value} its {role}" for value, role in rest)])


def meant(law: Drawn, values: list[Expr]) -> Iterator[tuple[Way, list[Expr]]]:
    """The ways in which a law may be meant, with the arguments in the order of each."""
    said = [role for role in law.roles if role]
    for way in ways_of(law.name, len(values)):
        rest = list(way.roles)
        if any(rest.count(role) < said.count(role) for role in said):
            continue
        for role in said:
            rest.remove(role)
        order = [(role or rest.pop(0), value) for role, value in zip(law.roles, values, strict=True)]
        places: list[Expr] = []
        for role in way.roles:
            at = next(i for i, (r, _) in enumerate(order) if r == role)
            places.append(order.pop(at)[1])
        yield way, places


def refused(base: Judgement, ways: list[tuple[Way, list[Expr]]], truth: Truth, bench: Bench) -> tuple[Judgement, Expr | None]:
    """The verdict on a law that is another one, read in its first way with the problem's support, or in its first."""
    total = truth.problem.total
    assert isinstance(total, Total)
    kernels = [way.kernel(total.x, *arguments) for way, arguments in ways]
    alike = next((one for one in kernels if same_range(total.measure, one[1], truth.ground) == PROVED), None)
    if alike is None:
        detail = f"This law lives on {place(kernels[0][1])}, and the problem's variable on {place(total.measure)}."
        return replace(base, verdict=WRONG, mistake=Mistake("wrong-domain", "", "the law that is named has another support"), detail=detail), None
    kernel, measure = alike
    Z = evaluated(Total(kernel, total.x, measure), truth.ground.facts, bench)
    if Z is None or truth.density is None:
        return replace(base, detail="The density of that name has no closed form that was found."), None
    found = judged(base, Said((kernel / Z,)), "p", truth.density, truth, bench)
    return (found, kernel / Z) if found.verdict == WRONG else (replace(base, detail="It could not be held against the density of that name."), None)


def place(measure: Measure) -> str:
    """A support as people write it."""
    ends = ", ".join(map(str, measure.args))
    return f"({ends})" if isinstance(measure, Lebesgue) else f"the whole numbers from {' to '.join(map(str, measure.args))}" if isinstance(
        measure, Counting) else f"{{{ends}}}"  # fmt: skip
