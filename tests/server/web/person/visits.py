"""Somebody at pages in a test: their cookie, forms of our own site, what a page says."""

import re
from html import unescape
from typing import Any

import httpx

from credence.server.requests import COOKIE
from tests.server.harness import Bureau

HERE = {"Sec-Fetch-Site": "same-origin"}
TAGS = re.compile(r"<[^>]+>")


def cookie(headers: dict[str, str]) -> dict[str, str]:
    """What a browser sends that is signed in with the token of these headers."""
    return HERE | {"Cookie": f"{COOKIE}={headers['Authorization'].split()[1]}"}


class Visit:
    """Somebody's browser without script: it sees pages and sends their forms."""

    def __init__(self, here: Bureau, headers: dict[str, str] | None = None) -> None:
        self.here, self.headers = here, HERE if headers is None else cookie(headers)

    async def see(self, path: str, status: int = 200) -> str:
        """The text of a page."""
        reply = await self.here.client.get(path, headers=self.headers)
        assert reply.status_code == status, reply.text
        return said(reply)

    async def html(self, path: str) -> str:
        """A page as it is sent."""
        return (await self.here.client.get(path, headers=self.headers)).text

    async def send(self, path: str, **fields: Any) -> httpx.Response:  # noqa: ANN401 - as a form has them
        """What comes of a form."""
        return await self.here.client.post(path, data=fields, headers=self.headers)

    async def done(self, path: str, **fields: Any) -> str:  # noqa: ANN401
        """What the page says to which a form leads."""
        reply = await self.send(path, **fields)
        assert reply.status_code == 303, said(reply)
        return await self.see(reply.headers["Location"])


def said(reply: httpx.Response) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", unescape(TAGS.sub(" ", reply.text)))
