"""POST /oauth/token: tokens of five minutes for partners and furnishers, bound to a key (DPoP)."""

from typing import Annotated

from fastapi import APIRouter, Form, Header, Request, Response
from pydantic import BaseModel

from credence.errors import InvalidProofError, TokenRefusedError
from credence.server.api.dependencies import ForNobody, TheState, one_proof
from credence.server.services.access import clients, proofs
from credence.server.services.access.scopes import FURNISHERS, PARTNERS

router = APIRouter(tags=["partners and furnishers"])
# Outside /v1, where clients look for it (RFC 8414).
root = APIRouter(tags=["partners and furnishers"])
PATH = "/v1/oauth/token"


class Asked(BaseModel):
    """What a client sends, as a form."""

    grant_type: str
    client_assertion_type: str
    client_assertion: str
    scope: str = ""


class Token(BaseModel):
    """A token and how long it lasts, in seconds."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str


class Metadata(BaseModel):
    """What a client must know to ask for a token (RFC 8414)."""

    issuer: str
    token_endpoint: str
    grant_types_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]
    token_endpoint_auth_signing_alg_values_supported: list[str]
    dpop_signing_alg_values_supported: list[str]
    scopes_supported: list[str]
    service_documentation: str


@router.post("/oauth/token")
async def token(
    context: ForNobody,
    request: Request,
    response: Response,
    said: Annotated[Asked, Form()],
    dpop: Annotated[str | None, Header(alias="DPoP", description="A proof (RFC 9449)")] = None,
) -> Token:
    """A token for whoever signs with a registered key (RFC 7523), bound to the key of a DPoP proof."""
    del dpop  # described here, read whole below: there must be exactly one
    _check(said.grant_type, said.client_assertion_type)
    asked = proofs.Asked("POST", context.settings.public_url + PATH)
    try:
        thumbprint = await proofs.check(context, one_proof(request), asked)
    except InvalidProofError as error:
        refused = "invalid_dpop_proof"
        raise TokenRefusedError(refused, str(error)) from None
    granted = await clients.exchange(context, said.client_assertion, said.scope.split(), thumbprint)
    response.headers["Pragma"] = "no-cache"
    return Token(
        access_token=granted.token, token_type="DPoP",  # noqa: S106 - the name of a kind of token
        expires_in=clients.LASTS.seconds, scope=" ".join(granted.scopes),
    )  # fmt: skip


def _check(grant_type: str, assertion_type: str) -> None:
    if grant_type != "client_credentials":
        refused, sentence = "unsupported_grant_type", "The only grant_type is client_credentials."
        raise TokenRefusedError(refused, sentence)
    if assertion_type != clients.ASSERTION:
        refused, sentence = "invalid_request", f"The only client_assertion_type is {clients.ASSERTION}."
        raise TokenRefusedError(refused, sentence)


@root.get("/.well-known/oauth-authorization-server")
async def metadata(state: TheState) -> Metadata:
    """Where and how tokens are asked for."""
    issuer = state.settings.public_url
    return Metadata(
        issuer=issuer,
        token_endpoint=issuer + PATH,
        grant_types_supported=["client_credentials"],
        token_endpoint_auth_methods_supported=["private_key_jwt"],
        token_endpoint_auth_signing_alg_values_supported=["ES256"],
        dpop_signing_alg_values_supported=["ES256"],
        scopes_supported=[*PARTNERS, *FURNISHERS],
        service_documentation=f"{issuer}/v1/docs",
    )
