"""What a key may be for: the closed list of scopes, by who may have them."""

from collections.abc import Iterable

from credence.errors import InvalidRequestError
from credence.server.services.context import Kind

PARTNERS = {
    "scores.read": "Ask whether somebody has a score, and how much of it consent allows",
    "statements.read": "Read statements, where consent allows them",
    "consents.read": "See which consents there are",
    "inquiries.read": "See the questions that were asked",
    "decisions.write": "Decide by a policy",
    "decisions.read": "Read decisions that were made",
    "offers.write": "Make offers",
    "offers.read": "Read offers",
    "feed.read": "Read what changed",
    "webhooks.write": "Set where changes are told",
}
FURNISHERS = {
    "events.write": "Send events and files of events",
    "receipts.read": "Read what became of what was sent",
    "disputes.read": "See disputes about what was sent",
    "disputes.write": "Answer disputes, and correct what was sent",
}
OPERATORS = {
    "admin": "Add parties and operators, and end them",
    "reviewer": "Decide disputes, and look at decisions again",
    "risk": "Propose and approve scorecards and policies",
    "support": "Look things up for a person, with a reason",
}
SCOPES: dict[Kind, dict[str, str]] = {"partner": PARTNERS, "furnisher": FURNISHERS, "operator": OPERATORS}


def checked(kind: Kind, scopes: Iterable[str]) -> list[str]:
    """These scopes, sorted, each once; all that a kind may have if none is named.

    Raises:
        InvalidRequestError: One of them is not among those that this kind may have.
    """
    known = SCOPES[kind]
    strange = {scope: f"Scopes are: {', '.join(known)}." for scope in scopes if scope not in known}
    if strange:
        sentence = f"A {kind} has no scope '{', '.join(strange)}'. Scopes are: {', '.join(known)}."
        raise InvalidRequestError(sentence, {"/scopes": sentence})
    return sorted(set(scopes) or known)
