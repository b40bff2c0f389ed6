"""Ids of what the bureau keeps: a prefix that says what it is, then the time, then chance (UUIDv7)."""

from datetime import datetime
from secrets import token_bytes

# What each prefix stands for; documented in docs/reference/api.md.
PREFIXES = {
    "per": "person", "par": "partner", "fur": "furnisher", "ope": "operator", "con": "consent",
    "inq": "inquiry", "stm": "statement", "dec": "decision", "off": "offer", "dis": "dispute",
    "cor": "correction", "rcp": "receipt", "imp": "import", "key": "key", "ses": "session",
    "idn": "identifier", "whe": "webhook endpoint", "whd": "delivery", "aud": "audit entry",
    "frz": "freeze", "alr": "fraud alert", "evd": "evidence", "opr": "operation", "req": "request",
    "msg": "message", "rev": "review", "pub": "publication", "ntc": "notice",
    "def": "definition", "apr": "approval", "rel": "release of a run", "rnr": "request for a run",
    "cod": "code", "psk": "passkey", "psw": "password", "rec": "recovery",
    "chl": "challenge", "att": "try", "mai": "mail",
    "evn": "event of a feed", "stp": "step of a dispute", "itm": "item of a dispute",
    "crq": "request for a consent", "mem": "member",
}  # fmt: skip

# base32 (RFC 4648, its hexadecimal alphabet) two signs at a time: several ids are made in each request.
SIGNS = "0123456789abcdefghijklmnopqrstuv"
PAIRS, SHIFTS = [one + two for one in SIGNS for two in SIGNS], range(120, -1, -10)


def new_id(prefix: str, now: datetime) -> str:
    """A new id, later than every one of an earlier millisecond.

    The body is 26 signs of base32 (0-9, a-v): 48 bits of milliseconds since 1970, then 80 of chance.
    """
    assert prefix in PREFIXES, f"{prefix} is no kind of thing"
    milliseconds = int(now.timestamp() * 1000)
    body = int.from_bytes(milliseconds.to_bytes(6, "big") + token_bytes(10), "big") << 2
    return f"{prefix}_{''.join([PAIRS[body >> shift & 1023] for shift in SHIFTS])}"
