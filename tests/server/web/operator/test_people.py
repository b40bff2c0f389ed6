"""Support: people are found and looked at with a reason, and they see it."""

from pathlib import Path

from credence.server.services.people import identifiers
from credence.server.services.people.kinds import identifier
from tests.server.harness import run
from tests.server.services.reading.world import World, world
from tests.server.web.person.visits import Visit, said

HERE = "/operator/people"
WHY = "She called and cannot sign in"


async def support(there: World) -> Visit:
    return Visit(there.here, (await there.here.party("operator", "support"))[1])


def test_somebody_is_found_by_a_number_and_sees_that_and_why(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            ana, state = there.people["ana"][0], there.here.state
            async with there.here.as_() as context:
                number = identifier("phone", "+358401234567")
                await identifiers.add(context, state.keys, ana.id, number, held=True)
            visit = await support(there)
            asked = {"kind": "phone", "value": "+358 40 123 4567"}
            short = await visit.send(HERE, **asked, reason="So.")
            assert (short.status_code, "Say in a sentence" in said(short)) == (422, True)
            assert f"This is {ana.id}" in said(await visit.send(HERE, **asked, reason=WHY))
            other = await visit.send(HERE, kind="phone", value="+358409999999", reason=WHY)
            assert "Nobody here is known by this" in said(other)
            odd = await visit.send(HERE, kind="phone", value="none", reason=WHY)
            assert odd.status_code == 422
            reads = (await there.see("ana", "/v1/inquiries")).json()["data"]
            assert [(read["reader"], read["reason"]) for read in reads] == [("operator", WHY)]
            assert {entry["person_id"] for entry in await there.audited("person.searched")} == {ana.id, None}

    run(work())


def test_a_look_at_a_score_adds_up_and_is_seen_by_the_person(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            visit = await support(there)
            asked = {"scorecard": "everyday", "reason": WHY}
            ana, cleo = there.people["ana"][0], there.people["cleo"][0]
            page = said(await visit.send(f"{HERE}/look", person=ana.id, **asked))
            assert "What everyone starts with 350" in page
            assert "No score" in said(await visit.send(f"{HERE}/look", person=cleo.id, **asked))
            nobody = await visit.send(f"{HERE}/look", person="per_none", **asked)
            assert nobody.status_code == 422
            reads = (await there.see("ana", "/v1/inquiries")).json()["data"]
            assert [(read["reader"], read["reason"]) for read in reads] == [("operator", WHY)]
            assert "/operator/audit" in await visit.html(HERE)

    run(work())


def test_only_support_looks_people_up(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            await Visit(there.here, (await there.here.party("operator", "admin"))[1]).see(HERE, 403)

    run(work())
