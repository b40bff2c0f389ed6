"""Parties of tests that sign with keys of their own."""

from typing import Any

from joserfc.jwk import ECKey

from credence.client.signing import SigningKey
from credence.server.services.access import clients
from credence.server.services.context import Kind
from tests.server.harness import Bureau

URL = "http://bureau"
TOKEN = f"{URL}/v1/oauth/token"


async def signer(here: Bureau, kind: Kind = "partner", *scopes: str) -> SigningKey:
    """Somebody whose public key is registered."""
    actor, _ = await here.party(kind)
    key = ECKey.generate_key("P-256", private=True)
    made = SigningKey(actor.id, key, URL, clock=lambda: here.clock().timestamp())
    async with here.as_() as context:
        await clients.register(context, actor, made.public, list(scopes))
    return made


async def ask(here: Bureau, key: SigningKey, **said: Any) -> Any:  # noqa: ANN401 - a reply
    """Ask for a token; what is said replaces the usual form and proof."""
    proof = said.pop("proof", None) or key.proof("POST", TOKEN)
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": clients.ASSERTION,
        "client_assertion": key.assertion(),
    }
    return await here.client.post("/v1/oauth/token", data=form | said, headers={"DPoP": proof})


async def signed_in(here: Bureau, key: SigningKey) -> str:
    """A token for somebody."""
    token: str = (await ask(here, key)).json()["access_token"]
    return token
