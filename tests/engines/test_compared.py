"""Two files of scores compared: every number is what counting the people one by one gives."""

from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import EventLog, Moment, load_scorecard, score_people
from credence.engines.compared import Comparison, Moves, compare
from credence.engines.results import read_row
from credence.engines.scored import Scores
from credence.errors import IntakeError, SourceNotFoundError
from credence.scorecards.model import Scorecard
from tests.both_engines import card
from tests.engines.random_worlds import DATES, random_log, random_rows, random_scorecard
from tests.world import AS_OF, LATER, event, record

MOMENT = Moment(AS_OF, LATER)
HEAD = "name: small\nversion: 1\ntitle: Small\nsetting: lab\nreasons: {N: Not asked}\n"
OLD = """
points_base: 10
bands: [{below: 15, name: low}, {name: high}]
characteristics:
  a:
    measure: {column: a}
    attributes: [{below: 5, points: 0}, {points: 10}]
    missing: {unscorable: N}
  gone:
    measure: {column: b}
    attributes: [{below: 1, points: 1}, {points: 2}]
    missing: {points: 0}
"""
NEW = """
points_base: 12
bands: [{below: 15, name: low}, {name: high}]
characteristics:
  a:
    measure: {column: a}
    attributes: [{below: 7, points: 0}, {points: 60}]
    missing: {points: 1}
  new:
    measure: {column: b}
    attributes: [{below: 1, unscorable: N}, {points: 2}]
    missing: {points: 0}
"""
PEOPLE = "person_id,a,b\nana,1,1\nben,5,1\ncho,7,\ndee,,2\neve,9,0\n"
GROUPS = "person_id,group\nana,north\nben,north\ncho,south\ndee,south\nstranger,south\n"


def scored(folder: Path, name: str, text: str, people: str = PEOPLE) -> Scores:
    """A scorecard and what it gives to some people."""
    card, table, out = folder / f"{name}.yaml", folder / f"{name}.csv", folder / f"{name}.parquet"
    card.write_text(HEAD + text, encoding="utf-8")
    table.write_text(people, encoding="utf-8")
    scorecard = load_scorecard(card)
    score_people(scorecard, table, MOMENT, out)
    return Scores(out, scorecard)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Scores, Scores]:
    """Old: ana 12, ben 22, cho 20, eve 21. New: ana 14, ben 14, cho 72, dee 15. Each without one."""
    return scored(tmp_path, "old", OLD), scored(tmp_path, "new", NEW)


def test_everybody_is_counted_once(pair: tuple[Scores, Scores]) -> None:
    moves = compare(*pair).moves
    assert moves == Moves(people=5, scored=3, up=2, down=1, points=2 - 8 + 52, gained=1, lost=1)
    assert moves.mean == 46 / 3


def test_how_far_people_move_is_told_in_shares_and_in_steps(pair: tuple[Scores, Scores]) -> None:
    found = compare(*pair)
    assert found.quantiles == {
        "least": -8,
        "5%": -8,
        "25%": -8,
        "50%": 2,
        "75%": 52,
        "95%": 52,
        "greatest": 52,
    }
    assert {step: people for step, people in found.steps.items() if people} == {
        "-1 to -9": 1,
        "+1 to +9": 1,
        "+50 to +99": 1,
    }
    assert next(iter(found.steps)) == "-100 and more"


def test_bands_and_the_way_in_and_out_of_a_score_are_crossed(pair: tuple[Scores, Scores]) -> None:
    found = compare(*pair)
    assert found.bands == {
        ("low", "low"): 1,
        ("high", "low"): 1,
        ("high", "high"): 1,
        ("high", "no score"): 1,
        ("no score", "high"): 1,
    }
    assert found.unscorable == {("score", "N"): 1, ("N", "score"): 1}


