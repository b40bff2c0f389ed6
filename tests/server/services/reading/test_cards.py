"""Scorecards that two operators published are live: they are consented to, run, asked by and decided on."""

from pathlib import Path

import pytest

from credence.errors import NoSuchThingError
from credence.scorecards.load import LIBRARY
from credence.server.jobs.publications import publish
from credence.server.jobs.scorecards import write_files
from credence.server.services.reading import cards, consents, evaluations
from credence.server.services.reading.scores import current
from tests.server.harness import run
from tests.server.services.deciding.house import DEPOSIT, SCOPES, House, house
from tests.server.services.reading.world import DAY, KNOWN, run_of

EVERYDAY = (LIBRARY / "everyday" / "scorecard.yaml").read_text(encoding="utf-8")
SUNNY = EVERYDAY.replace("name: everyday", "name: sunny")
for old, new in (("points_base: 350", "points_base: 351"), ("range: [350, 950]", "range: [351, 951]")):
    assert old in SUNNY
    SUNNY = SUNNY.replace(old, new)


async def with_sunny(h: House) -> None:
    """The partner's own scorecard is published, and it may ask by it."""
    await h.publish(SUNNY, "scorecards")
    async with h.there.here.as_() as context:
        scopes = [*SCOPES, "scores.read"]
        change = "UPDATE tokens SET scopes = $2 WHERE actor_id = $1"
        await context.connection.execute(change, h.partner[0].id, scopes)


async def retire(h: House) -> None:
    etag = {"If-Match": (await h.send("GET", "/scorecards/sunny@1")).headers["ETag"]}
    await h.made("POST", "/scorecards/sunny@1/retire", more=etag)


def test_a_partners_own_scorecard_is_run_consented_to_and_asked_by(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            there, state = h.there, h.there.here.state
            wish = {"purpose": "rental_deposit", "level": "reasons", "scorecard": "sunny"}
            early = await there.post("ana", "/v1/consents", {"partner": h.partner[0].id, **wish})
            assert early.json()["errors"][0]["pointer"] == "/scorecard"
            await with_sunny(h)
            assert await write_files(state, there.here.clock()) == 1
            assert await write_files(state, there.here.clock()) == 0
            file = state.settings.data / "scorecards" / "sunny" / "scorecard.yaml"
            assert file.read_text(encoding="utf-8") == SUNNY
            ana = (await there.consent("ana", scorecard="sunny", level="reasons"))["person"]
            none = (await there.ask(ana, scorecard="sunny", level="reasons")).json()
            assert none["outcome"] == "no_score"
            found = run_of(state.settings.data, DAY.replace(day=7), KNOWN, "everyday", str(file))
            await publish(state, found, there.here.clock())
            told = (await there.ask(ana, scorecard="sunny", level="reasons")).json()
            usual = (await there.see("ana", "/v1/scores/current", scorecard="everyday")).json()
            assert (told["scorecard"], told["score"]) == ("sunny", usual["score"] + 1)
            assert told["reasons"]
            statement = (await there.see("ana", "/v1/statements", scorecard="sunny")).json()
            assert statement["score"] == told["score"]
            preview = await there.post("ana", "/v1/consents/preview", wish)
            assert preview.json()["would_be_sent"]["score"] == told["score"]
            asked = {"person": ana, "days": 30, **wish}
            assert (await h.made("POST", "/consent-requests", body=asked))["id"]

    run(work())


def test_a_policy_decides_on_the_partners_own_scorecard_under_consent(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await with_sunny(h)
            await h.publish(DEPOSIT.replace("everyday@1", "sunny@1"))
            consent = await h.there.consent("ana", scorecard="sunny")
            made = await h.decide(consent["person"])
            assert (made.status_code, made.json()["outcome"]) == (201, "no_deposit")

    run(work())


def test_it_is_asked_by_its_own_partner_alone_and_for_its_purposes(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await with_sunny(h)
            other, headers = await h.there.here.party("partner", "scores.read", *SCOPES)
            wish = {"purpose": "rental_deposit", "level": "score", "scorecard": "sunny"}
            refused = await h.there.post("ana", "/v1/consents", {"partner": other.id, **wish})
            assert refused.status_code == 422
            assert "Scorecards are: everyday." in refused.json()["detail"]
            asked = await h.there.ask("per_" + "0" * 26, headers, scorecard="sunny")
            assert asked.status_code == 422
            preview = await h.there.post("ana", "/v1/consents/preview", wish | {"purpose": "employment"})
            assert preview.status_code == 422
            async with h.there.here.as_() as context:
                assert await cards.live_names(context) == ["everyday", "sunny"]
                assert await cards.live_names(context, other.id) == ["everyday"]

    run(work())


def test_a_name_is_one_partners_for_ever(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            rival = (await h.there.here.party("partner", *SCOPES))[1]
            first, second = (headers for _, headers in h.risk)
            early = await h.made("POST", "/scorecards", rival, {"text": SUNNY})
            body = {"definition_id": early["definition_id"]}
            waiting = await h.made("POST", "/approvals", first, body)
            await with_sunny(h)
            late = await h.send("POST", f"/approvals/{waiting['approval_id']}/approve", second)
            assert (late.status_code, late.json()["code"]) == (409, "conflict")
            await h.send("POST", f"/approvals/{waiting['approval_id']}/refuse", second, {"why": "Taken."})
            await retire(h)
            again = await h.send("POST", "/approvals", first, body)
            assert "must choose another name" in again.json()["detail"]

    run(work())


def test_one_that_is_retired_is_not_granted_any_more_and_its_scores_can_still_be_read(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await with_sunny(h)
            there, ana = h.there, h.there.people["ana"][0]
            known = (await there.consent("ana", scorecard="sunny"))["person"]
            async with there.here.as_() as context:
                assert await cards.concerning(context, ana.id) == ["everyday", "sunny"]
                score = await evaluations.again(context, there.here.state.log, ana.id, "sunny", "test")
            await h.publish(SUNNY.replace("version: 1", "version: 2"), "scorecards")
            await retire(h)
            assert (await there.ask(known, scorecard="sunny")).json()["score"] == score.score
            etag = {"If-Match": (await h.send("GET", "/scorecards/sunny@2")).headers["ETag"]}
            await h.made("POST", "/scorecards/sunny@2/retire", more=etag)
            assert (await there.ask(known, scorecard="sunny")).status_code == 422
            statement = (await there.see("ana", "/v1/statements", scorecard="sunny")).json()
            assert (statement["version"], statement["score"]) == (1, score.score)
            async with there.here.as_(ana) as context:
                found = await current(context, await consents.own(context), "sunny")
                assert found is not None
                card = await cards.card_of(context, there.here.state.log, found)
                assert (card.name, card.version) == ("sunny", 1)

    run(work())


def test_a_file_beside_the_bureau_is_no_scorecard_of_it(
    database: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sunny").write_text(SUNNY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    async def work() -> None:
        async with house(database, folder) as h:
            for name in ("sunny", "suining", ".."):
                found = await h.there.see("ana", "/v1/statements", scorecard=name)
                assert (found.status_code, found.json()["code"]) == (404, "not_found")
            async with h.there.here.as_() as context:
                with pytest.raises(NoSuchThingError):
                    await cards.in_force(context, h.there.here.state.log, "sunny")
                shipped = await cards.in_force(context, h.there.here.state.log, "everyday", 1)
                assert shipped.version == 1

    run(work())
