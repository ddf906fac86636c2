"""LaTeX formulas as MathML, which browsers show without network or script: Temml, vendored, run by dukpy."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dukpy import JSInterpreter

TEMML = Path(__file__).with_name("temml.min.js")
CALL = "temml.renderToString(dukpy['latex'], {displayMode: dukpy['display'], annotate: true, throwOnError: true, trust: false})"
ONE_AT_A_TIME = Lock()  # the interpreter is not safe for threads


@cache
def interpreter() -> JSInterpreter:
    """The JavaScript engine with Temml loaded; that takes 40 ms, so one is kept."""
    from dukpy import JSInterpreter

    engine = JSInterpreter()
    engine.evaljs(TEMML.read_text(encoding="utf-8") + "; 0")
    return engine


@lru_cache(maxsize=4096)
def mathml(latex: str, display: bool = False) -> str:
    """A formula as a <math> element that keeps the LaTeX as an annotation. Raises ValueError where it is not valid LaTeX.

    >>> mathml("x")
    '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x</annotation></semantics></math>'
    """
    from dukpy import JSRuntimeError

    with ONE_AT_A_TIME:
        try:
            return str(interpreter().evaljs(CALL, latex=latex, display=display))
        except JSRuntimeError as error:
            raise ValueError(f"{latex!r} cannot be shown as MathML: {str(error).splitlines()[0]}") from None
