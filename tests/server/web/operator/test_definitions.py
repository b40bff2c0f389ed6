"""Scorecards and policies: what is live, what changed in words, who would pass, and the two who publish."""

from pathlib import Path

from credence.server.web.tried import tried
from tests.server.harness import run
from tests.server.services.deciding.house import BANDS, DEPOSIT, house
from tests.server.services.reading.test_cards import SUNNY
from tests.server.services.reading.world import world
from tests.server.web.person.visits import Visit

HERE = "/operator/definitions"


def test_two_people_publish_a_policy_after_seeing_who_would_pass(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            draft = await h.made("POST", "/policies", body={"text": DEPOSIT})
            path = f"{HERE}/{draft['definition_id']}"
            ada, bo = (Visit(h.there.here, headers) for _, headers in h.risk)
            assert "deposit@1" in await ada.see(HERE)
            assert "1 of 2 people with scores" in await ada.see(path)
            assert "It is proposed" in await ada.done(f"{path}/propose")
            assert "Scorecards and policies to approve: 1" in await bo.see("/operator")
            proposal = (await bo.html(path)).split('name="proposal" value="')[1].split('"')[0]
            assert "You proposed it yourself" in await ada.see(path)
            assert (await ada.send(f"{path}/approve", proposal=proposal)).status_code == 403
            refused = await bo.done(f"{path}/refuse", proposal=proposal, why="Too strict")
            assert "It stays a draft" in refused
            await ada.done(f"{path}/propose")
            assert "proposed by" in await bo.see(HERE)
            proposal = (await bo.html(path)).split('name="proposal" value="')[1].split('"')[0]
            assert "It is published" in await bo.done(f"{path}/approve", proposal=proposal)
            await bo.see(f"{HERE}/def_none", 404)

    run(work())


def test_a_scorecards_change_is_told_in_words(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            ada = Visit(h.there.here, h.risk[0][1])
            await h.publish(SUNNY, "scorecards")
            first = (await ada.html(HERE)).split(f'href="{HERE}/')[1].split('"')[0]
            assert "What changed since" not in await ada.see(f"{HERE}/{first}")
            newer = SUNNY.replace("version: 1", "version: 2").replace("points_base: 351", "points_base: 352")
            newer = newer.replace("range: [351, 951]", "range: [352, 952]")
            draft = await h.made("POST", "/scorecards", body={"text": newer})
            page = await ada.see(f"{HERE}/{draft['definition_id']}")
            assert "What changed since version 1" in page
            assert "What everyone starts with: 351 -> 352" in page
            assert "sunny" in await ada.see(HERE)
            for name in ("everyday", "sunny"):
                assert "Everyone starts with" in await ada.see(f"/operator/scorecards/{name}")
            third = newer.replace("version: 2", "version: 3")
            await h.publish(third, "scorecards")
            assert "What changed since version" not in await ada.see("/operator/scorecards/sunny")
            await h.publish(third.replace("version: 3", "version: 4"), "scorecards")
            assert "What changed since version 3" in await ada.see("/operator/scorecards/sunny")
            await ada.see("/operator/scorecards/other", 404)
            await Visit(h.there.here, h.reviewer[1]).see(HERE, 403)

    run(work())


def test_points_for_each_event_and_answers_without_a_score_are_told(database: str, folder: Path) -> None:
    async def work() -> None:
        cards = ("everyday", "suining", "frailty")
        async with world(database, folder, load=False, scorecards=cards) as there:
            risk = Visit(there.here, (await there.here.party("operator", "risk"))[1])
            assert "For each event" in await risk.see("/operator/scorecards/suining")
            assert "no score" in await risk.see("/operator/scorecards/frailty")

    run(work())


def test_what_only_a_partner_knows_cannot_be_tried() -> None:
    assert BANDS
    assert tried({"not_tried": "It asks for what only a partner knows: income."}).why_not is not None
