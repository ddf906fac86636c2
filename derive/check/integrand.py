"""A function to be integrated or added up, and its values with all their digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flint import arb, ctx

from derive.check.charts import Value

LOSS = 36  # bits that may be lost in a value
FINER = (128, 512, 2048)  # bits beyond the working precision that are tried where more are lost


@dataclass(frozen=True)
class Integrand:
    """A function of x: `value(x)` at the working precision, not finite where that does not do; `other(x)` in another way, or Unusable
    is raised; `log_value(x)` the logarithm of its size, NaN where floats do not do.
    """

    value: Value
    other: Value
    log_value: Callable[[float], float]


def settled(value: Callable[[], arb], other: Callable[[], arb]) -> arb:
    """A value with its digits: with more bits where too many are lost, and in the other way where it has none."""
    found = value()
    if found.rel_accuracy_bits() >= ctx.prec - LOSS:
        return found
    enough, tried = ctx.prec - LOSS, [found]
    for bits in FINER:
        with ctx.workprec(ctx.prec + bits):
            tried.append(value())
        if tried[-1].rel_accuracy_bits() >= enough:
            return tried[-1]
    finite = [f for f in tried if f.is_finite()]
    return finite[-1] if finite else other()
