"""What was read of a file, handed to the person's own browser until they say whether to keep it.

It is sealed with the person's key, so that nobody can read or change it, and the bureau keeps nothing of it.
"""

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import datetime, timedelta

import msgspec
from cryptography.exceptions import InvalidTag

from credence.errors import InvalidRequestError
from credence.server.keys import Keys
from credence.server.services.context import Context
from credence.server.services.people import vault

WHAT = "own import"
LASTS = timedelta(hours=1)
# So many signs at most come back from the browser.
SIGNS_MOST = 1_500_000
# Bytes that a draft is at most when it is unpacked.
BYTES_MOST = 20_000_000
TOO_OLD = (
    "It is too long ago that this file was read, or it was changed. Bring it once more: nothing was kept."
)


class Draft(msgspec.Struct):
    """Rows as the log takes them, without whose they are: those that speak against the person apart."""

    form: str
    made_at: datetime
    rows: list[dict[str, object]]
    against: list[dict[str, object]]


async def seal(context: Context, keys: Keys, draft: Draft) -> str:
    """A draft of the person who acts, as text that only they can hand back.

    Raises:
        ErasedError: The person was erased.
    """
    packed = zlib.compress(msgspec.json.encode(draft), 9)
    return urlsafe_b64encode(await vault.seal(context, keys, context.actor.id, WHAT, packed)).decode()


async def unseal(context: Context, keys: Keys, text: str) -> Draft:
    """The draft that the person who acts was handed.

    Raises:
        InvalidRequestError: It is none of theirs, was changed, or is too old.
        ErasedError: The person was erased.
    """
    try:
        sealed = urlsafe_b64decode(text)
        packed = await vault.unseal(context, keys, context.actor.id, WHAT, sealed)
    except (Error, ValueError, InvalidTag):
        raise InvalidRequestError(TOO_OLD) from None
    draft = msgspec.json.decode(zlib.decompressobj().decompress(packed, BYTES_MOST), type=Draft)
    if not timedelta(0) <= context.now - draft.made_at <= LASTS:
        raise InvalidRequestError(TOO_OLD)
    return draft
