"""Operators say which kinds a furnisher may send, and see how good it is what it sends."""

from pathlib import Path

from tests.server.harness import bureau, run
from tests.server.sending import sending


def test_figures_add_up_over_receipts(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            _, operator = await here.party("operator")
            await power.taken(power.bill(1), power.bill(1), power.bill(1, 4), power.unpaid(2))
            await power.taken(power.bill(3, kind="x.y"), power.bill(4))
            async with here.as_() as context:
                await context.connection.execute(
                    "INSERT INTO disputes (dispute_id, person_id, clock, reason, opened_at, opened_on, "
                    "tell_by, remind_on, escalate_on, due_on) "
                    "SELECT 'dis_1', $1, 'us', 'dates', d, d, d, d, d, d "
                    "FROM (SELECT DATE '2026-11-06' AS d) AS days",
                    power.ana.id,
                )
                await context.connection.execute(
                    "INSERT INTO dispute_items (item_id, dispute_id, person_id, furnisher_id, furnisher, "
                    "event_id, kind, answer) VALUES "
                    "('itm_1', 'dis_1', $1, $2, $2, 'p-1', 'bill.paid', 'deleted'), "
                    "('itm_2', 'dis_1', $1, $2, $2, 'p-2', 'bill.unpaid', 'verified')",
                    power.ana.id, power.furnisher.id,
                )  # fmt: skip
            found = await here.client.get(f"/v1/furnishers/{power.furnisher.id}", headers=operator)
            assert found.json() == {
                "id": power.furnisher.id, "name": power.furnisher.id, "kinds": [],
                "quality": {
                    "accepted": 3, "known": 1, "conflicts": 1, "rejected": 1,
                    "against": 1, "disputed": 2, "corrected": 1,
                },
            }  # fmt: skip

    run(work())


def test_kinds_are_an_admin_s_to_set_and_must_be_there(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            _, admin = await here.party("operator", "admin")
            _, operator = await here.party("operator")
            place = f"/v1/furnishers/{power.furnisher.id}"
            put, kinds = here.client.put, {"kinds": ["rent.paid", "bill.paid", "bill.paid"]}
            assert (await put(f"{place}/kinds", json=kinds)).status_code == 401
            for headers in (operator, power.headers):
                assert (await put(f"{place}/kinds", json=kinds, headers=headers)).status_code == 403
            assert (await here.client.get(place, headers=power.headers)).status_code == 403
            assert (await here.client.get("/v1/furnishers/fur_x", headers=operator)).status_code == 404
            assert (await put("/v1/furnishers/fur_x/kinds", json=kinds, headers=admin)).status_code == 404
            strange = {"kinds": ["bill.paid", "bill.payd", "mark.suspends"]}
            refused = (await put(f"{place}/kinds", json=strange, headers=admin)).json()
            assert [error["pointer"] for error in refused["errors"]] == ["/kinds/1", "/kinds/2"]
            said = await put(f"{place}/kinds", json=kinds, headers=admin)
            assert said.json() == {"kinds": ["bill.paid", "rent.paid"]}
            async with here.as_() as context:
                query = "SELECT count(*) FROM audit WHERE what = 'furnisher_kinds_set'"
                assert await context.connection.fetchval(query) == 1

    run(work())
