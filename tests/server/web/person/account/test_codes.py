"""A code for a furnisher, made at a page: shown once, used once."""

from pathlib import Path

from tests.server.harness import bureau, run
from tests.server.web.person.visits import Visit, said


def test_a_code_is_shown_once_and_lets_one_furnisher_know_its_maker(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = Visit(here, (await here.party("person"))[1])
            assert "No company sends here yet." in await ana.see("/me/codes")
            power, headers = await here.party("furnisher", "events.write")
            assert "You made" not in await ana.see("/me/codes")
            reply = await ana.send("/me/codes", furnisher=power.id)
            assert "works once, and ends 7 November 2026" in said(reply)
            code = reply.text.split('<pre tabindex="0">')[1].split("<")[0]
            page = await ana.see("/me/codes")
            assert code not in page
            assert "not used; ends" in page
            desk = Visit(here, headers)
            assert "You know them now" in said(await desk.send("/furnisher/people", code=code))
            assert "used 6 November 2026" in await ana.see("/me/codes")
            assert (await ana.send("/me/codes", furnisher="nobody")).status_code == 404
            assert "Let a company send what it knows" in await ana.see("/me/more")
            await desk.see("/me/codes", 403)

    run(work())
