"""The people with a story: what everyday gives them, why it changed, and what a correction does."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from credence import EventLog, explain
from credence.decisions.load import load_policy
from credence.decisions.run import decide_person
from credence.errors import DefinitionError
from credence.events.calendar import add_months
from credence.lab.big_town.make import Town, make_town, move_in
from credence.lab.big_town.stories import STORIES, Story, furnishers, load_stories, rows
from credence.scoring.change import explain_change
from tests.lab.big_town.settling import EARLIER, EVERYDAY, LAST_DAY, Settled, at

TOLD = {story.person_id: story for story in load_stories()}
LATER = at(LAST_DAY, date(2026, 11, 7))


@pytest.mark.parametrize("story", TOLD.values(), ids=TOLD)
def test_everyday_gives_the_scores_that_the_story_names(settled: Settled, story: Story) -> None:
    before, after = (explain(EVERYDAY, settled.log, story.person_id, at(day)) for day in (EARLIER, LAST_DAY))
    assert before.score == story.scores["before"]
    assert after.score == story.scores["after"]


@pytest.mark.parametrize("story", TOLD.values(), ids=TOLD)
def test_taking_back_what_is_wrong_gives_the_corrected_score(corrected: Settled, story: Story) -> None:
    statement = explain(EVERYDAY, corrected.log, story.person_id, LATER)
    assert statement.score == story.scores.get("corrected", story.scores["after"])


@pytest.mark.parametrize("last_day", [date(2026, 7, 15), date(2026, 12, 31), date(2028, 2, 29)])
def test_the_scores_are_the_same_whatever_the_last_day(tmp_path: Path, last_day: date) -> None:
    files = make_town(tmp_path / "files", Town(people=1, last_day=last_day))
    log = EventLog.create(tmp_path / "log")
    move_in(log, files, datetime.combine(last_day, datetime.min.time(), UTC))
    days = {"before": at(add_months(last_day, -1)), "after": at(last_day)}
    for name, story in TOLD.items():
        told = {moment: explain(EVERYDAY, log, name, days[moment]).score for moment in days}
        assert told == {moment: story.scores[moment] for moment in days}, name


def test_amina_rises_by_ten_for_twelve_months_in_a_row(settled: Settled) -> None:
    change = explain_change(EVERYDAY, settled.log, "amina", (at(EARLIER), at(LAST_DAY)))
    assert change.points == 10
    [line] = [line for line in change.lines if line.points]
    assert line.characteristic == "regular_payments"
    assert (line.before and line.before.answer, line.after and line.after.answer) == (
        "11 months",
        "12 months",
    )
    [cause] = [cause for cause in line.causes if cause.points]
    assert (cause.name, cause.points) == ("new", 10)
    assert {event.kind for event in cause.events} == {"rent.paid", "bill.paid"}


def test_of_lin_it_is_said_what_is_known_and_what_is_needed(settled: Settled) -> None:
    statement = explain(EVERYDAY, settled.log, "lin", at(LAST_DAY))
    assert (statement.score, statement.unscorable) == (None, "few_events")
    assert [(rule.code, rule.known, rule.needed) for rule in statement.wanting] == [
        ("few_events", "4", "at least 6"),
        ("too_new", "1 month", "at least 3 months"),
    ]


def test_rosa_leaves_a_deposit_until_the_wrong_entry_is_taken_back(
    settled: Settled, corrected: Settled
) -> None:
    policy = load_policy(STORIES.with_name("car_rental.yaml"))
    [published, wrong, right] = [
        decide_person(policy, log, "rosa", moment)
        for log, moment in (
            (settled.log, at(EARLIER)), (settled.log, at(LAST_DAY)), (corrected.log, LATER),
        )
    ]  # fmt: skip
    assert [decision.outcome for decision in (published, wrong, right)] == [
        "no_deposit", "deposit_due", "no_deposit",
    ]  # fmt: skip
    assert right.score is not None
    assert right.score > 650


def test_rosa_lost_her_points_to_one_entry(settled: Settled) -> None:
    change = explain_change(EVERYDAY, settled.log, "rosa", (at(EARLIER), at(LAST_DAY)))
    moved = {line.characteristic: line.points for line in change.lines if line.points}
    assert moved == {"paid_on_time": -30, "payments_missed": -35}


def test_the_wrong_entries_of_stories_are_told_among_the_wrong_ones() -> None:
    wrong = {
        who: [row["fault"] for row in rows(story, LAST_DAY) if "fault" in row] for who, story in TOLD.items()
    }
    assert {who: faults for who, faults in wrong.items() if faults} == {
        "rosa": ["wrongly_unpaid"],
        "noor": ["not_asked_for"],
    }


def test_every_story_and_furnisher_is_told_in_both_languages() -> None:
    told = [*(story.told for story in TOLD.values()), *furnishers().values()]
    assert all(set(texts) == {"en", "zh"} for texts in told)


def test_a_happening_that_repeats_goes_back_month_by_month(tmp_path: Path) -> None:
    [story] = load_stories(written(tmp_path, EVENT.replace("day: 3", "day: 3, times: 3, every: 2, due: 4")))
    told = [(row["happened_on"], row["due_date"]) for row in rows(story, LAST_DAY)]
    assert told == [("2026-11-03", "2026-10-30"), ("2026-09-03", "2026-08-30"), ("2026-07-03", "2026-06-29")]


EVENT = "{from: city-phone, kind: bill.paid, day: 3, days_late: 0}"
STORY = """
ida:
  name: Ida Berg
  email: ida@example.org
  language: en
  quarter: harbour
  temperament: steady
  default_in_10000: 90
  defaults: false
  story: {en: Ida pays., zh: 伊达付款。}
  scores: {before: 700, after: 700}
  events: [EVENT]
