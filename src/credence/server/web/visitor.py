"""Whoever looks at a page: by the session's cookie, in one transaction, in their language."""

from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Request

from credence.errors import NotAllowedError, NotSignedInError, OtherSiteError
from credence.server.requests import COOKIE, as_system, state_of
from credence.server.services import tokens
from credence.server.services.context import Context, Kind
from credence.server.state import State
from credence.server.web.pages import Seat
from credence.server.web.texts import LANGUAGES

LANGUAGE = "credence_language"
READS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Visitor:
    """Somebody at a page: the context in their name (the system's for nobody), and where they sit."""

    context: Context
    state: State
    seat: Seat


def visiting(
    *kinds: Kind, small: bool = False
) -> Callable[[Request], Coroutine[Any, Any, AsyncIterator[Visitor]]]:
    """A dependency that gives a visitor of one of these kinds; without any, whoever comes.

    The transaction is committed before the page is sent, and undone by any error. With `small` it is on a
    connection of the few that no other work can hold up.

    Raises:
        NotSignedInError: Nobody is signed in.
        NotAllowedError: Somebody of another kind is.
        OtherSiteError: A form of another site was sent.
    """

    async def opened(request: Request) -> AsyncIterator[Visitor]:
        same_site(request)
        async with as_system(request, small=small) as context:
            if not kinds:
                yield Visitor(context, state_of(request), seat_of(request))
                return
            actor = (await tokens.find(context, request.cookies.get(COOKIE, ""))).actor
            if actor.kind not in kinds:
                raise NotAllowedError
            request.state.actor = actor
            request.state.bucket = await request.app.state.buckets.take(context, actor.id)
            yield Visitor(replace(context, actor=actor), state_of(request), seat_of(request, actor.kind))

    return opened  # type: ignore[return-value]


def seat_of(request: Request, kind: str | None = None) -> Seat:
    """Where a request's page is shown."""
    return Seat(request, kind, language_of(request), state_of(request).settings.sandbox)


def language_of(request: Request) -> str:
    """The language that somebody chose, else the first of their browser's that there is."""
    chosen = request.cookies.get(LANGUAGE)
    if chosen in LANGUAGES:
        return chosen
    said = request.headers.get("Accept-Language", "").lower().replace(";", ",").split(",")
    return next((one.strip()[:2] for one in said if one.strip()[:2] in LANGUAGES), "en")


def same_site(request: Request) -> None:
    """Hold that a write comes from a page of our own; browsers say where a form was sent from.

    Raises:
        OtherSiteError: It does not, or nothing says so.
    """
    if request.method in READS:
        return
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        if said != "same-origin":
            raise OtherSiteError
        return
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    if urlsplit(origin).netloc != request.headers.get("Host"):
        raise OtherSiteError


async def signed_in(request: Request, context: Context) -> Kind | None:
    """What kind of somebody is signed in, if any."""
    try:
        return (await tokens.find(context, request.cookies.get(COOKIE, ""))).actor.kind
    except NotSignedInError:
        return None


AtPerson = Annotated[Visitor, Depends(visiting("person"), scope="function")]
AtPersonNow = Annotated[Visitor, Depends(visiting("person", small=True), scope="function")]
AtPartner = Annotated[Visitor, Depends(visiting("partner"), scope="function")]
AtFurnisher = Annotated[Visitor, Depends(visiting("furnisher"), scope="function")]
AtOperator = Annotated[Visitor, Depends(visiting("operator"), scope="function")]
AtAny = Annotated[Visitor, Depends(visiting("person", "partner", "furnisher", "operator"), scope="function")]
AtDoor = Annotated[Visitor, Depends(visiting(), scope="function")]
