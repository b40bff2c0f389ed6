"""A correction among the events that a furnisher sends is followed like any other: at once, and once."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from credence.server.jobs import receipts
from credence.server.services import tokens
from credence.server.services.context import Actor
from credence.server.services.furnishing import log_writer
from credence.server.services.people import known_as
from credence.server.services.reading import evaluations
from tests.server.harness import run
from tests.server.services.contesting.case import CARD, Case, case

LAST_MONTH, TODAY = date(2026, 10, 21), date(2026, 11, 6)
SCOPES = ("events.write", "receipts.read", "disputes.read", "disputes.write")
PARTNER = ("scores.read", "feed.read")


@dataclass
class Sender:
    """The furnisher of a case with a key to send events, and partners who read."""

    one: Case
    person: str

    def back(self, event_id: str, name: str | None = None) -> dict[str, Any]:
        """The row that takes an event back."""
        row = {"event_id": name or f"{event_id}-back", "person": self.person, "kind": "mark.retracts"}
        return row | {"occurred_at": str(TODAY), "retracts": event_id}

    def right(self, event_id: str, **said: object) -> dict[str, Any]:
        """The row that says that an instalment was paid after all."""
        row = {"event_id": f"{event_id}-right", "person": self.person, "kind": "repayment.made"}
        fields = {"account": event_id, "due_date": "2026-10-18", "days_late": 2}
        return row | {"occurred_at": "2026-10-20", "replaces": event_id, "fields": fields} | said

    async def take(self, *rows: dict[str, Any]) -> list[str]:
        """Send rows, have them taken into the log, and say what became of each."""
        receipt = (await self.one.ask("furnisher", "POST", "/events", json=list(rows)))["receipt_id"]
        await receipts.take(self.one.here.state, self.one.here.clock())
        found = (await self.one.ask("furnisher", "GET", f"/receipts/{receipt}"))["results"]
        return [result["outcome"] for result in found]

    async def partner(self, name: str, level: str = "score") -> str:
        """A partner with a consent of the person's; the person as it knows them."""
        actor, self.one.headers[name] = await self.one.here.party("partner", *PARTNER)
        wish = {"partner": actor.id, "purpose": "rental_deposit", "level": level, "scorecard": CARD}
        return str((await self.one.ask("person", "POST", "/consents", json=wish))["person"])

    async def read(self, name: str, person: str, level: str = "score") -> dict[str, Any]:
        """What a partner is told of the person's score."""
        body = {"person": person, "purpose": "rental_deposit", "level": level, "scorecard": CARD}
        found: dict[str, Any] = await self.one.ask(name, "POST", "/scores/ask", json=body)
        return found

    async def told(self, name: str) -> list[tuple[str, str | None]]:
        """What a partner finds in its feed of scores and events: kinds and days."""
        feed = (await self.one.ask(name, "GET", "/feed"))["data"]
        wanted = ("score.changed", "event.corrected")
        return [(one["type"], one["ids"].get("as_of")) for one in feed if one["type"] in wanted]

    async def moved(self) -> list[list[tuple[str, int, int]]]:
        """The scores that each correction changed, the latest first."""
        found = (await self.one.ask("person", "GET", "/corrections"))["data"]
        return [[(one["as_of"], one["old"], one["new"]) for one in made["moved"]] for made in found]


async def sender(one: Case) -> Sender:
    here = one.here
    async with here.as_() as context:
        actor = Actor("furnisher", one.furnisher.id, frozenset(SCOPES))
        token, _ = await tokens.issue(context, actor, timedelta(days=400), "live")
        person = await known_as(context, one.furnisher.id, one.person.id)
    one.headers["furnisher"] = {"Authorization": f"Bearer {token}"}
    return Sender(one, person)


async def scored(one: Case) -> None:
    """Scores of two days, in both of which the events count that were sent so far."""
    async with one.here.as_() as context:
        for day in (LAST_MONTH, TODAY):
            await evaluations.again(context, one.here.state.log, one.person.id, CARD, "test", day)


