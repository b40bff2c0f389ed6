"""Golden imports: what a file holds, and every word that is said of it, in the YAML files of `golden/`."""

import re
from pathlib import Path

import msgspec
import pytest

from credence import EventLog, import_file
from credence.errors import IntakeError
from credence.events.batches import ImportOptions
from tests.world import NOW

FOLDER = Path(__file__).parent / "golden"
# What a row of `rows` says unless it says otherwise; its event_id is its number.
ROW = {
    "furnisher": "bank",
    "person_id": "ana",
    "kind": "bill.paid",
    "occurred_at": "2026-10-01",
    "days_late": 0,
}


class Golden(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A file (as `input`, where \\xNN is a byte, or as `rows` of JSON lines) and what becomes of it."""

    case: str
    file: str = "events.jsonl"
    input: str = ""
    rows: list[dict[str, str | int | float | bool | None]] = []
    timezone: str | None = None
    backfill: bool = False
    accepted: int = 0
    rejects: str = ""
    error: str = ""

    def content(self) -> bytes:
        """The bytes of the file."""
        lines = [
            msgspec.json.encode({"event_id": str(number)} | ROW | row) + b"\n"
            for number, row in enumerate(self.rows, start=1)
        ]
        escaped = self.input.encode()
        return b"".join(lines) + re.sub(
            rb"\\x([0-9a-f]{2})", lambda found: bytes.fromhex(found[1].decode()), escaped
        )


def goldens(name: str) -> list[object]:
    """The cases of a golden file, named by their case."""
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return [_case(golden) for golden in msgspec.yaml.decode(text, type=list[Golden])]


def _case(golden: Golden) -> object:
    return pytest.param(golden, id=golden.case)


def outcome(log: EventLog, golden: Golden, folder: Path) -> Golden:
    """The golden as it comes out: to be compared with the golden itself."""
    path, told = folder / golden.file, folder / "rejects.csv"
    path.write_bytes(golden.content())
    options = ImportOptions(golden.timezone, golden.backfill, told)
    try:
        report = import_file(log, path, NOW, options)
    except IntakeError as error:
        said = str(error).removeprefix(f"{path}: ")
        return msgspec.structs.replace(golden, accepted=0, rejects="", error=said)
    rejects = told.read_text(encoding="utf-8") if told.exists() else ""
    return msgspec.structs.replace(golden, accepted=report.total("accepted"), rejects=rejects, error="")
