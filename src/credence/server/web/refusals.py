"""Errors as pages, for whatever lies outside /v1: a sentence, what to do, and the request's number."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import Request

from credence.errors import (
    CredenceError,
    NotSignedInError,
    RequestError,
    SignInAgainError,
    UnavailableError,
)
from credence.server.web.pages import Seat, page
from credence.server.web.texts import known, say
from credence.server.web.visitor import seat_of

# Sentences by what a field of a form lacks; of anything else it is said that it cannot be.
FIELDS = {
    "missing": "problem.field_missing", "string_too_short": "problem.field_missing",
    "string_too_long": "problem.field_long",
}  # fmt: skip
Handler = Callable[[Request, Exception], Awaitable[Response]]
# Not for eyes: the API, and what machines look at.
MACHINES = ("/v1", "/.well-known", "/health", "/ready", "/metrics", "/assets")


def add_handlers(app: FastAPI) -> None:
    """Let pages tell errors in a page; the API keeps its own way. Asked after the API's were added."""
    for kind, handler in list(app.exception_handlers.items()):
        app.exception_handlers[kind] = _either(cast("Handler", handler))


def _either(machines: Handler) -> Handler:
    async def told(request: Request, error: Exception) -> Response:
        if request.url.path.startswith(MACHINES):
            return await machines(request, error)
        return refusal(request, error)

    return told


def refusal(request: Request, error: Exception) -> Response:
    """The page of an error; whoever is not signed in is asked to."""
    if isinstance(error, NotSignedInError) and request.method == "GET":
        return RedirectResponse(f"/sign-in?to={quote(_asked(request))}", 303)
    status, code, sentence = _told(error)
    seat = seat_of(request)
    if isinstance(error, RequestValidationError):
        sentence = _faults(seat.language, error.errors())
    else:
        sentence = _in_words(seat, code, sentence)
    if isinstance(error, SignInAgainError):
        return page(seat, "entry/again.html", status, sentence=sentence, to=_page(request))
    back = _page(request) if request.method != "GET" and request.url.path.count("/") > 1 else None
    request_id = request.state.request_id
    return page(seat, "problem.html", status, sentence=sentence, request_id=request_id, back=back)


def sentence_of(seat: Seat, error: CredenceError) -> str:
    """The sentence of an error in the language of who looks, for a page that shows the form again."""
    return _in_words(seat, error.code, str(error))


def _in_words(seat: Seat, code: str, sentence: str) -> str:
    if known(f"problem.{code}"):
        return say(seat.language, f"problem.{code}")
    # In English an error says more itself: which value, until when.
    other = seat.language != "en" and known(f"errors.{code}")
    return say(seat.language, f"errors.{code}") if other else sentence


def _page(request: Request) -> str:
    """The page to go on with: the one that was asked for, or that whose form was sent."""
    if request.method == "GET":
        return _asked(request)
    return "/".join(request.url.path.split("/")[:3])


def _asked(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _told(error: Exception) -> tuple[int, str, str]:
    """The status, the code and the sentence of an error."""
    if isinstance(error, HTTPException):
        code = "not_found" if error.status_code == HTTPStatus.NOT_FOUND else "refused"
        return error.status_code, code, str(error.detail)
    if not isinstance(error, CredenceError):
        return 422, "invalid_request", "The form holds a sign that cannot be kept."
    status = 503 if isinstance(error, UnavailableError) else getattr(error, "status", 422)
    return status, error.code, str(error)


def _faults(language: str, errors: Any) -> str:  # noqa: ANN401 - as FastAPI gives them
    """What is amiss with each field of a form, in words."""
    return " ".join(
        say(language, FIELDS.get(one["type"], "problem.field"), field=one["loc"][-1], **one.get("ctx", {}))
        for one in errors
    )


def either(machines: Callable[[Request, Exception], Response]) -> Callable[[Request, Exception], Response]:
    """What answers outside of any route: a page for eyes, and what the API says for the rest."""

    def told(request: Request, error: Exception) -> Response:
        if request.url.path.startswith(MACHINES):
            return machines(request, error)
        return refusal(request, error) if isinstance(error, RequestError) else _lost(request)

    return told


def _lost(request: Request) -> HTMLResponse:
    """The page of what nobody foresaw."""
    seat = seat_of(request)
    sentence = say(seat.language, "problem.internal")
    request_id = request.state.request_id
    return page(seat, "problem.html", 500, sentence=sentence, request_id=request_id, back=None)
