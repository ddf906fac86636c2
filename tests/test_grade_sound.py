"""Nothing false is called correct for the company it keeps, nothing true is called wrong for its words, and no mistake is named that was not made."""


import pytest
from judged_claims import judged

from derive.check.points import points
from derive.grade.handed import CORRECT, WRONG

FEW = (  # one of each kind that was once taken for right, or for wrong
    "so-aw-bounds-2", "so-aw-bounds-3", "so-aw-bounds-5", "so-aw-bracket-1", "so-aw-bracket-3", "so-aw-restated-2", "so-aw-restated-4",
    "so-aw-restated-5", "so-aw-ineq-5", "so-sw-sym-1", "so-sw-sym-23", "so-sw-sym-33", "so-sw-sym-43", "so-ww-after-14", "so-kw-h-4",
    "so-ac-avg-1", "so-ac-moment-1", "so-mc-m-1", "so-mc-m-7", "so-mc-m-22", "so-kc-g-4",
    "so-kc-g-15", "so-kc-h-1", "so-vw-law-4", "so-uc-u-5", "so-uc-u-30", "so-bc-b-3", "so-p4c-s-1", "so-yc-m-3",
)  # fmt: skip

FINALS = ("un-f-440", "un-f-283", "un-f-293", "un-f-295", "un-f-400", "un-f-448")
DERIVATIONS = (
    "un-s-4", "un-s-52", "un-s-53", "un-s-58", "un-s-69", "un-s-80", "un-s-118", "un-s-258", "un-s-240", "un-s-244", "un-s-247", "un-s-251",
    "un-s-226", "un-s-278", "un-s-269",
)  # fmt: skip

ATTACKS = {  # one of each kind that was once taken for right, or for wrong
    "k_branches_supports": ("ka-31", "ka-72", "ka-75", "ka-78", "ka-88", "ka-90", "ka-112", "ka-113", "ka-117", "ka-118", "ka-172"),
    "k_words_energies": (
        "kb-8", "kb-17", "kb-20", "kb-26", "kb-37", "kb-42", "kb-48", "kb-58", "kb-61", "kb-69", "kb-70", "kb-71", "kb-100", "kb-131", "kb-164",
        "kb-178",
    ),
    "k_parts_of_supports": (
        "kc-4", "kc-7", "kc-9", "kc-12", "kc-24", "kc-38", "kc-46", "kc-50", "kc-51", "kc-57", "kc-80", "kc-88", "kc-95", "kc-164",
    ),
    "k_bounds": ("ke-16", "ke-26", "ke-33", "ke-39", "ke-40", "ke-41", "ke-43", "ke-46", "ke-48", "ke-51", "ke-53", "ke-58", "ke-60"),
    "k_said_in_words": (
        "kd-3", "kd-5", "kd-9", "kd-23", "kd-25", "kd-44", "kd-46", "kd-47", "kd-48", "kd-67", "kd-75", "kd-85", "kd-91", "kd-107",
    ),
    "l_false_reasons": (
        "la-1", "la-3", "la-5", "la-7", "la-13", "la-20", "la-31", "la-32", "la-33", "la-35", "la-37", "la-46", "la-47", "la-53", "la-59", "la-65",
        "la-90", "la-92", "la-99", "la-120", "la-122",
    ),
    "l_false_remarks": (
        "lc-7", "lc-10", "lc-15", "lc-17", "lc-18", "lc-29", "lc-55", "lc-69", "lc-72", "lc-75", "lc-81", "lc-14", "lc-16", "lc-19", "lc-56", "lc-84",
        "lc-90",
    ),
    "l_reasons_that_hold": ("ld-2", "ld-4", "ld-9", "ld-12", "ld-15", "ld-16", "ld-19", "ld-24", "ld-35", "ld-44"),
    "m_many_ways": (
        "ma-15", "ma-29", "ma-76", "ma-78", "ma-90", "ma-97", "ma-164", "ma-170", "ma-184", "ma-189", "ma-239", "ma-299", "ma-306", "ma-321",
        "ma-328", "ma-331",
    ),
    "l_many_kinds": ("lb-60", "lb-88", "lb-91", "lb-151", "lb-232", "lb-290"),
}  # fmt: skip


def false(found):
    """The hand-ins that are taken for what they are not."""
    return [j.id for known, j in found if (known["verdict"], j.verdict) in ((WRONG, CORRECT), (CORRECT, WRONG))]


