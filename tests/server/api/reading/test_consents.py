"""A person chooses what a partner may read, sees what that is, and takes it back."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.server.harness import run
from tests.server.services.reading.world import world

WISH: dict[str, object] = {"purpose": "rental_deposit", "level": "score", "scorecard": "everyday"}


def test_a_consent_is_granted_listed_and_withdrawn_at_once(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            here, (partner, headers) = there.here, there.partner
            made = await there.consent("ana")
            mine, theirs = [
                (await here.client.get("/v1/consents", headers=known)).json()["data"]
                for known in (there.people["ana"][1], headers)
            ]
            assert mine == theirs
            assert [(one["id"], one["person"], one["partner"]) for one in mine] == [
                (made["id"], made["person"], partner.id)
            ]
            assert made["person"] != there.people["ana"][0].id
            assert mine[0]["ends_at"] == (here.clock() + timedelta(days=90)).isoformat().replace(
                "+00:00", "Z"
            )
            assert (await there.ask(made["person"])).status_code == 200
            url = f"/v1/consents/{made['id']}/withdraw"
            assert (await there.post("ben", url)).status_code == 404
            for _ in range(2):
                assert (await there.post("ana", url)).status_code == 204
            refused = await there.ask(made["person"])
            assert (refused.status_code, refused.json()["code"]) == (403, "consent_missing")
            assert (await there.see("ana", "/v1/consents")).json()["data"][0]["withdrawn_at"] is not None
            for what in ("consent.granted", "consent.withdrawn"):
                entries = await there.audited(what)
                assert [(one["actor"], one["partner_id"]) for one in entries] == [("person", partner.id)]
            async with here.as_() as context:
                rows = await context.connection.fetch("SELECT kind, subject FROM outbox ORDER BY number")
            assert [tuple(row.values()) for row in rows] == [
                ("consent.granted", made["person"]), ("consent.revoked", made["person"]),
            ]  # fmt: skip

    run(work())


def test_consents_are_listed_in_pages_and_for_people_and_partners_alone(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            here, made = there.here, await there.consent("ana")
            page = (await there.see("ana", "/v1/consents", limit="1")).json()
            assert page["next_cursor"] == made["id"]
            rest = await there.see("ana", "/v1/consents", limit="1", cursor=page["next_cursor"])
            assert rest.json() == {"data": [], "next_cursor": None}
            assert (await here.client.get("/v1/consents")).status_code == 401
            _, known = await here.party("operator")
            assert (await here.client.get("/v1/consents", headers=known)).status_code == 403

    run(work())


def test_nothing_is_granted_that_was_not_said(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            here, partner = there.here, there.partner[0].id
            whole = WISH | {"partner": partner}
            soon = (here.clock() + timedelta(days=366)).isoformat()
            cases: list[tuple[dict[str, object], int]] = [
                *(({name: said for name, said in whole.items() if name != left}, 422) for left in whole),
                (whole | {"purpose": "own_view"}, 422),
                (whole | {"purpose": "anything"}, 422),
                (whole | {"purpose": "mortgage"}, 422),
                (whole | {"purpose": "pay_later"}, 422),
                (whole | {"level": "everything"}, 422),
                (whole | {"scorecard": "suining"}, 422),
                (whole | {"level": "threshold"}, 422),
                (whole | {"at_least": 650}, 422),
                (whole | {"ends_at": here.clock().isoformat()}, 422),
                (whole | {"ends_at": soon}, 422),
                (whole | {"partner": "par_" + "0" * 26}, 404),
                (whole | {"agreed": True}, 422),
            ]
            for body, status in cases:
                reply = await there.post("ana", "/v1/consents", body)
                assert (reply.status_code, body) == (status, body)
            assert (await there.see("ana", "/v1/consents")).json()["data"] == []
            assert await there.audited("consent.granted") == []

    run(work())


def test_unknown_missing_withdrawn_ended_and_lesser_consents_are_one_answer(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            here = there.here
            day = timedelta(days=1)
            ended = await there.consent("ana", ends_at=(here.clock() + day).isoformat())
            withdrawn = await there.consent("ben")
            await there.post("ben", f"/v1/consents/{withdrawn['id']}/withdraw")
            lesser = await there.consent("cleo", level="threshold", at_least=650)
            here.clock.move(days=2)
            _, headers = await here.party("partner", "scores.read")
            replies = [
                await there.ask("per_" + "0" * 26),
                await there.ask(ended["person"]),
                await there.ask(withdrawn["person"]),
                await there.ask(lesser["person"]),
                await there.ask(lesser["person"], level="threshold", at_least=640),
                await there.ask(lesser["person"], headers, level="threshold", at_least=650),
                await there.ask(lesser["person"], purpose="small_loan", level="threshold", at_least=650),
            ]
            said = [{**one.json(), "request_id": ""} for one in replies]
            assert [one.status_code for one in replies] == [403] * len(replies)
            assert said == [said[0]] * len(replies)
            assert said[0]["code"] == "consent_missing"
            assert (await there.ask(lesser["person"], level="threshold", at_least=650)).status_code == 200
            await there.post("ana", "/v1/freezes")
            assert (await there.ask(ended["person"])).json()["code"] == "consent_missing"

    run(work())


@pytest.mark.parametrize("known", [True, False], ids=["somebody it knows", "whoever is shown it"])
def test_a_request_shows_what_would_be_sent_and_is_granted_or_lapses(
    database: str, folder: Path, *, known: bool
) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            here, (partner, headers) = there.here, there.partner
            person = (await there.consent("ana", level="band"))["person"]
            keyed = headers | {"Idempotency-Key": "one"}
            body = WISH | {"days": 30} | ({"person": person} if known else {})
            made = await here.client.post("/v1/consent-requests", json=body, headers=keyed)
            assert made.status_code == 201
            url = f"/v1/consent-requests/{made.json()['id']}"
            seen = (await there.see("ana", url)).json()
            assert (seen["state"], seen["partner"], seen["person"]) == ("waiting", partner.id, None)
            waiting = (await there.see("ana", "/v1/consent-requests")).json()["data"]
            assert len(waiting) == known
            assert (await there.see("ben", url)).status_code == (404 if known else 200)
            wrong = await there.post(
                "ana", url + "/grant", {"purpose": "rental_deposit", "level": "statement"}
            )
            assert wrong.status_code == 422
            said = {"purpose": "rental_deposit", "level": "score"}
            granted = await there.post("ana", url + "/grant", said)
            assert (granted.status_code, granted.json()["person"]) == (201, person)
            assert (await there.post("ana", url + "/grant", said)).status_code == 409
            told = (await there.ask(person)).json()
            assert {name: told[name] for name in seen["would_be_sent"]} == seen["would_be_sent"]
            state = (await here.client.get(url, headers=headers)).json()
            assert (state["state"], state["person"], state["consent"]) == (
                "granted", person, granted.json()["id"],
            )  # fmt: skip
            assert state["would_be_sent"] is None
            here.clock.move(days=29)
            assert (await there.ask(person)).status_code == 200
            here.clock.move(days=2)
            assert (await there.ask(person)).status_code == 403

    run(work())


def test_a_request_to_nobody_looks_like_any_other_and_lapses(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            here, (_, headers) = there.here, there.partner
            body = WISH | {"days": 30, "person": "per_" + "0" * 26}
            keyed = headers | {"Idempotency-Key": "one"}
            made = await here.client.post("/v1/consent-requests", json=body, headers=keyed)
            assert made.status_code == 201
            url = f"/v1/consent-requests/{made.json()['id']}"
            assert (await there.see("ana", url)).status_code == 404
            assert (await here.client.get(url, headers=headers)).json()["state"] == "waiting"
            _, others = await here.party("partner", "scores.read")
            assert (await here.client.get(url, headers=others)).status_code == 404
            here.clock.move(days=14)
            assert (await here.client.get(url, headers=headers)).json()["state"] == "lapsed"
            for wrong in ({"days": 0}, {"days": 366}, {"purpose": "utility_deposit"}):
                keyed = headers | {"Idempotency-Key": str(wrong)}
                reply = await here.client.post("/v1/consent-requests", json=body | wrong, headers=keyed)
                assert reply.status_code == 422
            assert (await there.post("ana", "/v1/consent-requests", body)).status_code == 403

    run(work())


def test_a_preview_tells_nobody_and_says_what_each_level_would_send(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            url = "/v1/consents/preview"
            wishes = [WISH | {"level": "threshold", "at_least": 400}]
            wishes += [WISH | {"level": level} for level in ("band", "score", "reasons", "statement")]
            told = [(await there.post("ben", url, wish)).json()["would_be_sent"] for wish in wishes]
            more = [set(later) - set(earlier) for earlier, later in pairwise(told)]
            assert more == [{"band"}, {"score"}, {"reasons"}, {"points_base", "lines", "range"}]
            assert told[0]["outcome"] == "yes"
            assert "score" not in told[0]
            whole = told[-1]
            assert whole["points_base"] + sum(line["points"] for line in whole["lines"]) == whole["score"]
            nothing = (await there.post("cleo", url, WISH)).json()["would_be_sent"]
            assert nothing == {"outcome": "no_score"}
            async with there.here.as_() as context:
                assert await context.connection.fetchval("SELECT count(*) FROM inquiries") == 0

    run(work())
