"""What holds for all tests."""

import signal
from collections import Counter

import pytest

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # so a shell starts what runs in the background, and a child inherits it
    signal.signal(signal.SIGINT, signal.default_int_handler)

SHARES = {  # of the slow cases of these, -m slow takes one in so many; -m sweep runs the others
    "test_claims_in_other_styles": 4, "test_what_is_refuted_was_planted": 4, "test_derivations_of_an_author": 2, "test_many_of_them": 2,
    "test_all_attacks_of_a_kind": 2, "test_both_sides_are_equal_at_more_values": 4, "test_both_sides_are_equal_at_special_points": 2,
    "test_all_of_them": 3, "test_all_of_a_set": 2, "test_whole_sets": 2, "test_no_false_mutant_is_accepted_in_a_long_sweep": 2,
    "test_sixty_four_pieces_have_a_closed_form": 2, "test_most_slips_have_their_name": 2, "test_kinds_of_writing": 2, "test_mistakes": 2,
    "test_wrong_lines_beside_them": 2,
}  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow run has to end within twenty minutes on two cores, with all else: it leaves some whole sets to the sweep."""
    seen: Counter[tuple[str, str]] = Counter()
    for item in items:
        name = getattr(item, "originalname", "")
        if name in SHARES and item.get_closest_marker("slow") is not None:
            place = str(item.path), name
            if seen[place] % SHARES[name]:
                item.add_marker(pytest.mark.sweep)
            seen[place] += 1
