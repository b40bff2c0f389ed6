"""/partner/policies/new: writing a policy, a new version of one, or a draft anew; every fault is told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from credence.errors import ChangedMeanwhileError, InvalidRequestError, RequestError, VersionStandsError
from credence.server.services.deciding import definitions
from credence.server.services.deciding.definitions import POLICY, Definition
from credence.server.services.looking import desk
from credence.server.services.reading import cards
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.partner.deciding import AtDeciding
from credence.server.web.partner.decisions import Named
from credence.server.web.partner.policies import HERE, ETag
from credence.server.web.visitor import Visitor

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(min_length=1, max_length=200_000, pattern=r"^[^\x00]+$")]
VERSION = re.compile(r"^version:\s*(\d{1,8})", re.MULTILINE)
EXAMPLE = """\
name: deposit
version: 1
title: Renting without a deposit
scorecard: {card}
purpose: {purpose}
outcomes: {{no_deposit: accept, deposit_due: decline}}
rows:
  - when: {{score: {{at_least: 650}}}}
    outcome: no_deposit
    reason: Your score is at least 650, so you leave no deposit.
  - when: {{score: {{below: 650}}}}
    outcome: deposit_due
    reason: Your score is less than 650, so you leave a deposit.
unknown:
  outcome: deposit_due
  reason: There is no score yet, so you leave a deposit.
"""


@dataclass(frozen=True)
class Written:
    """A text as it was written, what is amiss in it, and the version that it changes, if it is no new one."""

    text: str
    faults: Sequence[str] = ()
    definition: Definition | None = None


@router.get(f"{HERE}/new")
async def new(visitor: AtDeciding, like: Named = "") -> Response:
    """Write a policy: from an example, or the next version of one there is."""
    text = await _next(visitor, like.strip()) if like.strip() else await _example(visitor)
    return page(visitor.seat, "partner/policy_text.html", seen=Written(text))


@router.post(HERE)
async def add(visitor: AtDeciding, text: Text) -> Response:
    """Keep it as a draft, or tell every fault of it."""
    try:
        made = await definitions.add(visitor.context, POLICY, _plain(text))
    except (InvalidRequestError, VersionStandsError) as error:
        return _faulty(visitor, Written(text), error)
    return to(f"{HERE}/{made.named}", done="policy_kept")


@router.get(f"{HERE}/{{named}}/text")
async def edit(visitor: AtDeciding, named: str) -> Response:
    """Write a draft anew."""
    found = await definitions.of_partner(visitor.context, POLICY, named)
    return page(visitor.seat, "partner/policy_text.html", seen=Written(found.text, (), found))


@router.post(f"{HERE}/{{named}}/text")
async def change(visitor: AtDeciding, named: str, text: Text, etag: ETag) -> Response:
    """Keep the draft as it is written now."""
    found = await definitions.of_partner(visitor.context, POLICY, named)
    try:
        await definitions.change(visitor.context, POLICY, named, _plain(text), etag)
    except (InvalidRequestError, ChangedMeanwhileError) as error:
        return _faulty(visitor, Written(text, (), found), error)
    return to(f"{HERE}/{named}", done="policy_kept")


async def _example(visitor: Visitor) -> str:
    """A whole policy to begin with, on the first scorecard there is."""
    context = visitor.context
    (name, *_) = await cards.live_names(context, context.actor.id)
    card = await cards.in_force(context, visitor.state.log, name)
    own = (await desk.of_partner(context)).purposes
    both = [purpose for purpose in own if not card.purpose or purpose in card.purpose]
    return EXAMPLE.format(card=f"{card.name}@{card.version}", purpose=(both or own)[0])


async def _next(visitor: Visitor, named: str) -> str:
    """The text of a version, with the number of the next one."""
    found = await definitions.of_partner(visitor.context, POLICY, named)
    return VERSION.sub(lambda said: f"version: {int(said[1]) + 1}", found.text, count=1)


def _plain(text: str) -> str:
    """A text as files have it: browsers send other ends of lines."""
    return text.replace("\r\n", "\n")


def _faulty(visitor: Visitor, written: Written, error: RequestError) -> Response:
    """The text as it was written, which nobody types twice, and what is amiss."""
    pointers = error.pointers if isinstance(error, InvalidRequestError) else {}
    faults = tuple(pointers.values()) or (str(error),)
    return page(visitor.seat, "partner/policy_text.html", error.status, seen=replace(written, faults=faults))
