"""Rows of the bureau and of furnishers on their way into the log, and what is said where they are refused."""

from collections.abc import Sequence

from credence.errors import InvalidRequestError
from credence.server.services.contesting.rows import Row
from credence.server.services.context import Context
from credence.server.services.furnishing import log_writer
from credence.server.services.people import erasing
from credence.server.state import State


async def send(context: Context, state: State, rows: Sequence[Row], pointer: str = "/") -> None:
    """Have the log take rows; what it has taken before it takes again without harm.

    Raises:
        InvalidRequestError: It refuses one, like a replacement that lacks a field.
        ErasedError: The person was erased meanwhile.
    """
    if not rows:
        return
    await erasing.check_there(context, {str(row["person_id"]) for row in rows})
    report = await log_writer.append(state, list(rows), context.now)
    told = []
    for number, row in enumerate(rows, 1):
        outcome = report.outcome(number)
        # The bureau names its marks after what they are about: one that is there says the same, earlier.
        own_mark = row["furnisher"] == context.settings.bureau and str(row["kind"]).startswith("mark.")
        if outcome.verdict == "rejected" or (outcome.verdict == "conflict" and not own_mark):
            told += [f"{field}: {sentence}" for field, sentence in outcome.faults]
    if told:
        why = f"The event cannot be taken: {'; '.join(told)}."
        raise InvalidRequestError(why, {pointer: why})
