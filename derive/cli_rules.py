"""What `derive rules` prints: the catalogue in its order, or one rule in full."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from difflib import get_close_matches
from importlib import import_module

import derive.rules
from derive.engine import CATALOGUE
from derive.language.claims import SIZE, Claim, Derivation, Rule
from derive.orders import Refused
from derive.report.catalogue import page
from derive.report.latex import tex
from derive.report.text import plain
from derive.report.view import Chain, chain
from derive.report.words import Voice, outline


def catalogue() -> str:
    """Every rule in one line: its name, its kind, its equation."""
    width = max(map(len, CATALOGUE))
    return "\n".join(f"{name:{width}}  {rule.kind:10}  {equation(claims(rule)[0])}" for name, rule in CATALOGUE.items())


def markdown() -> str:
    """The whole catalogue as a page of Markdown, derivations included."""
    names = [module.name for module in pkgutil.iter_modules(derive.rules.__path__)]
    return page(CATALOGUE, {name: import_module(f"derive.rules.{name}") for name in names})


def described(name: str) -> str:
    """One rule in full. Raises Refused where there is none of that name."""
    if name in CATALOGUE:
        return "\n".join(full(CATALOGUE[name]))
    close = get_close_matches(name, CATALOGUE, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(close)}?" if close else "`derive rules` lists them"
    raise Refused(f"there is no rule {name!r}; {hint}")


def full(rule: Rule) -> Iterator[str]:
    """The lines that show a rule with everything that it says and rests on."""
    says, rests_on = claims(rule)
    yield f"{rule.name} ({rule.kind})"
    yield f"    {equation(says)}"
    if conditions := (*says.assumed(), *says.given):
        yield "  where " + ", ".join(plain(tex(condition)) for condition in conditions)
    yield from (f"  rests on {equation(claim)}" for claim in rests_on)
    if rule.schema:
        yield "  shown for two pieces; it holds for any number of them"
    if rule.source:
        yield f"  source: {rule.source}"
    if rule.proof:
        yield from ("  derivation:", *proof(rule.proof()))
    elif said := outline(rule.name, Voice("text")):
        yield f"  derivation in outline, not replayed by the checker: {said}"


def claims(rule: Rule) -> tuple[Claim, tuple[Claim, ...]]:
    """The rule's equation and what it rests on; of a rule about any number of pieces, for two."""
    return rule.instance({SIZE: 2})


def equation(claim: Claim) -> str:
    return plain(f"{tex(claim.left)} = {tex(claim.right)}")


def proof(derivation: Derivation) -> Iterator[str]:
    """A derivation as a terminal shows it."""
    yield from lines(chain(derivation, Voice("text"), "standard", CATALOGUE))


def lines(part: Chain, margin: str = "") -> Iterator[str]:
    """A chain of steps, inner ones further to the right."""
    yield margin + part.start
    for step in part.lines:
        yield f"{margin}  {step.number}. {step.sentence} ({step.verdict})"
        for inner in step.inner:
            yield from lines(inner, margin + "    ")
        yield margin + step.display
