"""A person's own statement: its effect is seen first, and it is kept only if they say so."""

import re
from datetime import timedelta
from pathlib import Path

from credence import EventLog
from credence.server.services.looking.known import INFERRED
from tests.events.exports.samples import export
from tests.server.harness import run
from tests.server.services.reading.world import World, world
from tests.server.web.person.explained import Desk, desk

OFX_WITH_AN_OVERDRAFT = (
    b"OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\n\r\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR"
    b"<BANKACCTFROM><BANKID>1<ACCTID>123456789<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>"
    b"<DTSTART>20261001<DTEND>20261031"
    b"<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261005<TRNAMT>-9.00<FITID>1<NAME>Overdraft interest</STMTTRN>"
    b"<STMTTRN><TRNTYPE>DIRECTDEP<DTPOSTED>20261006<TRNAMT>1900.00<FITID>2<NAME>Acme salary</STMTTRN>"
    b"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>20261399<TRNAMT>1.00<FITID>3<NAME>Torn</STMTTRN>"
    b"</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
)


def draft(page: str) -> dict[str, str]:
    found = re.search('name="draft" value="([^"]+)"', page)
    assert found, page
    return {"draft": found[1]}


def events(there: World, name: str) -> list[dict[str, object]]:
    return EventLog.open(there.data / "log").events_of(f"log-{name}")


async def score(there: Desk) -> int | None:
    found = re.search(r'class="score">(\d+)<', await there.get("/me"))
    return int(found[1]) if found else None


async def remove(there: World, scores: tuple[int | None, int], listed: str) -> None:
    """Remove what was kept, and keep it once more."""
    ben, (first, then) = desk(there, "ben"), scores
    paper = await ben.client.get("/me/statement.pdf", headers=ben.headers())
    assert paper.content.startswith(b"%PDF")
    path = re.search('action="(/me/import/imp_[^"]+/remove)"', listed)
    assert path
    await desk(there, "ana").post(path[1], status=404)
    there.here.clock.move(hours=1)
    await ben.post(path[1])
    assert await score(ben) == first
    assert "removed on 7 November 2026" in await ben.get("/me/import")
    await ben.post(path[1], status=409)
    once_more = await ben.upload("/me/import", export("ofx"))
    await ben.post("/me/import/keep", draft(once_more))
    assert await score(ben) == then
    assert len([e for e in events(there, "ben") if e["furnisher"] == "self:ofx"]) == 24
    kept = [one["details"] for one in await there.audited("own_import.kept")]
    assert len(kept) == 2


def test_a_statement_is_shown_kept_and_removed(database: str, folder: Path) -> None:
    async def it() -> None:
        async with world(database, folder) as there:
            ben, before = desk(there, "ben"), events(there, "ben")
            assert "You have added nothing yet" in await ben.get("/me/import")
            first = await score(ben)
            there.here.clock.move(days=1)
            preview = await ben.upload("/me/import", export("ofx"))
            assert "Nothing of this is kept yet" in preview
            assert "8" in preview
            numbers = re.findall(r"<dd><b>(\d+)</b>", preview)
            assert int(numbers[0]) == first
            assert (events(there, "ben"), len(numbers)) == (before, 2)
            assert await score(ben) == first
            reply = await ben.post("/me/import/keep", draft(preview))
            assert reply.headers["location"] == "/me/import?done=import_kept"
            own = [event for event in events(there, "ben") if event["furnisher"] == "self:ofx"]
            assert len(own) == 8
            assert await score(ben) == int(numbers[1])
            listed = await ben.get("/me/import?done=import_kept")
            assert "8 things from a bank statement (OFX), kept on 7 November 2026" in listed
            assert "your scores were made again" in listed
            facts = await ben.get("/me/facts?furnisher=self:ofx")
            assert "sent by you yourself, from a bank statement (OFX)" in facts
            assert "You added this" in facts
            assert "you yourself" in await ben.get("/me/statement")
            again = await ben.upload("/me/import", export("ofx"))
            assert "There is nothing new in this file" in again
            await remove(there, (first, int(numbers[1])), listed)

    run(it())


def test_what_speaks_against_a_person_is_kept_only_if_they_say_so(database: str, folder: Path) -> None:
    async def it() -> None:
        async with world(database, folder) as there:
            cleo = desk(there, "cleo")
            preview = await cleo.upload("/me/import", OFX_WITH_AN_OVERDRAFT)
            assert "This speaks against you" in preview
            assert 'name="against" value="yes">' in preview
            assert "Line 3: the date cannot be read" in preview
            assert "Fewer than six things are known" in preview
            await cleo.post("/me/import/keep", draft(preview))
            assert [event["kind"] for event in events(there, "cleo")] == ["income.received"]
            rest = await cleo.upload("/me/import", OFX_WITH_AN_OVERDRAFT)
            refused = await cleo.post("/me/import/keep", draft(rest), 422)
            assert "There is nothing to keep" in refused.text
            await cleo.post("/me/import/keep", draft(rest) | {"against": "yes"})
            assert [event["kind"] for event in events(there, "cleo")] == [
                "overdraft.charged", "income.received",
            ]  # fmt: skip
            for form in ("alipay", "wechat", "camt"):
                shown = await cleo.upload("/me/import", export(form))
                assert "If you keep it" in shown
            assert not INFERRED & {event["kind"] for event in events(there, "cleo")}

    run(it())


def test_a_draft_is_its_owners_for_an_hour(database: str, folder: Path) -> None:
    async def it() -> None:
        async with world(database, folder) as there:
            ana, ben = desk(there, "ana"), desk(there, "ben")
            handed = draft(await ana.upload("/me/import", export("alipay")))
            for wrong in (handed["draft"][:-8] + "AAAAAAA=", "nonsense", "AAAA"):
                reply = await ana.post("/me/import/keep", {"draft": wrong}, 422)
                assert "nothing was kept" in reply.text
            assert "nothing was kept" in (await ben.post("/me/import/keep", handed, 422)).text
            there.here.clock.move(minutes=61)
            assert "nothing was kept" in (await ana.post("/me/import/keep", handed, 422)).text
            assert "This is no file that is known here" in await ana.upload("/me/import", b"a;b\n", 422)
            assert "this file" not in await ana.get("/me/import")
            chinese = desk(there, "ana", "zh")
            shown = await chinese.upload("/me/import", export("wechat"))
            assert "如果保存" in shown
            assert "日常信用" in shown
            async with there.here.as_(there.people["ana"][0]) as context:
                await context.connection.execute(
                    "UPDATE people SET left_at = $2 WHERE person_id = $1",
                    there.people["ana"][0].id,
                    there.here.clock() - timedelta(1),
                )
            await ana.upload("/me/import", export("wechat"), 409)

    run(it())
