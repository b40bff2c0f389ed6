"""A furnisher's first page: what waits, how good it is what was sent, and what may be sent."""

from pathlib import Path

from credence.server.services.access import members
from tests.server.harness import bureau, run
from tests.server.people import of_cookie
from tests.server.sending import sending
from tests.server.services.contesting.case import case
from tests.server.web.person.visits import HERE, Visit

KINDS = "UPDATE furnishers SET kinds = '{bill.paid,bill.unpaid}' WHERE furnisher_id = $1"


def test_the_desk_says_what_waits_and_how_good_it_is_what_was_sent(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            visit = Visit(here, power.headers)
            page = await visit.see("/furnisher")
            assert "Nothing waits." in page
            assert "You have sent nothing yet." in page
            assert "All " in page
            rows = power.bill(1), power.bill(2, kind="bill.lost"), power.unpaid(3)
            await power.taken(*rows)
            await power.taken(power.bill(1), power.bill(1, 5))
            await power.send(power.bill(4))
            async with here.as_() as context:
                await context.connection.execute(KINDS, power.furnisher.id)
            page = await visit.see("/furnisher")
            assert "Of 5 rows, 3 were taken." in page
            assert "Events of your programs on their way: 1" in page
            assert "Events against people that do not count yet: 1" in page
            assert "Taken 2 Sent again, the same 1 Sent again, with other content, and refused 1" in page
            assert "bill.unpaid" in page
            assert "All " not in page

    run(work())


def test_the_first_dispute_is_told_with_its_days(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as there:
            await there.have("e1", "e2")
            visit = Visit(there.here, there.headers["furnisher"])
            await there.open("e1")
            there.here.clock.move(days=1)
            await there.open("e2")
            page = await visit.see("/furnisher")
            assert "Disputes without your answer: 2" in page
            assert "by 4 December 2026, in 27 days" in page
            there.here.clock.move(days=27)
            assert "The first must be answered today (4 December 2026)." in await visit.see("/furnisher")
            there.here.clock.move(days=1)
            assert "The day of the first has passed" in await visit.see("/furnisher")

    run(work())


def test_a_member_comes_in_by_a_link_and_does_what_they_may(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, sandbox=True) as here:
            power = await sending(here)
            async with here.as_() as context:
                wanted = ["disputes.read"]
                _, secret = await members.invite(context, ("furnisher", power.furnisher.id), "Mia", wanted)
            reply = await here.client.post(f"/enter/{secret}", headers=HERE)
            assert reply.headers["Location"] == "/furnisher"
            mia = Visit(here, of_cookie(reply))
            assert "What waits for you" in await mia.see("/furnisher")
            assert "No dispute waits" in await mia.see("/furnisher/disputes")
            await mia.see("/furnisher/send", 403)

    run(work())


def test_the_first_page_leads_a_furnisher_to_its_desk_and_nobody_else(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            reply = await here.client.get("/", headers=Visit(here, power.headers).headers)
            assert reply.headers["Location"] == "/furnisher"
            await Visit(here, power.ana_headers).see("/furnisher", 403)
            nobody = await here.client.get("/furnisher")
            assert nobody.headers["Location"] == "/sign-in?to=/furnisher"

    run(work())
