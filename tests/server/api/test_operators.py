"""An operator signs in once with a link, and is an operator for a day's work."""

from pathlib import Path

from credence.server.services.access import parties
from tests.server.harness import bureau, run


def test_a_link_signs_in_once_within_a_day(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            _, headers = await here.party("operator", "admin")
            said = {"name": "Ben", "roles": ["reviewer"]}
            ben = (await here.client.post("/v1/operators", json=said, headers=headers)).json()
            secret = {"secret": ben["sign_in_link"]}
            told = await here.client.post("/v1/operators/sign-in", json=secret)
            assert (told.json()["operator_id"], told.json()["roles"]) == (ben["id"], ["reviewer"])
            assert "HttpOnly" in told.headers["set-cookie"]
            again = await here.client.post("/v1/operators/sign-in", json=secret)
            assert (again.status_code, again.json()["code"]) == (401, "not_signed_in")
            who = {"Authorization": f"Bearer {told.json()['token']}"}
            assert (await here.client.get("/v1/whoami", headers=who)).json()["scopes"] == ["reviewer"]
            assert (await here.client.get("/v1/whoami")).json()["id"] == ben["id"]  # by the cookie
            names = [
                one["name"]
                for one in (await here.client.get("/v1/operators", headers=headers)).json()["data"]
            ]
            assert "Ben" in names
            await here.client.delete(f"/v1/operators/{ben['id']}", headers=headers)
            assert (await here.client.get("/v1/whoami", headers=who)).status_code == 401

    run(work())


def test_an_old_link_is_of_no_use_and_neither_is_that_of_somebody_who_left(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            async with here.as_() as context:
                ada = await parties.add(context, "operator", "Ada", ["admin"])
                assert await parties.operator_named(context, "Ada") == ada
                old = await parties.sign_in_link(context, ada)
            here.clock.move(days=1)
            told = await here.client.post("/v1/operators/sign-in", json={"secret": old})
            assert told.status_code == 401
            async with here.as_() as context:
                new = await parties.sign_in_link(context, ada)
                await parties.end(context, "operator", ada)
            told = await here.client.post("/v1/operators/sign-in", json={"secret": new})
            assert told.status_code == 401

    run(work())
