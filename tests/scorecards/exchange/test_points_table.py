"""The table of points goes to a spreadsheet and comes back; what is wrong in it is told with its line."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import load_scorecard
from credence.errors import DefinitionError, SourceNotFoundError
from credence.events.vocabulary import shipped
from credence.scorecards.exchange.points_table import COLUMNS, to_csv, to_rows, with_points
from credence.scorecards.load import shipped_names
from credence.scorecards.model import Below, Scorecard
from tests.engines.random_worlds import random_scorecard
from tests.scorecards.cards import LIVE, card, lab, of, write

LABELLED = of(
    "{last_value: {kind: account.reported, field: status}}",
    """
    - {in: [late, '1'], points: 1, label: not good}
    - {points: 0}
    """,
    "missing: {unscorable: N}",
)


def without_hash(scorecard: Scorecard) -> Scorecard:
    return replace(scorecard, definition_hash="")


def back(folder: Path, name: str, text: str) -> Scorecard:
    table = folder / "points.csv"
    table.write_text(text, encoding="utf-8")
    return with_points(name, table, shipped())


def told(folder: Path, name: str, text: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        back(folder, name, text)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_scorecard_comes_back_from_its_table_as_it_was(name: str, tmp_path: Path) -> None:
    scorecard = load_scorecard(name)
    assert back(tmp_path, name, to_csv(scorecard)) == without_hash(scorecard)


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_scorecard_at_random_comes_back_from_its_table_as_it_was(seed: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        scorecard = random_scorecard(Random(seed), folder)
        assert back(folder, f"{folder}/random.yaml", to_csv(scorecard)) == without_hash(scorecard)


def test_every_row_has_its_place_its_name_and_what_it_gives(tmp_path: Path) -> None:
    small = card(tmp_path, lab(LABELLED, "reasons: {N: Nothing is known}"))
    assert to_rows(small) == [
        {
            "characteristic": "one",
            "attribute": "not good",
            "in": "[late, '1']",
            "points": "1",
            "label": "not good",
        },
        {"characteristic": "one", "attribute": "any other", "points": "0"},
        {"characteristic": "one", "attribute": "missing", "missing": "true", "unscorable": "N"},
    ]
    assert to_csv(small).splitlines()[0] == ",".join(COLUMNS)


def test_points_and_limits_are_changed_in_a_spreadsheet(tmp_path: Path) -> None:
    path = write(tmp_path, LIVE)
    text = "\ufeffcharacteristic;below;points;reason\nunpaid;2;8;\nunpaid;;1;R1\n"
    changed = back(tmp_path, str(path), text)
    rows = changed.characteristic("unpaid").attributes
    assert rows[0].test == Below(Fraction(2))
    assert [(row.label, row.points, row.reason) for row in rows] == [
        ("below 2", 8, None),
        ("2 and over", 1, "R1"),
    ]


def test_characteristics_that_the_table_leaves_out_stay(tmp_path: Path) -> None:
    before = load_scorecard("everyday")
    text = "characteristic,below,points,reason\nstanding,1,5,V3\nstanding,,25,\n,,,\n\n"
    after = back(tmp_path, "everyday", text)
    assert [c for c in after.characteristics if c.name != "standing"] == [
        c for c in before.characteristics if c.name != "standing"
    ]
    assert after.characteristic("standing").points_least == 5


def test_all_that_is_wrong_in_a_table_is_told_with_its_line(tmp_path: Path) -> None:
    text = to_csv(load_scorecard("everyday"))
    text = text.replace(",0.6,,", ",0.9,,").replace("H2,", "H9,", 1).replace("standing,", "stnding,", 1)
    text = text.replace(",45,", ",x,", 1).replace(",20,,I1", ",[1,,I1", 1)
    second = "characteristics.paid_on_time.attributes[2]"
    assert told(tmp_path, "everyday", text) == [
        "line 2, characteristics.paid_on_time: The reason 'H9' has no sentence under 'reasons'.",
        f"line 3, {second}: 'below: 0.8' must be greater than 'below: 0.9' above it.",
        "line 6, characteristics.paid_on_time.missing.points: must be a whole number, not 'x'.",
        "line 47, characteristic: 'stnding' is no characteristic of the scorecard. Did you mean 'standing'?",
    ]


def test_a_cell_that_is_no_yaml_is_told(tmp_path: Path) -> None:
    text = 'characteristic,in,points\nstanding,"[1, 2",5\nstanding,,25\n'
    said = "line 2, characteristics.standing.attributes[1].in: This is not YAML: "
    assert [fault for fault in told(tmp_path, "everyday", text) if fault.startswith(said)]


def test_a_row_of_the_missing_stands_there_once(tmp_path: Path) -> None:
    row = "length_of_history,true,0,L1\n"
    rest = "length_of_history,,30,\n"
    found = told(tmp_path, "everyday", f"characteristic,missing,points,reason\n{rest}{row}{row}")
    assert found == ["line 4, characteristics.length_of_history.missing: stands there twice: keep one row."]


def test_what_the_scorecard_as_a_whole_forbids_is_told_of_its_file(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"scorecard\.yaml has 1 fault") as caught:
        back(tmp_path, "everyday", "characteristic,points\nstanding,9000\n")
    assert "beyond the range of 350 to 950" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("characteristic,pionts\nstanding,1\n", "'pionts' is no column of points. Did you mean 'points'?"),
        ("points\n1\n", "The column 'characteristic' is missing."),
        ("", "The column 'points' is missing."),
        ("characteristic,points\nstanding,1,2\n", "line 2: has more cells than there are columns."),
    ],
)
def test_columns_that_are_not_as_they_must_be_are_told(tmp_path: Path, text: str, says: str) -> None:
    assert any(says in fault for fault in told(tmp_path, "everyday", text))


def test_a_table_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DefinitionError, match="The file is not UTF-8 text"):
        with_points("everyday", tmp_path / "binary.csv", shipped())
    with pytest.raises(SourceNotFoundError):
        with_points("everyday", tmp_path / "none.csv", shipped())
