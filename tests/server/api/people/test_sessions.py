"""Where somebody is signed in is theirs to see and to end; a session ends by itself after thirty days."""

from pathlib import Path

from credence.server.services.context import Actor
from tests.server.harness import Bureau, bureau, run
from tests.server.people import audited, headers, person


async def later(here: Bureau, actor: Actor) -> dict[str, str]:
    here.clock.move(seconds=1)
    return await headers(here, actor)


def test_sessions_are_seen_and_ended_one_by_one_or_all(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            own, second, third = [await later(here, ana) for _ in range(3)]
            rows = (await here.client.get("/v1/sessions", headers=own)).json()["data"]
            assert [row["here"] for row in rows] == [True, False, False]
            ended = await here.client.delete(f"/v1/sessions/{rows[1]['id']}", headers=own)
            assert ended.status_code == 204
            assert (await here.client.get("/v1/sessions", headers=second)).status_code == 401
            again = await here.client.delete(f"/v1/sessions/{rows[1]['id']}", headers=own)
            assert again.status_code == 404
            out = await here.client.delete("/v1/sessions/current", headers=third)
            assert out.status_code == 204
            assert 'credence_session=""' in out.headers["set-cookie"]
            assert (await here.client.get("/v1/sessions", headers=third)).status_code == 401
            assert (await here.client.delete("/v1/sessions", headers=own)).status_code == 204
            assert (await here.client.get("/v1/sessions", headers=own)).status_code == 401
            assert (await audited(here, ana))[-1] == "session.all_ended"

    run(work())


def test_nobody_ends_somebody_elses_session(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            own = await headers(here, await person(here))
            other = await headers(here, await person(here, "ben@example.org", 2))
            (row,) = (await here.client.get("/v1/sessions", headers=own)).json()["data"]
            path = f"/v1/sessions/{row['id']}"
            assert (await here.client.delete(path, headers=other)).status_code == 404
            assert (await here.client.delete(path)).status_code == 401
            assert (await here.client.get("/v1/sessions", headers=own)).status_code == 200

    run(work())


def test_a_session_ends_after_thirty_days_and_is_a_cookie_too(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            own = await headers(here, await person(here))
            token = own["Authorization"].removeprefix("Bearer ")
            cookie = {"Cookie": f"credence_session={token}"}
            (row,) = (await here.client.get("/v1/sessions", headers=cookie)).json()["data"]
            assert row["here"]
            here.clock.move(days=30)
            assert (await here.client.get("/v1/sessions", headers=cookie)).status_code == 401

    run(work())
