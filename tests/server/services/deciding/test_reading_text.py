"""Definitions as partners send them are checked with every fault told, and look at no file."""

from pathlib import Path

import pytest

from credence.decisions.model import Policy
from credence.errors import InvalidRequestError
from credence.scorecards.load import LIBRARY
from credence.scorecards.model import Scorecard
from credence.server.services.deciding.reading_text import POLICY, SCORECARD, read_definition, stored_policy
from tests.server.services.deciding.house import BANDS, DEPOSIT

CARD = (LIBRARY / "everyday" / "scorecard.yaml").read_text(encoding="utf-8")
OWN = CARD.replace("name: everyday", "name: sunny")


def faults(kind: str, text: str, cards: dict[str, str] | None = None) -> dict[str, str]:
    with pytest.raises(InvalidRequestError) as caught:
        read_definition(kind, text, cards or {}, lab=False)
    return caught.value.pointers


def test_every_fault_is_told_at_its_place_with_its_line() -> None:
    text = DEPOSIT.replace("at_least: 650", "at_leest: 650").replace("purpose: rental_deposit", "purpose: x")
    found = faults(POLICY, text)
    assert found.keys() == {"/text/purpose", "/text/rows/0/when/score/at_leest"}
    assert found["/text/rows/0/when/score/at_leest"].startswith("Line 9: 'at_leest' is not known here.")


def test_faults_of_one_place_stand_together() -> None:
    found = faults(POLICY, "name: 7\nrows: []\n")
    assert "'title' is missing." in found["/text"]
    assert "'scorecard' is missing." in found["/text"]


def test_a_scorecard_is_named_with_its_version_and_never_found_in_a_file(tmp_path: Path) -> None:
    assert "everyday@1" in faults(POLICY, DEPOSIT.replace("everyday@1", "everyday"))["/text/scorecard"]
    file = tmp_path / "scorecard.yaml"
    file.write_text(CARD, encoding="utf-8")
    found = faults(POLICY, DEPOSIT.replace("everyday@1", str(file)))
    assert "There is no scorecard" in found["/text/scorecard"]


def test_names_are_plain_and_those_of_shipped_scorecards_are_taken() -> None:
    assert "/text/name" in faults(POLICY, DEPOSIT.replace("name: deposit", "name: a/b"))
    assert "comes with Credence" in faults(SCORECARD, CARD)["/text/name"]


def test_the_lab_is_for_the_sandbox_alone() -> None:
    text = DEPOSIT.replace("purpose:", "setting: lab\npurpose:")
    assert "sandbox" in faults(POLICY, text)["/text/setting"]
    found = read_definition(POLICY, text, {}, lab=True)
    assert found.setting == "lab"


def test_a_live_scorecard_has_its_reasons_in_words_and_gives_points_as_it_says() -> None:
    proposed = OWN.replace(
        "  H4: No dated bills, rent or instalments are known", "  H4: Paid on time is not known"
    )
    assert "the words that a program gave it" in faults(SCORECARD, proposed)["/text/reasons/H4"]
    falling = OWN.replace("    monotone: rising\n", "    monotone: falling\n", 1)
    found = faults(SCORECARD, falling)
    assert any("Points are said to be falling, and are" in sentence for sentence in found.values())


def test_a_policy_may_decide_on_the_partners_own_scorecard() -> None:
    own = read_definition(SCORECARD, OWN, {}, lab=False)
    assert isinstance(own, Scorecard)
    text = DEPOSIT.replace("everyday@1", "sunny@1")
    found = read_definition(POLICY, text, {"sunny@1": OWN}, lab=False)
    assert isinstance(found, Policy)
    assert found.scorecard.definition_hash == own.definition_hash
    assert stored_policy("deposit@1", text, OWN).card == "sunny@1"


def test_what_is_stored_is_the_policy_that_was_checked() -> None:
    found = read_definition(POLICY, BANDS, {}, lab=False)
    assert stored_policy("bands@1", BANDS, None).policy.definition_hash == found.definition_hash
