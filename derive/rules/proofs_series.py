"""Where the lemmas on series come from."""

from collections.abc import Callable

from sympy import Lambda, S

from derive.language.claims import Derivation
from derive.rules import series, telescoping
from derive.rules.letters import B, F, f, hi, k, lo
from derive.rules.proofs import ending, follow
from derive.rules.series import n, w


def geometric_series() -> Derivation:
    """z^k is the difference of −z^k/(1 − z), which tends to 0."""
    rule = series.GEOMETRIC_SERIES.says
    step = {k: k, f: Lambda(k, w**k), F: Lambda(k, -(w**k) / (1 - w)), lo: S.Zero, B: S.Zero}
    return ending(follow(rule.left, (telescoping.TELESCOPING_SERIES, step), given=rule.given), rule.right)


def finite_geometric_sum() -> Derivation:
    rule = series.FINITE_GEOMETRIC_SUM.says
    step = {k: k, f: Lambda(k, w**k), F: Lambda(k, -(w**k) / (1 - w)), lo: S.Zero, hi: n}
    return ending(follow(rule.left, (telescoping.TELESCOPING_SUM, step), given=rule.given), rule.right)


PROOFS: dict[str, Callable[[], Derivation]] = {
    "geometric_series": geometric_series,
    "finite_geometric_sum": finite_geometric_sum,
}