def test_each_question_answers_for_its_part_of_the_moves(pair: tuple[Scores, Scores]) -> None:
    found = compare(*pair)
    assert [(part.name, part.people, part.points) for part in found.parts] == [
        ("a", 2, 40),
        ("points_base", 3, 6),
        ("gone", 2, -4),
        ("new", 2, 4),
    ]
    first, second, third = found.movers
    assert (first.person_id, first.old, first.new, first.through, first.points) == ("cho", 20, 72, "a", 50)
    assert (second.person_id, second.through, second.points) == ("ben", "a", -10)
    assert (third.person_id, third.old, third.new) == ("ana", 12, 14)
    assert len(compare(*pair, movers=1).movers) == 1


def test_whoever_moves_with_what_everyone_starts_with_moves_through_no_question(tmp_path: Path) -> None:
    old, new = scored(tmp_path, "old", OLD), scored(tmp_path, "new", OLD.replace("base: 10", "base: 11"))
    found = compare(old, new)
    assert [part.name for part in found.parts] == ["points_base"]
    assert {(mover.through, mover.points) for mover in found.movers} == {(None, 1)}


def test_movers_say_what_they_answered_before_and_now(pair: tuple[Scores, Scores]) -> None:
    told = {mover.person_id: (mover.through, mover.was, mover.became) for mover in compare(*pair).movers}
    assert told == {
        "cho": ("a", "5 and over", "7 and over"),
        "ben": ("a", "5 and over", "below 7"),
        "ana": ("gone", "1 and over", None),
    }


def test_movers_through_points_for_each_event_say_how_many(log: EventLog, tmp_path: Path) -> None:
    each = {"measure": {"count": {"kind": "bill.paid"}}, "points_each": {"points": 3}}
    scorecard = card(tmp_path, {"count": {}}, characteristics={"bills": each})
    record(log, *(event("bill.paid", day, day, days_late=0) for day in ("2026-09-01", "2026-10-01")))
    old, new = (Scores(tmp_path / f"{name}.parquet", scorecard) for name in ("old", "new"))
    for day, scores in ((date(2026, 9, 15), old), (date(2026, 10, 15), new)):
        score_people(scorecard, log, Moment(day, LATER), scores.file)
    (mover,) = compare(old, new, same_day=False).movers
    assert (mover.through, mover.was, mover.became, mover.points) == ("bills", "1", "2", 3)


def test_groups_are_told_apart_and_strangers_to_the_groups_too(
    pair: tuple[Scores, Scores], tmp_path: Path
) -> None:
    groups = tmp_path / "groups.csv"
    groups.write_text(GROUPS, encoding="utf-8")
    found = compare(*pair, groups=groups).groups
    assert {name: (moves.people, moves.points) for name, moves in found.items()} == {
        "in no group": (1, 0),
        "north": (2, -6),
        "south": (2, 52),
    }
    assert found["in no group"].mean is None


def test_people_of_one_file_alone_are_not_there_in_the_other(tmp_path: Path) -> None:
    old, new = scored(tmp_path, "old", OLD), scored(tmp_path, "new", OLD, "person_id,a,b\nana,1,1\nfay,1,1\n")
    found = compare(old, new)
    assert found.bands[("not there", "low")] == 1
    assert found.bands[("high", "not there")] == 3
    assert found.moves.scored == 1


def test_without_people_or_bands_there_is_nothing_to_tell(tmp_path: Path) -> None:
    old, new = (scored(tmp_path, name, OLD, "person_id,a,b\n") for name in ("old", "new"))
    found = compare(old, new)
    assert (found.moves.people, found.quantiles, found.movers, found.parts) == (0, {}, (), ())
    bare = OLD.replace("bands: [{below: 15, name: low}, {name: high}]\n", "")
    plain = scored(tmp_path, "bare", bare)
    assert compare(plain, plain).bands == {("no band", "no band"): 4, ("no score", "no score"): 1}


