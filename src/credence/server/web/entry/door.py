"""/, /sign-in, /sign-out, /language: the first page, and who is signed in, in which language."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from credence.server.requests import COOKIE, guarded, keep_signed_in, state_of
from credence.server.services.people import passwords, sessions
from credence.server.web.pages import page
from credence.server.web.texts import LANGUAGES
from credence.server.web.visitor import LANGUAGE, AtAny, AtDoor, same_site, signed_in

router = APIRouter(include_in_schema=False)
HOMES = {"person": "/me", "partner": "/partner", "furnisher": "/furnisher", "operator": "/operator"}
Word = Annotated[str, Form(max_length=200)]
YEAR = 365 * 24 * 3600


@router.get("/")
async def first(request: Request, visitor: AtDoor) -> Response:
    """The first page; whoever is signed in goes to theirs."""
    kind = await signed_in(request, visitor.context)
    if kind in HOMES:
        return to(HOMES[kind])
    return page(visitor.seat, "entry/first.html")


@router.get("/sign-in")
async def sign_in_page(visitor: AtDoor) -> Response:
    """Sign in with a passkey, or a password and a code."""
    return page(visitor.seat, "entry/sign_in.html", to=inside(visitor.seat.request.query_params.get("to")))


@router.post("/sign-in")
async def sign_in(request: Request, kind: Word, value: Word, password: Word, code: Word) -> Response:
    """Sign in with a password and the code of an authenticator app."""
    same_site(request)
    value = value.strip() if kind == "operator" else value.strip().lower()
    keys = state_of(request).keys
    async with guarded(request, f"account {kind} {value}") as context:
        actor = await sessions.account(context, keys, kind, value)
        actor = await passwords.check(context, keys, actor, password, code.strip())
        reply = to(inside(request.query_params.get("to")))
        keep_signed_in(reply, context, await sessions.begin(context, actor, "password"))
    return reply


@router.post("/sign-out")
async def sign_out(request: Request, visitor: AtAny) -> Response:
    """End this session."""
    await sessions.end_this(visitor.context, request.cookies.get(COOKIE, ""))
    reply = to("/")
    reply.delete_cookie(COOKIE)
    return reply


@router.post("/language")
async def choose_language(
    request: Request, language: Word, to_: Annotated[str, Form(alias="to")] = "/"
) -> Response:
    """Read pages in a language from now on."""
    same_site(request)
    reply = to(inside(to_))
    if language in LANGUAGES:
        reply.set_cookie(LANGUAGE, language, max_age=YEAR, httponly=True, samesite="lax")
    return reply


def to(path: str, done: str | None = None) -> RedirectResponse:
    """Go on to a page, which says what was done."""
    return RedirectResponse(f"{path}?done={done}" if done else path, 303)


def inside(path: str | None) -> str:
    """A path of ours to go on to; the first page for any other address."""
    if path and path.startswith("/") and not path.startswith(("//", "/\\")):
        return path
    return "/"
