"""What a command of the tests gave back."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

AS_OF = ("--as-of", "2026-11-06")


@dataclass(frozen=True)
class Ran:
    """A command that ended: its exit code, and what it said."""

    code: int
    out: str
    err: str

    @property
    def facts(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value


Credence = Callable[..., Ran]


def refused(ran: Ran) -> str:
    """The sentence of a command that was not done, which is all that it said."""
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert ran.err.endswith(".\n")
    return ran.err.strip()
