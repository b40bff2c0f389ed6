"""People for tests: enrolled as they would be, their headers, and what was sent to them."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

import httpx
from stdnum.cn import ric

from credence.server.jobs.people import send_mails
from credence.server.requests import COOKIE
from credence.server.services.context import Actor
from credence.server.services.people import enrol, sessions
from credence.server.services.people.kinds import identifier
from tests.server.harness import Bureau

MAIL = "ana@example.org"


def number(which: int = 1) -> str:
    """A resident number of nobody, with the right check digit."""
    body = f"36042619910101{which:03}"
    return body + str(ric.calc_check_digit(body + "0"))


async def person(here: Bureau, mail: str = MAIL, which: int = 1, language: str = "en") -> Actor:
    """Somebody who enrolled with an address and a resident number."""
    known = identifier("email", mail), identifier("cn.ric", number(which))
    async with here.as_() as context:
        return Actor("person", await enrol(context, here.state.keys, known, language))


async def headers(here: Bureau, actor: Actor) -> dict[str, str]:
    """What a request comes with from a new session of theirs."""
    async with here.as_() as context:
        return {"Authorization": f"Bearer {await sessions.begin(context, actor, 'test')}"}


def of_cookie(reply: httpx.Response) -> dict[str, str]:
    """The headers of whoever was signed in by a reply."""
    return {"Authorization": f"Bearer {reply.cookies[COOKIE]}"}


async def letters(here: Bureau) -> list[EmailMessage]:
    """Every mail that was sent so far, in order."""
    await send_mails(here.state, here.clock())
    found = (here.state.settings.data / "mails").glob("*.eml")
    paths = sorted(found, key=lambda path: path.stat().st_mtime_ns)
    return [mail for path in paths if isinstance(mail := _read(path.read_bytes()), EmailMessage)]


def _read(content: bytes) -> object:
    return message_from_bytes(content, policy=policy.default)


async def last_code(here: Bureau) -> str:
    """The code in the last mail that was sent."""
    found = re.search(r"[0-9]{6}", text_of((await letters(here))[-1]))
    assert found is not None, "the last mail has a code"
    return found[0]


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_content())


def wrong(code: str) -> str:
    """Another code."""
    return f"{(int(code) + 1) % 10**6:06}"


async def told(here: Bureau, actor: Actor) -> list[str]:
    """The kinds of what somebody was told, oldest first."""
    async with here.as_() as context:
        rows = await context.connection.fetch(
            "SELECT kind FROM messages WHERE person_id = $1 ORDER BY told_at, ctid", actor.id
        )
    return [row["kind"] for row in rows]


async def audited(here: Bureau, actor: Actor) -> list[str]:
    """What was recorded about somebody, oldest first."""
    async with here.as_() as context:
        rows = await context.connection.fetch(
            "SELECT what FROM audit WHERE person_id = $1 ORDER BY at, ctid", actor.id
        )
    return [row["what"] for row in rows]
