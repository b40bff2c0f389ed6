"""What programs sent, as their furnisher sees it."""

from pathlib import Path

from tests.server.harness import bureau, run
from tests.server.sending import sending
from tests.server.web.person.visits import Visit


def test_each_row_of_a_receipt_is_told_once_it_is_known(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            visit = Visit(here, power.headers)
            assert "Your programs have sent nothing" in await visit.see("/furnisher/receipts")
            await power.taken(power.bill(1), power.bill(2, kind="bill.lost"))
            (row,) = (await here.client.get("/v1/receipts", headers=power.headers)).json()["data"]
            path = f"/furnisher/receipts/{row['receipt_id']}"
            page = await visit.see(path)
            assert "Rows 2 Taken 1 Known already 0 Refused 1" in page
            assert "1 p-1 taken 2 p-2 refused kind" in page
            here.clock.move(minutes=1)
            await power.send(power.bill(3))
            html = await visit.html("/furnisher/receipts")
            assert path in html
            waiting = html.split('href="/furnisher/receipts/')[1].split('"')[0]
            assert "on its way into the log" in await visit.see(f"/furnisher/receipts/{waiting}")
            other = Visit(here, (await sending(here)).headers)
            await other.see(path, 404)

    run(work())
