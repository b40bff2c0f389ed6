"""Whoever watches the bureau learns whether it can serve, and how often what was asked."""

from pathlib import Path
from shutil import rmtree

from tests.server.harness import bureau, run


def test_it_is_ready_while_its_database_and_its_log_are_there(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            assert (await here.client.get("/healthz")).json() == {"status": "ok"}
            assert (await here.client.get("/readyz")).json() == {"status": "ok"}
            rmtree(here.state.settings.log)
            told = await here.client.get("/readyz")
            assert (told.status_code, told.headers["Retry-After"]) == (503, "5")
            await here.state.pool.close()
            assert (await here.client.get("/readyz")).status_code == 503
            assert (await here.client.get("/healthz")).status_code == 200

    run(work())


def test_counts_are_for_whoever_has_the_token(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder / "a") as here:
            assert (await here.client.get("/metrics")).status_code == 404
        async with bureau(database, folder / "b", metrics_token="word") as here:  # noqa: S106 - a test's
            for sent in (b"", b"Bearer other", "Bearer wörd".encode()):
                told = await here.client.get("/metrics", headers=[(b"Authorization", sent)])
                assert told.status_code == 401
            await here.client.get("/v1/partners/par_secret/keys")
            text = (await here.client.get("/metrics", headers={"Authorization": "Bearer word"})).text
            labels = 'method="GET",route="/v1/partners/{party_id}/keys",status="401"'
            assert f"credence_requests_total{{{labels}}} 1.0" in text
            assert "par_secret" not in text

    run(work())
