"""Disputes at a furnisher's desk: by their clock, with what the person sent, and each answer."""

from pathlib import Path

import pytest

from credence.server.web.furnisher import disputes as pages
from tests.server.harness import run
from tests.server.services.contesting.case import Case, case
from tests.server.web.person.visits import Visit, said

HERE = "/furnisher/disputes"


def furnisher(there: Case) -> Visit:
    return Visit(there.here, there.headers["furnisher"])


def test_disputes_stand_by_their_clock(database: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        async with case(database, folder) as there:
            await there.have("e1", "e2")
            visit = furnisher(there)
            assert "No dispute waits" in await visit.see(HERE)
            first = await there.open("e1")
            there.here.clock.move(days=3)
            second = await there.open("e2", reason="amount")
            html = await visit.html(HERE)
            assert html.index(first) < html.index(second)
            assert "25" in await visit.see(HERE)
            there.here.clock.move(days=60)
            assert "late: " in await visit.see(HERE)
            monkeypatch.setattr(pages, "A_PAGE", 1)
            assert f"?after={first}" in await visit.html(HERE)
            assert second in await visit.html(f"{HERE}?after={first}")

    run(work())


def test_it_sees_what_the_person_sent_and_the_person_sees_that_it_looked(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as there:
            await there.have("e1")
            dispute = await there.open("e1", text="I paid this in May")
            file = {"file": ("letter.txt", b"The receipt")}
            await there.ask("person", "POST", f"/disputes/{dispute}/files", files=file)
            visit, path = furnisher(there), f"{HERE}/{dispute}"
            page = await visit.html(path)
            assert "I paid this in May" in page
            assert "not opened yet" in page
            assert "If you do not answer by 4 December 2026, it is deleted." in page
            assert "It does not count meanwhile." in page
            assert there.person.id not in page
            link = page.split(f'href="{path}/files/')[1].split('"')[0]
            reply = await there.here.client.get(f"{path}/files/{link}", headers=visit.headers)
            assert (reply.text, reply.headers["Content-Disposition"]) == ("The receipt", "attachment")
            told = await there.ask("person", "GET", f"/disputes/{dispute}")
            assert told["files"][0]["opened_at"] is not None
            assert "furnisher_looked" in [step["what"] for step in told["timeline"]]
            page = await visit.see(path)
            assert "A file was opened" in page
            assert "has looked at it" not in page, "another furnisher's steps are nobody else's"
            other = Visit(there.here, (await there.here.party("furnisher", "disputes.read"))[1])
            for one in (path, f"{path}/files/{link}"):
                await other.see(one, 404)

    run(work())


def test_each_answer_does_what_it_says(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as there:
            await there.have("e1", "e2", "e3")
            visit = furnisher(there)
            verified, modified, deleted = [await there.open(one) for one in ("e1", "e2", "e3")]
            item = await there.item(verified)
            form = {"item": item, "outcome": "verified", "checked": "The contract\nThe account"}
            page = await visit.done(f"{HERE}/{verified}/answers", **form)
            assert "Your answer was kept." in page
            assert "Checked: The contract; The account" in page
            reply = await visit.send(f"{HERE}/{verified}/answers", **form)
            assert reply.status_code == 409
            form = {"item": await there.item(modified), "outcome": "modified"}
            html = await visit.html(f"{HERE}/{modified}")
            assert 'name="occurred_at" value="2026-10-20"' in html
            assert 'name="field_due_date" value="2026-10-20" autocomplete="off" type="date" required' in html
            event = {"event_id": "e2-again", "occurred_at": "2026-10-20", "field_account": "e2"}
            event |= {"field_due_date": "2026-10-19", "field_amount": "", "field_nonsense": "x"}
            assert "corrected" in await visit.done(f"{HERE}/{modified}/answers", **form, **event)
            there.here.clock.move(minutes=1)
            form = {"item": await there.item(deleted), "outcome": "deleted", "note": "We mixed you up."}
            assert "We mixed you up." in await visit.done(f"{HERE}/{deleted}/answers", **form)
            corrections = await there.ask("person", "GET", "/corrections")
            assert [one["replaced_by"] for one in corrections["data"]] == [None, "e2-again"]
            assert "No dispute waits" in await visit.see(HERE)

    run(work())


def test_an_answer_that_cannot_be_taken_says_why_and_answers_nothing(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as there:
            await there.have("e1")
            dispute = await there.open("e1")
            visit, path = furnisher(there), f"{HERE}/{dispute}/answers"
            form = {"item": await there.item(dispute), "outcome": "modified", "event_id": "e1-again"}
            reply = await visit.send(path, **form, field_amount="42.505", field_currency="EUR")
            assert (reply.status_code, "Write it like 120.50" in said(reply)) == (422, True)
            reply = await visit.send(path, **form, occurred_at="2026-10-20", field_account="e1")
            assert reply.status_code == 422
            assert "The event cannot be taken" in said(reply)
            assert (await visit.send(path, **form | {"item": "itm_none"})).status_code == 404
            assert (await there.ask("person", "GET", f"/disputes/{dispute}"))["state"] == "open"

    run(work())


def test_what_it_found_right_before_only_a_reviewer_finds_right_again(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as there:
            await there.have("e1")
            await there.answer("furnisher", await there.open("e1"), "verified")
            again = await there.open("e1", text="Ask somebody else")
            visit, path = furnisher(there), f"{HERE}/{again}"
            html = await visit.html(path)
            assert "is for a reviewer of the bureau to decide" in html
            assert 'value="verified"' not in html
            form = {"item": await there.item(again), "outcome": "verified", "checked": "The same"}
            reply = await visit.send(f"{path}/answers", **form)
            assert reply.status_code == 409
            assert "A reviewer decides whether it stays" in said(reply)
            reviewer = Visit(there.here, there.headers["reviewer"])
            assert "taken up by the bureau" in await reviewer.see("/operator/disputes")
            assert "Only you can decide that it stays" in await reviewer.see(f"/operator/disputes/{again}")
            assert await there.answer("reviewer", again, "unverifiable") == "closed"
            assert "nobody could show that it is right" in await visit.see(path)

    run(work())


def test_to_look_is_not_to_answer(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as there:
            await there.have("e1")
            dispute = await there.open("e1")
            async with there.here.as_() as context:
                change = "UPDATE tokens SET scopes = '{disputes.read}' WHERE actor_id = $1"
                await context.connection.execute(change, there.furnisher.id)
            visit, path = furnisher(there), f"{HERE}/{dispute}"
            assert "You may look at disputes, but not answer them." in await visit.see(path)
            form = {"item": await there.item(dispute), "outcome": "deleted"}
            assert (await visit.send(f"{path}/answers", **form)).status_code == 403

    run(work())