"""


def written(folder: Path, event: str = EVENT, **other: str) -> Path:
    text = STORY.replace("EVENT", event)
    for name, value in other.items():
        lines = [
            f"  {name}: {value}" if line.startswith(f"  {name}:") else line for line in text.splitlines()
        ]
        text = "\n".join(lines)
    path = folder / "stories.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("event", "other", "sentence"),
    [
        (EVENT.replace("city-phone", "city-fone"), {}, "'city-fone' is not one of"),
        (EVENT.replace("from: city-phone, ", ""), {}, "'from' is missing"),
        (EVENT.replace("day: 3, ", ""), {}, "'day' is missing"),
        (EVENT.replace("kind: bill.paid, ", ""), {}, "'kind' is missing"),
        (EVENT.replace("day: 3", "day: 0"), {}, "must be at least 1, not 0"),
        (EVENT.replace("days_late: 0", "days_late: [0]"), {}, "must be a text, not a list"),
        (EVENT.replace("days_late: 0", "wrong: a_lie"), {}, "'a_lie' is not one of"),
        (EVENT, {"language": "cs"}, "'cs' is not one of: en, zh"),
        (EVENT, {"scores": "{before: high, after: 1}"}, "must be a whole number"),
        (EVENT, {"default_in_10000": "20000"}, "must be at most 10000"),
        (EVENT, {"story": "{en: Ida pays.}"}, "'zh' is missing"),
    ],
)  # fmt: skip
def test_a_story_that_cannot_be_is_refused(
    tmp_path: Path, event: str, other: dict[str, str], sentence: str
) -> None:
    with pytest.raises(DefinitionError, match=sentence):
        load_stories(written(tmp_path, event, **other))


def test_all_that_a_story_lacks_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "stories.yaml"
    path.write_text("ida: {language: en}", encoding="utf-8")
    with pytest.raises(DefinitionError) as raised:
        load_stories(path)
    assert all(f"'{name}' is missing" in str(raised.value) for name in ("name", "story", "scores", "events"))
