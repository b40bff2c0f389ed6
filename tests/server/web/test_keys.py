"""Keys at the desks of partners and furnishers: what was added is listed, what was ended opens nothing."""

import json
import re
from pathlib import Path

from joserfc.jwk import ECKey

from credence.server.services.access import members, parties
from tests.server.harness import Bureau, bureau, run
from tests.server.web.person.visits import Visit

HERE = "/partner/keys"


async def status(here: Bureau, key: str, path: str) -> int:
    """What a program is answered that comes with a simple key."""
    return (await here.client.get(f"/v1{path}", headers={"Authorization": f"Bearer {key}"})).status_code


def test_a_simple_key_is_shown_once_does_no_more_than_its_maker_and_ends(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, sandbox=True) as here:
            actor, headers = await here.party("partner", "scores.read", "feed.read")
            visit = Visit(here, headers)
            page = await visit.send(f"{HERE}/test", scopes="feed.read")
            (key,) = set(re.findall(r"test_[\w-]{40,}", page.text))
            assert await status(here, key, "/feed") == 200
            assert await status(here, key, "/offers") == 403
            assert key not in await visit.html(HERE)
            assert (await visit.send(f"{HERE}/test", scopes="decisions.write")).status_code == 403
            assert (await visit.send(f"{HERE}/test", scopes="nothing")).status_code == 422
            (end,) = re.findall(rf'action="({HERE}/test/key_\w+/end)"', await visit.html(HERE))
            stranger = Visit(here, (await here.party("partner"))[1])
            assert (await stranger.send(end)).status_code == 404
            assert "The key has ended" in await visit.done(end)
            assert await status(here, key, "/feed") == 401
            assert (await visit.send(end)).status_code == 404
            async with here.as_() as context:
                query = "SELECT what FROM audit WHERE actor_id = $1 AND what LIKE 'test_key%'"
                said = [row["what"] for row in await context.connection.fetch(query, actor.id)]
            assert sorted(said) == ["test_key_ended", "test_key_made"]

    run(work())


def test_a_public_key_is_added_by_whoever_pastes_it_and_a_private_one_is_not_taken(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            visit = Visit(here, (await here.party("partner", "scores.read", "feed.read"))[1])
            assert "There is no key yet" in await visit.see(HERE)
            assert "Test keys" not in await visit.see(HERE)
            assert (await visit.send(f"{HERE}/test")).status_code == 403
            key = ECKey.generate_key("P-256", private=True)
            public = json.dumps(key.as_dict(private=False) | {"kid": "mine"})
            hidden = str(key.as_dict(private=True)["d"])
            assert "may come" in await visit.done(HERE, jwk=public, scopes="feed.read")
            page = await visit.see(HERE)
            assert key.thumbprint() in page
            for jwk, why in (
                (json.dumps(key.as_dict(private=True)), "This is the private key"),
                ("not a key", "This is no JSON Web Key"),
                (public, "known already"),
            ):
                reply = await visit.send(HERE, jwk=jwk)
                assert (reply.status_code, why in reply.text) == (422, True), why
                assert hidden not in reply.text
            more = json.dumps(ECKey.generate_key("P-256").as_dict(private=False))
            assert (await visit.send(HERE, jwk=more, scopes="decisions.write")).status_code == 403
            (end,) = re.findall(rf'action="({HERE}/[\w-]+/end)"', await visit.html(HERE))
            assert "Ended 6 November 2026" in await visit.done(end)

    run(work())


def test_a_member_of_a_furnisher_makes_keys_at_its_own_desk_and_the_audit_names_them(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder, sandbox=True) as here:
            furnisher, _ = await here.party("furnisher")
            async with here.as_() as context:
                member, secret = await members.invite(context, ("furnisher", furnisher.id), "Ivo", [])
                _, token = await parties.sign_in(context, secret)
            visit = Visit(here, {"Authorization": f"Bearer {token}"})
            await visit.see(HERE, 403)
            page = await visit.send("/furnisher/keys/test")
            (key,) = set(re.findall(r"test_[\w-]{40,}", page.text))
            assert await status(here, key, "/receipts/rcp_none") == 404
            async with here.as_() as context:
                query = "SELECT details->>'member' FROM audit WHERE what = 'test_key_made'"
                assert await context.connection.fetchval(query) == member

    run(work())
