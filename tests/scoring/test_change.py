"""Why a score changed: parts that add up, each with its cause."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import EventLog, Moment, import_rows, load_scorecard
from credence.engines.person import evaluate
from credence.errors import PersonNotFoundError, UsageError
from credence.scorecards.model import Scorecard
from credence.scoring.change import Change, LineChange, explain_change
from credence.scoring.change_causes import Correction
from tests.engines.random_worlds import DATES, PEOPLE, RECORDED, random_rows, random_scorecard
from tests.world import AS_OF, LATER, NOW, event, record

AFTERWARDS = NOW + timedelta(days=1)
KNOWN_THEN = datetime(2026, 11, 6, 12)  # noqa: DTZ001 - instants known to the log are UTC without a zone
UNPAID = {
    "measure": {"count": {"kind": "bill.unpaid"}},
    "months": 2,
    "attributes": [{"below": 1, "points": 10}, {"points": 0}],
}
ENOUGH = {"measure": {"count": {}}, "at_least": 2, "code": "few", "sentence": "Too little is known."}


def card(folder: Path, characteristics: dict[str, object], **more: object) -> Scorecard:
    definition = {"name": "trial", "version": 1, "title": "Trial", "setting": "lab", "points_base": 100}
    file = folder / f"{len(list(folder.iterdir()))}.yaml"
    file.write_text(json.dumps(definition | {"characteristics": characteristics} | more), encoding="utf-8")
    return load_scorecard(file)


@pytest.fixture
def log(tmp_path: Path) -> EventLog:
    return EventLog.create(tmp_path / "log")


@pytest.fixture
def unpaid(tmp_path: Path) -> Scorecard:
    return card(tmp_path, {"unpaid": UNPAID})


def change(
    scorecard: Scorecard,
    log: EventLog,
    before: date = AS_OF,
    after: date = AS_OF,
    earlier: Scorecard | None = None,
) -> Change:
    moments = Moment(before, KNOWN_THEN), Moment(after, LATER)
    return explain_change(scorecard, log, "ana", moments, earlier)


def only(found: Change) -> LineChange:
    (line,) = found.lines
    return line


def causes(found: Change) -> dict[str, int | None]:
    """The causes that brought or took points."""
    return {name: points for name, points in found.causes.items() if points}


def test_a_fact_told_late_is_a_cause_of_its_own(log: EventLog, unpaid: Scorecard) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    record(log, event("bill.unpaid", "2026-10-02", "2", due_date="2026-10-01"), now=AFTERWARDS)
    found = change(unpaid, log)
    (cause,) = only(found).causes
    assert (found.points, causes(found)) == (-10, {"late": -10})
    assert [(e.event_id, e.effect) for e in cause.events] == [("2", "became known")]


@pytest.mark.parametrize(
    ("kind", "said", "what"),
    [
        ("mark.retracts", {"retracts": "1"}, "taken back"),
        ("mark.suspends", {"target": "1"}, "suspended"),
        ("mark.counts_from", {"target": "1", "date": "2026-12-24"}, "given a later day to count from"),
    ],
)
def test_a_correction_names_the_event_and_who_corrected_it(
    log: EventLog, unpaid: Scorecard, kind: str, said: dict[str, object], what: str
) -> None:
    record(log, event("bill.unpaid", "2026-10-02", "1", due_date="2026-10-01"))
    record(log, event(kind, "2026-11-05", "2", **said), now=AFTERWARDS)
    found = change(unpaid, log)
    (cause,) = only(found).causes
    assert causes(found) == {"corrected": 10}
    assert [(e.event_id, e.effect, e.by) for e in cause.events] == [
        ("1", "counts no longer", Correction(what, "bank", "2"))
    ]


def test_what_is_released_counts_again_by_whoever_released_it(log: EventLog, unpaid: Scorecard) -> None:
    record(log, event("bill.unpaid", "2026-10-02", "1", due_date="2026-10-01"))
    record(log, event("mark.suspends", "2026-10-05", "2", target="1"))
    record(log, event("mark.releases", "2026-11-05", "3", target="1"), now=AFTERWARDS)
    found = change(unpaid, log)
    (cause,) = only(found).causes
    assert causes(found) == {"corrected": -10}
    assert [(e.effect, e.by) for e in cause.events] == [("counts now", Correction("released", "bank", "3"))]


def test_a_dispute_opened_between_two_statements_is_a_correction_not_time(
    log: EventLog, unpaid: Scorecard
) -> None:
    record(log, event("bill.unpaid", "2026-10-02", "1", due_date="2026-10-01"))
    record(log, event("mark.suspends", "2026-10-20", "2", target="1"), now=AFTERWARDS)
    found = change(unpaid, log, date(2026, 10, 6), AS_OF)
    assert causes(found) == {"corrected": 10}
    assert only(found).causes[0].events[0].by == Correction("suspended", "bank", "2")


@pytest.mark.parametrize("day", ["2026-10-01", "2026-10-20"])
def test_what_was_replaced_is_corrected_whatever_day_the_new_row_says(
    log: EventLog, unpaid: Scorecard, day: str
) -> None:
    record(log, event("bill.unpaid", "2026-10-02", "1", due_date="2026-10-01"))
    record(log, event("bill.paid", day, "2", days_late=0, replaces="1"), now=AFTERWARDS)
    found = change(unpaid, log, date(2026, 10, 6), AS_OF)
    assert causes(found) == {"corrected": 10}
    assert only(found).causes[0].events[0].by == Correction("replaced", "bank", "2")


def test_the_row_sent_instead_says_instead_of_which(tmp_path: Path, log: EventLog) -> None:
    paid = card(
        tmp_path,
        {"paid": {"measure": {"count": {"kind": "bill.paid"}}, "points_each": {"points": 3, "cap": 9}}},
    )
    record(log, event("bill.unpaid", "2026-10-02", "1", due_date="2026-10-01"))
    record(log, event("bill.paid", "2026-10-02", "2", days_late=0, replaces="1"), now=AFTERWARDS)
    found = change(paid, log)
    assert causes(found) == {"corrected": 3}
    assert only(found).causes[0].events[0].by == Correction("sent in place of", "bank", "1")


def test_the_row_sent_instead_that_happened_since_is_new(tmp_path: Path, log: EventLog) -> None:
    paid = card(
        tmp_path,
        {"paid": {"measure": {"count": {"kind": "bill.paid"}}, "points_each": {"points": 3, "cap": 9}}},
    )
    record(log, event("bill.unpaid", "2026-10-02", "1", due_date="2026-10-01"))
    record(log, event("bill.paid", "2026-10-20", "2", days_late=0, replaces="1"), now=AFTERWARDS)
    assert causes(change(paid, log, date(2026, 10, 6), AS_OF)) == {"new": 3}


def test_evidence_that_ages_out_is_time_passing(log: EventLog, unpaid: Scorecard) -> None:
    record(log, event("bill.unpaid", "2026-10-02", "1", due_date="2026-10-01"))
    found = change(unpaid, log, AS_OF, date(2026, 12, 6))
    assert causes(found) == {"time": 10}
    assert [e.effect for e in only(found).causes[0].events] == ["too long ago to count"]


def test_a_notice_that_ends_is_time_passing(log: EventLog, unpaid: Scorecard) -> None:
    record(log, event("bill.unpaid", "2026-11-02", "1", due_date="2026-10-01"))
    record(log, event("mark.counts_from", "2026-11-03", "2", target="1", date="2026-11-20"))
    found = change(unpaid, log, AS_OF, date(2026, 12, 6))
    assert causes(found) == {"time": -10}
    assert [(e.effect, e.by) for e in only(found).causes[0].events] == [("counts now", None)]


def test_an_answer_that_grows_with_time_needs_no_event(tmp_path: Path, log: EventLog) -> None:
    old = card(
        tmp_path,
        {
            "age": {
                "measure": {"age_of_oldest": {"unit": "months"}},
                "attributes": [{"below": 2, "points": 0}, {"points": 7}],
                "missing": {"points": 0},
            }
        },
    )
    record(log, event("bill.paid", "2026-10-02", "1", days_late=0))
    found = change(old, log, AS_OF, date(2026, 12, 6))
    assert causes(found) == {"time": 7}
    assert only(found).causes[0].events == ()


def test_what_happened_since_is_new_even_if_it_was_recorded_before(log: EventLog, unpaid: Scorecard) -> None:
    record(log, event("bill.unpaid", "2026-10-20", "1", due_date="2026-10-01"))
    found = change(unpaid, log, date(2026, 10, 6), AS_OF)
    assert causes(found) == {"new": -10}
    assert [e.effect for e in only(found).causes[0].events] == ["happened"]


def test_a_new_version_has_lines_of_its_own_and_other_base_points(tmp_path: Path, log: EventLog) -> None:
    first = card(tmp_path, {"unpaid": UNPAID, "gone": UNPAID})
    second = card(
        tmp_path,
        {"unpaid": UNPAID, "fresh": UNPAID | {"attributes": [{"points": 4}]}},
        points_base=120,
        version=2,
    )
    record(log, event("bill.paid", "2026-10-02", "1", days_late=0))
    found = change(second, log, earlier=first)
    lines = {line.characteristic: line for line in found.lines}
    assert (found.points, found.base, causes(found)) == (14, 20, {"version": 14})
    assert {name: line.points for name, line in lines.items()} == {"unpaid": 0, "fresh": 4, "gone": -10}
    assert (lines["fresh"].before, lines["gone"].after) == (None, None)
    assert [name for name, line in lines.items() if line.moved] == ["fresh", "gone"]
    assert lines["unpaid"].causes == ()


def test_a_crossing_tells_the_events_of_what_it_crosses(tmp_path: Path, log: EventLog) -> None:
    crossing = {
        "measure": {"cross": ["a", "b"]},
        "attributes": [{"when": {"a": {"at_least": 1}}, "points": 5}, {"points": 0}],
    }
    plain = UNPAID | {"attributes": [{"points": 0}]}
    crossed = card(tmp_path, {"a": plain, "b": plain, "both": crossing})
    record(log, event("bill.paid", "2026-10-02", "0", days_late=0))
    record(log, event("bill.unpaid", "2026-10-02", "1", due_date="2026-10-01"), now=AFTERWARDS)
    found = change(crossed, log)
    (cause,) = found.lines[2].causes
    assert (cause.name, cause.points, [e.event_id for e in cause.events]) == ("late", 5, ["1"])


@pytest.mark.parametrize("later", [None, "few"])
def test_from_or_to_no_score_there_are_lines_and_causes_but_no_numbers(
    tmp_path: Path, log: EventLog, later: str | None
) -> None:
    scored = card(tmp_path, {"unpaid": UNPAID}, scorable_when=[ENOUGH])
    record(log, event("bill.unpaid", "2026-10-02", "1", due_date="2026-10-01"))
    if later is None:
        record(log, event("bill.paid", "2026-10-03", "2", days_late=0), now=AFTERWARDS)
    found = change(scored, log, AS_OF, date(2026, 12, 6))
    assert (found.before.unscorable, found.after.unscorable) == ("few", later)
    assert (found.points, set(found.causes.values())) == (None, {None})
    assert only(found).points is None
    assert [(cause.name, cause.points) for cause in only(found).causes] == [("time", None)]


def test_an_attribute_without_a_score_has_no_number_either(tmp_path: Path, log: EventLog) -> None:
    attributes = [{"below": 1, "points": 10}, {"unscorable": "owes"}]
    scored = card(
        tmp_path, {"unpaid": UNPAID | {"attributes": attributes}}, reasons={"owes": "Something is owed."}
    )
    record(log, event("bill.paid", "2026-10-02", "1", days_late=0))
    record(log, event("bill.unpaid", "2026-10-03", "2", due_date="2026-10-01"), now=AFTERWARDS)
    found = change(scored, log)
    assert (found.points, found.after.unscorable) == (None, "owes")
    assert [cause.name for cause in only(found).causes] == ["late"]


def test_a_change_is_told_forwards_only(log: EventLog, unpaid: Scorecard) -> None:
    record(log, event("bill.paid", "2026-10-02", "1", days_late=0))
    with pytest.raises(UsageError, match="after the later one's 2026-10-06"):
        change(unpaid, log, AS_OF, date(2026, 10, 6))
    moments = Moment(AS_OF, LATER), Moment(AS_OF, KNOWN_THEN)
    with pytest.raises(UsageError, match="as known at 2026-11-20T00:00:00Z, after"):
        explain_change(unpaid, log, "ana", moments)


def test_of_whom_nothing_was_known_there_is_no_earlier_statement(log: EventLog, unpaid: Scorecard) -> None:
    record(log, event("bill.paid", "2026-10-02", "1", days_late=0), now=AFTERWARDS)
    with pytest.raises(PersonNotFoundError, match="2026-11-06T12:00:00Z"):
        change(unpaid, log)


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32 - 1))
def test_causes_add_up_to_lines_and_lines_to_the_change_of_the_score(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        versions = [random_scorecard(chance, folder) for _ in range(3)]
        rows = random_rows(chance, max(DATES))
        chance.shuffle(rows)
        log = EventLog.create(folder / "log")
        half = len(rows) // 2
        for part, hours in ((rows[:half], 0), (rows[half:], 12)):
            import_rows(log, part, RECORDED + timedelta(hours=hours))
        then = (RECORDED + timedelta(hours=6)).replace(tzinfo=None)
        for person in [who for who in PEOPLE if log.events_of(who, then)] * 4:
            first, second = sorted(chance.choice(DATES) for _ in range(2))
            earlier, later = chance.choice(versions), chance.choice(versions)
            moments = Moment(first, chance.choice([then, LATER])), Moment(second, LATER)
            _adds_up(explain_change(later, log, person, moments, earlier), log, earlier, later)


def _adds_up(found: Change, log: EventLog, earlier: Scorecard, later: Scorecard) -> None:
    scores = []
    for said, scorecard in ((found.before, earlier), (found.after, later)):
        moment = Moment(said.as_of, said.known_at, said.snapshot)
        row = evaluate(scorecard, log.vocabulary, log.events_of(said.person_id), moment)
        assert (said.score, [line.points for line in said.lines]) == (
            row.score,
            [line.points for line in row.lines],
        )
        scores.append(row.score)
    if None in scores:
        assert found.points is None
        assert all(cause.points is None for line in found.lines for cause in line.causes)
        return
    assert found.points == scores[1] - scores[0] == sum(found.causes.values())  # type: ignore[operator,arg-type]
    assert found.points == found.base + sum(line.points or 0 for line in found.lines)
    for line in found.lines:
        sides = [0 if side is None else side.points or 0 for side in (line.before, line.after)]
        assert line.points == sides[1] - sides[0] == sum(cause.points or 0 for cause in line.causes)
    if earlier is later:
        assert (found.base, found.causes["version"]) == (0, 0)
    if found.before.as_of == found.after.as_of:
        assert (found.causes["time"], found.causes["new"]) == (0, 0)


def test_an_instant_is_told_as_precisely_as_it_was_sent(log: EventLog, unpaid: Scorecard) -> None:
    record(log, event("bill.paid", "2026-10-02", "1", days_late=0))
    record(log, event("bill.unpaid", "2026-10-02T10:00:00Z", "2", due_date="2026-10-01"), now=AFTERWARDS)
    (told,) = only(change(unpaid, log)).causes[0].events
    assert told.occurred_at == "2026-10-02T10:00:00Z"
    assert datetime.fromisoformat(told.occurred_at).tzinfo == UTC
