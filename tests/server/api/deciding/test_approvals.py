"""Two operators publish, with a dry run before their eyes; one alone never does."""

from pathlib import Path

import asyncpg
import pytest

from tests.server.harness import run
from tests.server.services.deciding.house import BANDS, DEPOSIT, House, house


async def proposed(h: House, text: str = DEPOSIT) -> dict[str, object]:
    draft = await h.made("POST", "/policies", body={"text": text})
    return await h.made("POST", "/approvals", h.risk[0][1], {"definition_id": draft["definition_id"]})


async def approved_by_hand(h: House, operator: str) -> None:
    async with h.there.here.as_() as context:
        change = "UPDATE approvals SET decided_by = $1, decided_at = $2, approved = true"
        await context.connection.execute(change, operator, context.now)


def test_whoever_proposes_does_not_approve_and_the_database_sees_to_it_too(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            made = await proposed(h)
            (first, mine), (_, other) = h.risk
            url = f"/approvals/{made['approval_id']}"
            alone = await h.send("POST", f"{url}/approve", mine)
            assert (alone.status_code, alone.json()["code"]) == (403, "two_people_needed")
            with pytest.raises(asyncpg.CheckViolationError):
                await approved_by_hand(h, first.id)
            twice = await h.send("POST", "/approvals", other, {"definition_id": made["definition_id"]})
            assert twice.status_code == 409
            waiting = await h.made("GET", "/approvals?limit=1", other)
            assert [one["approval_id"] for one in waiting["data"]] == [made["approval_id"]]
            assert (await h.made("POST", f"{url}/approve", other))["approved"] is True
            assert (await h.made("GET", "/approvals", other))["data"] == []
            again = await h.send("POST", f"{url}/refuse", other, {"why": "No."})
            assert (again.status_code, again.json()["code"]) == (409, "already_answered")
            late = await h.send("POST", "/approvals", other, {"definition_id": made["definition_id"]})
            assert (late.status_code, late.json()["code"]) == (409, "not_a_draft")
            async with h.there.here.as_() as context:
                told = await context.connection.fetch("SELECT kind, partner_id FROM outbox")
            assert [tuple(row.values()) for row in told] == [("model.published", h.partner[0].id)]

    run(work())


def test_the_dry_run_counts_who_would_pass_by_band_and_names_nobody(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            found = (await proposed(h))["dry_run"]
            assert isinstance(found, dict)
            assert (found["as_of"], found["all"]) == ("2026-11-06", {"people": 2, "passing": 1})
            assert found["bands"]["outstanding"] == {"people": 1, "passing": 1}
            assert found["bands"]["good"] == {"people": 1, "passing": 0}
            assert found["outcomes"] == {"no_deposit": 1, "deposit_due": 1, "refer": 0}
            asks = (await proposed(h, BANDS))["dry_run"]
            assert asks == {"not_tried": "It asks for what only a partner knows: income."}
            draft = await h.made(
                "POST", "/policies", body={"text": DEPOSIT.replace("version: 1", "version: 2")}
            )
            url = f"/definitions/{draft['definition_id']}/dry-run"
            assert (await h.made("GET", url, h.risk[1][1]))["all"]["people"] == 2
            nobody = await h.send("GET", "/definitions/def_x/dry-run", h.risk[1][1])
            assert nobody.status_code == 404

    run(work())


def test_what_is_refused_or_was_changed_meanwhile_is_not_published(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            made, other = await proposed(h), h.risk[1][1]
            url = "/policies/deposit@1"
            etag = {"If-Match": (await h.send("GET", url)).headers["ETag"]}
            sent = await h.send("PUT", url, body={"text": DEPOSIT.replace("650", "651")}, more=etag)
            assert sent.status_code == 200
            approved = await h.send("POST", f"/approvals/{made['approval_id']}/approve", other)
            assert (approved.status_code, approved.json()["code"]) == (412, "changed_meanwhile")
            said = await h.made(
                "POST", f"/approvals/{made['approval_id']}/refuse", other, {"why": "Another."}
            )
            assert (said["approved"], said["why"], said["state"]) == (False, "Another.", "draft")
            body = {"definition_id": made["definition_id"]}
            again = await h.made("POST", "/approvals", h.risk[0][1], body)
            etag = {"If-Match": (await h.send("GET", url)).headers["ETag"]}
            assert (await h.send("POST", f"{url}/retire", more=etag)).status_code == 200
            gone = await h.send("POST", f"/approvals/{again['approval_id']}/approve", other)
            assert (gone.status_code, gone.json()["code"]) == (409, "not_a_draft")

    run(work())


def test_approvals_are_for_operators_of_risk(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            for headers, status in (({}, 401), (h.partner[1], 403), (h.reviewer[1], 403)):
                assert (await h.send("GET", "/approvals", headers)).status_code == status
            unknown = await h.send("GET", "/approvals/apr_x", h.risk[0][1])
            assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")

    run(work())
