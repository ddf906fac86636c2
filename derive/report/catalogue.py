"""The catalogue of rules as a page of Markdown, by the file that declares each rule."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

from derive.language.claims import SIZE, Claim, Rule, Step
from derive.report.latex import tex
from derive.report.render import tidy
from derive.report.view import Chain, chain, equation
from derive.report.words import Voice, environment, outline, sentence

VOICE = Voice("markdown")


@dataclass(frozen=True)
class Entry:
    """A rule as it is read."""

    name: str
    kind: str
    sentence: str
    equation: str
    where: tuple[str, ...]
    rests_on: tuple[str, ...]
    schema: bool
    source: str
    proof: Chain | None
    outline: str  # of a derivation that the checker cannot replay


@dataclass(frozen=True)
class Family:
    """The rules of one file, with its first line as their title."""

    name: str
    title: str
    rules: tuple[Entry, ...]

    @property
    def count(self) -> int:
        return len(self.rules)


def page(catalogue: Mapping[str, Rule], modules: Mapping[str, ModuleType]) -> str:
    """The page; `modules` are the files of rules by name. A file stands where the catalogue first takes a rule from it."""
    homes: dict[str, list[Rule]] = {}
    for rule in catalogue.values():
        homes.setdefault(home(rule, modules), []).append(rule)
    families = [family(name, modules[name], rules, catalogue) for name, rules in homes.items()]
    return tidy(environment().get_template("catalogue.md.j2").render(families=families))


def home(rule: Rule, modules: Mapping[str, ModuleType]) -> str:
    """The file that declares a rule: the one that holds it and, where others hold variants of it, spells its name."""
    holding = [name for name, module in modules.items() if any(is_called(value, rule.name) for value in vars(module).values())]
    spelling = [name for name in holding if f'"{rule.name}"' in inspect.getsource(modules[name])]
    return (spelling or holding)[0]


def is_called(value: object, name: str) -> bool:
    """Whether a value is the rule of that name, or a row of rules with it."""
    return value.name == name if isinstance(value, Rule) else isinstance(value, tuple) and any(is_called(v, name) for v in value)


def family(name: str, module: ModuleType, rules: list[Rule], catalogue: Mapping[str, Rule]) -> Family:
    title = (module.__doc__ or name).strip().splitlines()[0].rstrip(".")
    return Family(name, VOICE.escape(title), tuple(entry(rule, catalogue) for rule in rules))


def entry(rule: Rule, catalogue: Mapping[str, Rule]) -> Entry:
    """A rule with all that it says; of a rule about any number of pieces, what it says of two."""
    says, rests_on = rule.instance({SIZE: 2})
    step = Step(rule.name, {SIZE: 2} if rule.schema else {}, says.left, says.right, says.left)
    return Entry(rule.name, rule.kind, sentence(step, "standard", VOICE, rule), stated(says),
                 tuple(VOICE.formula(tex(c)) for c in (*says.assumed(), *says.given)), tuple(map(stated, rests_on)),
                 rule.schema is not None, VOICE.escape(rule.source),
                 chain(rule.proof(), VOICE, "standard", catalogue) if rule.proof else None, outline(rule.name, VOICE))


def stated(claim: Claim) -> str:
    return equation(tex(claim.left), claim.right, VOICE)
