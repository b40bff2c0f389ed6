"""Everything known about a person is shown, with who sent it; what was inferred is marked."""

from pathlib import Path

from tests.server.harness import run
from tests.server.web.person.explained import desk, explained


def test_every_event_is_shown_and_can_be_looked_for(database: str, folder: Path) -> None:
    async def it() -> None:
        async with explained(database, folder) as there:
            ana = desk(there, "ana")
            page = await ana.get("/me/facts")
            assert "15 things" in page
            assert "Someone inferred something about you" in page
            assert "nobody saw it" in page
            assert "What was inferred: likes trains; Stated value: yes; How sure, in percent: 60" in page
            assert "Amount: 42.50 EUR" in page
            assert "No entry about you on an official list" in page
            assert "One thing" in await ana.get("/me/facts?kind=bill.unpaid")
            assert "12 things" in await ana.get("/me/facts?kind=bill.paid&furnisher=power")
            assert "Nothing is known" in await ana.get("/me/facts?kind=bill.paid&furnisher=adbroker")
            assert "0 things" in await desk(there, "cleo").get("/me/facts")
            assert "log-ana" not in page
            looked = {one["person_id"] for one in await there.audited("facts.read")}
            assert looked == {there.people[name][0].id for name in ("ana", "cleo")}
            for _ in range(2):
                there.record("ana", 0, there.here.clock())
            first = await ana.get("/me/facts")
            assert "from=30" in first
            second = await ana.get("/me/facts?from=30")
            assert second.count("This is wrong") == 9
            assert "from=0" in second

    run(it())
