"""Endpoints of webhooks: a partner's own, where they may be, and gone when they are removed."""

from pathlib import Path

from credence.server.jobs.deliveries import deliver
from tests.server.harness import run
from tests.server.services.contesting.case import case

ENDPOINTS = "/webhook-endpoints"
OPEN = {"url": "https://example.org/hooks"}


def test_an_endpoint_lies_in_the_open_and_listens_to_kinds_that_there_are(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            _, one.headers["partner"] = await one.here.party("partner", "webhooks.write")
            for body in (
                {"url": "http://example.org/"},
                {"url": "https://169.254.169.254/"},
                OPEN | {"kinds": ["gossip"]},
                OPEN | {"more": 1},
            ):
                refused = await one.refused("partner", "POST", ENDPOINTS, json=body)
                assert refused == (422, "invalid_request")
            added = await one.ask("partner", "POST", ENDPOINTS, json=OPEN | {"kinds": ["freeze.set"]})
            assert added["secret"].startswith("whsec_")
            (shown,) = await one.ask("partner", "GET", ENDPOINTS)
            assert (shown["url"], shown["kinds"], shown["secrets"]) == (OPEN["url"], ["freeze.set"], 1)
            assert added["secret"] not in str(shown)
            for _ in range(19):
                await one.ask("partner", "POST", ENDPOINTS, json=OPEN)
            assert await one.refused("partner", "POST", ENDPOINTS, json=OPEN) == (409, "conflict")

    run(work())


def test_an_endpoint_is_its_partners_alone(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder, private_webhooks=True) as one:
            for name in ("partner", "other"):
                _, one.headers[name] = await one.here.party("partner", "webhooks.write")
            _, one.headers["keyless"] = await one.here.party("partner")
            added = await one.ask("partner", "POST", ENDPOINTS, json={"url": "http://127.0.0.1:9/"})
            path = f"{ENDPOINTS}/{added['endpoint_id']}"
            await one.ask("partner", "POST", f"{path}/tests")
            (delivery,) = (await one.ask("partner", "GET", f"/deliveries?endpoint={added['endpoint_id']}"))[
                "data"
            ]
            for method, where in (
                ("DELETE", path),
                ("DELETE", f"{path}/secrets/old"),
                ("POST", f"{path}/secrets"),
                ("POST", f"{path}/tests"),
                ("POST", f"{path}/enabled"),
                ("POST", f"/deliveries/{delivery['delivery_id']}/replays"),
            ):
                assert await one.refused("other", method, where) == (404, "not_found")
                assert await one.refused("keyless", method, where) == (403, "not_allowed")
            assert (await one.ask("other", "GET", ENDPOINTS)) == []
            assert (await one.ask("other", "GET", "/deliveries"))["data"] == []

    run(work())


def test_nothing_is_sent_any_more_to_what_was_removed_or_has_become_private(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            _, one.headers["partner"] = await one.here.party("partner", "webhooks.write")
            added = await one.ask("partner", "POST", ENDPOINTS, json={"url": "https://localhost:1/"})
            path = f"{ENDPOINTS}/{added['endpoint_id']}"
            await one.ask("partner", "POST", f"{path}/tests")
            assert await deliver(one.here.state, one.here.clock()) == 1
            async with one.here.as_() as context:
                await context.connection.execute("UPDATE webhook_endpoints SET url = 'https://10.0.0.1/'")
            one.here.clock.move(minutes=1)
            assert await deliver(one.here.state, one.here.clock()) == 1
            page = await one.ask("partner", "GET", "/deliveries?limit=1")
            (delivery,) = page["data"]
            whys = [a_try["why"] for a_try in delivery["log"]]
            assert whys == ["its host has a private address", "10.0.0.1 is a private address."]
            rest = await one.ask("partner", "GET", f"/deliveries?limit=1&after={page['next_cursor']}")
            assert rest == {"data": [], "next_cursor": None}
            await one.ask("partner", "DELETE", path)
            one.here.clock.move(days=1)
            assert await deliver(one.here.state, one.here.clock()) == 0
            assert await one.ask("partner", "GET", ENDPOINTS) == []

    run(work())
