r"""Laws that a document tells in words: "Let $T$ be exponential with rate $\lambda$", "$U$ is uniform on $(0,1)$", "$Z$ a standard normal"."""

from __future__ import annotations

import re

from derive.grade.chance.laws import LAWS, role_named
from derive.grade.writing.documents import Formula

LONG = "|".join(one for law in LAWS for one in law.words.split("|") if len(re.sub(r"\W", "", one)) > 4)  # and no abbreviation
VARIABLE = re.compile(r"\s*(?:[A-Z]|\\?(?:theta|lambda|mu|tau|sigma|rho|nu|phi|psi|xi|omega))\s*")
KIND = rf"(?P<standard>standard\s+)?(?P<law>{LONG})(?:ly)?\b"
VERB = r"(?:(?:be|is|are|has|have|had|follows?|with|having|denote|denotes)\s+)?"
WORDS = re.compile(
    rf"^\s*,?\s*{VERB}(?:distributed\s+)?(?:an?\s+|the\s+)?{KIND}(?:[\s-]+(?:random\s+variable|variable|distribution|distributed|law|r\.v\.|rv))*"
    r"(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)  # fmt: skip
ON = re.compile(
    r"^\s*(?:on|over|in)\s+(?:the\s+)?(?:unit\s+)?(?:interval\s+)?\$\s*(?:\\left)?[(\[](?P<lo>[^,$]+),(?P<hi>[^,$]+?)(?:\\right)?[)\]]\s*\$"
)
PARAMETER = re.compile(
    r"^\s*,?\s*(?P<lead>with|of|whose|having|and)\s+(?:the\s+|an?\s+)?(?P<role>[A-Za-z ]*?)\s*(?:equal\s+to\s+|is\s+|=\s*)?"
    r"\$\s*(?P<value>[^$<>=]{1,40}?)\s*(?:(?:[<>]|\\(?:geq?|leq?|in)(?![A-Za-z]))[^$]*)?\$"
)
AND = re.compile(r"(?:\band|,)\s*$")
MOST = 3  # parameters of a law


def spoken(f: Formula) -> tuple[str, str, tuple[str, ...], tuple[str, ...]] | None:
    r"""The variable, the law's name, its arguments and what each is said to be; None where the words behind a formula tell no law.

    >>> spoken(Formula("T", 1, False, after=r" be exponential with rate $\lambda>0$. Then"))
    ('T', 'exponential', ('\\lambda',), ('rate',))
    >>> spoken(Formula("U", 1, False, after=r" is uniform on $(0, 1)$")), spoken(Formula("U", 1, False, after=" is large"))
    (('U', 'uniform', ('0', '1'), ()), None)
    """
    several = re.match(r"\s*(?:are|have)\b", f.after)  # $X$ and $Y$ are exponential with rates …
    found = WORDS.match(f.after) if not f.display and VARIABLE.fullmatch(f.text) and not (several and AND.search(f.before)) else None
    if found is None:
        return None
    law = found["law"].lower()
    if found["standard"]:
        unit = ("0", "1") if law in ("normal", "gaussian", "cauchy") else ("1",) if law == "exponential" else ()
        return (f.text.strip(), law, unit, ()) if unit else None
    if on := ON.match(found["rest"]):
        return (f.text.strip(), law, (on["lo"].strip(), on["hi"].strip()), ()) if law.startswith("unif") else None
    values, roles, rest = list[str](), list[str](), found["rest"]
    while len(values) < MOST and (one := PARAMETER.match(rest)):
        said = one["role"].strip().lower()
        role = role_named(said)
        if (one["lead"] == "and") != bool(values) or not (role or re.fullmatch("parameters?", said) or values and not said and not roles):
            break
        values.append(one["value"])
        roles += [role] if role else []
        rest = rest[one.end() :]
    return (f.text.strip(), law, tuple(values), tuple(roles)) if values else None
