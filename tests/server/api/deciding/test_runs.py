"""Runs by the API: proposed by one operator, approved by another."""

from pathlib import Path

from tests.server.harness import run
from tests.server.services.reading.world import world


def test_two_operators_let_readers_have_a_run(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            client = there.here.client
            (_, ada), (_, bo) = [await there.here.party("operator", "risk") for _ in range(2)]
            (shown,) = (await client.get("/v1/runs", headers=ada)).json()["data"]
            assert (shown["state"], shown["proposal_id"], shown["loaded_at"]) == ("waiting", None, None)
            url = f"/v1/runs/{shown['run']}/proposals"
            proposal = (await client.post(url, headers=ada)).json()["proposal_id"]
            place = f"/v1/runs/proposals/{proposal}"
            refused = await client.post(f"{place}/refuse", headers=bo, json={"why": "Too few people"})
            assert refused.status_code == 204
            (shown,) = (await client.get("/v1/runs", headers=bo)).json()["data"]
            assert (shown["state"], shown["proposal_id"]) == ("refused", proposal)
            proposal = (await client.post(url, headers=ada)).json()["proposal_id"]
            place = f"/v1/runs/proposals/{proposal}"
            alone = await client.post(f"{place}/approve", headers=ada)
            assert (alone.status_code, alone.json()["code"]) == (403, "two_people_needed")
            assert (await client.post(f"{place}/approve", headers=bo)).status_code == 204
            (shown,) = (await client.get("/v1/runs", headers=bo)).json()["data"]
            assert shown["state"] == "approved"
            assert (await client.get("/v1/runs", headers=there.people["ana"][1])).status_code == 403

    run(work())
