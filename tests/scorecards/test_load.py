"""Loading a scorecard: where it is found, its hash, and every fault told at once in these words."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import DefinitionError, ScorecardNotFoundError
from credence.events.vocabulary import extended
from credence.scorecards.load import find, load_scorecard, shipped_names
from tests.characteristics.reading import words
from tests.scorecards.cards import LIVE, lab, write

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_scorecard_is_told_in_these_words(path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        load_scorecard(path, words())
    told = str(caught.value).replace(str(path), path.name)
    assert told + "\n" == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_a_file_that_is_not_utf_8_is_no_scorecard(tmp_path: Path) -> None:
    path = tmp_path / "scorecard.yaml"
    path.write_bytes(lab().encode("utf-16"))
    with pytest.raises(DefinitionError, match="The file is not UTF-8 text"):
        load_scorecard(path, words())


PIECES = ["", "\t", ": ", "- ", "[", "}", "*a", "&a ", "'", "true", "-1", "1e99", "{}", "[]", "\n", "?", "é"]


@given(
    card=st.sampled_from([LIVE, lab()]),
    edits=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(PIECES)), max_size=4),
)
def test_a_scorecard_changed_at_random_loads_or_has_faults(
    tmp_path_factory: pytest.TempPathFactory, card: str, edits: list[tuple[float, int, str]]
) -> None:
    for where, length, piece in edits:
        start = int(where * len(card))
        card = card[:start] + piece + card[start + length :]
    path = write(tmp_path_factory.getbasetemp(), card)
    with suppress(DefinitionError):
        assert load_scorecard(path, words()).characteristics


@given(words_swapped=st.permutations(LIVE.split(" ")), kept=st.integers(0, 60))
def test_a_scorecard_of_shuffled_words_loads_or_has_faults(
    tmp_path_factory: pytest.TempPathFactory, words_swapped: list[str], kept: int
) -> None:
    text = " ".join(LIVE.split(" ")[:kept] + words_swapped[kept:])
    path = write(tmp_path_factory.getbasetemp(), text)
    with suppress(DefinitionError):
        assert load_scorecard(path, words()).characteristics


def test_a_scorecard_is_loaded_by_its_name_its_file_or_its_folder(tmp_path: Path) -> None:
    path = write(tmp_path, LIVE)
    hashes = [load_scorecard(place, words()).definition_hash for place in (path, tmp_path, str(tmp_path))]
    assert len(set(hashes)) == 1
    assert load_scorecard("everyday").name == "everyday"


def test_a_language_is_read_from_the_texts_beside_it() -> None:
    assert load_scorecard("everyday", words(), "zh").title == "日常信用"


def test_a_file_that_vanishes_says_so(tmp_path: Path) -> None:
    with pytest.raises(ScorecardNotFoundError, match="There is no scorecard named"):
        load_scorecard(tmp_path / "nothing.yaml", words())


def test_the_hash_is_the_same_on_every_reading(tmp_path: Path) -> None:
    first = load_scorecard(write(tmp_path, LIVE), words())
    again = load_scorecard(write(tmp_path, "# A remark moves nobody.\n" + LIVE), words())
    assert first.definition_hash == again.definition_hash
    assert len(first.definition_hash) == 64


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("points: 10", "points: 9"),
        ("below: 1, points", "below: 2, points"),
        ("points_base: 0", "points_base: -1"),
        ("at_least: 1", "at_least: 2"),
        ("below: 5", "below: 6"),
        ("version: 1", "version: 2"),
        ("{kind: rent.unpaid}", "{kind: bill.unpaid}"),
        ("question: How", "months: 12\n    question: How"),
        ("setting: live", "setting: lab"),
        ("points_base: 0", "points_base: 0\njurisdiction: us"),
    ],
)
def test_the_hash_changes_with_anything_that_can_move_a_score(
    tmp_path: Path, before: str, after: str
) -> None:
    text = LIVE.replace("[0, 10]", "[-1, 10]")
    changed = load_scorecard(write(tmp_path, text.replace(before, after)), words())
    assert changed.definition_hash != load_scorecard(write(tmp_path, text), words()).definition_hash


def test_the_hash_changes_with_the_vocabulary(tmp_path: Path) -> None:
    more = tmp_path / "kinds.yaml"
    more.write_text("version: 1\nkinds:\n  gym.paid: {title: Paid, context: payments, speaks: for}\n")
    path = write(tmp_path, LIVE)
    here, there = load_scorecard(path, words()), load_scorecard(path, extended(words(), more))
    assert here.definition_hash != there.definition_hash


def test_the_hash_does_not_change_with_the_language() -> None:
    hashes = {load_scorecard("everyday", words(), language).definition_hash for language in (None, "zh")}
    assert len(hashes) == 1


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library whose scorecard `rent` is at version 3, with version 1 kept."""
    for folder, version in (("rent", 3), ("rent/1", 1)):
        place = tmp_path / "library" / folder
        place.mkdir(parents=True)
        write(place, LIVE.replace("version: 1", f"version: {version}"))
    return tmp_path / "library"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("rent", "rent/scorecard.yaml"),
        ("rent@3", "rent/scorecard.yaml"),
        ("rent@1", "rent/1/scorecard.yaml"),
    ],
)
def test_an_old_version_lies_in_a_folder_below_the_current_one(library: Path, name: str, file: str) -> None:
    assert find(name, library) == library / file


@pytest.mark.parametrize(
    "name", ["rent@2", "rent@", "rent@latest", "rent@../rent", "rnt", "x" * 5000, "a\0b"]
)
def test_what_is_not_there_is_answered_with_what_is(library: Path, name: str) -> None:
    with pytest.raises(ScorecardNotFoundError, match="Shipped scorecards: rent"):
        find(name, library)


def test_a_path_may_hold_an_at_sign(tmp_path: Path, library: Path) -> None:
    folder = tmp_path / "ana@work"
    folder.mkdir()
    path = write(folder, LIVE)
    assert [find(str(folder), library), find(str(path), library)] == [path, path]


def test_everyday_is_shipped() -> None:
    assert "everyday" in shipped_names()
    assert find("everyday@1") == find("everyday")
