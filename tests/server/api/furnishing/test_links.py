"""A person gives a code to one furnisher, once and for a day; it knows them by an id of its own."""

from pathlib import Path

from tests.server.harness import bureau, run
from tests.server.sending import outcomes, sending


def test_a_code_makes_a_person_known_to_one_furnisher_once(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            other = await sending(here)
            _, ben = await here.party("person")
            before = (await here.client.get("/v1/people/links", headers=ben)).json()
            assert before == {"data": [], "furnishers": sorted([power.furnisher.id, other.furnisher.id])}
            name = {"furnisher": power.furnisher.id}
            old = (await here.client.post("/v1/people/links", json=name, headers=ben)).json()
            made = await here.client.post("/v1/people/links", json=name, headers=ben)
            assert made.status_code == 201
            code = {"code": made.json()["code"].lower().replace("-", " ")}
            place = "/v1/people/links/use"
            for wrong, headers in ((code, other.headers), ({"code": old["code"]}, power.headers)):
                refused = await here.client.post(place, json=wrong, headers=headers)
                assert (refused.status_code, refused.json()["code"]) == (422, "link_wrong")
            used = await here.client.post(place, json=code, headers=power.headers)
            assert used.status_code == 200
            assert (await here.client.post(place, json=code, headers=power.headers)).status_code == 422
            told = await power.taken(power.bill(1, person=used.json()["person"]))
            assert outcomes(told) == ["accepted"]
            after = (await here.client.get("/v1/people/links", headers=ben)).json()["data"]
            assert [link["used_at"] is not None for link in after] == [True]
            async with here.as_() as context:
                acts = await context.connection.fetch("SELECT what FROM audit WHERE what LIKE 'link.%'")
                alerts = await context.connection.fetch("SELECT kind FROM messages")
            assert sorted(act["what"] for act in acts) == ["link.made", "link.made", "link.used"]
            assert [alert["kind"] for alert in alerts] == ["furnisher.linked"]

    run(work())


def test_a_code_ends_after_a_day_and_with_the_account(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            for change in ("moved", "left"):
                _, ben = await here.party("person")
                name = {"furnisher": power.furnisher.id}
                made = (await here.client.post("/v1/people/links", json=name, headers=ben)).json()
                if change == "moved":
                    here.clock.move(hours=25)
                else:
                    async with here.as_() as context:
                        await context.connection.execute("UPDATE people SET left_at = now()")
                used = await here.client.post(
                    "/v1/people/links/use", json={"code": made["code"]}, headers=power.headers
                )
                assert used.json()["code"] == "link_wrong"

    run(work())


def test_links_are_a_person_s_to_make_and_a_furnisher_s_to_use(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            _, ben = await here.party("person")
            post = here.client.post
            name, code = {"furnisher": power.furnisher.id}, {"code": "AAAA-AAAA-AAAA-AAAA"}
            assert (await post("/v1/people/links", json=name)).status_code == 401
            assert (await post("/v1/people/links", json=name, headers=power.headers)).status_code == 403
            assert (await post("/v1/people/links/use", json=code)).status_code == 401
            assert (await post("/v1/people/links/use", json=code, headers=ben)).status_code == 403
            nobody = await post("/v1/people/links", json={"furnisher": "nobody"}, headers=ben)
            assert (nobody.status_code, nobody.json()["code"]) == (404, "not_found")
            more = await post("/v1/people/links", json=name | {"more": 1}, headers=ben)
            assert more.status_code == 422

    run(work())
