"""What `derive rules` prints: the catalogue in its order, or one rule in full."""

from __future__ import annotations

from difflib import get_close_matches

from derive.language.claims import Claim, Derivation, Rule
from derive.orders import Refused
from derive.rules import CATALOGUE


def catalogue() -> str:
    """Every rule in one line: its name, its kind, its equation."""
    width = max(len(rule.name) for rule in CATALOGUE)
    return "\n".join(f"{rule.name:{width}}  {rule.kind:10}  {equation(rule.says)}" for rule in CATALOGUE)


def described(name: str) -> str:
    """One rule in full. Raises Refused where there is none of that name."""
    names = [rule.name for rule in CATALOGUE]
    if name not in names:
        close = get_close_matches(name, names, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(close)}?" if close else "`derive rules` lists them"
        raise Refused(f"there is no rule {name!r}; {hint}")
    return full(CATALOGUE[names.index(name)])


def full(rule: Rule) -> str:
    """A rule with everything that it says and rests on."""
    parts = [f"{rule.name} ({rule.kind})", f"  {equation(rule.says)}"]
    if rule.says.given:
        parts.append("  where " + ", ".join(map(str, rule.says.given)))
    parts += [f"  rests on {equation(claim)}" for claim in rule.rests_on]
    if rule.source:
        parts.append(f"  source: {rule.source}")
    if rule.proof:
        parts += ["  derivation:", *steps(rule.proof(), "    ")]
    return "\n".join(parts)


def equation(claim: Claim) -> str:
    return f"{claim.left} = {claim.right}"


def steps(derivation: Derivation, margin: str) -> list[str]:
    """A derivation, one step a line, inner derivations indented below the step that rests on them."""
    lines = [f"{margin}{derivation.claim.left}"]
    for step in derivation.steps:
        lines.append(f"{margin}= {step.after}    [{step.rule}]")
        for inner in step.because:
            lines += steps(inner, margin + "    ")
    return lines
