"""Errors as RFC 9457 problem details: a stable code, and a sentence for whoever asked; never a traceback."""

import logging
from dataclasses import dataclass, field

import asyncpg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from credence.errors import (
    CredenceError,
    InvalidRequestError,
    LogBusyError,
    LogUnwritableError,
    NotSignedInError,
    RequestError,
    TokenRefusedError,
    UnavailableError,
)

TYPE = "application/problem+json"
logger = logging.getLogger("credence.server")
UNFORESEEN = "Something went wrong here, and was noted. Try again; if it stays, tell us the request's id."


@dataclass(frozen=True)
class Problem:
    """What is wrong: the status and the code, a sentence, places in the request with a sentence each."""

    status: int
    code: str
    sentence: str
    headers: dict[str, str] = field(default_factory=dict)
    errors: tuple[dict[str, str], ...] = ()


def reply(request: Request, problem: Problem) -> JSONResponse:
    """A reply that says what is wrong."""
    code = problem.code
    told = {"type": f"/v1/problems/{code}", "title": code.replace("_", " "), "status": problem.status}
    told |= {"code": code, "detail": problem.sentence, "request_id": request.state.request_id}
    told |= {"errors": problem.errors} if problem.errors else {}
    return JSONResponse(told, problem.status, problem.headers, media_type=TYPE)


def add_handlers(app: FastAPI) -> None:
    """Make every error of the application a problem."""
    app.add_exception_handler(TokenRefusedError, _no_token)
    app.add_exception_handler(RequestError, _refused)
    app.add_exception_handler(UnavailableError, _unavailable)
    for unwritable in (LogBusyError, LogUnwritableError):
        app.add_exception_handler(unwritable, _held)
    app.add_exception_handler(CredenceError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _framework)
    for unkeepable in (asyncpg.DataError, UnicodeEncodeError):
        app.add_exception_handler(unkeepable, _unkeepable)


async def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestError), "registered for these"
    return problem_of(request, error)


def problem_of(request: Request, error: RequestError) -> JSONResponse:
    """The reply to a request that is refused."""
    headers = dict(error.headers)
    if isinstance(error, NotSignedInError):
        headers = {"WWW-Authenticate": 'Bearer, DPoP algs="ES256"'} | headers
    errors: tuple[dict[str, str], ...] = ()
    if isinstance(error, InvalidRequestError):
        errors = tuple({"pointer": where, "detail": why} for where, why in error.pointers.items())
    return reply(request, Problem(error.status, error.code, str(error), headers, errors))


async def _no_token(request: Request, error: Exception) -> JSONResponse:
    """What OAuth 2 clients read (RFC 6749, 5.2)."""
    assert isinstance(error, TokenRefusedError), "registered for these"
    told = {"error": error.error, "error_description": str(error), "request_id": request.state.request_id}
    return JSONResponse(told, error.status)


async def _unkeepable(request: Request, error: Exception) -> JSONResponse:
    """A number beyond 64 bits, a NUL, half a pair of UTF-16: nothing the database can keep."""
    del error  # it may tell the value
    sentence = "The request holds a number or a sign that cannot be kept: beyond 64 bits, or no Unicode text."
    return reply(request, Problem(422, "invalid_request", sentence))


async def _unavailable(request: Request, error: Exception) -> JSONResponse:
    return reply(request, Problem(503, "unavailable", str(error), {"Retry-After": "5"}))


async def _held(request: Request, error: Exception) -> JSONResponse:
    """The log cannot be written just now; its own sentence names a folder, which is for the operator."""
    logger.error("request %s: the log cannot be written", request.state.request_id, exc_info=error)
    return await _unavailable(request, UnavailableError())


async def _ours(request: Request, error: Exception) -> JSONResponse:
    """An error of the library: what was asked for cannot be."""
    assert isinstance(error, CredenceError), "registered for these"
    return reply(request, Problem(422, error.code, str(error)))


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError), "registered for these"
    errors = tuple(
        {"pointer": "/" + "/".join(str(part) for part in one["loc"][1:]), "detail": str(one["msg"])}
        for one in error.errors()
    )
    sentence = "The request is not as it must be."
    return reply(request, Problem(422, "invalid_request", sentence, errors=errors))


async def _framework(request: Request, error: Exception) -> JSONResponse:
    """What the framework refuses: no such path, another method, a body too large."""
    assert isinstance(error, HTTPException), "registered for these"
    codes = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}
    headers = dict(error.headers or {})
    code = codes.get(error.status_code, "refused")
    return reply(request, Problem(error.status_code, code, str(error.detail), headers))


def told(request: Request, error: Exception) -> JSONResponse:
    """The reply outside of any route: a request that is refused unread, or one that nobody foresaw."""
    if isinstance(error, RequestError):
        return problem_of(request, error)
    return reply(request, Problem(500, "internal", UNFORESEEN))


def noted(request: Request, error: Exception) -> None:
    """Write into the log what nobody foresaw; never into a reply."""
    if not isinstance(error, RequestError):
        logger.error("request %s failed", request.state.request_id, exc_info=error)
