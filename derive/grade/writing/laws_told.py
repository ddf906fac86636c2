r"""Sentences that give a variable a law: "given X = x, Y is normal with mean m and variance v", "the marginal density of X is f"."""

from __future__ import annotations

import re

from derive.grade.writing.heads import in_latex
from derive.grade.writing.marked import ADVERB, GIVEN, LETTER, Told, pattern
from derive.grade.writing.mentions import RELATION

LAW = (
    r"(?P<law>(?:[Ss]tandard\s+)?(?:[Nn]ormal|[Gg]aussian)|[Ee]xponential|[Gg]amma|[Bb]eta|[Pp]oisson|(?<!negative )[Bb]inomial|[Gg]eometric"
    r"|[Uu]niform|[Ll]aplace|[Cc]auchy|[Ww]eibull|[Rr]ayleigh|[Bb]ernoulli)"
)
ROLE = r"(?:(?P<{}>(?:success\s+)?probability|mean|variance|precision|standard\s+deviation|shape|rate|scale|parameters?|location)\s+)?"
A_LAW = pattern(
    rf"(?:{GIVEN})?(?<!over )(?<!of )(?<!in )@x\s+(?:is|has|follows|are|obeys)\s+{ADVERB}(?:an?\s+|the\s+)?{LAW}"
    r"(?!\s+(?:one|integral|kernel|series|sum|function|theorem|form)s?\b)(?:(?:ly)?\s+distributed|\s+(?:distribution|law|density|random\s+variable|variable))?"
    rf"(?:\s+with\s+(?:the\s+)?{ROLE.format('one')}@a(?:\s*(?:,\s*)?(?:and|,)\s+{ROLE.format('two')}@b(?!\s+(?:is|has|follows|are)\b))?|\s+(?:on|over)\s+(?:the\s+interval\s+)?@i)?"
)
INTERVAL = re.compile(r"(?:\\left)?[(\[](?P<inside>[^()\[\],]+,[^()\[\],]+?)(?:\\right)?[)\]]")


def law(match: re.Match[str], told: Told) -> str | None:
    """X | Y = y ∼ N(m, v)"""
    x, name = told.formula(match, "x"), " ".join(match["law"].lower().split())
    if RELATION.search(x) or not re.search(r"[A-Z]|\\[a-z]", x) and not LETTER.fullmatch(x):
        return None
    x = x if LETTER.fullmatch(x) else rf"\left({x}\right)"  # J + K, whose law is not looked at here
    inside = INTERVAL.fullmatch(told.formula(match, "i")) if match["i"] else None
    if name.startswith("standard"):
        arguments = "0,1" if match["a"] is None else ""
    elif match["a"] is not None:
        arguments = ",".join(argument(match[role], told.formula(match, at), name) for role, at in (("one", "a"), ("two", "b")) if match[at])
    else:
        arguments = inside["inside"] if inside is not None and name == "uniform" else ""
    if not arguments:
        return None
    given = rf"\mid {told.formula(match, 'g')}" if match["g"] else ""
    return told.put(rf"{x}{given}\sim\operatorname{{{name.split()[-1]}}}({arguments})")


def argument(role: str | None, value: str, name: str) -> str:
    """A parameter with what words call it, where that tells ways to count parameters apart."""
    role = " ".join((role or "").split())
    plain = not role or role.startswith("parameter") or name in ("poisson", "bernoulli", "geometric")
    return value if plain else rf"\text{{{role} }}{value}"


MARGINAL = pattern(
    r"(?P<led>(?:marginal\s+)?density\s+(?:function\s+)?of)\s+@x\s+is\s+(?:therefore\s+|then\s+|thus\s+)?@f"
    rf"(?P<law>\s*,?\s+which\s+is\s+(?=(?:again\s+|just\s+)?(?:an?\s+)?{LAW.replace('?P<law>', '?:')}))?"
)


def marginal(match: re.Match[str], told: Told) -> str | None:
    """ "The marginal density of X is f" as p(x) = f, for one of several variables; ", which is a gamma density with …" is said of X"""
    names = [in_latex(v) for v in told.truth.problem.variables]
    x, value = told.formula(match, "x"), told.formula(match, "f")
    own = next((name for name in names if x in (name, name.upper())), None)
    if len(names) < 2 or own is None or RELATION.search(value):
        return None
    said = f"{match['led']} that variable is " + told.put(f"p({own})={value}")
    return f"{said}, and ⟦{match['x']}⟧ is " if match["law"] else said
