"""Webhooks are signed, tried again for three days under one id, and stop when they are told to."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from credence.server.jobs.deliveries import deliver
from credence.server.services.contesting import outbox
from credence.server.services.contesting.webhooks.retries import TRIES
from credence.server.services.people import known_as
from tests.server.harness import run
from tests.server.services.contesting.case import Case, case
from tests.server.services.contesting.webhooks.receiver import CLOSED, receiver


async def endpoint(one: Case, url: str, *kinds: str) -> dict[str, str]:
    """An endpoint of a new partner, with its secret and the partner's id."""
    partner, one.headers["partner"] = await one.here.party("partner", "webhooks.write", "feed.read")
    body = {"url": url, "kinds": list(kinds)}
    added: dict[str, str] = await one.ask("partner", "POST", "/webhook-endpoints", json=body)
    return {"partner": partner.id} | added


async def tell(one: Case, partner: str, kind: str = "score.changed") -> str:
    async with one.here.as_() as context:
        return await outbox.add(context, kind, partner, one.person.id, scorecard="suining")


def test_a_webhook_is_thin_and_signed_with_each_live_secret(database: str, folder: Path) -> None:
    async def work() -> None:
        # The receiver's library looks at its own clock.
        now = datetime.now(UTC)
        async with case(database, folder, private_webhooks=True) as one, receiver() as there:
            one.here.clock.instant = now
            given = await endpoint(one, there.url)
            path = f"/webhook-endpoints/{given['endpoint_id']}"
            newer = (await one.ask("partner", "POST", f"{path}/secrets"))["secret"]
            event = await tell(one, given["partner"])
            assert await deliver(one.here.state, now) == 1
            headers, body = there.came[0]
            said = Webhook(given["secret"]).verify(body, headers)
            assert said == Webhook(newer).verify(body, headers)
            async with one.here.as_() as context:
                known = await known_as(context, given["partner"], one.person.id)
            assert said["type"] == "score.changed"
            assert said["data"] == {
                "event_id": event, "person": known, "sequence": 1, "scorecard": "suining",
            }  # fmt: skip
            assert one.person.id not in body
            assert headers["webhook-id"] == event
            assert headers["host"].startswith("localhost:")
            assert (await one.ask("partner", "GET", "/webhook-endpoints"))[0]["secrets"] == 2
            await one.ask("partner", "DELETE", f"{path}/secrets/old")
            await tell(one, given["partner"])
            await deliver(one.here.state, now)
            Webhook(newer).verify(there.came[1][1], there.came[1][0])
            with pytest.raises(WebhookVerificationError):
                Webhook(given["secret"]).verify(there.came[1][1], there.came[1][0])
            assert json.loads(there.came[1][1])["data"]["sequence"] == 2

    run(work())


def test_what_fails_is_tried_again_under_the_same_id_until_it_is_taken(database: str, folder: Path) -> None:
    async def work() -> None:
        async with (
            case(database, folder, private_webhooks=True) as one,
            receiver(500, CLOSED, 302, 404) as there,
        ):
            given = await endpoint(one, there.url)
            event = await tell(one, given["partner"])
            await until_quiet(one)
            assert [headers["webhook-id"] for headers, _ in there.came] == [event] * 5
            (delivery,) = await logged(one)
            assert (delivery["state"], delivery["tries"]) == ("delivered", 5)
            assert [(a_try["status"], a_try["why"]) for a_try in delivery["log"]] == [
                (500, None), (None, "RemoteProtocolError"), (302, None), (404, None), (204, None),
            ]  # fmt: skip

    run(work())


async def logged(one: Case) -> list[dict[str, Any]]:
    """The delivery log of the partner."""
    return list((await one.ask("partner", "GET", "/deliveries"))["data"])


async def until_quiet(one: Case, hours: float = 30) -> list[datetime]:
    """Deliver whenever something is due; the instants of it."""
    done: list[datetime] = []
    while True:
        async with one.here.as_() as context:
            waiting = "SELECT min(next_at) FROM deliveries WHERE state = 'waiting'"
            due = await context.connection.fetchval(waiting)
        if due is None:
            return done
        assert due <= one.here.clock() + timedelta(hours=hours)
        one.here.clock.instant = max(due, one.here.clock())
        assert await deliver(one.here.state, one.here.clock()) == 1
        done.append(one.here.clock())


def test_who_never_answers_is_given_up_after_three_days_and_may_have_it_again(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder, private_webhooks=True) as one, receiver(*[503] * 10) as there:
            given = await endpoint(one, there.url)
            await tell(one, given["partner"])
            tried = await until_quiet(one)
            assert len(tried) == len(there.came) == TRIES
            assert timedelta(hours=75) < tried[-1] - tried[0] < timedelta(hours=84)
            (delivery,) = await logged(one)
            assert delivery["state"] == "given_up"
            replayed = await one.ask("partner", "POST", f"/deliveries/{delivery['delivery_id']}/replays")
            await until_quiet(one)
            (newest, _) = await logged(one)
            assert (newest["delivery_id"], newest["state"]) == (replayed["id"], "delivered")
            assert there.came[-1][0]["webhook-id"] == delivery["event_id"]

    run(work())


def test_an_endpoint_that_is_gone_is_disabled_until_it_is_enabled(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder, private_webhooks=True) as one, receiver(410) as there:
            given = await endpoint(one, there.url)
            path = f"/webhook-endpoints/{given['endpoint_id']}"
            for _ in range(2):
                await tell(one, given["partner"])
            assert await deliver(one.here.state, one.here.clock()) == 2
            assert {delivery["state"] for delivery in await logged(one)} <= {"given_up", "delivered"}
            (shown,) = await one.ask("partner", "GET", "/webhook-endpoints")
            assert shown["why_disabled"] == "it answered 410 (gone)"
            count = len(await logged(one))
            await tell(one, given["partner"])
            assert len(await logged(one)) == count
            assert await one.refused("partner", "POST", f"{path}/tests") == (409, "conflict")
            await one.ask("partner", "POST", f"{path}/enabled")
            await one.ask("partner", "POST", f"{path}/tests")
            assert await deliver(one.here.state, one.here.clock()) == 1
            assert json.loads(there.came[-1][1])["type"] == "endpoint.test"
            feed = (await one.ask("partner", "GET", "/feed"))["data"]
            assert [event["type"] for event in feed] == ["score.changed"] * 3

    run(work())


def test_a_worker_that_died_leaves_its_claims_to_others(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder, private_webhooks=True) as one, receiver() as there:
            given = await endpoint(one, there.url, "freeze.set", "score.changed")
            await tell(one, given["partner"], "freeze.lifted")
            assert await deliver(one.here.state, one.here.clock()) == 0
            await tell(one, given["partner"])
            await died_with_claims(one)
            assert await deliver(one.here.state, one.here.clock()) == 0
            one.here.clock.move(minutes=3)
            assert await deliver(one.here.state, one.here.clock()) == 1
            assert len(there.came) == 1

    run(work())


async def died_with_claims(one: Case) -> None:
    """What a worker leaves that claims and then dies."""
    async with one.here.as_() as context:
        leased = context.now + timedelta(minutes=2)
        await context.connection.execute("UPDATE deliveries SET next_at = $1", leased)