def test_what_is_sent_as_taken_back_moves_scores_at_once_and_readers_are_told(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            one.here.clock.move(minutes=1)
            power = await sender(one)
            await scored(one)
            flats, homes = await power.partner("flats", "statement"), await power.partner("homes")
            assert (await power.read("flats", flats, "statement"))["score"] == 970
            one.here.clock.move(minutes=1)
            assert await power.take(power.back("e1")) == ["accepted"]
            assert (await power.read("homes", homes))["score"] == 1000
            assert (await power.read("flats", flats))["score"] == 1000
            assert await power.told("flats") == [("score.changed", str(TODAY)), ("event.corrected", None)]
            # It has not read it before, and may ask for it now: what it would be told has changed.
            assert await power.told("homes") == [("score.changed", str(TODAY))]
            assert await power.moved() == [[(str(LAST_MONTH), 970, 1000), (str(TODAY), 970, 1000)]]
            (made,) = (await one.ask("person", "GET", "/corrections"))["data"]
            assert (made["cause"], made["event_id"], made["replaced_by"]) == ("furnisher", "e1", None)
            messages = (await one.ask("person", "GET", "/messages"))["data"]
            assert [m["kind"] for m in messages].count("correction.made") == 1
            async with one.here.as_() as context:
                query = "SELECT actor_id FROM audit WHERE what = 'event.corrected' AND person_id = $1"
                assert await context.connection.fetchval(query, one.person.id) == one.furnisher.id

    run(work())


def test_what_was_taken_back_does_not_come_back_and_what_is_sent_twice_is_followed_once(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            power = await sender(one)
            bill: dict[str, Any] = {
                "event_id": "b1",
                "person": power.person,
                "kind": "bill.paid",
                "occurred_at": "2026-09-03",
            }
            bill |= {"fields": {"days_late": 3}}
            assert await power.take(bill, power.back("b1")) == ["accepted", "accepted"]
            one.here.clock.move(minutes=1)
            again = bill | {"event_id": "b2"}
            # The first is known by its id, whatever became of it; the same under another id is refused.
            assert await power.take(bill, power.back("b1"), again) == ["known", "known", "rejected"]
            assert len(await power.moved()) == 1
            named = {"event_id": "b2", "kind": "bill.paid", "occurred_at": "2026-09-03"}
            body = {"person": power.person, "event": named | {"fields": {"days_late": 3}}}
            await one.ask("furnisher", "POST", "/certifications", json=body)
            assert await power.take(again) == ["accepted"]

    run(work())


def test_what_the_log_has_and_a_crash_left_without_consequences_is_followed_with_the_next_try(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            one.here.clock.move(minutes=1)
            power, log_id = await sender(one), f"log-{one.person.id}"
            row = power.back("e1")
            # The process died once the log had the row, before anything followed from it.
            known = {name: value for name, value in row.items() if name != "person"}
            known |= {"furnisher": one.furnisher.id, "person_id": log_id}
            await log_writer.append(one.here.state, [known], one.here.clock())
            assert await power.moved() == []
            assert await power.take(row) == ["known"]
            assert await power.moved() == [[(str(TODAY), 970, 1000)]]

    run(work())


def test_corrections_that_come_at_once_change_scores_together(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1", "e2")
            one.here.clock.move(minutes=1)
            power = await sender(one)
            await power.partner("flats")
            rows = power.back("e1"), power.right("e2"), power.back("nothing"), power.back("e1", "e1-twice")
            assert await power.take(*rows) == ["accepted"] * 4
            # Of what names nothing there is nothing to follow.
            assert await power.moved() == [[(str(TODAY), 940, 1000)]] * 3
            assert await power.told("flats") == [("score.changed", str(TODAY))]

    run(work())


def test_nobody_who_could_not_ask_is_told_while_scores_are_frozen(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            one.here.clock.move(minutes=1)
            power = await sender(one)
            await power.partner("flats")
            await one.ask("person", "POST", "/freezes")
            assert await power.take(power.back("e1")) == ["accepted"]
            assert await power.told("flats") == []

    run(work())


def test_a_dispute_is_answered_by_the_furnishers_own_correction(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1", "e2")
            one.here.clock.move(minutes=1)
            power = await sender(one)
            first, second = await one.open("e1"), await one.open("e2", "dates")
            one.here.clock.move(minutes=1)
            assert await power.take(power.back("e1")) == ["accepted"]
            body = {"person": power.person, "event_id": "e2", "replacement": {
                "event_id": "e2-right", "kind": "repayment.made", "occurred_at": "2026-10-20",
                "fields": {"account": "e2", "due_date": "2026-10-18", "days_late": 2},
            }}  # fmt: skip
            await one.ask("furnisher", "POST", "/corrections", json=body)
            for dispute, outcome in ((first, "deleted"), (second, "modified")):
                shown = await one.ask("person", "GET", f"/disputes/{dispute}")
                assert (shown["state"], shown["outcome"]) == ("closed", outcome)
                assert shown["items"][0]["correction_id"] is not None
            assert await one.score(first) == 1000

    run(work())


def test_corrections_in_a_file_are_followed_too(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            one.here.clock.move(minutes=1)
            power = await sender(one)
            text = (
                f"event_id,person,kind,occurred_at,retracts\nb1,{power.person},mark.retracts,2026-11-06,e1\n"
            )
            files = {"file": ("back.csv", text.encode())}
            await one.ask("furnisher", "POST", "/imports", files=files)
            await receipts.take_files(one.here.state, one.here.clock())
            assert await power.moved() == [[(str(TODAY), 970, 1000)]]

    run(work())
