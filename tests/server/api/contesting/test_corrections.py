"""Corrections: scores move at once, who had read them is told, and what was wrong does not come back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from credence.server.services.contesting import tombstones
from credence.server.services.context import Actor
from credence.server.services.people import known_as
from credence.server.services.reading import evaluations, inquiries
from credence.server.services.reading.grants import Grant
from tests.server.harness import run
from tests.server.services.contesting.case import CARD, Case, case, missed

MONTHS = (date(2026, 10, 6), date(2026, 11, 6))


async def read_by(one: Case, partner: Actor, month: date, level: str = "score") -> None:
    """A partner reads the score of a month."""
    grant = Grant(one.person.id, f"log-{one.person.id}", partner, "rental_deposit", level, "con_1")
    async with one.here.as_(partner) as context:
        told = {"scorecard": CARD, "as_of": month, "known_at": context.now, "score": 1}
        await inquiries.record(context, grant, told)


async def published(one: Case) -> None:
    """Scores of two months: the event lies between them."""
    async with one.here.as_() as context:
        later = replace(context, now=datetime(2026, 11, 7, tzinfo=UTC))
        for month in MONTHS:
            await evaluations.again(later, one.here.state.log, one.person.id, CARD, "test", month)


def test_who_had_read_a_score_that_a_correction_changes_is_told_and_nobody_else(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            one.here.clock.move(days=1)
            await published(one)
            reader, one.headers["reader"] = await one.here.party("partner", "feed.read")
            earlier, one.headers["earlier"] = await one.here.party("partner", "feed.read")
            await read_by(one, reader, MONTHS[1], "statement")
            await read_by(one, reader, MONTHS[1])
            await read_by(one, earlier, MONTHS[0])
            body = {"person": await known_to(one, one.furnisher), "event_id": "e1"}
            one.here.clock.move(days=1)
            made = await one.ask("furnisher", "POST", "/corrections", json=body)
            (correction,) = (await one.ask("person", "GET", "/corrections"))["data"]
            assert correction["correction_id"] == made["correction_id"]
            assert correction["cause"] == "furnisher"
            assert correction["moved"] == [
                {"scorecard": CARD, "as_of": "2026-11-06", "old": 970, "new": 1000},
                {"scorecard": CARD, "as_of": "2026-11-08", "old": 970, "new": 1000},
            ]
            feed = (await one.ask("reader", "GET", "/feed"))["data"]
            assert [(event["type"], event["sequence"]) for event in feed] == [
                ("score.changed", 1), ("event.corrected", 2),
            ]  # fmt: skip
            assert feed[0]["person"] == await known_to(one, reader) != one.person.id
            assert feed[0]["ids"] == {
                "scorecard": CARD, "as_of": "2026-11-06", "correction_id": made["correction_id"],
            }  # fmt: skip
            assert (await one.ask("earlier", "GET", "/feed"))["data"] == []
            async with one.here.as_() as context:
                newest = "SELECT score FROM evaluations WHERE as_of = $1 ORDER BY known_at DESC LIMIT 1"
                assert await context.connection.fetchval(newest, MONTHS[1]) == 1000
            again = await one.refused("furnisher", "POST", "/corrections", json=body)
            assert again == (409, "conflict")

    run(work())


async def known_to(one: Case, party: Actor) -> str:
    async with one.here.as_(party) as context:
        return await known_as(context, party.id, one.person.id)


def test_a_furnisher_corrects_only_what_it_sent_and_a_reviewer_anything(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            await one.have("x1", "x2", furnisher="imported")
            person = await known_to(one, one.furnisher)
            for body in (
                {"person": one.person.id, "event_id": "e1"},
                {"person": person, "event_id": "x1"},
                {"person": person, "event_id": "x1", "furnisher": "imported"},
                {"person": person, "event_id": "nothing"},
            ):
                refused = await one.refused("furnisher", "POST", "/corrections", json=body)
                assert refused == (404, "not_found")
            first = {"person": one.person.id, "event_id": "x1", "furnisher": "imported"}
            right = {
                "event_id": "b2", "kind": "repayment.missed", "occurred_at": "2026-10-21",
                "reported_at": "2026-11-01T00:00:00Z", "fields": {"account": "a1", "due_date": "2026-10-21"},
            }  # fmt: skip
            for more in ({}, {"event_id": "x2", "replacement": right}):
                one.here.clock.move(minutes=1)
                await one.ask("reviewer", "POST", "/corrections", json=first | more)
            page = await one.ask("person", "GET", "/corrections?limit=1")
            assert (page["data"][0]["event_id"], page["data"][0]["replaced_by"]) == ("x2", "b2")
            rest = await one.ask("person", "GET", f"/corrections?limit=1&after={page['next_cursor']}")
            assert rest["data"][0]["event_id"] == "x1"
            assert await one.refused("person", "POST", "/corrections", json=first) == (403, "not_allowed")

    run(work())


def test_what_was_taken_back_comes_again_only_with_the_furnishers_certification(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            log_id = f"log-{one.person.id}"
            same = missed(log_id, one.furnisher.id, "e1-again", account="e1")
            rows = [
                same,
                same | {"occurred_at": "2026-10-20T08:00:00+00:00", "amount": None},
                same | {"occurred_at": "2026-10-21"},
                same | {"account": "other"},
                same | {"occurred_at": "some day"},
                missed("log-other", one.furnisher.id, "e9", account="e1"),
            ]
            async with one.here.as_() as context:
                assert await tombstones.refuses(context, one.furnisher.id, rows) == frozenset()
            dispute = await one.open("e1")
            await one.answer("furnisher", dispute, "unverifiable")
            async with one.here.as_(one.furnisher) as context:
                assert await tombstones.refuses(context, one.furnisher.id, rows) == {0, 1}
                assert await tombstones.refuses(context, "another", rows) == frozenset()
            fields = {"account": "e1", "due_date": "2026-10-20"}
            event = {"event_id": "e1-again", "kind": "repayment.missed", "occurred_at": "2026-10-20"}
            body = {"person": one.person.id, "event": event | {"fields": fields}}
            refused = await one.refused("furnisher", "POST", "/certifications", json=body)
            assert refused == (404, "not_found")
            body["person"] = await known_to(one, one.furnisher)
            await one.ask("furnisher", "POST", "/certifications", json=body)
            async with one.here.as_(one.furnisher) as context:
                assert await tombstones.refuses(context, one.furnisher.id, rows) == frozenset()

    run(work())
