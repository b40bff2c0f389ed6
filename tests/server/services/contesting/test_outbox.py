"""The feed: each event once and in order, whoever writes beside it."""

import asyncio
from pathlib import Path

import pytest

from credence.server.services.contesting import outbox
from tests.server.harness import run
from tests.server.services.contesting.case import Case, case


async def told(one: Case, partner: str, person: str | None = None) -> str:
    async with one.here.as_() as context:
        return await outbox.add(context, "freeze.set", partner, person)


def test_who_polls_misses_nothing_that_is_committed_late(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            partner, one.headers["partner"] = await one.here.party("partner", "feed.read")
            async with one.here.as_() as slow:
                first = await outbox.add(slow, "model.published", partner.id, None)
                second = await told(one, partner.id)
                page = await one.ask("partner", "GET", "/feed")
                assert [event["event_id"] for event in page["data"]] == [second]
            page = await one.ask("partner", "GET", f"/feed?after={page['next_cursor']}")
            assert [event["event_id"] for event in page["data"]] == [first]
            assert (page["data"][0]["person"], page["data"][0]["sequence"]) == (None, None)
            end = await one.ask("partner", "GET", f"/feed?after={page['next_cursor']}")
            assert end == {"data": [], "next_cursor": page["next_cursor"]}

    run(work())


def test_events_of_one_person_are_numbered_without_gaps_and_pages_are_in_order(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            partner, one.headers["partner"] = await one.here.party("partner", "feed.read")
            _, one.headers["other"] = await one.here.party("partner", "feed.read")
            await told(one, partner.id, one.person.id)
            await asyncio.gather(*(told(one, partner.id, one.person.id) for _ in range(5)))
            seen, after = [], "0"
            while page := (await one.ask("partner", "GET", f"/feed?limit=2&after={after}"))["data"]:
                assert len(page) == 2
                seen += [event["sequence"] for event in page]
                after = str(len(seen))
            assert seen == [1, 2, 3, 4, 5, 6]
            assert (await one.ask("other", "GET", "/feed"))["data"] == []

    run(work())


def test_the_feed_is_for_partners_with_its_scope(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            _, one.headers["keyless"] = await one.here.party("partner", "scores.read")
            one.headers["nobody"] = {}
            assert await one.refused("keyless", "GET", "/feed") == (403, "not_allowed")
            assert await one.refused("person", "GET", "/feed") == (403, "not_allowed")
            assert await one.refused("nobody", "GET", "/feed") == (401, "not_signed_in")

    run(work())


def test_nothing_that_is_no_kind_of_event_is_told(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one, one.here.as_() as context:
            with pytest.raises(AssertionError, match="no kind of event"):
                await outbox.add(context, "gossip", "par_1", None)

    run(work())
