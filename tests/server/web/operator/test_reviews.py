"""Second looks: opened by reviewers, and the person sees it; answered, and both sides read it."""

from pathlib import Path

from tests.server.harness import run
from tests.server.services.deciding.house import House, house
from tests.server.web.person.visits import Visit, said

HERE = "/operator/reviews"


async def asked(h: House, words: str | None = "I paid in cash.") -> str:
    """A second look that ben asked for."""
    await h.publish()
    made = await h.decided("ben")
    url, ben = f"/decisions/{made['decision_id']}/reviews", h.there.people["ben"][1]
    return str((await h.made("POST", url, ben, {"words": words}))["review_id"])


def test_a_second_look_is_opened_and_overridden_until_a_day(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            review = await asked(h)
            visit, path = Visit(h.there.here, h.reviewer[1]), f"{HERE}/{review}"
            assert review in await visit.html(HERE)
            assert "I paid in cash." not in await visit.see(path)
            opened = said(await visit.send(f"{path}/open"))
            for part in ("I paid in cash.", "615", "Not met", "Your score is less than 650"):
                assert part in opened, part
            reads = (await h.there.see("ben", "/v1/inquiries")).json()["data"]
            assert "operator" in {read["reader"] for read in reads}
            wrong = await visit.send(f"{path}/answer", reason="Seen", outcome="no_deposit", ends_on="soon")
            assert (wrong.status_code, "An override ends on a day" in said(wrong)) == (422, True)
            fields = {"reason": "The receipts are there.", "outcome": "no_deposit", "ends_on": "2027-03-01"}
            done = await visit.done(f"{path}/answer", **fields)
            assert "no_deposit holds until 1 March 2027." in done
            assert (await visit.send(f"{path}/answer", **fields)).status_code == 409
            assert "Nobody waits" in await visit.see(HERE)

    run(work())


def test_a_decision_is_upheld_and_late_looks_are_marked(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            review = await asked(h, None)
            visit, path = Visit(h.there.here, h.reviewer[1]), f"{HERE}/{review}"
            h.there.here.clock.move(days=30)
            assert "Late" in await visit.see(HERE)
            assert "Nobody waits" in await visit.see(f"{HERE}?after=2030-01-01_rev_0")
            assert "wrote nothing" in said(await visit.send(f"{path}/open"))
            done = await visit.done(f"{path}/answer", reason="The rule was kept.", outcome="")
            assert "The decision stays." in done

    run(work())


def test_admins_see_what_waits_and_reviewers_alone_open_it(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            review = await asked(h)
            admin = Visit(h.there.here, (await h.there.here.party("operator", "admin"))[1])
            await admin.see(f"{HERE}/{review}")
            assert (await admin.send(f"{HERE}/{review}/open")).status_code == 403
            await Visit(h.there.here, h.risk[0][1]).see(HERE, 403)

    run(work())
