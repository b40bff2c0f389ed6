"""Asking about somebody: the answer in words, what the person sees of it, and what is not told."""

from pathlib import Path

from tests.server.harness import run
from tests.server.web.partner.desks import desk
from tests.server.web.person.visits import Visit

HERE = "/partner/ask"
LIMIT = {"purpose": "rental_deposit", "level": "threshold", "scorecard": "everyday", "at_least": "650"}


def test_a_threshold_is_answered_in_words_and_the_person_sees_it(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            for name, answer, seen in (
                ("ana", "Yes: 650 or more", "Yes, 650 or more"),
                ("ben", "No: less than 650", "No, less than 650"),
                ("cleo", "There is no score", "There is no score"),
            ):
                known = await d.known(name, level="threshold", at_least=650)
                reply = await d.visit.send(HERE, **LIMIT, person=f" {known} ", hard="true")
                assert reply.status_code == 200
                assert answer in reply.text
                assert "That it was about something they applied for" in reply.text
                person = Visit(d.here, d.world.people[name][1])
                page = await person.see("/me/inquiries")
                assert seen in page
                assert d.house.partner[0].id in page

    run(work())


def test_a_statement_is_told_line_by_line_with_the_persons_words(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            known = await d.known("ana", level="statement")
            said = LIMIT | {"level": "statement", "at_least": "", "person": known}
            reply = await d.visit.send(HERE, **said)
            for words in ("Lines", "Reasons", "That they had applied for nothing", "points_base"):
                assert words in reply.text, words
            assert f'href="/partner/decisions/new?person={known}"' in reply.text
            reader = Visit(d.here, (await d.here.party("partner", "scores.read"))[1])
            assert "/partner/decisions/new" not in (await reader.html(HERE))

    run(work())


def test_without_a_consent_the_form_says_so_and_keeps_what_was_typed(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            known = await d.known("ana", level="threshold", at_least=650)
            for said, status, why in (
                ({"person": "per_none"}, 403, "Nobody with this id"),
                ({"at_least": "700"}, 403, "Nobody with this id"),
                ({"level": "score", "at_least": ""}, 403, "Nobody with this id"),
                ({"purpose": "pay_later"}, 403, "not registered for the purpose"),
                ({"level": "all"}, 422, "is no level of detail"),
                ({"at_least": ""}, 422, "needs at_least"),
            ):
                reply = await d.visit.send(HERE, **{**LIMIT, "person": known} | said)
                assert (reply.status_code, why in reply.text) == (status, True), reply.text
                assert f'value="{said.get("person", known)}"' in reply.text
            ana = Visit(d.here, d.world.people["ana"][1])
            assert "Nobody has looked" in await ana.see("/me/inquiries")

    run(work())


def test_a_frozen_score_is_not_told_and_the_person_sees_that_somebody_asked(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            known = await d.known("ana", level="threshold", at_least=650)
            ana = Visit(d.here, d.world.people["ana"][1])
            await ana.done("/me/freeze", on="yes")
            reply = await d.visit.send(HERE, **LIMIT, person=known)
            assert reply.status_code == 403
            assert "The person has frozen their scores" in reply.text
            assert "Asked while frozen" in await ana.see("/me/inquiries")

    run(work())
