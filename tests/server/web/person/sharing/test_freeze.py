"""One switch: on and off, with proof, exceptions and alerts; and the bureau's own freezes are seen."""

import re
from pathlib import Path

from credence.server.services.reading import freezes
from tests.server.harness import run
from tests.server.services.reading.world import world
from tests.server.web.person.visits import Visit


def test_one_switch_stops_every_partner_but_those_that_are_excepted(database: str, folder: Path) -> None:
    async def it() -> None:
        async with world(database, folder) as here:
            ana = Visit(here.here, here.people["ana"][1])
            person = (await here.consent("ana"))["person"]
            assert "Your scores are not frozen" in await ana.see("/me/freeze")
            assert "No freeze holds" in await ana.see("/me/freeze/proof")
            for _ in range(2):
                assert "Since 6 November 2026, 09:00 UTC" in await ana.done("/me/freeze", on="yes")
            assert (await here.ask(person)).status_code == 403
            proof = await ana.see("/me/freeze/proof")
            assert re.search(r"Number of the freeze frz_\w{26} ", proof)
            assert "the owner of the account" in proof
            partner = here.partner[0].id
            assert f"{partner} until 13 November 2026" in await ana.done(
                "/me/freeze/exceptions", partner=partner, days="7"
            )
            assert (await here.ask(person)).status_code == 200
            await ana.done(f"/me/freeze/exceptions/{partner}/end")
            assert (await here.ask(person)).status_code == 403
            assert "Freeze: nobody can see" in await ana.done("/me/freeze", on="no", to="/me/more")
            assert (await here.ask(person)).status_code == 200
            assert [len(await here.audited(f"freeze.{what}")) for what in ("set", "lifted")] == [1, 1]

    run(it())


def test_alerts_are_put_on_and_taken_off_and_the_bureaus_freeze_is_seen(database: str, folder: Path) -> None:
    async def it() -> None:
        async with world(database, folder) as here:
            ana = Visit(here.here, here.people["ana"][1])
            assert "until 4 November 2033" in await ana.done("/me/freeze/alerts", kind="extended")
            (lift,) = re.findall(r'action="(/me/freeze/alerts/alr_\w+/lift)"', await ana.html("/me/freeze"))
            assert "The alert is off." in await ana.done(lift)
            assert (await ana.send("/me/freeze/alerts", kind="none")).status_code == 422
            operator, _ = await here.here.party("operator", "admin")
            async with here.here.as_(operator) as context:
                await freezes.freeze_everybody(context, "A key was lost.")
            assert "A key was lost." in await ana.see("/me/freeze")
            assert "Set by the bureau" in await ana.see("/me/freeze/proof")

    run(it())