def test_a_file_that_is_not_this_scorecards_scores_is_refused(
    pair: tuple[Scores, Scores], tmp_path: Path
) -> None:
    old, new = pair
    with pytest.raises(IntakeError, match="5 of its rows were not scored with this small@1"):
        compare(Scores(new.file, old.scorecard), new)
    with pytest.raises(SourceNotFoundError):
        compare(old, Scores(tmp_path / "none.parquet", new.scorecard))
    (tmp_path / "text.parquet").write_text("no scores", encoding="utf-8")
    with pytest.raises(IntakeError, match="it is no file of scores"):
        compare(Scores(tmp_path / "text.parquet", old.scorecard), new)
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (FROM '{old.file}' UNION ALL FROM '{old.file}') TO '{tmp_path}/two.parquet'"
        )
    with pytest.raises(IntakeError, match="it has a person twice: compare scores of one moment"):
        compare(Scores(tmp_path / "two.parquet", old.scorecard), new)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("person_id,group\nana,a\nana,b\n", "person 'ana' stands there twice: a person is in one group"),
        ("person_id\nana\n", "it has no column 'group'"),
    ],
)
def test_a_table_of_groups_that_is_not_as_it_must_be_is_refused(
    pair: tuple[Scores, Scores], tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / "groups.csv").write_text(text, encoding="utf-8")
    with pytest.raises(IntakeError, match=says):
        compare(*pair, groups=tmp_path / "groups.csv")


def test_a_torn_table_of_groups_is_refused(pair: tuple[Scores, Scores], tmp_path: Path) -> None:
    groups = tmp_path / "groups.parquet"
    with duckdb.connect() as connection:
        rows = 'SELECT uuid() AS person_id, random() AS "group" FROM range(50000)'
        connection.execute(f"COPY ({rows}) TO '{groups}' (COMPRESSION uncompressed)")
    content = bytearray(groups.read_bytes())
    content[4:2000] = b"\xff" * 1996
    groups.write_bytes(content)
    with pytest.raises(IntakeError, match="it cannot be read"):
        compare(*pair, groups=groups)


def counted(old: Scorecard, new: Scorecard, folder: Path, people: list[str]) -> Moves:
    """The same, by reading the rows of the people one by one."""
    rows = [
        (read_row(folder / "old.parquet", old, p) or {}, read_row(folder / "new.parquet", new, p) or {})
        for p in people
    ]
    scores = [(a["score"], b["score"]) for a, b in rows]
    moved = [b - a for a, b in scores if isinstance(a, int) and isinstance(b, int)]
    up, down = sum(points > 0 for points in moved), sum(points < 0 for points in moved)
    gained = sum(a is None and b is not None for a, b in scores)
    lost = sum(a is not None and b is None for a, b in scores)
    return Moves(len(people), len(moved), up, down, sum(moved), gained, lost)


def adds_up(found: Comparison) -> None:
    assert sum(part.points for part in found.parts) == found.moves.points
    assert sum(found.steps.values()) == found.moves.scored
    assert sum(found.bands.values()) == found.moves.people


@settings(max_examples=10)
@given(seed=st.integers(0, 2**32 - 1))
def test_two_scorecards_at_random_are_compared_as_if_people_were_counted_one_by_one(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        log = random_log(chance, folder / "log", random_rows(chance, DATES[0]))
        old, new = random_scorecard(chance, folder), random_scorecard(chance, folder)
        for which, card in (("old", old), ("new", new)):
            score_people(card, log, Moment(DATES[0], LATER), folder / f"{which}.parquet")

        found = compare(Scores(folder / "old.parquet", old), Scores(folder / "new.parquet", new))

        with duckdb.connect() as connection:
            rows = connection.execute(f"SELECT person_id FROM '{folder}/old.parquet'").fetchall()
        assert found.moves == counted(old, new, folder, [row[0] for row in rows])
        adds_up(found)


def test_scores_of_different_days_are_not_compared(tmp_path: Path) -> None:
    old, new = scored(tmp_path, "old", OLD), scored(tmp_path, "new", NEW)
    score_people(new.scorecard, tmp_path / "new.csv", Moment(DATES[1], LATER), new.file)
    with pytest.raises(IntakeError) as caught:
        compare(old, new)
    said = f"its scores are as of {DATES[1]}, and those of {old.file} as of {AS_OF}: compare one day."
    assert str(caught.value) == f"{new.file}: {said}"
