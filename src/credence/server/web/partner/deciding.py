"""/partner/decisions/new: decide by a policy about somebody who consented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response

from credence.engines.policies.clauses import LIST, STATUSES, Subject
from credence.errors import ConsentMissingError, InvalidRequestError, PurposeNotAllowedError
from credence.server.services.deciding import decisions, policies
from credence.server.services.deciding.application import AMOUNT, Application
from credence.server.services.deciding.decisions import Asked
from credence.server.services.deciding.reading_text import Ready
from credence.server.services.looking import partners
from credence.server.services.reading.levels import LEVELS, rank
from credence.server.web.entry.door import to
from credence.server.web.money import minor
from credence.server.web.pages import page
from credence.server.web.partner.decisions import HERE, Named
from credence.server.web.refusals import sentence_of
from credence.server.web.scoped import with_scope
from credence.server.web.visitor import Visitor

router = APIRouter(include_in_schema=False)
FACT, LONGEST = "fact_", 200
AtDeciding = Annotated[Visitor, with_scope("partner", "decisions.write")]


@dataclass(frozen=True)
class Choosing:
    """A decision to be made: by which policy, or what the chosen one needs; what was said, and was amiss."""

    policies: Sequence[str]
    ready: Ready | None
    said: Mapping[str, str]
    fault: str | None = None
    consent_missing: bool = False

    @property
    def purposes(self) -> Sequence[str]:
        """What it decides about."""
        assert self.ready is not None, "a policy was chosen"
        return self.ready.policy.purpose or self.ready.policy.scorecard.purpose

    @property
    def beside(self) -> Sequence[Subject]:
        """What only the partner knows and the policy asks for."""
        assert self.ready is not None, "a policy was chosen"
        return [subject for subject in self.ready.policy.decided.beside if subject.name != AMOUNT]

    @property
    def levels(self) -> Sequence[str]:
        """How much may be told: what the policy needs, and all that is more."""
        assert self.ready is not None, "a policy was chosen"
        return LEVELS[rank(self.ready.level) :]

    @property
    def statuses(self) -> Sequence[str]:
        """How somebody may stand on a list."""
        return STATUSES


@router.get(f"{HERE}/new")
async def new(visitor: AtDeciding, policy: Named = "", person: Named = "") -> Response:
    """Choose a policy; then say about whom, and what it needs."""
    said = {"policy": policy.strip(), "person": person.strip()}
    return page(visitor.seat, "partner/decision_new.html", seen=await _choosing(visitor, said))


@router.post(HERE)
async def decide(visitor: AtDeciding, request: Request) -> Response:
    """Decide; the person sees the decision with every clause."""
    said = {name: str(value)[:LONGEST].strip() for name, value in (await request.form()).items()}
    context, state = visitor.context, visitor.state
    try:
        ready = await policies.find(context, context.actor.id, said.get("policy", ""))
        made = await decisions.decide(context, state.keys, state.log, _asked(ready, said))
    except (InvalidRequestError, ConsentMissingError, PurposeNotAllowedError) as error:
        missing, sentence = isinstance(error, ConsentMissingError), sentence_of(visitor.seat, error)
        seen = await _choosing(visitor, said, sentence, consent_missing=missing)
        return page(visitor.seat, "partner/decision_new.html", error.status, seen=seen)
    return to(f"{HERE}/{made.decision_id}", done="decided")


async def _choosing(
    visitor: Visitor, said: Mapping[str, str], fault: str | None = None, *, consent_missing: bool = False
) -> Choosing:
    context = visitor.context
    known = await partners.policies(context)
    policy = said.get("policy") or (known[0] if len(known) == 1 else "")
    ready = await policies.find(context, context.actor.id, policy) if policy else None
    return Choosing(known, ready, said, fault, consent_missing)


def _asked(ready: Ready, said: Mapping[str, str]) -> Asked:
    """What the form says of an application; what is left empty is not known."""
    beside = {subject.name: subject for subject in ready.policy.decided.beside}
    given = {name: said.get(f"{FACT}{name}", "") for name in beside}
    facts = {name: _value(beside[name], value) for name, value in given.items() if value}
    amount, currency = said.get("amount", ""), said.get("currency", "").upper()
    wanted = minor(amount, currency, least=0) if amount else None
    applied = Application(facts, wanted, currency or None, said.get("reference") or None)
    person, purpose = said.get("person", ""), said.get("purpose", "")
    return Asked(person, ready.named, purpose, applied, said.get("level") or None)


def _value(subject: Subject, text: str) -> str | int | float:
    """A value as it was typed: a number, where the policy asks for one and it is one."""
    if subject.kind == LIST or subject.text:
        return text
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text
