"""What a person is shown that a dispute would do is what it then does, whatever the log went through."""

from datetime import UTC, date, datetime
from pathlib import Path

from credence.engines.moment import Moment
from credence.engines.person import evaluate
from credence.events.log import EventLog
from credence.scorecards.load import load_scorecard
from credence.server.jobs import receipts
from credence.server.jobs.disputes import remind_and_decide
from credence.server.services.contesting.contested import reading
from tests.server.harness import run
from tests.server.services.contesting.case import CARD, Case, case


async def evaluated(one: Case, day: date) -> int | None:
    """The score of a day by the log alone, as it is known now."""

    def work(log: EventLog) -> int | None:
        last = log.snapshot
        assert last is not None
        known_at = max(datetime.now(UTC).replace(tzinfo=None), last.made_at)
        moment = Moment(day, known_at, last.number)
        events = log.events_of(f"log-{one.person.id}")
        return evaluate(load_scorecard(CARD), log.vocabulary, events, moment).score

    return await reading(one.here.state, work)


def test_the_score_if_you_win_is_the_score_once_silence_has_decided(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1", "e2", "e3")
            silent, right = await one.open("e1", "not_mine"), await one.open("e2", "dates")
            preview = {}
            for dispute in (silent, right):
                (preview[dispute],) = await one.ask("person", "GET", f"/disputes/{dispute}/preview")
            told = ("now", "if_deleted", "if_it_stays")
            # The first does not count meanwhile, the second does.
            assert [preview[silent][name] for name in told] == [940, 940, 910]
            assert [preview[right][name] for name in told] == [940, 970, 940]
            one.here.clock.move(minutes=1)
            await one.answer("furnisher", right, "verified")
            await receipts.tidy(one.here.state, one.here.clock())
            due = date.fromisoformat((await one.ask("person", "GET", f"/disputes/{silent}"))["due_on"])
            while one.here.clock().date() < due:
                one.here.clock.move(days=1)
                await remind_and_decide(one.here.state, one.here.clock())
            await receipts.tidy(one.here.state, one.here.clock())
            shown = await one.ask("person", "GET", f"/disputes/{silent}")
            assert shown["items"][0]["answer"] == "silence"
            own = await one.ask("person", "GET", f"/scores/current?scorecard={CARD}")
            assert own["score"] == preview[silent]["if_deleted"] == 940
            # Nothing retracted counts: in no month that it touched, by whatever is read.
            for day in (date(2026, 10, 21), date(2026, 11, 6), due):
                assert await evaluated(one, day) == 940
            statement = await one.ask("person", "GET", f"/statements?scorecard={CARD}")
            (line,) = [one for one in statement["lines"] if one["characteristic"] == "loan_arrears"]
            assert sorted(evidence["event_id"] for evidence in line["evidence"]) == ["e2", "e3"]

    run(work())
