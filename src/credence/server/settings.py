"""Settings of the bureau, from environment variables (docs/reference/settings.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from credence.errors import SettingError

PREFIX = "CREDENCE_"
# Read where PostgreSQL's programs are looked for.
PROGRAMS = "CREDENCE_PG_BIN"


def _said(text: str, **more: object) -> dict[str, object]:
    return {"text": text} | more


@dataclass(frozen=True)
class Settings:
    """What the bureau is run with; the text of each field is what the reference says of it."""

    data: Path = field(
        default=Path("credence-data"),
        metadata=_said("The folder of the log, the runs, the files of disputes and the embedded database."),
    )
    database: str = field(
        default="",
        metadata=_said("A PostgreSQL, as postgresql://...; the embedded one if not said.", secret=True),
    )
    public_url: str = field(
        default="http://127.0.0.1:8000", metadata=_said("Where people and partners reach the bureau.")
    )
    sandbox: bool = field(
        default=False, metadata=_said("Whether test keys are taken: for trying things out, never for people.")
    )
    jurisdiction: str = field(default="us", metadata=_said("Whose clocks hold: us or eu."))
    bureau: str = field(default="bureau", metadata=_said("The name under which the bureau corrects events."))
    timezone: str = field(default="UTC", metadata=_said("The time zone of the log's days."))
    scorecards: tuple[str, ...] = field(
        default=("everyday",), metadata=_said("The scorecards that are run, with commas between them.")
    )
    run_monthly: bool = field(
        default=True, metadata=_said("Whether the month's run is asked for by itself when it is due.")
    )
    groups: Path | None = field(
        default=None, metadata=_said("A table of groups, by which the report of each run compares people.")
    )
    pool_most: int = field(default=10, metadata=_said("The most connections to the database."))
    smtp: str = field(
        default="",
        metadata=_said("A mail server, as smtp://user:word@host:port; files if not said.", secret=True),
    )
    sms_gateway: str = field(
        default="",
        metadata=_said("A mail address that texts a telephone, with {number} in it; files if not said."),
    )
    mail_from: str = field(default="credence@localhost", metadata=_said("From whom mails come."))
    rate_a_minute: int = field(
        default=1200, metadata=_said("How many requests a minute are taken of one key, session or address.")
    )
    body_most: int = field(default=2_000_000, metadata=_said("The most bytes of a body."))
    upload_most: int = field(
        default=2_000_000_000, metadata=_said("The most bytes of events or of a file that are sent at once.")
    )
    fresh_minutes: int = field(
        default=10,
        metadata=_said("How long after signing in people may change how they do, leave, or take all along."),
    )
    metrics_token: str = field(
        default="",
        metadata=_said(
            "What Prometheus sends as a bearer token; /metrics is closed if not said.", secret=True
        ),
    )
    private_webhooks: bool = field(
        default=False, metadata=_said("Whether webhooks may go to private addresses.")
    )

    @property
    def log(self) -> Path:
        """The folder of the event log."""
        return self.data / "log"

    @property
    def runs(self) -> Path:
        """The folder of the runs."""
        return self.data / "runs"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings that an environment gives; all faults are told at once.

    Raises:
        SettingError: A variable is unknown, or its value cannot be.
    """
    known = {f"{PREFIX}{one.name.upper()}": one for one in fields(Settings)}
    strange = sorted(
        name for name in environment if name.startswith(PREFIX) and name not in (*known, PROGRAMS)
    )
    faults = [f"{name} is no setting. Settings are: {', '.join(sorted(known))}." for name in strange]
    given = {}
    for name, one in known.items():
        if name in environment:
            try:
                given[one.name] = _value(environment[name], one.default)
            except ValueError as error:
                faults.append(f"{name} is '{environment[name]}'; {error}.")
    if faults:
        raise SettingError(faults)
    return Settings(**given)  # type: ignore[arg-type]


def _value(text: str, default: object) -> object:
    """A value of the type that its default has."""
    if isinstance(default, bool):
        return _flag(text)
    if isinstance(default, int):
        return _number(text)
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    # A path is also what has nothing to stand for where it is not said.
    return Path(text) if default is None or isinstance(default, Path) else text


def _flag(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        message = "write true or false"
        raise ValueError(message)
    return text.lower() == "true"


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        message = "write a whole number from 1 on"
        raise ValueError(message)
    return int(text)