@pytest.mark.parametrize(("name", "few"), [("sound", FEW), ("near_misses", FINALS), ("side_notes", DERIVATIONS), *ATTACKS.items()])
def test_one_of_each_kind(name, few):
    found = list(judged(f"attacks_{name}", only=few))
    assert len(found) == len(few) and false(found) == []


@pytest.mark.slow
@pytest.mark.parametrize(("name", "part"), [("sound", 0), ("sound", 1), ("sound", 2), ("near_misses", 0), ("side_notes", 0)])
def test_many_of_them(name, part):
    """All of the first kind, and every other one of the others, which take longer."""
    found = list(judged(f"attacks_{name}", part=part, parts=3 if name == "sound" else 2))
    assert false(found) == []
    refuted = [j.verdict == WRONG for known, j in found if known["verdict"] == WRONG]
    assert sum(refuted) >= 0.35 * len(refuted)


@pytest.mark.slow
@pytest.mark.parametrize("name", ATTACKS)
def test_all_attacks_of_a_kind(name):
    found = list(judged(f"attacks_{name}"))
    assert false(found) == []
    right = [j.verdict == CORRECT for known, j in found if known["verdict"] == CORRECT]
    assert sum(right) >= 0.7 * len(right)


@pytest.mark.parametrize(("name", "few"), [
    ("diagnoses", {f"sd-{n}" for n in (1, 7, 16, 29, 30, 37, 44, 53)}), ("mistakes_lines", {"ml-22", "ml-61", "ml-100", "ml-120"}),
])  # fmt: skip
def test_a_mistake_that_is_named_was_made(name, few):
    found = list(judged(f"attacks_{name}", only=few))
    assert all(j.verdict == WRONG for _, j in found)
    assert [j.id for known, j in found if j.mistake is not None and j.mistake.kind not in known["mistake"].split("|")] == []


@pytest.mark.slow
@pytest.mark.parametrize(("name", "most"), [("diagnoses", 0.9), ("mistakes_lines", 0.85)])
def test_most_mistakes_are_named(name, most):
    found = list(judged(f"attacks_{name}"))
    named = [(known["mistake"].split("|"), j) for known, j in found if j.mistake is not None]
    assert [j.id for kinds, j in named if j.mistake.kind not in kinds] == []
    assert len(named) >= most * len(found)


SLIPS = {  # one of each kind that was once not named, or by another name than its own
    "one_slip": ("mm-f-6", "mm-f-44", "mm-f-60", "mm-f-63", "mm-f-76", "mm-f-91", "mm-f-94", "mm-s-1", "mm-s-27", "mm-s-32", "mm-s-49"),
    "one_slip_second": ("mn-f-28", "mn-s-20"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "few"), SLIPS.items())
def test_a_slip_has_its_name_and_line(name, few):
    found = list(judged(f"mistakes_m_{name}", only=few))
    assert len(found) == len(few) and all(j.first_wrong_line == known.get("first_wrong_line", 0) for known, j in found)
    assert [j.id for known, j in found if j.mistake is None or j.mistake.kind not in known["mistake"].split("|")] == []


def test_a_value_of_0_is_explained_by_no_total_next_door():
    ((_, found),) = judged("mistakes_m_one_slip", only=("mm-s-15",))  # Σ x^a (1 − x) over x = 0, 1 is 0 too
    assert found.verdict == WRONG and found.mistake is None


@pytest.mark.slow
@pytest.mark.parametrize("name", SLIPS)
def test_most_slips_have_their_name(name):
    found = list(judged(f"mistakes_m_{name}", parts=4))
    named = [(known["mistake"].split("|"), j) for known, j in found if j.mistake is not None]
    assert len(named) >= 0.85 * len(found)
    assert sum(j.mistake.kind not in kinds for kinds, j in named) <= 0.1 * len(found)  # these have another good name


def test_points_keep_what_is_written_out_within_reach():
    from sympy import Symbol, factorial, gamma, harmonic, zeta

    s, n = Symbol("s", positive=True), Symbol("n", positive=True, integer=True)
    for condition in (zeta(s) < 1 / (s - 1), factorial(n) < 1, gamma(s) > 10**300, harmonic(n) > 40):  # ζ(2·10⁷) takes hours
        found = points(list(condition.free_symbols), [condition], 3)
        assert all(condition.xreplace(point) for point in found)
