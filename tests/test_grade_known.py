"""Defects of the judge that were found by use, each by its kind: reasons in words, notes on an index, signs of exponents, small models in words."""

from pathlib import Path

import pytest
from judged_claims import judged

from derive.grade.handed import CORRECT, WRONG

HERE = Path(__file__)
FILES = sorted(path.stem for path in (HERE.parent / "data").glob("*_known_*.toml"))


@pytest.mark.parametrize("name", FILES)
def test_what_was_judged_otherwise(name):
    for known, found in judged(name):
        wanted = known["verdict"]
        assert found.verdict != CORRECT if wanted == "open" else found.verdict == wanted, (found.id, found.verdict, found.detail)
        if wanted == WRONG:
            assert found.first_wrong_line == known.get("first_wrong_line", found.first_wrong_line), found.id
            assert "mistake" not in known or found.mistake is not None and found.mistake.kind == known["mistake"], (found.id, found.mistake)
