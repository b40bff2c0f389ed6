"""A password of whoever is signed in, with an authenticator app."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from credence.server.api.dependencies import TheState
from credence.server.api.people.bodies import Code, Said
from credence.server.api.people.sessions import ForThemselves, SignedIn
from credence.server.requests import keep_signed_in
from credence.server.services.people import passwords

router = APIRouter(prefix="/passwords", tags=["sign-in"])


class NewPassword(Said):
    """A password; with the app's codes it need not be long, but not one of few signs either."""

    password: Annotated[str, Field(min_length=passwords.SHORTEST, max_length=passwords.LONGEST)]


class App(BaseModel):
    """The address that an authenticator app takes in, often shown as a QR code."""

    otpauth: str


class Shown(Said):
    """The code that the app shows."""

    code: Code


@router.post("", status_code=201)
async def begin(context: ForThemselves, state: TheState, said: NewPassword) -> App:
    """Set a password. It counts once the first code of the app was shown."""
    return App(otpauth=await passwords.begin(context, state.keys, said.password))


@router.post("/confirmation", status_code=201)
async def confirm(context: ForThemselves, state: TheState, response: Response, said: Shown) -> SignedIn:
    """Make the password count. Every session ends, and a new one begins here."""
    keep_signed_in(response, context, await passwords.confirm(context, state.keys, said.code))
    return SignedIn(kind=context.actor.kind, id=context.actor.id)
