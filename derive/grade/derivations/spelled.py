r"""The lines of a derivation in the notation that is read: shorthands, events, lists and layouts written out, one habit after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce

from derive.grade.chance.energies import with_given_energy, with_hamiltonian
from derive.grade.chance.events import with_events
from derive.grade.chance.extremes import with_extremes, with_ranks
from derive.grade.chance.images import turned_round
from derive.grade.chance.joint import with_chances_beside_p, with_joint
from derive.grade.chance.pairs import with_pairs
from derive.grade.chance.quantile import with_quantiles
from derive.grade.chance.sums import with_sums
from derive.grade.chance.told_in_words import with_told_in_words
from derive.grade.chance.weights import with_weights
from derive.grade.derivations.infinite import without_infinite
from derive.grade.derivations.restated import with_kernel_named
from derive.grade.derivations.tables import with_primed_parts
from derive.grade.equal.values import Bench
from derive.grade.truth import Truth
from derive.grade.wider import own_names
from derive.grade.writing.averaged import with_means_of
from derive.grade.writing.beyond import within_support
from derive.grade.writing.by_product import by_products
from derive.grade.writing.clashes import with_own_letters
from derive.grade.writing.coefficients import with_binomials
from derive.grade.writing.configured import with_configurations
from derive.grade.writing.constants import with_constants
from derive.grade.writing.environments import with_cases, without_open_ends
from derive.grade.writing.factored import with_energy_named, with_parts_of_partition
from derive.grade.writing.families import for_each_index, of_any_two
from derive.grade.writing.first_values import with_first_values
from derive.grade.writing.gaussian import as_laws, with_normal_density
from derive.grade.writing.index_ranges import with_index_ranges
from derive.grade.writing.index_sets import with_index_sets
from derive.grade.writing.limits import with_limits_told
from derive.grade.writing.lists import with_lists
from derive.grade.writing.matrices import with_determinants_of_names
from derive.grade.writing.observables import with_observables
from derive.grade.writing.phrases import with_phrases
from derive.grade.writing.potentials import with_log_partition
from derive.grade.writing.primes import with_primes
from derive.grade.writing.pronouns import with_data_named, with_tending
from derive.grade.writing.regions import with_area, with_lengths
from derive.grade.writing.reordered import defined_first
from derive.grade.writing.segments import TAG
from derive.grade.writing.shorthand import with_shorthand
from derive.grade.writing.signs_said import with_signs_said
from derive.grade.writing.spellings import own_functions
from derive.grade.writing.states import with_states
from derive.grade.writing.transfer import with_transfer_matrices
from derive.grade.writing.two_signs import with_two_signs

DOTS = re.compile(r"(?<=\+)\s*(?:\.\.\.|…)")
Lines = tuple[str, ...]
Habit = Callable[[Lines, Truth], Lines]


def each(rewritten: Callable[[str, Truth], str]) -> Habit:
    """A habit that shows in single lines."""
    return lambda lines, truth: tuple(rewritten(line, truth) for line in lines)


HABITS: tuple[Habit, ...] = (  # in this order: what one writes out, a later one may be about
    lambda lines, truth: without_open_ends(lines),
    lambda lines, truth: with_binomials(tuple(DOTS.sub(r"\\cdots ", line) for line in lines), truth.named),
    each(lambda line, truth: with_cases(line)),
    with_phrases,
    with_first_values,
    with_told_in_words,
    with_limits_told,
    with_data_named,
    each(with_means_of),
    with_constants,
    each(lambda line, truth: TAG.sub("", line)),
    with_kernel_named,
    with_parts_of_partition,
    with_normal_density,
    with_given_energy,
    with_states,
    each(as_laws),
    with_energy_named,
    with_lists,
    each(with_index_sets),
    each(with_index_ranges),
    each(of_any_two),
    each(for_each_index),
    lambda lines, truth: with_two_signs(lines, truth.named),
    lambda lines, truth: with_transfer_matrices(lines, truth.named),
    lambda lines, truth: with_determinants_of_names(lines, truth.named),
    each(with_configurations),
    each(with_quantiles),
    each(without_infinite),
    with_chances_beside_p,
    with_own_letters,
    each(turned_round),
    with_primes,
    by_products,
    each(lambda line, truth: with_hamiltonian(line, truth.problem)),
    each(with_area),
    each(with_lengths),
    each(within_support),
    each(with_weights),
    with_observables,
    with_joint,
    with_events,
    with_pairs,
    lambda lines, truth: with_tending(with_primed_parts(lines, truth)),
    with_shorthand,
    each(lambda line, truth: with_signs_said(line, own_names(truth))),
    with_log_partition,
    each(defined_first),
)


def spelled_out(lines: Lines, truth: Truth, bench: Bench) -> Lines:
    r"""The lines with all such habits written out.

    >>> from derive.grade.truth import truth_of
    >>> from derive.read.asked import problem
    >>> spelled_out((r"Z = \int_0^\infty e^{-x}\,dx \tag{1}",), truth_of(problem("exp(-x)", over={"x": "(0, oo)"})), Bench())
    ('Z = \\int_0^\\infty e^{-x}\\,dx ',)
    """
    told = reduce(lambda said, habit: habit(said, truth), HABITS, lines)
    return own_functions(with_ranks(with_extremes(with_sums(told, truth, bench), truth, bench), truth), truth.named)
