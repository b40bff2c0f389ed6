"""/operator/partners, /furnishers, /operators: who may come; adding and ending them, their keys, members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form
from fastapi.responses import Response

from credence.errors import ConflictError, InvalidRequestError, LastAdminError, NoSuchThingError
from credence.scorecards.live import purposes
from credence.server.services.access import clients, members, operators, parties, scopes
from credence.server.services.access.parties import Party
from credence.server.services.operating import breaches
from credence.server.web.entry.door import to
from credence.server.web.operator.roles import AtAdmin
from credence.server.web.pages import page
from credence.server.web.refusals import sentence_of
from credence.server.web.visitor import Visitor

router = APIRouter(include_in_schema=False)
HERE = "/operator"
KINDS: Mapping[str, Party] = {"partners": "partner", "furnishers": "furnisher", "operators": "operator"}
Programs = Literal["partners", "furnishers"]
Name = Annotated[str, Form(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]
# Nothing that cannot be undone is done by one button alone.
Sure = Annotated[Literal["true"], Form()]
Ends = Annotated[Literal["true"] | None, Form()]
Email = Annotated[str, Form(max_length=254)]
Words = Annotated[list[str], Form(max_length=100)]


@dataclass(frozen=True)
class Parties:
    """Everybody of a kind, what a new one may have, and what was wrong with one that was sent."""

    noun: str
    rows: Sequence[Mapping[str, Any]]
    choices: Sequence[tuple[str, str]]
    sentence: str | None = None


@dataclass(frozen=True)
class OneParty:
    """One of them: its keys, and those who act for it, with what they may do."""

    noun: str
    row: Mapping[str, Any]
    keys: Sequence[Mapping[str, Any]]
    members: Sequence[Mapping[str, Any]]
    scopes: Sequence[str]


@dataclass(frozen=True)
class Invited:
    """The address with which somebody comes in, shown once; and the page to go back to."""

    name: str
    address: str
    back: str


@router.get(f"{HERE}/partners")
async def partners(visitor: AtAdmin) -> Response:
    """Every partner."""
    return await _list(visitor, "partners")


@router.get(f"{HERE}/furnishers")
async def furnishers(visitor: AtAdmin) -> Response:
    """Every furnisher."""
    return await _list(visitor, "furnishers")


@router.get(f"{HERE}/operators")
async def all_operators(visitor: AtAdmin) -> Response:
    """Every operator."""
    return await _list(visitor, "operators")


@router.post(f"{HERE}/partners")
async def add_partner(visitor: AtAdmin, name: Name, has: Words | None = None) -> Response:
    """Add a partner with its purposes."""
    return await _add(visitor, "partners", name, has or [])


@router.post(f"{HERE}/furnishers")
async def add_furnisher(visitor: AtAdmin, name: Name, has: Words | None = None) -> Response:
    """Add a furnisher with the kinds of events that it may send; all, where none is chosen."""
    return await _add(visitor, "furnishers", name, has or [])


@router.post(f"{HERE}/operators")
async def add_operator(visitor: AtAdmin, name: Name, has: Words | None = None, email: Email = "") -> Response:
    """Add an operator; the address with which they come in is shown once."""
    keys, known = visitor.state.keys, name.strip()
    try:
        _, secret = await operators.invite(visitor.context, keys, known, has or [], email.strip())
    except (InvalidRequestError, ConflictError) as error:
        return await _list(visitor, "operators", sentence_of(visitor.seat, error))
    return _invited(visitor, known, secret, "operators")


@router.post(f"{HERE}/operators/{{party_id}}/email")
async def set_email(visitor: AtAdmin, party_id: str, email: Email = "") -> Response:
    """Have an operator told by mail that something waits for them; no more, where it is empty."""
    try:
        await operators.set_mail(visitor.context, visitor.state.keys, party_id, email.strip())
    except InvalidRequestError as error:
        return await _list(visitor, "operators", sentence_of(visitor.seat, error))
    return to(f"{HERE}/operators", done="mail_set")


@router.post(f"{HERE}/operators/{{party_id}}/end")
async def end_operator(visitor: AtAdmin, party_id: str, sure: Sure) -> Response:
    """An operator may come no more, from now on; the last administrator stays."""
    del sure
    try:
        await operators.end(visitor.context, party_id)
    except LastAdminError as error:
        return await _list(visitor, "operators", sentence_of(visitor.seat, error))
    return to(f"{HERE}/operators", done="party_ended")


@router.post(f"{HERE}/operators/{{party_id}}/link")
async def link(visitor: AtAdmin, party_id: str) -> Response:
    """Another address for an operator who lost their passkey, or never came."""
    await parties.check_there(visitor.context, "operator", party_id)
    secret = await parties.sign_in_link(visitor.context, party_id)
    return _invited(visitor, await _name(visitor, "operator", party_id), secret, "operators")


@router.get(f"{HERE}/{{noun}}/{{party_id}}")
async def one(visitor: AtAdmin, noun: Programs, party_id: str) -> Response:
    """A partner or furnisher."""
    kind = KINDS[noun]
    row = await _row(visitor, kind, party_id)
    keys = await clients.listed(visitor.context, party_id)
    who = await members.listed(visitor.context, (_program(noun), party_id))
    return page(
        visitor.seat, "operator/party.html", seen=OneParty(noun, row, keys, who, list(scopes.SCOPES[kind]))
    )


@router.post(f"{HERE}/{{noun}}/{{party_id}}/end")
async def end(visitor: AtAdmin, noun: Programs, party_id: str, sure: Sure) -> Response:
    """It may come no more, from now on."""
    del sure
    await parties.end(visitor.context, KINDS[noun], party_id)
    return to(f"{HERE}/{noun}", done="party_ended")


@router.post(f"{HERE}/{{noun}}/{{party_id}}/keys/end")
async def end_keys(visitor: AtAdmin, noun: Programs, party_id: str) -> Response:
    """End every key and token of it; it stays."""
    await parties.end_keys(visitor.context, KINDS[noun], party_id)
    return to(f"{HERE}/{noun}/{party_id}", done="keys_ended")


@router.post(f"{HERE}/{{noun}}/{{party_id}}/members")
async def invite(
    visitor: AtAdmin, noun: Programs, party_id: str, name: Name, has: Words | None = None
) -> Response:
    """Let somebody act for it; the address with which they come in is shown once."""
    party = _program(noun), party_id
    _, secret = await members.invite(visitor.context, party, name, has or [])
    return _invited(visitor, name, secret, f"{noun}/{party_id}")


@router.post(f"{HERE}/{{noun}}/{{party_id}}/members/{{member_id}}/end")
async def end_member(visitor: AtAdmin, noun: Programs, party_id: str, member_id: str) -> Response:
    """Somebody acts for it no more."""
    await members.end(visitor.context, (_program(noun), party_id), member_id)
    return to(f"{HERE}/{noun}/{party_id}", done="member_ended")


@router.post(f"{HERE}/partners/{{party_id}}/breach")
async def breach(
    visitor: AtAdmin, party_id: str, since: Annotated[date, Form()], sure: Sure, keys: Ends = None
) -> Response:
    """Freeze everybody whom a partner read about since a day, and tell each of them."""
    del sure
    begin = datetime.combine(since, time(), UTC)
    await breaches.freeze(visitor.context, party_id, begin, end_keys=keys is not None)
    return to(f"{HERE}/partners/{party_id}", done="cohort_frozen")


async def _list(visitor: Visitor, noun: str, sentence: str | None = None) -> Response:
    rows = await parties.listed(visitor.context, KINDS[noun])
    seen = Parties(noun, rows, _choices(visitor, noun), sentence)
    return page(visitor.seat, "operator/parties.html", 200 if sentence is None else 422, seen=seen)


def _choices(visitor: Visitor, noun: str) -> list[tuple[str, str]]:
    """What somebody new may have, with what each is called: purposes, kinds of events, or roles."""
    if noun == "partners":
        return sorted(purposes().items())
    words = visitor.state.log.vocabulary
    kinds = [(name, words.kinds[name].title) for name in sorted(words.counted())]
    return kinds if noun == "furnishers" else list(scopes.OPERATORS.items())


async def _add(visitor: Visitor, noun: str, name: str, has: list[str]) -> Response:
    kind = KINDS[noun]
    try:
        made = await parties.add(visitor.context, kind, name.strip(), has)
    except (InvalidRequestError, ConflictError) as error:
        return await _list(visitor, noun, sentence_of(visitor.seat, error))
    return to(f"{HERE}/{noun}/{made}", done="party_added")


def _invited(visitor: Visitor, name: str, secret: str, back: str) -> Response:
    address = f"{visitor.state.settings.public_url}/enter/{secret}"
    return page(visitor.seat, "operator/invited.html", seen=Invited(name, address, f"{HERE}/{back}"))


async def _row(visitor: Visitor, kind: Party, party_id: str) -> Mapping[str, Any]:
    for row in await parties.listed(visitor.context, kind):
        if row["id"] == party_id:
            return row
    raise NoSuchThingError(kind, party_id)


async def _name(visitor: Visitor, kind: Party, party_id: str) -> str:
    return str((await _row(visitor, kind, party_id))["name"])


def _program(noun: Programs) -> Literal["partner", "furnisher"]:
    return "partner" if noun == "partners" else "furnisher"
