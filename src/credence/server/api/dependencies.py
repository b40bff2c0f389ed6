"""What routes are given: who asks, by session, key or proof, and one transaction in their name."""

from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, Request

from credence.errors import InvalidProofError, NotAllowedError, NotSignedInError
from credence.server.api.replays import begin, key_of
from credence.server.requests import COOKIE, as_system, state_of
from credence.server.services import tokens
from credence.server.services.access import idempotency, proofs
from credence.server.services.context import Actor, Context
from credence.server.services.tokens import Found
from credence.server.state import State


async def actor_of(request: Request) -> Actor:
    """Whoever a request comes from, by its bearer token, a proof with its token, or the session's cookie.

    Raises:
        NotSignedInError: There is neither, or it is not valid (any more).
        RateLimitedError: They ask too often.
    """
    async with as_system(request) as context:
        return (await _known(context, request)).actor


async def _known(context: Context, request: Request) -> Found:
    scheme, token = _token(request)
    if not token:
        raise NotSignedInError
    key = key_of(request)
    claiming = None if key is None else (key, context.now - idempotency.KEPT)
    found = await tokens.find(context, token, claiming)
    if found.actor.test and not context.settings.sandbox:
        raise NotSignedInError
    if found.proof is not None:
        await _prove(context, request, (scheme, token), found.proof)
    request.state.actor = found.actor
    request.state.bucket = await request.app.state.buckets.take(context, found.actor.id)
    return found


def _token(request: Request) -> tuple[str, str]:
    """The scheme and the token that a request comes with."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() in ("bearer", "dpop") and token:
        return scheme.lower(), token
    return "cookie", request.cookies.get(COOKIE, "")


async def _prove(context: Context, request: Request, said: tuple[str, str], bound: str) -> None:
    """Check that whoever sends a bound token has its key."""
    scheme, token = said
    if scheme != "dpop":
        message = "is needed: this token is bound to a key; send it as 'Authorization: DPoP'"
        raise InvalidProofError(message)
    asked = proofs.Asked(request.method, f"{context.settings.public_url}{request.url.path}", token)
    if await proofs.check(context, one_proof(request), asked) != bound:
        message = "is of another key than the token"
        raise InvalidProofError(message)


def one_proof(request: Request) -> str | None:
    """The DPoP header of a request, if it has exactly one."""
    found = request.headers.getlist("DPoP")
    return found[0] if len(found) == 1 else None


def context_of(
    *kinds: str, scope: str | None = None, small: bool = False
) -> Callable[[Request], Coroutine[Any, Any, AsyncIterator[Context]]]:
    """A dependency that gives the context of a request of one of these kinds of actors, with a scope.

    The transaction is committed before the reply is sent, and undone by any error. Routes take it as
    `Depends(context_of(...), scope="function")`.
    """

    async def opened(request: Request) -> AsyncIterator[Context]:
        async with as_system(request, small=small) as context:
            found = await _known(context, request)
            actor = found.actor
            _check(actor, kinds, scope)
            await begin(context, request, found)
            yield replace(context, actor=actor)

    # Read again where the API is described.
    opened.kinds, opened.needed = kinds, scope  # type: ignore[attr-defined]
    return opened  # type: ignore[return-value]


def _check(actor: Actor, kinds: tuple[str, ...], scope: str | None) -> None:
    if actor.kind not in kinds:
        raise NotAllowedError
    if scope is not None and scope not in actor.scopes:
        sentence = f"The key lacks the scope '{scope}'."
        raise NotAllowedError(sentence)


async def _system(request: Request) -> AsyncIterator[Context]:
    """The bureau's own context, for what nobody needs to be signed in for: enrolling, signing in."""
    async with as_system(request) as context:
        address = request.client.host if request.client else "nowhere"
        request.state.bucket = await request.app.state.buckets.take(context, f"address {address}")
        yield context


def _now(kind: str) -> Any:  # noqa: ANN401 - what FastAPI takes
    return Depends(context_of(kind), scope="function")


ForPerson = Annotated[Context, _now("person")]
ForPartner = Annotated[Context, _now("partner")]
ForFurnisher = Annotated[Context, _now("furnisher")]
ForOperator = Annotated[Context, _now("operator")]
ForAdmin = Annotated[Context, Depends(context_of("operator", scope="admin"), scope="function")]
ForNobody = Annotated[Context, Depends(_system, scope="function")]
TheState = Annotated[State, Depends(state_of)]
