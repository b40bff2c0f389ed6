"""Whoever asks is known, or told that they are not; what is wrong is told as a problem."""

from pathlib import Path

from tests.server.harness import bureau, run


def test_a_key_says_whose_it_is_and_a_stranger_is_told_to_sign_in(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            actor, headers = await here.party("partner", "scores.read")
            known = await here.client.get("/v1/whoami", headers=headers)
            assert known.json() == {
                "kind": "partner", "id": actor.id, "scopes": ["scores.read"], "test": False,
            }  # fmt: skip
            stranger = await here.client.get("/v1/whoami", headers={"Authorization": "Bearer nonsense"})
            assert (stranger.status_code, stranger.json()["code"]) == (401, "not_signed_in")
            assert stranger.headers["content-type"] == "application/problem+json"
            assert stranger.json()["request_id"] == stranger.headers["x-request-id"]
            nowhere = await here.client.get("/v1/nowhere")
            assert (nowhere.status_code, nowhere.json()["code"]) == (404, "not_found")

    run(work())


def test_a_key_ends_on_its_day(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            _, headers = await here.party("person")
            here.clock.move(days=401)
            assert (await here.client.get("/v1/whoami", headers=headers)).status_code == 401

    run(work())
