"""The usual mistakes, as data: each kind with how it changes a right answer, in the order in which they are tried.

A mistake is named only where the changed right answer is proved equal to what was handed in; the first that is, is told. The more
particular ones come first: a half line explains a factor 2 better than a lost constant does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.grade.diagnose import factors, neighbours, slips
from derive.grade.diagnose.slips import Case, Slips


@dataclass(frozen=True)
class Usual:
    """One usual mistake: the kind that reports name, and how a right answer is changed by it."""

    kind: str
    make: Callable[[Case], Slips]


VALUES = (
    Usual("sign", slips.negated),
    Usual("reciprocal", slips.inverted),
    Usual("off-by-one-index", neighbours.shifted_ranges),
    Usual("wrong-domain", neighbours.wrong_ranges),
    Usual("missing-jacobian", neighbours.lost_kernel_factor),
    Usual("off-by-one-gamma", slips.gamma_shifted),
    Usual("algebra", slips.root_over_part),
    Usual("wrong-power", slips.squared),
    Usual("reciprocal", slips.factor_inverted),
    Usual("variance-vs-standard-deviation", slips.variance),
    Usual("off-by-one-gamma", factors.factorial_off),
    Usual("lost-constant", factors.constant_off),
    Usual("wrong-power", slips.power_changed),
    Usual("missing-factor", slips.factor_lost),
    Usual("sign", slips.sign_inside),
    Usual("wrong-special-function", slips.other_function),
    Usual("sum-vs-integral", neighbours.other_measure),
    Usual("algebra", slips.exponent_scaled),
    Usual("algebra", slips.term_by_term),
    Usual("algebra", slips.reciprocals_added),
    Usual("algebra", slips.power_outside),
    Usual("algebra", slips.term_lost),
    Usual("algebra", slips.gamma_of_sum),
    Usual("algebra", neighbours.separated),
    Usual("algebra", slips.parameter_scaled),
    Usual("wrong-kernel", neighbours.lost_power),
)
KINDS = ("missing-factor", "lost-constant", "wrong-power", "sign", "reciprocal", "off-by-one-gamma", "off-by-one-index",
         "variance-vs-standard-deviation", "wrong-domain", "missing-jacobian", "used-kernel-as-density", "wrong-kernel",
         "algebra", "wrong-special-function", "sum-vs-integral")  # fmt: skip
