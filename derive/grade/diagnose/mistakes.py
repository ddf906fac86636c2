"""The usual mistakes, as data: each kind with how it changes a right answer, in the order in which they are tried.

A mistake is named only where the changed right answer is proved equal to what was handed in; the first that is, is told. The more
particular ones come first: a half line explains a factor 2 better than a lost constant does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.grade.diagnose import factors, functions, letters, neighbours, powers, products, slips, terms, written
from derive.grade.diagnose.slips import Case, Slips


@dataclass(frozen=True)
class Usual:
    """One usual mistake: the kind that reports name, and how a right answer is changed by it."""

    kind: str
    make: Callable[[Case], Slips]


VALUES = (
    Usual("sign", slips.vanished),
    Usual("sign", slips.negated),
    Usual("reciprocal", slips.inverted),
    Usual("sign", terms.front_turned),
    Usual("off-by-one-index", neighbours.shifted_ranges),
    Usual("wrong-domain", neighbours.wrong_ranges),
    Usual("missing-jacobian", neighbours.lost_jacobian),
    Usual("missing-factor", neighbours.lost_kernel_factor),
    Usual("off-by-one-gamma", slips.gamma_shifted),
    Usual("off-by-one-index", slips.index_shifted),
    Usual("off-by-one-index", written.binomial_off),
    Usual("algebra", slips.root_over_part),
    Usual("wrong-power", slips.squared),
    Usual("reciprocal", slips.factor_inverted),
    Usual("reciprocal", slips.number_inverted),
    Usual("algebra", letters.interchanged),
    Usual("variance-vs-standard-deviation", letters.variance),
    Usual("off-by-one-gamma", factors.factorial_off),
    Usual("lost-constant", factors.constant_off),
    Usual("wrong-power", products.other_dimension),
    Usual("wrong-power", powers.power_off),
    Usual("wrong-power", slips.power_changed),
    Usual("wrong-power", powers.product_powered),
    Usual("sign", terms.exponent_turned),
    Usual("sign", terms.exponent_written),
    Usual("missing-factor", slips.factor_lost),
    Usual("missing-factor", powers.whole_power_lost),
    Usual("off-by-one-gamma", slips.gamma_written),
    Usual("wrong-special-function", functions.conjugate_written),
    Usual("sign", terms.sign_inside),
    Usual("sign", written.sign_written),
    Usual("sign", written.power_turned),
    Usual("reciprocal", functions.inverted_argument),
    Usual("wrong-special-function", functions.other_function),
    Usual("wrong-special-function", functions.circular),
    Usual("sum-vs-integral", neighbours.other_measure),
    Usual("algebra", written.complement_written),
    Usual("wrong-power", written.term_powered),
    Usual("off-by-one-gamma", written.factor_of_gamma_off),
    Usual("missing-factor", written.names_left_out),
    Usual("algebra", written.product_inside),
    Usual("algebra", terms.exponent_scaled),
    Usual("missing-factor", powers.exponent_factor_lost),
    Usual("wrong-power", powers.exponent_powered),
    Usual("sign", terms.exponent_once),
    Usual("algebra", terms.term_by_term),
    Usual("algebra", products.root_by_terms),
    Usual("algebra", terms.reciprocals_added),
    Usual("algebra", products.sum_for_product),
    Usual("algebra", products.sum_below),
    Usual("algebra", products.exponents_multiplied),
    Usual("algebra", functions.exponential_left_out),
    Usual("algebra", letters.power_outside),
    Usual("algebra", letters.parameter_shifted),
    Usual("algebra", terms.term_lost),
    Usual("algebra", terms.term_alone),
    Usual("lost-constant", terms.terms_scaled),
    Usual("lost-constant", written.term_multiplied),
    Usual("algebra", slips.gamma_of_sum),
    Usual("algebra", neighbours.separated),
    Usual("algebra", letters.parameter_scaled),
    Usual("wrong-kernel", neighbours.lost_power),
    Usual("wrong-power", neighbours.neighbour_power),
    Usual("missing-factor", slips.sum_lost),
    Usual("missing-factor", powers.factor_added),
    Usual("algebra", factors.number_off),
)
WRITTEN = tuple(  # in what depends on the variables too
    usual for usual in VALUES if usual.make.__module__ in (terms.__name__, written.__name__) or usual.make is slips.power_changed
)
AT_ZERO = (slips.vanished, terms.sign_inside)  # what explains a 0
KINDS = ("missing-factor", "lost-constant", "wrong-power", "sign", "reciprocal", "off-by-one-gamma", "off-by-one-index",
         "variance-vs-standard-deviation", "wrong-domain", "missing-jacobian", "used-kernel-as-density", "wrong-kernel",
         "algebra", "wrong-special-function", "sum-vs-integral")  # fmt: skip
