"""Offers: the published rule, how somebody stands to it, until when; looking is free and nobody is told."""

from pathlib import Path
from typing import Any

from tests.server.harness import run
from tests.server.services.deciding.house import BANDS, DEPOSIT, SCOPES, House, house


async def offered(h: House, **said: object) -> dict[str, Any]:
    body = {
        "policy": "deposit@1", "title": "No deposit", "purpose": "rental_deposit",
        "starts_on": "2026-11-01", "ends_on": "2026-12-01", "sponsored": False,
    }  # fmt: skip
    return await h.made("POST", "/offers", body=body | said)


async def seen(h: House, name: str) -> list[dict[str, Any]]:
    found = await h.there.see(name, "/v1/offers/mine")
    assert found.status_code == 200, found.text
    data: list[dict[str, Any]] = found.json()["data"]
    return data


def test_a_person_sees_clause_by_clause_how_they_stand_and_nobody_is_told(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.publish()
            made = await offered(h)
            before = await h.count("inquiries"), await h.count("audit")
            ana, ben, cleo = [(await seen(h, name))[0] for name in ("ana", "ben", "cleo")]
            assert ana["standing"] == "meets_the_published_rule"
            assert (ben["standing"], ben["rows"][0]["clauses"][0]["distance"]) == (
                "does_not_meet_the_published_rule", 35,
            )  # fmt: skip
            assert cleo["standing"] == "does_not_meet_the_published_rule"
            assert (ana["ends_on"], ana["level"], ana["scorecard"]) == (
                "2026-12-01",
                "threshold",
                "everyday@1",
            )
            assert "approved" not in str(ana).lower()
            assert (await h.count("inquiries"), await h.count("audit")) == before
            page = (await h.there.see("ana", "/v1/offers/mine", limit="1")).json()
            assert page["next_cursor"] == made["offer_id"]
            rest = await h.there.see("ana", "/v1/offers/mine", before=page["next_cursor"])
            assert rest.json() == {"data": [], "next_cursor": None}

    run(work())


def test_what_only_the_partner_knows_is_not_known_yet(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.publish(BANDS)
            await offered(h, policy="bands@1", purpose="small_loan")
            assert (await seen(h, "ana"))[0]["standing"] == "not_known_yet"
            assert (await seen(h, "cleo"))[0]["standing"] == "does_not_meet_the_published_rule"

    run(work())


def test_who_pays_is_said_and_moves_nothing(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.publish()
            flags = [False, True, True, False, True]
            for number, flag in enumerate(flags):
                await offered(h, title=f"Offer {number}", sponsored=flag)
                h.there.here.clock.move(seconds=1)
            found = await seen(h, "ana")
            assert [one["title"] for one in found] == [f"Offer {number}" for number in (4, 3, 2, 1, 0)]
            assert [one["sponsored"] for one in found] == flags[::-1]

    run(work())


def test_an_offer_ends_on_its_day_when_it_is_closed_and_when_its_policy_is_retired(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.publish()
            made = await offered(h)
            h.there.here.clock.move(seconds=1)
            later = await offered(h, starts_on="2026-11-20", level="score")
            assert [one["offer_id"] for one in await seen(h, "ana")] == [made["offer_id"]]
            closed = await h.made("POST", f"/offers/{made['offer_id']}/close")
            assert closed["closed_at"] is not None
            assert await seen(h, "ana") == []
            h.there.here.clock.move(days=20)
            assert [(one["offer_id"], one["level"]) for one in await seen(h, "ana")] == [
                (later["offer_id"], "score")
            ]
            etag = {"If-Match": (await h.send("GET", "/policies/deposit@1")).headers["ETag"]}
            await h.made("POST", "/policies/deposit@1/retire", more=etag)
            assert await seen(h, "ana") == []
            assert len((await h.made("GET", "/offers"))["data"]) == 2
            page = await h.made("GET", "/offers?limit=1")
            assert page["next_cursor"] == later["offer_id"]

    run(work())


def test_offers_are_of_partners_with_policies_in_force(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.made("POST", "/policies", body={"text": DEPOSIT})
            body = {
                "policy": "deposit@1", "title": "No deposit", "purpose": "rental_deposit",
                "starts_on": "2026-11-01", "ends_on": "2026-12-01", "sponsored": False,
            }  # fmt: skip
            draft = await h.send("POST", "/offers", body=body)
            assert (draft.status_code, draft.json()["code"]) == (409, "policy_not_in_force")
            await h.publish(DEPOSIT.replace("version: 1", "version: 2"))
            now = body | {"policy": "deposit@2"}
            for said, place in (
                ({"ends_on": "2026-11-05"}, "/ends_on"),
                ({"ends_on": "2028-01-01"}, "/ends_on"),
                ({"purpose": "small_loan"}, "/purpose"),
                ({"purpose": "fun"}, "/purpose"),
                ({"level": "all"}, "/level"),
            ):
                found = await h.send("POST", "/offers", body=now | said)
                assert (found.status_code, found.json()["errors"][0]["pointer"]) == (422, place)
            made = await h.made("POST", "/offers", body=now)
            _, other = await h.there.here.party("partner", *SCOPES)
            assert (await h.send("GET", f"/offers/{made['offer_id']}", other)).status_code == 404
            assert await h.made("GET", f"/offers/{made['offer_id']}") == made
            assert (await h.send("POST", f"/offers/{made['offer_id']}/close", other)).status_code == 404
            assert (await h.send("GET", "/offers/mine")).status_code == 403
            assert (await h.send("GET", "/offers/mine", {})).status_code == 401
            assert (await h.send("POST", "/offers", h.there.people["ana"][1], now)).status_code == 403

    run(work())
