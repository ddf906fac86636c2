"""What a formula of a derivation states, in the light of the names that were introduced before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sympy import And, Basic, Derivative, Eq, I, Integral, Pow, Sum, Symbol, Tuple
from sympy.core.function import AppliedUndef

from derive.grade.chance.chances import HEADS, generating, new_letters, with_chances
from derive.grade.chance.images import with_images
from derive.grade.chance.moments import variance, with_moments
from derive.grade.chance.places import with_places
from derive.grade.chance.samples import statistics
from derive.grade.derivations.bayes import LIKELIHOOD, as_premise, own_name, premise_of, refuse_prior, spoken_premise, unlinked, with_priors
from derive.grade.derivations.claimed import names_a_law, of_a_quantity
from derive.grade.derivations.indefinite import without_constants
from derive.grade.derivations.jacobians import jacobian_of
from derive.grade.derivations.kinds import STRONG, kept
from derive.grade.derivations.meanings import SAID, asked, says_value_of, speaks_of_name
from derive.grade.derivations.mixtures import LAW, with_laws
from derive.grade.derivations.ranges import point_at, point_of, range_of
from derive.grade.derivations.sentences import SUBJECT, WHEN, lowered, with_subject
from derive.grade.derivations.shares import is_weight
from derive.grade.derivations.shifts import moved_by
from derive.grade.derivations.stated import (
    DIGITS,
    ENDS,
    EQUATION,
    JACOBIAN,
    NAMED,
    NOTE,
    OPEN,
    OPERATION,
    POINT,
    RECALLED,
    SHARED,
    WEIGHT,
    WORDS,
    Names,
    Stated,
)
from derive.grade.derivations.terms import engine_terms
from derive.grade.truth import Truth
from derive.grade.writing.coefficients import COEFFICIENT, with_coefficients
from derive.grade.writing.constants import with_orders, with_slopes
from derive.grade.writing.differentials import UPRIGHT, bare_differentials, marked, marked_beside_d
from derive.grade.writing.digits import in_digits, without_digits
from derive.grade.writing.ellipsis import FINITE, TERMS, with_terms
from derive.grade.writing.heads import DISTRIBUTED, in_latex, plain, spelled
from derive.grade.writing.helpers import ORDER, helper_of, inverted, letter_of, normalizing, primed, recalled
from derive.grade.writing.mentions import OF_ANOTHER, RELATION, only_mentioned, operation_of, over_a_part, says_its_value
from derive.grade.writing.parity import HALF
from derive.grade.writing.products import FACTORS, with_factors
from derive.grade.writing.reading import QUANTITIES, scope_of, spread
from derive.grade.writing.reasons import gives_part_of_series
from derive.grade.writing.segments import Part
from derive.grade.writing.spellings import outside, up_to_constants
from derive.grade.writing.supported import over_support
from derive.grade.writing.waves import IMAGINARY, REAL, turning, with_unit, without_unit
from derive.language.totals import Counting
from derive.read.latex import statement
from derive.read.latex_heads import Blank, Chain, Propto
from derive.read.names import ReadError

INTEGRAL = re.compile(r"\\i*int(?![A-Za-z])|∫")
LISTED = re.compile(r"(?<!\\)[,;:](?!=)(?:\\q?quad(?![A-Za-z])|\\[,;:! ]|\s)*")
MOVED = re.compile(r"\s*\\?(?P<name>[A-Za-z]+)\s*\\(?:to|mapsto)(?![A-Za-z])")
DISTRIBUTION = re.compile(
    r"\\(?:mathrm|operatorname|text|mathcal|textrm|mathsf)\s*\{[A-Za-z][A-Za-z-]{2,}\}\s*(?:\\left)?\([^()=]*,[^()=]*(?:\\right)?\)[\s.]*"
)
GREEK = ("alpha", "beta", "gamma", "theta", "phi", "varphi", "xi", "eta", "omega", "lambda", "mu", "tau")
ONE_D = rf"\s*(?:d|{UPRIGHT})\s*\\?[A-Za-z]+(?:\s|\\[,;:! ])*"
AREA = re.compile(rf"(?P<left>{ONE_D}{ONE_D})\\(?:to|mapsto)(?![A-Za-z])")  # dx dy → r dr dθ
SLOPE_OF = re.compile(rf"^\s*(?:d|{UPRIGHT})\s*(?:\\left)?\((?P<of>(?:[^()]|\([^()]*\))+?)(?:\\right)?\)\s*=\s*(?P<value>[^=]+)$")
ONE_NAME = re.compile(rf"(?:(?<![A-Za-z\\])d|{UPRIGHT})\s*([A-Za-z]|\\[A-Za-z]+)(?![A-Za-z])")
SLOPE = re.compile(r"\\[dt]?frac\s*\{\s*(?:d|\\mathrm\{d\})\s*\}\s*\{\s*(?:d|\\mathrm\{d\})\s*(?P<name>[A-Za-z]|\\[A-Za-z]+)\s*\}")
DIVERGES = re.compile(r"\b(?:diverg\w*|infinite|undefined|(?:does|do|is|are)(?:\s+not|n't)\s+(?:exist|converge|finite|defined))\b", re.IGNORECASE)
UNNAMED = "w_{{said{}}}"  # for a value that only words name
VARIANCE = re.compile(r"\s*\\sigma\s*\^\s*(?:2|\{\s*2\s*\})\s*=")
WHOLE = "ijklmnN"  # letters that stand for whole numbers by custom
TRANSFORMS = ("G", "M", "C", "phi", "varphi", "psi", "chi")  # generating functions by custom, whose argument need not be whole
INERT = (COEFFICIENT, TERMS, FINITE, FACTORS, ORDER, REAL, IMAGINARY, LIKELIHOOD, LAW, *HEADS)  # functions that only modules beside this one read
BARE_DENSITY = re.compile(r"(?<![A-Za-z\\_{])p(?=\s*(?:\\(?:ln|log)(?![A-Za-z])|\\,?\s*d|\^|\s*d))|(?:(?<=\\ln )|(?<=\\log ))p(?![A-Za-z(_])")
SUM_TO = re.compile(r"\\(?:sum|prod)\s*(?:\\limits)?\s*_\s*\{[^{}]*\}\s*\^\s*\{?\s*(?P<name>[A-Z]|[mn])\s*\}?")


def stated(part: Part, truth: Truth, names: Names) -> Iterator[Stated]:
    """The statements of one formula; of one that a phrase only speaks of, as far as it can be read; of what is said of configurations."""
    if part.spoken:
        try:
            yield from [replace(s, spoken=True) for s in said_by(part, truth, names)]
        except ReadError:
            if r"\text" in part.formula:  # "the integral of e^{-ax} is …" says more than of what it speaks
                raise
            yield Stated(WORDS, text=part.formula)
    elif part.given or is_weight(part, truth):
        scope = scope_of(truth, {**names.letters, **names.defined}, strict=False)
        read = (part.formula, *(text for case in part.given for text in case))
        sides = engine_terms(tuple(statement(plain(one, truth, {*names.defined}), scope) for one in read), truth, names)
        yield Stated(SHARED if part.given else WEIGHT, sides, text=part.formula, called=part.words)
    else:
        yield from said_by(part, truth, names)


def said_by(part: Part, truth: Truth, names: Names) -> Iterator[Stated]:
    """The statements of one formula; "x → x + μ" only says how."""
    if gives_part_of_series(part.words) and not re.search(r"[=<>]", part.formula):  # held against the sums with the other reasons
        yield Stated(WORDS, text=part.formula)
        return
    if (moved := MOVED.match(part.formula)) is not None:
        if moved["name"] in QUANTITIES and moved["name"] not in truth.named:
            raise ReadError("a limit is read in the form \\lim_{x\\to a}")
        first, rest = apart(part.formula)
        place = point_of(first)
        if place is not None and (names.pointing or place[0] in names.variables):  # x → 0 ⇒ t → ∞
            names.pointing = True
            yield Stated(POINT, (statement(place[1], scope_of(truth)),), text=place[0], loose=place[0] in names.variables)
        if (step := moved_by(first)) is not None:
            yield step
        if rest:  # "x → 1 − x, B(a, b) = B(b, a)" says more than how
            yield from stated(replace(part, formula=rest), truth, names)
        return
    part = replace(part, formula=AREA.sub(r"\g<left>=", part.formula))
    if DISTRIBUTION.fullmatch(part.formula) or DISTRIBUTED.match(part.formula):
        raise ReadError("it names a distribution, and no value")
    part = spoken_premise(part, truth) if names.posterior else part
    taken = {*names.defined, *names.helpers, *names.others}
    if says_value_of(part):  # "the median is 0"
        part = replace(part, formula=f"= {part.formula}")
    if part.formula.startswith("=") and (speaks_of_name(part.words) or says_value_of(part)):  # "kurtosis = 9/5"
        part = replace(part, formula=f"{UNNAMED.format(len(names.defined))} {part.formula}")
    if part.formula.startswith("=") and SUBJECT.fullmatch(part.words):  # "mean = E[X] = …"
        part = replace(part, formula=part.formula.lstrip("= "))
    if over_a_part(part, names.variables):  # "it is enough to integrate over x > 0"
        yield Stated(OPEN if says_its_value(part) else WORDS, text=part.formula)
        return
    if (done := operation_of(part.words)) and not RELATION.search(part.formula):
        yield Stated(OPERATION, engine_terms((statement(plain(part.formula, truth), scope_of(truth, names.defined)),), truth, names), text=done)
        return
    if asked(part):  # "What is E[X]?"
        yield Stated(WORDS, text=part.formula)
        return
    if only_mentioned(part):
        before = part.words.rpartition("(")[0] if part.aside else part.words  # in "(a normal variable has mean 0)" it is another law
        yield Stated(OPEN if names_a_law(before) else WORDS, text=part.formula)
        return
    another = bool(OF_ANOTHER.search(part.words)) or part.aside
    if (subject := with_subject(part, truth)) != part and another and not subject.formula.startswith("p("):
        yield from (replace(s, loose=True) for s in stated(replace(subject, words=""), truth, names))
        return
    if DIVERGES.search(part.behind) and not re.search(r"(?<![<>:])=", part.formula):  # "if a ≤ 1, the integral diverges"
        yield Stated(OPEN, text=part.formula)
        return
    if part.aside and not RELATION.search(part.formula):  # "(which is 2π/3)"
        yield from (replace(s, loose=True) for s in stated(replace(part, aside=False, words=""), truth, names))
        return
    part = subject
    if of_a_quantity(part.words) and (part.formula.startswith("=") or not RELATION.search(part.formula)):
        yield Stated(OPEN, text=part.formula)
        return
    ends, jacobian = range_of(part.formula), jacobian_of(part.formula)
    if ends is not None:
        yield replace(with_ends(*ends, truth, names), loose="leftrightarrow" in part.formula)
        return
    point = point_of(part.formula) if not of_a_quantity(part.words) else None  # "the mode is at x = 3" says more than where to look
    if point is None and names.pointing:  # x = m ⇔ t = 0
        point = point_at(part.formula, [in_latex(p) for p in truth.problem.parameters])
        point = point if point is not None and point[0] in names.variables else None
    if point is not None and (names.pointing or point[0] in names.variables and WHEN.search(part.words) or part.formula.endswith(r"\infty")):
        names.pointing = True
        yield Stated(POINT, (statement(point[1], scope_of(truth)),), text=point[0], loose=point[0] in names.variables)
        return
    if jacobian is not None and "J" not in {*truth.named, *taken} and (jacobian[1] or len(truth.problem.variables) > 1):
        yield of_jacobian(*jacobian, truth, names)
        return
    if (sides := of_variance(part, truth, taken)) is not None:
        yield from (replace(s, loose=True) for s in stated(replace(part, formula=sides[0]), truth, names))
        if "=" in sides[1]:
            yield from (s if s.kind == DIGITS else replace(s, kind=NOTE) for s in stated(Part(sides[1]), truth, names))
        return
    part = replace(part, formula=with_images(part.formula, names.made))
    formula, made = generating(over_support(part.formula, truth), truth, {*names.helpers, *names.others})
    if made:
        yield from stated(Part(made), truth, names)
    formula = up_to_constants(with_slopes(with_moments(formula, truth, taken), truth, names.defined))
    part = replace(part, formula=with_chances(with_places(formula, truth, taken), truth, taken))
    if INTEGRAL.search(part.formula):
        part = replace(part, formula=bare_differentials(without_constants(part.formula, truth.named)))
    part = replace(part, formula=with_density_applied(part.formula, truth, taken))
    if len(truth.problem.variables) > 1:
        part = replace(part, formula=lowered(part.formula, truth, {*truth.named, *taken}))
    part = replace(part, formula=with_unit(part.formula, truth.named))
    names.turned |= {t for t in [turning(part.formula)] if t}
    introduce(part, truth, names)
    own = {*names.defined, *names.others, *(["L"] if r"\propto" not in part.formula else [])}  # a likelihood is a function of its own
    part = replace(part, formula=SLOPE_OF.sub(as_slope, part.formula))
    part = replace(part, formula=with_laws(part.formula, truth))
    refuse_prior(part.formula, truth)
    role, bare = premise_of(part, truth) if names.posterior else ("", part.formula)
    bare = with_priors(bare, truth) if names.posterior else bare
    spelled = differentiated(plain(bare, truth, own), truth, names)
    formula = with_factors(with_terms(with_orders(primed(with_coefficients(spelled, truth.named), names.helpers))))
    scope = scope_of(truth, {**names.letters, **names.defined}, strict=False, helpers=(*names.helpers, *INERT))
    if not INTEGRAL.search(formula):  # beside an integral sign a d is a differential
        formula = marked(formula) if "d" not in scope.symbols else marked_beside_d(formula, names.defined, names.variables)
    for value, said, how in in_digits(part.formula) if without_digits(part.formula) != part.formula else ():
        read = (statement(one.replace("{,}", "."), scope) for one in (value, said))
        yield Stated(DIGITS, engine_terms(tuple(read), truth, names), text=said, called=how)
    found = statement(formula, scope)
    if any(hidden(d, names) for d in found.atoms(Derivative)):
        raise ReadError("a derivative by a name is not read of what does not show that name; say what the name is first")
    if names.sample is not None:
        values, factors = statistics(found, names.sample, names.letters)
        names.drawn += factors
        found = put(found, values) if values else found
    found = aliased(found, truth, names)
    if names.turned or found.has(I):
        found = without_unit(found, names.turned, names.helpers)
    for one in spread(list(flat(found))):
        for single in unlinked(one, truth):
            late = {*names.letters} - {*scope.symbols}  # letters that a statement before it in the same formula has brought in
            new = universal(single, truth, names)
            names.letters.update(new)
            names.universal |= set(new)
            letters: dict[Basic, Basic] = {s: names.letters[s.name] for s in single.free_symbols if s.name in new or s.name in late}
            stated_ = kept(put(single, letters) if letters else single, part, truth, names)
            recalled_ = not role and (new or stated_.kind == EQUATION and recalls(single, names))
            yield replace(stated_, kind=RECALLED) if recalled_ else as_premise(stated_, role) if role else stated_


def apart(formula: str) -> tuple[str, str]:
    r"""A formula up to the first comma or colon that stands in no bracket, and what follows.

    >>> apart(r"x\to f(x, y),\ dx = 2\,du"), apart(r"x\to0")
    (('x\\to f(x, y)', 'dx = 2\\,du'), ('x\\to0', ''))
    """
    ends = (m for m in LISTED.finditer(formula) if outside(formula[: m.start()]))
    end = next(ends, None)
    return (formula, "") if end is None else (formula[: end.start()], formula[end.end() :])


def hidden(d: Derivative, names: Names) -> bool:
    """Whether something is differentiated by a new name, on which the Z or the function in it may depend by what was not read."""
    dark = {s.name for s in d.expr.free_symbols} & set(QUANTITIES) or d.expr.atoms(AppliedUndef)
    return bool(dark) and any(v.name in names.universal and v not in d.expr.free_symbols for v in d.variables)


def of_variance(part: Part, truth: Truth, taken: set[str]) -> tuple[str, str] | None:
    """σ² = A = B without "let", where nothing declares σ: that A is the variance, and A = B."""
    match = VARIANCE.match(part.formula)
    if match is None or len(truth.problem.variables) != 1 or "sigma" in {*truth.named, *taken} or STRONG.search(part.words):
        return None
    (v,), rest = truth.problem.variables, part.formula[match.end() :]
    return f"{variance(in_latex(v))} = {rest.split('=')[0]}", rest


def with_ends(name: str, lo: str, hi: str, truth: Truth, names: Names) -> Stated:
    """x: a → b"""
    scope = scope_of(truth, {**names.letters, **names.defined}, strict=False)
    return Stated(ENDS, (scope.symbols.get(name, Symbol(name)), statement(lo, scope), statement(hi, scope)))


def of_jacobian(text: str, bars: bool, above: str, truth: Truth, names: Names) -> Stated:
    """|J| = …, or J = … without bars; `above` are the names that are differentiated, where they are said."""
    found = statement(text, scope_of(truth, {**names.letters, **names.defined}, strict=False))
    sides = found.args if isinstance(found, (Chain, Eq)) else (found,)
    names.defined.update({s.name: s for side in sides for s in side.free_symbols if s.name not in {*truth.named, *names.defined, *names.variables}})
    return Stated(JACOBIAN, tuple(sides), text=above, loose=not bars)


def named_density(name: str, inside: str, truth: Truth, names: Names) -> Stated:
    """A density that words name, with the values of its parameters."""
    found = statement(inside, scope_of(truth, {**names.letters, **names.defined}, strict=False))
    return Stated(NAMED, engine_terms(tuple(found.args) if isinstance(found, Tuple) else (found,), truth, names), text=name)


def universal(found: Basic, truth: Truth, names: Names) -> dict[str, Symbol]:
    """The one letter that nothing declares and that stands on both sides: the equation is meant for all its values, as Γ(z + 1) = z Γ(z)."""
    if not isinstance(found, (Chain, Eq)) or any(isinstance(side, Blank) for side in found.args):
        return {}
    known = {*truth.named, *names.defined, *names.variables, *names.letters, *QUANTITIES}
    new = {s.name for side in found.args for s in side.free_symbols if s.name not in known and not s.name.startswith("d_")}
    everywhere = [name for name in new if all(name in {s.name for s in side.free_symbols} for side in found.args)]
    first = {name for name in new if name in WHOLE and name in {s.name for s in found.args[0].free_symbols}}
    if first == set(new) and len(first) == 1 and not everywhere and found.args[0].atoms(AppliedUndef):  # E[X^{2k + 1}] = 0
        return {name: Symbol(name, integer=True, nonnegative=True) for name in first}
    stepped = any(f.func.__name__ == FACTORS for side in found.args for f in side.atoms(AppliedUndef))  # k (k − 1) ⋯ (k − m + 1)
    if stepped and set(new) <= set(WHOLE):
        return {name: Symbol(name, integer=True, nonnegative=True) for name in new}
    letters = 0 < len(new) == len(everywhere) <= 3 and all(len(name) == 1 or name in GREEK for name in new)
    return {name: Symbol(name, real=True) for name in everywhere} if letters else {}


def recalls(found: Basic, names: Names) -> bool:
    """Whether an equation speaks of such a letter once more."""
    return isinstance(found, (Chain, Eq)) and all({s.name for s in side.free_symbols} & names.universal for side in found.args)


def flat(found: Basic) -> Iterator[Basic]:
    """The statements in one: conditions beside a formula, and the relations of a < x < b."""
    if isinstance(found, (Tuple, And)):
        for one in found.args:
            yield from flat(one)
    else:
        yield found


def introduce(part: Part, truth: Truth, names: Names) -> None:
    """Names that the left side of a formula brings in before it can be read: q = 1 − p, J(t) = …, and z in a recalled Γ(z) = …"""
    known = {**truth.named, **names.defined, **names.variables}
    letter = letter_of(part.formula)
    if letter and letter not in known and (letter == "q" or STRONG.search(part.words)):
        names.defined[letter] = Symbol(letter, real=True)
        names.fresh = letter
    helper = helper_of(part.formula, known, bool(STRONG.search(part.words) or SAID.search(part.words)))
    if helper is not None:
        names.helpers[helper[0]] = helper[1]
    for argument in (helper[1] if helper is not None else "", recalled(part.formula), *new_letters(part.formula, {*truth.named, *names.defined})):
        if argument and argument not in {*truth.named, *names.defined, *names.letters}:
            generates = helper is not None and helper[0] in TRANSFORMS and argument not in WHOLE
            whole = helper is not None and names.indices.get(helper[0]) == argument or on_whole_numbers(truth) and not generates
            names.letters[argument] = Symbol(argument, **({"integer": True, "nonnegative": True} if whole else {"real": True}))
    if HALF in part.formula and "ell" not in known:
        names.letters.setdefault("ell", Symbol("ell", integer=True, nonnegative=True))
    for match in SLOPE.finditer(part.formula):
        if match["name"].lstrip("\\") not in known:
            names.letters.setdefault(match["name"].lstrip("\\"), Symbol(match["name"].lstrip("\\"), real=True))
            names.universal.add(match["name"].lstrip("\\"))
    for match in SUM_TO.finditer(part.formula):
        if match["name"] not in known:
            names.letters.setdefault(match["name"], Symbol(match["name"], integer=True, positive=True))


def on_whole_numbers(truth: Truth) -> bool:
    return all(isinstance(v.measure, Counting) for v in truth.problem.variables)


def aliased(found: Basic, truth: Truth, names: Names) -> Basic:
    """Other letters for Z and 1/Z: the J of J² = ∫∫… as the first equation, the c of ∫ c g(x) dx = 1, where nothing declares them."""
    left = found.args[0] if isinstance(found, (Chain, Eq)) and found.args else None
    known = {*truth.named, *QUANTITIES, *names.variables, *names.defined}
    summed = isinstance(found, (Chain, Eq)) and any(side.has(Integral, Sum) for side in found.args)
    if summed and not names.inverse and (c := inverted(found, known, truth.problem)) is not None:
        names.inverse = c.name
    told = names.inverse or names.defined or names.alias
    if summed and not told and isinstance(left, Pow) and isinstance(left.base, Symbol) and left.exp.is_number:
        names.alias = left.base.name if left.base.name not in known else ""
    constants = [normalizing(one, known, truth.problem) for one in flat(found)] if not names.inverse else []
    names.inverse = next((c.name for c in constants if c is not None), names.inverse)
    Z = Symbol("Z", positive=True)
    letters = {s: Z if s.name == names.alias else 1 / Z for s in found.free_symbols if s.name in (names.alias, names.inverse) and s.name}
    return put(found, letters) if letters else found


def put(found: Basic, letters: dict[Basic, Basic]) -> Basic:
    """Names replaced, and an equation left as it is said, though it may never hold."""
    if isinstance(found, Eq):
        return Eq(*(a.xreplace(letters) for a in found.args), evaluate=False)
    if isinstance(found, (Tuple, And, Chain, Propto)):
        return found.func(*(put(a, letters) for a in found.args))
    return found.xreplace(letters)


def with_density_applied(formula: str, truth: Truth, taken: set[str]) -> str:
    r"""∫ p ln p dx with p(x) for p."""
    x = own_name(truth)
    if not x or "p" in {*truth.named, *taken} or not INTEGRAL.search(formula):
        return formula
    return BARE_DENSITY.sub(lambda _: f"p({x})", formula)


def differentiated(formula: str, truth: Truth, names: Names) -> str:
    r"""dM/dh as d/dh M, for a value M that lines have introduced and a parameter h."""
    parameters = "|".join(re.escape(in_latex(p)) for p in truth.problem.parameters)
    values = "|".join(re.escape(spelled(name)) for name in names.defined if name not in names.variables)
    if not parameters or not values:
        return formula
    d = rf"(?:d|{UPRIGHT}|\\partial)\s*"
    quotient = rf"\\[dt]?frac\s*\{{\s*{d}(?P<value>{values})\s*\}}\s*\{{\s*{d}(?P<by>{parameters})\s*\}}"
    return re.sub(quotient, r"\\frac{d}{d \g<by>}\g<value>", formula)


def as_slope(match: re.Match[str]) -> str:
    """d(log x) = dx/x as d/dx log x = 1/x."""
    found = ONE_NAME.findall(match["value"])
    if len(found) != 1:
        return match[0]
    return rf"\frac{{d}}{{d{found[0]}}}\left({match['of']}\right) = {ONE_NAME.sub('1 ', match['value'])}"
