"""The big town: the same every time, like a real one in its scores, and with its truth beside its events."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from credence.errors import UsageError
from credence.lab.big_town.make import PEOPLE_MOST, Town, TownFiles, make_town
from credence.lab.big_town.stories import furnishers
from tests.lab.big_town.settling import EARLIER, LAST_DAY, Settled, asked, at

SMALL = Town(people=30)
MEANS = """
    SELECT {column}, avg(score) FROM '{scores}' JOIN '{beside}' USING (person_id)
    WHERE person_id LIKE 'town-%' GROUP BY 1"""


def contents(files: TownFiles) -> dict[str, bytes]:
    return {file.name: getattr(files, file.name).read_bytes() for file in fields(files)}


def one(question: str, **named: Path) -> object:
    return asked(question, **named)[0][0]


def means(settled: Settled, column: str, beside: Path) -> dict[str, float]:
    scores = settled.scores(at(LAST_DAY))
    return dict(asked(MEANS.replace("{column}", column), scores=scores, beside=beside))


def test_the_same_town_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    assert contents(make_town(tmp_path / "one", SMALL)) == contents(make_town(tmp_path / "two", SMALL))


@pytest.mark.parametrize(
    "other", [replace(SMALL, seed=1), replace(SMALL, people=31), replace(SMALL, last_day=date(2026, 12, 6))]
)
def test_another_seed_number_or_day_makes_another_town(tmp_path: Path, other: Town) -> None:
    files = make_town(tmp_path / "one", SMALL)
    assert contents(make_town(tmp_path / "two", other)) != contents(files)


def test_as_many_people_live_there_as_asked_beside_those_with_a_story(settled: Settled) -> None:
    counted = "SELECT count(DISTINCT person_id) FILTER (person_id LIKE 'town-%'), count(*) FROM '{file}'"
    assert asked(counted, file=settled.files.people) == [(800, 805)]
    assert asked(counted, file=settled.files.truth) == [(800, 805)]


def test_everybody_has_an_address_of_their_own_that_reaches_nobody(settled: Settled) -> None:
    [(addresses, wrong)] = asked(
        "SELECT count(DISTINCT email), count(*) FILTER (NOT regexp_full_match(email, "
        "'[a-z0-9.]+@example[.]org')) FROM '{people}'", people=settled.files.people
    )  # fmt: skip
    assert (addresses, wrong) == (805, 0)


def test_names_are_written_as_the_language_writes_them(settled: Settled) -> None:
    # Whoever has a story is also called as others can read it.
    chinese = "regexp_full_match(name, '([A-Za-z ]+ [(])?[一-龥]{{2,4}}[)]?')"
    mixed = f"SELECT count(*) FROM '{{people}}' WHERE (language = 'zh') <> {chinese}"
    assert one(mixed, people=settled.files.people) == 0
    assert one("SELECT count(DISTINCT language) FROM '{people}'", people=settled.files.people) == 2


def test_all_of_it_happened_in_the_two_years_before_the_last_day(settled: Settled) -> None:
    span = "SELECT min(occurred_at) >= '2024-11-06', max(occurred_at) = '2026-11-05' FROM '{events}'"
    assert asked(span, events=settled.files.events) == [(True, True)]


def test_it_is_known_in_the_evening_of_its_day(settled: Settled) -> None:
    late = "SELECT count(*) FROM '{events}' WHERE epoch(recorded_at) <> epoch(occurred_at) + 22 * 3600"
    assert one(late, events=settled.files.events) == 0


def test_a_person_has_some_fifty_events(settled: Settled) -> None:
    events = one("SELECT count(*) / 805 FROM '{events}'", events=settled.files.events)
    assert isinstance(events, float)
    assert 40 < events < 65


def test_no_event_tells_the_truth_about_anybody(settled: Settled) -> None:
    described = "SELECT name FROM parquet_schema('{file}') WHERE num_children IS NULL"
    told = {name for (name,) in asked(described, file=settled.files.events)}
    hidden = {*asked(described, file=settled.files.truth), *asked(described, file=settled.files.people)}
    assert told & {name for (name,) in hidden} == {"person_id"}
    assert "fault" not in told


def test_power_costs_more_in_winter_than_in_spring(settled: Settled) -> None:
    mean = (
        "SELECT avg(amount) FROM '{events}' WHERE service = 'power' "
        "AND person_id LIKE 'town-%' AND month(due_date) IN "
    )
    winter = one(f"{mean} (1, 2)", events=settled.files.events)
    spring = one(f"{mean} (4, 5)", events=settled.files.events)
    assert isinstance(winter, float)
    assert isinstance(spring, float)
    assert winter > spring + 3000


def test_bills_are_left_unpaid_more_often_in_a_bad_time_than_before(settled: Settled) -> None:
    share = (
        "SELECT avg(if(kind = 'bill.unpaid', 1, 0)) FROM '{events}' JOIN '{truth}' USING (person_id) "
        "WHERE kind IN ('bill.paid', 'bill.unpaid') AND due_date "
    )
    files = {"events": settled.files.events, "truth": settled.files.truth}
    before = one(f"{share} < bad_time_from", **files)
    during = one(f"{share} BETWEEN bad_time_from AND bad_time_from + 90", **files)
    assert isinstance(before, float)
    assert isinstance(during, float)
    assert during > 5 * before


def test_the_careless_and_the_unlucky_default_more_often(settled: Settled) -> None:
    mean = "SELECT temperament, avg(default_in_10000), avg(defaults::INTEGER) FROM '{truth}' GROUP BY 1"
    found = {name: (chance, share) for name, chance, share in asked(mean, truth=settled.files.truth)}
    assert found["careless"] > found["unlucky"] > found["steady"]
    assert all(abs(chance / 10_000 - share) < 0.04 for chance, share in found.values())


def test_scores_are_a_bell_over_all_bands_and_some_people_have_none(settled: Settled) -> None:
    scores = settled.scores(at(LAST_DAY))
    shares = dict(
        asked("SELECT coalesce(band, 'none'), count(*) / 805 FROM '{scores}' GROUP BY 1", scores=scores)
    )
    assert set(shares) == {"building", "fair", "good", "very good", "outstanding", "none"}
    assert min(shares.values()) > 0.01
    assert 0.03 < shares["none"] < 0.12
    middle, least, most = asked(
        "SELECT avg((score BETWEEN 600 AND 750)::INTEGER), min(score), max(score) FROM '{scores}'",
        scores=scores,
    )[0]
    assert middle > 0.5
    assert 430 < least < 550
    assert 830 < most < 950


def test_the_score_tells_the_steady_from_the_careless(settled: Settled) -> None:
    found = means(settled, "temperament", settled.files.truth)
    assert found["steady"] > found["unlucky"] > found["careless"]


def test_who_lives_at_the_harbour_scores_lower_and_defaults_no_more_often(settled: Settled) -> None:
    found = means(settled, "quarter", settled.files.people)
    assert found["hillside"] > found["harbour"] + 3
    chances = (
        "SELECT quarter, avg(default_in_10000) FROM '{truth}' JOIN '{people}' USING (person_id) GROUP BY 1"
    )
    chance = dict(asked(chances, truth=settled.files.truth, people=settled.files.people))
    assert abs(chance["hillside"] - chance["harbour"]) < 150


def test_some_unpaid_bills_are_wrong_in_each_way_there_is(settled: Settled) -> None:
    files = {"events": settled.files.events, "wrong": settled.files.wrong}
    share = (
        "SELECT count(wrong.event_id) / count(*) FROM '{events}' AS events "
        "LEFT JOIN '{wrong}' AS wrong USING (furnisher, event_id, person_id) WHERE kind = 'bill.unpaid'"
    )
    found = one(share, **files)
    assert isinstance(found, float)
    assert 0.02 < found < 0.1
    ways = "SELECT DISTINCT fault FROM '{wrong}' ORDER BY 1"
    assert [way for (way,) in asked(ways, wrong=settled.files.wrong)] == [
        "not_asked_for", "of_a_namesake", "reported_twice", "wrongly_unpaid",
    ]  # fmt: skip


def test_an_entry_of_a_namesake_is_of_somebody_of_that_name(settled: Settled) -> None:
    others = (
        "SELECT count(*), count(*) FILTER (one.name = other.name AND wrong.person_id <> wrong.belongs_to) "
        "FROM '{wrong}' AS wrong JOIN '{people}' AS one USING (person_id) "
        "JOIN '{people}' AS other ON other.person_id = belongs_to WHERE fault = 'of_a_namesake'"
    )
    [(entries, namesakes)] = asked(others, wrong=settled.files.wrong, people=settled.files.people)
    assert entries == namesakes > 0


def test_corrections_give_points_back_to_whom_they_belong(settled: Settled, corrected: Settled) -> None:
    before, after = settled.scores(at(LAST_DAY)), corrected.scores(at(LAST_DAY, date(2026, 11, 7)))
    moved = (
        "SELECT after.score - before.score, person_id IN (SELECT belongs_to FROM '{wrong}' "
        "WHERE belongs_to <> person_id) FROM '{before}' AS before JOIN '{after}' AS after USING (person_id) "
        "WHERE after.score <> before.score"
    )
    found = asked(moved, wrong=settled.files.wrong, before=before, after=after)
    assert any(points > 0 for points, _ in found)
    assert all(points > 0 or of_somebody_else for points, of_somebody_else in found)


def test_furnishers_may_have_ids_of_their_own(tmp_path: Path) -> None:
    files = make_town(tmp_path, replace(SMALL, furnishers={"city-phone": "fur_phone"}))
    found = asked("SELECT DISTINCT furnisher FROM '{events}'", events=files.events)
    assert {name for (name,) in found} <= {"fur_phone", *furnishers()} - {"city-phone"}
    sent = "SELECT count(*) FROM '{events}' WHERE furnisher = 'fur_phone' AND service <> 'phone'"
    assert one(sent, events=files.events) == 0


@pytest.mark.parametrize(
    ("town", "sentence"),
    [
        (Town(people=0), "a town has 1 to 999,999 people, not 0."),
        (Town(people=PEOPLE_MOST + 1), "a town has 1 to 999,999 people, not 1,000,000."),
        (Town(furnishers={"moon-bank": "x"}), "the town has no furnisher 'moon-bank'"),
    ],
)
def test_a_town_that_cannot_be_is_refused(tmp_path: Path, town: Town, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence.replace(".", "[.]")):
        make_town(tmp_path, town)


@pytest.mark.parametrize("day", [EARLIER, LAST_DAY])
def test_of_newcomers_too_little_is_known_in_both_months(settled: Settled, day: date) -> None:
    without = "SELECT DISTINCT unscorable FROM '{scores}' WHERE score IS NULL"
    assert {code for (code,) in asked(without, scores=settled.scores(at(day)))} == {"few_events", "too_new"}
