"""A person takes everything along, leaves, and is erased: two acts, and what is kept is said."""

import csv
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psycopg
import pytest
from sqlalchemy import LargeBinary

from credence.errors import ErasedError
from credence.events.log import EventLog
from credence.server.jobs.people import erase_from_log
from credence.server.services.context import Actor
from credence.server.services.furnishing import evidence
from credence.server.services.furnishing.log_writer import append
from credence.server.services.people import accounts, export, identifiers, known_as, person_of, vault
from credence.server.services.people.accounts import KEPT
from credence.server.store.schema import metadata
from tests.server.api.people.test_passkeys import add, sign_in
from tests.server.authenticator import Authenticator
from tests.server.harness import Bureau, bureau, run
from tests.server.people import MAIL, audited, headers, letters, number, person, text_of, told


async def log_id(here: Bureau, who: Actor) -> str:
    query = "SELECT log_id FROM people WHERE person_id = $1"
    async with here.as_() as context:
        return str(await context.connection.fetchval(query, who.id))


async def paid(here: Bureau, who: Actor, event: str) -> None:
    """An event about somebody in the log."""
    row: dict[str, object] = {
        "person_id": await log_id(here, who), "furnisher": "fur_power", "event_id": event,
        "kind": "bill.paid", "occurred_at": "2026-10-01", "amount": "100", "currency": "CNY",
        "days_late": "0",
    }  # fmt: skip
    report = await append(here.state, [row], here.clock())
    assert report.total("accepted") == 1, report


def known(here: Bureau, pseudonym: str) -> list[dict[str, object]]:
    log = EventLog.open(here.state.settings.log)
    try:
        return log.events_of(pseudonym)
    finally:
        log.close()


