"""How good it is what furnishers send; and which kinds of events each may send."""

from dataclasses import dataclass

from credence.errors import InvalidRequestError, NoSuchThingError, nearest
from credence.events.vocabulary import Vocabulary
from credence.server.services import audit
from credence.server.services.context import Context

FIND = "SELECT name, kinds FROM furnishers WHERE furnisher_id = $1"
FIGURES = """
SELECT coalesce(sum(accepted), 0), coalesce(sum(known), 0), coalesce(sum(conflicts), 0),
  coalesce(sum(rejected), 0), (SELECT count(*) FROM notices WHERE furnisher = $1),
  (SELECT count(*) FROM dispute_items WHERE furnisher = $1),
  (SELECT count(*) FROM dispute_items WHERE furnisher = $1
   AND answer IN ('modified', 'deleted', 'unverifiable', 'silence'))
FROM (SELECT accepted, known, conflicts, rejected FROM receipts WHERE furnisher_id = $1
      UNION ALL SELECT accepted, known, conflicts, rejected FROM imports WHERE furnisher_id = $1) AS sent
"""
WHAT = "furnisher"
SET_KINDS = "UPDATE furnishers SET kinds = $2 WHERE furnisher_id = $1 AND ended_at IS NULL"


@dataclass(frozen=True)
class Quality:
    """What became of all that a furnisher sent; receipts count for as long as they are kept.

    Attributes:
        accepted: Events that were taken.
        known: Events that were sent again.
        conflicts: Events that were sent again with other content.
        rejected: Rows that were refused.
        against: Events that speak against a person.
        disputed: Events that were contested.
        corrected: Of these, those that were found wrong, or that nobody answered for.
    """

    accepted: int
    known: int
    conflicts: int
    rejected: int
    against: int
    disputed: int
    corrected: int


async def of(context: Context, furnisher_id: str) -> tuple[str, list[str], Quality]:
    """The name of a furnisher, the kinds that it may send, and its figures.

    Raises:
        NoSuchThingError: There is no such furnisher.
    """
    found = await context.connection.fetchrow(FIND, furnisher_id)
    if found is None:
        raise NoSuchThingError(WHAT, furnisher_id)
    system = await context.as_system()
    row = await system.connection.fetchrow(FIGURES, furnisher_id)
    await context.back()
    assert row is not None, "sums are always there"
    return found["name"], found["kinds"], Quality(*row.values())


async def set_kinds(context: Context, words: Vocabulary, furnisher_id: str, kinds: list[str]) -> list[str]:
    """Say which kinds of events a furnisher may send from now on; return them, sorted.

    Raises:
        InvalidRequestError: A kind is not in the vocabulary, or is a mark, which the bureau alone sets.
        NoSuchThingError: There is no such furnisher, or it ended.
    """
    known = words.counted()
    strange = {
        f"/kinds/{place}": f"There is no kind '{kind}' that can be sent.{nearest(kind, known)}"
        for place, kind in enumerate(kinds)
        if kind not in known
    }
    if strange:
        raise InvalidRequestError(" ".join(strange.values()), strange)
    said = sorted(set(kinds))
    if await context.connection.execute(SET_KINDS, furnisher_id, said) != "UPDATE 1":
        raise NoSuchThingError(WHAT, furnisher_id)
    await audit.record(context, "furnisher_kinds_set", id=furnisher_id, kinds=said)
    return said
