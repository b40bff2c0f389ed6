"""What a person is known by is theirs to see, add, confirm and remove."""

from pathlib import Path

from tests.server.harness import bureau, run
from tests.server.people import MAIL, audited, headers, last_code, letters, number, person, wrong

PHONE = {"kind": "phone", "value": "+86 138 0013 8000"}


def test_a_number_is_held_once_the_code_that_was_sent_there_is_said(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            own = await headers(here, ana)
            here.clock.move(seconds=1)
            added = await here.client.post("/v1/identifiers", json=PHONE, headers=own)
            assert added.status_code == 201
            rows = (await here.client.get("/v1/identifiers", headers=own)).json()["data"]
            assert {(row["kind"], row["value"], row["held_at"] is None) for row in rows[:2]} == {
                ("email", MAIL, False), ("cn.ric", number(), False),
            }  # fmt: skip
            assert (rows[2]["value"], rows[2]["held_at"]) == ("+8613800138000", None)
            code = await last_code(here)
            assert (await letters(here))[-1]["To"] == "+8613800138000"
            where = f"/v1/identifiers/{added.json()['id']}/confirmation"
            refused = await here.client.post(where, json={"code": wrong(code)}, headers=own)
            assert refused.json()["code"] == "code_wrong"
            assert (await here.client.post(where, json={"code": code}, headers=own)).status_code == 204
            rows = (await here.client.get("/v1/identifiers", headers=own)).json()["data"]
            assert rows[2]["held_at"] is not None
            assert (await audited(here, ana))[-1] == "identifier.confirmed"

    run(work())


def test_of_two_who_claim_a_number_the_one_who_confirms_it_has_it(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, ben = await person(here), await person(here, "ben@example.org", 2)
            codes, ids = {}, {}
            for who in (ana, ben):
                made = await here.client.post("/v1/identifiers", json=PHONE, headers=await headers(here, who))
                ids[who.id], codes[who.id] = made.json()["id"], await last_code(here)
            for who, status in ((ben, 204), (ana, 409)):
                where = f"/v1/identifiers/{ids[who.id]}/confirmation"
                said = {"code": codes[who.id]}
                reply = await here.client.post(where, json=said, headers=await headers(here, who))
                assert reply.status_code == status
            again = await here.client.post("/v1/identifiers", json=PHONE, headers=await headers(here, ana))
            assert (again.status_code, again.json()["code"]) == (409, "identifier_taken")

    run(work())


def test_the_last_contact_and_the_last_document_stay(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            own = await headers(here, ana)
            rows = (await here.client.get("/v1/identifiers", headers=own)).json()["data"]
            rows.sort(key=lambda row: row["kind"], reverse=True)
            for row, what in zip(rows, ("address or telephone", "document"), strict=True):
                refused = await here.client.delete(f"/v1/identifiers/{row['id']}", headers=own)
                assert refused.status_code == 409
                assert f"last {what}" in refused.json()["detail"]
            second = {"kind": "br.cpf", "value": "390.533.447-05"}
            assert (await here.client.post("/v1/identifiers", json=second, headers=own)).status_code == 201
            gone = await here.client.delete(f"/v1/identifiers/{rows[1]['id']}", headers=own)
            assert gone.status_code == 204
            await person(here, "ben@example.org")  # the number is free again
            assert (await audited(here, ana))[-1] == "identifier.removed"

    run(work())


def test_somebody_elses_identifiers_are_not_there(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, ben = await person(here), await person(here, "ben@example.org", 2)
            rows = (await here.client.get("/v1/identifiers", headers=await headers(here, ana))).json()["data"]
            other = await headers(here, ben)
            path = f"/v1/identifiers/{rows[0]['id']}"
            assert (await here.client.delete(path, headers=other)).status_code == 404
            guess = await here.client.post(f"{path}/confirmation", json={"code": "000000"}, headers=other)
            assert guess.status_code == 404
            for method, where in (("GET", "/v1/identifiers"), ("DELETE", path)):
                assert (await here.client.request(method, where)).status_code == 401
            _, partner = await here.party("partner", "scores.read")
            assert (await here.client.get("/v1/identifiers", headers=partner)).status_code == 403

    run(work())


def test_five_guesses_at_a_confirmation_are_enough(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            own = await headers(here, await person(here))
            added = await here.client.post("/v1/identifiers", json=PHONE, headers=own)
            where, code = f"/v1/identifiers/{added.json()['id']}/confirmation", await last_code(here)
            statuses = [
                (await here.client.post(where, json={"code": said}, headers=own)).status_code
                for said in [wrong(code)] * 5 + [code]
            ]
            assert statuses == [422] * 5 + [429]

    run(work())


def test_whose_documents_are_somebodys_is_not_tried_out_with_many(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            await person(here, "ben@example.org", 2)
            own = await headers(here, await person(here))
            for which in range(2, 8):
                said = {"kind": "cn.ric", "value": number(which)}
                tried = await here.client.post("/v1/identifiers", json=said, headers=own)
                known = tried.json().get("code", "added")
                assert known == {2: "identifier_taken", 7: "too_many_tries"}.get(which, "added")

    run(work())
