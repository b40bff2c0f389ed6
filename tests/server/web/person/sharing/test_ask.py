"""Where a partner's QR code leads: who asks and what for to everybody, what is sent to the person alone."""

from pathlib import Path

from tests.server.harness import run
from tests.server.services.reading.world import World, world
from tests.server.web.person.visits import Visit

WISH = {"purpose": "rental_deposit", "level": "score", "scorecard": "everyday", "days": 60}


async def asked(here: World, **said: object) -> str:
    """The path of a request that the partner made."""
    made = await here.here.client.post("/v1/consent-requests", json=WISH | said, headers=here.partner[1])
    assert made.status_code == 201, made.text
    return f"/ask/{made.json()['id']}"


def test_whoever_scans_a_code_sees_who_asks_and_once_signed_in_what_would_be_sent(
    database: str, folder: Path
) -> None:
    async def it() -> None:
        async with world(database, folder) as here:
            path = await asked(here)
            nobody, ana = Visit(here.here), Visit(here.here, here.people["ana"][1])
            first = await nobody.see(path)
            assert "asks to see something about you" in first
            assert "Exactly this is sent" not in first
            shown = await nobody.html(path)
            assert f'href="/sign-in?to={path}"' in shown
            assert f'href="/start?to={path}"' in shown
            assert "Sign in" in await Visit(here.here, here.partner[1]).see(path)
            page = await ana.html(path)
            assert "Exactly this is sent" in page
            assert '<option value="60" selected>' in page
            other = await ana.send(path, purpose="rental_deposit", level="statement", days="60")
            assert other.status_code == 422
            done = await ana.done(path, purpose="rental_deposit", level="score", days="60")
            assert "Ends 5 January 2027" in done
            assert "answered this already" in await ana.see(path)
            assert "answered this already" not in await nobody.html(path)
            ben = Visit(here.here, here.people["ben"][1])
            await ben.see(path, 404)

    run(it())


def test_a_request_to_one_person_is_shown_to_them_alone_and_waits_for_their_answer(
    database: str, folder: Path
) -> None:
    async def it() -> None:
        async with world(database, folder) as here:
            known = (await here.consent("ana"))["person"]
            path = await asked(here, person=known, purpose="small_loan", days=365)
            reply = await here.here.client.get(path)
            assert reply.headers["Location"] == f"/sign-in?to={path}"
            ana = Visit(here.here, here.people["ana"][1])
            assert "Waiting for your answer" in await ana.see("/me/sharing")
            assert '<option value="90" selected>' in await ana.html(path)
            assert "Nothing is sent and nothing is kept" in await ana.see("/me/sharing?done=refused")
            here.here.clock.move(days=15)
            await ana.see(path, 404)

    run(it())
