"""A line of the receipt says what was asked, what was seen, by whom, and what else would give how much."""

from pathlib import Path

from tests.server.harness import run
from tests.server.services.reading.world import World
from tests.server.web.person.explained import desk, explained


async def look_in_chinese(there: World) -> None:
    """The same in Chinese; and whoever is not signed in is asked to."""
    chinese = await desk(there, "ana", "zh-CN,zh").get("/me/lines/paid_on_time")
    assert "最近一年您的账单、房租和分期付款有多少按时支付" in chinese
    assert "账单未支付" in chinese
    assert 'lang="zh-Hans"' in chinese
    reply = await there.here.client.get("/me/lines/paid_on_time", follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (
        303, "/sign-in?to=/me/lines/paid_on_time",
    )  # fmt: skip


def test_a_line_shows_its_events_its_points_and_its_table(database: str, folder: Path) -> None:
    async def it() -> None:
        async with explained(database, folder) as there:
            ana = desk(there, "ana")
            line = await ana.get("/me/lines/paid_on_time")
            assert "12 of 12" not in line
            assert "11 of 12 (91.7 %)" in line
            assert "+60</b>" in line or "+60 <small>" in line
            assert "80 % and more, less than 95 %</b>" in line
            assert "A bill was left unpaid" in line
            assert "20 September 2026, sent by power" in line
            assert "/me/disputes/new?event=power/u-1&amp;scorecard=everyday" in line
            assert "/me/what-if?scorecard=everyday&amp;retract=power/u-1" in line
            told = [one["what"] for one in await there.audited("score.read")]
            assert told == ["score.read"]
            older = await ana.get("/me/lines/paid_on_time?as_of=2026-11-06")
            assert "12 of 12 (100 %)" in older
            rest = await ana.get("/me/lines/paid_on_time?from=10")
            assert rest.count("A bill was") == 2
            counted = await ana.get("/me/lines/months_active")
            assert all(part in counted for part in ("0 to 2<", "3 to 5<", "6 to 9<", "10 and more"))
            nothing = await ana.get("/me/lines/times_over_limit")
            assert "Nothing is known that this could rest on" in nothing
            assert "/me/lines/paid_on_time" in await ana.get("/me")
            await ana.get("/me/lines/nonsense", 404)
            await look_in_chinese(there)

    run(it())


def test_many_events_are_told_a_page_at_a_time(database: str, folder: Path) -> None:
    async def it() -> None:
        async with explained(database, folder) as there:
            for late in (0, 0, 0):
                there.record("ben", late, there.here.clock())
            ben = desk(there, "ben")
            line = await ben.get("/me/lines/regular_payments?as_of=2026-12-06&known_at=2026-12-31T00:00:00Z")
            assert line.count("A bill was paid") == 25
            assert "from=25#events" in line

    run(it())
