"""Policies and scorecards: drafts of a partner, published by two operators, retired; versions stand."""

from pathlib import Path

from credence.scorecards.load import LIBRARY
from tests.server.harness import run
from tests.server.services.deciding.house import DEPOSIT, SCOPES, house

CARD = (LIBRARY / "everyday" / "scorecard.yaml").read_text(encoding="utf-8")
OWN = CARD.replace("name: everyday", "name: sunny")


def test_a_draft_is_changed_by_whoever_read_it_and_what_is_published_stands(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            url = "/policies/deposit@1"
            draft = await h.send("POST", "/policies", body={"text": DEPOSIT})
            assert (draft.status_code, draft.json()["state"]) == (201, "draft")
            etag = draft.headers["ETag"]
            again = await h.send("POST", "/policies", body={"text": DEPOSIT})
            assert (again.status_code, again.json()["code"]) == (409, "version_stands")
            other = {"text": DEPOSIT.replace("without a deposit", "at once")}
            blind = await h.send("PUT", url, body=other)
            assert (blind.status_code, blind.json()["code"]) == (428, "etag_needed")
            changed = await h.send("PUT", url, body=other, more={"If-Match": etag})
            assert (changed.status_code, changed.json()["text"]) == (200, other["text"])
            late = await h.send("PUT", url, body=other, more={"If-Match": etag})
            assert (late.status_code, late.json()["code"]) == (412, "changed_meanwhile")
            now = {"If-Match": changed.headers["ETag"]}
            renamed = {"text": DEPOSIT.replace("version: 1", "version: 2")}
            moved = await h.send("PUT", url, body=renamed, more=now)
            assert moved.json()["errors"][0]["pointer"] == "/text/version"
            faulty = await h.send("PUT", url, body={"text": "name: deposit"}, more=now)
            assert (faulty.status_code, faulty.json()["errors"][0]["pointer"]) == (422, "/text")
            assert [len(await h.there.audited(f"policy.{what}")) for what in ("added", "changed")] == [1, 1]

    run(work())


def test_nothing_is_decided_by_a_draft_or_by_what_is_retired_and_what_was_published_stands(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            url, other = "/policies/deposit@1", {"text": DEPOSIT.replace("without a deposit", "at once")}
            await h.publish()
            h.there.here.clock.move(seconds=1)
            await h.made("POST", "/policies", body={"text": DEPOSIT.replace("version: 1", "version: 2")})
            early = await h.decide("per_x", policy="deposit@2")
            assert (early.status_code, early.json()["code"]) == (409, "policy_not_in_force")
            read = await h.send("GET", url)
            assert read.json()["state"] == "published"
            stands = await h.send("PUT", url, body=other, more={"If-Match": read.headers["ETag"]})
            assert (stands.status_code, stands.json()["code"]) == (409, "not_a_draft")
            gone = await h.send("POST", url + "/retire", more={"If-Match": read.headers["ETag"]})
            assert gone.json()["state"] == "retired"
            twice = await h.send("POST", url + "/retire", more={"If-Match": gone.headers["ETag"]})
            assert twice.json() == gone.json()
            over = await h.decide("per_x")
            assert (over.status_code, over.json()["code"]) == (409, "policy_not_in_force")
            listed = await h.made("GET", "/policies?limit=1")
            assert [one["version"] for one in listed["data"]] == [2]
            rest = await h.made("GET", f"/policies?before={listed['next_cursor']}")
            assert [one["version"] for one in rest["data"]] == [1]
            for what in ("proposed", "published", "retired"):
                assert len(await h.there.audited(f"policy.{what}")) == 1

    run(work())


def test_it_is_known_what_a_policy_needs_before_anybody_is_looked_at(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.publish()
            needs = await h.made("GET", "/policies/deposit@1/needs")
            assert (needs["level"], needs["at_least"], needs["facts"]) == ("threshold", 650, {})
            # Policies for the lab are for the sandbox; one that is not there is not there.
            for named in ("zhima/bikes@1", "zhima/nothing@1", "deposit@2", "deposit", "deposit@9999999999"):
                found = await h.send("GET", f"/policies/{named}/needs")
                assert (named, found.status_code) == (named, 404)

    run(work())


def test_a_partners_own_scorecard_is_published_before_a_policy_decides_on_it(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            policy = {"text": DEPOSIT.replace("everyday@1", "sunny@1")}
            await h.made("POST", "/scorecards", body={"text": OWN})
            early = await h.send("POST", "/policies", body=policy)
            assert early.json()["errors"][0]["pointer"] == "/text/scorecard"
            assert (await h.made("GET", "/scorecards/sunny@1"))["state"] == "draft"
            await h.publish(OWN.replace("version: 1", "version: 2"), "scorecards")
            found = await h.send("POST", "/policies", body={"text": DEPOSIT.replace("everyday@1", "sunny@2")})
            assert found.status_code == 201

    run(work())


def test_definitions_are_the_partners_own(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.made("POST", "/policies", body={"text": DEPOSIT})
            _, other = await h.there.here.party("partner", *SCOPES)
            assert (await h.send("GET", "/policies/deposit@1", other)).status_code == 404
            assert (await h.send("GET", "/policies", other)).json()["data"] == []
            assert (await h.send("POST", "/policies", {}, {"text": DEPOSIT})).status_code == 401
            _, weak = await h.there.here.party("partner", "decisions.read")
            assert (await h.send("POST", "/policies", weak, {"text": DEPOSIT})).status_code == 403
            person = h.there.people["ana"][1]
            assert (await h.send("GET", "/policies", person)).status_code == 403

    run(work())