def test_everything_about_a_person_is_there_to_take_along(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, ben = await person(here), await person(here, "ben@example.org", 2)
            own = await headers(here, ana)
            await add(here, own, Authenticator())
            await paid(here, ana, "bill-of-ana")
            await paid(here, ben, "bill-of-ben")
            async with here.as_() as context:
                pairwise = await known_as(context, "par_1", ana.id)
            reply = await here.client.get("/v1/account/export", headers=own)
            everything = reply.json()
            values = {row["value"] for row in everything["identifiers"]}
            assert values == {MAIL, number()}, "what is encrypted is opened"
            assert [row["event_id"] for row in everything["events"]] == ["bill-of-ana"]
            assert everything["known_as"] == [{"party_id": "par_1", "known_as": pairwise}]
            assert everything["passkeys"][0]["name"] == "Phone"
            assert everything["messages"][0]["ids"]["passkey"].startswith("psk_")
            assert len(everything["sessions"]) == 1
            assert "ben" not in reply.text
            assert ben.id not in reply.text
            packed = await here.client.get("/v1/account/export.zip", headers=own)
            assert packed.headers["content-type"] == "application/zip"
            with zipfile.ZipFile(io.BytesIO(packed.content)) as file:
                assert set(file.namelist()) == {f"{name}.csv" for name in everything}
                rows = list(csv.DictReader(io.StringIO(file.read("identifiers.csv").decode())))
                assert {row["value"] for row in rows} == values
            assert (await audited(here, ana)).count("person.exported") == 2

    run(work())


def test_files_about_a_person_are_in_the_archive_as_they_were_given(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            power, _ = await here.party("furnisher")
            async with here.as_(power) as context:
                pairwise = await known_as(context, power.id, ana.id)
                given = b"the bill"
                kept = await evidence.keep(context, here.state, pairwise, given)
            packed = await here.client.get("/v1/account/export.zip", headers=await headers(here, ana))
            with zipfile.ZipFile(io.BytesIO(packed.content)) as file:
                assert file.read(f"files/{kept}") == b"the bill"
                rows = list(csv.DictReader(io.StringIO(file.read("event_evidence.csv").decode())))
            assert [row["evidence_id"] for row in rows] == [kept]

    run(work())


def test_every_table_that_a_person_may_see_is_in_the_export(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            own = await headers(here, await person(here))
            everything = (await here.client.get("/v1/account/export", headers=own)).json()
        # The catalogue of the database says which tables those are, not the code that exports.
        with psycopg.connect(database) as connection:
            rows = connection.execute(
                "SELECT tablename FROM pg_policies WHERE schemaname = 'credence' "
                "AND qual LIKE '%person_id = %credence_id(''person''%'"
            ).fetchall()
            partitions = connection.execute("SELECT relname FROM pg_class WHERE relispartition").fetchall()
        seen = {name for (name,) in rows} - {name for (name,) in partitions}
        assert len(seen) > 5
        assert seen <= everything.keys()

    run(work())


def test_leaving_closes_the_account_and_deletes_nothing(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            own = await headers(here, ana)
            assert (await here.client.post("/v1/account/leaving", headers=own)).status_code == 204
            account = (await here.client.get("/v1/account", headers=own)).json()
            assert account["left_at"] == "2026-11-06T09:00:00Z"
            again = await here.client.post("/v1/account/leaving", headers=own)
            assert (again.status_code, again.json()["code"]) == (409, "conflict")
            assert await told(here, ana) == ["account.left"]
            assert "account.left" in await audited(here, ana)
            assert len((await here.client.get("/v1/identifiers", headers=own)).json()["data"]) == 2
            kept = (await here.client.get("/v1/account/kept", headers=own)).json()["kept"]
            assert {"audit", "consents"} <= {one["what"] for one in kept}

    run(work())


def test_whoever_left_lets_nobody_new_in_until_they_come_back(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, (flats, asking) = await person(here), await here.party("partner", "scores.read", "feed.read")
            power, _ = await here.party("furnisher")
            own = await headers(here, ana)
            wish = {"purpose": "rental_deposit", "level": "score", "scorecard": "everyday"}
            said = {"partner": flats.id, **wish}
            granted = (await here.client.post("/v1/consents", json=said, headers=own)).json()
            assert (await here.client.post("/v1/account/leaving", headers=own)).status_code == 204
            feed = (await here.client.get("/v1/feed", headers=asking)).json()["data"]
            assert [one["type"] for one in feed] == ["consent.granted", "consent.revoked"]
            assert feed[-1]["ids"]["consent"] == granted["id"]
            for path, body in (("consents", said), ("people/links", {"furnisher": power.id})):
                refused = await here.client.post(f"/v1/{path}", json=body, headers=own)
                assert (refused.status_code, refused.json()["code"]) == (409, "account_closed")
            asked = {"person": granted["person"], "days": 30, **wish}
            # The partner is told the same as of somebody it does not know, and the person nothing.
            request = await here.client.post("/v1/consent-requests", json=asked, headers=asking)
            assert request.status_code == 201
            question = {"person": granted["person"], **wish}
            answer = await here.client.post("/v1/scores/ask", json=question, headers=asking)
            assert answer.json()["code"] == "consent_missing"
            for status in (204, 409):
                again = await here.client.post("/v1/account/reopening", headers=own)
                assert again.status_code == status
            answer = await here.client.post("/v1/scores/ask", json=question, headers=asking)
            assert answer.json()["code"] == "consent_missing", "what was withdrawn stays so"
            assert (await here.client.post("/v1/consents", json=said, headers=own)).status_code == 201
            assert await told(here, ana) == ["account.left", "account.reopened"]
            assert {"consent.withdrawn", "account.reopened"} <= set(await audited(here, ana))

    run(work())


def test_enrolling_again_with_the_address_of_a_closed_account_leads_back_to_it(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            own = await headers(here, await person(here))
            await here.client.post("/v1/account/leaving", headers=own)
            said = {"contact": {"kind": "email", "value": MAIL}}
            assert (await here.client.post("/v1/enrolments", json=said)).json() == {"sent": True}
            (mail, *_) = [one for one in await letters(here) if "sign in, or recover" in text_of(one)]
            assert mail["To"] == MAIL

    run(work())


async def erase(here: Bureau, own: dict[str, str], *, sure: bool = True) -> httpx.Response:
    return await here.client.post("/v1/account/erasure", json={"erase_everything": sure}, headers=own)


def test_partners_are_told_when_somebody_is_erased(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, (flats, asking) = await person(here), await here.party("partner", "feed.read")
            own = await headers(here, ana)
            said = {
                "partner": flats.id,
                "purpose": "rental_deposit",
                "level": "score",
                "scorecard": "everyday",
            }
            granted = (await here.client.post("/v1/consents", json=said, headers=own)).json()
            assert (await erase(here, own)).status_code == 200
            feed = (await here.client.get("/v1/feed", headers=asking)).json()["data"]
            assert [one["type"] for one in feed] == ["consent.granted", "consent.revoked"]
            assert feed[-1]["ids"]["consent"] == granted["id"]

    run(work())


def test_erasing_leaves_nothing_that_can_be_read_or_signed_in_with(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, key = await person(here), Authenticator()
            own = await headers(here, ana)
            await add(here, own, key)
            async with here.as_() as context:
                sealed = await vault.seal(context, here.state.keys, ana.id, "x", b"said")
                pairwise = await known_as(context, "par_1", ana.id)
            assert (await erase(here, own, sure=False)).status_code == 422
            erased = await erase(here, own)
            kept = {one["what"]: one["why"] for one in erased.json()["kept"]}
            assert {"audit", "people", "inquiries", "consents"} <= kept.keys()
            assert (await here.client.get("/v1/account", headers=own)).status_code == 401
            assert (await sign_in(here, key)).status_code == 401
            async with here.as_() as context:
                with pytest.raises(ErasedError):
                    await vault.unseal(context, here.state.keys, ana.id, "x", sealed)
                assert await identifiers.of(context, here.state.keys, ana.id) == []
                assert await person_of(context, "par_1", pairwise) is None
            await person(here)  # the same address and number may enrol again, as somebody new

    run(work())


def test_erasing_takes_the_person_out_of_the_event_log_and_nobody_else(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, ben = await person(here), await person(here, "ben@example.org", 2)
            pseudonym = await log_id(here, ana)
            await paid(here, ana, "bill-of-ana")
            await paid(here, ben, "bill-of-ben")
            await erase(here, await headers(here, ana))
            assert len(known(here, pseudonym)) == 1, "the job has not run yet"
            assert await log_id(here, ana) == f"erased {ana.id}", "but nobody is found by it any more"
            assert await erase_from_log(here.state, here.clock()) == 1
            assert await erase_from_log(here.state, here.clock()) == 0
            assert known(here, pseudonym) == []
            assert len(known(here, await log_id(here, ben))) == 1
            async with here.as_() as context:
                assert await context.connection.fetch("SELECT * FROM erasures") == []
            assert (await audited(here, ana))[-1] == "person.erased_from_log"

    run(work())


def test_whatever_is_neither_kept_with_a_reason_nor_only_added_to_is_empty_after_erasing(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            own = await headers(here, ana)
            here_of = await add(here, own, Authenticator())
            assert here_of.status_code == 201
            erased = await erase(here, own)
            kept = {one["what"] for one in erased.json()["kept"]}
        with psycopg.connect(database, options="-c search_path=credence") as connection:
            rows = connection.execute(
                "SELECT table_name FROM information_schema.columns "
                "WHERE table_schema = 'credence' AND column_name = 'person_id'"
            ).fetchall()
            left = set()
            for (name,) in rows:
                count = connection.execute(
                    f"SELECT count(*) FROM {name} WHERE person_id = '{ana.id}'"
                ).fetchone()
                left |= {name} if count != (0,) else set()
        assert {"people", "audit"} <= left <= kept

    run(work())


def test_somebody_of_whom_the_log_knows_nothing_is_erased_as_well(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            own = await headers(here, await person(here))
            await erase(here, own)
            assert await erase_from_log(here.state, datetime(2026, 11, 7, tzinfo=UTC)) == 1

    run(work())


def test_the_language_is_chosen_from_those_there_are(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            own = await headers(here, ana)
            changed = await here.client.patch("/v1/account", json={"language": "zh"}, headers=own)
            assert changed.json()["language"] == "zh"
            other = await here.client.patch("/v1/account", json={"language": "tlh"}, headers=own)
            assert other.status_code == 422
            assert (await audited(here, ana))[-1] == "account.language"

    run(work())


def test_only_people_have_an_account(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            _, partner = await here.party("partner", "scores.read")
            for method, path in (
                ("GET", "/v1/account"), ("GET", "/v1/account/export"), ("GET", "/v1/account/export.zip"),
                ("PATCH", "/v1/account"), ("POST", "/v1/account/leaving"), ("POST", "/v1/account/erasure"),
                ("POST", "/v1/account/reopening"), ("GET", "/v1/account/kept"),
            ):  # fmt: skip
                more = {"Idempotency-Key": f"{method}{path}"}
                assert (await here.client.request(method, path)).status_code == 401
                said = {"language": "zh"} if method == "PATCH" else {"erase_everything": True}
                refused = await here.client.request(method, path, headers=partner | more, json=said)
                assert refused.status_code == 403

    run(work())


def test_nothing_that_is_kept_names_a_row_that_is_deleted() -> None:
    gone = set(accounts.deleted())
    kept = [table for table in metadata.sorted_tables if table.name not in gone]
    named = {key.column.table.name for table in kept for key in table.foreign_keys}
    assert named & gone == set()


def test_what_can_only_be_added_to_is_kept_with_a_reason() -> None:
    about = [table for table in metadata.sorted_tables if "person_id" in table.columns]
    assert [
        table.name for table in about if table.info["writes"] == "append" and table.name not in KEPT
    ] == []


def test_whatever_is_encrypted_about_a_person_is_opened_for_them_or_left_out_on_purpose() -> None:
    shown = [
        column for table in export.tables() for column in table.columns if column.info.get("export", True)
    ]
    encrypted = [column for column in shown if isinstance(column.type, LargeBinary)]
    assert len(encrypted) > 1
    assert [str(column) for column in encrypted if "sealed" not in column.info] == []
