"""Who may come: operators with the role admin add, invite and end."""

from pathlib import Path

from tests.server.harness import Bureau, run
from tests.server.services.reading.world import world
from tests.server.web.person.visits import Visit, said


async def admin(here: Bureau) -> Visit:
    return Visit(here, (await here.party("operator", "admin"))[1])


def test_partners_and_furnishers_are_added_and_ended(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            visit = await admin(there.here)
            for noun, has in (("partners", ["rental_deposit"]), ("furnishers", ["bill.paid"])):
                added = await visit.send(f"/operator/{noun}", name="Wheels", has=has)
                path = added.headers["Location"].split("?")[0]
                assert "It was added" in await visit.see(added.headers["Location"])
                again = await visit.send(f"/operator/{noun}", name="Wheels", has=has)
                assert (again.status_code, "Wheels' already" in said(again)) == (422, True)
                assert (await visit.send(f"{path}/end")).status_code == 422
                assert "token of it has ended" in await visit.done(f"{path}/keys/end")
                assert "It was ended" in await visit.done(f"{path}/end", sure="true")
                assert "Ended" in await visit.see(path)
            nothing = await visit.send("/operator/partners", name="Other")
            assert (nothing.status_code, "needs purposes" in said(nothing)) == (422, True)
            await visit.see("/operator/partners/par_none", 404)

    run(work())


def test_an_operator_gets_an_address_that_is_shown_once(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False, sandbox=True) as there:
            visit = await admin(there.here)
            reply = await visit.send("/operator/operators", name="Bo", has=["risk"])
            secret = reply.text.split("/enter/")[1].split("<")[0]
            assert secret not in await visit.html("/operator/operators")
            entered = await Visit(there.here).send(f"/enter/{secret}")
            assert entered.headers["Location"] == "/operator"
            bo = (await visit.html("/operator/operators")).split("<td>Bo<br>")[1]
            bo_id = bo.split("/operator/operators/")[1].split("/")[0]
            assert "/enter/" in (await visit.send(f"/operator/operators/{bo_id}/link")).text
            assert "It was ended" in await visit.done(f"/operator/operators/{bo_id}/end", sure="true")
            assert (await visit.send(f"/operator/operators/{bo_id}/link")).status_code == 404

    run(work())


def test_an_operator_is_mailed_and_the_last_administrator_stays(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            visit, here = await admin(there.here), "/operator/operators"
            wrong = await visit.send(here, name="Bo", has=["risk"], email="nowhere")
            assert (wrong.status_code, "no mail address" in said(wrong)) == (422, True)
            assert "/enter/" in (await visit.send(here, name="Bo", has=["risk"], email="bo@a.example")).text
            page = await visit.html(here)
            assert "Mails go out to an address" in page
            bo = page.split("<td>Bo<br>")[1].split(f"{here}/")[1].split("/")[0]
            wrong = await visit.send(f"{here}/{bo}/email", email="bo@")
            assert (wrong.status_code, "no mail address" in said(wrong)) == (422, True)
            assert "The mail address is kept" in await visit.done(f"{here}/{bo}/email", email="b@a.example")
            assert "Mails go out to an address" not in await visit.done(f"{here}/{bo}/email", email="")
            (ada,) = {one.split("/")[0] for one in page.split(f"{here}/")[1:]} - {bo, "email", "end", "link"}
            last = await visit.send(f"{here}/{ada}/end", sure="true")
            assert "add another one first" in said(last)
            await visit.see(here)

    run(work())


def test_members_are_invited_and_ended(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            visit, path = await admin(there.here), f"/operator/partners/{there.partner[0].id}"
            reply = await visit.send(f"{path}/members", name="Mia", has=["scores.read"])
            assert "/enter/" in reply.text
            page = await visit.html(path)
            assert "Mia" in page
            member = page.split(f"{path}/members/")[1].split("/")[0]
            assert "no more" in await visit.done(f"{path}/members/{member}/end")
            assert (await visit.send(f"{path}/members/{member}/end")).status_code == 404

    run(work())


def test_whom_a_partner_read_about_is_frozen_after_a_breach(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            known = (await there.consent("ana"))["person"]
            assert (await there.ask(known)).status_code == 200
            visit, path = await admin(there.here), f"/operator/partners/{there.partner[0].id}"
            assert (await visit.send(f"{path}/breach", since="2026-11-01")).status_code == 422
            done = await visit.done(f"{path}/breach", since="2026-11-01", sure="true", keys="true")
            assert "frozen and were told" in done
            assert (await there.see("ana", "/v1/freezes")).json()["frozen"]
            assert not (await there.see("ben", "/v1/freezes")).json()["frozen"]
            assert (await there.ask(known)).status_code == 401
            assert "frozen" in await visit.done(f"{path}/breach", since="2026-11-01", sure="true")
            assert len(await there.audited("breach.frozen")) == 2
            assert len(await there.audited("partner_keys_ended")) == 1

    run(work())


def test_only_admins_see_who_may_come(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            risk = Visit(there.here, (await there.here.party("operator", "risk"))[1])
            for noun in ("partners", "furnishers", "operators"):
                await risk.see(f"/operator/{noun}", 403)
            assert (
                await risk.send("/operator/partners", name="Wheels", has="rental_deposit")
            ).status_code == 403

    run(work())
