"""Everything can be taken along by its owner, after a fresh sign-in: JSON, CSV, and a statement as a PDF."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import msgspec

from credence.server.services import tokens
from tests.server.harness import run
from tests.server.web.person.explained import Desk, desk, explained


def test_everything_can_be_taken_along(database: str, folder: Path) -> None:
    async def it() -> None:
        async with explained(database, folder) as there:
            ana = desk(there, "ana")
            assert "Sign in again" in await ana.get("/me/download")
            await ana.get("/me/download/everything.json", 403)
            async with there.here.as_() as context:
                actor = there.people["ana"][0]
                token, _ = await tokens.issue(context, actor, timedelta(days=1), "session")
            fresh = Desk(there.here.client, token)
            assert "/me/download/everything.zip" in await fresh.get("/me/download")
            everything = msgspec.json.decode(await fresh.get("/me/download/everything.json"))
            assert len(everything["events"]) == 15
            reply = await there.here.client.get("/me/download/everything.zip", headers=fresh.headers())
            assert reply.headers["content-disposition"] == 'attachment; filename="credence.zip"'
            with zipfile.ZipFile(io.BytesIO(reply.content)) as held:
                assert "events.csv" in held.namelist()
            for path in (
                "/me/statement.pdf",
                "/me/statement.pdf?language=zh",
                "/me/statement.pdf?as_of=2020-01-01",
            ):
                paper = await there.here.client.get(path, headers=ana.headers())
                assert paper.content.startswith(b"%PDF")
                assert paper.headers["content-type"] == "application/pdf"

    run(it())
