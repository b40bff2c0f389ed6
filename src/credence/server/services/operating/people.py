"""Support: a person is found by what they are known by, with a reason that they see."""

from credence.server.keys import Keys
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.people import identifiers
from credence.server.services.people.kinds import Identifier
from credence.server.services.reading import consents, inquiries


async def find(context: Context, keys: Keys, identifier: Identifier, reason: str) -> str | None:
    """The id of whoever has an identifier; None where nobody has.

    That somebody looked for them, and why, is recorded, and the person sees it.

    Args:
        context: The context, of an operator.
        keys: The keys of the bureau.
        identifier: What the person is known by.
        reason: Why.

    Raises:
        InvalidRequestError: No reason is said.
    """
    said = consents.reason_of(reason)
    found = await identifiers.holder(context, keys, identifier)
    await audit.record(context, "person.searched", person=found, by=identifier.kind, found=found is not None)
    if found is not None:
        grant = await consents.for_operator(context, found, said)
        await inquiries.record(context, grant, {"found_by": identifier.kind})
    return found
