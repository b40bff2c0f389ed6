"""Letters in the language of whoever asks, as a page or a PDF, made of the decision that is kept."""

import asyncio

from credence.errors import NoSuchThingError
from credence.server.keys import Keys
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.deciding import decisions, reviews
from credence.server.services.deciding.letters.content import letter_of
from credence.server.services.deciding.letters.page import page
from credence.server.services.deciding.letters.pdf import pdf
from credence.server.services.deciding.reviews import settled_by

LETTER, PDF = "letter about the decision", "pdf"
LANGUAGE = "SELECT language FROM people WHERE person_id = $1"


async def letter(context: Context, keys: Keys, decision_id: str, form: str) -> tuple[bytes, str]:
    """The letter about a decision against the person who asks, and its media type.

    Args:
        context: The context, of the person.
        keys: The keys of the bureau.
        decision_id: The decision.
        form: html or pdf.

    Raises:
        NoSuchThingError: There is no such decision about them, or it was not against them.
        ErasedError: The person was erased.
    """
    made = await decisions.one(context, keys, decision_id)
    if not made.against:
        raise NoSuchThingError(LETTER, decision_id)
    language = await context.connection.fetchval(LANGUAGE, context.actor.id)
    looks = await reviews.of_decision(context, decision_id)
    said = letter_of(made, context.settings, str(language), settled_by(looks))
    await audit.record(context, "letter.opened", person=context.actor.id, decision=decision_id, form=form)
    if form == PDF:
        return await asyncio.to_thread(pdf, said), "application/pdf"
    return page(said).encode(), "text/html; charset=utf-8"
