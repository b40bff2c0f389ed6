"""Who looked: others first, what they were told, and "not me", which freezes and is seen from then on."""

import re
from pathlib import Path

from tests.server.harness import run
from tests.server.services.reading.world import world
from tests.server.web.person.visits import Visit


def test_a_look_that_was_not_theirs_is_disowned_and_freezes(database: str, folder: Path) -> None:
    async def it() -> None:
        async with world(database, folder) as here:
            ana, ben = [Visit(here.here, here.people[name][1]) for name in ("ana", "ben")]
            assert "Nobody has looked" in await ana.see("/me/inquiries")
            consent = await here.consent("ana")
            assert (await here.ask(consent["person"], hard=True)).status_code == 200
            await ana.see("/me")
            page = await ana.see("/me/inquiries")
            assert "Whether you must pay a deposit for renting" in page
            assert "Score: " in page
            assert "Your own look" not in page
            assert "Your own look" in await ana.see("/me/inquiries?own=true")
            (look,) = re.findall(r'href="(/me/inquiries/inq_\w+)"', await ana.html("/me/inquiries"))
            one = await ana.see(look)
            assert "You applied for something" in one
            assert consent["id"] in one
            await ben.see(look, 404)
            done = await ana.done(f"{look}/not-me")
            assert "Your scores are frozen now, and the bureau looks into it." in done
            assert "What happens next" in done
            assert "This was not me" in await ana.see("/me/inquiries")
            assert [row["person_id"] for row in await here.audited("inquiry.disowned")] == [
                here.people["ana"][0].id
            ]
            assert (await here.ask(consent["person"])).status_code == 403
            assert "Asked while frozen" in await ana.see("/me/inquiries")
            assert "You said that a look was not yours" in await ana.see("/me/freeze")

    run(it())


def test_the_bureau_looks_into_a_look_that_was_not_theirs(database: str, folder: Path) -> None:
    async def it() -> None:
        async with world(database, folder) as here:
            ana = Visit(here.here, here.people["ana"][1])
            consent = await here.consent("ana")
            inquiry = (await here.ask(consent["person"])).json()["inquiry"]
            await ana.done(f"/me/inquiries/{inquiry}/not-me")
            html = await ana.html(f"/me/inquiries/{inquiry}")
            (dispute,) = re.findall(r'href="(/me/disputes/dis_\w+)"', html)
            page = await ana.see(dispute)
            assert "it is found that nobody was allowed to look" in page
            assert "A look at your score" in page
            assert "It counts" not in page
            room = Visit(here.here, (await here.here.party("operator", "reviewer"))[1])
            seen = dispute.replace("/me", "/operator")
            assert consent["id"] in await room.see(seen)
            said = {"item": f"itm_{dispute.split('_')[1]}_0001", "checked": "The application"}
            await room.done(f"{seen}/answers", outcome="verified", **said)
            assert "Whoever looked was allowed to." in await ana.see(dispute)
            assert "Whoever looked was allowed to." in await ana.see("/me/disputes")
            assert "whoever looked was allowed to" in await ana.see(f"/me/inquiries/{inquiry}")

    run(it())


def test_an_operators_look_comes_with_its_reason_and_ones_own_cannot_be_disowned(
    database: str, folder: Path
) -> None:
    async def it() -> None:
        async with world(database, folder) as here:
            ana = Visit(here.here, here.people["ana"][1])
            _, operator = await here.here.party("operator", "support")
            said = {"person": here.people["ana"][0].id, "scorecard": "everyday"}
            said |= {"reason": "Answering her question"}
            looked = await here.here.client.post("/v1/scores/look", json=said, headers=operator)
            assert looked.status_code == 200, looked.text
            page = await ana.html("/me/inquiries")
            assert "The bureau" in page
            (look,) = re.findall(r'href="(/me/inquiries/inq_\w+)"', page)
            assert "Answering her question" in await ana.see(look)
            here.here.clock.move(minutes=1)
            await ana.see("/me")
            own = re.findall(r'href="(/me/inquiries/inq_\w+)"', await ana.html("/me/inquiries?own=true"))[0]
            assert "not-me" not in await ana.html(own)
            assert (await ana.send(f"{own}/not-me")).status_code == 409

    run(it())
