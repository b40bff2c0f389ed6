"""A person sees their score as lines that add up, why it changed, and what would change it."""

from datetime import date, timedelta
from pathlib import Path

from credence.server.services.reading import evaluations
from tests.server.harness import run
from tests.server.services.reading.world import DAY, KNOWN, world

CARD = {"scorecard": "everyday"}


def test_a_statement_adds_up_and_any_old_one_is_made_again(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            first = (await there.see("ana", "/v1/statements", **CARD)).json()
            assert first["points_base"] + sum(line["points"] for line in first["lines"]) == first["score"]
            assert (first["as_of"], first["person_id"]) == (str(DAY), there.people["ana"][0].id)
            assert "log-ana" not in str(first)
            there.here.clock.move(days=31)
            there.record("ana", 90, there.here.clock())
            there.here.clock.move(hours=1)
            await there.publish(date(2026, 12, 6), there.here.clock() - timedelta(minutes=1))
            now = (await there.see("ana", "/v1/statements", **CARD)).json()
            assert (now["as_of"], now["score"] < first["score"]) == ("2026-12-06", True)
            again = await there.see("ana", "/v1/statements", **CARD, as_of=str(DAY))
            assert again.json() == first
            exact = await there.see(
                "ana", "/v1/statements", **CARD, as_of=str(DAY), known_at=KNOWN.isoformat()
            )
            assert exact.json() == first
            later = await there.see(
                "ana", "/v1/statements", **CARD, as_of=str(DAY), known_at=there.here.clock().isoformat()
            )
            assert later.json()["score"] < first["score"]
            before = await there.see("ana", "/v1/statements", **CARD, as_of="2025-01-01")
            assert before.json()["score"] is None
            changed = (await there.see("ana", "/v1/statements/change", **CARD)).json()
            assert changed["points"] == now["score"] - first["score"]
            since = await there.see("ana", "/v1/statements/change", **CARD, since=str(DAY))
            assert since.json() == changed
            assert "log-ana" not in str(changed)
            assert len((await there.see("ana", "/v1/inquiries")).json()["data"]) == 8

    run(work())


def test_of_nobody_known_it_is_said_what_is_missing(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            told = (await there.see("cleo", "/v1/statements", **CARD)).json()
            assert (told["score"], bool(told["wanting"])) == (None, True)
            assert (await there.see("cleo", "/v1/statements/change", **CARD)).status_code == 422
            for url, body in (
                ("what-if", {"at": "2026-12-06"}), ("plans", {"points": 10}),
            ):  # fmt: skip
                refused = await there.post("cleo", f"/v1/statements/{url}", CARD | body)
                assert (refused.status_code, "log-cleo" in refused.text) == (422, False)
            for url in ("statements", "statements/change"):
                nobody = await there.here.client.get(f"/v1/{url}", params=CARD)
                assert nobody.status_code == 401
            partner = await there.here.client.get("/v1/statements", params=CARD, headers=there.partner[1])
            assert partner.status_code == 403
            assert (await there.see("ana", "/v1/statements", scorecard="none")).status_code == 404

    run(work())


def test_what_would_change_a_score_is_told_exactly(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            late = {
                "furnisher": "mine", "event_id": "x-1", "kind": "bill.paid", "occurred_at": "2026-11-01",
                "days_late": 80,
            }  # fmt: skip
            url = "/v1/statements/what-if"
            supposed = (await there.post("ana", url, CARD | {"events": [late]})).json()
            assert supposed["after"]["score"] - supposed["before"]["score"] == supposed["points"]
            assert supposed["points"] <= 0
            told = (await there.see("ana", "/v1/statements", **CARD)).json()
            bill = next(line["evidence"][0] for line in told["lines"] if line["evidence"])
            name = f"{bill['furnisher']}/{bill['event_id']}"
            assert (await there.post("ana", url, CARD | {"retract": [name]})).status_code == 200
            gone = await there.post("ana", url, CARD | {"retract": ["power/none"]})
            assert (gone.status_code, "log-ana" in gone.text) == (422, False)
            later = (await there.post("ana", url, CARD | {"at": "2027-06-06"})).json()
            assert later["after"]["as_of"] == "2027-06-06"
            many = await there.post("ana", url, CARD | {"events": [late] * 101})
            assert many.status_code == 422
            plans = (await there.post("ben", "/v1/statements/plans", CARD | {"points": 1})).json()
            assert plans["plans"]
            assert (await there.see("ana", "/v1/statements", **CARD)).json() == told

    run(work())


def test_an_evaluation_gives_the_points_of_the_published_row_and_then_what_is_newest(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            here = there.here
            for name in ("ana", "ben"):
                person = there.people[name][0].id
                async with here.as_() as context:
                    found = await evaluations.again(context, here.state.log, person, "everyday", "cor_1", DAY)
                    rows = await context.connection.fetch(
                        "SELECT score, band, unscorable, reasons, lines FROM scores WHERE person_id = $1",
                        person,
                    )
                assert tuple(rows[0].values())[:3] == (found.score, found.band, found.unscorable)
                assert rows[0]["reasons"] == found.packed_reasons
                assert rows[0]["lines"] == found.packed_lines
            there.record("ana", 90, here.clock())
            here.clock.move(days=2)
            async with here.as_() as context:
                person = there.people["ana"][0].id
                newest = await evaluations.again(context, here.state.log, person, "everyday", "cor_2")
            current = (await there.see("ana", "/v1/scores/current", **CARD)).json()
            assert (current["as_of"], current["score"]) == ("2026-11-08", newest.score)
            whole = (await there.see("ana", "/v1/statements", **CARD)).json()
            assert (whole["as_of"], whole["score"]) == ("2026-11-08", newest.score)
            days = (await there.see("ana", "/v1/scores", **CARD)).json()["data"]
            assert [(one["as_of"], one["published"]) for one in days] == [
                ("2026-11-08", False), ("2026-11-06", False),
            ]  # fmt: skip
            assert len(await there.audited("score.evaluated")) == 3

    run(work())
