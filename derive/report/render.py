"""A result as a document: Markdown, a LaTeX article, an HTML page, plain text. Pages stand in templates/; view.py fills them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from derive.language.claims import Rule
from derive.language.problem import Result
from derive.report.names import names_of
from derive.report.view import view
from derive.report.words import Voice, environment

KINDS = {"text": "text", "md": "markdown", "tex": "latex", "html": "html", "part": "html"}
DETAILS = ("brief", "standard", "full")


def render(result: Result, form: str = "md", detail: str = "standard", catalogue: Mapping[str, Rule] | None = None) -> str:
    """The report on a result.

    `form` is "text", "md", "tex", "html" (a page that needs nothing else), "part" (the same for a place inside another page) or
    "json". `detail` is "brief" (problem, result, conditions, checks), "standard" (and each step
    in a sentence) or "full" (and each rule's equation, what its conditions follow from, inner derivations, and the derivations
    of the lemmas in an appendix). `catalogue` maps a rule's name to the rule, for sources and equations. Raises ValueError for
    another form or detail, KeyError where a step's rule has no sentence in templates/.
    """
    if detail not in DETAILS:
        raise ValueError(f"there is no level of detail {detail!r}; the levels are {', '.join(DETAILS)}")
    if form == "json":
        from derive.report.json import to_dict
        return json.dumps(to_dict(result, catalogue), ensure_ascii=False) + "\n"
    if form not in KINDS:
        raise ValueError(f"there is no format {form!r}; the formats are {', '.join([*KINDS, 'json'])}")
    voice = Voice(KINDS[form], names_of(result.problem))
    page = environment(escaping=KINDS[form] == "html").get_template(f"report.{form}.j2")
    return tidy(page.render(view=view(result, voice, detail, catalogue or {}), detail=detail))


def tidy(page: str) -> str:
    """No spaces at the ends of lines, never two empty lines together, one line end at the end."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", page)).strip() + "\n"
